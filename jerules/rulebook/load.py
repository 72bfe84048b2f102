"""Loads a scheme's rule book from its files, with the packs that were asked for on top."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from jerules.documents.sorts import PACK, RULES, refuse
from jerules.documents.text import Source, read_source
from jerules.faults import Fault, Faulty, Place
from jerules.language.parse import parse_all
from jerules.language.tree import Heading, RuleFile
from jerules.resources import folder
from jerules.rulebook.build import build
from jerules.rulebook.collect import Faults
from jerules.rulebook.hashes import rules_text
from jerules.rulebook.model import RuleBook
from jerules.scheme.load import forget_schemes, load_scheme
from jerules.scheme.model import Scheme

PROCEDURES = "procedure"
"""The folder, within that of a scheme's rules, that holds the rules of its procedures."""
_NO_PACK = "not-a-pack"


@lru_cache(maxsize=8)
def load_rulebook(
    scheme: str, packs: tuple[Path, ...] = (), *, examples: bool = True, own: Path | None = None
) -> RuleBook:
    """The rule book that jerules ships for a scheme; raises :class:`Faulty` with every fault of its files.

    A scheme without rule files gives a book without factors: its levels are the panel's own. Without ``examples`` the
    shipped ones are not read, which takes half the time; the book and its hash are otherwise the same.

    With ``own``, a folder of the user's, the scheme is the one in there, and the rules in there are read as well.
    """
    known = load_scheme(scheme, own)
    return _book(known, [*_shipped(known), *own_rules(own)], read_packs(packs), examples=examples)


@lru_cache(maxsize=8)
def load_procedures(
    scheme: str, packs: tuple[Path, ...] = (), *, examples: bool = True, own: Path | None = None
) -> RuleBook:
    """The procedures that jerules ships for a scheme, as a rule book of their own; else as :func:`load_rulebook`."""
    known = load_scheme(scheme, own)
    sources = [*_shipped(known, PROCEDURES), *own_rules(own, PROCEDURES)]
    return _book(known, sources, read_packs(packs), examples=examples)


def forget() -> None:
    """Read every file anew next time: some may have changed."""
    load_rulebook.cache_clear()
    load_procedures.cache_clear()
    forget_schemes()


def own_book(scheme: Scheme, own: Path) -> RuleBook:
    """The rule book of a scheme in a folder of the user's; raises :class:`Faulty` with every fault of its files."""
    return _book(scheme, [*_shipped(scheme), *own_rules(own)], (), examples=True)


def own_procedures(scheme: Scheme, own: Path) -> RuleBook:
    """The procedures of a scheme in a folder of the user's; else as :func:`own_book`."""
    return _book(scheme, [*_shipped(scheme, PROCEDURES), *own_rules(own, PROCEDURES)], (), examples=True)


def own_rules(own: Path | None, within: str = "") -> list[Source]:
    """The rule files in a folder of the user's: in its folder ``rules``, those of procedures in one within it."""
    return [read_source(path) for path in sorted((own / "rules" / within).glob("*.jer"))] if own else []


def _shipped(known: Scheme, within: str = "") -> list[Source]:
    files = sorted((folder("rules") / known.id / within).glob("*.jer"))
    shown = "/".join(part for part in ("rules", known.id, within) if part)
    return [read_source(path, shown_as=f"{shown}/{path.name}") for path in files]


def read_packs(paths: Sequence[Path]) -> tuple[Source, ...]:
    """The texts of these packs, each once; raises :class:`Faulty` with what is wrong with any of the files.

    A file that is named twice, and two files that hold the same text, are one pack.
    """
    found: list[Source] = []
    faults: list[Fault] = []
    for path in {os.path.realpath(path): path for path in reversed(paths)}.values():
        try:
            source = read_source(path)
            refuse(source, PACK, RULES)
            found.append(source)
        except Faulty as faulty:
            faults += faulty.faults
    if faults:
        raise Faulty(faults)
    return tuple(reversed({source.text: source for source in found}.values()))


def book_of(
    scheme: Scheme, sources: Sequence[Source], packs: Sequence[Source] = (), *, examples: bool = True
) -> RuleBook:
    """The rule book of these texts; raises :class:`Faulty` with the faults of layout, grammar and names together.

    Each of ``packs`` must say that it is one, so that no outcome rests on a file that it does not name.
    """
    return _book(scheme, sources, packs, examples=examples)


def _book(scheme: Scheme, sources: Sequence[Source], packs: Sequence[Source], *, examples: bool) -> RuleBook:
    everything = [*sources, *packs]
    parsed = [parse_all(source, examples=examples) for source in sources] + [parse_all(source) for source in packs]
    faults = Faults(
        {source.name: source for source in everything},
        {one.tree.name: one.unread for one in parsed},
        [fault for one in parsed for fault in one.faults],
    )
    for one in parsed[len(sources) :]:
        _check_pack(one.tree, faults)
    if any(fault.code == _NO_PACK for fault in faults.found):
        raise Faulty(faults.found)  # put on top of the rules, it would seem to say everything a second time
    texts = [_says(source, examples or source in packs) for source in everything]
    return build(scheme, [one.tree for one in parsed], texts, faults)


@lru_cache(maxsize=64)
def _says(source: Source, examples: bool) -> str:  # noqa: FBT001 - the key of what is remembered
    """The canonical text of a file, which is written once as long as the file does not change."""
    return rules_text(parse_all(source, examples=examples).tree)


def _check_pack(file: RuleFile, faults: Faults) -> None:
    headings = {statement.kind for statement in file.statements if isinstance(statement, Heading)}
    if "pack" not in headings and not faults.heading_unread(file.name, "pack"):
        faults.add(
            _NO_PACK, "the file is given as a pack, and does not say that it is one", Place(file.name, 1, 1, 1, 1),
            '`pack "…"`', help='add a line such as `pack "Conventions of the trust"` after the scheme, if it is one',
        )  # fmt: skip
