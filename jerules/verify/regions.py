"""All the cases that a finding concerns: cells merged into as few boxes as this finds, and the boxes in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from jerules.quantities.calendar import Calendar
from jerules.quantities.kinds import UNBOUNDED, WHOLE_SHARE, Exact, Kind
from jerules.quantities.words import say
from jerules.rulebook.questions import Form, Question
from jerules.verify.axes import Axis, Cell, Span
from jerules.verify.cells import Cells, Truths

MOST_NAMES: Final = 4
"""So many choices are named; of more the rest is counted."""


@dataclass(frozen=True, slots=True)
class Box:
    """For each axis the cells that belong to it; it holds every combination of them."""

    cells: tuple[tuple[int, ...], ...]


def boxes(truths: Truths) -> Iterator[Box]:
    """Boxes that do not overlap and hold just the cells where it is true; ``truths`` is as long as its axes are."""
    for found in _boxes(truths):
        yield Box(found)


def _boxes(truths: Truths) -> Iterator[tuple[tuple[int, ...], ...]]:
    if not truths.ndim:
        if truths:
            yield ()
        return
    alike: dict[bytes, list[int]] = {}
    for place in range(truths.shape[0]):
        alike.setdefault(truths[place].tobytes(), []).append(place)
    for places in alike.values():
        for rest in _boxes(truths[places[0]]):
            yield (tuple(places), *rest)


def in_words(cells: Cells, truths: Truths, calendar: Calendar) -> tuple[str, ...]:
    """Every case where it is true, each box as a line of words; axes that play no part are left out."""
    everywhere = np.ascontiguousarray(cells.everywhere(truths))
    return tuple(box_in_words(cells.axes, box, calendar) for box in boxes(everywhere))


def box_in_words(axes: Sequence[Axis], box: Box, calendar: Calendar) -> str:
    """A box in words: “between 5 kg and 6 kg for “How heavy …?”; lifting …”."""
    said = [
        f"{axis.question.key}: {_cells(axis, [axis.cells[place] for place in places], calendar)}"
        for axis, places in zip(axes, box.cells, strict=True)
        if len(places) < len(axis.cells)
    ]
    return "; ".join(said) or "every case"


def _cells(axis: Axis, cells: Sequence[Cell], calendar: Calendar) -> str:
    question = axis.question
    if question.type.form is Form.YES_NO:
        return "yes" if cells[0].value is True else "no"
    if question.type.form is Form.ONE_OF:
        return _names(question, [name for cell in cells for name in cell.names])
    if question.type.form is Form.ANY_OF:
        return " or ".join(_names(question, cell.names) if cell.names else "none of those named" for cell in cells)
    if question.type.kind is Kind.FREQUENCY:
        return " or ".join(_frequencies(cells, calendar))
    spans = _joined([cell.span for cell in cells if cell.span is not None])
    return " or ".join(span_in_words(span, question, calendar) for span in spans)


def _names(question: Question, names: Sequence[str]) -> str:
    labels = [question.type.label(name) for name in names]
    if len(labels) <= MOST_NAMES:
        return " / ".join(labels)
    return f"{' / '.join(labels[:MOST_NAMES])} and {len(labels) - MOST_NAMES} more"


def _joined(spans: Sequence[Span]) -> list[Span]:
    """Spans in rising order, those that touch made one."""
    found = list(spans[:1])
    for before, after in pairwise(spans):
        touch = before.high == after.low and (before.high_in or after.low_in)
        whole = before.high_in and after.low_in and after.low - before.high == 1
        if touch or whole:
            found[-1] = found[-1].joined(after)
        else:
            found.append(after)
    return found


def span_in_words(span: Span, question: Question, calendar: Calendar) -> str:
    """A stretch of numbers in the words of the question's kind: “over 15 kg”, “2 kg or less”."""
    kind = question.type.kind or Kind.COUNT

    def words(value: Exact) -> str:
        if question.type.form is Form.SCALE:
            return question.type.label(question.type.names[int(value)])
        return say(kind, value, question.type.per or None, calendar=calendar)

    return _stretch(span, words(span.low), words(span.high) if span.high < UNBOUNDED else "")


def _stretch(span: Span, low: str, high: str) -> str:
    if span.low == span.high:
        return f"exactly {low}"
    if not high:
        return f"{low} or more" if span.low_in else f"over {low}"
    if span.low == 0 and span.low_in:
        return f"{high} or less" if span.high_in else f"under {high}"
    if span.low_in and span.high_in:
        return f"from {low} to {high}"
    if span.low_in:
        return f"from {low} to under {high}"
    return f"over {low} up to {high}" if span.high_in else f"between {low} and {high}"


def _frequencies(cells: Sequence[Cell], calendar: Calendar) -> Iterator[str]:
    """Pairs of rate and share, the rates of one share together."""
    by_share: dict[Span, list[Span]] = {}
    for cell in cells:
        if cell.span is not None and cell.share is not None:
            by_share.setdefault(cell.share, []).append(cell.span)
    by_rates: dict[tuple[Span, ...], list[Span]] = {}
    for share, rates in by_share.items():
        by_rates.setdefault(tuple(_joined(rates)), []).append(share)
    for stretches, shares in by_rates.items():
        said = [_shares(span) for span in _joined(shares) if not _all_shares(span)]
        said += [_rates(span, calendar) for span in stretches if not _all_rates(span)]
        yield " and ".join(said) or "any frequency"


def _all_rates(span: Span) -> bool:
    return span.low == 0 and span.low_in and span.high >= UNBOUNDED


def _all_shares(span: Span) -> bool:
    return span.low == 0 and span.low_in and span.high == WHOLE_SHARE


def _rates(span: Span, calendar: Calendar) -> str:
    high = say(Kind.FREQUENCY, span.high, calendar=calendar) if span.high < UNBOUNDED else ""
    return _stretch(span, say(Kind.FREQUENCY, span.low, calendar=calendar), high)


def _shares(span: Span) -> str:
    words = _stretch(span, say(Kind.SHARE, span.low), say(Kind.SHARE, span.high))
    return (
        f"{words} of shifts"
        if span.high < WHOLE_SHARE
        else f"{_stretch(_open(span), say(Kind.SHARE, span.low), '')} of shifts"
    )


def _open(span: Span) -> Span:
    return Span(span.low, UNBOUNDED, span.low_in, high_in=False)
