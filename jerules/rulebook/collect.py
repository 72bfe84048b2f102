"""Collects the faults of all rule files of a book, each once, and none that merely follows from another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from jerules.documents.text import Source
from jerules.faults import Fault, Place, listed, nearest
from jerules.language.parse import MOST_FAULTS
from jerules.language.unread import Unread


@dataclass(slots=True)
class Faults:
    """The faults found so far. ``sources`` gives the line that each stands on, ``unread`` what could not be read."""

    sources: Mapping[str, Source]
    unread: Mapping[str, Unread] = field(default_factory=dict)
    found: list[Fault] = field(default_factory=list)
    _told: set[tuple[str, str, Place]] = field(default_factory=set)
    _counted: dict[str, int] = field(default_factory=dict)

    def add(  # noqa: PLR0913, PLR0917 - the parts of a fault, in the order they are shown
        self, code: str, message: str, place: Place, expected: str = "", close: str = "", help: str = "",  # noqa: A002
        parts: tuple[str, ...] = (),
    ) -> None:  # fmt: skip
        """Add one fault; ``close`` is the nearest known name. The same fault is added once."""
        if self._is_told(code, message, place):
            return
        source = self.sources.get(place.file)
        line = source.line(place.line) if source else ""
        self.found.append(Fault(code, message, place, expected, close, help, line, parts))

    def unknown(self, what: str, name: str, place: Place, known: Iterable[str], advice: str = "") -> None:
        """A name that nothing is called by, unless a statement that could not be read may declare it."""
        if any(name in file.names for file in self.unread.values()) or self._is_full(place.file):
            return
        names = list(dict.fromkeys(known))
        close = {one.lower(): one for one in names}.get(nearest(name, [one.lower() for one in names]), "")
        instead = f"declare it, or use {listed(names, 6)}" if names else "declare it first"
        self.add(
            "unknown-name", f"{what} is called `{name}`", place, listed(names), close,
            advice or (f"write `{close}`" if close else instead),
        )  # fmt: skip

    def lacks_a_part(self, place: Place) -> bool:
        """Whether the statement that starts there lacks a part which could not be read."""
        file = self.unread.get(place.file)
        return file is not None and place.line in file.gaps

    def heading_unread(self, file: str, *headings: str) -> bool:
        """Whether one of these headings of the file may stand in a line that could not be read."""
        unread = self.unread.get(file)
        return unread is not None and not unread.headings.isdisjoint(headings)

    def start(self, place: Place) -> Place:
        """The place of the first word at ``place``: a fault of a whole statement is marked under its head."""
        source = self.sources.get(place.file)
        word = re.match(r"\S+", source.line(place.line)[place.column - 1 :]) if source else None
        return Place(place.file, place.line, place.column, place.line, place.column + (word.end() if word else 1))

    def _is_told(self, code: str, message: str, place: Place) -> bool:
        if (code, message, place) in self._told or self._is_full(place.file):
            return True
        self._told.add((code, message, place))
        count = self._counted[place.file] = self._counted.get(place.file, 0) + 1
        if count > MOST_FAULTS:
            message = f"more than {MOST_FAULTS} names, units and levels are wrong: the rest are not shown"
            self.found.append(Fault("too-many-faults", message, Place(place.file, 1, 1, 1, 1), help="mend these first"))
            return True
        return False

    def _is_full(self, file: str) -> bool:
        return self._counted.get(file, 0) > MOST_FAULTS
