"""From the truth of the rules to a level: the one place where candidates, floors, caps and tools are weighed.

In this order: candidates (what bars keep out never became one), closed levels removed, the highest that remains,
floors, caps, tools.
Where answers are missing the same is done twice: for the lowest outcome with what is established in its
favour and everything possible against it, for the highest outcome the other way round.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from jerules.engine import credit
from jerules.engine.truth import NO, UNKNOWN, YES, Truth
from jerules.engine.verdicts import Verdicts
from jerules.rulebook import model as m
from jerules.rulebook.once import once_per_book
from jerules.scheme.model import Position


@dataclass(frozen=True, slots=True)
class Candidate:
    """A level that a rule gives, and how certain that is; ``closed``: how certain it is that the level is closed."""

    rule: m.Rule
    position: Position
    truth: Truth
    closed: Truth = NO


@dataclass(frozen=True, slots=True)
class End:
    """One end of what is possible: the level (None: the rules give none) and the options that give it."""

    level: int | None
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a factor stands.

    ``hands_on`` is the range before tools had their say, and ``raised_by`` names those tools, whether they raised it or
    not; ``hands_on`` is None when none had.
    """

    lowest: End
    highest: End
    candidates: tuple[Candidate, ...]
    hands_on: tuple[End, End] | None = None
    raised_by: tuple[str, ...] = ()

    @property
    def settled(self) -> bool:
        """Whether only one level is possible, and there is one."""
        return self.lowest.level is not None and self.lowest.level == self.highest.level


def resolve(book: m.RuleBook, verdicts: Verdicts, decisions: Mapping[str, Position]) -> dict[str, Standing]:
    """The standing of every factor and tool that there are verdicts on."""
    parts = sorted_rules(book)
    standings = {key: _stand(parts[key], truths, decisions) for key, truths in verdicts.factors.items()}
    for tool, target in verdicts.carried:
        if target in standings:
            raising = tool_standing(book, verdicts, decisions, tool, target)
            standings[target] = _raise(standings[target], raising, tool)
    return standings


def tool_standing(
    book: m.RuleBook, verdicts: Verdicts, decisions: Mapping[str, Position], tool: str, target: str
) -> Standing:
    """Where a tool stands by the entries that are carried to one factor; it has no level where there are none."""
    return _stand(sorted_rules(book)[tool], verdicts.carried[tool, target], decisions, fallback=False)


_ByTruth = tuple[Candidate, Candidate, Candidate]


@dataclass(frozen=True, slots=True)
class Sorted:
    """The rules of one factor by what they do, each with its place among the verdicts.

    A level rule brings the candidate that it makes at each truth, so that resolving a job makes no new ones; the rules
    of the highest levels come first.
    """

    levels: tuple[tuple[int, _ByTruth], ...]
    panels: tuple[tuple[int, str, _ByTruth, Candidate], ...]
    closes: tuple[tuple[int, m.Closes], ...]
    floors: tuple[tuple[int, int], ...]
    caps: tuple[tuple[int, int], ...]
    otherwise: _ByTruth | None


@once_per_book
def sorted_rules(book: m.RuleBook) -> Mapping[str, Sorted]:
    """The rules of every factor and tool, sorted by what they do."""
    return {key: _sort(factor) for key, factor in book.factors.items()}


def _sort(factor: m.FactorRules) -> Sorted:
    rules = list(enumerate(factor.rules))
    otherwise = factor.otherwise
    giving = [(i, r, r.effect) for i, r in rules if isinstance(r.effect, m.GivesLevel) and r.condition]
    levels = [(i, _by_truth(rule, effect.position)) for i, rule, effect in giving]
    return Sorted(
        tuple(sorted(levels, key=lambda found: -found[1][YES].position.level)),
        tuple((i, *_left_open(r, r.effect)) for i, r in rules if isinstance(r.effect, m.LeavesToPanel)),
        tuple((i, r.effect) for i, r in rules if isinstance(r.effect, m.Closes)),
        tuple((i, r.effect.level) for i, r in rules if isinstance(r.effect, m.Floor)),
        tuple((i, r.effect.level) for i, r in rules if isinstance(r.effect, m.Cap)),
        _by_truth(otherwise, otherwise.effect.position)
        if otherwise and isinstance(otherwise.effect, m.GivesLevel)
        else None,
    )


def _by_truth(rule: m.Rule, position: Position) -> _ByTruth:
    found = [Candidate(rule, position, truth) for truth in (NO, UNKNOWN, YES)]
    return found[NO], found[UNKNOWN], found[YES]


def _left_open(rule: m.Rule, effect: m.LeavesToPanel) -> tuple[str, _ByTruth, Candidate]:
    """The name of a decision, and what there is until it is made: both ends, of which only the lower is established."""
    low, high = sorted((effect.low, effect.high), key=lambda position: position.level)
    return effect.name, _by_truth(rule, low), Candidate(rule, high, UNKNOWN)


def _decided(low: Candidate, decided: Position) -> tuple[Candidate, ...]:
    """What a decision makes a candidate: its level, and below it the lower end, which stands if that one is closed."""
    candidate = Candidate(low.rule, decided, low.truth)
    return (candidate, low) if decided.level > low.position.level else (candidate,)


def _stand(
    rules: Sorted, truths: Sequence[Truth], decisions: Mapping[str, Position], *, fallback: bool = True
) -> Standing:
    candidates = [by_truth[truths[i]] for i, by_truth in rules.levels if truths[i]]
    if rules.panels:
        for i, name, low, high in rules.panels:
            if truths[i]:
                decided = decisions.get(name)
                candidates += (low[truths[i]], high) if decided is None else _decided(low[truths[i]], decided)
        candidates.sort(key=_downwards)
    possible = candidates
    for i, _ in rules.closes:
        if truths[i]:
            candidates = [_closing(candidate, rules, truths) for candidate in candidates]
            possible = [c for c in candidates if c.closed != YES]
            break
    sure = [c for c in candidates if c.truth == YES and c.closed == NO]
    at_least = sure
    if not sure and fallback and rules.otherwise:
        # It may be this rule that decides, or any one of those that are possible.
        fall = rules.otherwise[UNKNOWN if possible else YES]
        lower = possible and possible[-1].position.level < fall.position.level
        candidates = [*candidates, fall]
        possible = sorted((*possible, fall), key=_downwards) if lower else [*possible, fall]
        at_least = [c for c in possible if c.position.level == possible[-1].position.level] if lower else [fall]
    return Standing(
        _bounded(at_least, rules, truths, for_floor=YES, for_cap=UNKNOWN),
        _bounded(possible, rules, truths, for_floor=UNKNOWN, for_cap=YES),
        tuple(candidates),
    )


def _closing(candidate: Candidate, rules: Sorted, truths: Sequence[Truth]) -> Candidate:
    closed = max(
        (truths[i] for i, effect in rules.closes if any(covers(p, candidate.position) for p in effect.positions)),
        default=NO,
    )
    return Candidate(candidate.rule, candidate.position, candidate.truth, closed) if closed else candidate


def covers(closed: Position, position: Position) -> bool:
    """Whether closing one level closes another: without a letter it closes all options."""
    return closed.level == position.level and closed.option in {None, position.option}


def _downwards(candidate: Candidate) -> int:
    return -candidate.position.level


def _bounded(
    candidates: Sequence[Candidate], rules: Sorted, truths: Sequence[Truth], *, for_floor: Truth, for_cap: Truth
) -> End:
    """The first candidate, which is the highest, after floors and caps; these take hold from a truth upwards."""
    level = candidates[0].position.level if candidates else 0
    for i, floor in rules.floors:
        if truths[i] >= for_floor and floor > level:
            level = floor
    for i, cap in rules.caps:
        if truths[i] >= for_cap and cap < level:
            level = cap
    options = []
    for candidate in candidates:
        position = candidate.position
        if position.level < level:
            break
        if position.level == level and position.option and position.option not in options:
            options.append(position.option)
    return _end(level, tuple(options))


@lru_cache(maxsize=1024)
def _end(level: int, options: tuple[str, ...]) -> End:
    return End(level or None, tuple(sorted(options)))


def _raise(standing: Standing, raising: Standing, tool: str) -> Standing:
    """A tool raises and never lowers; the standing before it is kept."""
    lowest = _higher(standing.lowest, raising.lowest)
    highest = _higher(standing.highest, raising.highest)
    if (lowest, highest) == (standing.lowest, standing.highest) and not raising.candidates:
        return standing
    before = standing.hands_on or (standing.lowest, standing.highest)
    return Standing(lowest, highest, standing.candidates, before, (*standing.raised_by, tool))


def _higher(end: End, other: End) -> End:
    if other.level is None or (end.level is not None and other.level <= end.level):
        return end
    return End(other.level)


def tools_for(book: m.RuleBook, factor: str) -> tuple[str, ...]:
    """The tools that may raise a factor."""
    return _tools(book).get(factor, ())


@once_per_book
def _tools(book: m.RuleBook) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for key, tool in book.factors.items():
        for target in credit.targets(tool):
            found[target] = (*found.get(target, ()), key)
    return found
