"""V14: no term is defined by itself, however many definitions lie between.

Loading refuses a circle where it is written. This looks at the finished book, whatever it was made from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.verify.model import End, Finding, Obligation, State
from jerules.verify.settle import READING

CODE = "V14"
TITLE = "definitions rest on questions"


def of_book(book: m.RuleBook) -> Iterator[Obligation]:
    """The terms of every factor, or of the whole scheme, and each circle among them."""
    uses = {key: _used(term) for key, term in book.terms.items()}
    circles = sorted(_circles(uses), key=str)
    for circle in circles:
        yield _refuted(book, circle)
    caught = {key for circle in circles for key in circle}
    for factor in dict.fromkeys(key.factor for key in uses):
        mine = [key for key in uses if key.factor == factor and key not in caught]
        where = f"factor {factor}" if factor else "the whole scheme"
        says = f"each of the {len(mine)} other terms of {where} rests on questions in the end"
        if not caught:
            says = f"each of the {len(mine)} terms of {where} rests on questions in the end"
        yield Obligation(CODE, "", f"terms/{factor or 'all'}", says, State.PROVED, (READING,))


def _used(term: m.Term) -> set[c.TermKey]:
    parts = (part for one in term.definitions for part in c.walk(one.condition))
    return {part.term for part in parts if isinstance(part, c.Holds)}


def _circles(uses: Mapping[c.TermKey, set[c.TermKey]]) -> Iterator[tuple[c.TermKey, ...]]:
    """Circles, as many as have to be broken; each begins with the term whose name comes first."""
    left = {key: set(used) for key, used in uses.items()}
    while True:
        try:
            TopologicalSorter(left).prepare()
        except CycleError as error:
            # The error names each term before the one that uses it, and the first again at the end.
            circle: Sequence[c.TermKey] = tuple(reversed(error.args[1][1:]))
            left[circle[0]].discard(circle[1 % len(circle)])
            first = circle.index(min(circle, key=str))
            yield (*circle[first:], *circle[:first])
        else:
            return


def _refuted(book: m.RuleBook, circle: Sequence[c.TermKey]) -> Obligation:
    names = [key.name.replace("_", " ") for key in circle]
    ends = [
        End(one.reads or key.name, one.source.place, one.source.citations)
        for key in circle
        for one in book.terms[key].definitions
    ]
    finding = Finding(
        f"a definition goes round in a circle: {' → '.join(f'“{name}”' for name in (*names, names[0]))}",
        ends=tuple(ends),
        help="write one of the conditions out",
    )
    subject, says = circle[0].name, f"“{names[0]}” is not defined by itself"
    return Obligation(CODE, "", subject, says, State.REFUTED, (READING,), finding)
