"""Witnesses kept as files: jobs that can be evaluated, or examples that can go into a rule file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from jerules.documents.writing import write_atomically
from jerules.jobs.model import Job
from jerules.jobs.write import job_to_example, job_to_yaml
from jerules.verify.run import Report


def keep_witnesses(report: Report, folder: Path, *, examples: bool) -> int:
    """Write every witness of a report into a folder, which is made if need be; gives how many there are.

    A job file is named after the check, the factor and the subject; examples go into one file for each factor. Raises
    :class:`jerules.faults.Faulty` when something cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    found = list(_witnesses(report))
    if not examples:
        for name, _, job, _ in found:
            write_atomically(folder / f"{name}.yaml", job_to_yaml(report.book, job))
        return len(found)
    by_factor: dict[str, list[str]] = {}
    for _, factor, job, shows in found:
        by_factor.setdefault(factor, []).append(job_to_example(report.book, job, shows))
    for factor, blocks in by_factor.items():
        name = f"{report.book.scheme.id}-{factor or 'scheme'}-examples.txt"
        write_atomically(folder / name, "\n".join(blocks))
    return len(found)


def _witnesses(report: Report) -> Iterator[tuple[str, str, Job, str]]:
    """For each witness a name, its factor, the job under a title that says what it shows, and what it comes to."""
    for one in report.obligations:
        if one.finding is None:
            continue
        for number, witness in enumerate(one.finding.witnesses, start=1):
            stem = f"{report.book.scheme.id}-{one.factor or 'scheme'}-{one.check}-{one.subject}-{number}"
            name = re.sub(r"[^A-Za-z0-9]+", "-", stem).strip("-")
            job = replace(witness.job, title=f"{one.check}, {one.subject}")
            yield name, one.factor, job, witness.shows
