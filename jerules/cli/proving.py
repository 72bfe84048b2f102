"""Whether the proofs of ``jerules check`` notice a mutant: it refutes something that the rule book does not."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from jerules.exercise.mutation import Fate, Noticed
from jerules.rulebook.model import Asks, RuleBook
from jerules.verify.differences import factors_of, of_factor
from jerules.verify.model import Obligation, State
from jerules.verify.run import obligations
from jerules.verify.unchanged import Before, proved_of


def by_proof(book: RuleBook, mutant: RuleBook) -> Noticed:
    """What the proofs say of a mutant. Only the factors whose statements differ are gone through again.

    What is refuted of the rule book already, accepted or not, notices nothing.
    """
    for key in _touched(book, mutant):
        known, before = _known(book, key)
        new = sorted(_refuted(obligations(mutant, key, before=before)) - known)
        if new:
            check, subject = new[0]
            return Noticed(Fate.PROOF, f"{check} {subject}")
    stand = all(of_factor(book, mutant, key).state is State.PROVED for key in factors_of(book, mutant))
    return Noticed(None, levels_stand=stand and _queries(book) == _queries(mutant))


def _queries(book: RuleBook) -> list[object]:
    """What is asked, and when: of that the levels say nothing."""
    return [
        (rule.id, rule.condition)
        for one in book.factors.values()
        for rule in one.rules
        if isinstance(rule.effect, Asks)
    ]


def _touched(book: RuleBook, mutant: RuleBook) -> list[str]:
    found = {key for key, factor in mutant.factors.items() if book.factors[key] is not factor}
    found |= {key.factor for key, term in mutant.terms.items() if book.terms[key] is not term and key.factor}
    return sorted(found)


@lru_cache(maxsize=64)
def _known(book: RuleBook, key: str) -> tuple[frozenset[tuple[str, str]], Before | None]:
    """What is refuted of the book itself, and what is proved of it, which a mutant leaves alone for the most part."""
    found = obligations(book, key)
    return _refuted(found), proved_of(book, found).get(key)


def _refuted(found: Iterable[Obligation]) -> frozenset[tuple[str, str]]:
    return frozenset((one.check, one.subject) for one in found if one.state is State.REFUTED)
