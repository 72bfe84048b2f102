"""Everything that has a name in a rule book, and where a name is to be looked for."""

from __future__ import annotations

from dataclasses import dataclass, field

from jerules.faults import Place
from jerules.language import tree as t
from jerules.quantities.calendar import Calendar
from jerules.rulebook import conditions as c
from jerules.rulebook.collect import Faults
from jerules.rulebook.model import Parameter
from jerules.rulebook.questions import JOB, Choice, Form, Question, Record

__all__ = ["EVERYTHING", "Faults", "Names", "Scope"]

EVERYTHING = "*"
"""Stands for every name of a home: nothing is declared where something should be."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a condition stands.

    ``factor`` is that of its file (None: none), ``record`` the one it speaks of (None: the job), ``interpretation``
    the one it belongs to (empty: the guidance itself).
    """

    factor: str | None
    record: Record | None
    interpretation: str = ""


@dataclass(slots=True)
class Names:
    """Everything that has a name, as far as it is known when conditions are looked up.

    ``terms`` tells for each term the interpretation that declares it (empty: none). ``spoilt`` holds the names whose
    declaration is at fault, so that the statements that use them are not blamed too: pairs of a home (a record,
    `scale`, `parameter`, or `term of` a factor) and a name. ``agreed_at`` is where a convention settles a parameter,
    ``scaled_at`` where a scale is declared.
    """

    records: dict[str, Record]
    scales: dict[str, tuple[Choice, ...]]
    parameters: dict[str, Parameter]
    terms: dict[c.TermKey, str]
    calendar: Calendar
    faults: Faults
    spoilt: set[tuple[str, str]] = field(default_factory=set)
    agreed_at: dict[str, Place] = field(default_factory=dict)
    scaled_at: dict[str, Place] = field(default_factory=dict)

    def record(self, name: t.Word) -> Record | None:
        """The record of that name; a fault when there is none."""
        found = self.records.get(name.text)
        if found is None or found.name == JOB:
            known = (record for record in self.records if record != JOB)
            self.faults.unknown("no record", name.text, name.place, known)
            return None
        return found

    def question(self, name: str, scope: Scope) -> Question | None:
        """The question of that name: of the record spoken of, else of the job."""
        for record in self._records(scope):
            if found := record.question(name):
                return found
        return None

    def asked(self, name: t.Word, scope: Scope) -> Question | None:
        """As :meth:`question`; a fault when there is none."""
        question = self.question(name.text, scope)
        if question is None and not self.is_spoilt(name.text, scope):
            what = f"no question of `{scope.record.name}` or of the job" if scope.record else "no question of the job"
            self.faults.unknown(what, name.text, name.place, self._question_names(scope), self._home(name.text, scope))
        return question

    def term(self, name: str, scope: Scope) -> c.TermKey | None:
        """The term of that name: of the factor before the scheme, of the record before the job."""
        record = scope.record.name if scope.record else None
        for factor in dict.fromkeys((scope.factor, None)):
            for of in dict.fromkeys((record, None)):
                if (key := c.TermKey(factor, of, name)) in self.terms:
                    return key
        return None

    def own_term(self, name: str, scope: Scope) -> c.TermKey | None:
        """As :meth:`term`, but of exactly the record spoken of, and not of the job besides."""
        record = scope.record.name if scope.record else None
        for factor in dict.fromkeys((scope.factor, None)):
            if (key := c.TermKey(factor, record, name)) in self.terms:
                return key
        return None

    def unknown_condition(self, name: t.Word, scope: Scope) -> None:
        """The fault for a bare name that is neither a term nor a question."""
        if self.is_spoilt(name.text, scope):
            return
        of = f" for `{scope.record.name}`" if scope.record else ""
        known = [key.name for key in self.terms if self.term(key.name, scope)]
        known += [
            question.name
            for record in self._records(scope)
            for question in record.questions
            if question.type.form is Form.YES_NO
        ]
        what = f"no term or yes-or-no question{of}"
        self.faults.unknown(what, name.text, name.place, known, self._home(name.text, scope))

    def is_spoilt(self, name: str, scope: Scope) -> bool:
        """Whether the name is declared where this scope would look, but the declaration itself is at fault."""
        homes = {scope.record.name if scope.record else JOB, JOB, f"term of {scope.factor}", "term of None"}
        return any((home, word) in self.spoilt for home in homes for word in (name, EVERYTHING))

    def _records(self, scope: Scope) -> list[Record]:
        job = self.records.get(JOB)
        return [record for record in (scope.record, job) if record]

    def _question_names(self, scope: Scope) -> list[str]:
        return [question.name for record in self._records(scope) for question in record.questions]

    def _home(self, name: str, scope: Scope) -> str:
        """Where a name that is not to be had here is to be had; empty when it is nowhere."""
        for record in self.records.values():
            if record.name != JOB and record.question(name):
                if scope.record:
                    return f"`{name}` is asked of `{record.name}`; a condition on `{scope.record.name}` cannot read it"
                return f"`{name}` is asked of `{record.name}`: write `some {record.name} is ({name} …)`"
        for key in sorted(self.terms, key=str):
            if key.name == name and key.factor in (scope.factor, None) and key.record:
                if scope.record:
                    return f"`{name}` is a term of `{key.record}`, not of `{scope.record.name}`"
                return f"`{name}` is a term of `{key.record}`: write `some {key.record} is {name}`"
        for key in sorted(self.terms, key=str):
            if key.name == name and key.factor:
                return f"`{name}` is a term of factor {key.factor}; each factor defines its own"
        return ""
