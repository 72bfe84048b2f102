"""Work in several processes: all of it is done once, and it ends when the user ends it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from signal import SIGINT, SIGKILL, raise_signal
from time import sleep

import pytest

from jerules.faults import OurFault
from jerules.verify.processes import from_both_ends, shared

TASKS = range(40)


def ended_at_once(books: tuple[int, Path], task: int, _: object = None) -> int:
    """The first process is ended by the user; each of the others leaves a file behind."""
    first, folder = books
    if os.getpid() == first:
        raise KeyboardInterrupt
    sleep(0.1)
    (folder / str(task)).touch()
    return task


def with_a_signal(first: int, task: int) -> int:
    """What Ctrl-C sends to every process that the terminal started, sent to the others alone."""
    if os.getpid() != first:
        raise_signal(SIGINT)
    return task


def test_what_nobody_has_begun_is_left_undone(tmp_path: Path) -> None:
    """Ctrl-C in the first process: the other one does what it has begun, or is just about to, and no more."""
    with pytest.raises(KeyboardInterrupt):
        list(shared(ended_at_once, (os.getpid(), tmp_path), TASKS, 2))
    assert len(list(tmp_path.iterdir())) < len(TASKS) / 2


def test_the_others_leave_a_signal_to_the_first() -> None:
    """No other process tells of it, or gives up what it is at."""
    assert sorted(found for _, found in shared(with_a_signal, os.getpid(), TASKS, 2)) == [*TASKS]


def whoever(_: object) -> int:
    """The process that does what is done first."""
    return os.getpid()


def by_whom(_: None, task: int, __: object) -> tuple[int, int]:
    """The task, and the process that does it."""
    sleep(0.02)
    return task, os.getpid()


def told(_: None, task: int, first: Callable[[], object]) -> tuple[int, int, object]:
    """The task, the process that does it, and what was done first."""
    sleep(0.02)
    return task, os.getpid(), first()


def failing(first: int, task: int, _: object) -> int:
    """A mistake in the process that is not the first."""
    if os.getpid() != first:
        raise ValueError(task)
    sleep(0.02)
    return task


def killed(first: int, task: int, _: object) -> int:
    """The process that is not the first is ended from outside."""
    if os.getpid() != first:
        os.kill(os.getpid(), SIGKILL)
    sleep(0.02)
    return task


def large(_: object) -> bytes:
    """More than a pipe between two processes holds."""
    return bytes(1_000_000)


def wrong(_: object) -> object:
    """A mistake before anything else."""
    raise ValueError("at once")


@pytest.mark.parametrize("processes", [1, 2, 8])
def test_both_ends_do_every_task_once_and_give_them_in_order(processes: int) -> None:
    """Two processes meet somewhere; what they found stands as it would from one."""
    done = from_both_ends(by_whom, None, TASKS, processes, whoever)
    assert [task for task, _ in done] == [*TASKS]
    whom = [process for _, process in done]
    assert whom == sorted(whom, key=[os.getpid(), *whom].index)  # the first ones by this process, the last by the other
    assert len(set(whom)) == min(processes, 2)


def test_a_mistake_at_the_back_is_told() -> None:
    """It is not lost with the process that made it."""
    with pytest.raises(ValueError, match="39"):
        from_both_ends(failing, os.getpid(), TASKS, 2, whoever)


def test_what_is_left_between_the_ends_is_left_undone(tmp_path: Path) -> None:
    """Ctrl-C in the first process."""
    with pytest.raises(KeyboardInterrupt):
        from_both_ends(ended_at_once, (os.getpid(), tmp_path), TASKS, 2, whoever)
    assert len(list(tmp_path.iterdir())) < len(TASKS) / 2


@pytest.mark.parametrize("processes", [1, 2])
def test_what_is_done_first_is_done_in_this_process_and_told_to_both(processes: int) -> None:
    """Once, however many tasks ask for it."""
    done = from_both_ends(told, None, TASKS, processes, whoever)
    assert {first for *_, first in done} == {os.getpid()}
    assert len({process for _, process, _ in done}) == processes


@pytest.mark.parametrize("work", [by_whom, told])
def test_what_is_done_first_may_be_large(work: Callable[..., tuple[int, ...]]) -> None:
    """Whether the other process asks for it or not."""
    assert [task for task, *_ in from_both_ends(work, None, TASKS, 2, large)] == [*TASKS]


def test_a_mistake_in_what_is_done_first_is_told() -> None:
    """The other process is not left waiting for it."""
    with pytest.raises(ValueError, match="at once"):
        from_both_ends(told, None, TASKS, 2, wrong)


def test_a_process_that_is_ended_from_outside_is_told() -> None:
    """Nothing that it was to do is taken for done."""
    with pytest.raises(OurFault, match="ended before it was done"):
        from_both_ends(killed, os.getpid(), TASKS, 2, large)
