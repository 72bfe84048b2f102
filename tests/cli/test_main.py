"""The whole command line, in this process: what comes out, and with which exit code."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from jerules import __version__, cli
from jerules.cli import count_line, run
from jerules.explain.asking import level_named
from jerules.faults import Fault, Faulty, OurFault, Place, Unavailable
from jerules.rulebook.load import book_of
from jerules.scheme.load import load_scheme
from tests.cli.test_test_command import RULES

JOB = """\
jerules: job/1
scheme: nhs
title: Porter
records:
  effort:
    - task: Pushes beds
      kind: lifting
      weight: 20 kg
      often: 60% of shifts
"""


@pytest.fixture
def job(tmp_path: Path) -> Path:
    """A job file in a folder of its own."""
    path = tmp_path / "porter.yaml"
    path.write_text(JOB, encoding="utf-8")
    return path


def _bad(folder: Path, name: str, extra: str) -> Path:
    path = folder / name
    path.write_text(JOB + extra, encoding="utf-8")
    return path


# ── evaluate ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_evaluate_for_people(job: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without options a job gives a report for a terminal, plain when nobody is looking, and exit code 0."""
    assert run(["evaluate", str(job)]) == 0
    shown = capsys.readouterr()
    assert "A suggestion: the panel decides" in shown.out
    assert "Physical effort (factor 13)" in shown.out
    assert "\x1b" not in shown.out
    assert shown.err == ""


def test_evaluate_for_programs(job: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--format json` gives one JSON value and nothing else, with an object for each factor."""
    assert run(["evaluate", str(job), "--format", "json", "--engine", "reference"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["format"] == "jerules.outcome/1"
    assert (found["engine"], found["checked_by"]) == ("reference", None)
    assert len(found["factors"]) == 16


def test_evaluate_several_jobs(job: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Several jobs come one after the other; as JSON they are a list in the order of the command line."""
    other = tmp_path / "other.yaml"
    other.write_text(JOB.replace("Porter", "Messenger"), encoding="utf-8")
    assert run(["evaluate", str(other), str(job), "--format", "json"]) == 0
    assert [one["job"]["title"] for one in json.loads(capsys.readouterr().out)] == ["Messenger", "Porter"]
    assert run(["evaluate", str(other), str(job), "--brief"]) == 0
    shown = capsys.readouterr().out
    assert shown.index("Messenger") < shown.index("Porter")


@pytest.mark.parametrize(
    ("form", "start"), [("markdown", "# Porter"), ("html", "<!DOCTYPE html>"), ("terminal", "Por")]
)
def test_evaluate_into_a_file(job: Path, tmp_path: Path, form: str, start: str) -> None:
    """`--output` writes the file."""
    target = tmp_path / "report"
    assert run(["evaluate", str(job), "--format", form, "--output", str(target)]) == 0
    assert target.read_text(encoding="utf-8").startswith(start)


@pytest.mark.parametrize("command", [["evaluate"], ["explain", "--factor", "13"]])
def test_a_result_never_replaces_the_job(job: Path, capsys: pytest.CaptureFixture[str], command: list[str]) -> None:
    """What a panel filled in is not written over, whichever way its file is named."""
    link = job.with_name("link.yaml")
    link.symlink_to(job)
    for output in (job, link, job.parent / "." / job.name):
        assert run([*command, str(job), "--output", str(output)]) == 2
        assert "error[output-is-input]" in capsys.readouterr().err
    assert job.read_text(encoding="utf-8") == JOB


def test_the_mistakes_of_all_jobs_are_told_together(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two bad files: every mistake of both is shown, a line counts them, nothing is evaluated, and the code is 2."""
    one = _bad(tmp_path, "one.yaml", "      wieght: 5 kg\n      colour: red\n")
    two = _bad(tmp_path, "two.yaml", "  effrot: []\n")
    assert run(["evaluate", str(one), str(two)]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "wieght" in shown.err
    assert "effrot" in shown.err
    assert shown.err.splitlines()[-1] == f"3 mistakes: 2 in {one}, 1 in {two}"


def test_a_job_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A missing file is a mistake like others."""
    assert run(["evaluate", str(tmp_path / "absent.yaml")]) == 2
    assert "absent.yaml" in capsys.readouterr().err


def test_no_engine_is_swapped_in_silence(
    job: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where durable-rules cannot be used, asking for it is an error; otherwise the reference serves and is named."""
    monkeypatch.setattr("jerules.engine.choose.available", lambda: False)
    monkeypatch.setattr("jerules.engine.choose.why_not_available", lambda: "durable-rules is not installed here")
    for name in ("durable", "both"):
        assert run(["evaluate", str(job), "--engine", name]) == 2
        assert "durable-rules is not installed here" in capsys.readouterr().err
    assert run(["evaluate", str(job), "--brief"]) == 0
    assert "Engine  the reference evaluator\n" in capsys.readouterr().out


# ── explain ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_explain_one_factor(job: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One factor comes with its steps, and no other factor comes with it."""
    assert run(["explain", str(job), "--factor", "13"]) == 0
    shown = capsys.readouterr().out
    assert "Physical effort (factor 13)" in shown
    assert "step by step" in shown
    assert "Mental effort" not in shown


def test_explain_takes_the_name_of_a_factor(job: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A factor may be named as well as numbered."""
    assert run(["explain", str(job), "--factor", "physical effort", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["factor"]["number"] == 13


@pytest.mark.parametrize("level", ["5", "4(b)", "4b"])
def test_explain_why_not(job: Path, capsys: pytest.CaptureFixture[str], level: str) -> None:
    """`--why-not` asks about a level, or about one option of it."""
    assert run(["explain", str(job), "--factor", "13", "--why-not", level, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)["factor"]["why_not"]
    assert found["level"] == int(level[0])
    if len(level) > 1:
        assert {rule["gives"] for rule in found["rules"]} <= {"4(b)"}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--factor", "17"], "no factor `17`"),
        (["--factor", "phisical effort"], "13 is Physical effort"),
        (["--factor", "13", "--why-not", "9"], "no level 9"),
        (["--factor", "13", "--why-not", "4(z)"], "no option `z`"),
        (["--factor", "13", "--why-not", "high"], "`high` is not a level"),
    ],
)
def test_explain_what_is_not_there(
    job: Path, capsys: pytest.CaptureFixture[str], options: list[str], said: str
) -> None:
    """A factor or level that there is not is one clear mistake, with what there is."""
    assert run(["explain", str(job), *options]) == 2
    shown = capsys.readouterr()
    assert said in shown.err
    assert shown.err.splitlines()[-1] == "1 mistake"
    assert shown.out == ""


def test_explain_a_factor_without_rules() -> None:
    """Where a scheme has no rules for a factor, nothing can say why not."""
    scheme = load_scheme("njc")
    with pytest.raises(Faulty) as raised:
        level_named(book_of(scheme, []), scheme.factors[0], "2")
    assert [fault.code for fault in raised.value.faults] == ["no-rules"]


# ── exit codes, whatever happens ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "arguments",
    [["evaluate"], ["evalute"], ["evaluate", "x", "--format", "word"], ["explain", "x"], ["--colour"]],
)
def test_wrong_usage_is_exit_code_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """A command line that makes no sense says how to use it, on standard error."""
    assert run(arguments) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err


def test_help_and_version(capsys: pytest.CaptureFixture[str]) -> None:
    """`--help` names every command with what it does, uncut; `--version` says which jerules this is."""
    assert run(["--help"]) == 0
    shown = capsys.readouterr().out
    for command in ("evaluate", "explain", "score", "questionnaire", "pack", "test", "fmt"):
        assert re.search(rf"^\W*{command} .*\w", shown, re.MULTILINE)
    assert "..." not in shown.split("Commands")[1]
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"jerules {__version__}\n"


def _raising(error: BaseException) -> object:
    def raises(_: list[str]) -> int:
        raise error

    return raises


def test_unavailable_is_exit_code_2(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """What is not to be had on this machine is said in one line."""
    monkeypatch.setattr(cli, "_run", _raising(Unavailable("durable-rules is not installed")))
    assert run([]) == 2
    assert capsys.readouterr().err == "error: durable-rules is not installed\n"


def test_our_own_fault_is_exit_code_3(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """It is said to be ours, a report is asked for, and no traceback frightens anybody."""
    monkeypatch.delenv("JERULES_DEBUG", raising=False)
    for error in (OurFault("two readings differ"), ZeroDivisionError("division by zero")):
        monkeypatch.setattr(cli, "_run", _raising(error))
        assert run([]) == 3
        shown = capsys.readouterr().err
        assert str(error) in shown
        assert "not of yours" in shown
        assert "Traceback" not in shown


def test_traceback_for_who_asks(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """With JERULES_DEBUG the place of the fault is shown."""
    monkeypatch.setenv("JERULES_DEBUG", "1")
    monkeypatch.setattr(cli, "_run", _raising(ZeroDivisionError()))
    assert run([]) == 3
    assert "Traceback" in capsys.readouterr().err


def test_interruption_is_quiet(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Who interrupts a command knows it: nothing is printed, and the code is the usual 130."""
    monkeypatch.setattr(cli, "_run", _raising(KeyboardInterrupt()))
    assert run([]) == 130
    assert capsys.readouterr() == ("", "")


def test_interruption_inside_a_command_is_quiet(
    job: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same while a job is being evaluated."""
    monkeypatch.setattr("jerules.cli.shared.read_jobs", _raising_always(KeyboardInterrupt()))
    assert run(["evaluate", str(job)]) == 130
    assert capsys.readouterr().err.strip() == ""


def _raising_always(error: BaseException) -> object:
    def raises(*_: object) -> object:
        raise error

    return raises


def test_a_job_over_which_the_evaluators_disagree_is_saved(
    job: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The job is saved beside, word for word, and named in the message; the code is 3."""

    def differ(*_: object) -> object:
        raise OurFault("the evaluators disagree about nhs/13/level 3(c)")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("jerules.explain.evaluate.evaluate", differ)
    assert run(["evaluate", str(job)]) == 3
    (saved,) = tmp_path.glob("jerules-disagreement-*.yaml")
    assert saved.read_text(encoding="utf-8") == JOB
    shown = capsys.readouterr().err
    assert saved.name in shown
    assert "nhs/13/level 3(c)" in shown


def test_count_line() -> None:
    """How many mistakes, and in which file."""

    def fault(name: str) -> Fault:
        return Fault("x", "y", Place(name, 1, 1, 1, 2) if name else None)

    assert count_line([fault("ward.yaml")] * 7) == "7 mistakes in ward.yaml"
    assert count_line([fault("ward.yaml")]) == "1 mistake in ward.yaml"
    assert count_line([fault("")]) == "1 mistake"
    assert count_line([fault("a"), fault("b"), fault("b")]) == "3 mistakes: 1 in a, 2 in b"
    assert count_line([fault("a"), fault("")]) == "2 mistakes: 1 in a, 1 elsewhere"


# ── as a process ─────────────────────────────────────────────────────────────────────────────────────────────────


def _process(*arguments: str, cwd: Path, encoding: str = "ascii") -> subprocess.CompletedProcess[bytes]:
    around = {"PYTHONIOENCODING": encoding, "PYTHONPATH": str(Path(cli.__file__).parent.parent.parent)}
    command = [sys.executable, "-m", "jerules", *arguments]
    return subprocess.run(command, cwd=cwd, env=around, capture_output=True, check=False, stdin=subprocess.DEVNULL)


@pytest.mark.parametrize(
    "arguments",
    [
        ["evaluate", "porter.yaml"],
        ["explain", "porter.yaml", "--factor", "13"],
        ["score", "nhs", "5,5,3,2,?,5,2,2,3,1,1,3,3,2,3,3"],
        ["questionnaire", "nhs"],
        ["test", "rules.jer"],
        ["--help"],
    ],
)
def test_every_command_on_a_terminal_that_knows_few_letters(job: Path, arguments: list[str]) -> None:
    """Where the encoding lacks a letter a plainer one takes its place, and the command does its work."""
    (job.parent / "rules.jer").write_text(RULES.replace("A load.", "A load – “heavy” – of £5 → x."), encoding="utf-8")
    job.write_text(JOB.replace("Porter", "Porter – “nights” ✓"), encoding="utf-8")
    done = _process(*arguments, cwd=job.parent)
    assert done.returncode == 0, done.stderr
    assert done.stdout.decode("ascii")


def test_mistakes_on_a_terminal_that_knows_few_letters(job: Path) -> None:
    """The same for what goes to standard error."""
    job.write_text(JOB + "      “✓”: 5\n", encoding="utf-8")
    done = _process("evaluate", "porter.yaml", cwd=job.parent)
    assert done.returncode == 2
    assert "1 mistake" in done.stderr.decode("ascii")


def test_a_reader_that_has_seen_enough(job: Path) -> None:
    """A pipe that closes early is no fault: no complaint, and no traceback."""
    around = {"PYTHONPATH": str(Path(cli.__file__).parent.parent.parent)}
    command = [sys.executable, "-m", "jerules", "questionnaire", "nhs"]
    with subprocess.Popen(
        command, cwd=job.parent, env=around, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() in {0, 141}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
@pytest.mark.parametrize("arguments", [["evaluate", "porter.yaml"], ["questionnaire", "nhs"], ["--version"]])
def test_a_full_disk_is_no_fault_of_ours(job: Path, arguments: list[str]) -> None:
    """Output that the system cannot take is exit code 2, with its reason and without a traceback."""
    around = {"PYTHONPATH": str(Path(cli.__file__).parent.parent.parent)}
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "jerules", *arguments],
            cwd=job.parent, env=around, stdout=full, stderr=subprocess.PIPE, check=False, text=True,
        )  # fmt: skip
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert done.stderr.startswith("error: the output could not be written: ")


def test_no_streams_at_all(job: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Started with its output closed, the program works and says nothing."""
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    monkeypatch.setattr(sys, "argv", ["jerules", "evaluate", str(job)])
    with pytest.raises(SystemExit) as left:
        cli.main()
    streams = (sys.stdout, sys.stderr)
    monkeypatch.undo()
    for stream in streams:
        stream.close()
    assert left.value.code == 0
