"""The lines of a blank form: comments wrapped to the width, keys without answers, and questions above them."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from jerules.jobs.wording import choices, how_to_answer
from jerules.rulebook.questions import Question

WIDTH = 80
STEP = "  "


class Page:
    """Puts the lines together: comments wrapped to the width, keys without answers."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def text(self) -> str:
        """The whole form."""
        return "\n".join(self.lines) + "\n"

    def gap(self) -> None:
        """One empty line."""
        self.lines.append("")

    def comment(self, text: str, depth: int = 0, *, first: str = "", then: str | None = None) -> None:
        """A comment; ``first`` stands before its text, ``then`` before each line that it runs over to."""
        lead = f"{STEP * depth}# "
        follow = " " * len(first) if then is None else then
        plain = " ".join(text.split())  # no line end of whatever kind may end the comment before its text does
        self.lines += textwrap.wrap(
            plain, WIDTH, initial_indent=lead + first, subsequent_indent=lead + follow,
            break_long_words=False, break_on_hyphens=False,
        ) or [lead.rstrip()]  # fmt: skip

    def section(self, title: str) -> None:
        """A heading over a part of the form."""
        self.gap()
        self.lines.append(f"# ── {title} ".ljust(WIDTH, "─"))

    def key(self, name: str, depth: int, value: str = "", *, item: bool = False) -> None:
        """A key, with its value where it has one; an ``item`` opens an entry of a list with its dash."""
        before = f"{STEP * (depth - 1)}- " if item else STEP * depth
        self.lines.append(f"{before}{name}:{value and ' '}{value}")


def put_question(page: Page, question: Question, depth: int, used: Sequence[str], *, item: bool = False) -> None:
    """The question, its help and what may be answered, above its key; an ``item`` opens an entry with its dash."""
    shown = depth - 1 if item else depth
    page.comment(question.asks, shown)
    if question.help:
        page.comment(question.help, shown, first=STEP)
    page.comment(f"Answer: {how_to_answer(question.type)}", shown, first=STEP)
    for name, label in choices(question.type):
        page.comment(label, shown, first=f"{STEP * 2}{name}")
    if used:
        page.comment(f"Used for: {', '.join(used)}", shown, first=STEP)
    page.key(question.name, depth, item=item)
