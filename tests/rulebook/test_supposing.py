"""What an example supposes is so for that example, as if a pack had settled it, and for nothing else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jerules.documents.text import Source
from jerules.engine.choose import choose
from jerules.engine.facts import lay_out
from jerules.explain.evaluate import evaluate
from jerules.explain.examples import check_example
from jerules.explain.telling import tell_factor
from jerules.jobs.examples import job_of
from jerules.rulebook.load import book_of
from jerules.rulebook.model import RuleBook
from jerules.rulebook.supposing import supposing
from jerules.scheme.load import load_scheme
from tests.rulebook.books import HEAD, book, files_of

RULES = """\
parameter middling mass from 5 kg to 15 kg asks "From when on?" cites definition
order middling < large_weight cites definition
term large effort when weight >= large_weight cites definition
level 4(b) when some effort is large cites level 4(b)
level 3(c) when some effort is (weight >= middling) together times >= 2 cites level 3(c)
level 1 otherwise cites level 1
at least 2 when not every effort is (weight < middling) cites level 2
count once effort under 16 not 13 when weight >= large_weight and urgent cites definition
"""
OPEN = """
example "Nobody has agreed on anything"
  effort: weight 20 kg, times 3, urgent no
  gives level 1 to 4
"""


def supposed(weight: int, large: int, middling: int = 10, gives: str = "level 1") -> str:
    """An example of one load with both of the parameters supposed."""
    return (
        f'\nexample "{weight} where {large} is large"\n  effort: weight {weight} kg, times 3, urgent no\n'
        f"  suppose large_weight = {large} kg\n  suppose middling = {middling} kg\n  gives {gives}\n"
    )


def held(book: RuleBook) -> dict[str, bool]:
    """Which examples of a book hold, by both evaluators."""
    return {one.title: check_example(book, one, choose).holds for one in book.examples}


def test_the_example_is_worked_out_with_what_it_supposes_and_the_others_without() -> None:
    """Below, at and above the supposed value the example is settled; beside it the level stays open."""
    text = RULES + OPEN + supposed(19, 20, gives="level 3(c)") + supposed(20, 20, gives="level 4(b)")
    assert all(held(book(text + supposed(9, 20, gives="level 1"))).values())


def test_the_rules_and_their_hash_stay_as_they_are() -> None:
    """What an example supposes settles nothing in the book, and is no part of its hash."""
    with_, without = book(RULES + supposed(19, 20, gives="level 3(c)")), book(RULES)
    assert with_.hash == without.hash
    assert [one.value for one in with_.parameters.values()] == [None] * len(with_.parameters)


def test_what_compares_with_no_parameter_is_the_very_same() -> None:
    """Only what compares with a supposed parameter is made anew, and without a supposition nothing is."""
    base = book(RULES + supposed(19, 20, gives="level 3(c)"))
    under = supposing(base, base.examples[0].supposed)
    again = zip(base.factors["13"].rules, under.factors["13"].rules, strict=True)
    assert [rule.id.split("/", 2)[2] for rule, other in again if rule is not other] == ["level 3(c)", "at least 2"]
    (large,) = [key for key in base.terms if key.name == "large"]
    assert under.terms[large] != base.terms[large]
    assert supposing(base, ()) is base
    assert supposing(base, base.examples[0].supposed) is under


def test_the_example_keeps_to_its_own_value_whatever_a_pack_agrees() -> None:
    """With a pack that settles the same parameter the example comes out as without it; others do not."""
    pack = 'scheme nhs\npack "Ours"\nconvention large_weight = 40 kg agreed 2026-03-01 by "Joint group"\n'
    found = book(RULES + OPEN + supposed(20, 20, gives="level 4(b)"), pack)
    assert held(found) == {"Nobody has agreed on anything": False, "20 where 20 is large": True}


def test_a_broken_order_with_a_pack_beside_the_rules_is_no_mistake_of_the_example() -> None:
    """The rules cannot know what packs will agree on; only an example in the pack itself has to fit it."""
    pack = 'scheme nhs\npack "Ours"\nconvention middling = 15 kg agreed 2026-03-01 by "Joint group"\n'
    text = '\nexample "Supposes one"\n  effort: weight 12 kg, urgent no\n  suppose large_weight = 12 kg\n'
    text += "  gives level 4(b)\n"
    assert held(book(RULES + text, pack)) == {"Supposes one": True}


def test_an_outcome_says_that_nothing_was_agreed() -> None:
    """Where a reason rests on what is supposed, its assumption does not speak of an agreement."""
    base = book(RULES + supposed(20, 20, gives="level 4(b)"))
    under = supposing(base, base.examples[0].supposed)
    outcome = evaluate(under, job_of(base.examples[0], base), choose(under))
    (said,) = [one for one in tell_factor(outcome, outcome.factor(13)).assumptions if one.id == "supposed large_weight"]
    assert (said.title, said.because) == (
        "large weight is 20 kg",
        "Supposed for the sake of this example; nothing is agreed on it.",
    )


@given(st.integers(5, 15), st.integers(16, 40), st.integers(1, 50), st.booleans(), st.integers(1, 3))
def test_to_suppose_a_value_is_to_settle_it_in_a_pack(
    middling: int,
    large: int,
    weight: int,
    urgent: bool,  # noqa: FBT001 - Hypothesis gives it
    times: int,
) -> None:
    """``verdicts(supposing(book, v)) = verdicts(book with v agreed)``, rule by rule and for every job."""
    text = f"""
example "One load"
  effort: weight {weight} kg, urgent {"yes" if urgent else "no"}, times {times}
  suppose middling = {middling} kg
  suppose large_weight = {large} kg
  gives level 1
"""
    pack = (
        f'scheme nhs\npack "Ours"\nconvention middling = {middling} kg agreed 2026-03-01 by "Joint group"\n'
        f'convention large_weight = {large} kg agreed 2026-03-01 by "Joint group"\n'
    )
    base = book(RULES + text)
    agreed = book_of(load_scheme("nhs"), files_of((HEAD + RULES,)), [Source("pack.jer", pack)])
    (example,) = base.examples
    under, facts = supposing(base, example.supposed), lay_out(base, job_of(example, base))
    assert choose(under).verdicts(facts) == choose(agreed).verdicts(facts)
