"""Jobs of a single entry put together by chance, and what comes out of each: what one of them does is possible.

A condition is an array with a truth value for each job, so that some thousand of them cost what one costs the solver.
They show what can be; that something cannot be is left to the cells and to the solver.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from types import MappingProxyType
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from jerules.engine import credit
from jerules.engine.truth import NO, YES
from jerules.faults import OurFault
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.questions import Question
from jerules.rulebook.supposing import settled
from jerules.verify.drafts import truth
from jerules.verify.witness import Value

Truths: TypeAlias = NDArray[np.int8]
"""For each job ``NO``, ``UNKNOWN`` or ``YES``."""
Chosen: TypeAlias = NDArray[np.intp]
"""For each job the number of the value that it has."""


class Values:
    """The answers that are tried to each question, and how what compares them comes out on each.

    A number that nobody has agreed is the one of its name in ``supposed``, where it is there.
    """

    def __init__(
        self, tried: Mapping[Question, Sequence[Value]], supposed: Mapping[str, m.Supposed] = MappingProxyType({})
    ) -> None:
        self.tried, self.supposed = tried, supposed
        self._tables: dict[c.Leaf, Truths] = {}

    def table(self, leaf: c.Leaf) -> Truths:
        """How a leaf comes out on each of the answers to its question."""
        if leaf not in self._tables:
            agreed = settled(leaf, self.supposed) if isinstance(leaf, c.Compare) else leaf
            self._tables[leaf] = np.array([truth(agreed, value) for value in self.tried[leaf.question]], dtype=np.int8)
        return self._tables[leaf]

    def by_chance(self, number: int, chance: np.random.Generator) -> dict[Question, Chosen]:
        """For so many jobs an answer to each question, every one as likely as another."""
        return {question: chance.integers(len(found), size=number) for question, found in self.tried.items()}


class Points:
    """Jobs with one entry of ``record``, and none of another record; ``chosen`` says which answers each of them has."""

    def __init__(
        self, factor: tuple[m.RuleBook, m.FactorRules], record: str, values: Values, chosen: Mapping[Question, Chosen]
    ) -> None:
        self.book, self.factor = factor
        self.record, self.values, self.chosen = record, values, chosen
        self._terms: dict[c.TermKey, Truths] = {}

    @property
    def _none(self) -> Truths:
        return np.full(len(next(iter(self.chosen.values()), ())), NO, dtype=np.int8)

    def rule(self, rule: m.Rule) -> Truths:
        """How a rule with a condition comes out in each job."""
        if rule.condition is None:
            raise OurFault("the rule without a condition holds where no other does")
        return self.holds(rule.condition, credited=credit.credited(rule))

    def holds(self, condition: c.Condition, *, credited: bool = False) -> Truths:  # noqa: PLR0911 - one a case
        """How a condition comes out, on the job or on its entry."""
        match condition:
            case c.Holds(term=term):
                return self._term(term)
            case c.All(parts=parts):
                return reduce(np.minimum, (self.holds(part, credited=credited) for part in parts))
            case c.AnyOf(parts=parts):
                return reduce(np.maximum, (self.holds(part, credited=credited) for part in parts))
            case c.Not(part=part):
                return YES - self.holds(part, credited=credited)
            case c.AtLeast(number=number, parts=parts):
                ranked: Truths = np.sort([self.holds(part, credited=credited) for part in parts], axis=0)[-number]
                return ranked
            case c.Some():
                return self._some(condition, credited=credited)
        found: Truths = self.values.table(condition)[self.chosen[condition.question]]
        return found

    def _some(self, some: c.Some, *, credited: bool) -> Truths:
        """Of a single entry, what entries come to together is what it says itself."""
        if some.record != self.record or some.number > 1:
            return self._none
        found = reduce(np.minimum, map(self.holds, (some.condition, *some.together)))
        return np.minimum(found, self._credited) if credited else found

    @property
    def _credited(self) -> Truths:
        """Whether the entry's evidence is credited to the factor: no bar keeps it out."""
        bars = [bar.condition for bar in credit.bars_on(self.factor, self.record) if bar.condition is not None]
        return YES - reduce(np.maximum, map(self.holds, bars), self._none)

    def _term(self, term: c.TermKey) -> Truths:
        if term not in self._terms:
            definitions = self.book.terms[term].definitions
            self._terms[term] = reduce(np.maximum, (self.holds(one.condition) for one in definitions), self._none)
        return self._terms[term]


def alone_on(rungs: Sequence[Truths], number: int) -> NDArray[np.bool_]:
    """The jobs that are surely on that rung of a ladder, and surely on no other."""
    others = [rung == NO for place, rung in enumerate(rungs) if place != number]
    return reduce(np.logical_and, others, rungs[number] == YES)


def highest_on(rungs: Sequence[Truths], number: int) -> NDArray[np.bool_]:
    """The jobs that are surely on that rung, and surely on none above it."""
    return alone_on(rungs[number:], 0)
