"""A job with no more answers than it needs to show what it shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from jerules.jobs.model import Entry, Job
from jerules.rulebook.questions import JOB

Pair: TypeAlias = tuple[Job, Job]
"""One job, as each of two rule books has it answered."""


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer of a job: the record, which entry of it from 0, and the question; without one, a decision."""

    record: str
    entry: int
    question: str


def fewest_answers(jobs: Pair, shows: Callable[[Pair], bool]) -> Pair:
    """The jobs without the answers and decisions that are not needed, one left out after the other.

    ``shows`` says whether two jobs still show what they are for; what is left out is not known then, and not a no.
    """
    for one in dict.fromkeys(answered for job in jobs for answered in _answers(job)):
        fewer = _without(jobs[0], one), _without(jobs[1], one)
        if shows(fewer):
            jobs = fewer
    return jobs


def _answers(job: Job) -> Iterator[Answered]:
    for record, entries in ((JOB, (job.facts,)), *job.records.items()):
        for number, entry in enumerate(entries):
            for question in entry.answers:
                yield Answered(record, number, question)
    for name in job.decisions:
        yield Answered(name, 0, "")


def _without(job: Job, one: Answered) -> Job:
    if not one.question:
        return replace(job, decisions={name: made for name, made in job.decisions.items() if name != one.record})
    if one.record == JOB:
        return replace(job, facts=_left(job.facts, one.question))
    entries = list(job.records.get(one.record, ()))
    if one.entry < len(entries):
        entries[one.entry] = _left(entries[one.entry], one.question)
        return replace(job, records={**job.records, one.record: tuple(entries)})
    return job


def _left(entry: Entry, question: str) -> Entry:
    return replace(entry, answers={name: answer for name, answer in entry.answers.items() if name != question})
