"""Jobs that a panel has described, each evaluated by two rule books, and what differs in the outcome."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from jerules.documents.text import Source, read_source
from jerules.engine.choose import choose
from jerules.explain.evaluate import evaluate
from jerules.explain.outcome import FactorOutcome, Outcome
from jerules.faults import Fault, Faulty
from jerules.jobs.load import load_job, scheme_of
from jerules.jobs.model import Entry, Job
from jerules.rulebook import model as m
from jerules.rulebook.questions import JOB
from jerules.scheme.paragraphs import INDEX, OUTLINE
from jerules.verify.editions import alike

ENDINGS: Final = (".yaml", ".yml", ".json")
"""How the names of job files end."""
OTHERS: Final = frozenset({"scheme.yaml", INDEX, OUTLINE})
"""What may lie in a folder of rules beside jobs, and is none."""


@dataclass(frozen=True, slots=True)
class Read:
    """A job as each book has it answered.

    ``without`` names what only one of the books asks, or asks otherwise: it could not be passed on to the other.
    """

    file: str
    old: Job
    new: Job
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class JobDifference:
    """A job by both books; ``factors`` are those whose level, range or points differ, by either."""

    read: Read
    old: Outcome
    new: Outcome
    factors: tuple[tuple[FactorOutcome, FactorOutcome], ...]

    @property
    def differs(self) -> bool:
        """Whether a level, the points or the band differs."""
        return bool(self.factors) or _totals(self.old) != _totals(self.new)


def read_jobs(folder: Path, old: m.RuleBook, new: m.RuleBook) -> tuple[Read, ...]:
    """Every job file of the scheme in a folder and the folders inside it, in the order of their names.

    A job that only one of the books can read (it answers what the other does not ask) is read by that one, and what
    the other asks as well is passed on.

    Raises:
        Faulty: with every mistake in files that neither book can read, or where there is no folder or no job in it.
    """
    found: list[Read] = []
    faults: list[Fault] = []
    for path in _files(folder):
        try:
            source = read_source(path)
            if _is_of(source, new.scheme.id):
                found.append(_read(source, old, new))
        except Faulty as faulty:
            faults += faulty.faults
    if not found and not faults:
        message = f"there is no job of the {new.scheme.title} in `{folder}`"
        faults.append(Fault("no-jobs", message, expected=f"job files ({', '.join(ENDINGS)})", help="name their folder"))
    if faults:
        raise Faulty(faults)
    return tuple(found)


def _is_of(source: Source, scheme: str) -> bool:
    """Whether a job is of a scheme, or of one that is not known, which is then a mistake in it."""
    try:
        return scheme_of(source) == scheme
    except Faulty:
        return True


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise Faulty([Fault("no-such-folder", f"there is no folder `{folder}`", help="name the folder with the jobs")])
    return sorted(
        path for path in folder.rglob("*") if path.is_file() and path.suffix in ENDINGS and path.name not in OTHERS
    )


def _read(source: Source, old: m.RuleBook, new: m.RuleBook) -> Read:
    jobs: list[Job | None] = []
    refused: list[Faulty] = []
    for book in (old, new):
        try:
            jobs.append(load_job(source, book))
        except Faulty as faulty:
            jobs.append(None)
            refused.append(faulty)
    first, second = jobs
    if first is not None and second is not None:
        return Read(source.name, first, second)
    if first is not None:
        return Read(source.name, first, *_passed_on(first, old, new))
    if second is not None:
        passed, without = _passed_on(second, new, old)
        return Read(source.name, passed, second, without)
    raise refused[0]


def _passed_on(job: Job, by: m.RuleBook, to: m.RuleBook) -> tuple[Job, tuple[str, ...]]:
    """A job with the answers that the other book asks for as well, and the names of those that it does not."""
    without: dict[str, None] = {}
    facts = _kept(job.facts, by, to, without)
    records = {}
    for record, entries in job.records.items():
        if record in to.records:
            records[record] = tuple(_kept(entry, by, to, without) for entry in entries)
        else:
            without[record] = None
    names = {rule.effect.name: {rule.effect.low, rule.effect.high} for one in to.factors.values() for rule in one.rules
             if isinstance(rule.effect, m.LeavesToPanel)}  # fmt: skip
    decisions = {name: one for name, one in job.decisions.items() if one.position in names.get(name, ())}
    without.update(dict.fromkeys(name for name in job.decisions if name not in decisions))
    return replace(job, facts=facts, records=records, decisions=decisions), tuple(without)


def _kept(entry: Entry, by: m.RuleBook, to: m.RuleBook, without: dict[str, None]) -> Entry:
    kept = {}
    for name, answer in entry.answers.items():
        key = name if entry.record == JOB else f"{entry.record}.{name}"
        here, there = by.question(key), to.question(key)
        known = here and there and alike(here, there)
        if known and there and not (isinstance(answer.value, frozenset) and answer.value - {*there.type.names}):
            kept[name] = answer
        else:
            without[key] = None
    return replace(entry, answers=kept)


def job_differences(
    read: Sequence[Read], old: m.RuleBook, new: m.RuleBook, *, factors: Sequence[str] = ()
) -> Iterator[JobDifference]:
    """Every job by both books, of some factors (all, where none is named); those without a difference too."""
    engines = {book: choose(book) for book in (old, new)}
    for one in read:
        before, after = evaluate(old, one.old, engines[old]), evaluate(new, one.new, engines[new])
        yield JobDifference(one, before, after, tuple(_differing(before, after, factors)))


def _differing(
    before: Outcome, after: Outcome, factors: Sequence[str]
) -> Iterable[tuple[FactorOutcome, FactorOutcome]]:
    others: Mapping[int, FactorOutcome] = {one.number: one for one in after.factors}
    for one in before.factors:
        other = others.get(one.number)
        if other and (not factors or str(one.number) in factors) and _stands(one) != _stands(other):
            yield one, other


def _stands(factor: FactorOutcome) -> tuple[object, ...]:
    return factor.lowest.level, factor.highest.level, factor.points_range


def _totals(outcome: Outcome) -> tuple[object, ...]:
    return outcome.totals, outcome.band, outcome.bands, [grade and grade.name for grade in outcome.grades]
