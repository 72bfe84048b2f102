"""V10: every level of the scheme's factors, and every letter of a level, is the outcome of some job."""

from pathlib import Path

from jerules.verify.model import State
from tests.verify.checked import checked, finding, in_state, lines, refuted

HERE = Path(__file__).parent


def test_levels_and_letters_that_some_job_has_are_proved() -> None:
    """Every level of the scheme's factor is looked for, with its letters; a panel's decision may lead to it."""
    found = checked(HERE / "good.jer", "V10")
    levels = ["level 1", "level 2", "level 3", "level 3(a)", "level 3(b)", "level 4", "level 5"]
    assert in_state(found, State.PROVED) == list(found) == levels


def test_a_level_that_no_job_has_is_shown_with_the_reason() -> None:
    """Either no rule gives it, or those that do are always overtaken, lifted or capped."""
    found = checked(HERE / "bad.jer", "V10")
    assert refuted(found) == ["level 2", "level 3(a)", "level 3(b)", "level 5"]
    lifted, unsaid = finding(found, "level 2"), finding(found, "level 3(b)")
    assert lifted.message == "no job comes to level 2: another level is reached wherever a rule gives it"
    assert lines(lifted) == [9]
    assert unsaid.message == "no job comes to level 3(b): no rule gives it"
    assert [end.words for end in unsaid.ends] == ["Physical skills, level 3(b)"]
    assert lines(finding(found, "level 5")) == [12]


def test_a_level_that_an_interpretation_alone_leads_to_is_accepted_in_its_name() -> None:
    """The guidance has the level and does not say who comes to it; the interpretation does."""
    found = checked(HERE / "bad.jer", "V10")
    assert in_state(found, State.ACCEPTED) == ["level 4"]
    acceptance = found["level 4"].acceptance
    assert acceptance is not None
    assert (acceptance.interpretation, acceptance.because) == ("A-NHS-90", "Many skills")
    assert finding(found, "level 4").message == "no rule of the guidance itself gives level 4"


def test_a_tool_has_no_levels_of_the_scheme() -> None:
    """Only factors are looked at."""
    text = """scheme nhs
tool advisory "Advising others"
question advises yes or no asks "Does the job advise?"
level 2 when advises cites chapter 2
"""
    assert not checked(text, "V10")
