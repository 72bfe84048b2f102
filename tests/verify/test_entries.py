"""How many entries a proof looks at: enough that no rule fails, and no job is overlooked, for want of entries."""

from __future__ import annotations

import pytest

from jerules.verify.bench import Bench
from jerules.verify.entries import MOST_ENTRIES
from jerules.verify.model import State
from tests.verify.checked import book, checked, refuted

HEAD = """\
scheme nhs
factor 13 "Physical effort"
record effort "A physical demand that the job makes"
  kind one of lifting, bending, walking asks "What sort of effort is it?"
  weight mass asks "How heavy is it?"
  each duration asks "For how long at a time?"
  tasks count asks "How many tasks?"
  often frequency of shifts asks "On which part of the shifts?"
record contact "People whom the job deals with"
  fierce yes or no asks "Are they fierce?"
question drives yes or no asks "Does the job drive?"
term brief effort when not each > 10 min cites definition
term lengthy effort when not each <= 5 min cites definition
level 1 otherwise cites level 1
"""
THREE = (
    "some effort is (kind is lifting and weight < 3 kg); "
    "some effort is (kind is bending); some effort is (kind is walking)"
)
EACH = "some effort is (kind is lifting) and some effort is (kind is bending) and some effort is (kind is walking)"
NONE = "no effort is (kind is lifting) or no effort is (kind is bending) or no effort is (kind is walking)"
SMALL = "some effort is (each <= 10 min) together each >= 1 h"


def level(condition: str) -> str:
    """A rule file with a level under a condition."""
    return f"{HEAD}level 3(c) when {condition} cites level 3(c)\n"


ENOUGH = [
    ("drives", 2),
    ("some effort is (weight > 5 kg)", 2),
    ("at least 2 effort are (weight > 5 kg)", 2),
    ("at least 3 effort are (weight > 5 kg)", 3),
    ("at least 6 effort are (weight > 5 kg)", 6),
    (f"at least 2 of ({THREE})", 2),
    (f"at least 3 of ({THREE})", 3),
    (f"not (at least 3 of ({THREE}))", 3),
    (EACH, 3),
    (NONE, 3),
    (f"({EACH}) and (drives or {EACH})", 3),
    ("some effort is (weight > 5 kg) and some contact is fierce", 2),
    ("some effort is (weight > 5 kg) together each >= 1 h", 2),
    (SMALL, 7),
    ("some effort is (each < 1 min) together each >= 1 h", 61),
    ("some effort is (not each > 10 min) together each >= 1 h", 7),
    ("some effort is (not (kind is lifting or each > 10 min)) together each >= 1 h", 7),
    ("some effort is (each > 10 min) together each >= 1 h", 2),
    ("some effort is brief together each >= 1 h", 7),
    ("some effort is not lengthy together each >= 1 h", 13),
    ("every effort is (each <= 20 min) and some effort is (kind is lifting) together each >= 1 h", 4),
    ("no effort is (each >= 20 min) and some effort is (kind is lifting) together each >= 1 h", 4),
    ("some effort is (each <= 20 min) and some effort is (kind is lifting) together each >= 1 h", 3),
    ("some effort is (tasks < 3) together tasks >= 10", 6),
    ("some effort is (often < 20%) together often >= 50%", 3),
    ("some effort is (often < 1 per month) together often >= 50%", 2),
    (
        (
            "some effort is (often < 1 per month) together often >= 50% and some effort is (often >= 20 per month and "
            "often < 30%)"
        ),
        35,
    ),
    ("some effort is (often < 20%) together often >= 10 per month", 6),
]


@pytest.mark.parametrize(("condition", "entries"), ENOUGH)
def test_so_many_entries_are_looked_at(condition: str, entries: int) -> None:
    """What it takes to meet the condition or to fail it, of one record, and no more; but at least two."""
    assert Bench(book(level(condition)), "13").most == entries


MET = [text for text, entries in ENOUGH if entries < 10 and "often" not in text]


@pytest.mark.parametrize("condition", MET)
def test_no_rule_is_dead_or_always_met_for_want_of_entries(condition: str) -> None:
    """Each of these can be met, can be missed, and decides: nothing is said against it."""
    assert not refuted(checked(level(condition), "V1"))
    assert not refuted(checked(level(condition), "V2"))
    assert not refuted(checked(level(condition), "V7"))


@pytest.mark.parametrize(
    ("condition", "question"),
    [
        ("at least 5 effort are (weight < 15 kg)", "effort.weight"),
        (f"at least 3 of ({THREE})", "effort.weight"),
        (SMALL, "effort.each"),
    ],
)
def test_a_level_that_falls_is_found_however_many_entries_it_takes(condition: str, question: str) -> None:
    """One of the entries grows too heavy or too long for the rule, and the level is lost."""
    assert question in refuted(checked(level(condition), "V8", factor="13"))


def test_a_floor_above_a_cap_is_found_where_the_floor_needs_five_entries() -> None:
    """No proof that the two never meet is made from fewer entries than the floor speaks of."""
    floor = "at least 4 when at least 5 effort are (weight > 15 kg) cites level 4\n"
    text = f"{HEAD}{floor}at most 3 when drives cites level 3\n"
    assert refuted(checked(text, "V4", factor="13")) == ["at least 4 / at most 3"]


def test_a_floor_above_a_cap_is_found_where_the_two_need_six_entries_between_them() -> None:
    """Three loads that are lifted and three that are bent for: neither of the rules alone speaks of more than three."""
    floor = "at least 4 when at least 3 effort are (kind is lifting) cites level 4\n"
    cap = "at most 3 when at least 3 effort are (kind is bending) cites level 3\n"
    assert refuted(checked(f"{HEAD}{floor}{cap}", "V4", factor="13")) == ["at least 4 / at most 3"]


@pytest.mark.parametrize("condition", ["at least 3 effort are (weight > 5 kg)", EACH])
def test_words_that_no_rule_uses_are_looked_at_with_enough_entries(condition: str) -> None:
    """The rungs of a ladder overlap although no rule of the factor speaks of so many entries."""
    text = f"{HEAD}term led when drives cites definition\nterm loaded when {condition} cites definition\n"
    assert refuted(checked(f"{text}ladder load = led < loaded\n", "V4", factor="13")) == ["load led/loaded"]
    assert "loaded/1" not in refuted(checked(text, "V1", factor="13"))


def test_what_a_tool_needs_counts_for_the_factor_that_it_raises() -> None:
    """A level that only the tool gives, for three entries, is reached."""
    tool = """\
scheme nhs
tool advisory "Advising others"
level 3 when at least 3 contact are fierce cites factor 13 definition
carry contact to 13 when fierce cites factor 13 definition
"""
    rules = book(HEAD, tool)
    assert Bench(rules, "13").most == 3
    found = Bench(rules, "13")
    assert found.can(found.at_least[3])


def rules(*lines: str) -> str:
    """A rule file of these lines."""
    return HEAD + "\n".join(f"{line} cites definition" for line in lines) + "\n"


HEAVY = "at least 3 effort are (kind is bending and weight > 5 kg)"


def test_a_level_that_falls_is_found_where_two_rules_take_entries_of_their_own() -> None:
    """Three lifts give a level until the third bend grows heavy: six entries, of which no rule speaks."""
    text = rules("level 3(c) when at least 3 effort are (kind is lifting)", f"not 3(c) when {HEAVY}")
    assert Bench(book(text), "13").most == 3
    assert "effort.weight" in refuted(checked(text, "V8", factor="13"))


def test_a_rule_is_not_called_masked_or_its_level_out_of_reach_for_want_of_entries() -> None:
    """Three lifts come to the higher level but where three heavy bends are among the other entries."""
    text = rules(
        "level 3(c) when at least 3 effort are (kind is lifting)",
        f"level 4(b) when at least 3 effort are (kind is lifting) and not ({HEAVY})",
    )
    assert Bench(book(text), "13").most == 3
    assert not refuted(checked(text, "V7", factor="13"))
    assert "level 3(c)" not in refuted(checked(text, "V10", factor="13"))


def test_a_level_is_not_called_closed_for_want_of_entries() -> None:
    """It is open to a job with three lifts as soon as three heavy bends stand beside them."""
    text = rules(
        "level 3(c) when at least 3 effort are (kind is lifting)",
        f"not 3(c) unless {HEAVY}",
    )
    assert Bench(book(text), "13").most == 3
    assert checked(text, "V4", factor="13")["level 3(c) open"].state is State.PROVED


def test_a_question_matters_where_it_takes_many_entries_to_see_it() -> None:
    """How heavy the third bend is decides about three lifts, and two jobs of six entries show it."""
    text = rules(f"level 3(c) when at least 3 effort are (kind is lifting) and not ({HEAVY})")
    assert Bench(book(text), "13").most == 3
    assert "effort.weight" not in refuted(checked(text, "V9", factor="13"))


def test_what_would_take_too_many_entries_says_so() -> None:
    """A sum of a thousand entries is not looked at, and what rests on that names both numbers."""
    text = rules(
        "level 3(c) when every effort is (each <= 1 min) and some effort is (kind is lifting) together each >= 20 h"
    )
    found = checked(text, "V1")["level 3(c)"]
    assert (found.state, found.entries, found.needed) == (State.REFUTED, MOST_ENTRIES, 1201)
    proved = checked(text, "V8", factor="13")["effort.each"]
    assert proved.needed >= 1201


def test_what_enough_entries_were_looked_at_for_says_nothing_of_it() -> None:
    """A job that was found is found, however many entries others would have."""
    assert checked(level(SMALL), "V1")["level 3(c)"].needed == 0
    assert not [one for one in checked(level(EACH), "V8", factor="13").values() if one.needed]
