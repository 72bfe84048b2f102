"""A blank case file: every question of a procedure in plain words above the place of its answer."""

from __future__ import annotations

from jerules.faults import Fault, Faulty, listed, nearest
from jerules.jobs.case import FORMAT, kinds_of
from jerules.jobs.page import Page, put_question
from jerules.rulebook.consistency import questions_read
from jerules.rulebook.examples import CASE
from jerules.rulebook.model import RuleBook
from jerules.rulebook.procedure import asked_by
from jerules.rulebook.questions import JOB

_HOW_TO = (
    "Write each answer after its colon.",
    "Any answer may be left empty: empty means not known, and it never counts as no.",
    "Write a day as 2 March 2026, 2/3/2026 or 2026-03-02. Name job titles, never people.",
    "Lines that begin with # are there to be read. Keep the spaces before each line.",
)


def blank_case(book: RuleBook, kind: str | None = None) -> str:
    """A blank case file in YAML, which loads as it stands as a case about which nothing is known.

    Args:
        book: the procedures of a scheme.
        kind: the name of the procedure; may be None where the scheme has one only.

    Raises:
        Faulty: ``missing-kind`` or ``unknown-kind`` when no procedure is meant, or none of that name is there.

    """
    name = _kind(book, kind)
    rules = book.factors[name]
    read = set(questions_read(book, rules)) | {q for rule in rules.rules for q in asked_by(rule.effect)}
    page = Page()
    page.comment(f"A case: {rules.title}")
    page.comment(f"{book.scheme.title}, {book.scheme.edition.words}")
    page.comment("")
    page.comment("How to fill it in")
    for advice in _HOW_TO:
        page.comment(advice, first="- ")
    page.gap()
    page.key("jerules", 0, FORMAT)
    page.key("scheme", 0, book.scheme.id)
    page.key("kind", 0, name)
    page.gap()
    page.comment("What is the case called? The title of the job, and no one's name.")
    page.key("title", 0)
    page.comment("Anything that should be known about it, in a few words.")
    page.key("about", 0)
    page.section("The case")
    page.key(CASE, 0)
    for number, question in enumerate(question for question in book.records[JOB].questions if question in read):
        if number:
            page.gap()
        put_question(page, question, 1, ())
    return page.text()


def _kind(book: RuleBook, kind: str | None) -> str:
    names = kinds_of(book)
    if not names:
        message = f"{book.scheme.title} has no procedures yet"
        raise Faulty([Fault("no-procedures", message, help="choose another scheme")])
    if kind is None and len(names) == 1:
        return names[0]
    if kind is None:
        message = f"{book.scheme.title} has several procedures, and none is named"
        help_ = f"name one, as in `jerules procedure --new {book.scheme.id} {names[0]}`"
        raise Faulty([Fault("missing-kind", message, expected=listed(names), help=help_)])
    if kind not in names:
        close = nearest(kind, names)
        message = f"{book.scheme.title} has no procedure called `{kind}`"
        help_ = f"write `{close}`" if close else "use one of these"
        raise Faulty([Fault("unknown-kind", message, expected=listed(names), nearest=close, help=help_)])
    return kind
