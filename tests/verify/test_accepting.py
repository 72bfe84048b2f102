"""Acceptances in use, ended and without use, and what a check of part of a book looks at."""

from datetime import date
from pathlib import Path

from jerules.verify.model import State
from jerules.verify.run import Report, Selection, check
from tests.verify.checked import TODAY, book

HERE = Path(__file__).parent
RULES = """\
scheme nhs
factor 13 "Physical effort"
record effort "A demand on the body"
  label task
  task text asks "What is done?"
  weight mass asks "How heavy is it?"
level 2(d) when some effort is (weight > 15 kg and weight < 6 kg) cites level 2(d)
level 1 otherwise cites level 1
"""
KNOWN = 'accept V1 "level 2(d)" on 2026-11-01 because "The note is being written again."\n'
NEEDLESS = 'accept V1 "level 3(c)" on 2026-11-01 because "There was such a rule."\n'
V1 = Selection(checks=("V1",))


def of(rules: str, on: date = TODAY, only: Selection = V1) -> Report:
    """The report on these rules, in one process."""
    return check(book(rules), on, only=only, processes=1)


def test_what_nobody_has_accepted_is_refuted() -> None:
    """The check finds it, and the report is not clean."""
    report = of(RULES)
    assert [(one.subject, one.state) for one in report.obligations] == [("level 2(d)", State.REFUTED)]
    assert not report.clean


def test_an_acceptance_in_use_stands_with_its_reason() -> None:
    """The finding is kept beside it, and the report is clean."""
    report = of(RULES + KNOWN)
    (found,) = report.obligations
    assert found.state is State.ACCEPTED
    assert found.acceptance is not None
    assert found.acceptance.because == "The note is being written again."
    assert (found.acceptance.on, found.acceptance.until) == (date(2026, 11, 1), None)
    assert found.acceptance.place is not None
    assert found.acceptance.place.line == 9
    assert found.finding is not None
    assert found.finding.message == "no job can meet this rule"
    assert report.clean
    assert report.count(State.ACCEPTED) == 1


def test_an_acceptance_holds_up_to_its_last_day_and_no_longer() -> None:
    """On the day it still stands; on the next the finding is back, and says what has passed."""
    ending = RULES + KNOWN.replace("because", "until 2026-11-20 because")
    assert of(ending, date(2026, 11, 20)).obligations[0].state is State.ACCEPTED
    (ended,) = of(ending, date(2026, 11, 21)).obligations
    assert ended.state is State.REFUTED
    assert ended.finding is not None
    assert ended.finding.message == ("no job can meet this rule; it was accepted until 2026-11-20, and that has passed")


def test_an_acceptance_does_not_count_before_its_day() -> None:
    """On the day it is dated it stands; the day before it is a finding, which says that it is not yet accepted."""
    assert of(RULES + KNOWN, date(2026, 11, 1)).obligations[0].state is State.ACCEPTED
    (early,) = of(RULES + KNOWN, date(2026, 10, 31)).obligations
    assert early.state is State.REFUTED
    assert early.acceptance is None
    assert early.finding is not None
    assert early.finding.message == (
        "no job can meet this rule; it is accepted on 2026-11-01, and not yet on 2026-10-31"
    )


def test_an_acceptance_without_use_is_a_finding() -> None:
    """What is accepted has to be there; the finding shows the statement and its reason."""
    report = of(RULES + KNOWN + NEEDLESS)
    assert [(one.subject, one.state) for one in report.obligations] == [
        ("level 2(d)", State.ACCEPTED),
        ("accept level 3(c)", State.REFUTED),
    ]
    found = report.obligations[1].finding
    assert found is not None
    assert found.message == "this is accepted, and there is nothing to accept"
    assert [(end.words, end.place and end.place.line) for end in found.ends] == [("There was such a rule.", 10)]


def test_an_acceptance_of_what_is_proved_is_without_use() -> None:
    """A rule that was put right needs none any more."""
    right = RULES.replace("weight < 6 kg", "weight < 60 kg") + KNOWN
    assert [(one.subject, one.state) for one in of(right).obligations] == [
        ("level 2(d)", State.PROVED),
        ("accept level 2(d)", State.REFUTED),
    ]


def test_acceptances_of_what_is_not_looked_at_are_left_alone() -> None:
    """Another check, or another factor, says nothing of them."""
    assert of(RULES + NEEDLESS, only=Selection(checks=("V7",))).count(State.REFUTED) == 1
    assert all(
        not one.subject.startswith("accept")
        for one in of(RULES + NEEDLESS, only=Selection(("13",), ("V7",))).obligations
    )
    shared = 'scheme nhs\naccept V1 "level 2(d)" on 2026-11-01 because "It is nobody\'s."\n'
    report = check(book(RULES, shared), TODAY, only=Selection(("13",), ("V1",)), processes=1)
    assert [one.subject for one in report.obligations] == ["level 2(d)"]
    whole = check(book(RULES, shared), TODAY, only=V1, processes=1)
    assert [one.subject for one in whole.obligations] == ["level 2(d)", "accept level 2(d)"]
