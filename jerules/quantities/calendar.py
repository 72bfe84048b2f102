"""What a year holds, and how a job's shifts fall in it: all that turns "3 a week" into a number a year."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from jerules.quantities.kinds import Exact, exact

FEWEST_SHIFTS: Final = 1
"""A job has at least so many shifts in a year."""
MOST_SHIFTS: Final = 3 * 366
"""A job has at most so many shifts in a year: three on every day."""


def _positive(name: str, number: Exact) -> None:
    if exact(number) <= 0:
        message = f"{name} must be above nought, not {number}"
        raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Calendar:
    """How many weeks and months a year is taken to have; declared once, so that rates convert exactly.

    Raises ``ValueError`` unless both are above nought, ``TypeError`` for a float.
    """

    weeks_in_year: Exact
    months_in_year: int

    def __post_init__(self) -> None:
        _positive("weeks_in_year", self.weeks_in_year)
        _positive("months_in_year", self.months_in_year)


ORDINARY: Final = Calendar(weeks_in_year=52, months_in_year=12)
"""The calendar that quantities are said in when nobody names another."""


@dataclass(frozen=True, slots=True)
class WorkPattern:
    """What is known of a job's working week; ``None`` where nobody has said.

    ``shifts_in_week`` is a number of shifts (a working day is a shift), ``shift_length`` is in seconds. There is
    no number of weeks worked in a year: "3 a week" by somebody with 5 shifts in a week is three shifts in five,
    whether or not the job runs in the holidays. Raises ``ValueError`` unless each is above nought.
    """

    shifts_in_week: Exact | None = None
    shift_length: Exact | None = None

    def __post_init__(self) -> None:
        for name, number in (("shifts_in_week", self.shifts_in_week), ("shift_length", self.shift_length)):
            if number is not None:
                _positive(name, number)

    def shifts_in_year(self, calendar: Calendar) -> Exact | None:
        """How many shifts a year holds, or ``None`` when the shifts in a week are not known."""
        if self.shifts_in_week is None:
            return None
        return exact(Fraction(self.shifts_in_week) * calendar.weeks_in_year)


UNKNOWN: Final = WorkPattern()
"""The pattern of a job about whose hours nothing has been said."""
