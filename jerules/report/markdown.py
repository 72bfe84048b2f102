"""An outcome as Markdown: headings, pipe tables and lists, with every mark in the job's texts standing for itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from jerules.explain.branches import Branch
from jerules.explain.cross_checks import CheckTelling
from jerules.explain.told import Ask, Because, Line, ToolStep
from jerules.report import words
from jerules.report.sheet import FactorSheet, Numbered, Sheet, factors_line
from jerules.rulebook.quotes import Quote

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~])")
_STARTS = re.compile(r"^(\d+)([.)])(?=\s|$)|^([+\-=])")  # at the start of a line these would open a list or a heading


def to_markdown(sheet: Sheet, *, brief: bool = False) -> str:
    """The whole report of a job; ``brief`` leaves out the reasons and keeps the summary and the questions."""
    parts = [*_head(sheet), *_summary(sheet)]
    for one in () if brief else sheet.factors:
        parts += [_heading(2, one), *_factor(one)]
    for heading, text in sheet.gaps:
        parts += [f"## {plain(heading)}", plain(text)]
    parts += [f"## {words.ASK}", _asks(sheet, brief=brief)]
    if not brief:
        parts += [f"## {words.RESTS}", _assumptions(sheet)]
        if sheet.queries:
            parts += [f"## {words.QUERIES}", _list(_beside(q.line.text, words.query_beside(q)) for q in sheet.queries)]
    return _joined([*parts, f"*{plain(words.closing(sheet))}*"])


def factor_to_markdown(sheet: Sheet, one: FactorSheet) -> str:
    """One factor in full: its reasons step by step, every hurdle, question, query and interpretation."""
    telling = one.telling
    parts = [*_head(sheet), _heading(2, one), *_factor(one)]
    if telling.ask:
        asks = words.numbered(telling.ask)
        parts += [f"### {words.ASK}", "\n".join(_ask(ask.ask, ask, help_=True) for ask in asks)]
    if telling.assumptions:
        titled = (
            f"**{plain(words.assumption_title(one))}** {plain(one.because)} {plain(one.switch)}"
            for one in telling.assumptions
        )
        parts += [f"### {words.RESTS}", _list(titled)]
    if telling.queries:
        parts += [f"### {words.QUERIES}", _list(_beside(line.text, words.beside(line)) for line in telling.queries)]
    for number, (because, tree) in enumerate(zip(telling.because, one.trees, strict=True), start=1):
        parts += [f"### {plain(words.steps_of(number, because))}", "\n".join(_tree(tree, 0))]
    return _joined([*parts, f"*{plain(words.closing(sheet))}*"])


def plain(text: str) -> str:
    """A text on one line whose every mark that Markdown or HTML would read as its own stands for itself."""
    line = _MARKS.sub(r"\\\1", " ".join(text.split()).replace("&", "&amp;"))
    return _STARTS.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", line)


# ── the parts of a report ────────────────────────────────────────────────────────────────────────────────────────


def _joined(parts: list[str]) -> str:
    return "\n\n".join(part for part in parts if part) + "\n"


def _list(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _beside(text: str, beside: str) -> str:
    return f"{plain(text)} *({plain(beside)})*" if beside else plain(text)


def _head(sheet: Sheet) -> list[str]:
    return [
        f"# {plain(sheet.title)}",
        plain(sheet.about),
        f"**{plain(sheet.notice)}**" if sheet.notice else "",
        f"**{plain(words.capital(sheet.label))}**",
        _list(f"{name}: {plain(value)}" for name, value in sheet.frame),
    ]


def _summary(sheet: Sheet) -> list[str]:
    lines = ["| No | Factor | Level | Points | Note |", "| ---: | --- | --- | ---: | --- |"]
    for row in sheet.rows:
        cells = (str(row.number), row.title, row.level, row.points, row.note)
        lines.append(f"| {' | '.join(plain(cell) for cell in cells)} |")
    remarks = _list(plain(remark) for remark in sheet.remarks)
    return ["\n".join(lines), f"**{plain(sheet.total)}**", remarks, *checks(sheet.checks)]


def checks(found: Sequence[CheckTelling]) -> list[str]:
    """What the levels of the job must meet together, and whether they do."""
    items = (
        _beside(words.check_says(check), check.cites) + "".join(f"\\\n  {plain(remark)}" for remark in check.remarks)
        for check in found
    )
    return [f"## {words.CHECKS}", _list(items)] if found else []


def _heading(depth: int, one: FactorSheet) -> str:
    telling = one.telling
    title = plain(f"{telling.title} (factor {telling.number})")
    return f"{'#' * depth} {title}: {plain(words.standing(telling, ', '))}"


def _factor(one: FactorSheet) -> list[str]:
    telling = one.telling
    parts = []
    if one.panel:
        parts.append(_backed(one.panel, ""))
    if telling.facts:
        parts += [f"### {words.FACTS}", _lines(telling.facts, "")]
    if one.origin == "panel":
        return parts
    parts += [f"### {plain(tool.hands_on)}" for tool in telling.by_tool[:1]]
    parts += _reasons(words.own(telling))
    for tool in telling.by_tool:
        parts.append(f"### {plain(tool.heading)}")
        parts += [part for step in tool.steps for part in _tool_step(step)]
    if telling.kept_out:
        kept = _list(_beside(line.text, words.beside(line)) + _quotes(line.quotes, "  ") for line in telling.kept_out)
        parts += [f"### {words.KEPT}", kept]
    if telling.why_not_level:
        hurdles = (
            f"**{plain(hurdle.gives)}**: {_beside(hurdle.text, words.hurdle_beside(hurdle))}"
            + _quotes(hurdle.quotes, "  ")
            for hurdle in telling.why_not
        )
        parts += [f"### {plain(words.why_not(telling))}", _list(hurdles), plain(telling.why_not_remark)]
    parts += [plain(remark) for remark in telling.remarks]
    if one.asks:
        parts.append(f"{words.ASK}: {plain(words.pointer(one))}")
    elif telling.ask_remark and not telling.ask:
        parts.append(f"{words.ASK}: {plain(words.small(telling.ask_remark))}")
    return parts


def _tool_step(step: ToolStep) -> list[str]:
    return [f"**{plain(step.says)}**", *_reasons(step.because), _lines(step.lines, "")]


def _reasons(reasons: tuple[Because, ...]) -> list[str]:
    found = [_because(because) for because in words.certain(reasons)]
    if words.possible(reasons):
        found += [f"{words.POSSIBLE}:", _possible(reasons)]
    return found


def _because(because: Because) -> str:
    head = _beside(because.says, words.because_beside(because))
    quotes = "\n>\n".join(f"> {plain(words.quoted(quote))}" for quote in because.quotes)
    return "\n\n".join(part for part in (head, quotes, _lines(because.lines, "")) if part)


def _possible(reasons: tuple[Because, ...]) -> str:
    items: list[str] = []
    for because, found in words.once(reasons):
        level = plain(words.possible_level(because))
        says = _beside(because.says, words.possible_beside(because))
        items.append(f"- **{level}**: {says}{_quotes(because.quotes, '  ')}")
        if lines := _lines(found, "  "):
            items.append(lines)
    return "\n".join(items)


def _lines(lines: tuple[Line, ...], indent: str) -> str:
    said: set[str] = set()
    items = []
    for line in lines:
        items.append(f"{indent}- {_backed(line, indent + '  ', said)}")
        said.add(words.backing(line))
    return "\n".join(items)


def _backed(line: Line, indent: str, said: set[str] | None = None) -> str:
    """A line with its paragraph, and the panel's evidence on a line of its own unless it has just been said."""
    text = _beside(line.text, words.beside(line)) + _quotes(line.quotes, indent)
    backing = words.backing(line)
    return f"{text}\\\n{indent}{plain(backing)}" if backing and backing not in (said or set()) else text


def _quotes(quotes: Iterable[Quote], indent: str) -> str:
    """Official words, each on a line of its own below the line that rests on them."""
    return "".join(f"\\\n{indent}{plain(words.quoted(quote))}" for quote in quotes)


def _asks(sheet: Sheet, *, brief: bool) -> str:
    if not sheet.asks:
        return plain(words.NOTHING_TO_ASK)
    return "\n".join(_ask(one.ask, one, help_=not brief) for one in sheet.asks)


def _ask(ask: Ask, one: Numbered, *, help_: bool) -> str:
    under = " " * (len(str(one.number)) + 2)
    lines = [f"{one.number}. {plain(words.asked(ask))}", f"{under}{plain(words.worth(one))}"]
    if ask.help and help_:
        lines.append(f"{under}{plain(ask.help)}")
    return "\\\n".join(lines)


def _assumptions(sheet: Sheet) -> str:
    if not sheet.assumptions:
        return plain(words.NO_ASSUMPTION)
    return _list(
        f"**{plain(words.assumption_title(assumed.assumption))}** ({plain(factors_line(assumed.factors))})\\\n"
        f"  {plain(assumed.assumption.because)}\\\n"
        f"  {plain(assumed.assumption.switch)}"
        for assumed in sheet.assumptions
    )


def _tree(tree: Branch, depth: int) -> list[str]:
    line = f"{'  ' * depth}- **{words.mark(tree)}** {_beside(words.step(tree), words.step_beside(tree))}"
    line += _quotes(tree.quotes, "  " * (depth + 1))
    return [line, *(below for child in tree.children for below in _tree(child, depth + 1))]
