"""Proofs replayed: every leaf is as it says, the tree is the evaluator's verdict, and nothing stands in it in vain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from hypothesis import given

from jerules.engine.facts import lay_out, nothing_known, slots_of
from jerules.engine.truth import NO, UNKNOWN
from jerules.explain.proof import AddedUp, OfEntry, Step, Weigher, leaf_truth, steps
from jerules.explain.pruning import blank, prune
from jerules.jobs.model import Entry, Job
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.model import RuleBook
from tests.engine.oracle import Oracle, number
from tests.engine.test_reference import verdicts
from tests.strategies.worlds import Atom, World, known_worlds, only, worlds


def trees(book: RuleBook, job: Job) -> Iterator[tuple[m.FactorRules, m.Rule, str | None, int, Step]]:
    """The tree of every rule with a condition on the job, with the factor, the target of a tool, and the verdict."""
    facts, found = lay_out(book, job), verdicts(book, job)
    views = [(key, None, truths) for key, truths in found.factors.items()]
    views += [(tool, target, truths) for (tool, target), truths in found.carried.items()]  # type: ignore[misc]
    for key, target, truths in views:
        factor = book.factors[key]
        weigher = Weigher(book, job, facts, factor, target)
        for rule, truth in zip(factor.rules, truths, strict=True):
            if rule.condition is not None and not isinstance(rule.effect, m.Carries):
                yield factor, rule, target, truth, weigher.rule(rule)


@given(worlds())
def test_the_tree_is_the_verdict(world: World) -> None:
    """Truth ∘ explain = verdict, before and after pruning."""
    for _, _, _, truth, tree in trees(*world):
        assert tree.truth == truth
        assert prune(tree).truth == truth


@given(worlds())
def test_every_leaf_is_as_it_says(world: World) -> None:
    """Replay: a leaf's answer, read again by itself, gives the leaf's truth."""
    book, _ = world
    for _, _, _, _, tree in trees(*world):
        for step in steps(prune(tree)):
            if isinstance(step.subject, c.Leaf):
                question = step.subject.question
                record = book.records[question.record]
                said = {question.name: step.answer} if step.answer else {}
                slots = slots_of(record, Entry(record.name, 1, "", said)) if said else nothing_known(record)
                assert leaf_truth(book, step.subject, slots) == step.truth


def said_in(step: Step, found: set[Atom]) -> set[Atom]:
    """What a pruned tree shows to rest on: the answers of its leaves, what adds up, and the lists it went through."""
    match step.subject:
        case c.Some(record=record):
            found.add(Atom(record))
            entries = [x.subject.entry for x in step.children if isinstance(x.subject, OfEntry) and x.truth != NO]
            for added in step.children:
                if isinstance(added.subject, AddedUp):
                    compared = added.subject.compare
                    parts = [p for p, x in zip(added.subject.parts, step.children, strict=False) if x.truth != NO]
                    for entry, part in zip(entries, parts, strict=True):
                        if part != blank(compared):
                            found.add(Atom(entry.record, entry.number - 1, compared.question.name))
        case c.Compare(question=q) | c.Chosen(question=q) | c.IsYes(question=q) if step.answer and step.entry:
            found.add(Atom(q.record, step.entry.number - 1, q.name))
    for child in step.children:
        said_in(child, found)
    return found


def truth_of(book: RuleBook, job: Job, factor: m.FactorRules, rule: m.Rule, target: str | None) -> int:
    """The oracle's verdict on one rule."""
    return number(Oracle(book, job).rule(factor, rule, target))


@given(known_worlds())
def test_what_a_proof_shows_is_enough_and_none_of_it_too_much(world: World) -> None:
    """Replay ∘ explain = identity: what a proof shows gives the same conclusion; with one thing less it does not."""
    book, job = world
    for factor, rule, target, truth, tree in trees(book, job):
        if truth == UNKNOWN:
            continue
        shown = said_in(prune(tree), set())
        assert truth_of(book, only(job, shown), factor, rule, target) == truth, rule.id
        for atom in shown:
            less = only(job, shown - {atom})
            if atom.whole_record:
                less = replace(less, records={k: v for k, v in less.records.items() if k != atom.record})
            assert truth_of(book, less, factor, rule, target) == UNKNOWN, (rule.id, atom)


@given(worlds())
def test_a_proof_from_half_a_job_is_as_short(world: World) -> None:
    """The same where much is unknown: whatever is established rests on what was said."""
    test_what_a_proof_shows_is_enough_and_none_of_it_too_much.hypothesis.inner_test(world)  # type: ignore[attr-defined]
