"""V6: no level rule and no definition of a term that others cover between them.

What is certain as soon as its own answers are in, while the others wait for more, is not covered by them.
Floors, queries and what is left to the panel are not looked at: a floor often says in fewer words what level rules say
between them, so that a missing answer leaves the range narrow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

import z3

from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.questions import Question
from jerules.rulebook.uses import leaves_of
from jerules.verify.bench import Bench
from jerules.verify.cells import cells_of
from jerules.verify.known import established
from jerules.verify.ladders import end_of_definition
from jerules.verify.model import End, Finding, Obligation, State
from jerules.verify.settle import Duty, both, end_of, excused, head, kept, must_be_met, must_be_possible, nth

CODE = "V6"
TITLE = "nothing is said twice"

One = TypeVar("One", m.Rule, m.Definition)


def of_factor(bench: Bench) -> Iterator[Obligation]:
    """Every level rule reaches some job that the others of its level and letter do not; every definition likewise."""
    for rule in _giving(bench):
        if _alike(bench, rule):
            yield excused(bench, _rule(bench, rule), lambda other, same: other.can(_alone(other, same)), rule)
    for term in bench.terms:
        for number, definition in enumerate(term.definitions, start=1):
            alike_definitions = beside(definition, term.definitions)
            if alike_definitions:
                yield _definition(bench, term, number, alike_definitions)


def beside(one: One, all_of_them: Sequence[One]) -> list[One]:
    """The others that stand whenever this one does: those of other interpretations may be switched off."""
    stand = {"", one.source.interpretation}
    return [other for other in all_of_them if other is not one and other.source.interpretation in stand]


def _giving(bench: Bench) -> list[m.Rule]:
    return [rule for rule in bench.rules if isinstance(rule.effect, m.GivesLevel)]


def _alike(bench: Bench, rule: m.Rule) -> list[m.Rule]:
    """The other rules of the same level and letter."""
    return beside(rule, [other for other in _giving(bench) if other.effect == rule.effect])


def _alone(bench: Bench, rule: m.Rule) -> z3.BoolRef:
    """That a rule holds, and its own answers do not establish another of its level and letter."""
    known = _answered(bench, rule.condition)
    sure = [
        bench.reading.holds(established(bench.book, other.condition, known), credited=True)
        for other in _alike(bench, rule)
        if other.condition is not None
    ]
    return z3.And(bench.reading.rule(rule), *map(z3.Not, sure))


def _rule(bench: Bench, rule: m.Rule) -> Obligation:
    held = bench.reading.rule(rule)

    def covered(others: Sequence[m.Rule]) -> bool:
        return not bench.can(held, *[z3.Not(bench.reading.rule(other)) for other in others])

    def finding() -> Finding:
        return Finding(
            "whenever this rule holds, another one of the same level and letter does",
            ends=(end_of(rule), *map(end_of, fewest(_alike(bench, rule), covered))),
            help="take the rule away, or correct the one that takes it in",
        )

    duty = Duty(CODE, head(rule), f"“{rule.reads or head(rule)}” says what no other rule of its level does")
    if done := kept(bench, duty, rule, *_alike(bench, rule)):
        return done
    return must_be_met(bench, duty, lambda of: _alone(of, rule), finding, Bench.for_levels)


def _definition(bench: Bench, term: m.Term, number: int, alike: Sequence[m.Definition]) -> Obligation:
    definition = term.definitions[number - 1]
    words = term.key.name.replace("_", " ")
    held = bench.reading.holds(definition.condition)

    def covered(others: Sequence[m.Definition]) -> bool:
        return not bench.can(held, *[z3.Not(bench.reading.holds(one.condition)) for one in others])

    def finding() -> Finding:
        ends: list[End] = [end_of_definition(term.key, one) for one in (definition, *fewest(alike, covered))]
        return Finding(
            "whatever meets this definition meets another one of the same term",
            ends=tuple(ends),
            help="take the definition away, or correct the one that takes it in",
        )

    duty = Duty(CODE, nth(bench, term, number), f"definition {number} of {words} says what no other does")
    if done := kept(bench, duty, term):
        return done
    known = _answered(bench, definition.condition)
    sure = [established(bench.book, one.condition, known) for one in alike]
    alone = c.All(
        (definition.condition, *(c.Not(one, definition.source.place) for one in sure)), definition.source.place
    )
    single = bench.speaking_of(alone)
    cells = cells_of(bench.book, [alone])
    if cells is None:
        return must_be_met(single, duty, lambda of: of.reading.holds(alone), finding)
    found = must_be_possible(single, duty, single.reading.holds(alone), finding)
    return both(found, State.PROVED if cells.holds(alone).any() else State.REFUTED)


def _answered(bench: Bench, condition: c.Condition | None) -> set[Question]:
    """The questions that a condition reads: with them answered it is settled, and others may not be."""
    return {leaf.question for leaf in leaves_of(bench.book, [condition])} if condition is not None else set()


def fewest(those: Sequence[One], covered: Callable[[Sequence[One]], bool]) -> list[One]:
    """As few of them as still cover, by leaving out one after the other."""
    kept = list(those)
    for one in those:
        fewer = [other for other in kept if other is not one]
        if covered(fewer):
            kept = fewer
    return kept
