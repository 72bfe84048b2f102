"""durable-rules inside the flat fragment against the plainest matcher there is: the same firings, chains included."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jerules.engine.durable.driver import Ruleset, available, why_not_available
from tests.engine.durable.naive import by_engine, naively, random_case

pytestmark = pytest.mark.skipif(not available(), reason=why_not_available())


@given(st.randoms(use_true_random=False))
def test_the_engine_fires_what_a_naive_matcher_fires(chance: random.Random) -> None:
    """On flat rules, reference = durable: the same rules on the same facts, as often, at the fixpoint."""
    case = random_case(chance)
    with Ruleset(case.rules) as ruleset:
        assert by_engine(case, ruleset) == naively(case)


@pytest.mark.parametrize("seed", range(5))
def test_a_fixed_stream_of_cases_agrees(seed: int) -> None:
    """The same on 500 fixed cases, so that something is matched in every run of the tests."""
    firings = 0
    for number in range(100):
        case = random_case(random.Random(f"{seed}/{number}"))  # noqa: S311 - no secret
        with Ruleset(case.rules) as ruleset:
            found, expected = by_engine(case, ruleset), naively(case)
        assert found == expected, f"{seed}/{number}"
        firings += sum(found.values())
    assert firings > 100
