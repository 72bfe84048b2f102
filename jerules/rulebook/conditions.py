"""Conditions of the rule book: every name looked up, every quantity in its base unit.

A condition is read three-valued: it holds, it does not, or an answer is missing. Conditions inside a record speak of
one entry of that record, and may also speak of the job as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from jerules.faults import Place
from jerules.quantities.kinds import Exact, Kind, exact
from jerules.rulebook.questions import Question

SOFTNESS = Fraction(1, 10)
"""How far either side of an `around` number the panel judges: a tenth (interpretation A-NHS-23)."""


class Part(StrEnum):
    """Which side of an answer a comparison reads. Only a frequency of shifts has a share beside its rate."""

    VALUE = "value"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Bound:
    """The number that an answer is compared with, in the base unit of ``kind``.

    ``value`` is None when it is a parameter that no convention has settled; ``text`` is how the rule file writes it.
    """

    kind: Kind
    value: Exact | None
    text: str
    parameter: str = ""
    around: bool = False

    @property
    def soft(self) -> tuple[Exact, Exact] | None:
        """The ends of the stretch in which the panel judges, or None for a hard or an unsettled number."""
        if not self.around or self.value is None:
            return None
        return exact(self.value * (1 - SOFTNESS)), exact(self.value * (1 + SOFTNESS))


@dataclass(frozen=True, slots=True)
class Compare:
    """``weight >= 6 kg``; a step of a scale is compared by its rank."""

    question: Question
    part: Part
    op: str
    bound: Bound
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The answer is one of ``values``; of several chosen answers, at least one is."""

    question: Question
    values: frozenset[str]
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class IsYes:
    """A yes-or-no question is answered yes."""

    question: Question
    place: Place = field(compare=False)


class TermKey(NamedTuple):
    """A term: the factor it belongs to (None: the whole scheme), the record it speaks of (None: the job), its name."""

    factor: str | None
    record: str | None
    name: str


@dataclass(frozen=True, slots=True)
class Holds:
    """A term holds; each reading of the rule book puts the term's definitions in its place."""

    term: TermKey
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: tuple[Condition, ...]
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Condition, ...]
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Condition
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class AtLeast:
    """At least ``number`` of the parts hold."""

    number: int
    parts: tuple[Condition, ...]
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Some:
    """At least ``number`` entries of a record meet ``condition``, one and the same entry all of it.

    With ``together`` the entries that meet it add up: rates, durations, sums and counts to their sum, shares of shifts
    to something between the largest and the sum, and each comparison is made with what they come to.
    """

    record: str
    condition: Condition
    number: int
    together: tuple[Compare, ...]
    place: Place = field(compare=False)


Condition = Compare | Chosen | IsYes | Holds | All | AnyOf | Not | AtLeast | Some
Leaf = Compare | Chosen | IsYes


def children(condition: Condition) -> tuple[Condition, ...]:
    """The conditions directly inside a condition; a term's definitions are not inside it."""
    match condition:
        case All(parts=parts) | AnyOf(parts=parts) | AtLeast(parts=parts):
            return parts
        case Not(part=part):
            return (part,)
        case Some(condition=inner, together=together):
            return (inner, *together)
    return ()


def walk(condition: Condition) -> Iterator[Condition]:
    """A condition and all inside it, outermost first, terms not opened."""
    yield condition
    for child in children(condition):
        yield from walk(child)
