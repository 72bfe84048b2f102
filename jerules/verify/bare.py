"""What a rule book says without its interpretations, or with some of them: where the guidance by itself is silent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.uses import terms_of
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
    """The interpretations that the words of some conditions rest on, by name."""
    definitions = (one for term in terms_of(book, conditions) for one in book.terms[term].definitions)
    return tuple(sorted({one.source.interpretation for one in definitions} - {""}))


def by_interpretation(book: m.RuleBook, name: str) -> Acceptance:
    """That an interpretation answers a finding, for the reason that it gives itself."""
    note = book.interpretations[name]
    on = note.agreed.on if note.agreed else None
    return Acceptance(note.title, on, None, note.source.place, name)
