"""Searches for an example that tells a mutant from the rule book: beside the cuts, around the examples there are.

First the examples that differ from a known one in a single answer that the changed statement reads. Where the changed
statement comes out otherwise and the level does not, further answers are changed from there: something else held the
level. What is found is checked on the text that it would be written as.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Final

from jerules.engine.facts import Facts
from jerules.engine.verdicts import Verdicts
from jerules.exercise.cases import case_of, giving
from jerules.exercise.changes import only
from jerules.exercise.neighbours import neighbours, supposing_as
from jerules.exercise.reading import Asked, asked
from jerules.exercise.wording import effect_said
from jerules.explain.evaluate import reference_of
from jerules.explain.examples import CameOut, came_out, missed
from jerules.faults import Faulty
from jerules.jobs.model import Job
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.supposing import supposing
from jerules.rulebook.uses import conditions_of

_KEPT: Final = 30_000
"""Examples whose facts are kept for the next mutant."""


_SEEDS: Final = 12
"""Examples on which the rules differ, from which the search goes on."""


@dataclass(slots=True)
class _Tried:
    """The job of an example, the truths of the rules on them, and what comes out, worked out when it is needed."""

    job: Job
    facts: Facts
    verdicts: Verdicts
    came: CameOut | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """An example that tells a mutant, or ``why`` none was found."""

    example: m.Example | None
    why: str = ""


@dataclass(slots=True)
class Search:
    """Searches in one factor; what was laid out once is kept for the next mutant.

    ``most`` is how many examples are tried for one mutant.
    """

    book: m.RuleBook
    factor: str
    examples: tuple[m.Example, ...]
    most: int = 4_000
    _base: m.RuleBook = field(init=False)
    _asked: Mapping[str, Asked] = field(init=False)
    _tried: dict[object, _Tried | None] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self._base = only(self.book, self.factor)
        self._asked = asked(
            self._base, conditions_of(rule for one in self._base.factors.values() for rule in (*one.rules, *one.bars))
        )

    def witness(self, mutant: m.RuleBook, conditions: Iterable[c.Condition]) -> Found:
        """An example that holds for the book and fails for the mutant (of this factor only), or why there is none.

        ``conditions`` are those of the changed statement, before and after.
        """
        read = asked(self.book, conditions)
        otherwise: list[m.Example] = []
        same = _effects(mutant) == _effects(self._base)
        starts = (*self.examples, *supposing_as(self.examples)) if any(x.open for x in read.values()) else self.examples
        near = (other for example in starts for other in neighbours(self.book, example, read))
        for example in islice(chain(starts, near), self.most):
            if found := self._tell(mutant, example, otherwise, same_effects=same):
                return Found(found)
        seeds = otherwise[:: max(1, len(otherwise) // _SEEDS)][:_SEEDS]
        for start in seeds:
            for example in islice(neighbours(self.book, start, self._asked), self.most // _SEEDS):
                if found := self._tell(mutant, example, [], same_effects=same):
                    return Found(found)
        if otherwise:
            return Found(None, f"another rule decides where it comes out otherwise: {self._standing_by(otherwise[0])}")
        # Nothing made the statement come out otherwise: two of its answers may have to change together.
        for start in islice(near_all(self.book, self.examples, read), 0, self.most // 10, 7):
            for example in neighbours(self.book, start, read):
                if found := self._tell(mutant, example, [], same_effects=same):
                    return Found(found)
        return Found(None, "no rule came out otherwise on anything that was tried")

    def _standing_by(self, example: m.Example) -> str:
        """The rules that give the level on an example, with their lines."""
        tried = self._try(example)
        if tried is None or tried.came is None:
            return "nothing gives a level"
        standing = tried.came.standing
        level = (standing.hands_on or (standing.lowest,))[0].level
        rules = [
            one.rule for one in standing.candidates if one.position.level == level and one.truth and not one.closed
        ]
        said = dict.fromkeys(f"`{effect_said(rule.effect)}` (line {rule.source.place.line})" for rule in rules)
        return ", ".join(list(said)[:3]) or f"level {level}"

    def _tell(
        self, mutant: m.RuleBook, example: m.Example, otherwise: list[m.Example], *, same_effects: bool
    ) -> m.Example | None:
        """The example with what it gives, if the mutant gives something else; or a note that the rules differ on it."""
        tried = self._try(example)
        other = supposing(mutant, example.supposed)
        if tried is None or (same_effects and tried.verdicts == _verdicts(other, tried.facts)):
            return None
        if tried.came is None:
            base = supposing(self._base, example.supposed)
            tried.came = came_out(base, self.factor, tried.job, tried.facts, reference_of(base))
        expecting = giving(example, tried.came)
        if expecting and missed(expecting, came_out(other, self.factor, tried.job, tried.facts, reference_of(other))):
            return expecting
        otherwise.append(example)
        return None

    def _try(self, example: m.Example) -> _Tried | None:
        said = tuple((e.record, e.answers) for e in example.entries)
        key = (said, example.none, example.complete, example.decided, example.supposed)
        if key not in self._tried:
            if len(self._tried) >= _KEPT:
                self._tried.clear()
            try:
                case = case_of(self.book, example)
                base = supposing(self._base, example.supposed)
                self._tried[key] = _Tried(case.job, case.facts, _verdicts(base, case.facts))
            except Faulty:
                self._tried[key] = None
        return self._tried[key]


def near_all(book: m.RuleBook, examples: Iterable[m.Example], read: Mapping[str, Asked]) -> Iterator[m.Example]:
    """The neighbours of all examples in the questions that are read."""
    for example in examples:
        yield from neighbours(book, example, read)


def _verdicts(book: m.RuleBook, facts: Facts) -> Verdicts:
    return reference_of(book).verdicts(facts)


def _effects(book: m.RuleBook) -> list[m.Effect]:
    return [rule.effect for factor in book.factors.values() for rule in (*factor.rules, *factor.bars)]
