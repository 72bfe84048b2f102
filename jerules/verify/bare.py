"""What a rule book says without its interpretations, or with some of them: where the guidance by itself is silent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.verify.model import Acceptance


@lru_cache(maxsize=64)
def keeping(book: m.RuleBook, names: frozenset[str] = frozenset()) -> m.RuleBook:
    """The book without the definitions and rules of any interpretation but these.

    A term that only other interpretations define keeps its name, and nothing is it.
    """

    def kept(source: m.Source) -> bool:
        return not source.interpretation or source.interpretation in names

    terms = {
        key: replace(term, definitions=tuple(one for one in term.definitions if kept(one.source)))
        for key, term in book.terms.items()
    }
    factors = {
        key: replace(
            factor,
            rules=tuple(rule for rule in factor.rules if kept(rule.source)),
            bars=tuple(rule for rule in factor.bars if kept(rule.source)),
        )
        for key, factor in book.factors.items()
    }
    return replace(book, terms=terms, factors=factors)


def interpretations_in(book: m.RuleBook, conditions: Iterable[c.Condition]) -> tuple[str, ...]:
    """The interpretations that the words of some conditions rest on, in the order in which they are come upon."""
    found: dict[str, None] = {}
    opened: set[c.TermKey] = set()
    waiting = list(conditions)
    while waiting:
        for part in c.walk(waiting.pop(0)):
            if isinstance(part, c.Holds) and part.term not in opened:
                opened.add(part.term)
                for definition in book.terms[part.term].definitions:
                    if definition.source.interpretation:
                        found[definition.source.interpretation] = None
                    waiting.append(definition.condition)
    return tuple(sorted(found))


def by_interpretation(book: m.RuleBook, name: str) -> Acceptance:
    """That an interpretation answers a finding, for the reason that it gives itself."""
    note = book.interpretations[name]
    on = note.agreed.on if note.agreed else None
    return Acceptance(note.title, on, None, note.source.place, name)
