"""The first look at a text: what no quantity may contain, and one spelling for what means the same."""

from __future__ import annotations

import re
from typing import Final

from jerules.quantities.kinds import Kind, describe
from jerules.quantities.misread import LONGEST_TEXT, Misread, shown
from jerules.quantities.reading_numbers import VULGAR

_SAME: Final = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
        **dict.fromkeys("\u2044\u2215", "/"),
        "\u00d7": "x",
        "\u2019": "'",
    },
)
_LEAD: Final = re.compile(r"^(?:on|for) (?=\S)")
_NOT_A_NUMBER: Final = re.compile(r"^[+-]?(?:nan|inf|infinity|∞)\b|∞")
_BELOW: Final = re.compile(r"^(?:£ ?)?-|^(?:minus|negative)\b")
_SIGNED: Final = re.compile(r"^(?:£ ?)?(?:-|minus |negative )(?: ?£ ?)?[0-9.½¼¾]")


def clean(text: str, kind: Kind) -> str:
    """The text in lower case with single spaces and plain dashes. Raises :class:`Misread` for what cannot be read."""
    expected = describe(kind)
    if len(text) > LONGEST_TEXT:
        raise Misread(
            f"{shown(text)} is {len(text)} characters long",
            expected,
            f"write the quantity alone, in no more than {LONGEST_TEXT} characters",
        )
    plain = " ".join(text.split()).translate(_SAME).lower()
    if not plain:
        raise Misread("nothing is written here", expected, "write the quantity, or leave the whole line out")
    if not plain.isprintable():
        raise Misread(f"{shown(text)} holds a character that cannot be shown", expected, "type the quantity afresh")
    if any(letter.isnumeric() and not letter.isascii() and letter not in VULGAR for letter in plain):
        raise Misread(
            f"{shown(text)} is not written in the digits 0 to 9",
            expected,
            "write the number with the digits 0 to 9",
        )
    if _NOT_A_NUMBER.search(plain):
        raise Misread(f"{shown(text)} is not a number", expected, "write a number, or leave the whole line out")
    if _BELOW.match(plain):
        if _SIGNED.match(plain):
            raise Misread(f"{shown(text)} is below nought", expected, "write a number that is nought or more")
        raise Misread(f"{shown(text)} begins with a dash", expected, "write the quantity without the dash")
    return _LEAD.sub("", plain.rstrip("."))
