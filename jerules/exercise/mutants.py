"""Mutants: a rule book with one small slip in it, of the sorts that people make.

A cut shifted a step, an open end closed or the other way round, `and` for `or`, a condition or a `not` left out, a
level or a deadline that is off by one, another letter, a rule or a definition left out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from jerules.exercise import steps
from jerules.exercise.changes import OfTerm, Statement, Where, statements
from jerules.exercise.wording import effect_said, said
from jerules.faults import Place
from jerules.quantities.calendar import Calendar
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook import procedure as p
from jerules.scheme.model import Position, Scheme

_FLIPPED = {">=": ">", ">": ">=", "<=": "<", "<": "<="}


@dataclass(frozen=True, slots=True)
class Mutant:
    """A statement with one slip in it.

    ``id`` stays the same as long as the statement does, wherever its file puts it; ``home`` is the factor, tool or
    procedure that the statement belongs to, or `all`. ``kind`` is shift, flip, swap, drop, not, number, level, due or
    rule; ``says`` tells the slip. ``statement`` takes the place of the one at ``where``; None when it is left out.
    """

    id: str
    home: str
    kind: str
    says: str
    place: Place
    where: Where
    statement: Statement | None


@dataclass(frozen=True, slots=True)
class _Slip:
    kind: str
    says: str
    place: Place
    statement: Statement | None


@dataclass(frozen=True, slots=True)
class _Other:
    """A condition in the place of another: the sort of slip, what it says, where it is."""

    kind: str
    says: str
    place: Place
    condition: c.Condition


def mutants(book: m.RuleBook) -> tuple[Mutant, ...]:
    """Every mutant of a book, in the order of its statements; none says the same as the book or as another one."""
    found: dict[str, Mutant] = {}
    for where, statement in statements(book):
        seen: list[object] = [_content(statement)]
        for slip in _slips(book, where, statement):
            content = slip.statement and _content(slip.statement)
            if content in seen:
                continue
            seen.append(content)
            home, about = _about(where, statement)
            name = _named(home, about, slip, found)
            found[name] = Mutant(name, home, slip.kind, slip.says, slip.place, where, slip.statement)
    return tuple(found.values())


def _content(statement: Statement) -> object:
    return (statement.effect, statement.condition) if isinstance(statement, m.Rule) else statement.condition


def _about(where: Where, statement: Statement) -> tuple[str, str]:
    """The factor or tool that a statement belongs to, and what identifies it there."""
    if isinstance(statement, m.Rule):
        return statement.factor or "all", statement.id
    term = where.term if isinstance(where, OfTerm) else c.TermKey(None, None, "")
    return term.factor or "all", f"{term.record} {term.name} {said(statement.condition)}"


def _named(home: str, about: str, slip: _Slip, taken: Collection[str]) -> str:
    """`13-flip-4f2a9c`: the factor, the sort of slip, and six digits over what it is done to."""
    name, count = "", 0
    while not name or name in taken:
        text = f"{about}\n{slip.says}\n{count}"
        name, count = f"{home}-{slip.kind}-{hashlib.sha256(text.encode()).hexdigest()[:6]}", count + 1
    return name


def _slips(book: m.RuleBook, where: Where, statement: Statement) -> Iterator[_Slip]:
    if isinstance(statement, m.Rule):
        name = effect_said(statement.effect)
        yield from _effects(book.scheme, statement)
    else:
        name = f"a definition of `{where.term.name}`" if isinstance(where, OfTerm) else ""
    if statement.condition is not None:
        for other in _conditions(statement.condition, book.scheme.calendar):
            yield _Slip(other.kind, other.says, other.place, replace(statement, condition=other.condition))
    yield _Slip("rule", f"`{name}` left out" if isinstance(statement, m.Rule) else f"{name} left out",
                statement.source.place, None)  # fmt: skip


# ── conditions ───────────────────────────────────────────────────────────────────────────────────────────────────


def _conditions(condition: c.Condition, calendar: Calendar) -> Iterator[_Other]:
    """Every condition that differs from this one by one slip."""
    match condition:
        case c.Compare():
            yield from _compares(condition, calendar)
        case c.All(parts=parts):
            yield _made("swap", condition, c.AnyOf(parts, condition.place))
            yield from _parts(condition, calendar)
        case c.AnyOf(parts=parts):
            yield _made("swap", condition, c.All(parts, condition.place))
            yield from _parts(condition, calendar)
        case c.AtLeast(parts=parts):
            for number in (condition.number - 1, condition.number + 1):
                if 1 <= number <= len(parts):
                    yield _made("number", condition, replace(condition, number=number))
            yield from _parts(condition, calendar)
        case c.Not(part=part):
            yield _made("not", condition, part)
            for other in _conditions(part, calendar):
                yield replace(other, condition=c.Not(other.condition, condition.place))
        case c.Some():
            yield from _somes(condition, calendar)


def _made(kind: str, was: c.Condition, becomes: c.Condition) -> _Other:
    return _Other(kind, f"`{said(was)}` made `{said(becomes)}`", was.place, becomes)


def _compares(compare: c.Compare, calendar: Calendar) -> Iterator[_Other]:
    for value in steps.beside(compare, calendar):
        text = steps.written(compare.question, compare.bound.kind, value, calendar)
        yield _made("shift", compare, replace(compare, bound=replace(compare.bound, value=value, text=text)))
    # Around a soft number the panel judges whichever way it is written, and in whole steps a flip is a shift: but not
    # beside a parameter, whose number is not in the rules to be shifted.
    shifted = compare.bound.value is not None and steps.whole(compare)
    if not shifted and not compare.bound.around and compare.op in _FLIPPED:
        yield _made("flip", compare, replace(compare, op=_FLIPPED[compare.op]))


def _parts(condition: c.All | c.AnyOf | c.AtLeast, calendar: Calendar) -> Iterator[_Other]:
    parts = condition.parts
    for index, part in enumerate(parts):
        rest = (*parts[:index], *parts[index + 1 :])
        says = f"`{said(part)}` left out of `{said(condition)}`"
        if isinstance(condition, c.AtLeast):
            if condition.number <= len(rest):
                yield _Other("drop", says, part.place, replace(condition, parts=rest))
        elif rest:
            yield _Other("drop", says, part.place, rest[0] if len(rest) == 1 else replace(condition, parts=rest))
        for other in _conditions(part, calendar):
            slipped = (*parts[:index], other.condition, *parts[index + 1 :])
            yield replace(other, condition=replace(condition, parts=slipped))


def _somes(some: c.Some, calendar: Calendar) -> Iterator[_Other]:
    for number in (some.number - 1, some.number + 1):
        if some.number > 1 and number >= 1:
            yield _made("number", some, replace(some, number=number))
    for other in _conditions(some.condition, calendar):
        yield replace(other, condition=replace(some, condition=other.condition))
    for index, compare in enumerate(some.together):
        before, after = some.together[:index], some.together[index + 1 :]
        says = f"`together {said(compare)}` left out"
        yield _Other("drop", says, compare.place, replace(some, together=(*before, *after)))
        for other in _compares(compare, calendar):
            if isinstance(other.condition, c.Compare):
                yield replace(other, condition=replace(some, together=(*before, other.condition, *after)))


# ── effects ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _effects(scheme: Scheme, rule: m.Rule) -> Iterator[_Slip]:
    """The rule with a level or a deadline that is off by one, or with another letter."""
    kind = "due" if isinstance(rule.effect, p.Takes) else "level"
    for effect in _others(scheme, rule):
        says = f"`{effect_said(rule.effect)}` made `{effect_said(effect)}`"
        yield _Slip(kind, says, rule.source.place, replace(rule, effect=effect))


def _others(scheme: Scheme, rule: m.Rule) -> Iterator[m.Effect]:  # noqa: C901 - one case an effect
    match rule.effect:
        case m.GivesLevel(position=position):
            yield from (m.GivesLevel(other) for other in _moved(scheme, rule.factor, position))
        case m.Floor(level=level):
            yield from (m.Floor(other.level) for other in _moved(scheme, rule.factor, Position(level)))
        case m.Cap(level=level):
            yield from (m.Cap(other.level) for other in _moved(scheme, rule.factor, Position(level)))
        case m.Closes(positions=positions):
            for index, position in enumerate(positions):
                for other in _moved(scheme, rule.factor, position):
                    yield m.Closes((*positions[:index], other, *positions[index + 1 :]))
        case m.LeavesToPanel(low=low, high=high):
            for other in _moved(scheme, rule.factor, low):
                if other.level < high.level:
                    yield replace(rule.effect, low=other)
            for other in _moved(scheme, rule.factor, high):
                if other.level > low.level:
                    yield replace(rule.effect, high=other)
        case p.Takes(due=p.Due() as due):
            yield from (replace(rule.effect, due=other) for other in _off_by_one(due))


def _off_by_one(due: p.Due) -> Iterator[p.Due]:
    """A deadline with one day, week, month or year more or less at either end."""
    for step in (-1, 1):
        if due.most and due.most + step > due.least:
            yield replace(due, most=due.most + step)
    for step in (-1, 1):
        if due.form is p.DueForm.BETWEEN and 0 < due.least + step < due.most:
            yield replace(due, least=due.least + step)


def _moved(scheme: Scheme, factor: str, position: Position) -> Iterator[Position]:
    """A level lower, a level higher, and the next letter of the same level."""
    known = scheme.factor(int(factor)) if factor.isdecimal() else None
    for number in (position.level - 1, position.level + 1):
        level = known.level(number) if known else None
        if level or (known is None and number >= 1):
            kept = position.option if level and position.option in level.options else None
            yield Position(number, kept)
    here = known.level(position.level) if known else None
    if here and position.option in here.options and len(here.options) > 1:
        letters = here.options
        yield Position(position.level, letters[(letters.index(position.option) + 1) % len(letters)])
