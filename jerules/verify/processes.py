"""Work on parts of rule books in several processes, each of which is given the books once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_all_start_methods, get_context
from typing import TypeVar

Books = TypeVar("Books")
"""The books that every process is given."""


def started(processes: int, begin: Callable[[Books], None], books: Books) -> ProcessPoolExecutor:
    """So many processes, each of which begins with the books; where it can be had, by a copy of this one."""
    method = "fork" if "fork" in get_all_start_methods() else None
    return ProcessPoolExecutor(processes, get_context(method), begin, (books,))
