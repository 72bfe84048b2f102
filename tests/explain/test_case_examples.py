"""The examples in the rules of the procedures, and what is said of one that does not hold."""

from functools import partial

import pytest

from jerules.documents.text import Source
from jerules.engine.choose import choose
from jerules.engine.durable.driver import available
from jerules.explain.case_examples import came_out, expectation
from jerules.explain.examples import check_example
from jerules.rulebook.load import book_of, load_procedures
from jerules.rulebook.model import RuleBook
from jerules.scheme.load import load_scheme, scheme_names

BOOKS = [book for book in map(load_procedures, scheme_names()) if book.factors]
RULES = """\
scheme nhs
procedure review "Review"

question first date asks "When did the first come in?"
question touched yes or no asks "Is it touched?"
question done date asks "When was it done?"

needs first "The first" always cites section 5
step done "It is done" within 1 week of first always cites section 7
effective from first when touched cites section 5
route "The panel" when touched cites section 5
ground "It is touched" when touched cites section 5
query "Is it so?" when touched cites section 5
"""


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: str(book.scheme.id))
def test_every_shipped_example_holds(book: RuleBook) -> None:
    """Under both evaluators where durable-rules is to be had, else under the reference."""
    engines = partial(choose, name="both" if available() else "reference")
    assert book.examples
    assert [one.title for one in book.examples if not check_example(book, one, engines).holds] == []


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: str(book.scheme.id))
def test_every_procedure_has_an_example(book: RuleBook) -> None:
    """No procedure is shipped without a case that it must satisfy."""
    assert {example.factor for example in book.examples} == set(book.factors)


@pytest.mark.parametrize(
    ("gives", "expected", "came"),
    [
        ("nothing missing", "nothing missing", "missing: first"),
        ("missing first, done", "missing: first and done", "missing: first"),
        ("step first", "step `first`", "`done`"),
        ("step done by 2026-03-09", "step `done` by 2026-03-09", "`done`"),
        (
            "step done between 2026-03-02 and 2026-03-09",
            "step `done` between 2026-03-02 and 2026-03-09",
            "`done`",
        ),
        ("effective from 2026-03-02", "effective from 2026-03-02", "nothing of the kind"),
        ('route "The panel"', "route “The panel”", "nothing of the kind"),
        ('query "Is it so?"', "query “Is it so?”", "nothing of the kind"),
        ('ground "It is touched"', "ground “It is touched”", "“It is touched” open"),
        ('no ground "It is touched"', "no ground “It is touched”", "“It is touched” open"),
    ],
)
def test_what_is_not_so_is_told(gives: str, expected: str, came: str) -> None:
    """A case about which nothing is known gives none of these; both sides are said in words."""
    text = f'{RULES}\nexample "Nothing is known"\n  gives {gives}\n'
    book = book_of(load_scheme("nhs"), [Source("review.jer", text)])
    checked = check_example(book, book.examples[0], choose)
    assert not checked.holds
    assert checked.standing is not None
    (missed,) = checked.missed
    assert (expectation(missed), came_out(missed, checked.standing)) == (expected, came)


def test_what_is_so_holds() -> None:
    """Each kind of outcome, once, with the days that follow."""
    text = (
        f'{RULES}\nexample "All of it"\n  case: first 2026-03-02, touched yes\n  gives nothing missing\n'
        "  gives step done\n  gives step done by 2026-03-09\n  gives effective from 2026-03-02\n"
        '  gives route "The panel"\n  gives ground "It is touched"\n  gives query "Is it so?"\n'
    )
    book = book_of(load_scheme("nhs"), [Source("review.jer", text)])
    assert check_example(book, book.examples[0], choose).missed == ()
