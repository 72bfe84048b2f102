"""Reading a scheme file strictly: known keys only, the right sort of value, and every mistake kept with its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from jerules.documents.located import Listing, Node, Scalar, Table
from jerules.documents.text import Source
from jerules.faults import Fault, Place, listed, nearest

_SHOWN = 40
_DIGITS = 6  # a total is also a place in a row of bits: a mistyped number must not make it huge


def quoted(text: str) -> str:
    """The user's own text in back-ticks, cut when it is long."""
    return f"`{text}`" if len(text) <= _SHOWN else f"`{text[:_SHOWN]}…`"


def of(number: int, noun: str) -> str:
    """A number with its noun: ``1 factor``, ``16 factors``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


class Shape:
    """Takes a tree apart and collects what is wrong with it; a value that cannot be read comes back as ``None``."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.faults: list[Fault] = []

    def fault(  # noqa: PLR0913 - the parts of a fault, each with its name
        self, code: str, message: str, place: Place, *, expected: str = "", near: str = "", help_: str = ""
    ) -> None:
        """Keep one mistake; the line of the file is added for the caret."""
        line = self.source.line(place.line)
        self.faults.append(Fault(code, message, place, expected, near, help_, line))

    def table(self, node: Node, what: str, keys: Mapping[str, bool]) -> dict[str, Node]:
        """The values of a table by key. ``keys`` says of each known key whether it must be there."""
        if not isinstance(node, Table):
            self.fault(
                "not-a-table", f"{what} is written as `key: value` lines", node.place, expected=listed(tuple(keys), 12)
            )
            return {}
        found: dict[str, Node] = {}
        for entry in node.entries:
            key = entry.key.text
            if key in keys:
                found[key] = entry.value
            else:
                self.fault(
                    "unknown-key",
                    f"{what} has no key {quoted(key)}",
                    entry.key.place,
                    expected=listed(tuple(keys), 12),
                    near=nearest(key, keys),
                )
        for key, needed in keys.items():
            if needed and key not in found:
                self.fault("missing-key", f"{what} lacks its `{key}`", node.place, help_=f"add a line `{key}: …`")
        return found

    def listing(self, node: Node | None, what: str) -> tuple[Node, ...]:
        """The items of a list; an empty one is a mistake."""
        if node is None:
            return ()
        if not isinstance(node, Listing) or not node.items:
            self.fault(
                "not-a-list", f"{what} is a list of at least one item", node.place, help_="start each item with `- `"
            )
            return ()
        return node.items

    def text(self, node: Node | None, what: str) -> str | None:
        """One value as written; an empty one is a mistake."""
        if node is None:
            return None
        if not isinstance(node, Scalar) or not node.text.strip() or node.empty:
            self.fault("not-a-text", f"{what} is one plain text", node.place)
            return None
        return node.text.strip()

    def whole(self, node: Node | None, what: str) -> int | None:
        """A whole number from 0 upwards, in plain digits."""
        if node is None:
            return None
        text = node.text if isinstance(node, Scalar) else ""
        if text.isascii() and text.isdecimal() and len(text) <= _DIGITS:
            return int(text)
        shown = quoted(text) if text else "this"
        self.fault("not-a-whole-number", f"{shown} is not a whole number", node.place, expected=f"{what} as 0, 1, 2, …")
        return None

    def day(self, node: Node | None, what: str) -> date | None:
        """A calendar day written as year-month-day."""
        text = self.text(node, what)
        if text is None or node is None:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.fault("not-a-date", f"{quoted(text)} is not a day", node.place, expected=f"{what} as 2026-11-21")
            return None

    def yes(self, node: Node | None, what: str) -> bool | None:
        """Yes or no, in these words."""
        text = self.text(node, what)
        if text is None or node is None:
            return None
        if text in ("yes", "no"):
            return text == "yes"
        self.fault(
            "not-yes-or-no",
            f"{quoted(text)} is neither `yes` nor `no`",
            node.place,
            expected=f"{what} as `yes` or `no`",
        )
        return None

    def letters(self, node: Node | None, what: str) -> tuple[str, ...]:
        """A list of single small letters, each once."""
        found: list[str] = []
        for item in self.listing(node, what):
            text = item.text if isinstance(item, Scalar) else ""
            if len(text) != 1 or not text.isascii() or not text.islower():
                self.fault(
                    "not-a-letter", f"{quoted(text)} is not an option letter", item.place, expected="one of a to z"
                )
            elif text in found:
                self.fault("duplicate-letter", f"the letter `{text}` stands twice", item.place)
            else:
                found.append(text)
        return tuple(found)


def first_repeat(names: Sequence[str]) -> dict[int, int]:
    """For every name that stood before: its index and the index of its first use."""
    seen: dict[str, int] = {}
    repeats: dict[int, int] = {}
    for index, name in enumerate(names):
        if name in seen:
            repeats[index] = seen[name]
        else:
            seen[name] = index
    return repeats
