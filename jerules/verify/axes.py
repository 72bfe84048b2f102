"""An answer cut at every threshold: finitely many cells, in each of which no condition can tell two answers apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import Final

from jerules.faults import OurFault
from jerules.quantities.calendar import FEWEST_SHIFTS, MOST_SHIFTS
from jerules.quantities.kinds import UNBOUNDED, WHOLE_SHARE, Exact, Kind, domain, exact
from jerules.rulebook import conditions as c
from jerules.rulebook.questions import Form, Question

USUAL_SHIFTS: Final = 5 * 52
"""The shifts in a year of a job with five a week."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of numbers; ``low_in`` and ``high_in`` say whether the ends belong to it."""

    low: Exact
    high: Exact
    low_in: bool
    high_in: bool

    @property
    def middle(self) -> Exact:
        """A number in it: an end that belongs to it and is not nought, else the one half-way, else one well above."""
        if self.low == self.high or (self.low_in and self.low):
            return self.low
        if self.high >= UNBOUNDED:
            return exact(self.low * 2 or 1)
        return self.high if self.high_in else exact(Fraction(self.low + self.high) / 2)

    def joined(self, other: Span) -> Span:
        """This stretch and the one right after it."""
        return Span(self.low, other.high, self.low_in, other.high_in)


def inside(span: Span, value: Exact) -> bool:
    """Whether a number lies in a stretch."""
    above = value >= span.low if span.low_in else value > span.low
    return above and (value <= span.high if span.high_in or span.high >= UNBOUNDED else value < span.high)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of an axis.

    ``value`` stands for all of it: a number, a pair of rate and share, a set of chosen names, or yes or no. ``span`` is
    the stretch of a number (of the rate, for a frequency), ``share`` that of the share; ``names`` are the choices that
    fall in it.
    """

    value: Exact | tuple[Exact, Exact] | frozenset[str] | bool
    span: Span | None = None
    share: Span | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Axis:
    """A question with its cells, in rising order where there is one."""

    question: Question
    cells: tuple[Cell, ...]


class Open(Exception):
    """A condition turns on a number that is not fixed: a parameter without a convention, or a soft number."""


def axis(question: Question, leaves: Sequence[c.Leaf]) -> Axis:
    """The axis of a question, cut where any of these leaves cuts it. Raises :class:`Open` where one has no number."""
    mine = [leaf for leaf in leaves if leaf.question == question]
    match question.type.form:
        case Form.YES_NO:
            return Axis(question, (Cell(value=False), Cell(value=True)))
        case Form.ONE_OF:
            return Axis(question, tuple(_groups(question, mine)))
        case Form.ANY_OF:
            return Axis(question, tuple(_sets(question, mine)))
        case Form.TEXT:
            raise OurFault(f"no condition can read the text `{question.key}`")
    compares = [leaf for leaf in mine if isinstance(leaf, c.Compare)]
    if question.type.kind is Kind.FREQUENCY:
        return Axis(question, tuple(_frequencies(compares)))
    spans = _spans(compares, question)
    return Axis(question, tuple(Cell(span.middle, span) for span in spans))


def meets(leaf: c.Leaf, cell: Cell) -> bool:
    """Whether the answers of a cell meet a leaf."""
    value = cell.value
    match leaf:
        case c.IsYes():
            return value is True
        case c.Chosen(values=values):
            return isinstance(value, frozenset) and bool(value & values)
    if isinstance(value, tuple):
        value = value[1] if leaf.part is c.Part.SHARE else value[0]
    if isinstance(value, bool | frozenset):
        raise OurFault(f"`{leaf.question.key}` is compared with a number and has none")
    return compared(leaf.op, value, fixed(leaf))


def fixed(leaf: c.Compare) -> Exact:
    """The number that an answer is compared with. Raises :class:`Open` where there is no single one."""
    if leaf.bound.value is None or leaf.bound.around:
        raise Open
    return leaf.bound.value


_TESTS: Final[dict[str, Callable[[Exact, Exact], bool]]] = {
    ">=": lambda value, bound: value >= bound,
    ">": lambda value, bound: value > bound,
    "<=": lambda value, bound: value <= bound,
    "<": lambda value, bound: value < bound,
    "=": lambda value, bound: value == bound,
}


def compared(op: str, value: Exact, bound: Exact) -> bool:
    """Whether a number stands so to another."""
    return _TESTS[op](value, bound)


def whole(question: Question) -> bool:
    """Whether the answers are whole numbers."""
    return question.type.form is Form.SCALE or question.type.kind in {Kind.COUNT, Kind.DATE}


def limits(question: Question) -> tuple[Exact, Exact]:
    """The least and the greatest number that an answer can be; the rank for a step of a scale."""
    if question.type.form is Form.SCALE:
        return 0, len(question.type.names) - 1
    every = domain(question.type.kind or Kind.COUNT)
    return every.low, every.high


# ── numbers ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _spans(compares: Sequence[c.Compare], question: Question) -> list[Span]:
    low, high = limits(question)
    return _cut(low, high, compares, whole=whole(question))


def _cut(low: Exact, high: Exact, compares: Sequence[c.Compare], *, whole: bool = False) -> list[Span]:
    """The numbers from ``low`` to ``high``, cut so finely that in no piece any comparison changes, and no finer."""
    cuts = sorted({low, high, *(bound for one in compares if low <= (bound := fixed(one)) <= high)})
    pieces = [Span(cuts[0], cuts[0], low_in=True, high_in=True)]
    for before, after in pairwise(cuts):
        pieces += _between(before, after, whole=whole)
        if after < UNBOUNDED:
            pieces.append(Span(after, after, low_in=True, high_in=True))
    merged: list[Span] = []
    for piece in pieces:
        if merged and _alike(merged[-1], piece, compares):
            merged[-1] = merged[-1].joined(piece)
        else:
            merged.append(piece)
    return merged


def _between(before: Exact, after: Exact, *, whole: bool) -> Iterator[Span]:
    if not whole:
        yield Span(before, after, low_in=False, high_in=False)
    elif before + 1 <= after - 1:
        unbounded = after >= UNBOUNDED
        yield Span(before + 1, after if unbounded else after - 1, low_in=True, high_in=not unbounded)


def _alike(one: Span, other: Span, compares: Sequence[c.Compare]) -> bool:
    return all(
        compared(leaf.op, one.middle, fixed(leaf)) == compared(leaf.op, other.middle, fixed(leaf)) for leaf in compares
    )


def _frequencies(compares: Sequence[c.Compare]) -> Iterator[Cell]:
    """Every pair of a stretch of rates and one of shares that some pattern of shifts can bring about."""
    rates = _cut(0, UNBOUNDED, [leaf for leaf in compares if leaf.part is c.Part.VALUE])
    shares = _cut(0, WHOLE_SHARE, [leaf for leaf in compares if leaf.part is c.Part.SHARE])
    for rate in rates:
        for share in shares:
            found = _pair(rate, share)
            if found is not None:
                yield Cell(found, rate, share)


def _pair(rate: Span, share: Span) -> tuple[Exact, Exact] | None:
    """A rate and a share in these stretches that belong together for some number of shifts in a year, if there is one.

    With five shifts a week where that is possible, else with whole shifts a week and as near to that as can be.
    """
    if found := _patterns(rate, share):
        weekly = sorted(range(52, MOST_SHIFTS + 1, 52), key=lambda shifts: abs(shifts - USUAL_SHIFTS))
        per_share = Fraction(next((one for one in weekly if inside(found, one)), found.middle)) / WHOLE_SHARE
        meeting = _overlap(rate, replace(share, low=share.low * per_share, high=share.high * per_share))
        if meeting is not None:
            return exact(meeting.middle), exact(Fraction(meeting.middle) / per_share)
    return (0, 0) if inside(rate, 0) and inside(share, 0) else None


def _patterns(rate: Span, share: Span) -> Span | None:
    """The shifts in a year of which some share in that stretch, not nought, comes to some rate in this one.

    These are the quotients of the two, as far as a job can have so many shifts.
    """
    if not rate.high or not share.high:
        return None
    low, low_in = Fraction(rate.low * WHOLE_SHARE) / share.high, rate.low_in and share.high_in and rate.low > 0
    high, high_in = Fraction(UNBOUNDED), False
    if share.low and rate.high < UNBOUNDED:
        high, high_in = Fraction(rate.high * WHOLE_SHARE) / share.low, rate.high_in and share.low_in
    return _overlap(Span(low, high, low_in, high_in), Span(FEWEST_SHIFTS, MOST_SHIFTS, low_in=True, high_in=True))


def _overlap(one: Span, other: Span) -> Span | None:
    """The numbers in both stretches, or nothing."""
    low = max(one.low, other.low)
    high = min(one.high, other.high)
    low_in = all(span.low_in for span in (one, other) if span.low == low)
    high_in = all(span.high_in for span in (one, other) if span.high == high)
    if low > high or (low == high and not (low_in and high_in)):
        return None
    return Span(low, high, low_in, high_in)


# ── choices ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _groups(question: Question, leaves: Sequence[c.Leaf]) -> Iterator[Cell]:
    """The choices, those together that no leaf tells apart."""
    groups: dict[tuple[bool, ...], list[str]] = {}
    for name in question.type.names:
        groups.setdefault(_signature(name, leaves), []).append(name)
    for names in groups.values():
        yield Cell(frozenset({names[0]}), names=tuple(names))


def _signature(name: str, leaves: Sequence[c.Leaf]) -> tuple[bool, ...]:
    return tuple(name in leaf.values for leaf in leaves if isinstance(leaf, c.Chosen))


def _sets(question: Question, leaves: Sequence[c.Leaf]) -> Iterator[Cell]:
    """The sets of choices that some leaf tells apart, the smallest set standing for those alike."""
    first: dict[tuple[bool, ...], str] = {}
    for name in question.type.names:
        first.setdefault(_signature(name, leaves), name)
    found: dict[tuple[bool, ...], frozenset[str]] = {(False,) * len(_signature("", leaves)): frozenset()}
    for signature, name in first.items():
        for known, chosen in list(found.items()):
            both = tuple(one or other for one, other in zip(known, signature, strict=True))
            if both not in found or len(found[both]) > len(chosen) + 1:
                found[both] = chosen | {name}
    for chosen in found.values():
        yield Cell(chosen, names=tuple(name for name in question.type.names if name in chosen))
