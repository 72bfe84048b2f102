"""V19: the readings of a rule book agree: the evaluators, the solver and the cells.

On every sample job, each rule comes out alike by the reference evaluator, by durable-rules where that can be used, and
in the solver; and each term comes out in the cells as it does in an explanation. Where an evaluator leaves a rule open
(a soft number, a parameter, shares that may overlap) the solver may have it either way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import z3

from jerules.engine.facts import lay_out
from jerules.engine.truth import NO, UNKNOWN, YES
from jerules.explain.proof import Weigher
from jerules.faults import OurFault
from jerules.jobs.model import Job
from jerules.quantities.kinds import Exact
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.questions import Form
from jerules.rulebook.uses import leaves_of
from jerules.verify.axes import Cell, Span, inside, meets, whole
from jerules.verify.bench import Bench, Conclusion, Undecided
from jerules.verify.cells import Cells, Truths, cells_of
from jerules.verify.formulas import all_of, compared, constant, negated
from jerules.verify.model import Finding, Obligation, State, Witness
from jerules.verify.samples import Sample, samples
from jerules.verify.settle import CELLS, REPLAY, SOLVER, Duty, head, kept
from jerules.verify.shown import looks
from jerules.verify.witness import Seen, Told, Value
from jerules.verify.worlds import Slot

CODE = "V19"
TITLE = "the readings agree"


def of_factor(bench: Bench) -> Iterator[Obligation]:
    """On the sample jobs: the evaluators beside each other, the solver beside them, and the cells."""
    found = looks(bench)
    yield _evaluators(bench, [(one.job, seen) for one, seen in found])
    # The solver takes longer than all the rest, so that it is spared the jobs that meet queries, which move nothing.
    yield _solver(bench, [(one, one.job, seen["reference"]) for one, seen in found if not _of_query(one)])
    yield _cells(bench, samples(bench))


def _of_query(sample: Sample) -> bool:
    return sample.rule is not None and isinstance(sample.rule.effect, m.Asks)


def _settled(bench: Bench, subject: str, says: str, by: tuple[str, ...], wrong: tuple[Job, str] | None) -> Obligation:
    if wrong is None:
        return Obligation(CODE, bench.key, subject, says, State.PROVED, by, entries=bench.most)
    job, message = wrong
    witness = Witness(job, "the readings differ about it", ("reference",))
    finding = Finding(message, witnesses=(witness,), help="this is a fault of jerules: please report it")
    return Obligation(CODE, bench.key, subject, says, State.REFUTED, by, finding, entries=bench.most)


def _first(found: Iterator[tuple[Job, str]]) -> tuple[Job, str] | None:
    return next(found, None)


# ── the evaluators ───────────────────────────────────────────────────────────────────────────────────────────────


def _evaluators(bench: Bench, looks: Sequence[tuple[Job, Mapping[str, Seen]]]) -> Obligation:
    names = tuple(looks[0][1]) if looks else ("reference",)

    def differing() -> Iterator[tuple[Job, str]]:
        for job, seen in looks:
            for name, other in seen.items():
                if other != seen["reference"]:
                    yield job, f"the {name} evaluator and the reference evaluator find different things"

    says = f"{' and '.join(names)} find the same of {len(looks)} jobs"
    return _settled(bench, "evaluators", says, (REPLAY,), _first(differing()))


# ── the solver ───────────────────────────────────────────────────────────────────────────────────────────────────


def _solver(bench: Bench, looks: Sequence[tuple[Sample, Job, Seen]]) -> Obligation:
    claims = _Claims(bench)
    described = _Described(bench)

    def differing() -> Iterator[tuple[Job, str]]:
        for sample, job, seen in looks:
            with bench.supposing(*described.job(sample.found)):
                if not bench.can():
                    yield job, "the solver holds this job for impossible"
                for words in claims.against(seen):
                    yield job, words

    says = f"the solver finds what the evaluators find of {len(looks)} jobs"
    try:
        return _settled(bench, "solver", says, (SOLVER, REPLAY), _first(differing()))
    except Undecided:
        finding = Finding("the solver did not come to an end in the time it has")
        return Obligation(CODE, bench.key, "solver", says, State.UNDECIDED, (SOLVER, REPLAY), finding)


class _Described:
    """A job said to the solver; what is said of one answer is made once."""

    def __init__(self, bench: Bench) -> None:
        self._answers = bench.answers
        self._decisions = {
            one.name: (bench.answers.decision(one.name), max(one.low, one.high, key=lambda position: position.level))
            for one in bench.left_to_panel()
        }
        self._known: dict[tuple[Slot, Value], tuple[z3.BoolRef, ...]] = {}
        self._numbers: dict[Slot, list[tuple[c.Part, z3.ArithRef]]] = {}
        self._picks: dict[Slot, list[tuple[str, z3.BoolRef]]] = {}
        for (slot, part), number in self._answers.numbers.items():
            self._numbers.setdefault(slot, []).append((part, number))
        for (slot, name), pick in self._answers.picks.items():
            self._picks.setdefault(slot, []).append((name, pick))

    def job(self, conclusion: Conclusion) -> list[z3.BoolRef]:
        """That the job in the solver is this one, and that the panel decided as it did there."""
        told = conclusion.told
        found = [
            decided if conclusion.decisions[name].position == higher else negated(decided)
            for name, (decided, higher) in self._decisions.items()
            if name in conclusion.decisions
        ]
        found += [
            present if entry < len(told.records.get(record, ())) else negated(present)
            for (record, entry), present in self._answers.presents.items()
        ]
        for question, value in told.job.items():
            found += self._answer(Slot(question), value)
        for entries in told.records.values():
            for number, entry in enumerate(entries):
                for question, value in entry.items():
                    found += self._answer(Slot(question, number), value)
        return found

    def _answer(self, slot: Slot, value: Value) -> tuple[z3.BoolRef, ...]:
        if (slot, value) not in self._known:
            self._known[slot, value] = tuple(self._said(slot, value))
        return self._known[slot, value]

    def _said(self, slot: Slot, value: Value) -> Iterator[z3.BoolRef]:
        for part, number in self._numbers.get(slot, ()):
            yield compared("=", number, constant(_number(value, part), whole=whole(slot.question)))
        for name, pick in self._picks.get(slot, ()):
            if _picked(value, name):
                yield pick
            elif slot.question.type.form is not Form.ONE_OF:  # of which no two are chosen
                yield negated(pick)


def _number(value: Value, part: c.Part) -> Exact:
    number = value[1 if part is c.Part.SHARE else 0] if isinstance(value, tuple) else value
    if isinstance(number, frozenset):
        raise OurFault("a choice is no number")
    return number


def _picked(value: Value, name: str) -> bool:
    return name in value if isinstance(value, frozenset) else value is True


class _Claims:
    """What the solver has to find of a job, from what an evaluator finds of it."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._rules = {rule.id: (rule, bench.reading.rule(rule)) for rule in bench.rules}
        self._levels = bench.at_least
        self._not = {holds.get_id(): negated(holds) for holds in self._everything()}

    def _everything(self) -> Iterator[z3.BoolRef]:
        yield from (holds for _, holds in self._rules.values())
        yield from self._levels.values()

    def against(self, seen: Seen) -> Iterator[str]:
        """What can be otherwise in the solver, which is told the job; all is looked at together first, being quicker.

        Whatever the numbers are that are left open, what the evaluators are sure of has to come out.
        """
        claims = list(self._of(seen))
        if self._bench.can(negated(all_of(claim for claim, _ in claims))):
            yield from (words for claim, words in claims if self._bench.can(negated(claim)))

    def _of(self, seen: Seen) -> Iterator[tuple[z3.BoolRef, str]]:
        for name, (rule, holds) in self._rules.items():
            truth = seen.truths[name] if name in seen.truths else seen.barred[name]
            if truth == YES:
                yield holds, f"“{head(rule)}” holds, and not in the solver"
            elif truth == NO:
                yield self._not[holds.get_id()], f"“{head(rule)}” does not hold, and does in the solver"
        lowest, highest = seen.standing.lowest.level or 0, seen.standing.highest.level or 0
        for level, reached in self._levels.items():
            words = f"the solver and the evaluators differ about level {level}"
            if level <= lowest:
                yield reached, words
            elif level > highest:
                yield self._not[reached.get_id()], words


# ── the cells ────────────────────────────────────────────────────────────────────────────────────────────────────


def _cells(bench: Bench, every: Sequence[Sample]) -> Obligation:
    terms = [found for term in bench.terms if (found := _in_cells(bench, term)) is not None]
    says = f"{len(terms)} terms come out in the cells as in the explanations of {len(every)} jobs"
    if done := kept(bench, Duty(CODE, "cells", says), *bench.terms):
        return done

    def differing() -> Iterator[tuple[Job, str]]:
        for sample in every:
            job = sample.job
            weigher = Weigher(bench.book, job, lay_out(bench.book, job), bench.factor)
            for term in terms:
                for at, in_cells in term.fresh(sample.found.told):
                    truth = weigher.condition(term.holds, at, credited=False).truth
                    if truth not in {UNKNOWN, YES if in_cells else NO}:
                        yield job, f"“{term.holds.term.name}” comes out otherwise in the cells than in an explanation"

    return _settled(bench, "cells", says, (CELLS, REPLAY), _first(differing()))


@dataclass
class _InCells:
    """A term over the cells of what it reads. ``holds`` lives as long as a weigher does, which knows it by identity."""

    holds: c.Holds
    cells: Cells
    truths: Truths
    leaves: Sequence[Sequence[c.Leaf]]
    _places: dict[tuple[int, Value], int] = field(default_factory=dict)
    _known: set[tuple[Value, ...]] = field(default_factory=set)

    def fresh(self, told: Told) -> Iterator[tuple[tuple[str, int] | None, bool]]:
        """Each entry, or the job (None), with whether the term holds of it by the cells that the answers fall in.

        Answers that have come before are passed over: the term reads nothing else.
        """
        record = self.holds.term.record
        for number, entry in enumerate(told.records.get(record, ()) if record else ({},)):
            values = tuple(
                entry[axis.question] if axis.question in entry else told.job[axis.question] for axis in self.cells.axes
            )
            if values not in self._known:
                self._known.add(values)
                places = tuple(self._place(which, value) for which, value in enumerate(values))
                yield (record, number) if record else None, bool(self.truths[places])

    def _place(self, which: int, value: Value) -> int:
        if (which, value) not in self._places:
            cells = self.cells.axes[which].cells
            self._places[which, value] = next(
                place for place, cell in enumerate(cells) if _falls(cell, self.leaves[which], value)
            )
        return self._places[which, value]


def _in_cells(bench: Bench, term: m.Term) -> _InCells | None:
    if not term.definitions:
        return None  # a word whose only definition has been left out: it holds of nothing, and there are no cells
    conditions = [one.condition for one in term.definitions]
    cells = cells_of(bench.book, conditions)
    if cells is None or not {axis.question for axis in cells.axes} <= set(bench.questions):
        return None  # too many cells, or a term that no rule uses, so that no sample answers what it reads
    every = list(leaves_of(bench.book, conditions))
    leaves = [[leaf for leaf in every if leaf.question == axis.question] for axis in cells.axes]
    holds = c.Holds(term.key, term.definitions[0].source.place)
    return _InCells(holds, cells, cells.everywhere(cells.term(term.key)), leaves)


def _falls(cell: Cell, leaves: Sequence[c.Leaf], value: Value) -> bool:
    if isinstance(value, bool | frozenset):
        return all(meets(leaf, cell) == meets(leaf, Cell(value)) for leaf in leaves)
    if isinstance(value, tuple):
        return _inside(cell.span, value[0]) and _inside(cell.share, value[1])
    return _inside(cell.span, value)


def _inside(span: Span | None, value: Exact) -> bool:
    return span is not None and inside(span, value)
