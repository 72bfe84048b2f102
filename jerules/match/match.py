"""A job against a profile: which results are possible, what each turns on, and how far apart the two are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from jerules.engine.truth import NO, UNKNOWN, YES, Truth
from jerules.faults import OurFault
from jerules.match.profile import Profile
from jerules.match.rule import MatchingRule, rule_for
from jerules.match.standings import JobLevel, Reached
from jerules.scheme.levels_string import LevelRange
from jerules.scheme.model import Factor


class Kind(StrEnum):
    """The results that a comparison may have."""

    PROFILE_MATCH = "profile match"
    BAND_MATCH = "band match"
    NO_MATCH = "no match"


@dataclass(frozen=True, slots=True)
class Case:
    """One way in which a factor may turn out: how many levels outside the range (above is positive), and its points.

    ``fits`` is false also for a level of the range that is met through an option that the profile does not name.
    """

    fits: bool
    steps: int
    points: int
    apart: int
    """The points between this level and the nearest level of the range."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One factor: the job's levels, the profile's, and every way in which the two may turn out to compare."""

    factor: Factor
    job: JobLevel
    profile: LevelRange
    fixed: bool
    cases: tuple[Case, ...]

    @property
    def fits(self) -> Truth:
        """Whether the job's level is one of the profile's."""
        return _all(case.fits for case in self.cases)


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of the rule, whether it holds, and the ``factors`` of those it is ``about`` that keep it from it.

    ``serves`` are the results that it is asked for; ``more`` gives the figures.
    """

    code: str
    says: str
    holds: Truth
    serves: tuple[Kind, ...]
    about: tuple[int, ...] = ()
    factors: tuple[int, ...] = ()
    more: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """The least and the most that is still possible."""

    lowest: int
    highest: int

    def __str__(self) -> str:
        return str(self.lowest) if self.lowest == self.highest else f"{self.lowest} to {self.highest}"


@dataclass(frozen=True, slots=True)
class Match:
    """A job compared with one profile.

    ``possible`` are the results that the open levels leave; one of them is settled, and only then ``kind`` is filled.
    ``apart`` are the points of the level steps outside the ranges, added up; ``outside`` is how many factors lie
    outside; ``total`` is the job's.
    """

    profile: Profile
    rule: MatchingRule
    cells: tuple[Cell, ...]
    conditions: tuple[Condition, ...]
    possible: tuple[Kind, ...]
    total: Span
    apart: Span
    outside: Span

    @property
    def kind(self) -> Kind | None:
        """The result, or nothing while more than one is possible."""
        return self.possible[0] if len(self.possible) == 1 else None

    @property
    def remarks(self) -> tuple[str, ...]:
        """What to do about the result, where there is something to do."""
        return tuple(_remarks(self))

    @property
    def failed(self) -> tuple[Condition, ...]:
        """The conditions that do not hold, whatever the open levels turn out to be."""
        return tuple(one for one in self.conditions if one.holds == NO)


def _remarks(found: Match) -> Iterator[str]:
    band, total = found.profile.band, found.total
    if found.kind is Kind.PROFILE_MATCH and total.highest < band.low:
        yield (
            f"Every factor fits, and yet the total of {total} lies below band {band.name}: compare the job with a "
            "profile of the band below; where that fails, it is evaluated locally."
        )
    elif found.kind is Kind.PROFILE_MATCH and total.lowest > band.high:
        yield f"Every factor fits, and yet the total of {total} lies above band {band.name}: look at the levels again."
    elif found.kind is Kind.NO_MATCH:
        yield "Compare the job with another profile; where none fits, it is evaluated locally."
    if found.kind is Kind.NO_MATCH and not any(Kind.BAND_MATCH in one.serves for one in found.failed):
        yield "No one condition is sure to fail, but whatever the open levels turn out to be, one of them does."


def match(job: Sequence[JobLevel], profile: Profile) -> Match:
    """Compare a job with a profile of the same scheme.

    Each level still possible is taken as possible whatever the other factors turn out to be. Raises
    :class:`Unavailable` when the scheme has no rule for matching.
    """
    rule = rule_for(profile.scheme)
    if [one.factor for one in job] != list(profile.scheme.factors):
        message = "a job was compared with a profile of another scheme"
        raise OurFault(message)
    cells = tuple(_cell(*pair, rule) for pair in zip(job, profile.levels, strict=True))
    return Match(
        profile,
        rule,
        cells,
        tuple(_conditions(profile, rule, cells)),
        _possible(profile, rule, cells),
        total=_span(tuple(case.points for case in cell.cases) for cell in cells),
        apart=_span(tuple(case.apart for case in cell.cases) for cell in cells),
        outside=_span(tuple(int(not case.fits) for case in cell.cases) for cell in cells),
    )


def rank(matches: Iterable[Match]) -> tuple[Match, ...]:
    """The nearest profile first: by points apart, then by factors outside, then in the order given.

    Of what is still open the least counts first, then the most.
    """

    def distance(one: Match) -> tuple[int, int, int, int]:
        return one.apart.lowest, one.apart.highest, one.outside.lowest, one.outside.highest

    return tuple(sorted(matches, key=distance))


# ── one factor ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _cell(job: JobLevel, levels: LevelRange, rule: MatchingRule) -> Cell:
    cases = tuple(dict.fromkeys(case for reached in job.reached for case in _cases(job.factor, reached, levels)))
    return Cell(job.factor, job, levels, job.factor.slug in rule.fixed, cases)


def _cases(factor: Factor, reached: Reached, levels: LevelRange) -> Iterator[Case]:
    points = factor.levels[reached.level - 1].points
    fitting = levels.at(reached.level)
    if fitting is None:
        apart = abs(points - factor.levels[levels.nearest(reached.level) - 1].points)
        yield Case(fits=False, steps=levels.steps_outside(reached.level), points=points, apart=apart)
        return
    wanted = set(fitting.options)
    if not wanted or wanted & {*reached.sure, *reached.maybe}:
        yield Case(fits=True, steps=0, points=points, apart=0)
    if wanted and not wanted & set(reached.sure):
        yield Case(fits=False, steps=0, points=points, apart=0)


def _span(choices: Iterable[tuple[int, ...]]) -> Span:
    found = tuple(choices)
    return Span(sum(map(min, found)), sum(map(max, found)))


# ── what is possible ─────────────────────────────────────────────────────────────────────────────────────────────────


def _possible(profile: Profile, rule: MatchingRule, cells: Sequence[Cell]) -> tuple[Kind, ...]:
    """The results of every combination of levels, without going through each of them.

    The ways so far are sorted by how many factors vary; each sort has its totals as a set of bits. A variation that no
    band match allows ends in no match, whatever else comes.
    """
    ways = {0: 1}
    found: set[Kind] = set()
    for cell in cells:
        further: dict[int, int] = {}
        for case in cell.cases:
            if not case.fits and (cell.fixed or abs(case.steps) > rule.most_levels):
                found.add(Kind.NO_MATCH)
                continue
            for varied, totals in ways.items():
                now = varied + (not case.fits)
                further[now] = further.get(now, 0) | totals << case.points
        ways = further
    within = _in_band(profile)
    for varied, totals in ways.items():
        if varied == 0:
            found.add(Kind.PROFILE_MATCH)
            continue
        if varied <= rule.most_factors and totals & within:
            found.add(Kind.BAND_MATCH)
        if varied > rule.most_factors or totals & ~within:
            found.add(Kind.NO_MATCH)
    return tuple(kind for kind in Kind if kind in found)


def _in_band(profile: Profile) -> int:
    """The totals of the profile's band, as a set of bits."""
    return ((1 << (profile.band.high - profile.band.low + 1)) - 1) << profile.band.low


# ── the conditions one by one ────────────────────────────────────────────────────────────────────────────────────────


def _conditions(profile: Profile, rule: MatchingRule, cells: Sequence[Cell]) -> Iterator[Condition]:
    band = (Kind.BAND_MATCH,)
    yield _each("in-range", "every factor lies in the profile’s range", (Kind.PROFILE_MATCH,), cells, _in_range)
    says = f"no factor lies more than {_levels(rule.most_levels)} outside"
    yield _each("near", says, band, cells, lambda _, case: abs(case.steps) <= rule.most_levels)
    for cell in cells:
        if cell.fixed:
            says = f"factor {cell.factor.number} {cell.factor.title} does not vary"
            yield _each(f"fixed-{cell.factor.slug}", says, band, (cell,), _in_range)
    yield _few(rule, cells)
    yield _total(profile, cells)


def _in_range(_: Cell, case: Case) -> bool:
    return case.fits


def _levels(number: int) -> str:
    return "1 level" if number == 1 else f"{number} levels"


def _all(answers: Iterable[bool]) -> Truth:
    found = set(answers)
    return YES if found == {True} else NO if found == {False} else UNKNOWN


def _each(
    code: str, says: str, serves: tuple[Kind, ...], cells: Sequence[Cell], holds: Callable[[Cell, Case], bool]
) -> Condition:
    """A condition that holds when it holds for each factor."""
    truths = {cell.factor.number: _all(holds(cell, case) for case in cell.cases) for cell in cells}
    worst = min(truths.values())
    kept = tuple(number for number, truth in truths.items() if truth != YES)
    return Condition(code, says, worst, serves, tuple(truths), kept)


def _few(rule: MatchingRule, cells: Sequence[Cell]) -> Condition:
    span = _span(tuple(int(not case.fits) for case in cell.cases) for cell in cells)
    says = f"no more than {rule.most_factors} factors vary"
    holds = YES if span.highest <= rule.most_factors else NO if span.lowest > rule.most_factors else UNKNOWN
    numbers = tuple(cell.factor.number for cell in cells if cell.fits != YES)
    more = f"{span} vary" if span.highest != 1 else f"{span} varies"
    every = tuple(cell.factor.number for cell in cells)
    return Condition("few", says, holds, (Kind.BAND_MATCH,), every, numbers if holds != YES else (), more)


def _total(profile: Profile, cells: Sequence[Cell]) -> Condition:
    totals = 1
    for cell in cells:
        so_far, totals = totals, 0
        for case in cell.cases:
            totals |= so_far << case.points
    band, within = profile.band, _in_band(profile)
    holds = NO if not totals & within else UNKNOWN if totals & ~within else YES
    says = f"the total lies in band {band.name}, {band.low} to {band.high}"
    more = f"the total is {_span(tuple(case.points for case in cell.cases) for cell in cells)}"
    return Condition("total", says, holds, (Kind.BAND_MATCH,), more=more)
