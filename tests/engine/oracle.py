"""The plainest reading of a rule book that there is: conditions walked as they stand, on the job as it was loaded.

It shares nothing with the evaluators but the rule book and the job: no flat facts, no written code, only fractions.
Truths are True, False and None (unknown).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from jerules.engine.verdicts import Verdicts
from jerules.jobs.model import Entry, Job
from jerules.quantities.kinds import UNBOUNDED, WHOLE_SHARE, Kind, Measure
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.questions import JOB, Form

Kleene = bool | None
Range = tuple[Fraction, Fraction]


def number(truth: Kleene) -> int:
    """As the evaluators write it."""
    return {False: 0, None: 1, True: 2}[truth]


def every(truths: Iterable[Kleene]) -> Kleene:
    """False as soon as one is; True when all are."""
    found = list(truths)
    return False if False in found else None if None in found else True


def some(truths: Iterable[Kleene]) -> Kleene:
    """True as soon as one is; False when all are."""
    found = list(truths)
    return True if True in found else None if None in found else False


def negated(truth: Kleene) -> Kleene:
    """Not."""
    return None if truth is None else not truth


def at_least(wanted: int, truths: Sequence[Kleene]) -> Kleene:
    """At least so many."""
    if truths.count(True) >= wanted:
        return True
    return None if truths.count(True) + truths.count(None) >= wanted else False


class Oracle:
    """Reads one book for one job."""

    def __init__(self, book: m.RuleBook, job: Job) -> None:
        self.book = book
        self.job = job

    def verdicts(self) -> Verdicts:
        """What every evaluator must find."""
        factors = {k: tuple(number(self.rule(f, r)) for r in f.rules) for k, f in self.book.factors.items()}
        barred = {k: tuple(number(self.entrywise(b)) for b in f.bars) for k, f in self.book.factors.items()}
        carried = {
            (key, rule.effect.factor): tuple(number(self.rule(tool, r, rule.effect.factor)) for r in tool.rules)
            for key, tool in self.book.factors.items()
            for rule in tool.rules
            if isinstance(rule.effect, m.Carries)
        }
        return Verdicts(factors, barred, carried)

    def rule(self, factor: m.FactorRules, rule: m.Rule, target: str | None = None) -> Kleene:
        """The truth of one rule; of a tool's, on the entries that are carried to ``target``."""
        if isinstance(rule.effect, m.Carries | m.Bars):
            return self.entrywise(rule)
        if rule.condition is None:
            return None
        credits_evidence = isinstance(rule.effect, m.GivesLevel | m.LeavesToPanel | m.Floor)
        return self.whole(rule.condition, (factor, target) if credits_evidence else None)

    def entrywise(self, rule: m.Rule) -> Kleene:
        """A bar or a carry: whether it takes hold of any entry."""
        record = rule.effect.record if isinstance(rule.effect, m.Bars | m.Carries) else ""
        rows = self.job.records.get(record)
        return None if rows is None else some(self.holds(rule.condition, row) for row in rows)

    def holds(self, condition: c.Condition | None, entry: Entry) -> Kleene:
        """A condition on one entry."""
        return True if condition is None else self.whole(condition, None, entry)

    def whole(  # noqa: PLR0911 - one a case
        self, condition: c.Condition, credit: tuple[m.FactorRules, str | None] | None, entry: Entry | None = None
    ) -> Kleene:
        """The truth of a condition; with ``credit`` only evidence that may be credited counts."""
        match condition:
            case c.All(parts=parts):
                return every(self.whole(part, credit, entry) for part in parts)
            case c.AnyOf(parts=parts):
                return some(self.whole(part, credit, entry) for part in parts)
            case c.Not(part=part):
                return negated(self.whole(part, credit, entry))
            case c.AtLeast(number=wanted, parts=parts):
                return at_least(wanted, [self.whole(part, credit, entry) for part in parts])
            case c.Holds(term=key):
                definitions = self.book.terms[key].definitions
                return some(self.whole(definition.condition, credit, entry) for definition in definitions)
            case c.Some():
                return self.gathered(condition, credit)
        return self.leaf(condition, self.job.facts if condition.question.record == JOB or entry is None else entry)

    def creditable(self, entry: Entry, credit: tuple[m.FactorRules, str | None]) -> Kleene:
        """Whether an entry's evidence counts under a factor."""
        factor, target = credit
        bars = [b for b in factor.bars if isinstance(b.effect, m.Bars) and b.effect.record == entry.record]
        free = every(negated(self.holds(bar.condition, entry)) for bar in bars)
        if target is None:
            return free
        into = [
            rule
            for rule in factor.rules
            if isinstance(rule.effect, m.Carries) and (rule.effect.record, rule.effect.factor) == (entry.record, target)
        ]
        return every((free, some(self.holds(rule.condition, entry) for rule in into)))

    def gathered(self, part: c.Some, credit: tuple[m.FactorRules, str | None] | None) -> Kleene:
        """A part that speaks of the entries of a record."""
        rows = self.job.records.get(part.record)
        if rows is None:
            return None
        met = [
            every((self.holds(part.condition, row), self.creditable(row, credit) if credit else True)) for row in rows
        ]
        return every((at_least(part.number, met), *(self.together(each, rows, met) for each in part.together)))

    def together(self, compare: c.Compare, rows: Sequence[Entry], met: Sequence[Kleene]) -> Kleene:
        """What the entries that meet something come to: from what is sure to what can be."""
        ranges = [self.range_of(compare, row) for row in rows]
        sure = [low for (low, _), truth in zip(ranges, met, strict=True) if truth is True]
        # One of them has to count, or the part does not hold whatever they come to.
        open_lows = [low for (low, _), truth in zip(ranges, met, strict=True) if truth is None]
        sure = sure or sorted(open_lows)[:1]
        may = [high for (_, high), truth in zip(ranges, met, strict=True) if truth is not False]
        overlapping = compare.question.type.kind in {Kind.FREQUENCY, Kind.SHARE}
        low = max(sure, default=Fraction(0)) if overlapping else sum(sure, start=Fraction(0))
        high = sum(may, start=Fraction(0))
        if compare.part is c.Part.SHARE or compare.bound.kind is Kind.SHARE:
            high = min(high, Fraction(WHOLE_SHARE))
        return compared(compare.op, (low, high), compare.bound)

    def leaf(self, leaf: c.Leaf, entry: Entry) -> Kleene:
        """A comparison, a choice or a yes-or-no question."""
        answer = entry.answers.get(leaf.question.name)
        match leaf:
            case c.IsYes():
                return None if answer is None else bool(answer.value)
            case c.Chosen(values=values):
                given = answer.value if answer else None
                return not values.isdisjoint(given) if isinstance(given, frozenset) else None
        return compared(leaf.op, self.range_of(leaf, entry), leaf.bound)

    @staticmethod
    def range_of(compare: c.Compare, entry: Entry) -> Range:
        """From the least to the most that an answer may be."""
        kind_of_answer = compare.question.type
        answer = entry.answers.get(compare.question.name)
        if kind_of_answer.form is Form.SCALE:
            given = answer.value if answer else frozenset(kind_of_answer.names)
            assert isinstance(given, frozenset)
            ranks = [kind_of_answer.names.index(name) for name in given]
            return Fraction(min(ranks)), Fraction(max(ranks))
        share = compare.part is c.Part.SHARE or kind_of_answer.kind is Kind.SHARE
        if answer is None or not isinstance(answer.value, Measure):
            return Fraction(0), Fraction(WHOLE_SHARE if share else UNBOUNDED)
        interval = answer.value.interval
        if compare.part is c.Part.SHARE:
            assert answer.value.share is not None
            interval = answer.value.share
        return Fraction(interval.low), Fraction(interval.high)


def compared(op: str, found: Range, bound: c.Bound) -> Kleene:
    """A range against a number: what all its values say, when they say the same."""
    if bound.value is None:
        return None
    said = {_one(op, value, bound) for value in _samples(*found, bound)}
    return said.pop() if len(said) == 1 else None


def _samples(low: Fraction, high: Fraction, bound: c.Bound) -> Iterator[Fraction]:
    """The ends of a range, the places in it where a comparison may turn, and a value between each two of them."""
    value = Fraction(bound.value or 0)
    turns = (value, value * Fraction(9, 10), value * Fraction(11, 10)) if bound.around else (value,)
    places = sorted({low, high, *(turn for turn in turns if low < turn < high)})
    yield from places
    yield from ((a + b) / 2 for a, b in pairwise(places))


def _one(op: str, found: Fraction, bound: c.Bound) -> Kleene:
    """One value against a number; within a tenth of a soft number nobody but the panel can say."""
    value = Fraction(bound.value or 0)
    tells = {">=": found >= value, ">": found > value, "<=": found <= value, "<": found < value, "=": found == value}
    if not bound.around:
        return tells[op]
    if value * Fraction(9, 10) < found < value * Fraction(11, 10):
        return None
    return found >= value if op in {">=", ">"} else found <= value if op in {"<=", "<"} else False
