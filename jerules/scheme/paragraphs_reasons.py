"""Why a paragraph is not encoded as a rule, as the scheme's ``not-encoded.yaml`` says."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from jerules import resources
from jerules.documents.located import load_located
from jerules.documents.text import read_source
from jerules.faults import Faulty, Place
from jerules.scheme.paragraphs import Index, Paragraph
from jerules.scheme.shape import Shape, quoted

REASONS = "not-encoded.yaml"


@dataclass(frozen=True, slots=True)
class Reason:
    """The paragraphs that no rule needs to cite, and why not; where it is said."""

    paragraphs: tuple[Paragraph, ...]
    reason: str
    place: Place


def load_reasons(index: Index) -> tuple[Reason, ...]:
    """The reasons that are kept beside the index; none when there is no such file."""
    path = resources.folder("schemes") / index.scheme / REASONS
    return load_reasons_file(index, path, shown_as=f"schemes/{index.scheme}/{REASONS}") if path.is_file() else ()


def load_reasons_file(index: Index, path: Path, *, shown_as: str | None = None) -> tuple[Reason, ...]:
    """Read the reasons; raises :class:`Faulty` with every mistake, such as a name that no paragraph has."""
    source = read_source(path, shown_as=shown_as)
    shape = Shape(source)
    known = {"scheme": True, "edition": True, "paragraphs": True}
    parts = shape.table(load_located(source, shape.faults), "the list", known)
    for key, wanted in (("scheme", index.scheme), ("edition", index.edition)):
        if (text := shape.text(parts.get(key), f"the {key}")) not in (None, wanted):
            shape.fault("other-edition", f"the {key} is {quoted(text or '')}", parts[key].place, expected=f"`{wanted}`")
    found: list[Reason] = []
    home = f"{index.scheme}/{index.edition}/"
    for item in shape.listing(parts.get("paragraphs"), "`paragraphs`"):
        fields = shape.table(item, "an entry", {"id": True, "reason": True})
        name = shape.text(fields.get("id"), "the id")
        reason = shape.text(fields.get("reason"), "the reason")
        if name is None or reason is None:
            continue
        meant = tuple(paragraph for paragraph in index.paragraphs if _means(home + name, paragraph.id))
        if not meant:
            shape.fault("no-paragraph", f"no paragraph is called {quoted(name)}", fields["id"].place)
        found.append(Reason(meant, reason, fields["id"].place))
    if shape.faults:
        raise Faulty(shape.faults)
    return tuple(found)


def _means(wanted: str, name: str) -> bool:
    return name.startswith(wanted[:-1]) if wanted.endswith("*") else name == wanted
