"""Nothing is thrown away in another thread while the solver is at work in this one."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def undisturbed() -> Iterator[None]:
    """Keep Python's collector from running on its own; also for use as a decorator.

    It runs in whichever thread happens to make the next object: that of a progress bar, or one that waits for other
    processes. Formulas that it throws away there are taken back by the solver, which cannot bear that while it is at
    work, and the whole process ends. What is thrown away here meanwhile has to wait, or goes by itself as most does.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
