"""One folder for each obligation; here is the list of them, in their order.

A check has a ``CODE``, a ``TITLE``, and one or both of ``of_factor(bench)`` and ``of_book(book)``, which give the
obligations of one factor and of the scheme as a whole; or ``of_editions(old, book, key)``, which gives those that only
arise where another rule book is given to compare with (an empty key: of the scheme as a whole). One that takes long has
``pieces(bench)`` in place of ``of_factor``: functions that give some of the obligations each, so that processes can
share them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
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
from jerules.verify.checks.v11_points_and_bands import check as v11
from jerules.verify.checks.v12_nothing_counted_twice import check as v12
from jerules.verify.checks.v13_tools_only_raise import check as v13
from jerules.verify.checks.v14_definitions_stratified import check as v14
from jerules.verify.checks.v15_citations import check as v15
from jerules.verify.checks.v16_one_word_one_meaning import check as v16
from jerules.verify.checks.v17_editions import check as v17
from jerules.verify.checks.v18_explanations_replayed import check as v18
from jerules.verify.checks.v19_readings_agree import check as v19
from jerules.verify.checks.v20_order_does_not_matter import check as v20
from jerules.verify.checks.v21_status_holds import check as v21
from jerules.verify.model import Obligation

Piece = Callable[[], Iterable[Obligation]]
"""Gives some of the obligations of a check."""


@dataclass(frozen=True, slots=True)
class Check:
    """A check: its code and title, and what gives the obligations of a factor, of a whole scheme, of two rule books.

    ``pieces`` gives those of a factor in parts, which are few and cost nothing before they are called.
    """

    code: str
    title: str
    pieces: Callable[[Bench], Sequence[Piece]] | None
    of_book: Callable[[RuleBook], Iterable[Obligation]] | None
    of_editions: Callable[[RuleBook, RuleBook, str], Iterable[Obligation]] | None

    def of_factor(self, bench: Bench) -> Iterator[Obligation]:
        """The obligations of a factor; none where the check speaks of the scheme as a whole."""
        for piece in self.pieces(bench) if self.pieces else ():
            yield from piece()


def _check(module: ModuleType) -> Check:
    of_factor: Callable[[Bench], Iterable[Obligation]] | None = getattr(module, "of_factor", None)
    pieces = (lambda bench: [partial(of_factor, bench)]) if of_factor else getattr(module, "pieces", None)
    return Check(
        module.CODE, module.TITLE, pieces, *(getattr(module, name, None) for name in ("of_book", "of_editions"))
    )


CHECKS: Final[tuple[Check, ...]] = tuple(
    map(
        _check,
        (v00, v01, v02, v03, v04, v05, v06, v07, v08, v09, v10, v11, v12, v13, v14, v15, v16, v17, v18, v19, v20, v21),
    )
)

OF_ANY_RULES: Final = frozenset({"V0", "V1", "V2", "V9", "V14", "V15", "V16", "V18", "V19"})
"""These checks speak of conditions, words and citations, and so of procedures too; the others speak of levels."""
