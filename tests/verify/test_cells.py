"""Cells, solver and evaluators find the same of every condition on an entry or on the job."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

import numpy as np
import pytest
import z3
from hypothesis import assume, given
from hypothesis import strategies as st

from jerules.engine.truth import YES
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.questions import JOB, Question
from jerules.verify.bench import Bench
from jerules.verify.cells import Cells, cells_of
from jerules.verify.formulas import constant
from jerules.verify.known import established
from jerules.verify.ladders import PROBE, probe
from jerules.verify.witness import Told, Value, look, write_job
from jerules.verify.worlds import slot_of
from tests.strategies.worlds import books
from tests.verify.checked import book


@lru_cache(maxsize=300)
def bench_of(rules: m.RuleBook, key: str) -> Bench:
    """The bench of a factor, made once."""
    return Bench(rules, key)


def conditions_of(rules: m.RuleBook) -> Iterator[tuple[str, str, c.Condition]]:
    """Every condition on one entry or on the job that has cells, with its factor and record."""
    for key, factor in rules.factors.items():
        for bar in factor.bars:
            if isinstance(bar.effect, m.Bars) and bar.condition is not None:
                yield key, bar.effect.record, bar.condition
    for term in rules.terms.values():
        for definition in term.definitions:
            yield term.key.factor or "13", term.key.record or JOB, definition.condition


def told(values: Mapping[Question, Value], record: str) -> Told:
    """A job with these answers, those of the record in one entry of it."""
    job = {question: value for question, value in values.items() if question.record == JOB}
    entry = {question: value for question, value in values.items() if question.record != JOB}
    return Told(job, {} if record == JOB else {record: [entry]})


def assigned(bench: Bench, values: Mapping[Question, Value]) -> Iterator[z3.BoolRef]:
    """That the variables of the first entry are these values."""
    for question, value in values.items():
        slot = slot_of(question, 0)
        match value:
            case bool():
                yield bench.answers.pick(slot, "yes") == value
            case frozenset():
                yield from (bench.answers.pick(slot, name) == (name in value) for name in question.type.names)
            case (rate, share):
                yield bench.answers.number(slot) == constant(rate)
                yield bench.answers.number(slot, c.Part.SHARE) == constant(share)
            case number:
                yield bench.answers.number(slot) == constant(number)


@given(books(), st.data())
def test_cells_solver_and_evaluators_agree_on_every_condition(rules: m.RuleBook, data: st.DataObject) -> None:
    """A condition holds in a cell where it holds of the answer that stands for it, by the solver and by evaluation."""
    found = [(one, cells) for one in conditions_of(rules) if (cells := cells_of(rules, [one[2]])) is not None]
    assume(found)
    (key, record, condition), cells = data.draw(st.sampled_from(found))
    at = tuple(data.draw(st.integers(0, len(one.cells) - 1)) for one in cells.axes)
    values = {one.question: one.cells[place].value for one, place in zip(cells.axes, at, strict=True)}
    expected = bool(cells.everywhere(cells.holds(condition))[at])

    job = write_job(rules, told(values, record), "A job")
    for name, seen in look(probe(rules, key, record, condition), key, job):
        assert (seen.truths[PROBE] == YES) is expected, name

    bench = bench_of(rules, key)
    holds = bench.reading.holds(condition)
    differs = z3.Not(holds) if expected else holds
    assert bench.possible(*assigned(bench, values)) is not None
    assert bench.possible(*assigned(bench, values), differs) is None


@given(books())
def test_a_condition_is_possible_in_the_cells_where_it_is_in_the_solver(rules: m.RuleBook) -> None:
    """Each condition and its contrary: some cell meets it just where some answers do."""
    for key, _, condition in conditions_of(rules):
        cells = cells_of(rules, [condition])
        if cells is None:
            continue
        bench = bench_of(rules, key)
        holds, truths = bench.reading.holds(condition), cells.everywhere(cells.holds(condition))
        assert bench.can(holds) == bool(truths.any())
        assert bench.can(z3.Not(holds)) == (not truths.all())


@given(books(), st.data())
def test_what_some_answers_establish_is_what_the_evaluators_find_with_those_alone(
    rules: m.RuleBook, data: st.DataObject
) -> None:
    """With some questions answered a condition is established just where the logic of three values finds it so."""
    found = [(one, cells) for one in conditions_of(rules) if (cells := cells_of(rules, [one[2]])) is not None]
    assume(found)
    (key, record, condition), cells = data.draw(st.sampled_from(found))
    at = tuple(data.draw(st.integers(0, len(one.cells) - 1)) for one in cells.axes)
    answered = data.draw(st.sets(st.sampled_from([one.question for one in cells.axes])))
    values = {one.question: one.cells[place].value for one, place in zip(cells.axes, at, strict=True)}
    known = {question: value for question, value in values.items() if question in answered}
    sure = cells.everywhere(cells.holds(established(rules, condition, answered)))[at]
    job = write_job(rules, told(known, record), "A job")
    for name, seen in look(probe(rules, key, record, condition), key, job):
        assert (seen.truths[PROBE] == YES) is bool(sure), name


SMALL = """scheme nhs
factor 13 "Physical effort"
question staff count asks "How many?"
question drives yes or no asks "Does the job drive?"
parameter big count asks "What is many?" cites definition
record effort "A demand"
  task text asks "What is done?"
  weight mass asks "How heavy?"
term many when staff >= 3 cites definition
term lifts when some effort is (weight > 6 kg) cites definition
term open_to_all when staff >= big cites definition
level 3(c) when many and drives cites definition
"""


@pytest.fixture(name="rules")
def a_book() -> m.RuleBook:
    """Terms of the job: one plain, one of entries, one that turns on a parameter."""
    return book(SMALL)


def condition(rules: m.RuleBook, name: str) -> c.Condition:
    """The condition of a term's definition."""
    return rules.terms[c.TermKey("13", None, name)].definitions[0].condition


def test_a_condition_is_as_long_as_what_it_reads(rules: m.RuleBook) -> None:
    """Along a question that it does not read an array has length one, and is stretched when that is wanted."""
    whole = rules.factors["13"].rules[0].condition
    assert whole is not None
    cells = Cells(rules, [whole])
    assert cells.shape == (2, 2)
    assert cells.holds(condition(rules, "many")).shape == (1, 2)
    assert cells.everywhere(cells.holds(condition(rules, "many"))).shape == (2, 2)
    assert np.array_equal(cells.holds(whole), [[False, False], [False, True]])


@pytest.mark.parametrize("name", ["lifts", "open_to_all"])
def test_cells_do_not_apply_to_entries_and_to_open_numbers(rules: m.RuleBook, name: str) -> None:
    """A term that speaks of entries, and one that turns on what nobody has agreed."""
    assert cells_of(rules, [condition(rules, name)]) is None
    assert cells_of(rules, [c.Holds(c.TermKey("13", None, name), condition(rules, name).place)]) is None


def test_no_part_at_all_is_always_met_by_all_and_never_by_any(rules: m.RuleBook) -> None:
    """Of no parts each holds, and none does; the solver says the same."""
    many = condition(rules, "many")
    cells, bench = Cells(rules, [many]), Bench(rules, "13")
    for empty, expected in ((c.All((), many.place), True), (c.AnyOf((), many.place), False)):
        assert bool(cells.everywhere(cells.holds(empty)).all()) is expected
        assert bench.can(bench.reading.holds(empty)) is expected
