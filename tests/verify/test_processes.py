"""Work in several processes ends when the user ends it, and not when everything is done."""

from __future__ import annotations

import os
from pathlib import Path
from signal import SIGINT, raise_signal
from time import sleep

import pytest

from jerules.verify.processes import shared

TASKS = range(40)


def ended_at_once(books: tuple[int, Path], task: int) -> int:
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
