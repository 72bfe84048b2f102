"""A rule that decides in no example cannot: without it, every job about which all is known comes to the same level."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jerules.exercise.coverage import cover, looks_of
from jerules.rulebook import model as m
from jerules.rulebook.load import load_rulebook
from jerules.verify.differences import of_factor
from jerules.verify.model import State


def decided_about(rule: m.Rule) -> str:
    """The factor or tool that a rule decides about: for evidence that is kept out, the one that it is kept out of."""
    return rule.effect.barred if isinstance(rule.effect, m.Bars) else rule.factor


def without(book: m.RuleBook, rule: m.Rule) -> m.RuleBook:
    """The book as it would be had nobody written that rule."""
    of = book.factors[decided_about(rule)]
    left = replace(of, rules=tuple(one for one in of.rules if one != rule), bars=tuple(b for b in of.bars if b != rule))
    assert left != of
    return replace(book, factors={**book.factors, of.key: left})


def changes_no_level(book: m.RuleBook, rule: m.Rule) -> bool:
    """Whether every job about which all is known comes to the same level without a rule."""
    return of_factor(book, without(book, rule), decided_about(rule)).state is State.PROVED


@pytest.mark.parametrize(("scheme", "most"), [("nhs", 7), ("njc", 12)])
def test_every_rule_decides_in_some_example_or_can_decide_in_no_job(scheme: str, most: int) -> None:
    """Whoever adds a rule adds an example in which it decides, or takes it out again; there are no more that cannot."""
    book = load_rulebook(scheme)
    seen = cover(book, looks_of(book, book.examples)).rules
    idle = [one for one in seen if not one.shown]
    assert len(idle) <= most, [one.says for one in idle]
    for one in idle:
        assert changes_no_level(book, one.rule), one.says


def test_a_rule_that_decides_would_be_missed() -> None:
    """The proof is not blind: leaving out a rule that some example needs changes a level."""
    book = load_rulebook("nhs", examples=False)
    giving = [one for one in book.factors["12"].rules if isinstance(one.effect, m.GivesLevel) and one.condition]
    rule = max(giving, key=lambda one: one.effect.position.level if isinstance(one.effect, m.GivesLevel) else 0)
    assert not changes_no_level(book, rule)
