"""V4: rungs of a scale apart or one within the other, no floor above a cap, no level closed whenever its rule holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import z3

from jerules.engine.resolve import covers
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.uses import conditions_of
from jerules.scheme.model import Position
from jerules.verify.bench import Bench, Conclusion, Undecided
from jerules.verify.cells import Cells, cells_of
from jerules.verify.formulas import NO
from jerules.verify.ladders import (
    end_of_definition,
    in_order,
    ladders_of,
    name_of,
    of_scheme,
    pairs,
    rising,
    surely,
    there,
    witness_of,
)
from jerules.verify.model import End, Finding, Obligation, State, Witness
from jerules.verify.regions import in_words
from jerules.verify.settle import SLOW, Duty, both, end_of, head, kept, must_not_be, obligation
from jerules.verify.witness import Seen

CODE = "V4"
TITLE = "nothing contradicts"


def of_factor(bench: Bench) -> Iterator[Obligation]:
    """The ladders, the floors and caps, and the closed levels of the factor contradict nothing."""
    for ladder in ladders_of(bench.book, bench.key):
        yield from _ladder(bench, ladder)
    yield from _floors_and_caps(bench)
    for rule, position in _closable(bench):
        yield _closed(bench, rule, position)


def of_book(book: m.RuleBook) -> Iterator[Obligation]:
    """The ladders of the whole scheme contradict nothing."""
    return of_scheme(book, _ladder)


# ── ladders ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _ladder(bench: Bench, ladder: m.Ladder) -> Iterator[Obligation]:
    within = [ladder.within] if ladder.within else []
    cells: Cells | None = None
    for pair in pairs(ladder):
        done = kept(bench, _duty(ladder, pair, within=True), ladder) or kept(bench, _duty(ladder, pair), ladder)
        if done is None:
            cells = cells or cells_of(bench.book, [*within, *(one for pair in pairs(ladder) for one in pair)])
        yield done or _apart(bench, ladder, pair, cells)


def _duty(ladder: m.Ladder, pair: tuple[c.Holds, c.Holds], *, within: bool = False) -> Duty:
    """That the lower rung takes in the higher one, or that the two exclude each other."""
    low, high = map(name_of, pair)
    says = f"whatever is {high} is {low} too" if within else f"nothing is both {low} and {high}"
    return Duty(CODE, f"{ladder.name} {low}/{high}", says)


def _apart(bench: Bench, ladder: m.Ladder, pair: tuple[c.Holds, c.Holds], cells: Cells | None) -> Obligation:
    """Two rungs exclude each other, or the lower one takes in the higher one and more."""
    low, high = map(name_of, pair)
    place = ladder.source.place
    here = (ladder.within,) if ladder.within else ()
    case = c.All((*here, *pair), place)
    inside, outside = (c.All((*here, one, c.Not(other, place)), place) for one, other in (pair[::-1], pair))

    def finding(found: Conclusion) -> tuple[Finding, Witness]:
        wrong = Finding(
            f"some cases are both {low} and {high}, two rungs of “{in_order(ladder)}”, and not all that are {high} are",
            ends=tuple(end for one, other in (pair, pair[::-1]) for end in _meeting(bench, one, other)),
            regions=in_words(cells, cells.holds(case), bench.book.scheme.calendar) if cells else (),
            help=f"limit one of the two definitions, or let whatever is {high} be {low} as well",
        )
        return wrong, witness_of(bench, found, f"both {low} and {high}", (ladder.record, case))

    single = bench.speaking_of(case)

    def can(condition: c.Condition) -> bool:
        return single.can(single.reading.holds(condition), *rising(single, ladder))

    try:
        within = not can(inside) and can(outside)
        overlap = not within and can(case)
    except Undecided:
        return obligation(single, _duty(ladder, pair), State.UNDECIDED, Finding(SLOW))
    duty = _duty(ladder, pair, within=within)
    if overlap:
        formula = z3.And(there(bench, ladder.record), bench.reading.holds(case), *rising(bench, ladder))
        found = must_not_be(bench, duty, formula, finding)
    else:
        found = obligation(single, duty, State.PROVED)
    if cells is None:
        return found
    nested = not cells.holds(inside).any() and cells.holds(outside).any()
    return both(found, State.REFUTED if cells.holds(case).any() and not nested else State.PROVED)


def _meeting(bench: Bench, one: c.Holds, other: c.Holds) -> Iterator[End]:
    """The definitions of one rung that hold together with the other."""
    for definition in bench.book.terms[one.term].definitions:
        single = bench.speaking_of(definition.condition, other)
        if single.can(single.reading.holds(definition.condition), single.reading.holds(other)):
            yield end_of_definition(one.term, definition)


# ── floors and caps ──────────────────────────────────────────────────────────────────────────────────────────────


def _floors_and_caps(bench: Bench) -> Iterator[Obligation]:
    for floor in bench.rules:
        for cap in bench.rules:
            match floor.effect, cap.effect:
                case m.Floor(level=least), m.Cap(level=most) if least > most:
                    yield _bounded(bench, floor, cap)


def _bounded(bench: Bench, floor: m.Rule, cap: m.Rule) -> Obligation:
    def finding(found: Conclusion) -> tuple[Finding, Witness]:
        wrong = Finding(
            f"for some jobs “{head(floor)}” and “{head(cap)}” hold together",
            ends=(end_of(floor), end_of(cap)),
            help="say which of the two gives way, by limiting its condition",
        )
        return wrong, bench.witness(found, "both hold", partial(_hold, bench, (floor, cap)))

    duty = Duty(CODE, f"{head(floor)} / {head(cap)}", f"no job meets both “{head(floor)}” and “{head(cap)}”")
    return must_not_be(bench, duty, z3.And(bench.reading.rule(floor), bench.reading.rule(cap)), finding)


def _hold(bench: Bench, rules: Sequence[m.Rule], seen: Seen) -> bool:
    """Whether the evaluators find that the rules hold, or leave it open where the guidance or the job does.

    That may also be where it is left open whether an entry is counted for the factor.
    """
    enough = surely(bench.book, *conditions_of((*rules, *bench.factor.bars)))
    return all(seen.truths[rule.id] >= enough for rule in rules)


# ── closed levels ────────────────────────────────────────────────────────────────────────────────────────────────


def _closable(bench: Bench) -> Iterator[tuple[m.Rule, Position]]:
    """The level rules whose level some `not` closes."""
    closing = [rule.effect for rule in bench.rules if isinstance(rule.effect, m.Closes)]
    for rule in bench.rules:
        if isinstance(rule.effect, m.GivesLevel):
            at = rule.effect.position
            if any(covers(one, at) for effect in closing for one in effect.positions):
                yield rule, at


def _closed(bench: Bench, rule: m.Rule, position: Position) -> Obligation:
    """An exception that applies now and then is what `not` is for; one that always does contradicts the rule."""
    holds, closed = bench.reading.rule(rule), bench.reading.closed(position)

    def finding(found: Conclusion) -> tuple[Finding, Witness]:
        closing = [one for one in bench.rules if isinstance(one.effect, m.Closes)]
        ends = [one for one in closing if bench.can(holds, bench.reading.rule(one))]
        wrong = Finding(
            f"whenever “{head(rule)}” holds, level {position} is closed",
            ends=(end_of(rule), *map(end_of, ends)),
            help="limit the exception, or take the rule away",
        )
        return wrong, bench.witness(found, "given and closed", partial(_hold, bench, (rule,)))

    duty = Duty(CODE, f"{head(rule)} open", f"level {position} is open for some job that meets “{head(rule)}”")
    if bench.can(holds, z3.Not(closed)):
        return must_not_be(bench, duty, NO, finding)
    wide = bench.for_levels()
    if wide.can(wide.reading.rule(rule), z3.Not(wide.reading.closed(position))):
        return must_not_be(wide, duty, NO, finding)
    return must_not_be(bench, duty, z3.And(holds, closed), finding)
