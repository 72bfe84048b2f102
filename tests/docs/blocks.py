"""The fenced blocks of a Markdown page, for the tests that run what the documentation shows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block: the words after its fence, its text, and the line of the page that its text starts on."""

    words: tuple[str, ...]
    text: str
    line: int

    @property
    def kind(self) -> str:
        """The first word after the fence; empty when there is none."""
        return self.words[0] if self.words else ""


def blocks(page: Path) -> list[Block]:
    """Every fenced block of a page, in order; a fence that is never closed is an error of the page."""
    found: list[Block] = []
    words: tuple[str, ...] | None = None
    start = 0
    text: list[str] = []
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.startswith("```"):
            text.append(f"{line}\n")
        elif words is None:
            words, start, text = tuple(line[3:].split()), number + 1, []
        else:
            found.append(Block(words, "".join(text), start))
            words = None
    assert words is None, f"{page.name}: the block at line {start} is never closed"
    return found
