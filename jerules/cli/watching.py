"""A progress bar on the error stream, once something has taken longer than people like to wait without a sign."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rich.progress import Progress

_PATIENCE: Final = 2.0  # seconds without a sign of life, after which a terminal gets a progress bar


@contextmanager
def watching(name: str) -> Iterator[Callable[[int, int], None]]:
    """Gives what is to be called with how much is done and how much there is; draws nothing where no terminal is."""
    import sys
    import time

    begun = time.monotonic()
    bars: list[Progress] = []

    def watch(done: int, whole: int) -> None:
        if not bars and sys.stderr.isatty() and time.monotonic() - begun > _PATIENCE:
            from rich.console import Console
            from rich.progress import Progress

            bars.append(Progress(console=Console(stderr=True), transient=True))
            bars[0].add_task(name, total=whole)
            bars[0].start()
        if bars:
            bars[0].update(bars[0].task_ids[0], completed=done)

    try:
        yield watch
    finally:
        for bar in bars:
            bar.stop()


@contextmanager
def counting(name: str, whole: int) -> Iterator[Callable[[str], None]]:
    """Gives what is to be told of each part that is done, of so many in all; draws as :func:`watching` does."""
    done = 0
    with watching(name) as watch:

        def told(_: str) -> None:
            nonlocal done
            done += 1
            watch(done, whole)

        yield told
