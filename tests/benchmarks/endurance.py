"""Whether memory or threads grow over many evaluations, and over many rule books.

Run by hand: ``python -m tests.benchmarks.endurance --evaluations 100000 --books 200``.
"""

from __future__ import annotations

import argparse
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from jerules.engine.both import SideBySide
from jerules.engine.choose import Engine
from jerules.engine.durable.driver import available, why_not_available
from jerules.engine.facts import lay_out
from jerules.engine.reference.evaluator import ReferenceEvaluator
from jerules.engine.resolve import resolve
from jerules.jobs.model import Job
from jerules.rulebook.load import load_rulebook
from jerules.rulebook.model import RuleBook
from tests.benchmarks.jobs import jobs_to_measure
from tests.benchmarks.timing import machine

LOOKED_AT = (1, 25, 50, 75, 100)
"""How far along, in per cent, memory and threads are looked at."""

_STATUS = Path("/proc/self/status")


@dataclass(frozen=True, slots=True)
class Held:
    """What the process holds: memory in KiB that is resident now (without /proc: the most so far), and threads."""

    memory: int
    threads: int


def held() -> Held:
    """What this process holds now."""
    if _STATUS.exists():
        lines = dict(line.split(":", 1) for line in _STATUS.read_text(encoding="utf-8").splitlines() if ":" in line)
        return Held(int(lines["VmRSS"].split()[0]), int(lines["Threads"]))
    import resource

    return Held(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, threading.active_count())


def watched(number: int, work: Callable[[int], object]) -> Iterator[tuple[int, Held]]:
    """Do something so many times; says what the process holds at each per cent of ``LOOKED_AT``."""
    stops = {max(1, number * share // 100) for share in LOOKED_AT}
    for done in range(1, number + 1):
        work(done - 1)
        if done in stops:
            yield done, held()


def engine_for(book: RuleBook) -> Engine:
    """durable-rules checked by the reference, or the reference alone where that is all there is."""
    if not available():
        return Engine("reference", "", ReferenceEvaluator(book))
    both = SideBySide(book)
    return Engine(both.name, both.checked_by, both)


def evaluations(jobs: list[Job], book: RuleBook) -> Callable[[int], object]:
    """Evaluates one job after the other, from its answers to its levels."""
    engine = engine_for(book)

    def work(number: int) -> object:
        facts = lay_out(book, jobs[number % len(jobs)])
        return resolve(book, engine.verdicts(facts), facts.decisions)

    return work


def books(job: Job) -> Callable[[int], object]:
    """Reads and builds the rule book anew each time, evaluates a job with it, and drops it."""
    return lambda _: evaluations([job], load_rulebook.__wrapped__("nhs"))(0)


def main() -> None:
    """Evaluate jobs, and make and drop rule books, and print what the process holds on the way."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--evaluations", type=int, default=100_000)
    parser.add_argument("--books", type=int, default=200)
    asked = parser.parse_args()
    measured = list(jobs_to_measure(200).values())
    jobs, book = [job for some in measured for job in some.jobs], measured[0].book
    engine = engine_for(book)
    print(
        f"{machine()}\n{engine.name}, checked by {engine.checked_by or why_not_available()}; {len(jobs)} jobs in turn"
    )
    works = {"evaluations": (asked.evaluations, evaluations(jobs, book)), "rule books": (asked.books, books(jobs[0]))}
    for title, (number, work) in works.items():
        print(f"\n{title:>12}{'resident KiB':>14}{'threads':>9}{'seconds':>9}")
        start = perf_counter()
        for done, now in watched(number, work):
            print(f"{done:>12,}{now.memory:>14,}{now.threads:>9}{perf_counter() - start:>9.0f}", flush=True)


if __name__ == "__main__":
    main()
