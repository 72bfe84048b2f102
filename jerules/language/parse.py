"""Reads a rule file: text in, syntax tree out, every mistake reported together.

The layout cuts the file into statements, Lark parses each of them with the grammar in ``grammar/jerules.lark``, and
``build.py`` turns Lark's trees into ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from jerules.documents.text import Source
from jerules.faults import Fault, Faulty, listed, nearest
from jerules.language.build import TreeBuilder
from jerules.language.layout import Block, cut
from jerules.language.tree import (
    Because,
    Example,
    ExampleLine,
    Heading,
    Interpretation,
    Label,
    Question,
    Record,
    Remarks,
    RuleFile,
    Statement,
)
from jerules.resources import folder

if TYPE_CHECKING:
    from lark import Lark, Token
    from lark.exceptions import UnexpectedInput

STATEMENTS = (
    "scheme", "factor", "tool", "pack", "status", "record", "question", "scale", "term", "level", "at", "not",
    "panel", "count", "assess", "may", "never", "query", "parameter", "convention", "without", "carry",
    "interpretation", "example",
)  # fmt: skip
IN_INTERPRETATION = (
    "status", "question", "term", "extend", "level", "at", "not", "panel", "count", "assess", "may", "query",
    "because", "cites",
)  # fmt: skip
IN_EXAMPLE = ("no", "nothing", "gives")

_PLAIN = {
    "NAME": "a name",
    "POSITION": "a level such as `3(c)`",
    "INT": "a whole number",
    "STRING": "a text in quotes",
    "VALUE": "a quantity such as `6 kg`",
    "RAW": "an answer",
    "OP": "`>=`, `<=`, `>`, `<` or `=`",
    "NOTE_ID": "an identifier such as `A-NHS-06`",
    "DATE": "a date such as `2026-03-01`",
    "PARAGRAPH": "a paragraph number such as `4.2`",
    "$END": "the end of the statement",
}


class _WholeWords:
    """Lets the contextual lexer always see a whole word, so that `off` is never read as `of` and a stray `f`."""

    always_accept = ("NAME",)

    @staticmethod
    def process(stream: Iterator[Token]) -> Iterator[Token]:
        return stream


@lru_cache(maxsize=1)
def _grammar() -> Lark:
    from lark import Lark  # noqa: PLC0415 - a fifth of a second that `--help` need not pay

    text = (folder("grammar") / "jerules.lark").read_text(encoding="utf-8")
    return Lark(
        text,
        parser="lalr",
        lexer="contextual",
        start=["statement", "record_line", "example_line"],
        propagate_positions=True,
        maybe_placeholders=False,
        postlex=_WholeWords(),
    )


@dataclass(frozen=True, slots=True)
class Parsed:
    """What could be read of a rule file, and what could not.

    ``unread`` holds the words of the statements that could not be read: what they would have declared is not missing,
    so that a later stage does not report it a second time.
    """

    tree: RuleFile
    faults: tuple[Fault, ...]
    unread: frozenset[str]


def parse(source: Source) -> RuleFile:
    """Read a whole rule file; raises :class:`Faulty` with every fault of its layout and grammar."""
    parsed = parse_all(source)
    if parsed.faults:
        raise Faulty(parsed.faults)
    return parsed.tree


def parse_all(source: Source) -> Parsed:
    """Read what can be read of a rule file, and say what cannot, so that later stages may report more."""
    blocks, ending, faults = cut(source)
    reader = _Reader(source, faults)
    statements = [statement for block in blocks if (statement := reader.statement(block, STATEMENTS))]
    return Parsed(RuleFile(source.name, tuple(statements), ending), tuple(faults), frozenset(reader.unread))


class _Reader:
    """Parses the blocks of one file, collecting faults."""

    def __init__(self, source: Source, faults: list[Fault]) -> None:
        self.source = source
        self.faults = faults
        self.unread: set[str] = set()
        self.builder = TreeBuilder(source, faults)

    def statement(self, block: Block, allowed: tuple[str, ...]) -> Statement | None:
        """One statement with those it holds, or None when it cannot be read."""
        inner = self._inner(block)
        if block.first_word.rstrip(":") not in allowed:
            self.faults.append(self._unknown_statement(block, allowed))
            self._note_unread(block)
            return None
        return self._finish(block, self._parse(block, "statement"), inner)

    def _inner(self, block: Block) -> list[Statement]:
        holder = block.first_word
        held: list[Statement | None] = []
        for part in block.inner:
            if holder == "interpretation":
                held.append(self.statement(part, IN_INTERPRETATION))
            else:
                start = "record_line" if holder == "record" else "example_line"
                held.append(self._finish(part, self._parse(part, start), []))
        return [statement for statement in held if statement]

    def _parse(self, block: Block, start: str) -> Statement | None:
        from lark.exceptions import UnexpectedInput  # noqa: PLC0415 - lazy, as above

        first = block.lines[0].number
        text = _text(block)
        self.builder.offset = first - 1
        try:
            return self.builder.transform(_grammar().parse(text, start=start))
        except UnexpectedInput as error:
            fault = self._syntax(block, text, error)
            # A text that is never closed spoils the rest of its statement: one fault says so.
            if not any(f.code == "unclosed-text" and block.holds(f.place) for f in self.faults):
                self.faults.append(fault)
            self._note_unread(block)
            return None

    def _note_unread(self, block: Block) -> None:
        for line in block.lines:
            self.unread.update(re.findall(r"[A-Za-z][A-Za-z0-9_-]*", line.code))
        for part in block.inner:
            self._note_unread(part)

    def _finish(self, block: Block, statement: Statement | None, inner: list[Statement]) -> Statement | None:
        if statement is None:
            return None
        statement = replace(statement, remarks=Remarks(block.remarks, block.apart))
        match statement:
            case Record():
                return replace(statement, lines=tuple(x for x in inner if isinstance(x, Question | Label)))
            case Example():
                return replace(statement, lines=tuple(x for x in inner if isinstance(x, ExampleLine)))
            case Interpretation():
                return _fold(statement, inner)
        return statement

    # ── faults ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _unknown_statement(self, block: Block, allowed: tuple[str, ...]) -> Fault:
        line = block.lines[0]
        word = block.first_word
        column = line.indent + 1
        close = nearest(word, allowed)
        return Fault(
            "unknown-statement",
            f"no statement starts with `{word}`",
            self.source.place(line.number, column, line.number, column + len(word)),
            expected=listed(allowed, 30),
            nearest=f"`{close}`" if close else "",
            help=f"write `{close}`" if close else "start the line with one of these words, or indent it",
            line_text=self.source.line(line.number),
        )

    def _syntax(self, block: Block, text: str, error: UnexpectedInput) -> Fault:
        line, column, found = _locate(text, error)
        expected = _expected(error)
        plain = [_plain(name) for name in expected]
        words = [name.strip("`") for name in plain if name.startswith("`")]
        close = nearest(found, words) if found else ""
        number = block.lines[0].number + line - 1
        what = f"`{found}` cannot stand here" if found else "the statement ends too early"
        return Fault(
            "syntax",
            what,
            self.source.place(number, column, number, column + max(1, len(found))),
            expected=_one_of(plain),
            nearest=f"`{close}`" if close and close != found else "",
            help=_hint(block, found, close, plain),
            line_text=self.source.line(number),
        )


def _fold(interpretation: Interpretation, inner: list[Statement]) -> Interpretation:
    """Put the `because`, `cites` and `status` lines of an interpretation where they belong."""
    kept: list[Statement] = []
    for statement in inner:
        match statement:
            case Because(because=because, cites=cites):
                interpretation = replace(
                    interpretation,
                    because=because or interpretation.because,
                    cites=interpretation.cites + cites,
                    remarks=_joined(interpretation.remarks, statement.remarks),
                )
            case Heading(kind="status", name=name):
                interpretation = replace(
                    interpretation, status=name, remarks=_joined(interpretation.remarks, statement.remarks)
                )
            case _:
                kept.append(statement)
    return replace(interpretation, statements=tuple(kept))


def _joined(first: Remarks, second: Remarks) -> Remarks:
    return replace(first, lines=first.lines + second.lines)


def _text(block: Block) -> str:
    """The statement's code, every line at its own distance from the first, so that places can be counted."""
    text: list[str] = []
    for line in block.lines:
        text += [""] * (line.number - block.lines[0].number - len(text))
        text.append(line.code)
    return "\n".join(text)


def _locate(text: str, error: UnexpectedInput) -> tuple[int, int, str]:
    """Line, column (both from 1, within the statement) and the text found there; empty at the statement's end."""
    lines = text.split("\n")
    line, column = error.line, error.column
    if line < 1 or _at_end(error):
        last = max((index for index, code in enumerate(lines) if code.strip()), default=0)
        return last + 1, len(lines[last]) + 1, ""
    rest = lines[line - 1][column - 1 :]
    found = re.match(r'"[^"]*"?|[^\s,()"]+|.', rest)
    return line, column, found.group() if found else ""


def _at_end(error: UnexpectedInput) -> bool:
    token = getattr(error, "token", None)
    return token is not None and token.type == "$END"


def _expected(error: UnexpectedInput) -> list[str]:
    accepts = getattr(error, "accepts", None)
    found = accepts or getattr(error, "expected", None) or getattr(error, "allowed", None) or set()
    return sorted(found)


def _plain(terminal: str) -> str:
    if terminal in _PLAIN:
        return _PLAIN[terminal]
    for definition in _grammar().terminals:
        if definition.name == terminal:
            return f"`{definition.pattern.value}`"
    return terminal.lower()


def _one_of(names: list[str], limit: int = 12) -> str:
    ordered = sorted(set(names), key=lambda name: (name.startswith("`"), name))
    if len(ordered) > limit:
        ordered = [*ordered[:limit], f"or {len(ordered) - limit} other words"]
    return ", ".join(ordered)


def _hint(block: Block, found: str, close: str, plain: list[str]) -> str:
    if close and close != found:
        return f"write `{close}`"
    if not found:
        return f"finish the `{block.first_word}` statement; lines that continue it must be indented"
    if "a text in quotes" in plain:
        return "put texts in double quotes"
    return f"see `{block.first_word.rstrip(':')}` in docs/language.md"
