"""The command `match`: a job file or levels beside profiles, and mistakes of all files together."""

import json
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest

from jerules.cli import CLEAN, USAGE, run
from tests.match.profiles import job, written

EXAMPLES = Path(__file__).resolve().parent.parent.parent / "docs" / "examples"
PROFILES = sorted(str(path) for path in (EXAMPLES / "profiles").glob("*.yaml"))
NURSE = str(EXAMPLES / "nhs" / "staff-nurse.yaml")


def test_a_job_beside_profiles(capsys: pytest.CaptureFixture[str]) -> None:
    """The levels of a job file are worked out, and each profile has its result; the JSON keeps to its schema."""
    assert run(["match", NURSE, *PROFILES, "--engine", "reference", "--format", "json"]) == CLEAN
    found = json.loads(capsys.readouterr().out)
    schema = json.loads((files("jerules.report") / "schema" / "match-1.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(found, schema, cls=jsonschema.Draft202012Validator)
    assert (found["engine"], found["job"]["title"]) == ("reference", "Staff nurse, acute medicine")
    assert [(one["band"], one["result"]) for one in found["profiles"]] == [
        ("5", "profile match"),
        ("6", "no match"),
        ("3", "no match"),
    ]


def test_the_examples_say_that_they_are_invented() -> None:
    """No example profile can be taken for a national one."""
    assert PROFILES
    for path in PROFILES:
        text = Path(path).read_text(encoding="utf-8")
        assert text.startswith("# An INVENTED profile")
        assert "(invented example)" in text


def test_levels_beside_a_profile(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Levels serve in place of a job file."""
    path = tmp_path / "profile.yaml"
    path.write_text(written(), encoding="utf-8")
    assert run(["match", "--levels", "nhs", job(), str(path)]) == CLEAN
    page = capsys.readouterr().out
    assert "Profile match, band 5" in page
    assert "Levels given on the command line" in page
    assert "panel decides" in page


@pytest.mark.parametrize(("form", "start"), [("markdown", "# Levels given"), ("html", "<!DOCTYPE html>")])
def test_into_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str, start: str) -> None:
    """`--output` writes the file and leaves the screen empty."""
    target = tmp_path / "match.out"
    assert run(["match", "--levels", "nhs", job(), PROFILES[0], "--format", form, "--output", str(target)]) == CLEAN
    assert capsys.readouterr().out == ""
    assert target.read_text(encoding="utf-8").startswith(start)


def test_mistakes_of_all_files_come_together(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Wrong levels and wrong profiles are told in one go."""
    path = tmp_path / "profile.yaml"
    path.write_text(written().replace("knowledge: 5", "knowledge: 5z"), encoding="utf-8")
    assert run(["match", "--levels", "nhs", job({1: "9"}), str(path)]) == USAGE
    said = capsys.readouterr().err
    assert "error[level-out-of-range]" in said
    assert f"{path}:7:15: error[no-options]" in said
    assert "2 mistakes" in said


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([NURSE], "no profile is named"),
        (["--levels", "njc", "1", PROFILES[0]], "there is a rule for `nhs` only"),
        (["--levels", "nhs", job(), PROFILES[0], "--engine", "reference"], "go with a job file"),
        (["--levels", "nhs", job(), PROFILES[0], "--with", "local.jer"], "go with a job file"),
        ([PROFILES[0], PROFILES[0]], "job"),
        ([NURSE, NURSE], "profile"),
    ],
)
def test_what_cannot_be_compared(arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A usage mistake ends with exit code 2 and says what is wrong."""
    assert run(["match", *arguments]) == USAGE
    assert words in capsys.readouterr().err
