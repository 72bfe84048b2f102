"""The official words behind a citation, from the user's own copy of the document and from nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from jerules.rulebook.model import Citation
from jerules.rulebook.sources import Names, Resolved
from jerules.scheme.paragraphs import Index
from jerules.scheme.paragraphs_copy import CHANGED, HOLDS, Found


@dataclass(frozen=True, slots=True)
class Quote:
    """One paragraph that a citation stands for: its identifier and place, its state in the copy, and its words.

    ``text`` is empty unless the paragraph holds: what has changed is not quoted.
    """

    id: str
    place: str
    state: str
    text: str


class Quotes:
    """Every paragraph of the index as it stands in one user's copy."""

    def __init__(self, index: Index, found: Mapping[str, Found]) -> None:
        self._found = found
        self._resolved = lru_cache(maxsize=None)(Names(index).resolve)

    def of(self, citation: Citation) -> tuple[Quote, ...]:
        """The paragraphs of a citation; none for a whole chapter, or where it names no paragraph."""
        if citation.id.endswith("/all"):
            return ()
        resolved: Resolved = self._resolved(citation.id)
        found = [self._found[paragraph.id] for paragraph in resolved.paragraphs]
        return tuple(Quote(one.paragraph.id, one.paragraph.place, one.state, one.text) for one in found)

    @property
    def summary(self) -> str:
        """Where the words come from, and how much of the document is as it was."""
        holds = [one for one in self._found.values() if one.state == HOLDS]
        changed = sum(one.state == CHANGED for one in self._found.values())
        names = ", ".join(dict.fromkeys(one.document.replace("\\", "/").rpartition("/")[2] for one in holds))
        missing = len(self._found) - len(holds) - changed
        if not changed and not missing:
            return f"from {names}"
        return f"from {names}, in which {changed} paragraphs have changed and {missing} are missing"
