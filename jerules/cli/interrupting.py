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
    """Let no Ctrl-C be lost, and no trace of it be told.

    Where it arrives while something is thrown away, as the solver's formulas are all the time, Python tells of it on
    the error stream and goes on. Where it arrives while a formula is made, the solver's layer complains of the half of
    it when that is thrown away; that may be after this has ended, and so complaints stay unheard once it was heeded.
    """
    before = sys.unraisablehook

    def hook(lost: UnraisableHookArgs) -> None:
        if lost.exc_type is KeyboardInterrupt:
            _again()
        elif not _half_made(lost):
            before(lost)

    def ending(lost: UnraisableHookArgs) -> None:
        if not _half_made(lost):
            before(lost)

    sys.unraisablehook = hook
    try:
        yield
    except KeyboardInterrupt:
        sys.unraisablehook = ending
        raise
    except BaseException:
        sys.unraisablehook = before
        raise
    sys.unraisablehook = before


def _half_made(lost: UnraisableHookArgs) -> bool:
    """Whether an object of the solver's layer misses a part of itself as it is thrown away."""
    return lost.exc_type is AttributeError and getattr(lost.object, "__module__", "") == "z3.z3"


def _again() -> None:
    import _thread
    import threading

    timer = threading.Timer(_SOON, _thread.interrupt_main)
    timer.daemon = True
    timer.start()
