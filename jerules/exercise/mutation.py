"""Which mutants of a rule book its examples notice, which a proof does, and what would tell the rest."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from jerules.exercise.changes import touches
from jerules.exercise.mutants import Mutant, mutants
from jerules.rulebook import model as m


class Fate(StrEnum):
    """What became of a mutant."""

    EXAMPLE = "example"
    """An example fails."""
    PROOF = "proof"
    """A proof fails."""
    SAME = "same"
    """Proved to say the same as the rule book, or to leave every level as it is with nothing found that tells them
    apart: there is nothing to notice."""
    SURVIVES = "survives"
    """An example would tell it from the rule book, and there is none yet."""
    UNTOLD = "untold"
    """No example was found that tells it; very likely there is none."""


@dataclass(frozen=True, slots=True)
class Noticed:
    """What a proof says of a mutant: that it fails (``PROOF``), that nothing changed (``SAME``), or nothing (None).

    ``levels_stand`` says that it proves every job about which all is known to come to the same level.
    """

    fate: Fate | None
    by: str = ""
    levels_stand: bool = False


NOTHING: Final = Noticed(None)
NO_EXAMPLES: Final = "the factor has no examples to start from"
"""Why nothing is found that would tell a mutant, where there is no example to change an answer of."""
NOT_SOUGHT: Final = "of a procedure no example is looked for"
"""Why nothing is found that would tell a mutant of a procedure: the search is for levels."""

Prover = Callable[[m.RuleBook, m.RuleBook], Noticed]
"""Says of a rule book and a mutant of it whether a proof notices the mutant."""


@dataclass(frozen=True, slots=True)
class Result:
    """A mutant and what became of it.

    ``by`` names the example or the proof, or why no example was found;
    ``witness`` is an example to add.
    """

    mutant: Mutant
    fate: Fate
    by: str = ""
    witness: m.Example | None = None


@dataclass(frozen=True, slots=True)
class Mutation:
    """What became of the mutants of a book. ``of`` counts those there are, tried or not."""

    book: m.RuleBook
    results: tuple[Result, ...]
    of: int

    def count(self, *fates: Fate) -> int:
        """How many came to one of these ends."""
        return sum(result.fate in fates for result in self.results)

    @property
    def noticed(self) -> int:
        """How many the examples or a proof notice."""
        return self.count(Fate.EXAMPLE, Fate.PROOF)

    @property
    def telling(self) -> int:
        """How many could be noticed, as far as is proved: all but those that say the same."""
        return len(self.results) - self.count(Fate.SAME)

    @property
    def unshown(self) -> tuple[str, ...]:
        """The factors and tools with slips that were tried, and without an example that could notice one."""
        shown = {example.factor for example in self.book.examples}
        tried = {key for result in self.results for key in touches(self.book, result.mutant.where)}
        return tuple(key for key in self.book.factors if key in tried - shown)

    @property
    def survivors(self) -> tuple[Result, ...]:
        """Those that nothing noticed."""
        return tuple(result for result in self.results if result.fate in {Fate.SURVIVES, Fate.UNTOLD})


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which mutants to try: those of some factors or tools, at most so many of them, drawn by a seed."""

    factors: frozenset[str] = frozenset()
    limit: int | None = None
    seed: int = 0


def chosen_of(book: m.RuleBook, chosen: Chosen) -> tuple[Mutant, ...]:
    """The mutants of a book that are meant, in the order of the book."""
    found = [
        mutant
        for mutant in mutants(book)
        if not chosen.factors or chosen.factors & {*touches(book, mutant.where), mutant.home}
    ]
    if chosen.limit is None or chosen.limit >= len(found):
        return tuple(found)
    drawn = random.Random(chosen.seed).sample(range(len(found)), chosen.limit)  # noqa: S311 - a sample, not a secret
    return tuple(found[index] for index in sorted(drawn))


def reaches(part: int, whole: int, least: int) -> bool:
    """Whether a share is at least so many per cent; of nothing, everything is reached."""
    return part * 100 >= least * whole


def percent(part: int, whole: int) -> str:
    """A share to a tenth of a percent, never rounded up: `100%` is all of them."""
    if not whole:
        return "none"
    tenths = part * 1000 // whole
    return f"{tenths // 10}%" if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}%"
