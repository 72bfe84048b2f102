"""Conditions in negation normal form over attributes, the small whole numbers that facts carry.

Every condition becomes a formula without negation whose literals each want one attribute to be large enough, or small
enough. Read with the attributes as far as the answers establish them, a formula says whether the condition is
established; read with everything that is still possible in its favour, whether it is possible. So two-valued rules,
read twice, give the three values.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from jerules.engine import credit
from jerules.faults import OurFault
from jerules.quantities.kinds import Exact
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.questions import JOB, Question


@dataclass(frozen=True, slots=True)
class Side:
    """Where one end of a numeric answer lies: the end that matters when much is wanted (``up``), or little."""

    question: Question
    part: c.Part
    up: bool

    @property
    def record(self) -> str:
        """The record whose facts carry it."""
        return self.question.record


@dataclass(frozen=True, slots=True)
class Flag:
    """1 if a choice, a yes-or-no question or a comparison with a soft number holds (``negated``: does not), else 0."""

    leaf: c.Leaf
    negated: bool

    @property
    def record(self) -> str:
        """The record whose facts carry it."""
        return self.leaf.question.record


@dataclass(frozen=True, slots=True)
class Unsettled:
    """1 where all that is possible counts, else 0: a comparison with a parameter that no convention settles."""

    record: str = JOB


@dataclass(frozen=True, slots=True)
class NotAsked:
    """1 where all that is possible counts, if nothing is known of the entries of ``about``, else 0."""

    about: str
    record: str = JOB


@dataclass(frozen=True, slots=True)
class Tally:
    """1 if enough entries of ``about`` are ``members``, and come to enough ``together`` (``negated``: not so), else 0.

    It needs all the entries at once, so it is counted before the rules run; it is 0 when nothing is known of them.
    ``members`` has no tally in it.
    """

    about: str
    members: Formula
    number: int
    together: tuple[c.Compare, ...]
    negated: bool
    record: str = JOB


@dataclass(frozen=True, slots=True)
class Fold:
    """1 if ``formula`` holds, else 0: a part with so many alternatives that rules of their own would be too many."""

    record: str
    formula: Formula


Attribute: TypeAlias = Side | Flag | Unsettled | NotAsked | Tally | Fold


@dataclass(frozen=True, slots=True)
class Literal:
    """An attribute is at least ``value``, or at most (``Side`` that is not ``up``); ``strict``: and not equal."""

    attribute: Attribute
    value: Exact = 1
    strict: bool = False


@dataclass(frozen=True, slots=True)
class And:
    """Every part holds; without parts, always."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """A part holds; without parts, never."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """At least ``number`` parts hold."""

    number: int
    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Exists:
    """An entry of ``record`` meets ``formula``. ``members`` says the same with what may be credited written into it."""

    record: str
    formula: Formula
    members: Formula


Formula: TypeAlias = Literal | And | Or | Count | Exists

ALWAYS: Final = And(())
NEVER: Final = Or(())
UNSETTLED: Final = Literal(Unsettled())


def all_of(parts: Iterator[Formula] | tuple[Formula, ...]) -> Formula:
    """Every part, nested conjunctions opened."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, And) else (part,))]
    return NEVER if NEVER in flat else flat[0] if len(flat) == 1 else And(tuple(dict.fromkeys(flat)))


def any_of(parts: Iterator[Formula] | tuple[Formula, ...]) -> Formula:
    """One of the parts, nested disjunctions opened."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, Or) else (part,))]
    return ALWAYS if ALWAYS in flat else flat[0] if len(flat) == 1 else Or(tuple(dict.fromkeys(flat)))


@dataclass(frozen=True, slots=True)
class View:
    """Whose evidence counts: all that no bar keeps out of a factor, or of that what a tool carries to ``target``."""

    factor: m.FactorRules
    target: str | None = None

    def guards(self, record: str) -> bool:
        """Whether some entries of a record may not count."""
        return self.target is not None or bool(credit.bars_on(self.factor, record))


@dataclass(frozen=True, slots=True)
class Reading:
    """Reads the conditions of one rule; ``view`` is None for a rule that looks at all the evidence."""

    book: m.RuleBook
    view: View | None = None

    def formula(self, condition: c.Condition, *, negated: bool = False) -> Formula:  # noqa: PLR0911 - one a case
        """The formula of a condition, or of its negation."""
        match condition:
            case c.All(parts=parts) | c.AnyOf(parts=parts):
                inner = tuple(self.formula(part, negated=negated) for part in parts)
                return all_of(inner) if isinstance(condition, c.All) is not negated else any_of(inner)
            case c.Not(part=part):
                return self.formula(part, negated=not negated)
            case c.AtLeast(number=number, parts=parts):
                wanted = len(parts) - number + 1 if negated else number
                return _count(wanted, tuple(self.formula(part, negated=negated) for part in parts))
            case c.Holds(term=term):
                inner = tuple(self.formula(d.condition, negated=negated) for d in self.book.terms[term].definitions)
                return all_of(inner) if negated else any_of(inner)
            case c.Some():
                return self._some(condition, negated=negated)
            case c.Compare():
                return _compare(condition, negated=negated)
        return Literal(Flag(condition, negated))

    def entrywise(self, rule: m.Rule, record: str) -> Exists:
        """The formula of a rule that speaks of single entries (a bar, a carry)."""
        return self._exists(record, self._entry(rule.condition))

    def _some(self, some: c.Some, *, negated: bool) -> Formula:
        inner = self._entry(some.condition)
        if negated or some.number > 1 or some.together:
            # Of several entries only the number counts; what they come to is asked of one entry or of many alike.
            together = some.together if some.number == 1 else ()
            return tallied(Tally(some.record, self._credited(some.record, inner), some.number, together, negated))
        return self._exists(some.record, inner)

    def _exists(self, record: str, inner: Formula) -> Exists:
        return Exists(record, inner, self._credited(record, inner))

    def _entry(self, condition: c.Condition | None) -> Formula:
        """A condition on one entry; none at all is met by every entry."""
        if condition is None:
            return ALWAYS
        inner = self.formula(condition)
        if any(isinstance(part, Exists) or _is_tally(part) for part in walk(inner)):
            raise OurFault("a condition on one entry speaks of the entries of a record")
        return inner

    def _credited(self, record: str, inner: Formula) -> Formula:
        """The formula of an entry that meets ``inner`` and counts."""
        if self.view is None:
            return inner
        plain = Reading(self.book)
        bars = credit.bars_on(self.view.factor, record)
        parts = [inner, *(plain.formula(b.condition, negated=True) if b.condition else NEVER for b in bars)]
        if self.view.target is not None:
            into = [r for of, to, r in credit.carries(self.view.factor) if (of, to) == (record, self.view.target)]
            parts.append(any_of(tuple(plain.formula(r.condition) if r.condition else ALWAYS for r in into)))
        return all_of(tuple(parts))


def tallied(tally: Tally) -> Formula:
    """A tally is met, or the record was not asked, which leaves it possible."""
    return Or((Literal(tally), Literal(NotAsked(tally.about))))


def walk(formula: Formula) -> Iterator[Formula]:
    """A formula and all inside it."""
    yield formula
    match formula:
        case And(parts=parts) | Or(parts=parts) | Count(parts=parts):
            for part in parts:
                yield from walk(part)
        case Exists(formula=inner):
            yield from walk(inner)


def literals(formula: Formula) -> Iterator[Literal]:
    """Every literal of a formula, and of the formulas that its attributes rest on."""
    for part in walk(formula):
        if isinstance(part, Literal):
            yield part
            match part.attribute:
                case Tally(members=inner) | Fold(formula=inner):
                    yield from literals(inner)
        elif isinstance(part, Exists):
            yield from literals(part.members)


def _is_tally(formula: Formula) -> bool:
    return isinstance(formula, Literal) and isinstance(formula.attribute, Tally)


def _count(number: int, parts: tuple[Formula, ...]) -> Formula:
    if number <= 0:
        return ALWAYS
    if number > len(parts):
        return NEVER
    if number == 1:
        return any_of(parts)
    return all_of(parts) if number == len(parts) else Count(number, parts)


_NEGATED: Final = {">=": "<", ">": "<=", "<=": ">", "<": ">="}


def _compare(compare: c.Compare, *, negated: bool) -> Formula:
    value = compare.bound.value
    if value is None:
        return UNSETTLED
    if compare.bound.around:
        return Literal(Flag(compare, negated))
    if compare.op == "=":
        ops = ("<", ">") if negated else (">=", "<=")
        sides = tuple(_side(compare, op, value) for op in ops)
        return Or(sides) if negated else And(sides)
    if compare.op not in _NEGATED:
        raise OurFault(f"no comparison is written {compare.op}")
    return _side(compare, _NEGATED[compare.op] if negated else compare.op, value)


def _side(compare: c.Compare, op: str, value: Exact) -> Literal:
    return Literal(Side(compare.question, compare.part, op.startswith(">")), value, "=" not in op)
