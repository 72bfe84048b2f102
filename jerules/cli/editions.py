"""Which rule book one side of a comparison means: ``nhs``, ``nhs+pack.jer``, a folder of rule files, a rule file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jerules.cli.home import Home
from jerules.cli.rulefiles import heading_of, of_another_sort
from jerules.documents.text import Source, read_source
from jerules.faults import Fault, Faulty, Unavailable, listed, nearest
from jerules.rulebook.load import book_of, load_rulebook, read_packs
from jerules.rulebook.model import RuleBook
from jerules.scheme.load import load_own_scheme, load_scheme, load_scheme_file, scheme_names
from jerules.scheme.model import Scheme
from jerules.scheme.paragraphs import INDEX, Index, load_index, load_index_file

AND: str = "+"
"""Stands between a rule book and the packs on top of it."""
SCHEME: str = "scheme.yaml"
"""The levels, points and bands of a scheme, where a folder of rule files has its own."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side: what it was called, its rule book, and the paragraphs of its document, where they are listed."""

    name: str
    book: RuleBook
    index: Index | None


def side_of(argument: str, packs: Sequence[Path] = ()) -> Side:
    """The side that an argument means, with ``packs`` on top of those that it names.

    A folder holds the rule files of one scheme; its packs go on top of them, or on top of the shipped rules where it
    has nothing but packs. It may have a scheme and paragraphs of its own, in `scheme.yaml` and `paragraphs.yaml`. With
    a scheme and no rule file beside it, it holds a scheme of the user's, whose rules are in its folder `rules`.

    Raises:
        Faulty: there is nothing of that name, or with every mistake in its files.
    """
    first, *more = _parts(argument)
    on_top = (*(Path(one) for one in more), *packs)
    if first in scheme_names():
        return Side(argument, load_rulebook(first, on_top, examples=False), _index(first, None))
    path = Path(first)
    if path.is_dir():
        files = sorted(path.glob("*.jer"))
        if not files and (path / SCHEME).is_file():
            own = load_own_scheme(path).id
            return Side(argument, load_rulebook(own, on_top, examples=False, own=path), _index(own, path))
        if not files:
            message = f"there is no rule file in the folder `{first}`"
            raise Faulty([Fault("no-rules", message, expected="files whose names end in `.jer`")])
        return _of_files(argument, files, on_top, path)
    if first.endswith(".jer"):
        return _of_files(argument, [path], on_top, None)
    if other := of_another_sort(path):
        raise Faulty(other)
    names = scheme_names()
    close = nearest(first, names)
    message = f"`{first}` is neither a scheme, nor a folder, nor a rule file"
    expected = f"{listed(names)}, a folder of rule files, or a rule file"
    raise Faulty([Fault("no-such-rules", message, expected=expected, nearest=close, help=_HELP)])


_HELP = "packs go on top with a plus sign, as in `nhs+pack.jer`"


def _parts(argument: str) -> list[str]:
    """A rule book and its packs; a plus sign in the name of a file that is there parts nothing."""
    if AND not in argument or Path(argument).exists():
        return [argument]
    return [part.strip() for part in argument.split(AND)]


def _of_files(name: str, files: Sequence[Path], packs: tuple[Path, ...], home: Path | None) -> Side:
    rules: list[Source] = []
    own_packs: list[Path] = []
    schemes: dict[str, None] = {}
    faults: list[Fault] = []
    for path in files:
        try:
            source = read_source(path)
            scheme, pack = heading_of(source, Home())
        except Faulty as faulty:
            faults += faulty.faults
            continue
        schemes[scheme] = None
        if pack:
            own_packs.append(path)
        else:
            rules.append(source)
    if len(schemes) > 1:
        message = f"`{name}` has files of several schemes: {listed(list(schemes))}"
        faults.append(Fault("different-schemes", message, help="compare one scheme at a time"))
    if faults:
        raise Faulty(faults)
    (scheme,) = schemes
    on_top = (*own_packs, *packs)
    index = _index(scheme, home)
    if not rules:
        return Side(name, load_rulebook(scheme, on_top, examples=False), index)
    return Side(name, book_of(_scheme(scheme, home), rules, read_packs(on_top)), index)


def _scheme(name: str, home: Path | None) -> Scheme:
    own = home / SCHEME if home else None
    return load_scheme_file(own) if own and own.is_file() else load_scheme(name)


def _index(scheme: str, home: Path | None) -> Index | None:
    own = home / INDEX if home else None
    if own and own.is_file():
        return load_index_file(own)
    try:
        return load_index(scheme)
    except Unavailable:
        return None


def of_one_scheme(old: RuleBook, new: RuleBook) -> None:
    """Raise :class:`Faulty` where two books are of different schemes, which have nothing to be compared by."""
    if old.scheme.id != new.scheme.id:
        message = f"one rule book is of the {old.scheme.title}, the other of the {new.scheme.title}"
        raise Faulty([Fault("different-schemes", message, help="compare two rule books of one scheme")])
