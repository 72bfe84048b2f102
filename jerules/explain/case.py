"""How a case stands with the reasons: every rule that has a say with its proof, and what is still to ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from jerules.engine.facts import lay_out
from jerules.engine.procedure import Standing, stand
from jerules.engine.truth import NO, UNKNOWN, YES
from jerules.explain.evaluate import Engine
from jerules.explain.proof import Step, Weigher, interpretations, leaves
from jerules.explain.pruning import Pruner, prune
from jerules.faults import OurFault
from jerules.jobs.case import Case
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.questions import Question


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question still to ask, and the rules whose outcome turns on it."""

    question: Question
    rules: tuple[m.Rule, ...]


@dataclass(frozen=True, slots=True)
class CaseOutcome:
    """How a case stands in its procedure ``on`` a day.

    ``proofs`` holds, for each rule with a condition, the tree of what its truth rests on, by the identifier of the
    rule. ``wanted`` are the open questions, those that most turns on first.
    """

    case: Case
    book: m.RuleBook
    rules: m.FactorRules
    on: date
    engine: str
    checked_by: str
    standing: Standing
    proofs: Mapping[str, Step]
    wanted: tuple[Wanted, ...]
    interpretations: tuple[m.Interpretation, ...]


def follow(book: m.RuleBook, case: Case, engine: Engine, on: date) -> CaseOutcome:
    """How a case stands. Raises :class:`OurFault` when the readings of the rule book disagree."""
    rules, job = book.factors[case.kind], case.job
    facts = lay_out(book, job)
    truths = engine.verdicts(facts).factors[case.kind]
    weigher, shape = Weigher(book, job, facts, rules), Pruner()
    proofs: dict[str, Step] = {}
    for rule, truth in zip(rules.rules, truths, strict=True):
        if rule.condition is None:
            continue
        tree = weigher.rule(rule)
        if tree.truth != truth:
            raise OurFault(f"the proof of {rule.id} comes out as {tree.truth}, the evaluator as {truth}")
        proofs[rule.id] = prune(tree, shape)
    standing = stand(rules, truths, job, on)
    wanted = _wanted(rules, standing, proofs)
    return CaseOutcome(
        case, book, rules, on, engine.name, engine.checked_by, standing, proofs, wanted,
        tuple(book.interpretations[name] for name in _assumed(rules, proofs)),
    )  # fmt: skip


def _wanted(rules: m.FactorRules, standing: Standing, proofs: Mapping[str, Step]) -> tuple[Wanted, ...]:
    """Each unanswered question with the rules that turn on it, those that most turns on first."""
    found: dict[Question, dict[str, m.Rule]] = {}
    for rule, question in (*_undecided(rules, proofs), *_undated(standing)):
        found.setdefault(question, {}).setdefault(rule.id, rule)
    asked = [Wanted(question, tuple(by.values())) for question, by in found.items()]
    return tuple(sorted(asked, key=lambda one: -len(one.rules)))


def _undecided(rules: m.FactorRules, proofs: Mapping[str, Step]) -> Iterator[tuple[m.Rule, Question]]:
    for rule in rules.rules:
        tree = proofs.get(rule.id)
        for leaf in leaves(tree) if tree and tree.truth == UNKNOWN else ():
            if leaf.truth == UNKNOWN and leaf.answer is None and isinstance(leaf.subject, c.Leaf):
                yield rule, leaf.subject.question


def _undated(standing: Standing) -> Iterator[tuple[m.Rule, Question]]:
    """The days without which a deadline, or the day of effect, is not known."""
    for stage in standing.stages:
        after = stage.deadline.question if stage.deadline and stage.deadline.closes is None else None
        if after and stage.truth == YES and stage.is_done != YES:
            yield stage.rule, after
    for one in standing.effective:
        if one.day is None and one.truth == YES:
            yield one.rule, one.question


def _assumed(rules: m.FactorRules, proofs: Mapping[str, Step]) -> tuple[str, ...]:
    """The interpretations that have a say: their own rules, and the terms that a rule rests on."""
    names: dict[str, None] = {}
    for rule in rules.rules:
        tree = proofs.get(rule.id)
        if tree is None or tree.truth != NO:
            names.update(dict.fromkeys((rule.source.interpretation, *(interpretations(tree) if tree else ()))))
    return tuple(name for name in names if name)
