"""The NJC check on the four responsibility factors: it blocks signing off, says what to do, and awards nothing."""

import json

import pytest

from jerules.documents.text import Source
from jerules.engine.truth import NO, UNKNOWN, YES
from jerules.explain.cross_checks import checked_levels, tell_check
from jerules.explain.evaluate import evaluate, reference_of
from jerules.explain.outcome import Outcome
from jerules.jobs.load import load_job
from jerules.report.json import written
from jerules.rulebook.load import load_rulebook
from jerules.scheme.score import read_levels
from tests.report.engines import Reference

NONE = "".join(f"  {name}: []\n" for name in ("service", "staff_duty", "money_duty", "resource_duty", "policy_work"))
PANEL = '  {}: {{level: {}, reason: "Ours."}}\n'


def outcome(text: str) -> Outcome:
    """The outcome of an NJC job, by the reference evaluator."""
    book = load_rulebook("njc", examples=False)
    job = load_job(Source("job.yaml", f"jerules: job/1\nscheme: njc\n{text}"), book)
    return evaluate(book, job, Reference(reference_of(book)))


def test_nothing_above_level_1_blocks_signing_off() -> None:
    """The check is not met; every one of the four factors stays at level 1, and the panel is told what to do."""
    found = outcome(f"records:\n{NONE}")
    (check,) = found.cross_checks
    told = tell_check(check)
    assert (check.truth, check.by_panel, found.blocked) == (NO, None, True)
    assert [found.factor(number).highest.level for number in (9, 10, 11, 12)] == [1, 1, 1, 1]
    assert told.state == "Not met"
    assert told.remarks[-1] == "The job is not to be signed off like this. No level is awarded for it."


def test_what_is_not_known_leaves_it_open() -> None:
    """Of a job about which nothing was asked nothing is said, but which factors could still meet it."""
    found = outcome("")
    (check,) = found.cross_checks
    assert (check.truth, check.may_meet, found.blocked) == (UNKNOWN, (9, 10, 11, 12), False)
    assert tell_check(check).remarks == ("It could still be met by factors 9, 10, 11 and 12.",)


@pytest.mark.parametrize(("levels", "by_panel"), [((1, 1, 1, 1), NO), ((1, 1, 2, 1), YES)])
def test_the_panels_own_levels_are_checked_too(levels: tuple[int, ...], by_panel: int) -> None:
    """Complete and all at level 1 they block signing off, whatever is suggested."""
    found = outcome("".join(["panel:\n", *map(PANEL.format, (9, 10, 11, 12), levels)]))
    (check,) = found.cross_checks
    assert (check.by_panel, found.blocked) == (by_panel, by_panel == NO)
    assert ("The panel’s own levels do not meet it." in tell_check(check).remarks) == (by_panel == NO)


def test_a_level_that_the_panel_has_not_given_is_open() -> None:
    """Three levels of four fail nothing."""
    found = outcome("".join(["panel:\n", *(PANEL.format(number, 1) for number in (9, 10, 11))]))
    assert (found.cross_checks[0].by_panel, found.blocked) == (UNKNOWN, False)


def test_levels_that_are_merely_scored() -> None:
    """A set of levels is held against the check as a job is; an unknown level leaves it open."""
    book = load_rulebook("njc", examples=False)
    for levels, truth in (("1,1,1,1", NO), ("1,1,1,2", YES), ("1,?,1,1", UNKNOWN)):
        positions = read_levels(book.scheme, f"1,1,1,1,1,1,1,1,{levels},1")
        assert [one.truth for one in checked_levels(book, positions)] == [truth]


def test_programs_read_it_too() -> None:
    """The JSON names the check, how it came out, and that it blocks."""
    (check,) = json.loads(written([outcome(f"records:\n{NONE}")]))["cross_checks"]
    assert (check["truth"], check["by_panel"], check["blocks_sign_off"]) == ("no", None, True)
    assert (check["above"], check["at_least"], check["of_factors"]) == (1, 1, [9, 10, 11, 12])
