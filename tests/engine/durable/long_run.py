"""Compares durable-rules with the reference on random rule books and jobs, for as long as is wished.

Run by hand: ``python -m tests.engine.durable.long_run --cases 20000 --seed 1``. A case is one job under one rule book.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from random import Random

from jerules.engine.durable.compile import DurableEvaluator
from jerules.engine.facts import Facts
from jerules.engine.reference.evaluator import ReferenceEvaluator
from jerules.engine.resolve import resolve
from jerules.rulebook.model import RuleBook
from tests.strategies.jobs import JobMaker
from tests.strategies.rulebooks import random_book

JOBS_A_BOOK = 10


@dataclass
class Tally:
    """What was compared so far."""

    cases: int = 0
    books: int = 0
    verdicts: int = 0
    open_verdicts: int = 0
    holding: int = 0
    different: int = 0


def compare(
    book: RuleBook, durable: DurableEvaluator, reference: ReferenceEvaluator, facts: Facts, so_far: Tally
) -> bool:
    """Whether the two agree on a job."""
    found, expected = durable.verdicts(facts), reference.verdicts(facts)
    truths = [t for group in (expected.factors, expected.barred, expected.carried) for ts in group.values() for t in ts]
    so_far.cases += 1
    so_far.verdicts += len(truths)
    so_far.open_verdicts += truths.count(1)
    so_far.holding += truths.count(2)
    return found == expected and resolve(book, found, facts.decisions) == resolve(book, expected, facts.decisions)


def main() -> None:
    """Compare as many random cases as asked for, and print what differed."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    so_far = Tally()
    number = 0
    while so_far.cases < asked.cases:
        chance = Random(f"{asked.seed}/{number}")  # noqa: S311 - no secret
        number += 1
        book = random_book(chance)
        if book is None:
            continue
        so_far.books += 1
        durable, reference, maker = DurableEvaluator(book), ReferenceEvaluator(book), JobMaker(book)
        for _ in range(JOBS_A_BOOK):
            facts = maker.facts(chance)
            if not compare(book, durable, reference, facts, so_far):
                so_far.different += 1
                print(f"book {asked.seed}/{number - 1} differs on {facts}")  # noqa: T201 - run by hand
                break
    print(so_far)  # noqa: T201 - run by hand


if __name__ == "__main__":
    main()
