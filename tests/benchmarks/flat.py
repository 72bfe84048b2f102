"""The flat rules that a rule book becomes, and the facts that each job becomes, for other engines to work on.

They are taken down while the durable-rules evaluator works: nothing here depends on how a rule book is compiled.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast
from unittest import mock

from jerules.engine.durable import compile as compiled
from jerules.engine.durable.driver import OnMatch, Ruleset
from jerules.engine.durable.flat import Fact, FactShape, Firing, FlatRule, ShapedFact
from jerules.engine.facts import Facts
from jerules.faults import OurFault
from jerules.rulebook.model import RuleBook


@dataclass(frozen=True, slots=True)
class FlatJob:
    """One job: for each ruleset by its place the facts it is told (and what follows from them), and every firing.

    The numbers of a firing count the facts of its ruleset from 0.
    """

    facts: tuple[tuple[int, tuple[ShapedFact, ...]], ...]
    firings: tuple[Firing, ...]


@dataclass(frozen=True, slots=True)
class Flat:
    """A rule book as rulesets of flat rules, each with the engine's own ruleset, and some jobs."""

    rules: tuple[tuple[FlatRule, ...], ...]
    rulesets: tuple[Ruleset, ...]
    jobs: tuple[FlatJob, ...]


class _TakenDown(Ruleset):
    """A ruleset that keeps what it is made of, and what its last run was."""

    made: list[_TakenDown]

    def __init__(self, rules: Sequence[FlatRule], *, most_firings: int, most_facts: int) -> None:
        super().__init__(rules, most_firings=most_firings, most_facts=most_facts)
        self.rules = tuple(rules)
        self.facts: tuple[Fact, ...] = ()
        self.fired: tuple[Firing, ...] = ()
        self.made.append(self)

    def run(self, facts: Sequence[Fact], on_match: OnMatch | None = None) -> list[Firing]:
        following: list[Fact] = []

        def watched(name: str, numbers: tuple[int, ...]) -> Sequence[Fact] | None:
            found = on_match(name, numbers) if on_match else None
            following.extend(found or ())
            return found

        firings = super().run(facts, watched)
        self.facts, self.fired = (*facts, *following), tuple(firings)
        return firings


def take_down(book: RuleBook, jobs: Sequence[Facts]) -> Flat:
    """The flat rules of a rule book, and what each job comes to in them.

    What follows from facts is told with the facts from the start, so that an engine has only to match; rules that join
    several facts fire on the same ones either way.

    Raises:
        Unavailable: durable-rules cannot be used here.
    """
    made: list[_TakenDown] = []
    recording = type("Recording", (_TakenDown,), {"made": made})
    with mock.patch.object(compiled, "Ruleset", recording):
        evaluator = compiled.DurableEvaluator(book)
    found = []
    for facts in jobs:
        for ruleset in made:
            ruleset.facts = ruleset.fired = ()
        evaluator.verdicts(facts)
        told = tuple((place, tuple(map(_shaped, one.facts))) for place, one in enumerate(made) if one.facts)
        found.append(FlatJob(told, tuple(firing for one in made for firing in one.fired)))
    plain = tuple(Ruleset(one.rules) for one in made)
    return Flat(tuple(one.rules for one in made), plain, tuple(found))


def _shaped(fact: Fact) -> ShapedFact:
    kind, values = fact
    if not isinstance(kind, FactShape):
        raise OurFault(f"a fact of kind `{kind}` has no shape")
    return kind, cast("Sequence[int]", values)


def by_durable(flat: Flat, job: FlatJob) -> list[Firing]:
    """Every firing of durable-rules on the facts of one job."""
    return [firing for place, facts in job.facts for firing in flat.rulesets[place].run(facts)]
