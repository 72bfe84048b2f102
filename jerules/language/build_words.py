"""From Lark's tokens and places to ours; what the builders of conditions and of statements share."""

from __future__ import annotations

import re
from typing import Any, TypeAlias

from lark import Token, Tree

from jerules.documents.text import Source
from jerules.faults import Fault, Place
from jerules.language import tree as t

# Lark's trees are untyped: every method of the builders takes one and gives a typed node back, and nothing leaves
# them that is not one of ours.
Node: TypeAlias = Tree[Any]


class WordBuilder:
    """Builds words; ``offset`` is the number of lines before the statement in its file."""

    def __init__(self, source: Source, faults: list[Fault]) -> None:
        self.source = source
        self.faults = faults
        self.offset = 0

    def place(self, node: Node | Token) -> Place:
        """Where a token or a whole node stands in the file."""
        mark = node if isinstance(node, Token) else node.meta
        if getattr(mark, "line", None) is None:
            return self.source.place(self.offset + 1, 1, self.offset + 1, 1)
        line = mark.line or 1
        return self.source.place(
            self.offset + line, mark.column or 1, self.offset + (mark.end_line or line), mark.end_column or 1
        )

    def word(self, token: Token) -> t.Word:
        """A token as the tree keeps it: texts without their quotes, white space made one space, `3c` as `3(c)`."""
        text = str(token)
        if token.type == "STRING":
            text = " ".join(text[1:-1].split())
        elif token.type in {"VALUE", "RAW"}:
            text = " ".join(text.split())
        elif token.type == "POSITION":
            text = re.sub(r"^([0-9]+)([a-z])$", r"\1(\2)", text)
        return t.Word(text, self.place(token))

    def words(self, node: Node, *types: str) -> list[t.Word]:
        """The words directly inside a node, in order; those of the given token types only, if any are given."""
        return [self.word(c) for c in node.children if isinstance(c, Token) and (not types or c.type in types)]

    @staticmethod
    def parts(node: Node, *names: str) -> list[Node]:
        """The nodes directly inside a node, in order; those of the given names only, if any are given."""
        return [c for c in node.children if isinstance(c, Tree) and (not names or c.data in names)]
