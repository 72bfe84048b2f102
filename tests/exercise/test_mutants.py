"""Mutants: which slips are made, which the examples notice, and what would notice the rest."""

from __future__ import annotations

import pickle
from dataclasses import replace

import pytest

from jerules.cli.proving import by_proof
from jerules.documents.text import Source
from jerules.engine.choose import choose
from jerules.exercise.bench import mutate
from jerules.exercise.cases import as_text
from jerules.exercise.changes import changed
from jerules.exercise.mutants import mutants
from jerules.exercise.mutation import Chosen, Fate, Mutation, Noticed, percent, reaches
from jerules.explain.examples import check_example
from jerules.faults import OurFault
from jerules.rulebook.load import book_of
from jerules.rulebook.model import RuleBook
from jerules.scheme.load import load_scheme
from tests.exercise.books import HEAD, small

HALF = """\
level 3(c) when some effort is (often >= 50%) cites level 3(c)
level 1 otherwise cites level 1
"""


def example(answers: str, gives: str) -> str:
    """An example of one entry."""
    return f'\nexample "{answers}"\n  effort: {answers}\n  gives {gives}\n'


def says(book: RuleBook, kind: str) -> list[str]:
    """What the mutants of one sort say."""
    return [mutant.says for mutant in mutants(book) if mutant.kind == kind]


def fates(found: Mutation, kind: str) -> dict[str, Fate]:
    """What became of the mutants of one sort, by what they say."""
    return {one.mutant.says: one.fate for one in found.results if one.mutant.kind == kind}


# ── which slips are made ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("condition", "kind", "expected"),
    [
        ("often >= 50%", "shift", ["`often >= 50%` made `often >= 49%`", "`often >= 50%` made `often >= 51%`"]),
        ("often >= 50%", "flip", ["`often >= 50%` made `often > 50%`"]),
        ("often < 50%", "flip", ["`often < 50%` made `often <= 50%`"]),
        (
            "weight > 15 kg",
            "shift",
            ["`weight > 15 kg` made `weight > 14 kg`", "`weight > 15 kg` made `weight > 16 kg`"],
        ),
        ("times >= 2", "flip", []),
        ("weight >= around 15 kg", "flip", []),
        ("times >= 0", "shift", ["`times >= 0` made `times >= 1`"]),
        ("aid and times > 2", "swap", ["`aid and times > 2` made `aid or times > 2`"]),
        ("not aid", "not", ["`not aid` made `aid`"]),
    ],
)
def test_the_slips_in_a_condition(condition: str, kind: str, expected: list[str]) -> None:
    """Each sort of slip is made where it makes a difference: over 2 is at least 3 where answers are whole numbers."""
    assert says(small(f"level 3(c) when some effort is ({condition}) cites level 3(c)\n"), kind) == expected


def test_each_part_is_left_out() -> None:
    """Every part of a condition is left out once, with traits as with `and`."""
    book = small("level 3(c) when some effort is (aid and times > 2 or kind is walking) cites level 3(c)\n")
    assert says(book, "drop") == [
        "`aid and times > 2` left out of `aid and times > 2 or kind is walking`",
        "`aid` left out of `aid and times > 2`",
        "`times > 2` left out of `aid and times > 2`",
        "`kind is walking` left out of `aid and times > 2 or kind is walking`",
    ]


def test_numbers_of_conditions_and_of_entries_are_one_off() -> None:
    """`at least 2 of` becomes 1 and 3, `at least 2 effort are` too; never more conditions than there are."""
    book = small(
        "level 3(c) when at least 2 of (some effort is aid; some effort is (times > 2)) cites level 3(c)\n"
        "level 3(a) when at least 2 effort are aid cites level 3(a)\n"
    )
    assert [text.partition(" made ")[2][:17] for text in says(book, "number")] == [
        "`at least 1 of (s",
        "`some effort is (",
        "`at least 3 effor",
    ]


def test_levels_are_one_off_or_have_another_letter() -> None:
    """A level goes down and up by one within the factor, and to the next letter of the same level."""
    book = small(
        "level 3(c) when some effort is aid cites level 3(c)\n"
        "at least 5 when some effort is (times > 2) cites level 5\n"
    )
    assert says(book, "level") == [
        "`level 3(c)` made `level 2(c)`",
        "`level 3(c)` made `level 4(c)`",
        "`level 3(c)` made `level 3(a)`",
        "`at least 5` made `at least 4`",
    ]


def test_rules_and_definitions_are_left_out() -> None:
    """Every rule and every definition of a term is left out once."""
    book = small(
        "term heavy effort when weight > 15 kg cites definition\n"
        "level 3(c) when some effort is heavy cites level 3(c)\n"
    )
    assert says(book, "rule") == ["a definition of `heavy` left out", "`level 3(c)` left out"]


def test_no_two_mutants_of_a_statement_are_the_same() -> None:
    """Of two slips that come to the same statement only one is a mutant, and none is the statement itself."""
    book = small("level 3(c) when some effort is (times > 2 and times > 3) cites level 3(c)\n")
    made = [mutant.statement for mutant in mutants(book)]
    assert len(made) == len(set(made))


def test_names_do_not_depend_on_lines() -> None:
    """A mutant keeps its name when the file is laid out otherwise, and no two have the same."""
    names = [mutant.id for mutant in mutants(small(HALF))]
    again = [mutant.id for mutant in mutants(small(f"# a remark\n\n\n{HALF}"))]
    assert names == again
    assert len(set(names)) == len(names)


# ── what notices them ────────────────────────────────────────────────────────────────────────────────────────────


def test_an_example_at_the_cut_notices_the_open_end() -> None:
    """At 50% exactly `>=` gives the level and `>` does not; the example is named."""
    found = mutate(small(HALF + example("often 50%", "level 3(c)")))
    (one,) = [x for x in found.results if x.mutant.kind == "flip"]
    assert one.fate is Fate.EXAMPLE
    assert one.by == f"case.jer:{HEAD.count(chr(10)) + 4}: “often 50%”"


def test_an_example_far_from_the_cut_does_not() -> None:
    """At 80% neither the open end nor the shift is noticed, and the level is."""
    found = mutate(small(HALF + example("often 80%", "level 3(c)")))
    assert fates(found, "flip") == {"`often >= 50%` made `often > 50%`": Fate.SURVIVES}
    assert set(fates(found, "shift").values()) == {Fate.SURVIVES}
    assert fates(found, "level")["`level 3(c)` made `level 4(c)`"] is Fate.EXAMPLE


def test_each_survivor_comes_with_an_example_that_notices_it() -> None:
    """The witness holds for the rules as they are, fails for the mutant, and can be added to the file as it stands."""
    text = HALF + example("often 80%", "level 3(c)")
    found = mutate(small(text))
    told = [one for one in found.survivors if one.witness]
    assert told
    for one in told:
        assert one.witness
        (added,) = [
            x for x in small(text + "\n" + as_text(found.book, one.witness)).examples if x.title == one.witness.title
        ]
        mutant = changed(found.book, one.mutant.where, one.mutant.statement)
        assert check_example(found.book, added, choose).holds
        assert not check_example(mutant, added, choose).holds


def test_with_its_witnesses_nothing_survives() -> None:
    """Rules + the examples that were found: all is noticed that any example was found for."""
    text = HALF + example("often 80%", "level 3(c)")
    before = mutate(small(text))
    witnesses = {as_text(before.book, one.witness) for one in before.survivors if one.witness}
    after = mutate(small("\n".join([text, *sorted(witnesses)])))
    assert before.count(Fate.SURVIVES) > 0
    assert after.count(Fate.SURVIVES) == 0


def test_a_condition_that_another_one_implies_is_proved_the_same() -> None:
    """Where `times > 5` holds so does `times > 2`: to leave that out, or to shift it, changes nothing."""
    rule = (
        "level 3(c) when some effort is (times > 2 and times > 5) cites level 3(c)\nlevel 1 otherwise cites level 1\n"
    )
    found = mutate(small(rule + example("times 6", "level 3(c)") + example("times 5", "level 1")))
    assert fates(found, "drop") == {
        "`times > 2` left out of `times > 2 and times > 5`": Fate.SAME,
        "`times > 5` left out of `times > 2 and times > 5`": Fate.EXAMPLE,
    }
    assert fates(found, "shift")["`times > 2` made `times > 1`"] is Fate.SAME
    assert found.telling == len(found.results) - found.count(Fate.SAME)


def test_a_word_that_no_rule_rests_on_is_proved_the_same() -> None:
    """A rung that only a ladder needs moves no level, so no example could notice a slip in it."""
    text = "level 3(c) when some effort is heavy cites level 3(c)\nlevel 1 otherwise cites level 1\n"
    text += "term heavy effort when times > 5 cites definition\nterm small effort when times <= 5 cites definition\n"
    found = mutate(small(text + "ladder size effort = small < heavy\n" + example("times 6", "level 3(c)")))
    shifted = fates(found, "shift")
    assert {shifted[f"`times <= 5` made `times <= {number}`"] for number in (4, 6)} == {Fate.SAME}
    assert shifted["`times > 5` made `times > 6`"] is Fate.EXAMPLE
    assert fates(found, "rule")["a definition of `small` left out"] is Fate.SAME


def test_what_a_condition_shares_and_does_not_turn_on_is_left_aside() -> None:
    """However many other questions are read, `times > 2` beside `times > 5` is proved to add nothing."""
    others = "often >= 50% and often < 80% and weight > 6 kg and weight < 15 kg and aid and kind is walking"
    rule = f"level 3(c) when some effort is (times > 2 and times > 5 and {others}) cites level 3(c)\n"
    found = mutate(small(rule + "level 1 otherwise cites level 1\n" + example("times 6", "level 1 to 3")))
    ends = [fate for says, fate in fates(found, "drop").items() if says.startswith("`times > 2` left out")]
    assert ends == [Fate.SAME]
    told = [fate for says, fate in fates(found, "drop").items() if says.startswith("`times > 5` left out")]
    assert told != [Fate.SAME]


def test_a_range_can_tell_what_exact_answers_cannot() -> None:
    """`aid or not aid` holds of every answer and not of a missing one: it is not the same as nothing at all."""
    rule = "level 3(c) when some effort is (times > 2 and (aid or not aid)) cites level 3(c)\n"
    rule += "level 1 otherwise cites level 1\n"
    found = mutate(small(rule + example("times 6, aid yes", "level 3(c)") + example("times 6, aid no", "level 3(c)")))
    fate = fates(found, "drop")["`aid or not aid` left out of `times > 2 and (aid or not aid)`"]
    assert fate is Fate.SURVIVES


def test_a_masked_rule_is_not_told() -> None:
    """A rule that a higher one always covers makes no difference: no example is found, and it says so."""
    rules = (
        "level 3(c) when some effort is (times > 2) cites level 3(c)\n"
        "level 2(d) when some effort is (times > 5) cites level 2(d)\n"
        "level 1 otherwise cites level 1\n"
    )
    found = mutate(small(rules + example("times 6", "level 3(c)")))
    assert fates(found, "rule")["`level 2(d)` left out"] is Fate.UNTOLD


def test_a_mutant_of_a_query_is_noticed_by_what_is_not_asked() -> None:
    """`gives no other query` notices a query that is raised where it should not be."""
    rules = 'level 1 otherwise cites level 1\nquery "Is it?" when some effort is (times > 2) cites level 1\n'
    base = example("times 3", 'query "Is it?"')
    quiet = example("times 2", "level 1")
    assert fates(mutate(small(rules + base + quiet)), "shift")["`times > 2` made `times > 1`"] is Fate.SURVIVES
    loud = quiet.rstrip() + "\n  gives no other query\n"
    assert fates(mutate(small(rules + base + loud)), "shift")["`times > 2` made `times > 1`"] is Fate.EXAMPLE


AGREED = """\
parameter many count asks "From which number?" cites definition
parameter lots count asks "From which number?" cites definition
order many < lots cites definition
level 3(c) when some effort is (times >= many) cites level 3(c)
level 1 otherwise cites level 1
"""


def test_a_comparison_with_a_parameter_is_flipped_and_never_shifted() -> None:
    """Its number is not in the rules; whether it is included is, of whole numbers too."""
    assert says(small(AGREED), "flip") == ["`times >= many` made `times > many`"]
    assert says(small(AGREED), "shift") == []


def test_an_example_at_what_it_supposes_notices_the_open_end() -> None:
    """At the supposed number `>=` gives the level and `>` does not; where nothing is supposed, nothing tells them."""
    text = '\nexample "Five"\n  effort: times 5\n  suppose many = 5\n  gives level 3(c)\n'
    assert set(fates(mutate(small(AGREED + text)), "flip").values()) == {Fate.EXAMPLE}
    assert set(fates(mutate(small(AGREED + example("times 5", "level 1 to 3"))), "flip").values()) == {Fate.UNTOLD}


def test_an_example_that_supposes_more_is_found() -> None:
    """What one example supposes is tried on the others, and beside it: the witness supposes it too."""
    text = AGREED.replace("(times >= many)", "(times >= many and aid)")
    text += '\nexample "Nine"\n  effort: times 9, aid yes\n  suppose many = 5\n  gives level 3(c)\n'
    found = mutate(small(text))
    told = [one for one in found.survivors if one.mutant.kind in {"flip", "drop"} and one.witness]
    assert {one.mutant.kind for one in told} == {"flip", "drop"}
    written = "\n".join({as_text(found.book, one.witness) for one in told if one.witness})
    assert "  suppose many = 5\n" in written
    assert mutate(small(f"{text}\n{written}")).count(Fate.SURVIVES) < found.count(Fate.SURVIVES)


@pytest.mark.parametrize(
    ("condition", "fate"),
    [
        ("times >= many and times >= lots", Fate.SAME),
        ("times >= many and times > 3", Fate.SURVIVES),
    ],
)
def test_what_no_agreement_could_tell_is_proved_the_same(condition: str, fate: Fate) -> None:
    """`times >= many` beside the higher `lots` adds nothing, whatever is agreed; beside a number it may."""
    found = mutate(small(AGREED.replace("times >= many", condition) + example("aid yes", "level 1 to 3")))
    assert fates(found, "drop")[f"`times >= many` left out of `{condition}`"] is fate


def test_a_mutant_of_a_tool_is_tried_on_the_factors_that_it_raises() -> None:
    """The examples of a factor notice a slip in the tool that is carried to it."""
    tool = (
        'scheme nhs\ntool advisory "Advising"\nrecord advice "Advice"\n'
        '  binding yes or no asks "Must it be followed?"\n'
        "level 3 when some advice is binding cites definition\ncarry advice to 13 when binding cites definition\n"
    )
    rules = 'level 1 otherwise cites level 1\nexample "Advice"\n  advice: binding yes\n  gives level 3\n'
    found = mutate(small(rules, tool), Chosen(frozenset({"advisory"})))
    assert fates(found, "level") == {"`level 3` made `level 2`": Fate.EXAMPLE, "`level 3` made `level 4`": Fate.EXAMPLE}


def test_a_proof_may_notice_what_no_example_does() -> None:
    """The proof is asked about mutants that no example notices, and about no other; what it says stands."""
    asked = []

    def proof(book: RuleBook, mutant: RuleBook) -> Noticed:
        asked.append(mutant.hash)
        assert book.hash != mutant.hash
        return Noticed(Fate.PROOF, "V8 monotone")

    found = mutate(small(HALF + example("often 80%", "level 3(c)")), noticed_by_proof=proof)
    assert found.count(Fate.SURVIVES, Fate.UNTOLD) == 0
    assert len(asked) == found.count(Fate.PROOF) == len(found.results) - found.count(Fate.EXAMPLE, Fate.SAME)


def test_an_example_that_does_not_hold_stops_everything() -> None:
    """What fails before anything is changed can tell nothing."""
    with pytest.raises(OurFault, match="does not hold"):
        mutate(small(HALF + example("often 80%", "level 1")))


def test_a_sample_is_drawn_by_its_seed() -> None:
    """The same seed draws the same mutants; of a factor that they do not touch there are none."""
    book = small(HALF + example("often 50%", "level 3(c)"))
    drawn = [mutate(book, Chosen(limit=3, seed=5)) for _ in range(2)]
    assert [one.mutant.id for one in drawn[0].results] == [one.mutant.id for one in drawn[1].results]
    assert len(drawn[0].results) == 3 < drawn[0].of
    assert mutate(book, Chosen(frozenset({"12"}))).results == ()


def test_several_processes_find_what_one_finds() -> None:
    """What becomes of each mutant is the same; a rule book can be handed over with all that it holds."""
    book = small(HALF + example("often 80%", "level 3(c)"))
    two, one = mutate(book, processes=2), mutate(book)
    assert [(x.mutant, x.fate, x.by) for x in two.results] == [(x.mutant, x.fate, x.by) for x in one.results]
    assert pickle.loads(pickle.dumps(book)).hash == book.hash  # noqa: S301 - our own book


def test_mutants_leave_the_rest_of_the_book_alone() -> None:
    """A changed book differs in one statement and in its hash."""
    book = small(HALF)
    mutant = mutants(book)[0]
    other = changed(book, mutant.where, mutant.statement)
    assert other.hash != book.hash
    assert changed(other, mutant.where, book.factors["13"].rules[0]).factors == book.factors
    assert replace(other, factors=book.factors, hash=book.hash).terms == book.terms


def test_shares_are_never_rounded_up() -> None:
    """999 of 1,000 is 99.9%, 9,999 of 10,000 too; 100% is all of them, and of nothing everything is reached."""
    assert [percent(999, 1000), percent(9999, 10_000), percent(1, 1), percent(0, 3)] == ["99.9%", "99.9%", "100%", "0%"]
    assert reaches(95, 100, 95)
    assert not reaches(949, 1000, 95)
    assert reaches(0, 0, 100)


def test_scheme_and_book_of_several_files() -> None:
    """A mutant of a shared term is tried on the factors that use it, and found by either name."""
    shared = Source("shared.jer", 'scheme nhs\nquestion drives yes or no asks "Does the job drive?"\n')
    first = Source("a.jer", 'scheme nhs\nfactor 12 "Freedom to act"\nlevel 2 when drives cites level 2\n')
    book = book_of(load_scheme("nhs"), [shared, first])
    assert {mutant.home for mutant in mutants(book)} == {"12"}


def test_a_slip_that_leaves_every_level_is_told_apart_by_the_proofs() -> None:
    """A condition that another one implies may go: no example can notice it, and the proofs say why."""
    text = """
record effort "Something that the body does"
  weight mass asks "How heavy?"
term heavy effort when weight > 15 kg cites definition
level 4(a) when some effort is heavy, (weight > 6 kg) cites definition
level 1 otherwise cites definition
"""
    head = 'scheme nhs\nfactor 13 "Physical effort"\nstatus binding\n'
    book = book_of(load_scheme("nhs"), [Source("13.jer", head + text)])
    said = {one.says: by_proof(book, changed(book, one.where, one.statement)) for one in mutants(book)}
    idle = next(found for says, found in said.items() if says.startswith("`weight > 6 kg` left out"))
    assert (idle.fate, idle.levels_stand) == (None, True)
    moved = next(found for says, found in said.items() if says.startswith("`heavy` left out"))
    assert not moved.levels_stand
