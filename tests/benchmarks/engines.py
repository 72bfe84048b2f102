"""How long the engines take over a job, and what loading costs.

Run by hand: ``python -m tests.benchmarks.engines --jobs 200 --seconds 60``. Nothing here is asserted about time; every
answer is checked before anything is timed.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import cast

from jerules.engine.choose import Engine, choose
from jerules.engine.durable.compile import DurableEvaluator
from jerules.engine.durable.driver import why_not_available
from jerules.engine.durable.native import version
from jerules.engine.facts import lay_out
from jerules.engine.reference.evaluator import ReferenceEvaluator
from jerules.engine.resolve import resolve
from jerules.explain.evaluate import evaluate
from jerules.explain.outcome import Outcome
from jerules.jobs.load import load_job_file
from jerules.jobs.questionnaire import questionnaire
from jerules.rulebook.load import load_rulebook
from tests.benchmarks import peers
from tests.benchmarks.flat import Flat, by_durable, take_down
from tests.benchmarks.jobs import FOLDER, Jobs, jobs_to_measure
from tests.benchmarks.timing import Way, check, machine, measure, once, table, up

VERDICTS, LEVELS, EXPLAINED = "verdicts", "to levels", "explained"
REFERENCE = "reference"
_LABELS = {"reference": REFERENCE, "durable": "durable-rules", "both": "side by side"}
_TIMES_LOADED = 7


def engine_ways(jobs: Jobs, names: Sequence[str]) -> list[Way]:
    """Verdicts, levels and explanations by each engine; the reference, which comes first, says what is right."""
    engines = {_LABELS[name]: choose(jobs.book, name) for name in names}
    answers = {
        stage: {label: make(jobs, engine) for label, engine in engines.items()} for stage, make in _STAGES.items()
    }
    ways = []
    for stage, by_label in answers.items():
        told = _without_engine if stage == EXPLAINED else _as_it_is
        for label, answer in by_label.items():
            against = f"{REFERENCE}, {stage}"
            ways.append(Way(f"{label}, {stage}", _always(answer), by_label[REFERENCE], against, told))
    laid_out = _always(lambda number: lay_out(jobs.book, jobs.jobs[number]))
    return [Way("laying the answers out", laid_out, lambda n: jobs.facts[n], f"{REFERENCE}, {VERDICTS}"), *ways]


def _verdicts(jobs: Jobs, engine: Engine) -> Callable[[int], object]:
    facts, work = jobs.facts, engine.verdicts
    return lambda number: work(facts[number])


def _levels(jobs: Jobs, engine: Engine) -> Callable[[int], object]:
    book, facts, work = jobs.book, jobs.facts, engine.verdicts
    return lambda number: resolve(book, work(facts[number]), facts[number].decisions)


def _explained(jobs: Jobs, engine: Engine) -> Callable[[int], object]:
    book, many = jobs.book, jobs.jobs
    return lambda number: evaluate(book, many[number], engine)


_STAGES = {VERDICTS: _verdicts, LEVELS: _levels, EXPLAINED: _explained}


def _always(answer: Callable[[int], object]) -> Callable[[], Callable[[int], object]]:
    return lambda: answer


def _as_it_is(answer: object) -> object:
    return answer


def _without_engine(answer: object) -> object:
    """An outcome but for the name of the engine in it."""
    return replace(cast("Outcome", answer), engine="", checked_by="")


def flat_ways(flat: Flat, made: Mapping[str, Callable[[Flat], peers.Peer]]) -> list[Way]:
    """The flat rules on the facts of each job, by durable-rules and by other engines: which rules fire on which facts.

    What durable-rules fired when it evaluated the jobs is what is right.
    """

    def way(name: str, make: Callable[[Flat], peers.Peer]) -> Way:
        def fresh() -> Callable[[int], object]:
            run = make(flat)  # CLIPS slows down as it runs, so every round gets one of its own
            return lambda number: run(flat.jobs[number])

        return Way(
            f"flat rules in {name}",
            fresh,
            lambda number: flat.jobs[number].firings,
            "flat rules in durable-rules",
            lambda firings: sorted(cast("list[object]", firings), key=repr),
        )

    return [way("durable-rules", lambda flat: lambda job: by_durable(flat, job)), *(way(*one) for one in made.items())]


def peers_here() -> tuple[dict[str, Callable[[Flat], peers.Peer]], list[str]]:
    """The other engines that are installed, and a line about each that is not."""
    makers: dict[str, Callable[[Flat], peers.Peer]] = {"clips": peers.clips, "zen": peers.zen}
    made, missing = {}, []
    for module, package in peers.PEERS.items():
        if peers.version_of(package):
            made[package] = makers[module]
        else:
            missing.append(f"{package} is not installed, so it was not measured: pip install '.[dev]'")
    return made, missing


def measured(jobs: Jobs, seconds: float | None) -> tuple[list[Way], list[str], int]:
    """Every way over some jobs, checked, and timed for about so many seconds (None: not timed).

    Gives the ways, remarks, and the number of rounds.
    """
    why_not = why_not_available()
    ways = engine_ways(jobs, ("reference",) if why_not else ("reference", "durable", "both"))
    remarks = [why_not] if why_not else []
    if not why_not:
        flat = take_down(jobs.book, jobs.facts)
        made, missing = peers_here()
        ways += flat_ways(flat, made)
        remarks = [*missing, _size(flat)]
    check(ways, len(jobs.jobs))
    return ways, remarks, 0 if seconds is None else measure(ways, len(jobs.jobs), seconds)


def _size(flat: Flat) -> str:
    rules, number = sum(map(len, flat.rules)), len(flat.jobs)
    facts = sum(len(facts) for job in flat.jobs for _, facts in job.facts) / number
    fired = sum(len(job.firings) for job in flat.jobs) / number
    return f"{rules} flat rules; {facts:.1f} facts and {fired:.1f} firings a job on average"


def loading(times: int) -> list[str]:
    """What it takes to make ready: milliseconds the first time in this process, and in the middle of the next."""
    book = load_rulebook("nhs")
    job = FOLDER / "finance-officer.yaml"
    works: dict[str, Callable[[], object]] = {
        "reading and building the rule book": lambda: load_rulebook.__wrapped__("nhs"),
        "the reference evaluator of it": lambda: ReferenceEvaluator(book),
        "reading one job file": lambda: load_job_file(job),
        "the questionnaire": lambda: questionnaire(book),
    }
    if not why_not_available():
        works["the durable-rules evaluator of it"] = lambda: DurableEvaluator(book)
    lines = [f"{'':36}{'first ms':>9}{'median':>9}"]
    for name, work in works.items():
        first, middle = once(work, times)
        lines.append(f"{name:36}{up(first * 1000, 1):>9}{up(middle * 1000, 1):>9}")
    return lines


def main() -> None:
    """Measure the engines on the example jobs and mixtures of their answers."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--jobs", type=int, default=200, help="how many jobs, complete and half-filled together")
    parser.add_argument("--seconds", type=float, default=60, help="how long to measure, about")
    asked = parser.parse_args()
    print(f"{datetime.now(UTC):%d %B %Y}; {machine()}")
    names = {"durable-rules": version(), **{package: peers.version_of(package) for package in peers.PEERS.values()}}
    print("; ".join(f"{name} {number or 'not installed'}" for name, number in names.items()))
    print("\nLoading")
    print("\n".join(loading(_TIMES_LOADED)))
    for title, jobs in jobs_to_measure(asked.jobs).items():
        ways, remarks, rounds = measured(jobs, asked.seconds / 2)
        rules = sum(len(factor.rules) for factor in jobs.book.factors.values())
        print(f"\n{len(jobs.jobs)} {title} jobs, {rules} rules, {rounds} rounds")
        print("\n".join(table(ways)))
        print("\n".join(remarks))
    print(
        "\nms/job: median of all rounds; best: the best round; jobs/s: of the median; times: the"
        "\nreference doing the same (flat rules: durable-rules). Costs are rounded up, speeds down."
        "\nAll ways take turns in every round, in one thread of one process; answers were checked"
        "\nbefore. The facts are laid out beforehand but for `explained`, which has all of it."
    )
    print(f"At the end: {machine()}")


if __name__ == "__main__":
    main()
