"""The jobs that are measured: the example jobs of the documentation, and seeded mixtures of their answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Final

from jerules.engine.facts import Facts, lay_out
from jerules.jobs.load import load_job_file
from jerules.jobs.model import Answer, Entry, Job
from jerules.rulebook.model import RuleBook

FOLDER: Final = Path(__file__).resolve().parents[2] / "docs" / "examples" / "nhs"
SEED: Final = 20_261_121

_LIKE_ANOTHER: Final = 0.3  # how likely a record comes from another example
_OTHER_ANSWER: Final = 0.15  # how likely an answer is one that another example gives to the question
_TRIES: Final = 100  # how many mixtures are made for one that differs from all before


@dataclass(frozen=True, slots=True)
class Jobs:
    """Jobs under one rule book, and their answers laid out."""

    book: RuleBook
    jobs: tuple[Job, ...]
    facts: tuple[Facts, ...]


def jobs_to_measure(number: int, seed: int = SEED) -> dict[str, Jobs]:
    """Complete and half-filled jobs, half of ``number`` of each, no two alike; the example jobs come first."""
    read = [load_job_file(path) for path in sorted(FOLDER.glob("*.yaml"))]
    book = read[0][1]
    half_filled = [job for job, _ in read if "half filled" in job.title]
    complete = [job for job, _ in read if job not in half_filled]
    chance = Random(seed)  # noqa: S311 - no secret
    whole = _different(book, complete, _mixtures(chance, complete), (number + 1) // 2)
    halves = _different(book, half_filled, (half(chance, job) for job in _over_and_over(whole.jobs)), number // 2)
    return {"complete": whole, "half-filled": halves}


def _different(book: RuleBook, first: Sequence[Job], others: Iterator[Job], number: int) -> Jobs:
    found: dict[str, tuple[Job, Facts]] = {}
    for job in first[:number]:
        facts = lay_out(book, job)
        found[repr(facts)] = job, facts
    for _ in range(_TRIES * number):
        if len(found) >= number:
            break
        job = next(others)
        facts = lay_out(book, job)
        found.setdefault(repr(facts), (job, facts))
    return Jobs(book, tuple(job for job, _ in found.values()), tuple(facts for _, facts in found.values()))


def _over_and_over(jobs: Sequence[Job]) -> Iterator[Job]:
    while True:
        yield from jobs


def _mixtures(chance: Random, jobs: Sequence[Job]) -> Iterator[Job]:
    """Jobs whose records come from one example or another, some answers being those of a third."""
    answers: dict[tuple[str, str], list[Answer]] = {}
    for entry in (entry for job in jobs for entry in _entries(job)):
        for name, answer in entry.answers.items():
            answers.setdefault((entry.record, name), []).append(answer)

    def mixed(entry: Entry) -> Entry:
        found = {
            name: chance.choice(answers[entry.record, name]) if chance.random() < _OTHER_ANSWER else answer
            for name, answer in entry.answers.items()
        }
        return replace(entry, answers=found)

    while True:
        base = chance.choice(jobs)
        records = {}
        for name in base.records:
            source = chance.choice(jobs) if chance.random() < _LIKE_ANOTHER else base
            records[name] = tuple(mixed(entry) for entry in source.records.get(name, ()))
        yield replace(base, facts=mixed(base.facts), records=records)


def half(chance: Random, job: Job) -> Job:
    """The job with every second answer left out, by chance; that a record has no entries is an answer as well."""

    def left(entry: Entry) -> Entry:
        kept: Mapping[str, Answer] = {name: a for name, a in entry.answers.items() if chance.random() < 1 / 2}
        return replace(entry, answers=kept)

    records = {
        name: tuple(left(entry) for entry in entries)
        for name, entries in job.records.items()
        if entries or chance.random() < 1 / 2
    }
    return replace(job, title=f"{job.title} (half filled)", facts=left(job.facts), records=records)


def _entries(job: Job) -> Iterator[Entry]:
    yield job.facts
    for entries in job.records.values():
        yield from entries
