"""The command `pack`, and packs with the other commands: what one agrees, its hash, and the lines that lock it."""

import json
from pathlib import Path

import pytest

from jerules.cli import run
from jerules.jobs.load import load_job_file
from jerules.rulebook.load import load_rulebook

PACK = """\
scheme njc
pack "Ours" agreed 2026-03-01 by "Us"
convention many_areas = 7 agreed 2026-03-01 by "Us"
convention many_workplaces = 9 agreed 2026-04-01 by "Others"
without A-NJC-30
grade "One" from 164 to 1000 agreed 2026-03-01 by "Us"
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A pack in a folder of its own."""
    path = tmp_path / "packs" / "ours.jer"
    path.parent.mkdir()
    path.write_text(PACK, encoding="utf-8")
    return path


def test_what_a_pack_agrees(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its title, hash and agreement, each convention, what it switches off, its grades, and what is still open."""
    assert run(["pack", str(pack)]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    hashed = load_rulebook("njc", (pack,), examples=False).packs[0].hash
    assert f"Ours, agreed 1 March 2026 by Us (pack {hashed})" in shown
    assert "many_areas = 7 · many_workplaces = 9 agreed 1 April 2026 by Others" in shown
    assert "Switched off · A-NJC-30: Senior regulators not said who agreed it" in shown
    assert "One: 164 to 1000 points" in shown
    assert "Still left open" in shown
    assert "heavy_load_from: " in shown
    assert "many_areas: " not in shown


def test_statements_of_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Rules and words that a pack adds are listed by their first line and place; examples are not."""
    path = tmp_path / "local.jer"
    path.write_text(
        'scheme nhs\nfactor 13 "Physical effort"\npack "Ours"\n# Why\nlevel 1 when no effort is (weight > 1 kg) cites '
        'level 1\nexample "None"\n  no effort\n  gives level 1\n',
        encoding="utf-8",
    )
    assert run(["pack", str(path)]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "Statements of its own · level 1 when no effort is (weight > 1 kg) cites level 1 line 5 " in shown
    assert "None" not in shown


def test_a_lock(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--lock` prints what a job carries, with the file as from the folder of the job; put there, it loads."""
    path = pack.parent.parent / "job.yaml"
    assert run(["pack", str(pack), "--lock", str(path)]) == 0
    lines = capsys.readouterr().out
    assert lines.startswith("packs:\n  - file: packs/ours.jer\n    hash: ")
    path.write_text(f"jerules: job/1\nscheme: njc\n{lines}", encoding="utf-8")
    assert load_job_file(path)[1].parameters["many_areas"].value == 7


def test_mistakes_in_a_pack(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A pack that goes against a binding rule, a file that is none, and packs of two schemes are refused."""
    path = tmp_path / "local.jer"
    path.write_text(
        'scheme njc\nfactor 9 "Responsibility for people (well-being)"\npack "Ours"\n'
        "at most 2 when some service is (relies) cites level 2\n",
        encoding="utf-8",
    )
    assert run(["pack", str(path)]) == 2
    shown = capsys.readouterr().err
    assert f"{path}:4:1: error[contradicts-binding]: `at most 2` would take away `level 3(a)`" in shown
    assert "rules/njc/09-people.jer:" in shown
    other = tmp_path / "other.jer"
    other.write_text('scheme nhs\npack "Theirs"\n', encoding="utf-8")
    assert run(["pack", str(path), str(other)]) == 2
    assert "different schemes: nhs, njc" in capsys.readouterr().err
    assert run(["pack", str(tmp_path / "none.jer")]) == 2
    assert "no-such-file" in capsys.readouterr().err


def test_two_packs_that_agree_differently_are_one_mistake(
    pack: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """However many values differ, they are told together, each with both ends; so are the grades of both."""
    other = tmp_path / "theirs.jer"
    other.write_text(PACK.replace("many_areas = 7", "many_areas = 8").replace("= 9", "= 10"), encoding="utf-8")
    assert run(["pack", str(pack), str(other)]) == 2
    shown = " ".join(capsys.readouterr().err.split())
    assert f"{other}:3:12: error[conflicting-conventions]: this pack and `{pack}` agree on different values" in shown
    assert "= `many_areas`: 8 here in line 3, 7 there in line 3" in shown
    assert "= `many_workplaces`: 10 here in line 4, 9 there in line 4" in shown
    assert f"{other}:6:1: error[conflicting-grades]: grades are agreed at {pack}:6:1 already" in shown
    assert shown.endswith(f"2 mistakes in {other}")
    other.write_text(PACK.replace("many_areas = 7", "many_areas = 8").replace("grade", "# grade"), encoding="utf-8")
    assert run(["pack", str(pack), str(other)]) == 2
    shown = " ".join(capsys.readouterr().err.split())
    assert f"`many_areas` is agreed twice: as 7 at {pack}:3:12, and as 8 here" in shown
    assert shown.endswith(f"1 mistake in {other}")


def test_a_job_with_its_pack_is_never_overwritten(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--output` may not name a pack that the job itself carries."""
    path = pack.parent.parent / "job.yaml"
    path.write_text("jerules: job/1\nscheme: njc\npacks: [packs/ours.jer]\n", encoding="utf-8")
    assert run(["evaluate", str(path), "--engine", "reference", "--output", str(pack)]) == 2
    assert "output-is-input" in capsys.readouterr().err
    assert pack.read_text(encoding="utf-8") == PACK


def test_what_an_outcome_says_of_packs_and_checks(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its packs with their hashes, the grade, and exit code 1 when a check of the whole job is not met."""
    path = pack.parent.parent / "job.yaml"
    none = "".join(f"  {one}: []\n" for one in ("service", "staff_duty", "money_duty", "resource_duty", "policy_work"))
    path.write_text(f"jerules: job/1\nscheme: njc\npacks: [packs/ours.jer]\nrecords:\n{none}", encoding="utf-8")
    for form in ("terminal", "markdown", "html"):
        assert run(["evaluate", str(path), "--engine", "reference", "--brief", "--format", form]) == 1
        shown = " ".join(capsys.readouterr().out.split())
        hashed = load_rulebook("njc", (pack,), examples=False).packs[0].hash
        assert f"Ours, agreed 1 March 2026 by Us (pack {hashed})" in shown
        assert "Local grade: One (164 to 1000 points), agreed 1 March 2026 by Us." in shown
        assert "Not met: Every job carries some responsibility beyond the lowest level" in shown


def test_a_blank_job_with_a_pack(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`questionnaire --with` writes the pack into the job file, named as from its folder."""
    path = pack.parent.parent / "blank.yaml"
    assert run(["questionnaire", "njc", "--with", str(pack), "--output", str(path)]) == 0
    assert capsys.readouterr().out == ""
    assert [one.title for one in load_job_file(path)[1].packs] == ["Ours"]


OWN = """\
scheme nhs
factor 13 "Physical effort"
record effort "A demand"
  weight mass asks "How heavy?"
parameter heavy_load mass asks "What is heavy?" cites definition
level 3(c) when some effort is (weight >= heavy_load) cites level 3(c)
level 1 otherwise cites level 1
example "Open without a convention"
  effort: weight 20 kg
  gives level 1 to 3
example "No effort"
  no effort
  gives level 1
"""
LOCAL = """\
scheme nhs
factor 13 "Physical effort"
pack "Ours" agreed 2026-03-01 by "Us"
convention heavy_load = 18 kg agreed 2026-03-01 by "Us"
example "Settled by the convention"
  effort: weight 20 kg
  gives level {}
"""


@pytest.mark.parametrize(("level", "code"), [("3(c)", 0), ("1", 1)])
def test_examples_with_a_pack(tmp_path: Path, capsys: pytest.CaptureFixture[str], level: str, code: int) -> None:
    """Those of the rules speak of the rules alone, those of the pack of both; what a pack settles is no failure."""
    rules, pack = tmp_path / "rules.jer", tmp_path / "local.jer"
    rules.write_text(OWN, encoding="utf-8")
    pack.write_text(LOCAL.format(level), encoding="utf-8")
    assert run(["test", str(rules), "--with", str(pack)]) == code
    shown = capsys.readouterr().out
    flat = " ".join(shown.split())
    assert f"{rules}: 2 of 2 hold" in shown
    assert f"{pack}: {1 - code} of 1 hold" in shown
    assert "With the packs, 1 example comes out otherwise." in flat
    assert "“Open without a convention” level 1 to 3; with the packs level 3(c)" in flat
    assert shown.splitlines()[-1] == f"{3 - code} of 3 examples hold"
    run(["test", str(rules), "--with", str(pack), "--format", "json"])
    found = json.loads(capsys.readouterr().out)
    (one,) = found["otherwise_with_packs"]
    assert (one["title"], one["lowest"]) == ("Open without a convention", {"level": 3, "options": ["c"]})
