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
    """What watches in place of the library: each time it is asked, the next of the texts has been saved."""

    def watch(*_: object, **__: object) -> Iterator[set[tuple[int, str]]]:
        for text in texts:
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
