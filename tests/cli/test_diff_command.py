"""The command `diff`, and `check --against`."""

import json
import shutil
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from jerules.cli import run
from jerules.resources import folder

EXAMPLES = Path(__file__).parent.parent.parent / "docs" / "examples"
OWN = EXAMPLES / "sjc" / "demonstration"
EDITIONS = (str(EXAMPLES / "editions" / "first"), str(EXAMPLES / "editions" / "second"))
DISTRICT, CITY = (str(EXAMPLES / "njc" / "packs" / name) for name in ("district.jer", "city.jer"))
HEAD = """\
scheme nhs
factor 13 "Physical effort"
record effort "Something that the body does"
  label task
  task text asks "What is done?"
  weight mass asks "How heavy?"
parameter heavy mass asks "From where on is it heavy?" cites definition
"""
OLD = f"""{HEAD}
level 3(a) when some effort is (weight >= 6 kg) reads "It is heavy." cites level 3(a)
level 1 otherwise cites level 1
"""
JOB = """\
jerules: job/1
scheme: nhs
title: Porter
records:
  effort:
    - {task: Carries boxes, weight: 7 kg}
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with an old book, one that says the same, and one that does not."""
    texts = {
        "old/13.jer": OLD,
        "same/13.jer": OLD.replace("6 kg", "6000 g"),
        "new/13.jer": OLD.replace("6 kg", "8 kg"),
        "jobs/porter.yaml": JOB,
    }
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_books_that_say_the_same_end_well(capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 0 where it is proved that no job changes level, whatever the words."""
    assert run(["diff", "old", "same", "--jobs", "jobs"]) == 0
    said = capsys.readouterr().out
    assert "No job changes level: proved for 1 factor." in said
    assert "when, new: some effort is (weight >= 6000 g)" in said
    assert "None of them changes level, points, band or grade." in said


def test_books_that_differ_end_with_1_and_show_a_job(capsys: pytest.CaptureFixture[str]) -> None:
    """Both explanations, both places, the paragraph, and the jobs that would change; in 80 columns."""
    assert run(["diff", "old", "new", "--jobs", "jobs"]) == 1
    said = capsys.readouterr().out
    assert "Levels change for some jobs in 1 of 1 factor" in said
    assert "no job comes to a higher level (proved); some jobs come to a lower level" in said
    assert "Old: Level 3(a)                         New: Level 1" in said
    assert "It is heavy." in said
    assert "old at old/13.jer:9" in said
    assert "new at new/13.jer:9" in said
    assert "level 3(a), 12 points → level 1, 3 points" in said
    assert max(map(len, said.splitlines())) <= 80


def test_the_same_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    """`--format json` is `jerules.diff/1`: levels, statements, paragraphs and jobs."""
    assert run(["diff", "old", "new", "--jobs", "jobs", "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["format"] == "jerules.diff/1"
    assert found["factors"] == {"same": 0, "changing": 1, "undecided": 0}
    (factor,) = found["levels"]
    (witness,) = factor["witnesses"]
    assert (witness["way"], witness["old"]["lowest"], witness["new"]["lowest"]) == ("lower", 3, 1)
    assert found["statements"][0]["parts"] == [
        {"part": "when", "old": "some effort is (weight >= 6 kg)", "new": "some effort is (weight >= 8 kg)"}
    ]
    assert [one["paragraph"] for one in found["paragraphs"]] == ["chapter-5/factor-13/level-3a"]
    assert [(one["title"], one["differs"]) for one in found["jobs"]] == [("Porter", True)]


def described(text: str) -> Any:  # noqa: ANN401 - JSON
    """What was written, held against the schema of `jerules.diff/1`."""
    schema = json.loads((files("jerules.report") / "schema" / "diff-1.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    found = json.loads(text)
    jsonschema.validate(found, schema, cls=jsonschema.Draft202012Validator)
    return found


@pytest.mark.parametrize(
    ("arguments", "jobs"),
    [
        (["old", "same"], None),
        (["old", "new"], None),
        (["old", "new", "--jobs", "jobs"], 1),
        ([*EDITIONS], None),
        ([*reversed(EDITIONS), "--jobs", str(EXAMPLES / "editions" / "jobs")], 3),
        ([f"njc+{DISTRICT}", f"njc+{CITY}", "--factor", "6", "--jobs", str(EXAMPLES / "njc")], 6),
        (["sjc", str(OWN), "--jobs", str(EXAMPLES / "sjc")], 2),
    ],
)
def test_what_is_written_for_programs_keeps_to_its_schema(
    capsys: pytest.CaptureFixture[str], arguments: list[str], jobs: int | None
) -> None:
    """Books, editions, packs and a scheme of the user's, with jobs and without, are all as the schema says."""
    assert run(["diff", *arguments, "--format", "json"]) in {0, 1}
    found = described(capsys.readouterr().out)
    assert (found["jobs"] and len(found["jobs"])) == jobs


def test_the_schema_refuses_what_it_does_not_know(capsys: pytest.CaptureFixture[str]) -> None:
    """A key more or a key less, at any depth, is not of this form."""
    run(["diff", "old", "new", "--jobs", "jobs", "--format", "json"])
    text = capsys.readouterr().out
    for name in ("way", "confirmed_by", "paragraph", "differs", "parts", "points", "rule_book"):
        with pytest.raises(jsonschema.ValidationError):
            described(text.replace(f'"{name}":', f'"not_{name}":'))


@pytest.mark.parametrize(("form", "start"), [("markdown", "# What changes"), ("html", "<!DOCTYPE html>")])
def test_into_a_file(here: Path, capsys: pytest.CaptureFixture[str], form: str, start: str) -> None:
    """`--output` writes the file and leaves the screen empty; each form has both levels and the job."""
    assert run(["diff", "old", "new", "--jobs", "jobs", "--format", form, "--output", "out"]) == 1
    text = (here / "out").read_text(encoding="utf-8")
    assert capsys.readouterr().out == ""
    assert text.startswith(start)
    for words in ("Porter", "It is heavy", "level 3(a)", "8 kg"):
        assert words in text.replace("\\", "")


def test_jobs_that_show_a_change_can_be_kept_and_read_again(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--save` writes job files; given back as `--jobs` they change, as they were said to."""
    assert run(["diff", "old", "new", "--save", "kept"]) == 1
    assert "1 job file kept in kept" in capsys.readouterr().err
    assert [path.name for path in (here / "kept").iterdir()] == ["nhs-13-lower.yaml"]
    assert run(["diff", "old", "new", "--jobs", "kept"]) == 1
    assert "Of 1 job, 1 would come to something else." in capsys.readouterr().out


def test_two_packs_are_compared_one_against_the_other(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`rules+pack` puts a pack on top: two conventions stand side by side, with who agreed them, and a job between."""
    rules = here / "rules.jer"
    rules.write_text(OLD.replace("6 kg", "heavy"), encoding="utf-8")
    for name, value in (("a", "6 kg"), ("b", "8 kg")):
        text = f'scheme nhs\npack "{name}"\nconvention heavy = {value} agreed 2026-03-01 by "Panel {name}"\n'
        (here / f"{name}.jer").write_text(text, encoding="utf-8")
    assert run(["diff", "rules.jer+a.jer", "rules.jer+b.jer"]) == 1
    said = capsys.readouterr().out
    assert "convention, old: 6 kg" in said
    assert "agreed, new: 1 March 2026 by Panel b" in said
    assert "new at b.jer:3" in said
    assert "Old: Level 3(a)" in said
    assert run(["diff", "rules.jer+a.jer", "rules.jer", "--with", "a.jer"]) == 0
    assert run(["diff", "rules.jer+a.jer+b.jer", "rules.jer"]) == 2
    assert "`heavy` is agreed twice" in capsys.readouterr().err


def test_a_shipped_scheme_is_the_same_as_itself(capsys: pytest.CaptureFixture[str]) -> None:
    """All 16 factors, and nothing is said differently."""
    assert run(["diff", "nhs", "nhs"]) == 0
    said = capsys.readouterr().out
    assert "No job changes level: proved for 16 factors." in said
    assert "The two rule books say the same." in said


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nsh", "nhs"], "`nsh` is neither a scheme, nor a folder, nor a rule file"),
        (["old", "njc"], "one rule book is of the NHS Job Evaluation Scheme, the other of the NJC"),
        (["old", "jobs"], "there is no rule file in the folder `jobs`"),
        (["old", "new", "--factor", "17"], "there is no factor `17` with rules"),
        (["old", "new", "--jobs", "old"], "there is no job of the NHS Job Evaluation Scheme in `old`"),
        (["old", "missing.jer"], "missing.jer"),
        (["old/13.jer", "new/13.jer", "--output", "old/13.jer"], "the result would replace it"),
    ],
)
def test_bad_input_ends_with_2(capsys: pytest.CaptureFixture[str], arguments: list[str], message: str) -> None:
    """What is wrong is told with what was expected, and nothing is compared."""
    assert run(["diff", *arguments]) == 2
    told = capsys.readouterr()
    assert message in told.err
    assert told.out == ""


def test_the_mistakes_of_both_sides_come_together(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither side waits for the other to be put right."""
    (here / "new" / "13.jer").write_text(OLD.replace("weight >=", "wieght >="), encoding="utf-8")
    assert run(["diff", "nsh", "new"]) == 2
    said = capsys.readouterr().err
    assert "`nsh` is neither" in said
    assert "wieght" in said


def test_a_folder_may_have_points_of_its_own(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With a `scheme.yaml` beside the rules an edition has its own points; no level changes by it."""
    text = (folder("schemes") / "nhs" / "scheme.yaml").read_text(encoding="utf-8")
    before, after = text.split("  - number: 13\n")
    after = after.replace("{level: 3, points: 12", "{level: 3, points: 13", 1)
    (here / "same" / "scheme.yaml").write_text(f"{before}  - number: 13\n{after}", encoding="utf-8")
    assert run(["diff", "old", "same"]) == 0
    assert "points, new: 13" in capsys.readouterr().out
    assert run(["diff", "old", "same", "--jobs", "jobs"]) == 1
    assert "level 3(a), 12 points → level 3(a), 13 points" in capsys.readouterr().out


def test_check_against_an_older_book(capsys: pytest.CaptureFixture[str]) -> None:
    """`check --against` proves that no job changes level, or shows one that does."""
    assert run(["check", "same/13.jer", "--against", "old", "--check", "V17"]) == 0
    capsys.readouterr()
    assert run(["check", "new/13.jer", "--against", "old", "--check", "V17"]) == 1
    said = capsys.readouterr().out
    assert "V17 editions: no job changes level" in said
    assert "level 1 here, level 3(a) by the other rule book" in said


def test_check_of_a_comparison_needs_two_books(capsys: pytest.CaptureFixture[str]) -> None:
    """V17 alone, without `--against`, would prove nothing and say that all is well."""
    assert run(["check", "new/13.jer", "--check", "V17"]) == 2
    assert "V17 compares two rule books, and only one is given" in capsys.readouterr().err


def test_a_folder_may_hold_a_scheme_of_ones_own(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its rules are in its folder `rules`, its jobs may lie beside; the file of the scheme is no job."""
    shutil.copytree(OWN, here / "own")
    assert run(["diff", str(OWN), "own", "--jobs", "own"]) == 0
    said = capsys.readouterr().out
    assert "Thirteen factors with invented levels" in said
    assert "Notice" in said
    assert "Demonstration, invented: these are not the SJC scheme's levels" in " ".join(said.split())
    assert "Of 1 job, 0 would come to something else." in said
