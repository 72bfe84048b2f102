"""Cross-checks, three-valued: whether the levels of several factors meet together what is asked of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jerules.engine.resolve import End
from jerules.engine.truth import NO, UNKNOWN, YES, Truth
from jerules.rulebook.model import CrossCheck

Ends = tuple[End, End]


@dataclass(frozen=True, slots=True)
class Found:
    """How a cross-check came out, and the factors that could still meet it while it is open."""

    truth: Truth
    may_meet: tuple[int, ...]


def look(check: CrossCheck, ends: Mapping[int, Ends]) -> Found:
    """Hold a cross-check against the lowest and the highest level of each factor, after resolution.

    A factor that is not among ``ends``, or that the rules give no level, may stand anywhere.
    """
    sure, may = 0, []
    for factor in check.factors:
        low, high = ends.get(factor, (End(None), End(None)))
        if low.level is not None and low.level > check.above:
            sure += 1
        elif high.level is None or high.level > check.above:
            may.append(factor)
    if sure >= check.number:
        return Found(YES, ())
    return Found(UNKNOWN, tuple(may)) if sure + len(may) >= check.number else Found(NO, ())
