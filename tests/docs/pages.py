"""The pages whose commands, outputs and files are checked, and what each should say."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from jerules.rulebook.load import load_rulebook
from tests.docs import coverage
from tests.docs.blocks import Block, blocks
from tests.docs.consoles import real
from tests.docs.rules import message, shown_rules

ROOT = Path(__file__).resolve().parent.parent.parent
DOCS = ROOT / "docs"
LANGUAGE = DOCS / "language.md"
TUTORIAL = DOCS / "examples" / "tutorial"
PROFILES = DOCS / "examples" / "profiles"
WITH_COMMANDS = {
    DOCS / "tutorial.md": TUTORIAL,
    DOCS / "check.md": ROOT,
    DOCS / "for-authors.md": TUTORIAL,
    DOCS / "jobs.md": TUTORIAL,
    DOCS / "matching.md": DOCS / "examples",
    DOCS / "procedure.md": DOCS / "examples",
    DOCS / "diff.md": DOCS / "examples",
    DOCS / "sources.md": ROOT,
    DOCS / "sjc.md": DOCS / "examples" / "sjc",
    ROOT / "README.md": ROOT,
}
"""The pages that show commands, each with the folder that they are run in."""


FILES = {"matching.md": PROFILES, "procedure.md": DOCS / "examples"}
"""Where the files are that a page shows, if not in the tutorial."""


def work_folder(folder: Path, scratch: Path) -> Path:
    """Where to run commands: in the checkout itself, or in a copy of a folder that they may write to."""
    if folder == ROOT:
        return ROOT
    shutil.copytree(folder, scratch)
    return scratch


def consoles(page: Path, folder: Path) -> Iterator[tuple[Block, str]]:
    """Each block of commands of a page, run in order in ``folder``, with what it should say."""
    for block in blocks(page):
        if block.kind == "console":
            yield block, real(block, folder)


def files(page: Path) -> Iterator[tuple[Block, str]]:
    """Each block of a page that names a file of the tutorial or a profile after its fence, with the text of it."""
    for block in blocks(page):
        if block.kind in {"yaml", "jer"} and len(block.words) > 1:
            folder = FILES.get(page.name, TUTORIAL)
            yield block, (folder / block.words[1]).read_text(encoding="utf-8")


def messages() -> Iterator[tuple[Block, str]]:
    """Each message that the language reference shows, with what it should say."""
    page = blocks(LANGUAGE)
    for shown in shown_rules(page):
        if shown.block.words == ("jer", "bad"):
            yield page[page.index(shown.block) + 1], message(shown)


def coverage_pages() -> Iterator[tuple[Path, str]]:
    """The coverage page of each scheme that has rules, with what it should say."""
    for scheme in coverage.SCHEMES:
        yield coverage.page_of(scheme), coverage.page(scheme, load_rulebook(scheme), coverage.read_all(scheme))
