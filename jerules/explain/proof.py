"""Proof trees: a condition gone through step by step, with what was met at each.

A tree is built when somebody asks for it, from the same rule book and answers that the evaluators read, and its truth
must be theirs. ``prune`` keeps of a tree only what the conclusion needs: drop any leaf of it and the conclusion no longer
follows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from jerules.engine import credit
from jerules.engine.facts import UNANSWERED, Facts, Slots, mask, slot
from jerules.engine.reference.evaluator import overlaps
from jerules.engine.truth import NO, UNKNOWN, YES, Truth, compare
from jerules.jobs.model import Answer, Entry, Job
from jerules.quantities.kinds import WHOLE_SHARE, Exact, Kind
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.questions import JOB, Question


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
    """What several entries come to together, from ``low`` to ``high`` in the base unit, compared with a bound."""

    compare: c.Compare
    low: Exact
    high: Exact


Subject = c.Condition | m.Rule | m.Definition | OfEntry | NotAsked | Barred | AddedUp


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what was looked at, how it came out, and the steps below it.

    Leaves are comparisons, choices, yes-or-no questions, records that were not asked, bars, and sums over entries. A leaf
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


@dataclass(frozen=True, slots=True)
class Weigher:
    """Goes through the rules of one factor for one job, step by step."""

    book: m.RuleBook
    job: Job
    facts: Facts
    factor: m.FactorRules
    target: str | None = None

    def rule(self, rule: m.Rule) -> Step:
        """The whole tree of a rule with a condition that speaks of the job."""
        if rule.condition is None:
            return Step(rule, UNKNOWN)
        inner = self.condition(rule.condition, None, credited=credit.credited(rule))
        return Step(rule, inner.truth, (inner,))

    def entry_rule(self, rule: m.Rule, record: str, index: int) -> Step:
        """The tree of a bar or a carry for one entry."""
        inner = self.condition(rule.condition, (record, index), credited=False) if rule.condition else None
        return Step(rule, inner.truth if inner else YES, (inner,) if inner else ())

    def condition(self, condition: c.Condition, at: tuple[str, int] | None, *, credited: bool) -> Step:
        """The tree of a condition; ``at`` is the record and index of the entry it speaks of."""
        match condition:
            case c.All(parts=parts):
                steps = tuple(self.condition(part, at, credited=credited) for part in parts)
                return Step(condition, min(step.truth for step in steps), steps)
            case c.AnyOf(parts=parts):
                steps = tuple(self.condition(part, at, credited=credited) for part in parts)
                return Step(condition, max(step.truth for step in steps), steps)
            case c.Not(part=part):
                step = self.condition(part, at, credited=credited)
                return Step(condition, YES - step.truth, (step,))
            case c.AtLeast(number=number, parts=parts):
                steps = tuple(self.condition(part, at, credited=credited) for part in parts)
                return Step(condition, _at_least(number, [step.truth for step in steps]), steps)
            case c.Holds(term=key):
                return self._term(condition, key, at, credited=credited)
            case c.Some():
                return self._some(condition, credited=credited)
        return self._leaf(condition, at)

    def _term(self, condition: c.Holds, key: c.TermKey, at: tuple[str, int] | None, *, credited: bool) -> Step:
        steps = []
        for definition in self.book.terms[key].definitions:
            inner = self.condition(definition.condition, at if key.record else None, credited=credited)
            steps.append(Step(definition, inner.truth, (inner,)))
        return Step(condition, max((step.truth for step in steps), default=NO), tuple(steps))

    def _leaf(self, leaf: c.Leaf, at: tuple[str, int] | None) -> Step:
        entry, slots = self._row(leaf.question, at)
        return Step(leaf, leaf_truth(self.book, leaf, slots), (), entry, entry.answers.get(leaf.question.name))

    def _row(self, question: Question, at: tuple[str, int] | None) -> tuple[Entry, Slots]:
        if question.record == JOB or at is None:
            return self.job.facts, self.facts.job
        record, index = at
        slots = self.facts.records[record] or ()
        return self.job.records[record][index], slots[index]

    # ── records ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _some(self, some: c.Some, *, credited: bool) -> Step:
        entries = self.facts.records.get(some.record)
        if entries is None:
            return Step(some, UNKNOWN, (Step(NotAsked(some.record), UNKNOWN),))
        steps = tuple(self._entry(some, index, credited=credited) for index in range(len(entries)))
        truth = _at_least(some.number, [step.truth for step in steps])
        sums = tuple(self._added_up(compared, steps, entries) for compared in some.together)
        return Step(some, min((truth, *(step.truth for step in sums))), (*steps, *sums))

    def _entry(self, some: c.Some, index: int, *, credited: bool) -> Step:
        at = (some.record, index)
        entry = self.job.records[some.record][index]
        steps = [self.condition(some.condition, at, credited=False)]
        if credited:
            steps += self._bars(at) + self._carried(at)
        return Step(OfEntry(entry), min(step.truth for step in steps), tuple(steps), entry)

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

    def _added_up(self, compared: c.Compare, entries: tuple[Step, ...], slots: tuple[Slots, ...]) -> Step:
        first = slot(self.book.records[compared.question.record], compared.question, compared.part)
        lows = [row[first] for row, step in zip(slots, entries, strict=True) if step.truth == YES]
        high: Exact = sum((row[first + 1] for row, step in zip(slots, entries, strict=True) if step.truth), start=0)
        low: Exact = max(lows, default=0) if overlaps(compared.question) else sum(lows, start=0)
        if compared.part is c.Part.SHARE or compared.bound.kind is Kind.SHARE:
            high = min(high, WHOLE_SHARE)
        return Step(AddedUp(compared, low, high), compare(compared.op, low, high, compared.bound))


def leaf_truth(book: m.RuleBook, leaf: c.Leaf, slots: Slots) -> Truth:
    """How one comparison or choice comes out on the slots of the entry it speaks of."""
    first = slot(book.records[leaf.question.record], leaf.question, leaf.part if isinstance(leaf, c.Compare) else c.Part.VALUE)
    value = slots[first]
    match leaf:
        case c.Compare(op=op, bound=bound):
            return compare(op, value, slots[first + 1], bound)
        case c.Chosen(question=question, values=values):
            if value == UNANSWERED:
                return UNKNOWN
            return YES if int(value) & mask(question.type, values) else NO
    return int(value)


def _at_least(number: int, truths: list[Truth]) -> Truth:
    if truths.count(YES) >= number:
        return YES
    return UNKNOWN if len(truths) - truths.count(NO) >= number else NO


# ── pruning ──────────────────────────────────────────────────────────────────────────────────────────────────────


def prune(step: Step) -> Step:
    """The tree with nothing in it that its conclusion does not need, whichever way the conclusion went."""
    kept = _needed(step)
    return replace(step, children=tuple(prune(child) for child in (step.children if kept is None else kept)))


def _needed(step: Step) -> tuple[Step, ...] | None:
    """The children that the step's truth rests on; None when it rests on all of them."""
    match step.subject:
        case c.All() | OfEntry():
            return None if step.truth == YES else (_easiest(step, step.truth),)
        case c.AnyOf() | c.Holds():
            if not step.children or step.truth == NO:
                return None
            return (_easiest(step, step.truth),)
        case c.AtLeast(number=number):
            return _some_of(step.children, step.truth, number)
        case c.Some(number=number):
            return _entries_needed(step, number)
    return None


def _easiest(step: Step, truth: Truth) -> Step:
    """The child of that truth with the fewest leaves; of two alike, the one on the higher authority."""
    alike = [child for child in step.children if child.truth == truth]
    return min(alike, key=lambda child: (assumed(child), sum(1 for _ in leaves(prune(child)))))


def assumed(step: Step) -> bool:
    """Whether a step rests on an interpretation."""
    return any(isinstance(s.subject, m.Definition | m.Rule) and s.subject.source.interpretation for s in steps(step))


def _some_of(children: tuple[Step, ...], truth: Truth, number: int) -> tuple[Step, ...]:
    alike = sorted((x for x in children if x.truth == truth), key=lambda child: sum(1 for _ in leaves(prune(child))))
    if truth == YES:
        return tuple(alike[:number])
    if truth == NO:
        return tuple(alike[: len(children) - number + 1])
    return tuple(child for child in children if child.truth != NO)


def _entries_needed(step: Step, number: int) -> tuple[Step, ...]:
    some = step.subject
    together = isinstance(some, c.Some) and some.together
    sums = tuple(child for child in step.children if isinstance(child.subject, AddedUp))
    entries = tuple(child for child in step.children if child not in sums)
    if not together or (step.truth != YES and any(not isinstance(e.subject, OfEntry) for e in entries)):
        return entries if step.truth == NO and number == 1 else _some_of(entries, step.truth, number)
    failing = tuple(child for child in sums if child.truth == step.truth != YES)
    if failing:
        return (*(entry for entry in entries if entry.truth), failing[0])
    if step.truth == NO:
        return entries
    return (*(entry for entry in entries if entry.truth == step.truth), *sums)


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
    found = (
        s.subject.source.interpretation for s in steps(step) if isinstance(s.subject, m.Definition | m.Rule)
    )
    return tuple(dict.fromkeys(name for name in found if name))
