"""The durable-rules evaluator: a rule book compiled to flat rules, and its verdicts found by forward chaining.

Facts are told as far as the answers leave them possible, so a rule that does not fire does not hold. One that fires may
hold; it holds if its facts, as far as they are established, pass its tests as well.

Where a factor bars evidence, a firing that credits an entry is a candidate fact, a bar's firing a bar fact, and a third
rule joins the two and strikes the candidate. A candidate that was struck stays in the record; it credits nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Final

from jerules.engine.durable.columns import Cuts, Row
from jerules.engine.durable.driver import Ruleset
from jerules.engine.durable.flat import FactShape, FlatRule, Pattern, ShapedFact
from jerules.engine.durable.kinds import ENTRY, Arranged, Kind, arrange
from jerules.engine.durable.normal import Fold, Literal, Tally, literals
from jerules.engine.durable.program import Part, Program, literals_of, program
from jerules.engine.durable.writer import FactWriter, Teller, Told, predicate
from jerules.engine.facts import Facts
from jerules.engine.truth import NO, UNKNOWN, YES, Truth
from jerules.engine.verdicts import Verdicts
from jerules.rulebook import model as m

MOST_FIRINGS: Final = 1_000_000
MOST_FACTS: Final = 90_000
"""A rule fires at most once an entry, so a run ends soon whatever the job; these only say when all hope is lost."""


@dataclass(frozen=True, slots=True)
class _Join:
    """A rule that joins candidates with the bars of their entry, or with what carries it to ``target``."""

    target: str | None


@dataclass(frozen=True, slots=True)
class _Fires:
    """A part, and for each pattern of its flat rule whether values pass it."""

    part: Part
    passes: tuple[Callable[[Row], bool], ...]
    verdicts: tuple[int, ...]
    chained: bool


@dataclass(frozen=True, slots=True)
class _Factor:
    """One factor's rules. Factors are run one by one: a session costs by the rules that it holds, used or not."""

    ruleset: Ruleset
    table: Mapping[str, _Fires | _Join]
    tellers: tuple[Teller, ...]


@dataclass(slots=True)
class _Candidate:
    """An entry that supports what a part bears on; ``struck`` and ``carried`` come to be known as rules fire."""

    part: Part
    entry: int
    truth: Truth
    struck: Truth = NO
    carried: dict[str, Truth] = field(default_factory=dict)

    def credited(self, target: str | None) -> Truth:
        """How certain it is that the entry's evidence counts (target None: in the factor itself)."""
        truth = min(self.truth, YES - self.struck)
        return truth if target is None else min(truth, self.carried.get(target, NO))


class DurableEvaluator:
    """Finds the truth of every rule by forward chaining in durable-rules.

    Raises:
        Unavailable: durable-rules cannot be used here.
        OurFault: the rule book cannot be compiled, or a run failed.
    """

    name = "durable-rules"

    def __init__(self, book: m.RuleBook) -> None:
        self._program = program(book)
        parts = [part for some in self._program.parts.values() for part in some]
        every = [inner for literal in literals_of(parts) for inner in literals(literal)]
        cuts = Cuts(every)
        self._writer = FactWriter(book, every, cuts)
        self._factors = tuple(
            _factor(arrange(factor, some, self._writer.place, cuts))
            for factor, some in self._program.parts.items()
            if some
        )
        self._pick = {
            "factors": {key: _picked(places) for key, places in self._program.factors.items()},
            "barred": {key: _picked(places) for key, places in self._program.barred.items()},
        }
        self._carried = {pair: _picked(places) for pair, places in self._program.carried.items()}

    @property
    def flat_rules(self) -> int:
        """How many flat rules the rule book became."""
        return sum(len(factor.table) for factor in self._factors)

    def verdicts(self, facts: Facts) -> Verdicts:
        """The truth of every rule."""
        values = self._run(facts).values()
        return Verdicts(
            {key: pick(values) for key, pick in self._pick["factors"].items()},
            {key: pick(values) for key, pick in self._pick["barred"].items()},
            {pair: pick(values) for pair, pick in self._carried.items()},
        )

    def supports(self, facts: Facts) -> dict[str, set[tuple[str, int]]]:
        """The entries that support each rule that holds, or may hold, by the rule's id: record and number from 0.

        Of a rule that holds, those that establish it. What is counted over several entries is supported by each that
        is counted; a rule that was folded (see `clauses`) by everything that is counted in it.
        """
        run = self._run(facts)
        values = run.values()
        found: dict[str, set[tuple[str, int]]] = {}
        for verdict, truth, entries in self._supported(run, facts, values):
            if truth and truth == values[verdict] and (rule := self._program.rules.get(verdict)):
                found.setdefault(rule, set()).update(entries)
        return found

    def _run(self, facts: Facts) -> _Run:
        rows = self._writer.rows(facts)
        run = _Run(self._program)
        for factor in self._factors:
            told = Told()
            for teller in factor.tellers:
                teller.tell(told, rows)
            if told.facts:
                run.start(factor, told)
                factor.ruleset.run(told.facts, run.on_match)
        return run

    def _supported(
        self, run: _Run, facts: Facts, values: Sequence[Truth]
    ) -> list[tuple[int, Truth, set[tuple[str, int]]]]:
        """Every firing that stands, joints resolved: the verdict, how certain it is, and the entries."""
        joint_of = {part: joint for joint in self._program.joints for part in joint.parts}
        found = []
        for verdict, truth, part, entry in run.standing():
            entries = {(part.entry.record, entry)} if part.entry and entry >= 0 else set()
            for literal in part.job:
                entries |= self._counted(literal, facts, truth)
            if (joint := joint_of.get(verdict)) is None:
                found.append((verdict, truth, entries))
            elif truth >= (whole := min(values[place] for place in joint.parts)):
                found.append((joint.verdict, whole, entries))
        return found

    def _counted(self, literal: Literal, facts: Facts, truth: Truth) -> set[tuple[str, int]]:
        attribute = literal.attribute
        inner = literals(attribute.formula) if isinstance(attribute, Fold) else (literal,)
        tallies = [x.attribute for x in inner if isinstance(x.attribute, Tally) and not x.attribute.negated]
        return {
            (tally.about, number)
            for tally in tallies
            for number, member in self._writer.members(facts, tally).items()
            if member >= truth
        }


class _Run:
    """What comes to be known in the runs for one job."""

    def __init__(self, compiled: Program) -> None:
        self._joints = compiled.joints
        self._values = list(compiled.start)
        self._firings: list[tuple[Part, int, Truth]] = []
        self._candidates: list[_Candidate] = []

    def start(self, factor: _Factor, told: Told) -> None:
        """Make ready for the facts of a factor."""
        self._table = factor.table
        self._entries, self._established = told.entries, told.established
        self._told = len(told.facts)
        self._causes: dict[int, Truth] = {}
        self._by_number: dict[int, _Candidate] = {}
        self._waiting: dict[str, list[_Candidate]] = {}
        self._seen: dict[tuple[str, str, int], Truth] = {}

    def on_match(self, name: str, numbers: tuple[int, ...]) -> list[ShapedFact] | None:
        """Take note of a firing; give the facts that follow."""
        fired = self._table[name]
        if isinstance(fired, _Join):
            self._joined(fired, *numbers)
            return None
        truth = YES
        if self._established:
            established = self._established
            for number, passes in zip(numbers, fired.passes, strict=True):
                if number in established and not ((values := established[number]) is not None and passes(values)):
                    truth = UNKNOWN
                    break
        entry = self._entries[numbers[-1]]
        self._firings.append((fired.part, entry, truth))
        verdicts = self._values
        for verdict in fired.verdicts:
            verdicts[verdict] = max(verdicts[verdict], truth)
        return self._chain(fired.part, entry, truth) if fired.chained else None

    def _chain(self, part: Part, entry: int, truth: Truth) -> list[ShapedFact]:
        """The facts that follow from a part about an entry: a candidate, a bar, what carries it somewhere.

        Candidates are told once there is something to join them with; most jobs have nothing that is barred.
        """
        record = part.entry.record if part.entry else ""
        follow: list[ShapedFact] = []
        if part.credited:
            candidate = _Candidate(part, entry, truth)
            self._candidates.append(candidate)
            self._waiting.setdefault(record, []).append(candidate)
        for what in part.causes:
            if self._seen.get((record, what, entry), NO) < truth:
                self._seen[record, what, entry] = truth
                self._causes[self._number(len(follow))] = truth
                follow.append((_shape(part.factor, record, what), (entry,)))
        if part.causes or any(record == known for known, _, _ in self._seen):
            for candidate in self._waiting.pop(record, ()):
                self._by_number[self._number(len(follow))] = candidate
                follow.append((_shape(part.factor, record, "credits"), (candidate.entry,)))
        self._told += len(follow)
        return follow

    def _number(self, after: int) -> int:
        """The number of a fact that is to be told after so many others."""
        return self._told + after

    def _joined(self, join: _Join, cause: int, number: int) -> None:
        """A candidate and what bears on it: a bar strikes it, a carry takes it to a target."""
        candidate = self._by_number[number]
        truth = self._causes[cause]
        if join.target is None:
            candidate.struck = max(candidate.struck, truth)
        else:
            candidate.carried[join.target] = max(candidate.carried.get(join.target, NO), truth)

    def values(self) -> list[Truth]:
        """The truth of every verdict."""
        values = self._values
        for candidate in self._candidates:
            for verdict, target in candidate.part.credited:
                truth = candidate.credited(target)
                values[verdict] = max(values[verdict], truth)
        for joint in self._joints:
            truth = min(values[part] for part in joint.parts)
            values[joint.verdict] = max(values[joint.verdict], truth)
        return values

    def standing(self) -> list[tuple[int, Truth, Part, int]]:
        """Every firing that bears on a verdict: the verdict, how certain it is, the part and its entry."""
        found = [(verdict, truth, part, entry) for part, entry, truth in self._firings for verdict in part.verdicts]
        for one in self._candidates:
            found += [(v, t, one.part, one.entry) for v, target in one.part.credited if (t := one.credited(target))]
        return found


# ── putting it together ──────────────────────────────────────────────────────────────────────────────────────────

_SHAPES: Final[dict[tuple[str, str, str], FactShape]] = {}


def _shape(factor: str, record: str, what: str) -> FactShape:
    """The facts that say what an entry of a record does in a factor: it supports, is barred, is carried to a target."""
    key = (factor, record, what)
    if key not in _SHAPES:
        _SHAPES[key] = FactShape(f"f{factor}.{record}.{what}", (ENTRY,))
    return _SHAPES[key]


def _joins(parts: Sequence[Part]) -> dict[str, tuple[FlatRule, _Join]]:
    """The rules that strike candidates, and that carry them."""
    found: dict[str, tuple[FlatRule, _Join]] = {}
    credited = {(part.factor, part.entry.record) for part in parts if part.credited and part.entry}
    for part in parts:
        if part.entry is None or (part.factor, part.entry.record) not in credited:
            continue
        for what in part.causes:
            cause = _shape(part.factor, part.entry.record, what).kind
            effect = _shape(part.factor, part.entry.record, "credits").kind
            patterns = Pattern(cause, ()), Pattern(effect, (), ((ENTRY, 0, ENTRY),))
            found[cause] = FlatRule(cause, patterns), _Join(None if what == "bars" else what)
    return found


def _factor(arranged: Arranged) -> _Factor:
    shapes = {kind.shape.kind: kind.shape for kind in arranged.kinds}
    table: dict[str, _Fires | _Join] = {}
    for rule in arranged.rules:
        part = arranged.parts[rule.name]
        passes = tuple(predicate(pattern, shapes[pattern.kind]) for pattern in rule.patterns)
        table[rule.name] = _Fires(part, passes, tuple(part.verdicts), part.chained)
    joins = _joins(list(arranged.parts.values()))
    table |= {name: join for name, (_, join) in joins.items()}
    rules = [*arranged.rules, *(rule for rule, _ in joins.values())]
    kinds: dict[str, list[Kind]] = {}
    for kind in arranged.kinds:
        kinds.setdefault(kind.record, []).append(kind)
    tellers = tuple(Teller(record, some) for record, some in kinds.items())
    return _Factor(Ruleset(rules, most_firings=MOST_FIRINGS, most_facts=MOST_FACTS), table, tellers)


def _picked(places: Sequence[int]) -> Callable[[Sequence[Truth]], tuple[Truth, ...]]:
    """A function that takes some verdicts from all."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda values: tuple(values[place] for place in places)
