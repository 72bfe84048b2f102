"""What is checked of procedures: conditions, words and citations, and nothing that speaks of levels."""

import pytest

from jerules.rulebook.load import load_procedures
from jerules.verify.checks import CHECKS, OF_ANY_RULES
from jerules.verify.model import State
from jerules.verify.run import Report, Selection, check
from tests.verify.checked import TODAY, book

HEAD = """\
scheme nhs
procedure grievance "A grievance"
question raised date asks "On which day was it raised?"
question answered date asks "On which day was it answered?"
question urgent yes or no asks "Is it urgent?"
"""
GOOD = HEAD + 'step answered "It is answered" within 4 weeks of raised when urgent cites chapter 3 paragraph 5.2\n'
FACTOR = """\
scheme nhs
factor 13 "Physical effort"
question drives yes or no asks "Does the job drive?"
level 2(d) when drives cites level 2(d)
level 1 otherwise cites level 1
"""


def of(*rules: str, only: Selection | None = None) -> Report:
    """The report on these rules, in one process."""
    return check(book(*rules), TODAY, only=only or Selection(), processes=1)


def refuted(report: Report) -> dict[tuple[str, str], str]:
    """What is refuted, by check and subject, with its message."""
    return {
        (one.check, one.subject): one.finding.message
        for one in report.obligations
        if one.state is State.REFUTED and one.finding is not None
    }


def test_a_sound_procedure_is_proved_as_far_as_it_can_be() -> None:
    """Only checks that speak of any rules are made, and the report names those that were not."""
    report = of(f"{GOOD}term waiting when urgent cites chapter 3 paragraph 5.2\n")
    assert report.clean
    assert {one.check for one in report.obligations} == OF_ANY_RULES
    assert set(report.without_levels) == {one.code for one in CHECKS} - OF_ANY_RULES


@pytest.mark.parametrize(
    ("statement", "found", "message"),
    [
        (
            'query "Is it?" when urgent and not urgent cites chapter 3 paragraph 5.2',
            ("V1", "query"),
            "no case can meet this rule",
        ),
        (
            'ground "Both ways" when urgent or not urgent cites chapter 3 paragraph 5.2',
            ("V2", "ground"),
            "this rule holds for every case",
        ),
        ('question idle yes or no asks "Idle?"', ("V9", "idle"), "“Idle?” is asked, and no rule reads the answer"),
        (
            'query "Is it?" when urgent cites chapter 3 paragraph 99.9',
            ("V15", "query: chapter 3 paragraph 99.9"),
            "no paragraph of the index is “chapter 3 paragraph 99.9”",
        ),
    ],
)
def test_a_slip_in_a_procedure_is_shown(statement: str, found: tuple[str, str], message: str) -> None:
    """A step that never comes up, a condition that always holds, an idle question, a wrong citation."""
    assert refuted(of(GOOD + statement + "\n")).get(found) == message


def test_a_question_that_a_step_or_a_deadline_reads_is_not_idle() -> None:
    """The day on which a step was taken, and the day that its time runs from, are read without a condition."""
    read = {one.subject: one.state for one in of(GOOD).obligations if (one.check, one.factor) == ("V9", "")}
    assert read == {"raised": State.PROVED, "answered": State.PROVED, "urgent": State.PROVED}


def test_what_a_procedure_does_not_cite_is_not_held_against_it() -> None:
    """The paragraphs are shared with the rules that give levels, which are checked elsewhere."""
    assert not refuted(of(GOOD, only=Selection(checks=("V15",))))


def test_beside_a_factor_each_is_checked_for_what_it_is() -> None:
    """The factor by all checks, the procedure by those that speak of any rules."""
    report = of(GOOD, FACTOR)
    by_key = {key: {one.check for one in report.obligations if one.factor == key} for key in ("13", "grievance")}
    assert "V10" in by_key["13"]
    assert by_key["grievance"] <= OF_ANY_RULES
    assert report.without_levels
    assert not of(FACTOR).without_levels


def test_a_finding_about_a_procedure_can_be_accepted() -> None:
    """In its own file, as in that of a factor."""
    dead = 'query "Is it?" when urgent and not urgent cites chapter 3 paragraph 5.2\n'
    accepted = 'accept V1 "query" on 2026-11-01 because "It is being written again."\n'
    assert ("V1", "query") in refuted(of(GOOD + dead))
    assert ("V1", "query") not in refuted(of(GOOD + dead + accepted))


@pytest.mark.parametrize("scheme", ["nhs", "njc", "sjc"])
def test_nothing_is_found_in_the_shipped_procedures(scheme: str) -> None:
    """All that can be proved of them is."""
    report = check(load_procedures(scheme, examples=False), TODAY, processes=1)
    assert report.obligations
    assert not refuted(report)
    assert report.clean
