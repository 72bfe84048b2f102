"""Tables of cases kept as plain text: what is written, and what becomes of it.

A case starts with ``### its title``; what follows is the text, up to a line that starts with ``--- `` and says what
comes next. Several such parts may follow one another.
"""

from dataclasses import dataclass
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet


@dataclass(frozen=True, slots=True)
class Case:
    """One case: the table it stands in, its title, and its parts in order, each ending in a newline."""

    table: str
    title: str
    parts: tuple[str, ...]


def cases(folder: Path) -> list[ParameterSet]:
    """Every case of every table in a folder, as parameters of a test."""
    return [pytest.param(case, id=f"{case.table}: {case.title}") for case in read(folder)]


def read(folder: Path) -> list[Case]:
    """Every case of every table in a folder."""
    found = [case for path in sorted(folder.glob("*.txt")) for case in _read(path)]
    if not found:
        message = f"no table of cases in {folder}"
        raise FileNotFoundError(message)
    return found


def _read(path: Path) -> list[Case]:
    found: list[Case] = []
    for chunk in path.read_text(encoding="utf-8").split("### ")[1:]:
        title, _, rest = chunk.partition("\n")
        parts: list[list[str]] = [[]]
        for line in rest.rstrip("\n").split("\n"):
            if line.startswith("--- "):
                parts.append([])
            else:
                parts[-1].append(line)
        found.append(Case(path.stem, title, tuple("\n".join(part).strip("\n") + "\n" for part in parts)))
    return found
