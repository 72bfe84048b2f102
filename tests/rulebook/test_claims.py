"""Ladders and acceptances as the rule book keeps them."""

import re
from datetime import date
from random import Random

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from jerules.documents.text import Source
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.load import book_of
from jerules.rulebook.questions import JOB
from jerules.rulebook.sources import claims, statements
from jerules.scheme.load import load_scheme
from tests.rulebook.books import HEAD, book
from tests.strategies.rulebooks import book_of_texts, texts

TERMS = 'term light effort when weight <= 5 kg cites note "Light"\nterm calm when not busy cites note "Calm"\n'
SHARED = """\
scheme nhs
record load "A load"
  weight mass asks "How heavy is it?"
term small load when weight < 5 kg cites definition
term large load when weight >= 5 kg cites definition
ladder size load = small < large
accept V3 "load" on 2026-11-21 because "So it is said."
"""


def test_a_ladder_of_a_record() -> None:
    """Its terms rising as they are written, the condition on one entry, and what it rests on."""
    text = 'ladder hardness effort = light < heavy when kind is lifting reads "how hard" cites note "Heavy"\n'
    (ladder,) = book(TERMS + text).ladders
    assert (ladder.name, ladder.factor, ladder.record, ladder.reads) == ("hardness", "13", "effort", "how hard")
    assert ladder.terms == (c.TermKey("13", "effort", "light"), c.TermKey("13", "effort", "heavy"))
    assert isinstance(ladder.within, c.Chosen)
    assert ladder.within.question.key == "effort.kind"
    assert [citation.words for citation in ladder.source.citations] == ["note: Heavy"]
    assert ladder.source.status is m.Status.BINDING


def test_a_ladder_of_the_job() -> None:
    """Without a record it speaks of the job as a whole, everywhere unless it says where, and needs no citation."""
    (ladder,) = book(TERMS + "ladder load = calm < busy\n").ladders
    assert (ladder.record, ladder.within, ladder.reads, ladder.source.citations) == (JOB, None, "", ())
    (within,) = book(TERMS + "ladder load = calm < busy when some effort is heavy\n").ladders
    assert isinstance(within.within, c.Some)


def test_a_ladder_of_a_factor_may_hold_terms_of_the_whole_scheme() -> None:
    """A term is looked up in the factor first, and then in the scheme, as everywhere."""
    factor = HEAD + 'term large load when weight > 9 kg cites note "Large"\nladder size load = small < large\n'
    found = book_of(load_scheme("nhs"), [Source("shared.jer", SHARED), Source("case.jer", factor)])
    ladders = {ladder.factor: ladder.terms for ladder in found.ladders}
    assert ladders == {
        "": (c.TermKey(None, "load", "small"), c.TermKey(None, "load", "large")),
        "13": (c.TermKey(None, "load", "small"), c.TermKey("13", "load", "large")),
    }


def test_a_ladder_of_an_interpretation_goes_with_it() -> None:
    """It may hold the interpretation's own terms, rests on its citations, and is gone when a pack switches it off."""
    text = (
        'interpretation A-NHS-02 "Lifting objects"\n  because "So."\n  cites definition\n'
        "  term lifting_boxes effort when weight > 1 kg\n  ladder boxes effort = lifting_boxes < heavy\n"
    )
    (ladder,) = book(text).ladders
    assert (ladder.source.interpretation, ladder.source.status) == ("A-NHS-02", m.Status.DEFAULT)
    assert [citation.words for citation in ladder.source.citations] == ["definition of the factor"]
    assert book(text, 'scheme nhs\npack "Ours"\nwithout A-NHS-02\n').ladders == ()


def test_an_acceptance() -> None:
    """The check, its subject, from when to when, and why."""
    (accepted,) = book(
        'accept V8 "effort.weight" on 2026-11-21 until 2027-11-21 because "So it is said." cites note "Heavy"\n'
    ).acceptances
    assert (accepted.check, accepted.subject, accepted.factor) == ("V8", "effort.weight", "13")
    assert (accepted.on, accepted.until) == (date(2026, 11, 21), date(2027, 11, 21))
    assert accepted.because == "So it is said."
    assert [citation.words for citation in accepted.source.citations] == ["note: Heavy"]


def test_an_acceptance_of_the_whole_scheme_and_one_of_a_pack() -> None:
    """Each is another's if the factor or the check differs; without an end it has none; a pack's is local."""
    pack = 'scheme nhs\npack "Ours"\nfactor 13 "Physical effort"\n'
    pack += 'accept V3 "load" on 2026-11-21 because "We agreed."\naccept V5 "load" on 2026-11-21 because "We agreed."\n'
    found = book_of(load_scheme("nhs"), [Source("shared.jer", SHARED)], [Source("pack.jer", pack)]).acceptances
    assert {(one.factor, one.check, one.until, one.source.status.value) for one in found} == {
        ("", "V3", None, "binding"),
        ("13", "V3", None, "local"),
        ("13", "V5", None, "local"),
    }


@given(st.integers(0, 21), st.dates(date(1000, 1, 1)))
def test_every_check_can_be_accepted_on_every_day(number: int, day: date) -> None:
    """From the first to the last, on any day of the calendar."""
    (accepted,) = book(f'accept V{number} "effort" on {day.isoformat()} because "So."\n').acceptances
    assert (accepted.check, accepted.on) == (m.CHECKS[number], day)


@settings(max_examples=30)
@given(st.integers(0, 2**32))
def test_a_book_is_the_same_without_its_ladders(seed: int) -> None:
    """With them or without: the same hash, factors and terms."""
    files = texts(Random(seed))  # noqa: S311 - no secret
    bare = [re.sub("^ladder .*\n", "", text, flags=re.MULTILINE) for text in files]
    found, without = book_of_texts(files), book_of_texts(bare)
    assume(found is not None)
    assert found
    assert without
    assert without.ladders == ()
    assert len(found.ladders) == "".join(files).count("\nladder ")
    assert (found.hash, found.factors, found.terms) == (without.hash, without.factors, without.terms)


def test_claims_encode_no_paragraph() -> None:
    """Their citations are there to be resolved, but a paragraph that only they cite is not a paragraph in the rules."""
    text = 'ladder hardness effort = light < heavy cites note "Heavy"\naccept V8 "x" on 2026-11-21 because "So."\n'
    found = book(TERMS + text)
    assert [name for name, _ in claims(found)] == ["ladder hardness (factor 13)", 'accept V8 "x" (factor 13)']
    assert list(statements(found)) == list(statements(book(TERMS)))
