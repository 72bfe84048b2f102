"""A comparison with profiles as text for a terminal, and as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich import box
from rich.table import Table
from rich.text import Text

from jerules.report import matching as m
from jerules.report.lines import BOLD, PLAIN, WIDTH, Lines, shown
from jerules.report.markdown import plain
from jerules.report.matching import Compared, MatchSheet
from jerules.report.words import capital

_RIGHT = {"No", "Rank", "Points apart", "Factors outside"}
_KEPT = {"No", "Rank", "Job", "Band"}  # columns whose cells stay on one line
_CLOSING = "This is a suggestion: the panel decides."


def matches_to_terminal(sheet: MatchSheet, *, colour: bool = False, width: int = WIDTH) -> str:
    """The whole report, 80 columns or fewer; plain unless colour is asked for."""
    page = Lines(colour=colour, width=width)
    page.heading(sheet.title)
    page.text(sheet.about)
    page.text(capital(sheet.label))
    page.blank()
    across = max(len(name) for name, _ in sheet.frame) + 2
    for name, value in sheet.frame:
        page.text(value, lead=f"{name:{across}}")
    if sheet.ranking:
        page.blank()
        page.heading(m.RANKING)
        page.table(_table(m.RANKING_HEADINGS, sheet.ranking))
        page.text(m.RANKED_BY, indent=2)
    for one in sheet.profiles:
        page.blank()
        page.rule()
        _profile(page, one)
    page.blank()
    page.rule()
    page.heading(m.RULE)
    page.text(sheet.rule, indent=2, style=BOLD)
    page.text(sheet.because, indent=2)
    for reading in sheet.readings:
        page.text(reading, indent=2, lead="- ")
    page.blank()
    page.text(_CLOSING)
    return page.written()


def _profile(page: Lines, one: Compared) -> None:
    page.heading(one.title)
    page.text(one.source, indent=2)
    page.blank()
    page.table(_table(m.FACTOR_HEADINGS, one.rows))
    page.blank()
    page.text(one.result, style=BOLD)
    page.text(one.distance, indent=2)
    page.blank()
    page.heading(m.CONDITIONS)
    for told in one.conditions:
        page.text(told.says, indent=2, lead=f"{told.mark:8}", style=BOLD if told.mark == "failed" else PLAIN)
    if one.remarks:
        page.blank()
    for remark in one.remarks:
        page.text(remark, indent=2)


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    made = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for heading in headings:
        made.add_column(heading, justify="right" if heading in _RIGHT else "left", no_wrap=heading in _KEPT)
    for row in rows:
        made.add_row(*(Text(shown(cell)) for cell in row))
    return made


def matches_to_markdown(sheet: MatchSheet) -> str:
    """The whole report as Markdown, every mark in the user's texts standing for itself."""
    parts = [
        f"# {plain(sheet.title)}",
        plain(sheet.about),
        f"**{plain(capital(sheet.label))}**",
        _list(f"{name}: {plain(value)}" for name, value in sheet.frame),
    ]
    if sheet.ranking:
        parts += [f"## {m.RANKING}", _pipes(m.RANKING_HEADINGS, sheet.ranking), m.RANKED_BY]
    for one in sheet.profiles:
        parts += [
            f"## {plain(one.title)}",
            plain(one.source),
            _pipes(m.FACTOR_HEADINGS, one.rows),
            f"**{plain(one.result)}**",
            plain(one.distance),
            f"### {m.CONDITIONS}",
            _list(f"**{told.mark}**: {plain(told.says)}" for told in one.conditions),
            *(plain(remark) for remark in one.remarks),
        ]
    parts += [f"## {m.RULE}", f"**{plain(sheet.rule)}**", plain(sheet.because), _list(map(plain, sheet.readings))]
    parts.append(f"*{_CLOSING}*")
    return "\n\n".join(part for part in parts if part) + "\n"


def _list(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _pipes(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    sides = ["---:" if heading in _RIGHT else "---" for heading in headings]
    lines = [headings, sides, *([plain(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
