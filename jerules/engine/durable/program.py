"""A rule book as a program for the engine: which flat rules there are, and which verdicts each of them bears on.

A rule becomes alternatives. One that asks for an entry of at most one record is one flat rule, its tests on the job
joined in; one that asks for entries of several is met when a flat rule for each of them is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from jerules.engine import credit
from jerules.engine.durable.clauses import Clause, EntryClause, clauses
from jerules.engine.durable.normal import Formula, Literal, Reading, View
from jerules.engine.truth import NO, UNKNOWN, YES, Truth
from jerules.rulebook import model as m


@dataclass(slots=True)
class Part:
    """A flat rule to be: tests on the job, and an entry that meets a clause, or either alone.

    Its firing settles ``verdicts`` as it stands, and those in ``credited`` as far as its entry counts in a factor
    (target None) or is carried to a target. An entry that ``bars`` is kept out; ``carries`` are the targets that it is
    carried to.
    """

    factor: str
    job: frozenset[Literal]
    entry: EntryClause | None
    verdicts: list[int] = field(default_factory=list)
    credited: list[tuple[int, str | None]] = field(default_factory=list)
    bars: bool = False
    carries: list[str] = field(default_factory=list)

    @property
    def causes(self) -> tuple[str, ...]:
        """What follows for its entry: `BARS`, and the targets that it is carried to."""
        return (BARS, *self.carries) if self.bars else tuple(self.carries)

    @property
    def chained(self) -> bool:
        """Whether facts follow from its firing."""
        return bool(self.credited or self.bars or self.carries)


BARS: Final = "bars"


@dataclass(frozen=True, slots=True)
class Joint:
    """An alternative that asks for several parts: ``verdict`` is as true as the least true of ``parts``."""

    verdict: int
    parts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Program:
    """What the evaluator runs.

    Verdicts are kept in one list, which starts as ``start``; the parts of joints have places in it too. ``factors``,
    ``barred`` and ``carried`` say where each factor's verdicts are; ``rules`` which rule a verdict is on.
    """

    start: tuple[Truth, ...]
    parts: Mapping[str, tuple[Part, ...]]
    joints: tuple[Joint, ...]
    factors: Mapping[str, tuple[int, ...]]
    barred: Mapping[str, tuple[int, ...]]
    carried: Mapping[tuple[str, str], tuple[int, ...]]
    rules: Mapping[int, str]


class _Builder:
    def __init__(self, book: m.RuleBook) -> None:
        self.book = book
        self.start: list[Truth] = []
        self.parts: dict[str, dict[tuple[frozenset[Literal], EntryClause | None], Part]] = {}
        self.joints: list[Joint] = []
        self.rules: dict[int, str] = {}
        self.everything = Reading(book)

    def program(self) -> Program:
        factors = {key: self._factor(factor) for key, factor in self.book.factors.items()}
        barred = {key: tuple(map(self._bar, factor.bars)) for key, factor in self.book.factors.items()}
        carried = {
            (key, target): self._carried(factor, target, factors[key])
            for key, factor in self.book.factors.items()
            for target in credit.targets(factor)
        }
        parts = {key: tuple(found.values()) for key, found in self.parts.items()}
        return Program(tuple(self.start), parts, tuple(self.joints), factors, barred, carried, self.rules)

    def _verdict(self, truth: Truth = NO) -> int:
        self.start.append(truth)
        return len(self.start) - 1

    # ── rules ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _factor(self, factor: m.FactorRules) -> tuple[int, ...]:
        self.parts[factor.key] = {}
        return tuple(self._rule(factor, rule) for rule in factor.rules)

    def _rule(self, factor: m.FactorRules, rule: m.Rule) -> int:
        effect = rule.effect
        if isinstance(effect, m.Carries):
            formula: Formula = self.everything.entrywise(rule, effect.record)
            verdict, parts = self._add(factor.key, formula, None)
            for part in parts:
                part.carries.append(effect.factor)
        elif rule.condition is None:
            verdict = self._verdict(UNKNOWN)
        else:
            verdict = self._level(View(factor), rule)
        self.rules[verdict] = rule.id
        return verdict

    def _level(self, view: View, rule: m.Rule) -> int:
        counted = view if credit.credited(rule) else None
        if rule.condition is None:
            return self._verdict(UNKNOWN)
        return self._add(view.factor.key, Reading(self.book, counted).formula(rule.condition), counted)[0]

    def _bar(self, rule: m.Rule) -> int:
        effect = rule.effect
        if not isinstance(effect, m.Bars):
            return self._verdict()
        verdict, parts = self._add(effect.barred, self.everything.entrywise(rule, effect.record), None)
        for part in parts:
            part.bars = True
        return verdict

    def _carried(self, tool: m.FactorRules, target: str, plain: tuple[int, ...]) -> tuple[int, ...]:
        """The verdicts on a tool's rules as far as it is carried: only what credits evidence can differ."""
        return tuple(
            self._level(View(tool, target), rule) if credit.credited(rule) and rule.condition is not None else verdict
            for rule, verdict in zip(tool.rules, plain, strict=True)
        )

    # ── alternatives ─────────────────────────────────────────────────────────────────────────────────────────────

    def _add(self, factor: str, formula: Formula, view: View | None) -> tuple[int, list[Part]]:
        """A verdict for a formula, and the parts about an entry that bear on it."""
        verdict = self._verdict()
        about_entries: list[Part] = []
        for clause in clauses(formula):
            entries = [atom for atom in clause if isinstance(atom, EntryClause)]
            literals = frozenset(atom for atom in clause if isinstance(atom, Literal))
            if not clause:
                self.start[verdict] = YES
            elif len(entries) <= 1:
                part = self._part(factor, literals, entries[0] if entries else None)
                self._bear(part, verdict, view)
                about_entries += [part] if entries else []
            else:
                self._join(factor, clause, verdict, view)
        return verdict, about_entries

    def _join(self, factor: str, clause: Clause, verdict: int, view: View | None) -> None:
        entries = sorted((atom for atom in clause if isinstance(atom, EntryClause)), key=lambda atom: atom.record)
        literals = frozenset(atom for atom in clause if isinstance(atom, Literal))
        parts = [self._part(factor, frozenset(), entry) for entry in entries]
        if literals:
            parts.append(self._part(factor, literals, None))
        places = tuple(self._verdict() for _ in parts)
        for part, place in zip(parts, places, strict=True):
            self._bear(part, place, view)
        self.joints.append(Joint(verdict, places))

    def _part(self, factor: str, job: frozenset[Literal], entry: EntryClause | None) -> Part:
        found = self.parts[factor]
        return found.setdefault((job, entry), Part(factor, job, entry))

    def _bear(self, part: Part, verdict: int, view: View | None) -> None:
        if view is not None and part.entry is not None and view.guards(part.entry.record):
            part.credited.append((verdict, view.target))
        else:
            part.verdicts.append(verdict)


def program(book: m.RuleBook) -> Program:
    """The program of a rule book."""
    return _Builder(book).program()


def literals_of(parts: Iterable[Part]) -> Iterable[Literal]:
    """Every literal that flat rules test."""
    for part in parts:
        yield from part.job
        if part.entry is not None:
            yield from part.entry.literals
