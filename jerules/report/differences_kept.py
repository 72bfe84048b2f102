"""Jobs that come to another level by another rule book, kept as job files."""

from __future__ import annotations

import re
from pathlib import Path

from jerules.documents.writing import write_atomically
from jerules.jobs.write import job_to_yaml
from jerules.verify.differences import Differences


def keep_jobs(found: Differences, folder: Path) -> int:
    """Write every job that shows a change into a folder, which is made if need be; gives how many files there are.

    A file is named after the factor and the way its level goes. Where the two books do not ask the same, there is one
    for each. Raises :class:`jerules.faults.Faulty` when something cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    number = 0
    for factor in found.factors:
        for one in factor.witnesses:
            old, new = job_to_yaml(found.old, one.moved.old), job_to_yaml(found.new, one.moved.new)
            texts = {"": new} if old == new else {"-old": old, "-new": new}
            for ending, text in texts.items():
                name = f"{found.new.scheme.id}-{factor.key}-{one.moved.way}{ending}"
                write_atomically(folder / f"{re.sub(r'[^A-Za-z0-9-]+', '-', name)}.yaml", text)
                number += 1
    return number
