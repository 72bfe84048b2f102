"""The rule for matching: each condition just met and just failed, what is not settled, and the ranking."""

import itertools
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jerules.engine.truth import UNKNOWN, YES
from jerules.faults import Unavailable
from jerules.match.match import Kind, Match, match, rank
from jerules.match.rule import rule_for
from jerules.match.standings import levels_of_positions
from jerules.scheme.load import load_scheme
from jerules.scheme.model import Factor, Position
from tests.match.profiles import JOB, NHS, compared, profile


def failed(found: Match) -> list[str]:
    """The codes of the conditions that surely fail."""
    return [one.code for one in found.failed]


@pytest.mark.parametrize(
    ("changes", "kind", "fails"),
    [
        ({}, Kind.PROFILE_MATCH, []),
        ({1: "3a", 16: "2a"}, Kind.PROFILE_MATCH, []),
        # one variation of one level, above and below
        ({4: "3"}, Kind.BAND_MATCH, ["in-range"]),
        ({4: "1"}, Kind.BAND_MATCH, ["in-range"]),
        # of two levels
        ({4: "4"}, Kind.NO_MATCH, ["in-range", "near", "total"]),
        ({7: "4", 16: "2a"}, Kind.NO_MATCH, ["in-range", "near"]),
        # knowledge and freedom to act may not vary
        ({2: "4"}, Kind.NO_MATCH, ["in-range", "fixed-knowledge"]),
        ({2: "6", 16: "2a", 1: "3a"}, Kind.NO_MATCH, ["in-range", "fixed-knowledge"]),
        ({12: "2"}, Kind.NO_MATCH, ["in-range", "fixed-freedom-to-act"]),
        ({12: "4"}, Kind.NO_MATCH, ["in-range", "fixed-freedom-to-act"]),
        # five factors, and six
        ({3: "2", 4: "3", 6: "4a", 10: "2a", 16: "1"}, Kind.BAND_MATCH, ["in-range"]),
        ({3: "2", 4: "3", 6: "4a", 10: "2a", 16: "1", 13: "1"}, Kind.NO_MATCH, ["in-range", "few"]),
        # another option of the same level varies by no level, and counts
        ({1: "3b"}, Kind.BAND_MATCH, ["in-range"]),
        ({1: "3b", 5: "3a", 6: "5b", 8: "2b", 9: "2b"}, Kind.BAND_MATCH, ["in-range"]),
        ({1: "3b", 5: "3a", 6: "5b", 8: "2b", 9: "2b", 11: "2b"}, Kind.NO_MATCH, ["in-range", "few"]),
        # the last total of the band, and the first beyond it
        ({4: "3", 7: "2", 11: "2a", 3: "2"}, Kind.BAND_MATCH, ["in-range"]),
        ({4: "3", 7: "3"}, Kind.NO_MATCH, ["in-range", "total"]),
    ],
)
def test_each_condition(changes: Mapping[int, str], kind: Kind, fails: list[str]) -> None:
    """The result, and the name of each condition that fails."""
    found = compared(changes)
    assert (found.kind, failed(found)) == (kind, fails)


@pytest.mark.parametrize(
    ("changes", "total", "kind"),
    [
        ({5: "1", 15: "1a", 16: "2a"}, 325, Kind.NO_MATCH),
        ({1: "2", 4: "1", 16: "1"}, 326, Kind.BAND_MATCH),
        ({9: "3a", 11: "3"}, 395, Kind.BAND_MATCH),
        ({4: "3", 7: "2", 11: "2a"}, 396, Kind.NO_MATCH),
    ],
)
def test_the_edges_of_the_band(changes: Mapping[int, str], total: int, kind: Kind) -> None:
    """The lowest and highest totals of the band are inside; one less and one more are not."""
    found = compared(changes)
    assert (str(found.total), found.kind) == (str(total), kind)


def test_another_option_of_knowledge_is_a_variation() -> None:
    """It is one of no level, and knowledge may not vary at all."""
    found = compared({2: "8b"}, profile("7", knowledge="8a"))
    assert (found.kind, failed(found)) == (Kind.NO_MATCH, ["in-range", "fixed-knowledge"])
    assert compared({2: "8a"}, profile("7", knowledge="8a")).kind is Kind.PROFILE_MATCH


def test_a_generic_profile_matches_below_its_band() -> None:
    """Every factor at the bottom of its range is a profile match by the rule, and the panel is told what that means."""
    lowest = {1: "3a", 5: "2", 8: "1", 9: "1", 13: "2a", 14: "2a", 15: "2a", 16: "2a"}
    found = compared(lowest)
    assert (found.kind, found.total.lowest) == (Kind.PROFILE_MATCH, 305)
    assert "total" in failed(found)
    assert "profile of the band below" in found.remarks[0]


def test_failed_conditions_name_their_factors() -> None:
    """Whoever reads a failed condition sees where to look."""
    found = compared({2: "4", 4: "4", 16: "1"})
    named = {one.code: one.factors for one in found.failed}
    assert named["in-range"] == (2, 4, 16)
    assert named["near"] == (4,)
    assert named["fixed-knowledge"] == (2,)


# ── what is not settled ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("changes", "possible"),
    [
        ({7: "?"}, (Kind.PROFILE_MATCH, Kind.BAND_MATCH, Kind.NO_MATCH)),
        ({2: "?"}, (Kind.PROFILE_MATCH, Kind.NO_MATCH)),
        ({2: "?", 12: "2"}, (Kind.NO_MATCH,)),
        ({2: "?", 4: "1"}, (Kind.BAND_MATCH, Kind.NO_MATCH)),
        ({1: "3"}, (Kind.PROFILE_MATCH, Kind.BAND_MATCH)),
        ({16: "4"}, (Kind.PROFILE_MATCH,)),
    ],
)
def test_results_that_remain(changes: Mapping[int, str], possible: tuple[Kind, ...]) -> None:
    """A level or an option not known leaves those results that it may still lead to, and no other."""
    assert compared(changes).possible == possible


def test_conditions_that_are_open() -> None:
    """Unknown is not no: a condition that turns on an open level neither holds nor fails."""
    holds = {one.code: one.holds for one in compared({2: "?"}).conditions}
    assert holds["in-range"] == holds["fixed-knowledge"] == holds["near"] == holds["total"] == UNKNOWN
    assert holds["few"] == holds["fixed-freedom-to-act"] == YES


def test_no_condition_fails_alone() -> None:
    """No match is settled where each way of turning out fails another condition, and it is said that this is so."""
    found = compared({2: "?", 4: "3", 7: "2", 11: "2a"})
    assert failed(found) == ["in-range"]
    assert found.possible == (Kind.NO_MATCH,)
    assert "No one condition" in found.remarks[-1]
    assert not any("No one condition" in remark for remark in compared({2: "4"}).remarks)


_positions = st.tuples(
    *(
        st.none()
        | st.sampled_from(
            [Position(level.number, option) for level in factor.levels for option in (level.options or (None,))]
        )
        for factor in NHS.factors
    )
)


@given(_positions, st.data())
def test_knowing_more_never_opens_a_result(positions: tuple[Position | None, ...], data: st.DataObject) -> None:
    """Filling in an open level leaves some of the results that were possible, and settles no more than that."""
    before = match(levels_of_positions(NHS, positions), profile())
    filled = list(positions)
    for index, factor in enumerate(NHS.factors):
        if filled[index] is None and data.draw(st.booleans()):
            filled[index] = Position(data.draw(st.integers(1, len(factor.levels))))
    after = match(levels_of_positions(NHS, filled), profile())
    assert set(after.possible) <= set(before.possible)
    assert before.apart.lowest <= after.apart.lowest <= after.apart.highest <= before.apart.highest
    for old, new in zip(before.conditions, after.conditions, strict=True):
        assert old.holds in (UNKNOWN, new.holds)


@given(st.sets(st.sampled_from(NHS.factors), min_size=1, max_size=2), st.data())
def test_what_is_possible_is_what_some_level_gives(open_: set[Factor], data: st.DataObject) -> None:
    """The results that remain, and the distances, are exactly those of the job with each level filled in."""
    near = {factor.number: data.draw(st.sampled_from(_near(factor))) for factor in NHS.factors}
    job = levels_of_positions(NHS, [None if factor in open_ else near[factor.number] for factor in NHS.factors])
    found = match(job, profile())
    ways = itertools.product(*([near[f.number]] if f not in open_ else _every(f) for f in NHS.factors))
    each = [match(levels_of_positions(NHS, way), profile()) for way in ways]
    assert set(found.possible) == {one.kind for one in each}
    for name in ("total", "apart", "outside"):
        lowest = [getattr(one, name).lowest for one in each]
        assert (getattr(found, name).lowest, getattr(found, name).highest) == (min(lowest), max(lowest))


def _every(factor: Factor) -> list[Position]:
    return [Position(level.number, option) for level in factor.levels for option in level.options or (None,)]


def _near(factor: Factor) -> list[Position]:
    """The positions at the job's level of the tests and next to it."""
    level = int(JOB[factor.number - 1][0])
    return [position for position in _every(factor) if abs(position.level - level) <= 1]


@given(_positions)
def test_a_settled_job_has_one_result(positions: tuple[Position | None, ...]) -> None:
    """With every level known exactly one result remains, and it is the one that the conditions make."""
    whole = [position or Position(1) for position in positions]
    given_ = [
        Position(one.level, one.option or (factor.levels[one.level - 1].options or (None,))[0])
        for factor, one in zip(NHS.factors, whole, strict=True)
    ]
    found = match(levels_of_positions(NHS, given_), profile())
    holds = {one.code: one.holds == YES for one in found.conditions}
    in_range = holds.pop("in-range")
    wanted = Kind.PROFILE_MATCH if in_range else Kind.BAND_MATCH if all(holds.values()) else Kind.NO_MATCH
    assert found.possible == (wanted,)


@given(st.data())
def test_a_job_at_the_levels_of_the_profile_matches_it(data: st.DataObject) -> None:
    """Whatever levels of the profile a job has, it is a profile match at no distance."""
    wanted = profile()
    pairs = zip(NHS.factors, wanted.levels, strict=True)
    positions = [data.draw(st.sampled_from(levels.alternatives(factor))) for factor, levels in pairs]
    found = match(levels_of_positions(NHS, positions), wanted)
    assert found.kind is Kind.PROFILE_MATCH
    assert (found.apart.highest, found.outside.highest) == (0, 0)


@given(_positions)
def test_raising_nothing_changes_nothing(positions: tuple[Position | None, ...]) -> None:
    """The same levels give the same comparison, and a wider profile never makes a profile match of it less possible."""
    job = levels_of_positions(NHS, positions)
    first = match(job, profile())
    assert match(job, profile()) == first
    wider = match(job, profile(planning="1-5", patient_care="1-8"))
    assert (Kind.PROFILE_MATCH in wider.possible) >= (Kind.PROFILE_MATCH in first.possible)


# ── several profiles ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_nearest_profile_comes_first() -> None:
    """By the points of the level steps outside the ranges, then by how many factors lie outside, then as given."""
    own, far = profile(), profile(planning="4", patient_care="7")
    option, step = profile(communication="4b"), profile(planning="3")
    found = rank(compared({}, one) for one in (far, step, option, own, own))
    assert [one.profile for one in found] == [own, own, option, step, far]
    assert [(str(one.apart), str(one.outside)) for one in found[2:]] == [("0", "1"), ("12", "1"), ("46", "2")]


def test_an_open_level_makes_the_distance_a_range() -> None:
    """The least counts first, so that a profile that may still fit is not put last."""
    found = compared({4: "?"})
    assert (str(found.apart), str(found.outside)) == ("0 to 45", "0 to 1")


def test_the_rule_is_marked_as_one_to_confirm() -> None:
    """It is an interpretation with a name, and says that its text was not at hand; other schemes have none."""
    rule = rule_for(NHS)
    assert (rule.id, rule.status, rule.notes) == ("A-NHS-matching", "to be confirmed", ("R-NHS-X-04", "R-NHS-X-05"))
    with pytest.raises(Unavailable, match="njc"):
        rule_for(load_scheme("njc"))


def test_the_example_job_is_what_the_tests_say() -> None:
    """The job of these tests totals 370."""
    assert (len(JOB), str(compared().total)) == (16, "370")
