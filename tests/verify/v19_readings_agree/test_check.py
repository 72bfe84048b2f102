"""V19: a reading of the rules that finds something else than the others."""

import operator
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from jerules.engine.truth import YES
from jerules.jobs.model import Job
from jerules.rulebook.model import RuleBook
from jerules.verify import axes, shown
from jerules.verify.formulas import NO
from jerules.verify.model import State
from jerules.verify.witness import Seen, look
from jerules.verify.worlds import Answers
from tests.verify.checked import answers, book, checked, checked_book, finding, in_state, refuted

HERE = Path(__file__).parent


def test_the_readings_agree_about_rules_of_every_sort() -> None:
    """The evaluators, the solver and the cells, on the same jobs."""
    found = checked(HERE / "good.jer", "V19")
    assert in_state(found, State.PROVED) == ["evaluators", "solver", "cells"]
    assert found["cells"].says.startswith("2 terms come out in the cells as in the explanations of ")
    assert found["solver"].by == ("solver", "replay")


def test_a_solver_that_mistakes_a_cut_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """15 kg itself is among the jobs, and meets the rule by every other reading."""
    from jerules.verify.worlds import Reading

    compares = Reading.compares
    monkeypatch.setattr(
        Reading, "compares", lambda reading, leaf, number: compares(reading, replace(leaf, op=">"), number)
    )
    found = checked(HERE / "bad.jer", "V19")
    assert refuted(found) == ["solver"]
    wrong = finding(found, "solver")
    assert wrong.message == "“level 3(c)” holds, and not in the solver"
    assert any("weight 15 kg" in one for one in answers(wrong))


def test_cells_that_mistake_a_cut_are_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same of the cells."""
    monkeypatch.setitem(axes._TESTS, ">=", operator.gt)
    found = checked(HERE / "bad.jer", "V19")
    assert refuted(found) == ["cells"]
    assert finding(found, "cells").message == "“heavy” comes out otherwise in the cells than in an explanation"


def test_an_evaluator_that_differs_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that finds every rule to hold."""

    def always(book: RuleBook, factor: str, job: Job) -> Iterator[tuple[str, Seen]]:
        for _, seen in list(look(book, factor, job))[:1]:
            yield "reference", seen
            yield "another", replace(seen, truths=dict.fromkeys(seen.truths, YES))

    monkeypatch.setattr(shown, "look", always)
    found = checked(HERE / "bad.jer", "V19")
    assert refuted(found) == ["evaluators"]
    assert finding(found, "evaluators").message == (
        "the another evaluator and the reference evaluator find different things"
    )


def test_a_job_that_the_solver_cannot_think_of_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """A domain that is too narrow would make every proof worth less."""
    present = Answers.present
    monkeypatch.setattr(Answers, "present", lambda job, record, entry: NO if entry else present(job, record, entry))
    found = checked(HERE / "bad.jer", "V19")
    assert refuted(found) == ["solver"]


def test_a_word_without_a_definition_has_no_cells() -> None:
    """Such as one whose only definition was left out as a slip: it is passed over, and nothing is refuted."""
    rules = book((HERE / "good.jer").read_text(encoding="utf-8"))
    key, term = next(iter(rules.terms.items()))
    left = replace(rules, terms={**rules.terms, key: replace(term, definitions=())})
    found = checked_book(left, "V19")
    assert found["cells"].state is State.PROVED
    assert found["cells"].says.startswith("1 terms come out in the cells as in the explanations of ")
