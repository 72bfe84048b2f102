"""What is known of a job's level on each factor, from an outcome or from levels that were given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jerules.explain.outcome import FactorOutcome, Outcome
from jerules.scheme.model import Factor, Position, Scheme


@dataclass(frozen=True, slots=True)
class Reached:
    """A level that the job may have: the options that it surely meets there, and all that it may meet."""

    level: int
    sure: tuple[str, ...] = ()
    maybe: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class JobLevel:
    """One factor of a job: every level still possible, in rising order; one when it is settled."""

    factor: Factor
    reached: tuple[Reached, ...]

    @property
    def lowest(self) -> int:
        """The lowest level still possible."""
        return self.reached[0].level

    @property
    def highest(self) -> int:
        """The highest level still possible."""
        return self.reached[-1].level

    def __str__(self) -> str:
        """``3(a, b)`` when settled, else ``2 to 4``; ``not known`` when every level of the factor is possible."""
        if len(self.reached) == 1:
            return self.factor.shown(self.lowest, self.reached[0].sure)
        every = len(self.reached) == len(self.factor.levels)
        return "not known" if every else f"{self.lowest} to {self.highest}"


def levels_of_outcome(outcome: Outcome) -> tuple[JobLevel, ...]:
    """The levels that an outcome leaves possible; where the rules give none, any level may still be given."""
    return tuple(_of_outcome(*pair) for pair in zip(outcome.book.scheme.factors, outcome.factors, strict=True))


def _of_outcome(factor: Factor, found: FactorOutcome) -> JobLevel:
    low, high = found.lowest.level or 1, found.highest.level or len(factor.levels)
    if low == high:
        sure = found.lowest.options
        maybe = tuple(sorted({*sure, *found.highest.options})) or factor.levels[low - 1].options
        return JobLevel(factor, (Reached(low, sure, maybe),))
    levels = factor.levels[low - 1 : high]
    return JobLevel(factor, tuple(Reached(level.number, (), level.options) for level in levels))


def levels_of_positions(scheme: Scheme, positions: Sequence[Position | None]) -> tuple[JobLevel, ...]:
    """The levels that were given, one for each factor; nothing where a level is not known."""
    return tuple(_of_position(*pair) for pair in zip(scheme.factors, positions, strict=True))


def _of_position(factor: Factor, position: Position | None) -> JobLevel:
    if position is None:
        return JobLevel(factor, tuple(Reached(level.number, (), level.options) for level in factor.levels))
    options = factor.levels[position.level - 1].options
    sure = (position.option,) if position.option else ()
    return JobLevel(factor, (Reached(position.level, sure, sure or options),))
