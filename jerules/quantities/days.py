"""Days of the calendar, exactly: so many weeks or months after a day, and the next of some months.

The day that a time is counted from is not counted itself: one week after a Monday is the next Monday. Months and years
keep the number of the day; where a month has no such day its last day takes its place.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from jerules.quantities.kinds import Interval

_MONTHS_IN_YEAR: Final = 12
_DAYS_IN_WEEK: Final = 7


class Unit(StrEnum):
    """What a time is counted in, as the rule language writes it."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


@dataclass(frozen=True, slots=True)
class Days:
    """A day that is known to lie from ``low`` to ``high``; known exactly when the two are the same."""

    low: date
    high: date

    @property
    def exact(self) -> bool:
        """Whether it is one day and no other."""
        return self.low == self.high


def days_of(interval: Interval) -> Days:
    """The days of an answer, whose ends count days from 1 January of year 1; no end means the last day there is."""
    low, high = (date.fromordinal(int(max(1, min(end, date.max.toordinal())))) for end in (interval.low, interval.high))
    return Days(low, high)


def later(day: date, number: int, unit: Unit) -> date:
    """The day so many units after ``day``; the last day of the calendar where it has no such day any more."""
    try:
        if unit in {Unit.DAYS, Unit.WEEKS}:
            return day + timedelta(days=number * (_DAYS_IN_WEEK if unit is Unit.WEEKS else 1))
        months = day.month - 1 + number * (_MONTHS_IN_YEAR if unit is Unit.YEARS else 1)
        year, month = day.year + months // _MONTHS_IN_YEAR, months % _MONTHS_IN_YEAR + 1
        return date(year, month, min(day.day, monthrange(year, month)[1]))
    except (OverflowError, ValueError):
        return date.max


def month_after(day: date, months: Sequence[int]) -> date:
    """The first day of the next of ``months`` (1 to 12, at least one) that begins after ``day``."""
    month = date(day.year, day.month, 1)
    while month < date(date.max.year, _MONTHS_IN_YEAR, 1):
        month = later(month, 1, Unit.MONTHS)
        if month.month in months:
            return month
    return month


def last_of_month(day: date) -> date:
    """The last day of the month of ``day``."""
    return date(day.year, day.month, monthrange(day.year, day.month)[1])
