"""One value of the kinds with units or of whole numbers: masses, distances, durations, money, counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from fractions import Fraction
from typing import Final

from jerules.quantities.calendar import Calendar
from jerules.quantities.kinds import Kind, describe
from jerules.quantities.misread import Misread, shown
from jerules.quantities.reading_numbers import Number, Written, head
from jerules.quantities.units import factor


class Basis(Enum):
    """What a value that was read is a number of."""

    FIXED = auto()
    """The base unit of its kind."""
    SHIFTS = auto()
    """So much a shift, or so many shifts long: the job's pattern has to say how much that is."""
    HOURS = auto()
    """So much an hour."""
    SHARE = auto()
    """Hundredths of a percent of all shifts, where shifts a year were as welcome."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One value as it was written, before the job's pattern is brought in."""

    value: Fraction
    basis: Basis = Basis.FIXED


_UNIT: Final = re.compile(r"^(?:of )?(?:an? )?([a-z]+)\.?(?![a-z])")
_UNIT_PLAIN: Final = re.compile(r"^([a-z]+)\.?(?![a-z])")
_JOIN: Final = re.compile(r"^(?:,| and)? ?")
_CLOCK: Final = re.compile(r"^([0-9]{1,3}) ?h(?:r|rs)? ?([0-5][0-9])$")
_EACH: Final = re.compile(r" (?:at a time|each time|each|in all|long)$")
_SECONDS_IN_WEEK: Final = 7 * 24 * 3600
_LONG: Final = {"week": "week", "wk": "week", "fortnight": "fortnight", "month": "month", "year": "year", "yr": "year"}
_ENLARGED: Final = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9}
_SHORT: Final = re.compile(r"^(k|mn|m|bn)(?![a-z])\.? ?")
_POUNDS: Final = re.compile(r"^(?:£|gbp(?![a-z])) ?")
_FOREIGN: Final = re.compile(r"[$€¥]|\b(?:dollars?|euros?|usd|eur)\b")


def read_amount(text: str, kind: Kind, calendar: Calendar) -> Reading | None:
    """A mass, distance or duration: "6 kg", "12 st 4 lb", "1 h 30 min", "half an hour"; ``None`` if it is none."""
    if kind is Kind.DURATION:
        text = _EACH.sub("", text)
        if clock := _CLOCK.match(text):
            return Reading(Fraction(int(clock[1]) * 3600 + int(clock[2]) * 60))
    total, rest, smallest = Fraction(0), text, None
    while rest:
        number = head(rest)
        if number is None or number.written is Written.TIMES:
            return None
        unit = (_UNIT if number.written in {Written.PART, Written.FRACTION} else _UNIT_PLAIN).match(number.rest)
        if unit is None:
            return None
        if kind is Kind.DURATION and unit[1] in {"shift", "shifts", "day", "days"} and smallest is None:
            return _shifts_long(text, number, unit[1], number.rest[unit.end() :])
        size = factor(unit[1], kind) or (_long_unit(unit[1], calendar) if kind is Kind.DURATION else None)
        if size is None:
            return None
        if smallest is not None and size >= smallest:
            raise Misread(
                f"the units in {shown(text)} do not go from large to small",
                describe(kind),
                "write one amount, or the larger unit first, such as 1 h 30 min",
            )
        total, smallest, rest = total + number.value * size, size, number.rest[unit.end() :]
        rest = _JOIN.sub("", rest) if head(_JOIN.sub("", rest)) else rest
    return Reading(total)


def _shifts_long(text: str, number: Number, word: str, rest: str) -> Reading | None:
    if word.startswith("day"):
        raise Misread(
            f"a day in {shown(text)} may be a working day or 24 hours",
            describe(Kind.DURATION),
            "write the hours or minutes, or the weeks, months or years",
        )
    return None if rest else Reading(number.value, Basis.SHIFTS)


def _long_unit(word: str, calendar: Calendar) -> Fraction | None:
    name = _LONG.get(word) or _LONG.get(word.removesuffix("s"))
    if name is None:
        return None
    year = Fraction(calendar.weeks_in_year) * _SECONDS_IN_WEEK
    return {
        "week": Fraction(_SECONDS_IN_WEEK),
        "fortnight": Fraction(2 * _SECONDS_IN_WEEK),
        "month": year / calendar.months_in_year,
        "year": year,
    }[name]


def money_head(text: str, kind: Kind) -> tuple[Fraction, str] | None:
    """The pence that a text begins with, and what follows: "£1,200", "£2.5 million", "£30k", "50p", "1,200 pounds"."""
    if _FOREIGN.search(text):
        raise Misread(f"{shown(text)} is not in pounds", describe(kind), "write the sum in pounds, such as £1,200")
    pound = _POUNDS.match(text)
    number = head(text[pound.end() :] if pound else text)
    if number is None or number.written is Written.TIMES:
        return None
    value, rest = number.value, number.rest
    short = _SHORT.match(rest)
    if short and number.magnitude == 1 and (pound or factor(_first(rest[short.end() :]), Kind.MONEY)):
        value, rest = value * _ENLARGED[short[1]], rest[short.end() :]
    if pound:
        return None if number.written in {Written.ARTICLE, Written.PART} else (value * 100, rest)
    unit = _UNIT.match(rest)
    size = factor(unit[1], Kind.MONEY) if unit else None
    if unit is None or size is None:
        return None
    return value * size, rest[unit.end() :].lstrip()


def _first(text: str) -> str:
    return text.partition(" ")[0]


def read_money(text: str) -> Reading | None:
    """A sum of money, in pence; ``None`` when the text is none."""
    found = money_head(text, Kind.MONEY)
    return Reading(found[0]) if found and not found[1] else None


def read_count(text: str) -> Reading | None:
    """A whole number. Raises :class:`Misread` for one that is not whole."""
    number = head(text)
    if number is None or number.rest or number.written in {Written.TIMES, Written.ARTICLE}:
        return None
    if number.value.denominator != 1:
        raise Misread(f"{shown(text)} is not a whole number", describe(Kind.COUNT), "write a whole number, such as 4")
    return Reading(number.value)
