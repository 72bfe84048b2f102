"""Which evaluator works: asked for by name, or the best that is to be had here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, TypeAlias, get_args

from jerules.engine.both import SideBySide
from jerules.engine.durable.compile import DurableEvaluator
from jerules.engine.durable.driver import available, why_not_available
from jerules.engine.facts import Facts
from jerules.engine.reference.evaluator import ReferenceEvaluator
from jerules.engine.verdicts import Evaluator, Verdicts
from jerules.faults import Unavailable, listed
from jerules.rulebook.model import RuleBook

Name: TypeAlias = Literal["auto", "durable", "reference", "both"]
NAMES: Final[tuple[str, ...]] = get_args(Name)

_MOST_KEPT: Final = 8  # evaluators kept for the books used last


@dataclass(frozen=True, slots=True)
class Engine:
    """An evaluator of one rule book, and how an outcome names it.

    ``name`` is `durable-rules` or `reference`; ``checked_by`` is `reference` where that checks every job, or empty.
    """

    name: str
    checked_by: str
    evaluator: Evaluator | SideBySide

    def verdicts(self, facts: Facts) -> Verdicts:
        """The truth of every rule.

        Raises:
            jerules.engine.both.Disagreement: the two evaluators differ.
        """
        return self.evaluator.verdicts(facts)


def choose(book: RuleBook, name: str = "auto") -> Engine:
    """The engine of that name for a rule book; the same one again while the book is in use.

    `auto` is durable-rules checked by the reference, or the reference alone where durable-rules cannot be used; the
    engine's name then says so. The others are what they say, or nothing.

    Raises:
        Unavailable: durable-rules was asked for and cannot be used here, or no engine has that name.
    """
    if name not in NAMES:
        raise Unavailable(f"there is no engine called `{name}`; there are {listed(NAMES)}")
    if name == "auto":
        name = "both" if available() else "reference"
    elif name != "reference" and not available():
        raise Unavailable(why_not_available())
    return _made(book, name)


@lru_cache(maxsize=_MOST_KEPT)
def _made(book: RuleBook, name: str) -> Engine:
    match name:
        case "both":
            both = SideBySide(book)
            return Engine(both.name, both.checked_by, both)
        case "durable":
            return Engine(DurableEvaluator.name, "", DurableEvaluator(book))
    return Engine(ReferenceEvaluator.name, "", ReferenceEvaluator(book))
