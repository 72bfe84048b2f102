"""The command `mutate`, and `test --coverage`: what they write, and how they end."""

import json
from pathlib import Path

import pytest

from jerules.cli import run
from tests.exercise.books import HEAD

RULES = """\
level 3(c) when some effort is (often >= 50%) cites level 3(c)
level 1 otherwise cites level 1

example "Far above"
  effort: often 80%
  gives level 3(c)
"""
MORE = """
example "Just below"
  effort: often 49%
  gives level 1
example "At it"
  effort: often 50%
  gives level 3(c)
"""


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A rule file with one example that is far from the cut."""
    monkeypatch.chdir(tmp_path)
    path = Path("case.jer")
    path.write_text(HEAD + RULES, encoding="utf-8")
    return path


def test_survivors_are_shown_with_an_example(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each slip that nothing notices stands with its place and with an example that would notice it."""
    assert run(["mutate", str(rules)]) == 0
    shown = capsys.readouterr().out
    assert "`often >= 50%` made `often > 50%`" in shown
    assert 'example "Far above, but often 50%"\n  effort: often 50%\n  gives level 3(c)\n' in shown
    assert max(len(line) for line in shown.splitlines()) <= 80


def test_the_exit_code_is_1_only_below_what_was_asked(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--fail-under` alone turns slips that go unnoticed into a finding."""
    assert run(["mutate", str(rules), "--fail-under", "100"]) == 1
    assert run(["mutate", str(rules), "--fail-under", "10"]) == 0
    assert capsys.readouterr().err == ""


def test_mutants_as_json(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every slip is there with its end; the ends add up to what was tried."""
    assert run(["mutate", str(rules), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["format"] == "jerules.mutants/1"
    (book,) = found["books"]
    ends = ("example", "proof", "same", "survives", "untold")
    assert sum(book[end] for end in ends) == book["tried"] == book["mutants"] == len(book["results"])
    assert {one["fate"] for one in book["results"]} <= set(ends)
    assert all(one["example"] for one in book["results"] if one["fate"] == "survives")


def test_rules_without_examples_are_told_so(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing was tried, so nothing is said of what came out; a factor that has examples is not named."""
    none = HEAD + RULES.partition("\nexample")[0]
    rules.write_text(none, encoding="utf-8")
    assert run(["test", str(rules)]) == 0
    assert capsys.readouterr().out.startswith("There are no examples: ")
    assert run(["mutate", str(rules)]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "There are no examples. Without one nothing can notice a slip" in shown
    assert "came out otherwise" not in shown
    assert run(["mutate", str(rules), "--format", "json"]) == 0
    (book,) = json.loads(capsys.readouterr().out)["books"]
    assert book["without_examples"] == ["13"]
    assert {one["by"] for one in book["results"]} == {"the factor has no examples to start from"}
    other = (
        'scheme nhs\nfactor 2 "Knowledge, training and experience"\n'
        "level 2 when some effort is (times > 2) cites level 2\n"
    )
    Path("other.jer").write_text(other, encoding="utf-8")
    rules.write_text(HEAD + RULES, encoding="utf-8")
    assert run(["mutate", str(rules), "other.jer"]) == 0
    assert "There are no examples of: · 2 Knowledge, training and experience Without" in " ".join(
        capsys.readouterr().out.split()
    )


PROCEDURE = """\
scheme nhs
procedure grievance "A grievance"
question raised date asks "On which day was it raised?"
question answered date asks "On which day was it answered?"
question urgent yes or no asks "Is it urgent?"
step answered "It is answered" within 4 weeks of raised
  when not urgent
  cites chapter 3 paragraph 5.2
route "To the director" when urgent cites chapter 3 paragraph 5.2
example "Raised in January"
  case: raised 2026-01-05, urgent no
  gives step answered by 2026-02-02
"""


@pytest.mark.parametrize("proofs", [[], ["--proofs"]])
def test_slips_in_a_procedure(rules: Path, capsys: pytest.CaptureFixture[str], proofs: list[str]) -> None:
    """Its conditions, statements and deadlines are changed, and its own examples notice; levels prove nothing of it."""
    rules.write_text(PROCEDURE, encoding="utf-8")
    assert run(["mutate", str(rules), *proofs, "--format", "json"]) == 0
    (book,) = json.loads(capsys.readouterr().out)["books"]
    fates = {(one["kind"], one["says"]): one["fate"] for one in book["results"]}
    deadline = "`step answered within 4 weeks of raised` made `step answered within {} weeks of raised`"
    assert fates == {
        ("due", deadline.format(3)): "example",
        ("due", deadline.format(5)): "example",
        ("not", "`not urgent` made `urgent`"): "example",
        ("rule", "`step answered within 4 weeks of raised` left out"): "example",
        ("rule", "`route “To the director”` left out"): "untold",
    }
    assert run(["mutate", str(rules), *proofs]) == 0
    shown = capsys.readouterr().out
    flat = " ".join(shown.split())
    assert "Of a procedure no example is looked for that would notice what is left: write one that turns on it." in flat
    assert max(len(line) for line in shown.splitlines()) <= 80


@pytest.mark.parametrize("scheme", ["nhs", "njc", "sjc"])
def test_the_shipped_procedures_have_examples_that_notice(
    scheme: str, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each of them holds for the rules as they are, and notices some slip in them."""
    files = sorted((repository / "rules" / scheme / "procedure").glob("*.jer"))
    assert run(["mutate", *map(str, files), "--format", "json"]) == 0
    for book in json.loads(capsys.readouterr().out)["books"]:
        assert 0 < book["example"] < book["tried"] == book["example"] + book["same"] + book["untold"]


def test_proofs_are_asked_when_they_are_asked_for(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With `--proofs` fewer go unnoticed than without, or as many; those that a proof notices name it."""
    rules.write_text(HEAD + RULES.replace("50%)", "50% and times > 2)") + MORE.replace("50%", "50%, times 3"), "utf-8")
    text = rules.read_text(encoding="utf-8").replace("often 80%", "often 80%, times 3")
    rules.write_text(text, encoding="utf-8")
    assert run(["mutate", str(rules), "--proofs", "--format", "json"]) == 0
    (book,) = json.loads(capsys.readouterr().out)["books"]
    proved = [one for one in book["results"] if one["fate"] == "proof"]
    assert len(proved) == book["proof"]
    assert all(one["by"] for one in proved)


def test_a_factor_that_is_not_there(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An unknown factor is a mistake, and those that there are stand in the message."""
    assert run(["mutate", str(rules), "--factor", "31"]) == 2
    assert "these rules have no factor or tool `31`" in capsys.readouterr().err


def test_coverage_counts_and_says_what_is_missing(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The counts stand in a table of 80 columns; `--missing` adds places, nearest values and examples."""
    assert run(["test", str(rules), "--coverage", "--missing"]) == 0
    shown = capsys.readouterr().out
    assert "1 of 1 examples hold" in shown
    assert "`often >= 50%`: nearest that holds 80% (case.jer:16)" in shown
    assert "level 1: never holds" in shown
    assert "effort: often 51%" in shown
    assert max(len(line) for line in shown.splitlines()) <= 80


def test_coverage_ends_with_1_below_what_was_asked(rules: Path) -> None:
    """Without `--fail-under` coverage is no finding; with it, too little is, and enough is not."""
    assert run(["test", str(rules), "--coverage"]) == 0
    assert run(["test", str(rules), "--coverage", "--fail-under", "100"]) == 1
    rules.write_text(HEAD + RULES + MORE, encoding="utf-8")
    assert run(["test", str(rules), "--coverage", "--fail-under", "100"]) == 0


def test_coverage_as_json(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One object with the counts, and for each missing cut its nearest values and examples to add."""
    assert run(["test", str(rules), "--coverage", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["format"] == "jerules.coverage/1"
    (book,) = found["books"]
    assert book["rules"] == {"shown": 1, "of": 2, "share": "50%"}
    (cut,) = book["missing"]["cuts"]
    assert cut["holding"]["value"] == "80%"
    assert cut["failing"] is None
    assert len(cut["examples"]) == 3


def test_a_job_file_counts_too(rules: Path, repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A job shows what the examples leave out, in its own scheme."""
    job = str(repository / "docs/examples/nhs/porter.yaml")
    assert run(["test", "nhs", "--coverage", "--job", job, "--factor", "13", "--format", "json"]) == 0
    more = json.loads(capsys.readouterr().out)["books"][0]["all"]["shown"]
    assert run(["test", "nhs", "--coverage", "--factor", "13", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["books"][0]["all"]["shown"] <= more
    assert rules.exists()


def test_options_of_coverage_need_it(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--missing` without `--coverage` would do nothing, and is refused."""
    assert run(["test", str(rules), "--missing"]) == 2
    assert "--coverage" in capsys.readouterr().err
