"""V1: no rule and no definition of a term that no job can ever meet."""

from __future__ import annotations

from collections.abc import Iterator

import z3

from jerules.engine.truth import YES
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.verify.bench import Bench
from jerules.verify.cells import cells_of
from jerules.verify.model import End, Finding, Obligation, State
from jerules.verify.settle import Duty, both, end_of, excused, head, kept, must_be_met, must_be_possible, nth
from jerules.verify.shown import shown

CODE = "V1"
TITLE = "no dead rule"


def of_factor(bench: Bench) -> Iterator[Obligation]:
    """Every rule can hold for some job, and every definition of a term for some entry."""
    for rule in bench.rules:
        yield _rule(bench, rule)
    for term in bench.terms:
        for number, definition in enumerate(term.definitions, start=1):
            yield _definition(bench, term, number, definition)


def _rule(bench: Bench, rule: m.Rule) -> Obligation:
    says = f"some {bench.what} meets “{rule.reads or head(rule)}”"

    def finding() -> Finding:
        return Finding(
            f"no {bench.what} can meet this rule",
            ends=(end_of(rule),),
            core=tuple(_core(bench, rule.condition)),
            help="correct the condition, or take the rule away",
        )

    duty = Duty(CODE, head(rule), says)
    done = shown(bench, duty, lambda seen: YES in {seen.truths.get(rule.id), seen.barred.get(rule.id)})
    if done := done or kept(bench, duty, rule):
        return done
    found = must_be_met(bench, duty, lambda of: of.reading.rule(rule), finding)
    return excused(bench, found, lambda other, same: other.can(other.reading.rule(same)), rule)


def _definition(bench: Bench, term: m.Term, number: int, definition: m.Definition) -> Obligation:
    name = nth(bench, term, number)
    says = f"something can be {term.key.name.replace('_', ' ')} by its definition {number}"

    def finding() -> Finding:
        return Finding(
            "nothing can meet this definition",
            ends=(End(definition.reads or term.key.name, definition.source.place, definition.source.citations),),
            core=tuple(_core(bench, definition.condition)),
            help="correct the condition, or take the definition away",
        )

    duty = Duty(CODE, name, says)
    if done := kept(bench, duty, term):
        return done
    single = bench.speaking_of(definition.condition)
    cells = cells_of(bench.book, [definition.condition])
    if cells is None:
        return must_be_met(single, duty, lambda of: of.reading.holds(definition.condition), finding)
    found = must_be_possible(single, duty, single.reading.holds(definition.condition), finding)
    return both(found, State.PROVED if cells.holds(definition.condition).any() else State.REFUTED)


def _core(bench: Bench, condition: c.Condition | None) -> Iterator[str]:
    """The parts of a conjunction that cannot hold together, the fewest that do not, as places in the rule file."""
    if not isinstance(condition, c.All):
        return
    parts = list(condition.parts)
    for part in condition.parts:
        rest = [one for one in parts if one is not part]
        if rest and not bench.can(z3.And(*[bench.reading.holds(one) for one in rest])):
            parts = rest
    for part in parts:
        yield f"{part.place.file}:{part.place.line}:{part.place.column}"
