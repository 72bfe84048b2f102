"""An outcome as text for a terminal: 80 columns or fewer, plain unless colour is asked for."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.table import Table
from rich.text import Text

from jerules.explain.branches import Branch
from jerules.explain.cross_checks import CheckTelling
from jerules.explain.told import Ask, Because, FactorTelling, Line, ToolStep, ToolTelling
from jerules.report import words
from jerules.report.lines import BOLD, DIM, OPEN, PLAIN, WIDTH, Lines, shown
from jerules.report.sheet import FactorSheet, Numbered, Sheet, factors_line
from jerules.rulebook.quotes import Quote

_DEEPEST = 24  # columns that a tree is indented by at the most


def to_terminal(sheet: Sheet, *, brief: bool = False, colour: bool = False, width: int = WIDTH) -> str:
    """The whole report of a job; ``brief`` leaves out the reasons and keeps the summary and the questions."""
    page = Lines(colour=colour, width=width)
    _head(page, sheet)
    _summary(page, sheet)
    for one in () if brief else sheet.factors:
        page.blank()
        if one.origin != "panel":
            page.rule()
        _factor(page, one)
    for heading, text in sheet.gaps:
        page.blank()
        page.heading(heading)
        page.text(text, indent=2)
    page.blank()
    _asks(page, sheet, brief=brief)
    if not brief:
        _rests_on(page, sheet)
    _close(page, sheet)
    return page.written()


def factor_to_terminal(sheet: Sheet, one: FactorSheet, *, colour: bool = False, width: int = WIDTH) -> str:
    """One factor in full: its reasons step by step, every hurdle, question, query and interpretation."""
    page = Lines(colour=colour, width=width)
    _head(page, sheet)
    _factor(page, one)
    _asks_of(page, one)
    _notes_of(page, one)
    for number, (because, tree) in enumerate(zip(one.telling.because, one.trees, strict=True), start=1):
        page.blank()
        page.text(words.steps_of(number, because), indent=2, style=BOLD)
        _tree(page, tree, 4)
    _close(page, sheet)
    return page.written()


# ── the parts of a report ────────────────────────────────────────────────────────────────────────────────────────


def _head(page: Lines, sheet: Sheet) -> None:
    page.heading(sheet.title)
    if sheet.about:
        page.text(sheet.about)
    if sheet.notice:
        page.text(sheet.notice, style=BOLD)
    page.text(words.capital(sheet.label))
    page.blank()
    across = max(len(name) for name, _ in sheet.frame) + 2
    for name, value in sheet.frame:
        page.text(value, lead=f"{name:{across}}", style=DIM)
    page.blank()


def _close(page: Lines, sheet: Sheet) -> None:
    page.blank()
    page.text(words.closing(sheet))


def _summary(page: Lines, sheet: Sheet) -> None:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column("No", justify="right", no_wrap=True)
    table.add_column("Factor")
    table.add_column("Level")
    table.add_column("Points", justify="right")
    table.add_column("Note")
    for row in sheet.rows:
        style = OPEN if words.unsettled(row) else PLAIN
        cells = (str(row.number), row.title, row.level, row.points, row.note)
        table.add_row(*(Text(shown(cell), style=style) for cell in cells))
    page.table(table)
    page.blank()
    page.text(sheet.total, style=BOLD)
    for remark in sheet.remarks:
        page.text(remark, indent=2)
    checks(page, sheet.checks)


def checks(page: Lines, found: Sequence[CheckTelling]) -> None:
    """What the levels of the job must meet together, and whether they do."""
    if found:
        page.blank()
        page.heading(words.CHECKS)
    for check in found:
        page.row(words.check_says(check), check.cites, indent=2, style=OPEN if check.blocks else PLAIN)
        for remark in check.remarks:
            page.text(remark, indent=4)


def _factor(page: Lines, one: FactorSheet) -> None:
    telling = one.telling
    title = f"{telling.title} (factor {telling.number})"
    page.row(title, words.standing(telling, "   "), style=BOLD, right=BOLD)
    if one.panel:
        page.text(one.panel.text, indent=2)
        _evidence(page, one.panel, 4)
    _facts(page, telling)
    if one.origin == "panel":
        return
    _why(page, telling)
    if telling.kept_out:
        page.blank()
        page.text(words.KEPT, indent=2, style=BOLD)
    for line in telling.kept_out:
        page.row(line.text, words.beside(line), indent=4, lead="· ")
        _quotes(page, line.quotes, 6)
    if telling.why_not_level:
        _why_not(page, one)
    for remark in telling.remarks:
        page.blank()
        page.text(remark, indent=2, style=DIM)
    if one.asks:
        page.blank()
        page.text(f"{words.ASK}: {words.pointer(one)}", indent=2)
    elif telling.ask_remark and not telling.ask:
        page.blank()
        page.text(f"{words.ASK}: {words.small(telling.ask_remark)}", indent=2)


def _facts(page: Lines, telling: FactorTelling) -> None:
    if telling.facts:
        page.blank()
        page.text(words.FACTS, indent=2, style=BOLD)
        _lines(page, telling.facts, 4, set())


def _why(page: Lines, telling: FactorTelling) -> None:
    """The factor's own reasons, then what tools say."""
    for tool in telling.by_tool[:1]:
        page.blank()
        page.text(tool.hands_on, indent=2, style=BOLD)
    reasons = words.own(telling)
    for because in words.certain(reasons):
        page.blank()
        _because(page, because)
    if words.possible(reasons):
        page.blank()
        _possible(page, reasons)
    for tool in telling.by_tool:
        _by_tool(page, tool)


def _by_tool(page: Lines, tool: ToolTelling) -> None:
    """What a tool says, in its steps."""
    page.blank()
    page.text(tool.heading, indent=2, style=BOLD)
    for step in tool.steps:
        page.blank()
        _tool_step(page, step)


def _tool_step(page: Lines, step: ToolStep) -> None:
    page.text(step.says, indent=2)
    for because in words.certain(step.because):
        _because(page, because, 4)
    if words.possible(step.because):
        _possible(page, step.because, 4)
    _lines(page, step.lines, 4, set())


def _because(page: Lines, because: Because, indent: int = 2) -> None:
    page.row(because.says, words.because_beside(because), indent=indent)
    _quotes(page, because.quotes, indent + 2)
    _lines(page, because.lines, indent + 2, set())


def _possible(page: Lines, reasons: tuple[Because, ...], indent: int = 2) -> None:
    """The reasons that are still open, by level; what several of them turn on is said once."""
    page.text(words.POSSIBLE, indent=indent, style=OPEN)
    across = max(len(words.possible_level(because)) for because in words.possible(reasons)) + 2
    for because, found in words.once(reasons):
        lead = f"{words.possible_level(because):{across}}"
        page.row(because.says, words.possible_beside(because), indent=indent + 2, lead=lead)
        _quotes(page, because.quotes, indent + 2 + across)
        _lines(page, found, indent + 2 + across, set())


def _lines(page: Lines, lines: tuple[Line, ...], indent: int, said: set[str]) -> None:
    for line in lines:
        page.row(line.text, words.beside(line), indent=indent, lead="· ")
        _quotes(page, line.quotes, indent + 2)
        if words.backing(line) not in said:
            _evidence(page, line, indent + 2)
        said.add(words.backing(line))


def _quotes(page: Lines, quotes: tuple[Quote, ...], indent: int) -> None:
    for quote in quotes:
        page.text(words.quoted(quote), indent=indent, lead="| ", style=DIM)


def _evidence(page: Lines, line: Line, indent: int) -> None:
    if backing := words.backing(line):
        page.text(backing, indent=indent, style=DIM)


def _why_not(page: Lines, one: FactorSheet) -> None:
    telling = one.telling
    page.blank()
    page.text(words.why_not(telling), indent=2, style=BOLD)
    across = max((len(hurdle.gives) for hurdle in telling.why_not), default=0) + 1
    for hurdle in telling.why_not:
        page.row(hurdle.text, words.hurdle_beside(hurdle), indent=4, lead=f"{hurdle.gives:{across}}")
        _quotes(page, hurdle.quotes, 4 + across)
    if telling.why_not_remark:
        page.text(telling.why_not_remark, indent=4)


# ── what is still to ask, and what it rests on ───────────────────────────────────────────────────────────────────


def _asks(page: Lines, sheet: Sheet, *, brief: bool) -> None:
    page.heading(words.ASK)
    if not sheet.asks:
        page.text(words.NOTHING_TO_ASK, indent=2)
    for one in sheet.asks:
        _ask(page, one.ask, one, help_=not brief)


def _asks_of(page: Lines, one: FactorSheet) -> None:
    if one.telling.ask:
        page.blank()
        page.text(words.ASK, indent=2, style=BOLD)
    for numbered in words.numbered(one.telling.ask):
        _ask(page, numbered.ask, numbered, help_=True)


def _ask(page: Lines, ask: Ask, one: Numbered, *, help_: bool) -> None:
    number = f"{one.number:>2}. "
    page.text(words.asked(ask), indent=2, lead=number)
    page.text(words.worth(one), indent=2 + len(number), style=OPEN)
    if ask.help and help_:
        page.text(ask.help, indent=2 + len(number), style=DIM)


def _rests_on(page: Lines, sheet: Sheet) -> None:
    page.blank()
    page.heading(words.RESTS)
    if not sheet.assumptions:
        page.text(words.NO_ASSUMPTION, indent=2)
    for assumed in sheet.assumptions:
        page.row(words.assumption_title(assumed.assumption), factors_line(assumed.factors), indent=2)
        page.text(assumed.assumption.because, indent=4)
        page.text(assumed.assumption.switch, indent=4, style=DIM)
    if sheet.queries:
        page.blank()
        page.heading(words.QUERIES)
    for query in sheet.queries:
        page.row(query.line.text, words.query_beside(query), indent=2, lead="· ")


def _notes_of(page: Lines, one: FactorSheet) -> None:
    if one.telling.assumptions:
        page.blank()
        page.text(words.RESTS, indent=2, style=BOLD)
    for assumption in one.telling.assumptions:
        page.text(words.assumption_title(assumption), indent=4)
        page.text(assumption.because, indent=6)
        page.text(assumption.switch, indent=6, style=DIM)
    if one.telling.queries:
        page.blank()
        page.text(words.QUERIES, indent=2, style=BOLD)
    for line in one.telling.queries:
        page.row(line.text, words.beside(line), indent=4, lead="· ")


def _tree(page: Lines, tree: Branch, indent: int) -> None:
    """A step and those below it; beyond a depth the indentation grows no further."""
    page.row(words.step(tree), words.step_beside(tree), indent=min(indent, _DEEPEST), lead=f"{words.mark(tree):5}")
    _quotes(page, tree.quotes, min(indent, _DEEPEST) + 5)
    for child in tree.children:
        _tree(page, child, indent + 2)
