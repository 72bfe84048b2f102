"""Two whole jobs in every rendering, as they were read and found good.

After a change that was meant, write them afresh with ``JERULES_UPDATE_GOLDEN=1`` set, and read the difference.
"""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from jerules.report.html import factor_to_html, to_html
from jerules.report.json import factor_written, written
from jerules.report.markdown import factor_to_markdown, to_markdown
from jerules.report.sheet import factor_sheet, sheet_of
from jerules.report.terminal import factor_to_terminal, to_terminal
from tests.report.cases import GOLDEN, NAMES, golden

WHOLE: dict[str, Callable[[str], str]] = {
    "txt": lambda name: to_terminal(sheet_of(golden(name))),
    "brief.txt": lambda name: to_terminal(sheet_of(golden(name)), brief=True),
    "md": lambda name: to_markdown(sheet_of(golden(name))),
    "html": lambda name: to_html([sheet_of(golden(name))]),
    "json": lambda name: written([golden(name)]),
}
FACTOR: dict[str, Callable[[str], str]] = {
    "factor-13.txt": lambda name: factor_to_terminal(sheet_of(golden(name)), factor_sheet(golden(name), 13)),
    "factor-13.md": lambda name: factor_to_markdown(sheet_of(golden(name)), factor_sheet(golden(name), 13)),
    "factor-13.html": lambda name: factor_to_html(sheet_of(golden(name)), factor_sheet(golden(name), 13)),
    "factor-13.json": lambda name: factor_written(golden(name), 13),
}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("ending", [*WHOLE, *FACTOR])
def test_report_is_as_it_was_found_good(name: str, ending: str) -> None:
    """Each rendering of each job is, to the letter, what was read by eye."""
    found = (WHOLE | FACTOR)[ending](name)
    path = GOLDEN / "expected" / f"{name}.{ending}"
    if os.environ.get("JERULES_UPDATE_GOLDEN"):
        path.write_text(found, encoding="utf-8", newline="\n")
    assert found == path.read_text(encoding="utf-8")
