"""Runs the commands that the documentation shows: ``console`` blocks, each command after a ``$``, then its output."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tests.docs.blocks import Block

CUT = "[…]"
"""Stands for the lines of output before and after those shown."""

_HASH = re.compile(r"\b[0-9a-f]{16}\b")
_ENGINE = re.compile(r"^(\s*Engine  ).*")
_CONFIRMED = re.compile(r"\s+confirmed by reference(?: and durable-rules)?")


@dataclass(frozen=True, slots=True)
class Shown:
    """One command of a block, with the output that the page shows, line by line."""

    line: int
    command: str
    output: tuple[str, ...]


def commands(block: Block) -> tuple[Shown, ...]:
    """The commands of a block with their outputs, in order."""
    found: list[tuple[int, str, list[str]]] = []
    for number, line in enumerate(block.text.splitlines(), start=block.line):
        if line.startswith("$ "):
            found.append((number, line[2:], []))
        else:
            assert found, f"line {number}: a block of commands starts with `$ `"
            found[-1][2].append(line)
    return tuple(Shown(number, command, tuple(output)) for number, command, output in found)


@lru_cache
def run(command: str, folder: Path) -> tuple[str, ...]:
    """What a command of jerules prints, on both streams in order, 80 columns wide; ``# exit 2`` ends it if it fails."""
    program, *arguments = shlex.split(command)
    assert program == "jerules", f"only jerules is run here, not {program}"
    root = Path(__file__).resolve().parent.parent.parent
    around = {**os.environ, "COLUMNS": "80", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8", "PYTHONPATH": str(root)}
    done = subprocess.run(
        [sys.executable, "-m", "jerules", *arguments],
        cwd=folder, env=around, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
        encoding="utf-8", check=False,
    )  # fmt: skip
    lines = [line.rstrip() for line in done.stdout.splitlines()]
    while lines and not lines[-1]:
        lines.pop()
    return (*lines, f"# exit {done.returncode}") if done.returncode else tuple(lines)


def part(block: Block, output: tuple[str, ...]) -> tuple[str, ...]:
    """The part of an output that a block shows.

    After the fence there may stand ``from`` and ``until``, each with words: the first line that has the words, and the
    first line after it that is not shown.
    """
    said = " ".join(block.words[1:])
    found = re.fullmatch(r"(?:from (?P<start>.+?))?\s*(?:until (?P<end>.+))?", said)
    assert found, f"line {block.line}: expected `from …`, `until …` or both, not {said}"
    start = _line_with(found["start"], output, 0) if found["start"] else 0
    end = _line_with(found["end"], output, start + 1) if found["end"] else len(output)
    shown = list(output[start:end])
    while shown and not shown[-1]:
        shown.pop()
    return (*([CUT, ""] if start else []), *shown, *(["", CUT] if end < len(output) else []))


def _line_with(words: str, lines: tuple[str, ...], start: int) -> int:
    for number, line in enumerate(lines[start:], start=start):
        if words in line:
            return number
    raise AssertionError(f"no line of the output has {words!r}:\n" + "\n".join(lines))


def comparable(lines: Iterable[str]) -> list[str]:
    """Lines without what changes with every rule, and with the engines of this machine."""
    return [_CONFIRMED.sub(" confirmed …", _ENGINE.sub(r"\1…", _HASH.sub("…", line))) for line in lines]


def real(block: Block, folder: Path) -> str:
    """The block as it should be: each command with the part of its real output that is shown."""
    lines: list[str] = []
    for shown in commands(block):
        lines += [f"$ {shown.command}", *part(block, run(shown.command, folder))]
    return "".join(f"{line}\n" for line in lines)
