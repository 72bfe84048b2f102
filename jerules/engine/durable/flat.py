"""Flat rules: conjunctions of whole-number tests on facts, and nothing else.

This is the only form of rule that reaches durable-rules. There is no alternative, no negation, no arithmetic, no
string but the kind of a fact; what a rule book needs beyond that is expanded, or decided, before it comes here.
The forms are plain data: :mod:`jerules.engine.durable.limits` says which of them the engine can hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from jerules.faults import OurFault

LARGEST: Final = 2**53
"""Every number in a rule or a fact is smaller than this, above and below zero."""

RESERVED: Final = frozenset({"id", "sid", "q"})
"""Attributes that the engine keeps for itself: its name for a fact, for a session, and the kind of a fact."""

Operator: TypeAlias = Literal["==", ">=", "<="]


@dataclass(frozen=True, slots=True)
class Test:
    """One attribute of a fact against a whole number; ``value`` is an int, and smaller than 2**53 either way."""

    __test__ = False  # not a test case, whatever pytest makes of the name

    attribute: str
    op: Operator
    value: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """A fact of one kind that passes every test.

    ``join`` asks for equality with facts matched earlier in the same rule: (attribute of this fact, index of the
    earlier pattern, attribute of that fact). Two patterns of one rule may be met by the same fact.
    """

    kind: str
    tests: tuple[Test, ...]
    join: tuple[tuple[str, int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class FlatRule:
    """A conjunction of patterns; it fires once for every combination of facts that meets them all."""

    name: str
    patterns: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class FactShape:
    """The kind and the attributes that many facts have in common, with their JSON text prepared once.

    >>> FactShape("lifting", ("weight", "shifts")).json(3, (15, 80))
    '{"id":10003,"q":"lifting","weight":15,"shifts":80}'
    """

    kind: str
    attributes: tuple[str, ...]
    template: str = field(init=False, repr=False, compare=False)
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if len(set(self.attributes)) != len(self.attributes):
            raise OurFault(f"a fact of kind `{self.kind}` names an attribute twice: {self.attributes}")
        object.__setattr__(self, "template", template(f'"{self.kind}"', self.attributes))
        object.__setattr__(self, "_hash", hash((self.kind, self.attributes)))

    def __hash__(self) -> int:
        return self._hash  # a shape is looked up once for every fact

    def json(self, number: int, values: Sequence[int]) -> str:
        """The fact as the engine reads it: its number in the session, its kind, and one whole number per attribute.

        Raises:
            OurFault: there are more or fewer values than attributes, or one of them is not a whole number in range.
        """
        check_values(self.kind, self.attributes, values)
        return self.template % (FIRST_ID + number, *values)


def used_attributes(rules: Sequence[FlatRule]) -> dict[str, tuple[str, ...]]:
    """The attributes that the rules look at, by kind of fact; the engine is told no others."""
    used: dict[str, dict[str, None]] = {}
    for rule in rules:
        for pattern in rule.patterns:
            mine = used.setdefault(pattern.kind, {})
            mine.update((test.attribute, None) for test in pattern.tests)
            for attribute, earlier, theirs in pattern.join:
                mine[attribute] = None
                used[rule.patterns[earlier].kind][theirs] = None
    return {kind: tuple(names) for kind, names in used.items()}


PlainFact: TypeAlias = tuple[str, tuple[tuple[str, int], ...]]
ShapedFact: TypeAlias = tuple[FactShape, Sequence[int]]
Fact: TypeAlias = PlainFact | ShapedFact
Firing: TypeAlias = tuple[str, tuple[int, ...]]

FIRST_ID: Final = 10_000
"""The engine's id of fact 0: ids then have five digits, which the driver counts on, and no two share a hash."""

NUMBERED_FACTS: Final = 90_000
"""How many facts five digits can number."""


def template(kind: str, attributes: Sequence[str]) -> str:
    """A %-format for a fact's id and values, with the kind already written as JSON.

    Whole numbers are written by ``%d`` alone: the engine's parser ends a batch at a number like 1e-05.
    """
    return "".join(('{"id":%d,"q":', kind, *(f',"{name}":%d' for name in attributes), "}"))


def check_values(kind: str, attributes: Sequence[str], values: Sequence[int]) -> None:
    """Raise OurFault unless there is one whole number in range for each attribute; True is no number here."""
    if len(values) != len(attributes):
        raise OurFault(f"a fact of kind `{kind}` has {len(values)} values for {len(attributes)} attributes")
    for value in values:
        if type(value) is not int or not -LARGEST < value < LARGEST:
            name = attributes[[*map(id, values)].index(id(value))]
            raise OurFault(f"`{name}` of a fact of kind `{kind}` is {value!r}, not a whole number under 2**53")
