"""The kinds of quantity, the one exact unit each is kept in, and the measures that answers become."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final, TypeAlias

Exact: TypeAlias = int | Fraction

UNBOUNDED: Final[int] = 10**30
"""Stands for "no upper limit"; larger than any quantity that can be read."""

WHOLE_SHARE: Final[int] = 10_000
"""All of it, in hundredths of a percent."""


def exact(number: Exact) -> Exact:
    """The same number, as an ``int`` when it is whole and as a ``Fraction`` when it is not.

    Raises ``TypeError`` for a float: a binary float has already lost the number that was written.
    """
    if isinstance(number, int):
        return number
    if type(number) is not Fraction:
        message = f"an exact number is an int or a Fraction, not a {type(number).__name__}"
        raise TypeError(message)
    return number.numerator if number.denominator == 1 else number


class Kind(StrEnum):
    """What sort of thing a quantity measures; each kind has one base unit that all its values are kept in."""

    MASS = "mass"
    """Grams."""
    DISTANCE = "distance"
    """Metres."""
    DURATION = "duration"
    """Seconds."""
    MONEY = "money"
    """Pence."""
    MONEY_RATE = "money_rate"
    """Pence a year."""
    RATE = "rate"
    """Times a year."""
    PER_SHIFT = "per_shift"
    """Times a shift."""
    SHARE = "share"
    """Hundredths of a percent, 0 to 10,000."""
    FREQUENCY = "frequency"
    """Shifts on which something happens: how many a year, and what share of all shifts."""
    COUNT = "count"
    """A whole number."""
    DATE = "date"
    """The proleptic Gregorian ordinal, as in ``datetime.date.toordinal``."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Every value from ``low`` to ``high``, both included. Raises ``ValueError`` when it runs backwards."""

    low: Exact
    high: Exact

    def __post_init__(self) -> None:
        if self.low > self.high:
            message = f"an interval runs from low to high, not from {self.low} to {self.high}"
            raise ValueError(message)

    @property
    def exact(self) -> bool:
        """Whether the interval is one single value."""
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class Measure:
    """A quantity as somebody answered it.

    ``interval`` is in the base unit of ``kind`` (for ``FREQUENCY``: shifts a year). ``share`` is filled for
    ``FREQUENCY`` alone, in hundredths of a percent of all shifts. ``text`` is what was written. ``needs_pattern``
    says that a part was left wider than it was meant, for want of the job's shifts in a week or length of shift.
    """

    kind: Kind
    interval: Interval
    text: str
    share: Interval | None = None
    needs_pattern: bool = False


_WHOLE: Final = Interval(0, UNBOUNDED)
_WHOLE_SHARE: Final = Interval(0, WHOLE_SHARE)


def domain(kind: Kind) -> Interval:
    """Every value that a quantity of this kind can have: what an unknown answer may still turn out to be."""
    return _WHOLE_SHARE if kind is Kind.SHARE else _WHOLE


_ARTICLES: Final[dict[Kind, str]] = {
    Kind.MASS: "a weight",
    Kind.DISTANCE: "a distance",
    Kind.DURATION: "a duration",
    Kind.MONEY: "a sum of money",
    Kind.MONEY_RATE: "a sum of money over time",
    Kind.RATE: "a rate",
    Kind.PER_SHIFT: "a number of times a shift",
    Kind.SHARE: "a share",
    Kind.FREQUENCY: "a frequency",
    Kind.COUNT: "a whole number",
    Kind.DATE: "a date",
}

_EXAMPLES: Final[dict[Kind, str]] = {
    Kind.MASS: "6 kg",
    Kind.DISTANCE: "200 m",
    Kind.DURATION: "20 min",
    Kind.MONEY: "£1,200",
    Kind.MONEY_RATE: "£1,200 a month",
    Kind.RATE: "3 a month",
    Kind.PER_SHIFT: "6 a shift",
    Kind.SHARE: "80%",
    Kind.FREQUENCY: "3 a month or 80% of shifts",
    Kind.COUNT: "4",
    Kind.DATE: "21 November 2026",
}


def article(kind: Kind) -> str:
    """The kind in words, with its article: "a weight"."""
    return _ARTICLES[kind]


def example(kind: Kind) -> str:
    """One quantity of the kind, as it may be written: "6 kg"."""
    return _EXAMPLES[kind]


def describe(kind: Kind) -> str:
    """The kind in words with an example, for the "expected" of a message: "a weight such as 6 kg"."""
    return f"{_ARTICLES[kind]} such as {_EXAMPLES[kind]}"
