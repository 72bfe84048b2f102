"""Flat rules and facts as the engine's JSON: whole numbers everywhere, and none of our names.

Rules become four digits, patterns one letter, kinds numbers and attributes ``a0``, ``a1``...: the engine compares names
by a 32-bit hash and gives some of them a meaning of their own, and short texts are read faster.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from string import ascii_uppercase
from typing import Final

from jerules.engine.durable.flat import FactShape, FlatRule, Pattern, Test, template, used_attributes
from jerules.faults import OurFault, listed

SENTINEL_ID: Final = 9_999
SENTINEL_FACT: Final = f'{{"id":{SENTINEL_ID},"q":0}}'
"""The fact that the first rule of every ruleset fires on, and no other does."""

SENTINEL_RULE: Final = "0000"

_WRITTEN_OPS: Final = {">=": "$gte", "<=": "$lte"}


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes facts of one shape for one ruleset: a %-format, and the choice of the values that the rules look at."""

    template: str
    choose: Callable[[Sequence[int]], Sequence[int]] | None


@dataclass(frozen=True, slots=True)
class Encoding:
    """A ruleset in the engine's words; ``text`` is what the engine is given."""

    text: str
    kinds: Mapping[str, int]
    attributes: Mapping[str, Mapping[str, str]]

    def writer(self, shape: FactShape) -> Writer | None:
        """How facts of this shape are written, or None if no rule looks at their kind.

        Raises:
            OurFault: a rule looks at an attribute that the shape does not have.
        """
        if shape.kind not in self.kinds:
            return None
        names = self.attributes[shape.kind]
        missing = [name for name in names if name not in shape.attributes]
        if missing:
            raise OurFault(f"facts of kind `{shape.kind}` must always have {listed(missing)}")
        places = [shape.attributes.index(name) for name in names]
        written = template(str(self.kinds[shape.kind]), list(names.values()))
        if places == list(range(len(shape.attributes))):
            return Writer(written, None)
        return Writer(written, _chooser(places))


def _chooser(places: Sequence[int]) -> Callable[[Sequence[int]], Sequence[int]]:
    match places:
        case []:
            return lambda _: ()
        case [only]:
            return lambda values: (values[only],)
        case _:
            return itemgetter(*places)


def encode(rules: Sequence[FlatRule]) -> Encoding:
    """The engine's text for rules that passed :func:`jerules.engine.durable.limits.check_limits`."""
    used = used_attributes(rules)
    kinds = {kind: number for number, kind in enumerate(used, start=1)}
    attributes = {kind: {name: f"a{place}" for place, name in enumerate(names)} for kind, names in used.items()}
    document: dict[str, object] = {SENTINEL_RULE: {"all": [{"A": {"$and": [{"q": 0}]}}], "dist": 0}}
    for number, rule in enumerate(rules, start=1):
        patterns = [
            {ascii_uppercase[position]: {"$and": _tests(rule, pattern, kinds, attributes)}}
            for position, pattern in enumerate(rule.patterns)
        ]
        # Without `dist: 0` one fact could not meet two patterns of a rule.
        document[f"{number:04d}"] = {"all": patterns, "dist": 0}
    return Encoding(json.dumps(document, separators=(",", ":")), kinds, attributes)


def _tests(
    rule: FlatRule, pattern: Pattern, kinds: Mapping[str, int], attributes: Mapping[str, Mapping[str, str]]
) -> list[object]:
    names = attributes[pattern.kind]
    tests: list[object] = [{"q": kinds[pattern.kind]}]
    tests += [_test(names[test.attribute], test) for test in pattern.tests]
    joins: list[object] = [
        {names[mine]: {ascii_uppercase[earlier]: attributes[rule.patterns[earlier].kind][theirs]}}
        for mine, earlier, theirs in pattern.join
    ]
    # When the last join of a pattern is false and the ones before are true, the engine reads past the end of the list.
    # The hash that it looks joins up by makes that rare, not impossible; said twice, the first join comes true last.
    return tests + joins + joins[:1]


def _test(name: str, test: Test) -> object:
    bare = {name: test.value}
    return bare if test.op == "==" else {_WRITTEN_OPS[test.op]: bare}
