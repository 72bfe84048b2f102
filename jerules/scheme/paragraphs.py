"""The paragraphs of a scheme's document as we keep them: where each stands and a fingerprint, and none of the text.

A paragraph is known by its opening words (a heading term, a handful at most), the number of its words and a
fingerprint of them all. Words are compared as :func:`words_of` reads them, so that a copy that was typed again, with
other line ends, quotation marks or capitals, is still recognised, and one in which a figure differs is not.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jerules import resources
from jerules.documents.located import Listing, Node, load_located
from jerules.documents.text import read_source
from jerules.faults import Faulty, Unavailable
from jerules.scheme.load import load_scheme
from jerules.scheme.model import Scheme
from jerules.scheme.shape import Shape, quoted

INDEX, OUTLINE = "paragraphs.yaml", "outline.yaml"
MOST_OPENING = 10
"""The most words of a document that we keep in one piece."""

_DIGITS = 16  # hexadecimal digits of a fingerprint: 64 bits
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_WORD = re.compile(f"[^\\W_](?:[^\\W_]|[\u0300-\u036f{_INVISIBLE}])*|[£$€%<>=+×±]")
_OUTLINE = {"id": False, "begins": True, "place": False, "normative": False, "also": False}
_INDEX = {"id": True, "begins": True, "place": True, "normative": False, "also": False}
_FIGURES = {"words": True, "fingerprint": True}


@dataclass(frozen=True, slots=True)
class Word:
    """One word as it is compared, and where it stands in the text: offsets in characters, the end past the last."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; ``id`` is whole (``nhs/7/chapter-5/factor-13/level-3c``), ``also`` are its other names, whole too.

    In an outline, ``words`` is 0 and ``fingerprint`` empty; without an ``id`` it only ends the paragraph before it.
    """

    id: str
    place: str
    begins: str
    normative: bool = True
    also: tuple[str, ...] = ()
    words: int = 0
    fingerprint: str = ""

    @property
    def section(self) -> str:
        """The identifier without its last part."""
        return self.id.rpartition("/")[0]


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter, or a factor of one, under the heading at which it begins; without one it begins the document.

    What stands under several headings, such as general notes here and there, is several sections of one ``id``.
    """

    id: str
    title: str
    heading: str
    paragraphs: tuple[Paragraph, ...]

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from every other section."""
        return self.id, self.heading


@dataclass(frozen=True, slots=True)
class Index:
    """The paragraphs of one edition of a scheme's document, in its order."""

    scheme: str
    edition: str
    sections: tuple[Section, ...]

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """Every paragraph that has an identifier."""
        return tuple(one for section in self.sections for one in section.paragraphs if one.id)


# ── words and fingerprints ───────────────────────────────────────────────────────────────────────────────────────


def words_of(text: str) -> list[Word]:
    """The words of a text without capitals, punctuation and white space; a sign of money or a percentage is a word."""
    found: list[Word] = []
    for match in _WORD.finditer(text):
        folded = _folded(match.group())
        if _WORD.fullmatch(folded) and not any(sign in folded for sign in _INVISIBLE):
            found.append(Word(folded, *match.span()))
        else:  # one character may stand for several words: a fraction, a number in brackets
            found += [Word(part.group(), *match.span()) for part in _WORD.finditer(folded)]
    return found


def normalised(text: str) -> str:
    """The words of a text with one space between; what is normalised once stays as it is."""
    return " ".join(word.text for word in words_of(text))


def fingerprint(words: Iterable[str]) -> str:
    """16 hexadecimal digits over words as :func:`words_of` gives them."""
    return hashlib.sha256(" ".join(words).encode()).hexdigest()[:_DIGITS]


def _folded(text: str) -> str:
    text = "".join(letter for letter in text if letter not in _INVISIBLE)
    while (folded := unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())) != text:
        text = folded
    return text


# ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────────


@lru_cache(maxsize=8)
def load_index(scheme: str) -> Index:
    """The paragraphs of a scheme's document; raises :class:`Unavailable` when they have not been listed."""
    load_scheme(scheme)  # says which schemes there are
    path = resources.folder("schemes") / scheme / INDEX
    if not path.is_file():
        raise Unavailable(f"the paragraphs of `{scheme}` are not listed: there is no schemes/{scheme}/{INDEX}")
    return load_index_file(path, shown_as=f"schemes/{scheme}/{INDEX}")


def index_for(scheme: Scheme) -> Index | None:
    """The paragraphs of the document of a scheme, where they are listed: beside the user's own, or with the shipped."""
    if scheme.folder and (own := Path(scheme.folder) / INDEX).is_file():
        return load_index_file(own)
    shipped = resources.folder("schemes") / scheme.id / INDEX
    return load_index(scheme.id) if shipped.is_file() else None


def load_outline(scheme: str) -> Index:
    """How the scheme's document is cut; raises :class:`Unavailable` when nobody has said so."""
    load_scheme(scheme)
    path = resources.folder("schemes") / scheme / OUTLINE
    if not path.is_file():
        raise Unavailable(f"there is no schemes/{scheme}/{OUTLINE} that says how the document is cut into paragraphs")
    return load_outline_file(path, shown_as=f"schemes/{scheme}/{OUTLINE}")


def load_index_file(path: Path, *, shown_as: str | None = None) -> Index:
    """Read an index; raises :class:`Faulty` with every mistake in it."""
    return _load(path, shown_as, _INDEX | _FIGURES)


def load_outline_file(path: Path, *, shown_as: str | None = None) -> Index:
    """Read an outline; raises :class:`Faulty` with every mistake in it."""
    return _load(path, shown_as, _OUTLINE)


def _load(path: Path, shown_as: str | None, keys: dict[str, bool]) -> Index:
    source = read_source(path, shown_as=shown_as)
    shape = Shape(source)
    parts = shape.table(
        load_located(source, shape.faults), "an index", {"scheme": True, "edition": True, "sections": True}
    )
    scheme = shape.text(parts.get("scheme"), "the scheme") or ""
    edition = shape.text(parts.get("edition"), "the edition") or ""
    seen: set[str] = set()
    sections = tuple(
        _section(shape, node, f"{scheme}/{edition}", keys, seen)
        for node in shape.listing(parts.get("sections"), "`sections`")
    )
    if shape.faults:
        raise Faulty(shape.faults)
    return Index(scheme, edition, sections)


def _section(shape: Shape, node: Node, home: str, keys: dict[str, bool], seen: set[str]) -> Section:
    known = {"part": True, "factor": True, "title": True, "heading": False, "paragraphs": True}
    parts = shape.table(node, "a section", known)
    part = shape.text(parts.get("part"), "the part") or ""
    factor = shape.text(parts.get("factor"), "the factor, or `general`") or ""
    name = f"{home}/{part}/{factor}"
    paragraphs = tuple(
        _paragraph(shape, item, name, keys, seen)
        for item in shape.listing(parts.get("paragraphs"), "`paragraphs`")
    )  # fmt: skip
    title = shape.text(parts.get("title"), "the title") or ""
    return Section(name, title, shape.text(parts.get("heading"), "the heading") or "", paragraphs)


def _paragraph(shape: Shape, node: Node, home: str, keys: dict[str, bool], seen: set[str]) -> Paragraph:
    parts = shape.table(node, "a paragraph", keys)
    name = shape.text(parts.get("id"), "the id") if "id" in parts else ""
    begins = shape.text(parts.get("begins"), "the opening") or ""
    if len(words_of(begins)) > MOST_OPENING:
        message = f"the opening {quoted(begins)} has more than {MOST_OPENING} words"
        shape.fault("long-opening", message, parts["begins"].place, help_="keep to the heading term")
    also = parts.get("also")
    others = also.items if isinstance(also, Listing) else ()
    names = [f"{home}/{one}" for one in [name, *(shape.text(item, "another name") for item in others)] if one]
    for one in names:
        if one in seen:
            shape.fault("same-id", f"two paragraphs are called {quoted(one)}", node.place, help_="rename one of them")
        seen.add(one)
    return Paragraph(
        id=f"{home}/{name}" if name else "",
        place=shape.text(parts.get("place"), "the place") or "",
        begins=begins,
        normative=shape.yes(parts.get("normative"), "`normative`") is not False,
        also=tuple(names[1:]),
        words=shape.whole(parts.get("words"), "the number of words") or 0,
        fingerprint=shape.text(parts.get("fingerprint"), "the fingerprint") or "",
    )
