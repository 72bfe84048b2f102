"""Job files that load, and what they become."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from jerules.documents.text import Source
from jerules.faults import Faulty
from jerules.jobs.load import load_job, load_job_file, scheme_of
from jerules.jobs.model import Answer, Decision, Entry, PanelView
from jerules.quantities.calendar import UNKNOWN, WorkPattern
from jerules.quantities.kinds import Interval, Kind, Measure
from jerules.rulebook.load import book_of
from jerules.rulebook.questions import JOB
from jerules.scheme.load import load_scheme
from jerules.scheme.model import Position
from tests.jobs.book import load, small_book

WHOLE = """\
title: Ward domestic
about: |
  Cleans two wards.
hours: {shifts: 5 a week, length: 7.5 hours}
job:
  drives: no
  purpose: {answer: care, evidence: "JD 2.1", source: job description}
records:
  effort:
    - task: Mops floors
      kind: lifting
      weight: 8 kg
      often: {answer: 80% of shifts, evidence: rota, source: ward manager}
      evidence: "JD 3.2"
      source: job description
    - unknown
  hazard: []
panel:
  1: {level: 3a, reason: Mostly routine contact, evidence: notes, source: panel}
decisions:
  hard_effort: {level: 3(a), reason: Heavy floors}
"""


def effort(text: str) -> Entry:
    """The first entry of the record `effort`, its lines as given."""
    lines = "".join(f"      {line}\n" for line in text.splitlines())
    return load(f"records:\n  effort:\n    -\n{lines}    - unknown\n").records["effort"][0]


def value(text: str, name: str) -> object:
    """What one answer becomes; None when it is not answered."""
    single = small_book().records[JOB].question(name) is not None
    entry = load(f"job:\n  {text}\n").facts if single else effort(text)
    found = entry.answers.get(name)
    return found.value if found else None


def test_a_whole_job() -> None:
    """Every part of a file arrives in the job, with evidence, source and hours."""
    job = load(WHOLE)
    assert (job.scheme, job.title, job.about, job.file) == ("nhs", "Ward domestic", "Cleans two wards.", "job.yaml")
    assert job.hours == WorkPattern(5, 27_000)
    assert job.facts.answers == {
        "drives": Answer(value=False, written="no"),
        "purpose": Answer(frozenset({"care"}), "care", "JD 2.1", "job description"),
    }
    first, second = job.records["effort"]
    assert (first.label, first.number, first.evidence, first.source) == ("Mops floors", 1, "JD 3.2", "job description")
    assert first.answers["weight"].value == Measure(Kind.MASS, Interval(8000, 8000), "8 kg")
    often = Measure(Kind.FREQUENCY, Interval(208, 208), "80% of shifts", Interval(8000, 8000))
    assert first.answers["often"] == Answer(often, "80% of shifts", "rota", "ward manager")
    assert (second.label, second.number, second.answers) == ("effort 2", 2, {})
    assert job.records["hazard"] == ()
    assert job.panel == {1: PanelView(Position(3, "a"), "Mostly routine contact", "notes", "panel")}
    assert job.decisions == {"hard_effort": Decision(Position(3, "a"), "Heavy floors")}


def test_json_says_the_same() -> None:
    """A job in JSON is the same job; numbers, true and null are read as their text."""
    data: dict[str, Any] = {"jerules": "job/1", "scheme": "nhs", **yaml.safe_load(WHOLE)}
    data["job"] |= {"difficulty": None}
    data["records"]["effort"][0]["times"] = 6
    found = load_job(Source("job.json", json.dumps(data, default=str)), small_book())
    entry = found.records["effort"][0]
    assert entry.answers["times"].value == Measure(Kind.PER_SHIFT, Interval(6, 6), "6")
    assert found.facts.answers["drives"].value is False
    assert "difficulty" not in found.facts.answers
    assert found.panel == load(WHOLE).panel


@pytest.mark.parametrize("written", ["", "unknown", "Not known", "not_known", "UNKNOWN", "null", "~", "''", "{}"])
@pytest.mark.parametrize("name", ["drives", "purpose", "languages", "difficulty", "since", "budget", "task", "weight"])
def test_not_known_in_every_form(name: str, written: str) -> None:
    """Nothing, null, `unknown` and `not known` leave a question of any type unanswered."""
    assert value(f"{name}: {written}", name) is None


@pytest.mark.parametrize("written", ["", "{answer: , evidence: JD}", "{answer: unknown}", "{evidence: JD, source: x}"])
def test_a_table_without_an_answer_is_not_an_answer(written: str) -> None:
    """Evidence alone answers nothing, and certainly not no."""
    assert value(f"drives: {written}", "drives") is None


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("drives: yes", "drives", True),
        ("drives: Y", "drives", True),
        ("drives: TRUE", "drives", True),
        ("drives: No", "drives", False),
        ("drives: n", "drives", False),
        ("drives: 'false'", "drives", False),
        ("kind: lifting", "kind", frozenset({"lifting"})),
        ("kind: Lifting,  pushing or pulling", "kind", frozenset({"lifting"})),
        ("kind: LIFTING", "kind", frozenset({"lifting"})),
        ("purpose: giving-care", "purpose", frozenset({"care"})),
        ("purpose: {answer: Office_Work}", "purpose", frozenset({"office"})),
        ("languages: [welsh, British Sign Language]", "languages", frozenset({"welsh", "bsl"})),
        ("languages: welsh", "languages", frozenset({"welsh"})),
        ("languages: []", "languages", frozenset()),
        ("languages: {answer: [], evidence: asked}", "languages", frozenset()),
        ("languages: ['', unknown]", "languages", None),
        ("difficulty: very hard", "difficulty", frozenset({"very_hard"})),
        ("difficulty: 'Plain, routine work'", "difficulty", frozenset({"routine"})),
        ("since: 21/11/2026", "since", Measure(Kind.DATE, Interval(739941, 739941), "21/11/2026")),
        ("budget: £1,200 a month", "budget", Measure(Kind.MONEY_RATE, Interval(1440000, 1440000), "£1,200 a month")),
        ("weight: 4 to 7 kg", "weight", Measure(Kind.MASS, Interval(4000, 7000), "4 to 7 kg")),
        ("task: 12", "task", "12"),
        ("task: no", "task", "no"),
        ("task: 'Cleans: floors'", "task", "Cleans: floors"),
    ],
)
def test_good_answers(text: str, name: str, expected: object) -> None:
    """Answers are read by their type; names and labels, in any letters, mean the same choice."""
    assert value(text, name) == expected


def test_what_was_written_is_kept() -> None:
    """An answer keeps its words for the explanation; a list is joined, and an empty one says what it means."""
    job = load("job:\n  languages: [bsl, Welsh]\n  purpose: Giving  Care\n  drives: Yes\n")
    assert {name: answer.written for name, answer in job.facts.answers.items()} == {
        "languages": "bsl, Welsh",
        "purpose": "Giving Care",
        "drives": "Yes",
    }
    assert load("job: {languages: []}\n").facts.answers["languages"].written == "none of these"


def test_places_of_answers() -> None:
    """An answer knows where it stands, for the explanation and for later messages."""
    place = load("job:\n  drives: {answer: yes}\n").facts.answers["drives"].place
    assert place is not None
    assert str(place) == "job.yaml:4:20"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("", None),
        ("unknown", None),
        ("\n    - ", None),
        ("\n    - {task: , weight: ''}", None),
        ("\n    - {task: }\n    - {weight: , evidence: }", None),
        ("[]", []),
        ("\n    - unknown", [{}]),
        ("\n    - task: unknown", [{}]),
        ("\n    - evidence: seen", [{}]),
        ("\n    - task: Mops\n    - ", [{"task"}, {}]),
        ("\n    - task: Mops\n    - {task: }", [{"task"}, {}]),
    ],
)
def test_none_unknown_and_not_asked(written: str, expected: list[set[str]] | None) -> None:
    """An absent or wholly blank record was not asked, `[]` is none, and an unknown entry is an entry."""
    records = load(f"records:\n  effort: {written}\n").records
    found = [set(entry.answers) for entry in records["effort"]] if "effort" in records else None
    assert found == (None if expected is None else [set(one) for one in expected])


@pytest.mark.parametrize(
    "text", ["", "hours:\n", "job:\n", "records:\n", "panel:\n", "decisions:\n", "hours: unknown\n"]
)
def test_every_part_may_be_left_out(text: str) -> None:
    """A file with nothing but its head is a job about which nothing is known."""
    job = load(text)
    assert (job.title, job.hours, job.facts.answers, job.records, job.panel, job.decisions) == (
        "", UNKNOWN, {}, {}, {}, {},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("{shifts: 5 a week}", WorkPattern(5)),
        ("{shifts: 3.5 a week, length: 12 h}", WorkPattern(Fraction(7, 2), 43_200)),
        ("{shifts: 7 a fortnight}", WorkPattern(Fraction(7, 2))),
        ("{shifts: 1 a year}", WorkPattern(Fraction(1, 52))),
        ("{shifts: 21 a week}", WorkPattern(21)),
        ("{length: 7 h 30 min}", WorkPattern(None, 27_000)),
        ("{shifts: , length: unknown}", UNKNOWN),
        ("{shifts: {answer: 5 a week, evidence: rota, source: ward manager}}", WorkPattern(5)),
    ],
)
def test_hours(written: str, expected: WorkPattern) -> None:
    """The hours are exact numbers, each of which may be missing."""
    assert load(f"hours: {written}\n").hours == expected


def test_hours_turn_rates_into_shares() -> None:
    """A frequency in shifts a week is a share of the job's shifts, once its hours are known."""
    text = "hours: {shifts: 5 a week}\nrecords: {effort: [{often: 2 shifts a week}, unknown]}\n"
    found = load(text).records["effort"][0].answers["often"].value
    assert isinstance(found, Measure)
    assert found.share == Interval(4000, 4000)


@pytest.mark.parametrize(("written", "expected"), [("3(a)", "3(a)"), ("3a", "3(a)"), ("3", "3(a)"), ("2", "2(d)")])
def test_a_decision_means_one_of_the_two_levels(written: str, expected: str) -> None:
    """A level without its letter means the option of it that was left to the panel."""
    job = load(f"decisions:\n  hard_effort: {{level: {written}, reason: so}}\n")
    assert str(job.decisions["hard_effort"].position) == expected


@pytest.mark.parametrize("form", ["{level: , reason: }", "{level: unknown, reason: not yet agreed}", ""])
def test_a_level_left_empty_is_no_level(form: str) -> None:
    """Where the panel has not chosen there is no view and no decision."""
    job = load(f"panel:\n  1: {form}\ndecisions:\n  hard_effort: {form}\n")
    assert (job.panel, job.decisions) == ({}, {})


def test_labels_of_entries() -> None:
    """An entry is called by the answer that names it, and otherwise by its place in its record."""
    entries = load("records:\n  effort: [{kind: bending}, {task: Mops}]\n").records["effort"]
    assert [entry.label for entry in entries] == ["effort 1", "Mops"]


ANSWERS: dict[str, list[str]] = {
    "drives": ["yes", "no"],
    "purpose": ["care", "Office work"],
    "languages": ["[]", "[welsh, bsl]", "bsl"],
    "difficulty": ["hard"],
    "since": ["2026-03-01"],
    "budget": ["£1,200 a month", "at least £1m a year"],
}


@given(st.fixed_dictionaries({}, optional={name: st.sampled_from(some) for name, some in ANSWERS.items()}))
def test_any_subset_of_the_answers_loads(answers: dict[str, str]) -> None:
    """Each answer stands on its own: those given are answered, the others are not."""
    lines = "".join(f"  {name}: {written}\n" for name, written in answers.items())
    assert set(load(f"job:\n{lines}").facts.answers) == set(answers)


@given(st.permutations(WHOLE.replace("\n  ", "\0 ").splitlines()))
def test_the_order_of_the_parts_does_not_matter(parts: list[str]) -> None:
    """A file may give its parts in any order."""
    text = "\n".join(parts).replace("\0 ", "\n  ")
    assert load(text) == load(WHOLE)


def test_scheme_of() -> None:
    """The scheme that a job names can be had before its rules are loaded."""
    assert scheme_of(Source("x.yaml", "jerules: job/1\nscheme: nhs\njob: {nonsense: 1}\n")) == "nhs"
    assert scheme_of(Source("x.json", '{"jerules": "job/1", "scheme": "njc"}')) == "njc"


def test_a_scheme_without_rules_is_fine() -> None:
    """A job of a scheme whose rules are not written yet has the panel's own levels."""
    book = book_of(load_scheme("njc"), [])
    text = "jerules: job/1\nscheme: njc\npanel: {1: {level: 4, reason: agreed}}\n"
    job = load_job(Source("job.yaml", text), book)
    assert (job.panel[1].position, book.scheme.id, book.factors) == (Position(4), "njc", {})


def test_a_misspelt_scheme_hides_nothing(tmp_path: Path) -> None:
    """The rest of the file is read as if the nearest scheme stood there, so that its mistakes are found too."""
    path = tmp_path / "job.yaml"
    path.write_text("jerules: job/1\nscheme: njcc\npanel: {1: 4}\n", encoding="utf-8")
    with pytest.raises(Faulty) as caught:
        load_job_file(path)
    assert [fault.code for fault in caught.value.faults] == ["no-such-scheme", "missing-reason"]
