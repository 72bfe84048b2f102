"""V12: evidence that two factors credit without a word, and evidence that is kept out of all of them."""

from pathlib import Path

from jerules.verify.model import State
from tests.verify.checked import answers, book, checked_book, finding, in_state, lines, refuted

HERE = Path(__file__).parent
OTHER = """\
scheme nhs
factor 16 "Working conditions"
level 2(a) when some effort is (often >= 50%) cites level 2(a)
level 1 otherwise cites level 1
"""
TOOL = """\
scheme nhs
tool helping "Helping others"
level 2 when some effort is (weight >= 1 kg) cites definition
carry effort to 13 when aid cites definition
"""


def file(name: str) -> str:
    """One of the rule files beside this test."""
    return (HERE / name).read_text(encoding="utf-8")


def test_what_is_under_a_rule_is_proved() -> None:
    """The record is said to count twice, what is kept out does nothing here, and counts in the other factor."""
    found = checked_book(book(file("good.jer"), OTHER), "V12")
    assert in_state(found, State.PROVED) == ["effort under 16", "effort kept from 13", "effort 13/16"]
    assert found["effort under 16"].by == ("solver",)
    assert len(found) == 3


def test_a_second_use_without_a_word_is_shown() -> None:
    """Without `may also count` and without a bar two factors credit the same entries."""
    text = file("good.jer").split("count once")[0]
    found = checked_book(book(text, OTHER), "V12")
    assert refuted(found) == ["effort 13/16"]
    wrong = finding(found, "effort 13/16")
    assert wrong.message == "the same `effort` is credited under 13 and under 16, and nothing says that it may be"
    assert lines(wrong) == [13, 3]


def test_either_word_is_enough() -> None:
    """`count once` alone says it, and so does `may also count`."""
    text = file("good.jer")
    once = text.split("may also count")[0]
    may = text.split("count once")[0] + "may also count" + text.split("may also count")[1]
    assert not refuted(checked_book(book(once, OTHER), "V12"))
    assert not refuted(checked_book(book(may, OTHER), "V12"))


def test_what_is_kept_out_of_every_factor_is_shown() -> None:
    """Over 20 kg each factor sends the entry to the other; all such cases are given, and one job that shows it."""
    found = checked_book(book(file("bad.jer"), OTHER), "V12")
    assert refuted(found) == ["effort kept from 13", "effort kept from 16"]
    assert found["effort kept from 13"].by == ("cells", "solver")
    wrong = finding(found, "effort kept from 16")
    assert wrong.message == "an entry of `effort` can be kept out of every factor that could credit it"
    assert wrong.regions == ("effort.weight: over 20 kg",)
    assert lines(wrong) == [15, 18]
    assert len(answers(wrong)) == 1


def test_bars_that_leave_one_factor_are_proved() -> None:
    """Up to 20 kg here and above it there: whatever the entry says, one of the two counts it."""
    text = file("bad.jer").replace("weight > 15 kg or kind is bending", "weight <= 20 kg")
    found = checked_book(book(text, OTHER), "V12")
    assert not refuted(found)
    assert found["effort kept from 13"].by == ("cells", "solver")


def test_evidence_that_counts_once_in_a_factor_that_never_reads_it_counts_nowhere() -> None:
    """It is kept out here for a factor without a rule on it."""
    found = checked_book(book(file("good.jer")), "V12")
    assert refuted(found) == ["effort kept from 13"]
    assert finding(found, "effort kept from 13").regions == ("effort.kind: walking",)


def test_evidence_that_belongs_elsewhere_altogether_may_be_entered_there() -> None:
    """`assess` sends it to another factor, which asks about it in its own way."""
    text = file("good.jer").replace("count once effort", "assess effort")
    assert not refuted(checked_book(book(text), "V12"))


def test_what_is_kept_out_and_carried_there_by_a_tool_is_shown() -> None:
    """A tool would credit to the factor what a bar keeps from it."""
    found = checked_book(book(file("good.jer"), OTHER, TOOL), "V12")
    assert refuted(found) == ["effort under 16"]
    wrong = finding(found, "effort under 16")
    assert wrong.message == "an entry that is kept out of the factor is credited to it all the same"
    assert "walking" in answers(wrong)[0]
    assert "aid yes" in answers(wrong)[0]
