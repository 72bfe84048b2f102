"""What holds of every case under the shipped procedures, found out with random ones."""

import json
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any

import jsonschema
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from jerules.documents.text import Source
from jerules.engine.choose import choose
from jerules.engine.durable.driver import available
from jerules.engine.facts import lay_out
from jerules.engine.procedure import Stage
from jerules.engine.truth import UNKNOWN
from jerules.explain.case import CaseOutcome, follow
from jerules.explain.evaluate import reference_of
from jerules.jobs.case import Case, kinds_of, load_case
from jerules.quantities.kinds import Kind
from jerules.report.case import case_sheet
from jerules.report.case_json import case_to_json
from jerules.report.case_text import case_to_terminal
from jerules.rulebook.load import load_procedures
from jerules.rulebook.model import RuleBook
from jerules.rulebook.questions import JOB, Form, Question
from jerules.scheme.load import scheme_names

BOOKS = [book for book in map(load_procedures, scheme_names()) if book.factors]
PROCEDURES = [(book, kind) for book in BOOKS for kind in kinds_of(book)]
DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))
Answers = Mapping[str, str]


@lru_cache(maxsize=1)
def schema() -> dict[str, Any]:
    """The schema of the JSON."""
    text = (files("jerules.report") / "schema" / "procedure-1.schema.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def an_answer(question: Question) -> st.SearchStrategy[str]:
    """An answer to a question, as a case file may write it."""
    if question.type.kind is Kind.DATE:
        between = st.tuples(DAYS, DAYS).map(lambda two: f"{min(two)} to {max(two)}")
        return st.one_of(DAYS.map(str), between, DAYS.map(lambda day: f"from {day}"), DAYS.map(lambda day: f"by {day}"))
    if question.type.form is Form.YES_NO:
        return st.sampled_from(["yes", "no"])
    return st.sampled_from(question.type.names) if question.type.names else st.integers(0, 20).map(str)


@st.composite
def cases(draw: st.DrawFn) -> tuple[RuleBook, str, Answers]:
    """A procedure, and answers to some of its questions."""
    book, kind = draw(st.sampled_from(PROCEDURES))
    likely = draw(st.sampled_from([3, 7, 10]))
    answers = {
        question.name: draw(an_answer(question))
        for question in book.records[JOB].questions
        if draw(st.integers(1, 10)) <= likely
    }
    return book, kind, answers


def case_of(book: RuleBook, kind: str, answers: Answers) -> Case:
    """The case with these answers."""
    head = {"jerules": "case/1", "scheme": book.scheme.id, "kind": kind, "case": dict(answers)}
    return load_case(Source("case.yaml", yaml.safe_dump(head)), book)


def followed(book: RuleBook, kind: str, answers: Answers, on: date) -> CaseOutcome:
    """How the case stands, by both evaluators where both are to be had."""
    engine = choose(book, "both" if available() else "reference")
    return follow(book, case_of(book, kind, answers), engine, on)


@settings(max_examples=80, deadline=None)
@given(cases(), DAYS)
def test_every_case_is_told(case: tuple[RuleBook, str, Answers], on: date) -> None:
    """Both evaluators and the proofs agree, no line is too wide, and the JSON keeps to its schema."""
    outcome = followed(*case, on)
    assert max(map(len, case_to_terminal(case_sheet(outcome)).splitlines())) <= 80
    jsonschema.validate(case_to_json(outcome), schema(), cls=jsonschema.Draft202012Validator)


@settings(max_examples=80, deadline=None)
@given(cases(), st.data())
def test_knowing_less_never_turns_anything_round(case: tuple[RuleBook, str, Answers], data: st.DataObject) -> None:
    """With fewer answers each rule comes out the same or open: a missing answer is never a no."""
    book, kind, answers = case
    kept = {name: text for name, text in answers.items() if data.draw(st.booleans())}
    more, less = (
        reference_of(book).verdicts(lay_out(book, case_of(book, kind, known).job)).factors[kind]
        for known in (answers, kept)
    )
    assert all(after in {UNKNOWN, before} for before, after in zip(more, less, strict=True))


@settings(max_examples=80, deadline=None)
@given(cases(), DAYS, st.data())
def test_knowing_less_never_moves_a_deadline(
    case: tuple[RuleBook, str, Answers], on: date, data: st.DataObject
) -> None:
    """With fewer answers a deadline is not known, or lies between days that hold the deadline of the full case."""
    book, kind, answers = case
    kept = {name: text for name, text in answers.items() if data.draw(st.booleans())}
    before, after = (_stages(followed(book, kind, known, on)) for known in (answers, kept))
    for name in before.keys() & after.keys():
        one, other = before[name].deadline, after[name].deadline
        if one and other and one.closes and other.closes:
            assert other.closes.low <= one.closes.low
            assert one.closes.high <= other.closes.high


def _stages(outcome: CaseOutcome) -> Mapping[str, Stage]:
    return {stage.rule.id: stage for stage in outcome.standing.stages}
