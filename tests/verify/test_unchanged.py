"""After an edit, what was proved of rules and words that it leaves alone is not proved again; all else is."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from jerules.exercise.changes import changed
from jerules.exercise.mutants import mutants
from jerules.rulebook.load import load_rulebook
from jerules.rulebook.model import RuleBook
from jerules.verify.model import Obligation
from jerules.verify.run import Selection, check
from jerules.verify.unchanged import Before, proved_of
from tests.verify.checked import TODAY, book

RULES = """\
scheme nhs
factor 13 "Physical effort"
status binding
record effort "A demand on the body"
  weight mass asks "How heavy is it?"
  often frequency of shifts asks "How often?"
  seated yes or no asks "Is it done sitting?"
term light effort when weight <= 5 kg cites definition
term heavy effort when weight > 5 kg cites definition
term lifted effort when heavy and not seated cites definition
term often_done effort when often >= 3 per week cites definition
term seldom_done effort when often < 3 per week cites definition
ladder weights effort = light < heavy cites definition
ladder how_often effort = seldom_done < often_done cites definition
level 2(a) when some effort is (light and often_done) cites level 2(a)
level 2(b) when some effort is heavy cites level 2(b)
level 3(a) when some effort is (lifted and often_done) cites level 3(a)
query "Is it done sitting down?" when some effort is seated cites definition
level 1 otherwise cites definition
"""


def proved(rules: RuleBook, key: str = "13") -> dict[str, Before]:
    """What is proved of a factor."""
    return proved_of(rules, check(rules, TODAY, only=Selection((key,)), processes=1).obligations)


def after(edited: RuleBook, before: dict[str, Before], key: str = "13") -> list[Obligation]:
    """What is found of a factor after an edit."""
    return list(check(edited, TODAY, only=Selection((key,), before=before), processes=1).obligations)


def kept(was: str, becomes: str) -> set[tuple[str, str]]:
    """The check and the subject of what is not proved again after an edit of the rules."""
    assert was in RULES
    before = proved(book(RULES))
    found = after(book(RULES.replace(was, becomes)), before)
    known = before["13"].proved
    return {(one.check, one.subject) for one in found if known.get((one.check, one.subject)) is one}


ALL_KEPT = kept("factor 13", "# nothing but a remark\nfactor 13")


@pytest.mark.parametrize(
    ("was", "becomes", "again", "stands"),
    [
        pytest.param(
            "weight > 5 kg", "weight > 6 kg",
            {("V1", "heavy/1"), ("V1", "lifted/1"), ("V3", "weights"), ("V4", "weights light/heavy"),
             ("V0", "effort.weight"), ("V18", "level 3(a)"), ("V8", "effort.weight")},
            {("V1", "light/1"), ("V2", "often_done/1"), ("V4", "how_often seldom done/often done"),
             ("V18", "level 2(a)")},
            id="a word, and all that uses it",
        ),
        pytest.param(
            "some effort is (lifted and often_done)", "some effort is lifted",
            {("V18", "level 3(a)"), ("V0", "effort.often"), ("V9", "effort.often"), ("V8", "effort.weight")},
            {("V1", "heavy/1"), ("V18", "level 2(a)"), ("V3", "how_often")},
            id="a rule",
        ),
        pytest.param(
            '"Is it done sitting down?"', '"Is it done on a chair?"',
            {("V9", "effort.seated"), ("V0", "effort.seated")},
            {("V8", "effort.weight"), ("V3", "some level"), ("V18", "level 3(a)"), ("V1", "lifted/1")},
            id="a query, which moves no level",
        ),
        pytest.param(
            'asks "How heavy is it?"', 'asks "What does it weigh?"',
            ALL_KEPT, set(),
            id="a question, on which everything may rest",
        ),
        pytest.param(
            "level 2(b) when some effort is heavy cites level 2(b)\n", "",
            {("V0", "effort.weight"), ("V9", "effort.weight"), ("V3", "some level"), ("V8", "effort.often")},
            {("V1", "heavy/1"), ("V18", "level 2(a)"), ("V9", "effort.seated"), ("V9", "effort.often")},
            id="a rule that is taken away",
        ),
        pytest.param(
            "level 2(a) when", "assess effort under 12 when seated cites definition\nlevel 2(a) when",
            {("V18", "level 2(a)"), ("V9", "effort.seated"), ("V8", "effort.weight")},
            {("V1", "heavy/1"), ("V4", "weights light/heavy")},
            id="what keeps entries from being counted, on which every rule rests",
        ),
    ],
)  # fmt: skip
def test_what_an_edit_leaves_alone_stands(
    was: str, becomes: str, again: set[tuple[str, str]], stands: set[tuple[str, str]]
) -> None:
    """And what it touches is proved again."""
    found = kept(was, becomes)
    assert again <= ALL_KEPT
    assert again & found == set()
    assert stands - found == set()


def bare(one: Obligation) -> Obligation:
    """An obligation without how it was found: another job may show it, and another procedure have proved it."""
    finding = one.finding and replace(one.finding, witnesses=())
    return replace(one, finding=finding, by=(), entries=0, needed=0)


@pytest.mark.parametrize("key", [("nhs", "3"), ("nhs", "12"), ("nhs", "13"), ("nhs", "16"), ("njc", "6"), ("njc", "8")])
def test_with_and_without_what_was_proved_before_the_same_is_found(key: tuple[str, str]) -> None:
    """Whatever the edit was: slips in the shipped rules, chosen by chance."""
    scheme, factor = key
    shipped = load_rulebook(scheme, examples=False)
    before = proved(shipped, factor)
    slips = [one for one in mutants(shipped) if one.home == factor]
    for slip in Random(22).sample(slips, 3):  # noqa: S311 - the same every time
        edited = changed(shipped, slip.where, slip.statement)
        assert list(map(bare, after(edited, before, factor))) == list(map(bare, after(edited, {}, factor))), slip.says


def test_what_was_not_proved_is_not_kept() -> None:
    """What is refuted is looked at again, for what is wrong may stand elsewhere now."""
    wrong = book(RULES.replace("weight <= 5 kg", "weight <= 5 kg and weight > 6 kg"))
    report = check(wrong, TODAY, only=Selection(("13",)), processes=1)
    before = proved_of(wrong, report.obligations)
    assert ("V1", "light/1") not in before["13"].proved
    assert [bare(one) for one in after(wrong, before)] == [bare(one) for one in report.obligations]
