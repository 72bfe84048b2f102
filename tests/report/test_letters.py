"""Letters whose place the copy of the document leaves in doubt: marked wherever they are shown; levels never are."""

from __future__ import annotations

import json

import pytest

from jerules.documents.text import Source
from jerules.engine.reference.evaluator import ReferenceEvaluator
from jerules.explain.evaluate import evaluate
from jerules.explain.outcome import Outcome
from jerules.explain.telling import tell_factor
from jerules.jobs.load import load_job
from jerules.match.standings import levels_of_positions
from jerules.report import score as score_report
from jerules.report.html import to_html
from jerules.report.json import to_json
from jerules.report.markdown import to_markdown
from jerules.report.sheet import sheet_of
from jerules.report.terminal import to_terminal
from jerules.rulebook.load import book_of
from jerules.scheme.load import load_scheme
from jerules.scheme.model import UNCERTAIN, Position, has_mark
from jerules.scheme.score import read_levels, score

NJC = load_scheme("njc")
RULES = """
scheme njc
factor 3 "Interpersonal and communication skills"
record talk "Talks that the job has"
  times count asks "How many?"
  skilled yes or no asks "With a skill?"
level 4(c) when some talk is (times >= 6) cites level 4(c)
level 3(c) when some talk is (times >= 3) cites level 3(c)
level 3(b) when some talk is skilled cites level 3(b)
level 1 otherwise cites level 1
"""
ALL_ONE = ",".join(["1", "1", "{}", *["1"] * 10])


def outcome(talk: str) -> Outcome:
    """What comes out for a job with this talk."""
    book = book_of(NJC, [Source("3.jer", RULES)])

    class Alone(ReferenceEvaluator):
        checked_by = ""

    job = load_job(Source("job.yaml", f"jerules: job/1\nscheme: njc\nrecords: {{talk: [{talk}]}}\n"), book)
    return evaluate(book, job, Alone(book))


def test_the_scheme_says_which_letters_are_uncertain() -> None:
    """The letters in doubt are those of factor 3 (levels 3 and 4), 7 (levels 2 and 3) and 12 (level 4); no other."""
    found = {
        (factor.number, level.number): "".join(level.uncertain)
        for factor in NJC.factors
        for level in factor.levels
        if level.uncertain
    }
    assert found == {(3, 3): "cd", (3, 4): "cd", (7, 2): "abcd", (7, 3): "abcd", (12, 4): "bc"}
    assert not any(level.uncertain for factor in load_scheme("nhs").factors for level in factor.levels)


def test_a_position_is_marked_and_stays_the_same_position() -> None:
    """The mark is shown and never compared: a level with a doubtful letter is the level that it is."""
    factor = NJC.factor(3)
    assert factor is not None
    marked = factor.marked(Position(3, "c"))
    assert (marked.shown, str(marked), marked == Position(3, "c")) == ("3(c?)", "3(c)", True)
    assert [factor.marked(Position(*one)).shown for one in ((3, "b"), (3,), (5, "c"))] == ["3(b)", "3", "5(c)"]
    assert factor.shown(3, ("a", "c")) == "3(a, c?)"


def test_every_rendering_marks_the_letter() -> None:
    """The level, the reason, the paragraph and why not bear the mark, each rendering with the reason for it."""
    found = outcome("{times: 4, skilled: no}")
    telling = tell_factor(found, found.factor(3))
    assert (telling.level, telling.because[0].gives, telling.why_not[0].gives) == (
        "Level 3(c?)",
        "level 3(c?)",
        "4(c?)",
    )
    assert telling.because[0].cites == "level 3(c?)"
    assert telling.remarks == (UNCERTAIN,)
    sheet = sheet_of(found)
    for page in (to_terminal(sheet), to_markdown(sheet), to_html([sheet])):
        assert "3(c?)" in page
        assert "4(c?)" in page
        assert " ".join(page.split()).count(UNCERTAIN) == 2  # below the table, and with the factor


def test_certain_letters_bear_no_mark() -> None:
    """Where no letter in doubt is shown, nothing is said of letters."""
    found = outcome("{times: 9, skilled: yes}")
    assert tell_factor(found, found.factor(3)).level == "Level 4(c?)"
    rules = RULES.replace("4(c)", "4(b)").replace("3(c)", "3(a)")
    book = book_of(NJC, [Source("3.jer", rules)])

    class Alone(ReferenceEvaluator):
        checked_by = ""

    job = load_job(Source("job.yaml", "jerules: job/1\nscheme: njc\nrecords: {talk: [{times: 4}]}\n"), book)
    certain = evaluate(book, job, Alone(book))
    assert tell_factor(certain, certain.factor(3)).remarks == ()
    assert UNCERTAIN not in " ".join(to_terminal(sheet_of(certain)).split())


def test_json_lists_the_letters_in_doubt() -> None:
    """Programs find the letter as it is, and beside it whether it is in doubt."""
    values = json.loads(json.dumps(to_json(outcome("{times: 4, skilled: no}"))))
    (factor,) = [one for one in values["factors"] if one["number"] == 3]
    assert factor["lowest"] == {"level": 3, "options": ["c"], "uncertain": ["c"]}
    assert factor["because"][0]["uncertain"] == ["c"]
    assert factor["why_not"]["rules"][0]["uncertain"] is True
    tool_free = [one for one in values["factors"] if one["number"] == 1]
    assert tool_free[0]["lowest"]["uncertain"] == []


@pytest.mark.parametrize(("level", "marked"), [("3c", True), ("3b", False), ("3", False)])
def test_a_score_marks_the_letter(level: str, marked: bool) -> None:  # noqa: FBT001 - a table of cases
    """A score says so of each letter in doubt, in every rendering."""
    found = score(NJC, read_levels(NJC, ALL_ONE.format(level)))
    for page in (score_report.to_terminal(found), score_report.to_markdown(found), score_report.to_html(found)):
        assert ("3(c?)" in page) is marked
        assert (UNCERTAIN in " ".join(page.split())) is marked


def test_a_comparison_marks_the_letter() -> None:
    """The levels of a job beside a profile bear the mark too."""
    levels = levels_of_positions(NJC, read_levels(NJC, ALL_ONE.format("3c")))
    assert (str(levels[2]), str(levels[0])) == ("3(c?)", "1")


@pytest.mark.parametrize(
    ("text", "marked"), [("level 3(c?)", True), ("3(a, c?)", True), ("3(c)", False), ("Is it so (or not?)", False)]
)
def test_a_mark_is_recognised(text: str, marked: bool) -> None:  # noqa: FBT001 - a table of cases
    """A question mark in brackets is a mark only at the letter of a level."""
    assert has_mark(text) is marked
