"""Random flat rules and facts, and the plainest matcher there is, to hold the engine against.

Run by hand for a longer comparison: ``python -m tests.engine.durable.naive --cases 20000 --seed 1``.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from jerules.engine.durable.driver import Ruleset
from jerules.engine.durable.flat import Fact, FlatRule, Operator, Pattern, Test

Content: TypeAlias = tuple[str, tuple[tuple[str, int], ...]]
Key: TypeAlias = tuple[str, int | Content]
Firings: TypeAlias = Counter[tuple[str, tuple[Key, ...]]]

ATTRIBUTES = ("alpha", "beta", "gamma")
OPERATORS: tuple[Operator, ...] = ("==", ">=", "<=")
# 40189 and 797186 share the engine's hash, and so do their neighbours: a join must tell them apart all the same.
POOLS: tuple[tuple[int, ...], ...] = (
    (0, 1),
    (-1, 0, 1, 2),
    (0, 1, 2, 10, 100),
    (40189, 797186, 40188, 797187),
    (1 - 2**53, -1, 1, 2**53 - 1),
)


@dataclass(frozen=True)
class Conclusion:
    """What follows from a rule: a new fact, its values copied from the fact that met the first pattern, or given."""

    kind: str
    values: tuple[int | None, ...]  # None copies


@dataclass(frozen=True)
class Case:
    """Rules, the conclusions of some of them, and facts."""

    rules: tuple[FlatRule, ...]
    conclusions: dict[str, Conclusion]
    facts: tuple[Content, ...]


def concluded(case: Case, rule: str, first: Content) -> Content | None:
    """The fact that follows when a rule fires; there are only so many, so every chain ends."""
    conclusion = case.conclusions.get(rule)
    if conclusion is None:
        return None
    given = [old if new is None else new for (_, old), new in zip(first[1], conclusion.values, strict=True)]
    return conclusion.kind, tuple(zip(ATTRIBUTES, given, strict=True))


def passes(test: Test, values: dict[str, int]) -> bool:
    """Whether a fact passes a test."""
    value = values[test.attribute]
    return {"==": value == test.value, ">=": value >= test.value, "<=": value <= test.value}[test.op]


def combinations(rule: FlatRule, facts: Sequence[Content]) -> Iterator[tuple[int, ...]]:
    """The numbers of the facts, in pattern order, for every way to meet a rule."""

    def extend(chosen: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        if len(chosen) == len(rule.patterns):
            yield chosen
            return
        pattern = rule.patterns[len(chosen)]
        for number, (kind, pairs) in enumerate(facts):
            values = dict(pairs)
            if (
                kind == pattern.kind
                and all(passes(test, values) for test in pattern.tests)
                and all(values[mine] == dict(facts[chosen[at]][1])[theirs] for mine, at, theirs in pattern.join)
            ):
                yield from extend((*chosen, number))

    return extend(())


def naively(case: Case) -> Firings:
    """Every firing at the fixpoint; facts are named by their place, or by their content when they were derived."""
    facts = list(case.facts)
    keys: list[Key] = [("given", number) for number in range(len(facts))]
    while True:
        firings: Firings = Counter()
        derived: dict[Content, None] = {}
        for rule in case.rules:
            for numbers in combinations(rule, facts):
                firings[rule.name, tuple(keys[number] for number in numbers)] += 1
                new = concluded(case, rule.name, facts[numbers[0]])
                if new is not None and ("derived", new) not in keys:
                    derived[new] = None
        if not derived:
            return firings
        facts += derived
        keys += [("derived", new) for new in derived]


def by_engine(case: Case, ruleset: Ruleset) -> Firings:
    """The same through durable-rules."""
    facts = list(case.facts)
    keys: list[Key] = [("given", number) for number in range(len(facts))]

    def on_match(rule: str, numbers: tuple[int, ...]) -> Sequence[Fact] | None:
        new = concluded(case, rule, facts[numbers[0]])
        if new is None or ("derived", new) in keys:
            return None
        facts.append(new)
        keys.append(("derived", new))
        return [new]

    found = ruleset.run(case.facts, on_match)
    return Counter((rule, tuple(keys[number] for number in numbers)) for rule, numbers in found)


def random_pattern(chance: random.Random, kinds: Sequence[str], pool: Sequence[int], position: int) -> Pattern:
    """A pattern of up to three tests and, from the second on, up to three joins to earlier ones."""
    tests = tuple(
        Test(chance.choice(ATTRIBUTES), chance.choice(OPERATORS), chance.choice(pool))
        for _ in range(chance.choice((0, 1, 1, 2, 3)))
    )
    joins = tuple(
        (chance.choice(ATTRIBUTES), chance.randint(0, position - 1), chance.choice(ATTRIBUTES))
        for _ in range(chance.choice((0, 1, 1, 2, 3)) if position else 0)
    )
    return Pattern(chance.choice(kinds), tests, joins)


def random_case(chance: random.Random) -> Case:
    """A small world: few kinds and values, so that much happens to match."""
    kinds = ("duty", "aid", "shift")[: chance.randint(1, 3)]
    pool = chance.choice(POOLS)
    rules = tuple(
        FlatRule(
            f"rule {number}",
            tuple(random_pattern(chance, kinds, pool, at) for at in range(chance.choice((1, 1, 2, 2, 3)))),
        )
        for number in range(chance.randint(1, 8))
    )
    conclusions = {
        rule.name: Conclusion(chance.choice(kinds), tuple(chance.choice((None, *pool)) for _ in ATTRIBUTES))
        for rule in rules
        if chance.randint(0, 2) == 0
    }
    facts = tuple(
        (chance.choice((*kinds, *kinds, "unheard")), tuple((name, chance.choice(pool)) for name in ATTRIBUTES))
        for _ in range(chance.randint(0, 7))
    )
    return Case(rules, conclusions, facts)


def main() -> None:
    """Compare as many random cases as asked for, and print what differed."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    firings = wrong = 0
    for number in range(asked.cases):
        case = random_case(random.Random(f"{asked.seed}/{number}"))  # noqa: S311 - no secret
        with Ruleset(case.rules) as ruleset:
            found, expected = by_engine(case, ruleset), naively(case)
        firings += sum(expected.values())
        if found != expected:
            wrong += 1
            print(f"case {asked.seed}/{number} differs: {case}")  # noqa: T201 - run by hand
    print(f"{asked.cases} cases, {firings} firings, {wrong} different")  # noqa: T201 - run by hand


if __name__ == "__main__":
    main()
