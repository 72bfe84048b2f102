"""The coverage of the guidance on procedures: nothing named that is not there, nothing left out, and a current page."""

import os
import re
from pathlib import Path

import pytest

from jerules.rulebook.load import load_procedures
from tests.docs import coverage_procedure as coverage

every_scheme = pytest.mark.parametrize("scheme", coverage.SCHEMES)


@every_scheme
def test_every_name_exists(scheme: str) -> None:
    """Whatever the file names is in the rules of that procedure."""
    assert list(coverage.unknown(load_procedures(scheme), coverage.notes_of(scheme))) == []


@pytest.mark.parametrize("item", ["new_post: needs nothing", "old_post: step referred", 'new_post: query "Nobody', "x"])
def test_what_is_not_there_is_found(item: str) -> None:
    """A rule, a procedure or a query that is not there is reported with its note."""
    assert list(coverage.unknown(load_procedures("nhs"), {"R-1": (item,)})) == [f"R-1: {item}"]


@every_scheme
def test_every_interpretation_is_accounted_for(scheme: str) -> None:
    """Each interpretation answers a note."""
    items = {item for items in coverage.notes_of(scheme).values() for item in items}
    assert {f"interpretation {name}" for name in load_procedures(scheme).interpretations} <= items


def test_the_page_is_current() -> None:
    """The page is what ``python -m tests.docs.update`` writes."""
    assert coverage.PAGE.read_text(encoding="utf-8") == coverage.page()


@pytest.mark.parametrize(("scheme", "wanted"), [("nhs", r"R-NHS-[GX]-\d+"), ("sjc", r"R-SJC-[GF]-\d+|A-SJC-\d+")])
def test_nothing_of_the_list_is_left_out(scheme: str, wanted: str, repository: Path) -> None:
    """Every general note of the working list, which is not in the repository; ``JERULES_GUIDANCE`` names its folder."""
    folder = Path(os.environ.get("JERULES_GUIDANCE", repository.parent / "shared" / "guidance"))
    if not folder.is_dir():
        pytest.skip("no copy of the working list of notes is at hand")
    text = "".join((folder / name).read_text(encoding="utf-8") for name in ("guidance-rules.md", "ambiguities.md"))
    listed = set(re.findall(rf"^\| ({wanted}) \|", text, re.MULTILINE))
    assert listed
    assert listed - set(coverage.notes_of(scheme)) == set()
