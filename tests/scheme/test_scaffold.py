"""The folder to fill in: what it holds, that it is empty of invented facts, and that a filled one adds up."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from jerules.documents.writing import write_atomically
from jerules.faults import Faulty
from jerules.rulebook.folder import check_folder
from jerules.scheme.load import load_scheme
from jerules.scheme.model import Position
from jerules.scheme.scaffold import FIRST, of_shipped, of_title
from jerules.scheme.score import score


def test_a_file_for_every_factor() -> None:
    """A folder for the SJC scheme has its factors in `scheme.yaml`, a rule file for each, and a page of help."""
    files = of_shipped("sjc")
    found = yaml.safe_load(files["scheme.yaml"])
    assert [factor["title"] for factor in found["factors"]] == [factor.title for factor in load_scheme("sjc").factors]
    assert len([name for name in files if name.startswith("rules/")]) == 13
    assert "README.md" in files


def test_nothing_is_filled_in() -> None:
    """No level, no points, no grade and no maximum stands in a new folder."""
    found = yaml.safe_load(of_shipped("sjc")["scheme.yaml"])
    assert not {"maximum", "bands"} & found.keys()
    assert all(factor["levels"] is None for factor in found["factors"])


def test_a_new_scheme_is_named_after_its_title() -> None:
    """The title makes the name that rules and job files use; without factors there is one to rename."""
    files = of_title("Our “best” scheme: 2", ["Skill: all", "Effort"])
    found = yaml.safe_load(files["scheme.yaml"])
    assert (found["id"], found["title"]) == ("our_best_scheme_2", "Our “best” scheme: 2")
    assert [factor["slug"] for factor in found["factors"]] == ["skill-all", "effort"]
    assert yaml.safe_load(of_title("Ours", [])["scheme.yaml"])["factors"][0]["title"] == FIRST


@pytest.mark.parametrize(
    ("title", "factors", "codes"),
    [
        ("NHS", [], ["name-is-taken"]),
        ("…", ["…"], ["not-a-name", "not-a-name"]),
        ("9 factors", [], ["not-a-name"]),
        ("Ours", ["Skill", "skill!"], ["duplicate-slug"]),
        ('The "best"', ["Skill\nEffort"], ["not-a-title", "not-a-title"]),
    ],
)
def test_bad_titles(title: str, factors: list[str], codes: list[str]) -> None:
    """Titles that make no name, or that a rule file could not hold, are refused together."""
    with pytest.raises(Faulty) as caught:
        of_title(title, factors)
    assert [fault.code for fault in caught.value.faults] == codes


def test_a_scheme_with_levels_needs_no_folder() -> None:
    """What is shipped with its levels cannot be filled in again."""
    with pytest.raises(Faulty) as caught:
        of_shipped("nhs")
    assert caught.value.faults[0].code == "levels-are-known"


LEVELS = st.lists(st.integers(1, 50), min_size=1, max_size=8)
"""What each level of a factor adds to the one below."""


@given(st.lists(LEVELS, min_size=1, max_size=6))
def test_a_folder_filled_in_with_rising_points_is_clean(
    tmp_path_factory: pytest.TempPathFactory, added: list[list[int]]
) -> None:
    """Whatever rises and adds up is accepted, and top levels everywhere score the maximum that was entered."""
    folder = tmp_path_factory.mktemp("own")
    files = dict(of_title("Ours", [f"Factor {'abcdef'[index]}" for index in range(len(added))]))
    found = yaml.safe_load(files["scheme.yaml"])
    points = [[sum(steps[: index + 1]) for index in range(len(steps))] for steps in added]
    for factor, column in zip(found["factors"], points, strict=True):
        factor["levels"] = [{"level": number, "points": one} for number, one in enumerate(column, start=1)]
    del found["no_levels"]
    found["maximum"] = sum(column[-1] for column in points)
    write(folder, {**files, "scheme.yaml": yaml.safe_dump(found, sort_keys=False)})
    checked = check_folder(folder)
    assert checked.findings == ()
    top = [Position(factor.levels[-1].number) for factor in checked.scheme.factors]
    assert score(checked.scheme, top).total == found["maximum"]


def write(folder: Path, files: dict[str, str]) -> None:
    """Put the files into a folder."""
    (folder / "rules").mkdir()
    for name, text in files.items():
        write_atomically(folder / name, text)
