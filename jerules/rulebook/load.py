"""Loads a scheme's rule book from its files, with the packs that were asked for on top."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from jerules.documents.text import Source, read_source
from jerules.faults import Fault, Faulty
from jerules.language.parse import Parsed, parse_all
from jerules.resources import folder
from jerules.rulebook.build import build
from jerules.rulebook.model import RuleBook
from jerules.rulebook.names import Faults
from jerules.scheme.load import load_scheme
from jerules.scheme.model import Scheme


@lru_cache(maxsize=8)
def load_rulebook(scheme: str, packs: tuple[Path, ...] = ()) -> RuleBook:
    """The rule book that jerules ships for a scheme; raises :class:`Faulty` with every fault of its files.

    A scheme without rule files gives a book without factors: its levels are the panel's own.
    """
    known = load_scheme(scheme)
    home = folder("rules")
    files = sorted((home / known.id).glob("*.jer"))
    shipped = [read_source(path, shown_as=f"rules/{known.id}/{path.name}") for path in files]
    return book_of(known, [*shipped, *(read_source(path) for path in packs)])


def book_of(scheme: Scheme, sources: Sequence[Source]) -> RuleBook:
    """The rule book of these texts; raises :class:`Faulty` with the faults of layout, grammar and names together."""
    parsed = [parse_all(source) for source in sources]
    faults = Faults({source.name: source for source in sources})
    book = None
    try:
        book = build(scheme, [one.tree for one in parsed], faults)
    except Faulty as error:
        found = [fault for fault in error.faults if not _follows(fault, parsed)]
    else:
        found = []
    found += [fault for one in parsed for fault in one.faults]
    if found or book is None:
        raise Faulty(found)
    return book


_FOLLOW_FROM_AN_UNREAD_LINE = frozenset({"no-factor", "no-scheme", "empty-record", "no-outcome", "no-question"})


def _follows(fault: Fault, parsed: Sequence[Parsed]) -> bool:
    """Whether a fault only follows from a statement that could not be read, which is reported itself."""
    if fault.code in {"unknown-name", "unknown-choice"}:
        return any(word in one.unread for one in parsed for word in re.findall("`([^`]*)`", fault.message))
    if fault.code in _FOLLOW_FROM_AN_UNREAD_LINE and fault.place:
        return any(one.unread and one.tree.name == fault.place.file for one in parsed)
    return False
