"""A factor whose level no rule gives: its facts are told, and no answer whatever makes a level of them."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from jerules.documents.text import Source
from jerules.explain.evaluate import evaluate, reference_of
from jerules.explain.outcome import FactorOutcome, Outcome
from jerules.explain.telling import tell_factor
from jerules.jobs.load import load_job
from jerules.rulebook.load import load_rulebook
from tests.report.engines import Reference

PACK = Path(__file__).resolve().parent.parent.parent / "docs" / "examples" / "sjc" / "packs" / "inverclyde-budgets.jer"
HEAD = "jerules: job/1\nscheme: sjc\n"


def outcome(text: str, *packs: Path) -> Outcome:
    """The outcome of a job under the SJC rules."""
    book = load_rulebook("sjc", packs)
    return evaluate(book, load_job(Source("job.yaml", HEAD + text), book), Reference(reference_of(book)))


def facts(text: str, number: int, *packs: Path) -> list[str]:
    """What is told of one factor."""
    found = outcome(text, *packs)
    return [line.text for line in tell_factor(found, found.factor(number)).facts]


def test_nothing_is_known() -> None:
    """Of an empty job every factor is without a level, every question is unasked, and there is no total."""
    found = outcome("")
    assert {factor.origin for factor in found.factors} == {"no-levels"}
    assert (found.total, found.totals, found.band, found.bands) == (None, None, None, ())
    assert {question.kind for factor in found.factors for question in factor.open_questions} == {
        "unasked",
        "unasked-record",
    }


def test_the_factors_that_nothing_is_asked_about() -> None:
    """The short questionnaire is about five factors; the other eight have no facts, not even empty ones."""
    blank = [factor.number for factor in outcome("").factors if factor.facts is None]
    assert blank == [1, 2, 3, 4, 5, 7, 9, 12]


def test_an_answer_and_its_evidence_are_told_once() -> None:
    """The answer has its evidence beside it; the word that it makes true has none."""
    found = outcome("job:\n  hr_policy: {answer: yes, evidence: applies the procedures, source: duty 4}\n")
    lines = tell_factor(found, found.factor(8)).facts
    assert [(line.evidence, line.source) for line in lines] == [("applies the procedures", "duty 4"), ("", "")]
    assert lines[1].text == "In charge of policy: it makes sure that personnel policy is carried out"


def test_a_budget_is_called_large_only_by_a_council() -> None:
    """Without local sums it is said that they are missing; with them, which band the budget falls into."""
    (missing,) = facts("job: {budget: £500.01k}\n", 10)[1:]
    limits = "small budget limit, considerable budget limit, large budget limit and very large budget limit"
    assert missing == f"Not agreed yet, so nothing is said that turns on it: {limits}"
    assert facts("job: {budget: '£640,000'}\n", 10, PACK)[1:] == ["Large budget: over £500,000, £2.5 million or less"]


def band(sum_: str) -> str:
    """The band of a budget with the sums of the pack."""
    (found,) = facts(f"job: {{budget: '{sum_}'}}\n", 10, PACK)[1:]
    return found.partition(":")[0]


def test_each_sum_belongs_to_the_band_that_it_ends() -> None:
    """Up to a sum means that the sum is in; a penny more is in the next band."""
    assert [band(one) for one in ("£100,000", "£100,000.01", "£500,000", "£500,000.01")] == [
        "Small budget", "Considerable budget", "Considerable budget", "Large budget",
    ]  # fmt: skip
    assert [band(one) for one in ("£2.5 million", "£2,500,000.01", "£10 million", "£10,000,000.01")] == [
        "Large budget", "Very large budget", "Very large budget", "Extremely large budget",
    ]  # fmt: skip


def test_the_overlapping_boxes_of_experience() -> None:
    """By A-SJC-03 five years are in the first box, seven in the middle one, and more in neither of the two."""
    middle = "Five to seven years: more than five years and no more than seven, the middle box"
    told = {years: facts(f"job: {{experience: {years}}}\n", 13) for years in ("5 years", "7 years", "8 years")}
    assert [middle in told[years] for years in told] == [False, True, False]
    assert "Up to five years: five years or less" in told["5 years"]
    assert "Over seven years: more than seven years" in told["8 years"]
    assert [one.id for one in outcome("job: {experience: 6 years}\n").factor(13).interpretations] == ["A-SJC-03"]


def test_a_witness_is_no_representative() -> None:
    """By A-SJC-05 evidence outside the council is informal, and representing it there is formal."""
    entry = "records:\n  hearing:\n    - {what: An inquiry, setting: external, speaks_as: %s}\n"
    assert "Formal advocacy: at least one of these is formal" in facts(entry % "for_council", 6)
    witness = outcome(entry % "witness").factor(6)
    assert [one.id for one in witness.interpretations] == ["A-SJC-05"]
    assert any(line.startswith("Informal advocacy") for line in facts(entry % "witness", 6))


def test_none_of_it_is_an_answer_and_silence_is_not() -> None:
    """That there is no advocacy is said only of a job that was asked and has none."""
    said = "No advocacy: nothing of the kind was reported"
    assert facts("records: {hearing: []}\n", 6) == [said]
    assert facts("", 6) == []


ANSWERS = {
    "hr_policy": ("yes", "no"),
    "budget": ("£1", "£20 million", "£90,000 to £600,000"),
    "budget_part": ("wholly", "partly"),
    "budget_role": ("primary", "secondary"),
    "primary_for": ("[]", "[wide_range, procurement, physical_planning, information_planning]"),
    "qualification_essential": ("yes", "no"),
    "qualification": ("none_needed", "degree", "other"),
    "experience": ("0 years", "5 years", "40 years", "4 to 9 years"),
}


@given(st.fixed_dictionaries({}, optional={name: st.sampled_from(found) for name, found in ANSWERS.items()}))
def test_no_answer_makes_a_level(answers: dict[str, str]) -> None:
    """Whatever is answered, a scheme without levels gives none: neither level 1 nor any other, and no points."""
    found = outcome("".join(["job:\n", *(f"  {name}: {one}\n" for name, one in answers.items())]))
    assert {level_and_points(factor) for factor in found.factors} == {(None, None, None, None, False)}


def level_and_points(factor: FactorOutcome) -> tuple[object, ...]:
    """Everything in an outcome that would be a level."""
    return factor.lowest.level, factor.highest.level, factor.points, factor.points_range, factor.settled
