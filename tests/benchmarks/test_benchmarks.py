"""The benchmarks work, and notice a wrong answer; nothing is timed here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest

from jerules.engine.durable.driver import available, why_not_available
from jerules.jobs.model import Job
from tests.benchmarks import engines, peers
from tests.benchmarks.endurance import LOOKED_AT, books, evaluations, held, watched
from tests.benchmarks.flat import Flat, by_durable, take_down
from tests.benchmarks.jobs import Jobs, half, jobs_to_measure
from tests.benchmarks.timing import Way, Wrong, check, measure, table, up

needs_durable = pytest.mark.skipif(not available(), reason=why_not_available() or "it is here")
MAKERS: dict[str, Callable[[Flat], peers.Peer]] = {"clips": peers.clips, "zen": peers.zen}


@pytest.fixture(scope="module")
def jobs() -> Jobs:
    """Two jobs: an example, and a half-filled one."""
    both = jobs_to_measure(2)
    complete, half_filled = both["complete"], both["half-filled"]
    found = Jobs(complete.book, complete.jobs + half_filled.jobs, complete.facts + half_filled.facts)
    assert len(found.jobs) == 2
    return found


def test_jobs_differ_and_are_the_same_each_time() -> None:
    """As many jobs as asked for, no two alike, the same in every run; half of them are half-filled."""
    found, again = jobs_to_measure(40), jobs_to_measure(40)
    assert found == again
    assert [len(some.jobs) for some in found.values()] == [20, 20]
    assert len({repr(facts) for some in found.values() for facts in some.facts}) == 40


def test_half_of_the_answers_are_left_out(jobs: Jobs) -> None:
    """A half-filled job has some of the answers of the whole one, and no others."""
    whole = jobs.jobs[0]
    left = half(Random(1), whole)  # noqa: S311 - no secret
    before, after = _answers(whole), _answers(left)
    assert after < before
    assert len(before) / 4 < len(after) < len(before) * 3 / 4


def _answers(job: Job) -> set[tuple[str, int, str]]:
    entries = [job.facts, *(entry for some in job.records.values() for entry in some)]
    return {(entry.record, entry.number, name) for entry in entries for name in entry.answers}


def test_all_ways_agree(jobs: Jobs) -> None:
    """Every engine and every stage that is measured gives the expected answers; nothing is timed."""
    ways, _, rounds = engines.measured(jobs, None)
    assert rounds == 0
    assert {way.name for way in ways} >= {f"reference, {stage}" for stage in ("verdicts", "to levels", "explained")}


@pytest.mark.parametrize("stage", ["laying", "verdicts", "to levels", "explained"])
def test_a_wrong_answer_is_noticed(jobs: Jobs, stage: str) -> None:
    """A way that answers one job with the answer to another is refused, whatever it gives."""
    way = next(way for way in engines.engine_ways(jobs, ("reference",)) if stage in way.name)
    check([way], len(jobs.jobs))
    with pytest.raises(Wrong, match=f"{way.name} gives another answer to job 0"):
        check([replace(way, made=lambda: lambda number: way.made()(1 - number))], len(jobs.jobs))


@needs_durable
@pytest.mark.parametrize("module", peers.PEERS)
def test_a_peer_fires_what_durable_rules_fires(jobs: Jobs, module: str) -> None:
    """The same flat rules fire on the same facts in another engine; without one of its rules that is noticed."""
    pytest.importorskip(module, reason=f"{peers.PEERS[module]} is an extra of developers")
    flat = take_down(jobs.book, jobs.facts)
    check(engines.flat_ways(flat, {module: MAKERS[module]}), len(jobs.jobs))
    fired = flat.jobs[0].firings[0][0]
    fewer = tuple(tuple(rule for rule in some if rule.name != fired) for some in flat.rules)
    with pytest.raises(Wrong):
        check(engines.flat_ways(flat, {module: lambda _: MAKERS[module](replace(flat, rules=fewer))}), len(jobs.jobs))


@needs_durable
def test_joins_are_among_what_is_measured() -> None:
    """Some job makes a rule of two patterns fire, so that joining is measured as well, and told facts are matched."""
    some = jobs_to_measure(20)["half-filled"]
    flat = take_down(some.book, some.facts)
    joined = {rule.name for rules in flat.rules for rule in rules if len(rule.patterns) > 1}
    assert any(name in joined for job in flat.jobs for name, _ in job.firings)
    assert all(sorted(by_durable(flat, job)) == sorted(job.firings) for job in flat.jobs)
    for module in peers.PEERS:
        if peers.version_of(peers.PEERS[module]):
            check(engines.flat_ways(flat, {module: MAKERS[module]}), len(flat.jobs))


def test_taking_turns() -> None:
    """Every way is called in every round, made anew each time, and stands in the table with its ratio."""
    made = []

    def make() -> Callable[[int], object]:
        made.append(1)
        return lambda number: number

    ways = [Way("one", make, int, "one"), Way("other", make, int, "one")]
    rounds = measure(ways, 2, 0)
    assert [len(way.times) for way in ways] == [rounds, rounds]
    assert len(made) == 2 * (rounds + 1)
    assert [len(line) <= 80 for line in table(ways)] == [True] * 3


def test_costs_are_rounded_up() -> None:
    """A figure is never better than it was measured."""
    assert up(0.12301, 3) == "0.124"
    assert up(2, 1) == "2.0"


def test_loading_is_measured() -> None:
    """What loading costs is told in lines that fit a page."""
    lines = engines.loading(1)
    assert len(lines) >= 5
    assert max(map(len, lines)) <= 80


def test_endurance(jobs: Jobs) -> None:
    """What the process holds is looked at as often as said, over evaluations and over rule books."""
    seen = list(watched(200, evaluations(list(jobs.jobs), jobs.book)))
    assert [done for done, _ in seen] == [200 * share // 100 for share in LOOKED_AT]
    assert all(now.memory > 0 and now.threads >= 1 for _, now in seen)
    assert [done for done, _ in watched(1, books(jobs.jobs[0]))] == [1]
    assert held().threads >= 1
