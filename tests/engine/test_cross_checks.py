"""Cross-checks: what the levels of several factors must meet together, with three values, and never an award."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jerules.engine.cross_checks import look
from jerules.engine.resolve import End
from jerules.engine.truth import NO, UNKNOWN, YES
from jerules.faults import Place
from jerules.rulebook.model import CrossCheck, Source, Status

FACTORS = (9, 10, 11, 12)
SOURCE = Source((), Status.BINDING, "", Place("job.jer", 1, 1, 1, 1))
Span = tuple[int, int]


def check(number: int = 1, above: int = 1) -> CrossCheck:
    """Above a level on at least so many of four factors."""
    return CrossCheck("njc/all/cross check", "Some of it.", above, number, FACTORS, "Why?", "", "", SOURCE)


def ends(*spans: Span) -> dict[int, tuple[End, End]]:
    """Where the factors stand, from the lowest to the highest level."""
    return {factor: (End(low), End(high)) for factor, (low, high) in zip(FACTORS, spans, strict=False)}


@pytest.mark.parametrize(
    ("spans", "number", "truth", "may_meet"),
    [
        ([(1, 1), (1, 1), (1, 1), (2, 2)], 1, YES, ()),
        ([(1, 1), (1, 1), (1, 1), (1, 1)], 1, NO, ()),
        ([(1, 3), (1, 1), (1, 2), (1, 1)], 1, UNKNOWN, (9, 11)),
        ([(1, 3), (1, 1), (1, 2), (3, 3)], 1, YES, ()),
        ([(1, 3), (1, 1), (1, 1), (1, 1)], 2, NO, ()),
        ([(1, 3), (2, 2), (1, 1), (1, 1)], 2, UNKNOWN, (9,)),
        ([(1, 1), (1, 1), (1, 1)], 1, UNKNOWN, (12,)),
    ],
)
def test_a_check_is_met_not_met_or_open(spans: list[Span], number: int, truth: int, may_meet: tuple[int, ...]) -> None:
    """It is open only where a level that is not settled, or not known, could still meet it; those are named."""
    found = look(check(number), ends(*spans))
    assert (found.truth, found.may_meet) == (truth, may_meet)


def test_a_factor_without_a_level_is_not_at_level_1() -> None:
    """Where the rules give none, nothing is known: the check stays open."""
    found = look(check(), {**ends((1, 1), (1, 1), (1, 1)), 12: (End(None), End(None))})
    assert (found.truth, found.may_meet) == (UNKNOWN, (12,))


_spans = st.tuples(st.integers(1, 5), st.integers(1, 5)).map(lambda pair: (min(pair), max(pair)))


@given(st.lists(_spans, min_size=4, max_size=4), st.integers(1, 4), st.integers(1, 4), st.data())
def test_whatever_the_levels_turn_out_to_be(spans: list[Span], number: int, above: int, data: st.DataObject) -> None:
    """A verdict that is not open is that of every choice of levels within the ranges."""
    wanted = check(number, above)
    levels = [data.draw(st.integers(low, high)) for low, high in spans]
    settled = look(wanted, ends(*((level, level) for level in levels))).truth
    assert settled == (YES if sum(level > above for level in levels) >= number else NO)
    assert look(wanted, ends(*spans)).truth in {settled, UNKNOWN}
