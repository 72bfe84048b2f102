"""The commands `sources index`, `verify` and `coverage`, and `--quote`, on a document of our own invention."""

import json
from pathlib import Path

import pytest

from jerules.cli import run
from jerules.scheme import paragraphs
from jerules.scheme.paragraphs import Index, load_index
from tests.invented import whole_copy

JOB = "docs/examples/nhs/porter.yaml"
EXPLAIN = ["explain", JOB, "--factor", "13"]
LEVEL = "factor-13/level-4c"


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, repository: Path) -> Path:
    """A folder with an invented handbook, whose index stands in the place of the shipped one."""
    monkeypatch.chdir(repository)
    index, folder = whole_copy("nhs", tmp_path / "documents")

    def ours(_: str) -> Index:
        return index

    monkeypatch.setattr(paragraphs, "load_index", ours)
    return folder


def changed(folder: Path, old: str, new: str) -> None:
    """Change the first such words under factor 13."""
    path = folder / "copy.txt"
    before, heading, after = path.read_text(encoding="utf-8").partition("Factor 13.")
    assert old in after
    path.write_text(before + heading + after.replace(old, new, 1), encoding="utf-8")


def words_of(folder: Path, opening: str) -> str:
    """The line under factor 13 that begins so."""
    after = (folder / "copy.txt").read_text(encoding="utf-8").partition("Factor 13.")[2]
    return next(line for line in after.splitlines() if line.startswith(opening))


def test_a_copy_that_holds(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """When every citation resolves and every fingerprint holds, the exit code is 0 and the counts are told."""
    assert run(["sources", "verify", "nhs", "--documents", str(copy)]) == 0
    shown = capsys.readouterr().out
    count = len(load_index("nhs").paragraphs)
    assert "0 citations name none" in shown
    assert f"copy.txt: {count} paragraphs hold, 0 changed, 0 missing" in shown


def test_a_changed_paragraph_names_what_rests_on_it(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The paragraph, its line in the copy, and each rule on it with its place; the exit code is 1."""
    changed(copy, "Short periods are up", "Short periods are up, nearly,")
    assert run(["sources", "verify", "nhs", "--documents", str(copy)]) == 1
    shown = capsys.readouterr().out
    assert "changed: nhs/7/chapter-5/factor-13/note-short-periods, at " in shown
    assert "term short (effort, factor 13), at rules/nhs/13-physical-effort.jer:" in shown
    assert "1 changed, 0 missing" in shown


def test_a_missing_paragraph_names_its_opening(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What begins in another way is not found, and what rests on it is told all the same."""
    changed(copy, "Short periods are up", "Brief periods are up")
    assert run(["sources", "verify", "nhs", "--documents", str(copy)]) == 1
    shown = capsys.readouterr().out
    assert "missing: nhs/7/chapter-5/factor-13/note-short-periods: nothing in its part begins" in shown
    assert "term short (effort, factor 13), at rules/nhs/13-physical-effort.jer:" in shown


def test_without_a_copy_only_the_citations_are_checked(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`verify` says that nothing was compared."""
    monkeypatch.chdir(repository)
    assert run(["sources", "verify", "nhs"]) == 0
    assert "no copy of the document was given" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["verify", "coverage", "index"])
def test_bad_input(command: str, copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder without a copy is exit code 2, and so is a scheme whose paragraphs are not listed."""
    assert copy.is_dir()
    (tmp_path / "empty").mkdir()
    assert run(["sources", command, "nhs", "--documents", str(tmp_path / "empty")]) == 2
    assert "holds no text file" in capsys.readouterr().err


def test_a_scheme_without_an_index(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """There is nothing to verify where nobody has listed the paragraphs."""
    assert run(["sources", "index", "sjc", "--documents", str(copy)]) == 2
    assert "outline.yaml" in capsys.readouterr().err


def test_making_the_index_twice_gives_the_same(copy: Path, tmp_path: Path) -> None:
    """The index is written without the text of the document, and always the same."""
    made = [tmp_path / "one.yaml", tmp_path / "two.yaml"]
    for path in made:
        assert run(["sources", "index", "nhs", "--documents", str(copy), "--output", str(path)]) == 0
    one, two = (path.read_text(encoding="utf-8") for path in made)
    assert one == two
    assert "zq" not in one


def test_coverage_accounts_for_chapter_five(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The counts by chapter add up, the reasons are told, and nothing is left."""
    assert run(["sources", "coverage", "nhs", "--documents", str(copy)]) == 0
    shown = capsys.readouterr().out
    row = next(line.split() for line in shown.splitlines() if line.startswith("chapter-5"))
    every, cited, listed, neither = map(int, row[1:])
    assert (cited + listed, neither) == (every, 0)
    assert "Not encoded, because:" in shown


# ── the official words beside the steps ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("form", ["terminal", "markdown", "html", "json"])
@pytest.mark.parametrize("command", [EXPLAIN, ["evaluate", JOB]], ids=["explain", "evaluate"])
def test_words_stand_beside_the_steps(
    copy: Path, command: list[str], form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every rendering quotes the copy where it holds, and nothing without `--quote`."""
    words = words_of(copy, "Short periods are up")
    assert run([*command, "--format", form]) == 0
    assert "zq" not in capsys.readouterr().out
    assert run([*command, "--format", form, "--quote", str(copy)]) == 0
    assert words in " ".join(capsys.readouterr().out.replace("|", " ").split())


@pytest.mark.parametrize("form", ["terminal", "markdown", "html"])
def test_a_changed_paragraph_is_not_quoted(copy: Path, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It is said to have changed, in its place; the other paragraphs are still quoted."""
    changed(copy, words_of(copy, "Short periods are up"), "Short periods are up to anybody.")
    assert run([*EXPLAIN, "--format", form, "--quote", str(copy)]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "note: Short periods: has changed in your copy, so it is not quoted" in shown
    assert "anybody" not in shown
    assert "Several periods this applies" in shown


def test_quotes_in_json(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A citation has its paragraphs with their state; the text is null where it does not hold."""
    changed(copy, words_of(copy, "Short periods are up"), "Short periods are up to anybody.")
    assert run([*EXPLAIN, "--format", "json", "--quote", str(copy)]) == 0
    found: dict[str, tuple[str, str | None]] = {}

    def collect(value: object) -> None:
        if isinstance(value, dict):
            for quote in value.get("quotes", ()):
                found[quote["id"].rpartition("chapter-5/")[2]] = (quote["state"], quote["text"])
        for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            collect(inner)

    collect(json.loads(capsys.readouterr().out))
    assert found["factor-13/note-short-periods"] == ("changed", None)
    assert found[LEVEL][0] == "holds"
    assert "zq" in (found[LEVEL][1] or "")


def test_quoting_from_a_folder_without_a_copy(copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is said clearly that no document there matches; nothing is evaluated to no purpose."""
    other = tmp_path / "other"
    other.mkdir()
    (other / "letter.txt").write_text("Dear panel, level 1 of what?", encoding="utf-8")
    assert copy.is_dir()
    assert run([*EXPLAIN, "--quote", str(other)]) == 2
    assert "holds a paragraph of `nhs`, edition 7" in capsys.readouterr().err


def test_nothing_is_quoted_into_the_project(
    copy: Path, tmp_path: Path, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--quote` writes to any folder but those of the project."""
    inside, outside = repository / "docs" / "quoted.md", tmp_path / "quoted.md"
    assert run([*EXPLAIN, "--quote", str(copy), "--output", str(inside)]) == 2
    assert "among the files of jerules" in capsys.readouterr().err
    assert not inside.exists()
    assert run([*EXPLAIN, "--quote", str(copy), "--output", str(outside)]) == 0
    assert "zq" in outside.read_text(encoding="utf-8")
