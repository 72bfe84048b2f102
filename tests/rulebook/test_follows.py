"""A file with many mistakes tells each of them once, and nothing that only follows from another."""

from pathlib import Path

import pytest

from jerules.documents.text import Source
from jerules.faults import Faulty
from jerules.rulebook.load import book_of
from jerules.scheme.load import load_scheme
from tests.tables import Case, cases

HEAD = 'scheme nhs\nfactor 13 "Physical effort"\n'


def told(*texts: str) -> list[str]:
    """The faults of these files, each as its line and its code, in order."""
    sources = [Source(f"{number}.jer", text) for number, text in enumerate(texts)]
    with pytest.raises(Faulty) as caught:
        book_of(load_scheme("nhs"), sources)
    return [f"{fault.place.line if fault.place else 0} {fault.code}" for fault in caught.value.faults]


def test_seven_mistakes_of_every_sort_are_seven_faults() -> None:
    """Layout, grammar, names, units and levels in one file, reported together."""
    text = """\
scheme nhs
facter 13 "Physical effort"

record effort "A demand"
  task text asks What is done?
  weight mass asks "How heavy?"
  each duration asks "How long?"

term heavy effort when weight > 20 min cites note "Heavy"
term long effort whne each > 20 min cites note "Long"
level 3 when some effort is hevy, long cites level 3
level 9 when some effort is heavy cites level 4
level 2 when some effort is long
"""
    assert told(text) == [
        "2 unknown-statement",
        "5 syntax",
        "9 wrong-unit",
        "10 syntax",
        "11 unknown-name",
        "12 unknown-level",
        "13 no-citation",
    ]


@pytest.mark.parametrize("case", cases(Path(__file__).parent / "follows"))
def test_what_follows_from_a_mistake_is_not_told(case: Case) -> None:
    """The one mistake is told; the statements that speak of what it would have declared are not blamed."""
    text, codes = case.parts
    assert told(HEAD + text) == codes.splitlines()


def test_a_heading_that_cannot_be_read_spoils_no_rule() -> None:
    """The rules of the file are checked as far as they go, and not told that they have no factor."""
    rest = 'level 2 when drives cites level 2\nexample "A"\n  nothing else\n  gives level 2\n'
    shared = 'scheme nhs\nquestion drives yes or no asks "?"\n'
    assert told(shared, f"scheme nhs\nfactor thirteen\n{rest}") == ["2 syntax"]
    assert told(shared, f'schem nhs\nfactor 13 "Physical effort"\n{rest}') == ["1 unknown-statement"]


def test_a_number_in_an_unreadable_heading_still_counts() -> None:
    """`facter 13` is factor 13: a level that it does not have is told in the same round."""
    assert told("scheme nhs\nfacter 13\nlevel 7 otherwise cites level 5\n") == [
        "2 unknown-statement",
        "3 unknown-level",
    ]


def test_words_of_an_unreadable_rule_excuse_nothing() -> None:
    """Only what a statement would declare is spared: a rule that uses an unknown name declares nothing."""
    text = HEAD + "level 2 when some efort is hevy, , cites level 2\nlevel 3 when hevy cites level 3\n"
    assert told(text) == ["3 syntax", "4 unknown-name"]


def test_a_bad_definition_does_not_spoil_its_term() -> None:
    """The term is known however it is defined, so the rules that use it are checked for their own mistakes."""
    text = HEAD + 'term idle when drivs cites note "Idle"\nlevel 9 when idle cites level 2\n'
    assert told(text) == ["3 unknown-name", "4 unknown-level"]


def test_faults_of_several_files_come_together() -> None:
    """In the order of files and lines."""
    first = HEAD + "level 2 when drivs cites level 2\n"
    second = 'scheme nhs\nfactor 14 "Mental effort"\nlevel 2 wenn drives cites level 2\n'
    assert told(first, second) == ["3 unknown-name", "3 syntax"]
