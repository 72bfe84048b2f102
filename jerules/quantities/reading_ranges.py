"""From one text to its two ends: "4 to 7 kg", "at least 3 a month", and the comparisons that have no end."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from jerules.quantities.kinds import Kind, describe, example
from jerules.quantities.misread import Misread, shown
from jerules.quantities.reading_numbers import Number, Written, head


@dataclass(frozen=True, slots=True)
class Ends:
    """The texts of the two ends; ``None`` where an end was left open. One value has the same text twice."""

    low: str | None
    high: str | None


_AT_LEAST: Final = re.compile(
    r"^(?:at least|(?:no|not) (?:less|fewer) than|(?:a )?minimum(?: of)?|>=|≥) ?"
    r"| or (?:more|over|above|longer|greater|heavier|further|later)(?= |$)| ?\+(?= |$)| at least$| minimum$",
)
_AT_MOST: Final = re.compile(
    r"^(?:up to(?: and including)?|at (?:the )?most|(?:no|not) (?:more|longer|over) than|not over"
    r"|(?:a )?max(?:imum)?(?: of)?|<=|≤) ?"
    r"| or (?:less|fewer|under|below|shorter|lighter|earlier)(?= |$)| at (?:the )?most$| max(?:imum)?$",
)
_DATE_FROM: Final = re.compile(r"^(?:on or after|from|since) ")
_DATE_BY: Final = re.compile(r"^(?:on or before|by|until) ")
_OPEN: Final = re.compile(
    r"\b(?:over|more than|above|greater than|longer than|heavier than|exceed(?:s|ing)|in excess of|after)\b|>",
)
_OPEN_BELOW: Final = re.compile(
    r"\b(?:less than|under|below|fewer than|shorter than|lighter than|short of|before)\b|<",
)
_ABOUT: Final = re.compile(
    r"\b(?:about|around|approx(?:imately)?|roughly|circa|ca|nearly|almost|or so|close to|typically|maybe)\b"
    r"|~|≈|^c\. ?|[0-9]-?ish\b",
)
_VAGUE: Final = re.compile(
    r"\b(?:often|sometimes|frequent(?:ly)?|rare(?:ly)?|seldom|occasional(?:ly)?|regular(?:ly)?|usually|several|few|many"
    r"|most|mostly|lots?|some|couple|continuous(?:ly)?|ongoing|constant(?:ly)?|ad hoc|varies|various|as required"
    r"|when needed)\b",
)
_TWO_MEANINGS: Final = re.compile(r"\bbi-?(?:weekly|monthly|annual(?:ly)?|yearly)\b")
_BETWEEN: Final = re.compile(r"^(?:between (.+) and (.+)|from (.+) to (.+))$")
_TO: Final = re.compile(r"^(.+?) (?:to|or) (.+)$")
_DASH: Final = re.compile(r"^(.*[0-9a-z%½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]) ?- ?([£0-9.½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞].*)$")
_SPACED_DASH: Final = re.compile(r"^(.+) - (.+)$")
_CURRENCY: Final = re.compile(r"^(?:£|gbp\b) ?")
_SHORT_MAGNITUDE: Final = re.compile(r"^(?:k|m|mn|bn)\b")
_SMALLEST_WRITTEN_OUT: Final = 1000


def ends(text: str, kind: Kind) -> Ends:
    """Take a cleaned text apart into its ends, each complete with its unit.

    Raises :class:`Misread` for a comparison that leaves its own figure out, for "about", and for words that are
    not numbers.
    """
    rest, least = _without(text, (_AT_LEAST, _DATE_FROM) if kind is Kind.DATE else (_AT_LEAST,), text)
    rest, most = _without(rest, (_AT_MOST, _DATE_BY) if kind is Kind.DATE else (_AT_MOST,), text, unless=least)
    _refuse_inexact(rest, text, kind)
    low, high = _halves(rest, kind)
    if low == high:
        return Ends(None if most else low, None if least else high)
    if least or most:
        raise Misread(f"{shown(text)} says two ranges at once", describe(kind), _range_help(kind))
    if kind is Kind.DATE:
        return Ends(low, high)
    return _share_units(low, high, kind)


def _without(text: str, patterns: tuple[re.Pattern[str], ...], whole: str, *, unless: bool = False) -> tuple[str, bool]:
    """The text without the first of the phrases, and whether there was one."""
    for pattern in patterns:
        # "from 5 to 7" and "between" keep their words: those are two ends and not one.
        if (found := pattern.search(text)) and not (_BETWEEN.match(whole) and pattern is _DATE_FROM):
            if unless:
                raise Misread(f"{shown(whole)} says two ranges at once", help="write both ends, such as 4 to 7")
            return (text[: found.start()] + text[found.end() :]).strip(), True
    return text, False


def _range_help(kind: Kind) -> str:
    one = example(kind)
    if kind is Kind.FREQUENCY:
        one = "3 a month"
    return (
        f"write the figure itself (`{one}`), a range with both its ends,"
        " or `at least …` or `up to …`, which include their figure"
    )


def _refuse_inexact(text: str, whole: str, kind: Kind) -> None:
    expected = describe(kind)
    if _OPEN.search(text) or _OPEN_BELOW.search(text):
        raise Misread(f"{shown(whole)} does not say where it ends", expected, _range_help(kind))
    if _ABOUT.search(text):
        raise Misread(f"{shown(whole)} leaves open how much is meant", expected, _range_help(kind))
    if found := _TWO_MEANINGS.search(text):
        raise Misread(
            f"{shown(found[0])} can be read in two ways",
            expected,
            "write `twice a week` or `every 2 weeks`, and so on for months and years",
        )
    if found := _VAGUE.search(text):
        raise Misread(
            f"{shown(found[0])} is a word and not a figure",
            expected,
            "write the number, or the range it lies in; the rules decide what the number is called",
        )


def _halves(text: str, kind: Kind) -> tuple[str, str]:
    if both := _BETWEEN.match(text):
        return (both[1] or both[3], both[2] or both[4])
    patterns = (_TO, _SPACED_DASH) if kind is Kind.DATE else (_TO, _DASH)
    for pattern in patterns:
        if both := pattern.match(text):
            return both[1], both[2]
    return text, text


def _share_units(low: str, high: str, kind: Kind) -> Ends:
    """Give "4" in "4 to 7 kg" its unit, and "7" in "£4 to 7" its currency."""
    low_pound, high_pound = _CURRENCY.match(low), _CURRENCY.match(high)
    first = head(_CURRENCY.sub("", low))
    last = head(_CURRENCY.sub("", high))
    if first is None or last is None:
        return Ends(low, high)
    if low_pound and not high_pound and kind in {Kind.MONEY, Kind.MONEY_RATE} and not _names_money(last):
        high = f"£{high}"
    if first.rest:
        # "£60k to £80k a month": what both are reckoned over stands at the end alone.
        period = _SHORT_MAGNITUDE.sub("", last.rest).strip()
        shared = kind is Kind.MONEY_RATE and _SHORT_MAGNITUDE.fullmatch(first.rest.strip()) and period
        return Ends(f"{low.rstrip()} {period}", high) if shared else Ends(low, high)
    if first.written is Written.ARTICLE:
        return Ends(low, high)
    enlarged = last.magnitude > 1 or (kind in {Kind.MONEY, Kind.MONEY_RATE} and _SHORT_MAGNITUDE.match(last.rest))
    if enlarged and first.magnitude == 1:
        if first.value >= _SMALLEST_WRITTEN_OUT:
            last = replace(last, magnitude=1, rest=_SHORT_MAGNITUDE.sub("", last.rest).lstrip())
        elif low_pound and high_pound:
            raise Misread(
                f"the {shown(low)} of {shown(f'{low} to {high}')} can be read in two ways",
                describe(kind),
                "write both ends out in full, such as `£1 million to £2 million`",
            )
    return Ends(_with_tail(low, first, last), high)


def _with_tail(low: str, first: Number, last: Number) -> str:
    word = ""
    if last.magnitude > 1 and first.magnitude == 1:
        word = {100: " hundred", 10**3: " thousand", 10**6: " million", 10**9: " billion"}[last.magnitude]
    return f"{low}{word} {last.rest}".strip()


def _names_money(number: Number) -> bool:
    return re.match(r"(?:k|m|mn|bn)? ?(?:p|pence|pounds?|gbp|quid)\b", number.rest) is not None
