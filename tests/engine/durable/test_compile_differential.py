"""Random rule books and random jobs: durable-rules and the reference find the same, whatever is asked."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jerules.engine.durable import clauses
from jerules.engine.durable import compile as compiled
from jerules.engine.durable.compile import DurableEvaluator
from jerules.engine.durable.driver import available, why_not_available
from jerules.engine.reference.evaluator import ReferenceEvaluator
from jerules.engine.resolve import resolve
from jerules.engine.truth import YES
from jerules.rulebook.model import RuleBook
from tests.strategies.jobs import JobMaker, jobs_for
from tests.strategies.rulebooks import random_book, rulebooks

pytestmark = pytest.mark.skipif(not available(), reason=why_not_available())


def agree(book: RuleBook, seed: int, jobs: int) -> bool:
    """Whether the two find the same for some random jobs."""
    chance = Random(seed)  # noqa: S311 - no secret
    durable, reference, maker = DurableEvaluator(book), ReferenceEvaluator(book), JobMaker(book)
    some = [maker.facts(chance) for _ in range(jobs)]
    return all(durable.verdicts(facts) == reference.verdicts(facts) for facts in some)


@settings(max_examples=40)
@given(data=st.data())
def test_the_verdicts_are_the_references(data: st.DataObject) -> None:
    """Every rule, bar and carried rule has the same truth, and so every factor the same standing."""
    book: RuleBook = data.draw(rulebooks())
    durable, reference = DurableEvaluator(book), ReferenceEvaluator(book)
    for _ in range(3):
        facts = data.draw(jobs_for(book))
        found, expected = durable.verdicts(facts), reference.verdicts(facts)
        assert found == expected
        assert resolve(book, found, facts.decisions) == resolve(book, expected, facts.decisions)


@pytest.mark.parametrize("most", [1, 40])
def test_folding_more_or_less_changes_nothing(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """All alternatives worked out beforehand, or nearly all as rules of their own: the verdicts are the same."""
    monkeypatch.setattr(clauses, "MOST_OF_AN_ENTRY", most)
    monkeypatch.setattr(clauses, "MOST_OF_A_JOB", most)
    books = [random_book(Random(f"fold/{seed}")) for seed in range(12)]  # noqa: S311 - no secret
    assert all(agree(book, seed, 4) for seed, book in enumerate(books) if book)


def test_the_comparison_can_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    """An evaluator that takes what is possible for established is found out."""

    def rash(*_: Any) -> Any:  # noqa: ANN401 - a predicate of any fact
        return lambda _: True

    monkeypatch.setattr(compiled, "predicate", rash)
    books = [random_book(Random(f"fold/{seed}")) for seed in range(6)]  # noqa: S311 - no secret
    assert not all(agree(book, seed, 6) for seed, book in enumerate(books) if book)


def test_supports_are_entries_that_there_are() -> None:
    """Each support is an entry of the job, and a rule with supports holds or may hold."""
    for seed in range(8):
        chance = Random(f"supports/{seed}")  # noqa: S311 - no secret
        book = random_book(chance)
        if book is None:
            continue
        durable, facts = DurableEvaluator(book), JobMaker(book).facts(chance, not_asked=0)
        verdicts = durable.verdicts(facts)
        truths = {
            r.id: t for key, f in book.factors.items() for r, t in zip(f.rules, verdicts.factors[key], strict=True)
        }
        for rule, entries in durable.supports(facts).items():
            assert 0 < truths[rule] <= YES
            assert all(number < len(facts.records[record] or ()) for record, number in entries)
