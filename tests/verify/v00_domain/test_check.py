"""V0: no question that can be answered in one way only, no record without entries, some job at all."""

from pathlib import Path

from jerules.verify.model import State
from tests.verify.checked import checked, finding, in_state, lines, refuted

HERE = Path(__file__).parent


def test_questions_with_answers_that_differ_are_proved() -> None:
    """There is a job, there are entries, and each question has two answers that some condition tells apart."""
    found = checked(HERE / "good.jer", "V0")
    assert in_state(found, State.PROVED) == list(found)
    assert set(found) == {"some job", "effort", "effort.kind", "effort.weight", "effort.often", "effort.aid"}
    assert found["effort.kind"].by == ("cells", "solver")
    assert found["effort.weight"].by == ("solver",), "nobody has agreed what is big, so the cells do not apply"


def test_a_question_with_one_answer_only_is_shown() -> None:
    """A choice that names all there are, and a number that everything reaches, tell nothing apart."""
    found = checked(HERE / "bad.jer", "V0")
    assert set(refuted(found)) == {"effort.kind", "effort.often", "effort.weight"}
    wrong = finding(found, "effort.kind")
    assert wrong.message == "no condition of the factor tells one answer to “What sort is it?” from another"
    assert lines(wrong) == [8]


def test_what_only_a_bar_on_every_entry_reads_is_left_out() -> None:
    """A bar may take in all choices: that says that the record belongs to another factor."""
    text = (HERE / "good.jer").read_text(encoding="utf-8").replace("kind is lifting and ", "")
    text += "assess effort under 16 not 13 when kind is one of lifting, bending, walking cites definition\n"
    assert "effort.kind" not in checked(text, "V0")
    narrower = text.replace("lifting, bending, walking cites", "lifting, bending cites")
    assert checked(narrower, "V0")["effort.kind"].state is State.PROVED
