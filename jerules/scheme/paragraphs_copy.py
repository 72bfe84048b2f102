"""A user's own copy of a document: the paragraphs of the index found in it, wherever they stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from jerules.documents.text import Source, read_source
from jerules.faults import Fault, Faulty
from jerules.scheme.paragraphs import Index, Paragraph, Section, Word, fingerprint, words_of

HOLDS, CHANGED, MISSING = "holds", "changed", "missing"
_LIMIT = 20_000_000  # bytes of a document: a handbook has some hundred thousand
_SHUT, _OPEN = ".,;:!?)]}’”\"'", "([{\u2018“\"'"


@dataclass(frozen=True, slots=True)
class Found:
    """What became of one paragraph in a copy: its state, the document and line where it was found, and the words there.

    ``text`` is the official text, with the white space folded, when the paragraph holds; otherwise it is empty.
    """

    paragraph: Paragraph
    state: str
    document: str = ""
    line: int = 0
    text: str = ""


class Document:
    """One text as words, and where each two words stand in it."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.words = words_of(source.text)
        self.plain = [word.text for word in self.words]
        self._pairs: dict[tuple[str, str], list[int]] = {}
        for number, pair in enumerate(zip(self.plain, [*self.plain[1:], ""], strict=True)):
            self._pairs.setdefault(pair, []).append(number)

    def positions(self, opening: str) -> Iterator[int]:
        """Every place, as the number of a word, at which these words stand."""
        wanted = [word.text for word in words_of(opening)]
        if len(wanted) == 1:
            yield from (number for number, word in enumerate(self.plain) if word == wanted[0])
        elif wanted:
            for number in self._pairs.get((wanted[0], wanted[1]), ()):
                if self.plain[number : number + len(wanted)] == wanted:
                    yield number

    def starts_a_line(self, number: int) -> bool:
        """Whether no other word stands before this one on its line."""
        if number == 0:
            return True
        return "\n" in self.source.text[self.words[number - 1].end : self.words[number].start]

    def line(self, number: int) -> int:
        """The line of a word, counted from 1."""
        start = self.words[number].start
        return self.source.place_at(start, start).line

    def stretch(self, first: int, count: int) -> str:
        """The text of so many words, with the punctuation that belongs to it; white space folded."""
        text = self.source.text
        start, end = self.words[first].start, _end(self.words, first, count)
        while start > 0 and text[start - 1] in _OPEN:
            start -= 1
        while end < len(text) and text[end] in _SHUT:
            end += 1
        return " ".join(text[start:end].split())

    def regions(self, sections: Sequence[Section]) -> dict[tuple[str, str], list[range]]:
        """The stretches of words under each heading that is found, by section; a contents page makes several."""
        marks = sorted(
            (number, section.key)
            for section in sections
            if section.heading
            for number in self.positions(section.heading)
            if self.starts_a_line(number)
        )
        found: dict[tuple[str, str], list[range]] = {}
        ends = [*(number for number, _ in marks[1:]), len(self.words)][: len(marks)]
        for (number, name), end in zip(marks, ends, strict=True):
            found.setdefault(name, []).append(range(number, end))
        first = min((max(own, key=len).start for own in found.values()), default=len(self.words))
        found |= {section.key: [range(first)] for section in sections if not section.heading}
        return found


def _end(words: Sequence[Word], first: int, count: int) -> int:
    return words[first + count - 1].end


def read_documents(folder: Path) -> tuple[Document, ...]:
    """The ``.txt`` files of a folder, in the order of their names; raises :class:`Faulty` when there are none."""
    if not folder.is_dir():
        message = f"`{folder}` is not a folder"
        raise Faulty([Fault("no-documents", message, help="name the folder that holds your copy of the document")])
    paths = sorted(path for path in folder.iterdir() if path.suffix.lower() == ".txt" and path.is_file())
    if not paths:
        message = f"`{folder}` holds no text file"
        help_ = "save your copy of the document there as plain text (UTF-8), its name ending in `.txt`"
        raise Faulty([Fault("no-documents", message, help=help_)])
    documents: list[Document] = []
    faults: list[Fault] = []
    for path in paths:
        try:
            documents.append(Document(read_source(path, limit=_LIMIT)))
        except Faulty as faulty:
            faults += faulty.faults
    if faults:
        raise Faulty(faults)
    return tuple(documents)


def look_up(index: Index, documents: Sequence[Document]) -> dict[str, Found]:
    """What became of every paragraph of the index in these documents, by its identifier."""
    prints = Counter(paragraph.fingerprint for paragraph in index.paragraphs)
    regions = [document.regions(index.sections) for document in documents]
    found: dict[str, Found] = {}
    for section in index.sections:
        at_home = [(document, own[section.key]) for document, own in zip(documents, regions, strict=True)
                   if section.key in own]  # fmt: skip
        anywhere = [(document, [range(len(document.words))]) for document in documents]
        for paragraph in section.paragraphs:
            one = _look(paragraph, at_home)
            if one.state != HOLDS and (prints[paragraph.fingerprint] == 1 or not at_home):
                elsewhere = _look(paragraph, anywhere)
                one = elsewhere if elsewhere.state == HOLDS else one
            found[paragraph.id] = one
    return found


def _look(paragraph: Paragraph, homes: Sequence[tuple[Document, list[range]]]) -> Found:
    """The paragraph in these stretches: where it holds, else where its opening stands, else nowhere."""
    changed: Found | None = None
    for document, stretches in homes:
        for number in document.positions(paragraph.begins):
            if not any(number in stretch for stretch in stretches):
                continue
            name, line = document.source.name, document.line(number)
            words = document.plain[number : number + paragraph.words]
            if len(words) == paragraph.words and fingerprint(words) == paragraph.fingerprint:
                return Found(paragraph, HOLDS, name, line, document.stretch(number, paragraph.words))
            changed = changed or Found(paragraph, CHANGED, name, line)
    return changed or Found(paragraph, MISSING)


def look_up_in(index: Index, folder: Path) -> dict[str, Found]:
    """What became of every paragraph of the index in the copy that a folder holds.

    Raises :class:`Faulty` when the folder has no text file, or none in which any paragraph is as it was.
    """
    found = look_up(index, read_documents(folder))
    if not any(one.state == HOLDS for one in found.values()):
        message = f"no text file in `{folder}` holds a paragraph of `{index.scheme}`, edition {index.edition}"
        help_ = "put your copy of that edition there, as plain text (UTF-8), its name ending in `.txt`"
        raise Faulty([Fault("no-match", message, help=help_)])
    return found
