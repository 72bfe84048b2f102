"""What the sample jobs show by themselves: that something is possible needs no solver where some job does it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

from jerules.verify.bench import Bench
from jerules.verify.model import Obligation, State
from jerules.verify.samples import Sample, samples
from jerules.verify.settle import REPLAY, Duty
from jerules.verify.witness import Seen, look

Looks = tuple[tuple[Sample, Mapping[str, Seen]], ...]
"""Sample jobs, each with what every evaluator, by its name, finds of it."""


@lru_cache(maxsize=4)
def looks(bench: Bench) -> Looks:
    """Every sample job of a factor with what each evaluator finds of it."""
    if bench.looked is not None:
        return bench.looked()
    return tuple((one, dict(look(bench.book, bench.key, one.job))) for one in samples(bench))


def shown(bench: Bench, duty: Duty, does: Callable[[Seen], bool]) -> Obligation | None:
    """The obligation as proved where some sample job does it by every evaluator, else nothing."""
    if any(all(does(seen) for seen in found.values()) for _, found in looks(bench)):
        return Obligation(duty.check, bench.key, duty.subject, duty.says, State.PROVED, (REPLAY,))
    return None
