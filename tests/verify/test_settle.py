"""From a question to the solver, or to the cells, to an obligation: what is not certain is undecided and says so."""

from __future__ import annotations

import pytest
import z3

from jerules.verify import bench as benches
from jerules.verify.bench import Bench, Conclusion
from jerules.verify.model import Finding, State, Witness
from jerules.verify.settle import DIFFER, SLOW, UNCONFIRMED, Duty, both, must_be_possible, must_not_be
from tests.verify.checked import book

DUTY = Duty("V1", "something", "something holds")
RULES = """scheme nhs
factor 13 "Physical effort"
question staff count asks "How many?"
level 3(c) when staff >= 2 cites definition
level 1 otherwise cites definition
"""


@pytest.fixture(name="bench")
def a_bench() -> Bench:
    """One rule that holds from two upwards."""
    return Bench(book(RULES), "13")


def wrong() -> Finding:
    """What is wrong."""
    return Finding("it is not so")


def test_what_is_possible_is_proved_and_what_is_not_refuted(bench: Bench) -> None:
    """The finding is made only where there is one; the obligation says which procedure decided it."""
    rule = bench.reading.rule(bench.rules[0])
    assert must_be_possible(bench, DUTY, rule, wrong).finding is None
    refuted = must_be_possible(bench, DUTY, z3.And(rule, z3.Not(rule)), wrong)
    assert (refuted.state, refuted.by, refuted.factor) == (State.REFUTED, ("solver",), "13")
    assert refuted.finding == wrong()


def test_what_must_not_be_is_refuted_by_a_witness_that_both_evaluators_confirm(bench: Bench) -> None:
    """The job of the solver is written and evaluated, and stands with the finding."""

    def finding(found: Conclusion) -> tuple[Finding, Witness]:
        return wrong(), bench.witness(found, "level 3", lambda seen: seen.standing.lowest.level == 3)

    refuted = must_not_be(bench, DUTY, bench.reading.rule(bench.rules[0]), finding)
    assert refuted.state is State.REFUTED
    assert refuted.finding is not None
    (witness,) = refuted.finding.witnesses
    assert "reference" in witness.confirmed_by
    assert witness.job.facts.answers["staff"].written == "2"
    assert must_not_be(bench, DUTY, z3.BoolVal(val=False), finding).state is State.PROVED


def test_a_witness_that_no_evaluator_confirms_leaves_it_undecided(bench: Bench) -> None:
    """Then the solver and the evaluators differ, which is our fault and not the rules'."""

    def finding(found: Conclusion) -> tuple[Finding, Witness]:
        return wrong(), bench.witness(found, "level 5", lambda seen: seen.standing.lowest.level == 5)

    found = must_not_be(bench, DUTY, bench.reading.rule(bench.rules[0]), finding)
    assert found.state is State.UNDECIDED
    assert found.finding is not None
    assert UNCONFIRMED in found.finding.message


def test_cells_and_solver_have_to_find_the_same(bench: Bench) -> None:
    """Where they do, both are named; where they differ, nothing is decided and the finding says whose fault it is."""
    proved = must_be_possible(bench, DUTY, bench.reading.rule(bench.rules[0]), wrong)
    assert both(proved, State.PROVED).by == ("cells", "solver")
    differ = both(proved, State.REFUTED)
    assert differ.state is State.UNDECIDED
    assert differ.finding is not None
    assert differ.finding.message == DIFFER


def test_a_solver_that_comes_to_no_end_leaves_it_undecided(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Silence is not a state: too little time is said."""

    def never(_: Bench, *__: object, **___: object) -> bool:
        raise benches.Undecided

    monkeypatch.setattr(Bench, "can", never)
    monkeypatch.setattr(Bench, "possible", never)
    rule = bench.reading.rule(bench.rules[0])
    for found in (
        must_be_possible(bench, DUTY, rule, wrong),
        must_not_be(bench, DUTY, rule, lambda _: pytest.fail("there is no job to speak of")),
    ):
        assert found.state is State.UNDECIDED
        assert found.finding is not None
        assert found.finding.message == SLOW
