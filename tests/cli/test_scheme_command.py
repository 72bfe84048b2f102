"""`jerules scheme`, and `--scheme-from` with the other commands."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from jerules.cli import run

SJC = Path(__file__).resolve().parent.parent.parent / "docs" / "examples" / "sjc"
DEMONSTRATION = SJC / "demonstration"
BUDGETS = SJC / "packs" / "inverclyde-budgets.jer"
FROM = ["--scheme-from", str(DEMONSTRATION)]
INVENTED = "Demonstration, invented: these are not the SJC scheme's levels, points or grades."


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the demonstration to make mistakes in."""
    return Path(shutil.copytree(DEMONSTRATION, tmp_path / "copied"))


def slip(path: Path, old: str, new: str) -> None:
    """Put one text in the place of another."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


# ── new ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("options", [["--scheme", "sjc"], ["--title", "Ours", "--factor", "Skill"]])
def test_a_new_folder_is_sound_and_unfinished(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str]
) -> None:
    """What `new` writes has no mistakes, and `check` lists each factor that has no levels, with exit code 1."""
    folder = tmp_path / "deep" / "own"
    assert run(["scheme", "new", str(folder), *options]) == 0
    assert run(["scheme", "check", str(folder)]) == 1
    assert run(["fmt", "--check", str(folder / "rules")]) == 0
    said = capsys.readouterr().out
    assert f"{folder}/scheme.yaml:31: factor 1" in " ".join(said.split())


def test_nothing_is_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder with something in it is left as it is."""
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    assert run(["scheme", "new", str(tmp_path), "--scheme", "sjc"]) == 2
    assert "error[file-exists]" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_folder_where_none_can_be(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A path through a file is told as what it is."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert run(["scheme", "new", str(tmp_path / "file" / "own"), "--scheme", "sjc"]) == 2
    assert "error[cannot-write]" in capsys.readouterr().err


@pytest.mark.parametrize("options", [[], ["--scheme", "sjc", "--title", "Ours"], ["--scheme", "sjc", "--factor", "A"]])
def test_either_a_known_scheme_or_a_new_one(tmp_path: Path, options: list[str]) -> None:
    """Neither, both, or factors for a scheme whose factors are known: a usage error, and nothing is made."""
    assert run(["scheme", "new", str(tmp_path / "own"), *options]) == 2
    assert not (tmp_path / "own").exists()


# ── check ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_whole_folder(capsys: pytest.CaptureFixture[str]) -> None:
    """A folder in which nothing is missing ends with 0, and its label is shown."""
    assert run(["scheme", "check", str(DEMONSTRATION)]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert INVENTED in said
    assert said.endswith("No mistakes, and nothing is missing.")


def test_every_mistake_at_once(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A hole between grades, a wrong maximum, a misnamed factor and rules for levels that are not there: all told."""
    slip(copied / "scheme.yaml", "low: 211", "low: 215")
    slip(copied / "scheme.yaml", "maximum: 390", "maximum: 400")
    slip(copied / "scheme.yaml", "title: Physical Effort", "title: Physical Efort")
    slip(copied / "rules" / "08-employees.jer", "level 3 when", "level 4 when")
    slip(copied / "rules" / "06-communication-skills.jer", "  gives level 2", "  gives level 5")
    assert run(["scheme", "check", str(copied)]) == 2
    said = capsys.readouterr().err
    for code in ("bands-do-not-meet", "wrong-maximum", "other-factor"):
        assert f"error[{code}]" in said
    assert said.count("error[unknown-level]") == 2
    assert said.splitlines()[-1].startswith("5 mistakes: ")


def test_rules_are_read_even_where_the_scheme_cannot_be(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A head that cannot be read hides no slip in the wording of a rule."""
    slip(copied / "scheme.yaml", "calendar:", "calender:")
    slip(copied / "rules" / "08-employees.jer", "level 3 when", "level 3 wehn")
    assert run(["scheme", "check", str(copied)]) == 2
    said = capsys.readouterr().err
    assert "error[unknown-key]" in said
    assert "error[syntax]" in said


def test_totals_without_a_grade_are_found(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Grades that begin above the lowest total, or end below the highest, are no mistake and are told."""
    slip(copied / "scheme.yaml", "low: 130", "low: 140")
    slip(copied / "scheme.yaml", "high: 390", "high: 389")
    assert run(["scheme", "check", str(copied)]) == 1
    said = " ".join(capsys.readouterr().out.split())
    assert "totals from 130 to 139 have no grade" in said
    assert "a total of 390 has no grade" in said


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("nowhere", ("error[no-such-folder]: there is no folder `{0}`", "jerules scheme new {0} --title TITLE")),
        ("", ("error[no-scheme-file]: there is no scheme in the folder `{0}`", "name the folder itself: `{0}/mine`")),
        ("bare", ("error[no-scheme-file]: there is no scheme in the folder `{0}`", "jerules scheme new DIR --title")),
        ("mine/scheme.yaml", ("error[not-a-folder]: `{0}` is a file", "name the folder that it is in, `{1}`")),
    ],
)
@pytest.mark.parametrize("command", [["scheme", "check"], ["test", "--scheme-from"]])
def test_a_folder_without_a_scheme(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: list[str], given: str, says: tuple[str, ...]
) -> None:
    """No folder, an empty one, the one above, a file: one clear mistake each, which says what to do."""
    (tmp_path / "bare").mkdir()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "scheme.yaml").write_text("id: ours\n", encoding="utf-8")
    folder = tmp_path / given if given else tmp_path
    assert run([*command, str(folder)]) == 2
    said = " ".join(capsys.readouterr().err.split())
    for part in says:
        assert part.format(folder, folder.parent) in said
    assert said.endswith("1 mistake")


# ── used with the other commands ─────────────────────────────────────────────────────────────────────────────────

JOB = str(DEMONSTRATION / "job.yaml")
COMMANDS = {
    "evaluate": ["evaluate", JOB, "--with", str(BUDGETS)],
    "explain": ["explain", JOB, "--factor", "6", "--why-not", "3"],
    "score": ["score", "sjc", ",".join("1223331112223"), "--output"],
    "questionnaire": ["questionnaire", "sjc"],
    "test": ["test"],
}


@pytest.mark.parametrize("command", ["evaluate", "explain", "score"])
@pytest.mark.parametrize("form", ["terminal", "markdown", "html", "json"])
def test_what_is_invented_says_so_in_every_form(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str, form: str
) -> None:
    """The label of a scheme stands on whatever is made with it."""
    arguments = [one for one in COMMANDS[command] if one != "--output"]
    target = tmp_path / "out"
    assert run([*arguments, *FROM, "--format", form, "--output", str(target)]) == 0
    text = target.read_text(encoding="utf-8")
    shown = json.loads(text)["notice"] if form == "json" else " ".join(text.replace("&#39;", "'").split())
    assert INVENTED in shown
    assert capsys.readouterr().out == ""


def test_the_form_and_the_examples_say_so_too(capsys: pytest.CaptureFixture[str]) -> None:
    """So do a blank form and the result of a test run, on the screen and as JSON."""
    assert run(["questionnaire", "sjc", *FROM]) == 0
    assert INVENTED in " ".join(capsys.readouterr().out.replace("#", " ").split())
    assert run(["test", *FROM]) == 0
    assert INVENTED in capsys.readouterr().out
    assert run(["test", *FROM, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["notices"] == [INVENTED]


def test_the_whole_round(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A new scheme: made, filled in, checked, its form written, its job evaluated, explained and scored."""
    own, job = tmp_path / "own", tmp_path / "job.yaml"
    assert run(["scheme", "new", str(own), "--title", "Ours", "--factor", "Lifting", "--factor", "Advice"]) == 0
    scheme = own / "scheme.yaml"
    slip(scheme, "no_levels: Not every level has been entered yet.", "maximum: 50")
    for points in (("10", "30"), ("10", "20")):
        slip(
            scheme,
            "    levels:\n",
            f"    levels: [{{level: 1, points: {points[0]}}}, {{level: 2, points: {points[1]}}}]\n",
        )
    (own / "rules" / "01-lifting.jer").write_text(
        'scheme ours\nfactor 1 "Lifting"\n\nquestion load mass asks "How heavy is it?"\n\n'
        "level 2 when load >= 10 kg cites level 2\nlevel 1 otherwise cites level 1\n\n"
        'example "Heavy"\n  job: load 12 kg\n  gives level 2\n',
        encoding="utf-8",
    )
    home = ["--scheme-from", str(own)]
    assert run(["scheme", "check", str(own)]) == 0
    assert run(["test", *home]) == 0
    assert run(["test", str(own / "rules" / "01-lifting.jer"), *home]) == 0
    assert run(["questionnaire", "ours", *home, "--output", str(job)]) == 0
    slip(job, "  load:", "  load: 12 kg")
    slip(job, "    level:", "    level: 2")
    slip(job, "    reason:", "    reason: Advises every day.")
    capsys.readouterr()
    assert run(["evaluate", str(job), *home, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["total"], found["scheme_from"]) == (50, str(own))
    assert [factor["origin"] for factor in found["factors"]] == ["rules", "panel"]
    assert run(["explain", str(job), "--factor", "1", *home]) == 0
    assert run(["score", "ours", "2,2", *home, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out.partition("{\n")[2].join(["{\n", ""]))["total"] == 50


LIFTING = """\
scheme ours
factor 1 "Lifting"

question load mass asks "How heavy is it?"

level 2 when load >= {} kg cites level 2
level 1 otherwise cites level 1

example "Heavy"
  job: load 12 kg
  gives level 2
"""
APPEAL = """\
scheme ours
procedure appeal "An appeal"
question submitted date asks "On which day was it submitted?"
question decided date asks "On which day was it decided?"
step decided "The appeal is decided" within 6 weeks of submitted always cites section 5

example "Six weeks"
  case: submitted 2026-01-05
  gives step decided by 2026-02-16
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A wholly new scheme in a folder outside of the repository: levels, one factor with rules, and an appeal."""
    folder = tmp_path / "own"
    assert run(["scheme", "new", str(folder), "--title", "Ours", "--factor", "Lifting", "--factor", "Advice"]) == 0
    slip(folder / "scheme.yaml", "no_levels: Not every level has been entered yet.", "maximum: 50")
    for most in ("30", "20"):
        levels = f"    levels: [{{level: 1, points: 10}}, {{level: 2, points: {most}}}]\n"
        slip(folder / "scheme.yaml", "    levels:\n", levels)
    (folder / "rules" / "01-lifting.jer").write_text(LIFTING.format(10), encoding="utf-8")
    (folder / "rules" / "procedure").mkdir()
    (folder / "rules" / "procedure" / "appeal.jer").write_text(APPEAL, encoding="utf-8")
    return folder


@pytest.mark.parametrize("named", [[], ["ours"], ["{}/rules/01-lifting.jer"]])
def test_rules_of_ones_own_are_checked_and_mutated(
    own: Path, capsys: pytest.CaptureFixture[str], named: list[str]
) -> None:
    """The scheme by default or by name, or one of its files: what is proved, and which slips the examples notice."""
    arguments = [one.format(own) for one in named]
    assert run(["check", *arguments, "--scheme-from", str(own), "--format", "json"]) == 0
    (book,) = json.loads(capsys.readouterr().out)["rule_books"]
    assert book["scheme"]["id"] == "ours"
    assert {one["factor"] for one in book["proved"]} == ({"1"} if "jer" in "".join(named) else {"", "1", "2"})
    assert run(["mutate", *arguments, "--scheme-from", str(own), "--format", "json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)["books"]
    assert (found["mutants"], found["example"], found["survives"]) == (7, 2, 5)


def test_a_check_of_ones_own_rules_finds_what_is_wrong(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A level that no job comes to is told, and the exit code is 1."""
    slip(own / "rules" / "01-lifting.jer", "load >= 10 kg", "load >= 10 kg and load < 5 kg")
    assert run(["check", "--scheme-from", str(own), "--check", "V1"]) == 1
    assert "no job can meet this rule" in capsys.readouterr().out


def test_two_versions_of_ones_own_are_compared(own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Folder against folder, the scheme by its name, file against file: each with the job that changes."""
    later = Path(shutil.copytree(own, tmp_path / "later"))
    slip(later / "rules" / "01-lifting.jer", ">= 10 kg", ">= 12 kg")
    files = [str(folder / "rules" / "01-lifting.jer") for folder in (own, later)]
    home = ["--scheme-from", str(own)]
    for arguments in ([str(own), str(later)], ["ours", str(later), *home], [*files, *home]):
        assert run(["diff", *arguments]) == 1
        assert "no job comes to a higher level (proved); some jobs come to a lower level" in capsys.readouterr().out
    assert run(["check", *home, "--against", str(later), "--check", "V17"]) == 1
    assert "some jobs come to a higher level than by the other rule book" in capsys.readouterr().out
    assert run(["diff", *files]) == 2
    said = " ".join(capsys.readouterr().err.split())
    assert f"or name the folder of your own with `--scheme-from {own}`" in said


def test_a_case_in_a_procedure_of_ones_own(own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its form is printed, a case is followed, its examples run, and the check of the folder counts them."""
    home, case = ["--scheme-from", str(own)], tmp_path / "case.yaml"
    assert run(["procedure", "--new", "ours", *home, "--output", str(case)]) == 0
    slip(case, "  submitted:", "  submitted: 2026-01-05")
    assert run(["procedure", str(case), *home, "--on", "2026-02-01"]) == 0
    assert "16 February 2026" in capsys.readouterr().out
    assert run(["test", *home]) == 0
    assert "2 of 2 examples hold" in capsys.readouterr().out
    assert run(["scheme", "check", str(own)]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "Cases appeal Examples 2:" in said


def test_a_procedure_among_the_rules_is_a_mistake(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No case would find it there."""
    (own / "rules" / "procedure" / "appeal.jer").rename(own / "rules" / "appeal.jer")
    assert run(["scheme", "check", str(own)]) == 2
    assert "error[misplaced-procedure]: `appeal` is a procedure" in capsys.readouterr().err


def test_no_profile_matches_a_job_of_ones_own_scheme(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """There is no rule of matching for it, which is said at once."""
    assert run(["match", "job.yaml", "profile.yaml", "--scheme-from", str(own)]) == 2
    assert "jobs of scheme `ours` are not matched with profiles" in capsys.readouterr().err


def test_a_pack_on_ones_own_rules(own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is looked at, put on top and checked."""
    pack = tmp_path / "local.jer"
    pack.write_text(
        'scheme ours\npack "Local" agreed 2026-03-01 by "Us"\nfactor 1 "Lifting"\n'
        "at least 2 when load >= 8 kg cites level 2\n",
        encoding="utf-8",
    )
    home = ["--scheme-from", str(own)]
    assert run(["pack", str(pack), *home]) == 0
    assert "Local, agreed 1 March 2026 by Us" in capsys.readouterr().out
    assert run(["diff", "ours", f"ours+{pack}", *home]) == 1
    assert "some jobs come to a higher level" in capsys.readouterr().out


def test_a_job_for_another_scheme(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """With a folder given a job has to be for the scheme in it."""
    job = tmp_path / "job.yaml"
    job.write_text("jerules: job/1\nscheme: nhs\n", encoding="utf-8")
    assert run(["evaluate", str(job), *FROM]) == 2
    assert "error[wrong-scheme]" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["score", "sjc", "1,2"],
        ["explain", str(SJC / "community-support-manager.yaml"), "--factor", "6", "--why-not", "2"],
    ],
)
def test_the_shipped_scheme_has_no_levels(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    """Whoever asks for a level of the SJC scheme is told that none are loaded, and how to load them."""
    assert run(arguments) == 2
    said = capsys.readouterr().err
    assert "error[no-levels]: no level definitions are loaded" in said
    assert "--scheme-from" in said


def test_a_panels_level_is_refused_where_none_are_loaded(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A level in a job file cannot be checked against nothing: it is a mistake with its place."""
    job = tmp_path / "job.yaml"
    job.write_text('jerules: job/1\nscheme: sjc\npanel:\n  3: {level: 2, reason: "Lifts."}\n', encoding="utf-8")
    assert run(["evaluate", str(job)]) == 2
    assert "job.yaml:4:14: error[no-levels]" in capsys.readouterr().err
