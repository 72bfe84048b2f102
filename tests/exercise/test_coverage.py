"""Coverage: which rules decide, what comes out both ways, and which cuts are met closely on both sides."""

from __future__ import annotations

from jerules.documents.text import Source
from jerules.exercise.cases import as_text
from jerules.exercise.coverage import Coverage, counted, cover, looks_of, shown_of
from jerules.exercise.suggesting import suggested
from jerules.rulebook.load import book_of
from jerules.rulebook.model import RuleBook
from jerules.scheme.load import load_scheme
from tests.exercise.books import small

RULES = """\
level 3(c) when some effort is (often >= 50%) cites level 3(c)
level 1 otherwise cites level 1
"""


def example(answers: str, gives: str) -> str:
    """An example of one entry."""
    return f'\nexample "{answers}"\n  effort: {answers}\n  gives {gives}\n'


def covered(book: RuleBook) -> Coverage:
    """What the examples of a book show."""
    return cover(book, looks_of(book, book.examples))


def test_a_rule_decides_where_the_level_is_its_own() -> None:
    """A level rule decides when the factor stands at its level; one that holds below a higher one does not."""
    book = small(
        "level 2(d) when some effort is (times > 2) cites level 2(d)\n"
        + RULES
        + example("often 50%, times 3", "level 3(c)")
    )
    found = {one.says: (bool(one.held), bool(one.decided), one.shown) for one in covered(book).rules}
    assert found["level 3(c)"] == (True, True, True)
    assert found["level 2(d)"] == (True, False, False)
    assert found["level 1"] == (False, False, False)


def test_a_floor_decides_where_the_level_would_be_lower_without_it() -> None:
    """A floor below the level holds and decides nothing; above it, it decides."""
    floor = "at least 2 when some effort is (times > 2) cites level 2\n"
    low = covered(small(RULES + floor + example("often 50%, times 3", "level 3(c)")))
    assert [(one.shown, bool(one.held)) for one in low.rules if one.says == "at least 2"] == [(False, True)]
    high = covered(small(RULES + floor + example("often 40%, times 3", "level 2")))
    assert [one.shown for one in high.rules if one.says == "at least 2"] == [True]


def test_what_keeps_evidence_out_decides_where_it_would_have_counted() -> None:
    """A bar on an entry decides when the entry would have given the level."""
    bar = "count once effort under 16 not 13 when kind is walking cites definition\n"
    book = small(RULES + bar + example("often 50%, kind walking", "level 1"))
    assert [one.shown for one in covered(book).rules if one.says.startswith("count once")] == [True]
    other = small(RULES + bar + example("often 40%, kind walking", "level 1"))
    assert [one.shown for one in covered(other).rules if one.says.startswith("count once")] == [False]


def test_a_closed_level_and_a_decision_decide() -> None:
    """`not` decides where it takes a level away, `panel decides` where the level is left open."""
    rules = RULES + "not 3 when some effort is aid cites level 3\n"
    closed = small(rules + example("often 50%, aid yes", "level 1"))
    assert [one.shown for one in covered(closed).rules if one.says == "not 3"] == [True]
    panel = RULES + 'panel decides size 3 or 4 when some effort is aid asks "Which?" cites level 3\n'
    left = small(panel + example("often 10%, aid yes", "level 3 to 4"))
    assert [one.shown for one in covered(left).rules if one.says.startswith("panel")] == [True]


TOOL = (
    'scheme nhs\ntool advisory "Advising"\nrecord advice "Advice"\n  binding yes or no asks "Must it be followed?"\n'
    "level 1 when some advice is (binding is no) cites definition\n"
    "level 3 when some advice is binding cites definition\n"
    "carry advice to 13 when binding or not binding cites definition\n"
)


def test_a_rule_of_a_tool_decides_where_the_tool_stands() -> None:
    """A tool's level 1 raises nothing, and is the tool's level all the same; where nothing is carried it is not."""
    rules = "level 1 otherwise cites level 1\n"
    mild = '\nexample "Mild advice"\n  advice: binding no\n  gives level 1\n'
    found = {(one.factor, one.says): one.shown for one in covered(small(rules + mild, TOOL)).rules}
    assert (found["advisory", "level 1"], found["advisory", "level 3"]) == (True, False)
    none = '\nexample "No advice"\n  no advice\n  gives level 1\n'
    found = {(one.factor, one.says): one.shown for one in covered(small(rules + none, TOOL)).rules}
    assert found["advisory", "level 1"] is False


def test_the_words_of_a_tool_are_seen_too() -> None:
    """Definitions and conditions of a tool count where it is carried, however many rules of the factor came before."""
    tool = TOOL.replace("some advice is binding cites", "some advice is weighty cites")
    tool += "term weighty advice when binding cites definition\n"
    rules = "".join(f"level 2(a) when some effort is (times > {n}) cites level 2(a)\n" for n in range(40))
    rules += "level 1 otherwise cites level 1\n"
    for binding, level in (("yes", 3), ("no", 1)):
        rules += f'\nexample "{binding}"\n  advice: binding {binding}\n  effort: times 0\n  gives level {level}\n'
    found = covered(small(rules, tool))
    assert [one.shown for one in found.definitions if one.says == "weighty"] == [True]


PROCEDURE = """\
scheme nhs
procedure review "Reviewing a grade"
question request date asks "On which day did the request come in?"
question told yes or no asks "Was the outcome told?"
question refused yes or no asks "Was it refused?"
needs request "The request" always cites section 5
step told "The outcome is told" when not refused cites section 7
ground "It was refused" when refused cites section 7
example "Not refused"
  case: refused no, request 2026-03-02
  gives step told
"""


def test_a_rule_of_a_procedure_has_only_to_hold() -> None:
    """It gives no level to decide on; one that always holds is shown by any example, one that never did by none."""
    book = book_of(load_scheme("nhs"), [Source("review.jer", PROCEDURE)])
    assert [(one.says, one.shown) for one in covered(book).rules] == [
        ("needs request", True), ("step told", True), ("ground “It was refused”", False),
    ]  # fmt: skip


def test_a_query_has_only_to_be_raised() -> None:
    """Queries decide nothing, and are counted by themselves."""
    rules = RULES + 'query "Is it?" when some effort is aid cites level 1\n'
    found = counted(covered(small(rules + example("aid yes, often 10%", 'query "Is it?"'))))
    assert shown_of(found["queries"]) == (1, 1)
    assert shown_of(counted(covered(small(rules + example("aid no, often 10%", "level 1"))))["queries"]) == (0, 1)


def test_conditions_and_definitions_are_seen_both_ways() -> None:
    """A definition that has always held has not been seen to fail."""
    rules = (
        "term heavy effort when weight > 15 kg cites definition\n"
        "level 3(c) when some effort is heavy cites level 3(c)\n"
    )
    one_way = covered(small(rules + example("weight 20 kg", "level 3(c)")))
    assert [(bool(one.yes), bool(one.no), one.shown) for one in one_way.definitions] == [(True, False, False)]
    both = covered(small(rules + example("weight 20 kg", "level 3(c)") + example("weight 2 kg", "no level")))
    assert [one.shown for one in (*both.definitions, *both.conditions)] == [True, True]


def test_a_missing_answer_shows_nothing() -> None:
    """Where the answer is missing, a condition has come out neither way."""
    found = covered(small(RULES + example("times 3", "level 1 to 3")))
    assert [(one.yes, one.no) for one in found.conditions] == [("", "")]


def test_a_cut_is_met_when_a_value_lies_within_a_step_on_each_side() -> None:
    """50% and 49% show a cut at 50%; 50% and 40% do not, and the nearest values are told."""
    near = covered(small(RULES + example("often 50%", "level 3(c)") + example("often 49%", "level 1")))
    assert [cut.shown for cut in near.cuts] == [True]
    far = covered(small(RULES + example("often 50%", "level 3(c)") + example("often 40%", "level 1")))
    (cut,) = far.cuts
    assert not cut.shown
    assert cut.holding
    assert cut.failing
    assert (cut.holding.value, cut.holding.close) == ("50%", True)
    assert (cut.failing.value, cut.failing.close) == ("40%", False)


def test_a_cut_on_one_side_only() -> None:
    """Without a value on one side there is no nearest one."""
    (cut,) = covered(small(RULES + example("often 80%", "level 3(c)"))).cuts
    assert cut.failing is None
    assert not cut.shown


def test_a_parameter_that_nobody_settled_is_no_cut() -> None:
    """Where the number is left to a convention there is no value to be near to."""
    rules = 'parameter heavy mass asks "From which weight?" cites definition\n'
    rules += "level 3(c) when some effort is (weight >= heavy) cites level 3(c)\n"
    assert covered(small(rules + example("weight 20 kg", "no level"))).cuts == ()


AGREED = """\
parameter heavy mass asks "From which weight?" cites definition
level 3(c) when some effort is (weight >= heavy) cites level 3(c)
level 1 otherwise cites level 1
"""


def supposing(weight: int, gives: str, heavy: int = 15) -> str:
    """An example of one load that supposes what heavy is."""
    return f'\nexample "{weight}"\n  effort: weight {weight} kg\n  suppose heavy = {heavy} kg\n  gives {gives}\n'


def test_what_an_example_supposes_is_a_cut_for_it() -> None:
    """A rule decides where its parameter is supposed, and the comparison is met as one with a number is."""
    found = covered(small(AGREED + supposing(15, "level 3(c)") + supposing(14, "level 1")))
    assert [(one.says, one.shown) for one in found.rules] == [("level 3(c)", True), ("level 1", True)]
    assert [(cut.says, cut.shown) for cut in found.cuts] == [("weight >= heavy", True)]
    assert [one.shown for one in found.conditions] == [True]


def test_two_examples_may_suppose_different_values() -> None:
    """How near a value is to a cut is told by what its own example supposes."""
    far = covered(small(AGREED + supposing(30, "level 3(c)", 15) + supposing(29, "level 1", 40)))
    assert [(cut.holding.value, cut.failing.value, cut.shown) for cut in far.cuts if cut.holding and cut.failing] == [
        ("30 kg", "29 kg", False)
    ]


def test_an_example_to_add_supposes_the_same() -> None:
    """Beside a cut that is only supposed, the examples to add suppose it too, and say so."""
    text = AGREED + supposing(30, "level 3(c)")
    found = covered(small(text))
    added = suggested(found, found.cuts[0])
    assert [one.entries[0].answers[0][1] for one in added] == ["14 kg", "15 kg", "16 kg"]
    texts = [as_text(found.book, one) for one in added]
    assert all("  suppose heavy = 15 kg\n" in one for one in texts)
    assert all(cut.shown for cut in covered(small(text + "\n" + "\n".join(texts))).cuts)


def test_what_adds_up_is_met_by_the_sum() -> None:
    """`together` compares what the entries come to."""
    rules = "level 3(c) when some effort is aid together times >= 4 cites level 3(c)\nlevel 1 otherwise cites level 1\n"
    two = '\nexample "Two and two"\n  effort: aid yes, times 2\n  effort: aid yes, times 2\n  gives level 3(c)\n'
    (cut,) = covered(small(rules + two + example("aid yes, times 3", "level 1"))).cuts
    assert cut.shown


def test_examples_to_add_stand_beside_and_at_the_cut() -> None:
    """Just below, at and above: each is an example that the rules satisfy as they are."""
    text = RULES + example("often 80%", "level 3(c)")
    found = covered(small(text))
    (cut,) = found.cuts
    added = suggested(found, cut)
    assert [one.entries[0].answers[0][1] for one in added] == ["49%", "50%", "51%"]
    book = small(text + "\n" + "\n".join(as_text(found.book, one) for one in added))
    assert [one.shown for one in covered(book).cuts] == [True]
    assert [str(one.expects[0].positions[0]) for one in added] == ["1", "3(c)", "3(c)"]


def test_an_example_to_add_keeps_what_is_written() -> None:
    """An example written out again and read is the same example, lines broken and all."""
    text = (
        '\nexample "One with everything"\n  hours: shifts 5 a week\n'
        '  effort: task "Moves boxes, crates and the like, from end to end of the store", often 80%, kind lifting,\n'
        "      times 3\n  nothing else\n  gives level 3(c)\n  gives no other query\n"
    )
    book = small(RULES + text)
    written = as_text(book, book.examples[0])
    again = small(f"{RULES}\n{written}").examples[0]
    first = book.examples[0]
    assert [(e.record, [a[:2] for a in e.answers]) for e in again.entries] == [
        (e.record, [a[:2] for a in e.answers]) for e in first.entries
    ]
    assert [e.kind for e in again.expects] == ["level", "no_more"]
    assert again.complete
    assert max(map(len, written.splitlines())) <= 100
