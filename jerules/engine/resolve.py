"""From the truth of the rules to a level: the one place where candidates, floors, caps and tools are weighed.

In this order: candidates (what bars keep out never became one), closed levels removed, the highest that remains, floors,
caps, tools. Where answers are missing the same is done twice: for the lowest outcome with what is established in its
favour and everything possible against it, for the highest outcome the other way round.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from jerules.engine import credit
from jerules.engine.truth import NO, UNKNOWN, YES, Truth
from jerules.engine.verdicts import Verdicts
from jerules.rulebook import model as m
from jerules.scheme.model import Position


@dataclass(frozen=True, slots=True)
class Candidate:
    """A level that a rule gives, and how certain that is. ``closed`` says how certain it is that the level is closed."""

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

    ``hands_on`` is the range before tools raised it; it is None when no tool had a say. ``raised_by`` names the tools.
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
    standings = {key: _stand(book.factors[key], truths, decisions) for key, truths in verdicts.factors.items()}
    for (tool, target), truths in verdicts.carried.items():
        if target in standings:
            raising = _stand(book.factors[tool], truths, decisions, fallback=False)
            standings[target] = _raise(standings[target], raising, tool)
    return standings


def _stand(
    factor: m.FactorRules, truths: Sequence[Truth], decisions: Mapping[str, Position], *, fallback: bool = True
) -> Standing:
    candidates = list(_candidates(factor, truths, decisions))
    if any(isinstance(rule.effect, m.Closes) and truth for rule, truth in zip(factor.rules, truths, strict=True)):
        candidates = [_closing(candidate, factor, truths) for candidate in candidates]
    otherwise = factor.otherwise if fallback else None
    sure = [c for c in candidates if c.truth == YES and c.closed == NO]
    possible = [c for c in candidates if c.truth and c.closed != YES]
    if otherwise and not sure:
        fall = Candidate(otherwise, _position(otherwise), UNKNOWN if possible else YES)
        candidates.append(fall)
        sure = [fall]
        possible = possible or [fall]
    return Standing(
        _bounded(_top(sure), sure, factor, truths, (YES, UNKNOWN)),
        _bounded(_top(possible or sure), possible, factor, truths, (UNKNOWN, YES)),
        tuple(candidates),
    )


def _candidates(
    factor: m.FactorRules, truths: Sequence[Truth], decisions: Mapping[str, Position]
) -> Iterable[Candidate]:
    for rule, truth in zip(factor.rules, truths, strict=True):
        match rule.effect:
            case m.GivesLevel(position=position) if rule.condition is not None:
                if truth:
                    yield Candidate(rule, position, truth)
            case m.LeavesToPanel(name=name, low=low, high=high) if truth:
                if name in decisions:
                    yield Candidate(rule, decisions[name], truth)
                else:
                    yield Candidate(rule, low, truth)
                    yield Candidate(rule, high, UNKNOWN)


def _closing(candidate: Candidate, factor: m.FactorRules, truths: Sequence[Truth]) -> Candidate:
    closed = max(
        (
            truth
            for rule, truth in zip(factor.rules, truths, strict=True)
            if isinstance(rule.effect, m.Closes) and any(_covers(p, candidate.position) for p in rule.effect.positions)
        ),
        default=NO,
    )
    return Candidate(candidate.rule, candidate.position, candidate.truth, closed)


def _covers(closed: Position, position: Position) -> bool:
    return closed.level == position.level and closed.option in {None, position.option}


def _position(rule: m.Rule) -> Position:
    effect = rule.effect
    return effect.position if isinstance(effect, m.GivesLevel) else Position(1)


def _top(candidates: Sequence[Candidate]) -> int | None:
    return max((candidate.position.level for candidate in candidates), default=None)


def _bounded(
    level: int | None,
    candidates: Sequence[Candidate],
    factor: m.FactorRules,
    truths: Sequence[Truth],
    needed: tuple[Truth, Truth],
) -> End:
    """The end after floors and caps: ``needed`` is the least truth at which a floor, and a cap, takes hold."""
    for_floor, for_cap = needed
    for rule, truth in zip(factor.rules, truths, strict=True):
        if isinstance(rule.effect, m.Floor) and truth >= for_floor:
            level = max(level or 0, rule.effect.level)
    for rule, truth in zip(factor.rules, truths, strict=True):
        if isinstance(rule.effect, m.Cap) and truth >= for_cap and level is not None:
            level = min(level, rule.effect.level)
    options = {c.position.option for c in candidates if c.position.level == level and c.position.option}
    return End(level, tuple(sorted(options)))


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
    return tuple(key for key, tool in book.factors.items() if factor in credit.targets(tool))
