"""Work on parts of rule books in several processes, this one among them, each of which is given the books once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import suppress
from functools import cache
from multiprocessing import get_all_start_methods, get_context
from pickle import dumps
from signal import SIG_IGN, SIGINT, signal
from threading import Thread
from typing import Any, TypeVar

from jerules.faults import OurFault

Books = TypeVar("Books")
Task = TypeVar("Task")
Found = TypeVar("Found")
Told = TypeVar("Told")


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
    work: Callable[[Books, Task, Callable[[], Told]], Found],
    books: Books,
    tasks: Sequence[Task],
    processes: int,
    first: Callable[[Books], Told],
) -> list[Found]:
    """What ``work`` makes of each task, in their order, where a single process can do with the work of two.

    This process begins with the first of the tasks and another one with the last, until they meet. So tasks that need
    the same things should stand together, and the longest at the two ends. Otherwise as :func:`shared`.

    What ``first`` works out of the books is worked out in this process alone, before anything else. ``work`` is given
    a function that tells it; in the other process that waits for it.
    """
    if processes < 2 or len(tasks) < 2:  # noqa: PLR2004 - there are two ends
        known = cache(lambda: first(books))
        return [work(books, task, known) for task in tasks]
    context = get_context("fork" if "fork" in get_all_start_methods() else None)
    ends, (here, there) = context.Array("i", (0, len(tasks))), context.Pipe()
    # No pool: its threads would have to wait for this one, which is at work, before the other process begins.
    back = context.Process(target=_from_the_back, args=(work, books, tasks, ends, there), daemon=True)
    back.start()
    there.close()
    try:
        told = first(books)
        # Of its own, for it is more than a pipe holds, and the other process reads it when it has need of it.
        Thread(target=_sent, args=(here, dumps(told)), daemon=True).start()
        found = {place: work(books, tasks[place], lambda: told) for place in _places(ends, front=True)}
        found |= _received(here)
    except BaseException:
        back.terminate()
        raise
    finally:
        back.join()
        here.close()
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


def _from_the_back(
    work: Callable[[Books, Task, Callable[[], Any]], Any],
    books: Books,
    tasks: Sequence[Task],
    ends: object,
    there: Any,  # noqa: ANN401 - a connection
) -> None:
    """What the other process does: the tasks from the last one on; it sends what it found, or what went wrong."""
    signal(SIGINT, SIG_IGN)  # Ctrl-C goes to both, and it is the first one that ends the other
    told = cache(there.recv)
    try:
        found = {place: work(books, tasks[place], told) for place in _places(ends, front=False)}
        told()  # if nobody asked for it, it is still in the way
        there.send((found, None))
    except Exception as error:  # noqa: BLE001 - whatever it is, the first process raises it
        there.send((None, error))


def _sent(here: Any, told: bytes) -> None:  # noqa: ANN401 - a connection
    with suppress(OSError):  # the other process has ended
        here.send_bytes(told)


def _received(here: Any) -> Any:  # noqa: ANN401 - a connection, and what came through it
    """What the other process found; raises what went wrong there."""
    try:
        found, error = here.recv()
    except EOFError:
        raise OurFault("the other process ended before it was done") from None
    if error is not None:
        raise error
    return found


_given: list[tuple[Callable[..., Any], Any]] = []


def _begin(work: Callable[..., Any], books: object) -> None:
    signal(SIGINT, SIG_IGN)  # Ctrl-C goes to all of them, and it is the first one that ends the others
    _given[:] = [(work, books)]


def _do(task: object) -> Any:  # noqa: ANN401 - whatever the work makes of it
    work, books = _given[0]
    return work(books, task)
