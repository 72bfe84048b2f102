"""What a report on a case says, in the order in which it says it; every rendering prints one of these."""

from __future__ import annotations

from dataclasses import dataclass

from jerules.explain.case import CaseOutcome
from jerules.explain.case_telling import CaseTelling, Item, tell_case
from jerules.explain.outcome import LABEL
from jerules.quantities.words import say_day
from jerules.report.score import edition
from jerules.report.sheet import UNTITLED, engine_words, pack_line

RESTS = "Interpretations used"
NO_ASSUMPTION = "The guidance itself, and no interpretation of it."
CLOSING = f"This is {LABEL}."


@dataclass(frozen=True, slots=True)
class CaseSheet:
    """A report on a case: its head, and the telling below it."""

    title: str
    about: str
    frame: tuple[tuple[str, str], ...]
    telling: CaseTelling


def case_sheet(outcome: CaseOutcome) -> CaseSheet:
    """The report on a case."""
    job, book = outcome.case.job, outcome.book
    return CaseSheet(
        job.title or UNTITLED,
        job.about,
        (
            ("Procedure", outcome.rules.title),
            ("Scheme", f"{book.scheme.title}, {edition(book.scheme)}"),
            ("As of", say_day(outcome.on)),
            ("Rules", f"rule book {book.hash}"),
            *(("Pack", pack_line(pack)) for pack in book.packs),
            ("Engine", engine_words(outcome.engine, outcome.checked_by)),
        ),
        tell_case(outcome),
    )


def beside(item: Item) -> str:
    """The paragraphs of an item, and its authority where it is not binding."""
    return "; ".join(part for part in (item.cites, item.status) if part)
