"""What a statement that cannot be read would have declared, as far as one can tell.

A mistake in one statement must not be reported a second time at the statements that speak of it. So what it probably
declares is noted: names, headings, and that the statement it stands in lacks a part.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from jerules.faults import Place
from jerules.language import tree as t
from jerules.language.layout import Block, meant_by

HEADINGS = ("scheme", "factor", "tool", "procedure", "pack", "status")
_DECLARING = ("record", "question", "scale", "term", "parameter", "interpretation")
_DECLARED = re.compile(rf"\b(?:{'|'.join(_DECLARING)})\s+([A-Za-z][A-Za-z0-9_-]*)")
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_NUMBER = re.compile(r"[0-9]{1,3}")


@dataclass(frozen=True, slots=True)
class Unread:
    """What could not be read of a file.

    ``names`` may be declared there, ``headings`` may stand there, and ``gaps`` are the first lines of the statements
    that lack a part which could not be read.
    """

    names: frozenset[str] = frozenset()
    headings: frozenset[str] = frozenset()
    gaps: frozenset[int] = frozenset()


@dataclass(slots=True)
class Notes:
    """Collects what is noted while a file is read."""

    names: set[str] = field(default_factory=set)
    headings: set[str] = field(default_factory=set)
    gaps: set[int] = field(default_factory=set)

    def done(self) -> Unread:
        """The notes, frozen."""
        return Unread(frozenset(self.names), frozenset(self.headings), frozenset(self.gaps))

    def statement(self, block: Block) -> None:
        """Note what a statement that cannot be read may declare, with all that it holds."""
        self.gaps.add(block.lines[0].number)
        meant = meant_by(block.first_word)
        if meant in HEADINGS:
            self.headings.add(meant)
        for line in block.all_lines:
            self.names.update(_DECLARED.findall(line.code))
        if meant in _DECLARING or not meant:
            self._second_word(block)
        if meant == "record":
            for line in block.all_lines[1:]:
                self.names.update(_WORD.findall(line.code)[:1])

    def line(self, block: Block, holder: str) -> None:
        """Note what an unreadable line inside ``holder`` may declare."""
        if holder == "record":
            self.names.update(word for line in block.lines for word in _WORD.findall(line.code)[:1])

    def _second_word(self, block: Block) -> None:
        words = _WORD.findall(block.lines[0].code)
        self.names.update(words[1:2])


def stand_in(block: Block, place: Place) -> t.Statement | None:
    """A statement to put in the place of an unreadable one that holds others or says what the file is about.

    With it the lines inside, and the rest of the file, can be checked all the same. It never reaches a rule book,
    because a file with a fault is not used.
    """
    code = block.lines[0].code
    kind = meant_by(block.first_word)
    rest = code.split(maxsplit=1)[1] if len(code.split(maxsplit=1)) > 1 else ""
    title = t.Word("", place)
    match kind:
        case "record" if name := _NAME.match(rest):
            return t.Record(t.Word(name[0], place), title, place=place)
        case "interpretation":
            words = rest.split(maxsplit=1)
            return t.Interpretation(t.Word(words[0] if words else "", place), title, place=place)
        case "example":
            return t.Example(title, place=place)
        case "factor" if number := _NUMBER.search(rest):
            return t.Heading("factor", t.Word(number[0], place), place=place)
    return None
