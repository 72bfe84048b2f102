"""The one way in which a text fails to be a quantity, and how that text is shown back."""

from __future__ import annotations

import re
from typing import Final

LONGEST_TEXT: Final[int] = 200
_LONGEST_SHOWN: Final[int] = 40
_QUOTED: Final = re.compile(r"`([^`]+)`")


class Misread(ValueError):
    """A text is not the quantity that was asked for.

    ``message`` is one lower-case sentence with the text in back-ticks; ``expected``, ``help`` and ``nearest`` may
    be empty. There is no place: whoever knows the file adds it.
    """

    def __init__(self, message: str, expected: str = "", help: str = "", nearest: str = "") -> None:  # noqa: A002
        super().__init__(message)
        self.message = message
        self.expected = expected
        self.help = help
        self.nearest = nearest


def shown(text: str) -> str:
    """The text in back-ticks, cut when it is long, with nothing in it that could disturb a terminal."""
    plain = "".join(letter if letter.isprintable() and letter != "`" else "·" for letter in text[: LONGEST_TEXT * 2])
    if len(plain) > _LONGEST_SHOWN:
        plain = plain[: _LONGEST_SHOWN - 1] + "…"
    return f"`{plain}`"


def as_written(message: str, text: str) -> str:
    """The message with what it quotes of the text in the capitals that the text has."""
    lower = text.lower()
    if len(lower) != len(text):
        return message

    def original(quoted: re.Match[str]) -> str:
        start = lower.find(quoted[1])
        return f"`{text[start : start + len(quoted[1])]}`" if start >= 0 else quoted[0]

    return _QUOTED.sub(original, message)
