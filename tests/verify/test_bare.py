"""What a rule book says without its interpretations, or with some of them."""

from datetime import date

import pytest

from jerules.documents.text import Source
from jerules.rulebook import model as m
from jerules.rulebook.conditions import TermKey
from jerules.rulebook.load import book_of
from jerules.scheme.load import load_scheme
from jerules.verify.bare import by_interpretation, interpretations_in, keeping

RULES = """scheme nhs
factor 13 "Physical effort"
record effort "A demand on the body"
  task text asks "What is done?"
  weight mass asks "How heavy is it?"
term heavy effort when weight > 15 kg cites note "Heavy"
term lifting when some effort is heavy cites definition
level 3(c) when lifting cites level 3(c)
level 1 otherwise cites level 1
interpretation A-NHS-90 "From 10 kg"
  because "The note says too little."
  cites note "Heavy"
  extend term heavy effort when weight > 10 kg
  level 2(d) when some effort is (weight > 5 kg)
interpretation A-NHS-91 "A feather"
  because "The note says too little."
  cites note "Light"
  term feather effort when weight < 1 g
  extend term lifting when some effort is feather
"""
HEAVY, FEATHER = TermKey("13", "effort", "heavy"), TermKey("13", "effort", "feather")


@pytest.fixture(name="book", scope="module")
def a_book() -> m.RuleBook:
    """One interpretation that adds to a word and gives a level, and one with a word of its own."""
    return book_of(load_scheme("nhs"), [Source("case.jer", RULES)])


@pytest.mark.parametrize(
    ("names", "definitions", "rules"),
    [
        (set(), (1, 0), ["level 3(c)", "level 1"]),
        ({"A-NHS-90"}, (2, 0), ["level 3(c)", "level 1", "A-NHS-90/level 2(d)"]),
        ({"A-NHS-91"}, (1, 1), ["level 3(c)", "level 1"]),
        ({"A-NHS-90", "A-NHS-91"}, (2, 1), ["level 3(c)", "level 1", "A-NHS-90/level 2(d)"]),
    ],
)
def test_what_belongs_to_other_interpretations_is_left_out(
    book: m.RuleBook, names: set[str], definitions: tuple[int, int], rules: list[str]
) -> None:
    """Definitions and rules go; a word that nothing defines any more stays, and nothing is it."""
    kept = keeping(book, frozenset(names))
    assert tuple(len(kept.terms[key].definitions) for key in (HEAVY, FEATHER)) == definitions
    assert sorted(rule.id.split("/", 2)[-1] for rule in kept.factors["13"].rules) == sorted(rules)


def test_the_interpretations_that_words_rest_on_are_found_through_other_words(book: m.RuleBook) -> None:
    """A rule rests on what the words of its words rest on."""
    rules = {rule.id: rule for rule in book.factors["13"].rules}
    condition = rules["nhs/13/level 3(c)"].condition
    assert condition is not None
    assert interpretations_in(book, [condition]) == ("A-NHS-90", "A-NHS-91")
    assert interpretations_in(keeping(book, frozenset()), [condition]) == ()


def test_an_interpretation_accepts_by_its_title(book: m.RuleBook) -> None:
    """The reason is its title; the day is that on which a pack agreed it, where one did."""
    found = by_interpretation(book, "A-NHS-90")
    assert (found.because, found.on, found.interpretation) == ("From 10 kg", None, "A-NHS-90")
    pack = """scheme nhs
pack "Ours" agreed 2026-03-01 by "Joint evaluation group"
factor 13 "Physical effort"
interpretation A-LOC-01 "From 12 kg"
  because "It was agreed."
  cites note "Heavy"
  extend term heavy effort when weight > 12 kg
"""
    agreed = book_of(load_scheme("nhs"), [Source("case.jer", RULES)], [Source("pack.jer", pack)])
    assert by_interpretation(agreed, "A-LOC-01").on in {None, date(2026, 3, 1)}
