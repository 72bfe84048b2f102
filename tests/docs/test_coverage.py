"""The coverage of the guidance: nothing named that does not exist, nothing left out, and the page is current."""

import os
import re
from pathlib import Path

import pytest

from jerules.rulebook.load import load_rulebook
from tests.docs import coverage


def test_every_name_exists() -> None:
    """Whatever a coverage file names is in the rule book, in the factor that the file is about."""
    book = load_rulebook("nhs")
    assert [line for one in coverage.read_all() for line in coverage.unknown(book, one)] == []


def test_every_factor_with_rules_is_covered() -> None:
    """Each factor with rules has a coverage file, and only those."""
    assert {one.factor for one in coverage.read_all()} == set(load_rulebook("nhs").factors)


def test_every_interpretation_is_covered() -> None:
    """Each interpretation of the rule book is the answer to a place where the guidance is unclear."""
    named = {
        item.removeprefix("interpretation ")
        for one in coverage.read_all()
        for items in one.notes.values()
        for item in items
        if item.startswith("interpretation ")
    }
    assert named == set(load_rulebook("nhs").interpretations)


def test_the_page_is_current() -> None:
    """``docs/coverage.md`` is what ``python -m tests.docs.update`` writes."""
    page = coverage.page(load_rulebook("nhs"), coverage.read_all())
    assert coverage.PAGE.read_text(encoding="utf-8") == page


def test_nothing_of_the_list_is_left_out(repository: Path) -> None:
    """Every note of the working list on these factors is accounted for.

    The list is not in the repository (it follows texts that are copyright); ``JERULES_GUIDANCE`` names its folder.
    """
    folder = Path(os.environ.get("JERULES_GUIDANCE", repository.parent / "shared" / "guidance"))
    if not folder.is_dir():
        pytest.skip("no copy of the working list of notes is at hand")
    files = coverage.read_all()
    factors = {int(one.factor) for one in files}
    rules, unclear = ((folder / name).read_text(encoding="utf-8") for name in ("guidance-rules.md", "ambiguities.md"))
    notes = re.findall(r"^\| (R-NHS-F(\d+)-\d+) \|", rules, re.MULTILINE)
    wanted = {note for note, factor in notes if int(factor) in factors}
    rows = re.findall(r"^\| (A-NHS-\d+) \| [^|]+ \| ([^|]+) \|", unclear, re.MULTILINE)
    wanted |= {note for note, where in rows if factors & {int(number) for number in re.findall(r"\bF(\d+)", where)}}
    assert wanted
    assert wanted - {note for one in files for note in one.notes} == set()
