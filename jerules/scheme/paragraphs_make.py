"""From an outline and a copy of the document to the index that is kept: what a maintainer runs for a new edition."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from jerules.faults import Fault, Faulty, OurFault
from jerules.scheme.paragraphs import Index, Paragraph, Section, fingerprint
from jerules.scheme.paragraphs_copy import Document

_PLAIN = re.compile(r"[a-z][a-z0-9-]*")
_HEAD = """\
# The paragraphs of the document: identifier, opening, number of words, fingerprint; and none of the text.
# Made by `jerules sources index {scheme}` from outline.yaml and a copy of the document: change the outline.

"""


def make_index(outline: Index, documents: Sequence[Document]) -> Index:
    """Cut the document as the outline says; raises :class:`Faulty` with every opening that is not found in its order.

    The document is the one of the folder that has the most of the outline's headings.
    """
    document = max(documents, key=lambda one: (len(one.regions(outline.sections)), len(one.words)))
    regions = document.regions(outline.sections)
    faults: list[Fault] = []
    sections = tuple(
        _cut(section, document, max(regions.get(section.key, [range(0)]), key=len), faults)
        for section in outline.sections
    )
    if faults:
        raise Faulty(faults)
    return replace(outline, sections=sections)


def _cut(section: Section, document: Document, region: range, faults: list[Fault]) -> Section:
    if not region:
        message = f"the heading `{section.heading}` is not in `{document.source.name}`"
        faults.append(Fault("no-heading", message, help="correct the outline, or the copy of the document"))
        return section
    starts: list[int] = []
    at = region.start
    for paragraph in section.paragraphs:
        number = next((one for one in document.positions(paragraph.begins) if at <= one < region.stop), None)
        if number is None:
            message = f"{section.id}: nothing begins with `{paragraph.begins}` after line {document.line(at)}"
            faults.append(Fault("no-opening", message, help="correct the outline, or the order of its openings"))
        else:
            at = number + 1
        starts.append(at - 1 if number is not None else at)
    stretches = pairwise([*starts, region.stop])
    cut = [_measured(one, document, *ends) for one, ends in zip(section.paragraphs, stretches, strict=True) if one.id]
    return replace(section, paragraphs=tuple(cut))


def _measured(paragraph: Paragraph, document: Document, start: int, end: int) -> Paragraph:
    words = document.plain[start:end]
    return replace(paragraph, words=len(words), fingerprint=fingerprint(words))


def write_index(index: Index) -> str:
    """The text of the file: the same index always gives the same text."""
    lines = [f"scheme: {index.scheme}", f"edition: {json.dumps(index.edition)}", "sections:"]
    for section in index.sections:
        _, _, part, factor = section.id.split("/")
        lines += [f"  - part: {part}", f"    factor: {factor}", f"    title: {_quoted(section.title)}"]
        if section.heading:
            lines.append(f"    heading: {_quoted(section.heading)}")
        lines.append("    paragraphs:")
        lines += [f"      - {{{_fields(paragraph)}}}" for paragraph in section.paragraphs]
    return _HEAD.format(scheme=index.scheme) + "\n".join(lines) + "\n"


def _fields(paragraph: Paragraph) -> str:
    fields = {
        "id": _name(paragraph.id),
        "begins": _quoted(paragraph.begins),
        "place": _quoted(paragraph.place),
        "words": str(paragraph.words),
        "fingerprint": json.dumps(paragraph.fingerprint),
    }
    if not paragraph.normative:
        fields["normative"] = "no"
    if paragraph.also:
        fields["also"] = f"[{', '.join(_name(one) for one in paragraph.also)}]"
    return ", ".join(f"{key}: {value}" for key, value in fields.items())


def _name(whole: str) -> str:
    name = whole.rpartition("/")[2]
    return name if _PLAIN.fullmatch(name) else _quoted(name)


def _quoted(text: str) -> str:
    if "\n" in text:
        raise OurFault("a text of the outline runs over several lines")
    return json.dumps(text, ensure_ascii=False)
