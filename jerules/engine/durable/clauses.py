"""Formulas in disjunctive normal form: the alternatives of a rule, each a conjunction that one flat rule can hold.

What would have too many alternatives is folded first: a part of it becomes one attribute, worked out beforehand.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from math import prod
from typing import Final, TypeAlias

from jerules.engine.durable.normal import (
    And,
    Count,
    Exists,
    Fold,
    Formula,
    Literal,
    NotAsked,
    Or,
    Side,
    Tally,
    tallied,
)
from jerules.rulebook.questions import JOB

MOST_OF_AN_ENTRY: Final = 2
"""How many alternatives a condition on one entry may have before parts of it are folded."""

MOST_OF_A_JOB: Final = 12
"""The same of a rule; what it asks of entries counts with its alternatives."""


@dataclass(frozen=True, slots=True)
class EntryClause:
    """One and the same entry of ``record`` meets every literal; with none, there is an entry."""

    record: str
    literals: frozenset[Literal]


Atom: TypeAlias = Literal | EntryClause
Clause: TypeAlias = frozenset[Atom]


def clauses(formula: Formula) -> list[Clause]:
    """The alternatives of a formula about a job."""
    return _absorbed(_alternatives(_bounded(formula, JOB, MOST_OF_A_JOB)))


def _alternatives(formula: Formula) -> list[Clause]:
    match formula:
        case Or(parts=parts):
            return [clause for part in parts for clause in _alternatives(part)]
        case And(parts=parts):
            ways = product(*map(_alternatives, parts))
            return _absorbed(_strongest(frozenset().union(*way)) for way in ways)
        case Count(number=number, parts=parts):
            return [clause for some in combinations(parts, number) for clause in _alternatives(And(some))]
        case Exists(record=record):
            # A record that was not asked leaves everything possible.
            found = [_entry_clause(record, clause) for clause in _of_an_entry(formula)]
            return [*found, frozenset((Literal(NotAsked(record)),))]
    return [frozenset((formula,))]


def _of_an_entry(exists: Exists) -> list[Clause]:
    return _absorbed(_alternatives(_bounded(exists.formula, exists.record, MOST_OF_AN_ENTRY)))


def _entry_clause(record: str, clause: Clause) -> Clause:
    """What is asked of the entry, and apart from it what is asked of the job."""
    literals = [atom for atom in clause if isinstance(atom, Literal)]
    of_entry = frozenset(x for x in literals if x.attribute.record == record)
    return frozenset((EntryClause(record, of_entry), *(x for x in literals if x.attribute.record != record)))


def _strongest(clause: Clause) -> Clause:
    """Of several limits on one side of an answer only the tightest matters."""
    tightest: dict[Side, Literal] = {}
    rest: list[Atom] = []
    for atom in clause:
        if isinstance(atom, Literal) and isinstance(atom.attribute, Side):
            other = tightest.setdefault(atom.attribute, atom)
            if _tightness(atom) > _tightness(other):
                tightest[atom.attribute] = atom
        else:
            rest.append(atom)
    return frozenset((*rest, *tightest.values()))


def _tightness(literal: Literal) -> tuple[object, bool]:
    up = isinstance(literal.attribute, Side) and literal.attribute.up
    return (literal.value if up else -literal.value, literal.strict)


def _absorbed(found: Iterable[Clause]) -> list[Clause]:
    """Without the alternatives that ask for more than another does."""
    kept: list[Clause] = []
    for clause in sorted(dict.fromkeys(found), key=len):
        if not any(weaker <= clause for weaker in kept):
            kept.append(clause)
    return kept


# ── folding ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _size(formula: Formula) -> int:
    """How many alternatives a formula has, before any are found to be the same."""
    match formula:
        case Or(parts=parts):
            return sum(_size(part) for part in parts)
        case And(parts=parts):
            return prod(_size(part) for part in parts)
        case Count(number=number, parts=parts):
            return _ways(number, [_size(part) for part in parts])
        case Exists():
            return len(_of_an_entry(formula)) + 1
    return 1


def _ways(number: int, sizes: Sequence[int]) -> int:
    """The sum, over every choice of ``number`` of the sizes, of their product."""
    ways = [1, *[0] * number]
    for size in sizes:
        for chosen in range(number, 0, -1):
            ways[chosen] += ways[chosen - 1] * size
    return ways[number]


def _bounded(formula: Formula, record: str, most: int) -> Formula:
    """The same formula, with as much of it folded as brings its alternatives under ``most``."""
    if isinstance(formula, Literal | Exists) or _size(formula) <= most:
        return formula
    if isinstance(formula, And):
        parts = list(formula.parts)
        for place in sorted(range(len(parts)), key=lambda place: -_size(parts[place])):
            if prod(_size(part) for part in parts) <= most:
                break
            parts[place] = _folded(parts[place], record)
        return And(tuple(parts))
    if isinstance(formula, Or) and any(isinstance(part, Exists) for part in formula.parts):
        # Each existence may stand as rules of its own; only what is around it need be short.
        return Or(tuple(_bounded(part, record, most) for part in formula.parts))
    return _folded(formula, record)


def _folded(formula: Formula, record: str) -> Formula:
    match formula:
        case Literal():
            return formula
        case Exists():
            return _counted(formula)
    return Literal(Fold(record, _counted(formula)))


def _counted(formula: Formula) -> Formula:
    """A formula with a tally in the place of every existence in it."""
    match formula:
        case And(parts=parts):
            return And(tuple(map(_counted, parts)))
        case Or(parts=parts):
            return Or(tuple(map(_counted, parts)))
        case Count(number=number, parts=parts):
            return Count(number, tuple(map(_counted, parts)))
        case Exists(record=record, members=members):
            return tallied(Tally(record, members, 1, (), negated=False))
    return formula
