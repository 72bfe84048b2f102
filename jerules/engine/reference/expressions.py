"""Writes conditions as Python expressions over three-valued integers.

``0 and …`` stops early, as in two values; when every part is at least unknown, a conjunction holds only if all do.
Each expression uses variables of its own for the parts it looks at twice, so that expressions can be nested freely.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from jerules.engine.facts import mask, slot
from jerules.engine.truth import UNKNOWN
from jerules.faults import OurFault
from jerules.quantities.kinds import Exact
from jerules.rulebook import conditions as c
from jerules.rulebook.model import RuleBook
from jerules.rulebook.questions import JOB, Question

Inline = Callable[[c.Holds], str]
"""Where an expression finds the truth of a term."""


class Expressions:
    """Writes the expressions of one function; constants that are no plain integers are kept in ``constants``."""

    def __init__(self, book: RuleBook) -> None:
        self.book = book
        self.constants: dict[str, Exact] = {}
        self._names = count()

    def fresh(self, stem: str) -> str:
        """A variable that nothing else uses."""
        return f"{stem}{next(self._names)}"

    def write(self, condition: c.Condition, term: Inline, some: Callable[[c.Some], str]) -> str:  # noqa: PLR0911 - one a case
        """The expression of a condition. ``term`` and ``some`` say where terms and quantified parts are to be found."""
        match condition:
            case c.All(parts=parts):
                return self.all([self.write(part, term, some) for part in parts])
            case c.AnyOf(parts=parts):
                return self.any([self.write(part, term, some) for part in parts])
            case c.Not(part=part):
                return f"(2 - {self.write(part, term, some)})"
            case c.AtLeast(number=number, parts=parts):
                return self.at_least(number, [self.write(part, term, some) for part in parts])
            case c.Holds():
                return term(condition)
            case c.Some():
                return some(condition)
            case c.Compare():
                first = slot(self.book.records[condition.question.record], condition.question, condition.part)
                row = self.row(condition.question)
                return self.compare(condition.op, f"{row}[{first}]", f"{row}[{first + 1}]", condition.bound)
            case c.Chosen(question=question, values=values):
                answer = f"{self.row(question)}[{slot(self.book.records[question.record], question)}]"
                return f"(1 if {answer} < 0 else 2 if {answer} & {mask(question.type, values)} else 0)"
            case c.IsYes(question=question):
                return f"{self.row(question)}[{slot(self.book.records[question.record], question)}]"

    @staticmethod
    def row(question: Question) -> str:
        """The variable that holds the slots a question is in: the job's, or the entry's that is being looked at."""
        return "job" if question.record == JOB else "entry"

    def all(self, parts: list[str]) -> str:
        """Holds when every part does."""
        if len(parts) == 1:
            return parts[0]
        names, given = self._named(parts)
        tests = " and ".join(given)
        return f"({tests} and (2 if {' + '.join(names)} == {2 * len(parts)} else 1))"

    def any(self, parts: list[str]) -> str:
        """Holds when at least one part does; never, without parts."""
        if not parts:
            return "0"
        if len(parts) == 1:
            return parts[0]
        names, given = self._named(parts)
        tests = " or ".join(f"{part} == 2" for part in given)
        return f"(2 if {tests} else 1 if {' or '.join(names)} else 0)"

    def _named(self, parts: list[str]) -> tuple[list[str], list[str]]:
        """A variable for each part, and the part as it is written where it is looked at first."""
        names = [part if part.isidentifier() else self.fresh("v") for part in parts]
        given = [part if part == name else f"({name} := {part})" for name, part in zip(names, parts, strict=True)]
        return names, given

    def at_least(self, number: int, parts: list[str]) -> str:
        """Holds when at least ``number`` parts do."""
        given = ", ".join(parts)
        values = self.fresh("v")
        return (
            f"(2 if ({values} := ({given},)).count(2) >= {number} "
            f"else 1 if len({values}) - {values}.count(0) >= {number} else 0)"
        )

    def compare(self, op: str, low: str, high: str, bound: c.Bound) -> str:  # noqa: PLR0911 - one a comparison
        """How an answer from ``low`` to ``high`` compares with a bound: the table of `engine.truth.compare`."""
        if bound.value is None:
            return str(UNKNOWN)
        if bound.soft:
            below, above = (self.constant(end) for end in bound.soft)
            match op:
                case ">=" | ">":
                    return f"(2 if {low} >= {above} else 0 if {high} <= {below} else 1)"
                case "<=" | "<":
                    return f"(2 if {high} <= {below} else 0 if {low} >= {above} else 1)"
            return f"(0 if {high} <= {below} or {low} >= {above} else 1)"
        value = self.constant(bound.value)
        match op:
            case ">=":
                return f"(2 if {low} >= {value} else 0 if {high} < {value} else 1)"
            case ">":
                return f"(2 if {low} > {value} else 0 if {high} <= {value} else 1)"
            case "<=":
                return f"(2 if {high} <= {value} else 0 if {low} > {value} else 1)"
            case "<":
                return f"(2 if {high} < {value} else 0 if {low} >= {value} else 1)"
            case "=":
                return f"(2 if {low} == {high} == {value} else 0 if {value} < {low} or {value} > {high} else 1)"
        raise OurFault(f"no comparison is written {op}")

    def constant(self, value: Exact) -> str:
        """A number as it stands in the text; a fraction by name, for it must stay exact."""
        if isinstance(value, int):
            return str(value)
        name = f"fraction_{value.numerator}_{value.denominator}"
        self.constants[name] = value
        return name
