"""A comparison with profiles as terminal text, Markdown, HTML and JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html.parser import HTMLParser
from importlib.resources import files
from typing import Any

import jsonschema
import pytest

from jerules.match.match import Match, rank
from jerules.report.html import matches_to_html
from jerules.report.matching import match_sheet
from jerules.report.matching_json import matches_written
from jerules.report.matching_text import matches_to_markdown, matches_to_terminal
from tests.match.profiles import compared, profile

SETTLED: Mapping[int, str] = {}
OPEN = {2: "?", 5: "3", 16: "?"}
FAILED = {2: "4", 4: "4", 12: "4", 16: "1"}


def _ranked(changes: Mapping[int, str]) -> tuple[Match, ...]:
    return rank([compared(changes), compared(changes, profile("6", knowledge="6", freedom_to_act="3-4"))])


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    found = json.loads((files("jerules.report") / "schema" / "match-1.schema.json").read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("changes", [SETTLED, OPEN, FAILED])
@pytest.mark.parametrize("width", [80, 60, 40])
def test_terminal_text_fits(changes: Mapping[int, str], width: int) -> None:
    """No line is wider than the terminal, and without colour no line carries an escape."""
    page = matches_to_terminal(match_sheet(_ranked(changes)), width=width)
    assert max(len(line) for line in page.splitlines()) <= width
    assert "\x1b" not in page


@pytest.mark.parametrize("write", [matches_to_terminal, matches_to_markdown, matches_to_html])
@pytest.mark.parametrize("changes", [SETTLED, OPEN, FAILED])
def test_every_page_says_what_it_rests_on(write: Any, changes: Mapping[int, str]) -> None:  # noqa: ANN401 - a renderer
    """The label, the rule by its name, and that it is to be confirmed stand on each output."""
    page = write(match_sheet(_ranked(changes)))
    for words in ("panel decides", "A-NHS-matching", "to be confirmed", "R-NHS-X-04"):
        assert words in page


def test_a_failed_match_in_words() -> None:
    """Each failed condition is named, with the factors that fail it."""
    page = " ".join(matches_to_terminal(match_sheet([compared(FAILED)])).split())
    assert "No match" in page
    assert "failed For a band match, no factor lies more than 1 level outside (factor 4)" in page
    assert "failed For a band match, factor 2 Knowledge, training and experience does not vary" in page
    assert "2 levels above" in page
    assert "1 level above; may not vary" in page
    assert "nearest first" not in page


def test_an_open_match_in_words() -> None:
    """What is not settled says what is possible, and no condition is failed that may still hold."""
    page = " ".join(matches_to_terminal(match_sheet([compared(OPEN)])).split())
    assert "Not settled: profile match, band match or no match" in page
    assert "open: in range or outside" in page
    assert "not known" in page
    assert "failed For" not in page


def test_an_option_not_said() -> None:
    """A level in range whose option is not known is open for that reason."""
    rows = match_sheet([compared({1: "3"})]).profiles[0].rows
    assert rows[0][-1] == "open: in range, the option is not said"


def test_marks_in_a_title_stand_for_themselves() -> None:
    """A profile's own words are no markup and no command to the terminal."""
    found = compared(with_=profile("5", "note: '<b>*x*|'\n"))
    sheet = match_sheet([found, found])
    assert "\\<b\\>\\*x\\*\\|" in matches_to_markdown(sheet)
    assert "<b>*x*|" not in matches_to_html(sheet)


def test_html_closes_what_it_opens() -> None:
    """The page is well formed."""
    open_: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - as called
            if tag not in {"meta", "br"}:
                open_.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert open_.pop() == tag

    Reader().feed(matches_to_html(match_sheet(_ranked(OPEN))))
    assert open_ == []


@pytest.mark.parametrize("changes", [SETTLED, OPEN, FAILED])
def test_json_keeps_to_its_schema(changes: Mapping[int, str], schema: dict[str, Any]) -> None:
    """The JSON is what the schema describes, and holds the results by rank."""
    jsonschema.Draft202012Validator.check_schema(schema)
    ranked = _ranked(changes)
    found = json.loads(matches_written(ranked))
    jsonschema.validate(found, schema, cls=jsonschema.Draft202012Validator)
    assert [one["rank"] for one in found["profiles"]] == [1, 2]
    assert [one["result"] for one in found["profiles"]] == [one.kind.value if one.kind else None for one in ranked]


def test_json_of_a_failed_condition() -> None:
    """A program finds the failed conditions by code, with the factors."""
    found = json.loads(matches_written([compared(FAILED)]))["profiles"][0]
    failed = {one["code"]: one["factors"] for one in found["conditions"] if one["holds"] == "failed"}
    assert failed["in-range"] == [2, 4, 12, 16]
    assert failed["near"] == [4]
    cell = found["factors"][3]
    assert cell["cases"] == [{"in_range": False, "steps": 2, "points_apart": 27}]
