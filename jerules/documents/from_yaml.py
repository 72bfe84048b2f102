"""YAML read as a stream of events only: no tag is obeyed, no anchor followed, no object made."""

from typing import Any

import yaml

from jerules.documents.text import Source
from jerules.documents.tree import Builder, Node
from jerules.faults import Fault, Place

_ADRIFT = (
    "this neither continues the value before it nor lines up with the lines it belongs to",
    "line it up with the lines above; put quotes around the whole of a value or none of it",
)
# The library's reasons, by a phrase of each: what it means to the person who wrote the file, and what to do. The C
# and the Python parser word some of them differently.
_REASONS = (
    (
        "mapping values are not allowed",
        "a second `name: value` begins here on the same line",
        "put text that has a colon and a space in it in quotes, or check the indentation",
    ),
    (
        "cannot start any token",
        "a value cannot begin with this character",
        "indent with spaces, not tabs, and put text that begins with a sign in quotes",
    ),
    ("block end", *_ADRIFT),
    ("expected key", *_ADRIFT),
    ("expected '-' indicator", *_ADRIFT),
    ("expected ':'", "this line is neither `name: value` nor part of the line above", "check for a missing colon"),
    ("unexpected end of stream", "quotes were opened and never closed", "close the quotes"),
    ("document separator", "quotes were opened and not closed before this line", "close the quotes"),
    ("expected ',' or ']'", "a list opened by `[` goes on here without a comma", "put in the comma or close with `]`"),
    ("expected ',' or '}'", "a table opened by `{` goes on here without a comma", "put in the comma or close with `}`"),
    ("expected node content", "a value is missing here", "check for a comma or a bracket too many"),
    ("sequence entries", "a list with `- ` cannot begin here", "start it on a line of its own"),
    ("block collections", "a list or a table cannot begin here", "start it on a line of its own"),
    ("escape", "this is no escape that YAML knows", "write `\\\\` for a backslash, or use single quotes"),
)
_NOTICED_LATE = frozenset(("unexpected end of stream", "document separator"))


def read_yaml(source: Source, faults: list[Fault] | None = None) -> Node:
    """The tree of a YAML document; see :func:`jerules.documents.located.load_located`."""
    builder = Builder(source)
    # typeshed does not know that the C loader may be missing from a build of the library.
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(source.text)
    try:
        _read(loader, builder)
    except yaml.MarkedYAMLError as error:
        _refuse(error, builder)
    except yaml.reader.ReaderError as error:
        place = source.place(1, 1, 1, 1)
        builder.give_up("yaml-syntax", f"the YAML reader stops at {error.position:,}: {error.reason}", place)
    finally:
        loader.dispose()
    return builder.finish(faults)


def _read(loader: Any, builder: Builder) -> None:  # noqa: ANN401 - the two loaders share no published type
    documents = 0
    while loader.check_event():
        event = loader.get_event()
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                help_ = "keep one document; put the others in files of their own"
                place = _place(builder.source, event)
                builder.give_up("several-documents", "a second document begins here", place, help_=help_)
        else:
            _feed(event, builder)


def _feed(event: Any, builder: Builder) -> None:  # noqa: ANN401 - events share no useful type
    place = _place(builder.source, event)
    if isinstance(event, yaml.AliasEvent):
        _no_alias(f"`*{event.anchor}` repeats a value from elsewhere", place, builder)
        builder.scalar("", place, quoted=False)
    elif isinstance(event, yaml.ScalarEvent):
        _no_tag_or_anchor(event, place, builder)
        builder.scalar(event.value, place, quoted=event.style in ("'", '"', "|", ">"))
    elif isinstance(event, yaml.CollectionStartEvent):
        _no_tag_or_anchor(event, place, builder)
        builder.open(place, is_table=isinstance(event, yaml.MappingStartEvent))
    elif isinstance(event, yaml.CollectionEndEvent):
        # A bracket ends at itself; the end of an indented block has no width, and is only noticed at the next line.
        builder.close(None if (place.line, place.column) == (place.end_line, place.end_column) else place)


def _no_tag_or_anchor(event: Any, place: Place, builder: Builder) -> None:  # noqa: ANN401 - as above
    if event.tag is not None:
        message, help_ = f"the tag `{event.tag}` is not allowed", "delete it; put text that begins with `!` in quotes"
        builder.fault("tag-not-allowed", message, place, help_=help_)
    if event.anchor is not None:
        _no_alias(f"`&{event.anchor}` names a value for use elsewhere", place, builder)


def _no_alias(message: str, place: Place, builder: Builder) -> None:
    help_ = "write the value out; put text that begins with `*` or `&` in quotes"
    builder.fault("alias-not-allowed", f"{message}, which is not allowed", place, help_=help_)


def _refuse(error: yaml.MarkedYAMLError, builder: Builder) -> None:
    said = " ".join(part for part in (error.context, error.problem) if part)
    meaning, help_ = f"this is not YAML: {said}", "check the line and the one above it"
    mark: Any = error.problem_mark or error.context_mark  # the two loaders' marks share no type
    for phrase, plain, advice in _REASONS:
        if phrase in said:
            meaning, help_ = plain, advice
            # Quotes that were never closed are noticed at the end of the file; what helps is where they were opened.
            mark = (error.context_mark or mark) if phrase in _NOTICED_LATE else mark
            break
    # Lines and columns of a mark follow YAML's own idea of a line end; its index counts plain characters.
    offset = mark.index if mark else 0
    place = builder.source.place_at(offset, offset)
    builder.give_up("yaml-syntax", meaning, place, help_=help_)


def _place(source: Source, event: Any) -> Place:  # noqa: ANN401 - as above
    start, end = event.start_mark.index, event.end_mark.index
    if isinstance(event, yaml.ScalarEvent) and event.style in ("|", ">"):
        # A block of text is noticed to end at the next line; its place ends with its own last word.
        end = start + len(source.text[start:end].rstrip())
    return source.place_at(start, end)
