"""What conditions consist of and read, the definitions of their terms among it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from jerules.rulebook import conditions as c
from jerules.rulebook.model import Rule, RuleBook
from jerules.rulebook.once import once_per_book
from jerules.rulebook.questions import Question


def conditions_of(rules: Iterable[Rule]) -> tuple[c.Condition, ...]:
    """The conditions of those rules that have one."""
    return tuple(rule.condition for rule in rules if rule.condition is not None)


def opened(book: RuleBook, conditions: Iterable[c.Condition]) -> Iterator[c.Condition]:
    """Every part of some conditions, with those of the terms that they use, each term opened once."""
    known: set[c.TermKey] = set()
    waiting = list(conditions)
    while waiting:
        for part in c.walk(waiting.pop()):
            yield part
            if isinstance(part, c.Holds) and part.term not in known:
                known.add(part.term)
                waiting += [definition.condition for definition in book.terms[part.term].definitions]


def leaves_of(book: RuleBook, conditions: Iterable[c.Condition]) -> Iterator[c.Leaf]:
    """Every leaf of some conditions, with those of the terms that they use."""
    return (part for part in opened(book, conditions) if isinstance(part, c.Leaf))


def terms_of(book: RuleBook, conditions: Iterable[c.Condition]) -> frozenset[c.TermKey]:
    """The terms that some conditions use, and those that these use."""
    return frozenset(part.term for part in opened(book, conditions) if isinstance(part, c.Holds))


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
