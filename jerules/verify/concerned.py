"""Which factors a change of some rule files concerns, so that after an edit no others need to be proved again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from jerules.engine.resolve import tools_for
from jerules.rulebook import model as m
from jerules.verify.editions import same_by_reading
from jerules.verify.uses import conditions_of, leaves_of, terms_of


class _Stated(Protocol):
    @property
    def source(self) -> m.Source: ...


def concerned(before: m.RuleBook, now: m.RuleBook, files: frozenset[str]) -> tuple[str, ...]:
    """The factors and tools that something in these files decides about, before or after the change.

    Args:
        before: the rule book as it was.
        now: the rule book as it is.
        files: the changed files, by the names under which the books show them.

    Returns:
        Their keys, in the order of the book: of all factors where one of the files is of the book and gives no rule, as
        that of the records that they share; of none where none of them is of the book.

    """
    of_book = {file for book in (before, now) for file in _spoken_in(book)} & files
    ruling = {rule.source.place.file for book in (before, now) for rule in _rules(book, *book.factors)}
    if of_book - ruling:
        return tuple(now.factors)
    own = _own(before, files) | _own(now, files)
    return tuple(key for key in now.factors if key in own or _moved(before, now, key, files))


def _own(book: m.RuleBook, files: frozenset[str]) -> set[str]:
    """The factors and tools that have rules in these files."""
    return {key for key, factor in book.factors.items() if any(one.source.place.file in files for one in factor.rules)}


def _moved(before: m.RuleBook, now: m.RuleBook, key: str, files: frozenset[str]) -> bool:
    """Whether what these files say of a factor, such as what evidence is another's, is not what they said before."""
    touched = any(not files.isdisjoint(_deciding(book, key)) for book in (before, now) if key in book.factors)
    return touched and (key not in before.factors or not same_by_reading(before, now, key))


def _rules(book: m.RuleBook, *keys: str) -> list[m.Rule]:
    return [rule for key in keys for rule in (*book.factors[key].rules, *book.factors[key].bars)]


def _deciding(book: m.RuleBook, key: str) -> Iterator[str]:
    """The files of all that a factor's outcome comes from."""
    rules = _rules(book, key, *tools_for(book, key))
    conditions = conditions_of(rules)
    yield from (rule.source.place.file for rule in rules)
    yield from (one.source.place.file for term in terms_of(book, conditions) for one in book.terms[term].definitions)
    yield from (leaf.question.place.file for leaf in leaves_of(book, conditions))


def _spoken_in(book: m.RuleBook) -> Iterator[str]:
    """Every file that says anything in a book."""
    yield from (pack.file for pack in book.packs)
    for record in book.records.values():
        yield record.place.file
        yield from (question.place.file for question in record.questions)
    claims: tuple[_Stated, ...] = (*book.ladders, *book.acceptances, *book.may_also_count, *book.never, *book.orders)
    rules: tuple[_Stated, ...] = (*_rules(book, *book.factors),)
    words: tuple[_Stated, ...] = tuple(one for term in book.terms.values() for one in term.definitions)
    notes: tuple[_Stated, ...] = (*book.interpretations.values(), *book.parameters.values(), *book.cross_checks)
    yield from (one.source.place.file for one in (*rules, *words, *claims, *notes))
