"""One factor on the bench: what every check of it shares, worked out once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Final

import z3

from jerules.engine.reference.evaluator import overlaps
from jerules.engine.resolve import tools_for
from jerules.jobs.model import Decision, Job
from jerules.quantities.kinds import WHOLE_SHARE, Exact, Kind, exact
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.questions import JOB, Form, Question
from jerules.rulebook.uses import conditions_of, leaves_of, opened
from jerules.verify.axes import USUAL_SHIFTS, Axis, Open, Span, axis, inside
from jerules.verify.entries import FEWEST_ENTRIES, MOST_ENTRIES, for_levels, most_entries
from jerules.verify.formulas import constant, fraction, true_in
from jerules.verify.model import Witness
from jerules.verify.patterns import patterns
from jerules.verify.unchanged import Before, Unchanged
from jerules.verify.witness import Claim, Told, Value, confirm, shifts_of, write_job
from jerules.verify.worlds import Answers, Reading, Slot

if TYPE_CHECKING:
    from jerules.verify.shown import Looks

TIME_LIMIT: Final = 5_000
"""How long the solver may think about one obligation, in milliseconds."""


class Undecided(Exception):
    """The solver did not come to an end in the time it has."""


@dataclass(frozen=True, slots=True)
class Conclusion:
    """A job as the solver found it, in bare values, with what the panel decided in it."""

    told: Told
    decisions: Mapping[str, Decision]


class Bench:
    """The rules of one factor or tool, as cells and in the solver.

    ``most`` is how many entries of a record a job of the solver has at most: as many as the condition that speaks of
    the most takes, or as many as are asked for. With ``just`` it is that number, whatever the rules take. ``needed`` is
    how many it would have to be where that is more than the solver's jobs can have, else 0. ``before`` is what was
    proved of the factor before an edit.
    """

    def __init__(  # noqa: PLR0913 - what is on the bench, and how
        self,
        book: m.RuleBook,
        key: str,
        *,
        overlapping: bool = False,
        most: int = 0,
        just: int = 0,
        before: Before | None = None,
    ) -> None:
        self.book, self.key, self.before = book, key, before
        self.looked: Callable[[], Looks] | None = None  # what the evaluators find of the sample jobs, where it is known
        self.factor = book.factors[key]
        needed = just or max(most, most_entries(book, self.factor, self.tools), FEWEST_ENTRIES)
        self.most = min(needed, MOST_ENTRIES)
        self.needed = needed if needed > MOST_ENTRIES else 0
        self.answers = Answers(book, self.most, overlapping=overlapping)
        self.reading = Reading(book, self.factor, self.answers)
        self._solver = z3.Solver()
        # The solver would take Ctrl-C for itself, and give up one question for it instead of ending.
        self._solver.set("timeout", TIME_LIMIT, "ctrl_c", False)  # noqa: FBT003 - the solver's own way of setting
        self._known = 0
        self._all_read = False
        self._with_shifts: dict[Exact, dict[Slot, z3.BoolRef]] = {}
        self._wider: dict[int, Bench] = {}

    @property
    def what(self) -> str:
        """What the rules speak of, in a word."""
        return "case" if self.factor.procedure else "job"

    # ── what there is ────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def rules(self) -> tuple[m.Rule, ...]:
        """Every rule with a condition, the bars on the factor included."""
        return tuple(rule for rule in (*self.factor.rules, *self.factor.bars) if rule.condition is not None)

    @cached_property
    def tools(self) -> tuple[m.FactorRules, ...]:
        """The tools that may raise the factor."""
        return tuple(self.book.factors[key] for key in tools_for(self.book, self.key))

    @cached_property
    def at_once(self) -> Bench:
        """The factor on a bench where what may fall on the same shifts does; this one, where that changes nothing."""
        if self.answers.overlapping or not self.overlaps:
            return self
        return Bench(self.book, self.key, overlapping=True, just=self.needed or self.most)

    def with_entries(self, number: int) -> Bench:
        """The factor on a bench with so many entries of a record, or this one where it has as many."""
        if number <= max(self.most, self.needed):
            return self
        if number not in self._wider:
            self._wider[number] = Bench(self.book, self.key, overlapping=self.answers.overlapping, just=number)
        return self._wider[number]

    def for_levels(self, reached: int = 1, missed: int = 1) -> Bench:
        """The factor with as many entries as it takes to come to a level so often, and to miss one so often."""
        factors = [(self.book, self.factor, self.tools)]
        return self.with_entries(for_levels(factors, reached, missed, overlapping=self.answers.overlapping))

    @cached_property
    def _single(self) -> Bench:
        return Bench(self.book, self.key, just=1)

    def speaking_of(self, *conditions: c.Condition) -> Bench:
        """The bench on which it is quickest found whether conditions can hold.

        That is one of a single entry of which nothing else is said, unless a condition speaks of the entries of a job.
        """
        several = any(isinstance(part, c.Some) for part in opened(self.book, conditions))
        return self if several else self._single

    @cached_property
    def overlaps(self) -> bool:
        """Whether a rule adds up what may fall on the same shifts, so that the answers leave open what it comes to."""
        rules = [*self.rules, *(rule for tool in self.tools for rule in (*tool.rules, *tool.bars))]
        parts = opened(self.book, conditions_of(rules))
        return any(overlaps(leaf.question) for part in parts if isinstance(part, c.Some) for leaf in part.together)

    @cached_property
    def leaves(self) -> tuple[c.Leaf, ...]:
        """Every leaf that decides about the factor, terms opened, each once; with those of its tools."""
        return self._leaves(self.rules)

    def _leaves(self, own: Sequence[m.Rule]) -> tuple[c.Leaf, ...]:
        rules = [*own, *(rule for tool in self.tools for rule in (*tool.rules, *tool.bars))]
        conditions = conditions_of(rules)
        return tuple(dict.fromkeys(leaves_of(self.book, conditions)))

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Every question that the factor reads, in the order in which it does."""
        return tuple(dict.fromkeys(leaf.question for leaf in self.leaves))

    @cached_property
    def own_questions(self) -> tuple[Question, ...]:
        """The questions that the factor's own rules read; those of its tools, and of bars on every entry, left out."""
        conditions = [
            rule.condition
            for rule in self.rules
            if rule.condition is not None and not (isinstance(rule.effect, m.Bars) and self._always(rule.condition))
        ]
        return tuple(dict.fromkeys(leaf.question for leaf in leaves_of(self.book, conditions)))

    def _always(self, condition: c.Condition) -> bool:
        return not self.can(z3.Not(self.reading.holds(condition)))

    @cached_property
    def terms(self) -> tuple[m.Term, ...]:
        """The terms of the factor's own, in the order of the book."""
        return tuple(term for term in self.book.terms.values() if term.key.factor == self.key)

    @cached_property
    def at_least(self) -> Mapping[int, z3.BoolRef]:
        """For each level, whether the factor comes to it or a higher one."""
        return self.reading.at_least()

    @cached_property
    def unchanged(self) -> Unchanged | None:
        """What of the factor is as it was when something was proved of it; nothing where nothing was."""
        return Unchanged(self.before, self.book, self.key) if self.before else None

    # ── asking the solver ────────────────────────────────────────────────────────────────────────────────────────

    def possible(self, *formulas: z3.BoolRef, answers: Sequence[Answers] = ()) -> z3.ModelRef | None:
        """A world in which all the formulas hold, or nothing where there is none.

        Raises:
            Undecided: the solver did not come to an end in time.
        """
        with self._asked(formulas, answers) as found:
            return self._solver.model() if found else None

    def start_from(self, number: int) -> None:
        """Have the solver begin its searches elsewhere: it may come upon another world of those that there are."""
        self._solver.set("random_seed", number)

    def can(self, *formulas: z3.BoolRef, answers: Sequence[Answers] = ()) -> bool:
        """Whether there is a world in which all the formulas hold; quicker than to be given one.

        Raises:
            Undecided: the solver did not come to an end in time.
        """
        with self._asked(formulas, answers) as found:
            return found

    @contextmanager
    def _asked(self, formulas: Sequence[z3.BoolRef], answers: Sequence[Answers]) -> Iterator[bool]:
        """Put the question to the solver, which remembers it until the end."""
        self._tell(self.answers.domain[self._known :])
        self._known = len(self.answers.domain)
        self._solver.push()
        try:
            for other in answers:
                self._tell(other.domain)
            self._tell(formulas)
            found = self._solver.check()
            if found == z3.unknown:
                raise Undecided
            yield found == z3.sat
        finally:
            self._solver.pop()

    @contextmanager
    def supposing(self, *formulas: z3.BoolRef) -> Iterator[None]:
        """Have the formulas hold in every world that is asked for inside."""
        known = self._known
        self._solver.push()
        try:
            self._tell(formulas)
            yield
        finally:
            self._solver.pop()
            self._known = known  # what was said in between is forgotten with it

    def _tell(self, formulas: Iterable[z3.BoolRef]) -> None:
        """What ``add`` does, without its looking at every formula for what it is: that takes longest."""
        context = self._solver.ctx.ref()
        for formula in formulas:
            z3.Z3_solver_assert(context, self._solver.solver, formula.as_ast())

    def ask(self, *formulas: z3.BoolRef) -> Conclusion | None:
        """A job for which all the formulas hold, as ordinary as can be had; or nothing where there is none.

        Raises:
            Undecided: the solver did not come to an end in time, or no pattern of shifts that was tried fits.
        """
        self.everything()
        if not self.can(*formulas):
            return None
        for shifts in self.patterns:
            model = self.fewest_entries(*formulas, *self.with_shifts(shifts))
            if model is not None:
                return self.conclusion(model)
        self.all_tried()
        return None

    def meets(self, *formulas: z3.BoolRef) -> bool:
        """Whether there is a job for which all the formulas hold, with one number of shifts for all that it answers.

        Raises:
            Undecided: the solver did not come to an end in time, or no pattern of shifts that was tried fits.
        """
        usual, *others = self.patterns
        if not others:
            return self.can(*formulas)
        if self.can(*formulas, *self.with_shifts(usual)):
            return True
        if self.can(*formulas):
            if any(self.can(*formulas, *self.with_shifts(one)) for one in others):
                return True
            self.all_tried()
        return False

    def all_tried(self) -> None:
        """Make sure that there is no job where none of the patterns of shifts fits.

        Raises:
            Undecided: another pattern may fit, for something is summed, or compared with what nobody has agreed yet.
        """
        frequencies = [leaf for leaf in self.leaves if leaf.question.type.kind is Kind.FREQUENCY]
        if self.overlaps or any(isinstance(leaf, c.Compare) and leaf.bound.value is None for leaf in frequencies):
            raise Undecided

    @cached_property
    def patterns(self) -> tuple[Exact, ...]:
        """The shifts in a year that a job is tried with, the usual ones first."""
        terms = [one.condition for term in self.book.terms.values() for one in term.definitions
                 if term.key.factor in {self.key, None}]  # fmt: skip
        return patterns([*self.leaves, *leaves_of(self.book, terms)])

    def with_shifts(self, shifts: Exact) -> list[z3.BoolRef]:
        """That the job has so many shifts in a year."""
        self.everything()
        known = self._with_shifts.setdefault(shifts, {})
        for (slot, part), share in self.answers.numbers.items():
            if part is c.Part.SHARE and slot not in known:
                known[slot] = self.answers.numbers[slot, c.Part.VALUE] * WHOLE_SHARE == constant(shifts) * share
        return list(known.values())

    def one_way(self) -> list[z3.BoolRef]:
        """That the panel decides all that is left to it for the higher level, or all for the lower."""
        names = [effect.name for effect in self.left_to_panel()]
        return [self.answers.decision(name) == self.answers.decision(names[0]) for name in names[1:]]

    def left_to_panel(self) -> Iterator[m.LeavesToPanel]:
        """What the factor and its tools leave to the panel."""
        for rule in (*self.factor.rules, *(rule for tool in self.tools for rule in tool.rules)):
            if isinstance(rule.effect, m.LeavesToPanel):
                yield rule.effect

    def fewest_entries(self, *formulas: z3.BoolRef, answers: Sequence[Answers] = ()) -> z3.ModelRef | None:
        """A model with as few entries as can be had by leaving them out one after the other."""
        model = self.possible(*formulas, answers=answers)
        if model is None:
            return None
        absent: list[z3.BoolRef] = []
        for _, present in sorted(self.answers.presents.items(), key=lambda found: -found[0][1]):
            if true_in(model, present):
                fewer = self.possible(*formulas, *absent, z3.Not(present), answers=answers)
                if fewer is None:
                    continue
                model = fewer
            absent.append(z3.Not(present))
        return model

    def everything(self) -> None:
        """Make the variables of everything that the factor reads, so that a model answers all of it."""
        if not self._all_read:
            self._all_read = bool(self.at_least)
            for rule in self.rules:
                self.reading.rule(rule)

    # ── from a model to a job ────────────────────────────────────────────────────────────────────────────────────

    def conclusion(self, model: z3.ModelRef) -> Conclusion:
        """The job that a model of the solver describes, in bare values."""
        job: dict[Question, Value] = {}
        entries: dict[tuple[str, int], dict[Question, Value]] = {}
        for slot in self.slots():
            value = self.value(model, slot)
            if slot.question.record == JOB:
                job[slot.question] = value
            elif true_in(model, self.answers.present(slot.question.record, slot.entry)):
                entries.setdefault((slot.question.record, slot.entry), {})[slot.question] = value
        records: dict[str, list[Mapping[Question, Value]]] = {}
        for (record, _), values in sorted(entries.items(), key=lambda found: found[0]):
            records.setdefault(record, []).append(values)
        every = [*job.values(), *(value for found in entries.values() for value in found.values())]
        told = Told(job, records, shifts_of(every) or USUAL_SHIFTS)
        return Conclusion(told, self._decisions(model))

    def slots(self) -> list[Slot]:
        """Every answer that the solver has a variable for, in the order in which the factor reads them."""
        found = dict.fromkeys(slot for slot, _ in (*self.answers.numbers, *self.answers.picks))
        order = {question: place for place, question in enumerate(self.questions)}
        return sorted(found, key=lambda slot: (order.get(slot.question, 0), slot.entry))

    def value(self, model: z3.ModelRef, slot: Slot, answers: Answers | None = None) -> Value:
        """The answer that a model gives in a slot, of the job on the bench or of another."""
        form, of = slot.question.type.form, answers or self.answers

        def picked(name: str) -> bool:
            return true_in(model, of.pick(slot, name))

        if form is Form.YES_NO:
            return picked("yes")
        if form in {Form.ONE_OF, Form.ANY_OF}:
            return frozenset(name for name in slot.question.type.names if picked(name))
        number = fraction(model.eval(of.number(slot), model_completion=True))
        if slot.question.type.kind is Kind.FREQUENCY:
            share = fraction(model.eval(of.number(slot, c.Part.SHARE), model_completion=True))
            return number, share
        return number

    def _decisions(self, model: z3.ModelRef) -> dict[str, Decision]:
        found = {}
        for effect in self.left_to_panel():
            low, high = sorted((effect.low, effect.high), key=lambda position: position.level)
            higher = true_in(model, self.answers.decision(effect.name))
            found[effect.name] = Decision(high if higher else low, "for the sake of this example")
        return found

    # ── witnesses ────────────────────────────────────────────────────────────────────────────────────────────────

    def witness(self, found: Conclusion, shows: str, claim: Claim, *, book: m.RuleBook | None = None) -> Witness:
        """The job of a conclusion, with ordinary numbers where they show the same; confirmed by the evaluators.

        They evaluate ``book``, where it is given, in place of the one on the bench.
        """
        for one in (self.ordinary(found), found):
            job = self.job(one)
            confirmed = confirm(book or self.book, self.key, job, claim)
            if confirmed:
                return Witness(job, shows, confirmed)
        return Witness(self.job(found), shows)

    def job(self, found: Conclusion) -> Job:
        """The job of a conclusion."""
        return replace(write_job(self.book, found.told, "A job that shows it"), decisions=found.decisions)

    def ordinary(self, found: Conclusion) -> Conclusion:
        """The same with each number exchanged for the one that stands for its cell."""
        told = found.told

        def of(values: Mapping[Question, Value]) -> dict[Question, Value]:
            return {question: self.plain(question, value, told.shifts) for question, value in values.items()}

        records = {record: [of(entry) for entry in entries] for record, entries in told.records.items()}
        return replace(found, told=Told(of(told.job), records, told.shifts))

    def plain(self, question: Question, value: Value, shifts: Exact) -> Value:
        """The ordinary value that stands for the cell of this one."""
        if isinstance(value, bool | frozenset) or question not in self.axes:
            return value
        for cell in self.axes[question].cells:
            if isinstance(value, tuple):
                if cell.span and cell.share and inside(cell.span, value[0]) and inside(cell.share, value[1]):
                    return self._frequency(cell.span, cell.share, value, shifts)
            elif cell.span and inside(cell.span, value) and not isinstance(cell.value, bool | frozenset | tuple):
                return cell.value
        return value

    @staticmethod
    def _frequency(rate: Span, share: Span, value: tuple[Exact, Exact], shifts: Exact) -> Value:
        """A frequency in the same cell that people would name, with the shifts that the job has."""
        per_share = Fraction(shifts) / WHOLE_SHARE
        low = max(Fraction(rate.low), share.low * per_share)
        high = min(Fraction(rate.high), share.high * per_share, Fraction(shifts))
        for step in (52, 26, 12, 1):
            for number in range(-(-low // step) * step, int(high) + 1, step):
                found = exact(number / per_share)
                if inside(rate, number) and inside(share, found):
                    return number, found
        return value

    @cached_property
    def axes(self) -> Mapping[Question, Axis]:
        """The axis of every question that the factor reads, but of those that are compared with an open number.

        Queries cut nothing here, for they decide nothing.
        """
        found = {}
        deciding = self._leaves([rule for rule in self.rules if not isinstance(rule.effect, m.Asks)])
        for question in self.questions:
            try:
                found[question] = axis(question, deciding)
            except Open:
                continue
        return found
