"""What stands between a job and a conclusion: the fewest leaves that would have to come out otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from jerules.engine.truth import NO, UNKNOWN, YES, Truth
from jerules.explain.proof import AddedUp, Barred, OfEntry, Step, assumed
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m


@dataclass(frozen=True, slots=True)
class Through:
    """A term on the way to an obstacle: the truth it would need, and the definition by which it would get there."""

    step: Step
    wanted: Truth
    definition: m.Definition | None = None


Path = tuple[Through, ...]


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A leaf that is not as it would have to be.

    ``step`` is a leaf, or a quantified part of which there is no entry at all, or a bar that keeps the evidence out, or
    a choice of nothing (a term without definitions, evidence that a tool never carries to the factor).
    ``wanted`` is the truth it would need. ``terms`` are the steps of the terms it was reached through, outermost first.
    """

    step: Step
    wanted: Truth
    terms: Path = ()

    @property
    def open(self) -> bool:
        """Whether an answer is missing, rather than against it."""
        return self.step.truth == UNKNOWN


Plan = tuple[Obstacle, ...]


Known = dict[tuple[int, Truth], tuple[Step, Plan]]
"""Plans made before, by the identity of the step (kept beside it, so that it stays its own) and the truth wanted."""


def obstacles(step: Step, wanted: Truth = YES, known: Known | None = None) -> Plan:
    """The nearest way from where a step stands to ``wanted``: the fewest contrary answers, then the fewest missing.

    Trees that share steps are gone through faster with the same ``known``.
    """
    return _Planner({} if known is None else known).to(step, wanted, ())


def distance(plan: Plan) -> tuple[int, int]:
    """How far away a plan is: contrary answers, then missing ones."""
    missing = sum(1 for obstacle in plan if obstacle.open)
    return len(plan) - missing, missing


class _Planner:
    def __init__(self, known: Known) -> None:
        self.known = known

    def to(self, step: Step, wanted: Truth, terms: Path) -> Plan:
        """The nearest way to a truth; where no term was gone through yet, it may have been found before."""
        if step.truth == wanted:
            return ()
        if terms:
            return self._way(step, wanted, terms)
        found = self.known.get((id(step), wanted))
        if found is None:
            found = self.known[id(step), wanted] = (step, self._way(step, wanted, terms))
        return found[1]

    def _way(self, step: Step, wanted: Truth, terms: Path) -> Plan:  # noqa: C901, PLR0911 - one a case
        match step.subject:
            case c.All() | OfEntry():
                return (
                    self._every(step.children, wanted, terms)
                    if wanted == YES
                    else self._nearest(step.children, wanted, terms)
                )
            case c.AnyOf() if not step.children:
                return (Obstacle(step, wanted, terms),)  # evidence of this sort is never carried to the factor
            case c.AnyOf():
                return (
                    self._nearest(step.children, wanted, terms)
                    if wanted == YES
                    else self._every(step.children, wanted, terms)
                )
            case c.Holds():
                inner = (*terms, Through(step, wanted))
                if not step.children:
                    return (Obstacle(step, wanted, terms),)
                return (
                    self._nearest(step.children, wanted, inner)
                    if wanted == YES
                    else self._every(step.children, wanted, inner)
                )
            case c.Not():
                return self.to(step.children[0], YES - wanted, terms)
            case Barred():
                # That evidence is kept out is told by the bar itself, not by what would have made the bar fail.
                return (Obstacle(step, wanted, terms),)
            case c.AtLeast(number=number):
                return self._enough(step.children, wanted, number, terms)
            case c.Some(number=number):
                return self._entries(step, wanted, number, terms)
            case m.Definition() as definition:
                by = (*terms[:-1], Through(terms[-1].step, terms[-1].wanted, definition)) if terms else terms
                return self._every(step.children, wanted, by)
            case m.Rule() if step.children:
                return self._every(step.children, wanted, terms)
        return (Obstacle(step, wanted, terms),)

    def _every(self, steps: Iterable[Step], wanted: Truth, terms: Path) -> Plan:
        return tuple(obstacle for step in steps for obstacle in self.to(step, wanted, terms))

    def _nearest(self, steps: tuple[Step, ...], wanted: Truth, terms: Path) -> Plan:
        plans = [self.to(step, wanted, terms) for step in steps]
        if not plans:
            return ()
        distances = [distance(plan) for plan in plans]
        nearest = min(distances)
        alike = [index for index, found in enumerate(distances) if found == nearest]
        if len(alike) == 1:
            return plans[alike[0]]
        return plans[min(alike, key=lambda index: assumed(steps[index]))]

    def _enough(self, steps: tuple[Step, ...], wanted: Truth, number: int, terms: Path) -> Plan:
        needed = number if wanted == YES else len(steps) - number + 1
        there = sum(1 for step in steps if step.truth == wanted)
        plans = sorted((self.to(step, wanted, terms) for step in steps if step.truth != wanted), key=distance)
        return tuple(obstacle for plan in plans[: max(0, needed - there)] for obstacle in plan)

    def _entries(self, step: Step, wanted: Truth, number: int, terms: Path) -> Plan:
        sums = tuple(child for child in step.children if isinstance(child.subject, AddedUp))
        entries = tuple(child for child in step.children if child not in sums)
        if wanted == NO:
            return self._every((entry for entry in entries if entry.truth), NO, terms)
        if not entries:
            return (Obstacle(step, wanted, terms),)
        if len(entries) < number and all(isinstance(entry.subject, OfEntry) for entry in entries):
            return (Obstacle(step, wanted, terms),)
        if any(not isinstance(entry.subject, OfEntry) for entry in entries):
            return self._every(entries, wanted, terms)
        return (*self._enough(entries, YES, number, terms), *self._every(sums, YES, terms))
