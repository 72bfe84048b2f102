"""What would have to be different for a factor to come to a level: in words, and as text, Markdown and JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from jerules.explain.outcome import FactorOutcome, Outcome
from jerules.explain.phrases import called, span
from jerules.report.lines import BOLD, WIDTH, Lines
from jerules.report.markdown import plain
from jerules.report.words import capital
from jerules.rulebook.model import RuleBook
from jerules.scheme.model import Factor
from jerules.verify.reach import MOST_CHANGES, Change, Way, Ways

FORMAT: Final = "jerules.reach/1"
CLOSING: Final = (
    "Each of these was worked out again with the changes made. They show how the rules read, not what a job should say."
)


@dataclass(frozen=True, slots=True)
class WaySheet:
    """One way: under each entry its changes, as what is asked, what is answered now, and what it would have to be."""

    title: str
    groups: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    confirmed: str


@dataclass(frozen=True, slots=True)
class ReachSheet:
    """The ways to one level of one factor of a job."""

    title: str
    job: str
    label: str
    standing: str
    summary: str
    ways: tuple[WaySheet, ...]
    closing: str = CLOSING


def reach_sheet(book: RuleBook, outcome: Outcome, factor: Factor, level: int, found: Ways) -> ReachSheet:
    """The ways in words; ``outcome`` is that of the job as it is."""
    stands = outcome.factor(factor.number)
    return ReachSheet(
        f"{factor.title} (factor {factor.number}): how level {level} would be reached",
        outcome.job.title,
        f"suggested by {book.scheme.title}, {book.scheme.edition.words}, rule book {book.hash}: the panel decides",
        f"As the job is described, the factor is at level {span(stands.lowest, stands.highest, factor)}.",
        _summary(found, level, stands),
        tuple(_way(book, way, number) for number, way in enumerate(found.ways, start=1)),
    )


def _summary(found: Ways, level: int, stands: FactorOutcome) -> str:
    if found.impossible:
        return f"No job at all comes to level {level} by these rules."
    number = len(found.ways)
    if found.undecided:
        return f"{number or 'No'} way{'' if number == 1 else 's'} found; the search did not end in the time it has."
    low, high = stands.lowest.level or 0, stands.highest.level or 0
    if not number and low < high and low <= level <= high:
        return (
            f"The level is open, and may be {level} as it is: it turns on what is not known or not agreed yet. No way "
            f"that changes {MOST_CHANGES} answers or fewer settles it there."
        )
    if not number:
        return f"There is no way to level {level} that changes {MOST_CHANGES} answers or fewer."
    said = "One way was found" if number == 1 else f"{number} ways were found, the fewest changes first"
    return f"{said}; there is no other with as few." if found.exhausted else f"{said}; there are more."


def _way(book: RuleBook, way: Way, number: int) -> WaySheet:
    count = sum(change.question is not None or change.entry is not None for change in way.changes)
    groups: dict[str, list[tuple[str, str]]] = {}
    for change in way.changes:
        groups.setdefault(_whose(book, change), []).append(_said(change))
    size = "1 change" if max(count, 1) == 1 else f"{count} changes"
    return WaySheet(
        f"Way {number}: {size}",
        tuple((whose, tuple(changes)) for whose, changes in groups.items()),
        f"confirmed by {' and '.join(way.confirmed_by)}",
    )


def _whose(book: RuleBook, change: Change) -> str:
    """What a change belongs to, as a panel knows it."""
    if change.entry is not None:
        return called(change.entry)
    record = book.records.get(change.record)
    if record is None:
        return "What the panel decides"
    return "The job as a whole" if change.record == "job" else f"A new entry of “{record.title}”"


def _said(change: Change) -> tuple[str, str]:
    if change.question is None:
        if change.entry is not None:
            return "this entry", "would not be there"
        asks = change.record.replace("_", " ") if change.becomes != "a new entry" else "a further entry"
        return asks, f"would be {change.becomes}" if change.becomes != "a new entry" else "would be there"
    now = change.was.replace("_", " ")
    return change.question.asks or change.question.name, f"{now or 'not answered'} → {change.becomes}"


# ── renderings ───────────────────────────────────────────────────────────────────────────────────────────────────


def reach_to_terminal(sheet: ReachSheet, *, colour: bool = False, width: int = WIDTH) -> str:
    """The ways for a screen, 80 columns or fewer."""
    page = Lines(colour=colour, width=width)
    page.heading(sheet.title)
    page.text(sheet.job)
    page.text(capital(sheet.label))
    page.blank()
    page.text(sheet.standing)
    page.text(sheet.summary)
    for way in sheet.ways:
        page.blank()
        page.row(way.title, way.confirmed, style=BOLD)
        for whose, changes in way.groups:
            page.text(whose, indent=2)
            for asks, change in changes:
                page.text(asks, indent=4, lead="· ")
                page.text(change, indent=6, style=BOLD)
    page.blank()
    page.text(sheet.closing)
    return page.written()


def reach_to_markdown(sheet: ReachSheet) -> str:
    """The ways as Markdown."""
    parts = [f"# {plain(sheet.title)}", plain(sheet.job), f"*{plain(capital(sheet.label))}*"]
    parts += [plain(sheet.standing), plain(sheet.summary)]
    for way in sheet.ways:
        parts.append(f"## {plain(way.title)}")
        for whose, changes in way.groups:
            parts += [f"{plain(whose)}:", "\n".join(f"- {plain(asks)} **{plain(change)}**" for asks, change in changes)]
        parts.append(f"*{plain(way.confirmed)}*")
    return "\n\n".join([*parts, f"*{plain(sheet.closing)}*"]) + "\n"


def reach_to_json(book: RuleBook, outcome: Outcome, factor: Factor, level: int, found: Ways) -> str:
    """The ways as JSON of the form `jerules.reach/1`."""
    stands = outcome.factor(factor.number)
    value = {
        "format": FORMAT,
        "scheme": {"id": book.scheme.id, "edition": book.scheme.edition.id},
        "rule_book": book.hash,
        "label": "a suggestion: the panel decides",
        "job": outcome.job.title,
        "factor": factor.number,
        "level": level,
        "lowest": stands.lowest.level,
        "highest": stands.highest.level,
        "impossible": found.impossible,
        "exhausted": found.exhausted,
        "undecided": found.undecided,
        "ways": [{"changes": list(_changes(way)), "confirmed_by": list(way.confirmed_by)} for way in found.ways],
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _changes(way: Way) -> Iterator[dict[str, Any]]:
    for change in way.changes:
        yield {
            "record": change.record,
            "entry": change.entry.number if change.entry else None,
            "question": change.question.key if change.question else None,
            "was": change.was or None,
            "becomes": change.becomes,
        }
