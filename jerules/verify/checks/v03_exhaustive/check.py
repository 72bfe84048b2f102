"""V3: no case that a scale leaves out, no job without a level, and no combination that only `otherwise` decides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

import z3

from jerules.engine.resolve import Standing
from jerules.quantities.calendar import Calendar
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.verify.bare import by_interpretation, interpretations_in, keeping
from jerules.verify.bench import Bench, Conclusion, Undecided
from jerules.verify.cells import Cells, cells_of
from jerules.verify.checks.v03_exhaustive.grid import grids
from jerules.verify.ladders import (
    ends_of,
    gap,
    in_order,
    ladders_of,
    of_scheme,
    rungs,
    there,
    witness_of,
)
from jerules.verify.model import End, Finding, Obligation, State, Witness
from jerules.verify.regions import in_words
from jerules.verify.settle import CELLS, SLOW, SOLVER, Duty, both, kept, kept_of_levels, must_not_be, obligation
from jerules.verify.worlds import Reading

CODE = "V3"
TITLE = "no demand without a place, no job without a level"


def pieces(bench: Bench) -> list[Callable[[], Iterable[Obligation]]]:
    """Each ladder of the factor covers what it claims, each job gets some level, each combination of rungs a rule."""
    found: list[Callable[[], Iterable[Obligation]]]
    found = [partial(_ladder, bench, ladder) for ladder in ladders_of(bench.book, bench.key)]
    of = bench.book.scheme.factor(bench.factor.number) if bench.factor.number is not None else None
    if of is not None and of.levels and bench.factor.rules:  # without level definitions no rule can give a level
        found += [partial(_some_level, bench), partial(grids, bench, CODE)]
    return found


def of_book(book: m.RuleBook) -> Iterator[Obligation]:
    """Each ladder of the whole scheme covers what it claims."""
    return of_scheme(book, _ladder)


def _some_level(bench: Bench) -> Iterator[Obligation]:
    def finding(found: Conclusion) -> tuple[Finding, Witness]:
        wrong = Finding(
            "the rules give some jobs no level", help="add `level 1 otherwise`, or the rule that is missing"
        )
        return wrong, bench.witness(found, "no level", lambda seen: _none(seen.standing))

    duty = Duty(CODE, "some level", "the rules give every job a level")
    if done := kept_of_levels(bench, duty):
        yield done
        return
    # Where the rules say what holds otherwise, there is a level whatever entries there are.
    wide = bench if bench.factor.otherwise else bench.for_levels(reached=0)
    yield must_not_be(wide, duty, z3.Not(wide.at_least[1]), finding)


def _none(standing: Standing) -> bool:
    return standing.lowest.level is None


# ── ladders ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _ladder(bench: Bench, ladder: m.Ladder) -> Iterator[Obligation]:
    """Whether every case is on a rung; and for each interpretation the cases that are on one by it alone."""
    case = gap(ladder)
    done, names = kept(bench, _duty(ladder), ladder), interpretations_in(bench.book, [case])
    cells = cells_of(bench.book, [case]) if names or done is None else None
    yield done or _covered(bench, ladder, cells)
    known: frozenset[str] = frozenset()
    for name in names:
        before, after = keeping(bench.book, known), keeping(bench.book, known | {name})
        known |= {name}
        yield from _closed_by(bench, ladder, name, (before, after), cells)


def _duty(ladder: m.Ladder) -> Duty:
    within = ", within its limits," if ladder.within else ""
    return Duty(CODE, ladder.name, f"every case{within} is on a rung of “{in_order(ladder)}”")


def _covered(bench: Bench, ladder: m.Ladder, cells: Cells | None) -> Obligation:
    case = gap(ladder)

    def finding(found: Conclusion) -> tuple[Finding, Witness]:
        wrong = Finding(
            f"some cases are on no rung of “{in_order(ladder)}”",
            ends=_ends(bench.book, ladder),
            regions=_regions(cells, case, bench.book.scheme.calendar),
            help="say in an interpretation where they belong, or limit the ladder with `when`",
        )
        return wrong, witness_of(bench, found, "on no rung", (ladder.record, case))

    found = must_not_be(bench, _duty(ladder), z3.And(there(bench, ladder.record), bench.reading.holds(case)), finding)
    if cells is None:
        return found
    return both(found, State.REFUTED if cells.holds(case).any() else State.PROVED)


def _regions(cells: Cells | None, case: c.Condition, calendar: Calendar) -> tuple[str, ...]:
    return in_words(cells, cells.holds(case), calendar) if cells else ()


def _ends(book: m.RuleBook, ladder: m.Ladder) -> tuple[End, ...]:
    return tuple(end for rung in rungs(ladder) for end in ends_of(book, rung))


def _closed_by(
    bench: Bench, ladder: m.Ladder, name: str, books: tuple[m.RuleBook, m.RuleBook], cells: Cells | None
) -> Iterator[Obligation]:
    """The cases that an interpretation puts on a rung: nothing where there are none."""
    case = gap(ladder)
    readings = [Reading(book, book.factors[bench.key], bench.answers) for book in books]
    silent, answered = (reading.holds(case) for reading in readings)
    says = f"by the guidance itself, some cases are on no rung of “{in_order(ladder)}”; {name} says where they belong"
    duty = Duty(CODE, f"{ladder.name} {name}", says)
    try:
        found = bench.ask(there(bench, ladder.record), silent, z3.Not(answered))
    except Undecided:
        yield obligation(bench, duty, State.UNDECIDED, Finding(SLOW))
        return
    if found is None:
        return
    regions: tuple[str, ...] = ()
    if cells is not None:
        before, after = (cells.under(book) for book in books)
        regions = in_words(cells, before.holds(case) & ~after.holds(case), bench.book.scheme.calendar)
    witness = witness_of(bench, found, "on no rung, but for the interpretation", (ladder.record, case), books[0])
    finding = Finding(
        f"the guidance by itself puts these cases on no rung of “{in_order(ladder)}”",
        ends=_ends(books[0], ladder),
        regions=regions,
        witnesses=(witness,),
    )
    by = (CELLS, SOLVER) if cells else (SOLVER,)
    reason = by_interpretation(bench.book, name)
    yield Obligation(CODE, bench.key, duty.subject, says, State.ACCEPTED, by, finding, reason, bench.most)
