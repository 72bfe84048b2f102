"""Checks the examples of a rule file: what must come out of each, and what does."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from jerules.engine import procedure
from jerules.engine.facts import Facts, lay_out
from jerules.engine.resolve import End, Standing, resolve, tools_for
from jerules.engine.truth import YES
from jerules.engine.verdicts import Verdicts
from jerules.explain import case_examples
from jerules.explain.evaluate import Engine, differs, standings_full_time
from jerules.explain.proof import Weigher
from jerules.explain.tools import allocation
from jerules.jobs.examples import job_of
from jerules.jobs.model import Job
from jerules.rulebook import model as m
from jerules.rulebook.supposing import supposing
from jerules.scheme.model import Position


class Evaluating(Protocol):
    """What finds the truth of every rule."""

    def verdicts(self, facts: Facts) -> Verdicts:
        """The truth of every rule."""
        ...


Engines: TypeAlias = Callable[[m.RuleBook], Engine]
"""Gives the evaluator of a rule book."""


@dataclass(frozen=True, slots=True)
class Checked:
    """An example with its job and where its factor came to stand; ``missed`` holds what did not come out as it says.

    The example of a procedure has no levels: ``standing`` is then how its case stands.
    """

    example: m.Example
    job: Job
    lowest: End
    highest: End
    queries: tuple[str, ...]
    missed: tuple[m.Expected, ...]
    standing: procedure.Standing | None = None

    @property
    def holds(self) -> bool:
        """Whether everything came out as the example says."""
        return not self.missed


@dataclass(frozen=True, slots=True)
class CameOut:
    """What comes out for the factor of an example: where it stands, and the queries that are raised."""

    standing: Standing
    queries: tuple[str, ...]


def check_example(book: m.RuleBook, example: m.Example, engines: Engines) -> Checked:
    """Evaluate the factor of one example, with what it supposes to be agreed, and compare.

    Raises :class:`~jerules.faults.Faulty` with every mistake in what the example says of its job, and
    :class:`~jerules.faults.OurFault` when two evaluators disagree.
    """
    book = supposing(book, example.supposed)
    job, engine = job_of(example, book), engines(book)
    if book.factors[example.factor].procedure:
        return check_case(book, example, job, engine)
    came = came_out(book, example.factor, job, lay_out(book, job), engine)
    standing = came.standing
    return Checked(example, job, standing.lowest, standing.highest, came.queries, missed(example, came))


def came_out(book: m.RuleBook, factor: str, job: Job, facts: Facts, engine: Evaluating) -> CameOut:
    """What comes out for one factor of a job; ``book`` needs no more than that factor and the tools that raise it."""
    verdicts = engine.verdicts(facts)
    standing = resolve(book, verdicts, facts.decisions)[factor]
    queries = _queries(book.factors[factor], verdicts)
    for tool in tools_for(book, factor):
        raised = _queries(book.factors[tool], verdicts)
        if raised and _carries(book, job, facts, tool, factor):
            queries += raised
    if book.pro_rata and differs(standing, standings_full_time(book, facts).get(factor)):
        queries = (*queries, *(effect.text for effect in (book.pro_rata.rule.effect,) if isinstance(effect, m.Asks)))
    return CameOut(standing, queries)


def missed(example: m.Example, came: CameOut) -> tuple[m.Expected, ...]:
    """What did not come out as an example says."""
    named = {expected.query for expected in example.expects if expected.kind == "query"}
    return tuple(expected for expected in example.expects if not _met(expected, came, named))


def _carries(book: m.RuleBook, job: Job, facts: Facts, tool: str, factor: str) -> bool:
    """Whether a tool carries anything to a factor, or may: only then are its queries raised there."""
    return bool(allocation(job, Weigher(book, job, facts, book.factors[tool])).to(factor))


def check_case(book: m.RuleBook, example: m.Example, job: Job, engine: Evaluating) -> Checked:
    """Evaluate the procedure of one example, whose job is at hand, and compare."""
    rules = book.factors[example.factor]
    truths = engine.verdicts(lay_out(book, job)).factors[rules.key]
    standing = procedure.stand(rules, truths, job, None)
    not_met = tuple(expected for expected in example.expects if not case_examples.met(expected, standing, example))
    return Checked(example, job, End(None), End(None), case_examples.queries(standing), not_met, standing)


def _queries(rules: m.FactorRules, verdicts: Verdicts) -> tuple[str, ...]:
    truths = verdicts.factors[rules.key]
    return tuple(
        rule.effect.text
        for rule, truth in zip(rules.rules, truths, strict=True)
        if isinstance(rule.effect, m.Asks) and truth == YES
    )


def _met(expected: m.Expected, came: CameOut, named: Container[str]) -> bool:
    standing = came.standing
    lowest, highest = standing.lowest, standing.highest
    match expected.kind, expected.positions:
        case "level", (position,):
            return standing.settled and _is(lowest, position) and _is(highest, position)
        case "range", (low, high):
            return _is(lowest, low) and _is(highest, high)
        case "query", _:
            return expected.query in came.queries
        case "no_more", _:
            return all(query in named for query in came.queries)
    return lowest.level is None and highest.level is None


def _is(end: End, position: Position) -> bool:
    """Whether an end is at a position; a position without a letter leaves open by which option."""
    if end.level != position.level:
        return False
    return position.option is None or set(end.options) == {position.option}


def expectation(expected: m.Expected) -> str:
    """What an example says must come out, in words."""
    if expected.kind in m.PROCEDURAL:
        return case_examples.expectation(expected)
    match expected.kind:
        case "level":
            return f"level {expected.positions[0]}"
        case "range":
            return f"level {expected.positions[0]} to {expected.positions[1]}"
        case "query":
            return f"the query “{expected.query}”"
        case "no_more":
            return "no other query"
    return "no level"
