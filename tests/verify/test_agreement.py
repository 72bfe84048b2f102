"""The checks, their folders, their tests and their pages agree one to one, and what a page shows is so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from jerules.documents.text import read_source
from jerules.language.parse import parse_all
from jerules.rulebook import model as m
from jerules.verify.checks import CHECKS
from jerules.verify.model import Obligation, State
from tests.docs.blocks import blocks
from tests.verify.checked import checked, in_state

ROOT = Path(__file__).parent.parent.parent
TESTS = Path(__file__).parent
PAGES = ROOT / "docs" / "checks"
SECTIONS = ["Avoid", "Prefer", "Why", "How to accept"]


def folders(parent: Path) -> list[Path]:
    """The folders of checks, in order."""
    return sorted(path for path in parent.glob("v[0-9][0-9]_*") if path.is_dir())


CODES = [one.code for one in CHECKS]
TITLES = {one.code: one.title for one in CHECKS}
PAGE_OF = {page.stem.split("-")[0]: page for page in PAGES.glob("V*.md")}
each_page = pytest.mark.parametrize("page", sorted(PAGE_OF.values()), ids=lambda page: page.stem)


def numbered(code: str) -> str:
    """A code as a folder begins: `v03` for V3."""
    return f"v{int(code[1:]):02d}"


def test_codes_are_those_that_can_be_accepted_in_their_order() -> None:
    """Each check has one of the codes of the language, once, and they stand in order."""
    assert sorted(set(CODES), key=m.CHECKS.index) == CODES


def test_each_check_has_a_folder_and_each_folder_a_check() -> None:
    """No check is left out of the list, and none comes from elsewhere."""
    home = ROOT / "jerules" / "verify" / "checks"
    assert [path.name[:3] for path in folders(home)] == [numbered(code) for code in CODES]


def test_each_check_has_a_test_folder_of_the_same_name() -> None:
    """Each is tested beside a good and a bad rule file."""
    home = ROOT / "jerules" / "verify" / "checks"
    assert [path.name for path in folders(TESTS)] == [path.name for path in folders(home)]
    for path in folders(TESTS):
        assert {"test_check.py", "good.jer", "bad.jer"} <= {one.name for one in path.iterdir()}, path.name


@pytest.mark.parametrize("path", sorted(TESTS.glob("v*/*.jer")), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_rule_files_are_well_written(path: Path) -> None:
    """What is bad about a bad file is what it says, not how."""
    assert not parse_all(read_source(path)).faults


def test_each_check_has_a_page_and_each_page_a_check() -> None:
    """The pages are named after the code and the folder: `V03-exhaustive.md`."""
    named = [path.name.replace("_", "-").replace("v", "V", 1) for path in folders(TESTS)]
    assert sorted(page.stem for page in PAGES.glob("V*.md")) == named


def test_the_list_of_checks_names_each_with_its_page() -> None:
    """The page about `jerules check` ends with a table of the checks, in their order."""
    listed = re.findall(
        r"^\| \[(V\d+)\]\(checks/(.*)\) \| (.*) \|$",
        (ROOT / "docs" / "check.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    pages = {f"V{int(page.stem[1:3])}": page.name for page in PAGES.glob("V*.md")}
    assert listed == [(one.code, pages[one.code], one.title) for one in CHECKS]


@each_page
def test_a_page_says_what_to_avoid_and_what_to_prefer(page: Path) -> None:
    """Each page has the code and title of its check, a sentence, and the same four sections."""
    text = page.read_text(encoding="utf-8")
    code = f"V{int(page.stem[1:3])}"
    assert text.startswith(f"# {code}: {TITLES[code]}\n\n")
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == SECTIONS


@each_page
def test_what_a_page_shows_is_found_and_can_be_accepted(page: Path) -> None:
    """What to avoid is refuted, what to prefer is not, and the `accept` line does what the page says."""
    code = f"V{int(page.stem[1:3])}"
    shown = {block.words[1]: block.text for block in blocks(page) if block.kind == "jer" and len(block.words) > 1}
    if "accept" not in shown:
        assert set(shown) <= {"avoid", "prefer"}
        return
    head = next(block.text for block in blocks(ROOT / "docs" / "language.md") if block.words == ("jer", "head"))

    def found(text: str) -> Mapping[str, Obligation]:
        whole = f"{head}\n{text}"
        return {**checked(whole, code, factor=""), **checked(whole, code, factor="13")}

    before = in_state(found(shown["avoid"]), State.REFUTED)
    after = in_state(found(shown["prefer"]), State.REFUTED)
    told = found(shown["avoid"] + shown["accept"])
    accepted = [one for one in told.values() if one.acceptance and not one.acceptance.interpretation]
    assert len(accepted) == 1
    assert accepted[0].state is State.ACCEPTED
    assert accepted[0].subject in before
    assert accepted[0].subject not in after
