"""Cuts a rule file into statements by its layout, and lifts the comments out of them.

A line that starts in column 1 starts a statement; indented lines belong to it. In the statements that hold others
(``record``, ``interpretation``, ``example``) the first indented line sets the margin at which each of them starts.
Each statement is parsed on its own, so that one mistake never hides the next.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from jerules.documents.text import Source
from jerules.faults import Fault, Place, nearest

HOLDERS = frozenset({"record", "interpretation", "example"})
"""The statements whose indented lines are statements of their own."""

STATEMENTS = (
    "scheme", "factor", "tool", "pack", "status", "record", "question", "scale", "term", "ladder", "extend", "level",
    "at", "not", "panel", "count", "assess", "may", "never", "query", "parameter", "convention", "without", "order",
    "grade", "cross", "carry", "interpretation", "accept", "example", "procedure", "needs", "step", "effective",
    "route", "ground",
)  # fmt: skip
"""The words that start a statement in column 1."""
IN_INTERPRETATION = (
    "status", "question", "term", "ladder", "extend", "level", "at", "not", "panel", "count", "assess", "may", "query",
    "pro", "needs", "step", "effective", "route", "ground", "because", "cites",
)  # fmt: skip
"""The words that start a statement inside an interpretation."""
LINES = ("no", "nothing", "suppose", "panel", "gives")
"""The words that start a line of an example; any other line starts with the name of a record."""

_TAB = 8  # how far a tab reaches when lines are compared; such a line is a mistake however wide a tab is shown
_CLAUSE = re.compile(
    r'\s*((?:when|unless|otherwise|always|cites|and|or|together)\b|(?:reads|because|asks|help)(?=\s*"))'
)
_OPENING = re.compile(r'(?<=\s)"(?=\S)')
_CLAUSE_INSIDE = {
    "record": re.compile(r'\s*((?:asks|help)(?=\s*"))'),
    "interpretation": re.compile(r'\s*((?:when|unless|otherwise|and|or|together)\b|(?:reads|asks|help)(?=\s*"))'),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file without its comment. ``number`` counts from 1; columns are those of the file."""

    number: int
    code: str
    comment: str | None
    comment_column: int
    continues_text: bool
    """Whether the line starts inside a text that an earlier line opened."""

    @property
    def indent(self) -> int:
        """How far the line is indented, a tab counted as eight spaces."""
        return len(self.leading.expandtabs(_TAB))

    @property
    def leading(self) -> str:
        """The spaces and tabs that the line starts with."""
        return self.code[: len(self.code) - len(self.code.lstrip(" \t"))]

    @property
    def tabbed(self) -> bool:
        """Whether a tab indents the line."""
        return "\t" in self.leading and not self.continues_text

    @property
    def blank(self) -> bool:
        """Whether the line says nothing but, perhaps, a comment."""
        return not self.code.strip() and not self.continues_text


@dataclass(frozen=True, slots=True)
class Block:
    """One statement: its own lines, the blocks it holds, and the comments that belong to it."""

    lines: tuple[Line, ...]
    inner: tuple[Block, ...]
    remarks: tuple[str, ...]
    apart: bool
    spoilt: bool = False
    """Whether a fault of the layout leaves open what belongs to the statement: it is then not parsed."""

    @property
    def first_word(self) -> str:
        """The word that the statement starts with."""
        return _first_word(self.lines[0])

    @property
    def all_lines(self) -> tuple[Line, ...]:
        """The statement's lines with those of the blocks it holds."""
        return (*self.lines, *(line for block in self.inner for line in block.all_lines))


@dataclass(slots=True)
class _Quotes:
    """Follows the double quotes of a statement from line to line."""

    opened: tuple[int, int] | None = None
    suspect: tuple[int, int] | None = None
    """A text that ended lines later, on what looks like the start of another: its own end was probably left out."""

    def split(self, text: str, number: int) -> tuple[str, str | None]:
        """Part a line into code and comment."""
        for found in re.finditer('["#]', text):
            at = found.start()
            if found[0] == "#" and not self.opened:
                return text[:at], text[at:].rstrip()
            if found[0] == "#":
                continue
            if self.opened and self.opened[0] < number and _OPENING.match(text, at):
                self.suspect = self.suspect or self.opened
            self.opened = None if self.opened else (number, at + 1)
        return text, None

    def reset(self) -> tuple[int, int] | None:
        """Start a new statement; gives line and column of the text that the last one never closed, if there is one."""
        never = (self.suspect or self.opened) if self.opened else None
        self.opened = self.suspect = None
        return never


@dataclass(slots=True)
class _Cutter:
    """Cuts one file; the faults of its layout go to ``faults``."""

    source: Source
    faults: list[Fault] = field(default_factory=list)
    unclosed: set[int] = field(default_factory=set)
    """The lines on which a text is opened that is never closed."""
    strays: set[int] = field(default_factory=set)
    """The lines that start with a clause where a statement should."""

    def read_lines(self) -> list[Line]:
        """The lines of the file, each parted from its comment."""
        lines: list[Line] = []
        quotes = _Quotes()
        for number, text in enumerate(self.source.lines, start=1):
            if text[:1].strip() and (opened := quotes.reset()):
                # A text may run over several lines, but they are indented: column 1 starts the next statement.
                self._never_closed(*opened)
            inside = quotes.opened is not None
            code, comment = quotes.split(text, number)
            lines.append(Line(number, code.rstrip(), comment, len(code) + 1, inside))
        if opened := quotes.reset():
            self._never_closed(*opened)
        tabbed = [line for line in lines if line.tabbed]
        if tabbed:
            self._tabs(tabbed)
        return lines

    def blocks(self, lines: Sequence[Line], margin: int, holder: str = "") -> tuple[list[Block], tuple[str, ...]]:
        """Group lines into blocks that start at ``margin``; comments and blank lines go with the block after them."""
        blocks: list[Block] = []
        pending: list[str] = []
        apart = False
        index = 0
        while index < len(lines):
            line = lines[index]
            index += 1
            if line.blank:
                if line.comment is not None:
                    pending.append(line.comment)
                elif not pending:
                    apart = True
                elif pending[-1]:
                    pending.append("")  # a blank line after a comment: a heading over several statements
                continue
            end = self._end_of_block(lines, index - 1, margin, holder)
            # The canonical layout sets statements that hold others apart, however they were written.
            holds = not holder and meant_by(_first_word(line)) in HOLDERS
            blocks.append(
                self._block(lines[index - 1 : end], pending, apart=(apart or holds) and bool(blocks), holds=holds)
            )
            pending, apart, index = [], False, end
        while pending and not pending[-1]:
            pending.pop()
        return blocks, tuple(pending)

    def _end_of_block(self, lines: Sequence[Line], start: int, margin: int, holder: str) -> int:
        clause = _CLAUSE_INSIDE.get(holder) if holder else _CLAUSE
        end = start + 1
        last = end
        while end < len(lines):
            line = lines[end]
            if not line.blank:
                if line.indent <= margin and not line.continues_text:
                    if not clause or not (found := clause.match(line.code)):
                        break
                    self._stray_clause(line, found)
                last = end + 1
            end += 1
        # A comment at the margin belongs to the statement after it, one that is indented further to this one.
        while last < end and lines[last].comment is not None and lines[last].comment_column > margin + 1:
            last += 1
        return last

    def _block(self, lines: Sequence[Line], before: Sequence[str], *, apart: bool, holds: bool) -> Block:
        head = [lines[0]]
        rest = list(lines[1:])
        spoilt = _mixed(lines) or (lines[0].number in self.strays and _first_word(lines[0]) not in {"because", "cites"})
        while rest and rest[0].continues_text:
            head.append(rest.pop(0))
        spoilt |= any(line.number in self.unclosed for line in (head if holds else lines))
        if holds and any(not line.blank for line in rest):
            margin = next(line.indent for line in rest if not line.blank)
            inner, trailing = self.blocks(rest, margin, meant_by(_first_word(lines[0])))
            remarks = [*before, *_comments(head), *trailing]
            return Block(tuple(head), tuple(inner), tuple(remarks), apart, spoilt)
        remarks = [*before, *_comments(lines)]
        return Block(tuple(line for line in lines if not line.blank), (), tuple(remarks), apart, spoilt)

    # ── faults ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _never_closed(self, line: int, column: int) -> None:
        self.unclosed.add(line)
        self.faults.append(
            self.source.fault(
                "unclosed-text",
                "this text is opened but never closed",
                self.source.place(line, column, line, column + 1),
                expected='a closing `"`',
                help='close it with `"`; if it looks closed, one is missing or too many earlier in the statement',
            )
        )

    def _tabs(self, lines: Sequence[Line]) -> None:
        first, more = lines[0], len(lines) - 1
        others = f" (and so {'is' if more == 1 else 'are'} {more} more)" if more else ""
        column = first.code.index("\t") + 1
        self.faults.append(
            self.source.fault(
                "tab-indent",
                f"this line is indented with a tab{others}",
                self.source.place(first.number, column, first.number, column + 1),
                expected="spaces",
                help="replace the tab by two spaces",
            )
        )

    def _stray_clause(self, line: Line, found: re.Match[str]) -> None:
        if line.number in self.strays:
            return
        self.strays.add(line.number)
        start, end = found.span(1)
        self.faults.append(
            self.source.fault(
                "stray-clause",
                f"`{found[1]}` starts no statement: it continues the one before",
                self.source.place(line.number, start + 1, line.number, end + 1),
                expected="a line that is indented further",
                help="indent the line, so that it belongs to the statement above it",
            )
        )

    def stray_indent(self, line: Line) -> None:
        """An indented line at the head of the file."""
        self.faults.append(
            self.source.fault(
                "stray-indent",
                "this indented line belongs to no statement",
                self.source.place(line.number, 1, line.number, len(line.leading) + 1),
                expected="a statement that starts in column 1",
                help="move the line to column 1",
            )
        )


def cut(source: Source) -> tuple[list[Block], tuple[str, ...], list[Fault]]:
    """Cut ``source`` into blocks; also returns the comments after the last one, and the faults of the layout."""
    cutter = _Cutter(source)
    blocks, ending = cutter.blocks(cutter.read_lines(), 0)
    if blocks and blocks[0].lines[0].indent and not blocks[0].lines[0].tabbed:
        cutter.stray_indent(blocks[0].lines[0])
    return blocks, ending, cutter.faults


@lru_cache(maxsize=1024)
def meant_by(word: str) -> str:
    """The word that starts a statement, or the one that ``word`` is probably a slip of; empty when there is none."""
    word = word.rstrip(":").lower()
    words = (*STATEMENTS, "because", "cites")
    return word if word in words else nearest(word, words)


def _first_word(line: Line) -> str:
    words = line.code.split(maxsplit=1)
    return words[0] if words else ""


def _comments(lines: Sequence[Line]) -> list[str]:
    return [line.comment for line in lines if line.comment is not None]


def _mixed(lines: Sequence[Line]) -> bool:
    """Whether some of the lines are indented with tabs and some with spaces, so that no one can say how far."""
    indented = [line for line in lines if line.indent and not line.blank and not line.continues_text]
    return 0 < sum(line.tabbed for line in indented) < len(indented)


def starts_at(block: Block, source: Source) -> Place:
    """The place of the word that the block starts with."""
    line = block.lines[0]
    column = len(line.code) - len(line.code.lstrip()) + 1
    return source.place(line.number, column, line.number, column + len(block.first_word))
