"""What an outcome leaves possible on each factor, and how it is told."""

from dataclasses import replace
from pathlib import Path

import pytest

from jerules.engine.choose import choose
from jerules.engine.resolve import End
from jerules.explain.evaluate import evaluate
from jerules.explain.outcome import Outcome
from jerules.jobs.load import load_job_file
from jerules.match.match import Kind, match
from jerules.match.standings import JobLevel, Reached, levels_of_outcome, levels_of_positions
from jerules.scheme.model import Position
from tests.match.profiles import NHS, profile

EXAMPLES = Path(__file__).resolve().parent.parent.parent / "docs" / "examples" / "nhs"


@pytest.fixture(scope="module")
def nurse() -> Outcome:
    """The outcome of an example job."""
    job, book = load_job_file(EXAMPLES / "staff-nurse.yaml")
    return evaluate(book, job, choose(book, "reference"))


def _of(outcome: Outcome, low: End, high: End, number: int = 5) -> JobLevel:
    """The level on one factor, were it to end so."""
    factors = tuple(replace(one, lowest=low, highest=high) if one.number == number else one for one in outcome.factors)
    return levels_of_outcome(replace(outcome, factors=factors))[number - 1]


@pytest.mark.parametrize(
    ("low", "high", "reached", "told"),
    [
        (End(2), End(2), (Reached(2),), "2"),
        (End(3, ("a",)), End(3, ("a",)), (Reached(3, ("a",), ("a",)),), "3(a)"),
        (End(3, ("a",)), End(3, ("a", "b")), (Reached(3, ("a",), ("a", "b")),), "3(a)"),
        (End(3), End(3), (Reached(3, (), ("a", "b")),), "3"),
        (End(2), End(4), (Reached(2), Reached(3, (), ("a", "b")), Reached(4)), "2 to 4"),
        (End(None), End(2), (Reached(1), Reached(2)), "1 to 2"),
        (
            End(None),
            End(None),
            (Reached(1), Reached(2), Reached(3, (), ("a", "b")), Reached(4), Reached(5)),
            "not known",
        ),
    ],
)
def test_what_an_outcome_leaves_possible(
    nurse: Outcome, low: End, high: End, reached: tuple[Reached, ...], told: str
) -> None:
    """Settled levels keep their options; of open ones every level between counts; no level at all is not level 1."""
    found = _of(nurse, low, high)
    assert (found.reached, str(found)) == (reached, told)


def test_levels_that_were_given() -> None:
    """A letter is sure, a missing one may be any of the level, and an unknown level may be any of the factor."""
    found = levels_of_positions(NHS, [Position(3, "b"), None, *[Position(3)] * 14])
    assert found[0].reached == (Reached(3, ("b",), ("b",)),)
    assert [one.level for one in found[1].reached] == list(range(1, 9))
    assert found[4].reached == (Reached(3, (), ("a", "b")),)


@pytest.mark.parametrize("number", [one.number for one in NHS.factors])
def test_a_factor_that_is_open_closes_no_result(nurse: Outcome, number: int) -> None:
    """The result of the whole job stays possible when one of its factors is open."""
    whole = match(levels_of_outcome(nurse), profile())
    factors = tuple(
        replace(one, lowest=End(None), highest=End(None)) if one.number == number else one for one in nurse.factors
    )
    found = match(levels_of_outcome(replace(nurse, factors=factors)), profile())
    assert whole.kind is Kind.PROFILE_MATCH
    assert Kind.PROFILE_MATCH in found.possible
    assert len(found.possible) > 1
