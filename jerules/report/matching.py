"""What a comparison with profiles says, in the order in which it says it; every rendering prints one of these."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jerules.engine.truth import NO, UNKNOWN, YES, Truth
from jerules.explain.outcome import LABEL, Outcome
from jerules.match.match import Case, Cell, Condition, Kind, Match
from jerules.report.score import edition
from jerules.report.sheet import UNTITLED, frame
from jerules.scheme.model import UNCERTAIN, Scheme, has_mark

RANKING = "The profiles, nearest first"
RANKED_BY = (
    "By the points of the level steps outside the profile’s ranges, added up; then by how many factors lie outside."
)
RULE = "The rule that this rests on"
CONDITIONS = "The conditions"
LEVELS_GIVEN = "Levels given on the command line"
RANKING_HEADINGS = ("Rank", "Profile", "Band", "Result", "Points apart", "Factors outside")
FACTOR_HEADINGS = ("No", "Factor", "Job", "Profile", "How they compare")

_MARKS = {YES: "met", NO: "failed", UNKNOWN: "open"}


@dataclass(frozen=True, slots=True)
class Told:
    """A condition: ``met``, ``failed`` or ``open``, and its text."""

    mark: str
    says: str


@dataclass(frozen=True, slots=True)
class Compared:
    """The comparison with one profile, with its rank."""

    rank: int
    title: str
    source: str
    result: str
    distance: str
    rows: tuple[tuple[str, ...], ...]
    conditions: tuple[Told, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MatchSheet:
    """Everything that a report on matching says; ``ranking`` is empty when there is one profile only."""

    title: str
    about: str
    label: str
    frame: tuple[tuple[str, str], ...]
    ranking: tuple[tuple[str, ...], ...]
    profiles: tuple[Compared, ...]
    rule: str
    because: str
    readings: tuple[str, ...]


def match_sheet(ranked: Sequence[Match], outcome: Outcome | None = None) -> MatchSheet:
    """The sheet of a job's comparisons, at least one and ranked; ``outcome`` where the levels come from one."""
    rule, total = ranked[0].rule, str(ranked[0].total)
    return MatchSheet(
        title=(outcome.job.title or UNTITLED) if outcome else LEVELS_GIVEN,
        about="Compared with profiles that the user supplied",
        label=LABEL,
        frame=(*_frame(ranked[0].profile.scheme, outcome), ("Rule", f"{rule.id}, {rule.status}"), ("Total", total)),
        ranking=tuple(_ranked(*pair) for pair in enumerate(ranked, start=1)) if len(ranked) > 1 else (),
        profiles=tuple(_compared(*pair) for pair in enumerate(ranked, start=1)),
        rule=f"{rule.id}: {rule.title} – {rule.status}",
        because=f"{rule.because} (Notes {', '.join(rule.notes)}.)",
        readings=rule.readings,
    )


def _frame(scheme: Scheme, outcome: Outcome | None) -> tuple[tuple[str, str], ...]:
    if outcome:
        return frame(outcome)
    return (("Scheme", f"{scheme.title}, {edition(scheme)}"),)


def _ranked(number: int, found: Match) -> tuple[str, ...]:
    apart, outside = str(found.apart), str(found.outside)
    return (str(number), found.profile.title, found.profile.band.name, result(found), apart, outside)


def result(found: Match) -> str:
    """The result in words: ``band match``, or what is still possible."""
    if found.kind:
        return found.kind.value
    *first, last = (kind.value for kind in found.possible)
    return f"not settled: {', '.join(first)} or {last}"


def _compared(number: int, found: Match) -> Compared:
    profile = found.profile
    return Compared(
        number,
        f"{profile.title}, band {profile.band.name}",
        f"{profile.file}; totals from {profile.lowest} to {profile.highest}",
        _result_line(found),
        _distance(found),
        tuple(_row(cell) for cell in found.cells),
        tuple(_told(condition) for condition in found.conditions),
        (*found.remarks, *_letters(found), *profile.remarks, *((f"Note: {profile.note}",) if profile.note else ())),
    )


def _letters(found: Match) -> tuple[str, ...]:
    """What a mark at a letter means, where one stands among the levels of the job."""
    return (UNCERTAIN,) if any(has_mark(str(cell.job)) for cell in found.cells) else ()


def _result_line(found: Match) -> str:
    words = result(found)
    words = f"{words[:1].upper()}{words[1:]}"
    return words if found.kind in (None, Kind.NO_MATCH) else f"{words}, band {found.profile.band.name}"


def _distance(found: Match) -> str:
    apart = "1 point" if str(found.apart) == "1" else f"{found.apart} points"
    outside = "1 factor" if str(found.outside) == "1" else f"{found.outside} factors"
    return f"{apart} apart, {outside} outside"


def _row(cell: Cell) -> tuple[str, ...]:
    return (str(cell.factor.number), cell.factor.title, str(cell.job), str(cell.profile), how(cell))


def how(cell: Cell) -> str:
    """How the job compares on one factor, in words."""
    said = list(dict.fromkeys(_case(case) for case in cell.cases))
    if len(said) == 1:
        only = said[0]
        return f"{only}; may not vary" if cell.fixed and cell.fits == NO else only
    if all(case.steps == 0 for case in cell.cases):
        return "open: in range, the option is not said"
    if cell.fits == NO:
        return f"open: {said[0]} to {said[-1]}"
    return "open: in range or outside"


def _case(case: Case) -> str:
    if case.fits:
        return "in range"
    if case.steps == 0:
        return "another option"
    levels = "1 level" if abs(case.steps) == 1 else f"{abs(case.steps)} levels"
    return f"{levels} {'above' if case.steps > 0 else 'below'}"


def _told(condition: Condition) -> Told:
    return Told(_MARKS[condition.holds], "".join(_says(condition)))


def mark(truth: Truth) -> str:
    """``met``, ``failed`` or ``open``."""
    return _MARKS[truth]


def _says(condition: Condition) -> Iterator[str]:
    yield f"For a {' and a '.join(kind.value for kind in condition.serves)}, {condition.says}"
    details = [condition.more] if condition.more else []
    if len(condition.about) > 1 and condition.factors:
        word = "factor" if len(condition.factors) == 1 else "factors"
        details.append(f"{word} {', '.join(map(str, condition.factors))}")
    if details:
        yield f" ({': '.join(details)})"
