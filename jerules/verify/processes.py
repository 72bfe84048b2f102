"""Work on parts of rule books in several processes, this one among them, each of which is given the books once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_all_start_methods, get_context
from signal import SIG_IGN, SIGINT, signal
from typing import Any, TypeVar

Books = TypeVar("Books")
Task = TypeVar("Task")
Found = TypeVar("Found")


def shared(
    work: Callable[[Books, Task], Found], books: Books, tasks: Sequence[Task], processes: int
) -> Iterator[tuple[Task, Found]]:
    """Each task with what ``work`` makes of it and the books, as they are done.

    Args:
        work: a function that another process can import by its name.
        books: what every process needs; where it can be had, the others begin as copies of this one, which has it.
        tasks: the longest first, so that none is begun when the others are about to end.
        processes: how many there may be.

    """
    others = min(processes, len(tasks)) - 1
    if others < 1:
        yield from ((task, work(books, task)) for task in tasks)
        return
    method = "fork" if "fork" in get_all_start_methods() else None
    with ProcessPoolExecutor(others, get_context(method), _begin, (work, books)) as pool:
        try:
            yield from _as_done(pool, work, books, tasks)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)  # what nobody has begun, nobody needs
            raise


def _as_done(
    pool: ProcessPoolExecutor, work: Callable[[Books, Task], Found], books: Books, tasks: Sequence[Task]
) -> Iterator[tuple[Task, Found]]:
    waiting = {pool.submit(_do, task): task for task in tasks[1:]}
    yield tasks[0], work(books, tasks[0])
    for future, task in list(waiting.items()):
        if future.cancel():  # nobody has begun it
            del waiting[future]
            yield task, work(books, task)
            for done in [other for other in waiting if other.done()]:
                yield waiting.pop(done), done.result()
    yield from ((waiting[future], future.result()) for future in as_completed(waiting))


def from_both_ends(
    work: Callable[[Books, Task], Found], books: Books, tasks: Sequence[Task], processes: int
) -> list[Found]:
    """What ``work`` makes of each task, in their order, where a single process can do with the work of two.

    This process begins with the first of the tasks and another one with the last, until they meet. So tasks that need
    the same things should stand together. Otherwise as :func:`shared`.
    """
    if processes < 2 or len(tasks) < 2:  # noqa: PLR2004 - there are two ends
        return [work(books, task) for task in tasks]
    context = get_context("fork" if "fork" in get_all_start_methods() else None)
    ends = context.Array("i", (0, len(tasks)))
    with ProcessPoolExecutor(1, context, _begin_at_the_back, (work, books, tasks, ends)) as pool:
        back = pool.submit(_from_the_back)
        try:
            found = {place: work(books, tasks[place]) for place in _places(ends, front=True)}
            found |= back.result()
        except BaseException:
            with ends.get_lock():
                ends[0] = ends[1]  # nothing is left to take
            raise
    return [found[place] for place in range(len(tasks))]


def _places(ends: Any, *, front: bool) -> Iterator[int]:  # noqa: ANN401 - numbers that processes share
    """The tasks that are left, one by one, from one of the ends."""
    while True:
        with ends.get_lock():
            if ends[0] >= ends[1]:
                return
            place = ends[0] if front else ends[1] - 1
            ends[0 if front else 1] += 1 if front else -1
        yield place


_given: list[tuple[Callable[[Any, Any], Any], Any]] = []


def _begin(work: Callable[[Any, Any], Any], books: object) -> None:
    signal(SIGINT, SIG_IGN)  # Ctrl-C goes to all of them, and it is the first one that ends the others
    _given[:] = [(work, books)]


def _do(task: object) -> Any:  # noqa: ANN401 - whatever the work makes of it
    work, books = _given[0]
    return work(books, task)


_given_ends: list[tuple[Sequence[Any], Any]] = []


def _begin_at_the_back(work: Callable[[Any, Any], Any], books: object, tasks: Sequence[Any], ends: object) -> None:
    _begin(work, books)
    _given_ends[:] = [(tasks, ends)]


def _from_the_back() -> dict[int, Any]:
    tasks, ends = _given_ends[0]
    return {place: _do(tasks[place]) for place in _places(ends, front=False)}
