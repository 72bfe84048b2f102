"""V2: no rule that holds for every job, and no definition that everything meets."""

from __future__ import annotations

from collections.abc import Iterator

import z3

from jerules.engine.truth import NO
from jerules.rulebook import model as m
from jerules.verify.bench import Bench
from jerules.verify.cells import cells_of
from jerules.verify.ladders import end_of_definition
from jerules.verify.model import Finding, Obligation, State
from jerules.verify.settle import Duty, both, end_of, head, kept, must_be_met, must_be_possible, nth
from jerules.verify.shown import shown

CODE = "V2"
TITLE = "nothing holds always"


def of_factor(bench: Bench) -> Iterator[Obligation]:
    """Every rule fails for some job, and every definition for something.

    A bar may hold of every entry: that is how a rule file says that a record belongs to another factor altogether.
    """
    for rule in bench.rules:
        if not isinstance(rule.effect, m.Bars | m.Carries):
            yield _rule(bench, rule)
    for term in bench.terms:
        for number, definition in enumerate(term.definitions, start=1):
            yield _definition(bench, term, number, definition)


def _rule(bench: Bench, rule: m.Rule) -> Obligation:
    def finding() -> Finding:
        return Finding(
            f"this rule holds for every {bench.what}",
            ends=(end_of(rule),),
            help=f"look for a condition that was forgotten, or say `{otherwise}`",
        )

    otherwise = "always" if bench.factor.procedure else "otherwise"
    duty = Duty(CODE, head(rule), f"some {bench.what} does not meet “{rule.reads or head(rule)}”")
    done = shown(bench, duty, lambda seen: seen.truths[rule.id] == NO)
    done = done or kept(bench, duty, rule)
    return done or must_be_met(bench, duty, lambda of: z3.Not(of.reading.rule(rule)), finding)


def _definition(bench: Bench, term: m.Term, number: int, definition: m.Definition) -> Obligation:
    words = term.key.name.replace("_", " ")
    duty = Duty(CODE, nth(bench, term, number), f"something is not {words} by its definition {number}")

    def finding() -> Finding:
        return Finding(
            "everything meets this definition",
            ends=(end_of_definition(term.key, definition),),
            help="look for the condition that never matters",
        )

    if done := kept(bench, duty, term):
        return done
    single = bench.speaking_of(definition.condition)
    cells = cells_of(bench.book, [definition.condition])
    if cells is None:
        return must_be_met(single, duty, lambda of: z3.Not(of.reading.holds(definition.condition)), finding)
    found = must_be_possible(single, duty, z3.Not(single.reading.holds(definition.condition)), finding)
    always = bool(cells.everywhere(cells.holds(definition.condition)).all())
    return both(found, State.REFUTED if always else State.PROVED)
