"""Answers cut into cells: every answer is in one of them, and in a cell no condition tells two answers apart."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jerules.engine.truth import YES, compare
from jerules.quantities.calendar import FEWEST_SHIFTS, MOST_SHIFTS
from jerules.quantities.kinds import WHOLE_SHARE, Exact, Kind, Measure
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.questions import Form, Question
from jerules.verify.axes import Axis, Cell, Open, Span, axis, inside, meets
from jerules.verify.bench import Bench
from jerules.verify.witness import Value
from tests.strategies.worlds import answers, books
from tests.verify.checked import book


def cut(text: str, name: str = "number") -> Axis:
    """The axis of a question that is asked and compared in this text."""
    rules = book(f'scheme nhs\nfactor 13 "Physical effort"\n{text}\n')
    bench = Bench(rules, "13")
    return axis(next(one for one in bench.questions if one.name == name), bench.leaves)


def asking(kind: str, *conditions: str) -> str:
    """A question of a type with a rule for each condition."""
    rules = [f"level {number} when {one} cites definition" for number, one in enumerate(conditions, start=2)]
    return "\n".join([f'question number {kind} asks "How much?"', *rules])


def within(span: Span | None, value: Exact) -> bool:
    """Whether a cell has such a stretch, and a number lies in it."""
    return span is not None and inside(span, value)


def spans(found: Axis) -> list[tuple[Exact, Exact, bool, bool]]:
    """The stretches of an axis."""
    return [(s.low, s.high, s.low_in, s.high_in) for cell in found.cells if (s := cell.span) is not None]


def test_a_number_is_cut_where_it_is_compared_and_nowhere_else() -> None:
    """From 6 to 15 and over 50: below 6, from 6 to 15, over 15 up to 50, and above."""
    found = cut(asking("mass", "number from 6 kg to 15 kg", "number > 50 kg"))
    assert spans(found)[:-1] == [
        (0, 6000, True, False),
        (6000, 15_000, True, True),
        (15_000, 50_000, False, True),
    ]
    assert (spans(found)[-1][0], spans(found)[-1][2]) == (50_000, False)


def test_a_whole_number_has_none_between_two() -> None:
    """Over 2 and under 4 is 3 alone."""
    assert spans(cut(asking("count", "number > 2", "number < 4")))[:2] == [(0, 2, True, True), (3, 3, True, True)]


def test_steps_of_a_scale_that_nobody_tells_apart_are_one_cell() -> None:
    """Of four steps, cut once, there are two cells."""
    text = "scale hardness = easy < hard < harder < hardest\n" + asking("on hardness", "number >= harder")
    assert spans(cut(text)) == [(0, 1, True, True), (2, 3, True, True)]


def test_choices_are_grouped_by_the_conditions_that_name_them() -> None:
    """Red and blue are never told apart; of several at once, those sets are that some condition tells apart."""
    one = cut(asking("one of red, green, blue, grey", "number is green", "number is one of green, grey"))
    assert [cell.names for cell in one.cells] == [("red", "blue"), ("green",), ("grey",)]
    many = cut(asking("any of red, green, blue", "number includes red", "number includes any of red, green"))
    assert {cell.value for cell in many.cells} == {frozenset(), frozenset({"red"}), frozenset({"green"})}


def test_only_frequencies_that_some_pattern_of_shifts_has_are_cells() -> None:
    """Nobody has 600 shifts a year and twice as many in all; both cuts stand beside each other otherwise."""
    found = cut(asking("frequency of shifts", "number >= 50%", "number > 600 per year"))
    for cell in found.cells:
        assert isinstance(cell.value, tuple)
        rate, share = cell.value
        assert FEWEST_SHIFTS * share <= rate * WHOLE_SHARE <= MOST_SHIFTS * share
    shown = {(within(cell.share, 5000), within(cell.span, 601)) for cell in found.cells}
    assert shown == {(False, False), (True, False), (True, True)}


@pytest.mark.parametrize("bound", ["number >= around 6 kg", "number >= big"])
def test_a_number_that_is_not_fixed_has_no_cells(bound: str) -> None:
    """A soft number, and a parameter that nobody has agreed."""
    text = 'parameter big mass asks "What is big?" cites definition\n' + asking("mass", bound)
    with pytest.raises(Open):
        cut(text)


@pytest.mark.parametrize(
    ("span", "middle"),
    [
        (Span(6, 6, low_in=True, high_in=True), 6),
        (Span(6, 15, low_in=True, high_in=True), 6),
        (Span(0, 6, low_in=True, high_in=False), 3),
        (Span(0, 6, low_in=False, high_in=True), 6),
        (Span(5, 6, low_in=False, high_in=False), Fraction(11, 2)),
    ],
)
def test_a_number_stands_for_its_stretch(span: Span, middle: Exact) -> None:
    """A closed end that is not nought, or what lies half-way."""
    assert span.middle == middle
    assert inside(span, span.middle)


# ── every axis of every book ─────────────────────────────────────────────────────────────────────────────────────


def axes_of(rules: m.RuleBook) -> Iterator[tuple[Axis, tuple[c.Leaf, ...]]]:
    """Every question of every factor that can be cut, with what compares it."""
    for key in rules.factors:
        bench = Bench(rules, key)
        for question in bench.questions:
            try:
                yield axis(question, bench.leaves), tuple(one for one in bench.leaves if one.question == question)
            except Open:
                continue


def value_of(question: Question, given: object) -> Value:
    """The bare value of an answer about which everything is known."""
    if isinstance(given, Measure):
        if given.kind is Kind.FREQUENCY and given.share is not None:
            return given.interval.low, given.share.low
        return given.interval.low
    if question.type.form is Form.SCALE and isinstance(given, frozenset):
        return question.type.names.index(next(iter(given)))
    assert isinstance(given, bool | frozenset)
    return given


def holds(leaf: c.Leaf, value: Value) -> bool:
    """Whether a value meets a leaf, by the evaluator's own comparison."""
    match leaf:
        case c.IsYes():
            return value is True
        case c.Chosen(values=values):
            return isinstance(value, frozenset) and bool(value & values)
    number = value[leaf.part is c.Part.SHARE] if isinstance(value, tuple) else value
    assert not isinstance(number, frozenset)
    return compare(leaf.op, number, number, leaf.bound) == YES


def contains(cell: Cell, value: Value, leaves: tuple[c.Leaf, ...]) -> bool:
    """Whether a value falls in a cell: a number by its stretches, a choice by its group."""
    if isinstance(value, tuple):
        return within(cell.span, value[0]) and within(cell.share, value[1])
    if isinstance(value, bool):
        return cell.value is value
    if isinstance(value, frozenset):
        return all(holds(leaf, value) == holds(leaf, cell.value) for leaf in leaves)
    return within(cell.span, value)


@given(books(), st.data())
def test_an_answer_is_in_just_one_cell_and_meets_what_the_cell_meets(rules: m.RuleBook, data: st.DataObject) -> None:
    """Whatever is answered, one cell holds it, and every condition says of the cell what it says of the answer."""
    for found, leaves in axes_of(rules):
        given_answer = data.draw(answers(found.question))
        value = value_of(found.question, given_answer.value)
        cells = [cell for cell in found.cells if contains(cell, value, leaves)]
        assert len(cells) == 1, (found.question.key, value)
        assert [meets(leaf, cells[0]) for leaf in leaves] == [holds(leaf, value) for leaf in leaves]


@given(books())
def test_no_two_cells_are_alike(rules: m.RuleBook) -> None:
    """Two cells of a question differ in some condition, so there are no more than are needed."""
    for found, leaves in axes_of(rules):
        if found.question.type.kind is not Kind.FREQUENCY:
            signatures = [tuple(meets(leaf, cell) for leaf in leaves) for cell in found.cells]
            numbers = [one for one in signatures if found.cells[0].span is None]
            assert len(set(numbers)) == len(numbers)
            assert all(before != after for before, after in pairwise(signatures))
