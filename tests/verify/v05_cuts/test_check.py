"""V5: no value that two places cut to different sides, or that falls between two rungs, or on both."""

from pathlib import Path

import pytest

from jerules.verify.model import State
from tests.verify.checked import answers, checked, finding, in_state, lines, refuted

HERE = Path(__file__).parent


def test_cuts_that_meet_are_proved() -> None:
    """Every number that is compared with twice is on one side, and every ladder meets at its numbers."""
    found = checked(HERE / "good.jer", "V5")
    assert in_state(found, State.PROVED) == list(found)
    assert set(found) == {
        "effort.weight 15 kg",
        "effort.weight 6 kg",
        "effort.often 3 a month",
        "effort.times 2",
        "hardness effort.weight",
        "how_often effort.often",
        "repetition effort.times",
    } - {"effort.weight 6 kg", "effort.often 3 a month"}


def test_a_number_on_both_sides_is_shown_with_both_statements() -> None:
    """The number, how it is written, and the two places: also for a whole number that no ladder takes apart."""
    found = checked(HERE / "bad.jer", "V5")
    wrong = finding(found, "effort.weight 15 kg")
    assert wrong.message == "“>= 15 kg” stands in one place and “<= 15 kg” in another"
    assert wrong.regions == ("effort.weight: exactly 15 kg",)
    assert lines(wrong) == [14, 13]
    assert found["effort.weight 15 kg"].by == ("reading",)
    assert finding(found, "effort.times 2").message == "“>= 2” stands in one place and “> 2” in another"


def test_a_number_between_two_rungs_is_shown_with_a_job() -> None:
    """A number on neither of two neighbours, or on both, is shown, with a job that has it."""
    found = checked(HERE / "bad.jer", "V5")
    assert refuted(found) == [
        "effort.times 2",
        "effort.often 3 a month",
        "effort.weight 15 kg",
        "hardness effort.weight",
        "how_often effort.often",
    ]
    wrong = finding(found, "hardness effort.weight")
    assert wrong.message == (
        "a number between two neighbours of “light < moderate < intense” falls on no rung and another on two rungs"
    )
    assert wrong.regions == ("effort.weight: exactly 6 kg or exactly 15 kg",)
    (entry,) = answers(wrong)
    assert "weight 6 kg" in entry


def test_a_frequency_is_cut_by_its_rate_and_by_its_share() -> None:
    """Three times a month lies between the rungs, at each share of the shifts where both would stand."""
    wrong = finding(checked(HERE / "bad.jer", "V5"), "how_often effort.often")
    assert wrong.regions == ("effort.often: under 50% of shifts and exactly 3 a month",)
    (entry,) = answers(wrong)
    assert "often 3 a month" in entry


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        ("<", ">=", []),
        ("<=", ">", []),
        ("<", ">", ["hardness effort.weight"]),
        ("<=", ">=", ["effort.weight 6 kg", "hardness effort.weight"]),
    ],
)
def test_just_one_of_two_neighbours_has_the_number(low: str, high: str, expected: list[str]) -> None:
    """One end closed and one open is right, either way round; both open or both closed is not."""
    text = f"""scheme nhs
factor 13 "Physical effort"
record effort "A demand on the body"
  label task
  task text asks "What is done?"
  weight mass asks "How heavy is it?"
term light effort when weight {low} 6 kg cites note "Light"
term heavy effort when weight {high} 6 kg cites note "Heavy"
ladder hardness effort = light < heavy
level 2(d) when some effort is light cites level 2(d)
level 3(c) when some effort is heavy cites level 3(c)
"""
    found = refuted(checked(text, "V5"))
    sides = ["effort.weight 6 kg"] if (low, high) == ("<", ">") else []
    assert found == sorted({*expected, *sides})
