"""What the engine can hold, checked before it is asked to: beyond these limits it hangs, crashes or forgets facts.

The engine arranges the tests of all rules as one tree: the kind of a fact first, then the tests of each pattern in the
order given, then its joins; equal tests under the same parent are one node. The limits are limits of that tree, so
the tree is built here in the same way.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias, get_args

from jerules.engine.durable.flat import LARGEST, RESERVED, FlatRule, Operator, Pattern, Test, used_attributes
from jerules.faults import OurFault

MOST_RULES: Final = 4_000  # the engine: 4,096
MOST_PATTERNS: Final = 14  # the engine: 16, and it notices only when the 17th fact arrives
MOST_JOINS: Final = 28  # in one pattern; the engine: 29, and the driver adds one
MOST_TESTS: Final = 200  # in one pattern
MOST_BRANCHES: Final = 500  # different tests under one; the engine: 511, and at 513 it never returns
MOST_ENDS: Final = 250  # patterns that end in the same test; the engine: 255, then it writes past the list
MOST_WAITING: Final = 60  # true tests that wait to be followed, for one fact; the engine: 64
MOST_ATTRIBUTES: Final = 240  # of one kind of fact; the engine: 252
RESERVED_ENDINGS: Final = ("$not", "$all", "$any", "$state", "$flow")

_KIND = re.compile(r"[A-Za-z_][A-Za-z0-9_.:-]{0,199}\Z")
_ATTRIBUTE = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,199}\Z")
_Range: TypeAlias = tuple[int, int]


def check_limits(rules: Sequence[FlatRule]) -> None:
    """Make sure that the engine can hold these rules, all together as one ruleset.

    Raises:
        OurFault: a rule is not in the flat form or goes beyond a limit; the message names the rule.
    """
    if len(rules) > MOST_RULES:
        raise OurFault(f"rule `{rules[MOST_RULES].name}` is one too many: a ruleset holds {MOST_RULES}")
    root = _Root()
    owners: dict[str, str] = {}
    for rule in rules:
        _check_form(rule)
        if rule.name in root.names:
            raise OurFault(f"rule `{rule.name}` is there twice")
        root.names.add(rule.name)
        for name in (rule.name, *(pattern.kind for pattern in rule.patterns), *_attributes(rule)):
            owners.setdefault(name, rule.name)
        for pattern in rule.patterns:
            _plant(root, rule.name, pattern)
    _check_hashes(owners)
    _check_facts(root, used_attributes(rules))


def fnv(text: str) -> int:
    """The engine's 32-bit hash of a name (FNV-1a); it never compares the names themselves."""
    value = 2166136261
    for byte in text.encode():
        value = ((value ^ byte) * 16777619) & 0xFFFFFFFF
    return value


@dataclass(slots=True)
class _Node:
    """A test in the engine's tree; ``rule`` is the last rule that put something right below it."""

    rule: str
    tests: dict[Test, _Node] = field(default_factory=dict)
    joins: int = 0
    ends: int = 0


@dataclass(slots=True)
class _Root:
    """The root of the tree: a node for each kind of fact; and the rules planted so far."""

    kinds: dict[str, _Node] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)


def _attributes(rule: FlatRule) -> Iterable[str]:
    for pattern in rule.patterns:
        yield from (test.attribute for test in pattern.tests)
        for mine, _, theirs in pattern.join:
            yield mine
            yield theirs


def _check_form(rule: FlatRule) -> None:
    """The form of one rule by itself: names, numbers, and joins that look back."""
    if not rule.name or not rule.name.isprintable() or rule.name.endswith(RESERVED_ENDINGS):
        raise OurFault(f"rule `{rule.name}` has a name that the engine cannot bear")
    if not 1 <= len(rule.patterns) <= MOST_PATTERNS:
        raise OurFault(f"rule `{rule.name}` has {len(rule.patterns)} patterns, 1 to {MOST_PATTERNS} are possible")
    for position, pattern in enumerate(rule.patterns):
        _check_pattern(rule.name, position, pattern)
    for name in _attributes(rule):
        if not _ATTRIBUTE.match(name) or name in RESERVED:
            raise OurFault(f"rule `{rule.name}` names an attribute that the engine cannot bear: `{name}`")


def _check_pattern(rule: str, position: int, pattern: Pattern) -> None:
    if not _KIND.match(pattern.kind) or pattern.kind in RESERVED or pattern.kind.endswith(RESERVED_ENDINGS):
        raise OurFault(f"rule `{rule}` names a kind of fact that the engine cannot bear: `{pattern.kind}`")
    if len(pattern.tests) > MOST_TESTS:
        raise OurFault(f"rule `{rule}` has {len(pattern.tests)} tests in one pattern, {MOST_TESTS} at most")
    if len(pattern.join) > MOST_JOINS:
        raise OurFault(f"rule `{rule}` has {len(pattern.join)} joins in one pattern, {MOST_JOINS} at most")
    for test in pattern.tests:
        if test.op not in get_args(Operator):
            raise OurFault(f"rule `{rule}` has a test that is not flat: `{test.op}`")
        if type(test.value) is not int or not -LARGEST < test.value < LARGEST:
            raise OurFault(f"rule `{rule}` tests `{test.attribute}` against {test.value!r}")
    for _, earlier, _ in pattern.join:
        if type(earlier) is not int or not 0 <= earlier < position:
            raise OurFault(f"rule `{rule}` joins pattern {position} to {earlier!r}, which does not stand before")


def _plant(root: _Root, rule: str, pattern: Pattern) -> None:
    """Add a pattern to the tree as the engine does, counting branches and ends on the way."""
    node = root.kinds.setdefault(pattern.kind, _Node(rule))
    if len(root.kinds) > MOST_BRANCHES - 1:  # the driver's own first rule takes a branch as well
        raise OurFault(f"rule `{rule}` brings in kind `{pattern.kind}`, one too many: {MOST_BRANCHES - 1} at most")
    for test in pattern.tests:
        if test not in node.tests:
            node.tests[test] = _Node(rule)
            _check_branches(rule, node)
        node = node.tests[test]
    if pattern.join:
        # The engine shares no join between patterns; further joins of this pattern hang below the first, one by one.
        node.joins += 1
        _check_branches(rule, node)
    else:
        node.ends += 1
    if node.ends > MOST_ENDS:
        raise OurFault(f"rule `{rule}` is one too many with exactly these tests of a fact: {MOST_ENDS} at most")


def _check_branches(rule: str, node: _Node) -> None:
    node.rule = rule
    if len(node.tests) + node.joins > MOST_BRANCHES:
        raise OurFault(f"rule `{rule}` puts one test too many under another: {MOST_BRANCHES} at most")


def _check_facts(root: _Root, attributes: Mapping[str, Sequence[str]]) -> None:
    """What a single fact of each kind may meet, and carry."""
    for kind, node in root.kinds.items():
        waiting, rule = _waiting(node, {})
        if waiting > MOST_WAITING:
            raise OurFault(
                f"rule `{rule}` is too much for facts of kind `{kind}`: "
                f"{waiting} tests of one fact can be true side by side, {MOST_WAITING} at most"
            )
        if len(attributes[kind]) > MOST_ATTRIBUTES:
            raise OurFault(
                f"rule `{node.rule}` and others test {len(attributes[kind])} attributes of facts of kind `{kind}`, "
                f"{MOST_ATTRIBUTES} at most"
            )


def _check_hashes(owners: Mapping[str, str]) -> None:
    """No two names may share the engine's hash."""
    seen = {fnv(name): name for name in ("id", "sid", "q", "sid-0", "$s", "m", "$m", "0")}
    for name, rule in owners.items():
        other = seen.setdefault(fnv(name), name)
        if other != name:
            raise OurFault(f"rule `{rule}` uses the name `{name}`, which the engine takes for `{other}`")


def _waiting(node: _Node, ranges: Mapping[str, _Range]) -> tuple[int, str]:
    """How many true tests can wait to be followed at one time below a node, at most, and a rule that is in it.

    The engine follows true tests depth first and keeps the untried ones waiting: all true children of a node, then,
    with one of them taken off, those of that child, and so on. ``ranges`` is what the tests above leave possible of
    each attribute. The bound is exact but for tests that cannot be true together across different attributes.
    """
    together, below, rule = node.joins, int(node.joins > 0), node.rule
    deepest = rule
    by_attribute: dict[str, list[Test]] = {}
    for test, child in node.tests.items():
        within = _narrowed(ranges.get(test.attribute, (-LARGEST, LARGEST)), test)
        if within[0] > within[1]:
            continue
        by_attribute.setdefault(test.attribute, []).append(test)
        deeper, named = _waiting(child, {**ranges, test.attribute: within})
        if deeper > below:
            below, deepest = deeper, named
    for attribute, tests in by_attribute.items():
        together += _true_together(tests, ranges.get(attribute, (-LARGEST, LARGEST)))
    return max(together, together - 1 + below), deepest if below > together else rule


def _narrowed(within: _Range, test: Test) -> _Range:
    low, high = within
    if test.op != "<=":
        low = max(low, test.value)
    if test.op != ">=":
        high = min(high, test.value)
    return low, high


def _true_together(tests: Sequence[Test], within: _Range) -> int:
    """How many of these different tests of one attribute a single value can pass."""
    low, high = within
    at_least = sorted(test.value for test in tests if test.op == ">=")
    at_most = sorted(test.value for test in tests if test.op == "<=")
    exactly = {test.value for test in tests if test.op == "=="}
    # Between two thresholds no more tests are true than at one of them, so only these values matter.
    values = {min(max(test.value, low), high) for test in tests} | {low, high}
    return max(
        bisect_right(at_least, value) + len(at_most) - bisect_left(at_most, value) + (value in exactly)
        for value in values
    )
