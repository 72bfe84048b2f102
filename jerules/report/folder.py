"""What was found in a folder with a scheme of the user's, in words."""

from __future__ import annotations

from jerules.report.lines import WIDTH, Lines
from jerules.report.score import edition
from jerules.report.sheet import factors_line
from jerules.rulebook.folder import Checked


def to_terminal(checked: Checked, *, width: int = WIDTH) -> str:
    """The scheme in a few lines, and what it still lacks, each with its place."""
    page = Lines(colour=False, width=width)
    scheme, cases = checked.scheme, checked.procedures
    examples = len(checked.book.examples) + (len(cases.examples) if cases else 0)
    page.text(f"{scheme.title}, {edition(scheme)} ({scheme.id})")
    if scheme.label:
        page.text(scheme.label)
    page.blank()
    for name, value in (
        ("Levels", _levels(checked)),
        ("Grades", _grades(checked)),
        ("Rules", _rules(checked)),
        *((("Cases", ", ".join(cases.factors)),) if cases else ()),
        ("Examples", f"{examples}: `jerules test --scheme-from {scheme.folder}` runs them"),
    ):
        page.text(value, lead=f"{name:10}")
    # Not wrapped: a place has to stay in one piece, however long the path is.
    findings = [f"{finding.place.file}:{finding.place.line}: {finding.text}\n" for finding in checked.findings]
    return "".join([page.written(), "\n", *findings, _count(len(checked.findings)), "\n"])


def _levels(checked: Checked) -> str:
    scheme = checked.scheme
    count = sum(len(factor.levels) for factor in scheme.factors)
    most = f", {scheme.lowest} to {scheme.maximum} points" if not scheme.unlevelled else ""
    return f"{_of(len(scheme.factors), 'factor')}, {_of(count, 'level')}{most}"


def _grades(checked: Checked) -> str:
    bands = checked.scheme.bands
    if not bands:
        return f"none. {checked.scheme.no_bands}"
    return f"{len(bands)}, from {bands[0].name} ({bands[0].low} up) to {bands[-1].name} (up to {bands[-1].high})"


def _rules(checked: Checked) -> str:
    ruled = checked.ruled
    rest = tuple(factor.number for factor in checked.scheme.factors if factor.number not in ruled)
    if not ruled:
        return "none that give a level: the panel enters its own for every factor"
    return f"{factors_line(ruled)}; the panel enters its own level for {factors_line(rest)}" if rest else "every factor"


def _of(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _count(number: int) -> str:
    if not number:
        return "No mistakes, and nothing is missing."
    return f"No mistakes; {_of(number, 'thing')} still to be entered."
