"""A job's answers put to the solver as what its variables are."""

from __future__ import annotations

from collections.abc import Iterator

import z3

from jerules.jobs.model import Answer, Job
from jerules.quantities.kinds import Measure
from jerules.rulebook import conditions as c
from jerules.rulebook.questions import JOB, Form
from jerules.verify.bench import Bench
from jerules.verify.formulas import constant
from jerules.verify.worlds import Slot


def assigned(bench: Bench, job: Job) -> Iterator[z3.BoolRef]:
    """That the variables of a bench are what a job says, about which everything is known and decided."""
    bench.everything()
    for (slot, part), number in bench.answers.numbers.items():
        answer = _answer(job, slot)
        if answer is not None:
            yield number == _number(slot, part, answer)
    for (slot, name), picked in bench.answers.picks.items():
        answer = _answer(job, slot)
        if answer is not None:
            value = answer.value
            chosen = value is True if slot.question.type.form is Form.YES_NO else name in _names(answer)
            yield picked == chosen
    for (record, entry), present in bench.answers.presents.items():
        yield present == (entry < len(job.records.get(record, ())))
    for effect in bench.left_to_panel():
        higher = max(effect.low, effect.high, key=lambda position: position.level)
        yield bench.answers.decision(effect.name) == (job.decisions[effect.name].position == higher)


def _answer(job: Job, slot: Slot) -> Answer | None:
    if slot.question.record == JOB:
        return job.facts.answers[slot.question.name]
    entries = job.records[slot.question.record]
    return entries[slot.entry].answers[slot.question.name] if slot.entry < len(entries) else None


def _names(answer: Answer) -> frozenset[str]:
    assert isinstance(answer.value, frozenset)
    return answer.value


def _number(slot: Slot, part: c.Part, answer: Answer) -> z3.ArithRef:
    if slot.question.type.form is Form.SCALE:
        return constant(slot.question.type.names.index(next(iter(_names(answer)))))
    assert isinstance(answer.value, Measure)
    interval = answer.value.share if part is c.Part.SHARE else answer.value.interval
    assert interval is not None
    return constant(interval.low)
