"""The grid of a factor: its ladders of one record against each other, and the combinations that no level rule names."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from typing import Final

import numpy as np
import z3

from jerules.engine.truth import YES
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.questions import JOB
from jerules.rulebook.uses import conditions_of, opened, terms_of
from jerules.verify.bare import by_interpretation, interpretations_in, keeping
from jerules.verify.bench import Bench, Undecided
from jerules.verify.cells import Truths
from jerules.verify.checks.v03_exhaustive.tried import Place, Tried, places_of
from jerules.verify.formulas import all_of, any_of, negated, true_in
from jerules.verify.ladders import end_of_definition, in_order, ladders_of, name_of, rungs
from jerules.verify.model import End, Finding, Obligation, State, Witness
from jerules.verify.regions import boxes
from jerules.verify.settle import SLOW, SOLVER, end_of
from jerules.verify.worlds import Reading

MOST: Final = 200
"""The most combinations that are gone through; a larger grid is not one that anybody reads."""


@dataclass(frozen=True)
class Grid:
    """The ladders of one record that the level rules of a factor use, and a job of one entry in the solver."""

    bench: Bench
    record: str
    ladders: tuple[m.Ladder, ...]
    rules: tuple[m.Rule, ...]

    def alone(self) -> z3.BoolRef:
        """That the job has one entry of the record, and none of any other."""
        others = [present for (record, _), present in self.bench.answers.presents.items() if record != self.record]
        return z3.And(self.bench.answers.present(self.record, 0), *map(z3.Not, others))

    def at(self, place: Place) -> z3.BoolRef:
        """That the entry is on these rungs, and on no others where that can be."""
        return z3.And(*[on[number] for on, number in zip(self._on, place, strict=True)])

    @cached_property
    def tried(self) -> Tried:
        """Jobs that show what there can be on the combinations."""

        def apart(ladder: m.Ladder, number: int) -> bool:
            return self.bench.can(_on_rung(self._holding(ladder), number, alone=True))

        return Tried(self.bench.book, self.bench.factor, self.record, self.ladders, self.rules, apart)

    @cached_property
    def _on(self) -> list[list[z3.BoolRef]]:
        """For each ladder and each of its rungs, that the entry is on it."""
        return [
            [
                self.named(
                    f"on {ladder.factor} {ladder.name} {number}",
                    _on_rung(holds, number, alone=self.tried.alone[ladder, number]),
                )
                for number in range(len(holds))
            ]
            for ladder in self.ladders
            for holds in [self._holding(ladder)]
        ]

    def _holding(self, ladder: m.Ladder) -> list[z3.BoolRef]:
        return [self.bench.reading.holds(rung) for rung in rungs(ladder)]

    def named(self, name: str, formula: z3.BoolRef) -> z3.BoolRef:
        """A formula by a name, so that the solver reads it once and not with every question."""
        found = z3.Bool(name)
        self.bench.answers.domain.append(found == formula)
        return found

    def places_in(self, world: z3.ModelRef) -> Iterator[Place]:
        """The combinations on which the entry is in a world; more than one only where rungs overlap."""
        return product(*[[number for number, rung in enumerate(on) if true_in(world, rung)] for on in self._on])

    def places(self) -> list[Place]:
        """Every combination."""
        return places_of(self.ladders)


def _on_rung(holds: Sequence[z3.BoolRef], number: int, *, alone: bool) -> z3.BoolRef:
    """On that rung, and on none that is higher, or on no other at all."""
    others = [*(holds[:number] if alone else ()), *holds[number + 1 :]]
    return all_of([holds[number], *map(negated, others)])


def grids(bench: Bench, code: str) -> Iterator[Obligation]:
    """For every record of which the level rules use two ladders or more: what no level rule names."""
    rules = tuple(rule for rule in bench.rules if isinstance(rule.effect, m.GivesLevel | m.LeavesToPanel))
    used = terms_of(bench.book, conditions_of(rules))
    alone: Bench | None = None
    for record in dict.fromkeys(ladder.record for ladder in _all(bench)):
        ladders = tuple(one for one in _all(bench) if one.record == record and used & set(one.terms))
        size = np.prod([len(ladder.terms) for ladder in ladders])
        if record != JOB and len(ladders) > 1 and size <= MOST:
            alone = alone or Bench(bench.book, bench.key, just=1)
            speaking = tuple(rule for rule in rules if record in _records(bench.book, rule))
            yield from _grid(Grid(alone, record, ladders, speaking), code)


def _all(bench: Bench) -> list[m.Ladder]:
    return [*ladders_of(bench.book, bench.key), *ladders_of(bench.book, "")]


def _records(book: m.RuleBook, rule: m.Rule) -> set[str]:
    """The records that a rule speaks of; one that speaks of the job alone says nothing about any entry."""
    return {part.record for part in opened(book, conditions_of([rule])) if isinstance(part, c.Some)}


def _grid(grid: Grid, code: str) -> Iterator[Obligation]:
    across = " × ".join(f"({in_order(ladder)})" for ladder in grid.ladders)
    subject = f"grid {grid.record}"
    says = f"a level rule speaks of each combination of {across}, but of those at the foot of a scale"
    whole = Obligation(code, grid.bench.key, subject, says, State.PROVED, (SOLVER,), entries=1)
    try:
        spoken = _spoken(grid)
        gaps = [place for place, by in spoken.items() if not by and _within(grid, place, spoken)]
        found = [_rest(grid, gaps, whole)]
        answered = _answered(spoken)
        found += [_accepted(grid, name, places, whole, _giving(grid, name)) for name, places in answered.items()]
        own, by_word = _answered_by_words(grid, answered)
        found += [_accepted(own, name, places, whole, _widening(grid, name)) for name, places in by_word.items()]
    except Undecided:
        found = [replace(whole, state=State.UNDECIDED, finding=Finding(SLOW))]
    yield from found


def _giving(grid: Grid, name: str) -> tuple[End, ...]:
    """The level rules of an interpretation."""
    return tuple(end_of(rule) for rule in grid.rules if rule.source.interpretation == name)


def _widening(grid: Grid, name: str) -> tuple[End, ...]:
    """What an interpretation adds to the words of the level rules."""
    book = grid.bench.book
    used = terms_of(book, conditions_of(grid.rules))
    return tuple(
        end_of_definition(key, one)
        for key, term in book.terms.items()
        if key in used
        for one in term.definitions
        if one.source.interpretation == name
    )


def _accepted(grid: Grid, name: str, places: Sequence[Place], whole: Obligation, ends: tuple[End, ...]) -> Obligation:
    """What only interpretations speak of, one of them this one."""
    witness = _shown(grid, places, [rule for rule in grid.rules if not rule.source.interpretation])
    finding = Finding(
        f"no level is given by the guidance itself; {name} gives one",
        ends=ends,
        regions=_in_words(grid, places),
        witnesses=(witness,),
    )
    return replace(
        whole,
        subject=f"{whole.subject} {name}",
        says=f"{name} speaks where no binding level rule does",
        state=State.ACCEPTED if witness.confirmed_by else State.UNDECIDED,
        finding=finding,
        acceptance=by_interpretation(grid.bench.book, name),
    )


def _spoken(grid: Grid) -> Mapping[Place, tuple[m.Rule, ...]]:
    """For each combination that there can be, the level rules that can hold of it: the binding ones, or else all."""
    binding = [rule for rule in grid.rules if not rule.source.interpretation]
    others = [rule for rule in grid.rules if rule.source.interpretation]
    by_binding, by_others = map(grid.tried.holding, (binding, others))
    found: dict[Place, tuple[m.Rule, ...]] = {place: rules for place, rules in by_binding.items() if rules}
    silent = [place for place in grid.places() if place not in found]
    if not silent:
        return found
    # Everything is said of the records before they are said to be empty.
    held = {rule.id: grid.named(f"held {rule.id}", grid.bench.reading.rule(rule)) for rule in grid.rules}
    alone = grid.alone()
    for place, world in _possible(grid, silent, alone, any_of(held[rule.id] for rule in binding)):
        found[place] = tuple(rule for rule in binding if true_in(world, held[rule.id]))
    for place in silent:
        case = all_of((alone, grid.at(place)))
        if place not in found and (grid.tried.there(place) or grid.bench.can(case)):
            seen = by_others[place]
            rest = [rule for rule in others if rule not in seen]
            found[place] = (*seen, *_holding(grid, case, rest, held))
    return found


def _possible(grid: Grid, places: Sequence[Place], *formulas: z3.BoolRef) -> Iterator[tuple[Place, z3.ModelRef]]:
    """Those of the combinations for which the formulas can hold, each with a world: all are asked for at once."""
    waiting = {place: grid.at(place) for place in places}
    while waiting and (world := grid.bench.possible(any_of(waiting.values()), *formulas)) is not None:
        here = next(place for place in grid.places_in(world) if place in waiting)
        yield here, world
        del waiting[here]


def _holding(grid: Grid, case: z3.BoolRef, rules: Sequence[m.Rule], held: Mapping[str, z3.BoolRef]) -> Iterator[m.Rule]:
    """The rules that can hold in a case: those that do in one world, then those of the rest that do in another."""
    rest = list(rules)
    while rest and (world := grid.bench.possible(case, any_of(held[rule.id] for rule in rest))) is not None:
        holding = [rule for rule in rest if true_in(world, held[rule.id])]
        yield from holding
        rest = [rule for rule in rest if rule not in holding]


def _within(grid: Grid, place: Place, spoken: Mapping[Place, tuple[m.Rule, ...]]) -> bool:
    """Whether a silent combination is a hole: on no lowest rung, or above one with more than the lowest level."""
    fall = grid.bench.factor.otherwise
    least = fall.effect.position.level if fall and isinstance(fall.effect, m.GivesLevel) else 0
    if all(place):
        return True
    below = (by for other, by in spoken.items() if all(low <= high for low, high in zip(other, place, strict=True)))
    return any(_level(rule) > least for by in below for rule in by)


def _level(rule: m.Rule) -> int:
    match rule.effect:
        case m.GivesLevel(position=position):
            return position.level
        case m.LeavesToPanel(low=low, high=high):
            return max(low.level, high.level)
    return 0


def _answered(spoken: Mapping[Place, tuple[m.Rule, ...]]) -> dict[str, list[Place]]:
    """For each interpretation the combinations of which only interpretations speak, itself among them."""
    found: dict[str, list[Place]] = {}
    for place, by in spoken.items():
        for name in sorted({rule.source.interpretation for rule in by} - {""}):
            found.setdefault(name, []).append(place)
    return found


def _answered_by_words(grid: Grid, known: Collection[str]) -> tuple[Grid, dict[str, list[Place]]]:
    """For each other interpretation the combinations that a rule of the guidance speaks of since that widens its words.

    The combinations are those of the words as the guidance has them; the first of the pair is the grid of these.
    """
    book, key = grid.bench.book, grid.bench.key
    binding = [rule for rule in grid.rules if not rule.source.interpretation]
    names = [name for name in interpretations_in(book, conditions_of(binding)) if name not in known]
    if not names:
        return grid, {}
    alone = Bench(keeping(book), key, just=1)
    kept = {rule.id for rule in binding}
    own = replace(grid, bench=alone, rules=tuple(rule for rule in alone.rules if rule.id in kept))
    widened = {name: _spoken_with(own, keeping(book, frozenset({name})), kept) for name in names}
    silent = [place for place, by in _spoken(own).items() if not by]
    found = {
        name: [place for place in silent if place not in still]
        for name, spoken in widened.items()
        for still in [{place for place, _ in _possible(own, silent, own.alone(), z3.Not(spoken))}]
    }
    return own, {name: places for name, places in found.items() if places}


def _spoken_with(own: Grid, book: m.RuleBook, kept: Collection[str]) -> z3.BoolRef:
    """That one of these rules holds of a job as it stands in another book."""
    factor = book.factors[own.bench.key]
    reading = Reading(book, factor, own.bench.answers)
    return any_of([reading.rule(rule) for rule in factor.rules if rule.id in kept])


def _rest(grid: Grid, gaps: Sequence[Place], whole: Obligation) -> Obligation:
    if not gaps:
        return whole
    witness = _shown(grid, gaps, grid.rules)
    finding = Finding(
        "no level rule speaks of these combinations: only `otherwise` decides them",
        regions=_in_words(grid, gaps),
        witnesses=(witness,),
        help="say in an interpretation which level they have, or accept that it is the lowest",
    )
    return replace(whole, state=State.REFUTED if witness.confirmed_by else State.UNDECIDED, finding=finding)


def _shown(grid: Grid, places: Sequence[Place], rules: Sequence[m.Rule]) -> Witness:
    """A job on one of these combinations, of which none of the rules speaks."""
    bench = grid.bench
    found = bench.ask(grid.alone(), any_of(grid.at(place) for place in places))
    if found is None:
        raise Undecided
    return bench.witness(
        found, "no level rule speaks of it", lambda seen: all(seen.truths[rule.id] != YES for rule in rules)
    )


def _in_words(grid: Grid, places: Sequence[Place]) -> tuple[str, ...]:
    """Combinations in the words of the ladders, merged; a ladder of which every rung is meant is left out."""
    truths: Truths = np.zeros([len(ladder.terms) for ladder in grid.ladders], dtype=np.bool_)
    for place in places:
        truths[place] = True
    return tuple(
        "; ".join(
            " / ".join(name_of(rungs(ladder)[number]) for number in numbers)
            for ladder, numbers in zip(grid.ladders, box.cells, strict=True)
            if len(numbers) < len(ladder.terms)
        )
        or "every combination"
        for box in boxes(truths)
    )
