"""Why not another level, in words that a panel knows and would not smile at."""

from __future__ import annotations

import pytest

from jerules.documents.text import Source
from jerules.engine.reference.evaluator import ReferenceEvaluator
from jerules.explain.evaluate import evaluate
from jerules.explain.outcome import Outcome
from jerules.explain.telling import tell_factor
from jerules.explain.told import FactorTelling
from jerules.jobs.load import load_job
from jerules.report.sheet import sheet_of
from jerules.report.terminal import to_terminal
from jerules.rulebook.load import book_of
from jerules.scheme.load import load_scheme

HEAD = """
scheme nhs
factor 13 "Physical effort"
record effort "A demand that the job makes"
  label task
  task text asks "What is done?"
  kind one of lifting, walking asks "What sort of effort is it?"
  weight mass asks "How heavy is it?"
  often frequency of shifts asks "On which part of the shifts?"
  spell share asks "For what part of the time?"
  aid yes or no asks "Is it done with an aid?"
question drives yes or no asks "Does the job drive?"
term frequent effort when often >= 50% reads "half of the shifts or more" cites note "Frequent"
term hefty effort when kind is lifting and weight > 15 kg reads "a load over 15 kg" cites guidance 1
term unaided effort when not aid cites guidance 1
level 1 otherwise cites level 1
"""


def telling(rules: str, effort: str, job: str = "{}") -> FactorTelling:
    """The telling of factor 13 by these rules, for a job with these entries."""
    found = outcome(rules, effort, job)
    return tell_factor(found, found.factor(13))


def outcome(rules: str, effort: str, job: str = "{}") -> Outcome:
    """What comes out."""
    book = book_of(load_scheme("nhs"), [Source("13.jer", HEAD + rules)])

    class Alone(ReferenceEvaluator):
        checked_by = ""

    hours = "hours: {shifts: 5 a week}"
    text = f"jerules: job/1\nscheme: nhs\n{hours}\njob: {job}\nrecords: {{effort: [{effort}]}}\n"
    return evaluate(book, load_job(Source("job.yaml", text), book), Alone(book))


def hurdles(rules: str, effort: str, job: str = "{}") -> list[tuple[str, str]]:
    """What stands in the way of the next level."""
    return [(hurdle.gives, hurdle.text) for hurdle in telling(rules, effort, job).why_not]


WALK = "{task: Rounds, kind: walking, often: 80% of shifts}"
LIFT = "{task: Boxes, kind: lifting, weight: 10 kg, often: 80% of shifts}"


def test_an_entry_of_another_sort_is_not_wished_otherwise() -> None:
    """Walking would not have to be lifting: it is said that no such lifting was reported."""
    rules = "level 2(a) when some effort is frequent, hefty cites level 2(a)\n"
    assert hurdles(rules, WALK) == [
        ("2(a)", "needs effort that meets this: frequent; a load over 15 kg; none such was reported")
    ]


def test_an_entry_of_the_right_sort_is_told_what_it_lacks() -> None:
    """Of lifting that is too light, the weight is told, in the words of the rule and with what was reported."""
    rules = "level 2(a) when some effort is frequent, hefty cites level 2(a)\n"
    assert hurdles(rules, LIFT) == [("2(a)", "“Boxes” would have to meet this: a load over 15 kg (reported 10 kg)")]


def test_what_is_unanswered_is_told_only_where_nothing_answered_stands_against_it() -> None:
    """While something that was reported rules an entry out, what is missing about it does not matter."""
    rules = "level 2(a) when some effort is frequent, (spell > 20%) cites level 2(a)\n"
    rare = "{task: Boxes, kind: lifting, often: 10% of shifts}"
    assert [text for _, text in hurdles(rules, rare)] == [
        "“Boxes” would have to be frequent: half of the shifts or more (reported 10% of shifts)"
    ]
    assert [text for _, text in hurdles(rules, LIFT)] == [
        "for “Boxes”, “For what part of the time?” would have to be answered over 20% (now: not known yet)"
    ]


def test_only_words_of_the_guidance_are_shown_as_such() -> None:
    """A term that the guidance has a note on is called by its name; another only by what it stands for."""
    rules = "level 2(a) when some effort is frequent, hefty cites level 2(a)\n"
    lines = [line.text for line in telling(rules, LIFT.replace("10 kg", "18 kg")).because[0].lines]
    assert lines == [
        "80% of shifts is frequent: half of the shifts or more",
        "“Boxes” (lifting, 18 kg): a load over 15 kg",
    ]


def test_a_term_that_says_nothing_of_itself_goes_by_its_name() -> None:
    """Where a rule gives no words for a term, its name is all there is, written as a word."""
    rules = "level 2(a) when some effort is unaided cites level 2(a)\n"
    (line,) = telling(rules, "{task: Boxes, kind: lifting, aid: no}").because[0].lines
    assert line.text == "“Boxes” is unaided"


def test_a_floor_that_wants_no_less_than_an_option_of_its_level_is_left_out() -> None:
    """The option is told with its letter; a floor is told where it wants something else."""
    option = "level 2(a) when some effort is frequent, hefty cites level 2(a)\n"
    same = "at least 2 when some effort is frequent, hefty, unaided cites level 2\n"
    assert hurdles(option + same, LIFT) == hurdles(option, LIFT)
    assert hurdles(same, LIFT)[0][0] == "2"
    other = "at least 2 when drives cites level 2\n"
    assert [gives for gives, _ in hurdles(option + other, LIFT, "{drives: no}")] == ["2", "2(a)"]


def test_a_rule_that_wants_more_than_another_of_its_level_is_left_out() -> None:
    """The nearer one is told; that another wants the same and more helps nobody."""
    rules = (
        "level 2(a) when some effort is hefty cites level 2(a)\n"
        "level 2(a) when some effort is hefty and drives cites guidance 1\n"
    )
    assert len(hurdles(rules, LIFT, "{drives: no}")) == 1


def test_a_closed_level_is_said_once() -> None:
    """Two options that one rule closes are told together, and a whole level by its number."""
    rules = (
        "level 2(a) when drives cites level 2(a)\n"
        "level 2(b) when drives cites level 2(b)\n"
        'not {} when some effort is hefty because "It is more than that." cites guidance 1\n'
    )
    heavy = LIFT.replace("10 kg", "20 kg")
    closed = "closed to this job: it is more than that."
    assert hurdles(rules.format("2(a), 2(b)"), heavy, "{drives: yes}") == [("2(a, b)", closed)]
    assert hurdles(rules.format("2"), heavy, "{drives: yes}") == [("2", closed)]


def test_a_level_that_may_be_closed_is_not_called_closed() -> None:
    """While it is open whether the level is closed, it is said so, beside what the level lacks."""
    rules = (
        "level 2(a) when drives cites level 2(a)\n"
        'not 2(a) when some effort is hefty because "It is more than that." cites guidance 1\n'
    )
    unknown = "{task: Boxes, kind: lifting}"
    ((gives, text),) = hurdles(rules, unknown, "{drives: no}")
    assert gives == "2(a)"
    assert text.endswith("it may be closed to this job: it is more than that.")
    assert "“Does the job drive?” would have to be answered yes (now: no)" in text


def test_evidence_that_may_count_elsewhere_is_not_said_to_count_there() -> None:
    """A bar that is still open is told as open."""
    bar = "count once effort under 6 not 13 when aid cites level 2\n"
    rules = f"level 2(a) when some effort is hefty cites level 2(a)\n{bar}"
    (text,) = [text for _, text in hurdles(rules, LIFT.replace("10 kg", "20 kg"))]
    assert text == "“Boxes” may have to be counted under factor 6, not here"


@pytest.mark.parametrize(
    ("asked", "entries", "question"),
    [
        ("often >= 50%", "often: 30% of shifts", "Do these fall on the same shifts, or on different ones?"),
        ("spell >= 50%", "spell: 30%", "Do these go on at the same time, or at different times?"),
    ],
)
def test_what_may_fall_together_is_asked_in_its_own_words(asked: str, entries: str, question: str) -> None:
    """Shares of shifts may fall on the same shifts; shares of time may go on at the same time."""
    rules = f"level 2(a) when some effort is (kind is lifting) together {asked} cites level 2(a)\n"
    two = f"{{task: A, kind: lifting, {entries}}}, {{task: B, kind: lifting, {entries}}}"
    assert [ask.text for ask in telling(rules, two).ask] == [question]


def test_a_query_of_several_factors_is_printed_once() -> None:
    """The same query of two factors is one query, with the paragraphs of each."""
    query = 'query "Is that so?" when drives cites guidance {}\n'
    other = 'scheme nhs\nfactor 14 "Mental effort"\nlevel 1 otherwise cites level 1\n' + query.format(2)
    book = book_of(load_scheme("nhs"), [Source("13.jer", HEAD + query.format(1)), Source("14.jer", other)])

    class Alone(ReferenceEvaluator):
        checked_by = ""

    job = load_job(Source("job.yaml", "jerules: job/1\nscheme: nhs\njob: {drives: yes}\n"), book)
    page = " ".join(to_terminal(sheet_of(evaluate(book, job, Alone(book)))).split())
    assert page.count("Is that so?") == 1
    assert "Is that so? factors 13 and 14; factor 13, guidance 1; factor 14, guidance 2" in page


def test_several_options_of_a_level_are_still_that_level() -> None:
    """Where two options of a level are met, it is said that they do not add up; where one is, nothing is."""
    rules = (
        "level 2(a) when some effort is frequent cites level 2(a)\n"
        "level 2(b) when drives cites level 2(b)\n"
        "level 3(a) when some effort is hefty cites level 3(a)\n"
    )
    both = telling(rules, LIFT, "{drives: yes}")
    assert both.level == "Level 2(a, b)"
    assert [remark.partition(".")[0] for remark in both.remarks] == ["Several options of level 2 are met"]
    assert telling(rules, LIFT, "{drives: no}").remarks == ()


def test_an_entry_is_named_once_in_what_it_lacks() -> None:
    """What is said further of the same entry goes without its name."""
    rules = "level 2(a) when some effort is frequent, hefty cites level 2(a)\n"
    rare = "{task: Boxes, kind: lifting, weight: 10 kg, often: 10% of shifts}"
    ((_, text),) = hurdles(rules, rare)
    assert text == (
        "“Boxes” would have to be frequent: half of the shifts or more (reported 10% of shifts); "
        "it would have to meet this: a load over 15 kg (reported 10 kg)"
    )
