"""How many entries of a record the solver's jobs need, so that nothing is said of jobs for want of entries.

Take a job with any number of entries. What asks for some entries holds because of a few of them, and what holds of no
entry holds as well when others are left out. So a few entries will do for each of these: as many as are asked for, or
as make up a sum where none may be large. Two conditions that both must hold may each take entries of their own; of
alternatives one is enough; and one and the same part of several conditions takes its entries once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import combinations
from operator import or_
from typing import Final, TypeAlias

from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.verify.small import FROM_BELOW, Small, Wish, entry_parts, parts_of
from jerules.verify.worlds import positions_of

FEWEST_ENTRIES: Final = 2
MOST_ENTRIES: Final = 100
"""The solver's jobs have no more entries of a record than these, whatever a condition takes."""

Needed: TypeAlias = Counter[str]
"""For each record so many entries."""


def most_entries(book: m.RuleBook, factor: m.FactorRules, tools: Sequence[m.FactorRules]) -> int:
    """As many entries as the condition that speaks of the most of one record takes.

    Looked at are the rules of the factor and of the ``tools`` that may raise it, each floor with each cap below it, its
    definitions, and its ladders with those of the scheme; each to be met, and to fail.
    """
    wishes = [[(one, want)] for one in _conditions(book, factor, tools) for want in (True, False)]
    return max((_most(_enough(book, wish)) for wish in wishes), default=0)


def for_both(book: m.RuleBook, condition: c.Condition) -> int:
    """As many entries of one record as it takes for a condition to be met by a job and to fail for one like it."""
    small = Small(book, [(condition, True), (condition, False)])
    return sum(_most(_enough(book, [(condition, want)], small)) for want in (True, False))


def for_levels(
    factors: Sequence[tuple[m.RuleBook, m.FactorRules, Sequence[m.FactorRules]]],
    reached: int,
    missed: int,
    *,
    overlapping: bool = False,
) -> int:
    """As many entries of one record as it takes to come to a level so often, and to miss one so often.

    Each of the ``factors`` is one with its book and its tools; the one that takes most counts. A level is reached by a
    rule whose level is not closed, and not capped; it is missed when all rules that give it, or lift to it, fail.
    """
    every = [_Levels(book, (factor, *tools), overlapping) for book, factor, tools in factors]
    reaches = reduce(or_, (one.reaches() for one in every))
    misses = reduce(or_, (one.misses() for one in every))
    return _most(Counter({name: reaches[name] * reached + misses[name] * missed for name in reaches | misses}))


class _Levels:
    """What it takes to come to a level of a factor, and to miss one, with the tools that may raise it."""

    def __init__(self, book: m.RuleBook, factors: Sequence[m.FactorRules], overlapping: bool) -> None:  # noqa: FBT001
        self.book, self.overlapping = book, overlapping
        self.given: list[tuple[int, c.Condition]] = []
        self.closed: list[c.Condition] = []
        self.capped: list[c.Condition] = []
        for rule in (rule for of in factors for rule in of.rules):
            match rule.effect, rule.condition:
                case _, None:
                    continue
                case m.GivesLevel() | m.LeavesToPanel() | m.Floor(), condition:
                    self.given += [(at.level, condition) for at in positions_of(rule.effect)]
                case m.Closes(), condition:
                    self.closed.append(condition)
                case m.Cap(), condition:
                    self.capped.append(condition)
        # A job of which no rule speaks may come to more than the lowest level.
        self.falls = any(position.level > 1 for of in factors if of.otherwise
                         for position in positions_of(of.otherwise.effect))  # fmt: skip

    def reaches(self) -> Needed:
        """What it takes to come to a level, in a job that is like one that misses it.

        Where nothing is capped that is the level of the one rule that counts, so that rules of lower levels may hold.
        """
        found = self.misses() if self.falls else Counter[str]()
        open_and_high: list[Wish] = [(one, False) for one in (*self.closed, *self.capped)]
        for level in {level for level, _ in self.given}:
            fails = self._fails(0 if self.capped or self.falls else level)
            small = Small(self.book, [*fails, *open_and_high], overlapping=self.overlapping)
            for at, one in self.given:
                if at == level:
                    wishes = [(one, True), *open_and_high]
                    found |= _enough(self.book, wishes, Small(self.book, wishes, small, overlapping=self.overlapping))
        return found

    def misses(self) -> Needed:
        """What it takes to miss a level: no rule gives it that is open, or a cap holds."""
        fails = self._fails(0)
        found = _enough(self.book, fails, Small(self.book, fails, overlapping=self.overlapping))
        return reduce(or_, (_enough(self.book, [(one, True)]) for one in self.capped), found)

    def _fails(self, level: int) -> list[Wish]:
        """That no rule gives this level or a higher one, or what it gives is closed."""
        return [*((one, False) for at, one in self.given if at >= level), *((one, True) for one in self.closed)]


def _most(needed: Needed) -> int:
    return max(needed.values(), default=0)


def _conditions(book: m.RuleBook, factor: m.FactorRules, tools: Sequence[m.FactorRules]) -> Iterator[c.Condition]:
    for of in (factor, *tools):
        yield from (rule.condition for rule in (*of.rules, *of.bars) if rule.condition is not None)
        yield from _floors_above_caps(of)
    for term in book.terms.values():
        if term.key.factor == factor.key:
            yield from (one.condition for one in term.definitions)
    for ladder in book.ladders:
        if ladder.factor in {factor.key, ""}:
            place = ladder.source.place
            within = (ladder.within,) if ladder.within else ()
            for pair in combinations(ladder.terms, 2):
                yield c.All((*within, *(c.Holds(term, place) for term in pair)), place)


def _floors_above_caps(factor: m.FactorRules) -> Iterator[c.Condition]:
    """That a floor and a cap below it hold at once."""
    for floor in factor.rules:
        for cap in factor.rules:
            match floor.effect, cap.effect:
                case m.Floor(level=least), m.Cap(level=most) if least > most and floor.condition and cap.condition:
                    yield c.All((floor.condition, cap.condition), floor.source.place)


# ── what some wishes take ────────────────────────────────────────────────────────────────────────────────────────


def _enough(book: m.RuleBook, wishes: Sequence[Wish], small: Small | None = None) -> Needed:
    """What is enough for all of some wishes at once, where all entries may also be kept ``small`` by others.

    For each record the fewer of two reckonings: wish by wish, and every part that asks for entries once.
    """
    asked = _Asked(book, small or Small(book, wishes))
    by_wish = sum((asked.by(one, want=want) for one, want in wishes), Counter[str]())
    parts = {part for one, want in wishes for part in entry_parts(book, one, want=want)}
    return by_wish & sum((asked.by_part(some, want=want) for some, want in parts), Counter[str]())


@dataclass(frozen=True, slots=True)
class _Asked:
    """How many entries conditions ask for, where entries are kept small."""

    book: m.RuleBook
    small: Small

    def by(self, condition: c.Condition, *, want: bool) -> Needed:
        """What is enough to meet a condition, or to fail it."""
        match condition:
            case c.Some():
                return self.by_part(condition, want=want)
            case c.Not(part=part):
                return self.by(part, want=not want)
        parts, number = parts_of(self.book, condition)
        number = number if want else len(parts) - number + 1
        found = [self.by(part, want=want) for part in parts]
        records = {record for one in found for record in one}
        return Counter({record: sum(sorted((one[record] for one in found), reverse=True)[:number])
                        for record in records})  # fmt: skip

    def by_part(self, some: c.Some, *, want: bool) -> Needed:
        """What one part asks for: to fail none, unless a sum has to be too large for it.

        To meet a sum takes two entries, so that it is one, or as many small ones as make it up.
        """
        number = some.number + bool(some.together) if want else 0
        made_up = [self.small.to_make_up(leaf, some) for leaf in some.together if leaf.op in FROM_BELOW[want]]
        return Counter({some.record: max([number, *made_up])})
