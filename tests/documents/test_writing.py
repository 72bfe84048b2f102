import os
import sys
from pathlib import Path

import pytest

from jerules.documents.text import read_source
from jerules.documents.writing import write_atomically
from jerules.faults import Faulty, OurFault


def code_of(path: Path, text: str = "new") -> str:
    with pytest.raises(Faulty) as caught:
        write_atomically(path, text)
    (fault,) = caught.value.faults
    return fault.code


def test_what_is_written_is_what_is_read(tmp_path: Path) -> None:
    """A text comes back as it was, whatever the platform's own line end is."""
    path = tmp_path / "job.yaml"
    write_atomically(path, "a: £5 – 😀\r\nb: 2\n")
    assert path.read_bytes() == "a: £5 – 😀\nb: 2\n".encode()
    assert read_source(path).text == "a: £5 – 😀\nb: 2\n"


def test_nothing_else_is_left_in_the_folder(tmp_path: Path) -> None:
    """A new file and a replaced one each leave one file."""
    path = tmp_path / "job.yaml"
    write_atomically(path, "old")
    write_atomically(path, "new")
    assert [entry.name for entry in tmp_path.iterdir()] == ["job.yaml"]
    assert path.read_text() == "new"


@pytest.mark.skipif(sys.platform == "win32", reason="this system has no modes")
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o755])
def test_a_replaced_file_keeps_its_mode(tmp_path: Path, mode: int) -> None:
    """A private file stays private."""
    path = tmp_path / "job.yaml"
    path.write_text("old")
    path.chmod(mode)
    write_atomically(path, "new")
    assert path.stat().st_mode & 0o777 == mode


@pytest.mark.skipif(sys.platform == "win32", reason="this system has no modes")
def test_a_new_file_has_the_mode_of_any_new_file(tmp_path: Path) -> None:
    """The user's mask applies, as it does for every other program."""
    other = tmp_path / "other"
    other.write_text("")
    write_atomically(tmp_path / "job.yaml", "new")
    assert (tmp_path / "job.yaml").stat().st_mode == other.stat().st_mode


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_is_followed(tmp_path: Path) -> None:
    """The file behind a link is written; the link stays a link."""
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("old")
    link.symlink_to(target)
    write_atomically(link, "new")
    assert link.is_symlink()
    assert target.read_text() == "new"


def test_a_failure_half_way_leaves_the_old_text_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk refuses, the old file is whole and no half file stands beside it."""
    path = tmp_path / "job.yaml"
    path.write_text("old")

    def refuse(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(Faulty, match="no space left on device"):
        write_atomically(path, "new")
    assert path.read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["job.yaml"]


def test_a_place_that_cannot_be_written_is_a_fault(tmp_path: Path) -> None:
    """A missing folder, a folder of that name and an impossible name are the user's to mend."""
    (tmp_path / "folder").mkdir()
    assert code_of(tmp_path / "none" / "job.yaml") == "cannot-write"
    assert code_of(tmp_path / "folder") == "cannot-write"
    assert code_of(tmp_path / "a\0b") == "cannot-write"


def test_a_file_protected_by_its_owner_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Replacing needs no right to write the old file; the protection is heeded all the same."""
    path = tmp_path / "job.yaml"
    path.write_text("old")
    monkeypatch.setattr(os, "access", lambda *_: False)  # played, since an administrator may write everything
    assert code_of(path) == "cannot-write"
    assert path.read_text() == "old"


def test_a_text_that_cannot_be_encoded_is_our_fault(tmp_path: Path) -> None:
    """No text that was read can hold half a surrogate pair, so that we made it; nothing is written."""
    with pytest.raises(OurFault, match="half a surrogate pair at offset 1"):
        write_atomically(tmp_path / "job.yaml", "a\ud800")
    assert list(tmp_path.iterdir()) == []
