"""How long it takes to prove a scheme: whole, and one factor after an edit of its file.

Run by hand: ``python -m tests.benchmarks.checking --scheme nhs --rounds 5``.
"""

from __future__ import annotations

import argparse
import gc
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from random import Random
from statistics import median
from time import perf_counter

from jerules.documents.text import Source, read_source
from jerules.exercise.changes import changed
from jerules.exercise.mutants import mutants
from jerules.resources import folder
from jerules.rulebook.load import book_of, load_rulebook
from jerules.rulebook.model import RuleBook
from jerules.scheme.load import load_scheme
from jerules.verify.checks import CHECKS
from jerules.verify.run import Report, Selection, check, obligations
from jerules.verify.unchanged import Before, proved_of
from tests.benchmarks.timing import machine

DAY = date(2026, 11, 22)
SEED = 5


@dataclass(frozen=True, slots=True)
class Taken:
    """The seconds of each round of one thing."""

    what: str
    times: tuple[float, ...]

    def line(self) -> str:
        """A row: the least, the middle and the most, in milliseconds."""
        least, middle, most = (1000 * one for one in (min(self.times), median(self.times), max(self.times)))
        return f"{self.what:52} {least:8.0f} {middle:8.0f} {most:8.0f}"


def timed(what: str, work: Callable[[], object], rounds: int) -> Taken:
    """Do something so many times."""
    times = []
    for _ in range(rounds):
        gc.collect()  # in the time of nobody, as `--watch` does it while it waits
        begun = perf_counter()
        work()
        times.append(perf_counter() - begun)
    return Taken(what, tuple(times))


class Edited:
    """A scheme in which one file is edited over and over: each edit makes another book, with that factor to check.

    An edit is a slip of those that `jerules mutate` makes, so that a rule or a word says something else; another one
    each time, chosen by chance and the same in every run.
    """

    def __init__(self, scheme: str, factor: str) -> None:
        self.factor = factor
        home = folder("rules") / scheme
        self.sources = [read_source(path, shown_as=path.name) for path in sorted(home.glob("*.jer"))]
        self.scheme = load_scheme(scheme)
        place = load_rulebook(scheme, examples=False).factors[factor].rules[0].source.place.file
        self.number = next(i for i, one in enumerate(self.sources) if place.endswith(one.name))
        self.edits = 0
        book = self.read()
        self.before = proved_of(book, self.check(book).obligations)
        self.slips = [one for one in mutants(book) if one.home == factor]
        Random(SEED).shuffle(self.slips)  # noqa: S311 - to be the same every time

    def read(self) -> RuleBook:
        """The book, the text of the file having changed."""
        self.edits += 1
        source = self.sources[self.number]
        texts = list(self.sources)
        texts[self.number] = Source(source.name, f"{source.text}\n# edit {self.edits}\n")
        return book_of(self.scheme, texts, examples=False)  # as `jerules check` reads them

    def edit(self) -> RuleBook:
        """The book after the next slip."""
        book, slip = self.read(), self.slips[self.edits % len(self.slips)]
        return changed(book, slip.where, slip.statement)

    def check(self, book: RuleBook, before: Mapping[str, Before] | None = None) -> Report:
        """The checks of the edited factor; with ``before``, only of what has changed."""
        return check(book, DAY, only=Selection((self.factor,), before=before or {}))

    def follow(self) -> Report:
        """What `jerules check --watch` does after an edit: the file read, and proved what it changed."""
        return self.check(self.edit(), self.before)


def by_check(book: RuleBook, rounds: int) -> list[Taken]:
    """Each check by itself over all factors, in one process."""
    keys = [*book.factors, ""]
    return [
        timed(f"{one.code} {one.title}", lambda: [obligations(book, key, (one.code,)) for key in keys], rounds)  # noqa: B023
        for one in CHECKS
    ]


def main() -> None:
    """Take and print the times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scheme", default="nhs")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--checks", action="store_true", help="each check by itself, too")
    given = parser.parse_args()
    book = load_rulebook(given.scheme, examples=False)
    print(machine())
    print(f"{given.scheme}: {len(check(book, DAY).obligations):,} obligations, rule book {book.hash}")
    print(f"{'milliseconds':52} {'least':>8} {'median':>8} {'most':>8}")
    whole = Edited(given.scheme, next(iter(book.factors)))
    fresh = iter([whole.read() for _ in range(2 * given.rounds)])
    rows = [timed(f"the whole scheme, {os.cpu_count()} processes", lambda: check(next(fresh), DAY), given.rounds)]
    for factor in book.factors:
        edited = Edited(given.scheme, factor)
        books = iter([edited.edit() for _ in range(given.rounds)])
        rows += [
            timed(f"factor {factor}: its checks", lambda: edited.check(next(books)), given.rounds),  # noqa: B023
            timed("  after an edit, its file read", edited.follow, given.rounds),
        ]
    # At the end, for a process that has done all of it by itself is larger, and copies of it take longer to make.
    rows.append(timed("the whole scheme, 1 process", lambda: check(next(fresh), DAY, processes=1), given.rounds))
    rows += by_check(book, 1) if given.checks else []
    for row in rows:
        print(row.line())


if __name__ == "__main__":
    main()
