"""JSON read strictly, with places: the standard library judges the syntax, a plain walk over the pieces builds."""

import json
import re
from collections.abc import Iterator

from jerules.documents.text import Source
from jerules.documents.tree import DEEPEST, Builder, Node
from jerules.faults import Fault

# Strings first, so that a bracket inside one is no bracket; a string that is never closed runs to the end. Every
# repetition is possessive: the pattern never goes back, whatever the file.
_PIECE = re.compile(r'"(?:[^"\\]++|\\.)*+\\?"?|[\[\]{}:,]|[^\s"\[\]{}:,]++', re.DOTALL)
_NOT_JSON = frozenset(("NaN", "Infinity", "-Infinity"))
_REASONS = {
    "Expecting ',' delimiter": ("a comma is missing before this", "put in the comma, or close the list or table"),
    "Expecting ':' delimiter": ("a colon is missing after the name", 'write `"name": value`'),
    "Expecting value": ("a value is missing here, or text stands without quotes", "put text in double quotes"),
    "Expecting property name enclosed in double quotes": (
        "a name in double quotes is expected here",
        "put the name in double quotes; leave no comma after the last value",
    ),
    "Unterminated string starting at": ("quotes were opened here and never closed", "close the quotes"),
    "Invalid control character at": ("a line end or a tab stands inside quotes", "write `\\n` or `\\t` for it"),
    "Extra data": ("something follows after the end", "keep one value in the file"),
}


def read_json(source: Source, faults: list[Fault] | None = None) -> Node:
    """The tree of a JSON document; see :func:`jerules.documents.located.load_located`."""
    builder = Builder(source)
    _check_depth_and_numbers(builder)
    if source.text.strip():
        _check_syntax(builder)
    for start, piece in _pieces(source.text):
        _feed(start, piece, builder)
    return builder.finish(faults)


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    return ((match.start(), match[0]) for match in _PIECE.finditer(text))


def _check_depth_and_numbers(builder: Builder) -> None:
    """Look at the brackets before the library does: it works by recursion, and a bottomless file would end it."""
    depth = 0
    for start, piece in _pieces(builder.source.text):
        if piece in "[{":
            depth += 1
        elif piece in "]}":
            depth -= 1
        elif piece in _NOT_JSON:
            place = builder.source.place_at(start, start + len(piece))
            builder.fault("json-syntax", f"`{piece}` is not a JSON number", place, help_="write a number, or null")
        if depth > DEEPEST:
            place = builder.source.place_at(start, start + 1)
            message = f"more than {DEEPEST} lists and tables stand inside one another here"
            builder.give_up("too-deep", message, place, help_="write it flatter")


def _check_syntax(builder: Builder) -> None:
    source = builder.source
    try:
        # Numbers stay text: a float would lose digits, and a very long integer is refused by Python.
        json.loads(source.text, parse_float=str, parse_int=str, parse_constant=str)
    except json.JSONDecodeError as error:
        place = source.place(error.lineno, error.colno, error.lineno, error.colno + 1)
        meaning, help_ = _REASONS.get(error.msg, (f"this is not JSON: {error.msg.lower()}", "check this line"))
        builder.give_up("json-syntax", meaning, place, help_=help_)
    except RecursionError:  # the depth was checked above; this is for a caller already deep in calls of their own
        builder.give_up("too-deep", "the file is nested too deeply to be read", source.place(1, 1, 1, 1))


def _feed(start: int, piece: str, builder: Builder) -> None:
    place = builder.source.place_at(start, start + len(piece))
    if piece in "[{":
        builder.open(place, is_table=piece == "{")
    elif piece in "]}":
        builder.close(place)
    elif piece.startswith('"'):
        text: str = json.loads(piece)
        builder.scalar(text, place, quoted=True)
    elif piece in _NOT_JSON:  # reported already: as no answer at all it is not reported again
        builder.scalar("null", place, quoted=False)
    elif piece not in ":,":
        builder.scalar(piece, place, quoted=False)
