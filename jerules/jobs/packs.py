"""The packs that a job file carries: which local agreements it is evaluated under, and as they were when."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from jerules.documents.located import Listing, Node, Scalar, Table
from jerules.documents.text import Source, read_source
from jerules.faults import Fault, Faulty
from jerules.jobs.shape import JobShape, blank, given, quoted
from jerules.language.parse import parse_all
from jerules.rulebook.hashes import pack_hash
from jerules.rulebook.model import Pack

KEYS = ("file", "hash")
_HASH = re.compile(r"[0-9a-f]{16}")
_PLAIN = re.compile(r"[A-Za-z0-9_./][A-Za-z0-9_./-]*")
_ABOUT_NAMES = frozenset(("unknown-record", "unknown-question", "unknown-decision"))


@dataclass(slots=True)
class OwnPacks:
    """The packs of one job file that can be read, and what is wrong with the others."""

    paths: list[Path] = field(default_factory=list)
    faults: tuple[Fault, ...] = ()
    missing: bool = False

    def of_the_rest(self, faults: Sequence[Fault]) -> list[Fault]:
        """The faults that do not merely follow from a pack that is missing: it may have declared what is asked."""
        return [fault for fault in faults if not self.missing or fault.code not in _ABOUT_NAMES]


def packs_of(source: Source, root: Node, folder: Path) -> OwnPacks:
    """The packs that a job file names under ``packs:``, with their files as from ``folder``, each held to its hash."""
    shape = JobShape(source)
    own = OwnPacks()
    parts = {entry.key.text: entry.value for entry in root.entries} if isinstance(root, Table) else {}
    node = given(parts.get("packs"))
    if isinstance(node, Listing):
        for item in node.items:
            _one(shape, item, folder, own)
    elif node is not None:
        message, help_ = "the packs of a job are a list, and something else stands here", "begin each pack with `- `"
        shape.fault("not-a-list", message, node.place, expected="`- file: …` lines", help_=help_)
    own.faults = tuple(shape.faults)
    return own


def _one(shape: JobShape, item: Node, folder: Path, own: OwnPacks) -> None:
    """Read one pack: its file alone, or with the hash that it had."""
    parts = {"file": item} if isinstance(item, Scalar) else shape.keyed(item, "a pack", KEYS)
    file, locked = given(parts.get("file")), given(parts.get("hash"))
    if not isinstance(file, Scalar) or blank(file):
        if isinstance(item, Scalar | Table):
            help_ = "name the file, as from the folder of the job file"
            shape.fault("missing-file", "a pack is named by its file", item.place, expected="`file: …`", help_=help_)
        return
    name = file.text.strip()
    if Path(name).is_absolute() or not name.endswith(".jer"):
        message = f"{quoted(name)} is no name of a pack that travels with the job"
        help_ = "name it as from the folder of the job file; the name of a pack ends in `.jer`"
        shape.fault("wrong-file", message, file.place, expected="a name such as `packs/local.jer`", help_=help_)
        return
    path = Path(os.path.normpath(folder / name))
    try:
        text = read_source(path)
    except Faulty as faulty:
        own.missing = True
        for fault in faulty.faults:
            help_ = "put the pack there, correct the name, or take the entry out if the job is evaluated without it"
            shape.fault("missing-pack", fault.message, file.place, help_=help_)
        return
    own.paths.append(path)
    if locked is not None:
        _held(shape, text, locked, name)


def _held(shape: JobShape, pack: Source, locked: Node, name: str) -> None:
    """Hold a pack to the hash that the job carries."""
    wanted = locked.text.strip() if isinstance(locked, Scalar) else ""
    if not _HASH.fullmatch(wanted):
        message = "the hash of a pack has sixteen digits from 0 to 9 and a to f"
        help_ = "`jerules pack` shows the hash of a pack"
        shape.fault("not-a-hash", message, locked.place, expected="a hash such as `4f42c7265fd20131`", help_=help_)
        return
    parsed = parse_all(pack)
    found = pack_hash(parsed.tree)
    if found == wanted or parsed.faults:  # what is wrong with the pack itself is told when it is loaded
        return
    message = f"the pack {quoted(name)} now has the hash {found}, and this job carries {wanted}"
    help_ = f"evaluate with the pack as it was, or write `hash: {found}` once the panel has looked at what changed"
    shape.fault("pack-changed", message, locked.place, expected=f"the pack whose hash is {wanted}", help_=help_)


def carried(packs: Sequence[Pack], folder: Path) -> list[str]:
    """The lines of a job file in ``folder`` that name these packs with their hashes."""
    lines = ["packs:"]
    for pack in packs:
        file = os.path.relpath(pack.file, folder).replace(os.sep, "/")
        named = file if _PLAIN.fullmatch(file) else json.dumps(file, ensure_ascii=False)
        lines += [f"  - file: {named}", f"    hash: {pack.hash}"]
    return lines
