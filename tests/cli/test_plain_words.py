"""What the command line says of itself and of mistakes: in plain words, within 80 columns."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer

from jerules.cli import application, run
from jerules.cli.plain import plain

COLUMNS = 80


def _commands() -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []

    def walk(command: object, names: tuple[str, ...]) -> None:
        found.append(names)
        for name, below in getattr(command, "commands", {}).items():
            walk(below, (*names, name))

    command = typer.main.get_command(application())
    plain(command)
    walk(command, ())
    return found


@pytest.mark.parametrize("names", _commands(), ids=" ".join)
def test_help_names_no_type_of_the_programming_language(
    names: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """No help speaks of ``<list[Path]>`` or ``<str>``, doubles the dots of a name, or cuts off what a command does."""
    run([*names, "--help"])
    said = capsys.readouterr().out
    assert not re.search(r"<(str|int|path|list|int range)\b", said)
    assert "{" not in said.splitlines()[0]
    assert "......" not in said
    assert not re.search(r"[a-z]\.\.\.$", said, flags=re.MULTILINE)
    assert all(len(line) <= COLUMNS for line in said.splitlines())


def test_a_wrong_choice_is_told_without_the_type_of_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong value of an option is told with the values that there are, and with no word on the program's errors."""
    assert run(["evaluate", "job.yaml", "--format", "htm"]) == 2
    said = capsys.readouterr().err
    assert "'htm' is not one of" in said
    assert "Value error" not in said


def test_what_was_expected_fits_80_columns(capsys: pytest.CaptureFixture[str]) -> None:
    """Long lists of what was expected run over to further lines, indented, and lose no word."""
    assert run(["score", "njc", "5,3"]) == 2
    said = capsys.readouterr().err
    first, *rest = said.splitlines()
    assert "too-few-levels" in first
    assert all(len(line) <= COLUMNS for line in rest)
    assert "11 Responsibility for financial resources; 12 Responsibility for" in " ".join(said.split())


def test_the_line_that_the_user_wrote_is_never_wrapped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The user's own line stays one line, so that the caret under it points at the place."""
    job = tmp_path / "job.yaml"
    about = "a word or two about the work of the post " * 4
    job.write_text(f"jerules: job/1\nscheme: nhs\nabuot: {about}\n", encoding="utf-8")
    assert run(["evaluate", str(job)]) == 2
    assert f"3 | abuot: {about.strip()}" in capsys.readouterr().err


def test_a_questionnaire_asks_for_a_factor_by_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    """``--factor`` of a questionnaire takes a number or a name, as that of ``explain`` does."""
    assert run(["questionnaire", "njc", "--factor", "Knowledge"]) == 0
    by_name = capsys.readouterr().out
    assert run(["questionnaire", "njc", "--factor", "1"]) == 0
    assert by_name == capsys.readouterr().out


def test_every_unknown_factor_is_told_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    """Two factors that there are not are two mistakes in one message, each with what to do."""
    assert run(["questionnaire", "njc", "--factor", "55", "--factor", "Knowlege"]) == 2
    said = " ".join(capsys.readouterr().err.split())
    assert "no factor `55`" in said
    assert "1 is Knowledge" in said
    assert "2 mistakes" in said


@pytest.mark.parametrize("scheme", ["nhs", "njc", "sjc"])
def test_a_questionnaire_fits_80_columns(scheme: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A blank job file can be read and filled in on a screen of 80 columns."""
    run(["questionnaire", scheme])
    assert [line for line in capsys.readouterr().out.splitlines() if len(line) > COLUMNS] == []


def test_a_questionnaire_says_the_day_of_its_edition_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    """The day of an edition stands in a questionnaire as in every report: 14 December 2016."""
    run(["questionnaire", "njc", "--factor", "1"])
    assert "edition of 14 December 2016" in " ".join(capsys.readouterr().out.replace("#", " ").split())


def test_factors_without_a_level_are_joined_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    """A score says of several unknown levels ``factors 9 and 10``, and of three ``8, 9 and 10``."""
    run(["score", "njc", "5,3,4,3,4,2,2,3,?,?,1,2,1"])
    assert "The levels of factors 9 and 10 are not known" in capsys.readouterr().out
    run(["score", "njc", "5,3,4,3,4,2,2,?,?,?,1,2,1"])
    assert "The levels of factors 8, 9 and 10 are not known" in capsys.readouterr().out


def test_a_grade_keeps_its_capitals(capsys: pytest.CaptureFixture[str]) -> None:
    """The name of a band is printed as it was written, also where a sentence begins with the word before it."""
    folder = Path(__file__).parents[2] / "docs/examples/sjc/demonstration"
    run(["evaluate", str(folder / "job.yaml"), "--scheme-from", str(folder), "--brief"])
    assert "Band Middle (invented) is 211 to 300" in capsys.readouterr().out
