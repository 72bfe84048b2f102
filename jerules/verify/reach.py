"""The nearest change: which answers would have to be different for a factor to come to a level, the fewest first.

The solver proposes; every proposal is made to the job and evaluated before anybody is told of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, TypeAlias

import z3

from jerules.jobs.model import Answer, Decision, Entry, Job
from jerules.quantities.kinds import UNBOUNDED, Exact, Measure
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.questions import JOB, Form, Question
from jerules.rulebook.uses import conditions_of
from jerules.verify.axes import USUAL_SHIFTS, Span, inside
from jerules.verify.bench import Bench, Undecided
from jerules.verify.formulas import any_of, constant, true_in
from jerules.verify.regions import span_in_words
from jerules.verify.undisturbed import undisturbed
from jerules.verify.witness import Value, answer, look
from jerules.verify.worlds import Slot

WAYS: Final = 5
"""So many ways are shown at most."""
MOST_CHANGES: Final = 6
"""A way that needs more changes than this is not looked for."""
OTHER_WORK: Final = 2
"""To be another sort of thing, or to be gone, counts as so many changes."""
NEW_ENTRY: Final = 3
"""A duty that the job does not have counts as so many changes."""

Name: TypeAlias = str | Slot | tuple[str, int]
"""What can change: a decision of the panel, an answer, or whether there is an entry of a record."""


@dataclass(frozen=True, slots=True)
class Change:
    """One answer that would be different.

    ``entry`` is the entry that it belongs to (None: of the job, or a new one), ``was`` the present answer, or empty
    where there is none; ``becomes`` what it would have to be, a stretch where any number of it will do. A change
    without a question is a decision of the panel, or (``record`` alone) a new entry.
    """

    record: str
    entry: Entry | None
    question: Question | None
    was: str
    becomes: str


@dataclass(frozen=True, slots=True)
class Way:
    """Changes that together bring the factor to the level; ``job`` is the job with them, which was evaluated."""

    changes: tuple[Change, ...]
    job: Job
    confirmed_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ways:
    """Every way that was found, the fewest changes first.

    ``exhausted`` says that there is no other of at most ``MOST_CHANGES`` changes; ``impossible`` that no job at all
    comes to that level; ``undecided`` that the solver did not come to an end in the time it has.
    """

    ways: tuple[Way, ...]
    exhausted: bool
    impossible: bool
    undecided: bool = False


@undisturbed()
def reach(book: m.RuleBook, job: Job, key: str, level: int) -> Ways:
    """The ways in which a job's factor would come to a level, which may be above or below where it stands."""
    return _Search(book, job, key, level).ways()


class _Search:
    def __init__(self, book: m.RuleBook, job: Job, key: str, level: int) -> None:
        self.book, self.key, self.level = book, key, level
        self.job = job
        most = max([1, *(len(entries) for entries in job.records.values())])
        self.bench = Bench(book, key, most=most + 1)
        self.bench.everything()
        self.wanted = [self.bench.at_least[level]]
        if level + 1 in self.bench.at_least:
            self.wanted.append(z3.Not(self.bench.at_least[level + 1]))

    # ── the search ───────────────────────────────────────────────────────────────────────────────────────────────

    def ways(self) -> Ways:
        found: list[Way] = []
        try:
            if not self.bench.can(*self.wanted):
                return Ways((), exhausted=True, impossible=True)
            exhausted = self._search(found)
        except Undecided:
            return Ways(tuple(found), exhausted=False, impossible=False, undecided=True)
        found.sort(key=lambda way: len(way.changes))
        return Ways(tuple(found), exhausted=exhausted, impossible=False)

    def _search(self, found: list[Way]) -> bool:
        """Put every way into ``found``, the fewest changes first; gives whether there are no more."""
        blocked: list[z3.BoolRef] = []
        for cost in range(1, MOST_CHANGES + 1):
            while True:
                limit = z3.PbLe([(changed, weight) for changed, weight in self.changed.values()], cost)
                model = self.bench.possible(*self.wanted, *self.fixed, *blocked, limit)
                if model is None:
                    break
                names = [name for name, (changed, _) in self.changed.items() if true_in(model, changed)]
                blocked.append(z3.Not(z3.And(*[self.changed[name][0] for name in names])))
                way = self._way(names, model)
                if way is not None:
                    found.append(way)
                if len(found) == WAYS:
                    return False
        return True

    @cached_property
    def changed(self) -> Mapping[Name, tuple[z3.BoolRef, int]]:
        """For each thing that could change whether it does, and how many changes it counts as."""
        answers = self.bench.answers
        found: dict[Name, tuple[z3.BoolRef, int]] = {}
        for slot in self.slots:
            if self._there(slot):
                found[slot] = (self._differs(slot), self._weight(slot))
        for (record, entry), present in answers.presents.items():
            there = entry < len(self.job.records.get(record) or ())
            found[record, entry] = (z3.Not(present) if there else present, OTHER_WORK if there else NEW_ENTRY)
        for effect in self.bench.left_to_panel():
            decided = self.job.decisions.get(effect.name)
            high = max(effect.low.level, effect.high.level)
            now = decided is not None and decided.position.level == high
            decision = answers.decision(effect.name)
            found[effect.name] = (z3.Not(decision) if now else decision, 1)
        return found

    def _weight(self, slot: Slot) -> int:
        """A number, or what is not known yet, is one change; another sort of thing altogether is more."""
        known = self._now(slot) is not None
        return OTHER_WORK if known and slot.question.type.form is Form.ONE_OF and slot.question.record != JOB else 1

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """Every answer that the factor reads."""
        return tuple(self.bench.slots())

    @cached_property
    def fixed(self) -> tuple[z3.BoolRef, ...]:
        """That the job keeps its hours."""
        return tuple(self.bench.with_shifts(self.shifts))

    @cached_property
    def shifts(self) -> Exact:
        """The shifts in a year that the job has, or the usual ones where nobody has said."""
        return self.job.hours.shifts_in_year(self.book.scheme.calendar) or USUAL_SHIFTS

    def _entry(self, slot: Slot) -> Entry | None:
        if slot.question.record == JOB:
            return self.job.facts
        entries = self.job.records.get(slot.question.record) or ()
        return entries[slot.entry] if slot.entry < len(entries) else None

    def _there(self, slot: Slot) -> bool:
        return self._entry(slot) is not None

    def _now(self, slot: Slot) -> Answer | None:
        entry = self._entry(slot)
        return entry.answers.get(slot.question.name) if entry else None

    def _differs(self, slot: Slot) -> z3.BoolRef:
        """Whether the answer is another one than the job's; an unknown one, once it is given, always is."""
        now = self._now(slot)
        answers = self.bench.answers
        if now is None:
            return z3.Bool(f"said {slot.question.key} {slot.entry}")
        value = now.value
        if isinstance(value, bool):
            said = answers.pick(slot, "yes")
            return z3.Not(said) if value else said
        if isinstance(value, Measure):
            number = answers.number(slot)
            inside_ = z3.And(number >= constant(value.interval.low), number <= constant(value.interval.high))
            return z3.Not(inside_)
        if slot.question.type.form is Form.SCALE and isinstance(value, frozenset):
            ranks = [slot.question.type.names.index(name) for name in value]
            return z3.Not(any_of(answers.number(slot) == rank for rank in ranks))
        names = value if isinstance(value, frozenset) else frozenset[str]()
        return any_of(
            z3.Not(answers.pick(slot, name)) if name in names else answers.pick(slot, name)
            for name in slot.question.type.names
        )

    # ── from a model to a way ────────────────────────────────────────────────────────────────────────────────────

    def _way(self, names: Sequence[Name], model: z3.ModelRef) -> Way | None:
        """The job with these changes, as little of them as will do; nothing where no evaluator comes to the level."""
        found = {slot: self.bench.value(model, slot) for slot in self._spoken(names)}
        decided = dict(self._decisions(names, model))
        for values in ({slot: self._nearest(slot, value) for slot, value in found.items()}, found):
            if self._settled(self._made(names, values, decided)):
                needed, decided = self._least(names, values, decided)
                job = self._made(names, needed, decided)
                return Way(tuple(self._told(names, needed, decided)), job, self._settled(job))
        return None

    def _least(
        self, names: Sequence[Name], values: dict[Slot, Value], decided: dict[str, Decision]
    ) -> tuple[dict[Slot, Value], dict[str, Decision]]:
        """What of these answers and decisions is needed for the level, when the rest is left as it is."""
        for slot in list(values):
            fewer = {one: value for one, value in values.items() if one != slot}
            if self._settled(self._made(names, fewer, decided)):
                values = fewer
        for name in list(decided):
            less = {one: decision for one, decision in decided.items() if one != name}
            if self._settled(self._made(names, values, less)):
                decided = less
        return values, decided

    def _spoken(self, names: Sequence[Name]) -> list[Slot]:
        """The answers that a way speaks of: what changes, what is not known yet, and everything of a new entry."""
        return [
            slot
            for slot in self.slots
            if slot in names or (self._now(slot) is None and (self._there(slot) or self._new(slot) in names))
        ]

    @staticmethod
    def _new(slot: Slot) -> tuple[str, int]:
        return (slot.question.record, slot.entry)

    def _nearest(self, slot: Slot, value: Value) -> Value:
        """An ordinary number in the same cell, the nearest to the present answer."""
        now = self._now(slot)
        span = self.span(slot, value)
        if span is None or isinstance(value, bool | frozenset | tuple):
            return self.bench.plain(slot.question, value, self.shifts)
        if now is None or not isinstance(now.value, Measure):
            return span.middle
        below = now.value.interval.high < span.low
        end, closed = (span.low, span.low_in) if below else (span.high, span.high_in)
        return end if closed and end < UNBOUNDED else span.middle

    def span(self, slot: Slot, value: Value) -> Span | None:
        """The stretch in which no rule tells a number from this one."""
        if isinstance(value, bool | frozenset):
            return None
        number = value[0] if isinstance(value, tuple) else value
        axis = self.bench.axes.get(slot.question)
        return (
            next((cell.span for cell in axis.cells if cell.span and inside(cell.span, number)), None) if axis else None
        )

    def _made(self, names: Sequence[Name], slots: Mapping[Slot, Value], decided: Mapping[str, Decision]) -> Job:
        calendar = self.book.scheme.calendar
        said: dict[tuple[str, int], dict[str, Answer]] = {}
        for slot, value in slots.items():
            said.setdefault((slot.question.record, slot.entry), {})[slot.question.name] = answer(
                slot.question, value, calendar
            )
        facts = replace(self.job.facts, answers={**self.job.facts.answers, **said.get((JOB, 0), {})})
        records = {record: list(entries) for record, entries in self.job.records.items()}
        for record, entries in records.items():
            for number, one in enumerate(entries):
                entries[number] = replace(one, answers={**one.answers, **said.get((record, number), {})})
        gone = [name for name in names if isinstance(name, tuple) and name[1] < len(records.get(name[0], ()))]
        for record, number in sorted(gone, reverse=True):
            del records[record][number]
        for name in names:
            if isinstance(name, tuple) and name not in gone:
                entries = records.setdefault(name[0], [])
                entries.append(Entry(name[0], len(entries) + 1, "a new entry", said.get(name, {})))
        decisions = {**self.job.decisions, **decided}
        made = {record: tuple(entries) for record, entries in records.items()}
        return replace(self.job, facts=facts, records=made, decisions=decisions)

    def _decisions(self, names: Sequence[Name], model: z3.ModelRef) -> Iterator[tuple[str, Decision]]:
        """What the panel would have to decide: what it has not decided yet, and what it would decide otherwise."""
        for effect in self.bench.left_to_panel():
            if effect.name in names or effect.name not in self.job.decisions:
                low, high = sorted((effect.low, effect.high), key=lambda position: position.level)
                higher = true_in(model, self.bench.answers.decision(effect.name))
                yield effect.name, Decision(high if higher else low, "for the sake of this question")

    def _settled(self, job: Job) -> tuple[str, ...]:
        found = list(look(self.book, self.key, job))
        good = all(seen.standing.settled and seen.standing.lowest.level == self.level for _, seen in found)
        return tuple(name for name, _ in found) if good else ()

    def _told(
        self, names: Sequence[Name], slots: Mapping[Slot, Value], decided: Mapping[str, Decision]
    ) -> Iterator[Change]:
        for name in names:
            if isinstance(name, tuple):
                there = name[1] < len(self.job.records.get(name[0]) or ())
                entry = self.job.records[name[0]][name[1]] if there else None
                yield Change(name[0], entry, None, "there" if there else "", "not there" if there else "a new entry")
        for slot, value in slots.items():
            said = self._now(slot)
            entry = None if slot.question.record == JOB else self._entry(slot)
            yield Change(
                slot.question.record, entry, slot.question, said.written if said else "", self._words(slot, value)
            )
        for name, decision in decided.items():
            now = self.job.decisions.get(name)
            yield Change(name, None, None, str(now.position) if now else "", str(decision.position))

    def _words(self, slot: Slot, value: Value) -> str:
        """What an answer would have to be; where entries add up, an example of it, for others would share in it."""
        calendar = self.book.scheme.calendar
        said = answer(slot.question, value, calendar).written
        if isinstance(value, bool | frozenset):
            return " + ".join(slot.question.type.label(name) for name in said.split(" + "))
        span = self.span(slot, value)
        if span is None or isinstance(value, tuple) or slot.question in self.adding_up:
            return f"for example {said}"
        return span_in_words(span, slot.question, calendar)

    @cached_property
    def adding_up(self) -> frozenset[Question]:
        """The questions whose answers are taken together over several entries."""
        conditions = conditions_of(self.bench.rules)
        return frozenset(
            leaf.question
            for condition in conditions
            for part in c.walk(condition)
            if isinstance(part, c.Some)
            for leaf in part.together
        )
