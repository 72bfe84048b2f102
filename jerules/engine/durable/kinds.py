"""The parts of a program as flat rules over kinds of fact, arranged so that the engine has little to look at.

The engine reads every attribute of every fact, so facts are kept small and few. Each pattern begins with a gate, the
test that most patterns share; a fact that passes no gate meets no rule, and is not told. Of an entry, one fact has all
that the patterns look at. Of the job, of which much is asked and little true, there is a fact for every gate that it
passes, with what the patterns behind that gate look at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from jerules.engine.durable.columns import Cuts
from jerules.engine.durable.flat import FactShape, FlatRule, Pattern, Test
from jerules.engine.durable.limits import check_limits
from jerules.engine.durable.normal import Attribute, Flag, Literal, Side
from jerules.engine.durable.program import Part
from jerules.faults import OurFault
from jerules.rulebook.questions import JOB

ENTRY = "entry"
"""The attribute of the facts that say of an entry that it supports, is kept out, or is carried: its number."""

Place = Callable[[Attribute], int]
"""Where an attribute stands in the rows of its record."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fact: about entries that pass one of ``gates``, with the values at ``places`` of their rows.

    A gate is a place in the row, an operator and a number. Without gates all entries are told.
    """

    record: str
    shape: FactShape
    places: tuple[int, ...]
    gates: tuple[tuple[int, str, int], ...]


@dataclass(slots=True)
class Arranged:
    """Flat rules, the part that each stands for, and the kinds of fact that they look at."""

    rules: list[FlatRule] = field(default_factory=list)
    parts: dict[str, Part] = field(default_factory=dict)
    kinds: list[Kind] = field(default_factory=list)


def arrange(factor: str, parts: Sequence[Part], place: Place, cuts: Cuts) -> Arranged:
    """The flat rules of a factor; in as many kinds of fact as keep what one fact meets within the engine's limits."""
    whole = Arranged()
    waiting = [list(parts)]
    while waiting:
        some = waiting.pop()
        chunk = _chunk(f"f{factor}.{len(whole.kinds)}", some, place, cuts)
        try:
            check_limits(chunk.rules)
        except OurFault:
            if len(some) == 1:
                raise
            half = len(some) // 2
            waiting += [some[half:], some[:half]]
            continue
        whole.rules += chunk.rules
        whole.parts |= chunk.parts
        whole.kinds += chunk.kinds
    return whole


def _chunk(stem: str, parts: Sequence[Part], place: Place, cuts: Cuts) -> Arranged:
    kinds = _Kinds(stem, parts, place, cuts)
    found = Arranged()
    for number, part in enumerate(parts):
        patterns = [kinds.pattern(record, literals) for record, literals in _asked(part)]
        rule = FlatRule(f"{stem}/{number}", tuple(patterns))
        found.rules.append(rule)
        found.parts[rule.name] = part
    found.kinds = kinds.kinds(found.rules)
    return found


def _asked(part: Part) -> list[tuple[str, frozenset[Literal]]]:
    """What a part asks of the job, and then of an entry."""
    of_job = [(JOB, part.job)] if part.job else []
    return of_job if part.entry is None else [*of_job, (part.entry.record, part.entry.literals)]


class _Kinds:
    """The kinds of fact that some parts look at."""

    def __init__(self, stem: str, parts: Sequence[Part], place: Place, cuts: Cuts) -> None:
        self._stem, self._place, self._cuts = stem, place, cuts
        asked = [one for part in parts for one in _asked(part)]
        self._often = Counter(literal.attribute for _, literals in asked for literal in literals)
        self._records: dict[str, str] = {}
        self._gates: dict[str, set[Test | None]] = {}

    def pattern(self, record: str, literals: frozenset[Literal]) -> Pattern:
        """The pattern that asks for these literals."""
        tests = [self._test(literal) for literal in sorted(literals, key=self._rank)]
        gate = tests[0] if tests else None
        name = f"{self._stem}.{record}"
        if record == JOB and gate:
            name = f"{name}.{gate.attribute}"
            if gate.op == "==":
                tests.remove(gate)  # the fact is told only where it holds
        self._records[name] = record
        self._gates.setdefault(name, set()).add(gate)
        return Pattern(name, tuple(tests))

    def _rank(self, literal: Literal) -> tuple[int, int, int]:
        """What many rules ask stands first, and what is 0 or 1 before what is measured, for it excludes more."""
        attribute = literal.attribute
        measured = isinstance(attribute, Side)
        flag = 2 if measured else int(isinstance(attribute, Flag) and attribute.negated)
        return flag, -self._often[attribute], self._place(attribute)

    def _test(self, literal: Literal) -> Test:
        attribute = literal.attribute
        name = f"a{self._place(attribute)}"
        if isinstance(attribute, Side):
            return Test(name, ">=" if attribute.up else "<=", self._cuts.limit(literal))
        return Test(name, "==", 1)

    def kinds(self, rules: Sequence[FlatRule]) -> list[Kind]:
        """The kinds that the patterns of these rules name, with the attributes that they look at."""
        names: dict[str, dict[str, None]] = {}
        for rule in rules:
            for one in rule.patterns:
                names.setdefault(one.kind, {}).update((test.attribute, None) for test in one.tests)
        return [self._kind(name, tuple(attributes)) for name, attributes in names.items()]

    def _kind(self, name: str, attributes: tuple[str, ...]) -> Kind:
        places = tuple(int(attribute[1:]) for attribute in attributes)
        return Kind(self._records[name], FactShape(name, attributes), places, _weakest(self._gates[name]))


def _weakest(gates: Collection[Test | None]) -> tuple[tuple[int, str, int], ...]:
    """The gates that let through whatever one of these lets through."""
    limits: dict[tuple[str, str], list[int]] = {}
    for gate in gates:
        if gate is None:
            return ()
        limits.setdefault((gate.attribute, gate.op), []).append(gate.value)
    return tuple(
        (int(attribute[1:]), op, max(values) if op == "<=" else min(values))
        for (attribute, op), values in sorted(limits.items())
    )
