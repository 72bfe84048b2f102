"""Loads a scheme's rule book from its files, with the packs that were asked for on top."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from jerules.documents.text import Source, read_source
from jerules.language.parse import parse_all
from jerules.resources import folder
from jerules.rulebook.build import build
from jerules.rulebook.collect import Faults
from jerules.rulebook.model import RuleBook
from jerules.scheme.load import load_scheme
from jerules.scheme.model import Scheme


@lru_cache(maxsize=8)
def load_rulebook(scheme: str, packs: tuple[Path, ...] = (), *, examples: bool = True) -> RuleBook:
    """The rule book that jerules ships for a scheme; raises :class:`Faulty` with every fault of its files.

    A scheme without rule files gives a book without factors: its levels are the panel's own. Without ``examples`` the
    shipped ones are not read, which takes half the time; the book and its hash are otherwise the same.
    """
    known = load_scheme(scheme)
    home = folder("rules")
    files = sorted((home / known.id).glob("*.jer"))
    shipped = [read_source(path, shown_as=f"rules/{known.id}/{path.name}") for path in files]
    return _book(known, shipped, [read_source(path) for path in packs], examples=examples)


def book_of(scheme: Scheme, sources: Sequence[Source]) -> RuleBook:
    """The rule book of these texts; raises :class:`Faulty` with the faults of layout, grammar and names together."""
    return _book(scheme, sources, (), examples=True)


def _book(scheme: Scheme, shipped: Sequence[Source], packs: Sequence[Source], *, examples: bool) -> RuleBook:
    parsed = [parse_all(source, examples=examples) for source in shipped] + [parse_all(source) for source in packs]
    sources = (*shipped, *packs)
    faults = Faults(
        {source.name: source for source in sources},
        {one.tree.name: one.unread for one in parsed},
        [fault for one in parsed for fault in one.faults],
    )
    return build(scheme, [one.tree for one in parsed], faults)
