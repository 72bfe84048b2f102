"""The same flat rules in other engines: CLIPS, and decision tables of zen-engine.

Both are extras of developers. Nothing else in jerules uses them.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable, Iterator, Sequence
from importlib import metadata
from itertools import product
from typing import Any, Final

from jerules.engine.durable.flat import Firing, FlatRule, Pattern, ShapedFact, Test, used_attributes
from tests.benchmarks.flat import Flat, FlatJob

PEERS: Final = {"clips": "clipspy", "zen": "zen-engine"}
"""The modules of the other engines, and what each is installed as."""

Peer = Callable[[FlatJob], list[Firing]]


def version_of(package: str) -> str:
    """The installed version of a package, or an empty string."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


def clips(flat: Flat) -> Peer:
    """CLIPS: a template for each kind of fact, and a rule for each rule; every firing is added to a global."""
    environment: Any = importlib.import_module("clips").Environment()
    rules = [rule for some in flat.rules for rule in some]
    kinds = used_attributes(rules)
    environment.build("(defglobal ?*fired* = (create$))")
    names = {kind: f"k{number}" for number, kind in enumerate(kinds)}
    for kind, attributes in kinds.items():
        slots = "".join(f" (slot {name} (type INTEGER))" for name in ("id", *attributes))
        environment.build(f"(deftemplate {names[kind]}{slots})")
    for number, rule in enumerate(rules):
        environment.build(_defrule(number, rule, names))
    templates = {kind: environment.find_template(names[kind]).assert_fact for kind in kinds}
    fired = environment.find_global("fired")
    sizes = [(rule.name, len(rule.patterns)) for rule in rules]

    def run(job: FlatJob) -> list[Firing]:
        environment.reset()
        for _, facts in job.facts:
            for number, (shape, values) in enumerate(facts):
                if tell := templates.get(shape.kind):
                    given = dict(zip(shape.attributes, values, strict=True))
                    tell(id=number, **{name: given[name] for name in kinds[shape.kind]})
        environment.run()
        return _firings(fired.value, sizes)

    return run


def _defrule(number: int, rule: FlatRule, names: dict[str, str]) -> str:
    patterns = [_pattern(place, rule, names) for place in range(len(rule.patterns))]
    numbers = " ".join(f"?n{place}" for place in range(len(rule.patterns)))
    return f"(defrule r{number} {' '.join(patterns)} => (bind ?*fired* (create$ ?*fired* {number} {numbers})))"


def _pattern(place: int, rule: FlatRule, names: dict[str, str]) -> str:
    pattern = rule.patterns[place]
    asked: dict[str, list[str]] = {}
    for test in pattern.tests:
        limit = str(test.value) if test.op == "==" else f":({test.op} ?v{place}_{test.attribute} {test.value})"
        asked.setdefault(test.attribute, []).append(limit)
    joined = {(mine, earlier, theirs) for mine, earlier, theirs in pattern.join}
    for mine, earlier, theirs in joined:
        asked.setdefault(mine, []).append(f"?v{earlier}_{theirs}")
    bound = {theirs for later in rule.patterns for _, earlier, theirs in later.join if earlier == place}
    for name in bound:
        asked.setdefault(name, [])
    slots = [f"({name} {_constraint(f'?v{place}_{name}', limits)})" for name, limits in asked.items()]
    return f"({names[pattern.kind]} (id ?n{place}) {' '.join(slots)})"


def _constraint(variable: str, limits: Sequence[str]) -> str:
    return limits[0] if len(limits) == 1 and limits[0][0] not in "?:" else "&".join((variable, *limits))


def _firings(numbers: Sequence[int], sizes: Sequence[tuple[str, int]]) -> list[Firing]:
    found: list[Firing] = []
    at = 0
    while at < len(numbers):
        name, size = sizes[numbers[at]]
        found.append((name, tuple(numbers[at + 1 : at + 1 + size])))
        at += 1 + size
    return found


# ── zen-engine ───────────────────────────────────────────────────────────────────────────────────────────────────


class _Table:
    """A decision table for one kind of fact, with a row for each different pattern; it says which are met."""

    def __init__(self, patterns: Sequence[tuple[Test, ...]], engine: Any) -> None:  # noqa: ANN401 - zen has no types
        self.always = [number for number, tests in enumerate(patterns) if not tests]
        asked = {number: tests for number, tests in enumerate(patterns) if tests}
        self.attributes = tuple(dict.fromkeys(test.attribute for tests in asked.values() for test in tests))
        self._evaluate = engine.create_decision(json.dumps(self._graph(asked))).evaluate if asked else None

    def _graph(self, asked: dict[int, tuple[Test, ...]]) -> dict[str, object]:
        rows = [{"_id": f"r{number}", "o": str(number), **self._cells(tests)} for number, tests in asked.items()]
        content = {
            "hitPolicy": "collect",
            "executionMode": "loop",
            "inputField": "facts",
            "outputPath": "met",
            "passThrough": False,
            "inputs": [{"id": name, "name": name, "field": name} for name in self.attributes],
            "outputs": [{"id": "o", "name": "pattern", "field": "p"}],
            "rules": rows,
        }
        nodes: list[dict[str, object]] = [
            {"id": "in", "name": "in", "type": "inputNode"},
            {"id": "table", "name": "table", "type": "decisionTableNode", "content": content},
            {"id": "out", "name": "out", "type": "outputNode"},
        ]
        edges = [
            {"id": "e0", "type": "edge", "sourceId": "in", "targetId": "table"},
            {"id": "e1", "type": "edge", "sourceId": "table", "targetId": "out"},
        ]
        return {"nodes": [{**node, "position": {"x": 0, "y": 0}} for node in nodes], "edges": edges}

    def _cells(self, tests: Sequence[Test]) -> dict[str, str]:
        cells = dict.fromkeys(self.attributes, "")
        for test in tests:
            text = str(test.value) if test.op == "==" else f"{test.op} {test.value}"
            cells[test.attribute] = f"{cells[test.attribute]} and {text}" if cells[test.attribute] else text
        return cells

    def met(self, facts: Sequence[ShapedFact]) -> list[list[int]]:
        """The patterns that each fact meets."""
        if self._evaluate is None:
            return [self.always] * len(facts)
        given = [dict(zip(shape.attributes, values, strict=True)) for shape, values in facts]
        found = self._evaluate({"facts": given})["result"]["met"]
        return [[*self.always, *(row["p"] for row in rows)] for rows in found]


_Key = tuple[str, int]
"""A kind of fact, and one of the patterns that rules have for it."""


def zen(flat: Flat) -> Peer:
    """Decision tables of zen-engine: one for each kind of fact, which collects the patterns that are met.

    Its tables look at one thing at a time, so rules of several patterns are joined here.
    """
    tables = _Tables(flat)
    return lambda job: [firing for _, facts in job.facts for firing in tables.firings(facts)]


class _Tables:
    """The decision tables of all kinds of fact, and which rules follow from the patterns."""

    def __init__(self, flat: Flat) -> None:
        engine = importlib.import_module("zen").ZenEngine()
        rules = [rule for some in flat.rules for rule in some]
        patterns: dict[str, dict[tuple[Test, ...], int]] = {}
        for pattern in (pattern for rule in rules for pattern in rule.patterns):
            known = patterns.setdefault(pattern.kind, {})
            known.setdefault(pattern.tests, len(known))
        self._tables = {kind: _Table(list(known), engine) for kind, known in patterns.items()}
        keys = [tuple((one.kind, patterns[one.kind][one.tests]) for one in rule.patterns) for rule in rules]
        self._single: dict[_Key, list[str]] = {}
        self._joined: list[tuple[FlatRule, tuple[_Key, ...]]] = []
        for rule, asked in zip(rules, keys, strict=True):
            if len(asked) == 1:
                self._single.setdefault(asked[0], []).append(rule.name)
            else:
                self._joined.append((rule, asked))
        self._in_joins = {key for _, asked in self._joined for key in asked}

    def firings(self, facts: Sequence[ShapedFact]) -> list[Firing]:
        """Which rules fire on which of these facts."""
        found: list[Firing] = []
        waiting: dict[_Key, list[int]] = {}
        for key, number in self._met(facts):
            found += [(name, (number,)) for name in self._single.get(key, ())]
            if key in self._in_joins:
                waiting.setdefault(key, []).append(number)
        for rule, asked in self._joined if waiting else ():
            if all(key in waiting for key in asked):
                some = product(*[waiting[key] for key in asked])
                found += [(rule.name, numbers) for numbers in some if _fits(rule, numbers, facts)]
        return found

    def _met(self, facts: Sequence[ShapedFact]) -> Iterator[tuple[_Key, int]]:
        """Every pattern that is met, with the number of the fact that meets it; all facts of a kind at once."""
        by_kind: dict[str, list[int]] = {}
        for number, (shape, _) in enumerate(facts):
            if shape.kind in self._tables:
                by_kind.setdefault(shape.kind, []).append(number)
        for kind, numbers in by_kind.items():
            met = self._tables[kind].met([facts[number] for number in numbers])
            for number, patterns in zip(numbers, met, strict=True):
                for pattern in patterns:
                    yield (kind, pattern), number


def _fits(rule: FlatRule, numbers: Sequence[int], facts: Sequence[ShapedFact]) -> bool:
    """Whether the facts of one combination are equal where the rule asks for it."""

    def value(place: int, name: str) -> int:
        shape, values = facts[numbers[place]]
        return values[shape.attributes.index(name)]

    def joins(place: int, pattern: Pattern) -> bool:
        return all(value(place, mine) == value(earlier, theirs) for mine, earlier, theirs in pattern.join)

    return all(joins(place, pattern) for place, pattern in enumerate(rule.patterns))
