"""The command `check --watch`: it checks again what a change concerns, and goes on after a mistake."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from jerules.cli import CLEAN, FINDINGS, USAGE, following, run

GOOD = """\
scheme nhs
factor 13 "Physical effort"
status binding
record effort "Something that the body does"
  weight mass asks "How heavy?"
  often frequency of shifts asks "On how many shifts?"
level 2(b) when some effort is (weight >= 2 kg and often >= 50%) cites definition
level 1 otherwise cites definition
"""
DEAD = GOOD.replace("weight >= 2 kg and", "weight >= 2 kg and weight < 1 kg and")
OTHER = GOOD.replace("factor 13", "factor 14").replace("Physical effort", "Mental effort")


def saved(path: Path, *texts: str) -> Callable[..., Iterator[set[tuple[int, str]]]]:
    """What watches in place of the library: nothing at first, then each time the next of the texts has been saved."""
    return saves(*((path, text) for text in texts))


def saves(*each: tuple[Path, str | None]) -> Callable[..., Iterator[set[tuple[int, str]]]]:
    """The same of several files; without a text the file is deleted."""

    def watch(*_: object, **__: object) -> Iterator[set[tuple[int, str]]]:
        yield set()
        for path, text in each:
            if text is None:
                path.unlink()
            else:
                path.write_text(text, encoding="utf-8")
            yield {(2, str(path.resolve()))}
        raise KeyboardInterrupt

    return watch


def test_each_save_is_checked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first report, the dead rule, the mistake, and the report on what was mended; then Ctrl-C."""
    path = tmp_path / "13.jer"
    path.write_text(GOOD, encoding="utf-8")
    monkeypatch.setattr(following, "watch", saved(path, DEAD, GOOD + "level banana\n", GOOD))
    assert run(["check", str(path), "--check", "V1", "--watch"]) == CLEAN
    told = capsys.readouterr()
    assert re.findall(r"(\d+) proved, (\d+) refuted", told.out) == [("1", "0"), ("0", "1"), ("1", "0")]
    assert told.out.count("no job can meet this rule") == 1
    assert "13.jer:9:7: error" in told.err
    assert told.err.count("Waiting for a change") == 4


def test_it_leaves_with_what_it_found_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule that is dead when the user ends it is a finding."""
    path = tmp_path / "13.jer"
    path.write_text(GOOD, encoding="utf-8")
    monkeypatch.setattr(following, "watch", saved(path, DEAD))
    assert run(["check", str(path), "--check", "V1", "--watch"]) == FINDINGS


def test_only_what_the_change_concerns_is_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two files of two factors: the second report speaks of one of them."""
    one, other = tmp_path / "13.jer", tmp_path / "14.jer"
    one.write_text(GOOD, encoding="utf-8")
    other.write_text(OTHER.replace("effort ", "strain ").replace("some effort", "some strain"), encoding="utf-8")
    monkeypatch.setattr(following, "watch", saved(one, DEAD))
    assert run(["check", str(one), str(other), "--check", "V1", "--all", "--watch"]) == FINDINGS
    first, second = capsys.readouterr().out.split("Rule book", 2)[1:]
    assert ("Mental effort" in first, "Physical effort" in first) == (True, True)
    assert ("Mental effort" in second, "Physical effort" in second) == (False, True)


STRAIN = OTHER.replace("effort ", "strain ").replace("some effort", "some strain")
DEAD_STRAIN = STRAIN.replace("weight >= 2 kg and", "weight >= 2 kg and weight < 1 kg and")


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    """Files of two factors in which nothing is wrong."""
    one, other = tmp_path / "13.jer", tmp_path / "14.jer"
    one.write_text(GOOD, encoding="utf-8")
    other.write_text(STRAIN, encoding="utf-8")
    return one, other


def counts(capsys: pytest.CaptureFixture[str]) -> list[tuple[str, str]]:
    """How many obligations each report had proved and refuted."""
    return re.findall(r"(\d+) proved, (\d+) refuted", capsys.readouterr().out)


def test_what_was_saved_beside_a_mistake_is_checked_once_that_is_mended(
    two: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """While one file cannot be read a rule of another one becomes a dead one: mending the first tells of both."""
    one, other = two
    watch = saves((one, GOOD + "level banana\n"), (other, DEAD_STRAIN), (one, GOOD))
    monkeypatch.setattr(following, "watch", watch)
    assert run(["check", str(one), str(other), "--check", "V1", "--watch"]) == FINDINGS
    assert counts(capsys) == [("2", "0"), ("1", "1")]


def test_what_was_found_in_one_factor_is_not_forgotten_over_another(
    two: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The last report is clean, and the exit code still tells of the factor that it does not speak of."""
    one, other = two
    one.write_text(DEAD, encoding="utf-8")
    monkeypatch.setattr(following, "watch", saves((other, STRAIN + "# A remark.\n")))
    assert run(["check", str(one), str(other), "--check", "V1", "--watch"]) == FINDINGS
    assert counts(capsys) == [("1", "1"), ("1", "0")]


def test_a_file_that_becomes_one_of_another_scheme(
    two: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """There are two rule books then, and everything is checked anew."""
    one, other = two
    njc = 'scheme njc\nfactor 7 "Mental demands"\nlevel 1 otherwise cites definition\n'
    monkeypatch.setattr(following, "watch", saves((other, njc), (other, STRAIN)))
    assert run(["check", str(one), str(other), "--check", "V1", "--watch"]) == CLEAN
    assert len(counts(capsys)) == 1 + 2 + 1


def test_a_file_that_is_deleted_and_comes_back(
    two: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """That it is not there is told, and it is checked once it is back."""
    one, _ = two
    monkeypatch.setattr(following, "watch", saves((one, None), (one, GOOD)))
    assert run(["check", str(one), "--check", "V1", "--watch"]) == CLEAN
    told = capsys.readouterr()
    assert told.out.count("1 proved") == 2
    assert "there is no file" in told.err


@pytest.mark.parametrize("first", [GOOD, DEAD, GOOD + "level banana\n"])
def test_a_mistake_that_nobody_mended_is_the_exit_code(
    first: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever was found before: a file that cannot be read is not clean."""
    path = tmp_path / "13.jer"
    path.write_text(first, encoding="utf-8")
    monkeypatch.setattr(following, "watch", saves((path, GOOD + "level banana\n")))
    assert run(["check", str(path), "--check", "V1", "--watch"]) == USAGE


def test_a_file_without_a_word_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Somebody who begins a rule file may let it be watched from the start."""
    path = tmp_path / "13.jer"
    path.write_text("", encoding="utf-8")
    monkeypatch.setattr(following, "watch", saves((path, GOOD)))
    assert run(["check", str(path), "--check", "V1", "--watch"]) == CLEAN
    told = capsys.readouterr()
    assert "13.jer:1:1: error[no-scheme]" in told.err
    assert "1 proved" in told.out


@pytest.mark.parametrize(
    "wrong", [["nsh"], ["no-such.jer"], ["no/such.jer"], ["nhs", "--factor", "99"], ["nhs", "--check", "V99"]]
)
def test_a_mistake_in_the_arguments_is_not_waited_for(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """No save of a file would mend it, so the command ends and says what is wrong."""
    assert run(["check", *wrong, "--watch"]) == USAGE
    assert "Waiting" not in capsys.readouterr().err


def test_the_scheme_as_a_whole_is_checked_again_with_its_factors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A question that no rule reads is found when it is saved, and not only by the next command."""
    path = tmp_path / "13.jer"
    path.write_text(GOOD, encoding="utf-8")
    idle = GOOD.replace("level 2(b)", 'question idle yes or no asks "Does it matter?"\nlevel 2(b)', 1)
    monkeypatch.setattr(following, "watch", saved(path, idle))
    assert run(["check", str(path), "--check", "V9", "--watch"]) == FINDINGS
    assert "no rule reads the answer" in " ".join(capsys.readouterr().out.split())


def test_a_pack_on_top_is_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A local rule that no job can meet is found when the pack is saved, whatever the name of its file."""
    path, pack = tmp_path / "13.jer", tmp_path / "local.txt"
    path.write_text(GOOD, encoding="utf-8")
    rule = "level 3 when some effort is (weight > 9 kg{}) cites definition\n"
    text = 'scheme nhs\nfactor 13 "Physical effort"\npack "Local" agreed 2026-03-01 by "The group"\n'
    pack.write_text(text + rule.format(""), encoding="utf-8")
    monkeypatch.setattr(following, "watch", saves((pack, text + rule.format(" and weight < 1 kg"))))
    assert run(["check", str(path), "--with", str(pack), "--check", "V1", "--watch"]) == FINDINGS
    assert counts(capsys) == [("2", "0"), ("1", "1")]


def test_what_it_is_compared_with_is_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Once the older rules say something else, every factor is compared anew."""
    path, old = tmp_path / "13.jer", tmp_path / "old"
    path.write_text(GOOD, encoding="utf-8")
    old.mkdir()
    (old / "13.jer").write_text(GOOD, encoding="utf-8")
    monkeypatch.setattr(following, "watch", saves((old / "13.jer", GOOD.replace(">= 2 kg", ">= 3 kg"))))
    assert run(["check", str(path), "--against", str(old), "--check", "V17", "--watch"]) == FINDINGS
    assert [refuted for _, refuted in counts(capsys)] == ["0", "1"]


def test_what_is_saved_nowhere_cannot_be_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A result that is written anew each time goes to the screen."""
    path = tmp_path / "13.jer"
    path.write_text(GOOD, encoding="utf-8")
    arguments = ["check", str(path), "--watch", "--format", "json", "--output", str(tmp_path / "x.json")]
    assert run(arguments) == USAGE
    told = capsys.readouterr().err
    assert "`--format`" in told
    assert "`--output`" in told
    assert not (tmp_path / "x.json").exists()
