"""The rule book with one rule or one definition changed or left out, and which factors that can touch."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TypeVar

from jerules.engine import credit
from jerules.engine.resolve import tools_for
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.once import once_per_book


@dataclass(frozen=True, slots=True)
class OfRule:
    """The rule at a place among the rules of a factor, or among the bars that keep evidence out of it."""

    factor: str
    index: int
    bar: bool = False


@dataclass(frozen=True, slots=True)
class OfTerm:
    """One of the definitions of a term."""

    term: c.TermKey
    index: int


Where = OfRule | OfTerm
Statement = m.Rule | m.Definition
_Kept = TypeVar("_Kept", m.Rule, m.Definition)


def statements(book: m.RuleBook) -> Iterator[tuple[Where, Statement]]:
    """Every definition and every rule of a book, with where it is."""
    for term in book.terms.values():
        for index, definition in enumerate(term.definitions):
            yield OfTerm(term.key, index), definition
    for key, factor in book.factors.items():
        for index, rule in enumerate(factor.rules):
            yield OfRule(key, index), rule
        for index, rule in enumerate(factor.bars):
            yield OfRule(key, index, bar=True), rule


def statement_at(book: m.RuleBook, where: Where) -> Statement:
    """The statement at a place of a book."""
    if isinstance(where, OfTerm):
        return book.terms[where.term].definitions[where.index]
    factor = book.factors[where.factor]
    return (factor.bars if where.bar else factor.rules)[where.index]


def changed(book: m.RuleBook, where: Where, statement: Statement | None) -> m.RuleBook:
    """The book with a statement put in the place of the one that is there, or with nothing there for None."""
    mark = hashlib.sha256(f"{book.hash}\n{where}\n{statement}".encode()).hexdigest()[:16]
    if isinstance(where, OfTerm):
        term = book.terms[where.term]
        definition = statement if isinstance(statement, m.Definition) else None
        kept = _with(term.definitions, where.index, definition)
        terms = MappingProxyType({**book.terms, where.term: replace(term, definitions=kept)})
        return replace(book, terms=terms, hash=mark)
    factor = book.factors[where.factor]
    rule = statement if isinstance(statement, m.Rule) else None
    if where.bar:
        other = replace(factor, bars=_with(factor.bars, where.index, rule))
    else:
        other = replace(factor, rules=_with(factor.rules, where.index, rule))
    return replace(book, factors=MappingProxyType({**book.factors, where.factor: other}), hash=mark)


def _with(found: tuple[_Kept, ...], index: int, statement: _Kept | None) -> tuple[_Kept, ...]:
    return (*found[:index], *(() if statement is None else (statement,)), *found[index + 1 :])


def only(book: m.RuleBook, factor: str) -> m.RuleBook:
    """The book with one factor, and the tools that may raise it, and no other."""
    keys = (factor, *tools_for(book, factor))
    return replace(book, factors=MappingProxyType({key: book.factors[key] for key in keys}))


def touches(book: m.RuleBook, where: Where) -> tuple[str, ...]:
    """The factors whose level may change with a statement; a tool touches those that it may raise."""
    if isinstance(where, OfRule):
        keys = [where.factor]
    else:
        keys = [key for key, terms in _read(book).items() if where.term in terms]
    found: dict[str, None] = {}
    for key in keys:
        rules = book.factors[key]
        tool = rules.number is None and not rules.procedure
        found.update(dict.fromkeys(credit.targets(rules) if tool else (key,)))
    return tuple(key for key in found if key in book.factors)


def unread(book: m.RuleBook, where: Where) -> bool:
    """Whether a statement defines a word that no rule rests on, such as a rung that only a scale needs."""
    return isinstance(where, OfTerm) and not any(where.term in terms for terms in _read(book).values())


@once_per_book
def _read(book: m.RuleBook) -> Mapping[str, frozenset[c.TermKey]]:
    """The terms that each factor rests on, directly or by way of others."""
    found = {}
    for key, factor in book.factors.items():
        terms: dict[c.TermKey, None] = {}
        open_ = [rule.condition for rule in (*factor.rules, *factor.bars) if rule.condition]
        while open_:
            for part in c.walk(open_.pop()):
                if isinstance(part, c.Holds) and part.term not in terms:
                    terms[part.term] = None
                    open_ += [definition.condition for definition in book.terms[part.term].definitions]
        found[key] = frozenset(terms)
    return found
