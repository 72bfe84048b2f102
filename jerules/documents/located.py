"""YAML and JSON as one tree in which every piece of text knows its place; nothing is executed or resolved."""

from jerules.documents.text import STANDARD_INPUT, Source, control_characters
from jerules.documents.tree import Entry, Listing, Node, Scalar, Table
from jerules.faults import Fault, Faulty

__all__ = ["Entry", "Listing", "Node", "Scalar", "Table", "load_located"]


def load_located(source: Source, faults: list[Fault] | None = None) -> Node:
    """Read a YAML document, or a JSON document when the name of the source ends in ``.json``.

    Standard input has no such name, and is JSON when it begins with a bracket as JSON does.

    Values stay as they are written: ``no``, ``1e3`` and ``2026-01-02`` are text, and it is for the caller to say what
    they mean. Given a list of ``faults``, those after which the file can still be read (a tag, an alias, a key given
    twice) are added to it and the tree is handed out, so that the caller can report its own beside them.

    Raises:
        Faulty: every other fault that could be found, with the codes ``yaml-syntax``, ``json-syntax``,
            ``tag-not-allowed``, ``alias-not-allowed``, ``not-a-key``, ``duplicate-key``, ``several-documents``,
            ``empty-file``, ``control-character``, ``too-deep``, ``too-many-nodes``, ``too-many-faults``.
    """
    if unreadable := tuple(control_characters(source)):
        raise Faulty(unreadable)
    if source.name.lower().endswith(".json") or (
        source.name == STANDARD_INPUT and source.text.lstrip().startswith("{")
    ):
        from jerules.documents.from_json import read_json

        return read_json(source, faults)
    from jerules.documents.from_yaml import read_yaml

    return read_yaml(source, faults)
