"""A factor in the solver: a job of several entries about which everything is known, and what the rules make of it.

A fold over the rule book: definitions of terms are put in their place, evidence is barred and carried as in
``engine.credit``, and levels are weighed as in ``engine.resolve``. Where the guidance or the job leaves a number open
(a parameter without a convention, a soft number, shares that may fall on the same shifts) it is a variable of its own:
what is proved holds whatever it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, TypeAlias

import z3

from jerules.engine import credit
from jerules.engine.resolve import covers, tools_for
from jerules.faults import OurFault
from jerules.quantities.calendar import FEWEST_SHIFTS, MOST_SHIFTS
from jerules.quantities.kinds import UNBOUNDED, WHOLE_SHARE, Exact, Kind
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.questions import JOB, Form, Question
from jerules.rulebook.uses import questions_in, reads
from jerules.scheme.model import Position
from jerules.verify.axes import limits, whole
from jerules.verify.formulas import NO, all_of, any_of, compared, constant, if_so, implied, negated, total
from jerules.verify.small import largest

MANY: Final = 12
"""Of more entries than these the solver is told how much each can add to a sum, which it is slow to find by itself."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One question of one entry of a job; entries count from 0, and the job itself is entry 0."""

    question: Question
    entry: int = 0


Union: TypeAlias = tuple[Question, tuple[z3.BoolRef, ...], dict[c.Part, z3.ArithRef]]
"""What may overlap: the question, which entries are taken together, and what they come to."""


@dataclass
class Answers:
    """The variables of a job, made when they are first spoken of, and what has to hold of them.

    ``other`` is a job that this one is like but in ``changed``, so that two jobs can be compared. Where
    ``overlapping``, what may fall on the same shifts or the same time does.
    """

    book: m.RuleBook
    most: int
    other: Answers | None = None
    changed: frozenset[Slot] = frozenset()
    name: str = "x"
    overlapping: bool = False
    domain: list[z3.BoolRef] = field(default_factory=list)
    numbers: dict[tuple[Slot, c.Part], z3.ArithRef] = field(default_factory=dict)
    picks: dict[tuple[Slot, str], z3.BoolRef] = field(default_factory=dict)
    presents: dict[tuple[str, int], z3.BoolRef] = field(default_factory=dict)
    free: dict[str, z3.ExprRef] = field(default_factory=dict)
    unions: list[Union] = field(default_factory=list)
    _asked: set[Slot] = field(default_factory=set)

    def _shared(self, slot: Slot) -> Answers | None:
        return self.other if slot not in self.changed else None

    def number(self, slot: Slot, part: c.Part = c.Part.VALUE) -> z3.ArithRef:
        """The variable of a number; the share of a frequency is another one than its rate, and bound to it."""
        shared = self._shared(slot)
        if shared is not None:
            return shared.number(slot, part)
        if (slot, part) not in self.numbers:
            self._ask_number(slot)
        return self.numbers[slot, part]

    def _ask_number(self, slot: Slot) -> None:
        question = slot.question
        label = f"{self.name}.{question.key}.{slot.entry}"
        if question.type.kind is Kind.FREQUENCY:
            rate, share = z3.Real(label), z3.Real(f"{label}.share")
            self.numbers[slot, c.Part.VALUE], self.numbers[slot, c.Part.SHARE] = rate, share
            self.domain += [
                compared(">=", share, constant(0)),
                compared("<=", share, constant(WHOLE_SHARE)),
                *patterned(rate, share),
            ]
            return
        low, high = limits(question)
        number = z3.Int(label) if whole(question) else z3.Real(label)
        self.numbers[slot, c.Part.VALUE] = number
        self.domain.append(compared(">=", number, constant(low, whole=whole(question))))
        if high < UNBOUNDED:
            self.domain.append(compared("<=", number, constant(high, whole=whole(question))))

    def pick(self, slot: Slot, name: str) -> z3.BoolRef:
        """Whether a choice is chosen, or (for a question of yes or no, with the name "yes") the answer is yes."""
        shared = self._shared(slot)
        if shared is not None:
            return shared.pick(slot, name)
        if slot not in self._asked:
            self._asked.add(slot)
            names = slot.question.type.names or ("yes",)
            label = f"{self.name}.{slot.question.key}.{slot.entry}"
            mine = [z3.Bool(f"{label}.{one}") for one in names]
            self.picks.update({(slot, one): variable for one, variable in zip(names, mine, strict=True)})
            if slot.question.type.form is Form.ONE_OF:
                self.domain += [z3.AtMost(*mine, 1), z3.Or(*mine)]
        return self.picks[slot, name]

    def present(self, record: str, entry: int) -> z3.BoolRef:
        """Whether the job has that entry; an entry follows only where the one before it is there."""
        if self.other is not None:
            return self.other.present(record, entry)
        if (record, entry) not in self.presents:
            mine = self.presents[record, entry] = z3.Bool(f"{self.name}.{record}.{entry}.present")
            if entry:
                self.domain.append(implied(mine, self.present(record, entry - 1)))
        return self.presents[record, entry]

    def open_number(self, label: str, low: z3.ArithRef, high: z3.ArithRef, *, low_in: bool = True) -> z3.ArithRef:
        """A number that is left open, the same wherever it is spoken of, between these two."""
        if self.other is not None:
            return self.other.open_number(label, low, high, low_in=low_in)
        if label not in self.free:
            number = self.free[label] = z3.Real(label)
            self.domain += [
                compared(">=" if low_in else ">", number, low),
                compared("<=" if low_in else "<", number, high),
            ]
        found = self.free[label]
        if not isinstance(found, z3.ArithRef):
            raise OurFault(f"`{label}` is no number")
        return found

    def parameter(self, name: str) -> z3.ArithRef:
        """The number of a parameter that no convention has settled."""
        return self.open_number(f"parameter {name}", constant(0), constant(UNBOUNDED))

    def decision(self, name: str) -> z3.BoolRef:
        """Whether the panel decided for the higher of the two levels that a rule leaves to it."""
        if self.other is not None:
            return self.other.decision(name)
        return self.free.setdefault(f"decides {name}", z3.Bool(f"decides {name}"))


def patterned(rate: z3.ArithRef, share: z3.ArithRef) -> list[z3.BoolRef]:
    """A rate a year and a share of the shifts that belong together in some pattern of shifts."""
    return [rate * WHOLE_SHARE >= FEWEST_SHIFTS * share, rate * WHOLE_SHARE <= MOST_SHIFTS * share]


class Reading:
    """What the rules of one factor, or of a tool as far as it is carried to ``target``, make of a job.

    ``like`` is the reading of the job that this one is like: what does not speak of the changed answers is its.
    """

    def __init__(
        self,
        book: m.RuleBook,
        factor: m.FactorRules,
        answers: Answers,
        target: str | None = None,
        like: Reading | None = None,
    ) -> None:
        self.book, self.factor, self.answers, self.target, self.like = book, factor, answers, target, like
        self._terms: dict[tuple[c.TermKey, int, bool], z3.BoolRef] = {}
        self._somes: dict[tuple[c.Some, bool], z3.BoolRef] = {}
        self._allowed: dict[tuple[str, int], z3.BoolRef] = {}
        self._rules: dict[str, z3.BoolRef] = {}
        self._tools: dict[str, Reading] = {}
        self._unions: dict[tuple[int, Question], dict[c.Part, z3.ArithRef]] = {}

    # ── conditions ───────────────────────────────────────────────────────────────────────────────────────────────

    def rule(self, rule: m.Rule) -> z3.BoolRef:
        """Whether a rule holds; a rule that speaks of single entries holds when one entry meets it."""
        if rule.id not in self._rules:
            like = self.like if self.like and self._alike(rule) else None
            self._rules[rule.id] = like.rule(rule) if like else self._rule(rule)
        return self._rules[rule.id]

    def _rule(self, rule: m.Rule) -> z3.BoolRef:
        if rule.condition is None:
            raise OurFault("the rule without a condition holds where no other does")
        if isinstance(rule.effect, m.Bars | m.Carries):
            record = rule.effect.record
            return any_of(
                all_of((self.answers.present(record, entry), self.holds(rule.condition, entry)))
                for entry in range(self.answers.most)
            )
        return self.holds(rule.condition, credited=credit.credited(rule))

    def holds(self, condition: c.Condition, entry: int = 0, *, credited: bool = False) -> z3.BoolRef:  # noqa: PLR0911 - one a case
        """Whether a condition holds of an entry, or of the job."""

        def inside(parts: Iterable[c.Condition]) -> list[z3.BoolRef]:
            return [self.holds(part, entry, credited=credited) for part in parts]

        match condition:
            case c.All(parts=parts):
                return all_of(inside(parts))
            case c.AnyOf(parts=parts):
                return any_of(inside(parts))
            case c.Not(part=part):
                return negated(self.holds(part, entry, credited=credited))
            case c.AtLeast(number=number, parts=parts):
                return z3.AtLeast(*inside(parts), number)
            case c.Holds(term=term):
                return self.term(term, entry, credited=credited)
            case c.Some():
                return self._some(condition, credited=credited)
        slot = slot_of(condition.question, entry)
        match condition:
            case c.IsYes():
                return self.answers.pick(slot, "yes")
            case c.Chosen(values=values):
                return any_of(self.answers.pick(slot, name) for name in sorted(values))
        return self.compares(condition, self.answers.number(slot, condition.part))

    def term(self, term: c.TermKey, entry: int = 0, *, credited: bool = False) -> z3.BoolRef:
        """Whether a term holds of an entry, or of the job."""
        key = (term, entry, credited)
        if key not in self._terms and self.like and self._term_alike(term, entry):
            self._terms[key] = self.like.term(term, entry, credited=credited)
        if key not in self._terms:
            definitions = self.book.terms[term].definitions
            found = [self.holds(definition.condition, entry, credited=credited) for definition in definitions]
            self._terms[key] = any_of(found)
        return self._terms[key]

    def _alike(self, rule: m.Rule) -> bool:
        """Whether a rule reads none of the answers that are changed, nor what says whether its evidence is credited."""
        found = self._crediting if credit.credited(rule) else frozenset[Question]()
        if rule.condition is not None:
            found |= questions_in(self.book, rule.condition)
        return not any(slot.question in found for slot in self.answers.changed)

    @cached_property
    def _crediting(self) -> frozenset[Question]:
        """The questions that say whether an entry's evidence is credited here."""
        rules = [*self.factor.bars, *(rule for _, _, rule in credit.carries(self.factor))]
        found = [questions_in(self.book, rule.condition) for rule in rules if rule.condition is not None]
        return frozenset[Question]().union(*found)

    def _touched(self, entry: int) -> bool:
        """Whether an answer that is changed can matter to an entry."""
        return any(slot.question.record == JOB or slot.entry == entry for slot in self.answers.changed)

    def _term_alike(self, term: c.TermKey, entry: int) -> bool:
        """Whether a term reads none of the changed answers when it is said of an entry."""
        found = reads(self.book)[term]
        return not self._touched(entry) or not any(slot.question in found for slot in self.answers.changed)

    def compares(self, leaf: c.Compare, number: z3.ArithRef) -> z3.BoolRef:
        """Whether a number stands to the bound of a comparison as that says."""
        return compared(leaf.op, number, self._bound(leaf))

    def _bound(self, leaf: c.Compare) -> z3.ArithRef:
        if leaf.bound.value is None:
            return self.answers.parameter(leaf.bound.parameter)
        if leaf.bound.soft is None:
            return constant(leaf.bound.value, whole=whole(leaf.question))
        low, high = map(constant, leaf.bound.soft)
        return self.answers.open_number(soft_number(leaf), low, high, low_in=False)

    def allowed(self, record: str, entry: int) -> z3.BoolRef:
        """Whether an entry's evidence is credited here: no bar keeps it out, and a tool carries it to its target."""
        key = (record, entry)
        if key not in self._allowed and self.like and not self._touched(entry):
            self._allowed[key] = self.like.allowed(record, entry)
        if key not in self._allowed:
            out = [self._of_entry(bar, entry) for bar in credit.bars_on(self.factor, record)]
            parts = [negated(any_of(out))]
            if self.target is not None:
                into = [rule for of, to, rule in credit.carries(self.factor) if (of, to) == (record, self.target)]
                parts.append(any_of(self._of_entry(rule, entry) for rule in into))
            self._allowed[key] = all_of(parts)
        return self._allowed[key]

    def _of_entry(self, rule: m.Rule, entry: int) -> z3.BoolRef:
        if rule.condition is None:
            raise OurFault(f"`{rule.id}` speaks of entries and has no condition")
        return self.holds(rule.condition, entry)

    def _some(self, some: c.Some, *, credited: bool) -> z3.BoolRef:
        key = (some, credited)
        if key not in self._somes:
            self._somes[key] = self._gathered(some, credited=credited)
        return self._somes[key]

    def said(self, some: c.Some, *, credited: bool) -> z3.BoolRef | None:
        """What this reading has made of a condition on entries already; nothing where it has not come upon it."""
        return self._somes.get((some, credited))

    def _gathered(self, some: c.Some, *, credited: bool) -> z3.BoolRef:
        meeting = [self.meets(some, entry, credited=credited) for entry in range(self.answers.most)]
        if some.number > 1:
            return z3.AtLeast(*meeting, some.number)
        if not some.together:
            return any_of(meeting)
        return all_of([any_of(meeting), *[self._adds_up(leaf, meeting, some) for leaf in some.together]])

    def meets(self, some: c.Some, entry: int, *, credited: bool) -> z3.BoolRef:
        """Whether the job has an entry, it meets what is asked, and its evidence is credited where that matters."""
        if self.like and not self._touched(entry):
            return self.like.meets(some, entry, credited=credited)
        meets = [self.answers.present(some.record, entry), self.holds(some.condition, entry)]
        return all_of([*meets, self.allowed(some.record, entry)] if credited else meets)

    def _adds_up(self, leaf: c.Compare, meeting: Sequence[z3.BoolRef], some: c.Some) -> z3.BoolRef:
        """A comparison with what the entries come to; shares and frequencies may overlap, so theirs is left open."""
        slots = [slot_of(leaf.question, entry) for entry in range(self.answers.most)]
        if leaf.question.type.kind not in {Kind.FREQUENCY, Kind.SHARE}:
            most = largest(self.book, leaf, some.condition) if len(slots) > MANY else None
            return self.compares(leaf, self._sum(slots, leaf.part, meeting, most))
        parts = [c.Part.VALUE, c.Part.SHARE] if leaf.question.type.kind is Kind.FREQUENCY else [c.Part.VALUE]
        key = (meeting[0].get_id(), leaf.question)
        if key not in self._unions:
            self._unions[key] = {part: self._union(slots, part, meeting) for part in parts}
            self.answers.unions.append((leaf.question, tuple(meeting), self._unions[key]))
            if len(parts) > 1:
                self.answers.domain += patterned(self._unions[key][parts[0]], self._unions[key][parts[1]])
        return self.compares(leaf, self._unions[key][leaf.part])

    def _union(self, slots: Sequence[Slot], part: c.Part, meeting: Sequence[z3.BoolRef]) -> z3.ArithRef:
        """What may overlap: at least the largest and at most the sum, or just the largest where all falls together."""
        # Two readings of one job may each have their own, so that the name has to be new every time.
        number = z3.Real(f"{self.answers.name} {self.factor.key} together {len(self.answers.domain)} {part}")
        each = [self.answers.number(slot, part) for slot in slots]
        domain = [compared(">=", number, constant(0))]
        domain += [implied(met, compared(">=", number, one)) for met, one in zip(meeting, each, strict=True)]
        if self.answers.overlapping:
            largest = [all_of((met, compared("<=", number, one))) for met, one in zip(meeting, each, strict=True)]
            domain.append(implied(any_of(meeting), any_of(largest)))
        domain.append(compared("<=", number, self._sum(slots, part, meeting)))
        if part is c.Part.SHARE or slots[0].question.type.kind is Kind.SHARE:
            domain.append(compared("<=", number, constant(WHOLE_SHARE)))
        self.answers.domain += domain
        return number

    def _sum(
        self, slots: Sequence[Slot], part: c.Part, meeting: Sequence[z3.BoolRef], most: Exact | None = None
    ) -> z3.ArithRef:
        """What the entries come to that are met; with each by a name and told to be no more than ``most``, if it is."""
        found = [if_so(met, self.answers.number(slot, part)) for met, slot in zip(meeting, slots, strict=True)]
        if most is not None:
            named = [z3.FreshInt() if one.is_int() else z3.FreshReal() for one in found]
            for name, one in zip(named, found, strict=True):
                self.answers.domain += [compared("=", name, one), compared("<=", name, constant(most))]
            found = named
        return total(found)

    # ── levels ───────────────────────────────────────────────────────────────────────────────────────────────────

    def candidates(self) -> list[tuple[m.Rule, Position, z3.BoolRef]]:
        """Every level that a rule with a condition gives, with when it does and the level is not closed."""
        found: list[tuple[m.Rule, Position, z3.BoolRef]] = []
        for rule in self.factor.rules:
            if isinstance(rule.effect, m.GivesLevel) and rule.condition is not None:
                found.append((rule, rule.effect.position, self.rule(rule)))
            elif isinstance(rule.effect, m.LeavesToPanel):
                low, high = sorted((rule.effect.low, rule.effect.high), key=lambda position: position.level)
                high_too = all_of((self.rule(rule), self.answers.decision(rule.effect.name)))
                found += [(rule, low, self.rule(rule)), (rule, high, high_too)]
        return [(rule, at, all_of((holds, negated(self.closed(at))))) for rule, at, holds in found]

    def closed(self, position: Position) -> z3.BoolRef:
        """Whether a level is closed to the job."""
        return any_of(
            self.rule(rule)
            for rule in self.factor.rules
            if isinstance(rule.effect, m.Closes) and any(covers(one, position) for one in rule.effect.positions)
        )

    def at_least(self) -> dict[int, z3.BoolRef]:
        """For each level from the lowest up, whether the factor comes to it or a higher one, tools included."""
        candidates = self.candidates()
        otherwise = self.factor.otherwise
        fall = otherwise.effect.position.level if otherwise and isinstance(otherwise.effect, m.GivesLevel) else 0
        # A tool has no level of its own where nothing is carried.
        fall = 0 if self.target is not None else fall
        nothing = negated(any_of(holds for _, _, holds in candidates))
        found: dict[int, z3.BoolRef] = {}
        for level in range(1, self.highest() + 1):
            reached = [holds for _, at, holds in candidates if at.level >= level]
            if fall >= level:
                reached.append(nothing)
            reached += self._bounds(m.Floor, level)
            found[level] = all_of([any_of(reached), *[negated(cap) for cap in self._bounds(m.Cap, level)]])
        return self._raised(found)

    def highest(self) -> int:
        """The highest level that any rule speaks of, or the scheme has."""
        named = [one.level for rule in self.factor.rules for one in positions_of(rule.effect)]
        factor = next((one for one in self.book.scheme.factors if one.number == self.factor.number), None)
        return max([1, *named, *([len(factor.levels)] if factor else [])])

    def _bounds(self, kind: type[m.Floor | m.Cap], level: int) -> list[z3.BoolRef]:
        """The floors that lift the factor to a level, or the caps that keep it below."""
        return [
            self.rule(rule)
            for rule in self.factor.rules
            if isinstance(rule.effect, kind)
            and (rule.effect.level >= level if kind is m.Floor else rule.effect.level < level)
        ]

    def raising(self, tool: str) -> Reading | None:
        """The reading of a tool that may raise this factor, once the levels have been asked for."""
        return self._tools.get(tool)

    def _raised(self, found: dict[int, z3.BoolRef]) -> dict[int, z3.BoolRef]:
        if self.target is not None:
            return found
        for key in tools_for(self.book, self.factor.key):
            like = self.like.raising(key) if self.like else None
            self._tools[key] = tool = Reading(self.book, self.book.factors[key], self.answers, self.factor.key, like)
            raising = tool.at_least()
            found = {level: any_of((holds, raising.get(level, NO))) for level, holds in found.items()}
        return found


def positions_of(effect: m.Effect) -> tuple[Position, ...]:
    """The levels that an effect gives, leaves open, closes or bounds."""
    match effect:
        case m.GivesLevel(position=position):
            return (position,)
        case m.LeavesToPanel(low=low, high=high):
            return low, high
        case m.Closes(positions=positions):
            return positions
        case m.Floor(level=level) | m.Cap(level=level):
            return (Position(level, None),)
    return ()


def soft_number(leaf: c.Compare) -> str:
    """What the number that a panel takes a soft one for is called."""
    return f"around {leaf.question.key} {leaf.bound.text}"


def slot_of(question: Question, entry: int) -> Slot:
    """The slot of a question in an entry; the job is one entry."""
    return Slot(question, 0 if question.record == JOB else entry)
