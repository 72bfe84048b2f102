"""One factor by two rule books, side by side in the solver: which job comes to another level by the one than the other.

Both readings share the answers, question by question. A question that only one book asks is free for the other; so is
one that the two ask as different things (a length here, a choice there). Of choices, those that both books know can be
answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from itertools import combinations, product
from typing import Final

import z3

from jerules.engine.resolve import tools_for
from jerules.jobs.model import Decision, Job
from jerules.quantities.kinds import WHOLE_SHARE, Exact, Kind
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.questions import JOB, Choice, Form, Question
from jerules.rulebook.uses import conditions_of, leaves_of, terms_of
from jerules.verify.axes import USUAL_SHIFTS, Axis, Open, axis
from jerules.verify.bench import Bench, Conclusion, Undecided
from jerules.verify.entries import for_levels
from jerules.verify.fewer import fewest_answers
from jerules.verify.formulas import NO, any_of, constant, true_in
from jerules.verify.witness import Seen, Told, Value, look, write_job
from jerules.verify.worlds import Answers, Reading, Slot, soft_number

PATIENCE: Final = 6
"""So often may the solver fail to come to an end in a search for a job, or find one that is not confirmed."""
STARTS: Final = 3
"""From so many starts the solver looks for a job under each pattern of shifts."""


class Way(StrEnum):
    """In which direction a level changes from the old book to the new one."""

    HIGHER = "higher"
    LOWER = "lower"


@dataclass(frozen=True, slots=True)
class Moved:
    """A job that comes to another level: as the old book and as the new one has it answered, and what each comes to.

    The two jobs are the same but for questions that only one book asks. ``confirmed_by`` names the evaluators that
    found the same; it is empty when they do not all.
    """

    way: Way
    old: Job
    new: Job
    by_old: Seen
    by_new: Seen
    confirmed_by: tuple[str, ...]


def same_by_reading(old: m.RuleBook, new: m.RuleBook, key: str) -> bool:
    """Whether the two books say the same of a factor in all that moves its level, so that nothing is left to prove."""
    return _moving(old, key) == _moving(new, key)


def _moving(book: m.RuleBook, key: str) -> tuple[object, ...]:
    """Everything that the level of a factor turns on, without words, places and citations."""
    keys = (key, *tools_for(book, key))
    rules = [(of, rule) for of in keys for rule in _deciding(book.factors[of])]
    conditions = conditions_of(rule for _, rule in rules)
    leaves = list(leaves_of(book, conditions))
    return (
        frozenset((of, _bare(rule.effect), rule.condition) for of, rule in rules),
        frozenset((term, frozenset(one.condition for one in book.terms[term].definitions))
                  for term in terms_of(book, conditions)),
        frozenset((leaf.question.key, _shape(leaf.question)) for leaf in leaves),
    )  # fmt: skip


def _deciding(factor: m.FactorRules) -> list[m.Rule]:
    return [rule for rule in (*factor.rules, *factor.bars) if not isinstance(rule.effect, m.Asks)]


def _bare(effect: m.Effect) -> m.Effect:
    return replace(effect, asks="", help="") if isinstance(effect, m.LeavesToPanel) else effect


def _shape(question: Question) -> tuple[object, ...]:
    """What an answer can be, whatever its choices are called for a panel."""
    kind = question.type
    return kind.form, kind.kind, kind.per, kind.names


@dataclass
class Beside(Answers):
    """The answers of the same job under the other book; the decisions in ``apart`` are made anew there."""

    apart: frozenset[str] = field(default_factory=frozenset)

    def decision(self, name: str) -> z3.BoolRef:
        """Whether the panel decided for the higher of the two levels that the other book leaves to it."""
        if name not in self.apart:
            return super().decision(name)
        return self.free.setdefault(f"decides {name}", z3.Bool(f"{self.name} decides {name}"))


class _Other(Reading):
    """What the new book makes of the job: of its entries what the old one does, wherever no entry tells the two apart.

    Else the solver would have to find out anew of every sum over entries that both books add up the same ones.
    """

    def __init__(self, two: Two) -> None:
        super().__init__(two.new, two.new.factors[two.key], two.second)
        self.two = two

    def _some(self, some: c.Some, *, credited: bool) -> z3.BoolRef:
        known = self.two.reading.said(some, credited=credited)
        if known is not None and (some, credited) not in self._somes and self._told_alike(some, credited=credited):
            self._somes[some, credited] = known
        return super()._some(some, credited=credited)

    def _told_alike(self, some: c.Some, *, credited: bool) -> bool:
        """Whether an entry counts by one book whenever it does by the other; all entries are alike."""
        if any(leaf.question in self.two.apart for leaf in some.together):
            return False
        mine, others = (reading.meets(some, 0, credited=credited) for reading in (self.two.reading, self))
        try:
            return not self.two.can(z3.Xor(mine, others), answers=[self.answers])
        except Undecided:
            return False


class Two(Bench):
    """A factor by an old book and by a new one, on one bench."""

    def __init__(self, old: m.RuleBook, new: m.RuleBook, key: str, most: int = 0) -> None:
        self.beside = Bench(new, key, most=most)
        super().__init__(old, key, most=max(most, self.beside.most))
        self.new = new
        asked = list(self._asked_by_both())
        self.apart = frozenset(one for one, other in asked if not alike(one, other))
        self._share_choices([(one, other) for one, other in asked if one not in self.apart])
        changed = frozenset(Slot(question, entry) for question in self.apart for entry in range(self.most))
        self.second = Beside(new, self.most, self.answers, changed, "new", apart=self._decided_apart())
        self.other = _Other(self)

    @cached_property
    def wider(self) -> Two:
        """The same with as many entries as it takes to come to a level by one book and miss it by the other."""
        factors = [(one.book, one.factor, one.tools) for one in (self, self.beside)]
        most = for_levels(factors, reached=1, missed=1)
        return Two(self.book, self.new, self.key, most) if most > max(self.most, self.needed) else self

    def _asked_by_both(self) -> Iterator[tuple[Question, Question]]:
        for record in self.book.records.values():
            for one in record.questions:
                other = self.new.question(one.key)
                if other is not None:
                    yield one, other

    def _share_choices(self, asked: Sequence[tuple[Question, Question]]) -> None:
        """Let a choice that only one book knows be chosen by no job, for the other could not be asked of it."""
        for one, other in asked:
            known, names = set(one.type.names), set(other.type.names)
            if known == names:
                continue
            more = tuple(Choice(name, name) for name in other.type.names if name not in known)
            both = replace(one, type=replace(one.type, choices=(*one.type.choices, *more)))
            for entry in range(1 if one.record == JOB else self.most):
                slot = Slot(both, entry)
                self.answers.domain += [z3.Not(self.answers.pick(slot, name)) for name in sorted(known ^ names)]

    def _decided_apart(self) -> frozenset[str]:
        """The decisions that the two books leave between different levels."""
        mine, others = (
            {one.name: {one.low, one.high} for one in bench.left_to_panel()} for bench in (self, self.beside)
        )
        return frozenset(name for name in mine.keys() & others.keys() if mine[name] != others[name])

    @cached_property
    def leaves(self) -> tuple[c.Leaf, ...]:
        """Every leaf that decides about the factor by either book."""
        return tuple(dict.fromkeys((*self._leaves(self.rules), *self.beside.leaves)))

    @cached_property
    def axes(self) -> Mapping[Question, Axis]:
        """The axis of every question, cut where either book cuts it."""
        found = {}
        leaves = [*_leaves_deciding(self), *_leaves_deciding(self.beside)]
        for question in self.questions:
            if question not in self.apart:
                try:
                    found[question] = axis(question, leaves)
                except Open:
                    continue
        return found

    # ── asking ───────────────────────────────────────────────────────────────────────────────────────────────────

    def moved(self, way: Way) -> Moved | None:
        """A job whose level the new book moves that way, with as few entries as can be; or nothing: there is none.

        Jobs about which neither book leaves anything open are tried first, then those of which one of them does.

        Raises:
            Undecided: the solver did not come to an end in time, or no pattern of shifts that was tried fits.
        """
        self.everything()
        formula = self._moves(way)
        if not self.can(formula, *self.judged_alike, answers=[self.second]):
            return None
        found = None
        by_old = self._closed(self._leaves(self.rules), self.answers)
        by_new = self._closed(self.beside.leaves, self.second)
        for closed in ([*by_old, *by_new], by_old, by_new, []):
            found = self._tried([formula, *self.judged_alike, *closed], way) or found
            if found and found.confirmed_by:
                return found
        if found is None:
            raise Undecided
        return found

    def _tried(self, formulas: Sequence[z3.BoolRef], way: Way) -> Moved | None:
        """The first job that some pattern of shifts allows and the evaluators confirm, else the first at all.

        What the solver cannot say at once is passed over. Another start may lead it to another job, for where numbers
        are left open the evaluators confirm some jobs and leave others open.
        """
        patience = PATIENCE
        first: Moved | None = None
        try:
            patterns = self._patterns() if self.can(*formulas, answers=[self.second]) else ()
        except Undecided:
            return None
        for pattern, start in product(patterns, range(STARTS)):
            self.start_from(start)
            try:
                model = self.fewest_entries(*formulas, *pattern, answers=[self.second])
            except Undecided:
                patience -= 1
                if not patience:
                    return first
                continue
            if model is not None:
                found = self._shown(model, way)
                first = first or found
                if found.confirmed_by:
                    return found
                patience -= 1
                if not patience:
                    return first
        return first

    def _moves(self, way: Way) -> z3.BoolRef:
        old, new = self.at_least, self.new_at_least
        below, above = (old, new) if way is Way.HIGHER else (new, old)
        return any_of(z3.And(above.get(at, NO), z3.Not(below.get(at, NO))) for at in sorted({*old, *new}))

    @cached_property
    def new_at_least(self) -> Mapping[int, z3.BoolRef]:
        """For each level, whether the factor comes to it or a higher one by the new book."""
        return self.other.at_least()

    def everything(self) -> None:
        """Make the variables of everything that the factor reads by either book."""
        super().everything()
        _ = self.new_at_least
        for rule in self.beside.rules:
            self.other.rule(rule)

    def with_shifts(self, shifts: Exact) -> list[z3.BoolRef]:
        """That the job has so many shifts in a year, whichever book asks."""
        found = super().with_shifts(shifts)
        for (slot, part), rate in self.second.numbers.items():
            if part is c.Part.VALUE and slot.question.type.kind is Kind.FREQUENCY:
                found.append(rate * WHOLE_SHARE == constant(shifts) * self.second.numbers[slot, c.Part.SHARE])
        return found

    @cached_property
    def judged_alike(self) -> list[z3.BoolRef]:
        """That what the guidance leaves open is taken alike by both books.

        What may fall on the same shifts does so alike: of more entries it never comes to less. And a panel that takes
        one soft number for a little more than it says takes another one of that question for as much more.
        """
        found = self._soft_alike()
        for question, meeting, come_to in self.answers.unions:
            for other, met, comes_to in self.second.unions:
                if other != question or question in self.apart:
                    continue
                for fewer, more, less, much in ((meeting, met, come_to, comes_to), (met, meeting, comes_to, come_to)):
                    within = z3.And(*[z3.Implies(one, two) for one, two in zip(fewer, more, strict=True)])
                    found += [z3.Implies(within, less[part] <= much[part]) for part in less]
        return found

    def _soft_alike(self) -> list[z3.BoolRef]:
        soft = {
            (leaf.question, leaf.part, leaf.bound.text): leaf
            for leaf in self.leaves
            if isinstance(leaf, c.Compare) and leaf.bound.soft and leaf.question not in self.apart
        }
        found = []
        for one, other in combinations(soft.values(), 2):
            if (one.question, one.part) == (other.question, other.part):
                mine, others = (self.answers.free[soft_number(leaf)] for leaf in (one, other))
                found.append(mine * constant(other.bound.value or 0) == others * constant(one.bound.value or 0))
        return found

    def _patterns(self) -> Iterator[list[z3.BoolRef]]:
        """The patterns of shifts that a job is tried with: the usual one first, and with whole numbers of shifts."""
        whole = [
            rate == z3.ToReal(z3.FreshInt())
            for (slot, part), rate in (*self.answers.numbers.items(), *self.second.numbers.items())
            if part is c.Part.VALUE and slot.question.type.kind is Kind.FREQUENCY
        ]
        yield [*self.with_shifts(USUAL_SHIFTS), *whole]
        if whole:
            yield from map(self.with_shifts, self.patterns)

    def _closed(self, leaves: Iterable[c.Leaf], answers: Answers) -> list[z3.BoolRef]:
        """That a job leaves a book nothing to judge: no answer is near a soft number, nothing may overlap."""
        found = [z3.AtMost(*meeting, 1) for _, meeting, _ in answers.unions]
        for leaf in leaves:
            if isinstance(leaf, c.Compare) and leaf.bound.soft:
                low, high = map(constant, leaf.bound.soft)
                found += [
                    z3.Or(number <= low, number >= high)
                    for (slot, part), number in (*self.answers.numbers.items(), *self.second.numbers.items())
                    if slot.question == leaf.question and part is leaf.part
                ]
        return found

    # ── from a model to the two jobs ─────────────────────────────────────────────────────────────────────────────

    def _shown(self, model: z3.ModelRef, way: Way) -> Moved:
        found = self.conclusion(model)
        others = {slot: self.value(model, slot, self.second) for slot in self._slots_apart()}
        decided = self._decided(model)
        shown = [self._looked(one, others, decided, way) for one in (self.ordinary(found), found)]
        return next((one for one in shown if one.confirmed_by), shown[-1])

    def _slots_apart(self) -> list[Slot]:
        return list(dict.fromkeys(slot for slot, _ in (*self.second.numbers, *self.second.picks)))

    def _decided(self, model: z3.ModelRef) -> dict[str, Decision]:
        found = {}
        for effect in self.beside.left_to_panel():
            low, high = sorted((effect.low, effect.high), key=lambda position: position.level)
            higher = true_in(model, self.second.decision(effect.name))
            found[effect.name] = Decision(high if higher else low, "for the sake of this example")
        return found

    def _looked(
        self, found: Conclusion, others: Mapping[Slot, Value], decided: Mapping[str, Decision], way: Way
    ) -> Moved:
        title = f"A job that comes to a {way} level"
        first = write_job(self.book, _known_to(self.book, found.told, {}), title)
        second = write_job(self.new, _known_to(self.new, found.told, others), title)
        jobs = replace(first, decisions=found.decisions), replace(second, decisions=decided)
        stands = self._stands(jobs)
        if all(low == high for low, high in stands):  # else a missing answer would only make more of it open
            jobs = fewest_answers(jobs, lambda fewer: self._stands(fewer) == stands)
        return self._seen(jobs, way)

    def _stands(self, jobs: tuple[Job, Job]) -> list[tuple[int, int]]:
        """Both ends of what is possible, by the old book and by the new one."""
        books = ((self.book, jobs[0]), (self.new, jobs[1]))
        return [_span(next(look(book, self.key, job))[1]) for book, job in books]

    def _seen(self, jobs: tuple[Job, Job], way: Way) -> Moved:
        seen = list(zip(look(self.book, self.key, jobs[0]), look(self.new, self.key, jobs[1]), strict=True))
        confirmed = all(_is_moved(way, one, other) for (_, one), (_, other) in seen)
        (_, by_old), (_, by_new) = seen[0]
        return Moved(way, *jobs, by_old, by_new, tuple(name for (name, _), _ in seen) if confirmed else ())


def alike(one: Question, other: Question) -> bool:
    """Whether two books ask for the same sort of thing, so that one answer serves both."""
    if one.type.form is Form.SCALE and one.type.names != other.type.names:
        return False
    return _shape(one)[:3] == _shape(other)[:3]


def _leaves_deciding(bench: Bench) -> list[c.Leaf]:
    """The leaves of all that moves the level; queries cut nothing."""
    keys = (bench.key, *tools_for(bench.book, bench.key))
    rules = [rule for key in keys for rule in _deciding(bench.book.factors[key])]
    return list(leaves_of(bench.book, conditions_of(rules)))


def _known_to(book: m.RuleBook, told: Told, others: Mapping[Slot, Value]) -> Told:
    """A job in bare values with the answers that a book asks for, and with ``others`` in place of the rest."""

    def of(values: Mapping[Question, Value], record: str, entry: int) -> dict[Question, Value]:
        found = {}
        for question, value in values.items():
            mine = book.question(question.key)
            if mine is not None:
                found[mine] = others.get(Slot(mine, entry), value)
        for slot, value in others.items():
            if slot.question.record == record and slot.entry == entry:
                found[slot.question] = value
        return found

    records = {
        record: [of(entry, record, number) for number, entry in enumerate(entries)]
        for record, entries in told.records.items()
        if record in book.records
    }
    return Told(of(told.job, JOB, 0), records, told.shifts)


def _span(seen: Seen) -> tuple[int, int]:
    return seen.standing.lowest.level or 0, seen.standing.highest.level or 0


def _is_moved(way: Way, old: Seen, new: Seen) -> bool:
    """Whether an end of what is possible lies that way."""
    before, after = _span(old), _span(new)
    if way is Way.LOWER:
        before, after = after, before
    return any(one < other for one, other in zip(before, after, strict=True))
