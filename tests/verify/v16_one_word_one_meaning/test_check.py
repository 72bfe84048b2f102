"""V16: words with two meanings within a factor."""

from dataclasses import replace
from pathlib import Path

from jerules.verify.model import State
from tests.verify.checked import book, checked, checked_book, finding, in_state, lines, refuted

HERE = Path(__file__).parent


def test_words_with_one_meaning_are_proved() -> None:
    """Two terms of one name mean the same when they say the same of questions of the same names."""
    found = checked(HERE / "good.jer", "V16")
    assert in_state(found, State.PROVED) == ["words"]
    assert found["words"].says == "3 words have one meaning each"


def test_every_word_with_two_meanings_is_shown() -> None:
    """The terms (also where only the terms below them differ), the question, and the labels of the choices."""
    found = checked(HERE / "bad.jer", "V16")
    assert refuted(found) == ["frequent", "seldom", "question often", "effort.kind"]
    wrong = finding(found, "frequent")
    assert wrong.message == "“frequent” is said of `effort` and of `travel`, and does not mean the same of them"
    assert lines(wrong) == [16, 17]
    question = finding(found, "question often")
    assert question.message == "`effort.often` and `travel.often` ask for different sorts of answer under one name"
    assert lines(question) == [9, 14]
    labels = finding(found, "effort.kind")
    assert labels.message == "the panel cannot tell `lifting` and `pushing` apart: both are called “Moving things”"


def test_a_word_that_means_something_else_in_the_whole_scheme_is_shown() -> None:
    """The term of the factor hides the one of the scheme from whoever reads both."""
    good = book((HERE / "good.jer").read_text(encoding="utf-8"))
    keys = {(key.record, key.name): key for key in good.terms}
    rare = good.terms[keys["effort", "rare"]]
    shared = keys["effort", "frequent"]._replace(factor=None)
    other = replace(rare, key=shared)
    found = checked_book(replace(good, terms={**good.terms, shared: other}), "V16")
    assert refuted(found) == ["frequent"]
    assert finding(found, "frequent").message == "“frequent” means something else in the whole scheme"
