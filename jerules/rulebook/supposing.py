"""What an example supposes to be agreed: read and checked, and the rule book in which it is so.

The scheme leaves some numbers to local agreement. An example may suppose them, to show what the rules then make of its
job. That agrees on nothing: the book itself keeps them open, and so does every other example.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType
from typing import TypeVar

from jerules.faults import Place
from jerules.language import tree as t
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.agreements import value_of
from jerules.rulebook.hashes import digest
from jerules.rulebook.names import Names

_Statement = TypeVar("_Statement", m.Rule, m.Definition)


def read_supposed(
    lines: Iterable[t.Supposed], names: Names, orders: Iterable[m.Order], example: Place
) -> tuple[m.Supposed, ...]:
    """What an example supposes, each parameter once; every mistake in it is added to the faults of ``names``."""
    found: dict[str, m.Supposed] = {}
    for line in lines:
        name = line.name
        parameter = names.parameters.get(name.text)
        if first := found.get(name.text):
            names.faults.add(
                "supposed-twice", f"the example supposes `{name}` twice: to be {first.text} at {first.place}, and here",
                name.place, "one value for each parameter", help="remove one of the two",
            )  # fmt: skip
        elif parameter is not None:
            value = value_of(line.value, parameter, names, help="suppose a value within these ends")
            if value is not None:
                found[name.text] = m.Supposed(name.text, value, line.value.text, name.place)
        elif ("parameter", name.text) not in names.spoilt:
            names.faults.unknown("no parameter", name.text, name.place, names.parameters)
    for order in orders:
        _in_order(order, found, names, example)
    return tuple(found[name] for name in sorted(found))


def _in_order(order: m.Order, supposed: Mapping[str, m.Supposed], names: Names, example: Place) -> None:
    """What is supposed must rise as the parameters do, and fit what the example's own file agrees on."""
    known = {**_agreed_in(example.file, names), **supposed}
    for less, more in pairwise([known[name] for name in order.parameters if name in known]):
        at_fault = supposed.get(more.name) or supposed.get(less.name)
        if at_fault is None or less.value < more.value:
            continue
        names.faults.add(
            "broken-order", f"`{more.name}` is {more.text} here, which is not above `{less.name}`", at_fault.place,
            f"more than {less.text}, which `{less.name}` is at {less.place}; the order stands at {order.source.place}",
            help="correct one of the two values",
        )  # fmt: skip


def _agreed_in(file: str, names: Names) -> dict[str, m.Supposed]:
    """The conventions of one file, as if they were supposed."""
    return {
        name: m.Supposed(name, one.value, one.text, one.settled_at)
        for name, one in names.parameters.items()
        if one.value is not None and one.settled_at is not None and one.settled_at.file == file
    }


# ── the book in which it is so ───────────────────────────────────────────────────────────────────────────────────


@lru_cache(maxsize=64)
def supposing(book: m.RuleBook, supposed: tuple[m.Supposed, ...]) -> m.RuleBook:
    """The book with these parameters settled so, whatever was agreed on them; itself where nothing is supposed.

    Statements that compare with none of them are the very same as in ``book``. The same book again while it is in use.
    """
    if not supposed:
        return book
    values = {one.name: one for one in supposed}
    parameters = {name: _parameter(one, values.get(name)) for name, one in book.parameters.items()}
    terms = {
        key: replace(term, definitions=tuple(_having(one, values) for one in term.definitions))
        for key, term in book.terms.items()
    }
    factors = {
        key: replace(
            one,
            rules=tuple(_having(rule, values) for rule in one.rules),
            bars=tuple(_having(rule, values) for rule in one.bars),
        )
        for key, one in book.factors.items()
    }
    said = "\n".join(f"{one.name} = {one.value}" for one in supposed)
    return replace(
        book,
        terms=MappingProxyType(terms),
        factors=MappingProxyType(factors),
        parameters=MappingProxyType(parameters),
        hash=digest(f"{book.hash}\n{said}"),
    )


def _parameter(parameter: m.Parameter, supposed: m.Supposed | None) -> m.Parameter:
    if supposed is None:
        return parameter
    return replace(
        parameter, value=supposed.value, text=supposed.text, agreed=None, settled_at=supposed.place, supposed=True
    )


def _having(statement: _Statement, values: Mapping[str, m.Supposed]) -> _Statement:
    """The statement with these values in its condition, or itself where it compares with none of them."""
    if statement.condition is None:
        return statement
    condition = with_values(statement.condition, values)
    return statement if condition is statement.condition else replace(statement, condition=condition)


def settled(compare: c.Compare, values: Mapping[str, m.Supposed]) -> c.Compare:
    """The comparison with the value of its parameter, or itself where it is with none of them."""
    supposed = values.get(compare.bound.parameter)
    if supposed is None:
        return compare
    return replace(compare, bound=replace(compare.bound, value=supposed.value, text=supposed.text))


def with_values(condition: c.Condition, values: Mapping[str, m.Supposed]) -> c.Condition:
    """The condition with these values for its parameters, terms not opened; itself where it compares with none."""
    match condition:
        case c.Compare():
            return settled(condition, values)
        case c.All(parts=parts) | c.AnyOf(parts=parts) | c.AtLeast(parts=parts):
            inner = tuple(with_values(part, values) for part in parts)
            return condition if _unchanged(inner, parts) else replace(condition, parts=inner)
        case c.Not(part=part):
            other = with_values(part, values)
            return condition if other is part else replace(condition, part=other)
        case c.Some(condition=each, together=together):
            met = with_values(each, values)
            sums = tuple(settled(compare, values) for compare in together)
            same = met is each and _unchanged(sums, together)
            return condition if same else replace(condition, condition=met, together=sums)
    return condition


def _unchanged(found: tuple[c.Condition, ...], was: tuple[c.Condition, ...]) -> bool:
    return all(one is other for one, other in zip(found, was, strict=True))
