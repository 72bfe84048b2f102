"""One folder for each obligation; here is the list of them, in their order.

A check has a ``CODE``, a ``TITLE``, and one or both of ``of_factor(bench)`` and ``of_book(book)``, which give the
obligations of one factor and of the scheme as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import ModuleType
from typing import Final

from jerules.rulebook.model import RuleBook
from jerules.verify.bench import Bench
from jerules.verify.checks.v00_domain import check as v00
from jerules.verify.checks.v01_no_dead_rule import check as v01
from jerules.verify.checks.v02_not_always import check as v02
from jerules.verify.checks.v03_exhaustive import check as v03
from jerules.verify.checks.v04_consistent import check as v04
from jerules.verify.checks.v05_cuts import check as v05
from jerules.verify.checks.v06_not_redundant import check as v06
from jerules.verify.checks.v07_not_masked import check as v07
from jerules.verify.checks.v08_more_demand import check as v08
from jerules.verify.checks.v09_questions_matter import check as v09
from jerules.verify.checks.v10_reachable import check as v10
from jerules.verify.model import Obligation


@dataclass(frozen=True, slots=True)
class Check:
    """A check: its code and title, and what gives the obligations of a factor and of a whole scheme."""

    code: str
    title: str
    of_factor: Callable[[Bench], Iterable[Obligation]] | None
    of_book: Callable[[RuleBook], Iterable[Obligation]] | None


def _check(module: ModuleType) -> Check:
    return Check(module.CODE, module.TITLE, getattr(module, "of_factor", None), getattr(module, "of_book", None))


CHECKS: Final[tuple[Check, ...]] = tuple(map(_check, (v00, v01, v02, v03, v04, v05, v06, v07, v08, v09, v10)))
