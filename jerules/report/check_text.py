"""What a check of the rules found, as text for a terminal."""

from __future__ import annotations

from rich import box
from rich.table import Table
from rich.text import Text

from jerules.report import check as c
from jerules.report.lines import BOLD, DIM, OPEN, WIDTH, Lines, shown
from jerules.verify.model import State


def check_to_terminal(
    sheet: c.CheckSheet, *, everything: bool = False, colour: bool = False, width: int = WIDTH
) -> str:
    """The report, 80 columns or fewer; with ``everything``, each proved obligation has a line too."""
    page = Lines(colour=colour, width=width)
    page.heading(sheet.title)
    across = max(len(name) for name, _ in sheet.frame) + 2
    for name, value in sheet.frame:
        page.text(value, lead=f"{name:{across}}")
    page.blank()
    page.text(sheet.verdict, style=BOLD)
    for part in sheet.parts:
        if part.open or part.accepted or everything:
            _part(page, part, everything=everything)
    page.blank()
    page.text(c.CLOSING)
    return page.written()


def _part(page: Lines, part: c.Part, *, everything: bool) -> None:
    page.blank()
    page.rule()
    page.heading(part.title)
    for one in part.open:
        page.blank()
        _finding(page, one)
    if part.accepted:
        page.blank()
        page.text("Accepted", style=BOLD)
    for one in part.accepted:
        page.row(f"{one.subject}: {one.message}", one.code, indent=2)
        page.text(one.accepted, indent=4, style=DIM)
        for region in one.regions:
            page.text(region, indent=4, lead="· ")
    if everything:
        page.blank()
        page.text("Proved", style=BOLD)
        for says in part.says:
            page.text(says, indent=2)


def _finding(page: Lines, one: c.FindingSheet) -> None:
    page.row(
        f"{one.code} {one.title}", one.state.value, style=BOLD, right=OPEN if one.state is State.UNDECIDED else BOLD
    )
    page.text(one.subject, indent=2, style=BOLD)
    page.text(one.message, indent=2)
    for left, right in c.sides(one):
        page.table(_side_by_side(left, right, page.width))
    if one.regions:
        page.text("In these cases:", indent=2)
    for region in one.regions:
        page.text(region, indent=4, lead="· ")
    for witness in one.witnesses:
        page.row(f"A job that shows it: {witness.shows}", witness.confirmed, indent=2)
        for name, answers in witness.entries:
            page.text(answers, indent=4, lead=f"{name}: ")
    if one.core:
        page.text("These parts cannot hold together:", indent=2)
    for place in one.core:
        page.text(place, indent=4, lead="· ")
    if one.help:
        page.text(one.help, indent=2, lead="what to do: ")
    if one.accept:
        page.text(one.accept, indent=2, lead="to accept: ")


def _side_by_side(left: c.EndSheet, right: c.EndSheet | None, width: int) -> Table:
    """Both ends with their paragraphs, half a page each."""
    made = Table(box=box.SIMPLE, show_header=False, padding=(0, 1), width=width)
    for _ in range(2 if right else 1):
        made.add_column(ratio=1, overflow="fold")
    made.add_row(*(_side(end) for end in (left, right) if end is not None))
    return made


def _side(end: c.EndSheet) -> Text:
    said = Text(shown(end.words))
    for line in (end.place, end.cites):
        if line:
            said.append(f"\n{shown(line)}", DIM)
    return said
