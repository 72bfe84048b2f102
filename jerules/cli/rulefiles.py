"""Which rule books, and which of their examples, the arguments of ``jerules test`` and ``jerules check`` mean."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from jerules.cli.home import Home
from jerules.documents.sorts import PACK, RULES, refuse
from jerules.documents.text import Source, read_source
from jerules.faults import Fault, Faulty, Place, listed, nearest
from jerules.language.parse import parse_all
from jerules.language.tree import Heading, Word
from jerules.rulebook.load import book_of, read_packs
from jerules.rulebook.model import Example, RuleBook


class Chosen(NamedTuple):
    """Examples and the rule book that they speak of; ``over`` is that book with packs on top, where any are named."""

    book: RuleBook
    examples: tuple[Example, ...]
    over: RuleBook | None = None


def books_of(
    arguments: Sequence[str],
    packs: tuple[Path, ...],
    *,
    procedures: bool = False,
    own: Path | None = None,
) -> list[Chosen]:
    """The rule books to test, each with the examples to run.

    Without arguments they are of every scheme that has examples, or of those that the packs are for. A scheme means all
    that is shipped for it. A shipped rule file means its own examples within that rule book, a pack its examples on top
    of it; other rule files make a rule book of their own, all those of one scheme together. The rules of a scheme's
    procedures are a book of their own, and are among them only with ``procedures``, or when their files are named. With
    ``own``, a folder of the user's, the scheme in there is at hand, and is the one that is meant when nothing is named.

    An example speaks of the rules that it stands among: those of rule files are run without ``packs``, those of the
    packs with all of them on top.

    Raises :class:`Faulty` with what is wrong with the arguments and with the files.
    """
    home = Home(own)
    if not arguments:
        names = schemes_of(packs, home) if packs else (home.its_own,) if own else home.names
        chosen = [one for name in names for one in _of_scheme(name, packs, home, procedures=procedures)]
        return [one for one in chosen if one.examples or one.book.factors]
    names, faults = home.names, list[Fault]()
    chosen = []
    files: list[Path] = []
    for argument in dict.fromkeys(arguments):
        if argument in names:
            chosen += _of_scheme(argument, packs, home, procedures=procedures)
        elif argument.endswith(".jer"):
            files.append(Path(argument))
        else:
            faults += _neither(argument, names)
    if faults:
        raise Faulty(faults)
    chosen += _of_files(files, packs, home)
    return chosen


def factors_of(chosen: Sequence[Chosen], names: Sequence[str]) -> list[tuple[RuleBook, frozenset[str]]]:
    """Each rule book once, with the factors and tools of it that are meant; none of them named means all.

    Those that are named, or else those whose examples were chosen where these are not all of the book's. Raises
    :class:`Faulty` with every name that no book has.
    """
    books: dict[RuleBook, set[str]] = {}
    for book, examples, _ in chosen:
        own = {example.factor for example in examples} if len(examples) < len(book.examples) else set(book.factors)
        books.setdefault(book, set()).update(own)
    known = [key for book in books for key in book.factors]
    if unknown := [name for name in dict.fromkeys(names) if name not in known]:
        raise Faulty(_no_factor(name, known) for name in unknown)
    wanted = frozenset(names)
    return [
        (book, wanted or (frozenset(own) if own < set(book.factors) else frozenset()))
        for book, own in books.items()
        if not wanted or wanted & set(book.factors)
    ]


def _no_factor(name: str, known: Sequence[str]) -> Fault:
    close = nearest(name, known)
    message = f"these rules have no factor or tool `{name}`"
    help_ = f"write `{close}`" if close else "use one of these"
    return Fault("unknown-factor", message, expected=listed(list(dict.fromkeys(known)), 40), nearest=close, help=help_)


def _of_scheme(name: str, packs: tuple[Path, ...], home: Home, *, procedures: bool) -> list[Chosen]:
    """What is shipped for a scheme; packs are put on its rules for factors, and its procedures are then left out."""
    book = home.book(name)
    if not packs:
        beside = home.procedures(name) if procedures and not home.adds_none(name) else None
        books = [book, beside] if beside and beside.factors else [book]
        return [Chosen(one, one.examples) for one in books]
    over = home.book(name, packs)
    return [Chosen(book, book.examples, over), *_of_packs(over)]


def _of_packs(over: RuleBook) -> list[Chosen]:
    """The examples of the packs of a book, with all of the packs on top."""
    files = {pack.file for pack in over.packs}
    examples = tuple(example for example in over.examples if example.place.file in files)
    return [Chosen(over, examples)] if examples else []


def schemes_of(packs: Sequence[Path], home: Home | None = None) -> list[str]:
    """The schemes that these packs are for; raises :class:`Faulty` where that cannot be said."""
    return sorted({heading_of(source, home or Home())[0] for source in read_packs(packs)})


def _neither(argument: str, names: Sequence[str]) -> Sequence[Fault]:
    if other := of_another_sort(Path(argument)):
        return other
    message = f"`{argument}` is neither a scheme nor a rule file"
    close = nearest(argument, names)
    rest = "the name of a rule file ends in `.jer`; the folder of a scheme of your own is named with `--scheme-from`"
    help_ = f"write `{close}`" if close else rest
    return [Fault("no-such-rules", message, expected=f"{listed(names)}, or a rule file", nearest=close, help=help_)]


def of_another_sort(path: Path) -> Sequence[Fault]:
    """What to say of a file that was given as rules and is known to be something else; nothing of any other."""
    try:
        refuse(read_source(path), RULES, PACK)
    except Faulty as faulty:
        return [fault for fault in faulty.faults if fault.code == "wrong-sort"]
    return []


def _of_files(files: Sequence[Path], packs: tuple[Path, ...], home: Home) -> list[Chosen]:
    chosen: list[Chosen] = []
    own: dict[str, list[Source]] = {}
    faults: list[Fault] = []
    for path in files:
        try:
            source = read_source(path)
            if known := home.of_file(path):
                load = home.procedures if known.procedure else home.book
                over = load(known.scheme, packs) if packs else None
                chosen.append(_shown(load(known.scheme), known.shown, over))
                continue
            scheme, pack = heading_of(source, home)
            if pack:
                chosen.append(_shown(home.book(scheme, (*packs, path)), source.name))
            else:
                own.setdefault(scheme, []).append(source)
        except Faulty as faulty:
            faults += faulty.faults
    for scheme, sources in own.items():
        try:
            book = book_of(home.scheme(scheme), sources)
            over = book_of(home.scheme(scheme), sources, read_packs(packs)) if packs else None
            chosen += [Chosen(book, book.examples, over), *(_of_packs(over) if over else ())]
        except Faulty as faulty:
            faults += faulty.faults
    if faults:
        raise Faulty(dict.fromkeys(faults))
    return chosen


def parts_of(
    arguments: Sequence[str], packs: tuple[Path, ...], own: Path | None = None
) -> list[tuple[RuleBook, tuple[str, ...]]]:
    """The rule books to check, each with the keys of the factors and tools that are meant; none when all are.

    The arguments mean what they do to :func:`books_of`; a file of a book at hand means the factors that it speaks of.
    """
    home = Home(own)
    of_files = {
        argument: known
        for argument in arguments
        if argument.endswith(".jer") and (known := home.of_file(Path(argument)))
    }
    schemes = [argument for argument in dict.fromkeys(arguments) if argument in home.names]
    others = [argument for argument in arguments if argument not in (*of_files, *schemes)]
    # No proof rests on an example, and the books are read in half the time without.
    found: list[tuple[RuleBook, tuple[str, ...]]] = [
        (home.book(scheme, packs, examples=False), ()) for scheme in (() if others else schemes)
    ]
    others = [*schemes, *others] if others else []
    if others or not arguments:
        # With packs, it is the rules with them on top that are checked, once for each book.
        chosen = books_of(others, packs, own=own)
        found += [(book, ()) for book in dict.fromkeys(one.over or one.book for one in chosen)]
    for scheme, procedure in dict.fromkeys((known.scheme, known.procedure) for known in of_files.values()):
        book = (home.procedures if procedure else home.book)(scheme, packs, examples=False)
        files = {known.shown for known in of_files.values()}
        keys = [key for key, one in book.factors.items() if any(rule.source.place.file in files for rule in one.rules)]
        found.append((book, tuple(keys)))
    return found


def _shown(book: RuleBook, name: str, over: RuleBook | None = None) -> Chosen:
    return Chosen(book, tuple(example for example in book.examples if example.place.file == name), over)


def _no_such_scheme(source: Source, word: Word, names: Sequence[str]) -> Fault:
    close = nearest(word.text, names)
    above = Path(source.name).parent.parent
    own = f", or name the folder of your own with `--scheme-from {above}`" if (above / "scheme.yaml").is_file() else ""
    help_ = f"write `scheme {close}`" if close else f"use one of these{own}"
    message = f"there is no scheme `{word}`"
    return source.fault("no-such-scheme", message, word.place, expected=listed(names), nearest=close, help=help_)


def heading_of(source: Source, home: Home) -> tuple[str, bool]:
    """The scheme that a rule file is for, and whether it is a pack; raises :class:`Faulty` when there is none."""
    refuse(source, RULES, PACK)
    parsed = parse_all(source)
    heads = [statement for statement in parsed.tree.statements if isinstance(statement, Heading)]
    scheme = next((head.name.text for head in heads if head.kind == "scheme"), "")
    if not scheme:
        message, help_ = f"`{source.name}` does not say which scheme it is for", "begin it with a line `scheme nhs`"
        start = Place(source.name, 1, 1, 1, 1)
        raise Faulty(
            [*parsed.faults, source.fault("no-scheme", message, start, expected=listed(home.names), help=help_)]
        )
    if scheme not in home.names:
        word = next(head.name for head in heads if head.kind == "scheme")
        raise Faulty([*parsed.faults, _no_such_scheme(source, word, home.names)])
    return scheme, any(head.kind == "pack" for head in heads)
