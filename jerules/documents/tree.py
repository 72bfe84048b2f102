"""A document as a tree with places: text, listings and tables; and the builder that both file formats feed."""

import re
from dataclasses import dataclass

from jerules.documents.text import Source, control_character_in, described
from jerules.faults import Fault, Faulty, Place

DEEPEST = 20
"""How many tables and listings may stand inside one another."""
MOST_NODES = 50_000
"""How many values a file may hold; an organisation's whole list of jobs is read one file at a time."""
MOST_FAULTS = 200
"""After so many faults a file is given up: it is not the file that was meant."""

_NOTHING = frozenset(("", "~", "null", "Null", "NULL"))


@dataclass(frozen=True, slots=True)
class Scalar:
    """One piece of text as written, never turned into a number, a date or a yes.

    ``quoted`` is true when the file marks it as text (quotes, or a block opened by ``|`` or ``>``).
    """

    text: str
    quoted: bool
    place: Place

    @property
    def empty(self) -> bool:
        """Whether nothing was given: no text, ``~`` or ``null``, without quotes."""
        return not self.quoted and self.text in _NOTHING


@dataclass(frozen=True, slots=True)
class Listing:
    """Values in a row."""

    items: tuple["Node", ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a table: its key and its value."""

    key: Scalar
    value: "Node"


@dataclass(frozen=True, slots=True)
class Table:
    """Values by name, in the order of the file; no name stands twice."""

    entries: tuple[Entry, ...]
    place: Place

    def get(self, name: str) -> "Node | None":
        """The value under ``name``, or None."""
        return next((entry.value for entry in self.entries if entry.key.text == name), None)


Node = Scalar | Listing | Table


class _Open:
    """A listing or a table that is still being read."""

    def __init__(self, place: Place, *, is_table: bool) -> None:
        self.place = place
        self.is_table = is_table
        self.items: list[Node] = []
        self.entries: list[Entry] = []
        self.keys: dict[str, Place] = {}
        self.awaiting: Scalar | None = None  # the key whose value comes next
        self.given_up = False  # the key was no text, so that its value goes nowhere


class Builder:
    """Puts a tree together from the pieces of a file in their order, and collects what is wrong with them.

    Every method may raise ``Faulty`` when it makes no sense to read on; otherwise faults wait for :meth:`finish`.
    """

    def __init__(self, source: Source) -> None:
        """Start with nothing read of ``source``."""
        self.source = source
        self.faults: list[Fault] = []
        self._open: list[_Open] = []
        self._nodes = 0
        self._root: Node | None = None

    def fault(self, code: str, message: str, place: Place, *, expected: str = "", help_: str = "") -> None:
        """Collect a fault; give the file up when there are too many."""
        self.faults.append(self.source.fault(code, message, place, expected=expected, help=help_))
        if len(self.faults) >= MOST_FAULTS:
            self.give_up("too-many-faults", f"the file has {MOST_FAULTS} faults or more", place)

    def give_up(self, code: str, message: str, place: Place, *, expected: str = "", help_: str = "") -> None:
        """Raise ``Faulty`` with this fault and all those collected."""
        last = self.source.fault(code, message, place, expected=expected, help=help_)
        raise Faulty([*self.faults, last])

    def scalar(self, text: str, place: Place, *, quoted: bool) -> None:
        """A piece of text: a value, or the next key of the open table."""
        if wrong := control_character_in(text := text.replace("\r\n", "\n").replace("\r", "\n")):
            message = f"the text holds the character {described(wrong)}, which cannot be shown"
            self.fault("control-character", message, place, help_="delete it from the text")
            text = text.replace(wrong, "")
        self._put(Scalar(text, quoted, place))

    def open(self, place: Place, *, is_table: bool) -> None:
        """A listing or a table begins; ``place`` is where it starts."""
        if len(self._open) == DEEPEST:
            message = f"more than {DEEPEST} lists and tables stand inside one another here"
            self.give_up("too-deep", message, place, help_="write it flatter")
        self._open.append(_Open(place, is_table=is_table))

    def close(self, place: Place | None) -> None:
        """The innermost listing or table ends: at ``place``, or with its last value when None."""
        opened = self._open.pop()
        if opened.is_table:
            last = opened.entries[-1].value.place if opened.entries else opened.place
            self._put(Table(tuple(opened.entries), opened.place.to(place or last)))
        else:
            last = opened.items[-1].place if opened.items else opened.place
            self._put(Listing(tuple(opened.items), opened.place.to(place or last)))

    def finish(self, faults: list[Fault] | None = None) -> Node:
        """The whole tree, or ``Faulty`` with every fault collected.

        Given a list of ``faults``, it adds what was collected to that and hands out the tree all the same.
        """
        empty = self._root is None or (isinstance(self._root, Scalar) and not self._root.quoted and not self._root.text)
        if empty and not self.faults:
            self.give_up("empty-file", "the file has nothing in it", self.source.place(1, 1, 1, 1))
        if self._root is None or (self.faults and faults is None):
            raise Faulty(self.faults)
        if faults is not None:
            faults += self.faults
        return self._root

    def _put(self, node: Node) -> None:
        self._nodes += 1
        if self._nodes > MOST_NODES:
            self.give_up("too-many-nodes", f"the file holds more than {MOST_NODES:,} values", node.place)
        if not self._open:
            self._root = node
            return
        inner = self._open[-1]
        if not inner.is_table:
            inner.items.append(node)
        elif inner.given_up:
            inner.given_up = False
        elif inner.awaiting is None:
            self._key(inner, node)
        else:
            inner.entries.append(Entry(inner.awaiting, node))
            inner.awaiting = None

    def _key(self, inner: _Open, node: Node) -> None:
        if not isinstance(node, Scalar):
            help_ = "put text that begins with `{` or `[` in quotes"
            self.fault("not-a-key", "a list or a table stands where a name is expected", node.place, help_=help_)
            inner.given_up = True
            return
        inner.awaiting = node
        first = inner.keys.setdefault(node.text, node.place)
        if first is not node.place:
            message = f"`{shown(node.text)}` is given twice; it was first given at {first}"
            self.fault("duplicate-key", message, node.place, help_="keep one of the two")


def shown(text: str) -> str:
    """Text of the user's fit for a one-line message: its white space narrowed, a long one cut."""
    longest = 60
    text = re.sub(r"\s+", " ", text)
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
