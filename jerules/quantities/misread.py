"""The one way in which a text fails to be a quantity, and how that text is shown back."""

from __future__ import annotations

from typing import Final

LONGEST_TEXT: Final[int] = 200
_LONGEST_SHOWN: Final[int] = 40


class Misread(ValueError):  # noqa: N818 - named for what happened, not for the machinery
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
