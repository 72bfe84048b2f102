"""Part-time work: a count decides as it is answered; the panel is asked where pro rata it would decide otherwise."""

from __future__ import annotations

from fractions import Fraction

import pytest

from jerules.documents.text import Source
from jerules.engine.facts import lay_out
from jerules.engine.pro_rata import full_time
from jerules.engine.reference.evaluator import ReferenceEvaluator
from jerules.explain.evaluate import evaluate
from jerules.explain.outcome import FactorOutcome
from jerules.explain.telling import tell_factor
from jerules.faults import Faulty
from jerules.jobs.load import load_job
from jerules.rulebook.load import book_of
from jerules.rulebook.model import RuleBook
from jerules.scheme.load import load_scheme

RULES = """
scheme nhs
factor 15 "Emotional effort"
question part_of_full share asks "What part of full-time hours is it?"
record distress "A distressing situation"
  often rate asks "How often?"
  long duration asks "How long?"
  spread frequency of shifts asks "On how many shifts?"
level 3(a) when some distress is (often >= 1 per week) cites level 3(a)
level 2(a) when some distress is (often >= 1 per month) cites level 2(a)
level 1(a) otherwise cites level 1(a)
interpretation A-X-02 "Part-time work"
  because "The guidance counts absolutely and says nothing of part-time work."
  cites definition
  pro rata by part_of_full asks "Is the difference one of the demand, or of the hours?"
"""


def book(rules: str = RULES) -> RuleBook:
    """The rule book of these rules."""
    return book_of(load_scheme("nhs"), [Source("15.jer", rules)])


def outcome(often: str, share: str, rules: str = RULES) -> FactorOutcome:
    """Factor 15 of a job with one distressing situation, and what is known of its hours."""
    text = f"jerules: job/1\nscheme: nhs\njob: {{part_of_full: {share}}}\nrecords: {{distress: [{{often: {often}}}]}}\n"
    rule_book = book(rules)

    class Alone(ReferenceEvaluator):
        checked_by = ""

    return evaluate(rule_book, load_job(Source("job.yaml", text), rule_book), Alone(rule_book)).factor(15)


@pytest.mark.parametrize(
    ("often", "share", "level", "asked"),
    [
        ("2 a month", "50%", 2, False),  # pro rata 4 a month, still under once a week
        ("2 a month", "40%", 2, True),  # pro rata 5 a month: more than once a week
        ("2 a month", "100%", 2, False),
        ("2 a month", "", 2, False),  # nothing is known of the hours, so nothing can be said of them
        ("1 a week", "50%", 3, False),
        ("30 a year", "40 to 60%", 2, True),  # at 40% it is more than weekly, at 60% not: the second look is open
    ],
)
def test_the_panel_is_asked_where_the_two_ways_of_counting_differ(
    often: str, share: str, level: int, *, asked: bool
) -> None:
    """The level is that of the answers as they are; only the query knows of the hours."""
    found = outcome(often, share)
    assert found.settled
    assert (found.lowest.level, bool(found.queries)) == (level, asked)


def test_the_query_tells_both_levels() -> None:
    """Both outcomes stand beside each other, in the words of the interpretation."""
    rule_book = book()
    text = "jerules: job/1\nscheme: nhs\njob: {part_of_full: 40%}\nrecords: {distress: [{often: 2 a month}]}\n"

    class Alone(ReferenceEvaluator):
        checked_by = ""

    whole = evaluate(rule_book, load_job(Source("job.yaml", text), rule_book), Alone(rule_book))
    (line,) = tell_factor(whole, whole.factor(15)).queries
    assert line.text == (
        "Is the difference one of the demand, or of the hours? As answered: level 2(a). "
        "With every count pro rata: level 3(a)."
    )
    assert line.interpretation == "A-X-02"


def test_a_pack_can_do_without_it() -> None:
    """It is an interpretation like any other."""
    pack = 'pack "Ours"\nscheme nhs\nwithout A-X-02 because "We compare full-time posts." cites chapter 1\n'
    rule_book = book_of(load_scheme("nhs"), [Source("15.jer", RULES), Source("ours.jer", pack)])
    assert rule_book.pro_rata is None


def test_only_counts_are_divided() -> None:
    """Durations and shares of shifts are what they are, full time or not; counts are divided exactly."""
    rule_book = book()
    text = (
        "jerules: job/1\nscheme: nhs\nhours: {shifts: 3 a week}\njob: {part_of_full: 60%}\n"
        "records: {distress: [{often: 1 a week, long: 20 min, spread: 50% of shifts}]}\n"
    )
    facts = lay_out(rule_book, load_job(Source("job.yaml", text), rule_book))
    scaled = full_time(rule_book, facts)
    assert scaled is not None
    rows = scaled.records["distress"]
    assert rows is not None
    often, long, spread = rows[0][:2], rows[0][2:4], rows[0][4:]
    assert often == (Fraction(260, 3), Fraction(260, 3))
    assert long == (1200, 1200)
    assert spread == (130, 130, 5000, 5000)


@pytest.mark.parametrize(
    ("rules", "code"),
    [
        (RULES.replace("by part_of_full", "by distress"), "unknown-name"),
        (RULES.replace(' asks "Is the difference one of the demand, or of the hours?"', ""), "no-question"),
        (RULES + '  pro rata by part_of_full asks "Twice?"\n', "duplicate"),
    ],
)
def test_it_needs_a_share_of_the_job_and_a_question(rules: str, code: str) -> None:
    """What it is reckoned by, what is asked, and once."""
    with pytest.raises(Faulty) as raised:
        book(rules)
    assert [fault.code for fault in raised.value.faults] == [code]
