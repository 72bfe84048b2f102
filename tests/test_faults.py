"""How a mistake is shown."""

import pytest

from jerules.faults import Fault, Place, render


def shown(text: str, column: int, end: int) -> list[str]:
    return render(Fault("odd", "this is odd", Place("a.yaml", 1, column, 1, end), line_text=text)).splitlines()


@pytest.mark.parametrize("before", [0, 3, 180, 5_000])
@pytest.mark.parametrize("after", [0, 3, 180, 5_000])
def test_a_very_long_line_is_shown_around_its_mistake(before: int, after: int) -> None:
    """However long the line, the caret is under the mistake and no more than a window of the line is shown."""
    _, _, line, carets = shown("." * before + "oops" + "," * after, before + 1, before + 5)
    start = carets.index("^")
    assert line[start : start + 4] == "oops"
    assert carets[start:] == "^^^^"
    assert max(len(line), len(carets)) <= 210


def test_a_very_long_mistake_is_shown_by_its_start() -> None:
    """A mistake longer than the window is underlined as far as it is shown."""
    _, _, line, carets = shown("weight: " + "9" * 100_000, 9, 100_009)
    assert line.startswith("1 | weight: 999")
    assert len(carets) <= len(line) <= 210


def test_an_ordinary_line_is_shown_whole() -> None:
    """A line as people write it has no dots put to it."""
    assert shown("weight: 5 min", 9, 14)[2:] == ["1 | weight: 5 min", "  |         ^^^^^"]


def test_what_a_terminal_would_obey_is_shown_as_a_sign() -> None:
    """A file that is no text cannot clear the screen or ring the bell by way of its message."""
    _, _, line, carets = shown("scheme \x1b[2J\x07\x7f\x9bnhs", 8, 9)
    assert line.endswith("scheme ␛[2J␇\ufffd\ufffdnhs")
    assert carets.index("^") == line.index("␛")
