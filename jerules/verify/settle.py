"""From a question to the solver, or to the cells, to an obligation with its state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from jerules.rulebook import model as m
from jerules.verify.bench import Bench, Conclusion, Undecided
from jerules.verify.model import End, Finding, Obligation, State, Witness

if TYPE_CHECKING:
    import z3

SLOW = "the solver did not come to an end in the time it has"
UNCONFIRMED = "the solver found a job, and the evaluators do not find the same of it; this is a fault of jerules"


def end_of(rule: m.Rule) -> End:
    """A rule as one side of a finding."""
    return End(rule.reads or rule.id, rule.source.place, rule.source.citations)


def head(rule: m.Rule) -> str:
    """A rule as an `accept` statement names it: its identifier without the scheme and the factor."""
    return rule.id.rsplit("/", 1)[-1]


def obligation(bench: Bench, check: str, subject: str, says: str, state: State, **more: object) -> Obligation:
    """An obligation of this factor, decided by the solver unless said otherwise."""
    found = Obligation(check, bench.key, subject, says, state, ("solver",), entries=bench.most)
    return replace(found, **more)  # type: ignore[arg-type]


def must_be_possible(
    bench: Bench, check: str, subject: str, says: str, formula: z3.BoolRef, finding: Callable[[], Finding]
) -> Obligation:
    """Proved when some job meets the formula; ``finding`` says what is wrong when none can."""
    try:
        found = bench.possible(formula)
    except Undecided:
        return obligation(bench, check, subject, says, State.UNDECIDED, finding=Finding(SLOW))
    if found is not None:
        return obligation(bench, check, subject, says, State.PROVED)
    return obligation(bench, check, subject, says, State.REFUTED, finding=finding())


def must_not_be(
    bench: Bench,
    check: str,
    subject: str,
    says: str,
    formula: z3.BoolRef,
    finding: Callable[[Conclusion], tuple[Finding, Witness]],
) -> Obligation:
    """Proved when no job meets the formula; ``finding`` makes of one that does what is wrong, with its witness."""
    try:
        found = bench.ask(formula)
    except Undecided:
        return obligation(bench, check, subject, says, State.UNDECIDED, finding=Finding(SLOW))
    if found is None:
        return obligation(bench, check, subject, says, State.PROVED)
    wrong, witness = finding(found)
    if not witness.confirmed_by:
        told = replace(wrong, message=f"{wrong.message} ({UNCONFIRMED})", witnesses=(witness,))
        return obligation(bench, check, subject, says, State.UNDECIDED, finding=told)
    return obligation(bench, check, subject, says, State.REFUTED, finding=replace(wrong, witnesses=(witness,)))
