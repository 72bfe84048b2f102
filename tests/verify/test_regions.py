"""Cells merged into boxes, and boxes said in words."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis.extra.numpy import array_shapes, arrays

from jerules.rulebook import model as m
from jerules.verify.cells import Truths, cells_of
from jerules.verify.regions import boxes, in_words
from tests.verify.checked import book

HEAD = """scheme nhs
factor 13 "Physical effort"
scale hardness = easy < hard "hard work" < fierce
record effort "A demand on the body"
  label task
  task text asks "What is done?"
  kind one of lifting "Lifting", bending "Bending", walking "Walking", running "Running", standing "Standing", sitting
    asks "What sort is it?"
  uses any of hands "the hands", feet "the feet" asks "What with?"
  weight mass asks "How heavy is it?"
  each duration asks "How long?"
  times count per shift asks "How many times?"
  often frequency of shifts asks "On which part of the shifts?"
  cost money asks "What does it cost?"
  how_hard on hardness asks "How hard is it?"
  aid yes or no asks "Is there an aid?"
"""


def words(*conditions: str) -> tuple[str, ...]:
    """Where the first condition holds, in words; the others only cut."""
    text = HEAD + "\n".join(
        f"term trait_{number} effort when {one} cites definition" for number, one in enumerate(conditions)
    )
    rules: m.RuleBook = book(f"{text}\n")
    defined = {key.name: term.definitions[0].condition for key, term in rules.terms.items()}
    cells = cells_of(rules, [defined[f"trait_{number}"] for number in range(len(conditions))])
    assert cells is not None
    return in_words(cells, cells.holds(defined["trait_0"]), rules.scheme.calendar)


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("weight > 5 kg and weight < 6 kg", "effort.weight: between 5 kg and 6 kg"),
        ("weight from 6 kg to 15 kg", "effort.weight: from 6 kg to 15 kg"),
        ("weight < 6 kg or weight = 8 kg", "effort.weight: under 6 kg or exactly 8 kg"),
        ("weight >= 6 kg and weight < 8 kg", "effort.weight: from 6 kg to under 8 kg"),
        ("weight > 6 kg and weight <= 8 kg", "effort.weight: over 6 kg up to 8 kg"),
        ("weight > 15 kg", "effort.weight: over 15 kg"),
        ("weight >= 15 kg", "effort.weight: 15 kg or more"),
        ("each <= 20 min", "effort.each: 20 minutes or less"),
        ("cost >= £1,200", "effort.cost: £1,200 or more"),
        ("often >= 50%", "effort.often: 50% or more of shifts"),
        ("often < 3 per month", "effort.often: under 3 a month"),
        ("often >= 3 per month and often < 50%", "effort.often: under 50% of shifts and 3 a month or more"),
        ("aid", "effort.aid: yes"),
        ("not aid and weight > 6 kg", "effort.aid: no; effort.weight: over 6 kg"),
        ("kind is one of lifting, bending", "effort.kind: Lifting / Bending"),
        ("kind is sitting or not kind is sitting", "every case"),
        ("not kind is sitting", "effort.kind: Lifting / Bending / Walking / Running and 1 more"),
        ("uses includes hands", "effort.uses: the hands"),
        ("not uses includes hands", "effort.uses: none of those named"),
        ("how_hard >= hard", "effort.how_hard: from hard work to fierce"),
    ],
)
def test_a_region_is_said_in_the_words_of_its_questions(condition: str, said: str) -> None:
    """Open and closed ends, units, labels; what plays no part is not spoken of."""
    assert words(condition) == (said,)


def test_a_count_is_said_in_whole_numbers() -> None:
    """Twice a shift and more is one stretch, though it is cut in two by another condition."""
    assert words("times >= 2", "times >= 4") == ("effort.times: 2 a shift or more",)


def test_boxes_that_cannot_be_one_are_said_one_by_one() -> None:
    """A corner is left out: two boxes, each with what is its own."""
    assert words("weight < 6 kg or aid") == (
        "effort.weight: under 6 kg",
        "effort.weight: 6 kg or more; effort.aid: yes",
    )


def test_nothing_is_said_of_what_never_holds() -> None:
    """No region, no words."""
    assert words("weight < 6 kg and weight > 8 kg") == ()


@given(arrays(np.bool_, array_shapes(min_dims=1, max_dims=4, max_side=4)))
def test_boxes_take_every_cell_once(truths: Truths) -> None:
    """The boxes hold just the cells where it is true, and no cell is in two of them."""
    held = [cell for box in boxes(truths) for cell in product(*box.cells)]
    assert len(held) == len(set(held))
    assert set(held) == {tuple(int(one) for one in cell) for cell in np.argwhere(truths)}


@pytest.mark.parametrize(("holds", "expected"), [(True, [()]), (False, [])])
def test_without_axes_there_is_one_case_or_none(*, holds: bool, expected: list[object]) -> None:
    """A condition that reads nothing is one box without sides where it holds."""
    assert [box.cells for box in boxes(np.array(holds))] == expected
