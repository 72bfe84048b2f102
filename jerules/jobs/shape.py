"""Taking a job file apart: what counts as nothing said, what each table may hold, and every mistake kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from jerules.documents.located import Listing, Node, Scalar, Table
from jerules.documents.tree import shown
from jerules.faults import Fault, Faulty, Place, listed, nearest
from jerules.scheme.shape import Shape

MOST_FAULTS = 200
"""After so many faults a file is given up: it is not the file that was meant."""

ANSWER = ("answer", "treat_as", "reason", "evidence", "source")
"""The keys of an answer that is written with its evidence, or that the panel treats as another, with its reason."""

_NOT_KNOWN = frozenset(("unknown", "not known"))
_BETWEEN_WORDS = re.compile(r"[\s_\-\u2010-\u2015]+")


def plain(text: str) -> str:
    """A name or label as it is compared: small letters, and one space for every space, hyphen or underscore."""
    return _BETWEEN_WORDS.sub(" ", text).strip().casefold()


def quoted(text: str) -> str:
    """The user's own text in back-ticks, on one line, cut when it is long."""
    return f"`{shown(text.strip()).replace('`', '·')}`"


def blank(node: Node | None) -> bool:
    """Whether nothing at all was written."""
    return node is None or (isinstance(node, Scalar) and (node.empty or not node.text.strip()))


def given(node: Node | None) -> Node | None:
    """The node, or None where nothing was written or where it says that the answer is not known."""
    if node is None or blank(node) or (isinstance(node, Scalar) and plain(node.text) in _NOT_KNOWN):
        return None
    return node


class JobShape(Shape):
    """Collects what is wrong with a job file; raises :class:`Faulty` early when there is no end of it."""

    def fault(  # noqa: PLR0913 - the parts of a fault, each with its name
        self, code: str, message: str, place: Place, *, expected: str = "", near: str = "", help_: str = ""
    ) -> None:
        """Keep one mistake; the line of the file is added for the caret."""
        super().fault(code, message, place, expected=expected, near=near, help_=help_)
        if len(self.faults) >= MOST_FAULTS:
            message = f"the file has {MOST_FAULTS} faults or more, and is not read further"
            raise Faulty([*self.faults, Fault("too-many-faults", message, place)])

    def take(self, faulty: Faulty, place: Place) -> None:
        """Keep the faults that somebody found in a text which stands at ``place``."""
        for fault in faulty.faults:
            self.fault(fault.code, fault.message, place, expected=fault.expected, near=fault.nearest, help_=fault.help)

    def keyed(self, node: Node, what: str, keys: Sequence[str], *, help_: str = "") -> dict[str, Node]:
        """The values of a table by key, blank ones included; a key that is not among ``keys`` is a mistake."""
        if not isinstance(node, Table):
            self.not_a_table(node, what, keys)
            return {}
        found: dict[str, Node] = {}
        for entry in node.entries:
            if entry.key.text in keys:
                found[entry.key.text] = entry.value
            elif entry.key.text.strip().isdigit() and blank(entry.value):
                # A comma in an amount ends it, where a table is written on one line: {answer: £4,800}.
                advice = 'put an amount with a comma in quotes, such as "£4,800"'
                self.unknown("unknown-key", f"{what} has no key", entry.key, keys, instead=advice)
            else:
                self.unknown("unknown-key", f"{what} has no key", entry.key, keys, help_=help_)
        return found

    def not_a_table(self, node: Node, what: str, keys: Sequence[str]) -> None:
        """Say that a table was expected."""
        wrong = "a list stands here" if isinstance(node, Listing) else "one text stands here"
        message = f"{what} is written as `key: value` lines, and {wrong}"
        help_ = "write each key on a line of its own, indented"
        self.fault("not-a-table", message, node.place, expected=listed(tuple(keys), 12), help_=help_)

    def unknown(  # noqa: PLR0913 - the parts of a fault, each with its name
        self, code: str, what: str, word: Scalar, known: Iterable[str], *, instead: str = "", help_: str = ""
    ) -> None:
        """A name that nothing is called by; ``what`` reads on with the name.

        ``instead`` says what to do when that is certain, ``help_`` when no name is near.
        """
        names = tuple(known)
        close = "" if instead else nearest(plain(word.text).replace(" ", "_"), names)
        advice = instead or (f"write `{close}`" if close else help_)
        message = f"{what} {quoted(word.text)}"
        self.fault(code, message, word.place, expected=listed(names, 12), near=close, help_=advice)

    def remark(self, node: Node | None, what: str) -> str:
        """A text that may be left out: evidence, a source, a reason, a title. A list or a table is a mistake."""
        if node is None or blank(node):
            return ""
        if isinstance(node, Scalar):
            return " ".join(node.text.split())
        wrong = "a list" if isinstance(node, Listing) else "a table"
        help_ = "write it as one text, in quotes if it has a colon in it"
        self.fault("not-a-text", f"{what} is one plain text, and {wrong} stands here", node.place, help_=help_)
        return ""
