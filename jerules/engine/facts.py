"""A job's answers laid out flat, as the evaluators read them: one tuple of exact numbers for each entry.

Each question has fixed slots in the tuple of its record. A quantity has two (the least and the most that the answer
leaves possible), a frequency of shifts four (rate, then share), a step of a scale two, a choice one (a bit for each
chosen name, ``-1`` when not answered), a yes-or-no question one (NO, UNKNOWN, YES), a text none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeAlias

from jerules.engine.truth import NO, UNKNOWN, YES
from jerules.faults import OurFault
from jerules.jobs.model import Answer, Entry, Job
from jerules.quantities.kinds import UNBOUNDED, WHOLE_SHARE, Exact, Kind, Measure, domain
from jerules.rulebook.conditions import Part
from jerules.rulebook.model import RuleBook
from jerules.rulebook.once import once_per_book
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
    readers = _readers(book)
    records: dict[str, tuple[Slots, ...] | None] = {}
    for name, of_record in readers.items():
        if name != JOB:
            entries = job.records.get(name)
            records[name] = None if entries is None else tuple([_row(of_record, entry) for entry in entries])
    decisions = {name: decision.position for name, decision in job.decisions.items()}
    return Facts(_row(readers[JOB], job.facts), records, decisions)


def slots_of(record: Record, entry: Entry) -> Slots:
    """The slots of one entry."""
    return _row(_readers_of(record), entry)


_Read: TypeAlias = Callable[[Answer], Slots]
_Reader: TypeAlias = tuple[str, Slots, _Read]
"""A question's name, its slots when it is not answered, and what gives them when it is."""


@once_per_book
def _readers(book: RuleBook) -> Mapping[str, Sequence[_Reader]]:
    return {record.name: _readers_of(record) for record in book.records.values()}


def _readers_of(record: Record) -> Sequence[_Reader]:
    return [(one.name, unanswered(one.type), _reader(one.type)) for one in record.questions]


def _row(readers: Sequence[_Reader], entry: Entry) -> Slots:
    answers = entry.answers
    found: list[Exact] = []
    for name, blank, read in readers:
        answer = answers.get(name)
        found += blank if answer is None else read(answer)
    return tuple(found)


def _reader(answer_type: AnswerType) -> _Read:
    """What gives the slots of an answer of this type."""
    match answer_type.form:
        case Form.TEXT:
            return lambda _: ()
        case Form.YES_NO:
            return lambda answer: (YES if answer.value else NO,)
        case Form.QUANTITY:
            return _quantity
    places = {name: place for place, name in enumerate(answer_type.names)}
    if answer_type.form is Form.SCALE:

        def ranks(answer: Answer) -> Slots:
            found = [places[name] for name in _chosen(answer)]
            return (min(found), max(found))

        return ranks
    return lambda answer: (sum([1 << places[name] for name in _chosen(answer)]),)


def _chosen(answer: Answer) -> frozenset[str]:
    if not isinstance(answer.value, frozenset):
        raise OurFault(f"an answer that is chosen cannot be {answer.value!r}")
    return answer.value


def _quantity(answer: Answer) -> Slots:
    value = answer.value
    if not isinstance(value, Measure):
        raise OurFault(f"an answer that is measured cannot be {value!r}")
    interval, share = value.interval, value.share
    if share is not None and value.kind is Kind.FREQUENCY:
        return (interval.low, interval.high, share.low, share.high)
    return (interval.low, interval.high)


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
