"""Mistakes as values: what is wrong, where, what was expected, and what to do.

Every stage that reads something a person wrote collects its faults and raises them together as one
:class:`Faulty`; nothing is raised one at a time. The messages are public interface: one lower-case sentence,
the user's own text in back-ticks, the help apart from the message.
"""

from __future__ import annotations

import difflib
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

# What stands in a line for characters that a terminal would obey instead of showing them.
_SHOWN = {**{code: 0x2400 + code for code in range(0x20)}, **dict.fromkeys(range(0x7F, 0xA0), 0xFFFD)}
_WIDEST = 200  # characters of a line that are shown around a mistake; a line that people wrote is hardly ever longer


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where in a file: lines and columns count from 1, the end column is the first one past the text."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"

    def to(self, other: Place) -> Place:
        """The stretch from the start of this place to the end of ``other``."""
        return Place(self.file, self.line, self.column, other.end_line, other.end_column)


@dataclass(frozen=True, slots=True)
class Fault:
    """One mistake of the user's.

    ``code`` is stable and kebab-case; ``expected`` and ``nearest`` (a bare name) may be empty; ``help`` is one line
    that says what to do; ``line_text`` is the offending line as written, for the caret display. ``parts`` are what the
    message sums up, where one mistake has many, each for a line of its own.
    """

    code: str
    message: str
    place: Place | None = None
    expected: str = ""
    nearest: str = ""
    help: str = ""
    line_text: str = field(default="", compare=False)
    parts: tuple[str, ...] = ()

    def __str__(self) -> str:
        return render(self)


class Faulty(Exception):
    """Raised at the end of a stage with every fault it found, sorted by place."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(sorted(faults, key=_by_place))
        super().__init__(f"{len(self.faults)} fault(s)")

    def __str__(self) -> str:
        return "\n\n".join(render(fault) for fault in self.faults)


class Unavailable(Exception):
    """Something that was asked for by name is not to be had on this machine (an engine, an optional file)."""


class OurFault(Exception):
    """Something that can only be a defect of jerules itself; the command line ends with exit code 3."""


def _by_place(fault: Fault) -> tuple[str, int, int, str]:
    if fault.place is None:
        return ("", 0, 0, fault.message)
    return (fault.place.file, fault.place.line, fault.place.column, fault.message)


def render(fault: Fault, width: int | None = None) -> str:
    """Write a fault as plain text: place, message, the line with a caret, its parts, expected, nearest, help.

    With a ``width`` in characters, what was expected and what to do are wrapped to it at spaces. The line that the user
    wrote never is, and neither is the first, which editors read the place from.
    """
    head = f"{fault.place}: " if fault.place else ""
    lines = [f"{head}error[{fault.code}]: {fault.message}"]
    if fault.place and fault.line_text.strip():
        number = str(fault.place.line)
        gutter = " " * len(number)
        text = fault.line_text.rstrip("\r\n").replace("\t", " ").translate(_SHOWN)
        start = fault.place.column - 1
        end = fault.place.end_column - 1 if fault.place.end_line == fault.place.line else len(text)
        text, start, end = _excerpt(text, start, min(end, len(text)))
        carets = "^" * max(1, end - start)
        lines += [f"{gutter} |", f"{number} | {text}", f"{gutter} | {' ' * start}{carets}"]
    else:
        gutter = " "
    for part in fault.parts:
        lines += _wrapped(f"{gutter} = ", part, f"{gutter}   ", width)
    close = f"`{fault.nearest.strip('`')}`" if fault.nearest else ""
    for label, value in (("expected", fault.expected), ("nearest", close), ("help", fault.help)):
        if value:
            lines += _wrapped(f"{gutter} = {label}: ", value, f"{gutter}   ", width)
    return "\n".join(lines)


def _wrapped(lead: str, text: str, under: str, width: int | None) -> list[str]:
    """A text behind its lead, and where it is too long for the width, on lines that begin with ``under``."""
    if width is None or len(lead) + len(text) <= width:
        return [f"{lead}{text}"]
    return textwrap.wrap(
        lead + text, width, subsequent_indent=under, break_long_words=False, break_on_hyphens=False,
        replace_whitespace=False, drop_whitespace=True,
    )  # fmt: skip


def _excerpt(text: str, start: int, end: int) -> tuple[str, int, int]:
    """So much of a very long line as shows the stretch from ``start`` to ``end``, and where that is in it."""
    if len(text) <= _WIDEST:
        return text, start, end
    first = max(0, min(start - _WIDEST // 4, len(text) - _WIDEST))
    last = first + _WIDEST
    shown = text[first:last]
    start, end = start - first, min(end - first, len(shown))
    if first:
        shown, start, end = f"…{shown}", start + 1, end + 1
    return (f"{shown}…" if last < len(text) else shown), start, end


def nearest(word: str, known: Iterable[str]) -> str:
    """The known name most like ``word``, or an empty string when none is close."""
    found = difflib.get_close_matches(word.lower(), sorted(set(known)), n=1, cutoff=0.6)
    return found[0] if found else ""


def listed(names: Sequence[str], limit: int = 8) -> str:
    """Names in back-ticks, joined for a sentence; a long list is cut and says how many more there are."""
    shown = [f"`{name}`" for name in names[:limit]]
    if len(names) > limit:
        shown.append(f"and {len(names) - limit} more")
    return ", ".join(shown)
