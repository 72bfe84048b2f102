"""Sample jobs: what they meet, that every cut is among them, and that the readings agree about random rule books."""

from pathlib import Path

import pytest

from jerules.engine.facts import lay_out, slots_of
from jerules.engine.truth import YES
from jerules.explain.proof import leaf_truth
from jerules.jobs.model import Entry
from jerules.quantities.kinds import WHOLE_SHARE
from jerules.rulebook import model as m
from jerules.rulebook.load import load_rulebook
from jerules.rulebook.questions import JOB
from jerules.verify.axes import USUAL_SHIFTS
from jerules.verify.bench import Bench
from jerules.verify.checks import CHECKS
from jerules.verify.drafts import Drafts, truth
from jerules.verify.model import State
from jerules.verify.samples import RANDOM, samples, values_of
from jerules.verify.witness import answer, look
from tests.strategies import worlds
from tests.verify.checked import book

HERE = Path(__file__).parent
EVERY_SORT = (HERE / "v18_explanations_replayed" / "good.jer").read_text(encoding="utf-8")
ACTING = """\
scheme nhs
factor 12 "Freedom to act"
question alone yes or no asks "Does the job work alone?"
level 2 when alone cites level 2
"""
BOOKS = (2, 3, 5, 7)
"""Random books with which a check once went wrong: open numbers, sums, tools, terms that no rule uses."""


def bench_of(text: str = EVERY_SORT) -> Bench:
    """A bench for the rules of factor 13."""
    return Bench(book(text), "13")


def test_each_rule_has_a_sample_that_meets_it() -> None:
    """By every evaluator, whatever sort of rule it is."""
    bench = bench_of()
    met = {sample.rule.id: sample for sample in samples(bench) if sample.rule}
    assert set(met) == {rule.id for rule in bench.rules}
    for name, sample in met.items():
        assert all(seen.truths[name] == YES for _, seen in look(bench.book, "13", sample.job)), name


def test_bars_have_samples_as_well_and_what_they_keep_out_serves_for_nothing() -> None:
    """An entry that is kept out meets the bar, and the sample of the level has another one."""
    bench = bench_of(
        EVERY_SORT + 'count once effort under 16 not 13 when aid because "It is a danger." cites definition\n'
    )
    met = {sample.rule.id: sample for sample in samples(bench) if sample.rule}
    (bar,) = bench.factor.bars
    assert all(seen.barred[bar.id] == YES for _, seen in look(bench.book, "13", met[bar.id].job))
    level = met["nhs/13/level 3(c)"].job
    assert [entry.answers["aid"].value for entry in level.records["effort"]] == [False]


def test_samples_are_the_same_on_every_run() -> None:
    """So that a finding can be looked at again."""
    assert [one.found for one in samples(bench_of())] == [one.found for one in samples(bench_of())]


def test_each_sample_answers_everything_that_the_factor_reads() -> None:
    """In every entry."""
    bench = bench_of()
    read = {(question.record, question.name) for question in bench.questions}
    for sample in samples(bench):
        job = {(JOB, name) for name in sample.job.facts.answers}
        assert job == {one for one in read if one[0] == JOB}
        for entry in sample.job.records["effort"]:
            assert {("effort", name) for name in entry.answers} == {one for one in read if one[0] == "effort"}
    assert sum(sample.sort == "drawn" for sample in samples(bench)) == RANDOM


def test_every_cut_is_approached_from_both_sides() -> None:
    """Just below, at and just above each number; of a frequency, the share goes with the rate."""
    bench = bench_of()
    values = {question.name: values_of(question, bench.leaves) for question in bench.questions}
    assert values["weight"] == [14_985, 15_000, 15_015, 49_950, 50_000, 50_050]
    assert values["drives"] == [False, True]
    assert values["kind"] == [frozenset({"lifting"}), frozenset({"bending"}), frozenset({"walking"})]
    assert (USUAL_SHIFTS // 2, WHOLE_SHARE // 2) in values["often"]
    shares = [value[1] for value in values["often"] if isinstance(value, tuple)]
    assert [share for share in shares if 4_900 < share < 5_100] == [4_995, 5_000, 5_005]


def test_every_value_occurs_in_a_job_at_the_boundaries() -> None:
    """Between them these jobs go through all the values of every question."""
    bench = bench_of()
    boundary = [sample.found.told for sample in samples(bench) if sample.sort == "boundary"]
    for question in bench.questions:
        entries = [entry for told in boundary for entry in told.records["effort"]]
        rows = [told.job for told in boundary] if question.record == JOB else entries
        found = {row[question] for row in rows}
        assert found == set(values_of(question, bench.leaves)), question.key


def test_a_draft_weighs_an_answer_as_the_explanations_do() -> None:
    """Of every leaf and every value."""
    bench = bench_of()
    for leaf in bench.leaves:
        record = bench.book.records[leaf.question.record]
        for value in values_of(leaf.question, bench.leaves):
            said = {leaf.question.name: answer(leaf.question, value, bench.book.scheme.calendar)}
            slots = slots_of(record, Entry(record.name, 1, "", said))
            assert leaf_truth(bench.book, leaf, slots) == truth(leaf, value), (leaf, value)


def test_a_draft_has_no_more_entries_than_it_may() -> None:
    """A rule that needs two is not met with one."""
    bench = bench_of()
    values = {question: values_of(question, bench.leaves) for question in bench.questions}
    (two,) = [rule for rule in bench.rules if rule.id == "nhs/13/level 2(d)"]
    assert two.condition is not None
    assert not list(Drafts(bench.book, values, 1).meeting(two.condition))
    first = next(Drafts(bench.book, values, 2).meeting(two.condition))
    assert {number for (record, number), _ in first if record == "effort"} == {0, 1}


@pytest.mark.parametrize("key", ["2", "13", "16"])
def test_a_shipped_rule_without_a_sample_is_one_that_no_job_meets(key: str) -> None:
    """The solver finds none either: the rule is idle because an interpretation answers it."""
    bench = Bench(load_rulebook("nhs", examples=False), key)
    met = {sample.rule.id for sample in samples(bench) if sample.rule}
    for rule in bench.rules:
        if rule.id not in met:
            assert bench.possible(bench.reading.rule(rule)) is None, rule.id


@pytest.mark.parametrize("seed", BOOKS)
def test_explanations_readings_and_order_hold_of_random_books(seed: int) -> None:
    """Whatever the rules are, what jerules itself has to see to is so."""
    rules = worlds.book(seed)
    ours = [one.of_factor for one in CHECKS if one.code in {"V18", "V19", "V20"}]
    for key in rules.factors:
        bench = Bench(rules, key)
        states = {(one.subject, one.state) for check in ours for one in check(bench)}
        assert {state for _, state in states} == {State.PROVED}, (key, states)


@pytest.mark.parametrize("seed", BOOKS)
def test_nothing_about_random_books_is_left_undecided(seed: int) -> None:
    """What is wrong with them is shown by a job that the evaluators confirm, or by reading."""
    rules = worlds.book(seed)
    ours = [one.of_factor for one in CHECKS if one.code in {"V12", "V13", "V21"}]
    for key in rules.factors:
        bench = Bench(rules, key)
        found = [one for check in ours for one in check(bench)]
        assert [one.subject for one in found if one.state is State.UNDECIDED] == []


def test_the_facts_of_a_sample_are_complete() -> None:
    """No record is left unasked, so that nothing is open for want of an answer."""
    bench = bench_of()
    for sample in samples(bench):
        facts = lay_out(bench.book, sample.job)
        assert None not in facts.records.values()


def test_rules_of_another_factor_play_no_part() -> None:
    """A bench holds one factor, and its samples answer what that reads."""
    bench = Bench(book(EVERY_SORT, ACTING), "12")
    assert [question.name for question in bench.questions] == ["alone"]
    assert all(isinstance(sample.rule, m.Rule | None) for sample in samples(bench))
    assert all(not told for sample in samples(bench) for told in sample.found.told.records.values())
