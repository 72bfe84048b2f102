"""The SJC examples: what is said where no levels are loaded, and the whole round with invented ones.

The renderings are as they were read and found good. After a change that was meant, write them afresh with
``JERULES_UPDATE_GOLDEN=1`` set, and read the difference.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from jerules.cli import run
from jerules.explain.evaluate import evaluate, reference_of
from jerules.explain.outcome import Outcome
from jerules.jobs.load import load_job_file
from jerules.report.html import to_html
from jerules.report.json import written
from jerules.report.markdown import to_markdown
from jerules.report.sheet import sheet_of
from jerules.report.terminal import to_terminal
from tests.report.engines import Reference

ROOT = Path(__file__).resolve().parent.parent
SJC = ROOT / "docs" / "examples" / "sjc"
EXPECTED = ROOT / "tests" / "golden" / "expected"
BUDGETS = SJC / "packs" / "inverclyde-budgets.jer"
CASES = {
    "sjc": (SJC / "community-support-manager.yaml", None),
    "sjc-invented": (SJC / "demonstration" / "job.yaml", SJC / "demonstration"),
}
"""Each job, with the folder that its levels are loaded from."""
RENDERINGS: dict[str, Callable[[Outcome], str]] = {
    "txt": lambda outcome: to_terminal(sheet_of(outcome)),
    "md": lambda outcome: to_markdown(sheet_of(outcome)),
    "html": lambda outcome: to_html([sheet_of(outcome)]),
    "json": lambda outcome: written([outcome]),
}


@cache
def outcome(name: str, *packs: Path) -> Outcome:
    """The outcome of one of the jobs, its paths and its hash such that no golden file turns on them."""
    path, own = CASES[name]
    job, book = load_job_file(path, packs, own)
    scheme = replace(book.scheme, folder=own.name if own else "")
    book = replace(book, scheme=scheme, hash="0123456789abcdef")
    return evaluate(book, replace(job, file=path.name), Reference(reference_of(book)))


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("ending", RENDERINGS)
def test_report_is_as_it_was_found_good(name: str, ending: str) -> None:
    """Each rendering, with levels and without, is to the letter what was read by eye."""
    found = RENDERINGS[ending](outcome(name, BUDGETS))
    path = EXPECTED / f"{name}.{ending}"
    if os.environ.get("JERULES_UPDATE_GOLDEN"):
        path.write_text(found, encoding="utf-8", newline="\n")
    assert found == path.read_text(encoding="utf-8")


def test_the_invented_levels_of_the_job() -> None:
    """With the sums of the pack every factor is settled, five by rule and eight by the panel."""
    found = outcome("sjc-invented", BUDGETS)
    assert [factor.lowest.level for factor in found.factors] == [2, 1, 1, 2, 2, 2, 3, 3, 3, 2, 2, 2, 2]
    assert [factor.number for factor in found.factors if factor.origin == "rules"] == [6, 8, 10, 11, 13]
    assert (found.total, found.band) == (270, "Middle (invented)")


def test_without_the_sums_of_a_council_the_budget_stays_open() -> None:
    """What no council has agreed is not level 1: the factor is open, and so is the total."""
    found = outcome("sjc-invented")
    factor = found.factor(10)
    assert (factor.lowest.level, factor.highest.level, found.total) == (1, 2, None)
    assert "convention" in {question.kind for question in factor.open_questions}


def test_the_example_cases_hold() -> None:
    """Every case in the rules, shipped and invented, comes out as it says."""
    assert run(["test", "sjc"]) == 0
    assert run(["test", "--scheme-from", str(SJC / "demonstration")]) == 0
