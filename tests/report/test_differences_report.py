"""What a comparison of two rule books says, in every form, of what is not simply so."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files

import jsonschema
import pytest

from jerules.documents.text import Source
from jerules.report.differences import differences_sheet
from jerules.report.differences_json import differences_to_json
from jerules.report.differences_text import differences_to_markdown, differences_to_terminal
from jerules.report.html import differences_to_html
from jerules.rulebook.load import book_of
from jerules.scheme.load import load_scheme
from jerules.verify.differences import Differences, FactorDifference, differences
from jerules.verify.editions import Way
from jerules.verify.model import State

RULES = """\
scheme nhs
factor 13 "Physical effort"
record effort "Something that the body does <in short>"
  label task
  task text asks "What is done?"
  weight mass asks "How heavy?"
level 3(a) when some effort is (weight {} kg) reads "It is heavy | *very*." cites note "Heavy"
level 1 otherwise cites level 1
"""
NAMES = ("before", "after")
FORMS: dict[str, Callable[[Differences], str]] = {
    "terminal": lambda found: differences_to_terminal(differences_sheet(NAMES, found)),
    "markdown": lambda found: differences_to_markdown(differences_sheet(NAMES, found)),
    "html": lambda found: differences_to_html(differences_sheet(NAMES, found)),
}
each_form = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)


def found(old: str = ">= 6", new: str = ">= 8") -> Differences:
    """What changes between two editions of the rules above."""
    books = (book_of(load_scheme("nhs"), [Source("13.jer", RULES.format(weight))]) for weight in (old, new))
    return differences(*books)


def with_factor(state: State, *, undecided: tuple[Way, ...] = (), only: str = "") -> Differences:
    """The same with something else said of the factor."""
    factor = FactorDifference("13", 13, "Physical effort", state, ("solver",), undecided=undecided, only=only)
    return replace(found(), factors=(factor,))


@each_form
def test_undecided_is_never_silent(form: Callable[[Differences], str]) -> None:
    """A way of which nothing could be shown is named, and counted at the top."""
    text = " ".join(form(with_factor(State.UNDECIDED, undecided=(Way.HIGHER,))).split())
    assert "Undecided in 1 of 1 factor." in text
    assert "undecided whether any job comes to a higher level; no job comes to a lower level (proved)" in text


@each_form
def test_a_factor_with_rules_on_one_side_is_told(form: Callable[[Differences], str]) -> None:
    """Which book has them, and whose the level is by the other."""
    text = " ".join(form(with_factor(State.REFUTED, only="old")).split())
    assert "only the old rule book has rules for it; by the other the panel gives the level itself" in text


@each_form
def test_both_levels_and_the_answers_stand_in_every_form(form: Callable[[Differences], str]) -> None:
    """The job, what either book says of it, and the paragraph."""
    text = form(found())
    for words in ("weight 6 kg", "Level 3(a)", "Level 1", "It is heavy", "note: Heavy"):
        assert words in text


def test_marks_in_the_rules_stand_for_themselves() -> None:
    """What a rule file says cannot break a table, or make HTML of its own."""
    assert "It is heavy \\| \\*very\\*." in FORMS["markdown"](found())
    page = FORMS["html"](replace_record(found()))
    assert "&lt;in short&gt;" in page
    assert "<in short>" not in page


def replace_record(whole: Differences) -> Differences:
    """The comparison with a book in which the record is new, so that its title is shown."""
    empty = book_of(load_scheme("nhs"), [Source("13.jer", 'scheme nhs\nfactor 13 "Physical effort"\n')])
    return differences(empty, whole.new)


def test_no_line_is_wider_than_80_columns() -> None:
    """Two explanations stand beside each other in a terminal of the usual width."""
    assert max(map(len, FORMS["terminal"](found()).splitlines())) <= 80


def test_json_counts_what_is_undecided() -> None:
    """Programs see the same three states."""
    value = json.loads(differences_to_json(NAMES, with_factor(State.UNDECIDED, undecided=(Way.HIGHER,))))
    assert value["factors"] == {"same": 0, "changing": 0, "undecided": 1}
    assert value["levels"][0]["undecided"] == ["higher"]
    assert value["jobs"] is None
    text = (files("jerules.report") / "schema" / "diff-1.schema.json").read_text(encoding="utf-8")
    jsonschema.validate(value, json.loads(text), cls=jsonschema.Draft202012Validator)
