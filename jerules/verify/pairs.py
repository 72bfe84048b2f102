"""Two jobs that differ in few answers, side by side in the solver."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import z3

from jerules.faults import OurFault
from jerules.quantities.kinds import WHOLE_SHARE, Kind
from jerules.rulebook import conditions as c
from jerules.rulebook.questions import JOB, Question
from jerules.verify.bench import Bench, Conclusion
from jerules.verify.model import Witness
from jerules.verify.witness import Seen, Told, Value, look, outcome
from jerules.verify.worlds import Answers, Reading, Slot


@dataclass(frozen=True, slots=True)
class Pair:
    """The two jobs, in bare values."""

    first: Conclusion
    second: Conclusion


def other_than(bench: Bench, *questions: Question) -> Answers:
    """The answers of a job like that on the bench but in the answers to these questions, in the first entry."""
    changed = frozenset(Slot(question) for question in questions)
    return Answers(bench.book, bench.most, bench.answers, changed, "other", overlapping=True)


class Pairs:
    """A job on a bench, and another like it but in the answers to some questions, in the first entry of a record."""

    def __init__(self, bench: Bench, *questions: Question) -> None:
        self.bench = bench
        self.slots = tuple(Slot(question) for question in questions)
        self.answers = other_than(bench, *questions)
        bench.everything()
        self.reading = Reading(bench.book, bench.factor, self.answers, like=bench.reading)
        self.at_least = self.reading.at_least()

    def rises(self) -> list[z3.BoolRef]:
        """That no number of the second job is less than that of the first; of a frequency, neither rate nor share."""
        return [
            self.answers.number(slot, part) >= self.bench.answers.number(slot, part)
            for slot in self.slots
            for part in ([c.Part.VALUE, c.Part.SHARE] if _frequent(slot) else [c.Part.VALUE])
        ]

    def ask(self, formula: z3.BoolRef) -> Pair | None:
        """Two jobs for which the formula holds, or nothing where there are none.

        Raises:
            Undecided: the solver did not come to an end in time, or no pattern of shifts that was tried fits.
        """
        records = dict.fromkeys(slot.question.record for slot in self.slots if slot.question.record != JOB)
        formulas = [formula, *(self.bench.answers.present(record, 0) for record in records)]
        if not self.bench.can(*formulas, answers=[self.answers]):
            return None
        for shifts in self.bench.patterns:
            pattern = self.bench.with_shifts(shifts)
            for slot in filter(_frequent, self.slots):
                share = self.answers.number(slot, c.Part.SHARE)
                pattern.append(self.answers.number(slot) * WHOLE_SHARE == shifts * share)
            model = self.bench.fewest_entries(*formulas, *pattern, answers=[self.answers])
            if model is not None:
                return self._pair(model)
        self.bench.all_tried()
        return None

    def _pair(self, model: z3.ModelRef) -> Pair:
        first = self.bench.conclusion(model)
        told = first.told
        for slot in self.slots:
            told = with_value(told, slot, self.bench.value(model, slot, self.answers))
        return Pair(first, replace(first, told=told))

    def witnesses(self, pair: Pair, claim: Callable[[Seen, Seen], bool]) -> tuple[Witness, ...]:
        """Both jobs as witnesses, with ordinary numbers where they show the same; confirmed by the evaluators."""
        tries = (tuple(self.bench.ordinary(one) for one in (pair.first, pair.second)), (pair.first, pair.second))
        jobs = [tuple(self.bench.job(one) for one in found) for found in tries]
        for number, (first, second) in enumerate(jobs, start=1):
            seen = list(zip(*(look(self.bench.book, self.bench.key, job) for job in (first, second)), strict=True))
            confirmed = all(claim(one, other) for (_, one), (_, other) in seen)
            if confirmed or number == len(jobs):
                names = tuple(name for (name, _), _ in seen) if confirmed else ()
                (_, one), (_, other) = seen[0]
                return (Witness(first, outcome(one), names), Witness(second, outcome(other), names))
        raise OurFault("a pair of jobs is tried at least once")


def _frequent(slot: Slot) -> bool:
    return slot.question.type.kind is Kind.FREQUENCY


def with_value(told: Told, slot: Slot, value: Value) -> Told:
    """The same job with another answer in the first entry."""
    if slot.question.record == JOB:
        return replace(told, job={**told.job, slot.question: value})
    entries = list(told.records[slot.question.record])
    entries[0] = {**entries[0], slot.question: value}
    records: dict[str, Sequence[Mapping[Question, Value]]] = {**told.records, slot.question.record: entries}
    return replace(told, records=records)
