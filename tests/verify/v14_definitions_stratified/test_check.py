"""V14: terms that are defined by themselves."""

from dataclasses import replace
from pathlib import Path

import pytest

from jerules.faults import Faulty
from jerules.rulebook import conditions as c
from jerules.rulebook.model import RuleBook
from jerules.verify.checks.v14_definitions_stratified.check import of_book
from jerules.verify.model import Obligation, State
from tests.verify.checked import book, checked, in_state, lines

HERE = Path(__file__).parent


def file(name: str) -> str:
    """One of the rule files beside this test."""
    return (HERE / name).read_text(encoding="utf-8")


def circular(*circle: str) -> RuleBook:
    """The good book with a definition of each of these terms by the next one, which no loading would let pass."""
    good = book(file("good.jer"))
    terms = dict(good.terms)
    keys = {key.name: key for key in terms}
    for name, other in zip(circle, (*circle[1:], circle[0]), strict=True):
        first = terms[keys[name]].definitions[0]
        other_holds = replace(first, condition=c.Holds(keys[other], first.source.place))
        terms[keys[name]] = replace(terms[keys[name]], definitions=(first, other_holds))
    return replace(good, terms=terms)


def by_subject(rules: RuleBook) -> dict[str, Obligation]:
    """What the check finds of a book that the solver could not go through."""
    return {one.subject: one for one in of_book(rules)}


def test_terms_that_rest_on_questions_are_proved() -> None:
    """However many lie between."""
    found = checked(HERE / "good.jer", "V14")
    assert in_state(found, State.PROVED) == ["terms/13"]
    assert found["terms/13"].says == "each of the 3 terms of factor 13 rests on questions in the end"


def test_loading_refuses_a_circle_already() -> None:
    """A rule file with one never becomes a book."""
    with pytest.raises(Faulty) as caught:
        book(file("bad.jer"))
    assert [fault.code for fault in caught.value.faults] == ["circular-term"]


def test_a_circle_is_shown_with_its_definitions() -> None:
    """In a book that was made otherwise; the circle is told from the term whose name comes first."""
    found = by_subject(circular("heavy", "hardest", "hard"))
    assert [one.subject for one in found.values() if one.state is State.REFUTED] == ["hard"]
    wrong = found["hard"].finding
    assert wrong is not None
    assert wrong.message == "a definition goes round in a circle: “hard” → “heavy” → “hardest” → “hard”"
    assert sorted(set(lines(wrong))) == [13, 14, 15]
    assert found["terms/13"].says == "each of the 0 other terms of factor 13 rests on questions in the end"


def test_a_term_that_is_defined_by_itself_is_a_circle() -> None:
    """The smallest one."""
    found = by_subject(circular("heavy"))
    assert found["heavy"].finding is not None
    assert found["heavy"].finding.message == "a definition goes round in a circle: “heavy” → “heavy”"


def test_two_circles_are_both_shown() -> None:
    """One does not hide the other."""
    one, other = circular("heavy"), circular("hardest")
    terms = {key: other.terms[key] if key.name == "hardest" else term for key, term in one.terms.items()}
    found = by_subject(replace(one, terms=terms))
    assert [subject for subject, each in found.items() if each.state is State.REFUTED] == ["hardest", "heavy"]
