"""What a user gets: the built wheel, installed in a new environment and run outside the checkout."""

import json
import os
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path, PurePosixPath
from typing import get_args

import pytest
from packaging.requirements import Requirement

from jerules import resources


@dataclass(frozen=True, slots=True)
class Installed:
    """The wheel and the environment that it was installed in."""

    sdist: Path
    wheel: Path
    home: Path

    def run(self, program: str, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        """Run a program of the environment in ``cwd``, with nothing of this process's Python around it."""
        folder, ending = ("Scripts", ".exe") if sys.platform == "win32" else ("bin", "")
        around = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
        command = [str(self.home / folder / f"{program}{ending}"), *arguments]
        return subprocess.run(
            command, cwd=cwd, env=around, capture_output=True, encoding="utf-8", check=False, stdin=subprocess.DEVNULL
        )


@pytest.fixture(scope="module")
def installed(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Build the sdist, the wheel from the sdist, and install the wheel with what it declares, and nothing else."""
    folder = tmp_path_factory.mktemp("wheel")
    # From the sdist, so that a file which the sdist forgot is missed here and not at a packager's. The build backend is
    # one of the test requirements: nothing need be fetched.
    _check([sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder / "dist"), str(repository)], folder)
    (sdist,), (wheel,) = (folder / "dist").glob("*.tar.gz"), (folder / "dist").glob("*.whl")
    home = folder / "environment"
    venv.create(home, with_pip=False)
    place = Path(
        _check([_python(home), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], folder).strip()
    )
    declared = folder / "declared"
    declared.mkdir()
    _lay_out(_requirements(wheel), declared)
    # A path file comes after the environment's own packages; the folder holds nothing called jerules in any case.
    (place / "declared.pth").write_text(f"{declared}\n", encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "--python", _python(home), "--disable-pip-version-check"]
    _check([*pip, "install", "--quiet", "--no-index", "--no-deps", str(wheel)], folder)
    return Installed(sdist, wheel, home)


def _python(home: Path) -> str:
    return str(home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python"))


def _check(command: list[str], cwd: Path) -> str:
    done = subprocess.run(
        command, cwd=cwd, capture_output=True, encoding="utf-8", check=False, stdin=subprocess.DEVNULL
    )
    assert done.returncode == 0, f"{command} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}"
    return done.stdout


def _requirements(wheel: Path) -> list[str]:
    """What the wheel says it needs to run."""
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        lines = archive.read(name).decode("utf-8").split("\n\n", 1)[0].splitlines()
    return [line.removeprefix("Requires-Dist: ") for line in lines if line.startswith("Requires-Dist: ")]


def _lay_out(requirements: list[str], folder: Path) -> None:
    """Put the declared packages, and what they declare in turn, into a folder; what nobody declared stays out."""
    waiting, done = [Requirement(text) for text in requirements], set[str]()
    while waiting:
        wanted = waiting.pop()
        extras = ["", *wanted.extras]
        if wanted.marker and not any(wanted.marker.evaluate({"extra": extra}) for extra in extras):
            continue
        name = wanted.name.lower().replace("_", "-")
        if name in done:
            continue
        done.add(name)
        try:
            found = metadata.distribution(wanted.name)
        except metadata.PackageNotFoundError:
            assert name == "durable-rules", f"{wanted.name} is declared but not installed here"
            continue  # it has to be compiled; where that was not possible the reference evaluator serves
        assert wanted.specifier.contains(found.version, prereleases=True), f"{wanted} but {found.version} is here"
        waiting += [Requirement(text) for text in found.requires or ()]
        _copy(found, folder)


def _copy(found: metadata.Distribution, folder: Path) -> None:
    tops = {PurePosixPath(file).parts[0] for file in found.files or ()} - {"..", "__pycache__"}
    for top in tops:
        source, target = Path(str(found.locate_file(top))), folder / top
        if target.exists() or not source.exists():
            continue
        if sys.platform != "win32":
            target.symlink_to(source)
        elif source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copy2(source, target)


@pytest.fixture
def elsewhere(tmp_path: Path, repository: Path) -> Path:
    """A folder that has nothing to do with the checkout."""
    assert repository not in tmp_path.parents
    return tmp_path


def test_the_wheel_and_not_the_checkout_is_what_runs(installed: Installed, elsewhere: Path, repository: Path) -> None:
    """The rest of this file proves something: the package is the installed one, and the checkout is on no path."""
    code = "import json, sys, jerules; print(json.dumps([jerules.__file__, sys.path]))"
    done = installed.run("python", "-c", code, cwd=elsewhere)
    assert done.returncode == 0, done.stderr
    file, paths = json.loads(done.stdout)
    assert installed.home.resolve() in Path(file).resolve().parents
    # The empty path stands for the folder that the program runs in.
    assert repository not in {(elsewhere / path).resolve() for path in paths}


def test_the_data_reaches_the_wheel_whole(installed: Installed, repository: Path) -> None:
    """Every file of the rules, the grammar and the schemes is in the wheel, byte for byte."""
    with zipfile.ZipFile(installed.wheel) as archive:
        inside = {name: archive.read(name) for name in archive.namelist() if name.startswith("jerules/_data/")}
    outside = {
        f"jerules/_data/{path.relative_to(repository).as_posix()}": path.read_bytes()
        for kind in get_args(resources.Kind)
        for path in (repository / kind).rglob("*")
        if path.is_file()
    }
    assert inside == outside


def test_the_wheel_has_types_and_nothing_that_is_not_ours(installed: Installed) -> None:
    """The wheel holds the package and its metadata, so that it puts no folder called tests beside other packages."""
    with zipfile.ZipFile(installed.wheel) as archive:
        names = archive.namelist()
    assert "jerules/py.typed" in names
    assert {name.split("/")[0].split("-")[0] for name in names} == {"jerules"}


def test_the_sdist_holds_what_the_tests_and_the_readme_need(installed: Installed) -> None:
    """Somebody who packages the project can build and test it from the sdist alone."""
    with tarfile.open(installed.sdist) as archive:
        tops = {PurePosixPath(name).parts[1] for name in archive.getnames()}
    assert tops >= {"docs", "grammar", "jerules", "rules", "schemes", "tests", ".ci"}
    assert tops >= {"README.md", "LICENSE", "CHANGELOG.md", "pyproject.toml"}


def test_the_installed_command_scores_a_job(installed: Installed, elsewhere: Path) -> None:
    """The schemes are found: a job at level 1 everywhere has the scheme's lowest total, in its lowest band."""
    done = installed.run("jerules", "score", "nhs", ",".join(["1"] * 16), "--format", "json", cwd=elsewhere)
    assert done.returncode == 0, done.stderr
    score = json.loads(done.stdout)
    assert (score["total"], score["band"]) == (86, "1")


def test_the_installed_command_evaluates_a_job(installed: Installed, elsewhere: Path, repository: Path) -> None:
    """The rules and the grammar are found: a copied example job has an outcome for every factor, by a named engine."""
    job = shutil.copy(repository / "docs" / "examples" / "nhs" / "ward-domestic.yaml", elsewhere / "job.yaml")
    done = installed.run("jerules", "evaluate", str(job), "--format", "json", cwd=elsewhere)
    assert done.returncode == 0, done.stderr
    outcome = json.loads(done.stdout)
    assert outcome["format"] == "jerules.outcome/1"
    assert [factor["number"] for factor in outcome["factors"]] == list(range(1, 17))
    assert outcome["engine"]
    shown = installed.run("jerules", "evaluate", str(job), cwd=elsewhere)
    assert shown.returncode == 0, shown.stderr
    assert "suggest" in shown.stdout.lower()


def test_the_installed_command_starts_without_its_heavy_libraries(installed: Installed, elsewhere: Path) -> None:
    """Importing the package, as every start does, loads none of the libraries that take long."""
    heavy = "{'lark', 'pint', 'durable', 'jinja2'}"
    code = f"import sys, jerules, jerules.cli; print(sorted({heavy}.intersection(sys.modules)))"
    done = installed.run("python", "-c", code, cwd=elsewhere)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"
