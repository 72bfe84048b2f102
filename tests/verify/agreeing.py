"""Whether the solver and the evaluators find the same of a job: what every test of the encoding asks."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

import z3

from jerules.engine.truth import NO, YES
from jerules.jobs.model import Decision, Job
from jerules.rulebook.questions import JOB
from jerules.verify.bench import Bench
from jerules.verify.formulas import any_of
from jerules.verify.samples import values_of
from jerules.verify.witness import Told, look, write_job
from tests.verify.assigned import assigned


def differ(bench: Bench, job: Job) -> bool:
    """Whether a rule or a level comes out in the solver as the reference evaluator says that it cannot.

    What the evaluator leaves open (a soft number, a parameter, shares that may overlap) the solver may have either way.
    """
    _, seen = next(look(bench.book, bench.key, job))
    told = list(assigned(bench, job))
    wrong = [
        z3.Not(holds) if truth == YES else holds
        for rule in bench.rules
        if (truth := seen.truths.get(rule.id, seen.barred.get(rule.id))) in {NO, YES}
        for holds in [bench.reading.rule(rule)]
    ]
    lowest, highest = seen.standing.lowest.level or 0, seen.standing.highest.level or 0
    wrong += [z3.Not(holds) for level, holds in bench.at_least.items() if level <= lowest]
    wrong += [holds for level, holds in bench.at_least.items() if level > highest]
    return not bench.can(*told) or bench.can(*told, any_of(wrong))


def jobs_at_the_cuts(bench: Bench, chance: random.Random, most: int = 0) -> Iterator[Job]:
    """Jobs without end whose answers lie just below, at and just above what some rule compares them with.

    They have at most so many entries of a record, or as many as the bench has.
    """
    values = {question: values_of(question, bench.leaves) for question in bench.questions}
    of_job = [question for question in values if question.record == JOB]
    records = dict.fromkeys(question.record for question in values if question.record != JOB)
    while True:
        entries = {
            record: [{question: chance.choice(found) for question, found in values.items() if question.record == record}
                     for _ in range(chance.randint(0, most or bench.most))]
            for record in records
        }  # fmt: skip
        told = Told({question: chance.choice(values[question]) for question in of_job}, entries)
        decisions = {one.name: Decision(chance.choice((one.low, one.high)), "so") for one in bench.left_to_panel()}
        yield replace(write_job(bench.book, told, "A job at the cuts"), decisions=decisions)
