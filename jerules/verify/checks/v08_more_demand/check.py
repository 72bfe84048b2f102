"""V8: more of a demand never lowers the level.

Two jobs are compared that differ in one number alone: the heavier load, the higher frequency, the longer time, the step
further up a scale. What may fall on the same shifts does so in both, and what is left to the panel it decides in one
way: always for the higher of two levels, or always for the lower.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest

import z3

from jerules.engine.resolve import Standing
from jerules.quantities.kinds import Kind
from jerules.rulebook import model as m
from jerules.rulebook.questions import Form, Question
from jerules.verify.bench import Bench, Undecided
from jerules.verify.decided import deciding
from jerules.verify.formulas import any_of
from jerules.verify.model import End, Finding, Obligation, State, Witness
from jerules.verify.pairs import Pairs
from jerules.verify.settle import SLOW, Duty, end_of, kept_of_levels, obligation

CODE = "V8"
TITLE = "more of a demand never lowers the level"


def of_factor(bench: Bench) -> Iterator[Obligation]:
    """For every number and every step of a scale that the factor reads: more of it gives no lower level."""
    rising = [question for question in bench.questions if _rises(question)]
    known = [done for question in rising if (done := kept_of_levels(bench, _duty(question)))]
    if len(known) == len(rising):
        yield from known
        return
    first = bench.at_once
    wide = first.for_levels()
    if _none_falls(wide, rising):
        yield from (obligation(wide, _duty(question), State.PROVED, of_none=True) for question in rising)
        return
    for question in rising:
        found = _of_question(first, question)
        # What is found with few entries is found sooner and read more easily.
        yield found if wide is first or found.state is State.REFUTED else _of_question(wide, question)


def _rises(question: Question) -> bool:
    return question.type.form in {Form.QUANTITY, Form.SCALE} and question.type.kind is not Kind.DATE


def _none_falls(bench: Bench, questions: Sequence[Question]) -> bool:
    """Whether more of all of them at once gives no lower level, which proves each by itself and is quicker."""
    pairs = Pairs(bench, *questions)
    try:
        return not bench.can(*_fall(bench, pairs), answers=[pairs.answers])
    except Undecided:
        return False


def _fall(bench: Bench, pairs: Pairs) -> list[z3.BoolRef]:
    return [falls(bench.at_least, pairs.at_least), *pairs.rises(), *bench.one_way()]


def _duty(question: Question) -> Duty:
    return Duty(CODE, question.key, f"more in answer to “{label(question)}” gives no lower level")


def _of_question(bench: Bench, question: Question) -> Obligation:
    duty = _duty(question)
    pairs = Pairs(bench, question)
    formula = z3.And(*_fall(bench, pairs))
    try:
        found = pairs.ask(formula)
    except Undecided:
        return obligation(bench, duty, State.UNDECIDED, Finding(SLOW))
    if found is None:
        return obligation(bench, duty, State.PROVED, of_none=True)
    witnesses = pairs.witnesses(found, lambda one, other: _fallen(one.standing, other.standing))
    wrong = Finding(
        f"a job with more of “{label(question)}” comes to a lower level than one with less",
        ends=tuple(_ends(bench, witnesses)),
        witnesses=witnesses,
        help="look for an upper limit in a rule of the higher level that no rule takes up above it",
    )
    state = State.REFUTED if all(one.confirmed_by for one in witnesses) else State.UNDECIDED
    return obligation(bench, duty, state, wrong)


def _ends(bench: Bench, witnesses: Sequence[Witness]) -> Iterator[End]:
    """The rules that decide about the job with less and about the one with more, by turns, to stand side by side."""
    less, more = (
        [_end(which, rule) for rule in deciding(bench.book, bench.key, witness.job)]
        for which, witness in zip(("less", "more"), witnesses, strict=True)
    )
    for pair in zip_longest(less, more):
        yield from filter(None, pair)


def _end(which: str, rule: m.Rule) -> End:
    end = end_of(rule)
    return replace(end, words=f"With {which}: {end.words}")


def label(question: Question) -> str:
    """A question as a panel knows it."""
    return question.asks or question.key


def falls(less: Mapping[int, z3.BoolRef], more: Mapping[int, z3.BoolRef]) -> z3.BoolRef:
    """Whether the second job comes to a lower level than the first."""
    return any_of(z3.And(reached, z3.Not(more[level])) for level, reached in less.items() if level > 1)


def _fallen(less: Standing, more: Standing) -> bool:
    """Whether the evaluators find, or leave possible, a lower level for the second job."""
    return (less.highest.level or 0) > (more.lowest.level or 0)
