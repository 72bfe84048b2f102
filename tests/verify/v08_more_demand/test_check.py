"""V8: more of a demand never lowers the level."""

from pathlib import Path

from jerules.verify.model import State
from tests.verify.checked import answers, checked, finding, in_state, refuted

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
