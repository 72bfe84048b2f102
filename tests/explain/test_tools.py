"""A tool in its three steps: its own level, the one factor that an entry belongs to, and raise but never lower."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jerules.documents.text import Source
from jerules.engine.reference.evaluator import ReferenceEvaluator
from jerules.explain.evaluate import evaluate
from jerules.explain.outcome import ByTool, Outcome
from jerules.explain.telling import tell_factor
from jerules.explain.told import FactorTelling
from jerules.jobs.load import load_job
from jerules.report.html import to_html
from jerules.report.json import written
from jerules.report.markdown import to_markdown
from jerules.report.sheet import sheet_of
from jerules.report.terminal import to_terminal
from jerules.rulebook.load import book_of
from jerules.scheme.load import load_scheme

SHARED = """
scheme nhs
record effort "A demand"
  weight mass asks "How heavy is it?"
record advice "Advice that the job gives"
  label about
  about text asks "What is it about?"
  binding yes or no asks "Must it be followed?"
  written yes or no asks "Is it given in writing?"
  subject one of lifting, thinking, both asks "What is its main subject?"
"""
FACTOR = """
scheme nhs
factor {number} "{title}"
level {low} when some effort is (weight >= 6 kg) reads "The job lifts." cites level {low}
level {top} when some effort is (weight >= 60 kg) cites level {top}
level 1 otherwise cites level 1
"""
TOOL = """
scheme nhs
tool advisory "Advising others"
term strict advice when binding reads "people have to follow it" cites level 4
term on_lifting advice when subject is one of lifting, both reads "it is about lifting" cites definition
term on_thinking advice when subject is one of thinking, both reads "it is about thinking" cites definition
level 2 when some advice is (written) reads "The job advises in writing." cites level 2
level 4 when some advice is strict reads "The job gives advice that has to be followed." cites level 4
carry advice to 13 when on_lifting cites definition
carry advice to 14 when on_thinking cites definition
"""
FILES = (
    Source("shared.jer", SHARED),
    Source("13.jer", FACTOR.format(number=13, title="Physical effort", low="3(a)", top="5")),
    Source("14.jer", FACTOR.format(number=14, title="Mental effort", low="3(a)", top="5")),
    Source("tool.jer", TOOL),
)


def outcome(advice: str, effort: str = "[{weight: 10 kg}]") -> Outcome:
    """What comes out for a job with this advice, beside hands-on work of level 3."""
    book = book_of(load_scheme("nhs"), FILES)
    records = f"{{effort: {effort}, advice: {advice}}}" if advice else f"{{effort: {effort}}}"
    text = f"jerules: job/1\nscheme: nhs\nrecords: {records}\n"

    class Alone(ReferenceEvaluator):
        checked_by = ""

    return evaluate(book, load_job(Source("job.yaml", text), book), Alone(book))


def by_tool(found: Outcome, number: int = 13) -> ByTool:
    """What the tool says of a factor."""
    (tool,) = found.factor(number).by_tool
    return tool


def steps(found: Outcome, number: int = 13) -> list[list[str]]:
    """The three steps as they are read: what each comes to, its reasons, and its lines."""
    (tool,) = tell_factor(found, found.factor(number)).by_tool
    return [
        [step.says, *(because.says for because in step.because), *(line.text for line in step.lines)]
        for step in tool.steps
    ]


def telling(found: Outcome, number: int = 13) -> FactorTelling:
    """The telling of a factor."""
    return tell_factor(found, found.factor(number))


STRICT = "[{about: Hoists, binding: yes, written: no, subject: lifting}]"
MILD = "[{about: Hoists, binding: no, written: yes, subject: lifting}]"


def test_a_tool_that_raises_says_so_in_three_steps() -> None:
    """First its own level with its reason, then the one factor and why, then both levels and which decides."""
    found = outcome(STRICT)
    assert telling(found).level == "Level 4"
    assert steps(found) == [
        ["Step 1. The tool's own level: level 4.", "The job gives advice that has to be followed."],
        [
            "Step 2. The one factor it belongs to: factor 13.",
            "“Hoists” (lifting): it is about lifting. It belongs to factor 13",
        ],
        [
            "Step 3. The higher of the two stands; the tool never lowers a level.",
            "Hands-on work: level 3(a)",
            "The tool: level 4",
            "The tool's level is the higher: it raises factor 13.",
            "What belongs to factor 13 touches no other factor.",
        ],
    ]


@pytest.mark.parametrize(
    ("advice", "effort", "decides", "says"),
    [
        (STRICT, "[{weight: 10 kg}]", "tool", "The tool's level is the higher: it raises factor 13."),
        (MILD, "[{weight: 10 kg}]", "hands-on", "The tool's level is not the higher: the hands-on level stands."),
        (STRICT, "[{weight: 70 kg}]", "hands-on", "The tool's level is not the higher: the hands-on level stands."),
        (
            "[{about: Hoists, written: yes, subject: lifting}]",
            "[{weight: 10 kg}]",
            "open",
            "Which of the two is the higher is not settled yet.",
        ),
        (STRICT, "[{weight: at least 10 kg}]", "open", "Which of the two is the higher is not settled yet."),
    ],
)
def test_which_of_the_two_decides(advice: str, effort: str, decides: str, says: str) -> None:
    """The higher one decides; a tool that is lower changes nothing, and an open answer leaves it open."""
    found = outcome(advice, effort)
    assert by_tool(found).decides == decides
    assert says in steps(found)[2]


def test_both_on_the_same_level() -> None:
    """Where the two come to the same, the tool changes nothing."""
    rules = TOOL.replace("level 4 when", "level 3 when").replace("level 4", "level 3")
    book = book_of(load_scheme("nhs"), [*FILES[:3], Source("tool.jer", rules)])
    text = f"jerules: job/1\nscheme: nhs\nrecords: {{effort: [{{weight: 10 kg}}], advice: {STRICT}}}\n"

    class Alone(ReferenceEvaluator):
        checked_by = ""

    found = evaluate(book, load_job(Source("job.yaml", text), book), Alone(book))
    assert by_tool(found).decides == "both"
    assert "Both come to the same level: the tool changes nothing." in steps(found)[2]


def test_where_it_belongs_may_be_open() -> None:
    """An entry whose subject nobody has said may belong to either factor; both say so, and both are open."""
    found = outcome("[{about: Hoists, binding: yes, written: no}]")
    assert steps(found)[1][0] == "Step 2. The one factor it belongs to: perhaps factor 13, which is not settled."
    assert "Whether an entry belongs to factor 14 is not known yet." in steps(found)[2]
    assert [telling(found, number).level for number in (13, 14)] == ["Level 3 to 4", "Level 3 to 4"]


def test_a_tool_that_was_not_asked_about_is_open() -> None:
    """Nothing is known of the advice: the step says so, and no level is taken for granted."""
    found = outcome("")
    assert steps(found)[0][1] == "It is not known yet whether the job has this: advice that the job gives."
    assert by_tool(found).decides == "open"


def test_a_job_without_such_work_has_no_steps() -> None:
    """Where there is no advice, or it belongs elsewhere, a factor says nothing of the tool."""
    assert outcome("[]").factor(13).by_tool == ()
    assert outcome(STRICT).factor(14).by_tool == ()


def test_the_steps_quote_only_what_is_carried_here() -> None:
    """Advice that belongs to another factor supports no level here."""
    found = outcome(
        "[{about: Hoists, binding: no, written: yes, subject: lifting},"
        " {about: Memory, binding: yes, written: yes, subject: thinking}]"
    )
    assert (by_tool(found, 13).highest.level, by_tool(found, 14).highest.level) == (2, 4)
    assert (
        "Entries also belong to factor 14, which is exceptional: each is assessed there by itself." in steps(found)[2]
    )


def queries(found: Outcome, number: int = 13) -> list[str]:
    """What is put to the panel under a factor."""
    return [line.text for line in telling(found, number).queries]


def test_two_entries_that_look_alike_under_two_factors() -> None:
    """The same advice entered for two factors would count twice: both factors ask."""
    one = "about: Hoists, binding: yes, written: no"
    found = outcome(f"[{{{one}, subject: lifting}}, {{{one}, subject: thinking}}]")
    asked = (
        "“Hoists” and “Hoists” are answered alike, and count under factors 13 and 14. Are they one and the same work, "
    )
    assert queries(found, 13) == queries(found, 14) == [f"{asked}which counts once only?"]


def test_two_entries_that_may_be_alike() -> None:
    """Where an answer is missing they are alike as far as they are answered: what is missing is not taken as a no."""
    found = outcome(
        "[{about: Hoists, binding: yes, written: no, subject: lifting}, {about: Mind, binding: yes, subject: thinking}]"
    )
    (asked,) = queries(found)
    assert "are answered alike, as far as they are answered," in asked


def test_two_entries_that_differ_raise_no_query() -> None:
    """Advice that is answered otherwise is other advice; under one and the same factor nothing can count twice."""
    mild = "about: Mind, binding: no, written: yes"
    strict = "about: Hoists, binding: yes, written: no"
    assert queries(outcome(f"[{{{strict}, subject: lifting}}, {{{mild}, subject: thinking}}]")) == []
    assert queries(outcome(f"[{{{strict}, subject: lifting}}, {{{strict}, subject: lifting}}]")) == []


def test_one_entry_under_two_factors() -> None:
    """An entry that the rules carry to two factors is put to the panel under both."""
    found = outcome("[{about: Hoists, binding: yes, written: no, subject: both}]")
    asked = "“Hoists” is carried to factors 13 and 14. The same work counts once only: which one factor fits best?"
    assert queries(found, 13) == queries(found, 14) == [asked]


def test_every_rendering_shows_the_steps() -> None:
    """Terminal, Markdown and HTML print the three steps; JSON holds them, and which of the two decides."""
    found = outcome(STRICT)
    sheet = sheet_of(found)
    for page in (to_terminal(sheet), to_markdown(sheet), to_html([sheet])):
        flat = " ".join(page.replace("&#39;", "'").split())
        for says in ("Step 1. The tool's own level: level 4.", "Step 2. The one factor", "it raises factor 13."):
            assert says in flat
        assert flat.count("The job gives advice that has to be followed.") == 1
    (tool,) = next(one for one in json.loads(written([found]))["factors"] if one["number"] == 13)["tools"]
    assert (tool["tool"], tool["decides"], tool["lowest"]["level"]) == ("advisory", "tool", 4)
    assert [one["entry"]["label"] for one in tool["carried"]] == ["Hoists"]


def test_why_not_leaves_out_what_belongs_elsewhere() -> None:
    """A factor is not told to change the subject of advice that belongs to another; what it lacks itself is told."""
    found = outcome(STRICT)
    assert [hurdle.gives for hurdle in telling(found, 14).why_not] == ["5"]
    assert not any("Hoists" in hurdle.text for hurdle in telling(found, 14).why_not)


def test_the_schema_describes_the_steps() -> None:
    """The JSON of a job with a tool is as the schema says."""
    jsonschema = pytest.importorskip("jsonschema")
    import jerules.report

    path = Path(jerules.report.__file__).parent / "schema" / "outcome-1.schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    for advice in (STRICT, "", "[{about: Hoists}]"):
        jsonschema.Draft202012Validator(schema).validate(json.loads(written([outcome(advice)])))
