"""A job's facts as they would be full time: every count by the week, month or year divided by its part of full hours.

Shares of shifts, amounts and durations stay as they are. The guidance counts absolutely and says nothing of part-time
work; looking at both shows where that decides a level.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Final

from jerules.engine.facts import Facts, Slots, slot
from jerules.quantities.kinds import UNBOUNDED, WHOLE_SHARE, Exact, Kind, exact
from jerules.rulebook.model import RuleBook
from jerules.rulebook.once import once_per_book
from jerules.rulebook.questions import JOB

_COUNTED: Final = frozenset((Kind.RATE, Kind.FREQUENCY))


def full_time(book: RuleBook, facts: Facts) -> Facts | None:
    """The facts of the same job full time, or None when it is full time, or its share of full time is not known."""
    if book.pro_rata is None:
        return None
    first = slot(book.records[JOB], book.pro_rata.question)
    least, most = facts.job[first], facts.job[first + 1]
    if not 0 < least <= most < WHOLE_SHARE:
        return None
    counts = _counts(book)
    records = {
        name: rows if rows is None else tuple(_scaled(row, counts[name], least, most) for row in rows)
        for name, rows in facts.records.items()
    }
    return replace(facts, job=_scaled(facts.job, counts[JOB], least, most), records=records)


@once_per_book
def _counts(book: RuleBook) -> Mapping[str, tuple[int, ...]]:
    """The first slot of every count, by record."""
    return {
        record.name: tuple(slot(record, question) for question in record.questions if question.type.kind in _COUNTED)
        for record in book.records.values()
    }


def _scaled(row: Slots, counts: tuple[int, ...], least: Exact, most: Exact) -> Slots:
    values = list(row)
    for place in counts:
        # The fewest there can be full time is the fewest there are, divided by the largest share; and the other way.
        values[place] = exact(Fraction(row[place]) * WHOLE_SHARE / most)
        if row[place + 1] < UNBOUNDED:
            values[place + 1] = exact(Fraction(row[place + 1]) * WHOLE_SHARE / least)
    return tuple(values)
