"""The command `test`: which examples hold, what is said of those that do not, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jerules.cli import run

RULES = """\
scheme nhs
factor 13 "Physical effort"
status binding

record effort "Something that the job makes the body do"
  weight mass asks "How heavy is it?"

level 2(a) when some effort is (weight >= 6 kg) reads "A load." cites level 2(a)
level 1 otherwise cites level 1

example "A load"
  effort: weight 8 kg
  gives level 2(a)
"""
MISS = """\

example "A small load"
  effort: weight 3 kg
  gives level 2(a)
"""


def test_examples_that_hold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every example of a file holds: one line for the file, one for all, exit code 0."""
    path = tmp_path / "rules.jer"
    path.write_text(RULES, encoding="utf-8")
    assert run(["test", str(path)]) == 0
    assert capsys.readouterr().out.splitlines() == [f"{path}: 1 of 1 hold", "1 of 1 examples hold"]


def test_an_example_that_does_not_hold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is named with its place, what was expected, and what came out for which reason; exit code 1."""
    path = tmp_path / "rules.jer"
    path.write_text(RULES + MISS, encoding="utf-8")
    assert run(["test", str(path)]) == 1
    shown = capsys.readouterr().out
    assert f"{path}: 1 of 2 hold" in shown
    assert "“A small load”" in shown
    assert "expected   level 2(a)" in shown
    assert "came out   level 1" in shown
    assert shown.splitlines()[-1] == "1 of 2 examples hold"


SUPPOSING = (
    RULES.split("example", maxsplit=1)[0]
    + """\
parameter large mass asks "From which weight on?" cites definition
level 2(b) when some effort is (weight >= large) cites level 2(b)

example "Large, if so much is"
  effort: weight 30 kg
  suppose large = 30 kg
  gives level 1
"""
)


def test_an_example_that_supposes_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is supposed stands beside what came out, with the reason that rests on it, on screen and as JSON."""
    path = tmp_path / "rules.jer"
    path.write_text(SUPPOSING, encoding="utf-8")
    assert run(["test", str(path)]) == 1
    shown = capsys.readouterr().out
    assert "    supposed   large is 30 kg, for the sake of this example only\n" in shown
    assert "came out   level 2" in shown
    assert run(["test", str(path), "--format", "json"]) == 1
    assert [one["supposed"] for one in json.loads(capsys.readouterr().out)["failures"]] == [{"large": "30 kg"}]


def test_examples_of_one_shipped_file(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A rule file that is shipped is tested within its rule book, with its own examples alone."""
    assert run(["test", str(repository / "rules" / "nhs" / "13-physical-effort.jer")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("rules/nhs/13-physical-effort.jer: ")


def test_a_pack_is_tested_with_its_own_scheme(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a scheme, the examples are those of the scheme that the pack is for."""
    pack = tmp_path / "local.jer"
    pack.write_text('scheme njc\npack "Local" agreed 2026-03-01 by "The group"\n', encoding="utf-8")
    assert run(["test", "--with", str(pack)]) == 0
    said = capsys.readouterr().out
    assert "rules/njc/" in said
    assert "rules/nhs/" not in said


def test_examples_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Another program can read which examples hold, and what came out of those that do not."""
    file = tmp_path / "a.jer"
    file.write_text(
        'scheme nhs\nfactor 13 "Physical effort"\nlevel 1 otherwise cites level 1\n'
        'example "Right"\n  gives level 1\nexample "Wrong"\n  gives level 2(a)\n',
        encoding="utf-8",
    )
    assert run(["test", str(file), "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert (found["format"], found["examples"], found["hold"]) == ("jerules.test/1", 2, 1)
    assert [(one["title"], one["expected"], one["lowest"]["level"]) for one in found["failures"]] == [
        ("Wrong", ["level 2(a)"], 1)
    ]


def test_a_rule_file_for_no_scheme(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A scheme that is not there is shown where the file names it."""
    file = tmp_path / "a.jer"
    file.write_text("scheme nhss\n", encoding="utf-8")
    assert run(["test", str(file)]) == 2
    shown = capsys.readouterr().err
    assert shown.startswith(f"{file}:1:8: error[no-such-scheme]: there is no scheme `nhss`\n")
    assert "help: write `scheme nhs`" in shown


def test_neither_scheme_nor_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is neither a scheme nor a rule file is a mistake, and a file with mistakes is told like any other."""
    assert run(["test", "nsh"]) == 2
    assert "write `nhs`" in capsys.readouterr().err
    path = tmp_path / "rules.jer"
    path.write_text("lebel 3 when x cites level 3\n", encoding="utf-8")
    assert run(["test", str(path)]) == 2
    assert str(path) in capsys.readouterr().err
