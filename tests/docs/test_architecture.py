"""The page on the architecture agrees with the folders, the import contract and what is declared."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.docs.drawing import BOXES, DRAWING, drawing


@pytest.fixture(scope="module")
def project(repository: Path) -> dict[str, Any]:
    """What ``pyproject.toml`` says."""
    return tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def page(repository: Path) -> str:
    """The page on the architecture."""
    return (repository / "docs" / "architecture.md").read_text(encoding="utf-8")


def layers(project: dict[str, Any]) -> list[str]:
    """The packages of the import contract, highest first; those side by side one after the other."""
    contract = next(one for one in project["tool"]["importlinter"]["contracts"] if one["type"] == "layers")
    names = [name.strip() for layer in contract["layers"] for name in layer.split(":")]
    return [name for name in names if name != "__main__"]  # it only starts the command line


def test_the_table_is_the_import_contract(page: str, project: dict[str, Any]) -> None:
    """The table of packages lists them as the contract does, in its order."""
    table = page.partition("| package | what lives there |")[2].partition("\n\n")[0]
    assert re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE) == layers(project)


def test_the_contract_is_the_folders(repository: Path, project: dict[str, Any]) -> None:
    """Every package and module of jerules is a step of the staircase, those that only start it aside."""
    found = {path.stem for path in (repository / "jerules").iterdir() if path.suffix == ".py"}
    found |= {path.name for path in (repository / "jerules").iterdir() if (path / "__init__.py").exists()}
    assert found - {"__init__", "__main__"} == set(layers(project))


def test_the_drawing_shows_every_package(project: dict[str, Any]) -> None:
    """The boxes of the drawing that are packages are those of the contract."""
    assert {box.name for box in BOXES if box.package} == set(layers(project))


def test_the_drawing_as_text_shows_every_package(page: str, project: dict[str, Any]) -> None:
    """So does the drawing as text."""
    text = page.partition("```text\n")[2].partition("```")[0]
    assert {name for name in layers(project) if not re.search(rf"\b{name}\b", text)} == set()


def test_the_drawing_is_current() -> None:
    """``docs/architecture.svg`` is what ``python -m tests.docs.update`` writes."""
    assert DRAWING.read_text(encoding="utf-8") == drawing()


def test_every_library_is_accounted_for(page: str, project: dict[str, Any]) -> None:
    """The page says of each library that jerules depends on, or needs for checking rules, what it is for."""
    lines = [*project["project"]["dependencies"], *project["project"]["optional-dependencies"]["check"]]
    names = {re.split(r"[<>=;\[ ]", line)[0] for line in lines}
    assert set(re.findall(r"^\| ([a-z0-9-]+) \| ", page.partition("| library |")[2], re.MULTILINE)) == names


def test_installing_without_a_compiler_misses_nothing(repository: Path, project: dict[str, Any]) -> None:
    """What ``docs/engines.md`` installs by hand is every library that jerules depends on, durable-rules aside."""
    text = (repository / "docs" / "engines.md").read_text(encoding="utf-8")
    (line,) = re.findall(r'^pip install (".+")$', text, re.MULTILINE)
    declared = {one for one in project["project"]["dependencies"] if not one.startswith("durable-rules")}
    assert set(re.findall(r'"([^"]+)"', line)) == declared
