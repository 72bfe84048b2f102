"""Writes what the pages quote afresh, after a change of rules or wording: ``python -m tests.docs.update``.

Read the difference before you keep it: a change that was not meant shows here first.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path

from tests.docs import coverage_procedure, drawing, found
from tests.docs.blocks import Block
from tests.docs.pages import LANGUAGE, WITH_COMMANDS, consoles, coverage_pages, files, messages, work_folder


def main() -> None:
    """Write every page that differs."""
    put(LANGUAGE, list(messages()))
    for page, folder in WITH_COMMANDS.items():
        with tempfile.TemporaryDirectory() as scratch:
            work = work_folder(folder, Path(scratch) / "work")
            put(page, [*consoles(page, work), *files(page)])
    for page, text in coverage_pages():
        page.write_text(text, encoding="utf-8")
    coverage_procedure.PAGE.write_text(coverage_procedure.page(), encoding="utf-8")
    found.PAGE.write_text(found.page(), encoding="utf-8")
    drawing.DRAWING.write_text(drawing.drawing(), encoding="utf-8")


def put(page: Path, found: Iterable[tuple[Block, str]]) -> None:
    """Put the texts in the place of the blocks of a page."""
    lines = page.read_text(encoding="utf-8").splitlines()
    for block, text in sorted(found, key=lambda pair: -pair[0].line):
        start = block.line - 1
        lines[start : start + len(block.text.splitlines())] = text.splitlines()
    page.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
