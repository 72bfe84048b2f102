"""Why a text could not be read, found out after the fact and said so that it can be put right."""

from __future__ import annotations

import re
from typing import Final

from jerules.faults import nearest
from jerules.quantities.kinds import Kind, article, describe, example
from jerules.quantities.misread import Misread, shown
from jerules.quantities.reading_dates import MONTH_WORDS
from jerules.quantities.reading_numbers import head
from jerules.quantities.reading_times import WORDS
from jerules.quantities.units import words

_UNITS: Final[dict[Kind, str]] = {
    Kind.MASS: "g, kg, st or lb",
    Kind.DISTANCE: "cm, m, km or miles",
    Kind.DURATION: "seconds, minutes, hours, weeks, months or years",
    Kind.MONEY: "£ or p",
    Kind.MONEY_RATE: "£ and a period, such as £1,200 a month",
    Kind.RATE: "a shift, a week, a month or a year",
    Kind.SHARE: "%",
    Kind.FREQUENCY: "% of shifts, or a week, a month or a year",
    Kind.PER_SHIFT: "a shift",
}
_TIMED: Final = frozenset({Kind.RATE, Kind.PER_SHIFT, Kind.SHARE, Kind.FREQUENCY, Kind.MONEY_RATE})
_WORD: Final = re.compile(r"[a-z]{2,}")
_SMALL_WORDS: Final = frozenset("of the all an and in on per out my our their shift shifts day days working time".split())


def trouble(text: str, whole: str, kind: Kind, other: Kind | None) -> Misread:
    """The :class:`Misread` for a cleaned ``text`` (one end of ``whole``) that has not the form of ``kind``.

    ``other`` is the kind that it does have the form of, if any.
    """
    expected = describe(kind)
    if other not in {None, kind, Kind.COUNT}:
        return Misread(f"{shown(whole)} is {article(other)}, not {article(kind)}", expected, _instead(kind))
    number = head(text.removeprefix("£").lstrip())
    if number is None:
        word = _unknown(text, kind)
        return Misread(
            f"{shown(whole)} has no number in it" if not any(c.isdigit() for c in text) else _unreadable(whole, kind),
            expected,
            _instead(kind),
            nearest(word, _known(kind)) if word else "",
        )
    if not number.rest:
        return Misread(f"{shown(whole)} has no unit", expected, f"write the unit after the number: {_UNITS.get(kind, '')}")
    word = _unknown(number.rest, kind)
    if word:
        near = nearest(word, _known(kind))
        return Misread(
            f"the word {shown(word)} in {shown(whole)} is not known here",
            expected,
            f"write {shown(near)}" if near else _instead(kind),
            near,
        )
    return Misread(_unreadable(whole, kind), expected, _instead(kind))


def _unreadable(whole: str, kind: Kind) -> str:
    return f"{shown(whole)} cannot be read as {article(kind)}"


def _instead(kind: Kind) -> str:
    if kind is Kind.DATE:
        return "write the day, the month and the year, such as 21 November 2026, 21/11/2026 or 2026-11-21"
    if kind is Kind.COUNT:
        return "write the number alone"
    return f"write it as in {shown(example(kind))}; units that can be read: {_UNITS[kind]}"


def _known(kind: Kind) -> tuple[str, ...]:
    if kind is Kind.DATE:
        return MONTH_WORDS
    if kind is Kind.DURATION:
        return (*words(kind), "week", "weeks", "fortnight", "month", "months", "year", "years")
    if kind is Kind.MONEY_RATE:
        return words(Kind.MONEY) + WORDS
    return WORDS if kind in _TIMED else words(kind)


def _unknown(text: str, kind: Kind) -> str:
    """The first word that means nothing in this kind, or an empty string."""
    known = {*_known(kind), *_SMALL_WORDS}
    return next((word for word in _WORD.findall(text) if word not in known and head(f"{word} ") is None), "")
