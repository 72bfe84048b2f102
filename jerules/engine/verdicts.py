"""What an evaluator finds: for every rule, whether it holds; nothing about what follows from that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from jerules.engine.facts import Facts
from jerules.engine.truth import Truth
from jerules.rulebook.model import RuleBook


@dataclass(frozen=True, slots=True)
class Verdicts:
    """The truth of every rule, by the rule's place among the rules of its factor.

    A level rule holds when entries establish it that no bar keeps out of the factor. ``factors`` is keyed as in the
    rule book; the rule without a condition (`otherwise`) is always given as unknown, for it follows from the others.
    ``barred`` says of each bar of a factor whether it keeps any entry out, in the order of the factor's bars.
    ``carried`` is keyed by tool and target factor: the truth of the tool's rules on the entries carried there.
    """

    factors: Mapping[str, tuple[Truth, ...]]
    barred: Mapping[str, tuple[Truth, ...]]
    carried: Mapping[tuple[str, str], tuple[Truth, ...]]


class Evaluator(Protocol):
    """Finds the truth of every rule of one rule book for a job."""

    name: str
    """What an outcome calls it."""

    def __init__(self, book: RuleBook) -> None: ...

    def verdicts(self, facts: Facts) -> Verdicts:
        """The truth of every rule. The same answers in any order give the same verdicts."""
        ...
