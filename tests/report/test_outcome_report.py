"""An outcome as terminal text, Markdown, HTML and JSON: the same telling in each, and nothing in it that does harm."""

from __future__ import annotations

import json
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from jsonschema.protocols import Validator
from referencing import Registry, Resource
from rich.cells import cell_len

from jerules.explain.outcome import LABEL, Outcome
from jerules.explain.telling import tell
from jerules.report.html import factor_to_html, to_html
from jerules.report.json import factor_to_json, to_json
from jerules.report.markdown import factor_to_markdown, plain, to_markdown
from jerules.report.sheet import FactorSheet, Sheet, factor_sheet, sheet_of
from jerules.report.terminal import factor_to_terminal, to_terminal
from tests.report.cases import EXAMPLES, NAMES, example, golden, texts

HOSTILE = "<script>alert(1)</script> | [bold]x[/bold] *y* & \u202ez"


def _schema(name: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(
        (files("jerules.report") / "schema" / f"{name}.schema.json").read_text(encoding="utf-8")
    )
    return found


@pytest.fixture(scope="module")
def outcome_schema() -> Validator:
    return Draft202012Validator(_schema("outcome-1"))


@pytest.fixture(scope="module")
def factor_schema() -> Validator:
    found = _schema("outcome-1")
    registry: Registry[Any] = Registry().with_resource(str(found["$id"]), Resource.from_contents(found))
    return Draft202012Validator(_schema("factor-1"), registry=registry)


def outcomes() -> list[object]:
    """The two jobs, and each example job that is shipped."""
    return [*(pytest.param(name, id=name) for name in NAMES), *(pytest.param(path, id=path.stem) for path in EXAMPLES)]


def outcome_of(case: str | Path) -> Outcome:
    return example(case) if isinstance(case, Path) else golden(case)


# ── JSON ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["outcome-1", "factor-1"])
def test_schema_is_a_schema(name: str) -> None:
    """The schema files themselves are valid JSON Schema, Draft 2020-12."""
    Draft202012Validator.check_schema(_schema(name))


@pytest.mark.parametrize("case", outcomes())
def test_json_is_as_its_schema_says(case: str | Path, outcome_schema: Validator) -> None:
    """Every key is there, none is there that is not documented, and each has its type."""
    found = json.loads(json.dumps(to_json(outcome_of(case))))
    assert [error.message for error in outcome_schema.iter_errors(found)] == []
    assert [factor["number"] for factor in found["factors"]] == [one.number for one in outcome_of(case).factors]


@pytest.mark.parametrize("name", NAMES)
def test_json_of_one_factor_is_as_its_schema_says(name: str, factor_schema: Validator) -> None:
    """`explain` has a format of its own, whose factor is the factor of the whole outcome."""
    for number in (1, 13, 16):
        found = json.loads(json.dumps(factor_to_json(golden(name), number)))
        assert [error.message for error in factor_schema.iter_errors(found)] == []
        assert found["factor"] == json.loads(json.dumps(to_json(golden(name))))["factors"][number - 1]


@pytest.mark.parametrize("case", outcomes())
def test_json_has_no_inexact_number(case: str | Path) -> None:
    """No number in it is a float, not even one that happens to be whole."""

    def numbers(value: object) -> list[float]:
        match value:
            case dict():
                return [number for inner in value.values() for number in numbers(inner)]
            case list():
                return [number for inner in value for number in numbers(inner)]
            case float():
                return [value]
        return []

    assert numbers(to_json(outcome_of(case))) == []


def test_every_key_of_the_json_is_documented(repository: Path) -> None:
    """The page on the format names each key that the schema has."""
    page = (repository / "docs" / "json.md").read_text(encoding="utf-8")

    def keys(value: object) -> set[str]:
        if isinstance(value, list):
            return set().union(*map(keys, value))
        if not isinstance(value, dict):
            return set()
        own = set(value["properties"]) if isinstance(value.get("properties"), dict) else set()
        return own.union(*map(keys, value.values()))

    named = keys(_schema("outcome-1")) | keys(_schema("factor-1"))
    assert {key for key in named if f"`{key}`" not in page} == set()


# ── the same in every rendering ──────────────────────────────────────────────────────────────────────────────────


class _Text(HTMLParser):
    """The words of a page, its language, and whether every element is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.open: list[str] = []
        self.language = ""
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        if tag == "html":
            self.language = dict(attrs).get("lang") or ""
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def _read(page: str) -> _Text:
    found = _Text()
    found.feed(page)
    return found


def _words(page: str) -> str:
    return " ".join("".join(_read(page).words).split())


@pytest.mark.parametrize("case", outcomes())
def test_every_text_of_the_telling_is_in_every_rendering(case: str | Path) -> None:
    """Terminal, Markdown and HTML leave nothing out: levels, reasons, paragraphs, evidence, questions, assumptions."""
    outcome = outcome_of(case)
    sheet = sheet_of(outcome)
    terminal = to_terminal(sheet, width=5_000)
    markdown = to_markdown(sheet)
    page = _words(to_html([sheet]))
    for telling in tell(outcome):
        factor = outcome.factor(telling.number)
        if factor.origin in {"none", "no-levels"} and factor.facts is None:
            continue  # has no telling but that there are no rules, or no levels
        for text in texts(telling):
            assert text in terminal
            assert plain(text) in markdown
            assert " ".join(text.split()) in page


@pytest.mark.parametrize("case", outcomes())
def test_the_label_frame_and_total_are_in_every_rendering(case: str | Path) -> None:
    """Each page says that it is a suggestion, by which edition, rules and engine, and what it comes to."""
    sheet = sheet_of(outcome_of(case))
    pages = [to_terminal(sheet, width=5_000), to_terminal(sheet, brief=True, width=100_000)]
    pages += [_words(to_html([sheet])), _words(to_html([sheet], brief=True))]
    pages += [to_markdown(sheet).replace("\\", ""), to_markdown(sheet, brief=True).replace("\\", "")]
    for page in pages:
        assert f"This is {LABEL}" in page
        assert sheet.total in page
        assert all(value in page for _, value in sheet.frame)
        assert sheet.notice in page
        assert all(heading in page and text in page for heading, text in sheet.gaps)
        assert all(row.title in page for row in sheet.rows)


@pytest.mark.parametrize("name", NAMES)
def test_one_factor_has_its_steps_in_every_rendering(name: str) -> None:
    """`explain` shows each question of a proof with its answer."""
    outcome = golden(name)
    sheet, one = sheet_of(outcome), factor_sheet(outcome, 13)
    pages = [factor_to_terminal(sheet, one, width=5_000), _words(factor_to_html(sheet, one))]
    pages.append(factor_to_markdown(sheet, one).replace("\\", ""))
    asked = {
        "whole": "On how many shifts does it happen? 60% of shifts",
        "open": "What sort of effort is it? not known",
    }
    for page in pages:
        assert asked[name] in page
        for because in one.telling.because:
            assert because.says in page


# ── terminal ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("width", [40, 57, 80])
@pytest.mark.parametrize("case", outcomes())
def test_no_line_is_wider_than_the_terminal(case: str | Path, width: int) -> None:
    """Whatever the job, the report fits into the columns there are, and has no escape in it."""
    outcome = outcome_of(case)
    sheet = sheet_of(outcome)
    pages = [to_terminal(sheet, width=width), to_terminal(sheet, brief=True, width=width)]
    pages += [
        factor_to_terminal(sheet, factor_sheet(outcome, number), width=width)
        for number in (1, 13, outcome.factors[-1].number)
    ]
    for page in pages:
        assert max(cell_len(line) for line in page.splitlines()) <= width
        assert "\x1b" not in page


@settings(max_examples=40)
@given(text=st.text(max_size=200), width=st.integers(40, 80))
def test_no_text_of_a_job_breaks_the_page(text: str, width: int) -> None:
    """Long words, wide letters and marks that a terminal obeys are all kept inside the columns and made harmless."""
    page = to_terminal(_titled(golden("open"), text), brief=True, width=width)
    assert max(cell_len(line) for line in page.splitlines()) <= width
    assert all(letter.isprintable() for line in page.split("\n") for letter in line)


def test_colour_only_when_asked_for() -> None:
    """With colour the headings are bold; the words stay the same."""
    sheet = sheet_of(golden("open"))
    assert "\x1b[1m" in to_terminal(sheet, colour=True)
    assert "\x1b" not in to_terminal(sheet)


def test_brief_keeps_the_summary_and_the_questions() -> None:
    """`--brief` leaves the reasons out, and no question."""
    sheet = sheet_of(golden("open"))
    page = to_terminal(sheet, brief=True, width=1000)
    assert "Why not" not in page
    assert all(one.ask.text in page for one in sheet.asks)


# ── hostile texts ────────────────────────────────────────────────────────────────────────────────────────────────


def _titled(outcome: Outcome, text: str) -> Sheet:
    return sheet_of(replace(outcome, job=replace(outcome.job, title=text, about=text)))


def test_html_shows_a_hostile_title_as_text() -> None:
    """Markup in a title is text on the page and never an element."""
    for page in (to_html([_titled(golden("open"), HOSTILE)]), _factor_page(_titled(golden("open"), HOSTILE))):
        assert "<script" not in page
        assert " ".join(HOSTILE.split()) in _words(page)


def _factor_page(sheet: Sheet) -> str:
    one: FactorSheet = factor_sheet(golden("open"), 13)
    return factor_to_html(sheet, one)


def test_markdown_shows_a_hostile_title_as_text() -> None:
    """No mark in a title is taken for Markdown's or HTML's own, and none opens a list or a heading."""
    page = to_markdown(_titled(golden("open"), HOSTILE))
    assert "\\<script\\>alert(1)\\</script\\> \\| \\[bold\\]x\\[/bold\\] \\*y\\* &amp;" in page
    assert plain("1. first") == "1\\. first"
    assert plain("- first") == "\\- first"
    assert plain("# first\n# second") == "\\# first \\# second"


def test_terminal_takes_no_orders_from_a_title() -> None:
    """A mark that turns the direction of writing, and markup of the terminal library, are shown and not obeyed."""
    page = to_terminal(_titled(golden("open"), HOSTILE))
    assert "\u202e" not in page
    assert "[bold]x[/bold]" in page


# ── HTML ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("case", outcomes())
def test_html_is_one_well_formed_page(case: str | Path) -> None:
    """Every element is closed, the language is British English, nothing is fetched, and the table is a table."""
    page = to_html([sheet_of(outcome_of(case))])
    found = _read(page)
    assert (found.open, found.language) == ([], "en-GB")
    assert "http" not in page
    assert "src=" not in page
    assert {"h1", "h2", "caption", "thead", "th"} <= set(found.seen)


def test_html_never_skips_a_heading_level() -> None:
    """Headings go down one step at a time, so that a screen reader's outline is the page's."""
    for page in (to_html([sheet_of(golden("whole"))]), _factor_page(sheet_of(golden("open")))):
        levels = [int(tag[1]) for tag in _read(page).seen if tag in {"h1", "h2", "h3", "h4"}]
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))


def test_html_of_several_jobs_is_one_page() -> None:
    """Two jobs stand on one page, one article each."""
    page = to_html([sheet_of(golden("whole")), sheet_of(golden("open"))])
    assert page.count("<article") == 2
    assert page.count("<html") == 1
