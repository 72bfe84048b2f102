"""Days of the calendar: so much later, and the next of some months."""

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jerules.quantities.days import Days, Unit, days_of, last_of_month, later, month_after
from jerules.quantities.kinds import UNBOUNDED, Interval

days = st.dates(date(1900, 1, 1), date(2200, 12, 31))
numbers = st.integers(0, 600)
units = st.sampled_from(list(Unit))
some_months = st.lists(st.integers(1, 12), min_size=1, max_size=12, unique=True)


@pytest.mark.parametrize(
    ("day", "number", "unit", "expected"),
    [
        (date(2026, 3, 9), 12, Unit.WEEKS, date(2026, 6, 1)),
        (date(2026, 3, 9), 1, Unit.DAYS, date(2026, 3, 10)),
        (date(2026, 11, 30), 3, Unit.MONTHS, date(2027, 2, 28)),
        (date(2026, 8, 31), 6, Unit.MONTHS, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, Unit.MONTHS, date(2028, 2, 29)),
        (date(2026, 12, 31), 1, Unit.MONTHS, date(2027, 1, 31)),
        (date(2028, 2, 29), 1, Unit.YEARS, date(2029, 2, 28)),
        (date(2026, 3, 9), 0, Unit.MONTHS, date(2026, 3, 9)),
        (date.max, 1, Unit.DAYS, date.max),
        (date.max, 1, Unit.MONTHS, date.max),
    ],
)
def test_so_much_later(day: date, number: int, unit: Unit, expected: date) -> None:
    """The day itself is not counted; a month without that day gives its last day; after the last day there is none."""
    assert later(day, number, unit) == expected


@given(days, numbers)
def test_weeks_keep_the_day_of_the_week(day: date, number: int) -> None:
    """So many weeks later is seven times as many days later."""
    assert later(day, number, Unit.WEEKS) == later(day, 7 * number, Unit.DAYS) == day + timedelta(weeks=number)


@given(days, numbers)
def test_months_keep_the_number_of_the_day(day: date, number: int) -> None:
    """It has the same number in its month, so many months on, or is the last day of a shorter month."""
    found = later(day, number, Unit.MONTHS)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == number
    assert found.day == min(day.day, monthrange(found.year, found.month)[1])


@given(days, st.integers(0, 50))
def test_a_year_is_twelve_months(day: date, number: int) -> None:
    """So many years later is twelve times as many months later."""
    assert later(day, number, Unit.YEARS) == later(day, 12 * number, Unit.MONTHS)


@given(days, days, numbers, units)
def test_later_never_turns_round(one: date, other: date, number: int, unit: Unit) -> None:
    """What began no later ends no later: so a day that lies between two others gives a deadline between theirs."""
    first, second = min(one, other), max(one, other)
    assert first <= later(first, number, unit) <= later(second, number, unit)


@given(days, some_months)
def test_the_next_of_some_months_begins_after_the_day(day: date, months: list[int]) -> None:
    """It is one of them, begins after the day and within a year of it, and none of them begins between."""
    found = month_after(day, months)
    assert found.day == 1
    assert found.month in months
    assert day < found <= later(day, 1, Unit.YEARS) + timedelta(days=1)
    between = [date(year, month, 1) for year in (day.year, found.year) for month in months]
    assert not [one for one in between if day < one < found]


def test_the_last_month_of_the_calendar_ends_the_search() -> None:
    """After the last sitting that the calendar has, its last month is given and nothing runs for ever."""
    assert month_after(date.max, [4]) == date(9999, 12, 1)


def test_the_last_day_of_a_month() -> None:
    """Leap years have one day more."""
    assert last_of_month(date(2028, 2, 3)) == date(2028, 2, 29)


def test_the_days_of_an_answer() -> None:
    """An exact answer is one day; an end that is open is the first or the last day of the calendar."""
    ordinal = date(2026, 3, 2).toordinal()
    assert days_of(Interval(ordinal, ordinal)) == Days(date(2026, 3, 2), date(2026, 3, 2))
    assert days_of(Interval(0, ordinal)) == Days(date.min, date(2026, 3, 2))
    assert days_of(Interval(ordinal, UNBOUNDED)).high == date.max
    assert not days_of(Interval(ordinal, UNBOUNDED)).exact
