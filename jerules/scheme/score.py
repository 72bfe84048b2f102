"""From positions to points, a total, its band, and how near the next band is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jerules.faults import OurFault
from jerules.scheme.levels import read_levels
from jerules.scheme.model import Band, Factor, Position, Scheme
from jerules.scheme.shape import of

__all__ = ["Boundary", "Crossing", "FactorScore", "Score", "note_on", "reachable_totals", "read_levels", "score"]


@dataclass(frozen=True, slots=True)
class FactorScore:
    """One factor's part of a score; both empty when its level is not known."""

    factor: Factor
    position: Position | None
    points: int | None


@dataclass(frozen=True, slots=True)
class Boundary:
    """The nearest total outside the band on one side, how many points away, and its band (none above the top one)."""

    total: int
    distance: int
    band: Band | None


@dataclass(frozen=True, slots=True)
class Crossing:
    """Moving one factor by one level, when this carries the total into another band or out of every band."""

    factor: Factor
    from_level: int
    to_level: int
    delta: int
    total: int
    band: Band | None


@dataclass(frozen=True, slots=True)
class Score:
    """Points per factor and what follows from them.

    ``lowest`` and ``highest`` are the totals still possible; they agree when every level is known. ``band`` is filled
    only when every possible total falls into it; ``possible`` holds each band that one of them falls into, and at the
    end nothing when one has no band. Boundaries and crossings are worked out only for a settled total.
    """

    scheme: Scheme
    factors: tuple[FactorScore, ...]
    lowest: int
    highest: int
    band: Band | None = None
    possible: tuple[Band | None, ...] = ()
    lower: Boundary | None = None
    upper: Boundary | None = None
    crossings: tuple[Crossing, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def total(self) -> int | None:
        """The total, or nothing while a level is not known."""
        return self.lowest if self.lowest == self.highest else None


def score(scheme: Scheme, positions: Sequence[Position | None]) -> Score:
    """Score one position per factor, in the scheme's order; ``None`` stands for a level not known, never for level 1.

    The positions must have been checked against the scheme (:func:`read_levels` does); raises :class:`OurFault`
    otherwise.
    """
    if len(positions) != len(scheme.factors):
        message = f"{of(len(positions), 'position')} for {of(len(scheme.factors), 'factor')}"
        raise OurFault(message)
    factors = tuple(_of_factor(factor, position) for factor, position in zip(scheme.factors, positions, strict=True))
    totals = _totals(factors)
    lowest, highest = (totals & -totals).bit_length() - 1, totals.bit_length() - 1
    possible = _bands_of(scheme, totals)
    band = possible[0] if len(possible) == 1 else None
    notes = _notes(scheme, factors, lowest, highest)
    if lowest != highest:
        return Score(scheme, factors, lowest, highest, band, possible, notes=notes)
    return Score(
        scheme,
        factors,
        lowest,
        highest,
        band,
        possible,
        lower=_lower(scheme, lowest),
        upper=_upper(scheme, lowest),
        crossings=tuple(_crossings(scheme, factors, lowest)),
        notes=notes,
    )


def _of_factor(factor: Factor, position: Position | None) -> FactorScore:
    if position is None:
        return FactorScore(factor, None, None)
    level = factor.level(position.level)
    if level is None or (position.option is not None and position.option not in level.options):
        message = f"factor {factor.number} has no level {position}"
        raise OurFault(message)
    return FactorScore(factor, position, level.points)


def _totals(factors: Sequence[FactorScore]) -> int:
    """Every total that the known levels leave possible, as a set of bits: bit 388 stands for a total of 388."""
    totals = 1 << sum(one.points for one in factors if one.points is not None)
    for one in factors:
        if one.points is None:
            so_far, totals = totals, 0
            for level in one.factor.levels:
                totals |= so_far << level.points
    return totals


def _bands_of(scheme: Scheme, totals: int) -> tuple[Band | None, ...]:
    found: list[Band | None] = []
    for band in scheme.bands:
        within = ((1 << (band.high - band.low + 1)) - 1) << band.low
        if totals & within:
            found.append(band)
            totals &= ~within
    return (*found, None) if totals and scheme.bands else tuple(found)


def note_on(scheme: Scheme, total: int) -> str:
    """What is to be said of a total that has no band, or whose band has a note of its own; else an empty text.

    ``total`` may come from elsewhere and need not be reachable.
    """
    if not scheme.bands:
        return scheme.no_bands
    top, bottom = scheme.bands[-1], scheme.bands[0]
    if total > top.high:
        return f"No band: {top.high} is the highest total with a band."
    if total < bottom.low:
        return f"No band: {bottom.low} is the lowest total with a band."
    if total < scheme.lowest:
        return f"Level 1 on every factor already gives {scheme.lowest}: no job can have fewer points."
    band = scheme.band_of(total)
    return band.note if band else ""


def _notes(scheme: Scheme, factors: Sequence[FactorScore], lowest: int, highest: int) -> tuple[str, ...]:
    notes: list[str] = []
    unknown = [str(one.factor.number) for one in factors if one.points is None]
    if unknown:
        *most, last = unknown
        them = f"levels of factors {', '.join(most)} and {last} are" if most else f"level of factor {last} is"
        notes.append(f"The {them} not known, so the total is not settled.")
    for total in (lowest, highest):
        note = note_on(scheme, total)
        if scheme.bands and lowest <= scheme.bands[-1].high < total:
            note = f"Some of these totals have no band: {scheme.bands[-1].high} is the highest total with a band."
        if note and note not in notes:
            notes.append(note)
    return tuple(notes)


def _lower(scheme: Scheme, total: int) -> Boundary | None:
    """The highest total of the band below; for a total above every band, of the top band."""
    below = [band for band in scheme.bands if band.high < total]
    return Boundary(below[-1].high, total - below[-1].high, below[-1]) if below else None


def _upper(scheme: Scheme, total: int) -> Boundary | None:
    """The lowest total of the band above; in the top band, the first total that has no band (if it can be reached)."""
    for band in scheme.bands:
        if band.low > total:
            return Boundary(band.low, band.low - total, band)
    if not scheme.bands:
        return None
    edge = scheme.bands[-1].high + 1
    return Boundary(edge, edge - total, None) if scheme.maximum is not None and total < edge <= scheme.maximum else None


def _crossings(scheme: Scheme, factors: Sequence[FactorScore], total: int) -> Iterator[Crossing]:
    """Every single step down or up that changes the band, in the order of the factors, the step down first."""
    here = scheme.band_of(total)
    for one in factors:
        if one.position is None or one.points is None:
            continue
        for to in (one.position.level - 1, one.position.level + 1):
            level = one.factor.level(to)
            if level is None:
                continue
            delta = level.points - one.points
            if here and here.low <= total + delta <= here.high:
                continue
            band = scheme.band_of(total + delta)
            if band is not here:
                yield Crossing(one.factor, one.position.level, to, delta, total + delta, band)


def reachable_totals(scheme: Scheme) -> frozenset[int]:
    """Every total that some choice of levels gives."""
    totals = _totals([FactorScore(factor, None, None) for factor in scheme.factors])
    return frozenset(total for total in range(totals.bit_length()) if totals >> total & 1)
