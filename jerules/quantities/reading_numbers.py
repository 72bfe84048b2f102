"""Numbers at the head of a text: digits, fractions, and the number words that people write."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from fractions import Fraction
from typing import Final

from jerules.quantities.misread import Misread, shown

VULGAR: Final[dict[str, Fraction]] = {
    "½": Fraction(1, 2),
    "⅓": Fraction(1, 3),
    "⅔": Fraction(2, 3),
    "¼": Fraction(1, 4),
    "¾": Fraction(3, 4),
    "⅕": Fraction(1, 5),
    "⅖": Fraction(2, 5),
    "⅗": Fraction(3, 5),
    "⅘": Fraction(4, 5),
    "⅙": Fraction(1, 6),
    "⅚": Fraction(5, 6),
    "⅛": Fraction(1, 8),
    "⅜": Fraction(3, 8),
    "⅝": Fraction(5, 8),
    "⅞": Fraction(7, 8),
}

_SMALL: Final = (  # noqa: SIM905 - a list of words is read more easily without the quotes
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen"
).split()
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905 - as above
_WORDS: Final[dict[str, int]] = {
    **{word: number for number, word in enumerate(_SMALL)},
    "nought": 0,
    "dozen": 12,
    "a dozen": 12,
    **{ten: 20 + 10 * place for place, ten in enumerate(_TENS)},
    **{
        f"{ten}{join}{_SMALL[unit]}": 20 + 10 * place + unit
        for place, ten in enumerate(_TENS)
        for unit in range(1, 10)
        for join in " -"
    },
}
_TIMES: Final[dict[str, int]] = {"once": 1, "twice": 2, "thrice": 3}
_MAGNITUDES: Final[dict[str, int]] = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9}
_PARTS: Final[dict[str, int]] = {
    "half": 2,
    "halves": 2,
    **{
        f"{part}{plural}": 3 + place
        for place, part in enumerate(("third", "quarter", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"))
        for plural in ("", "s")
    },
}


def _any_of(words: dict[str, int]) -> str:
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + r")(?![a-z])"


_WORD: Final = re.compile(_any_of(_WORDS))
_TIME: Final = re.compile(_any_of(_TIMES))
_PART: Final = re.compile(rf"(?:an? )?({_any_of(_PARTS)})")
_PART_AFTER: Final = re.compile(rf"[ -]({_any_of(_PARTS)})")
_MAGNITUDE: Final = re.compile(rf" ?({_any_of(_MAGNITUDES)})")
_A_MAGNITUDE: Final = re.compile(rf"an? (?={_any_of(_MAGNITUDES)})")
_ARTICLE: Final = re.compile(r"an? (?=[a-z])")
_AND_PART: Final = re.compile(r" and (a half|a quarter|three quarters)(?![a-z])")
_AND_PARTS: Final = {"a half": Fraction(1, 2), "a quarter": Fraction(1, 4), "three quarters": Fraction(3, 4)}
_DIGITS: Final = re.compile(r"[0-9.,]*[0-9]")
_PLAIN: Final = re.compile(r"[0-9]*(?:\.[0-9]+)?")
_GROUPED: Final = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_EXPONENT: Final = re.compile(r"e[+-]?[0-9]")
_BASED: Final = re.compile(r"[xbo][0-9a-f]+\b")
_OVER: Final = re.compile(r"/([0-9]+)(?![0-9/])")
_MIXED: Final = re.compile(r" ([0-9]+)/([0-9]+)(?![0-9/])")


class Written(Enum):
    """How a number was written, where that changes what it may stand before."""

    PLAIN = auto()
    FRACTION = auto()
    """With a stroke: 1/3."""
    PART = auto()
    """Less than one, without digits: half, a third, ½."""
    ARTICLE = auto()
    """The "a" of "an hour"."""
    TIMES = auto()
    """Once, twice, thrice."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number and the text that follows it; ``magnitude`` is what a word such as "million" multiplied it by."""

    value: Fraction
    rest: str
    written: Written
    magnitude: int = 1


def head(text: str, *, parts: bool = True) -> Number | None:
    """The number that the cleaned text begins with, or ``None``.

    ``parts=False`` leaves "quarters" in "2 quarters" alone, where it is a period and not a fraction. Raises
    :class:`Misread` for digits that are not a number as people write them: 1,20 or 1e9 or 0x10.
    """
    found = _in_digits(text) or _in_words(text)
    if found is None:
        return None
    if parts and found.written is Written.PLAIN:
        found = _with_part(found)
    magnitude = _MAGNITUDE.match(found.rest)
    if magnitude and found.written is not Written.TIMES:
        by = _MAGNITUDES[magnitude[1]]
        found = Number(found.value * by, found.rest[magnitude.end() :], Written.PLAIN, by)
    return Number(found.value, found.rest.lstrip(), found.written, found.magnitude)


def _in_digits(text: str) -> Number | None:
    if text[:1] in VULGAR:
        return Number(VULGAR[text[0]], text[1:], Written.PART)
    token = _DIGITS.match(text)
    if token is None:
        return None
    digits, rest = token[0], text[token.end() :]
    _check_digits(digits, rest)
    value = Fraction(digits.replace(",", ""))
    if digits.isdigit():
        return _with_stroke(text, value, rest) or Number(value, rest, Written.PLAIN)
    return Number(value, rest, Written.PLAIN)


def _with_stroke(text: str, value: Fraction, rest: str) -> Number | None:
    """1/3, 1 1/3, 1½: what follows a whole number that makes it a fraction or adds one to it."""
    if over := _OVER.match(rest):
        return Number(_ratio(text, value, over[1]), rest[over.end() :], Written.FRACTION)
    if mixed := _MIXED.match(rest):
        return Number(value + _ratio(text, Fraction(mixed[1]), mixed[2]), rest[mixed.end() :], Written.PLAIN)
    vulgar = rest.lstrip()
    if vulgar[:1] in VULGAR:
        return Number(value + VULGAR[vulgar[0]], vulgar[1:], Written.PLAIN)
    return None


def _check_digits(digits: str, rest: str) -> None:
    if "," in digits and not _GROUPED.fullmatch(digits):
        raise Misread(
            f"the commas in {shown(digits)} do not stand before groups of three digits",
            help="write a decimal with a point (1.2), and commas only between thousands (1,200)",
        )
    if "," not in digits and not _PLAIN.fullmatch(digits):
        raise Misread(f"{shown(digits)} is not a number", help="write at most one decimal point, as in 1.5")
    if _EXPONENT.match(rest) or (digits == "0" and _BASED.match(rest)):
        raise Misread(
            f"{shown(digits + rest.partition(' ')[0])} is not a number as people write it",
            help="write the number out in ordinary digits, such as 1,200",
        )


def _ratio(text: str, top: Fraction, bottom: str) -> Fraction:
    if int(bottom) == 0:
        raise Misread(f"{shown(text)} divides by nought", help="write a fraction such as 1/3")
    return top / int(bottom)


def _in_words(text: str) -> Number | None:
    if word := _WORD.match(text):
        return Number(Fraction(_WORDS[word[0]]), text[word.end() :], Written.PLAIN)
    if time := _TIME.match(text):
        return Number(Fraction(_TIMES[time[0]]), text[time.end() :], Written.TIMES)
    if part := _PART.match(text):
        return Number(Fraction(1, _PARTS[part[1]]), text[part.end() :], Written.PART)
    if magnitude := _A_MAGNITUDE.match(text):
        return Number(Fraction(1), text[magnitude.end() :], Written.PLAIN)
    if article := _ARTICLE.match(text):
        return Number(Fraction(1), text[article.end() :], Written.ARTICLE)
    return None


def _with_part(number: Number) -> Number:
    """Two thirds, 3 quarters, one and a half."""
    if part := _PART_AFTER.match(number.rest):
        return Number(number.value / _PARTS[part[1]], number.rest[part.end() :], Written.PART)
    if added := _AND_PART.match(number.rest):
        return Number(number.value + _AND_PARTS[added[1]], number.rest[added.end() :], Written.PLAIN)
    return number
