"""From the written rules of a procedure to typed ones: every question looked up, every time and month checked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from jerules.faults import listed, nearest
from jerules.language import procedure as written
from jerules.language import tree as t
from jerules.quantities.days import Unit
from jerules.quantities.kinds import Kind
from jerules.quantities.reading_dates import MONTHS
from jerules.rulebook import procedure as p
from jerules.rulebook.names import Names, Scope
from jerules.rulebook.questions import Form, Question

_UNITS: Final = {**{unit.value: unit for unit in Unit}, **{unit.value.removesuffix("s"): unit for unit in Unit}}
_MONTHS: Final = {name.lower(): number for number, name in enumerate(MONTHS, 1)}


@dataclass(frozen=True, slots=True)
class ProcedureRules:
    """Types the statements that only a procedure has."""

    names: Names

    def effect(  # noqa: PLR0911 - one case a statement
        self, statement: written.ProcedureRule, scope: Scope
    ) -> p.Procedural | None:
        """What the statement does, or None, with its faults."""
        text = statement.text.text if statement.text else ""
        match statement.kind:
            case "route":
                return p.Routes(text)
            case "ground":
                return p.Grounds(text)
        question = self.names.asked(statement.name, scope) if statement.name else None
        due = self._due(statement.due, scope) if statement.due else None
        if question is None or statement.name is None or (statement.due and due is None):
            return None
        match statement.kind:
            case "needs":
                return p.Needs(question, text)
            case "step" if self._fits(question, statement.name, "when a step was taken", _day_or_yes):
                return p.Takes(question, text, due)
            case "effective" if self._fits(question, statement.name, "a day", _day):
                return p.EffectiveFrom(question)
        return None

    def _fits(self, question: Question, word: t.Word, what: str, fits: Callable[[Question], bool]) -> bool:
        if fits(question):
            return True
        either = "a `date`" if fits is _day else "a `date`, or `yes or no`"
        self.names.faults.add(
            "wrong-type", f"the answer to `{word}` does not say {what}", word.place,
            f"a question that asks for {either}", help="name another question, or change the type of this one",
        )  # fmt: skip
        return False

    # ── by when ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _due(self, due: written.Due, scope: Scope) -> p.Due | None:
        after: Question | None = None
        if due.after:
            after = self.names.asked(due.after, scope)
            if after is None or not self._fits(after, due.after, "a day", _day):
                return None
        form = p.DueForm(due.form)
        match form:
            case p.DueForm.BY:
                return p.Due(form, after)
            case p.DueForm.NEXT:
                months = [self._month(word) for word in due.names]
                return p.Due(form, after, months=tuple(sorted(m for m in months if m))) if all(months) else None
        unit = self._unit(due.names[0])
        numbers = [int(word.text) for word in due.numbers]
        if form is p.DueForm.BETWEEN and numbers[0] >= numbers[1]:
            self.names.faults.add(
                "backwards", f"`{due.numbers[1]}` is not more than `{due.numbers[0]}`", due.numbers[1].place,
                f"a number above `{due.numbers[0]}`", help="put the smaller of the two first",
            )  # fmt: skip
            return None
        return p.Due(form, after, numbers[0] if len(numbers) > 1 else 0, numbers[-1], unit) if unit else None

    def _unit(self, word: t.Word) -> Unit | None:
        if word.text not in _UNITS:
            close = nearest(word.text, [unit.value for unit in Unit])
            self.names.faults.add(
                "wrong-unit", f"a time is not counted in `{word}` here", word.place, listed([u.value for u in Unit]),
                close, f"write `{close}`" if close else "use one of these",
            )  # fmt: skip
        return _UNITS.get(word.text)

    def _month(self, word: t.Word) -> int | None:
        if word.text not in _MONTHS:
            close = nearest(word.text, list(_MONTHS))
            self.names.faults.add(
                "unknown-month", f"no month is called `{word}`", word.place, listed(list(_MONTHS), 12), close,
                f"write `{close}`" if close else "write its whole name in small letters",
            )  # fmt: skip
        return _MONTHS.get(word.text)


def _day(question: Question) -> bool:
    return question.type.kind is Kind.DATE


def _day_or_yes(question: Question) -> bool:
    return _day(question) or question.type.form is Form.YES_NO
