"""Looks up the names in a condition and checks its types; every mistake becomes a fault with its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from jerules.documents.text import Source
from jerules.faults import Fault, Place, listed, nearest
from jerules.language import tree as t
from jerules.quantities.calendar import Calendar
from jerules.quantities.kinds import Kind
from jerules.quantities.misread import Misread
from jerules.quantities.reading import read_constant
from jerules.rulebook import conditions as c
from jerules.rulebook.model import Parameter
from jerules.rulebook.questions import JOB, Choice, Form, Question, Record


@dataclass(slots=True)
class Faults:
    """Collects the faults of several files, with the line each stands on."""

    sources: Mapping[str, Source]
    found: list[Fault] = field(default_factory=list)

    def add(  # noqa: PLR0913 - the parts of a fault
        self, code: str, message: str, place: Place, expected: str = "", close: str = "", help: str = ""  # noqa: A002
    ) -> None:
        """Add one fault; ``close`` is the nearest known name, without back-ticks."""
        source = self.sources.get(place.file)
        line = source.line(place.line) if source else ""
        near = f"`{close}`" if close else ""
        self.found.append(Fault(code, message, place, expected, near, help, line))

    def unknown(self, what: str, word: t.Word, known: Iterable[str]) -> None:
        """A name that nothing is called by."""
        names = sorted(set(known))
        close = nearest(word.text, names)
        advice = f"write `{close}`" if close else f"declare it, or use {listed(names, 6)}" if names else "declare it"
        self.add("unknown-name", f"{what} is called `{word}`", word.place, listed(names), close, advice)


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a condition stands: the factor of its file (None: none) and the record it speaks of (None: the job)."""

    factor: str | None
    record: Record | None


@dataclass(slots=True)
class Names:
    """Everything that has a name, as far as it is known when conditions are looked up."""

    records: dict[str, Record]
    scales: dict[str, tuple[Choice, ...]]
    parameters: dict[str, Parameter]
    terms: set[c.TermKey]
    calendar: Calendar
    faults: Faults

    def condition(self, condition: t.Condition, scope: Scope) -> c.Condition | None:  # noqa: PLR0911 - one case each
        """The condition with its names looked up, or None when a part of it cannot be."""
        match condition:
            case t.Both(parts=parts, place=place):
                found = self._all(parts, scope)
                return c.All(found, place) if found else None
            case t.Either(parts=parts, place=place):
                found = self._all(parts, scope)
                return c.AnyOf(found, place) if found else None
            case t.Negated(part=part, place=place):
                inner = self.condition(part, scope)
                return c.Not(inner, place) if inner else None
            case t.AtLeastOf():
                return self._at_least(condition, scope)
            case t.Named(name=name, place=place):
                return self._named(name, place, scope)
            case t.IsOne():
                return self._is_one(condition, scope)
            case t.Includes():
                return self._includes(condition, scope)
            case t.Comparison(name=name, op=op, limit=limit, place=place):
                return self._compare(name, op, limit, place, scope)
            case t.Between(name=name, low=low, high=high, place=place):
                parts_found = (
                    self._compare(name, ">=", low, place, scope),
                    self._compare(name, "<=", high, place, scope),
                )
                return c.All(tuple(p for p in parts_found if p), place) if all(parts_found) else None
            case t.Quantified():
                return self._quantified(condition, scope)

    def _all(self, parts: Iterable[t.Condition], scope: Scope) -> tuple[c.Condition, ...]:
        """All parts, or none of them when one cannot be looked up; every part is tried, so every fault is found."""
        found = [self.condition(part, scope) for part in parts]
        return tuple(part for part in found if part) if all(found) else ()

    def _at_least(self, condition: t.AtLeastOf, scope: Scope) -> c.AtLeast | None:
        if not 1 <= condition.number <= len(condition.parts):
            self.faults.add(
                "impossible-number",
                f"at least {condition.number} of {len(condition.parts)} can never be met",
                condition.place,
                f"a number from 1 to {len(condition.parts)}",
            )
            return None
        found = self._all(condition.parts, scope)
        return c.AtLeast(condition.number, found, condition.place) if found else None

    # ── questions ────────────────────────────────────────────────────────────────────────────────────────────────

    def _question(self, name: t.Word, scope: Scope) -> Question | None:
        """The question of that name: of the record spoken of, else of the job."""
        for record in (scope.record, self.records.get(JOB)):
            if record and (found := record.question(name.text)):
                return found
        return None

    def _asked(self, name: t.Word, scope: Scope) -> Question | None:
        question = self._question(name, scope)
        if question is None:
            what = f"no question of `{scope.record.name}` or of the job" if scope.record else "no question of the job"
            self.faults.unknown(what, name, self._question_names(scope))
            self._hint_record(name)
        return question

    def _hint_record(self, name: t.Word) -> None:
        """Say where a question of that name is asked, when it belongs to a record."""
        homes = [r.name for r in self.records.values() if r.name != JOB and r.question(name.text)]
        if homes and self.faults.found:
            last = self.faults.found.pop()
            advice = f"`{name}` is asked of `{homes[0]}`: write `some {homes[0]} is (…)`"
            self.faults.found.append(
                Fault(last.code, last.message, last.place, last.expected, last.nearest, advice, last.line_text)
            )

    def _question_names(self, scope: Scope) -> list[str]:
        records = [scope.record] if scope.record else []
        job = self.records.get(JOB)
        return [q.name for r in [*records, *([job] if job else [])] for q in r.questions]

    # ── leaves ───────────────────────────────────────────────────────────────────────────────────────────────────

    def term(self, name: str, scope: Scope) -> c.TermKey | None:
        """The term of that name: of the factor before the scheme, of the record before the job."""
        record = scope.record.name if scope.record else None
        for factor in dict.fromkeys((scope.factor, None)):
            for of in dict.fromkeys((record, None)):
                if (key := c.TermKey(factor, of, name)) in self.terms:
                    return key
        return None

    def _named(self, name: t.Word, place: Place, scope: Scope) -> c.Condition | None:
        if key := self.term(name.text, scope):
            return c.Holds(key, place)
        question = self._question(name, scope)
        if question is None:
            of = f" for `{scope.record.name}`" if scope.record else ""
            known = [key.name for key in self.terms if self.term(key.name, scope)]
            known += [n for n in self._question_names(scope)]
            self.faults.unknown(f"no term or yes-or-no question{of}", name, known)
            return None
        if question.type.form is not Form.YES_NO:
            self.faults.add(
                "needs-comparison",
                f"`{name}` cannot stand alone: its answer is {_described(question)}, not yes or no",
                place,
                _usage(question),
                help=f"write for example `{_sample(question)}`",
            )
            return None
        return c.IsYes(question, place)

    def _is_one(self, condition: t.IsOne, scope: Scope) -> c.Condition | None:
        question = self._asked(condition.name, scope)
        if question is None:
            return None
        match question.type.form:
            case Form.YES_NO if [v.text for v in condition.values] in (["yes"], ["no"]):
                yes = c.IsYes(question, condition.place)
                return yes if condition.values[0].text == "yes" else c.Not(yes, condition.place)
            case Form.SCALE if len(condition.values) == 1:
                limit = t.Limit(condition.values[0], named=True)
                return self._compare(condition.name, "=", limit, condition.place, scope)
            case Form.ONE_OF:
                return self._chosen(question, condition.values, condition.place)
        self._wrong_use(question, condition.name)
        return None

    def _includes(self, condition: t.Includes, scope: Scope) -> c.Condition | None:
        question = self._asked(condition.name, scope)
        if question is None:
            return None
        if question.type.form is not Form.ANY_OF:
            self._wrong_use(question, condition.name)
            return None
        return self._chosen(question, condition.values, condition.place)

    def _wrong_use(self, question: Question, name: t.Word) -> None:
        self.faults.add(
            "wrong-type",
            f"the answer to `{name}` is {_described(question)}",
            name.place,
            _usage(question),
            help=f"write for example `{_sample(question)}`",
        )

    def _chosen(self, question: Question, values: tuple[t.Word, ...], place: Place) -> c.Chosen | None:
        names = question.type.names
        for value in values:
            if value.text not in names:
                close = nearest(value.text, names)
                self.faults.add(
                    "unknown-choice", f"`{value}` is not an answer to `{question.key}`", value.place, listed(names, 30),
                    close, f"write `{close}`" if close else "use one of the declared answers",
                )  # fmt: skip
        if any(value.text not in names for value in values):
            return None
        return c.Chosen(question, frozenset(value.text for value in values), place)

    def _compare(self, name: t.Word, op: str, limit: t.Limit, place: Place, scope: Scope) -> c.Compare | None:  # noqa: PLR0913
        question = self._asked(name, scope)
        if question is None:
            return None
        if question.type.form is Form.SCALE:
            return self._step(question, op, limit, place)
        if question.type.form is not Form.QUANTITY or question.type.kind is None:
            self._wrong_use(question, name)
            return None
        kind, part = _side(question.type.kind, limit)
        bound = self._parameter(limit, kind) if limit.named else self._constant(limit, kind)
        return c.Compare(question, part, op, bound, place) if bound else None

    def _step(self, question: Question, op: str, limit: t.Limit, place: Place) -> c.Compare | None:
        names = question.type.names
        if limit.word.text not in names:
            close = nearest(limit.word.text, names)
            self.faults.add(
                "unknown-choice", f"`{limit.word}` is not a step of `{question.type.scale}`", limit.word.place,
                listed(names, 30), close, f"write `{close}`" if close else "use one of the declared steps",
            )  # fmt: skip
            return None
        bound = c.Bound(Kind.COUNT, names.index(limit.word.text), limit.word.text)
        return c.Compare(question, c.Part.VALUE, op, bound, place)

    def _constant(self, limit: t.Limit, kind: Kind) -> c.Bound | None:
        try:
            value = read_constant(limit.word.text, kind, self.calendar)
        except Misread as error:
            self.faults.add(
                "wrong-unit", error.message, limit.word.place, error.expected, error.nearest.strip("`"), error.help
            )
            return None
        return c.Bound(kind, value, limit.word.text, around=limit.around)

    def _parameter(self, limit: t.Limit, kind: Kind) -> c.Bound | None:
        parameter = self.parameters.get(limit.word.text)
        if parameter is None:
            self.faults.unknown("no parameter", limit.word, self.parameters)
            return None
        if parameter.type.kind is not kind:
            self.faults.add(
                "wrong-unit",
                f"`{limit.word}` is a {parameter.type.kind or parameter.type.form}, not a {kind}",
                limit.word.place,
                f"a parameter of type {kind}",
            )
            return None
        return c.Bound(kind, parameter.value, parameter.text or parameter.name, parameter.name, limit.around)

    # ── records ──────────────────────────────────────────────────────────────────────────────────────────────────

    def record(self, name: t.Word) -> Record | None:
        """The record of that name; a fault when there is none."""
        found = self.records.get(name.text)
        if found is None or found.name == JOB:
            self.faults.unknown("no record", name, (r for r in self.records if r != JOB))
            return None
        return found

    def _quantified(self, condition: t.Quantified, scope: Scope) -> c.Condition | None:
        if scope.record:
            self.faults.add(
                "record-in-record",
                f"a condition on `{scope.record.name}` cannot speak of other records",
                condition.place,
                "questions and terms of one record, or of the job",
                help="put `some … is …` in the rule and join the two with `and`",
            )
            return None
        record = self.record(condition.record)
        if record is None:
            return None
        within = Scope(scope.factor, record)
        traits = [self.condition(trait.condition, within) for trait in condition.traits]
        together = [self._together(part, within) for part in condition.together]
        if not all(traits) or not all(together):
            return None
        found = tuple(trait for trait in traits if trait)
        inner = found[0] if len(found) == 1 else c.All(found, condition.place)
        compared = tuple(leaf for leaves in together if leaves for leaf in leaves)
        some = c.Some(record.name, inner, condition.number, compared, condition.place)
        match condition.how:
            case "no":
                return c.Not(some, condition.place)
            case "every":
                exception = c.Some(record.name, c.Not(inner, condition.place), 1, (), condition.place)
                return c.Not(exception, condition.place)
        return some

    def _together(self, part: t.Condition, within: Scope) -> tuple[c.Compare, ...] | None:
        found = self.condition(part, within)
        leaves = found.parts if isinstance(found, c.All) else (found,) if found else ()
        compared = tuple(leaf for leaf in leaves if isinstance(leaf, c.Compare))
        if found and (len(compared) != len(leaves) or any(x.question.record == JOB for x in compared)):
            self.faults.add(
                "cannot-add-up",
                "only quantities of the record itself can add up",
                part.place,
                "a rate, duration, sum, count or share of the record",
            )
            return None
        return compared or None


def _side(kind: Kind, limit: t.Limit) -> tuple[Kind, c.Part]:
    """The kind to read a bound as, and the side of the answer it speaks of: `50%` of shifts, or `3 per month`."""
    if kind is not Kind.FREQUENCY:
        return kind, c.Part.VALUE
    if "%" in limit.word.text:
        return Kind.SHARE, c.Part.SHARE
    return Kind.RATE, c.Part.VALUE


def _described(question: Question) -> str:
    match question.type.form:
        case Form.YES_NO:
            return "yes or no"
        case Form.ONE_OF:
            return "one of several choices"
        case Form.ANY_OF:
            return "any of several choices"
        case Form.SCALE:
            return f"a step of `{question.type.scale}`"
        case Form.TEXT:
            return "a text, which no rule can read"
    return f"a {str(question.type.kind).replace('_', ' ')}"


def _usage(question: Question) -> str:
    match question.type.form:
        case Form.YES_NO:
            return "the name by itself, or `is yes`, `is no`"
        case Form.ONE_OF:
            return "`is` or `is one of`"
        case Form.ANY_OF:
            return "`includes` or `includes any of`"
        case Form.TEXT:
            return "a question whose answer is not a text"
    return "`>=`, `<=`, `>`, `<`, `=` or `from … to …`"


def _sample(question: Question) -> str:
    first = question.type.names[0] if question.type.names else ""
    match question.type.form:
        case Form.YES_NO:
            return question.name
        case Form.ONE_OF:
            return f"{question.name} is {first}"
        case Form.ANY_OF:
            return f"{question.name} includes {first}"
        case Form.SCALE:
            return f"{question.name} >= {first}"
    samples = {Kind.MASS: "6 kg", Kind.DISTANCE: "1 km", Kind.DURATION: "20 min", Kind.MONEY: "£1,000", Kind.SHARE: "50%",
               Kind.MONEY_RATE: "£1,000 per month", Kind.RATE: "1 per week", Kind.FREQUENCY: "50%"}  # fmt: skip
    return f"{question.name} >= {samples.get(question.type.kind or Kind.COUNT, '2')}"
