"""The exact procedure without a solver: every condition over every cell of the answers that it reads.

Conditions compare one answer with constants, so cutting each question at its thresholds leaves finitely many cells.
A condition is an array of truth values with an axis for each question, as long as the question has cells; along a
question that the condition does not read the array has length one.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from functools import reduce
from math import prod
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from jerules.faults import OurFault
from jerules.quantities.kinds import Kind
from jerules.rulebook import conditions as c
from jerules.rulebook.model import RuleBook
from jerules.rulebook.uses import leaves_of, opened
from jerules.verify.axes import Axis, Open, axis, meets

Truths: TypeAlias = NDArray[np.bool_]
MOST: Final = 400_000
"""The most cells that are gone through; beyond, the solver decides alone."""


class TooMany(Exception):
    """There are more cells than are gone through."""


class Bound(Exception):
    """Two frequencies are shares of the same shifts: not every cell of the one goes with every cell of the other."""


class Cells:
    """The cells of everything that some conditions on one entry, or on the job, read.

    Raises:
        Open: one of them turns on a number that is not fixed.
        TooMany: there are more than are gone through.
        Bound: two of them are shares of the same shifts.
    """

    def __init__(self, book: RuleBook, conditions: Sequence[c.Condition]) -> None:
        self.book = book
        leaves = list(dict.fromkeys(leaves_of(book, conditions)))
        questions = list(dict.fromkeys(leaf.question for leaf in leaves))
        if sum(question.type.kind is Kind.FREQUENCY for question in questions) > 1:
            raise Bound
        self.axes: tuple[Axis, ...] = tuple(axis(question, leaves) for question in questions)
        if prod(len(one.cells) for one in self.axes) > MOST:
            raise TooMany
        self.shape = tuple(len(one.cells) for one in self.axes)
        self._places = {one.question: place for place, one in enumerate(self.axes)}
        self._terms: dict[c.TermKey, Truths] = {}

    def holds(self, condition: c.Condition) -> Truths:
        """Where a condition holds."""
        match condition:
            case c.Holds(term=term):
                return self.term(term)
            case c.All(parts=parts):
                return reduce(np.logical_and, map(self.holds, parts), self._all(so=True))
            case c.AnyOf(parts=parts):
                return reduce(np.logical_or, map(self.holds, parts), self._all(so=False))
            case c.Not(part=part):
                return ~self.holds(part)
            case c.AtLeast(number=number, parts=parts):
                return np.asarray(sum(self.holds(part).astype(np.int8) for part in parts) >= number)
            case c.Some():
                raise OurFault("cells are those of one entry, and the condition speaks of several")
        place = self._places[condition.question]
        along = [1] * len(self.axes)
        along[place] = -1
        return np.array([meets(condition, cell) for cell in self.axes[place].cells]).reshape(along)

    def term(self, term: c.TermKey) -> Truths:
        """Where a term holds: where one of its definitions does."""
        if term not in self._terms:
            found = [self.holds(definition.condition) for definition in self.book.terms[term].definitions]
            self._terms[term] = reduce(np.logical_or, found, self._all(so=False))
        return self._terms[term]

    def _all(self, *, so: bool) -> Truths:
        """The same for every cell."""
        return np.full((1,) * len(self.axes), so, dtype=np.bool_)

    def under(self, book: RuleBook) -> Cells:
        """The same cells under another book, whose terms read nothing that is not cut here."""
        other = copy(self)
        vars(other).update(book=book, _terms={})
        return other

    def everywhere(self, truths: Truths) -> Truths:
        """The same, as long along every axis as the axis is."""
        return np.broadcast_to(truths, self.shape)


def cells_of(book: RuleBook, conditions: Sequence[c.Condition]) -> Cells | None:
    """The cells of these conditions, or nothing where cells do not apply to them."""
    if any(isinstance(part, c.Some) for part in opened(book, conditions)):
        return None
    try:
        return Cells(book, conditions)
    except (Open, TooMany, Bound):
        return None
