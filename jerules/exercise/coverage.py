"""What the examples of a rule book show: which rules decide, what comes out both ways, which cuts are met closely."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from jerules.engine.facts import Facts, lay_out, slot
from jerules.engine.truth import NO, YES, Truth
from jerules.engine.verdicts import Verdicts
from jerules.exercise.cases import case_of
from jerules.exercise.changes import OfRule, OfTerm, Where, only, statements
from jerules.exercise.deciding import Decided, Deciding
from jerules.exercise.steps import step_of, written
from jerules.exercise.wording import effect_said, said
from jerules.explain.evaluate import reference_of
from jerules.explain.proof import AddedUp, Step, Weigher
from jerules.faults import Place
from jerules.jobs.model import Job
from jerules.quantities.kinds import UNBOUNDED, Exact
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.procedure import Procedural
from jerules.rulebook.questions import JOB
from jerules.rulebook.supposing import supposing


@dataclass(frozen=True, slots=True)
class Look:
    """A job that a factor is looked at on: an example of it, or a job file (without ``example``)."""

    name: str
    factor: str
    job: Job
    facts: Facts
    example: m.Example | None = None

    @property
    def supposed(self) -> tuple[m.Supposed, ...]:
        """What the example supposes to be agreed."""
        return self.example.supposed if self.example else ()


@dataclass(frozen=True, slots=True)
class RuleSeen:
    """A rule, the first job on which it held, and the first whose outcome it decided; empty where there is none."""

    factor: str
    rule: m.Rule
    held: str
    decided: str

    @property
    def says(self) -> str:
        """What the rule does, as its statement begins."""
        return effect_said(self.rule.effect)

    @property
    def shown(self) -> bool:
        """Whether some job shows what the rule does: a query, and the rule of a procedure, has only to hold."""
        return bool(self.held if isinstance(self.rule.effect, m.Asks | Procedural) else self.decided)


@dataclass(frozen=True, slots=True)
class BothWays:
    """A definition of a term, or a single condition on an answer, and the first jobs on which it held and did not."""

    factor: str
    says: str
    place: Place
    yes: str
    no: str

    @property
    def shown(self) -> bool:
        """Whether it came out both ways."""
        return bool(self.yes and self.no)


@dataclass(frozen=True, slots=True)
class Near:
    """The value nearest to a cut on one side of it, the job that has it, and whether it is no more than a step off."""

    value: str
    job: str
    close: bool


@dataclass(frozen=True, slots=True)
class Cut:
    """A comparison, and the nearest values for which it holds and does not."""

    factor: str
    compare: c.Compare
    holding: Near | None
    failing: Near | None

    @property
    def says(self) -> str:
        """The comparison as the rule file has it."""
        return said(self.compare)

    @property
    def shown(self) -> bool:
        """Whether a value lies on each side of the cut, at it or no more than a step away."""
        return bool(self.holding and self.holding.close and self.failing and self.failing.close)


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was seen of a rule book, in the order of its statements."""

    book: m.RuleBook
    looks: tuple[Look, ...]
    rules: tuple[RuleSeen, ...]
    definitions: tuple[BothWays, ...]
    conditions: tuple[BothWays, ...]
    cuts: tuple[Cut, ...]
    near: dict[int, tuple[m.Example, ...]] = field(repr=False)
    """Examples in which a comparison, by its identity, was made on an answer."""


KINDS: Final = ("rules", "queries", "definitions", "conditions", "cuts")
"""What is counted."""

Shown = RuleSeen | BothWays | Cut


def counted(coverage: Coverage) -> dict[str, tuple[Shown, ...]]:
    """What there is to be shown, by its kind."""
    return {
        "rules": tuple(one for one in coverage.rules if not isinstance(one.rule.effect, m.Asks)),
        "queries": tuple(one for one in coverage.rules if isinstance(one.rule.effect, m.Asks)),
        "definitions": coverage.definitions,
        "conditions": coverage.conditions,
        "cuts": coverage.cuts,
    }


def shown_of(found: Iterable[Shown]) -> tuple[int, int]:
    """How many of them are shown, and how many there are."""
    every = tuple(found)
    return sum(one.shown for one in every), len(every)


def total(coverage: Coverage) -> tuple[int, int]:
    """How much of everything is shown, and how much there is."""
    return shown_of(one for found in counted(coverage).values() for one in found)


def looks_of(book: m.RuleBook, examples: Iterable[m.Example], jobs: Iterable[Job] = ()) -> tuple[Look, ...]:
    """The examples, and each job once for every factor; raises :class:`Faulty` with what is wrong with an example."""
    found = []
    for example in examples:
        case = case_of(book, example)
        found.append(Look(f"{example.place.file}:{example.place.line}", example.factor, case.job, case.facts, example))
    for job in jobs:
        facts = lay_out(book, job)
        found += [Look(job.file, key, job, facts) for key, rules in book.factors.items() if rules.number is not None]
    return tuple(found)


def cover(book: m.RuleBook, looks: Sequence[Look], factors: Iterable[str] = ()) -> Coverage:
    """What ``looks`` show of a rule book, or of some of its factors and tools only."""
    seen = _Seen(book)
    for look in looks:
        seen.look(look)
    wanted = frozenset(factors)
    found = [x for x in statements(book) if not wanted or _home(x[0]) in wanted]
    return Coverage(
        book,
        tuple(looks),
        tuple(seen.rule(where, rule) for where, rule in found if isinstance(rule, m.Rule)),
        tuple(seen.definition(where, one) for where, one in found if isinstance(one, m.Definition)),
        tuple(_parts(seen, found)),
        tuple(_cuts(seen, found)),
        {key: tuple(examples) for key, examples in seen.near.items()},
    )


def _home(where: Where) -> str:
    return where.factor if isinstance(where, OfRule) else where.term.factor or "all"


def _parts(seen: _Seen, found: Iterable[tuple[Where, m.Rule | m.Definition]]) -> Iterator[BothWays]:
    for where, statement in found:
        for part in c.walk(statement.condition) if statement.condition else ():
            if isinstance(part, c.Compare | c.Chosen | c.IsYes):
                yield BothWays(_home(where), said(part), part.place, *seen.ways(part))


def _cuts(seen: _Seen, found: Iterable[tuple[Where, m.Rule | m.Definition]]) -> Iterator[Cut]:
    for where, statement in found:
        for part in c.walk(statement.condition) if statement.condition else ():
            if not isinstance(part, c.Compare):
                continue
            holding, failing = seen.sides.get((id(part), YES)), seen.sides.get((id(part), NO))
            if part.bound.value is not None or holding or failing:
                yield Cut(_home(where), part, holding and holding[1], failing and failing[1])


@dataclass(slots=True)
class _Seen:
    """Gathers what jobs show, by the identity of the conditions and statements of one book.

    Where an example supposes something, what is looked at is a part of another book; ``_was`` has the part of this book
    in whose place it stands.
    """

    book: m.RuleBook
    truths: dict[tuple[int, Truth], str] = field(default_factory=dict)
    decided: dict[Decided, str] = field(default_factory=dict)
    held: dict[Decided, str] = field(default_factory=dict)
    sides: dict[tuple[int, Truth], tuple[Exact, Near]] = field(default_factory=dict)
    near: dict[int, list[m.Example]] = field(default_factory=dict)
    _small: dict[tuple[str, tuple[m.Supposed, ...]], m.RuleBook] = field(default_factory=dict)
    _was: dict[int, object] = field(default_factory=dict)

    def look(self, look: Look) -> None:
        """Take in what one job shows of one factor."""
        book = supposing(self.book, look.supposed)
        small = self._small.get((look.factor, look.supposed))
        if small is None:
            small = self._small[look.factor, look.supposed] = only(book, look.factor)
            self._was.update(_stood(self.book, book))
        verdicts = reference_of(small).verdicts(look.facts)
        held, decided = Deciding(book, small, look.factor, look.facts, verdicts).rules()
        for one in held:
            self.held.setdefault(one, look.name)
        for one in decided:
            self.decided.setdefault(one, look.name)
        known: set[int] = set()
        trees = tuple(_trees(small, look, verdicts))  # all of them at once: a step is known by its identity
        for tree in trees:
            for step in _fresh(tree, known):
                self._step(step, look)

    def _step(self, step: Step, look: Look) -> None:
        subject = step.subject
        if isinstance(subject, AddedUp):
            self._truth(subject.compare, step.truth, look)
            self._side(subject.compare, step.truth, subject.low, subject.high, look)
        elif isinstance(subject, m.Definition | c.Chosen | c.IsYes):
            self._truth(subject, step.truth, look)
        elif isinstance(subject, c.Compare):
            self._truth(subject, step.truth, look)
            if step.answer is not None and step.entry is not None:
                record = self.book.records[subject.question.record]
                rows = look.facts.records.get(record.name) or ()
                row = look.facts.job if record.name == JOB else rows[step.entry.number - 1]
                first = slot(record, subject.question, subject.part)
                self._side(subject, step.truth, row[first], row[first + 1], look)

    def _truth(self, subject: object, truth: Truth, look: Look) -> None:
        self.truths.setdefault((self._id(subject), truth), look.name)

    def _id(self, part: object) -> int:
        return id(self._was.get(id(part), part))

    def _side(self, compare: c.Compare, truth: Truth, low: Exact, high: Exact, look: Look) -> None:
        """Keep the end of an answer that is nearest to a cut, if it is nearer than what is known on that side."""
        bound = compare.bound
        if bound.value is None:
            return
        if look.example is not None and low == high:
            self.near.setdefault(self._id(compare), []).append(look.example)
        ends = bound.soft or (bound.value,)
        near: list[tuple[Exact, Exact]] = [(abs(Fraction(one) - end), one) for one in (low, high) for end in ends]
        away, value = min(near)
        if truth not in {YES, NO} or value >= UNBOUNDED:
            return
        known = self.sides.get((self._id(compare), truth))
        if known is None or away < known[0]:
            calendar = self.book.scheme.calendar
            close = away <= step_of(compare, calendar)
            text = written(compare.question, bound.kind, value, calendar)
            self.sides[self._id(compare), truth] = away, Near(text, look.name, close)

    # ── what was seen of one statement ───────────────────────────────────────────────────────────────────────────

    def ways(self, subject: object) -> tuple[str, str]:
        """The first jobs on which something held, and did not."""
        return self.truths.get((id(subject), YES), ""), self.truths.get((id(subject), NO), "")

    def rule(self, where: Where, rule: m.Rule) -> RuleSeen:
        """What was seen of a rule."""
        one = (where.factor, where.index, where.bar) if isinstance(where, OfRule) else ("", 0, False)
        return RuleSeen(_home(where), rule, self.held.get(one, ""), self.decided.get(one, ""))

    def definition(self, where: Where, definition: m.Definition) -> BothWays:
        """What was seen of a definition of a term."""
        name = where.term.name if isinstance(where, OfTerm) else ""
        return BothWays(_home(where), name, definition.source.place, *self.ways(definition))


def _stood(book: m.RuleBook, other: m.RuleBook) -> Iterator[tuple[int, object]]:
    """What another book has otherwise, statements and their parts by identity, each with what stands there in this."""
    for (_, was), (_, now) in zip(statements(book), statements(other), strict=True):
        if now is not was and now.condition and was.condition:
            yield id(now), was
            yield from zip(map(id, c.walk(now.condition)), c.walk(was.condition), strict=True)


def _trees(small: m.RuleBook, look: Look, verdicts: Verdicts) -> Iterator[Step]:
    """The steps to every rule that has a say in a factor, and those to what the bars on it look at."""
    for key, factor in small.factors.items():
        target = None if key == look.factor else look.factor
        if target is not None and (key, target) not in verdicts.carried:
            continue
        weigher = Weigher(small, look.job, look.facts, factor, target)
        for rule in factor.rules:
            if rule.condition is not None and not isinstance(rule.effect, m.Carries):
                yield weigher.rule(rule)


def _fresh(step: Step, known: set[int]) -> Iterator[Step]:
    """A step and all below it, but none that was gone through before: parts of trees are shared."""
    if id(step) not in known:
        known.add(id(step))
        yield step
        for child in step.children:
            yield from _fresh(child, known)
