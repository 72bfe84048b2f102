"""The levels of a factor as tables: what a single entry comes to for each combination of the words used as scales."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Final

import z3

from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.questions import JOB
from jerules.verify.bench import Bench
from jerules.verify.run import Report
from jerules.verify.undisturbed import undisturbed

MOST: Final = 300
"""The most combinations that are drawn; further ladders are left out of the tables."""
IMPOSSIBLE: Final = "–"


@dataclass(frozen=True, slots=True)
class Grid:
    """One table. ``cells`` has a row for each of ``rows``, of levels such as `3`, `2 to 4`, or a dash: no such entry.

    ``beside`` says what holds for all of it: the rungs of the ladders that are neither rows nor columns.
    """

    record: str
    beside: str
    across: str
    down: str
    columns: tuple[str, ...]
    rows: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]


def grids(bench: Bench) -> tuple[Grid, ...]:
    """The tables of a factor: for each record with two ladders or more, the longest down the side, the next across."""
    bench.everything()
    by_record: dict[str, list[m.Ladder]] = {}
    for ladder in bench.book.ladders:
        if ladder.factor == bench.key and ladder.record != JOB:
            by_record.setdefault(ladder.record, []).append(ladder)
    return tuple(
        grid for record, found in by_record.items() if len(found) > 1 for grid in _of_record(bench, record, found)
    )


@undisturbed()
def grids_of(report: Report) -> dict[str, tuple[Grid, ...]]:
    """The tables of every factor in a report."""
    keys = dict.fromkeys(one.factor for one in report.obligations if one.factor in report.book.factors)
    return {key: grids(Bench(report.book, key)) for key in keys}


def _of_record(bench: Bench, record: str, found: Sequence[m.Ladder]) -> Iterator[Grid]:
    ladders = sorted(found, key=lambda ladder: -len(ladder.terms))
    while prod(len(ladder.terms) for ladder in ladders) > MOST and len(ladders) > 2:  # noqa: PLR2004 - rows and columns
        ladders = ladders[:-1]
    down, across, *rest = ladders
    for rungs in product(*(ladder.terms for ladder in rest)):
        beside = [_on_rung(bench, ladder, rung) for ladder, rung in zip(rest, rungs, strict=True)]
        cells = tuple(
            tuple(
                _levels(bench, record, [_on_rung(bench, down, row), _on_rung(bench, across, column), *beside])
                for column in across.terms
            )
            for row in down.terms
        )
        if all(cell == IMPOSSIBLE for row in cells for cell in row):
            continue
        yield Grid(
            record.replace("_", " "),
            ", ".join(map(_word, rungs)),
            across.name.replace("_", " "),
            down.name.replace("_", " "),
            tuple(map(_word, across.terms)),
            tuple(map(_word, down.terms)),
            cells,
        )


def _on_rung(bench: Bench, ladder: m.Ladder, rung: c.TermKey) -> z3.BoolRef:
    """That an entry is on a rung and on none above it: a higher rung may take the lower ones with it."""
    above = ladder.terms[ladder.terms.index(rung) + 1 :]
    within = [] if ladder.within is None else [bench.reading.holds(ladder.within)]
    return z3.And(bench.reading.term(rung), *within, *[z3.Not(bench.reading.term(one)) for one in above])


def _word(term: c.TermKey) -> str:
    return term.name.replace("_", " ")


def _levels(bench: Bench, record: str, rungs: Sequence[z3.BoolRef]) -> str:
    """The levels that a job with this one entry and no other can come to."""
    alone = [*rungs]
    alone += [
        present if (of, entry) == (record, 0) else z3.Not(present)
        for (of, entry), present in bench.answers.presents.items()
    ]
    alone.append(bench.answers.present(record, 0))
    if not bench.can(*alone):
        return IMPOSSIBLE
    reached = [level for level, holds in bench.at_least.items() if bench.can(*alone, holds)]
    sure = [level for level in reached if not bench.can(*alone, z3.Not(bench.at_least[level]))]
    low, high = max(sure, default=0), max(reached, default=0)
    return f"{low or 'none'} to {high}" if low != high else str(high or "none")
