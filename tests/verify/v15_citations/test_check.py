"""V15: citations that name no paragraph or several, statements that cite nothing, and paragraphs left out."""

from dataclasses import replace
from pathlib import Path

import pytest

from jerules.rulebook.load import load_rulebook
from jerules.rulebook.model import RuleBook
from jerules.verify.model import Obligation, State
from jerules.verify.run import Selection, check, obligations
from tests.verify.checked import TODAY, book, checked, checked_book, finding, lines, refuted

HERE = Path(__file__).parent


def own(subjects: list[str]) -> list[str]:
    """Without the paragraphs that a small file leaves out."""
    return [one for one in subjects if not one.endswith("that no rule cites") and one != "factors without rules"]


def test_citations_that_name_a_paragraph_are_proved() -> None:
    """Each statement cites, and each citation is found."""
    found = checked(HERE / "good.jer", "V15")
    assert not own(refuted(found))
    assert found["citing"].says == "3 statements cite a place in the guidance"
    assert found["citations"].says == "4 citations name a paragraph of the index"


def test_citations_that_name_none_or_several_are_shown() -> None:
    """With the nearest heading, or the paragraphs between which the citation does not choose."""
    found = checked(HERE / "bad.jer", "V15")
    assert own(refuted(found)) == [
        "term frequent (effort, factor 13): note: Frequnt",
        "level 3(c): factor 6, note: Provides",
        "ladder how_often (factor 13): note: Unpredictable",
    ]
    near = finding(found, "term frequent (effort, factor 13): note: Frequnt")
    assert near.message == "no paragraph of the index is “note: Frequnt”; the nearest is `note-frequent`"
    assert lines(near) == [13]
    several = finding(found, "level 3(c): factor 6, note: Provides")
    assert several.message == f"“factor 6, note: Provides” may be any of {len(several.regions)} paragraphs"
    assert len(several.regions) > 1
    assert all("/factor-6/note-provides-" in one for one in several.regions)


def test_a_statement_that_cites_nothing_is_shown() -> None:
    """Loading refuses it; a book that was made otherwise is looked at here."""
    good = book((HERE / "good.jer").read_text(encoding="utf-8"))
    factor = good.factors["13"]
    rule = replace(factor.rules[0], source=replace(factor.rules[0].source, citations=()))
    silent = replace(good, factors={"13": replace(factor, rules=(rule, *factor.rules[1:]))})
    found = checked_book(silent, "V15")
    assert own(refuted(found)) == ["level 3(c)"]
    assert finding(found, "level 3(c)").message == "this statement cites nothing"


def test_a_paragraph_that_nothing_cites_is_shown() -> None:
    """The rule on level 3(c) accounts for its paragraph; nothing accounts for the one on level 5(b)."""
    good = book((HERE / "good.jer").read_text(encoding="utf-8"))
    missing = {one.subject: one for one in obligations(good, "", ["V15"]) if one.state is State.REFUTED}
    wrong = missing["nhs/7/chapter-5/factor-13/level-5b"].finding
    assert wrong is not None
    assert "no rule cites the paragraph that begins" in wrong.message
    assert "no reason is given" in wrong.message
    assert "nhs/7/chapter-5/factor-13/level-3c" not in missing
    found = checked(HERE / "good.jer", "V15")
    assert found["paragraphs"].state is State.PROVED
    (listed,) = [one for one in refuted(found) if one.endswith("paragraphs that no rule cites")]
    assert "level-5b" in finding(found, listed).regions[0]


def test_factors_without_any_rules_are_one_finding() -> None:
    """A file of factor 13 is not reproached with every paragraph about the fifteen others."""
    found = checked(HERE / "good.jer", "V15")
    message = finding(found, "factors without rules").message
    assert "no rules for 15 factors of the scheme (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 15, 16)" in message
    (listed,) = [one for one in refuted(found) if one.endswith("paragraphs that no rule cites")]
    assert [line.partition(":")[0] for line in finding(found, listed).regions] == ["nhs/7/chapter-5/factor-13"]


def shipped(scheme: str) -> RuleBook:
    """The shipped rules."""
    return load_rulebook(scheme, examples=False)


def every(rules: RuleBook) -> tuple[Obligation, ...]:
    """What the check finds of all factors."""
    return check(rules, TODAY, only=Selection(checks=("V15",)), processes=1).obligations


@pytest.mark.parametrize("scheme", ["nhs", "njc"])
def test_the_shipped_rules_leave_no_paragraph_out(scheme: str) -> None:
    """Each normative paragraph is cited or listed with a reason."""
    found = {(one.factor, one.subject): one for one in every(shipped(scheme))}
    assert all(one.state is State.PROVED for one in found.values())
    assert ("", "paragraphs") in found


def test_without_an_index_only_citing_is_looked_at() -> None:
    """The paragraphs of the SJC scheme are not listed."""
    found = every(shipped("sjc"))
    assert {one.subject for one in found} == {"citing", "citing, shared"}
    assert all(one.state is State.PROVED for one in found)
