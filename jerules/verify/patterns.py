"""Which numbers of shifts in a year a job is tried with, where the solver lets each answer have shifts of its own."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise
from typing import Final

from jerules.quantities.calendar import FEWEST_SHIFTS, MOST_SHIFTS
from jerules.quantities.kinds import WHOLE_SHARE, Exact, Kind, exact
from jerules.rulebook import conditions as c
from jerules.verify.axes import USUAL_SHIFTS

ORDINARY: Final = (USUAL_SHIFTS, 156, 364, 104, 52, 12, 728, 234, 130)
"""What people work, the most usual first."""


def patterns(leaves: Iterable[c.Leaf]) -> tuple[Exact, ...]:
    """Shifts in a year, the usual ones first, of which one will do wherever any will.

    As the shifts grow, which cuts of a rate lie below which cuts of a share changes only where two of them meet. So a
    number where two meet, or one between two such, stands for every other; but not for what entries come to together.
    """
    cuts = [leaf for leaf in leaves if leaf.question.type.kind is Kind.FREQUENCY]
    if not cuts:
        return (USUAL_SHIFTS,)
    found = sorted({*meeting(cuts), MOST_SHIFTS})
    between = [exact(Fraction(low + high) / 2) for low, high in pairwise(found)]
    return tuple(dict.fromkeys((*ORDINARY, *found, *between)))


def meeting(leaves: Iterable[c.Leaf]) -> set[Exact]:
    """The fewest shifts in a year, and the others at which a cut of a rate meets one of a share."""
    cuts = [leaf for leaf in leaves if isinstance(leaf, c.Compare) and leaf.question.type.kind is Kind.FREQUENCY]
    rates = {end for leaf in cuts if leaf.part is c.Part.VALUE for end in _ends(leaf)}
    shares = {WHOLE_SHARE, *(end for leaf in cuts if leaf.part is c.Part.SHARE for end in _ends(leaf))}
    found = {exact(Fraction(rate * WHOLE_SHARE) / share) for rate in rates for share in shares if share}
    return {FEWEST_SHIFTS, *(one for one in found if FEWEST_SHIFTS <= one <= MOST_SHIFTS)}


def _ends(leaf: c.Compare) -> Iterable[Exact]:
    return leaf.bound.soft or (() if leaf.bound.value is None else (leaf.bound.value,))
