"""Conditions and effects of the rule book said again in the words of the rule language."""

from __future__ import annotations

from jerules.faults import OurFault
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook import procedure as p
from jerules.rulebook.questions import Form, Question


def said(condition: c.Condition) -> str:  # noqa: C901, PLR0911 - one case a condition
    """A condition as a rule file could write it, on one line."""
    match condition:
        case c.Compare():
            around = "around " if condition.bound.around else ""
            return (
                f"{condition.question.name} {condition.op} {around}{condition.bound.parameter or condition.bound.text}"
            )
        case c.Chosen(question=question, values=values):
            return _chosen(question, [name for name in question.type.names if name in values])
        case c.IsYes(question=question):
            return question.name
        case c.Holds(term=key):
            return key.name
        case c.All(parts=parts):
            return " and ".join(_inside(part, c.AnyOf) for part in parts)
        case c.AnyOf(parts=parts):
            return " or ".join(_inside(part) for part in parts)
        case c.AtLeast(number=number, parts=parts):
            return f"at least {number} of ({'; '.join(said(part) for part in parts)})"
        case c.Not(part=c.Some() as some) if some.number == 1:
            return _some(some, "no", "is")
        case c.Not(part=part):
            return f"not {_inside(part, c.All, c.AnyOf)}"
        case c.Some(number=1):
            return _some(condition, "some", "is")
        case c.Some():
            return _some(condition, f"at least {condition.number}", "are")
    raise OurFault(f"no words for {condition!r}")


def _inside(part: c.Condition, *bracketed: type) -> str:
    return f"({said(part)})" if isinstance(part, bracketed) else said(part)


def _chosen(question: Question, names: list[str]) -> str:
    several = "any of " if question.type.form is Form.ANY_OF else "one of "
    word = "includes" if question.type.form is Form.ANY_OF else "is"
    return f"{question.name} {word} {several if len(names) > 1 else ''}{', '.join(names)}"


def _some(some: c.Some, how: str, verb: str) -> str:
    parts = some.condition.parts if isinstance(some.condition, c.All) else (some.condition,)
    traits = ", ".join(_trait(part) for part in parts)
    together = "".join(f" together {said(part)}" for part in some.together)
    return f"{how} {some.record} {verb} {traits}{together}"


def _trait(part: c.Condition) -> str:
    plain = isinstance(part, c.Holds) or (isinstance(part, c.Not) and isinstance(part.part, c.Holds))
    return said(part) if plain else f"({said(part)})"


def effect_said(effect: m.Effect) -> str:  # noqa: PLR0911 - one case an effect
    """What a rule does, as the head of its statement: `level 3(c)`, `at least 2`, `panel decides size 2 or 3`."""
    match effect:
        case m.GivesLevel(position=position):
            return f"level {position}"
        case m.Floor(level=level):
            return f"at least {level}"
        case m.Cap(level=level):
            return f"at most {level}"
        case m.Closes(positions=positions):
            return f"not {', '.join(map(str, positions))}"
        case m.LeavesToPanel(name=name, low=low, high=high):
            return f"panel decides {name} {low} or {high}"
        case m.Bars(record=record, credited=credited, barred=barred, once=once):
            return f"{'count once' if once else 'assess'} {record} under {credited} not {barred}"
        case m.Carries(record=record, factor=factor):
            return f"carry {record} to {factor}"
        case m.Asks():
            return "query"
    return _procedural(effect)


def _procedural(effect: p.Procedural) -> str:
    match effect:
        case p.Needs(question=question):
            return f"needs {question.name}"
        case p.Takes(question=question, due=due):
            return f"step {question.name}{f' {_due(due)}' if due else ''}"
        case p.EffectiveFrom(question=question):
            return f"effective from {question.name}"
        case p.Routes(text=text):
            return f"route “{text}”"
        case p.Grounds(text=text):
            return f"ground “{text}”"


def _due(due: p.Due) -> str:
    after = due.after.name if due.after else "complete receipt"
    match due.form:
        case p.DueForm.WITHIN:
            return f"within {due.most} {due.unit} of {after}"
        case p.DueForm.AT:
            return f"at {due.most} {due.unit} after {after}"
        case p.DueForm.BETWEEN:
            return f"between {due.least} and {due.most} {due.unit} after {after}"
        case p.DueForm.NEXT:
            return f"in the next of its months after {after}"
        case p.DueForm.BY:
            return f"by {after}"
