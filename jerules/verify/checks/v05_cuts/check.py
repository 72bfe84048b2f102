"""V5: no value that two places cut to different sides, or that falls between two rungs, or on both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Final

import numpy as np
import z3

from jerules.quantities.kinds import Exact, Kind
from jerules.quantities.words import say
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.questions import Form, Question
from jerules.verify.axes import Axis, Span, whole
from jerules.verify.bench import Bench, Conclusion
from jerules.verify.cells import Cells, Truths, cells_of
from jerules.verify.formulas import any_of, constant
from jerules.verify.ladders import (
    end_of_definition,
    ends_of,
    in_order,
    ladders_of,
    of_scheme,
    rungs,
    there,
    witness_of,
)
from jerules.verify.model import End, Finding, Obligation, State, Witness
from jerules.verify.regions import in_words
from jerules.verify.settle import CELLS, READING, Duty, end_of, must_not_be
from jerules.verify.worlds import slot_of

CODE = "V5"
TITLE = "cuts meet"

BELOW: Final = frozenset({">=", "<"})
"""What cuts just below its number: the number itself belongs to what is above."""
ABOVE: Final = frozenset({">", "<="})
"""What cuts just above its number."""


def of_factor(bench: Bench) -> Iterator[Obligation]:
    """Each number is cut to one side throughout the factor, and neighbouring rungs meet at it."""
    yield from _sides(bench)
    for ladder in ladders_of(bench.book, bench.key):
        yield from _ladder(bench, ladder)


def of_book(book: m.RuleBook) -> Iterator[Obligation]:
    """Neighbouring rungs of the ladders of the whole scheme meet."""
    return of_scheme(book, _ladder)


# ── one number, one side ─────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Cut:
    """Where an answer is cut: the question, which side of a frequency, and the number."""

    question: Question
    part: c.Part
    text: str
    value: Exact | None
    parameter: str


@dataclass(frozen=True, slots=True)
class Stands:
    """Where a comparison stands: the rule, or the definition of a term."""

    end: End
    term: c.TermKey | None = None


def _sides(bench: Bench) -> Iterator[Obligation]:
    """For every number that is compared with in two places or more: they cut it to the same side."""
    found: dict[Cut, dict[str, list[Stands]]] = {}
    for leaf, stands in _compared(bench):
        if leaf.op != "=" and not leaf.bound.around:
            open_number = leaf.bound.parameter if leaf.bound.value is None else ""
            cut = Cut(leaf.question, leaf.part, _words(bench, leaf), leaf.bound.value, open_number)
            found.setdefault(cut, {}).setdefault(leaf.op, []).append(stands)
    for cut, ops in found.items():
        if sum(map(len, ops.values())) > 1:
            yield _side(bench, cut, ops)


def _side(bench: Bench, cut: Cut, ops: Mapping[str, Sequence[Stands]]) -> Obligation:
    subject = f"{cut.question.key} {cut.text}"
    says = f"{cut.text} falls on the same side wherever “{cut.question.asks or cut.question.key}” is compared with it"
    sides = [[one for op, places in ops.items() if op in side for one in places] for side in (BELOW, ABOVE)]
    apart = [pair for pair in product(*sides) if not (whole(cut.question) and _of_one_ladder(bench, pair))]
    if not apart:
        return Obligation(CODE, bench.key, subject, says, State.PROVED, (READING,))
    written = [" and ".join(f"“{op} {cut.text}”" for op in ops if op in side) for side in (BELOW, ABOVE)]
    finding = Finding(
        f"{written[0]} stands in one place and {written[1]} in another",
        ends=tuple(dict.fromkeys(one.end for pair in apart for one in pair)),
        regions=(f"{cut.question.key}: exactly {cut.text}",),
        help="say in both places to which side the number itself belongs",
    )
    return Obligation(CODE, bench.key, subject, says, State.REFUTED, (READING,), finding)


def _of_one_ladder(bench: Bench, pair: Sequence[Stands]) -> bool:
    """Whether two rungs of one ladder cut there, so that the number has a meaning of its own: “two”, “over two”."""
    terms = {one.term for one in pair}
    return len(terms) > 1 and any(terms <= set(ladder.terms) for ladder in bench.book.ladders)


def _words(bench: Bench, leaf: c.Compare) -> str:
    """The number of a comparison, said the same way wherever it stands."""
    question, bound = leaf.question, leaf.bound
    if bound.value is None:
        return bound.text
    if question.type.form is Form.SCALE:
        return question.type.names[int(bound.value)]
    return say(bound.kind, bound.value, question.type.per or None, calendar=bench.book.scheme.calendar)


def _compared(bench: Bench) -> Iterator[tuple[c.Compare, Stands]]:
    """Every comparison that can move a level of the factor, with the statement that it stands in; each place once."""
    rules = [rule for rule in bench.rules if not isinstance(rule.effect, m.Asks)]
    waiting = [(rule.condition, Stands(end_of(rule))) for rule in rules if rule.condition is not None]
    opened: set[c.TermKey] = set()
    while waiting:
        condition, stands = waiting.pop(0)
        for part in c.walk(condition):
            if isinstance(part, c.Compare):
                yield part, stands
            elif isinstance(part, c.Holds) and part.term not in opened:
                opened.add(part.term)
                definitions = bench.book.terms[part.term].definitions
                waiting += [
                    (one.condition, Stands(end_of_definition(part.term, one), part.term)) for one in definitions
                ]


# ── neighbouring rungs ───────────────────────────────────────────────────────────────────────────────────────────


def _ladder(bench: Bench, ladder: m.Ladder) -> Iterator[Obligation]:
    """For each number that the rungs turn on: at each cut one of two neighbours ends and the other begins."""
    conditions = [*rungs(ladder), *([ladder.within] if ladder.within else [])]
    cells = cells_of(bench.book, conditions)
    if cells is None:
        return
    for place, axis in enumerate(cells.axes):
        if axis.question.type.form is Form.QUANTITY:
            yield _meets(bench, ladder, cells, place)


def _meets(bench: Bench, ladder: m.Ladder, cells: Cells, place: int) -> Obligation:
    question = cells.axes[place].question
    neither, twice = _clashes(ladder, cells, place)
    wrong = neither | twice
    says = f"neighbours on “{in_order(ladder)}” meet at each number of “{question.asks or question.key}”"
    duty = Duty(CODE, f"{ladder.name} {question.key}", says)
    if not wrong.any():
        return Obligation(CODE, bench.key, duty.subject, says, State.PROVED, (CELLS,))
    falls = [word for word, found in (("on no rung", neither), ("on two rungs", twice)) if found.any()]
    message = f"a number between two neighbours of “{in_order(ladder)}” falls {' and another '.join(falls)}"
    case, exact = _case(ladder, twice=not neither.any()), _exactly(bench, cells, wrong, place)

    def finding(found: Conclusion) -> tuple[Finding, Witness]:
        shown = Finding(
            message,
            ends=tuple(end for rung in rungs(ladder) for end in ends_of(bench.book, rung)),
            regions=in_words(cells, wrong, bench.book.scheme.calendar),
            help="close one of the two rungs at the number, and only one",
        )
        return shown, witness_of(bench, found, falls[0], (ladder.record, case))

    formula = z3.And(there(bench, ladder.record), bench.reading.holds(case), exact)
    return must_not_be(bench, duty, formula, finding)


def _case(ladder: m.Ladder, *, twice: bool) -> c.Condition:
    """On two neighbouring rungs, or on none."""
    place = ladder.source.place
    on = rungs(ladder)
    if twice:
        return c.AnyOf(tuple(c.All(pair, place) for pair in pairwise(on)), place)
    return c.Not(c.AnyOf(on, place), place)


def _exactly(bench: Bench, cells: Cells, wrong: Truths, place: int) -> z3.BoolRef:
    """That the answer is one of the numbers at which something is wrong."""
    axis = cells.axes[place]
    along = tuple(other for other in range(len(cells.axes)) if other != place)
    numbers = []
    for cell in np.flatnonzero(cells.everywhere(wrong).any(axis=along)):
        for part, span in ((c.Part.VALUE, axis.cells[cell].span), (c.Part.SHARE, axis.cells[cell].share)):
            if span is not None and span.low == span.high:
                numbers.append(bench.answers.number(slot_of(axis.question, 0), part) == constant(span.low))
    return any_of(numbers)


def _clashes(ladder: m.Ladder, cells: Cells, place: int) -> tuple[Truths, Truths]:
    """The cells of a single number between two neighbouring rungs that are on neither of them, and on both."""
    on = [np.moveaxis(cells.everywhere(cells.holds(rung)), place, 0) for rung in rungs(ladder)]
    whole = np.ones((1,) * len(cells.axes), dtype=np.bool_)
    claimed = np.moveaxis(cells.everywhere(cells.holds(ladder.within) if ladder.within else whole), place, 0)
    none = ~np.logical_or.reduce(on) & claimed
    neither, twice = np.zeros_like(none), np.zeros_like(none)
    for before, at, after in _threes(cells.axes[place]):
        for one, other in pairwise(on):
            for low, high in ((one, other), (other, one)):
                neither[at] |= low[before] & high[after] & none[at]
                twice[at] |= low[before] & ~high[before] & high[after] & ~low[after] & low[at] & high[at]
    return np.moveaxis(neither, 0, place), np.moveaxis(twice, 0, place)


def _threes(axis: Axis) -> Iterator[tuple[int, int, int]]:
    """Each cell of a single number, with the cell below and the cell above it."""
    for line in _lines(axis):
        for (before, _), (at, span), (after, _) in zip(line, line[1:], line[2:], strict=False):
            if span.low == span.high:
                yield before, at, after


def _lines(axis: Axis) -> Iterator[list[tuple[int, Span]]]:
    """The cells in rising order; of a frequency the rates at each share, and the shares at each rate."""
    if axis.question.type.kind is not Kind.FREQUENCY:
        yield [(number, cell.span) for number, cell in enumerate(axis.cells) if cell.span]
        return
    rates: dict[Span, list[tuple[int, Span]]] = {}
    shares: dict[Span, list[tuple[int, Span]]] = {}
    for number, cell in enumerate(axis.cells):
        if cell.span and cell.share:
            rates.setdefault(cell.share, []).append((number, cell.span))
            shares.setdefault(cell.span, []).append((number, cell.share))
    for line in (*rates.values(), *shares.values()):
        yield sorted(line, key=lambda found: (found[1].low, found[1].high))
