"""The reference evaluator against the plainest reading there is, and the laws that hold of any evaluator."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from jerules.engine.facts import lay_out
from jerules.engine.reference.evaluator import ReferenceEvaluator
from jerules.engine.truth import UNKNOWN
from jerules.engine.verdicts import Verdicts
from jerules.jobs.model import Job
from jerules.rulebook.model import RuleBook
from jerules.rulebook.once import once_per_book
from tests.engine.oracle import Oracle
from tests.strategies.worlds import World, shuffled, two_views, worlds


@once_per_book
def reference(book: RuleBook) -> ReferenceEvaluator:
    return ReferenceEvaluator(book)


def verdicts(book: RuleBook, job: Job) -> Verdicts:
    return reference(book).verdicts(lay_out(book, job))


@given(worlds())
def test_the_reference_is_the_oracle(world: World) -> None:
    """Verdicts = oracle: code that was written for a book finds what walking its conditions finds."""
    book, job = world
    assert verdicts(book, job) == Oracle(book, job).verdicts()


@given(two_views())
def test_what_is_established_stays_so(views: World) -> None:
    """Less ⊑ more: a rule that holds, or does not, keeps its truth whatever else comes to be known."""
    book, more, less = views
    before, after = verdicts(book, less), verdicts(book, more)
    for key, truths in before.factors.items():
        assert all(x in {UNKNOWN, y} for x, y in zip(truths, after.factors[key], strict=True))
    for pair, truths in before.carried.items():
        assert all(x in {UNKNOWN, y} for x, y in zip(truths, after.carried[pair], strict=True))


@given(worlds(), st.randoms(use_true_random=False))
def test_the_order_of_entries_does_not_matter(world: World, chance: random.Random) -> None:
    """Verdicts ∘ shuffle = verdicts."""
    book, job = world
    assert verdicts(book, job) == verdicts(book, shuffled(job, chance))
