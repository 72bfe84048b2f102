"""Cuts a rule file into statements by its layout, and lifts the comments out of them.

A line that starts in column 1 starts a statement; indented lines belong to it. In the statements that hold others
(``record``, ``interpretation``, ``example``) the first indented line sets the margin at which each of them starts.
Each statement is parsed on its own, so that one mistake never hides the next.
"""

from __future__ import annotations

from dataclasses import dataclass

from jerules.documents.text import Source
from jerules.faults import Fault, Place

HOLDERS = frozenset({"record", "interpretation", "example"})
"""The statements whose indented lines are statements of their own."""


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
        return len(self.code) - len(self.code.lstrip(" "))

    @property
    def blank(self) -> bool:
        return not self.code.strip() and not self.continues_text


@dataclass(frozen=True, slots=True)
class Block:
    """One statement: its own lines, the blocks it holds, and the comments that belong to it."""

    lines: tuple[Line, ...]
    inner: tuple[Block, ...]
    remarks: tuple[str, ...]
    apart: bool

    def holds(self, place: Place | None) -> bool:
        """Whether a place is on one of the statement's own lines."""
        return place is not None and self.lines[0].number <= place.line <= self.lines[-1].number

    @property
    def first_word(self) -> str:
        words = self.lines[0].code.split(maxsplit=1)
        return words[0] if words else ""


def cut(source: Source) -> tuple[list[Block], tuple[str, ...], list[Fault]]:
    """Cut ``source`` into blocks; also returns the comments after the last one, and the faults of the layout."""
    lines, faults = _read_lines(source)
    blocks, ending = _blocks(lines, 0)
    for block in blocks:
        if block.lines[0].indent:
            faults.append(_stray_indent(source, block.lines[0]))
    return blocks, ending, faults


def _read_lines(source: Source) -> tuple[list[Line], list[Fault]]:
    lines: list[Line] = []
    faults: list[Fault] = []
    opened: tuple[int, int] | None = None
    for number, text in enumerate(source.lines, start=1):
        if opened and text[:1].strip():
            # A text may run over several lines, but they are indented: column 1 starts the next statement.
            faults.append(_unclosed(source, opened))
            opened = None
        inside = opened is not None
        code, comment, opened = _split(text, number, opened)
        tab = code.find("\t")
        if tab >= 0 and not code[:tab].strip():
            faults.append(_tab(source, number, tab + 1))
            code = code.expandtabs(2)
        lines.append(Line(number, code.rstrip(), comment, len(code) + 1, inside))
    if opened:
        faults.append(_unclosed(source, opened))
    return lines, faults


def _split(text: str, number: int, opened: tuple[int, int] | None) -> tuple[str, str | None, tuple[int, int] | None]:
    """Part a line into code and comment, following a text that may have been opened on an earlier line."""
    for column, character in enumerate(text, start=1):
        if character == '"':
            opened = None if opened else (number, column)
        elif character == "#" and not opened:
            return text[: column - 1], text[column - 1 :].rstrip(), None
    return text, None, opened


def _blocks(lines: list[Line], margin: int) -> tuple[list[Block], tuple[str, ...]]:
    """Group lines into blocks that start at ``margin``; comments and blank lines go with the block after them."""
    blocks: list[Block] = []
    pending: list[str] = []
    apart = False
    index = 0
    while index < len(lines):
        line = lines[index]
        if line.blank:
            if line.comment is None:
                apart = apart or not pending
            else:
                pending.append(line.comment)
            index += 1
            continue
        end = _end_of_block(lines, index, margin)
        # The canonical layout sets statements that hold others apart, so they count as apart however they were written.
        holder = line.code.split(maxsplit=1)[0] in HOLDERS if line.code.strip() else False
        blocks.append(_block(lines[index:end], tuple(pending), apart=(apart or holder) and bool(blocks)))
        pending, apart = [], False
        index = end
    return blocks, tuple(pending)


def _end_of_block(lines: list[Line], start: int, margin: int) -> int:
    end = start + 1
    last = end
    while end < len(lines):
        line = lines[end]
        if not line.blank:
            if line.indent <= margin and not line.continues_text:
                break
            last = end + 1
        end += 1
    # A comment at the margin belongs to the statement after it, one that is indented further to this one.
    while last < end and lines[last].comment is not None and lines[last].comment_column > margin + 1:
        last += 1
    return last


def _block(lines: list[Line], before: tuple[str, ...], *, apart: bool) -> Block:
    head = [lines[0]]
    rest = lines[1:]
    while rest and rest[0].continues_text:
        head.append(rest.pop(0))
    held = lines[0].code.split(maxsplit=1)[:1]
    if held and held[0] in HOLDERS and any(not line.blank for line in rest):
        margin = next(line.indent for line in rest if not line.blank)
        inner, trailing = _blocks(rest, margin)
        remarks = [*before, *(line.comment for line in head if line.comment), *trailing]
        return Block(tuple(head), tuple(inner), tuple(remarks), apart)
    remarks = [*before, *(line.comment for line in lines if line.comment)]
    return Block(tuple(line for line in lines if not line.blank), (), tuple(remarks), apart)


def _unclosed(source: Source, opened: tuple[int, int]) -> Fault:
    line, column = opened
    return Fault(
        "unclosed-text",
        "this text is opened but never closed",
        source.place(line, column, line, column + 1),
        expected='a closing `"`',
        help="close the text; lines that continue it must be indented",
        line_text=source.line(line),
    )


def _tab(source: Source, line: int, column: int) -> Fault:
    return Fault(
        "tab-indent",
        "this line is indented with a tab",
        source.place(line, column, line, column + 1),
        expected="spaces",
        help="indent with spaces; `jerules fmt` keeps them in order",
        line_text=source.line(line),
    )


def _stray_indent(source: Source, line: Line) -> Fault:
    return Fault(
        "stray-indent",
        "this indented line belongs to no statement",
        source.place(line.number, 1, line.number, line.indent + 1),
        expected="a statement that starts in column 1",
        help="move the line to column 1, or indent it under the statement it belongs to",
        line_text=source.line(line.number),
    )
