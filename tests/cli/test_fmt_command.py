"""The command `fmt` on an application of its own."""

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from jerules.cli.fmt import register
from jerules.faults import Faulty

CANONICAL = "# ours\nscheme nhs\n\nlevel 1 otherwise cites level 1\n"
LOOSE = "scheme   nhs # ours\n\n\nlevel 1\n   otherwise cites level 1"
BAD = "scheme nhs\nlevel when drives\n"


@pytest.fixture
def app() -> typer.Typer:
    made = typer.Typer()

    @made.callback()
    def _main() -> None:
        """Stands for the whole command line."""

    register(made)
    return made


def _file(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8", newline="")
    return path


def test_a_file_is_laid_out_and_named(app: typer.Typer, tmp_path: Path) -> None:
    """What changes is said; the comment moves above its statement."""
    path = _file(tmp_path / "a.jer", LOOSE)
    done = CliRunner().invoke(app, ["fmt", str(path)])
    assert (done.exit_code, done.output) == (0, f"{path} changed\n1 of 1 file changed\n")
    assert path.read_text(encoding="utf-8") == CANONICAL


@pytest.mark.parametrize("text", [CANONICAL, CANONICAL.replace("\n", "\r\n")])
def test_a_file_in_layout_is_not_touched(app: typer.Typer, tmp_path: Path, text: str) -> None:
    """Not even its line ends or its time."""
    path = _file(tmp_path / "a.jer", text)
    before = path.stat()
    done = CliRunner().invoke(app, ["fmt", str(path)])
    assert (done.exit_code, done.output) == (0, "0 of 1 file changed\n")
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert path.read_bytes() == text.encode()


def test_a_folder_is_gone_through(app: typer.Typer, tmp_path: Path) -> None:
    """Rule files in it and below, in order, each once; other files and hidden folders are passed over."""
    for name in ("b.jer", "below/a.jer", ".hidden/c.jer", "notes.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        _file(tmp_path / name, LOOSE)
    done = CliRunner().invoke(app, ["fmt", str(tmp_path), str(tmp_path / "b.jer")])
    assert done.output.splitlines() == [
        f"{tmp_path / 'b.jer'} changed",
        f"{tmp_path / 'below' / 'a.jer'} changed",
        "2 of 2 files changed",
    ]
    assert (tmp_path / ".hidden" / "c.jer").read_text(encoding="utf-8") == LOOSE


def test_check_changes_nothing(app: typer.Typer, tmp_path: Path) -> None:
    """It lists what would change, and says so by its exit code."""
    loose, canonical = _file(tmp_path / "a.jer", LOOSE), _file(tmp_path / "b.jer", CANONICAL)
    done = CliRunner().invoke(app, ["fmt", "--check", str(loose), str(canonical)])
    assert (done.exit_code, done.output) == (1, f"{loose} would change\n1 of 2 files would change\n")
    assert loose.read_text(encoding="utf-8") == LOOSE
    assert CliRunner().invoke(app, ["fmt", "--check", str(canonical)]).exit_code == 0


def test_stdout_prints_the_layout(app: typer.Typer, tmp_path: Path) -> None:
    """And nothing else; the file stays as it is."""
    path = _file(tmp_path / "a.jer", LOOSE)
    done = CliRunner().invoke(app, ["fmt", "--stdout", str(path)])
    assert (done.exit_code, done.output) == (0, CANONICAL)
    assert path.read_text(encoding="utf-8") == LOOSE


def test_standard_input_goes_to_standard_output(app: typer.Typer) -> None:
    """So that an editor can use it; `--check` answers with the exit code."""
    done = CliRunner().invoke(app, ["fmt", "-"], input=LOOSE)
    assert (done.exit_code, done.output) == (0, CANONICAL)
    assert CliRunner().invoke(app, ["fmt", "--check", "-"], input=LOOSE).exit_code == 1
    assert CliRunner().invoke(app, ["fmt", "--check", "-"], input=CANONICAL).exit_code == 0


def test_a_file_with_mistakes_is_left_alone(app: typer.Typer, tmp_path: Path) -> None:
    """The mistakes of every file are raised together for the main command to print; good files are laid out."""
    first, good = _file(tmp_path / "a.jer", BAD), _file(tmp_path / "b.jer", LOOSE)
    missing, empty = tmp_path / "none.jer", tmp_path / "empty"
    empty.mkdir()
    last = _file(tmp_path / "c.jer", BAD)
    done = CliRunner().invoke(app, ["fmt", *map(str, (first, good, missing, empty, last))])
    assert isinstance(done.exception, Faulty)
    codes = [fault.code for fault in done.exception.faults]
    assert sorted(codes) == ["no-rule-files", "no-such-file", "syntax", "syntax"]
    assert first.read_text(encoding="utf-8") == BAD
    assert good.read_text(encoding="utf-8") == CANONICAL


def test_standard_input_with_mistakes(app: typer.Typer) -> None:
    """Its places name it, and bytes that are no text are refused as in a file."""
    done = CliRunner().invoke(app, ["fmt", "-"], input=BAD)
    assert isinstance(done.exception, Faulty)
    assert str(done.exception).startswith("<standard input>:2:7: error[syntax]")
    done = CliRunner().invoke(app, ["fmt", "-"], input=b"scheme \xff\n")
    assert isinstance(done.exception, Faulty)
    assert done.exception.faults[0].code == "wrong-encoding"
