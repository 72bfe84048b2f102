"""A score as terminal text, Markdown, HTML and JSON."""

import json
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from jerules.report.score import LABEL, to_html, to_json, to_markdown, to_terminal
from jerules.scheme.load import load_scheme
from jerules.scheme.score import Score, read_levels, score

NHS = load_scheme("nhs")
JOB = "5,5,3,2,3(a),5,2,2,3,1,1,3,3,2,3,3"


def _score(text: str = JOB) -> Score:
    return score(NHS, read_levels(NHS, text))


def test_json_has_the_documented_keys() -> None:
    """Programs find the format, each factor, the total, the band as text, the boundaries, crossings and the note."""
    found = json.loads(json.dumps(to_json(_score())))
    assert found["format"] == "jerules.score/1"
    assert (found["scheme"], found["edition"], found["total"], found["band"]) == ("nhs", "7", 388, "5")
    skills = {"number": 5, "name": "Physical skills", "level": 3, "option": "a", "uncertain": False, "points": 27}
    assert found["factors"][4] == skills
    assert found["boundaries"] == {
        "lower": {"total": 325, "distance": 63, "band": "4"},
        "upper": {"total": 396, "distance": 8, "band": "6"},
    }
    assert found["crossings"][0] == {"factor": 1, "from": 5, "to": 6, "delta": 15, "total": 403, "band": "6"}
    assert found["note"] is None


def test_json_says_null_where_nothing_is_settled() -> None:
    """A level not known leaves level, points, total and band null."""
    found = json.loads(json.dumps(to_json(_score("5,?,3,2,3(a),5,2,2,3,1,1,3,3,2,3,3"))))
    assert (found["total"], found["band"], found["lowest"], found["highest"]) == (None, None, 284, 508)
    assert found["factors"][1] == {
        "number": 2,
        "name": "Knowledge, training and experience",
        "level": None,
        "option": None,
        "uncertain": None,
        "points": None,
    }


@pytest.mark.parametrize("text", [JOB, "6,8,5,5,5,8,6,6,6,7,6,6,5,5,4,5", "?," + JOB[2:]])
def test_terminal_text_fits_eighty_columns(text: str) -> None:
    """No line is longer than the terminal, and without colour no line carries an escape."""
    page = to_terminal(_score(text))
    assert max(len(line) for line in page.splitlines()) <= 80
    assert "\x1b" not in page
    assert page.splitlines()[-1] == LABEL


def test_terminal_text_says_band_and_distance() -> None:
    """The total, its band and the way to both neighbours stand in plain words."""
    page = to_terminal(_score())
    assert "Total 388, band 5" in page
    assert "63 points fewer is band 4 (up to 325)." in page
    assert "8 points more is band 6 (from 396)." in page
    assert "3(a)" in page


def test_colour_only_when_asked_for() -> None:
    """A terminal may have bold headings."""
    assert "\x1b[1m" in to_terminal(_score(), colour=True)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("6,8,5,5,5,8,6,6,6,7,6,6,5,5,4,5", "Total 1000, no band"),
        ("5,?,3,2,3,5,2,2,3,1,1,3,3,2,3,3", "Total from 284 to 508, bands 4 to 7 possible"),
        ("5,5,3,2,3,5,2,2,3,1,1,3,?,2,3,3", "Total from 379 to 401, band 5 or 6"),
        ("5,5,3,2,3,5,2,2,2,1,1,3,?,2,3,3", "Total from 370 to 392, band 5"),
        ("6,8,5,5,5,8,6,1,1,3,1,1,5,?,4,5", "Total from 714 to 736, band 8d or 9"),
        ("6,8,5,5,5,8,6,1,1,5,1,1,5,?,4,5", "Total from 732 to 754, band 9"),
        ("6,8,5,5,5,8,6,1,1,5,3,1,5,?,4,5", "Total from 748 to 770, band 9 or no band"),
    ],
)
def test_total_line(text: str, line: str) -> None:
    """Settled, open, and above every band each have their own words."""
    assert line in to_terminal(_score(text))


def test_markdown_tables() -> None:
    """The tables are pipe tables with a row for each factor, and the label closes the page."""
    page = to_markdown(_score())
    assert "| 5 | Physical skills | 3(a) | 27 |" in page
    assert "**Total 388, band 5**" in page
    assert page.endswith(f"*{LABEL}*\n")


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.language = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "html":
            self.language = dict(attrs).get("lang") or ""
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_html_is_one_well_formed_page_in_british_english() -> None:
    """Every element is closed, the language is stated, and nothing is fetched from elsewhere."""
    text = to_html(_score())
    page = _Page()
    page.feed(text)
    assert (page.open, page.language) == ([], "en-GB")
    assert "http" not in text
    assert LABEL in text
    assert ">3(a)<" in text


def test_names_from_a_scheme_file_are_text_and_nothing_else() -> None:
    """A title that looks like markup is shown as written in every form."""
    title = "<script>x</script> | [bold]y[/bold] *z* & co"
    whole = _score()
    first = replace(whole.factors[0], factor=replace(whole.factors[0].factor, title=title))
    odd = replace(whole, factors=(first, *whole.factors[1:]), crossings=())
    assert "<script>" not in to_html(odd)
    assert "\\<script\\>x\\</script\\> \\| \\[bold\\]" in to_markdown(odd)
    assert "[bold]y[/bold]" in to_terminal(odd, width=120)
