"""From a question to the solver, or to the cells, to an obligation with its state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from jerules.rulebook import model as m
from jerules.rulebook.questions import JOB, Question
from jerules.rulebook.uses import conditions_of, terms_of
from jerules.verify.bare import by_interpretation, keeping
from jerules.verify.bench import Bench, Conclusion, Undecided
from jerules.verify.model import End, Finding, Obligation, State, Witness
from jerules.verify.unchanged import Statement

if TYPE_CHECKING:
    import z3

CELLS, SOLVER, READING, REPLAY = "cells", "solver", "reading", "replay"
SLOW = "the solver did not come to an end in the time it has"
DIFFER = "the cells and the solver find different things; this is a fault of jerules"
UNCONFIRMED = "the solver found a job, and the evaluators do not find the same of it; this is a fault of jerules"


def end_of(rule: m.Rule) -> End:
    """A rule as one side of a finding."""
    return End(rule.reads or rule.id, rule.source.place, rule.source.citations)


def head(rule: m.Rule) -> str:
    """A rule as an `accept` statement names it: its identifier without the scheme and the factor."""
    return rule.id.split("/", 2)[-1]


def nth(bench: Bench, term: m.Term, number: int) -> str:
    """A definition as an `accept` statement names it: `heavy/2`, or `effort.heavy/2` where records share the word."""
    name = term.key.name
    if sum(one.key.name == name for one in bench.terms) > 1:
        name = f"{term.key.record or JOB}.{name}"
    return f"{name}/{number}"


@dataclass(frozen=True, slots=True)
class Duty:
    """What has to hold, before anybody has looked: the check, what it is about, and the sentence."""

    check: str
    subject: str
    says: str


def obligation(
    bench: Bench, duty: Duty, state: State, finding: Finding | None = None, *, of_none: bool = False
) -> Obligation:
    """An obligation of a factor, decided by the solver; ``of_none`` says that it rests on there being no job."""
    entries, needed = bench.most, bench.needed if of_none else 0
    return Obligation(duty.check, bench.key, duty.subject, duty.says, state, (SOLVER,), finding, None, entries, needed)


def kept(bench: Bench, duty: Duty, *about: Statement) -> Obligation | None:
    """The obligation where it was proved before an edit that has changed nothing that it is about, else nothing."""
    return bench.unchanged.proved(duty.check, duty.subject, duty.says, about) if bench.unchanged else None


def kept_of_question(bench: Bench, duty: Duty, question: Question) -> Obligation | None:
    """The same of an obligation about all rules that read a question."""
    same = bench.unchanged is not None and bench.unchanged.as_read(question)
    return kept(bench, duty) if same else None


def kept_of_levels(bench: Bench, duty: Duty) -> Obligation | None:
    """The same of an obligation about all that gives, raises or lowers a level."""
    same = bench.unchanged is not None and bench.unchanged.levels
    return kept(bench, duty) if same else None


def must_be_possible(bench: Bench, duty: Duty, formula: z3.BoolRef, finding: Callable[[], Finding]) -> Obligation:
    """Proved when the formula can hold of some entry; ``finding`` says what is wrong when it cannot."""
    return must_be(bench, duty, lambda: bench.can(formula), finding)


def must_be_met(
    bench: Bench,
    duty: Duty,
    formula: Callable[[Bench], z3.BoolRef],
    finding: Callable[[], Finding],
    wider: Callable[[Bench], Bench] = lambda bench: bench,
) -> Obligation:
    """Proved when some job meets the formula, which may speak of several entries; ``finding`` as above.

    Where no job on the bench meets it, one may that has as many entries as the ``wider`` bench.
    """
    try:
        if bench.meets(formula(bench)):
            return obligation(bench, duty, State.PROVED)
        wide = wider(bench)
        if wide is not bench and wide.meets(formula(wide)):
            return obligation(wide, duty, State.PROVED)
    except Undecided:
        return obligation(bench, duty, State.UNDECIDED, Finding(SLOW))
    return obligation(wide, duty, State.REFUTED, finding(), of_none=True)


def must_be(bench: Bench, duty: Duty, so: Callable[[], bool], finding: Callable[[], Finding]) -> Obligation:
    """Proved when the solver, who is asked by ``so``, says that it is so; ``finding`` says what is wrong otherwise."""
    try:
        found = so()
    except Undecided:
        return obligation(bench, duty, State.UNDECIDED, Finding(SLOW))
    return obligation(bench, duty, State.PROVED) if found else obligation(bench, duty, State.REFUTED, finding())


def excused(bench: Bench, found: Obligation, holds: Callable[[Bench, m.Rule], bool], rule: m.Rule) -> Obligation:
    """A refuted obligation about a rule, accepted where an interpretation brings it about: without that, it holds.

    Whoever takes the interpretation away, as a pack may, needs the rule. ``holds`` says of a bench without one whether
    the rule does there what it has to.
    """
    if found.state is not State.REFUTED:
        return found
    names = frozenset(name for name, note in bench.book.interpretations.items() if note.on)
    for name in sorted(_moving(bench) & names):
        without = _without(bench.book, names - {name}, bench.key)
        same = next((one for one in without.rules if one.id == rule.id), None)
        if same is not None and holds(without, same):
            return replace(found, state=State.ACCEPTED, acceptance=by_interpretation(bench.book, name))
    return found


def _moving(bench: Bench) -> set[str]:
    """The interpretations by which some rule of the factor may hold or not: not those that only put queries."""
    of_rules = {rule.source.interpretation for rule in bench.rules if not isinstance(rule.effect, m.Asks)}
    used = terms_of(bench.book, conditions_of(bench.rules))
    return of_rules | {one.source.interpretation for key in used for one in bench.book.terms[key].definitions}


@lru_cache(maxsize=16)
def _without(book: m.RuleBook, names: frozenset[str], key: str) -> Bench:
    """A factor of a book that keeps only these interpretations; the rules of one factor ask for it again and again."""
    return Bench(keeping(book, names), key)


def must_not_be(
    bench: Bench, duty: Duty, formula: z3.BoolRef, finding: Callable[[Conclusion], tuple[Finding, Witness]]
) -> Obligation:
    """Proved when no job meets the formula; ``finding`` makes of one that does what is wrong, with its witness.

    The witness has to be confirmed by the evaluators; where it is not, the obligation is undecided and says so.
    """
    try:
        found = bench.ask(formula)
    except Undecided:
        return obligation(bench, duty, State.UNDECIDED, Finding(SLOW))
    if found is None:
        return obligation(bench, duty, State.PROVED, of_none=True)
    wrong, witness = finding(found)
    wrong = replace(wrong, witnesses=(witness,))
    if witness.confirmed_by:
        return obligation(bench, duty, State.REFUTED, wrong)
    return obligation(bench, duty, State.UNDECIDED, replace(wrong, message=f"{wrong.message} ({UNCONFIRMED})"))


def both(found: Obligation, by_cells: State) -> Obligation:
    """What the solver found, with what the cells found beside it; undecided where they differ, which is our fault."""
    if found.state is by_cells:
        return replace(found, by=(CELLS, SOLVER))
    return replace(found, state=State.UNDECIDED, by=(CELLS, SOLVER), finding=Finding(DIFFER))
