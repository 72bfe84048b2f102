"""Points, totals, bands, boundaries and the single steps that cross one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jerules.faults import OurFault
from jerules.scheme.load import load_scheme
from jerules.scheme.model import Position, Scheme
from jerules.scheme.score import note_on, read_levels, score

NHS = load_scheme("nhs")
NJC = load_scheme("njc")


def _choices(scheme: Scheme) -> st.SearchStrategy[tuple[int, ...]]:
    return st.tuples(*(st.integers(1, len(factor.levels)) for factor in scheme.factors))


def _total(scheme: Scheme, levels: tuple[int, ...]) -> int:
    return sum(factor.levels[level - 1].points for factor, level in zip(scheme.factors, levels, strict=True))


def _positions(levels: tuple[int, ...]) -> tuple[Position, ...]:
    return tuple(Position(level) for level in levels)


def _band(total: int) -> str | None:
    edges = [(160, "1"), (215, "2"), (270, "3"), (325, "4"), (395, "5"), (465, "6"), (539, "7"), (584, "8a")]
    edges += [(629, "8b"), (674, "8c"), (720, "8d"), (765, "9")]
    return next((name for edge, name in edges if total <= edge), None)


def test_a_whole_job() -> None:
    """A made-up job: total, band and both boundaries, worked out by hand."""
    found = score(NHS, read_levels(NHS, "5,5,3,2,3(a),5,2,2,3,1,1,3,3,2,3,3"))
    assert found.total == 45 + 120 + 27 + 15 + 27 + 30 + 12 + 12 + 21 + 4 + 5 + 21 + 12 + 7 + 18 + 12 == 388
    assert found.band is not None
    assert found.band.name == "5"
    assert found.lower is not None
    assert found.upper is not None
    assert (found.lower.total, found.lower.distance) == (325, 63)
    assert (found.upper.total, found.upper.distance) == (396, 8)
    assert [(c.factor.number, c.to_level, c.total) for c in found.crossings][:2] == [(1, 6, 403), (2, 6, 424)]


@given(_choices(NHS))
def test_nhs_total_and_band_agree_with_a_table_of_their_own(levels: tuple[int, ...]) -> None:
    """The total is the sum of the cells, and the band is the band of that total."""
    found = score(NHS, _positions(levels))
    total = _total(NHS, levels)
    assert found.total == total
    assert (found.band.name if found.band else None) == _band(total)


@given(_choices(NHS))
def test_crossings_are_all_single_steps_that_change_the_band(levels: tuple[int, ...]) -> None:
    """The list equals the one found by trying every step, in the same order."""
    here = _band(_total(NHS, levels))
    expected = []
    for index, factor in enumerate(NHS.factors):
        for to in (levels[index] - 1, levels[index] + 1):
            if 1 <= to <= len(factor.levels):
                total = _total(NHS, (*levels[:index], to, *levels[index + 1 :]))
                if _band(total) != here:
                    expected.append(
                        (factor.number, levels[index], to, total - _total(NHS, levels), total, _band(total))
                    )
    found = score(NHS, _positions(levels)).crossings
    assert [
        (c.factor.number, c.from_level, c.to_level, c.delta, c.total, c.band.name if c.band else None) for c in found
    ] == expected


@given(_choices(NHS))
def test_boundaries_are_the_first_totals_outside_the_band(levels: tuple[int, ...]) -> None:
    """One point short of a boundary the band is the same; at the boundary it is another."""
    found = score(NHS, _positions(levels))
    total = _total(NHS, levels)
    for side, sign in ((found.lower, -1), (found.upper, 1)):
        if side is not None:
            assert side.total == total + sign * side.distance
            assert _band(side.total) == (side.band.name if side.band else None) != _band(total)
            assert _band(side.total - sign) == _band(total)
    assert (found.lower is None) == (_band(total) == "1")
    assert (found.upper is None) == (_band(total) is None)


@pytest.mark.parametrize("scheme", [NHS, NJC], ids=["nhs", "njc"])
@given(data=st.data())
def test_raising_a_level_never_lowers_the_total(scheme: Scheme, data: st.DataObject) -> None:
    """The total is strictly monotone in every factor."""
    levels = data.draw(_choices(scheme))
    before = score(scheme, _positions(levels)).total
    assert before is not None
    for index, factor in enumerate(scheme.factors):
        if levels[index] < len(factor.levels):
            after = score(scheme, _positions((*levels[:index], levels[index] + 1, *levels[index + 1 :]))).total
            assert after is not None
            assert after > before


@given(_choices(NHS), st.sets(st.integers(0, 15), min_size=1, max_size=3))
def test_a_level_not_known_leaves_a_range_that_holds_every_completion(levels: tuple[int, ...], gaps: set[int]) -> None:
    """Missing information never becomes level 1: the total lies in a range and the band is open unless all agree."""
    positions: list[Position | None] = [None if i in gaps else Position(level) for i, level in enumerate(levels)]
    found = score(NHS, positions)
    assert found.total is None
    assert found.lowest <= _total(NHS, levels) <= found.highest
    whole = score(NHS, _positions(levels))
    assert whole.band in found.possible
    assert found.band in (None, whole.band)
    assert found.crossings == ()
    assert "not known" in found.notes[0]


def test_all_level_one_and_all_top() -> None:
    """The two ends of the scale: 86 in the closed band 1, and 1,000 above every band."""
    lowest = score(NHS, _positions((1,) * 16))
    assert (lowest.total, lowest.band and lowest.band.name, lowest.lower) == (86, "1", None)
    assert lowest.notes == ("Band 1 has been closed to new entrants since 1 December 2018: see local policy.",)
    highest = score(NHS, _positions(tuple(len(factor.levels) for factor in NHS.factors)))
    assert (highest.total, highest.band, highest.upper) == (1000, None, None)
    assert highest.notes == ("No band: 765 is the highest total with a band.",)
    assert highest.lower is not None
    assert (highest.lower.total, highest.lower.distance) == (765, 235)


@pytest.mark.parametrize(
    ("total", "note"),
    [
        (40, "Level 1 on every factor already gives 86: no job can have fewer points."),
        (86, "Band 1 has been closed to new entrants since 1 December 2018: see local policy."),
        (161, ""),
        (765, ""),
        (766, "No band: 765 is the highest total with a band."),
    ],
)
def test_notes_on_a_total_from_elsewhere(total: int, note: str) -> None:
    """A total that nobody worked out here is checked against the scheme's ends."""
    assert note_on(NHS, total) == note


def test_njc_has_a_total_and_no_band() -> None:
    """There are no national bands: no boundaries and no crossings either."""
    found = score(NJC, read_levels(NJC, "5,5,3,2,3,1,1,1,1,1,1,2,1"))
    assert (found.total, found.band, found.lower, found.upper, found.crossings) == (374, None, None, None, ())
    assert found.notes == ("There are no national bands: each authority sets its own grades.",)


def test_letters_do_not_move_points() -> None:
    """Every option of a level has the level's points."""
    bare = score(NHS, _positions((3,) * 16)).total
    lettered = [Position(3, (factor.levels[2].options or (None,))[-1]) for factor in NHS.factors]
    assert score(NHS, lettered).total == bare


@pytest.mark.parametrize("positions", [[], [Position(9)] * 16, [Position(2, "a")] * 16])
def test_unchecked_positions_are_our_fault(positions: list[Position]) -> None:
    """A caller that skipped the check is told so; no points are invented."""
    with pytest.raises(OurFault):
        score(NHS, positions)
