"""A case as text for a terminal, and as Markdown."""

from __future__ import annotations

from collections.abc import Iterable

from jerules.explain.case_telling import Item, Section
from jerules.explain.told import Line
from jerules.report import words
from jerules.report.case import CLOSING, NO_ASSUMPTION, RESTS, CaseSheet, beside
from jerules.report.lines import BOLD, OPEN, PLAIN, WIDTH, Lines
from jerules.report.markdown import plain

_URGENT = frozenset(("missing", "overdue"))


def case_to_terminal(sheet: CaseSheet, *, colour: bool = False, width: int = WIDTH) -> str:
    """The whole report, 80 columns or fewer; plain unless colour is asked for."""
    page = Lines(colour=colour, width=width)
    page.heading(sheet.title)
    if sheet.about:
        page.text(sheet.about)
    page.text(CLOSING)
    page.blank()
    across = max(len(name) for name, _ in sheet.frame) + 2
    for name, value in sheet.frame:
        page.text(value, lead=f"{name:{across}}")
    page.blank()
    for line in sheet.telling.summary:
        page.text(line, style=BOLD)
    for section in sheet.telling.sections:
        page.blank()
        page.heading(section.heading)
        _section(page, section)
    page.blank()
    page.heading(RESTS)
    for one in sheet.telling.assumptions:
        page.text(words.assumption_title(one), indent=2)
        page.text(one.because, indent=4)
        page.text(one.switch, indent=4)
    if not sheet.telling.assumptions:
        page.text(NO_ASSUMPTION, indent=2)
    page.blank()
    page.text(CLOSING)
    return page.written()


def _section(page: Lines, section: Section) -> None:
    across = max((len(item.mark) for item in section.items), default=0) + 2
    for item in section.items:
        style = BOLD if item.mark in _URGENT else OPEN if item.mark in {"perhaps", "open"} else PLAIN
        page.row(item.says, beside(item), indent=2, lead=f"{item.mark:{across}}", style=style)
        under = 2 + across
        for text in (item.when, item.because):
            if text:
                page.text(words.capital(text), indent=under)
        for line in item.lines:
            page.row(line.text, words.beside(line), indent=under, lead="· ")
            if words.backing(line):
                page.text(words.backing(line), indent=under + 2)
    if not section.items and section.nothing:
        page.text(section.nothing, indent=2)
    for remark in section.remarks:
        page.text(remark, indent=2)


def case_to_markdown(sheet: CaseSheet) -> str:
    """The whole report as Markdown, every mark in the user's texts standing for itself."""
    parts = [
        f"# {plain(sheet.title)}",
        plain(sheet.about),
        f"**{plain(CLOSING)}**",
        _list(f"{name}: {plain(value)}" for name, value in sheet.frame),
        *(f"**{plain(line)}**" for line in sheet.telling.summary),
    ]
    for section in sheet.telling.sections:
        parts += [f"## {plain(section.heading)}", "\n".join(_items(section.items))]
        parts += [] if section.items else [plain(section.nothing)]
        parts += [plain(remark) for remark in section.remarks]
    assumed = (
        f"**{plain(words.assumption_title(one))}** {plain(one.because)} {plain(one.switch)}"
        for one in sheet.telling.assumptions
    )
    parts += [f"## {RESTS}", _list(assumed) or NO_ASSUMPTION, f"*{plain(CLOSING)}*"]
    return "\n\n".join(part for part in parts if part) + "\n"


def _items(items: Iterable[Item]) -> Iterable[str]:
    for item in items:
        cited = f" ({plain(beside(item))})" if beside(item) else ""
        yield f"- **{plain(item.mark)}**: {plain(item.says)}{cited}"
        for text in (item.when, item.because):
            if text:
                yield f"  - {plain(words.capital(text))}"
        for line in item.lines:
            yield f"  - {plain(line.text)}{_line_cites(line)}"


def _line_cites(line: Line) -> str:
    found = "; ".join(part for part in (words.beside(line), words.backing(line)) if part)
    return f" ({plain(found)})" if found else ""


def _list(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)
