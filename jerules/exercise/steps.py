"""How far it is to the next value either side of a cut: one step that people would think of."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Final

from jerules.quantities.calendar import Calendar
from jerules.quantities.kinds import UNBOUNDED, WHOLE_SHARE, Exact, Kind, exact
from jerules.quantities.words import say
from jerules.rulebook import conditions as c
from jerules.rulebook.questions import Form, Question

_MINUTE, _HOUR, _DAY = 60, 3600, 24 * 3600
_PERCENT: Final = 100
_SMALLEST: Final[dict[Kind, int]] = {Kind.MASS: 100, Kind.DISTANCE: 100, Kind.MONEY: 100, Kind.MONEY_RATE: 1200}
"""The step above nothing at all: 100 g, 100 m, one pound, one pound a month."""


def step_at(kind: Kind, value: Exact, calendar: Calendar) -> Exact:
    """The step beside a value, in the base unit of the kind.

    One for counts, steps of a scale and days; a hundredth for shares; once more or less in the period of a rate, and
    beside once a month once more or less a year; a minute, a quarter of an hour, a day or a week for spells of time;
    one in the second digit for weights, distances and sums (1 kg at 15 kg, £10,000 at £500,000).
    """
    match kind:
        case Kind.COUNT | Kind.PER_SHIFT | Kind.DATE:
            return 1
        case Kind.SHARE:
            return _PERCENT
        case Kind.RATE | Kind.FREQUENCY:
            return _of_rate(value, calendar)
        case Kind.DURATION:
            return _of_time(value)
    return _second_digit(value) if value else _SMALLEST[kind]


def _of_rate(value: Exact, calendar: Calendar) -> Exact:
    for times in (calendar.weeks_in_year, calendar.months_in_year):
        if value > times and Fraction(value) % times == 0:
            return exact(times)
    return calendar.months_in_year if value == calendar.weeks_in_year else 1


def _of_time(value: Exact) -> int:
    for most, step in ((_HOUR, _MINUTE), (8 * _HOUR, 15 * _MINUTE), (2 * _DAY, _HOUR), (28 * _DAY, _DAY)):
        if value <= most:
            return step
    return 7 * _DAY


def _second_digit(value: Exact) -> Exact:
    """One in the second digit of a number: 1,000 at 15,000, 100 at 6,000; at least one."""
    return int("1".ljust(len(str(int(value))) - 1, "0"))


def step_of(compare: c.Compare, calendar: Calendar) -> Exact:
    """The step beside a cut; of a sum by the month or week, one that is round in that period."""
    value, kind = compare.bound.value or 0, compare.bound.kind
    times = {"week": Fraction(calendar.weeks_in_year), "month": Fraction(calendar.months_in_year)}
    period = times.get(compare.question.type.per, Fraction(1)) if kind is Kind.MONEY_RATE else Fraction(1)
    return exact(step_at(kind, exact(Fraction(value) / period), calendar) * period)


def beside(compare: c.Compare, calendar: Calendar) -> tuple[Exact, ...]:
    """The values a step below and a step above a cut, those of them that an answer can have."""
    value = compare.bound.value
    if value is None:
        return ()
    if compare.question.type.form is Form.SCALE:
        highest: Exact = len(compare.question.type.choices) - 1
        step: Exact = 1
    else:
        highest = WHOLE_SHARE if compare.bound.kind is Kind.SHARE else UNBOUNDED
        step = step_of(compare, calendar)
    return tuple(exact(Fraction(other)) for other in (value - step, value + step) if 0 <= other <= highest)


def whole(compare: c.Compare) -> bool:
    """Whether answers go in whole steps, so that over 2 is the same as at least 3."""
    return compare.question.type.form is Form.SCALE or compare.bound.kind in {Kind.COUNT, Kind.DATE}


def written(question: Question, kind: Kind, value: Exact, calendar: Calendar) -> str:
    """A value as an example or a condition on the question would write it."""
    if question.type.form is Form.SCALE:
        return question.type.choices[int(value)].name
    match kind:
        case Kind.COUNT | Kind.PER_SHIFT:
            return str(value)
        case Kind.DATE:
            return date.fromordinal(int(value)).isoformat()
    per = question.type.per if kind is Kind.MONEY_RATE else ""
    return say(kind, value, per or None, calendar=calendar)
