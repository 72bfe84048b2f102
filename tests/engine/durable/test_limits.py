"""What the engine cannot hold is refused by name before the engine sees it. None of this needs durable-rules."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jerules.engine.durable.flat import FlatRule, Operator, Pattern, Test
from jerules.engine.durable.limits import MOST_WAITING, _Node, _plant, _Root, _waiting, check_limits, fnv
from jerules.faults import OurFault


def rule(name: str, *patterns: Pattern) -> FlatRule:
    return FlatRule(name, patterns)


def on(kind: str, *tests: Test, join: tuple[tuple[str, int, str], ...] = ()) -> Pattern:
    return Pattern(kind, tests, join)


def at_least(attribute: str, value: int) -> Test:
    return Test(attribute, ">=", value)


def kinds(count: int) -> list[FlatRule]:
    return [rule(f"r{number}", on(f"k{number}")) for number in range(count)]


def same_end(count: int) -> list[FlatRule]:
    return [rule(f"r{number}", on("duty", at_least("weight", 15))) for number in range(count)]


def true_together(count: int) -> list[FlatRule]:
    return [rule(f"r{number}", on("duty", at_least("weight", number))) for number in range(count)]


def branches(count: int) -> list[FlatRule]:
    return [rule(f"r{number}", on("duty", Test("weight", "==", number))) for number in range(count)]


def patterns(count: int) -> list[FlatRule]:
    return [rule("long", *[on("duty")] * count)]


def joins(count: int) -> list[FlatRule]:
    return [rule("joined", on("duty"), on("aid", join=(("weight", 0, "weight"),) * count))]


def strict(count: int) -> list[FlatRule]:
    return [rule("strict", on("duty", *[at_least("weight", number) for number in range(count)]))]


def attributes(count: int) -> list[FlatRule]:
    half = [at_least(f"a{number}", 0) for number in range(count)]
    return [rule("first", on("duty", *half[:120])), rule("second", on("duty", *half[120:]))]


LIMITS: list[tuple[Callable[[int], list[FlatRule]], int, str]] = [
    (lambda count: [rule(f"r{number}", on("duty")) for number in range(count)], 250, "r250"),
    (kinds, 499, "r499"),
    (same_end, 250, "r250"),
    (true_together, 60, "r60"),
    (branches, 500, "r500"),
    (patterns, 14, "long"),
    (joins, 28, "joined"),
    (strict, 200, "strict"),
    (attributes, 240, "second"),
]


@pytest.mark.parametrize(("rules", "most", "named"), LIMITS)
def test_a_limit_can_be_reached_but_not_passed(rules: Callable[[int], list[FlatRule]], most: int, named: str) -> None:
    """Good: as many as the limit says. Bad: one more, and the message names the rule."""
    check_limits(rules(most))
    with pytest.raises(OurFault, match=f"`{named}`"):
        check_limits(rules(most + 1))


def test_the_number_of_rules_is_limited() -> None:
    """4,000 rules are held, and the 4,001st is named."""
    many = [rule(f"r{number}", on(f"k{number // 20}", Test("weight", "==", number % 20))) for number in range(4001)]
    check_limits(many[:4000])
    with pytest.raises(OurFault, match="`r4000` is one too many"):
        check_limits(many)


BAD = [
    (rule("id", on("duty", at_least("id", 1))), "attribute that the engine cannot bear: `id`"),
    (rule("sid", on("duty"), on("duty", join=(("sid", 0, "weight"),))), "attribute that the engine cannot bear: `sid`"),
    (rule("sid too", on("duty"), on("duty", join=(("weight", 0, "sid"),))), "cannot bear: `sid`"),
    (rule("dot", on("duty", at_least("a.b", 1))), "cannot bear: `a.b`"),
    (rule("state", on("duty", at_least("$s", 1))), "cannot bear: `\\$s`"),
    (rule("letters", on("duty", at_least("größe", 1))), "cannot bear: `größe`"),
    (rule("kind", on('du"ty')), "kind of fact that the engine cannot bear"),
    (rule("kind", on("q")), "kind of fact that the engine cannot bear"),
    (rule("negated$not", on("duty")), "name that the engine cannot bear"),
    (rule("", on("duty")), "name that the engine cannot bear"),
    (rule("fraction", on("duty", Test("weight", ">=", 1.5))), "against 1.5"),  # type: ignore[arg-type]
    (rule("exponent", on("duty", Test("weight", ">=", 1e16))), "against 1e\\+16"),  # type: ignore[arg-type]
    (rule("truth", on("duty", Test("weight", "==", value=True))), "against True"),
    (rule("text", on("duty", Test("weight", "==", "5"))), "against '5'"),  # type: ignore[arg-type]
    (rule("none", on("duty", Test("weight", "==", None))), "against None"),  # type: ignore[arg-type]
    (rule("big", on("duty", Test("weight", "==", 2**53))), "against 9007199254740992"),
    (rule("small", on("duty", Test("weight", "==", -(2**53)))), "against -9007199254740992"),
    (rule("unequal", on("duty", Test("weight", "!=", 1))), "not flat: `!=`"),  # type: ignore[arg-type]
    (rule("forward", on("duty", join=(("weight", 0, "weight"),))), "does not stand before"),
    (rule("backward", on("duty"), on("aid", join=(("weight", -1, "weight"),))), "does not stand before"),
    (rule("empty"), "0 patterns"),
]


@pytest.mark.parametrize(("bad", "said"), BAD)
def test_a_rule_that_is_not_flat_is_refused_by_name(bad: FlatRule, said: str) -> None:
    """Joins on id or sid, strings, fractions, booleans and names with a meaning never reach the engine."""
    with pytest.raises(OurFault, match=said) as refused:
        check_limits([rule("good", on("duty")), bad])
    assert f"`{bad.name}`" in str(refused.value)


def test_two_rules_of_one_name_are_refused() -> None:
    """A firing is reported by name, so a name stands for one rule."""
    with pytest.raises(OurFault, match="`twice` is there twice"):
        check_limits([rule("twice", on("duty")), rule("twice", on("aid"))])


def test_names_that_share_the_engines_hash_are_refused() -> None:
    """The engine compares names by 32 bits only: these two are one to it."""
    assert fnv("job-439599") == fnv("job-622382")
    with pytest.raises(OurFault, match="`second` uses the name `job-622382`, which the engine takes for `job-439599`"):
        check_limits([rule("first", on("job-439599")), rule("second", on("job-622382"))])


def test_the_ids_of_facts_do_not_share_a_hash() -> None:
    """Facts are told apart by the hash of their id alone; no two ids of a session have the same."""
    ids = [str(number) for number in range(9_999, 100_000)] + ["sid-0"]
    assert len({fnv(text) for text in ids}) == len(ids)


def test_shared_tests_are_counted_once() -> None:
    """Thirteen rules of five tests that start alike are one path, not sixty-five tests."""
    tests = [at_least(name, 1) for name in ("shifts", "weight", "minutes", "times", "staff")]
    check_limits([rule(f"r{number}", on("duty", *tests)) for number in range(13)])
    check_limits([rule(f"r{number}", on("duty", *tests[:4], at_least("staff", number))) for number in range(13)])
    check_limits(
        [rule(f"r{number}", on("duty", *[at_least(t.attribute, number) for t in tests])) for number in range(13)]
    )


def test_tests_that_exclude_each_other_do_not_add_up() -> None:
    """Two hundred levels of one attribute, each an interval of its own, are never true together."""
    check_limits([rule(f"r{n}", on("duty", Test("weight", "==", n), at_least("shifts", 1))) for n in range(200)])
    check_limits(
        [
            rule(f"r{n}-{m}", on("duty", at_least("weight", n), Test("weight", "<=", m)))
            for n in range(0, 50, 10)
            for m in range(n, n + 50)
        ]
    )


def test_joins_always_count() -> None:
    """The engine follows every join of a fact, true or not: sixty side by side fit, sixty-one do not."""
    joined = [rule(f"r{n}", on("aid"), on("duty", join=(("weight", 0, "weight"),))) for n in range(61)]
    check_limits(joined[:60])
    with pytest.raises(OurFault, match="`r60` is too much for facts of kind `duty`: 61 tests"):
        check_limits(joined)


ATTRIBUTES = ("alpha", "beta")
TESTS = st.builds(
    Test, st.sampled_from(ATTRIBUTES), st.sampled_from(("==", ">=", "<=")), st.integers(min_value=0, max_value=4)
)
PATTERNS = st.builds(
    Pattern, st.just("duty"), st.lists(TESTS, max_size=4).map(tuple), st.sampled_from(((), (("alpha", 0, "alpha"),)))
)


def stack_of_the_engine(node: _Node, values: dict[str, int]) -> int:
    """How many tests really wait at one time when the engine follows a fact: its own loop, retold."""
    passes: dict[Operator, Callable[[int, int], bool]] = {
        "==": lambda a, b: a == b,
        ">=": lambda a, b: a >= b,
        "<=": lambda a, b: a <= b,
    }
    stack: list[_Node] = [node]
    most = 0
    while stack:
        here = stack.pop()
        stack += [child for test, child in here.tests.items() if passes[test.op](values[test.attribute], test.value)]
        stack += [_Node("")] * here.joins
        most = max(most, len(stack))
    return most


@given(st.lists(PATTERNS, max_size=12), st.integers(-1, 5), st.integers(-1, 5))
def test_no_fact_makes_more_tests_wait_than_was_counted(patterns: list[Pattern], alpha: int, beta: int) -> None:
    """The count of tests that can wait is never too low, whatever the fact and the order the tests came in."""
    root = _Root()
    for number, pattern in enumerate(patterns):
        _plant(root, f"r{number}", pattern)
    for node in root.kinds.values():
        assert stack_of_the_engine(node, {"alpha": alpha, "beta": beta}) <= _waiting(node, {})[0]


def test_the_count_is_exact_for_one_attribute() -> None:
    """Of three lower and two upper bounds a value can pass four, and of their continuations the deepest counts."""
    root = _Root()
    bounds = [Test("weight", ">=", n) for n in (1, 2, 3)] + [Test("weight", "<=", n) for n in (1, 3)]
    for number, bound in enumerate(bounds):
        _plant(root, f"r{number}", on("duty", bound))
    assert _waiting(root.kinds["duty"], {}) == (4, "r4")
    for number in range(3):
        _plant(root, f"s{number}", on("duty", bounds[0], at_least("shifts", number)))
    assert _waiting(root.kinds["duty"], {})[0] == 3 + 3
    assert MOST_WAITING < 64
