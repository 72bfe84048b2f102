"""Ctrl-C ends a check wherever it arrives."""

from __future__ import annotations

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
