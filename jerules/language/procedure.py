"""The syntax tree of the statements that only a procedure has; all others are in `tree`."""

from __future__ import annotations

from dataclasses import dataclass, field

from jerules.faults import Place
from jerules.language.tree import Clauses, Condition, Statement, Word


@dataclass(frozen=True, slots=True)
class Due:
    """By when a step is to be taken.

    ``within`` so long of a day, ``at`` a time or ``between`` two times after it, in the ``next`` of some months after
    it, or ``by`` a day. ``after`` names the question that asks for the day; None: complete receipt.
    """

    form: str
    numbers: tuple[Word, ...]
    names: tuple[Word, ...]
    after: Word | None
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class ProcedureRule(Statement):
    """``needs``, ``step``, ``effective from``, ``route`` and ``ground``; no condition means ``always``."""

    kind: str
    name: Word | None
    text: Word | None
    due: Due | None
    condition: Condition | None
    clauses: Clauses
