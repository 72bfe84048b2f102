"""Writing a file so that its reader finds the old text or the new one, and never half of either."""

import contextlib
import os
import secrets
import stat
from pathlib import Path

from jerules.faults import Fault, Faulty, OurFault


def write_atomically(path: Path, text: str) -> None:
    """Write ``text`` as UTF-8, its line ends plain newlines, keeping the mode of a file that is replaced.

    The text goes to a file beside ``path`` that then takes its place; on any failure that file is removed and ``path``
    is as it was. A symbolic link is followed, not replaced.

    Raises:
        Faulty: ``cannot-write``, with the system's reason.
        OurFault: the text cannot be encoded, which a text that came from a file always can.
    """
    try:
        data = text.replace("\r\n", "\n").encode("utf-8")
    except UnicodeEncodeError as error:
        raise OurFault(f"text for `{path}` holds half a surrogate pair at offset {error.start}") from error
    try:
        _replace(Path(os.path.realpath(path)), data)
    except (OSError, ValueError) as error:  # ValueError: a NUL inside the name
        reason = (error.strerror or "") if isinstance(error, OSError) else str(error)
        message = f"`{path}` cannot be written: {reason.lower() or 'the system gives no reason'}"
        help_ = "check the name and your rights in that folder; nothing was changed"
        raise Faulty([Fault("cannot-write", message, help=help_)]) from None


def _replace(path: Path, data: bytes) -> None:
    mode = _mode_of(path)
    beside = path.with_name(f".{path.name[:100]}.{secrets.token_hex(8)}.tmp")
    # Opened with the mode of a new file, so that the user's own mask applies where there is no file to copy it from.
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            beside.chmod(mode)
        beside.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise
    _settle(path.parent)


def _mode_of(path: Path) -> int | None:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(mode):
        raise OSError(0, "there is something of that name that is not a file")
    # A replacement needs no right to write the old file; a file that its owner protected stays protected all the same.
    if not os.access(path, os.W_OK):
        raise PermissionError(0, "the file is protected against writing")
    return stat.S_IMODE(mode)


def _settle(folder: Path) -> None:
    """Ask the system to keep the new name through a power cut; not every system lets a folder be opened for that."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
