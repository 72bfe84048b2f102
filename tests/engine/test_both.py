"""The evaluators side by side, and the choice between them."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from jerules.documents.text import Source
from jerules.engine import choose as choosing
from jerules.engine.both import Disagreement, SideBySide
from jerules.engine.choose import choose
from jerules.engine.durable.driver import available, why_not_available
from jerules.engine.facts import Facts
from jerules.engine.reference.evaluator import ReferenceEvaluator
from jerules.engine.truth import NO, YES, Truth
from jerules.engine.verdicts import Verdicts
from jerules.faults import OurFault, Unavailable
from jerules.rulebook.load import book_of
from jerules.rulebook.model import RuleBook
from jerules.scheme.load import load_scheme
from tests.strategies.jobs import JobMaker

needs_durable = pytest.mark.skipif(not available(), reason=why_not_available())

TEXT = """scheme nhs
factor 13 "Physical effort"
question alone yes or no asks "Is the work done alone?"
level 2 when alone cites definition
level 1 otherwise cites definition
"""


@pytest.fixture(name="book")
def a_book() -> RuleBook:
    """One factor with one rule and an otherwise."""
    return book_of(load_scheme("nhs"), [Source("13.jer", TEXT)])


ALONE = Facts((YES,), {}, {})


class Wrong(ReferenceEvaluator):
    """Finds the opposite of the first rule."""

    name = "wrong"

    def verdicts(self, facts: Facts) -> Verdicts:
        """The first rule of each factor the other way round."""

        def turned(truths: tuple[Truth, ...]) -> tuple[Truth, ...]:
            return (YES - truths[0], *truths[1:])

        right = super().verdicts(facts)
        return replace(right, factors={key: turned(truths) for key, truths in right.factors.items()})


def test_a_difference_is_our_fault_and_names_the_rule(book: RuleBook) -> None:
    """No verdict is given out that the two do not share."""
    both = SideBySide(book, ReferenceEvaluator(book), Wrong(book))
    with pytest.raises(Disagreement) as caught:
        both.verdicts(ALONE)
    assert isinstance(caught.value, OurFault)
    assert (caught.value.factor, caught.value.rules) == ("13", ("nhs/13/level 2",))
    assert (caught.value.found, caught.value.expected) == ((YES,), (NO,))
    assert "`nhs/13/level 2` holds by durable-rules and does not hold by the reference" in str(caught.value)


@needs_durable
def test_side_by_side_gives_what_both_find(book: RuleBook) -> None:
    """The verdicts are those of durable-rules, and the outcome can say who checked."""
    both = SideBySide(book)
    assert both.verdicts(ALONE) == ReferenceEvaluator(book).verdicts(ALONE)
    assert (both.name, both.checked_by) == ("durable-rules", "reference")


@needs_durable
@pytest.mark.parametrize(
    ("name", "called", "checked"),
    [
        ("auto", "durable-rules", "reference"),
        ("both", "durable-rules", "reference"),
        ("durable", "durable-rules", ""),
        ("reference", "reference", ""),
    ],
)
def test_an_engine_says_what_it_is(book: RuleBook, name: str, called: str, checked: str) -> None:
    """An outcome can name the engine and what checked it; asked again, the same engine serves."""
    engine = choose(book, name)
    assert (engine.name, engine.checked_by) == (called, checked)
    assert engine.verdicts(ALONE).factors["13"][0] == YES
    assert choose(book, name) is engine


def test_without_durable_rules_nothing_is_switched_in_silence(book: RuleBook, monkeypatch: pytest.MonkeyPatch) -> None:
    """`auto` says that it is the reference; what was asked for by name is refused with the reason."""
    monkeypatch.setattr(choosing, "available", lambda: False)
    monkeypatch.setattr(choosing, "why_not_available", lambda: "durable-rules is not installed")
    assert (choose(book).name, choose(book).checked_by) == ("reference", "")
    for name in ("durable", "both"):
        with pytest.raises(Unavailable, match="not installed"):
            choose(book, name)


def test_no_engine_of_another_name(book: RuleBook) -> None:
    """A name that is none is refused with those that there are."""
    with pytest.raises(Unavailable, match="`auto`, `durable`, `reference`, `both`"):
        choose(book, "clips")


@needs_durable
def test_two_books_do_not_share_an_engine(book: RuleBook) -> None:
    """Engines are kept by the book itself."""
    other = book_of(
        load_scheme("nhs"), [Source("13.jer", TEXT.replace("level 2 when alone", "level 2 when not alone"))]
    )
    facts = JobMaker(book).facts(Random(1))  # noqa: S311 - no secret
    assert choose(book).evaluator is not choose(other).evaluator
    assert choose(book).verdicts(facts) == ReferenceEvaluator(book).verdicts(facts)
    assert choose(other).verdicts(facts) == ReferenceEvaluator(other).verdicts(facts)
