"""What the conditions of a factor read: its questions, the cuts on them, and the answers that make a difference."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from jerules.exercise import steps
from jerules.quantities.kinds import Exact, Kind
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.questions import Form, Question
from jerules.rulebook.supposing import settled
from jerules.rulebook.uses import opened


@dataclass(slots=True)
class Asked:
    """A question, and what conditions make of it: cuts by the kind they are written in, and choices named.

    ``open`` holds the comparisons with a parameter that nothing settles, by its name.
    """

    question: Question
    cuts: dict[tuple[Kind, Exact], c.Compare] = field(default_factory=dict)
    open: dict[str, c.Compare] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)


def asked(book: m.RuleBook, conditions: Iterable[c.Condition]) -> Mapping[str, Asked]:
    """The questions that conditions read, by their keys."""
    found: dict[str, Asked] = {}
    for part in opened(book, conditions):
        if isinstance(part, c.Compare | c.Chosen | c.IsYes):
            one = found.setdefault(part.question.key, Asked(part.question))
            if isinstance(part, c.Chosen):
                one.names |= part.values
            elif isinstance(part, c.Compare) and part.bound.value is not None:
                one.cuts.setdefault((part.bound.kind, part.bound.value), part)
            elif isinstance(part, c.Compare) and part.bound.parameter:
                one.open.setdefault(part.bound.parameter, part)
    return found


def answers_to(book: m.RuleBook, one: Asked, given: str = "", supposed: Iterable[m.Supposed] = ()) -> tuple[str, ...]:
    """The answers between which conditions tell: beside each cut and at it, every choice, yes and no.

    ``given`` is the answer to an any-of question that there is; the others add to it and take from it. With what is
    ``supposed``, a parameter is a cut as well.
    """
    question = one.question
    match question.type.form:
        case Form.YES_NO:
            return ("yes", "no")
        case Form.ONE_OF:
            rest = [name for name in question.type.names if name not in one.names][:1]
            return (*(name for name in question.type.names if name in one.names), *rest)
        case Form.SCALE:
            return question.type.names
        case Form.ANY_OF:
            return _joined(one, given)
    found: dict[str, None] = {}
    values = {each.name: each for each in supposed}
    supposed_cuts = [settled(compare, values) for name, compare in one.open.items() if name in values]
    for compare in (*one.cuts.values(), *supposed_cuts):
        found.update(dict.fromkeys(around(book, compare)))
    return tuple(found)


def around(book: m.RuleBook, compare: c.Compare) -> tuple[str, ...]:
    """A cut as an answer, between the answers a step below and a step above it."""
    calendar = book.scheme.calendar
    value, kind = compare.bound.value, compare.bound.kind
    if value is None:
        return ()
    soft = compare.bound.soft or ()
    values = sorted({value, *soft, *steps.beside(compare, calendar)})
    return tuple(_answer(compare.question, kind, one, book) for one in values)


def _answer(question: Question, kind: Kind, value: Exact, book: m.RuleBook) -> str:
    text = steps.written(question, kind, value, book.scheme.calendar)
    if question.type.kind is not Kind.FREQUENCY:
        return text
    return f"{text} of shifts" if kind is Kind.SHARE else text


def _joined(one: Asked, given: str) -> tuple[str, ...]:
    there = [name for name in given.split(" + ") if name and name != "[]"]
    found = ["[]"]
    for name in one.question.type.names:
        if name in one.names:
            other = [n for n in there if n != name] if name in there else [*there, name]
            found += [" + ".join(other) or "[]", name]
    return tuple(dict.fromkeys(found))
