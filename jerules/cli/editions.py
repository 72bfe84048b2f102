"""Which rule book one side of a comparison means: ``nhs``, ``nhs+pack.jer``, a folder of rule files, a rule file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from jerules.cli.home import Home
from jerules.cli.rulefiles import heading_of, of_another_sort
from jerules.documents.text import Source, read_source
from jerules.faults import Fault, Faulty, listed, nearest
from jerules.rulebook.load import book_of, load_rulebook, read_packs
from jerules.rulebook.model import RuleBook
from jerules.scheme.load import load_own_scheme, load_scheme_file
from jerules.scheme.model import Scheme
from jerules.scheme.paragraphs import INDEX, Index, index_for, load_index_file

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


def side_of(argument: str, packs: Sequence[Path] = (), own: Path | None = None) -> Side:
    """The side that an argument means, with ``packs`` on top of those that it names.

    A folder holds the rule files of one scheme; its packs go on top of them, or on top of the shipped rules where it
    has nothing but packs. It may have a scheme and paragraphs of its own, in `scheme.yaml` and `paragraphs.yaml`. With
    a scheme and no rule file beside it, it holds a scheme of the user's, whose rules are in its folder `rules`. The
    scheme in the folder ``own`` is at hand by its name, and rule files may be of it.

    Raises:
        Faulty: there is nothing of that name, or with every mistake in its files.
    """
    first, *more = parts_of_side(argument)
    on_top = (*(Path(one) for one in more), *packs)
    home = Home(own)
    if first in home.names:
        book = home.book(first, on_top, examples=False)
        return Side(argument, book, index_for(book.scheme))
    path = Path(first)
    if path.is_dir():
        files = sorted(path.glob("*.jer"))
        if not files and (path / SCHEME).is_file():
            scheme = load_own_scheme(path)
            book = load_rulebook(scheme.id, on_top, examples=False, own=path)
            return Side(argument, book, index_for(scheme))
        if not files:
            message = f"there is no rule file in the folder `{first}`"
            raise Faulty([Fault("no-rules", message, expected="files whose names end in `.jer`")])
        return _of_files(argument, files, on_top, _Around(home, path))
    if first.endswith(".jer"):
        return _of_files(argument, [path], on_top, _Around(home))
    if other := of_another_sort(path):
        raise Faulty(other)
    names = home.names
    close = nearest(first, names)
    message = f"`{first}` is neither a scheme, nor a folder, nor a rule file"
    expected = f"{listed(names)}, a folder of rule files, or a rule file"
    raise Faulty([Fault("no-such-rules", message, expected=expected, nearest=close, help=_HELP)])


_HELP = "packs go on top with a plus sign, as in `nhs+pack.jer`"


def parts_of_side(argument: str) -> list[str]:
    """A rule book and its packs; a plus sign in the name of a file that is there parts nothing."""
    if AND not in argument or Path(argument).exists():
        return [argument]
    return [part.strip() for part in argument.split(AND)]


class _Around(NamedTuple):
    """What there is around rule files: the schemes at hand, and their folder, which may have a scheme of its own."""

    home: Home
    folder: Path | None = None

    def scheme(self, name: str) -> Scheme:
        """The scheme of these files."""
        own = self.folder / SCHEME if self.folder else None
        return load_scheme_file(own) if own and own.is_file() else self.home.scheme(name)

    def paragraphs(self, name: str) -> Index | None:
        """The paragraphs of their document, where they are listed."""
        own = self.folder / INDEX if self.folder else None
        return load_index_file(own) if own and own.is_file() else index_for(self.home.scheme(name))


def _of_files(name: str, files: Sequence[Path], packs: tuple[Path, ...], around: _Around) -> Side:
    rules: list[Source] = []
    own_packs: list[Path] = []
    schemes: dict[str, None] = {}
    faults: list[Fault] = []
    for path in files:
        try:
            source = read_source(path)
            scheme, pack = heading_of(source, around.home)
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
    if not rules:
        return Side(name, around.home.book(scheme, on_top, examples=False), around.paragraphs(scheme))
    return Side(name, book_of(around.scheme(scheme), rules, read_packs(on_top)), around.paragraphs(scheme))


def of_one_scheme(old: RuleBook, new: RuleBook) -> None:
    """Raise :class:`Faulty` where two books are of different schemes, which have nothing to be compared by."""
    if old.scheme.id != new.scheme.id:
        message = f"one rule book is of the {old.scheme.title}, the other of the {new.scheme.title}"
        raise Faulty([Fault("different-schemes", message, help="compare two rule books of one scheme")])
