"""From truths to a level: the order of resolution as truth tables, and the range as exactly what is still possible."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jerules.engine import credit
from jerules.engine.resolve import resolve
from jerules.engine.truth import NO, UNKNOWN, YES
from jerules.engine.verdicts import Verdicts
from jerules.rulebook import model as m
from jerules.scheme.model import Position
from tests.strategies.worlds import books, panels, written

HEAD = """\
scheme nhs
factor 13 "Physical effort"
status binding
question a yes or no asks "A?"
question b yes or no asks "B?"
question c yes or no asks "C?"
question d yes or no asks "D?"
"""
Level = int | None


def ends(rules: str, *truths: int, decisions: Mapping[str, Position] | None = None) -> tuple[Level, Level]:
    """The lowest and the highest level that some rules give, whose truths are given in the order of writing."""
    book = written(
        {"13.jer": HEAD + "".join(f"{line.strip()} cites definition\n" for line in rules.strip().splitlines())}
    )
    standing = resolve(book, Verdicts({"13": (*truths, UNKNOWN)}, {}, {}), decisions or {})["13"]
    return standing.lowest.level, standing.highest.level


TWO_LEVELS = """
level 2(a) when a
level 4(a) when b
level 1 otherwise
"""


@pytest.mark.parametrize(
    ("two", "four", "expected"),
    [
        (NO, NO, (1, 1)), (NO, UNKNOWN, (1, 4)), (NO, YES, (4, 4)),
        (UNKNOWN, NO, (1, 2)), (UNKNOWN, UNKNOWN, (1, 4)), (UNKNOWN, YES, (4, 4)),
        (YES, NO, (2, 2)), (YES, UNKNOWN, (2, 4)), (YES, YES, (4, 4)),
    ],
)  # fmt: skip
def test_the_highest_candidate_decides(two: int, four: int, expected: tuple[Level, Level]) -> None:
    """Candidates → the highest; the rule that says `otherwise` only when no other can hold."""
    assert ends(TWO_LEVELS, two, four) == expected


@pytest.mark.parametrize(("closed", "expected"), [(NO, (4, 4)), (UNKNOWN, (2, 4)), (YES, (2, 2))])
def test_a_closed_level_falls_to_the_highest_that_remains(closed: int, expected: tuple[Level, Level]) -> None:
    """Candidates → closed ones removed → the highest that remains, not one level less."""
    assert ends("level 2(a) when a\nlevel 4(a) when b\nnot 4 when c\nlevel 1 otherwise", YES, YES, closed) == expected


@pytest.mark.parametrize(("closing", "stays"), [("4(a)", 2), ("4(b)", 4), ("4", 2), ("3, 4(a)", 2)])
def test_a_letter_closes_one_option_and_a_level_all(closing: str, stays: int) -> None:
    """closes: 4(a) ⊂ 4."""
    assert ends(f"level 2(a) when a\nlevel 4(a) when b\nnot {closing} when c", YES, YES, YES) == (stays, stays)


@pytest.mark.parametrize(
    ("floor", "cap", "expected"),
    [
        (NO, NO, (2, 2)), (UNKNOWN, NO, (2, 4)), (YES, NO, (4, 4)),
        (NO, UNKNOWN, (2, 2)), (YES, UNKNOWN, (3, 4)), (YES, YES, (3, 3)), (UNKNOWN, YES, (2, 3)),
    ],
)  # fmt: skip
def test_floors_come_before_caps(floor: int, cap: int, expected: tuple[Level, Level]) -> None:
    """The highest that remains → floors → caps: where the two contradict each other the cap stands."""
    assert ends("level 2(a) when a\nat least 4 when b\nat most 3 when c", YES, floor, cap) == expected


def test_a_floor_gives_a_level_where_nothing_else_does() -> None:
    """A floor needs no candidate; a cap makes none."""
    assert ends("level 2(a) when a\nat least 3 when b", NO, YES) == (3, 3)
    assert ends("level 2(a) when a\nat most 3 when b", NO, YES) == (None, None)
    assert ends("level 2(a) when a\nat least 3 when b", NO, UNKNOWN) == (None, 3)


def test_without_a_rule_for_the_rest_there_may_be_no_level() -> None:
    """No candidate and no `otherwise`: no level, and nothing is settled."""
    assert ends("level 2(a) when a", NO) == (None, None)
    assert ends("level 2(a) when a", UNKNOWN) == (None, 2)


def test_what_is_left_to_the_panel_is_a_range_until_it_decides() -> None:
    """Left to the panel: both ends, whichever is written first; then what was decided."""
    for rule in ('panel decides one 2(a) or 4(a) when a asks "?"', 'panel decides one 4(a) or 2(a) when a asks "?"'):
        assert ends(f"{rule}\nlevel 1 otherwise", YES) == (2, 4)
        assert ends(f"{rule}\nlevel 1 otherwise", UNKNOWN) == (1, 4)
        assert ends(f"{rule}\nlevel 1 otherwise", NO) == (1, 1)
        for level in (2, 4):
            assert ends(f"{rule}\nlevel 1 otherwise", YES, decisions={"one": Position(level, "a")}) == (level, level)


def test_the_rule_for_the_rest_may_give_more_than_a_possible_one() -> None:
    """A possible level below that of `otherwise` opens the range downwards, never upside down."""
    assert ends("level 2(a) when a\nlevel 3(a) otherwise", UNKNOWN) == (2, 3)


# ── the range is exactly what is still possible ──────────────────────────────────────────────────────────────────


def level_of(factor: m.FactorRules, truths: tuple[int, ...], decided: Mapping[str, Position], *, rest: bool) -> Level:
    """The order of resolution written down once more, for two values."""
    found: list[Position] = []
    for rule, truth in zip(factor.rules, truths, strict=True):
        match rule.effect:
            case m.GivesLevel(position=position) if truth == YES and rule.condition:
                found.append(position)
            case m.LeavesToPanel(name=name) if truth == YES:
                found.append(decided[name])
    holding = [rule.effect for rule, truth in zip(factor.rules, truths, strict=True) if truth == YES]
    closed = [position for effect in holding if isinstance(effect, m.Closes) for position in effect.positions]
    left = [p.level for p in found if not any(x.level == p.level and x.option in {None, p.option} for x in closed)]
    if not left and rest and factor.otherwise and isinstance(factor.otherwise.effect, m.GivesLevel):
        left = [factor.otherwise.effect.position.level]
    left = [max([*left, *(e.level for e in holding if isinstance(e, m.Floor))], default=0)]
    return min([*left, *(e.level for e in holding if isinstance(e, m.Cap))]) or None


@given(books(), st.data())
def test_the_range_runs_from_the_lowest_to_the_highest_completion(book: m.RuleBook, data: st.DataObject) -> None:
    """Range = hull of all completions: no level in vain, none forgotten; tools raise and never lower."""
    key = data.draw(st.sampled_from(("13", "14")))
    tools = [name for name, tool in book.factors.items() if key in credit.targets(tool)]
    truth = st.sampled_from((NO, NO, YES, UNKNOWN))
    given_truths = {name: data.draw(st.tuples(*[truth] * len(book.factors[name].rules))) for name in (key, *tools)}
    effects = {e.name: e for e in panels(book)}
    decisions = {n: data.draw(st.sampled_from((e.low, e.high))) for n, e in effects.items() if data.draw(st.booleans())}

    carried = {(tool, key): given_truths[tool] for tool in tools}
    standing = resolve(book, Verdicts({key: given_truths[key]}, {}, carried), decisions)[key]

    found: set[int] = set()
    choices = [[(n, decisions[n])] if n in decisions else [(n, e.low), (n, e.high)] for n, e in effects.items()]
    for chosen in product(*choices):
        levels = []
        for name in (key, *tools):
            unknown = [i for i, t in enumerate(given_truths[name]) if t == UNKNOWN]
            one: set[int] = set()
            for values in product((NO, YES), repeat=len(unknown)):
                truths = list(given_truths[name])
                for i, value in zip(unknown, values, strict=True):
                    truths[i] = value
                one.add(level_of(book.factors[name], tuple(truths), dict(chosen), rest=name == key) or 0)
            levels.append(one)
        found |= {max(combined) for combined in product(*levels)}
    assert (standing.lowest.level or 0, standing.highest.level or 0) == (min(found), max(found))
