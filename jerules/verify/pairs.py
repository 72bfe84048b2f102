"""Two jobs that differ in one answer alone, side by side in the solver."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import z3

from jerules.faults import OurFault
from jerules.quantities.kinds import WHOLE_SHARE, Kind
from jerules.rulebook import conditions as c
from jerules.rulebook.questions import JOB, Question
from jerules.verify.axes import USUAL_SHIFTS
from jerules.verify.bench import OTHER_SHIFTS, Bench, Conclusion, Undecided
from jerules.verify.model import Witness
from jerules.verify.witness import Seen, Told, Value, look, outcome
from jerules.verify.worlds import Answers, Reading, Slot


@dataclass(frozen=True, slots=True)
class Pair:
    """The two jobs, in bare values."""

    first: Conclusion
    second: Conclusion


class Pairs:
    """A job on a bench, and another like it but in the answer to ``question``, in its first entry."""

    def __init__(self, bench: Bench, question: Question) -> None:
        self.bench = bench
        self.slot = Slot(question)
        changed = frozenset({self.slot})
        self.answers = Answers(bench.book, bench.most, bench.answers, changed, "other", overlapping=True)
        self.reading = Reading(bench.book, bench.factor, self.answers)
        self.at_least = self.reading.at_least()

    def first(self, part: c.Part = c.Part.VALUE) -> z3.ArithRef:
        """The number of the first job."""
        return self.bench.answers.number(self.slot, part)

    def second(self, part: c.Part = c.Part.VALUE) -> z3.ArithRef:
        """The number of the second job."""
        return self.answers.number(self.slot, part)

    def ask(self, formula: z3.BoolRef) -> Pair | None:
        """Two jobs for which the formula holds, or nothing where there are none.

        Raises:
            Undecided: the solver did not come to an end in time, or no pattern of shifts that was tried fits.
        """
        question = self.slot.question
        formulas = [formula]
        if question.record != JOB:
            formulas.append(self.bench.answers.present(question.record, 0))
        if self.bench.possible(*formulas, answers=[self.answers]) is None:
            return None
        for shifts in (USUAL_SHIFTS, *OTHER_SHIFTS):
            pattern = self.bench.with_shifts(shifts)
            if question.type.kind is Kind.FREQUENCY:
                pattern.append(self.second() * WHOLE_SHARE == shifts * self.second(c.Part.SHARE))
            model = self.bench.fewest_entries(*formulas, *pattern, answers=[self.answers])
            if model is not None:
                return self._pair(model)
        raise Undecided

    def _pair(self, model: z3.ModelRef) -> Pair:
        first = self.bench.conclusion(model)
        value = self.bench.value(model, self.slot, self.answers)
        return Pair(first, replace(first, told=with_value(first.told, self.slot, value)))

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


def with_value(told: Told, slot: Slot, value: Value) -> Told:
    """The same job with another answer in the first entry."""
    if slot.question.record == JOB:
        return replace(told, job={**told.job, slot.question: value})
    entries = list(told.records[slot.question.record])
    entries[0] = {**entries[0], slot.question: value}
    records: dict[str, Sequence[Mapping[Question, Value]]] = {**told.records, slot.question.record: entries}
    return replace(told, records=records)
