"""The command `score` on an application of its own."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from jerules.cli.score import register
from jerules.faults import Faulty

JOB = "5,5,3,2,3(a),5,2,2,3,1,1,3,3,2,3,3"


@pytest.fixture
def app() -> typer.Typer:
    made = typer.Typer()

    @made.callback()
    def _main() -> None:
        """Stands for the whole command line."""

    register(made)
    return made


def test_score_for_people(app: typer.Typer) -> None:
    """Without options the score is text for a terminal."""
    done = CliRunner().invoke(app, ["score", "nhs", JOB])
    assert done.exit_code == 0
    assert "Total 388, band 5" in done.output
    assert "\x1b" not in done.output


def test_score_for_programs(app: typer.Typer) -> None:
    """`--format json` gives one JSON value and nothing else."""
    done = CliRunner().invoke(app, ["score", "njc", "5,5,3,2,3,1,1,1,1,1,1,2,1", "--format", "json"])
    found = json.loads(done.output)
    assert (found["total"], found["band"]) == (374, None)


@pytest.mark.parametrize(("form", "start"), [("markdown", "# Score"), ("html", "<!DOCTYPE html>")])
def test_score_into_a_file(app: typer.Typer, tmp_path: Path, form: str, start: str) -> None:
    """`--output` writes the file and leaves the screen empty."""
    target = tmp_path / "score.out"
    done = CliRunner().invoke(app, ["score", "nhs", JOB, "--format", form, "--output", str(target)])
    assert (done.exit_code, done.output) == (0, "")
    assert target.read_text(encoding="utf-8").startswith(start)


def test_mistakes_go_to_whoever_called(app: typer.Typer) -> None:
    """The faults are raised for the main command to print; nothing is written."""
    done = CliRunner().invoke(app, ["score", "nhs", "9,9"])
    assert isinstance(done.exception, Faulty)
    assert len(done.exception.faults) == 3
    assert done.output == ""


def test_unknown_format_is_a_usage_mistake(app: typer.Typer) -> None:
    """A format that does not exist ends with exit code 2."""
    assert CliRunner().invoke(app, ["score", "nhs", JOB, "--format", "word"]).exit_code == 2


def test_a_local_grade(app: typer.Typer, tmp_path: Path) -> None:
    """A pack with grades adds the grade of the total, with who agreed on it when, for people and for programs."""
    pack = tmp_path / "grades.jer"
    pack.write_text(
        'scheme njc\npack "Ours"\ngrade "One" from 164 to 373\ngrade "Two" from 374 to 400 agreed 2026-03-01 by "Us"\n',
        encoding="utf-8",
    )
    known, unknown = "5,5,3,2,3,1,1,1,1,1,1,2,1", "5,5,3,2,3,1,1,1,1,1,1,2,?"
    said = " ".join(CliRunner().invoke(app, ["score", "njc", known, "--with", str(pack)]).output.split())
    assert "Local grade: Two (374 to 400 points), agreed 1 March 2026 by Us." in said
    done = CliRunner().invoke(app, ["score", "njc", unknown, "--with", str(pack), "--format", "json"])
    (grade, none) = json.loads(done.output)["grades"]
    assert (grade["name"], grade["lowest"], grade["agreed_on"], none) == ("Two", 374, "2026-03-01", None)


def test_levels_that_fail_a_check_of_the_whole_job(app: typer.Typer) -> None:
    """Level 1 on all four responsibility factors of the NJC scheme is a finding: exit code 1, and what to do."""
    done = CliRunner().invoke(app, ["score", "njc", "5,5,3,2,3,1,1,1,1,1,1,1,1"])
    assert done.exit_code == 1
    assert "not to be signed off" in " ".join(done.output.split())
    assert CliRunner().invoke(app, ["score", "njc", "5,5,3,2,3,1,1,1,1,1,1,2,1"]).exit_code == 0
