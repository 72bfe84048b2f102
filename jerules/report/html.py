"""An outcome as one page of HTML that needs no other file, prints on A4, and reads without colour."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from jerules.report import case, words
from jerules.report.case import CaseSheet
from jerules.report.matching import MatchSheet
from jerules.report.sheet import FactorSheet, Sheet, factors_line

if TYPE_CHECKING:
    from jinja2 import Environment

    from jerules.report.check import CheckSheet
    from jerules.report.differences import DifferencesSheet
    from jerules.report.reach import ReachSheet


def to_html(sheets: Sequence[Sheet], *, brief: bool = False) -> str:
    """The reports of one job or several on one page; ``brief`` keeps the summaries and the questions."""
    title = sheets[0].title if len(sheets) == 1 else f"{len(sheets)} jobs"
    return _templates().get_template("outcome.html.j2").render(sheets=sheets, brief=brief, title=title)


def factor_to_html(sheet: Sheet, one: FactorSheet) -> str:
    """One factor in full: its reasons step by step, every hurdle, question, query and interpretation."""
    title = f"{one.telling.title}: {sheet.title}"
    return _templates().get_template("factor.html.j2").render(sheet=sheet, one=one, title=title)


def matches_to_html(sheet: MatchSheet) -> str:
    """A job compared with profiles."""
    from jerules.report import matching

    numbers = ("No", "Rank", "Points apart", "Factors outside")
    title = f"{sheet.title}: profiles"
    page = _templates().get_template("match.html.j2")
    return page.render(sheet=sheet, title=title, matching=matching, numbers=numbers)


def checks_to_html(sheets: Sequence[CheckSheet]) -> str:
    """What was found of one rule book or several, factor by factor, with the grids of levels as tables."""
    from jerules.report.check import CLOSING, sides

    title = sheets[0].title if len(sheets) == 1 else "The rules, checked"
    return _templates().get_template("check.html.j2").render(sheets=sheets, sides=sides, closing=CLOSING, title=title)


def reach_to_html(sheet: ReachSheet) -> str:
    """What would have to be different for a level."""
    return _templates().get_template("reach.html.j2").render(sheet=sheet, title=sheet.title)


def case_to_html(sheet: CaseSheet) -> str:
    """How a case stands in its procedure."""
    page = _templates().get_template("case.html.j2")
    return page.render(
        sheet=sheet, title=sheet.title, closing=case.CLOSING, rests=case.RESTS, no_assumption=case.NO_ASSUMPTION,
        beside=case.beside,
    )  # fmt: skip


def differences_to_html(sheet: DifferencesSheet) -> str:
    """What changes from one rule book to another."""
    from jerules.report import differences

    return _templates().get_template("diff.html.j2").render(sheet=sheet, d=differences, title=sheet.title)


@lru_cache(maxsize=1)
def _templates() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("jerules.report"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    made.globals["words"] = words
    made.globals["factors_line"] = factors_line
    return made
