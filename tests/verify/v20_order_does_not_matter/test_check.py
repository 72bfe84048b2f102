"""V20: levels that depend on the order of rules or entries."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from jerules.engine.resolve import End, Standing
from jerules.engine.truth import YES
from jerules.engine.verdicts import Verdicts
from jerules.rulebook import model as m
from jerules.scheme.model import Position
from jerules.verify.checks.v20_order_does_not_matter import check
from jerules.verify.checks.v20_order_does_not_matter.check import reversed_book
from jerules.verify.model import State
from tests.verify.checked import answers, book, checked, finding, in_state, refuted

HERE = Path(__file__).parent


def first_that_holds(
    rules: m.RuleBook, verdicts: Verdicts, decisions: Mapping[str, Position]
) -> Mapping[str, Standing]:
    """A resolution as it must not be: whatever rule comes first decides."""
    assert not decisions
    found = {}
    for key, truths in verdicts.factors.items():
        levels = [
            rule.effect.position.level
            for rule, truth in zip(rules.factors[key].rules, truths, strict=True)
            if isinstance(rule.effect, m.GivesLevel) and truth == YES
        ]
        end = End(levels[0] if levels else 1)
        found[key] = Standing(end, end, ())
    return found


def test_rules_and_entries_the_other_way_round_come_out_alike() -> None:
    """On every sample job."""
    found = checked(HERE / "good.jer", "V20")
    assert in_state(found, State.PROVED) == ["order"]


def test_an_order_that_matters_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """A job that meets both rules is level 2 one way round and level 3 the other."""
    monkeypatch.setattr(check, "resolve", first_that_holds)
    found = checked(HERE / "bad.jer", "V20")
    assert refuted(found) == ["order"]
    wrong = finding(found, "order")
    assert wrong.message == "the order of the rules or of the entries moves the level"
    assert len(answers(wrong)) >= 1


def test_a_book_reversed_twice_is_the_same_book() -> None:
    """And reversed once it has the same rules, last first."""
    good = book((HERE / "good.jer").read_text(encoding="utf-8"))
    once = reversed_book(good)
    assert once.factors["13"].rules == good.factors["13"].rules[::-1]
    assert reversed_book(once).factors == good.factors
    assert reversed_book(once).terms == good.terms
