"""Jobs drawn by chance for every combination of the rungs of some ladders: they show what there can be of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from jerules.engine.truth import YES
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.questions import Form, Question
from jerules.rulebook.supposing import settled
from jerules.rulebook.uses import conditions_of, leaves_of
from jerules.verify.axes import axis
from jerules.verify.ladders import rungs
from jerules.verify.points import Chosen, Points, Values, alone_on, highest_on
from jerules.verify.samples import values_of
from jerules.verify.witness import Value

SEED: Final = 23
DRAWN: Final = 2_000
"""So many jobs are drawn to find entries on each rung."""
EACH: Final = 16
"""So many jobs are put together for each combination."""

SETS: Final = 50
"""So many sets of choices are tried at most."""

Place: TypeAlias = tuple[int, ...]
"""A combination: the number of the rung on each ladder."""
Which: TypeAlias = NDArray[np.bool_]
"""For each of the jobs whether it is one of them."""


def places_of(ladders: Sequence[m.Ladder]) -> list[Place]:
    """Every combination of their rungs."""
    return list(product(*[range(len(ladder.terms)) for ladder in ladders]))


@dataclass(frozen=True)
class Tried:
    """Jobs of one entry of ``record`` on the rungs of the ladders.

    ``apart`` says of a ladder and a rung on which no drawn entry is alone whether one can be.
    """

    book: m.RuleBook
    factor: m.FactorRules
    record: str
    ladders: tuple[m.Ladder, ...]
    rules: tuple[m.Rule, ...]
    apart: Callable[[m.Ladder, int], bool]

    def holding(self, rules: Sequence[m.Rule]) -> dict[Place, tuple[m.Rule, ...]]:
        """For each combination those of the rules that surely hold in some job on it."""
        held = [(rule, self._tried.rule(rule) == YES) for rule in rules]
        return {place: tuple(rule for rule, holds in held if (on & holds).any()) for place, on in self._on.items()}

    def there(self, place: Place) -> bool:
        """Whether some job is on a combination."""
        return bool(self._on[place].any())

    @cached_property
    def alone(self) -> Mapping[tuple[m.Ladder, int], bool]:
        """Of each rung of each ladder whether an entry can be on it and on no other."""
        return {
            (ladder, number): bool(alone_on(found, number).any()) or self.apart(ladder, number)
            for ladder in self.ladders
            for found in [[self._drawn.holds(rung) for rung in rungs(ladder)]]
            for number in range(len(found))
        }

    def _rungs(self, jobs: Points, ladder: m.Ladder) -> list[Which]:
        """For each rung the jobs that are on it: alone, or on none above it where it takes lower ones with it."""
        found = [jobs.holds(rung) for rung in rungs(ladder)]
        return [(alone_on if self.alone[ladder, number] else highest_on)(found, number) for number in range(len(found))]

    @cached_property
    def _leaves(self) -> tuple[c.Leaf, ...]:
        conditions = (*conditions_of(self.rules), *conditions_of(self.factor.bars))
        own = (rung for ladder in self.ladders for rung in rungs(ladder))
        return tuple(dict.fromkeys(leaves_of(self.book, (*own, *conditions))))

    @cached_property
    def _supposed(self) -> dict[str, m.Supposed]:
        """A value for each number that nobody has agreed: any will do to show what can be, the later the higher."""
        found: dict[str, m.Supposed] = {}
        for leaf in self._leaves:
            if isinstance(leaf, c.Compare) and leaf.bound.value is None and leaf.bound.parameter not in found:
                name, value = leaf.bound.parameter, 10 * (len(found) + 1)
                found[name] = m.Supposed(name, value, str(value), leaf.place)
        return found

    @cached_property
    def _values(self) -> Values:
        leaves = [settled(leaf, self._supposed) if isinstance(leaf, c.Compare) else leaf for leaf in self._leaves]
        questions = dict.fromkeys(leaf.question for leaf in leaves)
        return Values({question: _answers(question, leaves) for question in questions}, self._supposed)

    def _jobs(self, chosen: Mapping[Question, Chosen]) -> Points:
        return Points((self.book, self.factor), self.record, self._values, chosen)

    @cached_property
    def _drawn(self) -> Points:
        """Jobs drawn by chance, the same every time."""
        return self._jobs(self._values.by_chance(DRAWN, np.random.default_rng(SEED)))

    @cached_property
    def _tried(self) -> Points:
        """For each combination some jobs that should be on it: for each ladder an entry was drawn on that rung."""
        chance = np.random.default_rng(SEED)
        places = np.repeat(np.array(places_of(self.ladders)), EACH, axis=0)
        chosen = self._values.by_chance(len(places), chance)
        for ladder, wanted in zip(self.ladders, places.T, strict=True):
            own = {leaf.question for leaf in leaves_of(self.book, rungs(ladder))}
            for number, on in enumerate(self._rungs(self._drawn, ladder)):
                here, known = np.flatnonzero(wanted == number), np.flatnonzero(on)
                if known.size:
                    taken = chance.choice(known, here.size)
                    for question in own:
                        chosen[question][here] = self._drawn.chosen[question][taken]
        return self._jobs(chosen)

    @cached_property
    def _on(self) -> Mapping[Place, Which]:
        """For each combination the jobs that are on it: two ladders may read the same answers."""
        on = [self._rungs(self._tried, ladder) for ladder in self.ladders]
        return {
            place: np.logical_and.reduce([of[number] for of, number in zip(on, place, strict=True)])
            for place in places_of(self.ladders)
        }


def _answers(question: Question, leaves: Sequence[c.Leaf]) -> list[Value]:
    """Answers to try: of several choices also sets that a condition tells from one another, some of them."""
    found = values_of(question, leaves)
    if question.type.form is Form.ANY_OF:
        cells = axis(question, leaves).cells
        found += [cell.value for cell in cells[:: -(-len(cells) // SETS)]]
    return found
