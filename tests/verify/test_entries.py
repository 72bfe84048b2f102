"""How many entries a proof looks at: enough that no rule fails, and no job is overlooked, for want of entries."""

from __future__ import annotations

import pytest

from jerules.verify.bench import Bench
from tests.verify.checked import book, checked, refuted

HEAD = """\
scheme nhs
factor 13 "Physical effort"
record effort "A physical demand that the job makes"
  kind one of lifting, bending, walking asks "What sort of effort is it?"
  weight mass asks "How heavy is it?"
  each duration asks "For how long at a time?"
record contact "People whom the job deals with"
  fierce yes or no asks "Are they fierce?"
question drives yes or no asks "Does the job drive?"
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
    ("at least 2 effort are (weight > 5 kg)", 3),
    ("at least 3 effort are (weight > 5 kg)", 4),
    ("at least 6 effort are (weight > 5 kg)", 6),
    (f"at least 2 of ({THREE})", 3),
    (f"at least 3 of ({THREE})", 4),
    (f"not (at least 3 of ({THREE}))", 4),
    (EACH, 4),
    (NONE, 4),
    ("some effort is (weight > 5 kg) and some contact is fierce", 2),
    ("some effort is (weight > 5 kg) together each >= 1 h", 3),
    (SMALL, 7),
    ("some effort is (each < 1 min) together each >= 1 h", 12),
]


@pytest.mark.parametrize(("condition", "entries"), ENOUGH)
def test_so_many_entries_are_looked_at(condition: str, entries: int) -> None:
    """What is needed to meet the condition or to fail it, of one record, and one more as long as that is few."""
    assert Bench(book(level(condition)), "13").most == entries


MET = [text for text, entries in ENOUGH if entries < 12]


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
    assert Bench(rules, "13").most == 4
    found = Bench(rules, "13")
    assert found.can(found.at_least[3])
