"""Proof trees: a condition gone through step by step, with what was met at each.

A tree is built when somebody asks for it, from the same rule book and answers that the evaluators read, and its truth
must be theirs. `explain.pruning` keeps of a tree only what its conclusion needs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from jerules.engine import credit
from jerules.engine.facts import UNANSWERED, Facts, Slots, mask, slot
from jerules.engine.reference.evaluator import overlaps
from jerules.engine.truth import NO, UNKNOWN, YES, Truth, compare
from jerules.faults import Place
from jerules.jobs.model import Answer, Entry, Job
from jerules.quantities.kinds import WHOLE_SHARE, Exact, Kind
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.once import once_per_book
from jerules.rulebook.questions import JOB


@dataclass(frozen=True, slots=True)
class OfEntry:
    """A step about one entry: its evidence may be credited (no bar), and it meets the condition."""

    entry: Entry


@dataclass(frozen=True, slots=True)
class NotAsked:
    """A record about which the job says nothing."""

    record: str


@dataclass(frozen=True, slots=True)
class Barred:
    """A bar that does not keep an entry's evidence out (when it holds, it does)."""

    rule: m.Rule


@dataclass(frozen=True, slots=True)
class AddedUp:
    """What several entries come to together, from ``low`` to ``high`` in the base unit, compared with a bound.

    ``parts`` holds the least and the most that each entry may add, in the order of the entries beside it.
    """

    compare: c.Compare
    low: Exact
    high: Exact
    parts: tuple[tuple[Exact, Exact], ...] = ()


Subject = c.Condition | m.Rule | m.Definition | OfEntry | NotAsked | Barred | AddedUp


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what was looked at, how it came out, and the steps below it.

    Leaves are comparisons, choices, yes-or-no questions, records that were not asked, and sums over entries. A leaf
    knows the ``entry`` (None: the job) and the ``answer`` (None: not answered) it rests on.
    """

    subject: Subject
    truth: Truth
    children: tuple[Step, ...] = ()
    entry: Entry | None = field(default=None, compare=False)
    answer: Answer | None = None

    @property
    def leaf(self) -> bool:
        """Whether the step rests on an answer and on nothing below it."""
        return isinstance(self.subject, c.Compare | c.Chosen | c.IsYes | NotAsked | AddedUp)


At = tuple[str, int] | None
"""The record and the index of the entry that a condition speaks of; None: of the job."""


@dataclass(frozen=True, slots=True)
class Weigher:
    """Goes through the rules of one factor for one job, step by step; what was gone through once is kept."""

    book: m.RuleBook
    job: Job
    facts: Facts
    factor: m.FactorRules
    target: str | None = None
    _kept: dict[tuple[object, ...], Step] = field(default_factory=dict, repr=False, compare=False)

    def rule(self, rule: m.Rule) -> Step:
        """The whole tree of a rule with a condition that speaks of the job."""
        if rule.condition is None:
            return Step(rule, UNKNOWN)
        found = self._kept.get((rule.id,))
        if found is None:
            inner = self.condition(rule.condition, None, credited=credit.credited(rule))
            found = self._kept[rule.id,] = Step(rule, inner.truth, (inner,))
        return found

    def entry_rule(self, rule: m.Rule, record: str, index: int) -> Step:
        """The tree of a bar or a carry for one entry."""
        inner = self.condition(rule.condition, (record, index), credited=False) if rule.condition else None
        return Step(rule, inner.truth if inner else YES, (inner,) if inner else ())

    def term(self, key: c.TermKey, at: At) -> Step:
        """The tree of a term; ``at`` is the record and index of the entry it speaks of."""
        return self._term(c.Holds(key, Place("", 1, 1, 1, 1)), key, at, credited=False)

    def condition(self, condition: c.Condition, at: At, *, credited: bool) -> Step:
        """The tree of a condition; ``at`` is the record and index of the entry it speaks of."""
        # The book holds its conditions as long as this lives, so one of them is known by its identity.
        key = (id(condition), at, credited)
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = self._weigh(condition, at, credited=credited)
        return found

    def _weigh(self, condition: c.Condition, at: At, *, credited: bool) -> Step:  # noqa: PLR0911 - one a case
        match condition:
            case c.Compare() | c.Chosen() | c.IsYes():
                return self._leaf(condition, at)
            case c.Holds(term=key):
                return self._term(condition, key, at, credited=credited)
            case c.Some():
                return self._some(condition, credited=credited)
            case c.Not(part=part):
                step = self.condition(part, at, credited=credited)
                return Step(condition, YES - step.truth, (step,))
        steps = tuple([self.condition(part, at, credited=credited) for part in condition.parts])
        truths = [step.truth for step in steps]
        match condition:
            case c.All():
                return Step(condition, min(truths), steps)
            case c.AnyOf():
                return Step(condition, max(truths), steps)
        return Step(condition, at_least(condition.number, truths), steps)

    def _term(self, condition: c.Holds, key: c.TermKey, at: At, *, credited: bool) -> Step:
        at = at if key.record else None
        kept = (key, at, credited)
        found = self._kept.get(kept)
        if found is None:
            steps = []
            for definition in self.book.terms[key].definitions:
                inner = self.condition(definition.condition, at, credited=credited)
                steps.append(Step(definition, inner.truth, (inner,)))
            found = Step(condition, max((step.truth for step in steps), default=NO), tuple(steps))
            self._kept[kept] = found
        return found

    def _leaf(self, leaf: c.Leaf, at: At) -> Step:
        if at is None or leaf.question.record == JOB:
            entry, slots = self.job.facts, self.facts.job
        else:
            record, index = at
            entry, slots = self.job.records[record][index], (self.facts.records[record] or ())[index]
        return Step(leaf, leaf_truth(self.book, leaf, slots), (), entry, entry.answers.get(leaf.question.name))

    # ── records ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _some(self, some: c.Some, *, credited: bool) -> Step:
        entries = self.facts.records.get(some.record)
        if entries is None:
            return Step(some, UNKNOWN, (Step(NotAsked(some.record), UNKNOWN),))
        steps = tuple([self._entry(some, index, credited=credited) for index in range(len(entries))])
        truth = at_least(some.number, [step.truth for step in steps])
        if not some.together:
            return Step(some, truth, steps)
        truths = [step.truth for step in steps]
        sums = tuple([self._added_up(compared, truths, entries) for compared in some.together])
        return Step(some, min((truth, *(step.truth for step in sums))), (*steps, *sums))

    def _entry(self, some: c.Some, index: int, *, credited: bool) -> Step:
        at = (some.record, index)
        entry = self.job.records[some.record][index]
        met = self.condition(some.condition, at, credited=False)
        steps = (met, *self._bars(at), *self._carried(at)) if credited else (met,)
        return Step(OfEntry(entry), min(step.truth for step in steps), steps, entry)

    def _bars(self, at: tuple[str, int]) -> list[Step]:
        steps = []
        for rule in credit.bars_on(self.factor, at[0]):
            bar = self.entry_rule(rule, *at)
            steps.append(Step(Barred(rule), YES - bar.truth, (bar,), self.job.records[at[0]][at[1]]))
        return steps

    def _carried(self, at: tuple[str, int]) -> list[Step]:
        if self.target is None:
            return []
        into = [r for record, factor, r in credit.carries(self.factor) if (record, factor) == (at[0], self.target)]
        steps = tuple(self.entry_rule(rule, *at) for rule in into)
        place = self.factor.rules[0].source.place
        return [Step(c.AnyOf((), place), max((step.truth for step in steps), default=NO), steps)]

    def _added_up(self, compared: c.Compare, met: list[Truth], entries: tuple[Slots, ...]) -> Step:
        first = slot(self.book.records[compared.question.record], compared.question, compared.part)
        parts = tuple((row[first], row[first + 1]) for row in entries)
        low, high = come_to(compared, met, parts)
        return Step(AddedUp(compared, low, high, parts), compare(compared.op, low, high, compared.bound))


def come_to(compared: c.Compare, met: Sequence[Truth], parts: Sequence[tuple[Exact, Exact]]) -> tuple[Exact, Exact]:
    """The least and the most that entries come to, of which some are counted (YES) and some may be (UNKNOWN).

    Where none is sure to be counted at least one has to be, or there is nothing to add up: the least of them is then
    the least.
    """
    lows = [low for (low, _), truth in zip(parts, met, strict=True) if truth == YES]
    if not lows:
        lows = sorted(low for (low, _), truth in zip(parts, met, strict=True) if truth == UNKNOWN)[:1]
    high: Exact = sum((high for (_, high), truth in zip(parts, met, strict=True) if truth), start=0)
    low: Exact = max(lows, default=0) if overlaps(compared.question) else sum(lows, start=0)
    if compared.part is c.Part.SHARE or compared.bound.kind is Kind.SHARE:
        high = min(high, WHOLE_SHARE)
    return low, high


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where the answers of a book's questions lie, and the bits of the choices that its conditions name."""

    first: Mapping[tuple[str, str, c.Part], int]
    bits: dict[int, int]


@once_per_book
def _layout(book: m.RuleBook) -> _Layout:
    first = {
        (record.name, question.name, part): slot(record, question, part)
        for record in book.records.values()
        for question in record.questions
        for part in c.Part
    }
    return _Layout(first, {})


def leaf_truth(book: m.RuleBook, leaf: c.Leaf, slots: Slots) -> Truth:
    """How one comparison or choice comes out on the slots of the entry it speaks of."""
    layout = _layout(book)
    question = leaf.question
    if isinstance(leaf, c.Compare):
        first = layout.first[question.record, question.name, leaf.part]
        return compare(leaf.op, slots[first], slots[first + 1], leaf.bound)
    value = int(slots[layout.first[question.record, question.name, c.Part.VALUE]])
    if isinstance(leaf, c.IsYes):
        return value
    if value == UNANSWERED:
        return UNKNOWN
    bits = layout.bits.get(id(leaf))  # the book holds its conditions as long as this is kept
    if bits is None:
        bits = layout.bits[id(leaf)] = mask(question.type, leaf.values)
    return YES if value & bits else NO


def at_least(number: int, truths: Sequence[Truth]) -> Truth:
    """Whether so many of them hold."""
    if truths.count(YES) >= number:
        return YES
    return UNKNOWN if len(truths) - truths.count(NO) >= number else NO


def assumed(step: Step) -> bool:
    """Whether a step rests on an interpretation."""
    return any(isinstance(s.subject, m.Definition | m.Rule) and s.subject.source.interpretation for s in steps(step))


def steps(step: Step) -> Iterator[Step]:
    """A step and all below it."""
    yield step
    for child in step.children:
        yield from steps(child)


def leaves(step: Step) -> Iterator[Step]:
    """The leaves of a tree, from left to right."""
    return (found for found in steps(step) if found.leaf)


def interpretations(step: Step) -> tuple[str, ...]:
    """The interpretations that a tree rests on, in the order in which they come up."""
    found = (s.subject.source.interpretation for s in steps(step) if isinstance(s.subject, m.Definition | m.Rule))
    return tuple(dict.fromkeys(name for name in found if name))
