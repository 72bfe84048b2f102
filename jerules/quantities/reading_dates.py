"""Dates as they are written in the United Kingdom: the day first."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from typing import Final

from jerules.quantities.kinds import Kind, describe
from jerules.quantities.misread import Misread, shown
from jerules.quantities.reading_amounts import Reading

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_NAMES: Final[dict[str, int]] = {
    **{name.lower(): place for place, name in enumerate(MONTHS, 1)},
    **{name.lower()[:3]: place for place, name in enumerate(MONTHS, 1)},
    "sept": 9,
}
_ISO: Final = re.compile(r"^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})$")
_STROKES: Final = re.compile(r"^([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{2}|[0-9]{4})$")
_NAMED: Final = re.compile(r"^([0-9]{1,2})(?:st|nd|rd|th)?(?: of)?[ -]([a-z]+),?[ -]([0-9]{4})$")
_YEAR_DIGITS: Final = 4


def read_date(text: str) -> Reading | None:
    """A date as its ordinal; ``None`` when the text has not its form. Raises :class:`Misread` for no such day."""
    if iso := _ISO.match(text):
        return _day(text, iso[1], int(iso[2]), iso[3])
    if strokes := _STROKES.match(text):
        if len(strokes[3]) < _YEAR_DIGITS:
            message = f"{shown(text)} leaves the century open"
            raise Misread(message, describe(Kind.DATE), "write the year in four digits")
        return _day(text, strokes[3], int(strokes[2]), strokes[1])
    if (named := _NAMED.match(text)) and named[2] in _NAMES:
        return _day(text, named[3], _NAMES[named[2]], named[1])
    return None


def _day(text: str, year: str, month: int, day: str) -> Reading:
    try:
        return Reading(Fraction(date(int(year), month, int(day)).toordinal()))
    except ValueError:
        raise Misread(
            f"there is no such day as {shown(text)}",
            describe(Kind.DATE),
            "write the day, the month and the year in that order, or the year first: 2026-11-21",
        ) from None
