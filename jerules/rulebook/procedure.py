"""What the rules of a procedure do: what must be in, which steps follow and by when, from which day, who approves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from jerules.quantities.days import Unit
from jerules.rulebook.questions import Question


class DueForm(StrEnum):
    """How a day is reckoned by which a step is to be taken."""

    WITHIN = "within"
    AT = "at"
    BETWEEN = "between"
    NEXT = "next"
    BY = "by"


@dataclass(frozen=True, slots=True)
class Due:
    """By when a step is to be taken.

    ``within`` ``most`` units of a day, or ``at`` so many after it; ``between`` ``least`` and ``most`` units after it;
    in the ``next`` of ``months`` (1 to 12) after it; or ``by`` that day itself. ``after`` asks for the day; None:
    complete receipt, the day on which the last of what is needed came in.
    """

    form: DueForm
    after: Question | None
    least: int = 0
    most: int = 0
    unit: Unit = Unit.DAYS
    months: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Needs:
    """Something that must be in: the answer to ``question`` says since when, or that it is so."""

    question: Question
    text: str


@dataclass(frozen=True, slots=True)
class Takes:
    """A step of the procedure: the answer to ``question`` says on which day it was taken, or that it was."""

    question: Question
    text: str
    due: Due | None


@dataclass(frozen=True, slots=True)
class EffectiveFrom:
    """The outcome takes effect on the day that answers ``question``."""

    question: Question


@dataclass(frozen=True, slots=True)
class Routes:
    """Who decides or approves, and the way there."""

    text: str


@dataclass(frozen=True, slots=True)
class Grounds:
    """A ground of appeal, or one of those on which a request may rest."""

    text: str


Procedural = Needs | Takes | EffectiveFrom | Routes | Grounds
"""The effects that only the rules of a procedure have."""


def asked_by(effect: object) -> Iterator[Question]:
    """The questions whose answers an effect itself reads, beside those of its condition."""
    if isinstance(effect, Needs | Takes | EffectiveFrom):
        yield effect.question
    if isinstance(effect, Takes) and effect.due and effect.due.after:
        yield effect.due.after
