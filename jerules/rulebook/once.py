"""What is worked out of a rule book once, and kept while the book is in use."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Final, TypeVar

from jerules.rulebook.model import RuleBook

Found = TypeVar("Found")

_BOOKS: Final = 16
"""How many books are remembered at a time; a process works with one or two."""


def once_per_book(work: Callable[[RuleBook], Found]) -> Callable[[RuleBook], Found]:
    """Remember what a function of a rule book found, for the books used last."""
    remembered = lru_cache(maxsize=_BOOKS)(work)

    @wraps(work)
    def found(book: RuleBook) -> Found:
        return remembered(book)

    return found
