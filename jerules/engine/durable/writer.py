"""Writes a job's facts for the engine: rows of small whole numbers, as far as established and as far as possible.

What needs all the entries of a record at once (how many meet a condition, what they come to together, that none does)
is counted here, before the rules run, and is an attribute of the job.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter
from typing import Any, Final, TypeAlias, cast

from jerules.engine.durable.columns import MOST_KEPT, BaseAttribute, Columns, Cuts, Row, Rows, as_flags
from jerules.engine.durable.flat import FactShape, Pattern, ShapedFact
from jerules.engine.durable.kinds import Kind
from jerules.engine.durable.normal import (
    And,
    Attribute,
    Count,
    Exists,
    Flag,
    Fold,
    Formula,
    Literal,
    NotAsked,
    Or,
    Side,
    Tally,
    Unsettled,
)
from jerules.engine.facts import Facts, Slots, slot
from jerules.engine.truth import NO, UNKNOWN, YES, Truth, compare
from jerules.faults import OurFault
from jerules.quantities.kinds import WHOLE_SHARE, Exact
from jerules.quantities.kinds import Kind as QuantityKind
from jerules.rulebook import conditions as c
from jerules.rulebook.model import RuleBook
from jerules.rulebook.questions import JOB, Record

_Work: TypeAlias = Callable[[Row, Row], Row]
_Pick: TypeAlias = Callable[[Row], Row]
_Members: TypeAlias = Callable[[Row, Row], int]
_NEITHER: Final[Row] = ()


@dataclass(slots=True)
class Told:
    """The facts of one job as far as they are possible, in the order in which the engine numbers them.

    ``entries`` has the number of the entry each is about (-1: the job). Of those that are not certain, ``established``
    has the values as far as they are established, by the number of the fact; None if nothing of it is.
    """

    facts: list[ShapedFact] = field(default_factory=list)
    entries: list[int] = field(default_factory=list)
    established: dict[int, Row | None] = field(default_factory=dict)


class _Sum:
    """A comparison with what entries come to."""

    def __init__(self, compared: c.Compare, record: Record) -> None:
        self._compared = compared
        self._low = slot(record, compared.question, compared.part)
        self._high = self._low + 1
        self._overlaps = compared.question.type.kind in {QuantityKind.FREQUENCY, QuantityKind.SHARE}
        self._whole = compared.part is c.Part.SHARE or compared.bound.kind is QuantityKind.SHARE
        self._kept: dict[tuple[Exact, Exact], Truth] = {}

    def truth(self, sure: Sequence[Slots], may: Sequence[Slots]) -> Truth:
        """The truth of the comparison, given the entries that surely count and those that may."""
        # Where no entry is sure to count, at least one has to, or there is nothing to add up.
        ends = [entry[self._low] for entry in sure] or [min(entry[self._low] for entry in may)]
        # Shares may all fall on the same shifts: then the largest of them is all there is.
        low: Exact = max(ends, default=0) if self._overlaps else sum(ends)
        high: Exact = sum([entry[self._high] for entry in may])
        if self._whole:
            high = min(high, WHOLE_SHARE)
        found = self._kept.get((low, high))
        if found is None:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            found = self._kept[low, high] = compare(self._compared.op, low, high, self._compared.bound)
        return found


@dataclass(frozen=True, slots=True)
class _Tallied:
    """A tally, where it stands in the row of the job, and the bit of its members."""

    tally: Tally
    place: int
    bit: int
    sums: tuple[_Sum, ...]

    def truth(self, met: Sequence[_Met], established: int) -> Truth:
        """The truth of the tally (not of its negation); ``established``: the formulas that some entry surely meets."""
        bit = self.bit
        if self.tally.number == 1 and not self.sums:
            return YES if established & bit else UNKNOWN
        may = [entry for _, bits, entry in met if bits & bit]
        if len(may) < self.tally.number:
            return NO
        sure = [entry for bits, _, entry in met if bits & bit]
        truth = YES if len(sure) >= self.tally.number else UNKNOWN
        for one in self.sums:
            truth = min(truth, one.truth(sure, may))
        return truth


_Met: TypeAlias = tuple[int, int, Slots]
"""An entry, and which member formulas of its record it meets (a bit for each): surely, and possibly."""


class _Layout:
    """One record: its columns, then what is worked out from them."""

    def __init__(self, record: Record, attributes: Sequence[Attribute], cuts: Cuts) -> None:
        self.record = record
        base: list[BaseAttribute] = [a for a in attributes if isinstance(a, Side | Flag)]
        self.columns = Columns(record, base, cuts)
        rest: list[Attribute] = [a for a in attributes if not isinstance(a, Side | Flag)]
        rest.sort(key=_stage)
        self.attributes: list[Attribute] = [*self.columns.attributes, *rest]
        self.place = {attribute: place for place, attribute in enumerate(self.attributes)}
        self.folds = [a for a in rest if isinstance(a, Fold)]


def _stage(attribute: Attribute) -> int:
    order = (Unsettled, NotAsked, Tally, Fold)
    return next(stage for stage, kind in enumerate(order) if isinstance(attribute, kind))


class FactWriter:
    """Writes facts of the kinds that rules look at."""

    def __init__(self, book: RuleBook, literals: Iterable[Literal], cuts: Cuts) -> None:
        self._cuts = cuts
        attributes: dict[str, dict[Attribute, None]] = {JOB: {}}
        for literal in literals:
            attributes.setdefault(literal.attribute.record, {})[literal.attribute] = None
            if isinstance(literal.attribute, Tally | NotAsked):
                attributes.setdefault(literal.attribute.about, {})
        self._layouts = {name: _Layout(book.records[name], list(found), cuts) for name, found in attributes.items()}
        self._job = self._layouts[JOB]
        self._records = [layout for name, layout in self._layouts.items() if name != JOB]
        self._work = {layout.record.name: self._folding(layout) for layout in self._layouts.values()}
        self._not_asked = [(n, a.about) for a, n in self._job.place.items() if isinstance(a, NotAsked)]
        self._unsettled = Unsettled() in self._job.place
        # A tally of entries of which none is a member: it is not met, its negation is.
        worked_out = [a for a in self._job.attributes if isinstance(a, NotAsked | Tally)]
        self._of_nothing = [int(isinstance(a, Tally) and a.negated) for a in worked_out]
        self._tallies: dict[str, list[_Tallied]] = {}
        self._members = {layout.record.name: self._counting(layout.record.name) for layout in self._records}

    def place(self, attribute: Attribute) -> int:
        """Where an attribute stands in the rows of its record."""
        return self._layouts[attribute.record].place[attribute]

    # ── work prepared once ───────────────────────────────────────────────────────────────────────────────────────

    def _folding(self, layout: _Layout) -> _Work | None:
        if not layout.folds:
            return None
        texts = [f"1 if {self._expression(fold.formula, layout.record.name)} else 0" for fold in layout.folds]
        return cast("_Work", _compiled("e, j", f"({', '.join(texts)},)"))

    def _counting(self, record: str) -> _Members | None:
        """The function that tells which member formulas of a record an entry meets, a bit for each."""
        formulas: dict[Formula, int] = {}
        self._tallies[record] = found = []
        for attribute, place in self._job.place.items():
            if isinstance(attribute, Tally) and attribute.about == record:
                bit = 1 << formulas.setdefault(attribute.members, len(formulas))
                sums = tuple(_Sum(compared, self._layouts[record].record) for compared in attribute.together)
                found.append(_Tallied(attribute, place, bit, sums))
        if not formulas:
            return None
        bits = [f"({1 << n} if {self._expression(formula, record)} else 0)" for formula, n in formulas.items()]
        return cast("_Members", _compiled("e, j", " | ".join(bits)))

    def _expression(self, formula: Formula, record: str) -> str:
        """A formula as Python over the rows of an entry, ``e``, and of the job, ``j``."""
        match formula:
            case And(parts=parts):
                return f"({' and '.join(self._expression(p, record) for p in parts)})" if parts else "True"
            case Or(parts=parts):
                return f"({' or '.join(self._expression(p, record) for p in parts)})" if parts else "False"
            case Count(number=number, parts=parts):
                return f"({' + '.join(f'bool({self._expression(p, record)})' for p in parts)} >= {number})"
            case Exists():
                raise OurFault("an existence cannot be worked out of one entry")
        attribute = formula.attribute
        row = "e" if attribute.record == record and record != JOB else "j"
        value = f"{row}[{self.place(attribute)}]"
        if isinstance(attribute, Side):
            return f"{value} {'>=' if attribute.up else '<='} {self._cuts.limit(formula)}"
        return value

    # ── one job ──────────────────────────────────────────────────────────────────────────────────────────────────

    def rows(self, facts: Facts) -> dict[str, Sequence[Rows]]:
        """The rows of the job and of every entry."""
        job = self._job_base(facts)
        found: dict[str, Sequence[Rows]] = {}
        met: dict[str, list[_Met]] = {}
        for layout in self._records:
            name = layout.record.name
            entries = facts.records.get(name)
            met[name] = []
            found[name] = self._read(layout, entries, job, met[name]) if entries else ()
        found[JOB] = (self._job_rows(facts, job, met),)
        return found

    def _job_base(self, facts: Facts) -> Rows:
        """The rows of the job without what is worked out of its entries."""
        job = self._job.columns.rows(facts.job)
        return ((*job[0], 0), (*job[1], 1)) if self._unsettled else job

    def _read(self, layout: _Layout, entries: Sequence[Slots], job: Rows, met: list[_Met]) -> list[Rows]:
        """The rows of a record's entries; those that meet a member formula are added to ``met``."""
        work, members = self._work[layout.record.name], self._members[layout.record.name]
        found: list[Rows] = []
        for entry in entries:
            rows = sure, may = layout.columns.rows(entry)
            one = sure is may and job[0] is job[1]
            if members is not None and (bits := members(may, job[1])):
                met.append((bits if one else members(sure, job[0]), bits, entry))
            if work is not None:
                more = work(may, job[1])
                firm = more if one else work(sure, job[0])
                if sure is may and firm == more:
                    sure = may = sure + more
                else:
                    sure, may = sure + firm, may + more
                rows = sure, may
            found.append(rows)
        return found

    def _job_rows(self, facts: Facts, job: Rows, met: Mapping[str, Sequence[_Met]]) -> Rows:
        """The rows of the job, with what its entries come to."""
        sure, may = [*job[0], *self._of_nothing], [*job[1], *self._of_nothing]
        for place, about in self._not_asked:
            may[place] = int(facts.records.get(about) is None)
        for record, tallies in self._tallies.items():
            if facts.records.get(record) is None:
                for one in tallies:
                    sure[one.place] = may[one.place] = 0
            elif found := met[record]:
                established = possible = 0
                for firm, bits, _ in found:
                    established |= firm
                    possible |= bits
                for one in tallies:
                    if one.bit & possible:
                        truth = one.truth(found, established)
                        sure[one.place], may[one.place] = as_flags(truth, negated=one.tally.negated)
        rows = tuple(sure), tuple(may)
        if (work := self._work[JOB]) is not None:
            rows = rows[0] + work(_NEITHER, rows[0]), rows[1] + work(_NEITHER, rows[1])
        return (rows[0], rows[0]) if rows[0] == rows[1] else rows

    def members(self, facts: Facts, tally: Tally) -> dict[int, Truth]:
        """The entries that a tally counts, by number, with how certain each is."""
        bit = next(one.bit for one in self._tallies[tally.about] if one.tally == tally)
        found: dict[int, Truth] = {}
        for number, entry in enumerate(facts.records.get(tally.about) or ()):
            met: list[_Met] = []
            self._read(self._layouts[tally.about], (entry,), self._job_base(facts), met)
            if met and met[0][1] & bit:
                found[number] = YES if met[0][0] & bit else UNKNOWN
        return found


class Teller:
    """Tells the facts about one record in one factor."""

    def __init__(self, record: str, kinds: Sequence[Kind]) -> None:
        self._record = record
        self._flags: list[tuple[int, FactShape, _Pick]] = []
        self._others: list[tuple[Callable[[Row], bool], FactShape, _Pick]] = []
        for kind in kinds:
            pick = _picker(kind.places)
            if len(kind.gates) == 1 and kind.gates[0][1] == "==":
                self._flags.append((kind.gates[0][0], kind.shape, pick))
            else:
                gates = [f"v[{place}] {op} {limit}" for place, op, limit in kind.gates]
                self._others.append((_compiled("v", " or ".join(gates) or "True"), kind.shape, pick))

    def tell(self, told: Told, rows: Mapping[str, Sequence[Rows]]) -> None:
        """Tell a fact for every gate that an entry passes."""
        of_job = self._record == JOB
        for number, row in enumerate(rows[self._record]):
            established, possible = row
            about = -1 if of_job else number
            for place, shape, pick in self._flags:
                if possible[place]:
                    _tell(told, shape, pick, row, about, firm=established[place] == 1)
            for opens, shape, pick in self._others:
                if opens(possible):
                    _tell(told, shape, pick, row, about, firm=opens(established))


def _tell(told: Told, shape: FactShape, pick: _Pick, row: Rows, about: int, *, firm: bool) -> None:  # noqa: PLR0913 - the parts of a fact
    values = pick(row[1])
    if not firm:
        told.established[len(told.facts)] = None
    elif row[0] is not row[1] and (sure := pick(row[0])) != values:
        told.established[len(told.facts)] = sure
    told.facts.append((shape, values))
    told.entries.append(about)


def predicate(pattern: Pattern, shape: FactShape) -> Callable[[Row], bool]:
    """A function that tells whether the values of a fact of that shape pass every test of a pattern."""
    at = {name: place for place, name in enumerate(shape.attributes)}
    texts = [f"v[{at[test.attribute]}] {test.op} {test.value}" for test in pattern.tests]
    return cast("Callable[[Row], bool]", _compiled("v", " and ".join(texts) or "True"))


def _picker(places: Sequence[int]) -> _Pick:
    """A function that takes the values at some places."""
    if len(places) == 1:
        only = places[0]
        return lambda row: (row[only],)
    return itemgetter(*places) if places else lambda _: ()


@lru_cache(maxsize=4096)
def _compiled(names: str, text: str) -> Any:  # noqa: ANN401 - what it returns is said where it is kept
    return eval(f"lambda {names}: {text}")  # noqa: S307 - our own text, of numbers alone
