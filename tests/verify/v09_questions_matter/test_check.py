"""V9: no question whose answer changes nothing."""

from pathlib import Path

from jerules.verify.model import State
from tests.verify.checked import checked, finding, in_state, lines, refuted

HERE = Path(__file__).parent


def test_questions_that_change_something_are_proved() -> None:
    """Each that the factor reads; a query is a rule too, and texts are for people."""
    found = checked(HERE / "good.jer", "V9", factor="13")
    assert in_state(found, State.PROVED) == list(found)
    assert set(found) == {"effort.kind", "effort.weight", "effort.often", "effort.aid"}


def test_a_question_that_is_read_and_changes_nothing_is_shown() -> None:
    """Two jobs alike but in that answer are never told apart by any rule of the factor."""
    found = checked(HERE / "bad.jer", "V9", factor="13")
    assert refuted(found) == ["effort.aid"]
    wrong = finding(found, "effort.aid")
    assert wrong.message == "whatever is answered to “Is there an aid?”, no rule of the factor comes out differently"
    assert lines(wrong) == [11]


def test_a_question_that_no_rule_reads_is_shown_for_the_scheme() -> None:
    """What is asked and read by no factor at all, unless the rules say that none may read it."""
    found = checked(HERE / "bad.jer", "V9", factor="")
    assert refuted(found) == ["effort.often"]
    assert finding(found, "effort.often").message == (
        "“On which part of the shifts?” is asked, and no rule reads the answer"
    )
    assert checked(HERE / "good.jer", "V9", factor="")["years"].state is State.PROVED
