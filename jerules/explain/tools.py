"""What a tool says of a factor, step by step: its own level, what it carries there, and whether that raises it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations

from jerules.engine import credit
from jerules.engine.resolve import Standing
from jerules.engine.truth import NO, UNKNOWN, YES, Truth
from jerules.explain.outcome import ByTool, Carried, Raised, Reason
from jerules.explain.proof import Step, Weigher
from jerules.explain.pruning import Pruner, prune
from jerules.jobs.model import Entry, Job
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.consistency import leaves
from jerules.rulebook.questions import Question


@dataclass(frozen=True, slots=True)
class Allocation:
    """Where the entries of a job go by one tool: for each, the factors that it is carried to, or may be."""

    tool: m.FactorRules
    entries: tuple[tuple[Entry, tuple[Carried, ...]], ...]
    unasked: tuple[str, ...]

    def to(self, factor: str) -> tuple[Carried, ...]:
        """What is carried to a factor, or may be."""
        return tuple(one for _, found in self.entries for one in found if one.factor == factor)

    def factors(self) -> dict[str, Truth]:
        """Every factor that something is carried to, or may be, in the order of the tool's rules."""
        return {key: max(one.truth for one in found) for key in credit.targets(self.tool) if (found := self.to(key))}


def allocation(job: Job, weigher: Weigher) -> Allocation:
    """Where the entries of a job go by the tool that ``weigher`` weighs."""
    tool = weigher.factor
    records = tuple(dict.fromkeys(record for record, _, _ in credit.carries(tool)))
    shape = Pruner()
    entries = [
        (entry, tuple(_carried(weigher, index, entry, shape)))
        for record in records
        for index, entry in enumerate(job.records.get(record, ()))
    ]
    return Allocation(tool, tuple(entries), tuple(record for record in records if record not in job.records))


def _carried(weigher: Weigher, index: int, entry: Entry, shape: Pruner) -> Iterator[Carried]:
    """By each factor's own best rule: the one that carries the entry there most surely."""
    tool = weigher.factor
    for factor in credit.targets(tool):
        rules = [rule for record, to, rule in credit.carries(tool) if (record, to) == (entry.record, factor)]
        trees = [weigher.entry_rule(rule, entry.record, index) for rule in rules]
        best = max(zip(rules, trees, strict=True), key=lambda pair: pair[1].truth, default=None)
        if best and best[1].truth:
            rule, tree = best
            yield Carried(entry, factor, rule, tree.truth, prune(tree, shape))


def by_tool(
    found: Allocation, factor: str, tool_standing: Standing, standing: Standing, reasons: tuple[Reason, ...]
) -> ByTool | None:
    """The three steps of a tool for one factor; nothing where it surely carries nothing there."""
    carried = found.to(factor)
    if not carried and not found.unasked:
        return None
    others = tuple((key, truth) for key, truth in found.factors().items() if key != factor)
    before = standing.hands_on or (standing.lowest, standing.highest)
    return ByTool(
        found.tool.key,
        found.tool.title,
        tool_standing.lowest,
        tool_standing.highest,
        tuple(replace(reason, proof=_own_level(reason.proof)) for reason in reasons),
        carried,
        others,
        found.unasked,
        before,
    )


def _own_level(step: Step) -> Step:
    """A tree without the steps that say where an entry is carried: these are the second step of the tool."""
    return replace(step, children=tuple(_own_level(child) for child in step.children if not _carries(child)))


def only_carried(step: Step) -> Step:
    """A tree without the entries that are surely not carried to the factor, as long as others are."""
    kept = tuple(child for child in step.children if not any(_carries(s) and s.truth == NO for s in child.children))
    return replace(step, children=tuple(only_carried(child) for child in kept or step.children))


def _carries(step: Step) -> bool:
    """Whether a step is the one that a weigher adds for where an entry is carried: a choice between no conditions."""
    return isinstance(step.subject, c.AnyOf) and not step.subject.parts


# ── what the panel is asked about it ─────────────────────────────────────────────────────────────────────────────


def doubts(book: m.RuleBook, found: Allocation, factor: str) -> Iterator[Raised]:
    """Evidence of a tool that may be credited twice: one entry under two factors, or two entries that look the same."""
    here = found.to(factor)
    for one in here:
        sure = [other.factor for other in _of(found, one.entry) if other.truth == YES]
        if len(sure) > 1 and one.truth == YES:
            yield Raised(one.rule, YES, twice=((one.entry,), tuple(sure)))
    for (first, there), (second, elsewhere) in combinations(found.entries, 2):
        factors = dict.fromkeys(one.factor for one in (*there, *elsewhere) if one.truth == YES)
        if factor not in factors or len(factors) == 1 or first.record != second.record:
            continue
        same = alike(book, found.tool, first, second)
        if same:
            rule = next(one.rule for one in here)
            yield Raised(rule, same, twice=((first, second), tuple(factors)))


def _of(found: Allocation, entry: Entry) -> tuple[Carried, ...]:
    return next(carried for other, carried in found.entries if other is entry)


def alike(book: m.RuleBook, tool: m.FactorRules, first: Entry, second: Entry) -> Truth:
    """Whether two entries are answered alike in all that the tool's levels read; open where answers are missing.

    What only says where an entry is carried is left out: the same advice entered for two factors differs in that.
    """
    truths = [truth for question in _levelling(book, tool, first.record) for truth in _same(question, first, second)]
    return min(truths) if YES in truths else NO


def _levelling(book: m.RuleBook, tool: m.FactorRules, record: str) -> Iterator[Question]:
    rules = [rule for rule in tool.rules if isinstance(rule.effect, m.GivesLevel | m.LeavesToPanel)]
    found = (leaf.question for rule in rules if rule.condition for leaf in leaves(book, rule.condition))
    return (question for question in dict.fromkeys(found) if question.record == record)


def _same(question: Question, first: Entry, second: Entry) -> Iterator[Truth]:
    """Whether two answers are the same; nothing where neither entry has one."""
    one, other = first.answers.get(question.name), second.answers.get(question.name)
    if one and other:
        yield YES if one.value == other.value else NO
    elif one or other:
        yield UNKNOWN
