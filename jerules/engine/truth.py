"""Three values: a condition does not hold, may hold, or holds."""

from __future__ import annotations

from typing import Final

from jerules.quantities.kinds import Exact
from jerules.rulebook.conditions import Bound

NO: Final = 0
"""The answers given exclude it."""
UNKNOWN: Final = 1
"""An answer is missing that it turns on."""
YES: Final = 2
"""The answers given establish it."""

Truth = int


def compare(op: str, low: Exact, high: Exact, bound: Bound) -> Truth:  # noqa: PLR0911 - one a comparison
    """Compare an answer known to lie from ``low`` to ``high`` with a bound, all in the base unit of the bound's kind.

    Around a soft number, and against a parameter that no convention settles, the outcome stays open.
    """
    if bound.value is None:
        return UNKNOWN
    below, above = bound.soft or (bound.value, bound.value)
    soft = bound.around
    match op:
        case ">=":
            return YES if low >= above else NO if (high <= below if soft else high < below) else UNKNOWN
        case ">":
            return YES if (low >= above if soft else low > above) else NO if high <= below else UNKNOWN
        case "<=":
            return YES if (high <= below) else NO if (low >= above if soft else low > above) else UNKNOWN
        case "<":
            return YES if (high <= below if soft else high < below) else NO if low >= above else UNKNOWN
    if soft:
        return NO if high <= below or low >= above else UNKNOWN
    return YES if low == high == bound.value else NO if bound.value < low or bound.value > high else UNKNOWN
