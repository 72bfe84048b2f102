"""How often: rates, shares, times a shift, and money over time."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

from jerules.quantities.calendar import Calendar
from jerules.quantities.kinds import WHOLE_SHARE, Kind, describe
from jerules.quantities.misread import Misread, shown
from jerules.quantities.reading_amounts import Basis, Reading, money_head
from jerules.quantities.reading_numbers import Written, head

_PERIODS: Final[dict[str, str]] = {
    word: period
    for period, words in {
        "year": ("year", "years", "yr", "yrs", "annum"),
        "quarter": ("quarter", "quarters"),
        "month": ("month", "months", "mth", "mths", "calendar month"),
        "fortnight": ("fortnight", "fortnights"),
        "week": ("week", "weeks", "wk", "wks", "working week"),
        "shift": ("shift", "shifts", "day", "days", "night", "nights", "working day", "working days"),
        "hour": ("hour", "hours", "hr", "hrs", "h"),
    }.items()
    for word in words
}
_ADVERBS: Final[dict[str, str]] = {
    "hourly": "hour",
    "daily": "shift",
    "nightly": "shift",
    "weekly": "week",
    "fortnightly": "fortnight",
    "monthly": "month",
    "pcm": "month",
    "quarterly": "quarter",
    "yearly": "year",
    "annually": "year",
    "pa": "year",
    "p.a": "year",
}
_ORDINALS: Final = {
    "other": 2, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5, "5th": 5,
    "sixth": 6, "6th": 6, "tenth": 10, "10th": 10,
}  # fmt: skip
_ORDINAL: Final = re.compile(rf"^({'|'.join(_ORDINALS)}) ")
_NOUN: Final = re.compile(r"^(?:x|times?|occasions?|shifts?|days?|nights?)(?![a-z]) ?")
_EVERY: Final = re.compile(r"^(?:every|each) ")
_PER: Final = re.compile(r"^(?:(?:on |in |out of )?(?:an?|per|each|every)(?![a-z])|/|in(?![a-z])|out of) ?")
_PER_CENT: Final = re.compile(r"^(?:%|per ?cent(?![a-z])|percent(?![a-z]))")
_OF_SHIFTS: Final = re.compile(
    r"^(?:(?:of )?(?:the |all |all the |their |my |our )?(?:working )?(?:shifts|days|nights|time|week)"
    r"|of (?:the |each |every |a |an )?(?:working )?(?:shift|day|night|week|work|total))$",
)
_OF_TIME: Final = re.compile(r" (?:time|week|work|total)$| of .*(?:shift|day|night)$")
_OUT_OF: Final = re.compile(r"^(?:shifts? |days? |nights? )?(?:in(?: every)?|out of(?: every)?) ")
_SHIFT_NOUN: Final = re.compile(r"^(?:(?:shifts?|days?|nights?)(?: in(?: every)?| out of(?: every)?))? ?$")
_ALL: Final = re.compile(
    r"^(?:all|all (?:of )?(?:the )?(?:shifts|days|time)|always|(?:every|each) (?:working )?(?:shift|day|night))$",
)
_NONE: Final = re.compile(r"^(?:never|none|no shifts|no time|not at all)$")

WORDS: Final = tuple(_PERIODS) + tuple(_ADVERBS) + ("times", "every", "each", "per", "once", "twice", "cent", "percent")
"""Words that turn up in rates and shares, for finding the one that was misspelt."""


def _period(text: str) -> tuple[Fraction, str] | None:
    """How many, and of what: the "3 weeks" of "every 3 weeks", "other week", "month"."""
    if ordinal := _ORDINAL.match(text):
        many, rest = Fraction(_ORDINALS[ordinal[1]]), text[ordinal.end() :]
    elif (number := head(text, parts=False)) and number.written is Written.PLAIN:
        many, rest = number.value, number.rest
    else:
        many, rest = Fraction(1), text
    period = _PERIODS.get(rest)
    return (many, period) if period and many > 0 else None


def _after_number(rest: str) -> tuple[Fraction, str] | None:
    """The period in "a month", "times a month", "shifts in every 4 weeks", "times weekly"."""
    noun = _NOUN.match(rest)
    for tail in (rest[noun.end() :], rest) if noun else (rest,):
        if tail in _ADVERBS:
            return Fraction(1), _ADVERBS[tail]
        if (per := _PER.match(tail)) and (period := _period(tail[per.end() :])):
            return period
    return None


def _rate(text: str) -> tuple[Fraction, str] | None:
    """How many times, and in what period."""
    if text in _ADVERBS:
        return Fraction(1), _ADVERBS[text]
    if text == "never":
        return Fraction(0), "year"
    if every := _EVERY.match(text):
        found = _period(text[every.end() :])
        return (1 / found[0], found[1]) if found else None
    number = head(text)
    if number is None or number.written is Written.ARTICLE:
        return None
    if number.written is Written.PART and not _NOUN.match(number.rest):
        return None
    found = _after_number(number.rest)
    return (number.value / found[0], found[1]) if found else None


def _a_year(value: Fraction, period: str, calendar: Calendar) -> Reading:
    if period == "shift":
        return Reading(value, Basis.SHIFTS)
    if period == "hour":
        return Reading(value, Basis.HOURS)
    weeks = Fraction(calendar.weeks_in_year)
    times = {"year": Fraction(1), "quarter": Fraction(4), "month": Fraction(calendar.months_in_year)}
    return Reading(value * (times | {"fortnight": weeks / 2, "week": weeks})[period])


def read_rate(text: str, calendar: Calendar) -> Reading | None:
    """Times a year: "3 a month", "twice weekly", "every 2 weeks", "3 in 10 shifts"; ``None`` if it is no rate."""
    found = _rate(text)
    return _a_year(*found, calendar) if found else None


def read_money_rate(text: str, calendar: Calendar) -> Reading | None:
    """Pence a year: "£1,200 a month", "£30k pa"; ``None`` if it is no money over time."""
    found = money_head(text, Kind.MONEY_RATE)
    if found is None or not found[1] or _NOUN.match(found[1]):
        return None
    period = _after_number(found[1])
    return _a_year(found[0] / period[0], period[1], calendar) if period else None


def read_per_shift(text: str) -> Reading | None:
    """Times a shift: "6", "6 times a shift", "once a day", "3 an hour"; ``None`` if it is no such number."""
    number = head(text)
    if number and number.written is not Written.ARTICLE and number.rest in {"", "times", "time", "x"}:
        return Reading(number.value)
    found = _rate(text)
    if found is None or found[1] not in {"shift", "hour"}:
        return None
    return Reading(found[0], Basis.HOURS if found[1] == "hour" else Basis.FIXED)


def read_share(text: str, kind: Kind = Kind.SHARE) -> Reading | None:
    """Hundredths of a percent: "80%", "half of shifts", "3 in 10 shifts", "every shift"; ``None`` if it is no share.

    Raises :class:`Misread` for more than all.
    """
    if _ALL.match(text):
        return Reading(Fraction(WHOLE_SHARE), Basis.SHARE)
    if _NONE.match(text):
        return Reading(Fraction(0), Basis.SHARE)
    part = next((found for form in (_every_other, _percent, _in_ten) if (found := form(text)) is not None), None)
    if part is None:
        return None
    if part > WHOLE_SHARE:
        raise Misread(f"{shown(text)} is more than 100%", describe(kind), "write a share from 0% to 100%")
    if kind is Kind.FREQUENCY and _OF_TIME.search(text):
        raise Misread(
            f"{shown(text)} is a share of time, and shifts are asked for",
            describe(kind),
            "write on what share of shifts it happens at all, such as `80% of shifts`",
        )
    return Reading(part, Basis.SHARE)


def _every_other(text: str) -> Fraction | None:
    every = _EVERY.match(text)
    found = _period(text[every.end() :]) if every else None
    return WHOLE_SHARE / found[0] if found and found[1] == "shift" and found[0] >= 1 else None


def _percent(text: str) -> Fraction | None:
    number = head(text)
    if number is None or number.written in {Written.ARTICLE, Written.TIMES}:
        return None
    if sign := _PER_CENT.match(number.rest):
        value, rest = number.value * 100, number.rest[sign.end() :].lstrip()
    elif number.written in {Written.PART, Written.FRACTION}:
        value, rest = number.value * WHOLE_SHARE, number.rest
    else:
        return None
    return value if not rest or _OF_SHIFTS.match(rest) else None


def _in_ten(text: str) -> Fraction | None:
    """Hundredths of a percent in "3 in 10", "3 in 10 shifts", "one shift in three"."""
    top = head(text)
    if top is None or top.written is not Written.PLAIN or not (within := _OUT_OF.match(top.rest)):
        return None
    bottom = head(top.rest[within.end() :], parts=False)
    if bottom is None or bottom.written is not Written.PLAIN or bottom.value <= 0:
        return None
    return top.value / bottom.value * WHOLE_SHARE if _SHIFT_NOUN.match(bottom.rest) or bottom.rest in _SHIFTS else None


_SHIFTS: Final = frozenset(word for word, period in _PERIODS.items() if period == "shift")


def read_frequency(text: str, calendar: Calendar) -> Reading | None:
    """Shifts on which something happens: a share of them, or so many a year; ``None`` if it is neither.

    Raises :class:`Misread` for more than every shift, and for times where shifts were asked for.
    """
    if share := read_share(text, Kind.FREQUENCY):
        return share
    rate = read_rate(text, calendar)
    if rate is None or rate.basis is Basis.FIXED:
        return rate
    if rate.basis is Basis.HOURS or rate.value > 1:
        raise Misread(
            f"{shown(text)} counts more than one time a shift, and shifts are asked for",
            describe(Kind.FREQUENCY),
            "write on how many shifts it happens, such as `every shift`, `80% of shifts` or `3 a month`",
        )
    return Reading(rate.value * WHOLE_SHARE, Basis.SHARE)
