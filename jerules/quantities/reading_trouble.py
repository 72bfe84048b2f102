"""Why a text could not be read, found out after the fact and said so that it can be put right."""

from __future__ import annotations

import re
from typing import Final

from jerules.faults import nearest
from jerules.quantities.kinds import Kind, article, describe
from jerules.quantities.misread import Misread, shown
from jerules.quantities.reading_dates import MONTHS
from jerules.quantities.reading_numbers import head
from jerules.quantities.reading_times import WORDS
from jerules.quantities.units import words

_UNITS: Final[dict[Kind, str]] = {
    Kind.MASS: "write a unit of weight: g, kg, st or lb",
    Kind.DISTANCE: "write a unit of distance: cm, m, km or miles",
    Kind.DURATION: "write a unit of time: seconds, minutes, hours, weeks, months or years",
    Kind.MONEY: "write the sum with £ before it or p after it",
    Kind.MONEY_RATE: "write the sum with £ before it, and the period after it: a week, a month or a year",
    Kind.RATE: "write the period: a shift, a week, a month or a year",
    Kind.SHARE: "write a percentage, or a fraction of shifts",
    Kind.FREQUENCY: "write a percentage of shifts, or how many a week, a month or a year",
    Kind.PER_SHIFT: "write how many times it happens in one shift",
    Kind.COUNT: "write the number alone",
    Kind.DATE: "write the day, the month and the year, such as 21 November 2026, 21/11/2026 or 2026-11-21",
}
_LACKS: Final[dict[Kind, str]] = {
    Kind.RATE: "does not say in what time",
    Kind.FREQUENCY: "does not say in what time",
    Kind.SHARE: "does not say of what it is a share",
    Kind.DATE: "is a number alone",
    Kind.COUNT: "is not a whole number",
}
_TIMED: Final = frozenset({Kind.RATE, Kind.PER_SHIFT, Kind.SHARE, Kind.FREQUENCY, Kind.MONEY_RATE})
_WORD: Final = re.compile(r"[a-z]{2,}")
_SMALL_WORDS: Final = frozenset(
    {"of", "the", "all", "an", "and", "in", "on", "per", "out", "my", "our", "their", "shift", "shifts", "day", "days"}
    | {"working", "time"},
)


def trouble(text: str, whole: str, kind: Kind, other: Kind | None) -> Misread:
    """The :class:`Misread` for a cleaned ``text`` (one end of ``whole``) that has not the form of ``kind``.

    ``other`` is the kind that it does have the form of, if any.
    """
    expected, help_ = describe(kind), _UNITS[kind]
    number = head(text.removeprefix("£").lstrip())
    if number and number.rest in {"", "time", "times", "x"} and "£" not in text:
        return Misread(f"{shown(text)} {_LACKS.get(kind, 'has no unit')}", expected, help_)
    if other not in {None, kind, Kind.COUNT}:
        return Misread(f"{shown(whole)} is {article(other)}, not {article(kind)}", expected, help_)
    word = _unknown(number.rest if number else text, kind)
    near = nearest(word, _known(kind)) if word else ""
    if number is None and not any(letter.isdigit() for letter in text):
        return Misread(f"{shown(whole)} has no number in it", expected, help_, near)
    if word:
        message = f"the word {shown(word)} in {shown(whole)} is not known here"
        return Misread(message, expected, f"write {shown(near)}" if near else help_, near)
    return Misread(f"{shown(whole)} cannot be read as {article(kind)}", expected, help_)


def _known(kind: Kind) -> tuple[str, ...]:
    if kind is Kind.DATE:
        return MONTHS
    if kind is Kind.DURATION:
        return (*words(kind), "week", "weeks", "fortnight", "month", "months", "year", "years")
    if kind is Kind.MONEY_RATE:
        return words(Kind.MONEY) + WORDS
    return WORDS if kind in _TIMED else words(kind)


def _unknown(text: str, kind: Kind) -> str:
    """The first word that means nothing in this kind, or an empty string."""
    known = {known.lower() for known in _known(kind)} | _SMALL_WORDS
    return next((word for word in _WORD.findall(text) if word not in known and head(f"{word} ") is None), "")
