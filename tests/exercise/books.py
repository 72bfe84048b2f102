"""A small rule book with one record, for tests of what its examples show and notice."""

from jerules.documents.text import Source
from jerules.rulebook.load import book_of
from jerules.rulebook.model import RuleBook
from jerules.scheme.load import load_scheme

HEAD = """\
scheme nhs
factor 13 "Physical effort"

record effort "A demand that the job makes on the body"
  label task
  task text asks "What is done?"
  weight mass asks "How heavy is it?"
  often share asks "On which part of the shifts?"
  times count asks "How many times?"
  aid yes or no asks "Is it done with an aid?"
  kind one of lifting, bending, walking asks "What sort is it?"

"""


def small(text: str, *more: str) -> RuleBook:
    """The rule book of these rules, under the headings and with the record of this file; ``more`` are whole files."""
    files = [Source("case.jer", HEAD + text), *(Source(f"case{n}.jer", one) for n, one in enumerate(more, 1))]
    return book_of(load_scheme("nhs"), files)
