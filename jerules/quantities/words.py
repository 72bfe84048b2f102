"""From exact values to the plain words that they are printed in.

What is said can be read again and is then the same value: no rounding, and a fraction where decimals would not end.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from jerules.quantities.calendar import ORDINARY, Calendar
from jerules.quantities.kinds import UNBOUNDED, WHOLE_SHARE, Exact, Interval, Kind, domain, exact
from jerules.quantities.reading_dates import MONTHS

_PLACES: Final = 6
_MILLION_PLACES: Final = 2
_PENCE_IN_POUND: Final = 100
_PENCE_IN_MILLION: Final = 10**8


@dataclass(frozen=True, slots=True)
class _Unit:
    """A way to say a value: divided by ``size``, between ``before`` and ``one`` or ``more``."""

    size: Fraction
    one: str
    more: str
    before: str = ""
    places: int = _PLACES

    def number(self, value: Fraction) -> str:
        return _number(value / self.size, self.places, pounds=self.before == "£" and self.size == _PENCE_IN_POUND)

    def say(self, value: Fraction) -> str:
        return f"{self.before}{self.number(value)}{self.after(value)}"

    def after(self, value: Fraction) -> str:
        many = value / self.size
        return self.one if many == 1 or (many < 1 and "/" in self.number(value)) else self.more


def _unit(size: Exact, one: str, more: str = "", before: str = "", places: int = _PLACES) -> _Unit:
    return _Unit(Fraction(size), one, more or one, before, places)


_FIXED: Final[dict[Kind, tuple[_Unit, ...]]] = {
    Kind.MASS: (_unit(1000, " kg"), _unit(1, " g")),
    Kind.DISTANCE: (_unit(1000, " km"), _unit(1, " m")),
    Kind.PER_SHIFT: (_unit(1, " a shift"),),
    Kind.COUNT: (_unit(1, ""),),
}
_CLOCK: Final = (_unit(3600, " hour", " hours"), _unit(60, " minute", " minutes"), _unit(1, " second", " seconds"))
_PERCENT: Final = _unit(100, "%")
_PART: Final = _unit(WHOLE_SHARE, "", places=0)
_MONEY: Final = (
    _unit(_PENCE_IN_MILLION, " million", before="£", places=_MILLION_PLACES),
    _unit(_PENCE_IN_POUND, "", before="£"),
    _unit(1, "p"),
)


def say(kind: Kind, value: Exact, per: str | None = None, *, calendar: Calendar = ORDINARY) -> str:
    """Say a value exactly, in the unit in which it is shortest.

    Args:
        kind: what the value measures; ``FREQUENCY`` is said as shifts a year would be.
        value: in the base unit of the kind, nought or more.
        per: the period to say a rate in: "week", "month" or "year"; ignored for the kinds without a period. When it
            is not given, money is said by the year and other rates by the period that is shortest.
        calendar: the one that the value was read with.

    Returns:
        Words such as "15 kg", "50%", "3 a month", "20 minutes", "£1,000 a month", "21 November 2026".

    Raises:
        ValueError: the value is below nought, or ``per`` is none of the three periods.

    """
    if value < 0:
        message = f"a quantity is nought or more, not {value}"
        raise ValueError(message)
    if kind is Kind.DATE:
        return _day(value)
    return _best(kind, (Fraction(exact(value)),), per, calendar).say(Fraction(value))


def say_day(day: date) -> str:
    """Say a day: "21 November 2026"."""
    return say(Kind.DATE, day.toordinal())


def say_interval(kind: Kind, interval: Interval, per: str | None = None, *, calendar: Calendar = ORDINARY) -> str:
    """Say an interval: "6 kg", "4 to 7 kg", "at least 3 a month", "up to 20 minutes", "not known" for all there is."""
    whole = domain(kind)
    if interval == whole:
        return "not known"
    if interval.exact:
        return say(kind, interval.low, per, calendar=calendar)
    least, most = ("from", "by") if kind is Kind.DATE else ("at least", "up to")
    if interval.high >= whole.high:
        return f"{least} {say(kind, interval.low, per, calendar=calendar)}"
    if interval.low <= whole.low:
        return f"{most} {say(kind, interval.high, per, calendar=calendar)}"
    return _both_ends(kind, interval, per, calendar)


def _both_ends(kind: Kind, interval: Interval, per: str | None, calendar: Calendar) -> str:
    if kind is Kind.DATE:
        return f"{_day(interval.low)} to {_day(interval.high)}"
    low, high = Fraction(interval.low), Fraction(interval.high)
    unit = _best(kind, (low, high), per, calendar)
    if kind in {Kind.MONEY, Kind.MONEY_RATE}:
        # With £ before both ends and "million" after both, nobody has to ask whether the first is a million too.
        return f"{unit.say(low)} to {unit.say(high)}"
    return f"{unit.number(low)} to {unit.say(high)}"


def _best(kind: Kind, values: tuple[Fraction, ...], per: str | None, calendar: Calendar) -> _Unit:
    """The unit in which all the values together are shortest, whole and decimal numbers before fractions."""

    def awkwardness(unit: _Unit) -> tuple[int, bool, int, int]:
        said = [unit.number(value) for value in values]
        fractions = sum("/" in number for number in said)
        # Below one unit the next smaller unit is how people say it: 500 g and not 0.5 kg, 0 minutes and not 0 years.
        small = not fractions and any(value < unit.size for value in values) and unit is not units[-1]
        return fractions, small, sum(map(len, said)), sum("." in number for number in said)

    units = _units(kind, values, per, calendar)
    return min(units, key=awkwardness)


def _units(kind: Kind, values: tuple[Fraction, ...], per: str | None, calendar: Calendar) -> tuple[_Unit, ...]:
    if kind in _FIXED:
        return _FIXED[kind]
    if kind is Kind.DURATION:
        return _durations(calendar)
    if kind is Kind.SHARE:
        return (_part_or_percent(values),)
    if kind is Kind.MONEY:
        return _sums(values)
    periods = _periods(per or ("year" if kind is Kind.MONEY_RATE else None), calendar)
    if kind is not Kind.MONEY_RATE:
        return tuple(_unit(times, f" a {period}") for period, times in periods.items())
    return tuple(
        _unit(unit.size * times, f"{unit.one} a {period}", before=unit.before, places=unit.places)
        for period, times in periods.items()
        for unit in _sums(tuple(value / times for value in values))
    )


def _periods(per: str | None, calendar: Calendar) -> dict[str, Fraction]:
    """How many of each period a year has, the shortest period first."""
    known = {
        "week": Fraction(calendar.weeks_in_year),
        "month": Fraction(calendar.months_in_year),
        "year": Fraction(1),
    }
    if per is None:
        return known
    if per not in known:
        message = f"a rate is said by the week, the month or the year, not by the {per}"
        raise ValueError(message)
    return {per: known[per]}


def _durations(calendar: Calendar) -> tuple[_Unit, ...]:
    week = 7 * 24 * 3600
    year = Fraction(calendar.weeks_in_year) * week
    long = (
        _unit(year, " year", " years"),
        _unit(year / calendar.months_in_year, " month", " months"),
        _unit(week, " week", " weeks"),
    )
    return long + _CLOCK


def _sums(values: tuple[Fraction, ...]) -> tuple[_Unit, ...]:
    """Pounds for nearly everything; millions where they are short, pence only where there is no pound."""
    millions, pounds, pence = _MONEY
    if all(value >= _PENCE_IN_MILLION and "/" not in millions.number(value) for value in values):
        return (millions,)
    return (pence,) if all(0 < value < _PENCE_IN_POUND for value in values) else (pounds,)


def _part_or_percent(values: tuple[Fraction, ...]) -> _Unit:
    """Percent, unless that does not end and every value is a proper fraction of the whole."""
    endless = any("/" in _PERCENT.number(value) for value in values)
    return _PART if endless and all("/" in _PART.number(value) for value in values) else _PERCENT


def _number(value: Fraction, places: int, *, pounds: bool) -> str:
    """Digits with thousands commas; a decimal of at most so many places, or else a fraction."""
    if value.denominator == 1:
        return f"{value.numerator:,}"
    scaled = value * 10**places
    if scaled.denominator != 1:
        return f"{value.numerator}/{value.denominator}"
    whole, part = divmod(scaled.numerator, 10**places)
    decimals = f"{part:0{places}d}".rstrip("0")
    return f"{whole:,}.{decimals:0<2}" if pounds else f"{whole:,}.{decimals}"


def _day(value: Exact) -> str:
    if not date.min.toordinal() <= value <= date.max.toordinal() or value >= UNBOUNDED:
        message = f"no day has the ordinal {value}"
        raise ValueError(message)
    day = date.fromordinal(int(value))
    return f"{day.day} {MONTHS[day.month - 1]} {day.year:04d}"
