"""A job's answers laid out flat, as the evaluators read them: one tuple of exact numbers for each entry.

Each question has fixed slots in the tuple of its record. A quantity has two (the least and the most that the answer
leaves possible), a frequency of shifts four (rate, then share), a step of a scale two, a choice one (a bit for each
chosen name, ``-1`` when not answered), a yes-or-no question one (NO, UNKNOWN, YES), a text none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from jerules.engine.truth import NO, UNKNOWN, YES
from jerules.faults import OurFault
from jerules.jobs.model import Answer, Entry, Job
from jerules.quantities.kinds import UNBOUNDED, WHOLE_SHARE, Exact, Kind, Measure, domain
from jerules.rulebook.conditions import Part
from jerules.rulebook.model import RuleBook
from jerules.rulebook.questions import JOB, AnswerType, Form, Question, Record
from jerules.scheme.model import Position

UNANSWERED: Final = -1
Slots = tuple[Exact, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """The answers of one job. ``records`` holds None for a record that was not asked."""

    job: Slots
    records: Mapping[str, tuple[Slots, ...] | None]
    decisions: Mapping[str, Position]


def lay_out(book: RuleBook, job: Job) -> Facts:
    """The facts of a job under a rule book."""
    records: dict[str, tuple[Slots, ...] | None] = {}
    for record in book.records.values():
        if record.name != JOB:
            entries = job.records.get(record.name)
            records[record.name] = None if entries is None else tuple(slots_of(record, entry) for entry in entries)
    decisions = {name: decision.position for name, decision in job.decisions.items()}
    return Facts(slots_of(book.records[JOB], job.facts), records, decisions)


def slots_of(record: Record, entry: Entry) -> Slots:
    """The slots of one entry."""
    found: list[Exact] = []
    for question in record.questions:
        found += _slots(question.type, entry.answers.get(question.name))
    return tuple(found)


def _slots(answer_type: AnswerType, answer: Answer | None) -> tuple[Exact, ...]:
    if answer is None:
        return unanswered(answer_type)
    value = answer.value
    match answer_type.form:
        case Form.TEXT:
            return ()
        case Form.YES_NO:
            return (YES if value else NO,)
        case Form.QUANTITY if isinstance(value, Measure):
            return _quantity(value)
        case Form.SCALE if isinstance(value, frozenset):
            ranks = [answer_type.names.index(name) for name in value]
            return (min(ranks), max(ranks))
        case Form.ONE_OF | Form.ANY_OF if isinstance(value, frozenset):
            return (mask(answer_type, value),)
    message = f"an answer of form {answer_type.form} cannot be {value!r}"
    raise OurFault(message)


def _quantity(value: Measure) -> tuple[Exact, ...]:
    if value.kind is Kind.FREQUENCY and value.share is not None:
        return (value.interval.low, value.interval.high, value.share.low, value.share.high)
    return (value.interval.low, value.interval.high)


def mask(answer_type: AnswerType, names: frozenset[str]) -> int:
    """A bit for each chosen name."""
    return sum(1 << index for index, choice in enumerate(answer_type.names) if choice in names)


def unanswered(answer_type: AnswerType) -> tuple[Exact, ...]:
    """The slots of a question that was not answered: everything is possible."""
    match answer_type.form:
        case Form.TEXT:
            return ()
        case Form.YES_NO:
            return (UNKNOWN,)
        case Form.ONE_OF | Form.ANY_OF:
            return (UNANSWERED,)
        case Form.SCALE:
            return (0, len(answer_type.names) - 1)
    if answer_type.kind is Kind.FREQUENCY:
        return (0, UNBOUNDED, 0, WHOLE_SHARE)
    limits = domain(answer_type.kind or Kind.COUNT)
    return (limits.low, limits.high)


@lru_cache(maxsize=4096)
def _first_slots(record: Record) -> dict[str, int]:
    found: dict[str, int] = {}
    count = 0
    for question in record.questions:
        found[question.name] = count
        count += len(unanswered(question.type))
    return found


def slot(record: Record, question: Question, part: Part = Part.VALUE) -> int:
    """The first slot of a question, or of the share of a frequency."""
    return _first_slots(record)[question.name] + (2 if part is Part.SHARE else 0)


def nothing_known(record: Record) -> Slots:
    """The slots of an entry about which nothing is known."""
    return tuple(value for question in record.questions for value in unanswered(question.type))
