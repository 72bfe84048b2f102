"""Reading levels as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jerules.faults import Fault, Faulty
from jerules.scheme.levels import position_of, read_levels
from jerules.scheme.load import load_scheme
from jerules.scheme.model import Position

NHS = load_scheme("nhs")
GOOD = "5,5,3,2,3,5,2,2,3,1,1,3,3,2,3,3"


def _faults(text: str) -> tuple[Fault, ...]:
    with pytest.raises(Faulty) as caught:
        read_levels(NHS, text)
    return caught.value.faults


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("3", Position(3)),
        ("3c", Position(3, "c")),
        ("3(c)", Position(3, "c")),
        (" 3 ( C ) ", Position(3, "c")),
        ("12", Position(12)),
    ],
)
def test_positions_are_read_as_people_write_them(text: str, position: Position) -> None:
    """A level may carry its letter with or without brackets, blanks and capitals."""
    assert Position.read(text) == position


@pytest.mark.parametrize(
    "text", ["", "0", "0a", "-1", "+3", "3.0", "3(c", "3c)", "3()", "c", "3cc", "٣", "1e3", "999", "3(é)", "³"]
)
def test_what_is_no_position(text: str) -> None:
    """Anything else is refused in one plain sentence."""
    with pytest.raises(ValueError, match="is not a level"):
        Position.read(text)


@given(st.integers(1, 99), st.none() | st.sampled_from("abcdefgz"))
def test_reading_undoes_writing(level: int, option: str | None) -> None:
    """read(str(position)) = position."""
    position = Position(level, option)
    assert Position.read(str(position)) == position


def test_positions_are_written_with_brackets() -> None:
    """The one form that is printed is `3(c)`, or `3` without a letter."""
    assert (str(Position(3, "c")), str(Position(3))) == ("3(c)", "3")


def test_good_levels() -> None:
    """One position per factor, in the order of the scheme; `?` is a level not known."""
    found = read_levels(NHS, " 5, 5,3,2, 3(a) ,5b,2,2,3,1,1,3,3c,?,3,3")
    assert " ".join(str(one) for one in found) == "5 5 3 2 3(a) 5(b) 2 2 3 1 1 3 3(c) None 3 3"
    assert found[13] is None


def test_every_mistake_at_once_each_at_its_column() -> None:
    """Range, letter, empty place, nonsense and count are all reported, with the column in the text."""
    text = "5,9,3x,,3z, abc"
    faults = _faults(text)
    assert [(fault.code, fault.place.column if fault.place else 0) for fault in faults] == [
        ("level-out-of-range", 3),
        ("no-options", 5),
        ("empty-level", 8),
        ("unknown-option", 9),
        ("not-a-level", 13),
        ("too-few-levels", 16),
    ]
    assert {fault.line_text for fault in faults} == {text}


def test_level_out_of_range_says_how_many_there_are() -> None:
    """Emotional effort has four levels, and the message says so."""
    (fault,) = _faults("5,5,3,2,3,5,2,2,3,1,1,3,3,2,5,3")
    assert fault.message == "factor 15 has 4 levels, and no level 5"
    assert fault.place is not None
    assert (fault.place.column, fault.place.end_column) == (29, 30)


def test_unknown_letter_names_the_letters_there_are() -> None:
    """Level 3 of physical skills is divided into (a) and (b)."""
    (fault,) = _faults("5,5,3,2,3(c),5,2,2,3,1,1,3,3,2,3,3")
    assert fault.message == "level 3 of factor 5 has no option `c`"
    assert fault.expected == "`a`, `b`"


def test_too_few_levels_names_what_is_missing() -> None:
    """The factors without a level are listed by number and name."""
    (fault,) = _faults("5,5,3,2,3,5,2,2,3,1,1,3,3,2")
    assert fault.message == "14 levels given, and scheme `nhs` has 16 factors"
    assert fault.help.startswith("missing: 15 Emotional effort; 16 Working conditions (")


def test_too_many_levels_points_at_the_first_extra() -> None:
    """One fault for the lot, at the first level that belongs to no factor."""
    (fault,) = _faults(GOOD + ",1,99")
    assert (fault.code, fault.message) == ("too-many-levels", "18 levels given, and scheme `nhs` has 16 factors")
    assert fault.place is not None
    assert fault.place.column == 33
    assert fault.help == "the last factor is 16 Working conditions"


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_nothing_at_all(text: str) -> None:
    """No levels is too few levels."""
    assert [fault.code for fault in _faults(text)] == ["too-few-levels"]


def test_control_characters_never_reach_the_message() -> None:
    """Text from elsewhere cannot move the cursor or break the line."""
    rendered = str(Faulty(_faults("5\x1b[31m,5\n,3\r")))
    assert "\x1b" not in rendered
    assert "\r" not in rendered


@given(st.text(alphabet="0123456789abc(),? \t\n\x00é", max_size=60))
def test_any_text_is_read_or_refused_with_places(text: str) -> None:
    """No text makes the reader fail in any other way."""
    try:
        given_levels, faults = len(read_levels(NHS, text)), list[Fault]()
    except Faulty as faulty:
        given_levels, faults = 0, list(faulty.faults)
    assert all(fault.place is not None and fault.place.column >= 1 for fault in faults)
    assert bool(faults) == (given_levels != len(NHS.factors))


def test_one_position_against_one_factor() -> None:
    """A caller with a place of its own gets the fault without one."""
    factor = NHS.factors[12]
    assert position_of(factor, "3c") == Position(3, "c")
    with pytest.raises(Faulty) as caught:
        position_of(factor, "6")
    (fault,) = caught.value.faults
    assert fault.place is None
    assert fault.expected == "a level from 1 to 5, with a letter where the level has options, such as `2(a)`"
