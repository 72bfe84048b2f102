"""What is said of every job is so of every job that can be drawn: none contradicts what the checks found."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from jerules.engine.truth import NO, YES
from jerules.jobs.model import Answer, Decision, Job
from jerules.quantities.kinds import Kind, Measure
from jerules.rulebook import model as m
from jerules.rulebook.questions import JOB, Form, Question
from jerules.verify.bench import Bench
from jerules.verify.checks import CHECKS
from jerules.verify.model import Obligation, State
from jerules.verify.settle import head
from jerules.verify.witness import Seen, look
from tests.strategies.worlds import AMOUNTS, RATES, World, book, files_of, frequency, full_jobs
from tests.verify.agreeing import differ, jobs_at_the_cuts

BOOKS = 25
ENTRIES = 4
"""So many entries of each record a job has at most."""
KEY = "13"


@lru_cache(maxsize=BOOKS)
def bench_of(seed: int) -> Bench:
    """The bench of the first factor of a book."""
    return Bench(book(seed), KEY)


@lru_cache(maxsize=BOOKS)
def wide_bench_of(seed: int) -> Bench:
    """The same with as many entries as any job here has."""
    return Bench(book(seed), KEY, most=ENTRIES)


@lru_cache(maxsize=BOOKS * 8)
def found(seed: int, code: str) -> Mapping[str, Obligation]:
    """What a check finds of the first factor of a book."""
    check = next(one for one in CHECKS if one.code == code)
    return {one.subject: one for one in check.of_factor(bench_of(seed))}


def subjects(seed: int, code: str, state: State) -> set[str]:
    """The subjects that a check finds in a state."""
    return {subject for subject, one in found(seed, code).items() if one.state is state}


@st.composite
def drawn(draw: st.DrawFn) -> tuple[int, Job]:
    """A book by its seed, and a job of it about which everything is known."""
    seed = draw(st.integers(0, BOOKS - 1))
    return seed, draw(full_jobs(book(seed), most=ENTRIES))


@st.composite
def drawn_at_the_cuts(draw: st.DrawFn) -> tuple[int, Job]:
    """The same with answers at, just below and just above what the first factor compares them with."""
    seed = draw(st.integers(0, BOOKS - 1))
    chance = random.Random(draw(st.integers(0, 10**6)))  # noqa: S311 - no secret
    return seed, next(jobs_at_the_cuts(bench_of(seed), chance, ENTRIES))


@settings(max_examples=150)
@given(drawn_at_the_cuts())
def test_no_job_comes_out_otherwise_in_the_solver_than_by_the_evaluators(pair: tuple[int, Job]) -> None:
    """Rules, bars and levels: what every proof rests on. That this notices slips is shown in `test_encoding.py`."""
    seed, job = pair
    assert not differ(wide_bench_of(seed), job), told(seed, job)


def seen_of(seed: int, job: Job) -> Seen:
    """What the reference evaluator finds of the first factor."""
    return next(seen for _, seen in look(book(seed), KEY, job))


def told(seed: int, *jobs: Job) -> str:
    """A failure in words."""
    return f"{files_of(book(seed))}\n{World((book(seed), *jobs))}"


@settings(max_examples=150)
@given(drawn() | drawn_at_the_cuts())
def test_no_job_meets_what_is_dead_nor_misses_what_always_holds(pair: tuple[int, Job]) -> None:
    """V1 says that no job meets a rule, V2 that every job does."""
    seed, job = pair
    truths = {head(rule): seen_of(seed, job).truths[rule.id] for rule in book(seed).factors[KEY].rules}
    dead = subjects(seed, "V1", State.REFUTED) & {name for name, truth in truths.items() if truth == YES}
    missed = subjects(seed, "V2", State.REFUTED) & {name for name, truth in truths.items() if truth == NO}
    assert not dead, told(seed, job)
    assert not missed, told(seed, job)


@settings(max_examples=150)
@given(drawn() | drawn_at_the_cuts())
def test_no_job_comes_to_a_level_that_none_can_come_to(pair: tuple[int, Job]) -> None:
    """V10 says that no job comes to a level, V3 that every job comes to one."""
    seed, job = pair
    standing = seen_of(seed, job).standing
    if standing.settled and standing.lowest.level:
        assert f"level {standing.lowest.level}" not in subjects(seed, "V10", State.REFUTED), told(seed, job)
    if standing.highest.level is None:
        assert "some level" not in subjects(seed, "V3", State.PROVED), told(seed, job)


@settings(max_examples=150)
@given(drawn() | drawn_at_the_cuts())
def test_no_job_rests_on_a_rule_that_is_masked(pair: tuple[int, Job]) -> None:
    """V7 says that a rule never decides, because a higher level is reached, or its own is closed, whenever it holds."""
    seed, job = pair
    standing = seen_of(seed, job).standing
    deciding = {
        head(one.rule) if isinstance(one.rule.effect, m.GivesLevel) else f"{head(one.rule)} {one.position}"
        for one in standing.candidates
        if one.truth == YES and one.closed == NO and standing.settled and standing.lowest.level == one.position.level
    }
    assert not deciding & subjects(seed, "V7", State.REFUTED), told(seed, job)


@settings(max_examples=300)
@given(drawn(), st.data())
def test_no_job_falls_where_more_was_proved_to_lower_nothing(pair: tuple[int, Job], data: st.DataObject) -> None:
    """V8 says that more of a demand gives no lower level: so no job has a lower one with more of it.

    What is left to the panel it decides in one way, as the check has it.
    """
    seed, job = pair
    rising = [one for one in bench_of(seed).questions if one.key in subjects(seed, "V8", State.PROVED)]
    assume(rising)
    question = data.draw(st.sampled_from(rising))
    rows = job.records.get(question.record, ()) if question.record != JOB else (job.facts,)
    assume(rows)
    index = data.draw(st.integers(0, len(rows) - 1))
    more = data.draw(st.sampled_from(raised(question, rows[index].answers[question.name])))
    changed = replace(rows[index], answers={**rows[index].answers, question.name: more})
    first = decided(seed, job, higher=data.draw(st.booleans()))
    if question.record == JOB:
        second = replace(first, facts=changed)
    else:
        entries = (*rows[:index], changed, *rows[index + 1 :])
        second = replace(first, records={**first.records, question.record: entries})
    before, after = (seen_of(seed, one).standing for one in (first, second))
    assert (after.highest.level or 0) >= (before.lowest.level or 0), told(seed, first, second)


def decided(seed: int, job: Job, *, higher: bool) -> Job:
    """The job with everything decided for the higher of two levels, or for the lower."""
    decisions = {}
    for effect in bench_of(seed).left_to_panel():
        low, high = sorted((effect.low, effect.high), key=lambda position: position.level)
        decisions[effect.name] = Decision(high if higher else low, "so")
    return replace(job, decisions=decisions)


def raised(question: Question, answer: Answer) -> list[Answer]:
    """The same answer and every one with more."""
    value, names = answer.value, question.type.names
    if question.type.form is Form.SCALE:
        assert isinstance(value, frozenset)
        return [Answer(frozenset({name}), name) for name in names[names.index(min(value)) :]]
    assert isinstance(value, Measure)
    if value.kind is Kind.FREQUENCY:
        found = [frequency(rate, rate) for rate in RATES if rate >= value.interval.low]
    else:
        found = [replace(value, interval=replace(value.interval, low=one, high=one), text=str(one))
                 for one in AMOUNTS[value.kind] if one >= value.interval.low]  # fmt: skip
    return [Answer(one, one.text) for one in found]
