"""Which factors a change of some rule files concerns, so that after an edit no others need to be proved again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from jerules.engine.resolve import tools_for
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.uses import conditions_of, leaves_of, opened
from jerules.verify.editions import same_by_reading
from jerules.verify.unchanged import rules_of


class _Stated(Protocol):
    @property
    def source(self) -> m.Source: ...


def concerned(before: m.RuleBook, now: m.RuleBook, files: frozenset[str]) -> tuple[str, ...]:
    """The factors and tools that a change of these files concerns, and the scheme as a whole.

    Args:
        before: the rule book as it was.
        now: the rule book as it is.
        files: the changed files, by the names under which the books show them.

    Returns:
        The keys of those that have rules in one of the files, before or after the change, and of those of which the two
        books do not say the same; in the order of the book, with an empty key for the scheme as a whole at the end. Of
        all factors where one of the files is of the book and gives no rule, as that of the records that they share. Of
        none where none of the files is of the book.

    """
    of_book = {file for book in (before, now) for file in _spoken_in(book)} & files
    if not of_book:
        return ()
    ruling = {rule.source.place.file for book in (before, now) for rule in rules_of(book, *book.factors)}
    if of_book - ruling:
        return (*now.factors, "")
    own = _own(before, files) | _own(now, files)
    return (*(key for key in now.factors if key in own or _moved(before, now, key)), "")


def _own(book: m.RuleBook, files: frozenset[str]) -> set[str]:
    """The factors and tools that have rules in these files."""
    return {key for key, factor in book.factors.items() if any(one.source.place.file in files for one in factor.rules)}


def _moved(before: m.RuleBook, now: m.RuleBook, key: str) -> bool:
    """Whether what the books say of a factor, such as what evidence is another's, is not the same."""
    if key not in before.factors or not same_by_reading(before, now, key):
        return True
    return _claimed(before, key) != _claimed(now, key)


def _claimed(book: m.RuleBook, key: str) -> tuple[object, ...]:
    """What is proved of a factor beside what moves its level: its questions to the panel, its ladders and its ends."""
    rules = rules_of(book, key, *tools_for(book, key))
    ladders = [one for one in book.ladders if one.factor in {key, ""}]
    words = [one for ladder in ladders for term in ladder.terms for one in book.terms[term].definitions]
    conditions = [
        *conditions_of(rules),
        *(one.condition for one in words),
        *(one.within for one in ladders if one.within),
    ]
    bounds = {one.bound.parameter for one in opened(book, conditions) if isinstance(one, c.Compare)}
    return (
        frozenset((one.id, one.effect, one.condition, one.source.status) for one in rules),
        frozenset((one.name, one.terms, one.within) for one in ladders),
        frozenset(part for part in opened(book, conditions)),
        frozenset((leaf.question.key, leaf.question.type) for leaf in leaves_of(book, conditions)),
        frozenset((one.name, one.within, one.value) for one in book.parameters.values() if one.name in bounds),
        frozenset(one.parameters for one in book.orders if not bounds.isdisjoint(one.parameters)),
        frozenset(one for one in book.acceptances if one.factor == key),
    )


def _spoken_in(book: m.RuleBook) -> Iterator[str]:
    """Every file that says anything in a book."""
    yield from (pack.file for pack in book.packs)
    for record in book.records.values():
        yield record.place.file
        yield from (question.place.file for question in record.questions)
    claims: tuple[_Stated, ...] = (*book.ladders, *book.acceptances, *book.may_also_count, *book.never, *book.orders)
    rules: tuple[_Stated, ...] = (*rules_of(book, *book.factors),)
    words: tuple[_Stated, ...] = tuple(one for term in book.terms.values() for one in term.definitions)
    notes: tuple[_Stated, ...] = (*book.interpretations.values(), *book.parameters.values(), *book.cross_checks)
    yield from (one.source.place.file for one in (*rules, *words, *claims, *notes))
