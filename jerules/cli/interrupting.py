"""Ctrl-C that arrives where Python cannot heed it is given once more."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

_SOON: Final = 0.02
"""Seconds after which it is given again."""


@contextmanager
def heeded() -> Iterator[None]:
    """Let no Ctrl-C be lost.

    Where it arrives while something is thrown away, as the solver's formulas are all the time, Python tells of it on
    the error stream and goes on.
    """
    before = sys.unraisablehook

    def hook(lost: UnraisableHookArgs) -> None:
        if lost.exc_type is KeyboardInterrupt:
            _again()
        else:
            before(lost)

    sys.unraisablehook = hook
    try:
        yield
    finally:
        sys.unraisablehook = before


def _again() -> None:
    import _thread
    import threading

    timer = threading.Timer(_SOON, _thread.interrupt_main)
    timer.daemon = True
    timer.start()
