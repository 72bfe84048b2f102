"""Whatever passes as a pack takes nothing away: the promise of ``jerules/rulebook/binding.py``, on random books."""

from collections import Counter
from functools import lru_cache

from hypothesis import given, settings
from hypothesis import strategies as st

from jerules.documents.text import Source
from jerules.engine.facts import lay_out
from jerules.engine.reference.evaluator import ReferenceEvaluator
from jerules.engine.resolve import Standing, resolve
from jerules.faults import Faulty
from jerules.jobs.model import Job
from jerules.rulebook.load import book_of
from jerules.rulebook.model import RuleBook
from jerules.scheme.load import load_scheme
from tests.strategies.worlds import book, full_jobs, local_statements, seeds, texts

HEAD = 'scheme nhs\nfactor 13 "Physical effort"\npack "Ours"\n'
PACKS = 20
"""How many packs are tried on each book."""


@lru_cache(maxsize=512)
def packed(seed: int, number: int) -> tuple[RuleBook, tuple[str, ...], tuple[str, ...]]:
    """A book with those of the statements on top that pass; and which did, and which were refused."""
    rules = [Source(name, text) for name, text in texts(seed).items()]
    found, passed, refused = book(seed), list[str](), list[str]()
    for statement in local_statements(seed, number):
        try:
            pack = Source("pack.jer", HEAD + "".join(f"{one}\n" for one in (*passed, statement)))
            found = book_of(load_scheme("nhs"), rules, [pack])
            passed.append(statement)
        except Faulty:
            refused.append(statement)
    return found, tuple(passed), tuple(refused)


@lru_cache(maxsize=512)
def evaluator(found: RuleBook) -> ReferenceEvaluator:
    """The evaluator of a book, written once."""
    return ReferenceEvaluator(found)


def standing(found: RuleBook, job: Job) -> Standing:
    """Where factor 13 comes to stand."""
    facts = lay_out(found, job)
    return resolve(found, evaluator(found).verdicts(facts), facts.decisions)["13"]


@settings(max_examples=150)
@given(seeds(), st.integers(0, PACKS - 1), st.data())
def test_no_pack_that_passes_lowers_a_level(seed: int, number: int, data: st.DataObject) -> None:
    """Of a job about which everything is known, neither end of the range is lower with the pack than without."""
    found, passed, _ = packed(seed, number)
    job = data.draw(full_jobs(book(seed)))
    before, after = standing(book(seed), job), standing(found, job)
    assert (after.lowest.level or 0) >= (before.lowest.level or 0), passed
    assert (after.highest.level or 0) >= (before.highest.level or 0), passed


def test_statements_of_every_sort_pass_and_are_refused() -> None:
    """So the test above is about something: none of the sorts is always let through, nor always kept out."""
    passes, refusals = Counter[str](), Counter[str]()
    for seed in range(20):
        for number in range(4):
            _, passed, refused = packed(seed, number)
            passes.update(" ".join(one.split()[:2]) for one in passed)
            refusals.update(" ".join(one.split()[:2]) for one in refused)
    for sort in ("at least", "at most", "extend term"):
        assert passes[sort]
        assert refusals[sort]
    assert refusals["count once"]
    assert any(sort.startswith("not ") for sort in refusals)
