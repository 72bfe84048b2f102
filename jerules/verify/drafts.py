"""Jobs put together from a condition, without a solver: for each question the answers that are left, branch by branch.

Not every condition that can be met is met this way, and a draft is a proposal: whoever uses one has it evaluated.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final, TypeAlias

from jerules.engine.truth import NO, YES, Truth, compare
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.questions import JOB, Question
from jerules.verify.axes import Cell, meets
from jerules.verify.witness import Value

At: TypeAlias = tuple[str, int]
"""A record, and the number of an entry of it from 0; the job is entry 0 of itself."""
Draft: TypeAlias = Mapping[tuple[At, Question], int]
"""For each question of each entry the answers that are left, as a bit for each of the values to choose from."""
THE_JOB: Final = (JOB, 0)


class Drafts:
    """Drafts of jobs whose answers come from ``values``, with at most ``most`` entries of a record.

    An entry that one of the ``bars`` keeps out serves for nothing.
    """

    def __init__(
        self,
        book: m.RuleBook,
        values: Mapping[Question, Sequence[Value]],
        most: int,
        bars: Sequence[m.Rule] = (),
    ) -> None:
        self.book, self.values, self.most, self.bars = book, values, most, bars
        self._masks: dict[tuple[c.Leaf, bool], int] = {}

    def meeting(self, condition: c.Condition) -> Iterator[Draft]:
        """Drafts that should meet a condition on the job."""
        return self._ways(condition, THE_JOB, {}, want=True)

    def of_entry(self, record: str, condition: c.Condition) -> Iterator[Draft]:
        """Drafts with one entry that should meet a condition on it."""
        return self._ways(condition, (record, 0), {}, want=True)

    def _ways(self, condition: c.Condition, at: At, draft: Draft, *, want: bool) -> Iterator[Draft]:
        match condition:
            case c.Not(part=part):
                yield from self._ways(part, at, draft, want=not want)
            case c.All(parts=parts):
                yield from self._so_many(parts, len(parts) if want else 1, at, draft, want=want)
            case c.AnyOf(parts=parts):
                yield from self._so_many(parts, 1 if want else len(parts), at, draft, want=want)
            case c.AtLeast(number=number, parts=parts):
                needed = number if want else len(parts) - number + 1
                yield from self._so_many(parts, needed, at, draft, want=want)
            case c.Holds(term=term):
                parts = tuple(one.condition for one in self.book.terms[term].definitions)
                yield from self._so_many(parts, 1 if want else len(parts), at, draft, want=want)
            case c.Some():
                yield from self._entries(condition, draft) if want else self._no_entry(condition, draft)
            case c.Compare() | c.Chosen() | c.IsYes():
                yield from self._leaf(condition, at, draft, want=want)

    def _so_many(
        self, parts: Sequence[c.Condition], number: int, at: At, draft: Draft, *, want: bool
    ) -> Iterator[Draft]:
        """So many of the parts come out as wanted; what must not be goes last, when the entries are known."""
        for chosen in combinations(parts, number):
            yield from self._all(sorted(chosen, key=_negative), at, draft, want=want)

    def _all(self, parts: Sequence[c.Condition], at: At, draft: Draft, *, want: bool) -> Iterator[Draft]:
        if not parts:
            yield draft
            return
        for found in self._ways(parts[0], at, draft, want=want):
            yield from self._all(parts[1:], at, found, want=want)

    def _entries(self, some: c.Some, draft: Draft) -> Iterator[Draft]:
        """New entries that meet the condition, each enough by itself for what entries come to together."""
        there = _entries_of(draft, some.record)
        if there + some.number > self.most:
            return
        mine = [bar.condition for bar in self.bars if _bars(bar, some.record) and bar.condition is not None]
        each = c.All((some.condition, *some.together, *(c.Not(bar, some.place) for bar in mine)), some.place)
        places = tuple((some.record, number) for number in range(there, there + some.number))
        yield from self._each(each, places, draft)

    def _each(self, condition: c.Condition, places: Sequence[At], draft: Draft) -> Iterator[Draft]:
        """Each of these entries meets the condition."""
        if not places:
            yield draft
            return
        for found in self._ways(condition, places[0], draft, want=True):
            yield from self._each(condition, places[1:], found)

    def _no_entry(self, some: c.Some, draft: Draft) -> Iterator[Draft]:
        """None of the entries so far meets the condition."""
        found = iter((draft,))
        for number in range(_entries_of(draft, some.record)):
            at = (some.record, number)
            found = iter([way for before in found for way in self._ways(some.condition, at, before, want=False)][:8])
        yield from found

    def _leaf(self, leaf: c.Leaf, at: At, draft: Draft, *, want: bool) -> Iterator[Draft]:
        key = (THE_JOB if leaf.question.record == JOB else at, leaf.question)
        left = draft.get(key, -1) & self._mask(leaf, want=want)
        if left:
            yield {**draft, key: left}

    def _mask(self, leaf: c.Leaf, *, want: bool) -> int:
        if (leaf, want) not in self._masks:
            wanted = YES if want else NO
            values = self.values[leaf.question]
            self._masks[leaf, want] = sum(1 << place for place, one in enumerate(values) if truth(leaf, one) == wanted)
        return self._masks[leaf, want]

    def answers(self, draft: Draft) -> tuple[dict[Question, Value], dict[str, list[dict[Question, Value]]]]:
        """A draft made whole: of what is left the first, and the first answer to what it says nothing of."""

        def of(record: str, number: int) -> dict[Question, Value]:
            mine = [question for question in self.values if question.record == record]
            return {question: self._first(question, draft.get(((record, number), question), -1)) for question in mine}

        records = dict.fromkeys(question.record for question in self.values if question.record != JOB)
        entries = {record: [of(record, number) for number in range(_entries_of(draft, record))] for record in records}
        return of(*THE_JOB), entries

    def _first(self, question: Question, left: int) -> Value:
        return self.values[question][(left & -left).bit_length() - 1]


def truth(leaf: c.Leaf, value: Value) -> Truth:
    """How a leaf comes out on an answer."""
    if not isinstance(leaf, c.Compare):
        return YES if meets(leaf, Cell(value)) else NO
    number = value[1 if leaf.part is c.Part.SHARE else 0] if isinstance(value, tuple) else value
    if isinstance(number, frozenset):
        return NO
    return compare(leaf.op, number, number, leaf.bound)


def _negative(condition: c.Condition) -> bool:
    return isinstance(condition, c.Not)


def _bars(bar: m.Rule, record: str) -> bool:
    return isinstance(bar.effect, m.Bars) and bar.effect.record == record


def _entries_of(draft: Draft, record: str) -> int:
    return 1 + max((number for (of, number), _ in draft if of == record), default=-1)
