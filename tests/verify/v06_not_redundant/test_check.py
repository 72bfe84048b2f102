"""V6: no level rule and no definition of a term that others cover between them."""

from pathlib import Path

from jerules.verify.model import State
from tests.verify.checked import checked, finding, in_state, lines, refuted

HERE = Path(__file__).parent


def test_what_says_something_of_its_own_is_proved() -> None:
    """Rules of another level or letter cover nothing; floors are not looked at; only what has others is listed."""
    found = checked(HERE / "good.jer", "V6")
    assert in_state(found, State.PROVED) == list(found)
    assert {"level 3(c)", "level 3(c) #2", "heavy/1", "heavy/2", "awkward/1", "awkward/2"} < set(found)
    assert not [subject for subject in found if "least" in subject or subject == "level 2(c)"]
    assert found["heavy/2"].by == ("cells", "solver")


def test_what_is_certain_sooner_is_not_said_twice() -> None:
    """Bending is awkward with an aid and without: the second definition says so before the aid is known."""
    found = checked(HERE / "good.jer", "V6")
    assert found["awkward/2"].state is State.PROVED
    text = (HERE / "good.jer").read_text(encoding="utf-8")
    later = text.replace("effort when kind is bending cites", "effort when kind is bending and aid cites")
    assert refuted(checked(later, "V6")) == ["awkward/2"]


def test_an_interpretation_stands_by_itself() -> None:
    """What another interpretation says as well may be switched off there, and binding words never lean on one."""
    found = checked(HERE / "good.jer", "V6")
    assert found["A-NHS-90/level 2(d)"].state is State.PROVED
    assert found["heavy/3"].state is State.PROVED


def test_what_others_cover_between_them_is_shown_with_them() -> None:
    """The fewest that cover it are named: of a definition one, of the last rule two that only together do."""
    found = checked(HERE / "bad.jer", "V6")
    assert set(refuted(found)) == {"A-NHS-90/level 3(c)", "level 3(c) #4", "heavy/2", "heavy/3"}
    definition, rule = finding(found, "heavy/2"), finding(found, "level 3(c) #4")
    assert definition.message == "whatever meets this definition meets another one of the same term"
    assert lines(definition) == [14, 13]
    assert rule.message == "whenever this rule holds, another one of the same level and letter does"
    assert lines(rule) == [19, 16, 18]


def test_a_rule_that_only_an_interpretation_covers_is_accepted_in_its_name() -> None:
    """Where an interpretation widens a word, another rule may come to say the same; without it the rule is needed."""
    text = """scheme nhs
factor 13 "Physical effort"
record effort "A demand on the body"
  label task
  task text asks "What is done?"
  kind one of lifting, bending asks "What sort is it?"
term heavy effort when kind is lifting cites note "Heavy"
level 3(c) when some effort is heavy cites level 3(c)
level 3(c) when some effort is (kind is bending) cites level 3(c)
level 1 otherwise cites level 1
interpretation A-NHS-90 "Bending is heavy"
  because "The note says too little."
  cites note "Heavy"
  extend term heavy effort when kind is bending
"""
    found = checked(text, "V6")
    assert in_state(found, State.ACCEPTED) == ["level 3(c) #2"]
    acceptance = found["level 3(c) #2"].acceptance
    assert acceptance is not None
    assert acceptance.interpretation == "A-NHS-90"
