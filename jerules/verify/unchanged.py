"""What an edit leaves as it was: what was proved of those rules and words is not proved again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from jerules.engine.resolve import tools_for
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.questions import Question
from jerules.rulebook.uses import conditions_of, leaves_of
from jerules.verify.model import Obligation, State

Statement = m.Rule | m.Term | m.Ladder


@dataclass(frozen=True, slots=True, eq=False)
class Before:
    """What was proved of a factor, by check and subject, and the rule book of which it was proved."""

    book: m.RuleBook
    proved: Mapping[tuple[str, str], Obligation]


def proved_of(book: m.RuleBook, found: Iterable[Obligation]) -> dict[str, Before]:
    """For each factor among the obligations those that were proved of it; the scheme as a whole is not a factor."""
    by_factor: dict[str, dict[tuple[str, str], Obligation]] = {}
    for one in found:
        if one.factor:
            known = by_factor.setdefault(one.factor, {})
            if one.state is State.PROVED:
                known[one.check, one.subject] = one
    return {key: Before(book, proved) for key, proved in by_factor.items()}


@dataclass
class Unchanged:
    """What two rule books both say of a factor.

    A proof about a word rests on its definitions, and on those of the words in them; one about a rule rests on its
    condition, on the words in that, and on what keeps entries from being counted for the factor. All of them rest on
    what can be answered and on what is agreed. Where any of these is not the same in both books, nothing stands.
    """

    before: Before
    book: m.RuleBook
    key: str
    _terms: dict[c.TermKey, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        old, new = self.before.book, self.book
        self._rules = {rule.id: rule for rule in rules_of(old, self.key)}
        self._ladders = {(one.factor, one.name): one for one in old.ladders}
        self._ground = _ground(old) == _ground(new)
        self._counted = _counting(old, self.key) == _counting(new, self.key) and all(
            self._stands(rule.condition) for rule in _counting(new, self.key)
        )
        self._touched = frozenset(self._read_by_others())

    def proved(self, check: str, subject: str, says: str, about: Iterable[Statement]) -> Obligation | None:
        """The obligation as it was proved before, if it was and still says the same of the same."""
        found = self.before.proved.get((check, subject)) if self._ground else None
        return found if found is not None and found.says == says and all(map(self.same, about)) else None

    def same(self, statement: Statement) -> bool:
        """Whether a statement, with all that it uses, is what it was."""
        match statement:
            case m.Term(key=key):
                return self._term(key)
            case m.Ladder(factor=factor, name=name, terms=terms, within=within):
                return self._ladders.get((factor, name)) == statement and all(map(self._term, terms)) and (
                    within is None or self._stands(within)
                )  # fmt: skip
            case m.Rule(id=name, condition=condition):
                return self._counted and self._rules.get(name) == statement and self._stands(condition)

    def as_read(self, question: Question) -> bool:
        """Whether no rule that reads the question has changed, gone or come."""
        return self._ground and self._counted and question not in self._touched

    @property
    def levels(self) -> bool:
        """Whether nothing that can move a level has changed: only what puts questions to the panel has, if anything."""
        moving = {rule.id: rule for rule in rules_of(self.book, self.key) if not isinstance(rule.effect, m.Asks)}
        before = {name for name, rule in self._rules.items() if not isinstance(rule.effect, m.Asks)}
        return self._ground and before == set(moving) and all(map(self.same, moving.values()))

    def _stands(self, condition: c.Condition | None) -> bool:
        parts = c.walk(condition) if condition is not None else ()
        return all(self._term(part.term) for part in parts if isinstance(part, c.Holds))

    def _term(self, key: c.TermKey) -> bool:
        if key not in self._terms:
            now, was = self.book.terms[key], self.before.book.terms.get(key)
            self._terms[key] = now == was and all(self._stands(one.condition) for one in now.definitions)
        return self._terms[key]

    def _read_by_others(self) -> Iterable[Question]:
        """The questions that rules read which are not the same in both books."""
        kept = {rule.id for rule in rules_of(self.book, self.key) if self.same(rule)}
        for book in (self.before.book, self.book):
            others = conditions_of(one for one in rules_of(book, self.key) if one.id not in kept)
            yield from (leaf.question for leaf in leaves_of(book, others))


def rules_of(book: m.RuleBook, *keys: str) -> list[m.Rule]:
    """The rules of some factors or tools, with what keeps entries from being counted for them."""
    return [rule for key in keys for rule in (*book.factors[key].rules, *book.factors[key].bars)]


def _counting(book: m.RuleBook, key: str) -> list[m.Rule]:
    """What says of entries whether they count for a factor, and what its tools make of them."""
    return [*book.factors[key].bars, *rules_of(book, *tools_for(book, key))]


def _ground(book: m.RuleBook) -> tuple[object, ...]:
    """What every proof rests on: what can be answered, what is agreed, and which readings are on."""
    return (
        book.scheme,
        {name: [_shape(question) for question in record.questions] for name, record in book.records.items()},
        book.parameters,
        book.orders,
        {name: one.on for name, one in book.interpretations.items()},
        book.may_also_count,
        book.never,
    )


def _shape(question: Question) -> tuple[object, ...]:
    return question.name, question.type, question.asks, question.factor
