"""What values are called, and that what is said can be read again."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jerules.quantities.calendar import ORDINARY, UNKNOWN, Calendar
from jerules.quantities.kinds import UNBOUNDED, Exact, Interval, Kind, domain, exact
from jerules.quantities.reading import read_constant, read_measure
from jerules.quantities.words import say, say_interval

SAID = [
    (Kind.MASS, 15_000, "15 kg"),
    (Kind.MASS, 500, "500 g"),
    (Kind.MASS, 5500, "5.5 kg"),
    (Kind.MASS, Fraction(1000, 3), "1/3 kg"),
    (Kind.DISTANCE, 200, "200 m"),
    (Kind.DISTANCE, 1500, "1.5 km"),
    (Kind.DURATION, 1200, "20 minutes"),
    (Kind.DURATION, 3600, "1 hour"),
    (Kind.DURATION, 5400, "90 minutes"),
    (Kind.DURATION, 30, "30 seconds"),
    (Kind.DURATION, 14 * 86_400, "2 weeks"),
    (Kind.MONEY, 100_000, "£1,000"),
    (Kind.MONEY, 1050, "£10.50"),
    (Kind.MONEY, 50, "50p"),
    (Kind.MONEY, 0, "£0"),
    (Kind.MONEY, 50_000_000, "£500,000"),
    (Kind.MONEY, 250_000_000, "£2.5 million"),
    (Kind.MONEY_RATE, 1_200_000, "£12,000 a year"),
    (Kind.RATE, 36, "3 a month"),
    (Kind.RATE, 52, "1 a week"),
    (Kind.RATE, 1, "1 a year"),
    (Kind.RATE, 30, "30 a year"),
    (Kind.RATE, 0, "0 a year"),
    (Kind.FREQUENCY, 36, "3 a month"),
    (Kind.PER_SHIFT, 6, "6 a shift"),
    (Kind.SHARE, 5000, "50%"),
    (Kind.SHARE, 10_000, "100%"),
    (Kind.SHARE, 0, "0%"),
    (Kind.SHARE, 3325, "33.25%"),
    (Kind.SHARE, Fraction(10_000, 3), "1/3"),
    (Kind.COUNT, 1234, "1,234"),
    (Kind.DATE, 739_941, "21 November 2026"),
]


@pytest.mark.parametrize(("kind", "value", "expected"), SAID)
def test_a_value_is_said_in_the_words_of_the_scheme(kind: Kind, value: Exact, expected: str) -> None:
    """The unit is the one in which the value is shortest, and nothing is rounded."""
    assert expected == say(kind, value)


def test_the_period_of_a_rate_can_be_named() -> None:
    """A rule that speaks of months is answered in months."""
    assert say(Kind.MONEY_RATE, 1_200_000, "month") == "£1,000 a month"
    assert say(Kind.RATE, 36, "year") == "36 a year"
    assert say(Kind.RATE, 52, per="month") == "13/3 a month"


def test_no_other_period_is_made_up() -> None:
    """An unknown period is refused, and so is a quantity below nought."""
    with pytest.raises(ValueError, match="not by the decade"):
        say(Kind.RATE, 36, "decade")
    with pytest.raises(ValueError, match="nought or more"):
        say(Kind.MASS, -1)


@pytest.mark.parametrize(
    ("kind", "low", "high", "expected"),
    [
        (Kind.MASS, 4000, 7000, "4 to 7 kg"),
        (Kind.MASS, 6000, 6000, "6 kg"),
        (Kind.MASS, 500, 7000, "500 to 7,000 g"),
        (Kind.RATE, 36, UNBOUNDED, "at least 3 a month"),
        (Kind.RATE, 36, 52, "36 to 52 a year"),
        (Kind.DURATION, 0, 1200, "up to 20 minutes"),
        (Kind.MONEY, 50_000_000, 250_000_000, "£500,000 to £2,500,000"),
        (Kind.MONEY, 100_000_000, 250_000_000, "£1 million to £2.5 million"),
        (Kind.SHARE, 5000, 10_000, "at least 50%"),
        (Kind.SHARE, 2000, 3000, "20 to 30%"),
        (Kind.SHARE, 0, 10_000, "not known"),
        (Kind.MASS, 0, UNBOUNDED, "not known"),
        (Kind.DATE, 739_737, 739_739, "1 May 2026 to 3 May 2026"),
        (Kind.DATE, 739_737, UNBOUNDED, "from 1 May 2026"),
        (Kind.DATE, 0, 739_739, "by 3 May 2026"),
    ],
)
def test_an_interval_is_said_as_people_say_it(kind: Kind, low: int, high: int, expected: str) -> None:
    """Both ends share one unit, an open end is said in words, and all that there is means not known."""
    assert expected == say_interval(kind, Interval(low, high))


_SAYABLE = [kind for kind in Kind if kind is not Kind.FREQUENCY]
_NUMBERS = st.one_of(
    st.integers(0, 5000),
    st.integers(0, 10**15),
    st.fractions(0, 10**7, max_denominator=10**4),
    st.decimals(0, 10**6, places=3).map(Fraction),
)


def _values(kind: Kind) -> st.SearchStrategy[Exact]:
    if kind is Kind.DATE:
        return st.dates().map(date.toordinal)
    if kind is Kind.COUNT:
        return st.integers(0, 10**15)
    if kind is Kind.SHARE:
        return st.one_of(st.integers(0, 10_000), st.fractions(0, 10_000, max_denominator=1000)).map(exact)
    return _NUMBERS.map(exact)


@given(st.data(), st.sampled_from(_SAYABLE))
def test_reading_what_was_said_gives_the_same_value(data: st.DataObject, kind: Kind) -> None:
    """Exactly, for every kind: read ∘ say = identity."""
    value = data.draw(_values(kind))

    assert value == read_constant(say(kind, value), kind, ORDINARY)


@given(_NUMBERS, st.sampled_from(["week", "month", "year"]), st.sampled_from([Kind.RATE, Kind.MONEY_RATE]))
def test_a_rate_in_a_named_period_reads_back(number: Exact, per: str, kind: Kind) -> None:
    """Naming the period changes the words, not the value, whatever the calendar."""
    calendar = Calendar(Fraction(365, 7), 12)

    assert number == read_constant(say(kind, number, per, calendar=calendar), kind, calendar)


@given(st.data(), st.sampled_from(_SAYABLE))
def test_reading_what_was_said_of_an_interval_gives_the_same_interval(data: st.DataObject, kind: Kind) -> None:
    """The same holds for intervals with one end open or none."""
    low, high = sorted([data.draw(_values(kind)), data.draw(_values(kind))])
    interval = data.draw(
        st.sampled_from(
            [Interval(low, high), Interval(low, domain(kind).high), Interval(domain(kind).low, high)],
        ).filter(lambda one: one != domain(kind)),
    )

    assert interval == read_measure(say_interval(kind, interval), kind, ORDINARY, UNKNOWN).interval


_FORMS = [
    (Kind.MASS, "{} kg"),
    (Kind.DISTANCE, "{} miles"),
    (Kind.DURATION, "{} hours"),
    (Kind.MONEY, "£{}"),
    (Kind.MONEY_RATE, "£{} a month"),
    (Kind.RATE, "{} times a week"),
    (Kind.PER_SHIFT, "{} a shift"),
    (Kind.SHARE, "{} in 1000001 shifts"),
]


@given(st.sampled_from(_FORMS), st.decimals(0, 10**6, places=3), st.decimals(0, 10**6, places=3))
def test_reading_keeps_the_order_of_the_numbers(form: tuple[Kind, str], one: Fraction, other: Fraction) -> None:
    """In the same words, the larger number is the larger quantity, and equal numbers are equal quantities."""
    kind, words = form

    def read(number: Fraction) -> Exact:
        return read_constant(words.format(number), kind, ORDINARY)

    assert (one < other) == (read(one) < read(other))
    assert (one == other) == (read(one) == read(other))
