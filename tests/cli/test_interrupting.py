"""Ctrl-C ends a check wherever it arrives."""

from __future__ import annotations

import gc
import sys
import time
from signal import SIGINT, raise_signal

import pytest

from jerules.cli.interrupting import heeded


class Thrown:
    """While it is thrown away, the user presses Ctrl-C."""

    def __del__(self) -> None:
        raise_signal(SIGINT)


def work() -> None:
    """Something is thrown away, and there is much to do yet."""
    Thrown()
    for _ in range(500):
        time.sleep(0.01)


def test_it_is_not_lost_while_something_is_thrown_away(capsys: pytest.CaptureFixture[str]) -> None:
    """Python would tell of it with a trace, and go on."""
    with heeded(), pytest.raises(KeyboardInterrupt):
        work()
    assert capsys.readouterr().err == ""


class Formula:
    """Made in two steps, and without the second it cannot be thrown away in peace."""

    def __init__(self) -> None:
        raise_signal(SIGINT)
        self.context = 1

    def __del__(self) -> None:
        self.context += 1


Formula.__del__.__module__ = "z3.z3"


def test_what_was_half_made_is_thrown_away_in_silence(capsys: pytest.CaptureFixture[str]) -> None:
    """Also after the check has ended, for what was raised holds it until then."""
    hook = sys.unraisablehook
    try:
        with pytest.raises(KeyboardInterrupt), heeded():
            Formula()
        gc.collect()
        assert capsys.readouterr().err == ""
    finally:
        sys.unraisablehook = hook


class Other:
    """Fails as it is thrown away, and is none of the solver's."""

    def __del__(self) -> None:
        raise AttributeError("a mistake")


def test_what_else_cannot_be_raised_is_told_as_ever() -> None:
    """Only the solver's own half-made objects are passed over, and afterwards everything is as it was."""
    told: list[sys.UnraisableHookArgs] = []
    hook, sys.unraisablehook = sys.unraisablehook, told.append
    try:
        with heeded():
            Other()
        assert [one.exc_type for one in told] == [AttributeError]
        assert sys.unraisablehook == told.append
    finally:
        sys.unraisablehook = hook
