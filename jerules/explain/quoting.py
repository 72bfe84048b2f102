"""Puts the official words beside the lines that rest on them: each paragraph once a factor, where it is first cited."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from jerules.explain.branches import Branch
from jerules.explain.telling import Because, FactorTelling, Line
from jerules.rulebook.model import Citation
from jerules.rulebook.quotes import Quote, Quotes


class Quoting:
    """The words for one factor, in the order in which its lines are read; what was quoted is not quoted again."""

    def __init__(self, quotes: Quotes) -> None:
        self._quotes = quotes
        self._said: set[str] = set()

    def telling(self, telling: FactorTelling) -> FactorTelling:
        """The same telling with the words beside its reasons, what is counted elsewhere, and its hurdles."""
        certain = {number: self._because(one) for number, one in enumerate(telling.because) if one.certain}
        because = tuple(
            certain[number] if one.certain else self._because(one) for number, one in enumerate(telling.because)
        )
        kept_out = self._lines(telling.kept_out)
        why_not = tuple(replace(one, quotes=self._words(one.citations)) for one in telling.why_not)
        return replace(telling, because=because, kept_out=kept_out, why_not=why_not)

    def tree(self, tree: Branch) -> Branch:
        """The same steps with the words beside those that cite a paragraph."""
        words = self._words(tree.cites)
        return replace(tree, quotes=words, children=tuple(self.tree(child) for child in tree.children))

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
