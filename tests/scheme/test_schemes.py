"""The schemes that are shipped: every cell, sum and band against a table of its own."""

import string
from itertools import pairwise

import pytest

from jerules.scheme.load import load_scheme, scheme_names
from jerules.scheme.score import reachable_totals

_SIX = "5 12 21 32 45 60"
_FIVE = "6 15 27 42 60"
_EFFORT = "3 7 12 18 25"
NHS_POINTS = {
    1: _SIX,
    2: "16 36 60 88 120 156 196 240",
    3: _FIVE,
    4: _FIVE,
    5: _FIVE,
    6: "4 9 15 22 30 39 49 60",
    7: _SIX,
    8: _SIX,
    9: _SIX,
    10: "4 9 16 24 34 46 60",
    11: _SIX,
    12: _SIX,
    13: _EFFORT,
    14: _EFFORT,
    15: "5 11 18 25",
    16: _EFFORT,
}
_STEPS = "13 26 39 52 65 78"
_DEMANDS = "10 20 30 40 50"
NJC_POINTS = {
    1: "20 40 60 80 100 121 142 163",
    2: _STEPS,
    3: _STEPS,
    4: "13 26 39 52 65",
    5: "13 26 39 52 65 78 91 104",
    6: _DEMANDS,
    7: _DEMANDS,
    8: _DEMANDS,
    9: _STEPS,
    10: _STEPS,
    11: _STEPS,
    12: _STEPS,
    13: _DEMANDS,
}
NHS_OPTIONS = (
    "1:3abc4ab5abc 2:8ab 3: 4: 5:3ab 6:3abc4abc5abc6abcd 7: 8:2abcde3abcde4abc5abc 9:2abcd3abcd4abc5abc "
    "10:2ab3abc4ab5ab 11:2abc 12: 13:2abcd3abc4abc5abc 14:2ab3ab4ab 15:1ab2abc3abc4ab 16:2abcde3ab4ab"
)
NJC_OPTIONS = (
    "1: 2: 3:3abcde4abcde5abcd6abc 4:3ab4ab 5: 6:2ab3ab4ab 7:2abcd3abcd4abcd5abc 8:3ab4ab 9:3ab4ab 10: "
    "11:2abc3ab4ab 12:2abcdefg3abcde4abcde5abcd 13:"
)
NHS_BANDS = (
    "1 from 0 to 160; 2 from 161 to 215; 3 from 216 to 270; 4 from 271 to 325; 5 from 326 to 395; 6 from 396 to 465; "
    "7 from 466 to 539; 8a from 540 to 584; 8b from 585 to 629; 8c from 630 to 674; 8d from 675 to 720; "
    "9 from 721 to 765"
)
NJC_ORDER = (
    "1 Knowledge; "
    "2 Mental skills; "
    "3 Interpersonal and communication skills; "
    "4 Physical skills; "
    "5 Initiative and independence; "
    "6 Physical demands; "
    "7 Mental demands; "
    "8 Emotional demands; "
    "9 Responsibility for people (well-being); "
    "10 Responsibility for supervision, direction and co-ordination of employees; "
    "11 Responsibility for financial resources; "
    "12 Responsibility for physical and information resources; "
    "13 Working conditions"
)


def _points(name: str) -> dict[int, str]:
    return {f.number: " ".join(str(level.points) for level in f.levels) for f in load_scheme(name).factors}


def _options(name: str) -> str:
    return " ".join(
        f"{f.number}:" + "".join(f"{level.number}{''.join(level.options)}" for level in f.levels if level.options)
        for f in load_scheme(name).factors
    )


def test_the_schemes_at_hand() -> None:
    """The NHS, the NJC and the SJC schemes are there under their own names."""
    assert scheme_names() == ("nhs", "njc", "sjc")
    assert [load_scheme(name).id for name in scheme_names()] == ["nhs", "njc", "sjc"]


@pytest.mark.parametrize(("name", "table"), [("nhs", NHS_POINTS), ("njc", NJC_POINTS)])
def test_every_cell_of_the_points_matrix(name: str, table: dict[int, str]) -> None:
    """Each factor has exactly the levels and points of the published matrix."""
    assert _points(name) == table


@pytest.mark.parametrize(("name", "letters"), [("nhs", NHS_OPTIONS), ("njc", NJC_OPTIONS)])
def test_every_option_letter(name: str, letters: str) -> None:
    """Each level has exactly the option letters of the level definitions."""
    assert _options(name) == letters


def test_nhs_bands() -> None:
    """The twelve bands meet from 0 to 765, and only band 1 carries a note: it is closed."""
    bands = load_scheme("nhs").bands
    assert "; ".join(f"{band.name} from {band.low} to {band.high}" for band in bands) == NHS_BANDS
    assert [band.name for band in bands if band.note] == ["1"]
    assert "1 December 2018" in bands[0].note


def test_njc_has_no_bands_and_says_why() -> None:
    """Grades are the authority's own, so the scheme has no band for any total."""
    njc = load_scheme("njc")
    assert njc.bands == ()
    assert "authority sets its own grades" in njc.no_bands
    assert {njc.band_of(total) for total in range(0, 1001, 50)} == {None}


def test_njc_factors_stand_in_the_order_of_the_document() -> None:
    """Levels given in a row are read in the order of Appendix 1."""
    assert "; ".join(f"{factor.number} {factor.title}" for factor in load_scheme("njc").factors) == NJC_ORDER


@pytest.mark.parametrize(
    ("name", "sums"),
    [
        ("nhs", {"Knowledge": 240, "Skills": 240, "Responsibility": 360, "Freedom to act": 60}),
        ("njc", {"Knowledge and skills": 384, "Initiative and independence": 104, "Effort demands": 150}),
        ("nhs", {"Effort and environment": 100}),
        ("njc", {"Responsibilities": 312, "Environmental demands": 50}),
    ],
)
def test_category_sums(name: str, sums: dict[str, int]) -> None:
    """The top levels of each heading add up to its published share of 1,000."""
    found: dict[str, int] = {}
    for factor in load_scheme(name).factors:
        found[factor.category] = found.get(factor.category, 0) + factor.highest
    assert {key: found[key] for key in sums} == sums
    assert sum(found.values()) == 1000


@pytest.mark.parametrize(("name", "lowest", "distinct"), [("nhs", 86, 898), ("njc", 164, 753)])
def test_reachable_totals(name: str, lowest: int, distinct: int) -> None:
    """The totals run from the published lowest to 1,000 with the known number of different ones."""
    totals = reachable_totals(load_scheme(name))
    assert (min(totals), max(totals), len(totals)) == (lowest, 1000, distinct)
    assert load_scheme(name).lowest == lowest


def test_nhs_single_steps() -> None:
    """One level is worth 20 to 44 points on knowledge, 5 to 11 on patient care, 4 to 7 on effort."""
    steps: dict[int, list[int]] = {}
    for factor in load_scheme("nhs").factors:
        points = [level.points for level in factor.levels]
        steps[factor.number] = [upper - lower for lower, upper in pairwise(points)]
    assert (min(steps[2]), max(steps[2])) == (20, 44)
    assert (min(steps[6]), max(steps[6])) == (5, 11)
    assert {(min(steps[n]), max(steps[n])) for n in (1, 7, 8, 9, 11, 12)} == {(7, 15)}
    assert {step for n in (13, 14, 15, 16) for step in steps[n]} == {4, 5, 6, 7}
    assert min(band.high - band.low + 1 for band in load_scheme("nhs").bands) == 45


def test_uncertain_letters_are_marked() -> None:
    """Only the letters that the copy at hand lost or muddled are marked, all of them in the NJC scheme."""
    marked = [
        f"{name} {factor.number} {level.number}{''.join(level.uncertain)}"
        for name in scheme_names()
        for factor in load_scheme(name).factors
        for level in factor.levels
        if level.uncertain
    ]
    assert marked == ["njc 3 3cd", "njc 3 4cd", "njc 7 2abcd", "njc 7 3abcd", "njc 12 4bc"]


@pytest.mark.parametrize("name", ["nhs", "njc"])
def test_reminders_are_short(name: str) -> None:
    """The data holds no definitions: a factor's reminder has three to eight words of our own."""
    for factor in load_scheme(name).factors:
        words = factor.about.replace(",", "").split()
        assert 3 <= len(words) <= 8, factor.about
        assert set(factor.slug) <= set(string.ascii_lowercase + "-")


def test_calendar_and_edition() -> None:
    """Both schemes state 52 weeks and 12 months in a year and the edition they follow."""
    for name, edition in (("nhs", "7"), ("njc", "2016-12-14")):
        scheme = load_scheme(name)
        assert (scheme.calendar.weeks_in_year, scheme.calendar.months_in_year) == (52, 12)
        assert scheme.edition.id == edition


def test_a_scheme_is_read_once() -> None:
    """Asking twice gives the same frozen object."""
    assert load_scheme("nhs") is load_scheme("nhs")


def test_factor_by_number_and_by_short_name() -> None:
    """A factor is found by its number or its short name; anything else finds nothing."""
    nhs = load_scheme("nhs")
    assert nhs.factor(13) is nhs.factor("physical-effort") is nhs.factors[12]
    assert nhs.factor(17) is None
    assert nhs.factor("13") is None
