"""After an edit only those factors are proved again that something in the file decides about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jerules.documents.text import Source
from jerules.rulebook.load import book_of, load_rulebook
from jerules.rulebook.model import RuleBook
from jerules.scheme.load import load_scheme
from jerules.verify.concerned import concerned

NHS = load_rulebook("nhs", examples=False)
NJC = load_rulebook("njc", examples=False)


def after(book: RuleBook, *files: str) -> tuple[str, ...]:
    """The factors concerned by a change of these shipped files that changes nothing they say."""
    return concerned(book, book, frozenset(f"rules/{book.scheme.id}/{file}" for file in files))


@pytest.mark.parametrize("key", [*NHS.factors])
def test_a_factors_own_file_concerns_it(key: str) -> None:
    """Whatever else it concerns."""
    file = NHS.factors[key].rules[0].source.place.file.rsplit("/", 1)[-1]
    assert key in after(NHS, file)


@pytest.mark.parametrize("key", [*NHS.factors])
def test_an_edit_that_moves_nothing_elsewhere_concerns_no_other_factor(key: str) -> None:
    """That is what makes it quick; what keeps evidence out of another factor is as it was."""
    assert after(NHS, NHS.factors[key].rules[0].source.place.file.rsplit("/", 1)[-1]) == (key, "")


BARS = """\
scheme nhs
factor 13 "Physical effort"
status binding
record effort "Something that the body does"
  weight mass asks "How heavy?"
assess effort under 13 not 14 when weight >= 2 kg cites definition
level 2 when some effort is (weight >= 2 kg) cites definition
level 1 otherwise cites definition
"""
BARRED = """\
scheme nhs
factor 14 "Mental effort"
status binding
level 2 when some effort is (weight >= 1 kg) cites definition
level 1 otherwise cites definition
"""


def two_factors(bars: str) -> RuleBook:
    """A book of a file that keeps evidence out of another factor, and that factor's."""
    return book_of(load_scheme("nhs"), [Source("13.jer", bars), Source("14.jer", BARRED)])


def test_what_evidence_is_kept_out_of_another_factor_concerns_that_one() -> None:
    """A file that says `assess … under` decides about both factors: once it says something else, both are meant."""
    before = two_factors(BARS)
    assert concerned(before, two_factors(BARS + "# a remark\n"), frozenset({"13.jer"})) == ("13", "")
    assert concerned(before, two_factors(BARS.replace("14 when weight >= 2", "14 when weight >= 3")),
                     frozenset({"13.jer"})) == ("13", "14", "")  # fmt: skip


def test_a_tool_that_says_something_else_concerns_the_factors_that_it_may_raise() -> None:
    """The advisory tool raises several factors of the NJC scheme; as it was, it concerns itself alone."""
    file = "09-tool-advisory.jer"
    assert after(NJC, file) == ("advisory", "")
    tool = NJC.factors["advisory"]
    shorter = replace(NJC, factors={**NJC.factors, "advisory": replace(tool, rules=tool.rules[1:])})
    assert set(concerned(NJC, shorter, frozenset({f"rules/njc/{file}"}))) > {"advisory", "9"}


SHARED = """\
scheme nhs
factor 13 "Physical effort"
record effort "Something that the body does"
  kind one of lifting, bending asks "What sort?"
  weight mass asks "How heavy?"
parameter heavy mass from 5 kg to 15 kg asks "What is heavy?" cites definition
level 1 otherwise cites definition
"""
READING = """\
scheme nhs
factor 14 "Mental effort"
level 2 when some effort is (weight >= heavy) cites definition
level 1 otherwise cites definition
query "Is that so?" when some effort is (kind is lifting) cites definition
"""


@pytest.mark.parametrize(
    ("said", "instead"), [("to 15 kg", "to 25 kg"), ("lifting, bending", "lifting, bending, walking")]
)
def test_what_another_factor_only_asks_about_concerns_it(said: str, instead: str) -> None:
    """The ends of a parameter, and the choices of a question that only a query reads, are proved of its readers."""

    def book(text: str) -> RuleBook:
        return book_of(load_scheme("nhs"), [Source("13.jer", text), Source("14.jer", READING)])

    changed = book(SHARED.replace(said, instead))
    assert concerned(book(SHARED), changed, frozenset({"13.jer"})) == ("13", "14", "")


def test_a_convention_in_a_pack_with_rules_concerns_every_factor_that_compares_with_it() -> None:
    """The pack names factor 13, and what it settles is what factor 14 compares with."""
    pack = """\
scheme nhs
factor 13 "Physical effort"
pack "Local" agreed 2026-03-01 by "The group"
convention heavy = 10 kg agreed 2026-03-01 by "The group"
query "Is that all?" when some effort is (weight > 1 kg) cites definition
"""

    def book(text: str) -> RuleBook:
        return book_of(
            load_scheme("nhs"), [Source("13.jer", SHARED), Source("14.jer", READING)], [Source("p.jer", text)]
        )

    assert concerned(book(pack), book(pack.replace("10 kg", "11 kg")), frozenset({"p.jer"})) == ("13", "14", "")


def test_a_file_of_no_factor_concerns_all() -> None:
    """The questions about the job as a whole are everybody's."""
    assert after(NHS, "job.jer") == (*NHS.factors, "")


def test_a_file_of_another_scheme_concerns_none() -> None:
    """Both schemes may be checked at once."""
    assert concerned(NHS, NHS, frozenset({"rules/njc/07-mental-demands.jer"})) == ()
