"""The solver's reading of a factor comes to what the evaluators and the resolution come to, for every known job."""

from __future__ import annotations

from functools import lru_cache

import pytest
import z3
from hypothesis import given
from hypothesis import strategies as st

from jerules.engine.choose import choose
from jerules.engine.facts import lay_out
from jerules.engine.resolve import resolve
from jerules.jobs.model import Job
from jerules.rulebook import model as m
from jerules.verify.bench import Bench
from jerules.verify.formulas import any_of, fraction
from jerules.verify.worlds import Answers, Reading
from tests.strategies.worlds import World, known_worlds
from tests.verify.assigned import assigned
from tests.verify.checked import book

ENTRIES = 3
"""As many entries of a record as a job of the random worlds has at most."""


@lru_cache(maxsize=400)
def bench_of(rules: m.RuleBook, key: str) -> Bench:
    """The bench of a factor, made once."""
    return Bench(rules, key, most=ENTRIES)


def levels(rules: m.RuleBook, job: Job) -> dict[str, tuple[int, int]]:
    """The lowest and the highest level of each factor, nought for none, by the reference evaluator."""
    verdicts = choose(rules, "reference").verdicts(lay_out(rules, job))
    decisions = {name: decision.position for name, decision in job.decisions.items()}
    return {
        key: (found.lowest.level or 0, found.highest.level or 0)
        for key, found in resolve(rules, verdicts, decisions).items()
    }


@given(known_worlds())
def test_a_level_is_reached_in_the_solver_as_it_is_by_the_evaluators(world: World) -> None:
    """For a job about which everything is known each factor and tool comes to no level outside of what they find.

    Where a number is left to agreement or to judgement, the evaluators give a range, and the solver stays within it.
    """
    rules, job = world
    for key, (lowest, highest) in levels(rules, job).items():
        bench = bench_of(rules, key)
        told = list(assigned(bench, job))
        assert bench.possible(*told) is not None, "the job itself has to be possible"
        less = [z3.Not(holds) for level, holds in bench.at_least.items() if level <= lowest]
        more = [holds for level, holds in bench.at_least.items() if level > highest]
        assert bench.possible(*told, any_of([*less, *more])) is None, (key, lowest, highest)


@given(known_worlds(), st.data())
def test_a_rule_holds_in_the_solver_as_it_does_by_the_evaluators(world: World, data: st.DataObject) -> None:
    """What is settled by the reference is the same in the solver, rule by rule, bars among them."""
    rules, job = world
    verdicts = choose(rules, "reference").verdicts(lay_out(rules, job))
    key = data.draw(st.sampled_from(sorted(rules.factors)))
    factor, bench = rules.factors[key], bench_of(rules, key)
    told = list(assigned(bench, job))
    found = [
        *zip(factor.rules, verdicts.factors[key], strict=True),
        *zip(factor.bars, verdicts.barred[key], strict=True),
    ]
    differ = []
    for rule, truth in found:
        if rule.condition is not None and truth != 1:
            holds = bench.reading.rule(rule)
            differ.append(z3.Not(holds) if truth else holds)
    assert bench.possible(*told, any_of(differ)) is None


@given(known_worlds())
def test_more_levels_are_never_reached_than_fewer(world: World) -> None:
    """Whoever comes to a level or a higher one comes to the one below it or a higher one, in every world."""
    rules, _ = world
    for key in rules.factors:
        bench = bench_of(rules, key)
        steps = [
            z3.And(bench.at_least[level + 1], z3.Not(holds))
            for level, holds in bench.at_least.items()
            if level + 1 in bench.at_least
        ]
        assert bench.possible(any_of(steps)) is None


def test_a_number_of_a_model_is_exact() -> None:
    """A third is a third."""
    third = z3.Real("third")
    solver = z3.Solver()
    solver.add(third * 3 == 1)
    solver.check()
    found = fraction(solver.model().eval(third))
    assert found * 3 == 1
    assert fraction(z3.IntVal(7)) == 7


@pytest.mark.parametrize(
    ("condition", "possible"),
    [
        ("some effort is (weight > 5 kg and weight < 5.001 kg)", True),
        ("some effort is (times > 2 and times < 3)", False),
        ("some effort is (often >= 50% and often < 0.5 per year)", False),
        ("some effort is (often >= 50% and often <= 0.5 per year)", True),
        ("some effort is (often <= 1% and often > 11 per year)", False),
        ("some effort is (part > 100%)", False),
        ("some effort is (kind is lifting and kind is bending)", False),
        ("some effort is (kind is lifting) and some effort is (kind is bending)", True),
        ("at least 3 effort are (kind is lifting)", True),
        ("every effort is (kind is lifting) and some effort is (kind is bending)", False),
        ("some effort is (part < 20%) together part >= 50%", True),
        ("some effort is (part < 20%) together part > 100%", False),
    ],
)
def test_the_solver_knows_what_answers_there_can(condition: str, *, possible: bool) -> None:
    """Whole numbers, shares, patterns of shifts, choices of which there is one: what cannot be is not possible."""
    rules = book(f"""scheme nhs
factor 13 "Physical effort"
record effort "A demand on the body"
  label task
  task text asks "What is done?"
  kind one of lifting, bending asks "What sort is it?"
  weight mass asks "How heavy is it?"
  times count asks "How many times?"
  part share asks "On which part of the time?"
  often frequency of shifts asks "On which part of the shifts?"
level 3(c) when {condition} cites definition
""")
    bench = Bench(rules, "13")
    assert bench.can(bench.reading.rule(bench.rules[0])) is possible


def test_what_is_said_of_answers_later_counts() -> None:
    """The solver learns of new answers between two questions, and not only before the first."""
    rules = book("""scheme nhs
factor 13 "Physical effort"
question staff count asks "How many?"
level 3(c) when staff >= 2 cites definition
""")
    bench = Bench(rules, "13")
    assert bench.can(bench.reading.rule(bench.rules[0]))
    number = z3.Int("staff beside")
    bench.answers.domain.append(number > 7)
    assert not bench.can(number < 3)
    assert bench.can(number == 8)


def test_two_readings_share_what_is_alike() -> None:
    """A second reading of the same answers says the same."""
    rules = book("""scheme nhs
factor 13 "Physical effort"
question staff count asks "How many?"
level 3(c) when staff >= 2 cites definition
""")
    bench = Bench(rules, "13")
    other = Reading(rules, bench.factor, Answers(rules, bench.most, bench.answers))
    rule = bench.rules[0]
    assert not bench.can(z3.Xor(bench.reading.rule(rule), other.rule(rule)))
