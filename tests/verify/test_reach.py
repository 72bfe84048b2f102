"""The nearest change: what would have to be different for another level."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from jerules.documents.text import Source
from jerules.engine.facts import lay_out
from jerules.engine.reference.evaluator import ReferenceEvaluator
from jerules.engine.resolve import resolve
from jerules.jobs.model import Job
from jerules.rulebook.load import book_of
from jerules.rulebook.model import RuleBook
from jerules.scheme.load import load_scheme
from jerules.verify.reach import Ways, reach
from jerules.verify.witness import Told, Value, write_job

RULES = """\
scheme nhs
factor 13 "Physical effort"
status binding
record effort "Something that the body does"
  label task
  task text asks "What is done?"
  kind one of lifting, bending asks "What sort of effort is it?"
  weight mass asks "How heavy?"
  each duration asks "For how long?"
level 4(a) when some effort is (kind is lifting and weight > 15 kg) cites definition
level 3(a) when some effort is (kind is lifting and weight from 6 kg to 15 kg and each > 20 min) cites definition
level 2(b) when some effort is (weight >= 2 kg) cites definition
panel decides long_bend 1 or 3(b) when some effort is (kind is bending and each > 20 min) asks "Is it much?"
  cites definition
level 1 otherwise cites definition
"""


@pytest.fixture(scope="module")
def book() -> RuleBook:
    """The rules above."""
    return book_of(load_scheme("nhs"), [Source("13.jer", RULES)])


def job(book: RuleBook, *efforts: Mapping[str, Value]) -> Job:
    """A job with these efforts."""
    record = book.records["effort"]
    entries = [
        {question: one[question.name] for question in record.questions if question.name in one} for one in efforts
    ]
    return write_job(book, Told({}, {"effort": entries}), "A job")


def lift(kilos: int, minutes: int = 10) -> dict[str, Any]:
    """A load lifted for some minutes."""
    return {"kind": frozenset({"lifting"}), "weight": kilos * 1000, "each": minutes * 60}


def said(found: Ways) -> list[list[tuple[str, str]]]:
    """The changes of each way: the question (or what else changes), and what it becomes."""
    return [[(change.question.name if change.question else change.record, change.becomes) for change in way.changes]
            for way in found.ways]  # fmt: skip


def level(book: RuleBook, job: Job) -> int | None:
    """The level of a job, when it is settled."""
    facts = lay_out(book, job)
    standing = resolve(book, ReferenceEvaluator(book).verdicts(facts), facts.decisions)["13"]
    return standing.lowest.level if standing.settled else None


def test_one_answer_is_enough(book: RuleBook) -> None:
    """A load of 5 kg would have to be over 15 kg for level 4, and nothing else would have to change."""
    assert said(reach(book, job(book, lift(5)), "13", 4))[0] == [("weight", "over 15 kg")]


def test_the_fewest_changes_come_first(book: RuleBook) -> None:
    """For level 3 both the weight and the time would have to change; ways with more changes follow."""
    ways = said(reach(book, job(book, lift(5)), "13", 3))
    assert sorted(ways[0]) == [("each", "over 20 minutes"), ("weight", "from 6 kg to 15 kg")]
    assert [len(way) for way in ways] == sorted(len(way) for way in ways)


def test_a_level_can_be_lost(book: RuleBook) -> None:
    """A job at level 4 comes to level 2 when its load is less heavy: either stretch without a higher level will do."""
    heavy = job(book, lift(20))
    assert level(book, heavy) == 4
    enough = [[("weight", "from 2 kg to under 6 kg")], [("weight", "from 6 kg to 15 kg")]]
    assert [way for way in said(reach(book, heavy, "13", 2)) if way in enough]


def test_a_missing_answer_is_named_and_not_taken_for_granted(book: RuleBook) -> None:
    """Where the weight is not known, it is said what it would have to be; the kind is known and stays."""
    unknown = job(book, {"kind": frozenset({"lifting"}), "each": 600})
    (first, *_) = said(reach(book, unknown, "13", 4))
    assert first == [("weight", "over 15 kg")]


def test_a_new_entry_is_a_way_where_there_is_none(book: RuleBook) -> None:
    """A job without any effort comes to level 4 by a new entry, every answer of which is said."""
    (first, *_) = said(reach(book, job(book), "13", 4))
    assert first == [("effort", "a new entry"), ("kind", "lifting"), ("weight", "over 15 kg")]


def test_what_the_panel_would_have_to_decide_is_part_of_a_way(book: RuleBook) -> None:
    """Long bending is level 3 only if the panel decides so."""
    bending = job(book, {"kind": frozenset({"bending"}), "weight": 0, "each": 3600})
    assert [("long_bend", "3(b)")] in said(reach(book, bending, "13", 3))


def test_every_way_leads_to_the_level(book: RuleBook) -> None:
    """The job of each way is at the level when it is evaluated."""
    for wanted in (1, 2, 3, 4):
        for way in reach(book, job(book, lift(5, 30), lift(8, 5)), "13", wanted).ways:
            assert level(book, way.job) == wanted
            assert "reference" in way.confirmed_by


def test_a_level_that_no_rule_gives_is_impossible(book: RuleBook) -> None:
    """No rule gives level 5."""
    found = reach(book, job(book, lift(5)), "13", 5)
    assert (found.impossible, found.ways) == (True, ())
