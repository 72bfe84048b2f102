"""An evaluator as an outcome wants it: named, and checked by nobody."""

from __future__ import annotations

from jerules.engine.facts import Facts
from jerules.engine.reference.evaluator import ReferenceEvaluator
from jerules.engine.verdicts import Verdicts


class Reference:
    """The reference evaluator alone."""

    name = "reference"
    checked_by = ""

    def __init__(self, evaluator: ReferenceEvaluator) -> None:
        self._evaluator = evaluator

    def verdicts(self, facts: Facts) -> Verdicts:
        """The truth of every rule."""
        return self._evaluator.verdicts(facts)
