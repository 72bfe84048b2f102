"""V2: no rule that holds for every job, and no definition that everything meets."""

from pathlib import Path

from jerules.verify.model import State
from tests.verify.checked import checked, finding, in_state, lines, refuted

HERE = Path(__file__).parent


def test_what_fails_somewhere_is_proved() -> None:
    """Rules with conditions and definitions; a bar may hold of every entry, and `otherwise` has no condition."""
    found = checked(HERE / "good.jer", "V2")
    assert in_state(found, State.PROVED) == list(found)
    assert set(found) == {"level 3(c)", "level 2(d)", "not 2(d)", "heavy/1", "busy/1"}
    assert found["heavy/1"].by == ("cells", "solver")
    assert found["busy/1"].by == ("solver",)


def test_what_always_holds_is_shown() -> None:
    """A definition that everything meets, and the rules that come to hold for every job by it."""
    found = checked(HERE / "bad.jer", "V2")
    assert set(refuted(found)) == {"level 2(d)", "busy/1", "heavy/1", "heavy/2"}
    assert finding(found, "level 2(d)").message == "this rule holds for every job"
    assert finding(found, "heavy/1").message == "everything meets this definition"
    assert lines(finding(found, "heavy/2")) == [14]
