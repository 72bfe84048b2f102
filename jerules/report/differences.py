"""What changes from one rule book to another, in words; every rendering prints this and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from jerules.explain.outcome import FactorOutcome, Outcome
from jerules.explain.phrases import span
from jerules.explain.told import Because, FactorTelling
from jerules.report.check import answered, confirmed
from jerules.report.score import edition
from jerules.report.sheet import UNTITLED, factors_line, total_line
from jerules.report.words import capital
from jerules.rulebook.model import RuleBook
from jerules.scheme.model import UNCERTAIN, has_mark
from jerules.verify.differences import OLD_ONLY, Differences, FactorDifference, Touched, Witnessed
from jerules.verify.editions import Way
from jerules.verify.job_differences import JobDifference
from jerules.verify.model import State
from jerules.verify.statements import CHANGED, GONE, NEW, Change, Statement

LEVELS: Final = "Levels"
SAYS: Final = "What the rule books say differently"
PARAGRAPHS: Final = "Paragraphs that are touched"
JOBS: Final = "The jobs that were given"
SHARED: Final = "For all factors"
NOTHING: Final = "The two rule books say the same."
NO_LEVELS: Final = "Neither of them gives levels."
NO_JOB: Final = "None of them changes level, points, band or grade."
CLOSING: Final = (
    "A proof speaks of every job about which all is known. What the rules say of a job stays for the panel to decide."
)


@dataclass(frozen=True, slots=True)
class SideSheet:
    """What one book says of a job: its level, and the reasons, each with the lines that lead there."""

    name: str
    level: str
    because: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class WitnessSheet:
    """A job that comes to another level: its answers by entry, who confirms it, and both explanations."""

    title: str
    entries: tuple[tuple[str, str], ...]
    confirmed: str
    old: SideSheet
    new: SideSheet


@dataclass(frozen=True, slots=True)
class FactorSheet:
    """A factor of which it is not proved that all jobs keep their level."""

    title: str
    says: str
    decided: bool
    witnesses: tuple[WitnessSheet, ...]


@dataclass(frozen=True, slots=True)
class PartSheet:
    """One part of a statement as it was and as it is; empty where it says nothing."""

    name: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ChangeSheet:
    """A statement that is new, gone, or says something else, with both places and the paragraphs."""

    title: str
    how: str
    parts: tuple[PartSheet, ...]
    old_place: str
    new_place: str
    cites: str


@dataclass(frozen=True, slots=True)
class ParagraphSheet:
    """A paragraph, what became of its own text (or empty), and what rests on it that changed."""

    words: str
    id: str
    how: str
    resting: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class JobSheet:
    """A job that comes to something else: its factors, then the whole job, before and after."""

    title: str
    file: str
    factors: tuple[tuple[str, str, str], ...]
    totals: tuple[tuple[str, str, str], ...]
    remark: str


@dataclass(frozen=True, slots=True)
class DifferencesSheet:
    """Everything that there is to say of two rule books. ``jobs`` is None where no jobs were given.

    ``letters`` says what a mark after a letter means, where there is one.
    """

    title: str
    frame: tuple[tuple[str, str], ...]
    verdict: tuple[str, ...]
    factors: tuple[FactorSheet, ...]
    same: str
    changes: tuple[tuple[str, tuple[ChangeSheet, ...]], ...]
    paragraphs: tuple[ParagraphSheet, ...]
    jobs: tuple[JobSheet, ...] | None
    kept: str
    letters: str = ""
    closing: str = CLOSING


def differences_sheet(
    names: tuple[str, str], found: Differences, jobs: Sequence[JobDifference] | None = None
) -> DifferencesSheet:
    """The differences in words; ``names`` is what the two books were called."""
    open_ = tuple(one for one in found.factors if one.state is not State.PROVED)
    frame = [*_book("Old", names[0], found.old), *_book("New", names[1], found.new)]
    labels = dict.fromkeys(book.scheme.label for book in (found.old, found.new) if book.scheme.label)
    frame += [("Notice", label) for label in labels]
    moved = tuple(one for one in jobs or () if one.differs)
    sheet = DifferencesSheet(
        f"What changes from {names[0]} to {names[1]}",
        tuple(frame),
        tuple(_verdict(found, jobs, moved)),
        tuple(map(_factor, open_)),
        _same(found.factors),
        tuple(_changes(found)),
        tuple(map(_paragraph, found.touched)),
        tuple(map(_job, moved)) if jobs is not None else None,
        _kept(jobs or (), moved),
    )
    return replace(sheet, letters=UNCERTAIN) if any(map(has_mark, _texts(sheet))) else sheet


def _texts(sheet: DifferencesSheet) -> Iterator[str]:
    """Every text in which a level may stand."""
    for factor in sheet.factors:
        for side in (side for one in factor.witnesses for side in (one.old, one.new)):
            yield side.level
            yield from (line for says, steps in side.because for line in (says, *steps))
    for job in sheet.jobs or ():
        yield from (text for row in job.factors for text in row)
    for _, changes_ in sheet.changes:
        yield from (change.cites for change in changes_)
    yield from (paragraph.words for paragraph in sheet.paragraphs)


def _book(side: str, name: str, book: RuleBook) -> Iterator[tuple[str, str]]:
    yield side, f"{name}: {book.scheme.title}, {edition(book.scheme)}, rule book {book.hash}"
    for pack in book.packs:
        yield f"{side}, with", f"{pack.title}, pack {pack.hash}"


def _verdict(found: Differences, jobs: Sequence[JobDifference] | None, moved: Sequence[JobDifference]) -> Iterator[str]:
    states = [one.state for one in found.factors]
    proved, changing, open_ = map(states.count, (State.PROVED, State.REFUTED, State.UNDECIDED))
    of = f"{len(states)} factor{'' if len(states) == 1 else 's'}"
    if not states:
        yield NO_LEVELS
    elif found.same:
        yield f"No job changes level: proved for {of}."
    else:
        said = (
            (changing, f"levels change for some jobs in {changing} of {of}"),
            (open_, f"undecided in {open_} of {of}"),
            (proved, f"in {proved} it is proved that no job changes level"),
        )
        yield f"{capital('; '.join(words for number, words in said if number))}."
    hows = [one.how for one in found.changes]
    counts = ", ".join(f"{number} {_how(how, number)}" for how in (CHANGED, NEW, GONE) if (number := hows.count(how)))
    yield f"Statements: {counts}." if counts else NOTHING
    if jobs is not None:
        yield f"Of {len(jobs)} job{'' if len(jobs) == 1 else 's'}, {len(moved)} would come to something else."


def _how(how: str, number: int) -> str:
    return "say something else" if how == CHANGED and number > 1 else how


# ── levels ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _factor(one: FactorDifference) -> FactorSheet:
    title = f"Factor {one.number}: {one.title}"
    if one.only:
        side = "old" if one.only == OLD_ONLY else "new"
        says = f"only the {side} rule book has rules for it; by the other the panel gives the level itself"
        return FactorSheet(title, says, decided=True, witnesses=())
    witnesses = tuple(map(_witness, one.witnesses))
    return FactorSheet(title, "; ".join(_ways(one)), not one.undecided, witnesses)


def _same(factors: Sequence[FactorDifference]) -> str:
    """Of which factors it is proved that no job changes level; those of which it is not proved of every job apart."""
    proved = [one for one in factors if one.state is State.PROVED]
    whole = tuple(one.number for one in proved if not one.needed)
    limited = tuple(one.number for one in proved if one.needed)
    said = [f"Proved the same for every job: {factors_line(whole)}."] if whole else []
    if limited:
        most = max(one.entries for one in proved if one.needed)
        said.append(f"Proved the same for jobs with up to {most} entries of a record: {factors_line(limited)}.")
    return " ".join(said)


def _ways(one: FactorDifference) -> Iterator[str]:
    found = {witness.moved.way for witness in one.witnesses}
    for way in Way:
        if way in found:
            yield f"some jobs come to a {way} level"
        elif way in one.undecided:
            yield f"undecided whether any job comes to a {way} level"
        else:
            limit = f" for jobs with up to {one.entries} entries of a record" if one.needed else ""
            yield f"no job comes to a {way} level (proved{limit})"


def _witness(found: Witnessed) -> WitnessSheet:
    moved = found.moved
    before, after = answered(moved.old), answered(moved.new)
    entries = [(who if (who, said) in after else f"{who}, as the old book asks", said) for who, said in before]
    entries += [(f"{who}, as the new book asks", said) for who, said in after if (who, said) not in before]
    return WitnessSheet(
        f"A job that comes to a {moved.way} level",
        tuple(entries),
        confirmed(moved.confirmed_by),
        _side("Old", found.old),
        _side("New", found.new),
    )


def _side(name: str, telling: FactorTelling) -> SideSheet:
    because = tuple(
        (_reason(one), tuple(_line(line.text, line.cites) for line in one.lines)) for one in telling.because
    )
    return SideSheet(name, telling.level, because)


def _reason(one: Because) -> str:
    parts = (one.gives, *one.cites.split("; "), "" if one.certain else "possible")
    return f"{one.says} ({'; '.join(dict.fromkeys(part for part in parts if part))})"


def _line(text: str, cites: str) -> str:
    return f"{text} ({cites})" if cites else text


# ── statements ───────────────────────────────────────────────────────────────────────────────────────────────────


def _changes(found: Differences) -> Iterator[tuple[str, tuple[ChangeSheet, ...]]]:
    """The changes by factor, those for all factors first."""
    by_factor: dict[str, list[Change]] = {}
    for change in found.changes:
        by_factor.setdefault(change.one.factor, []).append(change)
    titles = {key: _title(found, key) for key in by_factor}
    for key in sorted(by_factor, key=lambda key: (key.isdigit(), int(key) if key.isdigit() else 0, key)):
        yield titles[key], tuple(_change(change) for change in by_factor[key])


def _title(found: Differences, key: str) -> str:
    for book in (found.new, found.old):
        if key in book.factors:
            rules = book.factors[key]
            kind = "Procedure" if rules.procedure else "Tool" if rules.number is None else f"Factor {rules.number}"
            return f"{kind}: {rules.title}"
    return f"Factor {key}" if key else SHARED


def _change(change: Change) -> ChangeSheet:
    parts = tuple(PartSheet(name, old, new) for name, old, new in change.parts)
    if change.how != CHANGED:  # whose word it is and what it rests on goes without saying: the citations stand below
        parts = tuple(part for part in parts if part.name not in {"cites", "status", "interpretation"})
    return ChangeSheet(
        statement_title(change),
        change.how,
        parts,
        _place(change.old),
        _place(change.new),
        "; ".join(dict.fromkeys(one.words for one in change.citations)),
    )


def statement_title(change: Change) -> str:
    """What a statement is called: ``term frequent (effort)``, ``rule level 3(c)``."""
    return f"{change.one.kind} {change.one.name}"


def _place(side: Statement | None) -> str:
    return f"{side.place.file}:{side.place.line}" if side and side.place else ""


def _paragraph(one: Touched) -> ParagraphSheet:
    resting = dict.fromkeys((*(f"{statement_title(change)}: {change.how}" for change in one.changes), *one.resting))
    how = f"its text: {one.how}" if one.how else ""
    return ParagraphSheet(one.words, one.id, how, tuple(resting))


# ── jobs ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _job(one: JobDifference) -> JobSheet:
    without = ", ".join(one.read.without)
    return JobSheet(
        one.old.job.title or UNTITLED,
        one.read.file,
        tuple(
            (f"Factor {old.number}: {old.title}", stands(old, one.old), stands(new, one.new))
            for old, new in one.factors
        ),
        tuple(_totals(one.old, one.new)),
        f"Only one of the rule books asks for: {without}." if without else "",
    )


def stands(factor: FactorOutcome, outcome: Outcome) -> str:
    """``level 3(c), 12 points``; ``level 2 to 4, 7 to 18 points``."""
    of = outcome.book.scheme.factor(factor.number)
    level = f"level {span(factor.lowest, factor.highest, of)}"
    if factor.points_range is None:
        return level
    low, high = factor.points_range
    return f"{level}, {low} points" if low == high else f"{level}, {low} to {high} points"


def _totals(old: Outcome, new: Outcome) -> Iterator[tuple[str, str, str]]:
    yield "", total_line(old), total_line(new)
    if old.grades or new.grades:
        yield "Local grade", _grade(old), _grade(new)


def _grade(outcome: Outcome) -> str:
    names = [grade.name if grade else "none" for grade in outcome.grades]
    return (f"{names[0]} to {names[-1]}" if len(names) > 1 else names[0]) if names else "none agreed"


def _kept(jobs: Sequence[JobDifference], moved: Sequence[JobDifference]) -> str:
    if not jobs or not moved:
        return NO_JOB if jobs else ""
    kept = len(jobs) - len(moved)
    return f"{kept} job{' keeps its' if kept == 1 else 's keep their'} levels, points, band and grade." if kept else ""


def places(change: ChangeSheet) -> Iterable[tuple[str, str]]:
    """Where a statement stood and stands, each with the side that it is on."""
    return [(side, place) for side, place in (("old", change.old_place), ("new", change.new_place)) if place]
