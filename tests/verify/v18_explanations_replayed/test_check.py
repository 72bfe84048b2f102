"""V18: explanations that show too little or too much."""

from pathlib import Path

import pytest

from jerules.explain.proof import Step
from jerules.explain.pruning import Pruner, Said
from jerules.rulebook import conditions as c
from jerules.verify.checks.v18_explanations_replayed import check
from jerules.verify.model import State
from tests.verify.checked import checked, finding, in_state, refuted

HERE = Path(__file__).parent


def test_explanations_of_every_sort_of_rule_are_proved() -> None:
    """Levels, decisions, floors, caps and closed levels; a query moves nothing and is left out."""
    found = checked(HERE / "good.jer", "V18")
    assert in_state(found, State.PROVED) == [
        "level 3(c)",
        "level 2(d)",
        "level 2(b)",
        "panel decides odd",
        "at least 2",
        "at most 4",
        "not 4(b)",
    ]
    assert len(found) == 7
    assert found["level 3(c)"].by == ("replay",)


def test_an_explanation_that_is_not_pruned_shows_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    """With everything shown that was looked at, something in it is idle."""

    def everything(_: Pruner, step: Step) -> frozenset[Said]:
        found = {(step.subject.record, -1, "")} if isinstance(step.subject, c.Some) else set()
        if isinstance(step.subject, c.Leaf) and step.entry is not None:
            found.add((step.subject.question.record, step.entry.number, step.subject.question.name))
        for child in step.children:
            found |= everything(_, child)
        return frozenset(found)

    assert not refuted(checked(HERE / "bad.jer", "V18"))
    monkeypatch.setattr(check, "prune", lambda step: step)
    monkeypatch.setattr(Pruner, "said", everything)
    found = checked(HERE / "bad.jer", "V18")
    assert refuted(found) == ["level 3(c)"]
    wrong = finding(found, "level 3(c)")
    assert wrong.message.startswith("the explanation shows `effort.")
    assert wrong.message.endswith("of entry 1, and does not need it")


def test_an_explanation_that_leaves_out_an_answer_is_not_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """With one answer less the conclusion does not follow."""
    said = Pruner.said
    monkeypatch.setattr(Pruner, "said", lambda pruner, step: frozenset(sorted(said(pruner, step))[1:]))
    found = checked(HERE / "bad.jer", "V18")
    assert refuted(found) == ["level 3(c)"]
    assert finding(found, "level 3(c)").message == "what the explanation shows is not enough for its conclusion"
