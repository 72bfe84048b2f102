"""The run over a whole book: the same in one process and in two, and told of each part."""

from dataclasses import replace

import pytest

from jerules.rulebook.load import load_rulebook
from jerules.verify.model import Obligation, State
from jerules.verify.run import Selection, check
from tests.verify.checked import TODAY, book

EFFORT = """\
scheme nhs
factor 13 "Physical effort"
record effort "A demand on the body"
  label task
  task text asks "What is done?"
  weight mass asks "How heavy is it?"
level 2(d) when some effort is (weight >= 6 kg) cites level 2(d)
level 3(c) when some effort is (weight > 15 kg and weight < 6 kg) cites level 3(c)
level 1 otherwise cites level 1
"""
ACTING = """\
scheme nhs
factor 12 "Freedom to act"
question alone yes or no asks "Does the job work alone?"
level 2 when alone cites level 2
level 1 otherwise cites level 1
"""
QUICK = Selection(checks=("V1", "V7", "V11", "V12", "V14", "V15", "V20"))


def bare(one: Obligation) -> Obligation:
    """An obligation without its witnesses: the solver may choose another job on another day."""
    return replace(one, finding=one.finding and replace(one.finding, witnesses=()))


@pytest.mark.parametrize("only", [QUICK, Selection(("13",)), Selection(("12", "13"), ("V1",))])
def test_one_process_and_two_find_the_same(only: Selection) -> None:
    """In the same order: of the factors as they are asked for, then of the checks."""
    rules = book(EFFORT, ACTING)
    one, two = (check(rules, TODAY, only=only, processes=number) for number in (1, 2))
    assert list(map(bare, one.obligations)) == list(map(bare, two.obligations))
    assert one.on == two.on == TODAY
    assert one.book is rules


def test_every_part_is_told_once() -> None:
    """The key of each factor, and an empty one for the scheme as a whole."""
    told: list[str] = []
    check(book(EFFORT, ACTING), TODAY, only=Selection(checks=("V1",)), processes=1, told=told.append)
    assert told == ["12", "13", ""]


def test_only_the_factors_and_checks_that_are_asked_for_are_looked_at() -> None:
    """With a factor named, the scheme as a whole is left out."""
    report = check(book(EFFORT, ACTING), TODAY, only=Selection(("13",), ("V1", "V11")), processes=1)
    assert {(one.check, one.factor) for one in report.obligations} == {("V1", "13")}
    assert report.count(State.REFUTED) == 1
    assert not report.clean


@pytest.mark.parametrize("key", ["6", "8", "16"])
def test_nothing_goes_by_the_name_of_something_else(key: str) -> None:
    """In these factors several records have a term of one name; an acceptance still says which definition is meant."""
    rules = load_rulebook("nhs", examples=False)
    found = check(rules, TODAY, only=Selection((key,), ("V1", "V2", "V6", "V16")), processes=1).obligations
    assert len({(one.check, one.subject) for one in found}) == len(found)


@pytest.mark.parametrize("scheme", ["nhs", "njc"])
def test_the_shipped_rules_are_clean_of_what_can_be_read(scheme: str) -> None:
    """Points, evidence, tools, definitions, citations and words: nothing is refuted that is not accepted."""
    only = Selection(checks=("V11", "V12", "V13", "V14", "V15", "V16"))
    report = check(load_rulebook(scheme, examples=False), TODAY, only=only)
    assert [one.subject for one in report.obligations if one.state in {State.REFUTED, State.UNDECIDED}] == []
