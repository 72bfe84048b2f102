"""Jobs of one entry that are put together by chance come out in the points as the reference evaluator finds them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from jerules.engine.choose import choose
from jerules.engine.facts import lay_out
from jerules.rulebook import model as m
from jerules.rulebook.load import load_rulebook
from jerules.rulebook.questions import JOB, Question
from jerules.verify.axes import USUAL_SHIFTS
from jerules.verify.bench import Bench
from jerules.verify.points import Points, Values, alone_on, highest_on
from jerules.verify.samples import values_of
from jerules.verify.witness import Told, Value, only, write_job
from tests.strategies.worlds import book as random_book

JOBS = 12


def points_of(bench: Bench, record: str) -> Points:
    """Some jobs with one entry of a record, every question of the factor answered."""
    values = Values({question: values_of(question, bench.leaves) for question in bench.questions
              if question.record in {JOB, record}})  # fmt: skip
    chance = np.random.default_rng(5)
    return Points((bench.book, bench.factor), record, values, values.by_chance(JOBS, chance))


def by_reference(book: m.RuleBook, points: Points, number: int, key: str) -> Mapping[str, int]:
    """What the reference evaluator finds of the rules in one of the jobs."""

    def of(record: str) -> dict[Question, Value]:
        tried = points.values.tried
        return {
            question: tried[question][int(places[number])]
            for question, places in points.chosen.items()
            if question.record == record
        }

    told = Told(of(JOB), {points.record: [of(points.record)]}, USUAL_SHIFTS)
    job = write_job(book, told, "A job of one entry")
    verdicts = choose(only(book)[key], "reference").verdicts(lay_out(book, job))
    return {rule.id: truth for rule, truth in zip(book.factors[key].rules, verdicts.factors[key], strict=True)}


def compared(book: m.RuleBook, key: str) -> int:
    """Compare every rule of a factor on every record; how many rules were found to hold."""
    bench = Bench(book, key)
    holding = 0
    for record in dict.fromkeys(question.record for question in bench.questions if question.record != JOB):
        points = points_of(bench, record)
        rules = [rule for rule in bench.factor.rules if rule.condition is not None]
        found = {rule.id: points.rule(rule) for rule in rules}
        for number in range(JOBS):
            expected = by_reference(book, points, number, key)
            for rule in rules:
                assert found[rule.id][number] == expected[rule.id], (rule.id, number)
                holding += int(expected[rule.id])
    return holding


@pytest.mark.parametrize("key", ["1", "6", "9", "13", "16"])
def test_every_rule_of_a_shipped_factor_comes_out_as_by_the_reference(key: str) -> None:
    """The rules of the NHS scheme, with their bars, sums, soft numbers and scales."""
    assert compared(load_rulebook("nhs", examples=False), key) > 0


def test_rules_put_together_by_chance_come_out_as_by_the_reference() -> None:
    """Books with every sort of condition."""
    assert sum(compared(random_book(seed), "13") for seed in range(25)) > 0


def test_a_rung_is_alone_or_the_highest() -> None:
    """A job on two rungs is on the higher one, and on none alone; what is not sure is on none."""
    low, high = np.array([2, 2, 0, 1], dtype=np.int8), np.array([0, 2, 2, 0], dtype=np.int8)
    assert alone_on([low, high], 0).tolist() == [True, False, False, False]
    assert highest_on([low, high], 0).tolist() == [True, False, False, False]
    assert highest_on([low, high], 1).tolist() == [False, True, True, False]
    assert alone_on([low, high], 1).tolist() == [False, False, True, False]
