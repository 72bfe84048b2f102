"""A slip in what the solver is told of the rules is noticed: each of these is made on purpose and found out."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

import pytest
import z3

from jerules.jobs.model import Job
from jerules.quantities.kinds import Exact
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.verify.bench import Bench
from jerules.verify.formulas import NO, YES
from jerules.verify.worlds import Reading, Slot
from tests.strategies.worlds import book
from tests.verify.agreeing import differ, jobs_at_the_cuts

BOOKS = 40
JOBS = 4
"""Of so many random books so many jobs each, in every factor and tool."""

Patch = Callable[[pytest.MonkeyPatch], None]


def stream() -> Iterator[tuple[Bench, Job]]:
    """The same books and jobs on every run, each with the bench of a factor."""
    for seed in range(BOOKS):
        for key in book(seed).factors:
            bench = Bench(book(seed), key)
            chance = random.Random(f"{seed} {key}")  # noqa: S311 - no secret
            yield from ((bench, job) for job in islice(jobs_at_the_cuts(bench, chance), JOBS))


def noticed() -> bool:
    """Whether the solver and the evaluators differ about some job of the stream."""
    return any(differ(bench, job) for bench, job in stream())


def instead(name: str, other: Callable[..., Any]) -> Patch:
    """Put something in the place of a method of the reading; it is given the method that it replaces first."""
    method = getattr(Reading, name)

    def patch(monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(Reading, name, lambda self, *args, **kwargs: other(method, self, *args, **kwargs))

    return patch


def ignoring(kind: type[m.Effect]) -> Patch:
    """Floors, or caps, that bound nothing."""

    def bounds(
        method: Callable[..., list[z3.BoolRef]], self: Reading, of: type[m.Effect], level: int
    ) -> list[z3.BoolRef]:
        return [] if of is kind else method(self, of, level)

    return instead("_bounds", bounds)


def reading(op: str, other: str) -> Patch:
    """A comparison that is read as another one."""

    def compares(method: Callable[..., z3.BoolRef], self: Reading, leaf: c.Compare, number: z3.ArithRef) -> z3.BoolRef:
        return method(self, replace(leaf, op=other) if leaf.op == op else leaf, number)

    return instead("compares", compares)


def _allowed(method: Callable[..., z3.BoolRef], self: Reading, record: str, entry: int) -> z3.BoolRef:
    return YES if self.target is None else method(self, record, entry)


def _carried(method: Callable[..., z3.BoolRef], self: Reading, record: str, entry: int) -> z3.BoolRef:
    return YES if self.target is not None else method(self, record, entry)


def _counted(method: Callable[..., z3.BoolRef], self: Reading, some: c.Some, *, credited: bool) -> z3.BoolRef:
    return method(self, replace(some, number=some.number + (some.number > 1)), credited=credited)


def _without_not(
    method: Callable[..., z3.BoolRef],
    self: Reading,
    condition: c.Condition,
    entry: int = 0,
    *,
    credited: bool = False,
) -> z3.BoolRef:
    if isinstance(condition, c.Not) and not isinstance(condition.part, c.Some):
        condition = condition.part
    return method(self, condition, entry, credited=credited)


def _never_closed(_method: Callable[..., z3.BoolRef], _self: Reading, _position: object) -> z3.BoolRef:
    return NO


def _first_alone(
    method: Callable[..., z3.ArithRef],
    self: Reading,
    slots: Sequence[Slot],
    part: c.Part,
    meeting: Sequence[z3.BoolRef],
    *most: Exact | None,
) -> z3.ArithRef:
    return method(self, slots[:1], part, meeting[:1], *most)


FAULTS = {
    "caps are ignored": ignoring(m.Cap),
    "floors are ignored": ignoring(m.Floor),
    "< is read as <=": reading("<", "<="),
    "< is read as >=": reading("<", ">="),
    "<= is read as <": reading("<=", "<"),
    ">= is read as >": reading(">=", ">"),
    "> is read as >=": reading(">", ">="),
    "bars are ignored": instead("allowed", _allowed),
    "carries are ignored": instead("allowed", _carried),
    "one too many is counted": instead("_gathered", _counted),
    "`not` is dropped": instead("holds", _without_not),
    "closed levels are open": instead("closed", _never_closed),
    "only the first entry is summed": instead("_sum", _first_alone),
}


def test_the_solver_and_the_evaluators_find_the_same_of_the_stream() -> None:
    """With no slip nothing differs."""
    assert not noticed()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_slip_in_the_encoding_is_noticed(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some job of the stream comes out otherwise in the solver than by the evaluators."""
    FAULTS[fault](monkeypatch)
    assert noticed()
