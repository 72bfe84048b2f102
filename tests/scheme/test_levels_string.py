"""Level strings: what fits, in one printed form, and every mistake at its column."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jerules.faults import Faulty
from jerules.scheme.levels_string import Fitting, LevelRange, read_level_range
from jerules.scheme.load import load_scheme
from jerules.scheme.model import Factor, Position

NHS = load_scheme("nhs")
CARE = next(factor for factor in NHS.factors if factor.slug == "patient-care")
MONEY = next(factor for factor in NHS.factors if factor.slug == "financial-and-physical-resources")
KNOWLEDGE = next(factor for factor in NHS.factors if factor.slug == "knowledge")


@pytest.mark.parametrize(
    ("text", "fits", "printed"),
    [
        ("1", "1", "1"),
        ("3", "3a 3b 3c", "3"),
        ("3c", "3c", "3c"),
        ("3(c)", "3c", "3c"),
        (" 3 ( C ) ", "3c", "3c"),
        ("5ac", "5a 5c", "5ac"),
        ("5ca", "5a 5c", "5ac"),
        ("5(a, c)", "5a 5c", "5ac"),
        ("3abc", "3a 3b 3c", "3"),
        ("2-3ab", "2 3a 3b", "2-3ab"),
        ("2–3ab", "2 3a 3b", "2-3ab"),
        ("1-3", "1 2 3a 3b 3c", "1-3"),
        ("1-2-3", "1 2 3a 3b 3c", "1-3"),
        ("2-3a-4b", "2 3a 4b", "2-3a-4b"),
        ("2-3a4b", "2 3a 4b", "2-3a-4b"),
        ("3a-5b", "3a 4a 4b 4c 5b", "3a-5b"),
        ("3ab4b", "3a 3b 4b", "3ab-4b"),
        ("8", "8", "8"),
    ],
)
def test_what_fits(text: str, fits: str, printed: str) -> None:
    """Each form stands for a set of levels and options, and has one printed form."""
    found = read_level_range(CARE, text)
    assert [f"{one.level}{one.option or ''}" for one in found.alternatives(CARE)] == fits.split()
    assert str(found) == printed


@pytest.mark.parametrize("text", ["1-2acd", "1-2b-3c4b", "2a-3ab4b"])
def test_the_notation_that_profiles_use(text: str) -> None:
    """The forms that profiles are published with are read on a factor that has those options."""
    found = read_level_range(MONEY, text)
    assert str(found) == text.replace("c4", "c-4").replace("b4", "b-4")


@pytest.mark.parametrize(
    ("text", "mistakes"),
    [
        ("", [("empty-level", 1)]),
        ("  ", [("empty-level", 1)]),
        ("9", [("level-out-of-range", 1)]),
        ("0", [("level-out-of-range", 1)]),
        ("2-99999999999", [("level-out-of-range", 3)]),
        ("2a", [("no-options", 2)]),
        ("3d", [("unknown-option", 2)]),
        ("3aa", [("duplicate-letter", 3)]),
        ("3aA", [("duplicate-letter", 3)]),
        ("c", [("level-missing", 1)]),
        ("3-c", [("level-missing", 2), ("level-missing", 3)]),
        ("3-", [("level-missing", 2)]),
        ("-3", [("level-missing", 1)]),
        ("2--3", [("level-missing", 3)]),
        ("3(a", [("bracket", 2)]),
        ("3a)", [("bracket", 3)]),
        ("3()", [("bracket", 3), ("bracket", 2)]),
        ("(3)", [("bracket", 1), ("bracket", 3)]),
        ("3a3b", [("repeated-level", 3)]),
        ("4-2", [("falling-range", 3)]),
        ("3a5b", [("dash-missing", 3)]),
        ("2 3", [("dash-missing", 3)]),
        ("2/3", [("not-a-level", 2)]),
        ("2,3", [("not-a-level", 2)]),
        ("3.0", [("not-a-level", 2), ("level-out-of-range", 3)]),
        ("\N{FULLWIDTH DIGIT THREE}", [("not-a-level", 1)]),
        ("3d-9z", [("unknown-option", 2), ("level-out-of-range", 4)]),
    ],
)
def test_every_mistake_has_its_column(text: str, mistakes: list[tuple[str, int]]) -> None:
    """All mistakes of a string come together, each at the character it is about."""
    with pytest.raises(Faulty) as caught:
        read_level_range(CARE, text)
    found = [(fault.code, fault.place.column if fault.place else 0) for fault in caught.value.faults]
    assert sorted(found) == sorted(mistakes)
    assert all(fault.place and fault.place.end_column > fault.place.column for fault in caught.value.faults)


def test_a_range_knows_how_far_a_level_lies_outside() -> None:
    """Steps above count up, steps below count down, and within there are none."""
    found = read_level_range(KNOWLEDGE, "3-5")
    assert [found.steps_outside(level) for level in range(1, 9)] == [-2, -1, 0, 0, 0, 1, 2, 3]
    assert [found.nearest(level) for level in (1, 4, 8)] == [3, 4, 5]
    assert (found.at(2), found.at(4)) == (None, Fitting(4))


@st.composite
def _ranges(draw: st.DrawFn) -> tuple[Factor, LevelRange]:
    factor = draw(st.sampled_from(NHS.factors))
    top = len(factor.levels)
    low = draw(st.integers(1, top))
    found = []
    for level in factor.levels[low - 1 : draw(st.integers(low, top))]:
        letters = draw(st.sets(st.sampled_from(level.options))) if level.options else set()
        found.append(Fitting(level.number, () if len(letters) == len(level.options) else tuple(sorted(letters))))
    return factor, LevelRange(tuple(found))


@given(_ranges())
def test_reading_undoes_printing(pair: tuple[Factor, LevelRange]) -> None:
    """Whatever fits, its printed form is read as the same."""
    factor, wanted = pair
    assert read_level_range(factor, str(wanted)) == wanted


@given(_ranges())
def test_the_long_form_means_the_same(pair: tuple[Factor, LevelRange]) -> None:
    """Writing every level with every letter, and dashes between, changes nothing."""
    factor, wanted = pair
    by_level: dict[int, str] = {}
    for position in wanted.alternatives(factor):
        by_level[position.level] = by_level.get(position.level, "") + (position.option or "")
    text = "-".join(f"{level}{letters}" for level, letters in by_level.items())
    assert read_level_range(factor, text) == wanted
    assert all(isinstance(one, Position) for one in wanted.alternatives(factor))


@given(st.text(alphabet="0123456789abcde-()–,; ", max_size=12))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Nothing but a range or a list of mistakes comes out."""
    try:
        found = read_level_range(MONEY, text)
    except Faulty:
        return
    assert read_level_range(MONEY, str(found)) == found
