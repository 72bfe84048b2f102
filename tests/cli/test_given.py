"""What is given to a command: a file of another sort, or standard input in the place of a file."""

import io
import json
from pathlib import Path

import pytest

from jerules.cli import CLEAN, USAGE, run

EXAMPLES = Path(__file__).resolve().parent.parent.parent / "docs" / "examples"
JOB, CASE = EXAMPLES / "nhs" / "porter.yaml", EXAMPLES / "procedure" / "changed-job-ward-clerk.yaml"
PACK, PROFILE = EXAMPLES / "njc" / "packs" / "city.jer", EXAMPLES / "profiles" / "assistant.yaml"
RULES = EXAMPLES.parent.parent / "rules" / "nhs" / "13-physical-effort.jer"
REFERENCE = ["--engine", "reference"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["evaluate", CASE], "a case, and a job"),
        (["evaluate", PACK], "a pack, and a job"),
        (["explain", RULES, "--factor", "13"], "a rule file, and a job"),
        (["evaluate", JOB, "--with", JOB], "a job, and a pack"),
        (["procedure", JOB], "a job, and a case"),
        (["pack", JOB], "a job, and a pack"),
        (["check", JOB], "a job, and a rule file"),
        (["mutate", CASE], "a case, and a rule file"),
        (["test", PROFILE], "a profile, and a rule file"),
        (["diff", JOB, "nhs"], "a job, and a rule file"),
        (["fmt", JOB], "a job, and a rule file"),
        (["match", JOB, JOB], "a job, and a profile"),
        (["match", PROFILE, PROFILE], "a profile, and a job"),
    ],
)
def test_a_file_of_another_sort_is_one_mistake(
    arguments: list[object], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """It says what was given and which command takes it, and nothing of what the file would lack."""
    assert run([str(one) for one in arguments]) == USAGE
    said = " ".join(capsys.readouterr().err.split())
    assert f"error[wrong-sort]: this is {told} is wanted here" in said
    assert said.count("error[") == 1
    assert "= help: " in said


def test_a_rule_file_that_is_no_pack_is_one_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    """It is not put on top of the rules, all of which it would seem to say a second time."""
    assert run(["pack", str(RULES)]) == USAGE
    said = capsys.readouterr().err
    assert "error[not-a-pack]" in said
    assert said.count("error[") == 1


def piped(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Put a text on standard input."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))


@pytest.mark.parametrize(
    "arguments",
    [
        ["evaluate", "{}", "--brief", *REFERENCE],
        ["explain", "{}", "--factor", "13", *REFERENCE],
        ["match", "{}", str(PROFILE), *REFERENCE],
    ],
)
def test_a_job_may_be_piped_in(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    """`-` comes to what the file comes to."""
    assert run([one.format(JOB) for one in arguments]) == CLEAN
    of_the_file = capsys.readouterr().out
    piped(monkeypatch, JOB.read_text(encoding="utf-8"))
    assert run([one.format("-") for one in arguments]) == CLEAN
    assert capsys.readouterr().out == of_the_file


def test_a_case_may_be_piped_in(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """`procedure -` follows it as it follows a file."""
    piped(monkeypatch, CASE.read_text(encoding="utf-8"))
    assert run(["procedure", "-", "--on", "2026-11-21", *REFERENCE]) == CLEAN
    assert "Ward clerk" in capsys.readouterr().out


def test_mistakes_in_what_is_piped_in_have_their_places(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Line and column, under the name of standard input; a JSON text is read as JSON."""
    piped(monkeypatch, "jerules: job/1\nscheme: nhs\ntitel: Porter\n")
    assert run(["evaluate", "-"]) == USAGE
    assert "<standard input>:3:1: error[unknown-key]" in capsys.readouterr().err
    piped(monkeypatch, '{"jerules": "job/1",\n "scheme": "nhs", oops}')
    assert run(["evaluate", "-"]) == USAGE
    assert "<standard input>:2:19: error[json-syntax]" in capsys.readouterr().err


def test_an_outcome_names_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the file of the job would stand."""
    piped(monkeypatch, JOB.read_text(encoding="utf-8"))
    assert run(["evaluate", "-", "--format", "json", *REFERENCE]) == CLEAN
    assert json.loads(capsys.readouterr().out)["job"]["file"] == "<standard input>"


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("physical", "5 is Physical skills; 8 is Responsibility for financial and physical resources; 13 is Physical"),
        ("Mental efort", "= nearest: `14` = help: 14 is Mental effort"),
        ("zzz", "= help: give the number of the factor"),
    ],
)
def test_a_factor_that_may_be_several_is_not_guessed(named: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A word of several titles lists them; a slip names the nearest; anything else asks for the number."""
    assert run(["explain", str(JOB), "--factor", named]) == USAGE
    said = " ".join(capsys.readouterr().err.split())
    assert told in said
    assert ("= nearest:" in said) is (named == "Mental efort")


@pytest.mark.parametrize(
    "arguments",
    [
        ["test", "nhs", "--factor", "13"],
        ["evaluate", str(JOB), "--format", "pdf"],
        ["scheme", "new", "x"],
        ["match", "a.yaml"],
        ["explain", str(JOB)],
    ],
)
def test_what_is_wrong_with_the_options_fits_80_columns(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """As everything else that is told."""
    assert run(arguments) == USAGE
    said = capsys.readouterr().err
    assert "Error: " in said
    assert max(map(len, said.splitlines())) <= 80
