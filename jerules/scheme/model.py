"""A job-evaluation scheme: factors with levels and points, the bands that totals fall into, and positions on it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, Self

from jerules.quantities.calendar import Calendar
from jerules.quantities.words import say_day

# At most two digits, so that a slip of the finger is a fault to report and never a huge number.
_POSITION = re.compile(r"([0-9]{1,2})\s*(?:\(\s*([a-z])\s*\)|([a-z]))?", re.IGNORECASE | re.ASCII)


UNCERTAIN: Final = (
    "A question mark after a letter: the letter is uncertain in our copy of the document; the level is not."
)
"""Stands wherever a letter is shown with its mark."""

_MARKED = re.compile(r"\d\([^)]*[a-z]\?")


def has_mark(text: str) -> bool:
    """Whether a level whose letter is marked as uncertain stands in a text."""
    return _MARKED.search(text) is not None


@dataclass(frozen=True, slots=True)
class Position:
    """A place on one factor: a level from 1 upwards and, where it was given, the letter of one option of that level.

    ``uncertain`` says that the copy of the document at hand leaves the place of that letter in doubt.
    """

    level: int
    option: str | None = None
    uncertain: bool = field(default=False, compare=False, repr=False)

    def __str__(self) -> str:
        return f"{self.level}({self.option})" if self.option else str(self.level)

    @property
    def shown(self) -> str:
        """As a panel sees it: ``3(c)``, or ``3(c?)`` where the letter is uncertain."""
        return f"{self.level}({self.option}?)" if self.option and self.uncertain else str(self)

    @classmethod
    def read(cls, text: str) -> Self:
        """Read ``3(c)``, ``3c`` or ``3``; spaces and capitals do not matter.

        Whether a scheme has such a level is not asked here. Raises :class:`ValueError` with one plain sentence.
        """
        found = _POSITION.fullmatch(text.strip())
        if found is None or int(found[1]) == 0:
            message = f"`{text.strip()}` is not a level"
            raise ValueError(message)
        letter = found[2] or found[3]
        return cls(int(found[1]), letter.lower() if letter else None)


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a factor: its whole points and the letters of its options, if it is divided into options.

    ``uncertain`` holds those letters whose place the copy of the document at hand leaves in doubt. ``about`` are a few
    words that remind of the level; nothing is decided by them.
    """

    number: int
    points: int
    options: tuple[str, ...] = ()
    uncertain: tuple[str, ...] = ()
    about: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor; ``levels`` runs from level 1 without a hole, with strictly rising points.

    It is empty where no level definitions are loaded; such a factor has no points either.
    """

    number: int
    slug: str
    title: str
    category: str
    about: str
    levels: tuple[Level, ...]

    @property
    def lowest(self) -> int:
        """The points of level 1."""
        return self.levels[0].points

    @property
    def highest(self) -> int:
        """The points of the top level."""
        return self.levels[-1].points

    def level(self, number: int) -> Level | None:
        """The level of that number, or nothing when the factor has no such level."""
        return self.levels[number - 1] if 1 <= number <= len(self.levels) else None

    def uncertain(self, number: int | None, letters: Iterable[str]) -> tuple[str, ...]:
        """Those of the letters of a level whose place is in doubt."""
        level = self.level(number or 0)
        return tuple(letter for letter in letters if level and letter in level.uncertain)

    def marked(self, position: Position) -> Position:
        """The same position, which knows whether its letter is uncertain."""
        letters = (position.option,) if position.option else ()
        return replace(position, uncertain=bool(self.uncertain(position.level, letters)))

    def shown(self, number: int, letters: Iterable[str]) -> str:
        """A level with several of its letters as a panel sees them: ``3(a, c?)``."""
        known = tuple(letters)
        doubtful = self.uncertain(number, known)
        written = ", ".join(f"{letter}?" if letter in doubtful else letter for letter in known)
        return f"{number}({written})" if written else str(number)


@dataclass(frozen=True, slots=True)
class Category:
    """A heading over several factors with the points that their top levels must make together."""

    name: str
    maximum: int


@dataclass(frozen=True, slots=True)
class Band:
    """A pay band: the totals from ``low`` to ``high``, both included."""

    name: str
    low: int
    high: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """Which version of which document the data follows.

    ``factors_in`` is the part of the document that defines the factors; citations of a factor are found there.
    ``published`` is None where the day is not known.
    """

    id: str
    published: date | None
    document: str
    factors_in: str

    @property
    def words(self) -> str:
        """As a person says it: ``edition 7, 1 February 2024``; the day alone where the edition has no other name."""
        if self.published is None:
            return f"edition {self.id}"
        name = "edition of" if self.id == self.published.isoformat() else f"edition {self.id},"
        return f"{name} {say_day(self.published)}"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something a reader of the data should know; ``external`` when it does not come from the scheme's own document."""

    id: str
    text: str
    external: bool


@dataclass(frozen=True, slots=True)
class Scheme:
    """A whole scheme, as checked on loading.

    Exactly one of ``bands`` and ``no_bands`` is filled: the bands in ascending order without hole or overlap, or the
    sentence that says why the scheme has none. ``no_levels`` is filled when a factor has no levels, and says why;
    ``maximum`` may then be None. ``label`` is shown at the head of whatever is made with the scheme, ``folder`` is the
    user's folder that it was read from; both are empty for most.
    """

    id: str
    title: str
    edition: Edition
    calendar: Calendar
    maximum: int | None
    categories: tuple[Category, ...]
    factors: tuple[Factor, ...]
    bands: tuple[Band, ...] = ()
    no_bands: str = ""
    notes: tuple[Remark, ...] = ()
    # Not in the text that a rule book's hash is taken over: they say nothing about what a level is.
    no_levels: str = field(default="", repr=False)
    label: str = field(default="", repr=False)
    folder: str = field(default="", repr=False)

    @property
    def unlevelled(self) -> tuple[Factor, ...]:
        """The factors for which no level definitions are loaded."""
        return tuple(factor for factor in self.factors if not factor.levels)

    @property
    def lowest(self) -> int:
        """The total of level 1 on every factor."""
        return sum(factor.lowest for factor in self.factors)

    def factor(self, key: int | str) -> Factor | None:
        """The factor of that number or slug, or nothing."""
        for factor in self.factors:
            if key in (factor.number, factor.slug):
                return factor
        return None

    def band_of(self, total: int) -> Band | None:
        """The band that a total falls into, or nothing when the scheme has no band for it."""
        for band in self.bands:
            if band.low <= total <= band.high:
                return band
        return None
