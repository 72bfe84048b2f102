"""From a written condition to a typed one: names looked up, units read, every mistake a fault with its place."""

from __future__ import annotations

from collections.abc import Iterable

from jerules.faults import Place, listed, nearest
from jerules.language import tree as t
from jerules.quantities.kinds import Kind, article, describe
from jerules.quantities.misread import Misread
from jerules.quantities.reading import read_constant
from jerules.rulebook import conditions as c
from jerules.rulebook.names import Names, Scope
from jerules.rulebook.questions import JOB, Form, Question
from jerules.rulebook.wording import advice, described, usage

_ADD_UP = frozenset(
    {Kind.DURATION, Kind.MONEY, Kind.MONEY_RATE, Kind.RATE, Kind.PER_SHIFT, Kind.SHARE, Kind.FREQUENCY, Kind.COUNT}
)


class Typed:
    """Types conditions against the names of a rule book; faults go where the names' faults go."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.faults = names.faults

    def condition(self, condition: t.Condition, scope: Scope) -> c.Condition | None:
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
            case t.Quantified():
                return self._quantified(condition, scope)
        return self._leaf(condition, scope)

    def _leaf(
        self, condition: t.Named | t.IsOne | t.Includes | t.Comparison | t.Between, scope: Scope
    ) -> c.Condition | None:
        match condition:
            case t.Named():
                return self._named(condition, scope)
            case t.IsOne():
                return self._is_one(condition, scope)
            case t.Includes():
                return self._includes(condition, scope)
            case t.Comparison(name=name, op=op, limit=limit, place=place):
                question = self._comparable(name, scope)
                return self._compare(question, op, limit, place) if question else None
            case t.Between():
                return self._between(condition, scope)

    def _all(self, parts: Iterable[t.Condition], scope: Scope) -> tuple[c.Condition, ...]:
        """All parts, or none of them when one cannot be looked up; every part is tried, so every fault is found."""
        found = [self.condition(part, scope) for part in parts]
        return tuple(part for part in found if part) if all(found) else ()

    def _at_least(self, condition: t.AtLeastOf, scope: Scope) -> c.AtLeast | None:
        found = self._all(condition.parts, scope)
        count = len(condition.parts)
        if not 1 <= condition.number <= count:
            never = condition.number > count
            self.faults.add(
                "impossible-number", f"at least {condition.number} of {count} is {'never' if never else 'always'} met",
                self._up_to_bracket(condition.place), f"a number from 1 to {count}",
                help="correct the number, or add the conditions that are missing" if never else "correct the number",
            )  # fmt: skip
            return None
        return c.AtLeast(condition.number, found, condition.place) if found else None

    def _up_to_bracket(self, place: Place) -> Place:
        """Only the words `at least 4 of`, without the list that follows them."""
        source = self.faults.sources.get(place.file)
        line = source.line(place.line) if source else ""
        end = line.find("(", place.column - 1)
        return Place(place.file, place.line, place.column, place.line, end if end > 0 else place.column + 1)

    # ── words ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _named(self, condition: t.Named, scope: Scope) -> c.Condition | None:
        name, place = condition.name, condition.place
        if key := self.names.term(name.text, scope):
            self.rests_on(key, place, scope)
            return c.Holds(key, place)
        question = self.names.question(name.text, scope)
        if question is None:
            self.names.unknown_condition(name, scope)
            return None
        if question.type.form is not Form.YES_NO:
            self.faults.add(
                "needs-comparison",
                f"`{name}` cannot stand alone: its answer is {described(question)}, not yes or no",
                place, usage(question), help=advice(question),
            )  # fmt: skip
            return None
        return c.IsYes(question, place)

    def rests_on(self, key: c.TermKey, place: Place, scope: Scope) -> None:
        """Add a fault where a term of another interpretation is used.

        A term that an interpretation declares is gone when a pack switches it off; nothing else may need it.
        """
        home = self.names.terms[key]
        if home not in ("", scope.interpretation):
            self.faults.add(
                "rests-on-interpretation",
                f"`{key.name}` is a term of {home}, which a pack can switch off", place,
                f"a term of the guidance itself{f', or of {scope.interpretation}' if scope.interpretation else ''}",
                help=f"move the statement into {home}, or define the term outside it and add to it with `extend term`",
            )  # fmt: skip

    def _is_one(self, condition: t.IsOne, scope: Scope) -> c.Condition | None:
        question = self.names.asked(condition.name, scope)
        if question is None:
            return None
        match question.type.form:
            case Form.YES_NO if [v.text for v in condition.values] in (["yes"], ["no"]):
                yes = c.IsYes(question, condition.place)
                return yes if condition.values[0].text == "yes" else c.Not(yes, condition.place)
            case Form.SCALE if len(condition.values) == 1:
                return self._step(question, "=", t.Limit(condition.values[0], named=True), condition.place)
            case Form.ONE_OF:
                return self._chosen(question, condition.values, condition.place)
        self._wrong_use(question, condition.name)
        return None

    def _includes(self, condition: t.Includes, scope: Scope) -> c.Condition | None:
        question = self.names.asked(condition.name, scope)
        if question is None:
            return None
        if question.type.form is not Form.ANY_OF:
            self._wrong_use(question, condition.name)
            return None
        return self._chosen(question, condition.values, condition.place)

    def _wrong_use(self, question: Question, name: t.Word) -> None:
        self.faults.add(
            "wrong-type", f"the answer to `{name}` is {described(question)}", name.place, usage(question),
            help=advice(question),
        )  # fmt: skip

    def _chosen(self, question: Question, values: tuple[t.Word, ...], place: Place) -> c.Chosen | None:
        names = question.type.names
        for value in values:
            if value.text not in names:
                self._unknown_choice(f"`{value}` is not an answer to `{question.key}`", value, names)
        if any(value.text not in names for value in values):
            return None
        return c.Chosen(question, frozenset(value.text for value in values), place)

    def _unknown_choice(self, message: str, value: t.Word, names: tuple[str, ...]) -> None:
        close = nearest(value.text, names)
        advised = f"write `{close}`" if close else "use one of them, or add the answer to the question"
        self.faults.add("unknown-choice", message, value.place, listed(names, 30), close, advised)

    # ── comparisons ──────────────────────────────────────────────────────────────────────────────────────────────

    def _comparable(self, name: t.Word, scope: Scope) -> Question | None:
        """The question of that name, if its answers have an order."""
        question = self.names.asked(name, scope)
        if question and question.type.form not in {Form.SCALE, Form.QUANTITY}:
            self._wrong_use(question, name)
            return None
        return question

    def _between(self, condition: t.Between, scope: Scope) -> c.All | None:
        question = self._comparable(condition.name, scope)
        if question is None:
            return None
        low = self._compare(question, ">=", condition.low, condition.place)
        high = self._compare(question, "<=", condition.high, condition.place)
        if low is None or high is None:
            return None
        if low.part != high.part:
            self.faults.add(
                "wrong-unit", "one end is a rate and the other a share of shifts", condition.high.word.place,
                "both ends written the same way", help="write both as `3 per month`, or both as `50%`",
            )  # fmt: skip
            return None
        if low.bound.value is not None and high.bound.value is not None and low.bound.value > high.bound.value:
            self.faults.add(
                "backwards", f"nothing lies from {low.bound.text} to {high.bound.text}", condition.high.word.place,
                f"more than {low.bound.text}", help="put the smaller of the two first",
            )  # fmt: skip
            return None
        return c.All((low, high), condition.place)

    def _compare(self, question: Question, op: str, limit: t.Limit, place: Place) -> c.Compare | None:
        if question.type.form is Form.SCALE:
            return self._step(question, op, limit, place)
        kind, part = self._side(question.type.kind or Kind.COUNT, limit)
        bound = self._parameter(limit, kind) if limit.named else self._constant(limit, kind, question)
        return c.Compare(question, part, op, bound, place) if bound else None

    def _side(self, kind: Kind, limit: t.Limit) -> tuple[Kind, c.Part]:
        """The kind to read a bound as, and the side of the answer it speaks of: `50%` of shifts, or `3 per month`."""
        if kind is not Kind.FREQUENCY:
            return kind, c.Part.VALUE
        parameter = self.names.parameters.get(limit.word.text) if limit.named else None
        if "%" in limit.word.text or (parameter and parameter.type.kind is Kind.SHARE):
            return Kind.SHARE, c.Part.SHARE
        return Kind.RATE, c.Part.VALUE

    def _step(self, question: Question, op: str, limit: t.Limit, place: Place) -> c.Compare | None:
        names = question.type.names
        if limit.word.text not in names:
            self._unknown_choice(f"`{limit.word}` is not a step of `{question.type.scale}`", limit.word, names)
            return None
        bound = c.Bound(Kind.COUNT, names.index(limit.word.text), limit.word.text)
        return c.Compare(question, c.Part.VALUE, op, bound, place)

    def _constant(self, limit: t.Limit, kind: Kind, question: Question) -> c.Bound | None:
        try:
            value = read_constant(limit.word.text, kind, self.names.calendar)
        except Misread as error:
            expected, advised = error.expected, error.help
            if question.type.kind is Kind.FREQUENCY and kind is Kind.RATE:  # a share would have done as well
                expected, advised = describe(Kind.FREQUENCY), "write how often (`3 per month`) or a share (`50%`)"
            self.faults.add("wrong-unit", error.message, limit.word.place, expected, error.nearest.strip("`"), advised)
            return None
        return c.Bound(kind, value, limit.word.text, around=limit.around)

    def _parameter(self, limit: t.Limit, kind: Kind) -> c.Bound | None:
        name = limit.word.text
        parameter = self.names.parameters.get(name)
        if parameter is None:
            if ("parameter", name) not in self.names.spoilt:
                self.faults.unknown("no parameter", name, limit.word.place, self.names.parameters)
            return None
        if parameter.type.kind is not kind:
            is_one = article(parameter.type.kind) if parameter.type.kind else "no quantity"
            self.faults.add(
                "wrong-unit", f"the parameter `{name}` is {is_one}, not {article(kind)}", limit.word.place,
                article(kind), help="compare with a parameter of the same kind, or with a quantity",
            )  # fmt: skip
            return None
        return c.Bound(kind, parameter.value, parameter.text or parameter.name, parameter.name, limit.around)

    # ── records ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _quantified(self, condition: t.Quantified, scope: Scope) -> c.Condition | None:
        if scope.record:
            self.faults.add(
                "record-in-record", f"a condition on `{scope.record.name}` cannot speak of other records",
                condition.place, "questions and terms of one record, or of the job",
                help=f"put `some {condition.record} is …` in the rule itself and join the two with `and`",
            )  # fmt: skip
            return None
        record = self.names.record(condition.record)
        if record is None:
            return None
        within = Scope(scope.factor, record, scope.interpretation)
        traits = self._all([trait.condition for trait in condition.traits], within)
        together = [self._together(part, within) for part in condition.together]
        if condition.how == "at least" and condition.number < 1:
            self.faults.add(
                "impossible-number", "`at least 0` is true of every job", condition.place, "a number from 1",
                help=f"write `some {record.name} is …` for at least one",
            )  # fmt: skip
            return None
        if not traits or not all(together):
            return None
        inner = traits[0] if len(traits) == 1 else c.All(traits, condition.place)
        compared = tuple(leaf for leaves in together if leaves for leaf in leaves)
        return _some(condition, inner, compared)

    def _together(self, part: t.Condition, within: Scope) -> tuple[c.Compare, ...] | None:
        found = self.condition(part, within)
        if found is None:
            return None
        leaves = found.parts if isinstance(found, c.All) else (found,)
        compared = tuple(leaf for leaf in leaves if isinstance(leaf, c.Compare) and _adds_up(leaf.question))
        if len(compared) != len(leaves):
            name = part.name.text if isinstance(part, t.Comparison | t.Between) else ""
            self.faults.add(
                "cannot-add-up", f"several answers to `{name}` do not add up to one", part.place,
                "a rate, duration, sum, count or share that each entry has",
                help="put the condition among the traits, so that it is true of each entry",
            )  # fmt: skip
            return None
        return compared


def _adds_up(question: Question) -> bool:
    return question.record != JOB and question.type.form is Form.QUANTITY and question.type.kind in _ADD_UP


def _some(condition: t.Quantified, inner: c.Condition, together: tuple[c.Compare, ...]) -> c.Condition:
    """`no` and `every` in terms of `some`."""
    place, record = condition.place, condition.record.text
    match condition.how:
        case "no":
            return c.Not(c.Some(record, inner, 1, together, place), place)
        case "every":
            return c.Not(c.Some(record, c.Not(inner, place), 1, (), place), place)
    return c.Some(record, inner, condition.number, together, place)
