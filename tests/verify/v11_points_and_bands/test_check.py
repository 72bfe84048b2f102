"""V11: points that do not rise, bands that do not meet, and totals without one band."""

from dataclasses import replace
from itertools import product
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from jerules.rulebook.model import RuleBook
from jerules.scheme.load import load_scheme
from jerules.scheme.model import Band, Factor, Level, Scheme
from jerules.verify.checks.v11_points_and_bands.check import one_step_away, totals_of
from jerules.verify.model import State
from tests.docs.blocks import blocks
from tests.verify.checked import book, checked, checked_book, finding, in_state, refuted

HERE = Path(__file__).parent
PAGE = HERE.parent.parent.parent / "docs" / "checks" / "V11-points-and-bands.md"


def scheme_of(points: list[list[int]], bands: tuple[Band, ...]) -> Scheme:
    """A scheme with factors of these points and these bands, whatever loading would say of it."""
    factors = tuple(
        Factor(number, f"f{number}", f"Factor {number}", "all", "", tuple(Level(n, p) for n, p in enumerate(each, 1)))
        for number, each in enumerate(points, start=1)
    )
    return replace(load_scheme("nhs"), factors=factors, bands=bands)


def with_scheme(scheme: Scheme) -> RuleBook:
    """A book without rules on a scheme."""
    return replace(book("scheme nhs\n"), scheme=scheme)


def test_totals_above_the_highest_band_can_be_accepted() -> None:
    """The NHS scheme has none from 766 on; with the reason on record nothing is left."""
    found = checked(HERE / "good.jer", "V11")
    assert in_state(found, State.ACCEPTED) == ["totals"]
    assert not refuted(found)
    assert found["points/13"].says == "a higher level of “Physical effort” has more points"
    assert found["bands"].by == ("reading",)


def test_totals_without_a_band_are_shown_with_levels_that_make_them() -> None:
    """From 766 to the maximum of 1000 there are 221 totals, and the first can be made so."""
    found = checked(HERE / "bad.jer", "V11")
    assert refuted(found) == ["totals"]
    wrong = finding(found, "totals")
    assert wrong.message == "levels can be given that make a total without one band"
    (region,) = wrong.regions
    assert region.startswith("221 totals from 766 to 1000: no band, such as levels ")
    levels = [int(one) for one in region.split("levels ")[1].split(", which")[0].split(", ")]
    factors = load_scheme("nhs").factors
    assert sum(factor.levels[level - 1].points for factor, level in zip(factors, levels, strict=True)) == 766


def test_how_many_totals_lie_at_a_boundary_is_said() -> None:
    """It is nothing wrong, and worth knowing."""
    says = checked(HERE / "good.jer", "V11")["boundaries"].says
    assert says == "of 898 totals, one level of one factor can take 676 into another band"


def test_points_that_do_not_rise_are_shown() -> None:
    """Level 3 with as many points as level 2 is worth no answer."""
    found = checked_book(with_scheme(scheme_of([[1, 5, 5], [1, 2]], ())), "V11")
    assert refuted(found) == ["points/1"]
    assert finding(found, "points/1").regions == ("level 3 has 5 and level 2 has 5",)


def test_a_hole_and_an_overlap_between_bands_are_shown() -> None:
    """A total in the hole has no band, one in the overlap two; only those that can be reached are named."""
    bands = (Band("1", 0, 4), Band("2", 4, 6), Band("3", 8, 20))
    found = checked_book(with_scheme(scheme_of([[1, 3, 6], [1, 4]], bands)), "V11")
    assert refuted(found) == ["bands", "totals"]
    assert finding(found, "bands").regions == (
        "band 1 ends at 4 and band 2 begins at 4",
        "band 2 ends at 6 and band 3 begins at 8",
    )
    assert finding(found, "totals").regions == (
        "a total of 7: no band, such as levels 3, 1, which make 7",
        "a total of 4: more than one band, such as levels 2, 1, which make 4",
    )


POINTS = st.lists(st.lists(st.integers(0, 30), min_size=1, max_size=4, unique=True).map(sorted), min_size=1, max_size=4)


@given(POINTS)
def test_the_totals_are_those_that_some_levels_make(points: list[list[int]]) -> None:
    """Shifting bits = adding up every choice of levels."""
    assert totals_of(scheme_of(points, ()).factors) == sorted({sum(one) for one in product(*points)})


@given(POINTS)
def test_near_a_boundary_is_what_one_level_takes_across(points: list[list[int]]) -> None:
    """By trying: every choice of levels, and each factor one level up."""
    bands = tuple(Band(str(low), low, low + 6) for low in range(0, 140, 7))
    scheme = scheme_of(points, bands)
    near = set()
    for places in product(*(range(len(each)) for each in points)):
        total = sum(each[place] for each, place in zip(points, places, strict=True))
        for each, place in zip(points, places, strict=True):
            if place + 1 < len(each):
                other = total + each[place + 1] - each[place]
                if scheme.band_of(total) != scheme.band_of(other):
                    near |= {total, other}
    assert one_step_away(scheme) == sorted(near)


def test_the_page_accepts_it_as_it_says() -> None:
    """The `accept` line of the page works in a file that all factors share."""
    (line,) = [block.text for block in blocks(PAGE) if block.words == ("jer",)]
    assert in_state(checked(f"scheme nhs\n{line}", "V11"), State.ACCEPTED) == ["totals"]
