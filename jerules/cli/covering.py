"""What the examples, and the job files named with them, show of the rule books that ``jerules test`` runs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jerules.cli.rulefiles import Chosen, factors_of
from jerules.cli.shared import read_jobs
from jerules.exercise.coverage import Coverage, cover, looks_of
from jerules.rulebook.model import Example, RuleBook


def cover_books(
    chosen: Sequence[Chosen],
    factors: Sequence[str],
    jobs: Sequence[Path],
    packs: tuple[Path, ...],
    own: Path | None = None,
) -> list[Coverage]:
    """What is shown of each book: by the examples that were chosen, and by the jobs of its scheme.

    Raises :class:`~jerules.faults.Faulty` with what is wrong with examples, jobs and names of factors.
    """
    read = read_jobs(jobs, packs, own)
    examples = dict[RuleBook, tuple[Example, ...]]()
    for book, found, _ in chosen:
        examples[book] = tuple(dict.fromkeys((*examples.get(book, ()), *found)))
    return [
        cover(book, looks_of(book, examples[book], [job for job, of in read if of.scheme.id == book.scheme.id]), wanted)
        for book, wanted in factors_of(chosen, factors)
    ]
