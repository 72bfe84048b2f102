"""The command `questionnaire` on an application of its own."""

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from jerules.cli.questionnaire import register
from jerules.faults import Faulty
from jerules.jobs.load import load_job_file


@pytest.fixture
def app() -> typer.Typer:
    made = typer.Typer()

    @made.callback()
    def _main() -> None:
        """Stands for the whole command line."""

    register(made)
    return made


def test_a_blank_job_on_the_screen(app: typer.Typer) -> None:
    """Without options the whole questionnaire is printed."""
    done = CliRunner().invoke(app, ["questionnaire", "njc"])
    assert done.exit_code == 0
    assert "jerules: job/1\nscheme: njc\n" in done.output


def test_a_blank_job_in_a_file(app: typer.Typer, tmp_path: Path) -> None:
    """`--output` writes a file that loads as it stands, and `--factor` asks for what those factors need only."""
    target = tmp_path / "job.yaml"
    options = ["--factor", "2", "--factor", "3", "--output", str(target)]
    done = CliRunner().invoke(app, ["questionnaire", "njc", *options])
    assert (done.exit_code, done.output) == (0, "")
    text = target.read_text(encoding="utf-8")
    assert [f"\n  {name}:" in text for name in ("problem", "communication", "skill")] == [True, True, False]
    assert load_job_file(target)[0].panel == {}


def test_no_answers_are_overwritten(app: typer.Typer, tmp_path: Path) -> None:
    """A file that is there already is left alone: it may have been filled in."""
    target = tmp_path / "job.yaml"
    target.write_text("filled in", encoding="utf-8")
    done = CliRunner().invoke(app, ["questionnaire", "njc", "--output", str(target)])
    assert isinstance(done.exception, Faulty)
    assert done.exception.faults[0].code == "file-exists"
    assert target.read_text(encoding="utf-8") == "filled in"


@pytest.mark.parametrize("arguments", [["nsh"], ["njc", "--factor", "99"]])
def test_mistakes_go_to_whoever_called(app: typer.Typer, arguments: list[str]) -> None:
    """A scheme or a factor that does not exist is raised for the main command to print."""
    done = CliRunner().invoke(app, ["questionnaire", *arguments])
    assert isinstance(done.exception, Faulty)
    assert done.output == ""
