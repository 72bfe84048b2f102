"""V7: no level rule that can never decide, because a higher level is reached whenever it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

import z3

from jerules.engine.truth import NO, YES
from jerules.rulebook import model as m
from jerules.scheme.model import Position
from jerules.verify.bench import Bench
from jerules.verify.model import Finding, Obligation
from jerules.verify.settle import Duty, end_of, excused, head, kept_of_levels, must_be_met
from jerules.verify.shown import shown
from jerules.verify.witness import Seen
from jerules.verify.worlds import positions_of

CODE = "V7"
TITLE = "not masked"


def pieces(bench: Bench) -> list[Callable[[], Iterable[Obligation]]]:
    """For every level that a rule gives there is a job of which it is the outcome."""
    return [partial(_given, bench, rule, position) for rule, position in _every(bench)]


def _given(bench: Bench, rule: m.Rule, position: Position) -> Iterator[Obligation]:
    subject = head(rule) if isinstance(rule.effect, m.GivesLevel) else f"{head(rule)} {position}"
    duty = Duty(CODE, subject, f"level {position} is the outcome for some job that meets “{rule.reads or head(rule)}”")
    done = shown(bench, duty, partial(_decided, rule=rule, position=position))
    if done := done or kept_of_levels(bench, duty):
        yield done
        return
    finding = partial(_finding, bench, rule, position)
    found = must_be_met(bench, duty, partial(_decides, rule=rule, position=position), finding, Bench.for_levels)
    yield excused(bench, found, partial(_can_decide, position=position), rule)


def _every(bench: Bench) -> Iterator[tuple[m.Rule, Position]]:
    """Every level that a rule with a condition gives or leaves open."""
    for rule in bench.factor.rules:
        if isinstance(rule.effect, m.GivesLevel | m.LeavesToPanel) and rule.condition is not None:
            for position in sorted(positions_of(rule.effect), key=lambda position: position.level):
                yield rule, position


def _decided(seen: Seen, rule: m.Rule, position: Position) -> bool:
    """Whether an evaluator finds that the rule gives the level, which is settled."""
    given = any(one.rule.id == rule.id and one.position == position and one.truth == YES and one.closed == NO
                for one in seen.standing.candidates)  # fmt: skip
    return given and seen.standing.settled and seen.standing.lowest.level == position.level


def _decides(bench: Bench, rule: m.Rule, position: Position) -> z3.BoolRef:
    """That the rule gives the level, and the factor comes to no other."""
    above = bench.at_least.get(position.level + 1)
    given = [holds for one, at, holds in bench.reading.candidates() if one.id == rule.id and at == position]
    return z3.And(*given, bench.at_least[position.level], *([z3.Not(above)] if above is not None else []))


def _can_decide(bench: Bench, rule: m.Rule, position: Position) -> bool:
    return bench.can(_decides(bench, rule, position))


def _finding(bench: Bench, rule: m.Rule, position: Position) -> Finding:
    return Finding(
        f"whenever this rule holds, a level above {position} is reached or level {position} is closed or capped",
        ends=(end_of(rule), *(end_of(other) for other in _masking(bench, rule, position))),
        help="narrow the rules above it, or take this one away",
    )


def _masking(bench: Bench, rule: m.Rule, position: Position) -> list[m.Rule]:
    """The fewest rules of higher levels that between them hold whenever the rule does; none if they do not."""
    above = {
        other.id: (other, holds)
        for other, at, holds in bench.reading.candidates()
        if at.level > position.level and other.id != rule.id
    }
    held = bench.reading.rule(rule)

    def covered(rules: Iterable[str]) -> bool:
        return not bench.can(held, *[z3.Not(above[name][1]) for name in rules])

    kept = list(above)
    if not covered(kept):
        return []
    for name in above:
        fewer = [one for one in kept if one != name]
        if covered(fewer):
            kept = fewer
    return [above[name][0] for name in kept]
