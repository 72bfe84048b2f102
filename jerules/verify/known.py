"""What a condition comes to when only some questions are answered: when it is established already."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import replace

from jerules.rulebook import conditions as c
from jerules.rulebook.model import RuleBook
from jerules.rulebook.questions import Question


def established(book: RuleBook, condition: c.Condition, answered: AbstractSet[Question]) -> c.Condition:
    """The condition that holds where this one is established by the answers to ``answered`` alone.

    In the logic of three values `a or not a` is open as long as `a` is, so this says less than that no other answers
    could undo the condition. Terms are put in their place.
    """
    return _read(book, condition, answered, wanted=True)


def _read(book: RuleBook, condition: c.Condition, answered: AbstractSet[Question], *, wanted: bool) -> c.Condition:
    """The condition with each unanswered leaf against it where it is ``wanted``, else in its favour."""

    def inside(part: c.Condition) -> c.Condition:
        return _read(book, part, answered, wanted=wanted)

    match condition:
        case c.All(parts=parts) | c.AnyOf(parts=parts) | c.AtLeast(parts=parts):
            return replace(condition, parts=tuple(map(inside, parts)))
        case c.Not(part=part):
            return replace(condition, part=_read(book, part, answered, wanted=not wanted))
        case c.Holds(term=term, place=place):
            return c.AnyOf(tuple(inside(one.condition) for one in book.terms[term].definitions), place)
        case c.Some(condition=part, together=together):
            told = [leaf.question in answered for leaf in together]
            if all(told) or not wanted:
                return replace(condition, condition=inside(part), together=together if all(told) else ())
        case c.Compare(question=question) | c.Chosen(question=question) | c.IsYes(question=question):
            if question in answered:
                return condition
    return c.AnyOf((), condition.place) if wanted else c.All((), condition.place)
