"""V20: the order of rules, definitions and entries does not matter: jobs the other way round come out alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from jerules.engine.choose import choose
from jerules.engine.facts import Facts, lay_out
from jerules.engine.reference.evaluator import ReferenceEvaluator
from jerules.engine.resolve import Standing, resolve
from jerules.rulebook import model as m
from jerules.verify.bench import Bench
from jerules.verify.model import Finding, Obligation, State, Witness
from jerules.verify.samples import samples
from jerules.verify.settle import REPLAY
from jerules.verify.witness import only

CODE = "V20"
TITLE = "order does not matter"


def of_factor(bench: Bench) -> Iterator[Obligation]:
    """Every sample job, by the rules as they stand and by the rules and entries in reversed order."""
    book = only(bench.book)[bench.key]
    turned = reversed_book(book)
    one, other = choose(book, "reference"), ReferenceEvaluator(turned)
    jobs = [sample.job for sample in samples(bench)]
    says = f"{len(jobs)} jobs come to the same level whichever way round rules and entries stand"
    differing = None
    for job in jobs:
        facts = lay_out(bench.book, job)
        found = resolve(book, one.verdicts(facts), facts.decisions)[bench.key]
        back = resolve(turned, other.verdicts(_turned(facts)), facts.decisions)[bench.key]
        if _stands(found) != _stands(back):
            differing = job
            break
    if differing is None:
        yield Obligation(CODE, bench.key, "order", says, State.PROVED, (REPLAY,))
        return
    witness = Witness(differing, "another level the other way round", (one.name,))
    finding = Finding(
        "the order of the rules or of the entries moves the level",
        witnesses=(witness,),
        help="this is a fault of jerules: please report it",
    )
    yield Obligation(CODE, bench.key, "order", says, State.REFUTED, (REPLAY,), finding)


def reversed_book(book: m.RuleBook) -> m.RuleBook:
    """The same book with the rules of each factor and the definitions of each term in reversed order."""
    turned = reversed(list(book.factors.items()))
    factors = {key: replace(one, rules=one.rules[::-1], bars=one.bars[::-1]) for key, one in turned}
    terms = {key: replace(one, definitions=one.definitions[::-1]) for key, one in book.terms.items()}
    return replace(book, factors=factors, terms=terms)


def _turned(facts: Facts) -> Facts:
    return replace(facts, records={name: rows and rows[::-1] for name, rows in facts.records.items()})


def _stands(standing: Standing) -> tuple[object, ...]:
    candidates = {(one.rule.id, one.position, one.truth, one.closed) for one in standing.candidates}
    return standing.lowest, standing.highest, standing.hands_on, frozenset(standing.raised_by), candidates
