"""V10: every level of the scheme's factors, and every letter of a level, is the outcome of some job."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import z3

from jerules.rulebook import model as m
from jerules.scheme.model import Factor, Position
from jerules.verify.bare import by_interpretation
from jerules.verify.bench import Bench
from jerules.verify.formulas import NO, any_of
from jerules.verify.model import End, Finding, Kin, Obligation, State
from jerules.verify.settle import Duty, end_of, must_be_met
from jerules.verify.shown import shown
from jerules.verify.witness import Seen

CODE = "V10"
TITLE = "every level is reachable"


def of_factor(bench: Bench) -> Iterator[Obligation]:
    """For every level of the factor, and every letter of it, there is a job of which it is the outcome."""
    factor = next((one for one in bench.book.scheme.factors if one.number == bench.factor.number), None)
    if factor is None or not bench.factor.rules:
        return
    for position in positions(factor):
        duty = Duty(CODE, f"level {position}", f"level {position} is the outcome for some job")
        found = shown(bench, duty, partial(_comes_to, position=position)) or must_be_met(
            bench, duty, partial(outcome, position=position), partial(_finding, bench, position), Bench.for_levels
        )
        yield _by_interpretation(bench, position, found)


def _comes_to(seen: Seen, position: Position) -> bool:
    """Whether an evaluator finds just this level, and by a rule for this letter where there is one."""
    end = seen.standing.lowest
    return seen.standing.settled and end.level == position.level and position.option in {None, *end.options}


def positions(factor: Factor) -> Iterator[Position]:
    """Every level of a factor, then each of its letters."""
    for level in factor.levels:
        yield Position(level.number)
        for option in level.options:
            yield Position(level.number, option)


def outcome(bench: Bench, position: Position) -> z3.BoolRef:
    """Whether the factor comes to just this level, and by a rule for this letter where there is one."""
    above = bench.at_least.get(position.level + 1, NO)
    parts = [bench.at_least[position.level], z3.Not(above)]
    if position.option:
        parts.append(any_of(holds for _, at, holds in bench.reading.candidates() if at == position))
    return z3.And(*parts)


def _giving(bench: Bench, position: Position) -> list[m.Rule]:
    """The rules that can bring a job to a level or a letter."""
    found = []
    for rule in bench.factor.rules:
        match rule.effect:
            case m.GivesLevel(position=at):
                given = [at]
            case m.LeavesToPanel(low=low, high=high):
                given = [low, high]
            case m.Floor(level=level) | m.Cap(level=level):
                given = [Position(level)]
            case _:
                given = []
        if any(at == position or (not position.option and at.level == position.level) for at in given):
            found.append(rule)
    return found


def _finding(bench: Bench, position: Position) -> Finding:
    if giving := _giving(bench, position):
        return Finding(
            f"no job comes to level {position}: another level is reached wherever a rule gives it",
            ends=tuple(map(end_of, giving)),
            help="narrow the rules above it",
        )
    title = bench.factor.title
    return Finding(
        f"no job comes to level {position}: no rule gives it",
        ends=(End(f"{title}, level {position}", None),),
        help="write the rule that the guidance has for it",
        kin=Kin(
            "levels that no rule gives",
            "no job comes to these levels: no rule speaks of them",
            "write the rules that the guidance has for them; each may also be accepted by its own name",
            title,
            str(position),
        ),
    )


def _by_interpretation(bench: Bench, position: Position, found: Obligation) -> Obligation:
    """The obligation; accepted where only the rules of an interpretation bring jobs to the level."""
    giving = _giving(bench, position)
    names = {rule.source.interpretation for rule in giving}
    if found.state is not State.PROVED or not names or "" in names:
        return found
    name = min(names)
    finding = Finding(f"no rule of the guidance itself gives level {position}", ends=tuple(map(end_of, giving)))
    return replace(found, state=State.ACCEPTED, finding=finding, acceptance=by_interpretation(bench.book, name))
