"""The command `check`, and `explain --reach`: what they print, what they keep, and how they leave."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from jerules.cli import CLEAN, FINDINGS, USAGE, run

EXAMPLES = Path(__file__).resolve().parent.parent.parent / "docs" / "examples"
GOOD = """\
scheme nhs
factor 13 "Physical effort"
status binding
record effort "Something that the body does"
  weight mass asks "How heavy?"
  often frequency of shifts asks "On how many shifts?"
level 2(b) when some effort is (weight >= 2 kg and often >= 50%) cites definition
level 3(a) when some effort is (weight >= 6 kg and often >= 50%) cites definition
level 1 otherwise cites definition
"""
BAD = GOOD.replace("weight >= 2 kg and often >= 50%", "weight >= 2 kg and weight < 1 kg")
CASE = str(EXAMPLES / "procedure" / "changed-job-ward-clerk.yaml")
DIPS = GOOD.replace("weight >= 6 kg", "weight >= 6 kg and weight <= 15 kg").replace(
    "weight >= 2 kg and", "weight <= 15 kg and"
)


def schema(name: str) -> dict[str, Any]:
    """One of the schemas of what jerules writes."""
    found = json.loads((files("jerules.report") / "schema" / f"{name}.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(found)
    return found  # type: ignore[no-any-return]


def written(folder: Path, text: str) -> str:
    """A rule file with this text."""
    path = folder / "13.jer"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_clean_rules_leave_with_nought(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where everything that was asked for is proved, the exit code is 0 and the report says so."""
    assert run(["check", written(tmp_path, GOOD), "--check", "V1", "--check", "V8"]) == CLEAN
    assert "0 refuted, 0 accepted, 0 undecided" in capsys.readouterr().out


BY_MINUTES = """\
scheme nhs
factor 13 "Physical effort"
status binding
record effort "Something that the body does"
  each duration asks "For how long?"
question drives yes or no asks "Does the job drive?"
at least 4 when some effort is (each <= 1 min) together each >= 20 h cites definition
at most 3 when drives cites definition
level 1 otherwise cites definition
"""


def test_a_proof_from_fewer_entries_than_it_takes_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Twenty hours by the minute take a thousand entries: in the first line, by the obligation, and as a number."""
    rules = written(tmp_path, BY_MINUTES)
    assert run(["check", rules, "--check", "V4", "--all"]) == CLEAN
    said = " ".join(capsys.readouterr().out.split())
    assert "of them with fewer entries than it takes for every job" in said
    assert "(looked at 100 entries of a record; for every job it would take" in said
    assert run(["check", rules, "--check", "V4", "--format", "json"]) == CLEAN
    found = json.loads(capsys.readouterr().out)
    jsonschema.validate(found, schema("check-1"))
    (one,) = found["rule_books"][0]["proved"]
    assert (one["entries"], one["needed"] > 100) == (100, True)


def test_a_dead_rule_is_shown_with_what_kills_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A rule that nothing can meet is a finding; its place, its paragraph and what to do stand there."""
    assert run(["check", written(tmp_path, BAD), "--check", "v1"]) == FINDINGS
    page = capsys.readouterr().out
    assert "no job can meet this rule" in page
    assert "13.jer:7" in "".join(page.split())
    assert 'accept V1 "level 2(b)" on DATE because' in page
    assert max(map(len, page.splitlines())) <= 80


def test_two_jobs_show_that_more_gives_less(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A heavier load that comes to a lower level is shown with both jobs, each confirmed."""
    assert run(["check", written(tmp_path, DIPS), "--check", "V8", "--format", "json"]) == FINDINGS
    found = json.loads(capsys.readouterr().out)
    jsonschema.validate(found, schema("check-1"), cls=jsonschema.Draft202012Validator)
    ((one,),) = [book["findings"] for book in found["rule_books"]]
    assert (one["check"], one["subject"], one["state"]) == ("V8", "effort.weight", "refuted")
    assert len(one["witnesses"]) == 2
    assert all("reference" in witness["confirmed_by"] for witness in one["witnesses"])


def test_witnesses_are_kept_as_jobs_that_evaluate(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--save` writes a job file for each witness; evaluated again, it comes to what the report says."""
    rules = written(tmp_path, DIPS)
    assert run(["check", rules, "--check", "V8", "--save", str(tmp_path / "kept")]) == FINDINGS
    kept = sorted((tmp_path / "kept").iterdir())
    assert [path.name for path in kept] == ["nhs-13-V8-effort-weight-1.yaml", "nhs-13-V8-effort-weight-2.yaml"]
    assert "2 witnesses kept" in capsys.readouterr().err


def test_witnesses_are_kept_as_examples_that_hold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--save-as example` writes blocks that go into the rule file as they are, and hold there."""
    rules = written(tmp_path, DIPS)
    assert run(["check", rules, "--check", "V8", "--save", str(tmp_path), "--save-as", "example"]) == FINDINGS
    blocks = (tmp_path / "nhs-13-examples.txt").read_text(encoding="utf-8")
    written(tmp_path, f"{DIPS}\n{blocks}")
    capsys.readouterr()
    assert run(["test", rules]) == CLEAN
    assert "2 of 2 examples hold" in capsys.readouterr().out


def test_sarif_names_the_rule_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The SARIF has a result for each finding, with the check as its rule and the place in the file."""
    rules = written(tmp_path, BAD)
    assert run(["check", rules, "--check", "V1", "--format", "sarif"]) == FINDINGS
    found = json.loads(capsys.readouterr().out)
    assert (found["version"], len(found["runs"])) == ("2.1.0", 1)
    (result,) = found["runs"][0]["results"]
    assert (result["ruleId"], result["level"]) == ("V1", "error")
    place = result["locations"][0]["physicalLocation"]
    assert (place["artifactLocation"]["uri"], place["region"]["startLine"]) == (Path(rules).as_uri(), 7)
    assert {rule["id"] for rule in found["runs"][0]["tool"]["driver"]["rules"]} >= {"V1", "V7", "V8"}


def test_sarif_gives_every_finding_a_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A finding about no one statement stands where its factor begins; names are relative to the working folder."""
    written(tmp_path, DIPS)
    monkeypatch.chdir(tmp_path)
    assert run(["check", str(tmp_path / "13.jer"), "--check", "V10", "--format", "sarif"]) == FINDINGS
    (result,) = json.loads(capsys.readouterr().out)["runs"][0]["results"]
    (place,) = [one["physicalLocation"] for one in result["locations"]]
    assert (place["artifactLocation"]["uri"], place["region"]["startLine"]) == ("13.jer", 7)


@pytest.mark.parametrize("form", ["terminal", "json", "sarif", "html"])
def test_two_jobs_come_with_the_rules_that_decide_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    """Where more comes to less, the rule of each job is shown with its place and its paragraph, in every form."""
    only_one = "".join(line for line in DIPS.splitlines(keepends=True) if not line.startswith("level 2"))
    monkeypatch.chdir(tmp_path)  # where the folder has a long name, a path is wrapped
    assert run(["check", Path(written(tmp_path, only_one)).name, "--check", "V8", "--format", form]) == FINDINGS
    text = capsys.readouterr().out
    if form in {"terminal", "html"}:
        page = "".join(text.split())
        assert "Withless:nhs/13/level3(a)" in page
        assert "13.jer:7" in page
        assert "Withmore:nhs/13/level1" in page
        assert "13.jer:8" in page
        assert "definitionofthefactor" in page
        return
    found = json.loads(text)
    if form == "json":
        ends = found["rule_books"][0]["findings"][0]["ends"]
        assert [end["line"] for end in ends] == [7, 8]
        assert [end["cites"][0]["words"] for end in ends] == ["definition of the factor"] * 2
    else:
        (result,) = found["runs"][0]["results"]
        places = [*result["locations"], *result["relatedLocations"]]
        assert [one["physicalLocation"]["region"]["startLine"] for one in places] == [7, 8]


def test_the_page_has_the_grid_of_levels(tmp_path: Path) -> None:
    """Two ladders of a record make a table of levels on the HTML page, with the levels that one entry comes to."""
    ladders = """\
term light effort when weight < 6 kg cites definition
term heavy effort when weight >= 6 kg cites definition
ladder hardness effort = light < heavy
term seldom effort when often < 50% cites definition
term frequent effort when often >= 50% cites definition
ladder how_often effort = seldom < frequent
"""
    page = tmp_path / "page.html"
    assert run(["check", written(tmp_path, GOOD + ladders), "--format", "html", "--output", str(page)]) in {
        CLEAN,
        FINDINGS,
    }
    text = page.read_text(encoding="utf-8")
    assert "<caption>Levels of a job with one effort</caption>" in text
    assert '<th scope="row">heavy</th><td class="level">1</td><td class="level">3</td>' in text


def test_an_acceptance_takes_the_finding_off(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What a rule file accepts with a reason is shown as accepted and does not count, but between its days alone."""
    accepted = DIPS + 'accept V8 "effort.weight" on 2026-01-10 until 2026-12-31 because "The notes end at 15 kg."\n'
    rules = written(tmp_path, accepted)
    assert run(["check", rules, "--check", "V8", "--on", "2026-06-01"]) == CLEAN
    assert "The notes end at 15 kg." in capsys.readouterr().out
    assert run(["check", rules, "--check", "V8", "--on", "2027-01-01"]) == FINDINGS
    assert "accepted until 2026-12-31, and that has passed" in " ".join(capsys.readouterr().out.split())
    assert run(["check", rules, "--check", "V8", "--on", "9 January 2026"]) == FINDINGS
    assert "accepted on 2026-01-10, and not yet on 2026-01-09" in " ".join(capsys.readouterr().out.split())


def test_an_acceptance_that_nothing_needs_is_a_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Accepting what is proved is itself refuted."""
    rules = written(tmp_path, GOOD + 'accept V8 "effort.weight" on 2026-01-10 because "Perhaps."\n')
    assert run(["check", rules, "--check", "V8"]) == FINDINGS
    assert "there is nothing to accept" in capsys.readouterr().out


@pytest.mark.parametrize("command", [["check", "nhs", "--check", "V11"], ["procedure", CASE]])
@pytest.mark.parametrize(
    ("on", "told"),
    [
        ("2026-02-30", "there is no such day as `2026-02-30`"),
        ("Soon", "`Soon` is not a day"),
        ("1/2/26", "`1/2/26` leaves the century open"),
    ],
)
def test_a_day_that_is_none_is_told_alike(
    command: list[str], on: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every command that takes a day reads the same forms, and says the same of what is none."""
    assert run([*command, "--on", on]) == USAGE
    said = capsys.readouterr().err
    assert f"error[wrong-date]: {told}" in said
    assert "expected: a day such as `2026-11-21` or `21/11/2026`" in said


def test_mistakes_in_the_arguments_come_together(capsys: pytest.CaptureFixture[str]) -> None:
    """An unknown check and an unknown factor are told in one go, with what there is."""
    assert run(["check", "nhs", "--check", "V77", "--factor", "99"]) == USAGE
    said = capsys.readouterr().err
    assert "there is no check `V77`" in said
    assert "there is no factor `99`" in said
    assert run(["check", "nhs", "--on", "tomorrow"]) == USAGE
    assert "`tomorrow` is not a day" in capsys.readouterr().err


# ── explain --reach ──────────────────────────────────────────────────────────────────────────────────────────────

DOMESTIC = str(EXAMPLES / "nhs" / "ward-domestic.yaml")


def test_reach_names_the_nearest_changes(capsys: pytest.CaptureFixture[str]) -> None:
    """A ward domestic would come to level 4 of physical effort by one other answer."""
    assert run(["explain", DOMESTIC, "--factor", "13", "--reach", "4"]) == CLEAN
    page = capsys.readouterr().out
    assert "how level 4 would be reached" in page
    assert "Way 1: 1 change" in page
    assert "the panel decides" in page
    assert max(map(len, page.splitlines())) <= 80


def test_reach_says_when_the_level_turns_on_what_is_not_agreed(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a convention no answer settles the level, and the page does not say that it is out of reach."""
    job = str(EXAMPLES / "njc" / "library-assistant.yaml")
    assert run(["explain", job, "--factor", "6", "--reach", "4"]) == CLEAN
    page = " ".join(capsys.readouterr().out.split())
    assert "The level is open, and may be 4 as it is: it turns on what is not known or not agreed yet." in page


def test_reach_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    """The JSON keeps to its schema, and every way is confirmed."""
    assert run(["explain", DOMESTIC, "--factor", "13", "--reach", "2", "--format", "json"]) == CLEAN
    found = json.loads(capsys.readouterr().out)
    jsonschema.validate(found, schema("reach-1"), cls=jsonschema.Draft202012Validator)
    assert (found["factor"], found["level"], found["lowest"]) == (13, 2, 3)
    assert found["ways"]


@pytest.mark.parametrize(("form", "start"), [("markdown", "# Physical effort"), ("html", "<!DOCTYPE html>")])
def test_reach_in_other_forms(capsys: pytest.CaptureFixture[str], form: str, start: str) -> None:
    """Markdown and HTML show the same ways."""
    assert run(["explain", DOMESTIC, "--factor", "13", "--reach", "4", "--format", form]) == CLEAN
    page = capsys.readouterr().out.lstrip()
    assert page.startswith(start)
    assert "Way 1: 1 change" in page
