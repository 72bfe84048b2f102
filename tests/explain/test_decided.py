"""What a panel decides, where the guidance leaves two levels to it."""

from jerules.documents.text import Source
from jerules.engine.choose import choose
from jerules.explain.examples import check_example
from jerules.rulebook.load import book_of
from jerules.scheme.load import load_scheme

RULES = """
scheme nhs
factor 13 "Physical effort"
record effort "A demand"
  weight mass asks "How heavy is it?"
level 1 otherwise cites level 1
panel decides reach 2(a) or 4(a) when some effort is (weight >= 6 kg) asks "Which?" cites level 2(a)
not 4(a) when some effort is (weight > 50 kg) cites level 4(a)

example "Open"
  effort: weight 20 kg
  gives level 2(a) to 4(a)
example "Decided"
  effort: weight 20 kg
  panel decides reach 4(a)
  gives level 4(a)
example "Decided on the lower one"
  effort: weight 20 kg
  panel decides reach 2(a)
  gives level 2(a)
example "Decided on a level that is closed: the lower one stands"
  effort: weight 60 kg
  panel decides reach 4(a)
  gives level 2(a)
"""


def test_a_decision_stands_where_its_level_is_open() -> None:
    """Until it is made both are possible; a closed level cannot be chosen, and the lower one then stands."""
    book = book_of(load_scheme("nhs"), [Source("13.jer", RULES)])
    missed = [one.title for one in book.examples if not check_example(book, one, choose).holds]
    assert missed == []
