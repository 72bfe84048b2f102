"""Reading a text file that somebody wrote, whatever is wrong with it, and finding places in it again."""

import bisect
import codecs
import os
import re
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TextIO

from jerules.faults import Fault, Faulty, Place, nearest

LIMIT = 1_000_000
"""The most bytes that a file may have unless a caller says otherwise; a rule file or a job has a few thousand."""

STDIN = "-"
"""How the command line names standard input."""
STANDARD_INPUT = "<standard input>"
"""The name that standard input is shown under."""

_MOST_NAMES = 2_000  # of a folder, when looking for the name that was meant
_MOST_CONTROL_CHARACTERS = 20  # shown of one file; a binary file is nothing else
# C0 without tab and newline, DEL, C1, half surrogate pairs, and the two code points that are no characters. The YAML
# reader refuses all of them too, but says so by byte and not by line.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_SAVE_AS = "save the file again as UTF-8"


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a file and the name it is shown under; lines end in a newline and count from 1."""

    name: str
    text: str
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        starts = (0, *(match.end() for match in re.finditer("\n", self.text)))
        object.__setattr__(self, "_starts", starts)

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines without their ends; a newline at the end of the file opens no further line."""
        lines = self.text.split("\n")
        return tuple(lines[:-1] if lines[-1] == "" else lines)

    def line(self, number: int) -> str:
        """The text of one line without its end, counted from 1; empty outside the file."""
        if not 1 <= number <= len(self._starts):
            return ""
        start = self._starts[number - 1]
        end = self.text.find("\n", start)
        return self.text[start:] if end < 0 else self.text[start:end]

    def place(self, line: int, column: int, end_line: int, end_column: int) -> Place:
        """A place in this file: lines and columns from 1, the end column the first one past the text."""
        return Place(self.name, line, column, end_line, end_column)

    def place_at(self, start: int, end: int) -> Place:
        """The place of ``text[start:end]``, the offsets counted in characters from 0."""
        return Place(self.name, *self._position(start), *self._position(end))

    def fault(  # noqa: PLR0913 - the parts of a fault
        self,
        code: str,
        message: str,
        place: Place,
        *,
        expected: str = "",
        nearest: str = "",
        help: str = "",  # noqa: A002 - named as in Fault
    ) -> Fault:
        """A fault at a place of this file, with the line it stands on."""
        return Fault(code, message, place, expected, nearest, help, self.line(place.line))

    def _position(self, offset: int) -> tuple[int, int]:
        offset = min(max(offset, 0), len(self.text))
        line = bisect.bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


def read_given(path: Path) -> Source:
    """Read a file that was named on the command line, or standard input where ``-`` was; else as :func:`read_source`.

    What standard input held can be read again under the name that it is shown under.
    """
    if str(path) not in {STDIN, STANDARD_INPUT}:
        return read_source(path)
    return _source(STANDARD_INPUT, _standard_input(sys.stdin, LIMIT))


@lru_cache(maxsize=1)
def _standard_input(stream: TextIO | None, limit: int) -> bytes:
    """What standard input holds; read once, for it can be read no second time."""
    try:
        if stream is None:
            raise Faulty([Fault("cannot-read", "there is no standard input", help="name a file instead of `-`")])
        data = stream.buffer.read(limit + 1)
    except (OSError, ValueError) as error:  # ValueError: it is closed
        raise Faulty([_cannot_read(STANDARD_INPUT, error)]) from None
    if len(data) > limit:
        raise Faulty([_too_large(STANDARD_INPUT, limit)])
    return data


def read_source(path: Path, *, limit: int = LIMIT, shown_as: str | None = None) -> Source:
    """Read a UTF-8 text file, with or without a byte-order mark, its line ends normalised to a newline.

    Args:
        path: the file.
        limit: the most bytes it may have.
        shown_as: the name to show in places and messages instead of the path.

    Raises:
        Faulty: with one of the codes ``no-such-file``, ``is-a-folder``, ``cannot-read``, ``file-too-large``,
            ``wrong-encoding``, or one ``control-character`` for each of the first few.
    """
    name = shown_as if shown_as is not None else str(path)
    return _source(name, _bytes_of(path, name, limit))


def _source(name: str, data: bytes) -> Source:
    text = _decoded(data, name)
    source = Source(name, text.replace("\r\n", "\n").replace("\r", "\n"))
    if faults := tuple(control_characters(source)):
        raise Faulty(faults)
    return source


def control_characters(source: Source) -> Iterator[Fault]:
    """A fault for each of the first few characters that no text file has and that a screen would obey."""
    for number, match in enumerate(_CONTROL.finditer(source.text)):
        if number == _MOST_CONTROL_CHARACTERS:
            return
        yield source.fault(
            "control-character",
            f"the character {described(match[0])} cannot be shown and has no place in a text file",
            source.place_at(*match.span()),
            help="delete it, or save the file again as plain text",
        )


def control_character_in(text: str) -> str:
    """The first character of ``text`` that no text file has, or an empty string."""
    match = _CONTROL.search(text)
    return match[0] if match else ""


def described(character: str) -> str:
    """A character that cannot be shown, by its number: ``U+0007``."""
    return f"U+{ord(character):04X}"


def _bytes_of(path: Path, name: str, limit: int) -> bytes:
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            # The size is only a forecast (of a pipe it is 0); never read more than one byte past the limit.
            data = file.read(limit + 1) if size <= limit else b""
    except (FileNotFoundError, NotADirectoryError):
        raise Faulty([_no_such_file(path, name)]) from None
    except (IsADirectoryError, PermissionError) as error:
        # Opening a folder is refused as a folder on Linux and as a matter of permission on Windows.
        if _is_folder(path):
            help_ = "name a file inside it"
            raise Faulty([Fault("is-a-folder", f"`{name}` is a folder, not a file", help=help_)]) from None
        raise Faulty([_cannot_read(name, error)]) from None
    except (OSError, ValueError) as error:  # ValueError: a NUL inside the name
        raise Faulty([_cannot_read(name, error)]) from None
    if size > limit or len(data) > limit:
        raise Faulty([_too_large(name, limit)])
    return data


def _too_large(name: str, limit: int) -> Fault:
    message = f"`{name}` is larger than {limit:,} bytes"
    help_ = "check that it is the file you meant; a job or a rule file has a few thousand"
    return Fault("file-too-large", message, expected=f"at most {limit:,} bytes", help=help_)


def _is_folder(path: Path) -> bool:
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except OSError:
        return False


def _no_such_file(path: Path, name: str) -> Fault:
    there: dict[str, str] = {}
    try:
        with os.scandir(path.parent) as entries:
            there = {entry.name.lower(): entry.name for entry, _ in zip(entries, range(_MOST_NAMES), strict=False)}
    except OSError:
        parent = str(path.parent)
        return Fault("no-such-file", f"there is no file `{name}`: its folder is not there", help=f"look for `{parent}`")
    there.pop(path.name.lower(), None)  # a link that leads nowhere
    meant = there.get(nearest(path.name, there), "")
    return Fault("no-such-file", f"there is no file `{name}`", nearest=meant, help="check the name and the folder")


def _cannot_read(name: str, error: Exception) -> Fault:
    reason = (error.strerror or "") if isinstance(error, OSError) else str(error)
    return Fault("cannot-read", f"`{name}` cannot be read: {reason.lower() or 'the system gives no reason'}")


def _decoded(data: bytes, name: str) -> str:
    encoding = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "")
    if not encoding and (data[0:4:2] == b"\0\0" or data[1:4:2] == b"\0\0") and any(data[:4]):
        encoding = "UTF-16"  # without its mark: every other byte of plain text is zero
    if encoding:
        place = Place(name, 1, 1, 1, 1)
        raise Faulty([Fault("wrong-encoding", f"the file is {encoding} text", place, expected="UTF-8", help=_SAVE_AS)])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # With a mark in front, the decoder counts from behind it.
        skipped = len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0
        raise Faulty([_not_utf8(data[skipped:], error.start, name)]) from None


def _not_utf8(data: bytes, offset: int, name: str) -> Fault:
    before = data[:offset].decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
    rest = re.split(rb"[\r\n]", data[offset:], maxsplit=1)[0].decode("utf-8", errors="replace")
    return Fault(
        "wrong-encoding",
        f"the byte {data[offset]:#04x} is not UTF-8 text",
        Place(name, line, column, line, column + 1),
        expected="UTF-8",
        help=f"{_SAVE_AS}; it may have been saved as Windows-1252",
        line_text=before[before.rfind("\n") + 1 :] + rest,
    )
