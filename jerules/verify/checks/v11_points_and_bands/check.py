"""V11: points rise with the level; bands leave no hole; every total that can be reached has exactly one band.

Which totals can be reached is worked out exactly: a set of totals is one whole number, in which the bit of each total
is set, and a level of a factor shifts it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from itertools import pairwise
from operator import or_
from typing import Final

from jerules.rulebook import model as m
from jerules.scheme.model import Factor, Scheme
from jerules.verify.model import Finding, Obligation, State
from jerules.verify.settle import READING

CODE = "V11"
TITLE = "points and bands"
TOTALS: Final = "totals"
"""The subject under which totals without a band are accepted."""


def of_book(book: m.RuleBook) -> Iterator[Obligation]:
    """The points of every factor, the bands side by side, and the totals that can be reached."""
    scheme = book.scheme
    for factor in scheme.factors:
        yield _rising(factor)
    if scheme.bands:
        yield _meeting(scheme)
        yield _banded(scheme)
        yield _near(scheme)


def _obligation(subject: str, says: str, wrong: Finding | None = None) -> Obligation:
    return Obligation(CODE, "", subject, says, State.REFUTED if wrong else State.PROVED, (READING,), wrong)


def _rising(factor: Factor) -> Obligation:
    says = f"a higher level of “{factor.title}” has more points"
    wrong = [
        f"level {upper.number} has {upper.points} and level {lower.number} has {lower.points}"
        for lower, upper in pairwise(factor.levels)
        if upper.points <= lower.points
    ]
    finding = Finding("a higher level has no more points", regions=tuple(wrong), help="correct the data of the scheme")
    return _obligation(f"points/{factor.number}", says, finding if wrong else None)


def _meeting(scheme: Scheme) -> Obligation:
    says = "each band begins right above the one below it"
    wrong = [
        f"band {lower.name} ends at {lower.high} and band {upper.name} begins at {upper.low}"
        for lower, upper in pairwise(scheme.bands)
        if upper.low != lower.high + 1
    ]
    finding = Finding("the bands do not meet", regions=tuple(wrong), help="correct the data of the scheme")
    return _obligation("bands", says, finding if wrong else None)


def _banded(scheme: Scheme) -> Obligation:
    says = "every total that some levels make is in exactly one band"
    reached = totals_of(scheme.factors)
    wrong = []
    for bands, words in ((0, "no band"), (2, "more than one band")):
        found = [total for total in reached if min(_bands(scheme, total), 2) == bands]
        wrong += [f"{_words(run)}: {words}, such as {example(scheme, run[0])}" for run in _runs(found, reached)]
    finding = Finding(
        "levels can be given that make a total without one band",
        regions=tuple(wrong),
        help="say what such a total means, and accept this with that reason",
    )
    return _obligation(TOTALS, says, finding if wrong else None)


def _near(scheme: Scheme) -> Obligation:
    """For the panel to know, and never wrong: how many totals lie one level of one factor from another band."""
    near = one_step_away(scheme)
    every = len(totals_of(scheme.factors))
    says = f"of {every} totals, one level of one factor can take {len(near)} into another band"
    return _obligation("boundaries", says)


# ── totals ───────────────────────────────────────────────────────────────────────────────────────────────────────


def totals_of(factors: Sequence[Factor]) -> list[int]:
    """Every total that some levels of these factors make, in rising order."""
    return _bits(_reached(factors))


def one_step_away(scheme: Scheme) -> list[int]:
    """The totals that one level more or less on one factor can take into another band, in rising order."""
    found: set[int] = set()
    for factor in scheme.factors:
        others = totals_of([other for other in scheme.factors if other is not factor])
        for lower, upper in pairwise(factor.levels):
            for rest in others:
                below, above = rest + lower.points, rest + upper.points
                if scheme.band_of(below) is not scheme.band_of(above):
                    found |= {below, above}
    return sorted(found)


def example(scheme: Scheme, total: int) -> str:
    """Levels, one for each factor in order, that make a total: “levels 8, 8, … make 766”."""
    levels: list[int] = []
    left = total
    for place, factor in enumerate(scheme.factors):
        rest = _reached(scheme.factors[place + 1 :])
        for level in reversed(factor.levels):
            if left >= level.points and rest >> (left - level.points) & 1:
                levels.append(level.number)
                left -= level.points
                break
    return f"levels {', '.join(map(str, levels))}, which make {total}"


def _reached(factors: Sequence[Factor]) -> int:
    def with_factor(totals: int, factor: Factor) -> int:
        return reduce(or_, (totals << level.points for level in factor.levels))

    return reduce(with_factor, factors, 1)


def _bits(totals: int) -> list[int]:
    return [place for place, bit in enumerate(reversed(f"{totals:b}")) if bit == "1"]


def _bands(scheme: Scheme, total: int) -> int:
    return sum(band.low <= total <= band.high for band in scheme.bands)


def _runs(found: Sequence[int], reached: Sequence[int]) -> Iterator[list[int]]:
    """Those found, in runs between which something else can be reached."""
    after = dict(pairwise(reached))
    run: list[int] = []
    for total in found:
        if run and after[run[-1]] != total:
            yield run
            run = []
        run.append(total)
    if run:
        yield run


def _words(run: Sequence[int]) -> str:
    return f"a total of {run[0]}" if len(run) == 1 else f"{len(run)} totals from {run[0]} to {run[-1]}"
