"""V21: statements that are not binding and move a level against one that is."""

from pathlib import Path

from jerules.documents.text import Source
from jerules.rulebook.load import book_of
from jerules.scheme.load import load_scheme
from jerules.verify.model import State
from tests.verify.checked import answers, checked, checked_book, finding, in_state, lines, refuted

HERE = Path(__file__).parent
PACK = """\
scheme nhs
factor 13 "Physical effort"
pack "Local rules" agreed 2026-03-01 by "Joint evaluation group"
level 5(a) when some effort is (weight > 40 kg) cites definition
"""


def with_pack(text: str) -> dict[str, State]:
    """The state of each subject with a pack on top of the good file."""
    good = Source("good.jer", (HERE / "good.jer").read_text(encoding="utf-8"))
    rules = book_of(load_scheme("nhs"), [good], [Source("pack.jer", text)])
    return {subject: one.state for subject, one in checked_book(rules, "V21").items()}


def test_an_interpretation_that_raises_is_listed_under_its_name() -> None:
    """A wider word raises what a binding rule gives; one that speaks where the rules are silent does not."""
    found = checked(HERE / "good.jer", "V21")
    assert in_state(found, State.PROVED) == ["lowered", "bounds", "raised"]
    assert in_state(found, State.ACCEPTED) == ["A-NHS-90"]
    accepted = found["A-NHS-90"].acceptance
    assert accepted is not None
    assert (accepted.interpretation, accepted.because) == ("A-NHS-90", "Bending is as hard as lifting")
    assert found["raised"].says == "1 other readings and agreements raise no level that a binding rule gives"


def test_a_level_taken_away_is_shown_with_what_takes_it() -> None:
    """By the interpretation a load with an aid is light; the binding rule is about what is not."""
    found = checked(HERE / "bad.jer", "V21")
    assert refuted(found) == ["lowered", "bounds"]
    wrong = finding(found, "lowered")
    assert wrong.message == "what is not binding lowers a level that a binding rule gives"
    assert lines(wrong)[0] == 14
    assert "A-NHS-90: With an aid it is light" in [end.words for end in wrong.ends]
    assert any("aid yes" in one for one in answers(wrong))
    assert len(wrong.witnesses[0].confirmed_by) >= 1


def test_a_bound_that_is_passed_is_shown() -> None:
    """A floor of an interpretation lifts past the cap, or into the level that is closed."""
    wrong = finding(checked(HERE / "bad.jer", "V21"), "bounds")
    assert wrong.message == "a statement that is not binding lifts a level past what binding guidance allows"
    assert {16, 17} <= set(lines(wrong))


def test_each_bound_by_itself_is_found() -> None:
    """The closed level alone, and with neither floor none."""
    text = (HERE / "bad.jer").read_text(encoding="utf-8")
    without_floors = text.split("interpretation A-NHS-91")[0]
    closed = text.replace("at most 3 when every effort is aid cites level 3\n", "")
    assert refuted(checked(without_floors, "V21")) == ["lowered"]
    assert "bounds" in refuted(checked(closed, "V21"))
    assert "bounds" not in refuted(checked(closed.replace("at least 5", "at least 3"), "V21"))


def test_a_local_rule_that_raises_is_refuted() -> None:
    """It is no interpretation of anything. One that gives no more than binding rules do may speak."""
    assert with_pack(PACK)["level 5(a)"] is State.REFUTED
    as_much = PACK.replace("level 5(a)", "level 2(a)")
    assert State.REFUTED not in with_pack(as_much).values()


def test_a_factor_of_binding_statements_alone_has_nothing_to_compare() -> None:
    """It is proved by reading it."""
    text = (HERE / "good.jer").read_text(encoding="utf-8").split("interpretation")[0]
    found = checked(text, "V21")
    assert in_state(found, State.PROVED) == ["status"]
    assert found["status"].by == ("reading",)
