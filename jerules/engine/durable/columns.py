"""What facts carry: for each record the attributes in a fixed order, and their values for one entry.

An answer is looked up question by question; the same answer gives the same values, so they are kept. Every entry has
two rows of values: as far as its answers establish them, and as far as they leave them possible. Where the answers
leave nothing open that a rule could ask, the two are one and the same object.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from jerules.engine.durable.normal import Flag, Literal, Side
from jerules.engine.facts import Slots, mask, slot, unanswered
from jerules.engine.truth import UNKNOWN, YES, Truth, compare
from jerules.faults import OurFault
from jerules.quantities.kinds import Exact
from jerules.rulebook import conditions as c
from jerules.rulebook.questions import Question, Record

Row: TypeAlias = tuple[int, ...]
Rows: TypeAlias = tuple[Row, Row]
"""What is established, and what is possible."""

MOST_KEPT: Final = 5_000
"""Answers to one question whose values are kept; then they are forgotten and kept anew."""


class Cuts:
    """The numbers that rules compare answers with, so that an answer can be told by where it lies among them.

    An answer on the cut number i (from 0) lies at 2i + 1, one between the cuts i - 1 and i at 2i: whole and small,
    whatever the answer is.
    """

    def __init__(self, literals: Iterable[Literal]) -> None:
        found: dict[tuple[Question, c.Part], set[Exact]] = {}
        for literal in literals:
            attribute = literal.attribute
            if isinstance(attribute, Side):
                found.setdefault((attribute.question, attribute.part), set()).add(literal.value)
        self._cuts = {key: sorted(values) for key, values in found.items()}

    def place(self, question: Question, part: c.Part, value: Exact) -> int:
        """Where a value lies among the cuts."""
        cuts = self._cuts[question, part]
        return bisect_left(cuts, value) + bisect_right(cuts, value)

    def limit(self, literal: Literal) -> int:
        """What an attribute must reach, or keep to, for a literal to hold."""
        if not isinstance(literal.attribute, Side):
            return 1
        place = self.place(literal.attribute.question, literal.attribute.part, literal.value)
        if not literal.strict:
            return place
        return place + 1 if literal.attribute.up else place - 1


BaseAttribute: TypeAlias = Side | Flag


@dataclass(slots=True)
class Column:
    """The attributes that rest on one question."""

    question: Question
    record: Record
    cuts: Cuts
    attributes: list[BaseAttribute] = field(default_factory=list)
    kept: dict[Slots, Rows] = field(default_factory=dict)

    @property
    def slots(self) -> slice:
        """Where the answer is found in an entry."""
        first = slot(self.record, self.question)
        return slice(first, first + len(unanswered(self.question.type)))

    def rows(self, answer: Slots) -> Rows:
        """The values for an answer."""
        found = self.kept.get(answer)
        if found is None:
            pairs = [self._pair(attribute, answer) for attribute in self.attributes]
            sure, may = tuple(pair[0] for pair in pairs), tuple(pair[1] for pair in pairs)
            found = (sure, sure) if sure == may else (sure, may)
            if len(self.kept) >= MOST_KEPT:
                self.kept.clear()
            self.kept[answer] = found
        return found

    def _pair(self, attribute: BaseAttribute, answer: Slots) -> tuple[int, int]:
        if isinstance(attribute, Side):
            low, high = self._ends(attribute.part, answer)
            places = [self.cuts.place(self.question, attribute.part, value) for value in (low, high)]
            return (places[0], places[1]) if attribute.up else (places[1], places[0])
        return as_flags(self._truth(attribute.leaf, answer), negated=attribute.negated)

    def _ends(self, part: c.Part, answer: Slots) -> tuple[Exact, Exact]:
        first = slot(self.record, self.question, part) - slot(self.record, self.question)
        return answer[first], answer[first + 1]

    def _truth(self, leaf: c.Leaf, answer: Slots) -> Truth:
        match leaf:
            case c.Compare(part=part, op=op, bound=bound):
                return compare(op, *self._ends(part, answer), bound)
            case c.Chosen(question=question, values=values):
                chosen = int(answer[0])
                return UNKNOWN if chosen < 0 else YES if chosen & mask(question.type, values) else 0
        return int(answer[0])


def as_flags(truth: Truth, *, negated: bool = False) -> tuple[int, int]:
    """Whether something is established, and whether it is possible, as 0 or 1."""
    if negated:
        truth = YES - truth
    return int(truth == YES), int(truth >= UNKNOWN)


class Columns:
    """The attributes of one record that rest on its answers alone."""

    def __init__(self, record: Record, attributes: Iterable[BaseAttribute], cuts: Cuts) -> None:
        columns: dict[str, Column] = {}
        for attribute in attributes:
            question = attribute.question if isinstance(attribute, Side) else attribute.leaf.question
            if question.record != record.name:
                raise OurFault(f"`{question.key}` is no question of `{record.name}`")
            column = columns.setdefault(question.name, Column(question, record, cuts))
            if attribute not in column.attributes:
                column.attributes.append(attribute)
        self._columns = [(column.slots, column.kept, column) for column in columns.values()]
        self.attributes: Sequence[BaseAttribute] = [a for column in columns.values() for a in column.attributes]

    def rows(self, entry: Slots) -> Rows:
        """The values for one entry, in the order of ``attributes``."""
        sure: list[int] = []
        may: list[int] = []
        known = True
        for where, kept, column in self._columns:
            answer = entry[where]
            rows = kept.get(answer) or column.rows(answer)
            sure += rows[0]
            if rows[0] is rows[1]:
                may += rows[0]
            else:
                known = False
                may += rows[1]
        row = tuple(sure)
        return (row, row) if known else (row, tuple(may))
