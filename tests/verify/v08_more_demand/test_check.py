"""V8: more of a demand never lowers the level."""

from pathlib import Path

from jerules.verify.model import State
from tests.verify.checked import answers, checked, finding, in_state, lines, refuted

HERE = Path(__file__).parent


def test_more_that_never_gives_less_is_proved() -> None:
    """Every quantity and every step of a scale is looked at; yes or no, and choices, are not more or less."""
    found = checked(HERE / "good.jer", "V8")
    assert in_state(found, State.PROVED) == list(found)
    assert set(found) == {"effort.weight", "effort.often", "effort.how_hard"}


def test_more_that_gives_less_is_shown_by_two_jobs() -> None:
    """The two jobs differ in one answer, and both evaluators find the one with more at a lower level."""
    found = checked(HERE / "bad.jer", "V8")
    assert set(refuted(found)) == {"effort.weight", "effort.often", "effort.how_hard"}
    wrong = finding(found, "effort.weight")
    assert wrong.message == "a job with more of “How heavy is it?” comes to a lower level than one with less"
    assert len(wrong.witnesses) == 2
    less, more = (answers(wrong, number) for number in (0, 1))
    assert len(less) == len(more) == 1
    said = [dict(one.split(" ", 1) for one in row[0].removeprefix("effort: ").split(", ")) for row in (less, more)]
    weights = [one.pop("weight") for one in said]
    assert weights[0] != weights[1]
    assert said[0] == said[1]


def test_the_rules_that_decide_about_each_job_are_shown() -> None:
    """Of the job with less, then of the one with more; each with its line and its paragraph."""
    head = (HERE / "good.jer").read_text(encoding="utf-8").partition("level 2(d)")[0]
    level = "level 3(c) when some effort is (weight from 6 kg to 15 kg) cites level 3(c)\n"
    wrong = finding(checked(f"{head}{level}level 1 otherwise cites definition\n", "V8"), "effort.weight")
    assert [end.words for end in wrong.ends] == ["With less: nhs/13/level 3(c)", "With more: nhs/13/level 1"]
    assert lines(wrong) == [14, 15]
    assert [[one.words for one in end.citations] for end in wrong.ends] == [
        ["level 3(c)"],
        ["definition of the factor"],
    ]


def test_a_cap_that_takes_the_level_down_is_shown_beside_the_rule_that_gives_it() -> None:
    """Whatever the factor would stand elsewhere without is among what decides."""
    head = (HERE / "good.jer").read_text(encoding="utf-8").partition("level 2(d)")[0]
    capped = (
        f"{head}level 4(b) when some effort is (weight > 15 kg) cites level 4(b)\n"
        "at most 2 when some effort is (weight > 20 kg) cites level 2\n"
        "level 1 otherwise cites level 1\n"
    )
    wrong = finding(checked(capped, "V8"), "effort.weight")
    assert {end.words for end in wrong.ends} == {"With less: nhs/13/level 4(b)", "With more: nhs/13/at most 2"}
