"""Which questions a term or a condition reads, terms opened."""

from __future__ import annotations

from collections.abc import Mapping

from jerules.rulebook import conditions as c
from jerules.rulebook.model import RuleBook
from jerules.rulebook.once import once_per_book
from jerules.rulebook.questions import Question


@once_per_book
def reads(book: RuleBook) -> Mapping[c.TermKey, frozenset[Question]]:
    """The questions that each term of a book reads."""
    found: dict[c.TermKey, frozenset[Question]] = {}

    def of_term(term: c.TermKey) -> frozenset[Question]:
        if term not in found:
            definitions = book.terms[term].definitions
            found[term] = frozenset().union(*(of_condition(one.condition) for one in definitions))
        return found[term]

    def of_condition(condition: c.Condition) -> frozenset[Question]:
        return _questions(condition).union(*(of_term(term) for term in _terms(condition)))

    for term in book.terms:
        of_term(term)
    return found


def questions_in(book: RuleBook, condition: c.Condition) -> frozenset[Question]:
    """The questions that a condition of a book reads."""
    known = reads(book)
    return _questions(condition).union(*(known[term] for term in _terms(condition)))


def _questions(condition: c.Condition) -> frozenset[Question]:
    return frozenset(part.question for part in c.walk(condition) if isinstance(part, c.Leaf))


def _terms(condition: c.Condition) -> set[c.TermKey]:
    return {part.term for part in c.walk(condition) if isinstance(part, c.Holds)}
