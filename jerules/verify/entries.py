"""How many entries of a record the solver's jobs have at most, so that no condition fails for want of entries.

For each condition it is reckoned how many entries of each record a job needs at most, to meet it and to fail it: two
conditions that both must hold may speak of two different entries, of two alternatives one is enough, and of "at least
so many of" these conditions the so many that need most.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Final

from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.verify.uses import leaves_of

FEWEST_ENTRIES: Final = 2
ENOUGH_ENTRIES: Final = 4
"""Beyond so many, no entry is added to those that a condition needs by itself."""

MOST_SUMMED: Final = 12
"""A sum over more small entries than these is not seen."""

Needed = Counter[str]
"""For each record so many entries."""


def most_entries(book: m.RuleBook, factor: m.FactorRules, tools: Sequence[m.FactorRules]) -> int:
    """As many entries as the condition that speaks of the most of one record needs, and one more where that is few.

    Looked at are the rules of the factor and of the ``tools`` that may raise it, each floor with each cap below it, its
    definitions, and its ladders with those of the scheme.
    """
    needed = max((max(_either(book, one).values(), default=1) for one in _conditions(book, factor, tools)), default=1)
    return max(needed, min(needed + 1, ENOUGH_ENTRIES), FEWEST_ENTRIES)


def _conditions(book: m.RuleBook, factor: m.FactorRules, tools: Sequence[m.FactorRules]) -> Iterator[c.Condition]:
    for of in (factor, *tools):
        yield from (rule.condition for rule in (*of.rules, *of.bars) if rule.condition is not None)
        yield from _floors_above_caps(of)
    for term in book.terms.values():
        if term.key.factor == factor.key:
            yield from (one.condition for one in term.definitions)
    for ladder in book.ladders:
        if ladder.factor in {factor.key, ""}:
            place = ladder.source.place
            within = (ladder.within,) if ladder.within else ()
            for pair in combinations(ladder.terms, 2):
                yield c.All((*within, *(c.Holds(term, place) for term in pair)), place)


def _floors_above_caps(factor: m.FactorRules) -> Iterator[c.Condition]:
    """That a floor and a cap below it hold at once."""
    for floor in factor.rules:
        for cap in factor.rules:
            match floor.effect, cap.effect:
                case m.Floor(level=least), m.Cap(level=most) if least > most and floor.condition and cap.condition:
                    yield c.All((floor.condition, cap.condition), floor.source.place)


def _either(book: m.RuleBook, condition: c.Condition) -> Needed:
    """What is enough both to meet a condition and to fail it."""
    return _needed(book, condition, want=True) | _needed(book, condition, want=False)


def _needed(book: m.RuleBook, condition: c.Condition, *, want: bool) -> Needed:
    """What is enough to meet a condition, or to fail it."""
    match condition:
        case c.Some(record=record, condition=inner, number=number, together=together):
            # To meet a sum takes two entries or as many small ones as make it up; without sums no entry makes it fail.
            summed = max((_to_make_up(book, leaf, inner) for leaf in together), default=0)
            return Counter({record: max(number + 1, summed) if together else number if want else 0})
        case c.Not(part=part):
            return _needed(book, part, want=not want)
        case c.All(parts=parts):
            number = len(parts)
        case c.AtLeast(number=number, parts=parts):
            pass
        case c.AnyOf(parts=parts):
            number = 1
        case c.Holds(term=term):
            parts, number = tuple(one.condition for one in book.terms[term].definitions), 1
        case _:
            return Counter()
    return _most(book, parts, number if want else len(parts) - number + 1, want=want)


def _most(book: m.RuleBook, parts: Iterable[c.Condition], number: int, *, want: bool) -> Needed:
    """What is enough for so many of the parts, whichever they are."""
    found = [_needed(book, part, want=want) for part in parts]
    records = {record for one in found for record in one}
    return Counter({record: sum(sorted((one[record] for one in found), reverse=True)[:number]) for record in records})


def _to_make_up(book: m.RuleBook, leaf: c.Compare, condition: c.Condition) -> int:
    """How many entries that meet a condition make up what a sum is compared with, where it says how small they are."""
    least = [
        number
        for one in leaves_of(book, [condition])
        if isinstance(one, c.Compare) and (one.question, one.part) == (leaf.question, leaf.part)
        if one.op in {"<", "<=", "="} and (number := one.bound.value)
    ]
    if not least or leaf.bound.value is None:
        return 0
    return min(int(leaf.bound.value // min(least)) + 1, MOST_SUMMED)
