"""V13: a tool that raises two factors for one entry, and a factor that reads a tool's evidence for itself."""

from pathlib import Path

from jerules.verify.model import State
from tests.docs.blocks import blocks
from tests.verify.checked import answers, book, checked_book, finding, in_state, lines, refuted

HERE = Path(__file__).parent
PAGE = HERE.parent.parent.parent / "docs" / "checks" / "V13-tools-only-raise.md"
EFFORT = """\
scheme nhs
factor 13 "Physical effort"
question drives yes or no asks "Does the job drive?"
level 2(d) when drives cites level 2(d)
level 1 otherwise cites level 1
"""
CONDITIONS = """\
scheme nhs
factor 16 "Working conditions"
level 1 otherwise cites level 1
"""
STRANGER = """\
scheme nhs
factor 12 "Freedom to act"
level 2 when some advice is binding cites level 2
level 1 otherwise cites level 1
"""


def file(name: str) -> str:
    """One of the rule files beside this test."""
    return (HERE / name).read_text(encoding="utf-8")


def test_a_tool_that_carries_each_entry_to_one_factor_is_proved() -> None:
    """Nothing goes to both, nothing else rests on it, and neither factor is ever lowered."""
    found = checked_book(book(EFFORT, CONDITIONS, file("good.jer")), "V13")
    assert sorted(in_state(found, State.PROVED)) == [
        "advice",
        "advice 13/16",
        "advisory raises 13",
        "advisory raises 16",
    ]
    assert found["advice 13/16"].by == ("cells", "solver")


def test_an_entry_that_raises_two_factors_is_shown() -> None:
    """Every such case, and a job whose entry is carried to both."""
    found = checked_book(book(EFFORT, CONDITIONS, file("bad.jer")), "V13")
    assert refuted(found) == ["advice 13/16"]
    wrong = finding(found, "advice 13/16")
    assert wrong.message == "one entry of `advice` raises both 13 and 16"
    assert wrong.regions == ("advice.subject: weather; advice.binding: yes",)
    assert lines(wrong) == [13, 14]
    assert answers(wrong) == ["advice: subject weather, binding yes"]


def test_a_factor_that_reads_the_evidence_of_a_tool_is_shown() -> None:
    """Nothing is carried to factor 12, and it credits the same advice."""
    found = checked_book(book(EFFORT, CONDITIONS, file("good.jer"), STRANGER), "V13")
    assert refuted(found) == ["advice"]
    assert finding(found, "advice").message == "`advice` is carried to 13 and 16, and 12 credits it as well"


def test_the_page_is_so() -> None:
    """What it avoids is refuted, what it prefers is not, and its `accept` line accepts it."""
    avoid, prefer, accept = (block.text for block in blocks(PAGE) if block.words == ("jer",))
    assert refuted(checked_book(book(EFFORT, CONDITIONS, avoid), "V13")) == ["advice 13/16"]
    assert not refuted(checked_book(book(EFFORT, CONDITIONS, prefer), "V13"))
    assert in_state(checked_book(book(EFFORT, CONDITIONS, avoid + accept), "V13"), State.ACCEPTED) == ["advice 13/16"]
