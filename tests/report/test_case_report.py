"""The example cases in every rendering, as they were read and found good, on one fixed day.

After a change that was meant, write them afresh with ``JERULES_UPDATE_GOLDEN=1`` set, and read the difference.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from jerules.documents.text import Source, read_source
from jerules.explain.case import CaseOutcome, follow
from jerules.explain.evaluate import reference_of
from jerules.jobs.case import load_case, load_case_file
from jerules.report.case import beside, case_sheet
from jerules.report.case_json import case_to_json, case_written
from jerules.report.case_text import case_to_markdown, case_to_terminal
from jerules.report.html import case_to_html
from jerules.rulebook.load import book_of
from jerules.scheme.load import load_scheme
from tests.report.engines import Reference

ROOT = Path(__file__).resolve().parent.parent.parent
CASES = sorted((ROOT / "docs" / "examples" / "procedure").glob("*.yaml"))
GOLDEN = ROOT / "tests" / "golden" / "expected"
ON = date(2026, 11, 21)
FORMS: dict[str, Callable[[CaseOutcome], str]] = {
    "txt": lambda outcome: case_to_terminal(case_sheet(outcome)),
    "md": lambda outcome: case_to_markdown(case_sheet(outcome)),
    "html": lambda outcome: case_to_html(case_sheet(outcome)),
    "json": case_written,
}
RULES = """\
scheme nhs
procedure review "Review <b>of</b> a *job*"

question first date asks "When did the first come in?"
question touched yes or no asks "Is it touched?"
question done date asks "When was it done?"
question begun date asks "When was it begun?"

needs first "The first" always cites section 5
step done "It is done" within 1 week of complete receipt always cites section 7
step begun "It is begun" when touched cites section 7
ground "It is touched" when touched cites section 5
"""


@lru_cache(maxsize=8)
def outcome(path: Path) -> CaseOutcome:
    """How an example case stands, its rule book's hash no hash, so that no golden file turns on it."""
    case, book = load_case_file(path)
    book = replace(book, hash="0123456789abcdef")
    case = load_case(read_source(path, shown_as=path.name), book)
    return follow(book, case, Reference(reference_of(book)), ON)


def told(answers: str) -> str:
    """The terminal text of a small case."""
    book = book_of(load_scheme("nhs"), [Source("review.jer", RULES)])
    case = load_case(Source("a.yaml", f"jerules: case/1\nscheme: nhs\nkind: review\ncase:\n{answers}"), book)
    return case_to_terminal(case_sheet(follow(book, case, Reference(reference_of(book)), ON)))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
@pytest.mark.parametrize("ending", list(FORMS))
def test_report_is_as_it_was_found_good(path: Path, ending: str) -> None:
    """Each rendering of each example case is, to the letter, what was read by eye."""
    found = FORMS[ending](outcome(path))
    kept = GOLDEN / f"case-{path.stem}.{ending}"
    if os.environ.get("JERULES_UPDATE_GOLDEN"):
        kept.write_text(found, encoding="utf-8", newline="\n")
    assert found == kept.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
@pytest.mark.parametrize("width", [80, 60, 40])
def test_terminal_text_fits(path: Path, width: int) -> None:
    """No line is wider than the terminal, and without colour no line carries an escape."""
    text = case_to_terminal(case_sheet(outcome(path)), width=width)
    assert max(map(len, text.splitlines())) <= width
    assert "\x1b" not in text


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_json_keeps_to_its_schema(path: Path) -> None:
    """The JSON is what the schema describes, and nothing more."""
    schema: dict[str, Any] = json.loads(
        (files("jerules.report") / "schema" / "procedure-1.schema.json").read_text(encoding="utf-8")
    )
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(case_to_json(outcome(path)), schema, cls=jsonschema.Draft202012Validator)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_rendering_says_the_same(path: Path) -> None:
    """Each item with its paragraph stands in the Markdown, in the HTML and on the screen."""
    sheet = case_sheet(outcome(path))
    whole = " ".join(case_to_terminal(sheet).split())
    for item in (item for section in sheet.telling.sections for item in section.items):
        assert " ".join(item.says.split())[:30] in whole
        assert beside(item).split("; ")[0] in whole


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_line_has_its_paragraph(path: Path) -> None:
    """What is missing, what happens next, from when, by whom and on what grounds: each says where that is laid down."""
    sections = [one for one in case_sheet(outcome(path)).telling.sections if one.heading != "Still to ask"]
    assert all(item.cites for section in sections for item in section.items)


def test_what_a_rule_is_called_is_not_obeyed() -> None:
    """Marks in the title of a procedure stand for themselves in HTML."""
    book = book_of(load_scheme("nhs"), [Source("review.jer", RULES)])
    case = load_case(Source("a.yaml", "jerules: case/1\nscheme: nhs\nkind: review\n"), book)
    page = case_to_html(case_sheet(follow(book, case, Reference(reference_of(book)), ON)))
    assert "<b>of</b>" not in page
    assert "&lt;b&gt;of&lt;/b&gt;" in page


def test_nothing_known_is_told_as_not_known() -> None:
    """A blank case is missing what is always needed; what turns on an answer is open, and asked."""
    text = told("  touched:\n")
    assert "missing  The first" in text
    assert "Nothing is recorded" in text
    assert "Within 1 week after the last of what is needed is in" in text
    assert "open  It is touched" in text
    assert "`touched`  Is it touched?" in text


def test_days_are_told_as_they_lie_to_today() -> None:
    """What comes in later, what is set for a day, what is overdue and what was done late, each in its words."""
    assert "Recorded for 1 December 2026" in told("  first: 1 December 2026\n")
    assert "Recorded for 1 November 2026 or later, which may be past" in told("  first: from 1 November 2026\n")
    assert "1 November 2026 or earlier" in told("  first: by 1 November 2026\n")
    assert "By 10 November 2026: overdue by 11 days" in told("  first: 3 November 2026\n")
    assert "Set for 24 November 2026" in told("  touched: yes\n  begun: 24 November 2026\n")
    late = " ".join(told("  first: 3 November 2026\n  done: 11 November 2026\n").split())
    assert "It is done (11 November 2026), 1 day after its deadline." in late
    assert "Nothing is missing; no step is known to be overdue." in late
