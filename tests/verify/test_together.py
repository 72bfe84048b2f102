"""Findings of one kind are told in one, nothing of them is left out, and each can still be accepted by itself."""

from jerules.verify.model import Obligation, State
from jerules.verify.run import Selection, check
from tests.verify.checked import TODAY, book

BEGUN = """\
scheme nhs
factor 13 "Physical effort"
record effort "A demand on the body"
  label task
  task text asks "What is done?"
  weight mass asks "How heavy is it?"
level 3(c) when some effort is (weight > 15 kg) cites level 3(c)
level 1 otherwise cites level 1
"""
WITHOUT = "2, 2(a), 2(b), 2(c), 2(d), 3(a), 3(b), 4, 4(a), 4(b), 4(c), 5, 5(a), 5(b), 5(c)"


def refuted(rules: str, code: str) -> dict[str, Obligation]:
    """What a check refutes of these rules, by subject."""
    found = check(book(rules), TODAY, only=Selection(checks=(code,)), processes=1).obligations
    return {one.subject: one for one in found if one.state is State.REFUTED}


def test_levels_of_which_no_rule_speaks_are_one_finding() -> None:
    """A file that is just begun lacks most levels; every one of them is listed."""
    (found,) = refuted(BEGUN, "V10").values()
    assert found.subject == "15 levels that no rule gives"
    assert found.finding is not None
    assert found.finding.regions == (f"Physical effort: {WITHOUT}",)
    assert found.finding.message == "no job comes to these levels: no rule speaks of them"


def test_a_level_that_rules_give_in_vain_stands_by_itself() -> None:
    """There the rules that are overtaken are shown, which the others have not."""
    lifted = BEGUN + "level 2(d) when some effort is (weight > 15 kg) cites level 2(d)\n"
    found = refuted(lifted, "V10")
    assert list(found) == ["level 2", "13 levels that no rule gives", "level 2(d)"]
    assert found["level 2(d)"].finding is not None
    assert found["level 2(d)"].finding.ends


def test_two_are_told_one_by_one() -> None:
    """As few as that can be read, and each shows its own line to accept it."""
    given = ["2(a)", "2(b)", "2(c)", "2(d)", "3(a)", "3(b)", "4(a)", "4(b)", "4(c)", "5(a)"]
    rules = "".join(
        f"level {level} when some effort is (weight = {number} kg) cites level {level}\n"
        for number, level in enumerate(given, start=1)
    )
    assert list(refuted(BEGUN + rules, "V10")) == ["level 5(b)", "level 5(c)"]


def test_one_that_is_accepted_by_its_name_is_left_out_of_the_rest() -> None:
    """Its acceptance stands, and the others are one fewer."""
    one = 'accept V10 "level 2(a)" on 2026-11-01 because "The notes never say who comes to it."\n'
    found = check(book(BEGUN + one), TODAY, only=Selection(checks=("V10",)), processes=1).obligations
    states = {one.subject: one.state for one in found if one.state is not State.PROVED}
    assert states == {"14 levels that no rule gives": State.REFUTED, "level 2(a)": State.ACCEPTED}


def test_all_are_accepted_at_once_until_there_are_more_or_fewer() -> None:
    """The number is part of the subject: a level that gets or loses its rules ends the acceptance."""
    accepted = 'accept V10 "15 levels that no rule gives" on 2026-11-01 because "Just begun."\n'
    assert not refuted(BEGUN + accepted, "V10")
    further = BEGUN + accepted + "level 2(d) when some effort is (weight = 5 kg) cites level 2(d)\n"
    assert list(refuted(further, "V10")) == ["13 levels that no rule gives", "accept 15 levels that no rule gives"]


def test_paragraphs_that_no_rule_cites_are_one_finding() -> None:
    """Those about the factor of the file are listed by identifier; those about factors without rules are another."""
    found = refuted(BEGUN, "V15")
    (listed,) = [one for name, one in found.items() if name.endswith("paragraphs that no rule cites")]
    assert listed.finding is not None
    (line,) = listed.finding.regions
    assert line.startswith("nhs/7/chapter-5/factor-13: definition, level-2a, level-2b")
    assert listed.subject == f"{len(line.split(', '))} paragraphs that no rule cites"
    assert set(found) - {listed.subject} == {"factors without rules"}
