"""Takes the time of several ways to the same answers, in turns: what slows the machine down slows all of them."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import ceil
from statistics import median
from time import perf_counter
from typing import Final

Answer = Callable[[int], object]
"""Works one job out, by its number."""

SHORTEST: Final = 0.02  # seconds that a way is given in a round, by going over the jobs again
FEWEST_ROUNDS: Final = 5


class Wrong(Exception):
    """A way gives another answer than the one it is measured against, so its time means nothing."""


@dataclass(slots=True)
class Way:
    """One way to an answer; ``times`` has the seconds a job took in each round.

    ``made`` is called before the checks and before every round, outside the time, and gives what is called job by job.
    ``told`` makes answers comparable. ``against`` is the name of the way that the ratio is taken of.
    """

    name: str
    made: Callable[[], Answer]
    expected: Callable[[int], object]
    against: str
    told: Callable[[object], object] = lambda answer: answer
    times: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        """Seconds a job, in the middle of all rounds."""
        return median(self.times)


def check(ways: Sequence[Way], jobs: int) -> None:
    """Have every way answer every job; raises :class:`Wrong` at the first answer that is not the expected one."""
    for way in ways:
        answer = way.made()
        for number in range(jobs):
            if way.told(answer(number)) != way.told(way.expected(number)):
                raise Wrong(f"{way.name} gives another answer to job {number}")


def measure(ways: Sequence[Way], jobs: int, seconds: float) -> int:
    """Go round the ways for about so many seconds, beginning with another one each time. Gives the number of rounds."""
    over = [_times_over(way, jobs) for way in ways]
    end = perf_counter() + seconds
    rounds = 0
    while rounds < FEWEST_ROUNDS or perf_counter() < end:
        for turn in range(len(ways)):
            place = (turn + rounds) % len(ways)
            ways[place].times.append(_pass(ways[place], jobs, over[place]))
        rounds += 1
    return rounds


def _times_over(way: Way, jobs: int) -> int:
    """How often a way goes over all jobs in a round; measured once, which also warms it up."""
    return max(1, ceil(SHORTEST / (_pass(way, jobs, 1) * jobs)))


def _pass(way: Way, jobs: int, over: int) -> float:
    answer = way.made()
    start = perf_counter()
    for _ in range(over):
        for number in range(jobs):
            answer(number)
    return (perf_counter() - start) / (jobs * over)


def once(work: Callable[[], object], times: int) -> tuple[float, float]:
    """Seconds that something takes the first time, and in the middle of as many times more."""
    found = []
    for _ in range(times + 1):
        start = perf_counter()
        work()
        found.append(perf_counter() - start)
    return found[0], median(found[1:])


def table(ways: Sequence[Way]) -> list[str]:
    """The figures as text. Costs are rounded up and speeds down, so that nothing looks better than it was."""
    lines = [f"{'':36}{'ms/job':>9}{'best':>9}{'jobs/s':>9}{'times':>9}"]
    base = {way.name: way.median for way in ways}
    for way in ways:
        ratio = f"{up(way.median / base[way.against], 2)}" if way.against in base else ""
        cost, best = up(way.median * 1000, 4), up(min(way.times) * 1000, 4)
        lines.append(f"{way.name:36}{cost:>9}{best:>9}{int(1 / way.median):>9,}{ratio:>9}")
    return lines


def up(number: float, places: int) -> str:
    """A number with so many decimals, rounded up."""
    return f"{ceil(number * 10**places) / 10**places:.{places}f}"


def machine() -> str:
    """What the figures were taken on, as far as it matters."""
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg()) if hasattr(os, "getloadavg") else "not known"
    kind = f"{platform.python_implementation()} {platform.python_version()}, {sys.platform}, {platform.machine()}"
    return f"{kind}, {os.cpu_count()} cores; load average {load}"
