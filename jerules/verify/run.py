"""All checks over a rule book: factor by factor, in as many processes as there are, with what was accepted applied."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from multiprocessing import get_context
from typing import Final

from jerules.rulebook import model as m
from jerules.verify.accepting import accepted
from jerules.verify.bench import Bench
from jerules.verify.checks import CHECKS
from jerules.verify.model import Obligation, State

Progress = Callable[[str], None]
"""Told the key of each factor that is done; an empty key for what belongs to the scheme as a whole."""


@dataclass(frozen=True, slots=True)
class Report:
    """What was found: every obligation, in the order of the factors, then of the checks."""

    book: m.RuleBook
    obligations: tuple[Obligation, ...]
    on: date

    def count(self, state: State) -> int:
        """How many obligations are in a state."""
        return sum(one.state is state for one in self.obligations)

    @property
    def clean(self) -> bool:
        """Whether nothing is refuted and nothing undecided."""
        return not self.count(State.REFUTED) and not self.count(State.UNDECIDED)


@dataclass(frozen=True, slots=True)
class Selection:
    """Which factors and tools, by key (none: all, and the scheme as a whole), and which checks (none: all)."""

    factors: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()


EVERYTHING: Final = Selection()


def check(
    book: m.RuleBook,
    on: date,
    *,
    only: Selection = EVERYTHING,
    processes: int | None = None,
    told: Progress | None = None,
) -> Report:
    """Check a rule book, or some factors of it, by all checks or by some.

    Args:
        book: the rule book.
        on: the day on which acceptances are to hold.
        only: which factors and which checks.
        processes: how many processes to use; as many as there are processors when it is not given.
        told: is told of each factor that is done.

    """
    keys = only.factors or (*book.factors, "")
    found: dict[str, tuple[Obligation, ...]] = {}
    for key, of_key in _each(book, keys, only.checks, processes or os.cpu_count() or 1):
        found[key] = of_key
        if told is not None:
            told(key)
    everything = [one for key in keys for one in found[key]]
    return Report(book, tuple(accepted(book, everything, on, keys, only.checks)), on)


def _each(
    book: m.RuleBook, keys: Sequence[str], codes: tuple[str, ...], processes: int
) -> Iterable[tuple[str, tuple[Obligation, ...]]]:
    """The obligations of each part, as they are done; the longest are begun first."""
    if processes == 1 or len(keys) == 1:
        for key in keys:
            yield key, obligations(book, key, codes)
        return
    method = "fork" if "fork" in _methods() else None
    with ProcessPoolExecutor(min(processes, len(keys)), get_context(method), _begin, (book,)) as pool:
        longest = sorted(keys, key=lambda key: -len(book.factors[key].rules) if key else -(10**6))
        waiting = {key: pool.submit(_part, key, codes) for key in longest}
        for key, done in waiting.items():
            yield key, done.result()


def _methods() -> list[str]:
    from multiprocessing import get_all_start_methods

    return get_all_start_methods()


_books: list[m.RuleBook] = []


def _begin(book: m.RuleBook) -> None:
    _books[:] = [book]


def _part(key: str, codes: tuple[str, ...]) -> tuple[Obligation, ...]:
    return obligations(_books[0], key, codes)


def obligations(book: m.RuleBook, key: str, codes: Sequence[str] = ()) -> tuple[Obligation, ...]:
    """The obligations of one factor, or with an empty key of the scheme as a whole, before anything is accepted."""
    wanted = [one for one in CHECKS if not codes or one.code in codes]
    found: list[Obligation] = []
    if key:
        bench = Bench(book, key)
        for one in wanted:
            found += one.of_factor(bench) if one.of_factor else ()
    else:
        for one in wanted:
            found += one.of_book(book) if one.of_book else ()
    return tuple(found)
