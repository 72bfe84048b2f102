"""A document of our own invention, cut as an outline says: true headings and openings, and not one true sentence."""

from pathlib import Path

from jerules.scheme.paragraphs import Index, load_outline
from jerules.scheme.paragraphs_copy import read_documents
from jerules.scheme.paragraphs_make import make_index

SMALL = """\
scheme: nhs
edition: "7"
sections:
  - part: chapter-1
    factor: general
    title: Before
    paragraphs:
      - {id: "1.1", begins: "1.1 Some words", place: "chapter 1, paragraph 1.1", normative: no}
  - part: chapter-5
    factor: factor-1
    title: Factor 1
    heading: "Factor 1. Carrying pebbles"
    paragraphs:
      - {id: level-1, begins: "Level 1", place: level 1}
      - {id: level-2a, begins: "Level 2 (a)", place: level 2(a)}
      - {id: level-2b, begins: "(b) heavy", place: level 2(b)}
      - {begins: "Notes"}
      - {id: note-heavy, begins: "Heavy (level 2b)", place: "note: Heavy", also: [note-weighty]}
      - {id: note-heavy-and-wet, begins: "Heavy and wet", place: "note: Heavy and wet"}
      - {id: note-often-at-first, begins: "Often, at first", place: "note: Often, at first"}
      - {id: note-often-later, begins: "Often, later", place: "note: Often, later"}
  - part: chapter-5
    factor: factor-2
    title: Factor 2
    heading: "Factor 2. Counting pebbles"
    paragraphs:
      - {id: level-1, begins: "Level 1", place: level 1}
      - {id: note-often-at-first, begins: "Often, at first", place: "note: Often, at first"}
"""
TEXT = """\
1.1 Some words about the pebbles of the beach.

Factor 1. Carrying pebbles

Level 1: Carries no pebbles, or
Level 2: (a) carries light pebbles, or
(b) heavy ones.

Notes: Heavy (level 2b) is over 2.5 kg, or £25. Heavy and wet counts twice.

Often, at first means ten times an hour.
Often, later means nine times an hour.

Factor 2. Counting pebbles

Level 1: Counts to ten.

Often, at first means ten times an hour.
"""


def folder_with(folder: Path, text: str, name: str = "copy.txt") -> Path:
    """A folder with one document."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def whole_copy(scheme: str, folder: Path) -> tuple[Index, Path]:
    """An index with every identifier of a scheme, and the folder with the invented document that it was made from."""
    outline = load_outline(scheme)
    lines: list[str] = []
    for section in outline.sections:
        lines += ["", section.heading]
        lines += [f"{one.begins} {_made_up(one.id)}." for one in section.paragraphs]
    folder_with(folder, "\n".join(lines))
    return make_index(outline, read_documents(folder)), folder


def _made_up(name: str) -> str:
    return f"zq{sum(map(ord, name))}x{len(name)} zq" if name else "zq"
