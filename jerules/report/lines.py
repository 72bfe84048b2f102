"""Lines for a terminal: wrapped between words with hanging indents, and things set to the right where they fit."""

from __future__ import annotations

import io

from rich.cells import cell_len
from rich.console import Console
from rich.style import Style
from rich.table import Table
from rich.text import Text

WIDTH = 80
"""The columns of a line, unless the terminal has fewer."""

_NARROWEST = 40
_GAP = 3  # at the least, between a text and what stands to the right of it

PLAIN, BOLD, DIM = Style(), Style(bold=True), Style(dim=True)
OPEN = Style(color="yellow")
"""For what is not settled; the words say so too."""


def shown(text: str) -> str:
    """A text as it may reach a terminal: on one line, with nothing in it that the terminal would obey."""
    return printable(" ".join(text.split()))


def printable(line: str) -> str:
    """A line with a mark in the place of every character that is not to be seen, or that a terminal would obey."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in line)


class Lines:
    """The lines of a page, as they are added; ``width`` columns wide, and in colour only when asked for."""

    def __init__(self, *, colour: bool, width: int) -> None:
        self.width = max(_NARROWEST, width)
        self._file = io.StringIO()
        self._console = Console(
            file=self._file,
            width=self.width,
            force_terminal=colour,
            no_color=not colour,
            color_system="standard" if colour else None,
            legacy_windows=False,
            highlight=False,
        )

    def blank(self) -> None:
        """An empty line."""
        self._console.print()

    def heading(self, text: str) -> None:
        """A heading over a part of the page."""
        self.text(text, style=BOLD)

    def text(self, text: str, *, indent: int = 0, lead: str = "", style: Style = PLAIN) -> None:
        """A text that begins with ``lead``; its further lines stand below the first word after that."""
        for line in self._wrapped(text, indent, lead, style):
            self._put(line)

    def row(  # noqa: PLR0913 - a text, what stands to its right, and how both look
        self, text: str, beside: str, *, indent: int = 0, lead: str = "", style: Style = PLAIN, right: Style = DIM
    ) -> None:
        """A text with something to the right of its last line, or on the next where it does not fit beside it."""
        lines = self._wrapped(text, indent, lead, style)
        beside = printable(beside)
        under = indent + cell_len(lead)
        across = cell_len(beside)
        free = self.width - lines[-1].cell_len - across
        if beside and free >= _GAP:
            lines[-1].append(" " * free).append(beside, right)
        elif beside and across <= self.width - under:
            lines.append(Text(" " * (self.width - across)).append(beside, right))
        elif beside:
            parts = wrapped(beside, self.width - under)
            lines += [Text(" " * (self.width - cell_len(part))).append(part, right) for part in parts]
        for line in lines:
            self._put(line)

    def verbatim(self, text: str) -> None:
        """Lines that stand as they are, whatever their width: a piece of a rule file that can be copied."""
        for line in text.splitlines():
            self._put(Text(printable(line)))

    def rule(self) -> None:
        """A line across the page."""
        self._put(Text("─" * self.width, DIM))

    def table(self, table: Table) -> None:
        """A table, as wide as it needs to be and no wider than the page."""
        self._console.print(table)

    def written(self) -> str:
        """The whole page, without blanks at the ends of lines."""
        return "\n".join(line.rstrip() for line in self._file.getvalue().splitlines()) + "\n"

    def _put(self, line: Text) -> None:
        self._console.print(line, no_wrap=True, overflow="ignore", crop=False)

    def _wrapped(self, text: str, indent: int, lead: str, style: Style) -> list[Text]:
        under = indent + cell_len(lead)
        parts = wrapped(shown(text), self.width - under)
        first = Text(" " * indent).append(lead, style).append(parts[0], style)
        return [first, *(Text(" " * under).append(part, style) for part in parts[1:])]


def wrapped(text: str, room: int) -> list[str]:
    """The lines of a text, none wider than ``room`` columns; a word that is wider itself is broken."""
    lines = [""]
    for word in text.split(" "):
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if cell_len(joined) <= room:
            lines[-1] = joined
        else:
            lines += _broken(word, room)
    return [line for line in lines if line] or [""]


def _broken(word: str, room: int) -> list[str]:
    parts = [""]
    for letter in word:
        if cell_len(parts[-1] + letter) > room:
            parts.append("")
        parts[-1] += letter
    return parts
