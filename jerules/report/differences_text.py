"""What changes from one rule book to another, as text for a terminal and as Markdown."""

from __future__ import annotations

from collections.abc import Iterable

from rich import box
from rich.table import Table
from rich.text import Text

from jerules.report import differences as d
from jerules.report.lines import BOLD, DIM, OPEN, PLAIN, WIDTH, Lines, shown
from jerules.report.markdown import plain

# ── terminal ─────────────────────────────────────────────────────────────────────────────────────────────────────


def differences_to_terminal(sheet: d.DifferencesSheet, *, colour: bool = False, width: int = WIDTH) -> str:
    """The whole comparison, 80 columns or fewer."""
    page = Lines(colour=colour, width=width)
    page.heading(sheet.title)
    across = max(len(name) for name, _ in sheet.frame) + 2
    for name, value in sheet.frame:
        page.text(value, lead=f"{name:{across}}")
    page.blank()
    for line in sheet.verdict:
        page.text(line, style=BOLD)
    _levels(page, sheet)
    _jobs(page, sheet)
    _statements(page, sheet)
    _paragraphs(page, sheet)
    page.blank()
    if sheet.letters:
        page.text(sheet.letters)
    page.text(sheet.closing)
    return page.written()


def _jobs(page: Lines, sheet: d.DifferencesSheet) -> None:
    if sheet.jobs is None:
        return
    _heading(page, d.JOBS)
    for job in sheet.jobs:
        _job(page, job)
    if sheet.kept:
        page.blank()
        page.text(sheet.kept)


def _statements(page: Lines, sheet: d.DifferencesSheet) -> None:
    if sheet.changes:
        _heading(page, d.SAYS)
    for title, changes in sheet.changes:
        page.blank()
        page.text(title, style=BOLD)
        for change in changes:
            _change(page, change)


def _paragraphs(page: Lines, sheet: d.DifferencesSheet) -> None:
    if sheet.paragraphs:
        _heading(page, d.PARAGRAPHS)
    for one in sheet.paragraphs:
        page.row(one.words or one.id, one.how, indent=2)
        if one.words:
            page.text(one.id, indent=4, style=DIM)
        for resting in one.resting:
            page.text(resting, indent=4, lead="· ")


def _heading(page: Lines, title: str) -> None:
    page.blank()
    page.rule()
    page.heading(title)


def _levels(page: Lines, sheet: d.DifferencesSheet) -> None:
    if sheet.factors or sheet.same:
        _heading(page, d.LEVELS)
    for factor in sheet.factors:
        page.blank()
        page.text(factor.title, style=BOLD)
        page.text(factor.says, indent=2, style=PLAIN if factor.decided else OPEN)
        for one in factor.witnesses:
            page.blank()
            page.row(one.title, one.confirmed, indent=2)
            for name, answers in one.entries:
                page.text(answers, indent=4, lead=f"{name}: ")
            page.table(_side_by_side(one, page.width))
    if sheet.same:
        page.blank()
        page.text(sheet.same)


def _side_by_side(one: d.WitnessSheet, width: int) -> Table:
    """Both explanations, half a page each."""
    made = Table(box=box.SIMPLE, show_header=True, padding=(0, 1), width=width)
    for side in (one.old, one.new):
        made.add_column(shown(f"{side.name}: {side.level}"), ratio=1, overflow="fold")
    made.add_row(_said(one.old), _said(one.new))
    return made


def _said(side: d.SideSheet) -> Text:
    lines = [line for says, steps in side.because for line in (says, *(f"· {step}" for step in steps))]
    return Text("\n".join(map(shown, lines)))


def _change(page: Lines, change: d.ChangeSheet) -> None:
    page.row(change.title, change.how, indent=2)
    for part in change.parts:
        if part.old:
            page.text(part.old, indent=4, lead=f"{part.name}, old: " if part.new else f"{part.name}: ")
        if part.new:
            page.text(part.new, indent=4, lead=f"{part.name}, new: " if part.old else f"{part.name}: ")
    for side, place in d.places(change):
        page.text(f"{side} at {place}", indent=4, style=DIM)
    if change.cites:
        page.text(change.cites, indent=4, style=DIM)


def _job(page: Lines, job: d.JobSheet) -> None:
    page.blank()
    page.text(job.title, style=BOLD)
    page.text(job.file, indent=2, style=DIM)
    for title, old, new in job.factors:
        page.text(title, indent=2)
        page.text(f"{old} → {new}", indent=4)
    for name, old, new in job.totals:
        said = f"{old}, as before" if old == new else f"{old} → {new}"
        page.text(said, indent=2, lead=f"{name}: " if name else "")
    if job.remark:
        page.text(job.remark, indent=2)


# ── Markdown ─────────────────────────────────────────────────────────────────────────────────────────────────────


def differences_to_markdown(sheet: d.DifferencesSheet) -> str:
    """The whole comparison as Markdown."""
    parts = [f"# {plain(sheet.title)}", _list(f"{name}: {plain(value)}" for name, value in sheet.frame)]
    parts += [f"**{plain(line)}**" for line in sheet.verdict]
    parts += [f"## {d.LEVELS}"] if sheet.factors or sheet.same else []
    for factor in sheet.factors:
        parts += [f"### {plain(factor.title)}", plain(factor.says)]
        for one in factor.witnesses:
            parts += _witness(one)
    parts.append(plain(sheet.same))
    if sheet.jobs is not None:
        parts += [f"## {d.JOBS}", *[part for job in sheet.jobs for part in _job_parts(job)], plain(sheet.kept)]
    parts += [f"## {d.SAYS}"] if sheet.changes else []
    for title, changes in sheet.changes:
        parts += [f"### {plain(title)}", *map(_change_parts, changes)]
    if sheet.paragraphs:
        parts += [f"## {d.PARAGRAPHS}", _list(_paragraph(one) for one in sheet.paragraphs)]
    return "\n\n".join(part for part in [*parts, plain(sheet.letters), f"*{plain(sheet.closing)}*"] if part) + "\n"


def _list(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _witness(one: d.WitnessSheet) -> list[str]:
    sides = [f"| {plain(one.old.name)}: {plain(one.old.level)} | {plain(one.new.name)}: {plain(one.new.level)} |"]
    cells = (
        "<br>".join(plain(line) for says, steps in side.because for line in (says, *steps))
        for side in (one.old, one.new)
    )
    sides += ["| --- | --- |", f"| {' | '.join(cells)} |"]
    entries = _list(f"{plain(name)}: {plain(answers)}" for name, answers in one.entries)
    return [f"{plain(one.title)} *({plain(one.confirmed)})*:", entries, "\n".join(sides)]


def _job_parts(job: d.JobSheet) -> list[str]:
    rows = ["| What | Old | New |", "| --- | --- | --- |"]
    rows += [f"| {plain(title)} | {plain(old)} | {plain(new)} |" for title, old, new in job.factors]
    rows += [f"| {name or 'The whole job'} | {plain(old)} | {plain(new)} |" for name, old, new in job.totals]
    return [f"### {plain(job.title)}", f"`{job.file}`", "\n".join(rows), plain(job.remark)]


def _change_parts(change: d.ChangeSheet) -> str:
    lines = [f"- **{plain(change.title)}**: {change.how}"]
    for part in change.parts:
        said = " → ".join(plain(words) for words in (part.old, part.new) if words)
        lines.append(f"  - {part.name}: {said}")
    beside = [*(f"{side} at {place}" for side, place in d.places(change)), change.cites]
    return "\n".join([*lines, f"  - *{plain('; '.join(one for one in beside if one))}*"])


def _paragraph(one: d.ParagraphSheet) -> str:
    resting = "; ".join(one.resting)
    said = f"**{plain(one.words or one.id)}**" + (f" ({plain(one.how)})" if one.how else "")
    return f"{said}: {plain(resting)}" if resting else said
