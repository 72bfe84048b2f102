"""The rule book: typed, frozen, every name looked up. Everything downstream reads this and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from jerules.faults import Place
from jerules.quantities.kinds import Exact
from jerules.rulebook.conditions import Condition, TermKey
from jerules.rulebook.procedure import Procedural
from jerules.rulebook.questions import AnswerType, Question, Record
from jerules.scheme.model import Position, Scheme

CHECKS = tuple(f"V{number}" for number in range(22))
"""The checks of a rule book by the names under which what they find can be accepted."""


class Status(StrEnum):
    """The authority a statement has; advisory guidance never moves a level."""

    BINDING = "binding"
    LOCAL = "local"
    DEFAULT = "default"
    ADVISORY = "advisory"


@dataclass(frozen=True, slots=True)
class Citation:
    """A pointer to the guidance: a stable identifier, and the words a panel sees."""

    id: str
    words: str


@dataclass(frozen=True, slots=True)
class Source:
    """What a statement rests on: its citations, its authority, its interpretation if any, and where it stands."""

    citations: tuple[Citation, ...]
    status: Status
    interpretation: str
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Definition:
    """One way in which a term may hold."""

    condition: Condition
    reads: str
    source: Source


@dataclass(frozen=True, slots=True)
class Term:
    """A named condition. It holds when one of its definitions does; interpretations may add definitions."""

    key: TermKey
    definitions: tuple[Definition, ...]


@dataclass(frozen=True, slots=True)
class Ladder:
    """Terms that the guidance uses as a scale, rising.

    It claims that each case is on a rung, and that of two rungs either no case is on both, or the higher takes the
    lower with it; both where ``within`` holds (None: everywhere). ``factor`` is empty for the whole scheme, ``record``
    is ``JOB`` for the job as a whole. A ladder moves nothing.
    """

    name: str
    factor: str
    record: str
    terms: tuple[TermKey, ...]
    within: Condition | None
    reads: str
    source: Source


# ── effects ──────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class GivesLevel:
    """Makes a level a candidate; a rule without a condition does so when no other level rule can hold."""

    position: Position


@dataclass(frozen=True, slots=True)
class Floor:
    """The factor is at least this level."""

    level: int


@dataclass(frozen=True, slots=True)
class Cap:
    """The factor is at most this level."""

    level: int


@dataclass(frozen=True, slots=True)
class Closes:
    """These levels are closed to the job; a level without a letter closes all its options."""

    positions: tuple[Position, ...]


@dataclass(frozen=True, slots=True)
class LeavesToPanel:
    """The guidance leaves it to judgement: both levels stay possible until the panel records its decision.

    ``asks`` is the question for the panel, ``help`` what it may look at (may be empty).
    """

    name: str
    low: Position
    high: Position
    asks: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class Bars:
    """An entry's evidence may not be credited under ``barred``: it is credited under ``credited``.

    ``once`` tells `count once` (it counts, but only there) from `assess under` (it belongs there altogether).
    """

    record: str
    credited: str
    barred: str
    once: bool


@dataclass(frozen=True, slots=True)
class Carries:
    """An entry's level under a tool is carried to this factor."""

    record: str
    factor: str


@dataclass(frozen=True, slots=True)
class Asks:
    """Puts a question to the panel; moves nothing."""

    text: str


Effect = GivesLevel | Floor | Cap | Closes | LeavesToPanel | Bars | Carries | Asks | Procedural


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``id`` is unique in the rule book and stable as long as the rule's head is (`nhs/13/level 3(c)`).

    Without a condition a level is given when no other is, and a rule of a procedure always holds.
    """

    id: str
    factor: str
    effect: Effect
    condition: Condition | None
    reads: str
    because: str
    source: Source


@dataclass(frozen=True, slots=True)
class MayAlsoCount:
    """A permitted second use of a record's evidence, with the different demand named.

    ``home`` is the factor whose file says so (empty: a file of all factors), ``factors`` those that may use it as well.
    """

    record: str
    factors: tuple[str, ...]
    because: str
    source: Source
    home: str = ""


@dataclass(frozen=True, slots=True)
class NeverFrom:
    """Questions that no rule of the factor may read."""

    factor: str
    questions: tuple[Question, ...]
    because: str
    source: Source


@dataclass(frozen=True, slots=True)
class ProRata:
    """A second look at part-time jobs: with every count divided by the part of full-time hours that ``question`` gives.

    ``rule`` raises the query wherever that gives a factor another level; it moves nothing.
    """

    question: Question
    rule: Rule


@dataclass(frozen=True, slots=True)
class FactorRules:
    """The rules of one factor, of a tool, or of a ``procedure`` (``number`` is None for both of these).

    ``bars`` are the rules that keep evidence out of this factor, wherever they are written.
    """

    key: str
    number: int | None
    title: str
    rules: tuple[Rule, ...]
    bars: tuple[Rule, ...]
    procedure: bool = False

    @property
    def gives_levels(self) -> bool:
        """Whether some rule among these can give a level."""
        return any(isinstance(rule.effect, GivesLevel | Floor | LeavesToPanel) for rule in self.rules)

    @property
    def otherwise(self) -> Rule | None:
        """The rule that gives the level when no other can."""
        for rule in self.rules:
            if isinstance(rule.effect, GivesLevel) and rule.condition is None:
                return rule
        return None


# ── what is agreed, assumed, or shown by example ─────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Agreed:
    """When a local convention was agreed, and by whom."""

    on: date
    by: str


@dataclass(frozen=True, slots=True)
class Pack:
    """A file of local agreements that was put on top of the rules.

    ``hash`` is sixteen hexadecimal digits over the canonical text of the pack without its examples; ``file`` is its
    name as it was given.
    """

    title: str
    hash: str
    agreed: Agreed | None
    file: str


@dataclass(frozen=True, slots=True)
class Grade:
    """A local grade: the totals from ``low`` to ``high``, both included, and who agreed on them when."""

    name: str
    low: int
    high: int
    agreed: Agreed | None
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Range:
    """The ends, both included, between which the scheme leaves a value open; ``text`` is how the file writes them."""

    low: Exact
    high: Exact
    text: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that the scheme leaves to local agreement, with the convention that settles it, if there is one.

    ``within`` is where the scheme leaves it open, if it says so. ``settled_at`` is where the convention stands.
    ``supposed``: nobody agreed on the value, and an example supposes it for its own sake.
    """

    name: str
    type: AnswerType
    asks: str
    source: Source
    value: Exact | None = None
    text: str = ""
    agreed: Agreed | None = None
    help: str = ""
    within: Range | None = None
    settled_at: Place | None = field(default=None, compare=False)
    supposed: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """Parameters of which each is less than the next, whatever is agreed."""

    parameters: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class CrossCheck:
    """What the levels of a job must meet together: above level ``above`` on at least ``number`` of ``factors``.

    It awards nothing. ``says`` is the demand in words, ``asks`` what the panel is asked when it is not met.
    """

    id: str
    says: str
    above: int
    number: int
    factors: tuple[int, ...]
    asks: str
    help: str
    because: str
    source: Source


@dataclass(frozen=True, slots=True)
class Interpretation:
    """A named reading of unclear or silent guidance; ``on`` is False when a pack switched it off."""

    id: str
    title: str
    factor: str
    because: str
    source: Source
    on: bool = True
    agreed: Agreed | None = None


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What a check finds on its subject is known and stands, for a reason, from a day on and perhaps to another.

    ``check`` is one of :data:`CHECKS`, ``subject`` what it speaks of in the check's own words; ``factor`` is empty for
    the whole scheme. It holds up to ``until`` (None: without end). An acceptance moves nothing.
    """

    check: str
    subject: str
    factor: str
    on: date
    until: date | None
    because: str
    source: Source


@dataclass(frozen=True, slots=True)
class GivenEntry:
    """One entry of an example: the record, and the answers as written with whether each stood in quotes."""

    record: str
    answers: tuple[tuple[str, str, Place], ...]
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Expected:
    """What an example says must come out; ``kind`` is level, range, query, nothing or no_more.

    ``no_more``: no query is raised but those that the example names. Of a procedure it is also one of the kinds in
    ``PROCEDURAL``, with the ``names`` of questions and the ``days`` that it speaks of; ``query`` then holds the text of
    a route or ground.
    """

    kind: str
    positions: tuple[Position, ...]
    query: str
    place: Place = field(compare=False)
    names: tuple[str, ...] = ()
    days: tuple[date, ...] = ()


PROCEDURAL = frozenset(
    ("complete", "missing", "step", "by", "between", "effective", "route", "ground", "no_ground", "open_ground")
)
"""What only the example of a procedure can be expected to give."""


@dataclass(frozen=True, slots=True)
class Supposed:
    """What an example supposes a parameter to be: its name, the value in the base unit, and as it is written."""

    name: str
    value: Exact
    text: str
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Example:
    """A case that the rules must satisfy.

    ``none`` names the records said to be empty, ``complete``: all others too. ``decided`` is what the panel decided,
    ``supposed`` the parameters that are taken to be settled, in the order of their names.
    """

    title: str
    factor: str
    entries: tuple[GivenEntry, ...]
    none: tuple[str, ...]
    complete: bool
    decided: tuple[tuple[str, str, Place], ...]
    expects: tuple[Expected, ...]
    place: Place = field(compare=False)
    supposed: tuple[Supposed, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class RuleBook:
    """All rules of a scheme in one edition, with the packs that were put on top.

    A book is itself and no other: readings keep what they work out of it beside it. Two books say the same when their
    hashes are equal.

    ``factors`` is keyed by the factor's number as text and by a tool's name, ``records`` by name with ``JOB`` first.
    ``hash`` identifies the content: sixteen hexadecimal digits over the canonical text of every rule;
    what moves nothing and only claims (examples, ladders, acceptances) is left out.
    """

    scheme: Scheme
    records: Mapping[str, Record]
    terms: Mapping[TermKey, Term]
    factors: Mapping[str, FactorRules]
    parameters: Mapping[str, Parameter]
    interpretations: Mapping[str, Interpretation]
    examples: tuple[Example, ...]
    ladders: tuple[Ladder, ...]
    acceptances: tuple[Acceptance, ...]
    may_also_count: tuple[MayAlsoCount, ...]
    never: tuple[NeverFrom, ...]
    pro_rata: ProRata | None
    packs: tuple[Pack, ...]
    hash: str
    grades: tuple[Grade, ...] = ()
    cross_checks: tuple[CrossCheck, ...] = ()
    orders: tuple[Order, ...] = ()

    def question(self, key: str) -> Question | None:
        """The question of that key (``effort.weight``, ``drives``), or nothing."""
        record, _, name = key.rpartition(".")
        found = self.records.get(record or "job")
        return found.question(name) if found else None
