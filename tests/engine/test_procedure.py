"""How a case stands: what is in and what is not, deadlines from days that are known, half known or unknown."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from jerules.documents.text import Source
from jerules.engine.facts import lay_out
from jerules.engine.procedure import Standing, reckon, stand
from jerules.engine.reference.evaluator import ReferenceEvaluator
from jerules.engine.truth import NO, UNKNOWN, YES
from jerules.jobs.case import load_case
from jerules.quantities.days import Days, Unit
from jerules.rulebook.load import book_of
from jerules.rulebook.procedure import Due, DueForm
from jerules.scheme.load import load_scheme

RULES = """\
scheme nhs
procedure review "Review"

question first date asks "When did the first come in?"
question second date asks "When did the second come in?"
question touched yes or no asks "Is the second touched?"
question signed yes or no asks "Is it signed?"
question reviewed date asks "When was it reviewed?"
question received date asks "When was the appeal received?"
question heard date asks "When was it heard?"
question started date asks "When did it start?"
question checked date asks "When was it checked?"

needs first "The first" always cites section 5
needs second "The second" when touched cites section 5
needs signed "A signature" always cites section 5
step reviewed "It is reviewed" within 12 weeks of complete receipt always cites section 7
step heard "It is heard" in the next april or october after received always cites section 8
step checked "It is checked" between 6 and 12 months after started always cites section 9
effective from started when touched cites section 5
ground "It is touched" when touched cites section 5
"""
BOOK = book_of(load_scheme("nhs"), [Source("review.jer", RULES)])
EVALUATOR = ReferenceEvaluator(BOOK)
IN = "  first: 2 March 2026\n  touched: no\n  signed: yes\n"


def standing(answers: str, on: str = "2026-11-21") -> Standing:
    """How a case with these answers stands on a day."""
    text = f"jerules: case/1\nscheme: nhs\nkind: review\ncase:\n{answers}"
    case = load_case(Source("case.yaml", text), BOOK)
    rules = BOOK.factors["review"]
    truths = EVALUATOR.verdicts(lay_out(BOOK, case.job)).factors["review"]
    return stand(rules, truths, case.job, date.fromisoformat(on))


def one(day: str) -> Days:
    """A day that is known exactly."""
    return Days(date.fromisoformat(day), date.fromisoformat(day))


# ── what must be in ──────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_needed_and_not_recorded_is_missing() -> None:
    """Nothing recorded is no `no`, but what must be in is missing until it is recorded as in."""
    first, second, signed = standing("  touched: yes\n  signed: no\n").needs
    assert (first.is_in, first.missing) == (UNKNOWN, True)
    assert (second.is_in, second.missing) == (UNKNOWN, True)
    assert (signed.is_in, signed.missing) == (NO, True)


def test_what_only_may_be_needed_is_not_missing() -> None:
    """Whether the second is needed is open, so it is neither missing nor left out."""
    _, second, _ = standing("  first: 2 March 2026\n").needs
    assert (second.truth, second.missing) == (UNKNOWN, False)


def test_a_day_to_come_is_not_yet_in() -> None:
    """What is announced for a later day is missing today, and in on that day."""
    assert standing("  first: 22 November 2026\n").needs[0].is_in == NO
    assert standing("  first: 22 November 2026\n", on="2026-11-22").needs[0].is_in == YES


def test_complete_receipt_is_the_last_day_on_which_something_came_in() -> None:
    """Not the day of the request, and not while anything is missing or may be."""
    assert standing(IN).receipt.day == one("2026-03-02")
    later = IN.replace("touched: no", "touched: yes") + "  second: 9 March 2026\n"
    assert standing(later).receipt.day == one("2026-03-09")
    waits = standing(IN.replace("  touched: no\n", "")).receipt
    assert (waits.day, [rule.id for rule in waits.waits]) == (None, ["nhs/review/needs second"])


def test_what_may_be_needed_can_only_make_complete_receipt_later() -> None:
    """While it is open whether the second counts, complete receipt lies between the two days."""
    answers = "  first: 2 March 2026\n  second: 9 March 2026\n  signed: yes\n"
    assert standing(answers).receipt.day == Days(date(2026, 3, 2), date(2026, 3, 9))


# ── by when ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_deadline_waits_for_the_day_it_counts_from() -> None:
    """Without complete receipt the twelve weeks have not begun, and nothing is overdue."""
    stage = standing("  touched: yes\n").stages[0]
    assert stage.deadline is not None
    assert (stage.deadline.closes, stage.overdue) == (None, 0)


def test_overdue_counts_from_the_day_after_the_deadline() -> None:
    """On the last day it is in time; a day later it is one day overdue."""
    assert standing(IN, on="2026-05-25").stages[0].overdue == 0
    assert standing(IN, on="2026-05-26").stages[0].overdue == 1
    assert standing(IN, on="2026-05-26").findings
    assert not standing(IN, on="2026-05-25").findings


def test_a_step_that_was_taken_late_says_how_late_and_is_no_finding() -> None:
    """Lateness counts to the day on which it was taken, whatever today is."""
    found = standing(IN + "  reviewed: 1 June 2026\n")
    assert (found.stages[0].is_done, found.stages[0].overdue) == (YES, 7)
    assert not found.findings


def test_a_deadline_from_a_day_that_is_half_known_is_perhaps_overdue() -> None:
    """Between the earliest and the latest deadline nobody can say."""
    answers = "  first: 2 March 2026 to 9 March 2026\n  touched: no\n  signed: yes\n"
    stage = standing(answers, on="2026-05-27").stages[0]
    assert stage.deadline is not None
    assert stage.deadline.closes == Days(date(2026, 5, 25), date(2026, 6, 1))
    assert (stage.overdue, stage.maybe_overdue) == (0, True)
    assert standing(answers, on="2026-06-02").stages[0].overdue == 1


def test_the_next_of_two_months() -> None:
    """An appeal of June is heard in October; in October itself the sitting may be over, so April stays possible."""
    june = standing("  received: 15 June 2026\n").stages[1].deadline
    assert june is not None
    assert (june.opens, june.closes, june.months) == (date(2026, 10, 1), one("2026-10-31"), (date(2026, 10, 1),))
    october = standing("  received: 15 October 2026\n").stages[1].deadline
    assert october is not None
    assert october.months == (date(2026, 10, 1), date(2027, 4, 1))
    assert (october.opens, october.closes) == (date(2026, 10, 15), Days(date(2026, 10, 31), date(2027, 4, 30)))


def test_a_window_opens_and_closes() -> None:
    """Six to twelve months after 31 August: from the end of February to the end of August."""
    found = standing("  started: 31 August 2026\n").stages[2].deadline
    assert found is not None
    assert (found.opens, found.closes) == (date(2027, 2, 28), one("2027-08-31"))


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 400), st.integers(0, 60))
def test_a_deadline_from_a_wider_day_holds_every_narrower_one(day: date, spread: int, weeks: int) -> None:
    """Knowing less about the day it counts from never moves a deadline out of its limits: no guess is made."""
    high = date.fromordinal(day.toordinal() + spread)
    due = Due(DueForm.WITHIN, None, most=weeks, unit=Unit.WEEKS)
    wide, low, top = (reckon(due, origin).closes for origin in (Days(day, high), Days(day, day), Days(high, high)))
    assert wide is not None
    assert low is not None
    assert top is not None
    assert (wide.low, wide.high) == (low.low, top.high)


# ── effect and grounds ───────────────────────────────────────────────────────────────────────────────────────────


def test_the_day_of_effect_is_the_one_recorded_or_open() -> None:
    """It is never put in from another day."""
    assert standing("  touched: yes\n  started: 1 October 2025\n").effective[0].day == one("2025-10-01")
    assert standing("  touched: yes\n").effective[0].day is None
    assert standing("  touched: no\n  started: 1 October 2025\n").effective == ()


def test_grounds_are_met_not_met_or_open() -> None:
    """An unanswered question leaves a ground open: it is never taken as a no."""
    truths = [standing(text).grounds[0].truth for text in ("  touched: yes\n", "  touched: no\n", "  touched:\n")]
    assert truths == [YES, NO, UNKNOWN]
