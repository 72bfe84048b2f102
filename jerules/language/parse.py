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
from jerules.faults import Fault, Faulty
from jerules.language import mistakes
from jerules.language.layout import HOLDERS, IN_INTERPRETATION, LINES, STATEMENTS, Block, cut, meant_by, starts_at
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
    Word,
)
from jerules.language.unread import Notes, Unread, stand_in
from jerules.resources import folder

if TYPE_CHECKING:
    from lark import Lark, Token

    from jerules.language.build import TreeBuilder
    from jerules.language.build_words import Node

DEEPEST = 40
"""How many brackets and `not`s may stand inside one another; more is no condition that a panel could read."""
MOST_FAULTS = 100
"""After so many faults a file is not read further: it is no rule file, or one mistake keeps coming back."""

_GIVEN = re.compile(r"\s*[A-Za-z][A-Za-z0-9_-]*\s*:")
_NESTING = re.compile(r'"[^"]*"?|[()]|\bnot\b|[^\s()"]+')


class _WholeWords:
    """Lets the contextual lexer always see a whole word, so that `off` is never read as `of` and a stray `f`."""

    always_accept = ("NAME",)

    @staticmethod
    def process(stream: Iterator[Token]) -> Iterator[Token]:
        return stream


@lru_cache(maxsize=1)
def _grammar() -> Lark:
    from lark import Lark

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


@lru_cache(maxsize=1024)
def _parsed_alone(text: str, start: str) -> Node:
    """Lark's parse of one statement, wherever it stands: of a file that is saved again, few have changed."""
    return _grammar().parse(text, start=start)


@dataclass(frozen=True, slots=True)
class Parsed:
    """What could be read of a rule file, and what could not.

    When there are faults, ``tree`` holds what could be read and ``unread`` what the rest may have said, so that a
    later stage can check the one without reporting the other a second time.
    """

    tree: RuleFile
    faults: tuple[Fault, ...]
    unread: Unread


def parse(source: Source) -> RuleFile:
    """Read a whole rule file; raises :class:`Faulty` with every fault of its layout and grammar."""
    parsed = parse_all(source)
    if parsed.faults:
        raise Faulty(parsed.faults)
    return parsed.tree


def parse_all(source: Source, *, examples: bool = True) -> Parsed:
    """Read what can be read of a rule file, and say what cannot, so that later stages may report more.

    Without ``examples`` they are passed over unread: half of a rule file are cases that no outcome depends on. A file
    that was read before is not read again: of a scheme that is being written, one file changes at a time.
    """
    return _parsed(source, examples)


@lru_cache(maxsize=64)
def _parsed(source: Source, examples: bool) -> Parsed:  # noqa: FBT001 - the key of what is remembered
    blocks, ending, faults = cut(source)
    blocks = [block for block in blocks if examples or block.first_word != "example"]
    reader = _Reader(source, faults)
    statements: list[Statement] = []
    for block in blocks:
        if statement := reader.top(block):
            statements.append(statement)
        if len(faults) > MOST_FAULTS:
            faults[MOST_FAULTS:] = [_too_many(source, block)]
            break
    return Parsed(RuleFile(source.name, tuple(statements), ending), tuple(faults), reader.notes.done())


class _Reader:
    """Parses the blocks of one file, collecting faults."""

    def __init__(self, source: Source, faults: list[Fault]) -> None:
        from jerules.language.build import TreeBuilder  # it needs Lark, which `--help` does not

        self.source = source
        self.faults = faults
        self.notes = Notes()
        self.builder: TreeBuilder = TreeBuilder(source, faults)

    def top(self, block: Block) -> Statement | None:
        """One statement of the file with those it holds, or something in its place when it cannot be read."""
        if block.lines[0].indent:  # the layout has said so
            self.notes.statement(block)
            return None
        statement = self._statement(block, STATEMENTS)
        if statement is None:
            statement = stand_in(block, starts_at(block, self.source))
        inner = [] if block.spoilt else self._inner(block)
        return self._finish(block, statement, inner)

    def _statement(self, block: Block, allowed: tuple[str, ...]) -> Statement | None:
        if block.first_word in allowed:
            statement = self._parse(block, "statement")
        else:
            statement = None
            if not block.spoilt:
                self.faults.append(mistakes.unknown_statement(block, allowed, self.source))
        if statement is None:
            self.notes.statement(block)
        return statement

    def _inner(self, block: Block) -> list[Statement]:
        holder = meant_by(block.first_word)
        held: list[Statement] = []
        for part in block.inner:
            if len(self.faults) > MOST_FAULTS:
                break
            match holder:
                case "interpretation":
                    statement = self._statement(part, IN_INTERPRETATION)
                case "record":
                    statement = self._parse(part, "record_line")
                case _:
                    statement = self._example_line(part)
            if statement is None:
                self.notes.gaps.add(block.lines[0].number)
                self.notes.line(part, holder)
            else:
                held.append(replace(statement, remarks=Remarks(part.remarks, part.apart)))
        return held

    def _example_line(self, part: Block) -> Statement | None:
        if part.first_word in LINES or _GIVEN.match(part.lines[0].code) or part.spoilt:
            return self._parse(part, "example_line")
        self.faults.append(mistakes.unknown_line(part, self.source))
        return None

    def _parse(self, block: Block, start: str) -> Statement | None:
        from lark.exceptions import UnexpectedInput

        if block.spoilt:
            return None
        text = _text(block)
        if (deep := _too_deep(text)) is not None:
            self.faults.append(mistakes.too_deep(block, deep, text, self.source, DEEPEST))
            return None
        self.builder.offset = block.lines[0].number - 1
        try:
            return self.builder.transform(_parsed_alone(text, start))
        except UnexpectedInput as error:
            self.faults.append(mistakes.syntax(block, text, error, _grammar(), self.source))
            return None

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
                return self._fold(statement, inner)
        return statement

    def _fold(self, interpretation: Interpretation, inner: list[Statement]) -> Interpretation:
        """Put the `because`, `cites` and `status` lines of an interpretation where they belong."""
        kept: list[Statement] = []
        for statement in inner:
            if not isinstance(statement, Because) and not (
                isinstance(statement, Heading) and statement.kind == "status"
            ):
                kept.append(statement)
                continue
            remarks = interpretation.remarks
            remarks = replace(remarks, lines=remarks.lines + statement.remarks.lines)
            if isinstance(statement, Heading):
                self._once(interpretation.status, "status", statement)
                interpretation = replace(interpretation, status=statement.name, remarks=remarks)
                continue
            if statement.because:
                self._once(interpretation.because, "because", statement)
            interpretation = replace(
                interpretation,
                because=statement.because or interpretation.because,
                cites=interpretation.cites + statement.cites,
                remarks=remarks,
            )
        return replace(interpretation, statements=tuple(kept))

    def _once(self, before: Word | None, word: str, again: Statement) -> None:
        if before is not None:
            self.faults.append(
                self.source.fault(
                    "repeated-clause",
                    f"the interpretation says `{word}` twice",
                    again.place,
                    expected=f"one `{word}`",
                    help="keep one of them, or join the two texts",
                )
            )


def _text(block: Block) -> str:
    """The statement's code, every line at its own distance from the first, so that places can be counted."""
    text: list[str] = []
    for line in block.lines:
        text += [""] * (line.number - block.lines[0].number - len(text))
        text.append(line.code)
    return "\n".join(text)


def _too_deep(text: str) -> int | None:
    """Where brackets and `not`s stand too deep inside one another, or None; all that follows works by recursion."""
    if text.count("(") + text.count("not") <= DEEPEST:
        return None
    inside: list[str] = []
    for found in _NESTING.finditer(text):
        if found[0] in {"(", "not"}:
            inside.append(found[0])
            if len(inside) > DEEPEST:
                return found.start()
            continue
        if found[0] == ")":
            while inside and inside.pop() != "(":
                pass
        while inside and inside[-1] == "not":
            inside.pop()
    return None


def _too_many(source: Source, block: Block) -> Fault:
    number = block.lines[0].number
    return source.fault(
        "too-many-faults",
        f"more than {MOST_FAULTS} faults: the file is not read further than this",
        source.place(number, 1, number, 2),
        help="mend these first; if all of it looks strange, check that it is a rule file",
    )


__all__ = ["DEEPEST", "HOLDERS", "MOST_FAULTS", "Parsed", "parse", "parse_all"]
