"""The command `procedure`: exit codes, the day it reckons with, and blank forms."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from jerules.cli import CLEAN, FINDINGS, USAGE, run

EXAMPLES = Path(__file__).resolve().parent.parent.parent / "docs" / "examples" / "procedure"
WARD_CLERK = str(EXAMPLES / "changed-job-ward-clerk.yaml")
APPEAL = str(EXAMPLES / "appeal-care-assistant.yaml")
REFERENCE = ["--engine", "reference"]


def test_a_case_with_nothing_missing_is_clean(capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 0: nothing is missing and nothing overdue."""
    assert run(["procedure", WARD_CLERK, "--on", "2026-11-21", *REFERENCE]) == CLEAN
    assert "Nothing is missing" in capsys.readouterr().out


def test_something_missing_or_overdue_is_a_finding(capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 1; the JSON says which."""
    assert run(["procedure", APPEAL, "--on", "21/11/2026", "--format", "json", *REFERENCE]) == FINDINGS
    found = json.loads(capsys.readouterr().out)
    assert [need["question"] for need in found["needs"] if need["missing"]] == ["panel_new"]
    assert [(step["question"], step["days_overdue"]) for step in found["steps"] if step["days_overdue"]] == [
        ("decided", 81)
    ]


def test_today_is_the_day_unless_another_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    """`--on` moves the day that deadlines are compared with."""
    run(["procedure", WARD_CLERK, "--format", "json", *REFERENCE])
    today = datetime.now().astimezone().date().isoformat()
    assert json.loads(capsys.readouterr().out)["on"] <= today
    run(["procedure", APPEAL, "--on", "2026-08-31", "--format", "json", *REFERENCE])
    assert not any(step["days_overdue"] for step in json.loads(capsys.readouterr().out)["steps"])


def test_mistakes_in_a_case_are_told_with_their_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2, every mistake at its place."""
    path = tmp_path / "case.yaml"
    path.write_text("jerules: case/1\nscheme: nhs\nkind: review\ncase:\n  agred_on: 2026-01-12\n", encoding="utf-8")
    assert run(["procedure", str(path)]) == USAGE
    told = capsys.readouterr().err
    assert "case.yaml:3:7: error[unknown-kind]" in told
    assert "case.yaml:5:3: error[unknown-question]" in told
    assert "nearest: `agreed_on`" in told


@pytest.mark.parametrize("form", ["terminal", "markdown", "html"])
def test_every_format_goes_to_a_file(form: str, tmp_path: Path) -> None:
    """`--output` writes the whole report to a file."""
    target = tmp_path / "report"
    assert run(["procedure", WARD_CLERK, "--format", form, "--output", str(target), *REFERENCE]) == CLEAN
    assert "Ward clerk" in target.read_text(encoding="utf-8")


def test_a_report_never_replaces_its_case() -> None:
    """The file that was given to read is kept."""
    before = Path(WARD_CLERK).read_text(encoding="utf-8")
    assert run(["procedure", WARD_CLERK, "--output", WARD_CLERK]) == USAGE
    assert Path(WARD_CLERK).read_text(encoding="utf-8") == before


def test_a_blank_form_can_be_filled_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--new` prints a form for one procedure; as it stands it is a case in which everything is missing."""
    form = tmp_path / "case.yaml"
    assert run(["procedure", "--new", "nhs", "new_post", "--output", str(form)]) == CLEAN
    assert run(["procedure", str(form), *REFERENCE]) == FINDINGS
    assert "missing" in capsys.readouterr().out
    assert run(["procedure", "--new", "nhs", "new_post", "--output", str(form)]) == USAGE


def test_a_procedure_has_examples_and_no_levels(capsys: pytest.CaptureFixture[str]) -> None:
    """Its file is run by `test` and checked by `check`; what needs levels says that there are none."""
    rules = str(EXAMPLES.parent.parent.parent / "rules" / "nhs" / "procedure" / "new-post.jer")
    assert run(["test", rules, *REFERENCE]) == CLEAN
    assert "rules/nhs/procedure/new-post.jer" in capsys.readouterr().out
    assert run(["check", rules, "--format", "json"]) == CLEAN
    (book,) = json.loads(capsys.readouterr().out)["rule_books"]
    assert {one["factor"] for one in book["proved"]} == {"new_post"}
    assert "V8" in book["not_of_procedures"]
    assert run(["check", rules]) == CLEAN
    told = " ".join(capsys.readouterr().out.split())
    assert told.startswith("The procedures of the NHS Job Evaluation Scheme, checked")
    assert "Not proved of procedures, what speaks of levels (V3, V4," in told
    for arguments in (["check", rules, "--check", "V8"], ["check", rules, "--against", "nhs"]):
        assert run(arguments) == USAGE
        told = capsys.readouterr().err
        assert "`new_post` is a procedure, and" in told
        assert "changed_job" not in told


def test_usage(capsys: pytest.CaptureFixture[str]) -> None:
    """No case, a scheme without a name for its procedure, a procedure that is not there: each is told what to do."""
    assert run(["procedure"]) == USAGE
    assert "no case file is named" in " ".join(capsys.readouterr().err.replace("│", "").split())
    assert run(["procedure", "--new", "nhs"]) == USAGE
    assert "jerules procedure --new nhs changed_job" in capsys.readouterr().err
    assert run(["procedure", "--new", "nhs", "new_pots"]) == USAGE
    assert "nearest: `new_post`" in capsys.readouterr().err
