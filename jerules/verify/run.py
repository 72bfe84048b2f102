"""All checks over a rule book: factor by factor, in as many processes as there are, with what was accepted applied."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache, partial
from typing import Final, NamedTuple

from jerules.rulebook import model as m
from jerules.verify.accepting import accepted
from jerules.verify.bench import Bench
from jerules.verify.checks import CHECKS, OF_ANY_RULES, Check
from jerules.verify.model import Obligation, State
from jerules.verify.processes import from_both_ends, shared
from jerules.verify.shown import Looks, looks
from jerules.verify.together import told_together
from jerules.verify.unchanged import Before
from jerules.verify.undisturbed import undisturbed

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
    def without_levels(self) -> tuple[str, ...]:
        """The codes of the checks that speak of levels, where procedures are among what was checked; else none."""
        procedures = any(one.factor in self.book.factors and self.book.factors[one.factor].procedure
                         for one in self.obligations)  # fmt: skip
        return tuple(one.code for one in CHECKS if one.code not in OF_ANY_RULES) if procedures else ()

    @property
    def clean(self) -> bool:
        """Whether nothing is refuted and nothing undecided."""
        return not self.count(State.REFUTED) and not self.count(State.UNDECIDED)


@dataclass(frozen=True, slots=True)
class Selection:
    """Which factors and tools, by key (none: all, and the scheme as a whole), and which checks (none: all).

    ``against`` is another rule book of the scheme, by which no job may have another level; without it none is compared.
    ``before`` is what was proved of factors before an edit: of what that did not change, it is not proved again.
    """

    factors: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    against: m.RuleBook | None = None
    before: Mapping[str, Before] = field(default_factory=dict, compare=False)


EVERYTHING: Final = Selection()
AT_THE_FRONT: Final = ("V1", "V3", "V15", "V18", "V20", "V2")
"""Of a single factor these are begun first, by the process that makes the sample jobs: they do without its levels."""
AT_THE_BACK: Final = ("V19", "V7", "V6", "V9", "V8", "V21")
"""These are begun by the other process, the last first: they say in formulas what the whole factor comes to."""
SAMPLED: Final = frozenset({"V1", "V2", "V7", "V18", "V19", "V20"})
"""These checks ask what the evaluators find of sample jobs; without any of them nobody has to look."""
FIRST_HALF: Final = frozenset({"V1", "V2", "V7", "V10", "V11", "V12", "V13", "V14", "V15", "V16", "V18", "V19", "V20"})
"""These checks use the sample jobs or cost little; of most factors they take about as long as the others together."""


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
        only: which factors, which checks, and which other book to compare with.
        processes: how many processes to use; as many as there are processors when it is not given.
        told: is told of each factor that is done.

    """
    keys = only.factors or (*book.factors, "")
    found: dict[str, tuple[Obligation, ...]] = {}
    # What is accepted of a comparison stands as it is where nothing is compared.
    codes = only.checks or tuple(one.code for one in CHECKS if only.against or not one.of_editions)
    for key, of_key in _each(_Given(book, only.against, only.before), keys, codes, processes or os.cpu_count() or 1):
        found[key] = of_key
        if told is not None:
            told(key)
    everything = told_together(book, (one for key in keys for one in found[key]))
    return Report(book, tuple(accepted(book, everything, on, keys, codes)), on)


class _Given(NamedTuple):
    """The book that is checked, the one that it is compared with, if there is one, and what was proved before."""

    book: m.RuleBook
    against: m.RuleBook | None
    before: Mapping[str, Before]


class _Task(NamedTuple):
    """Some checks of a factor, or of the scheme as a whole (an empty key); or one check, and a piece of it."""

    key: str
    codes: tuple[str, ...]
    piece: int | None = None


def _each(
    books: _Given, keys: Sequence[str], codes: tuple[str, ...], processes: int
) -> Iterable[tuple[str, tuple[Obligation, ...]]]:
    """The obligations of each part, as they are done; the longest are begun first, each in two halves.

    A single factor is done check by check, from the two ends of them.
    """
    factors = [key for key in keys if key]
    if len(factors) == 1 and processes > 1:
        yield from _of_one_factor(books, factors[0], keys, codes, processes)
        return
    first = tuple(code for code in codes if code in FIRST_HALF)
    halves = [half for half in (first, tuple(code for code in codes if code not in FIRST_HALF)) if half]
    tasks = [_Task(key, codes) for key in keys]
    if processes > 1:
        longest = sorted(keys, key=lambda key: -len(books.book.factors[key].rules) if key else -(10**6))
        tasks = [_Task(key, half) for key in longest for half in halves]
    found: dict[str, list[tuple[Obligation, ...]]] = {key: [] for key in keys}
    for (key, half, _), of_half in shared(_part, books, tasks, processes):
        found[key].append(of_half)
        if half == codes or len(found[key]) == len(halves):
            yield key, tuple(sorted((one for part in found[key] for one in part), key=_in_order))


def _of_one_factor(
    books: _Given, key: str, keys: Sequence[str], codes: tuple[str, ...], processes: int
) -> Iterator[tuple[str, tuple[Obligation, ...]]]:
    """The obligations of a single factor, and of the scheme as a whole where that is asked for as well."""
    middle = [code for code in codes if code not in {*AT_THE_FRONT, *AT_THE_BACK}]
    front, back = ([code for code in those if code in codes] for those in (AT_THE_FRONT, AT_THE_BACK))
    with undisturbed():  # also between two tasks: a thread sends what was looked at to the other process
        bench = _bench(books.book, key, books.before.get(key))
        pieces = {one.code: len(one.pieces(bench)) for one in CHECKS if one.pieces}
        tasks = [
            _Task(key, (code,), piece) for code in (*front, *middle, *back) for piece in range(pieces.get(code, 1))
        ]
        tasks[len(front) : len(front)] = [_Task("", codes)] if "" in keys else []
        sampled = not SAMPLED.isdisjoint(codes)
        found = from_both_ends(_part, books, tasks, processes, partial(_looks, key=key) if sampled else _nothing)
    for of in keys:
        mine = (one for task, part in zip(tasks, found, strict=True) if task.key == of for one in part)
        yield of, tuple(sorted(mine, key=_in_order))


def _looks(books: _Given, key: str) -> Looks:
    """What the evaluators find of the sample jobs of a factor, which most of its checks ask for."""
    return looks(_bench(books.book, key, books.before.get(key)))


def _nothing(_: _Given) -> Looks:
    return ()


def _in_order(one: Obligation) -> int:
    return int(one.check[1:])


@undisturbed()
def _part(books: _Given, task: _Task, looked: Callable[[], Looks] | None = None) -> tuple[Obligation, ...]:
    """What some checks find of a factor; what a process does of one factor, one after the other, has the same bench.

    ``looked`` tells what the evaluators find of its sample jobs, where that is worked out for several processes.
    """
    if not task.key:
        return obligations(books.book, task.key, task.codes, books.against)
    bench = _bench(books.book, task.key, books.before.get(task.key))
    bench.looked = looked if not SAMPLED.isdisjoint(task.codes) else None
    return _found_on(bench, task.codes, books.against, task.piece)


@lru_cache(maxsize=1)
def _bench(book: m.RuleBook, key: str, before: Before | None) -> Bench:
    return Bench(book, key, before=before)


def only_procedures(book: m.RuleBook) -> bool:
    """Whether a book holds procedures and nothing that gives a level."""
    return bool(book.factors) and all(rules.procedure for rules in book.factors.values())


@undisturbed()
def obligations(
    book: m.RuleBook,
    key: str,
    codes: Sequence[str] = (),
    against: m.RuleBook | None = None,
    before: Before | None = None,
) -> tuple[Obligation, ...]:
    """The obligations of one factor, or with an empty key of the scheme as a whole, before anything is accepted.

    Of a procedure, and of a book of nothing else, only those that do not speak of levels. What was proved of the factor
    ``before`` an edit, and does not rest on what that changed, is not proved again.
    """
    if key:
        return _found_on(Bench(book, key, before=before), codes, against)
    wanted = _wanted(book, key, codes)
    found = [one for check in wanted if check.of_book for one in check.of_book(book)]
    return (*found, *_compared(wanted, book, key, against))


def _found_on(
    bench: Bench, codes: Sequence[str], against: m.RuleBook | None, piece: int | None = None
) -> tuple[Obligation, ...]:
    """The obligations of the factor on a bench."""
    wanted = _wanted(bench.book, bench.key, codes)
    pieces = [one for check in wanted if check.pieces for one in check.pieces(bench)]
    chosen = pieces if piece is None else pieces[piece : piece + 1]
    found = [obligation for one in chosen for obligation in one()]
    return (*found, *(() if piece else _compared(wanted, bench.book, bench.key, against)))


def _compared(wanted: Sequence[Check], book: m.RuleBook, key: str, against: m.RuleBook | None) -> Iterator[Obligation]:
    """The obligations of the checks that compare with another book, where there is one."""
    for check in wanted:
        if check.of_editions and against is not None:
            yield from check.of_editions(against, book, key)


def _wanted(book: m.RuleBook, key: str, codes: Sequence[str]) -> list[Check]:
    """Those of the checks that speak of what the rules are: of a procedure, none that speaks of levels."""
    procedure = book.factors[key].procedure if key else only_procedures(book)
    return [
        one for one in CHECKS if (not codes or one.code in codes) and not (procedure and one.code not in OF_ANY_RULES)
    ]
