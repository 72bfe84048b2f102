"""Whether two conditions can be told apart at all: an exact check that tries every combination that matters.

A condition compares answers with fixed numbers, so between two neighbouring cuts every answer is as good as any other:
one from each stretch and the cuts themselves stand for all. Where that makes too many combinations, nothing is said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import partial
from itertools import pairwise, product
from math import floor, prod
from typing import Final, cast

from jerules.engine.truth import NO, UNKNOWN, YES, Truth, compare
from jerules.exercise.reading import asked
from jerules.exercise.steps import whole
from jerules.explain.proof import at_least
from jerules.quantities.kinds import Exact, domain, exact
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.questions import Form
from jerules.rulebook.supposing import supposing, with_values
from jerules.rulebook.uses import opened

MOST: Final = 20_000
"""Combinations that are tried at most."""

VALUATIONS: Final = 64
"""Sets of values for parameters that are tried at most."""

_Key = object
_Value = object


def same(book: m.RuleBook, one: c.Condition | None, other: c.Condition | None) -> bool:
    """Whether no answers, known or not or known in part, tell two conditions of one statement apart.

    False also when there are too many combinations to try them all. Conditions on the entries of a record are compared
    by themselves; where they are the same, so is what is said of the entries. A parameter that nothing settles may come
    to be settled anyhow, so that no number for it may tell them apart either.
    """
    if one is None or other is None:
        return one is other
    valuations = _valuations(book, one, other)
    if valuations is None or not _same(book, one, other):
        return False
    for supposed in valuations:
        values = {each.name: each for each in supposed}
        if not _same(supposing(book, supposed), with_values(one, values), with_values(other, values)):
            return False
    return True


def _same(book: m.RuleBook, one: c.Condition, other: c.Condition) -> bool:
    one, other = _trimmed(book, *_narrowed(one, other))
    parts = [*opened(book, (one, other))]
    free = _free(parts)
    if prod(len(values) for values in free.values()) > MOST:
        return False
    keys = list(free)
    for values in product(*free.values()):
        chosen = dict(zip(keys, values, strict=True))
        if _truth(book, one, chosen) != _truth(book, other, chosen):
            return False
    return True


def _narrowed(one: c.Condition, other: c.Condition) -> tuple[c.Condition, c.Condition]:
    """The only parts in which two conditions of the same build differ, where that is inside what is said of entries."""
    while True:
        match one, other:
            case c.Not(part=a), c.Not(part=b):
                one, other = a, b
            case c.Some(), c.Some() if (one.record, one.number, one.together) == (
                other.record, other.number, other.together,
            ):  # fmt: skip
                one, other = one.condition, other.condition
            case (c.All(parts=a), c.All(parts=b)) | (c.AnyOf(parts=a), c.AnyOf(parts=b)) if len(a) == len(b):
                differing = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
                if len(differing) != 1 or not _speaks_of_entries(*differing[0]):
                    return one, other
                one, other = differing[0]
            case _:
                return one, other


def _trimmed(book: m.RuleBook, one: c.Condition, other: c.Condition) -> tuple[c.Condition, c.Condition]:
    """Both without the parts that they share and that read nothing of what the others read.

    Where what is left is the same, so are the whole conditions; where it is not, they are only not shown to be.
    """
    if not isinstance(one, c.All | c.AnyOf):
        return one, other
    others = other.parts if type(other) is type(one) else (other,)
    if any(isinstance(part, c.Some) for part in opened(book, (one, other))):
        return one, other
    shared = [part for part in one.parts if part in others]
    read = asked(book, [part for part in (*one.parts, *others) if part not in shared]).keys()
    idle = [part for part in shared if not read & asked(book, [part]).keys()]
    first = tuple(part for part in one.parts if part not in idle)
    second = tuple(part for part in others if part not in idle)
    if not first or not second:
        return one, other
    return type(one)(first, one.place), type(one)(second, one.place)


def _speaks_of_entries(one: c.Condition, other: c.Condition) -> bool:
    inner = one.part if isinstance(one, c.Not) else one
    second = other.part if isinstance(other, c.Not) else other
    return isinstance(inner, c.Some) and isinstance(second, c.Some)


# ── what parameters may come to be ───────────────────────────────────────────────────────────────────────────────


def _valuations(book: m.RuleBook, *conditions: c.Condition) -> list[tuple[m.Supposed, ...]] | None:
    """Values for the parameters that nothing settles, which stand for all values that there are; None for too many.

    What counts is only how they lie to one another and to the numbers in the conditions: at such a number, or between
    two of them, with room for every parameter there.
    """
    compares = [part for part in opened(book, conditions) if isinstance(part, c.Compare)]
    names = sorted({one.bound.parameter for one in compares if one.bound.value is None})
    choices = [
        _values([one for one in compares if one.bound.parameter == name], compares, len(names)) for name in names
    ]
    if prod(len(values) for values in choices) > MOST:
        return None
    place = conditions[0].place
    found = [
        tuple(m.Supposed(name, value, str(value), place) for name, value in zip(names, values, strict=True))
        for values in product(*choices)
        if names and _rises(book, dict(zip(names, values, strict=True)))
    ]
    return found if len(found) <= VALUATIONS else None


def _values(own: Sequence[c.Compare], compares: Sequence[c.Compare], room: int) -> list[Exact]:
    """The values that stand for all that one parameter can have; ``own`` are the comparisons with it."""
    questions = {one.question for one in own}
    limits = domain(own[0].bound.kind)
    fixed = {one.bound.value for one in compares if one.question in questions and one.bound.value is not None}
    ends = sorted({limits.low, *fixed, limits.high})
    between = {
        low + (Fraction(high - low) * number) / (room + 1)
        for low, high in pairwise(ends)
        for number in range(1, room + 1)
    }
    found = {floor(value) for value in between} if whole(own[0]) else between
    return sorted({*ends[:-1], *map(exact, found)})


def _rises(book: m.RuleBook, values: Mapping[str, Exact]) -> bool:
    """Whether no order among parameters is broken."""
    orders = [[values[name] for name in order.parameters if name in values] for order in book.orders]
    return all(less < more for order in orders for less, more in pairwise(order))


# ── what is free to vary ─────────────────────────────────────────────────────────────────────────────────────────


def _free(parts: Sequence[c.Condition]) -> dict[_Key, list[_Value]]:
    """Everything that can vary by itself, each with the values that stand for all."""
    cuts: dict[tuple[str, c.Part], list[c.Compare]] = {}
    chosen: dict[str, list[c.Chosen]] = {}
    free: dict[_Key, list[_Value]] = {}
    inside = {id(x) for part in parts if isinstance(part, c.Some) for x in (*c.walk(part.condition), *part.together)}
    for part in parts:
        if isinstance(part, c.Some):
            free[_without_place(part)] = [NO, UNKNOWN, YES]
        elif id(part) in inside:
            continue
        elif isinstance(part, c.Compare):
            cuts.setdefault((part.question.key, part.part), []).append(part)
        elif isinstance(part, c.Chosen):
            chosen.setdefault(part.question.key, []).append(part)
        elif isinstance(part, c.IsYes):
            free[part.question.key] = [NO, UNKNOWN, YES]
    free.update({key: _choices(found) for key, found in chosen.items()})
    free.update({key: _stretches(found) for key, found in cuts.items()})
    return free


def _without_place(some: c.Some) -> _Key:
    return (some.record, some.number, some.condition, some.together)


def _choices(found: Sequence[c.Chosen]) -> list[_Value]:
    """Missing, and each answer that the conditions can tell from others; of several answers, every set of them."""
    names = sorted({name for one in found for name in one.values})
    if found[0].question.type.form is Form.ANY_OF:
        sets = [frozenset[str]()]
        for name in names:
            sets += [{*one, name} for one in sets]  # type: ignore[misc]
        return [None, *sets]
    rest = [frozenset({name}) for name in found[0].question.type.names if name not in names][:1]
    return [None, *(frozenset({name}) for name in names), *rest]


def _stretches(found: Sequence[c.Compare]) -> list[_Value]:
    """Every range from one value to another, of the cuts and a value in each stretch between and beyond them."""
    first = found[0]
    if first.question.type.form is Form.SCALE:
        return _ranges(range(len(first.question.type.choices)))
    limits = domain(first.bound.kind)
    ends = {limits.low, limits.high}
    for one in found:
        if one.bound.value is not None:
            ends |= {one.bound.value, *(one.bound.soft or ())}
    rising = sorted(end for end in ends if limits.low <= end <= limits.high)
    values: set[Exact] = set(rising)
    for low, high in pairwise(rising):
        if not whole(first):
            values.add(Fraction(low + high) / 2)
        elif high - low > 1:
            values.add(low + 1)
    return _ranges(sorted(values))


def _ranges(values: Sequence[Exact]) -> list[_Value]:
    return [(low, high) for index, low in enumerate(values) for high in values[index:]]


# ── how a condition comes out ────────────────────────────────────────────────────────────────────────────────────


def _truth(book: m.RuleBook, condition: c.Condition, free: Mapping[_Key, _Value]) -> Truth:  # noqa: PLR0911 - one a case
    of = partial(_truth, book, free=free)
    match condition:
        case c.Compare(question=question, part=part):
            low, high = cast("tuple[Exact, Exact]", free[question.key, part])
            return compare(condition.op, low, high, condition.bound)
        case c.Chosen(question=question, values=values):
            given = free[question.key]
            return UNKNOWN if given is None else YES if values & given else NO  # type: ignore[operator]
        case c.IsYes(question=question):
            return free[question.key]  # type: ignore[return-value]
        case c.Some():
            return free[_without_place(condition)]  # type: ignore[return-value]
        case c.Holds(term=key):
            return max((of(one.condition) for one in book.terms[key].definitions), default=NO)
        case c.All(parts=parts):
            return min(of(one) for one in parts)
        case c.AnyOf(parts=parts):
            return max(of(one) for one in parts)
        case c.Not(part=part):
            return YES - of(part)
        case c.AtLeast(number=number, parts=parts):
            return at_least(number, [of(one) for one in parts])
