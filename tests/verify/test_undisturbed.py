"""The solver is not disturbed by other threads of the program."""

from __future__ import annotations

import gc
from collections.abc import Callable
from datetime import date

import pytest

from jerules.rulebook.load import load_rulebook
from jerules.verify import differences, grids, reach, run
from jerules.verify.model import Obligation, State
from jerules.verify.undisturbed import undisturbed
from jerules.verify.witness import Told, write_job


class Looked(Exception):
    """Somebody began to ask the solver."""


BOOK = load_rulebook("nhs", examples=False)
JOB = write_job(BOOK, Told({}, {}), "A job of which nothing is told")
REPORT = run.Report(BOOK, (Obligation("V1", "12", "a rule", "it can hold", State.PROVED, ()),), date(2026, 11, 22))


@pytest.mark.parametrize(
    ("module", "begins", "ask"),
    [
        (run, "Bench", lambda: run.obligations(BOOK, "12")),
        (differences, "same_by_reading", lambda: differences.of_factor(BOOK, BOOK, "12")),
        (reach, "_Search", lambda: reach.reach(BOOK, JOB, "12", 3)),
        (grids, "Bench", lambda: grids.grids_of(REPORT)),
    ],
    ids=["check", "diff", "reach", "grids"],
)
def test_nothing_is_collected_while_the_solver_is_at_work(
    module: object, begins: str, ask: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would run in any thread, such as that of a progress bar, and the solver cannot bear that."""
    running = []

    def look(*_: object, **__: object) -> None:
        running.append(gc.isenabled())
        raise Looked

    monkeypatch.setattr(module, begins, look)
    gc.enable()
    with pytest.raises(Looked):
        ask()
    assert (running, gc.isenabled()) == ([False], True)


@pytest.mark.parametrize("running", [True, False])
def test_the_collector_goes_on_afterwards_as_before(*, running: bool) -> None:
    """Also after a mistake; and where it was off, it stays off."""
    (gc.enable if running else gc.disable)()
    with pytest.raises(Looked), undisturbed():
        raise Looked
    assert gc.isenabled() is running
