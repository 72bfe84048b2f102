"""Sums of small entries: how many entries it takes to come to a number together, where none of them may be large."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Final, TypeAlias

from jerules.engine.reference.evaluator import overlaps
from jerules.quantities.kinds import WHOLE_SHARE, Exact
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.uses import leaves_of
from jerules.verify.axes import whole
from jerules.verify.patterns import meeting

Wish: TypeAlias = tuple[c.Condition, bool]
"""A condition on a job, and whether it is to be met or to fail."""

FROM_ABOVE: Final = {True: frozenset(("<", "<=", "=")), False: frozenset((">", ">="))}
"""The comparisons that keep a number small when they are met, or when they fail."""
FROM_BELOW: Final = {True: frozenset((">", ">=", "=")), False: frozenset(("<", "<=", "="))}
"""The comparisons that ask for a large number when they are met, or when they fail."""


@dataclass(frozen=True, slots=True)
class Limit:
    """How large an answer of an entry is at most, by the comparison that says so."""

    leaf: c.Compare
    most: Exact


class Small:
    """How small all entries of each record have to be, by what some wishes say that fails: no entry is larger.

    Where they are ``overlapping``, what may fall on the same shifts does, and is not summed. What keeps entries small
    ``beside`` that counts as well.
    """

    def __init__(
        self, book: m.RuleBook, wishes: Sequence[Wish], beside: Small | None = None, *, overlapping: bool = False
    ) -> None:
        self.book, self._overlapping = book, overlapping
        self.limits: dict[str, set[Limit]] = {}
        for record, limits in beside.limits.items() if beside else ():
            self.limits[record] = set(limits)
        for condition, wanted in wishes:
            for some, want in entry_parts(book, condition, want=wanted):
                if not want:
                    self.limits.setdefault(some.record, set()).update(_limits(book, some.condition, want=False))
        # With more shifts than this, no answer of an entry is told from what it can be with fewer.
        found = meeting(leaves_of(book, [one for one, _ in wishes]))
        self.shifts: Exact = max(found | {beside.shifts}) if beside else max(found)

    def to_make_up(self, leaf: c.Compare, some: c.Some) -> int:
        """How many entries that meet a part make up what their sum is compared with; 0 where one may be so large."""
        if self._overlapping and overlaps(leaf.question):
            return 0
        bound = leaf.bound.soft[1] if leaf.bound.soft else leaf.bound.value
        limits = {*self.limits.get(some.record, ()), *_limits(self.book, some.condition, want=True)}
        least = [self._least(leaf, one, bound or 0) for one in limits if one.leaf.question == leaf.question]
        return int(bound // min(least)) + 1 if bound and least else 0

    def _least(self, leaf: c.Compare, limit: Limit, bound: Exact) -> Exact:
        """How much an entry may be, in terms of what is summed: for a frequency, its rate or its share."""
        match leaf.part, limit.leaf.part:
            case c.Part.SHARE, c.Part.VALUE:
                return Fraction(limit.most * WHOLE_SHARE) / self.shifts
            case c.Part.VALUE, c.Part.SHARE:  # all the shares come to no more than all, and all shifts to the bound
                return Fraction(limit.most * bound) / WHOLE_SHARE
        return limit.most


def entry_parts(book: m.RuleBook, condition: c.Condition, *, want: bool) -> Iterator[tuple[c.Some, bool]]:
    """Every part of a condition that speaks of the entries of a record, and whether it is to be met or to fail."""
    match condition:
        case c.Some():
            yield condition, want
        case c.Not(part=part):
            yield from entry_parts(book, part, want=not want)
        case _:
            for part in parts_of(book, condition)[0]:
                yield from entry_parts(book, part, want=want)


def _limits(book: m.RuleBook, condition: c.Condition, *, want: bool) -> Iterator[Limit]:
    """How small the answers are of an entry that meets a condition, or fails it."""
    match condition:
        case c.Compare(op=op, bound=bound) if op in FROM_ABOVE[want] and bound.value is not None:
            most = bound.soft[0] if bound.soft else bound.value
            if whole(condition.question) and op in {"<", ">="}:
                most = ceil(most) - 1
            if most > 0:  # where all are nought, there is nothing to add up
                yield Limit(condition, most)
        case c.Not(part=part):
            yield from _limits(book, part, want=not want)
        case _:
            for part in parts_of(book, condition)[0]:
                yield from _limits(book, part, want=want)


def largest(book: m.RuleBook, leaf: c.Compare, condition: c.Condition, *, want: bool = True) -> Exact | None:
    """The largest that an answer can be of an entry that meets a condition, or fails it, by what that says of it alone.

    None where it says nothing of it.
    """
    match condition:
        case c.Compare(op=op, bound=bound, question=question, part=part):
            said = (question, part) == (leaf.question, leaf.part) and op in FROM_ABOVE[want]
            return (bound.soft[1] if bound.soft else bound.value) if said else None
        case c.Not(part=part_of):
            return largest(book, leaf, part_of, want=not want)
    parts, number = parts_of(book, condition)
    found = [largest(book, leaf, part, want=want) for part in parts]
    known = [one for one in found if one is not None]
    if number == (len(parts) if want else 1):  # each of them has to be so
        return min(known, default=None)
    return max(known) if parts and len(known) == len(found) else None


def parts_of(book: m.RuleBook, condition: c.Condition) -> tuple[Sequence[c.Condition], int]:
    """The parts of a condition, terms opened, and how many of them it takes to meet it; none where it has none."""
    match condition:
        case c.All(parts=parts):
            return parts, len(parts)
        case c.AnyOf(parts=parts):
            return parts, 1
        case c.AtLeast(number=number, parts=parts):
            return parts, number
        case c.Holds(term=term):
            return tuple(one.condition for one in book.terms[term].definitions), 1
    return (), 0
