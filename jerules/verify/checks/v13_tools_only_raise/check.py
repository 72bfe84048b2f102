"""V13: a tool raises the level of the factor that its evidence is carried to; it lowers none, and raises no other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

import z3

from jerules.engine import credit
from jerules.engine.truth import NO
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.uses import conditions_of
from jerules.verify.bench import Bench, Conclusion
from jerules.verify.cells import cells_of
from jerules.verify.checks.v12_nothing_counted_twice.check import readers_of
from jerules.verify.formulas import any_of
from jerules.verify.model import Finding, Obligation, State, Witness
from jerules.verify.regions import in_words
from jerules.verify.settle import READING, Duty, both, end_of, must_not_be
from jerules.verify.witness import Seen
from jerules.verify.worlds import Reading

CODE = "V13"
TITLE = "tools only raise"


def of_factor(bench: Bench) -> Iterator[Obligation]:
    """Of a factor: its tools lower nothing. Of a tool: each entry goes to one factor, and nothing else credits it."""
    for tool in bench.tools:
        yield _raises(bench.at_once.for_levels(), tool)
    carries: dict[tuple[str, str], list[m.Rule]] = {}
    for record, factor, rule in credit.carries(bench.factor):
        carries.setdefault((record, factor), []).append(rule)
    for one, other in combinations(carries, 2):
        if one[0] == other[0]:
            yield _one_target(bench, one[0], (one[1], other[1]), (carries[one], carries[other]))
    for record in dict.fromkeys(record for record, _ in carries):
        yield _only_target(bench, record)


def _raises(bench: Bench, tool: m.FactorRules) -> Obligation:
    """With the tool every level is reached that is reached without it."""
    duty = Duty(CODE, f"{tool.key} raises {bench.key}", f"“{tool.title}” never lowers the level")
    factors = {key: one for key, one in bench.book.factors.items() if key != tool.key}
    without = Reading(replace(bench.book, factors=factors), bench.factor, bench.answers).at_least()
    lowered = any_of(z3.And(without[level], z3.Not(reached)) for level, reached in bench.at_least.items())

    def finding(found: Conclusion) -> tuple[Finding, Witness]:
        def lower(seen: Seen) -> bool:
            before = seen.standing.hands_on
            return before is not None and (before[0].level or 0) > (seen.standing.lowest.level or 0)

        wrong = Finding("the tool lowers a level", help="this is a fault of jerules: a tool can only raise")
        return wrong, bench.witness(found, "the level is lower with the tool", lower)

    return must_not_be(bench, duty, lowered, finding)


def _one_target(
    bench: Bench, record: str, targets: tuple[str, str], rules: tuple[list[m.Rule], list[m.Rule]]
) -> Obligation:
    """No entry is carried to both factors."""
    one, other = targets
    says = f"no entry of `{record}` raises both {one} and {other}"
    duty = Duty(CODE, f"{record} {one}/{other}", says)
    place = rules[0][0].source.place
    twice = c.All(tuple(_any(group) for group in rules), place)
    cells = cells_of(bench.book, [twice])
    truths = cells.holds(twice) if cells else None

    def finding(found: Conclusion) -> tuple[Finding, Witness]:
        def carried(seen: Seen) -> bool:
            return all(any(seen.truths[rule.id] != NO for rule in group) for group in rules)

        wrong = Finding(
            f"one entry of `{record}` raises both {one} and {other}",
            ends=tuple(end_of(rule) for group in rules for rule in group),
            regions=in_words(cells, truths, bench.book.scheme.calendar) if cells and truths is not None else (),
            help="carry each entry to one factor, or accept this where the guidance allows both",
        )
        return wrong, bench.witness(found, f"carried to {one} and to {other}", carried)

    alone = z3.And(bench.answers.present(record, 0), z3.Not(bench.answers.present(record, 1)))
    found = must_not_be(bench, duty, z3.And(alone, bench.reading.holds(twice)), finding)
    if truths is None:
        return found
    return both(found, State.REFUTED if truths.any() else State.PROVED)


def _any(rules: list[m.Rule]) -> c.Condition:
    return c.AnyOf(conditions_of(rules), rules[0].source.place)


def _only_target(bench: Bench, record: str) -> Obligation:
    """No factor credits the tool's evidence by itself where nothing is carried to it."""
    targets = credit.targets(bench.factor)
    says = f"only {' and '.join(targets)} can rest on `{record}`"
    strangers = {
        key: rule for key, rule in readers_of(bench.book).get(record, {}).items() if key not in targets
    }  # fmt: skip
    if not strangers:
        return Obligation(CODE, bench.key, record, says, State.PROVED, (READING,))
    finding = Finding(
        f"`{record}` is carried to {' and '.join(targets)}, and {' and '.join(strangers)} credits it as well",
        ends=tuple(end_of(rule) for rule in strangers.values()),
        help="carry it there, or rest that factor on a record of its own",
    )
    return Obligation(CODE, bench.key, record, says, State.REFUTED, (READING,), finding)
