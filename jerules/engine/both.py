"""Two evaluators side by side: durable-rules infers, the reference checks it on every job."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jerules.engine.durable.compile import DurableEvaluator
from jerules.engine.facts import Facts
from jerules.engine.reference.evaluator import ReferenceEvaluator
from jerules.engine.truth import NO, UNKNOWN, YES, Truth
from jerules.engine.verdicts import Evaluator, Verdicts
from jerules.faults import OurFault
from jerules.rulebook import model as m

_WORDS = {NO: "does not hold", UNKNOWN: "may hold", YES: "holds"}


class Disagreement(OurFault):
    """The two evaluators differ about a rule, so nothing that follows from either can be trusted.

    ``factor`` is the factor or tool, ``target`` where the tool is carried to (or empty); ``rules`` has the identifiers
    of every rule of it about which they differ, ``found`` and ``expected`` its truth by durable-rules and by the
    reference.
    """

    def __init__(
        self, factor: str, target: str, rules: Sequence[str], found: Sequence[Truth], expected: Sequence[Truth]
    ) -> None:
        self.factor, self.target = factor, target
        self.rules, self.found, self.expected = tuple(rules), tuple(found), tuple(expected)
        about = "; ".join(
            f"`{rule}` {_WORDS[one]} by durable-rules and {_WORDS[other]} by the reference"
            for rule, one, other in zip(rules, found, expected, strict=True)
        )
        carried = f" carried to {target}" if target else ""
        super().__init__(f"the evaluators disagree about {factor}{carried}: {about}")


class SideBySide:
    """Finds the truth of every rule with durable-rules, and makes sure that the reference finds the same.

    ``inferring`` and ``checking`` may be others than these two, of the same rule book.

    Raises:
        Unavailable: durable-rules cannot be used here.
    """

    def __init__(self, book: m.RuleBook, inferring: Evaluator | None = None, checking: Evaluator | None = None) -> None:
        self._book = book
        self._inferring: Evaluator = inferring or DurableEvaluator(book)
        self._checking: Evaluator = checking or ReferenceEvaluator(book)
        self.name = self._inferring.name
        self.checked_by = self._checking.name

    def verdicts(self, facts: Facts) -> Verdicts:
        """The truth of every rule; raises :class:`Disagreement` when the two differ."""
        found, expected = self._inferring.verdicts(facts), self._checking.verdicts(facts)
        if found != expected:
            raise next(self._differences(found, expected), OurFault("the evaluators answer about different factors"))
        return found

    def _differences(self, found: Verdicts, expected: Verdicts) -> Iterator[Disagreement]:
        for key, factor in self._book.factors.items():
            yield from _difference(key, "", factor.rules, found.factors.get(key), expected.factors.get(key))
            yield from _difference(key, "", factor.bars, found.barred.get(key), expected.barred.get(key))
        for pair in {**found.carried, **expected.carried}:
            rules = self._book.factors[pair[0]].rules
            yield from _difference(*pair, rules, found.carried.get(pair), expected.carried.get(pair))


def _difference(
    factor: str,
    target: str,
    rules: Sequence[m.Rule],
    found: Sequence[Truth] | None,
    expected: Sequence[Truth] | None,
) -> Iterator[Disagreement]:
    if found is None or expected is None or not len(found) == len(expected) == len(rules):
        return
    differ = [number for number, truth in enumerate(found) if truth != expected[number]]
    if differ:
        ids = [rules[number].id for number in differ]
        yield Disagreement(factor, target, ids, [found[n] for n in differ], [expected[n] for n in differ])
