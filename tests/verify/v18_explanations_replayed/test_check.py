"""V18: explanations that show too little or too much."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from jerules.explain.proof import Step
from jerules.explain.pruning import Said
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


def test_what_is_carried_is_explained_as_well() -> None:
    """To each factor to which the entries of the job are carried; and to no other."""
    tool = """\
scheme nhs
tool advisory "Advising others"
record advice "Advice that the job gives"
  label about
  about text asks "What is it about?"
  subject one of lifting, weather asks "Which of these is it about?"
  binding yes or no asks "Must it be followed?"
level 2 when some advice is (binding is no) cites definition
level 3 when some advice is binding, (subject is weather) cites definition
carry advice to 13 when subject is lifting cites definition
carry advice to 16 when subject is weather cites definition
"""
    found = checked(tool, "V18")
    assert in_state(found, State.PROVED) == ["level 2", "level 2 carried to 13", "level 3", "level 3 carried to 16"]
    assert len(found) == 4


def test_an_explanation_that_is_not_pruned_shows_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    """With everything shown that was looked at, something in it is idle."""
    assert not refuted(checked(HERE / "bad.jer", "V18"))
    monkeypatch.setattr(check, "prune", lambda step: step)
    found = checked(HERE / "bad.jer", "V18")
    assert refuted(found) == ["level 3(c)"]
    wrong = finding(found, "level 3(c)")
    assert wrong.message.startswith("the explanation shows `effort.")
    assert wrong.message.endswith("of entry 1, and does not need it")


def test_an_explanation_that_leaves_out_an_answer_is_not_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """With one answer less the conclusion does not follow."""
    shown = check.shown_in

    def all_but_one(tree: Step) -> Iterator[Said]:
        yield from sorted(set(shown(tree)))[1:]

    monkeypatch.setattr(check, "shown_in", all_but_one)
    found = checked(HERE / "bad.jer", "V18")
    assert refuted(found) == ["level 3(c)"]
    assert finding(found, "level 3(c)").message == "what the explanation shows is not enough for its conclusion"
