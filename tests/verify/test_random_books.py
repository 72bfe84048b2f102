"""The checks on random rule books: each comes to an end, and no two procedures ever find different things."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from jerules.rulebook.model import RuleBook
from jerules.verify.bench import Bench
from jerules.verify.checks import CHECKS
from jerules.verify.model import Obligation, State
from tests.strategies.rulebooks import rulebooks

CODES = ("V0", "V2", "V3", "V4", "V5", "V6", "V9", "V10")


@pytest.mark.parametrize("code", CODES)
@settings(max_examples=15)
@given(book=rulebooks())
def test_nothing_is_left_undecided(code: str, book: RuleBook) -> None:
    """Whatever the rules say, an obligation is proved or refuted: cells, solver and evaluators find the same."""
    check = next(one for one in CHECKS if one.code == code)
    found: list[Obligation] = []
    for key in book.factors:
        found += check.of_factor(Bench(book, key))
    found += check.of_book(book) if check.of_book else []
    assert not [one for one in found if one.state is State.UNDECIDED]
    assert len({(one.factor, one.subject) for one in found}) == len(found)
