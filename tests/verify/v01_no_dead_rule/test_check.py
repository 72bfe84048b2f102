"""V1: no rule and no definition of a term that no job can ever meet."""

from pathlib import Path

from jerules.verify.model import State
from tests.verify.checked import checked, finding, in_state, lines, refuted

HERE = Path(__file__).parent


def test_rules_that_some_job_meets_are_proved() -> None:
    """Every rule with a condition, bars among them, and every single definition of a term."""
    found = checked(HERE / "good.jer", "V1")
    assert in_state(found, State.PROVED) == list(found)
    assert set(found) == {"level 3(c)", "effort under 16", "moderate/1", "moderate/2", "frequent/1"}
    assert found["moderate/1"].by == ("cells", "solver")
    assert found["level 3(c)"].by == ("replay",)


def test_a_rule_that_no_job_meets_is_shown() -> None:
    """What an entry cannot be at once, what no year has room for, and a bar that keeps nothing out."""
    found = checked(HERE / "bad.jer", "V1")
    assert refuted(found) == ["level 3(c)", "level 4(b)", "effort under 16", "moderate/1"]
    wrong = finding(found, "level 3(c)")
    assert wrong.message == "no job can meet this rule"
    assert lines(wrong) == [16]
    assert wrong.ends[0].citations[0].words == "level 3(c)"


def test_a_definition_that_nothing_meets_is_shown_with_the_parts_that_exclude_each_other() -> None:
    """Of a conjunction only those parts are named that cannot hold together."""
    wrong = finding(checked(HERE / "bad.jer", "V1"), "moderate/1")
    assert wrong.message == "nothing can meet this definition"
    assert lines(wrong) == [12]
    assert wrong.core == ("bad.jer:12:47", "bad.jer:12:66")


def test_a_rule_counts_entries_as_far_as_it_needs() -> None:
    """A rule for three entries is not dead because fewer were looked at."""
    text = (HERE / "good.jer").read_text(encoding="utf-8")
    text += "level 4(b) when at least 3 effort are moderate, frequent cites level 4(b)\n"
    assert not refuted(checked(text, "V1"))
