"""Which rules held on a job, and which of them decided where the factor stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from jerules.engine.facts import Facts
from jerules.engine.resolve import Standing, resolve, tool_standing
from jerules.engine.truth import NO, UNKNOWN, YES, Truth
from jerules.engine.verdicts import Verdicts
from jerules.exercise.changes import OfRule, changed, only
from jerules.explain.evaluate import reference_of
from jerules.rulebook import model as m
from jerules.rulebook.procedure import Procedural

Decided = tuple[str, int, bool]
"""A rule: its factor, its place there, and whether it is one of the bars."""


@dataclass(frozen=True, slots=True)
class Deciding:
    """What decides one factor on one job. ``small`` is ``book`` with this factor only, ``verdicts`` are its own."""

    book: m.RuleBook
    small: m.RuleBook
    factor: str
    facts: Facts
    verdicts: Verdicts

    def rules(self) -> tuple[list[Decided], list[Decided]]:
        """The rules that held, and those that decided where the factor stands.

        A level rule decides when the factor's lowest level is the one that it gives, or, of a tool, when that is the
        tool's by what is carried to the factor; any other rule when the factor would stand elsewhere without it.
        """
        standing = self._standing(self.verdicts)
        held: list[Decided] = []
        decided: list[Decided] = []
        for key, rules in self.small.factors.items():
            for index, (rule, truth) in enumerate(zip(rules.rules, self._truths(key), strict=False)):
                if _holds(rule, truth, standing):
                    held.append((key, index, False))
                if self._decides(key, index, rule, standing):
                    decided.append((key, index, False))
        for index, truth in enumerate(self.verdicts.barred[self.factor]):
            if truth == YES:
                held.append((self.factor, index, True))
            if truth != NO and _ends(self._without_bar(index)) != _ends(standing):
                decided.append((self.factor, index, True))
        return held, decided

    def _truths(self, key: str) -> Sequence[Truth]:
        """The truths of the factor's own rules, or of those of a tool as far as it is carried to the factor."""
        return self.verdicts.factors[key] if key == self.factor else self.verdicts.carried.get((key, self.factor), ())

    def _standing(self, verdicts: Verdicts) -> Standing:
        return resolve(self.small, verdicts, self.facts.decisions)[self.factor]

    def _of_tool(self, key: str) -> Standing | None:
        """Where a tool stands by what is carried to the factor, or None where it carries nothing."""
        if (key, self.factor) not in self.verdicts.carried:
            return None
        return tool_standing(self.small, self.verdicts, self.facts.decisions, key, self.factor)

    def _decides(self, key: str, index: int, rule: m.Rule, standing: Standing) -> bool:
        effect = rule.effect
        truth = self._truths(key)[index]
        if isinstance(effect, m.Asks | Procedural):
            return False
        if isinstance(effect, m.GivesLevel):
            of = standing if key == self.factor else self._of_tool(key)
            return of is not None and _gives_the_lowest(rule, effect.position.level, of)
        if isinstance(effect, m.Carries):
            raised = standing.hands_on not in {None, (standing.lowest, standing.highest)}
            return effect.factor == self.factor and raised and truth == YES
        return truth != NO and _ends(self._standing(self._with_no(key, index))) != _ends(standing)

    def _with_no(self, key: str, index: int) -> Verdicts:
        """The verdicts as they would be if one rule did not hold."""
        truths = self._truths(key)
        put = (*truths[:index], NO, *truths[index + 1 :])
        if key == self.factor:
            return replace(self.verdicts, factors={**self.verdicts.factors, key: put})
        return replace(self.verdicts, carried={**self.verdicts.carried, (key, self.factor): put})

    def _without_bar(self, index: int) -> Standing:
        small = _barless(self.book, self.factor, index)
        return resolve(small, reference_of(small).verdicts(self.facts), self.facts.decisions)[self.factor]


def _holds(rule: m.Rule, truth: Truth, standing: Standing) -> bool:
    if isinstance(rule.effect, Procedural):
        return rule.condition is None or truth == YES
    if rule.condition is None:
        return any(one.rule is rule and one.truth == YES for one in standing.candidates)
    return truth == YES


def _gives_the_lowest(rule: m.Rule, level: int, standing: Standing) -> bool:
    lowest = (standing.hands_on or (standing.lowest,))[0]
    sure = {YES} if rule.condition else {UNKNOWN, YES}  # what holds otherwise is never more than open beside others
    return any(
        one.rule is rule and one.truth in sure and one.closed == NO and level == lowest.level
        for one in standing.candidates
    )


@lru_cache(maxsize=32)
def _barless(book: m.RuleBook, factor: str, index: int) -> m.RuleBook:
    return only(changed(book, OfRule(factor, index, bar=True), None), factor)


def _ends(standing: Standing) -> tuple[object, ...]:
    return standing.lowest, standing.highest
