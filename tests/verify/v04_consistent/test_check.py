"""V4: rungs of a scale apart or one within the other, no floor above a cap, no level closed whenever its rule holds."""

from pathlib import Path

import pytest

from jerules.verify.model import State
from tests.verify.checked import answers, checked, finding, in_state, lines, refuted

HERE = Path(__file__).parent


def test_rules_that_contradict_nothing_are_proved() -> None:
    """Rungs may exclude each other, or the lower one take in the higher; exceptions may apply now and then."""
    found = checked(HERE / "good.jer", "V4")
    assert in_state(found, State.PROVED) == [
        "hardness light/heavy",
        "how_often occasional/frequent",
        "at least 4 / at most 3",
        "level 3(c) open",
    ]
    assert len(found) == 4
    assert found["hardness light/heavy"].says == "nothing is both light and heavy"
    assert found["how_often occasional/frequent"].says == "whatever is frequent is occasional too"
    assert found["hardness light/heavy"].by == ("cells", "solver")


def test_what_is_on_two_rungs_is_shown_in_words() -> None:
    """Every region of the overlap is given, the definitions that meet, and a job that both evaluators find on both."""
    found = checked(HERE / "bad.jer", "V4")
    assert refuted(found) == ["hardness light/heavy", "at least 4 / at most 3", "level 3(c) open"]
    wrong = finding(found, "hardness light/heavy")
    assert wrong.message.startswith("some cases are both light and heavy, two rungs of “light < heavy”")
    assert wrong.regions == (
        "effort.weight: exactly 6 kg; effort.aid: no",
        "effort.weight: over 15 kg up to 20 kg; effort.aid: yes",
    )
    assert [end.words for end in wrong.ends] == ["light", "light", "heavy", "heavy"]
    assert lines(wrong) == [11, 12, 13, 14]
    assert len(wrong.witnesses) == 1


def test_a_floor_and_a_lower_cap_that_hold_together_are_shown() -> None:
    """Both paragraphs stand beside a job that meets both."""
    wrong = finding(checked(HERE / "bad.jer", "V4"), "at least 4 / at most 3")
    assert wrong.message == "for some jobs “at least 4” and “at most 3” hold together"
    assert lines(wrong) == [20, 21]
    assert [end.citations[0].words for end in wrong.ends] == ["level 4", "level 3"]
    assert len(answers(wrong)) in {1, 2}


def test_a_level_closed_whenever_it_is_given_is_shown() -> None:
    """An exception is for some of the jobs that meet a rule; where it applies to all, one of the two is wrong."""
    wrong = finding(checked(HERE / "bad.jer", "V4"), "level 3(c) open")
    assert wrong.message == "whenever “level 3(c)” holds, level 3(c) is closed"
    assert lines(wrong) == [18, 22]
    (entry,) = answers(wrong)
    assert "aid yes" in entry


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        ("weight < 6 kg", "weight >= 6 kg", []),
        ("weight >= 2 kg", "weight >= 6 kg", []),
        ("weight >= 6 kg", "weight >= 2 kg", ["hardness light/heavy"]),
        ("weight >= 6 kg", "weight >= 6 kg", ["hardness light/heavy"]),
        ("weight <= 6 kg", "weight >= 6 kg", ["hardness light/heavy"]),
    ],
)
def test_rungs_are_apart_or_the_lower_takes_in_the_higher(low: str, high: str, expected: list[str]) -> None:
    """A rung that is within a lower one is well; the other way round, the same, or in part, it is not."""
    text = (HERE / "good.jer").read_text(encoding="utf-8")
    text = text.replace("light effort when weight < 6 kg", f"light effort when {low}")
    text = text.replace("heavy effort when weight >= 6 kg", f"heavy effort when {high}")
    assert [one for one in refuted(checked(text, "V4")) if one.startswith("hardness")] == expected


def test_numbers_that_nobody_has_agreed_are_taken_to_rise() -> None:
    """Where each rung has a parameter, the rungs are apart as long as the numbers are agreed in their order."""
    text = (HERE / "good.jer").read_text(encoding="utf-8")
    text += 'parameter some_load mass asks "What is some?" cites level 2\n'
    text += 'parameter great_load mass asks "What is great?" cites level 2\n'
    text += "term little effort when weight < some_load cites definition\n"
    text += "term some effort when weight >= some_load and weight < great_load cites definition\n"
    text += "term great effort when weight >= great_load cites definition\n"
    text += "ladder size effort = little < some < great\n"
    found = checked(text, "V4")
    assert [one for one in found if one.startswith("size")] == [
        "size little/some",
        "size little/great",
        "size some/great",
    ]
    assert not [one for one in refuted(found) if one.startswith("size")]
    turned = text.replace("little < some < great", "great < some < little")
    assert [one for one in refuted(checked(turned, "V4")) if one.startswith("size")]


def test_a_witness_that_turns_on_an_open_number_is_left_possible() -> None:
    """Where nobody has agreed what is big, the evaluators cannot be sure, and do not exclude it either."""
    text = (HERE / "good.jer").read_text(encoding="utf-8")
    text += 'parameter big mass asks "What is big?" cites level 2\n'
    text += "at least 4 when some effort is (weight >= big) cites level 4\n"
    found = checked(text, "V4")
    assert refuted(found) == ["at least 4 #2 / at most 3"]
    assert len(finding(found, "at least 4 #2 / at most 3").witnesses) == 1


def test_a_level_is_closed_though_it_is_open_whether_the_entry_counts() -> None:
    """Around the number by which the entry is kept out, the evaluators leave it open whether the rule holds."""
    rules = """\
scheme nhs
factor 13 "Physical effort"
status binding
record duty "A duty"
  worth money asks "What is it worth?"
  alone yes or no asks "Is it done alone?"
level 2 when some duty is alone cites level 2
not 2 when some duty is (worth >= £1) cites definition
level 1 otherwise cites level 1
count once duty under 6 not 13 when worth < around £1,000 cites definition
"""
    assert refuted(checked(rules, "V4")) == ["level 2 open"]
