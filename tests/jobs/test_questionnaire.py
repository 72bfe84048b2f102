"""The blank job file."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jerules.documents.text import Source
from jerules.faults import Faulty
from jerules.jobs.load import load_job
from jerules.jobs.model import Job
from jerules.jobs.page import WIDTH
from jerules.jobs.questionnaire import questionnaire
from jerules.jobs.shape import plain
from jerules.jobs.wording import SAMPLES, samples
from jerules.quantities.calendar import ORDINARY, UNKNOWN, WorkPattern
from jerules.quantities.kinds import Kind
from jerules.quantities.reading import read_measure
from jerules.rulebook.load import book_of
from jerules.rulebook.model import RuleBook
from jerules.rulebook.questions import AnswerType, Form
from jerules.scheme.load import load_scheme
from tests.jobs.book import EFFORT, HAZARD, SHARED, small_book

GOLDEN = Path(__file__).with_name("questionnaire.yaml")


def loaded(text: str, book: RuleBook) -> Job:
    return load_job(Source("questionnaire.yaml", text), book)


def nothing_said(job: Job) -> bool:
    """Whether a job is one about which nothing at all is known."""
    said = (job.title, job.about, job.facts.answers, job.facts.evidence, job.records, job.panel, job.decisions)
    return not any(said) and job.hours == UNKNOWN


def test_the_whole_text() -> None:
    """The questionnaire of the small rule book, word for word."""
    assert questionnaire(small_book()) == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["nhs", "njc"])
def test_it_loads_as_a_job_about_which_nothing_is_known(name: str) -> None:
    """The blank file is a job file already: every answer unknown, no record asked, no level chosen."""
    book = small_book() if name == "nhs" else book_of(load_scheme(name), [])
    job = loaded(questionnaire(book), book)
    assert job.scheme == name
    assert nothing_said(job)


@given(st.sets(st.integers(min_value=1, max_value=16), min_size=1))
def test_any_choice_of_factors_loads(factors: set[int]) -> None:
    """For any factors the file loads, and asks exactly what their rules read, with the name of the entry."""
    text = questionnaire(small_book(), sorted(factors))
    assert nothing_said(loaded(text, small_book()))
    keys = re.findall(r"^ *(?:- )?([a-z0-9_]+):$", text, re.MULTILINE)
    assert ("weight" in keys) == (13 in factors)
    assert ("difficulty" in keys) == (13 in factors)
    assert ("source_of_it" in keys) == (16 in factors)
    assert "purpose" not in keys
    assert ("hard_effort" in keys) == (13 in factors)
    assert {key for key in keys if key.isdigit()} == {str(number) for number in factors - {13, 16}}


def test_every_question_is_asked() -> None:
    """Each question stands above its key with its help, and each choice with its words."""
    text = " ".join(questionnaire(small_book()).replace("#", "").split())
    for record in small_book().records.values():
        for question in record.questions:
            assert f"{question.asks} " in text
            assert question.help in text
            assert re.search(rf" {question.name}: ", text)
            for choice in question.type.choices:
                assert choice.label in text
                assert choice.name in text or plain(choice.label) == plain(choice.name)


def test_no_line_is_too_wide() -> None:
    """Every line fits on the page, however long the question."""
    assert all(len(line) <= WIDTH for line in questionnaire(small_book()).splitlines())


@pytest.mark.parametrize("kind", list(Kind))
def test_samples_of_answers_can_be_answers(kind: Kind) -> None:
    """Every answer that a questionnaire shows as a sample is one that is read."""
    for per in ("", "month", "week"):
        for sample in samples(AnswerType(Form.QUANTITY, kind, per)):
            read_measure(sample, kind, ORDINARY, WorkPattern(5, 27_000))
    assert len(SAMPLES[kind]) > 1


def test_the_sample_with_evidence_is_an_answer() -> None:
    """What the head of the file shows as an answer with its evidence loads when it is put in its place."""
    lines = questionnaire(small_book()).splitlines()
    start = lines.index("#     weight:")
    sample = "\n".join("    " + line.removeprefix("#") for line in lines[start : start + 4])
    text = (
        f"jerules: job/1\nscheme: nhs\nrecords:\n  effort:\n    - task: Mops\n{sample.replace('         ', '      ')}\n"
    )
    answer = loaded(text, small_book()).records["effort"][0].answers["weight"]
    assert (answer.written, bool(answer.evidence), bool(answer.source)) == ("6 kg", True, True)


def test_a_filled_in_line_is_an_answer() -> None:
    """To answer is to write after the colon; the other questions stay unknown."""
    text = questionnaire(small_book()).replace("  drives:\n", "  drives: no\n").replace("weight:\n", "weight: 6 kg\n")
    job = loaded(text, small_book())
    assert list(job.facts.answers) == ["drives"]
    assert [list(entry.answers) for entry in job.records["effort"]] == [["weight"]]
    assert "hazard" not in job.records


def test_text_of_rules_cannot_leave_its_comment() -> None:
    """A question that holds a line end of some kind, or a hash, stays inside its comment."""
    shared = SHARED.replace("What is the job for?", "What?\u2028drives: yes # no\n   drives: yes")
    book = book_of(load_scheme("nhs"), [Source("a", shared), Source("b", EFFORT), Source("c", HAZARD)])
    assert nothing_said(loaded(questionnaire(book), book))


def test_factors_that_do_not_exist() -> None:
    """A number that is no factor is a fault, each of them."""
    with pytest.raises(Faulty) as caught:
        questionnaire(small_book(), [0, 13, 17, 17])
    assert [fault.code for fault in caught.value.faults] == ["unknown-factor", "unknown-factor"]


@pytest.mark.parametrize(("factor", "asked"), [(13, True), (14, False)])
def test_a_decision_of_a_tool_is_asked_with_the_factors_that_it_may_raise(factor: int, asked: bool) -> None:  # noqa: FBT001 - a table of cases
    """What a tool leaves to the panel is asked for the factors that it carries entries to, and for no other."""
    shared = """
scheme nhs
record advice "Advice that the job gives"
  binding yes or no asks "Must it be followed?"
"""
    tool = """
scheme nhs
tool advisory "Advising others"
panel decides weighty_advice 2 or 3 when some advice is binding asks "How far does it reach?" cites level 2
carry advice to 13 when binding cites definition
"""
    book = book_of(load_scheme("nhs"), [Source("shared.jer", shared), Source("tool.jer", tool)])
    page = questionnaire(book, [factor])
    assert ("weighty_advice:" in page) is asked
    assert ("Used for: Physical effort" in page) is asked
