"""Units, kinds and calendars: the definitions that everything else rests on."""

from fractions import Fraction
from typing import cast

import pytest

from jerules.quantities.calendar import ORDINARY, UNKNOWN, Calendar, WorkPattern
from jerules.quantities.kinds import Exact, Interval, Kind, article, describe, domain, exact
from jerules.quantities.units import EVERYDAY, factor, registered_factor, words


@pytest.mark.parametrize(("kind", "word"), [(kind, word) for kind, known in EVERYDAY.items() for word in known])
def test_the_everyday_factors_are_the_registrys(kind: Kind, word: str) -> None:
    """The small table beside the registry says nothing that the registry does not."""
    assert factor(word, kind) == registered_factor(word, kind)


@pytest.mark.parametrize("kind", [Kind.MASS, Kind.DISTANCE, Kind.DURATION, Kind.MONEY])
def test_every_word_has_an_exact_factor(kind: Kind) -> None:
    """Each word for a unit is defined, and as a fraction."""
    for word in words(kind):
        assert type(factor(word, kind)) is Fraction


@pytest.mark.parametrize(
    ("word", "kind", "expected"),
    [
        ("lb", Kind.MASS, Fraction("453.59237")),
        ("oz", Kind.MASS, Fraction("28.349523125")),
        ("st", Kind.MASS, Fraction("6350.29318")),
        ("tonne", Kind.MASS, 10**6),
        ("mm", Kind.DISTANCE, Fraction(1, 1000)),
        ("inch", Kind.DISTANCE, Fraction("0.0254")),
        ("mile", Kind.DISTANCE, Fraction("1609.344")),
        ("pound", Kind.MASS, Fraction("453.59237")),
        ("pound", Kind.MONEY, 100),
        ("m", Kind.DURATION, None),
        ("m", Kind.DISTANCE, 1),
        ("kg", Kind.COUNT, None),
    ],
)
def test_factors_are_the_legal_definitions(word: str, kind: Kind, expected: Exact | None) -> None:
    """Imperial units have the factors that the law gives them; a word means what its kind makes of it."""
    assert expected == factor(word, kind)


def test_exact_makes_whole_fractions_ints_and_refuses_floats() -> None:
    """One number has one form, and a float has none."""
    assert type(exact(Fraction(4, 2))) is int
    assert exact(Fraction(1, 3)) == Fraction(1, 3)
    with pytest.raises(TypeError, match="float"):
        exact(cast("int", 0.5))


def test_an_interval_does_not_run_backwards() -> None:
    """An interval is never empty; one value is an exact interval."""
    assert Interval(3, 3).exact
    assert not Interval(3, 4).exact
    with pytest.raises(ValueError, match="from low to high"):
        Interval(4, 3)


def test_every_kind_has_its_words_and_domain() -> None:
    """No kind is forgotten in the tables that messages are made of."""
    for kind in Kind:
        assert describe(kind).startswith(f"{article(kind)} such as ")
        assert domain(kind).low == 0


def test_shifts_in_a_year_follow_from_the_week() -> None:
    """The shifts of a year are known when those of a week are."""
    assert WorkPattern(shifts_in_week=5).shifts_in_year(ORDINARY) == 260
    assert WorkPattern(shifts_in_week=Fraction(7, 2)).shifts_in_year(ORDINARY) == 182
    assert UNKNOWN.shifts_in_year(ORDINARY) is None


def test_nought_is_no_pattern_and_no_calendar() -> None:
    """What would divide by nought later is refused at once."""
    with pytest.raises(ValueError, match="shifts_in_week"):
        WorkPattern(shifts_in_week=0)
    with pytest.raises(ValueError, match="months_in_year"):
        Calendar(52, 0)
    with pytest.raises(TypeError, match="float"):
        Calendar(cast("int", 52.14), 12)
