"""Files that are too much: refused with a fault, in reasonable time, and never with a traceback."""

import pytest

from jerules.documents.text import LIMIT, Source
from jerules.faults import Fault
from jerules.language.parse import DEEPEST, MOST_FAULTS, parse, parse_all


def _codes(text: str) -> list[str]:
    return [fault.code for fault in _faults(text)]


def _faults(text: str) -> tuple[Fault, ...]:
    return parse_all(Source("a.jer", text)).faults


@pytest.mark.parametrize("depth", [DEEPEST + 1, 1000, 100_000])
@pytest.mark.parametrize(("opening", "closing"), [("(", ")"), ("(", ""), ("not ", ""), ("not (", ")")])
def test_bottomless_nesting_is_one_fault(opening: str, closing: str, depth: int) -> None:
    """However deep, and whether it is closed or not."""
    assert _codes(f"level 1 when {opening * depth}drives{closing * depth} cites level 1\n") == ["too-deep"]


def test_reasonable_nesting_is_read() -> None:
    """As deep as the limit, and brackets side by side as many as one likes."""
    inside = DEEPEST // 2
    assert _codes(f"level 1 when {'not (' * inside}drives{')' * inside} cites level 1\n") == []
    assert _codes(f"level 1 when {' or '.join(['not (drives)'] * 500)} cites level 1\n") == []


def test_a_long_row_of_alternatives_is_read() -> None:
    """`a or b or c …` is a list however long, not a tower."""
    names = " or ".join(f"name_{number}" for number in range(20_000))
    assert _codes(f"level 1 when {names} cites level 1\n") == []


def test_a_file_as_large_as_may_be_is_read() -> None:
    """A megabyte of rules."""
    line = 'level 2 when some effort is (weight > 5 kg or weight < 2 kg) cites note "Heavy"\n'
    tree = parse(Source("a", line * (LIMIT // len(line) // 4) + "# " + "x" * (LIMIT * 3 // 4) + "\n"))
    assert len(tree.statements) == LIMIT // len(line) // 4


@pytest.mark.parametrize(
    "line",
    [
        "nonsense\n",
        "level 2 when\n",
        "cites level 2\n",
        'query "\n',
        "level 2 when x cites nothing\n",
        "\tterm\n",
        "  x\n",
        "(" * 41 + "\n",
    ],
)
def test_faults_without_number_come_to_an_end(line: str) -> None:
    """A file that is wrong on every line is not read to its end, and says so."""
    found = _faults("scheme nhs\n" + line * (LIMIT // len(line) // 4))
    assert len(found) <= MOST_FAULTS + 1
    if len(found) > 2:  # a line that is indented belongs to one statement, which is refused once
        assert found[-1].code == "too-many-faults"


def test_faults_inside_a_record_come_to_an_end() -> None:
    """The same for the lines of one record."""
    assert len(_faults('record effort "A demand"\n' + "  x y z\n" * 10_000)) == MOST_FAULTS + 1


@pytest.mark.parametrize("text", ["a" * 100_000, '"' * 99_999, "9" * 100_000, "scheme " + "a" * 100_000 + "!"])
def test_one_endless_word_is_refused(text: str) -> None:
    """And its message stays short enough to be read."""
    (fault, *_) = _faults(text)
    assert len(fault.message) < 200


def test_numbers_have_their_limits() -> None:
    """A number of five thousand digits is no number of a factor, and no error of ours."""
    assert _codes(f'factor {"9" * 5000} "Physical effort"\n') == ["syntax"]
    assert _codes(f"level 1 when at least {'9' * 5000} of (a; b) cites level 1\n") == ["syntax"]
