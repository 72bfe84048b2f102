"""V7: no level rule that can never decide, because a higher level is reached whenever it holds."""

from pathlib import Path

from jerules.verify.model import State
from tests.verify.checked import checked, finding, in_state, lines, refuted

HERE = Path(__file__).parent


def test_rules_that_decide_somewhere_are_proved() -> None:
    """Each level rule, and both ends of what the panel decides."""
    found = checked(HERE / "good.jer", "V7")
    assert in_state(found, State.PROVED) == list(found)
    assert set(found) == {"level 2(d)", "level 3(c)", "panel decides size 4(a)", "panel decides size 5(a)"}


def test_a_rule_that_higher_ones_cover_between_them_is_shown_with_them() -> None:
    """Neither of the two covers it alone; both are named, and no other."""
    found = checked(HERE / "bad.jer", "V7")
    wrong = finding(found, "level 2(d)")
    assert wrong.message == (
        "whenever this rule holds, a level above 2(d) is reached or level 2(d) is closed or capped"
    )
    assert sorted(lines(wrong)) == [11, 12, 13]


def test_a_level_that_is_closed_or_capped_never_decides() -> None:
    """A `not` and a cap mask a rule as a higher level does."""
    found = checked(HERE / "bad.jer", "V7")
    assert refuted(found) == [
        "level 2(d)",
        "level 3(a)",
        "level 4(b)",
        "panel decides size 1",
        "panel decides size 5(a)",
    ]
    assert lines(finding(found, "level 3(a)")) == [14]
