"""Order never matters: the same rules and answers, told in another order, give the same outcome."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from jerules.explain.outcome import FactorOutcome, Outcome
from jerules.jobs.model import Job
from jerules.rulebook.model import RuleBook
from tests.explain.test_questions import outcome
from tests.strategies.worlds import BOOKS, World, book, full_jobs, less_known, shuffled, texts, written


def told(factor: FactorOutcome) -> tuple[object, ...]:
    """What may not depend on any order: all of an outcome but the names of twins and the choice between equals."""
    why = factor.why_not
    return (
        factor.lowest,
        factor.highest,
        factor.points_range,
        sorted((str(r.position), r.truth, repr(r.rule.effect), r.tool) for r in factor.because),
        sorted((str(a.position), len(a.plan), a.blocked is None, a.tool) for a in why.answers) if why else None,
        sorted((q.kind, q.key, q.narrows, q.settles) for q in factor.open_questions),
        sorted(raised.truth for raised in factor.queries),
        sorted(kept.truth for kept in factor.kept_out),
    )


def all_told(found: Outcome) -> list[tuple[object, ...]]:
    return [told(factor) for factor in found.factors if factor.origin == "rules"]


@st.composite
def reordered(draw: st.DrawFn) -> World:
    """A book and a job, and both in another order."""
    seed = draw(st.integers(0, BOOKS - 1))
    chance = random.Random(draw(st.integers(0, 999)))  # noqa: S311 - no secret
    job = draw(less_known(draw(full_jobs(book(seed)))))
    return World((book(seed), job, shuffled(job, chance), _other_order(seed, chance)))


def _other_order(seed: int, chance: random.Random) -> RuleBook:
    """The book of a seed with its statements and files in another order."""
    files = {}
    for name, text in texts(seed).items():
        lines = text.splitlines()
        if name != "job.jer":
            head, rest = lines[:3], lines[3:]
            lines = [*head, *chance.sample(rest, len(rest))]
        files[name] = "\n".join(lines) + "\n"
    names = chance.sample(list(files), len(files))
    return written({name: files[name] for name in names})


@given(reordered())
def test_order_does_not_matter(world: tuple[RuleBook, Job, Job, RuleBook]) -> None:
    """Outcome ∘ shuffle = outcome: of rules, terms, files, entries and answers."""
    rules, job, other_job, other_rules = world
    expected = all_told(outcome(rules, job))
    assert all_told(outcome(rules, other_job)) == expected
    assert all_told(outcome(other_rules, job)) == expected
