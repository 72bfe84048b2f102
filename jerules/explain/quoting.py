"""Puts the official words beside the lines that rest on them: each paragraph once a factor, where it is first cited."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from jerules.explain.branches import Branch
from jerules.explain.told import Because, FactorTelling, Line, ToolTelling
from jerules.rulebook.model import Citation
from jerules.rulebook.quotes import Quote, Quotes


class Quoting:
    """The words for one factor, in the order in which its lines are read; what was quoted is not quoted again."""

    def __init__(self, quotes: Quotes) -> None:
        self._quotes = quotes
        self._said: set[str] = set()

    def telling(self, telling: FactorTelling) -> FactorTelling:
        """The same telling with the words beside its reasons, what is counted elsewhere, and its hurdles."""
        because = self._reasons(telling.because)
        by_tool = tuple(self._tool(one) for one in telling.by_tool)
        kept_out = self._lines(telling.kept_out)
        why_not = tuple(replace(one, quotes=self._words(one.citations)) for one in telling.why_not)
        return replace(telling, because=because, by_tool=by_tool, kept_out=kept_out, why_not=why_not)

    def tree(self, tree: Branch) -> Branch:
        """The same steps with the words beside those that cite a paragraph."""
        words = self._words(tree.cites)
        return replace(tree, quotes=words, children=tuple(self.tree(child) for child in tree.children))

    def _reasons(self, reasons: tuple[Because, ...]) -> tuple[Because, ...]:
        """Those that are established first, as they are printed first; a tool's are quoted among its steps."""
        own = {number: one for number, one in enumerate(reasons) if not one.tool}
        first = {number: self._because(one) for number, one in own.items() if one.certain}
        then = {number: self._because(one) for number, one in own.items() if not one.certain}
        return tuple({**first, **then}.get(number, one) for number, one in enumerate(reasons))

    def _tool(self, tool: ToolTelling) -> ToolTelling:
        steps = []
        for step in tool.steps:
            certain = {id(one): self._because(one) for one in step.because if one.certain}
            because = tuple(certain.get(id(one)) or self._because(one) for one in step.because)
            steps.append(replace(step, because=because, lines=self._lines(step.lines)))
        return replace(tool, steps=tuple(steps))

    def _because(self, because: Because) -> Because:
        words = self._words(because.citations)
        return replace(because, quotes=words, lines=self._lines(because.lines))

    def _lines(self, lines: Iterable[Line]) -> tuple[Line, ...]:
        return tuple(replace(line, quotes=self._words(line.citations)) for line in lines)

    def _words(self, citations: Iterable[Citation]) -> tuple[Quote, ...]:
        found = [quote for citation in citations for quote in self._quotes.of(citation)]
        fresh = tuple(quote for quote in dict.fromkeys(found) if quote.id not in self._said)
        self._said.update(quote.id for quote in fresh)
        return fresh
