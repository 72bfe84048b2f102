import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jerules.documents.text import LIMIT, STANDARD_INPUT, Source, read_given, read_source
from jerules.faults import Fault, Faulty


def faults_of(path: Path, **options: object) -> tuple[Fault, ...]:
    with pytest.raises(Faulty) as caught:
        read_source(path, **options)  # type: ignore[arg-type]
    return caught.value.faults


def written(folder: Path, data: bytes, name: str = "job.yaml") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        (b"a: 1\n", "a: 1\n"),
        (b"a\r\nb\rc\n", "a\nb\nc\n"),
        (b"\xef\xbb\xbfa: 1\n", "a: 1\n"),
        ("a: £5 – 😀\n\tb".encode(), "a: £5 – 😀\n\tb"),
    ],
    ids=["empty", "plain", "every kind of line end", "byte-order mark", "typography and tab"],
)
def test_text_is_read_with_plain_line_ends(tmp_path: Path, data: bytes, text: str) -> None:
    """UTF-8 is read with or without a mark, and every line end becomes a newline."""
    assert read_source(written(tmp_path, data)).text == text


def test_a_source_is_shown_under_its_path_or_the_name_given(tmp_path: Path) -> None:
    """Messages may show a name of the caller's instead of a machine's path."""
    path = written(tmp_path, b"a")
    assert read_source(path).name == str(path)
    assert read_source(path, shown_as="13-effort.jer").name == "13-effort.jer"


def test_lines_count_from_one_and_the_last_newline_opens_none() -> None:
    """Line numbers are those of an editor; outside the file a line is empty."""
    source = Source("f", "one\n\nthree\n")
    assert source.lines == ("one", "", "three")
    assert [source.line(number) for number in range(6)] == ["", "one", "", "three", "", ""]
    assert Source("f", "").lines == ()
    assert Source("f", "one").lines == ("one",)


def test_a_place_carries_the_name_of_its_source() -> None:
    """A place is made from lines and columns, or from offsets in characters."""
    source = Source("f", "ab\ncd")
    assert source.place_at(3, 5) == source.place(2, 1, 2, 3)
    assert str(source.place(2, 1, 2, 3)) == "f:2:1"


@given(st.text("ab\n😀", max_size=30), st.data())
def test_an_offset_and_its_place_are_the_same_spot(text: str, data: st.DataObject) -> None:
    """The line and column of an offset lead back to the same character."""
    source = Source("f", text)
    offset = data.draw(st.integers(0, len(text)))
    place = source.place_at(offset, offset)
    assert sum(len(line) + 1 for line in text.split("\n")[: place.line - 1]) + place.column - 1 == offset
    if offset < len(text) and text[offset] != "\n":
        assert source.line(place.line)[place.column - 1] == text[offset]


def test_a_missing_file_is_named_with_the_nearest_one(tmp_path: Path) -> None:
    """A slip in the name is answered with the file that was probably meant, in its own spelling."""
    written(tmp_path, b"", "Ward-Domestic.yaml")
    (fault,) = faults_of(tmp_path / "ward-domestik.yaml", shown_as="ward-domestik.yaml")
    assert (fault.code, fault.nearest) == ("no-such-file", "Ward-Domestic.yaml")
    assert fault.message == "there is no file `ward-domestik.yaml`"


def test_a_link_that_leads_nowhere_is_not_its_own_nearest_name(tmp_path: Path) -> None:
    """The name that was asked for is never offered in its own place."""
    (tmp_path / "job.yaml").symlink_to(tmp_path / "gone")
    (fault,) = faults_of(tmp_path / "job.yaml")
    assert (fault.code, fault.nearest) == ("no-such-file", "")


def test_a_file_in_a_missing_folder_is_no_file_either(tmp_path: Path) -> None:
    """Neither an absent folder nor a file in a folder's place is a failure of ours."""
    assert faults_of(tmp_path / "none" / "job.yaml")[0].code == "no-such-file"
    assert faults_of(written(tmp_path, b"") / "job.yaml")[0].code == "no-such-file"


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    """Naming a folder is answered as such."""
    (fault,) = faults_of(tmp_path)
    assert (fault.code, fault.help) == ("is-a-folder", "name a file inside it")


def test_what_the_system_refuses_is_reported_with_its_reason(tmp_path: Path) -> None:
    """A name that the system cannot take is a fault with a reason."""
    assert faults_of(tmp_path / ("n" * 5_000))[0].code == "cannot-read"
    assert faults_of(tmp_path / "a\0b")[0].code == "cannot-read"


def test_a_protected_file_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Missing rights are named; the refusal is played, since an administrator is never refused."""
    path = written(tmp_path, b"a")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    (fault,) = faults_of(path, shown_as="job.yaml")
    assert (fault.code, fault.message) == ("cannot-read", "`job.yaml` cannot be read: permission denied")


def test_the_limit_is_the_last_size_that_is_read(tmp_path: Path) -> None:
    """A file at the limit is read; one byte more is refused without being taken in."""
    assert len(read_source(written(tmp_path, b"x" * 100), limit=100).text) == 100
    (fault,) = faults_of(written(tmp_path, b"x" * 101), limit=100, shown_as="job.yaml")
    assert (fault.code, fault.expected) == ("file-too-large", "at most 100 bytes")
    assert fault.message == "`job.yaml` is larger than 100 bytes"


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such device here")
def test_an_endless_file_is_read_no_further_than_the_limit() -> None:
    """The size that a file claims is not believed."""
    assert faults_of(Path("/dev/zero"), limit=1_000)[0].code == "file-too-large"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_two_byte_text_is_named(tmp_path: Path, encoding: str) -> None:
    """What an office program saves as Unicode text is recognised with and without its mark."""
    (fault,) = faults_of(written(tmp_path, "post: porter\n".encode(encoding)))
    assert fault.code == "wrong-encoding"
    assert ("UTF-32" if encoding == "utf-32" else "UTF-16") in fault.message
    assert fault.place is not None
    assert (fault.place.line, fault.place.column) == (1, 1)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_byte_that_is_no_utf8_has_its_place(tmp_path: Path, mark: bytes) -> None:
    """A pound sign in an old encoding is pointed at in its line, behind letters that take several bytes."""
    path = written(tmp_path, mark + "a: é\r\nsum: é".encode() + b"\xa35\r\nlast: 1\n")
    (fault,) = faults_of(path, shown_as="job.yaml")
    assert str(fault) == (
        "job.yaml:2:7: error[wrong-encoding]: the byte 0xa3 is not UTF-8 text\n"
        "  |\n"
        "2 | sum: é\N{REPLACEMENT CHARACTER}5\n"
        "  |       ^\n"
        "  = expected: UTF-8\n"
        "  = help: save the file again as UTF-8; it may have been saved as Windows-1252"
    )


@pytest.mark.parametrize("character", ["\0", "\x07", "\x1b", "\x7f", "\x85", "\ufffe"])
def test_a_control_character_has_its_place(tmp_path: Path, character: str) -> None:
    """What a screen would obey instead of show is refused where it stands."""
    (fault,) = faults_of(written(tmp_path, f"post: a\nnote: x{character}y\n".encode()))
    assert fault.code == "control-character"
    assert f"U+{ord(character):04X}" in fault.message
    assert fault.place is not None
    assert (fault.place.line, fault.place.column, fault.place.end_column) == (2, 8, 9)


def test_every_control_character_is_reported_up_to_a_point(tmp_path: Path) -> None:
    """Several slips are reported together; a binary file does not bury its reader."""
    assert len(faults_of(written(tmp_path, b"post: a\x01\nb\x02c\x03"))) == 3
    assert len(faults_of(written(tmp_path, b"post" + b"\x01" * 5_000))) == 20


@given(st.binary(max_size=60))
def test_any_bytes_are_text_or_faults(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    """Nothing that a file may hold ends in anything but its text or a list of faults."""
    path = written(tmp_path_factory.getbasetemp(), data, "any.bin")
    try:
        source = read_source(path)
    except Faulty as faulty:
        assert faulty.faults  # noqa: PT017 - either end is right
    else:
        assert source.text == data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


# ── standard input ───────────────────────────────────────────────────────────────────────────────────────────────


def piped(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    """Put these bytes on standard input."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_standard_input_is_read_as_a_file_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """`-` means what is piped in, and it can be read again by the name it is shown under; a file means the file."""
    piped(monkeypatch, b"\xef\xbb\xbfa: 1\r\n")
    first = read_given(Path("-"))
    assert (first.name, first.text) == (STANDARD_INPUT, "a: 1\n")
    assert read_given(Path(STANDARD_INPUT)) == first
    assert read_given(written(tmp_path, b"b: 2")).text == "b: 2"
    piped(monkeypatch, b"c: 3")
    assert read_given(Path("-")).text == "c: 3"


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"a" * (LIMIT + 1), "file-too-large"), (b"a\xff", "wrong-encoding"), (b"a\x07", "control-character")],
)
def test_what_no_file_may_hold_standard_input_may_not_either(
    monkeypatch: pytest.MonkeyPatch, data: bytes, code: str
) -> None:
    """Size, encoding and characters are checked alike, and the mistake names standard input."""
    piped(monkeypatch, data)
    with pytest.raises(Faulty) as caught:
        read_given(Path("-"))
    (fault,) = caught.value.faults
    assert fault.code == code
    assert STANDARD_INPUT in str(fault)


@pytest.mark.parametrize("closed", [True, False])
def test_no_standard_input_is_a_mistake(monkeypatch: pytest.MonkeyPatch, *, closed: bool) -> None:
    """A process may be started without one, or find it closed."""
    stream = io.TextIOWrapper(io.BytesIO(b"a"))
    stream.close()
    monkeypatch.setattr("sys.stdin", stream if closed else None)
    with pytest.raises(Faulty) as caught:
        read_given(Path("-"))
    assert caught.value.faults[0].code == "cannot-read"
