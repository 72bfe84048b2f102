"""V3: no case that a scale leaves out, no job without a level, and no combination that only `otherwise` decides."""

from pathlib import Path

import pytest

from jerules.verify.model import State
from tests.verify.checked import answers, checked, finding, in_state, lines, refuted

HERE = Path(__file__).parent


def test_ladders_that_cover_everything_are_proved() -> None:
    """Each case is on a rung, each job has a level, each combination a rule but for those at the foot of a scale."""
    found = checked(HERE / "good.jer", "V3")
    assert in_state(found, State.PROVED) == ["hardness", "how_often", "some level", "grid effort"]
    assert found["hardness"].says == "every case is on a rung of “light < heavy”"
    assert found["hardness"].by == ("cells", "solver")
    assert len(found) == 4


def test_every_gap_of_a_ladder_is_shown_in_words() -> None:
    """All the regions between the rungs are given, merged, with a job that both evaluators find on no rung."""
    found = checked(HERE / "bad.jer", "V3")
    assert refuted(found) == ["hardness", "some level", "grid effort"]
    wrong = finding(found, "hardness")
    assert wrong.message == "some cases are on no rung of “light < heavy”"
    assert wrong.regions == (
        "effort.weight: between 5 kg and 6 kg",
        "effort.weight: from 6 kg to under 10 kg; effort.aid: yes",
    )
    assert lines(wrong) == [12, 27, 13]
    assert len(wrong.witnesses) == 1


def test_a_job_without_a_level_is_shown() -> None:
    """Without `otherwise` a job that no rule speaks of has no level; the witness is such a job."""
    wrong = finding(checked(HERE / "bad.jer", "V3"), "some level")
    assert wrong.message == "the rules give some jobs no level"
    assert not wrong.ends
    assert answers(wrong) == []


def test_a_combination_that_only_otherwise_decides_is_shown() -> None:
    """Heavy loads on most shifts are on no lowest rung, and no level rule speaks of them."""
    wrong = finding(checked(HERE / "bad.jer", "V3"), "grid effort")
    assert wrong.message == "no level rule speaks of these combinations: only `otherwise` decides them"
    assert wrong.regions == ("heavy; frequent",)
    assert len(answers(wrong)) == 1


def test_a_combination_is_looked_for_where_otherwise_decides_it() -> None:
    """The level of `otherwise` is no answer for what is harder than something that has a higher one."""
    text = (HERE / "good.jer").read_text(encoding="utf-8")
    fewer = text.replace("level 3(c) when some effort is heavy, frequent cites level 3(c)\n", "")
    found = checked(fewer, "V3")
    assert refuted(found) == ["grid effort"]
    assert finding(found, "grid effort").regions == ("heavy; frequent",)
    assert len(finding(found, "grid effort").witnesses) == 1
    lowest = fewer.replace("level 2(d) when some effort is heavy, now_and_then", "level 2(d) when some effort is heavy")
    assert not refuted(checked(lowest, "V3"))


def test_what_an_interpretation_answers_is_accepted_in_its_name() -> None:
    """Where the guidance itself leaves something out and an interpretation speaks, both are shown."""
    found = checked(HERE / "bad.jer", "V3")
    assert in_state(found, State.ACCEPTED) == ["hardness A-NHS-90", "grid effort A-NHS-91"]
    by_word, by_rule = (found[one] for one in in_state(found, State.ACCEPTED))
    assert by_word.acceptance is not None
    assert by_word.acceptance.interpretation == "A-NHS-90"
    assert by_word.acceptance.because == "Hardly anything is light"
    assert finding(found, "hardness A-NHS-90").regions == ("effort.weight: under 2 kg",)
    assert by_rule.acceptance is not None
    assert by_rule.acceptance.interpretation == "A-NHS-91"
    assert finding(found, "grid effort A-NHS-91").regions == ("light; now and then",)
    assert len(finding(found, "grid effort A-NHS-91").witnesses) == 1


@pytest.mark.parametrize(
    ("limit", "expected"), [("when weight <= 5 kg", []), ("when weight < 6 kg", ["hardness"]), ("", ["hardness"])]
)
def test_a_ladder_claims_no_more_than_its_limits(limit: str, expected: list[str]) -> None:
    """Outside of `when` a ladder may leave out what it likes."""
    text = (HERE / "good.jer").read_text(encoding="utf-8").replace("weight < 6 kg", "weight <= 5 kg")
    text = text.replace("= light < heavy", f"= light < heavy {limit}")
    assert refuted(checked(text, "V3")) == expected


def test_a_ladder_of_the_whole_scheme_belongs_to_no_factor() -> None:
    """Terms that all factors share are checked once, for the scheme."""
    text = (HERE / "good.jer").read_text(encoding="utf-8")
    shared = """scheme nhs
question pay money asks "What is paid?"
term small when pay < £10 cites chapter 2
term large when pay > £10 cites chapter 2
ladder sums = small < large
"""
    from jerules.documents.text import Source
    from jerules.rulebook.load import book_of
    from jerules.scheme.load import load_scheme
    from jerules.verify.run import obligations

    book = book_of(load_scheme("nhs"), [Source("case.jer", text), Source("shared.jer", shared)])
    (one,) = obligations(book, "", ["V3"])
    assert (one.factor, one.subject, one.state) == ("", "sums", State.REFUTED)
    assert one.finding is not None
    assert one.finding.regions == ("pay: exactly £10",)
    assert not [each for each in obligations(book, "13", ["V3"]) if each.state is not State.PROVED]


def test_where_cells_do_not_apply_the_solver_decides_alone() -> None:
    """A rung that turns on entries, or on a number that nobody agreed, has no cells: there is a witness, no regions."""
    text = (HERE / "good.jer").read_text(encoding="utf-8")
    text += 'parameter big mass asks "What is big?" cites level 2\n'
    text += (
        "term small effort when weight <= big cites definition\nterm great effort when weight > big cites definition\n"
    )
    text += "ladder size effort = small < great\n"
    text += "term idle when no effort is heavy cites definition\n"
    text += "term busy when some effort is (weight > 7 kg) cites definition\n"
    text += "ladder work = idle < busy\n"
    found = checked(text, "V3")
    assert refuted(found) == ["work"]
    assert found["size"].by == found["work"].by == ("solver",)
    assert finding(found, "work").regions == ()
    assert len(finding(found, "work").witnesses) == 1


def test_a_rule_about_the_job_alone_says_nothing_of_an_entry() -> None:
    """A rule that reads no entry may hold beside any, so no combination of rungs is spoken of by it."""
    text = (HERE / "good.jer").read_text(encoding="utf-8")
    text = text.replace("level 3(c) when some effort is heavy, frequent", "level 3(c) when on_call")
    text += 'question on_call yes or no asks "Is the job on call?"\n'
    found = checked(text, "V3")
    assert refuted(found) == ["grid effort"]
    assert finding(found, "grid effort").regions == ("heavy; frequent",)


def test_what_an_interpretation_answers_by_widening_a_word_is_accepted_in_its_name() -> None:
    """No rule names the highest rung; an interpretation counts it as the rung below, and the rules of that speak."""
    text = (HERE / "good.jer").read_text(encoding="utf-8")
    text = text.replace("weight >= 6 kg", "(weight >= 6 kg and weight < 15 kg)").replace(
        "light < heavy", "light < heavy < huge"
    )
    text += "term huge effort when weight >= 15 kg cites definition\n"
    assert finding(checked(text, "V3"), "grid effort").regions == ("huge",)
    text += 'interpretation A-NHS-92 "Huge is heavy"\n  because "No rule names it."\n  cites level 2(d)\n'
    text += "  extend term heavy effort when huge\n"
    found = checked(text, "V3")
    assert refuted(found) == []
    assert in_state(found, State.ACCEPTED) == ["grid effort A-NHS-92"]
    wrong = finding(found, "grid effort A-NHS-92")
    assert wrong.regions == ("huge",)
    assert lines(wrong) == [26]
