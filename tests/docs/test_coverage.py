"""The coverage of the guidance: nothing named that does not exist, nothing left out, and the pages are current."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from jerules.rulebook.load import load_rulebook
from tests.docs import coverage
from tests.docs.pages import coverage_pages

every_scheme = pytest.mark.parametrize("scheme", coverage.SCHEMES)


@every_scheme
def test_every_name_exists(scheme: str) -> None:
    """Whatever a coverage file names is in the rule book, in the factor or the tool that the file is about."""
    book = load_rulebook(scheme)
    assert [line for one in coverage.read_all(scheme) for line in coverage.unknown(book, one)] == []


@pytest.mark.parametrize(
    "bad",
    ["carry policy_work to 10", "carry nothing to 9", "parameter no_such_sum", "parameter", "level 7"],
)
def test_what_is_not_there_is_found(bad: str) -> None:
    """A parameter, a carrying or a level that the tool does not have is reported with the file and the note."""
    one = coverage.Coverage("njc", "advisory.yaml", "advisory", {"R-NJC-AT-02": ("carry policy_work to 9", bad)})
    assert list(coverage.unknown(load_rulebook("njc"), one)) == [f"advisory.yaml: R-NJC-AT-02: {bad}"]


def test_nothing_is_encoded_beside_the_factors() -> None:
    """The file for notes about no factor gives reasons only: a level named there is reported."""
    one = coverage.Coverage("njc", "process.yaml", coverage.BESIDE, {"R-NJC-P-01": ("level 1", "not encoded: why")})
    assert list(coverage.unknown(load_rulebook("njc"), one)) == ["process.yaml: R-NJC-P-01: level 1"]


@every_scheme
def test_every_factor_with_rules_is_covered(scheme: str) -> None:
    """Each factor and each tool with rules has a coverage file, and only those."""
    assert {one.factor for one in coverage.read_all(scheme)} - {coverage.BESIDE} == set(load_rulebook(scheme).factors)


@every_scheme
@pytest.mark.parametrize("kind", ["interpretation", "parameter"])
def test_every_answer_of_ours_or_of_an_authority_is_covered(scheme: str, kind: str) -> None:
    """Each interpretation and each parameter is the answer to a place where the guidance is unclear or silent."""
    items = {item for one in coverage.read_all(scheme) for items in one.notes.values() for item in items}
    named = {item.removeprefix(f"{kind} ") for item in items if item.startswith(f"{kind} ")}
    book = load_rulebook(scheme)
    assert named == set(book.interpretations if kind == "interpretation" else book.parameters)


def test_the_pages_are_current() -> None:
    """The coverage pages are what ``python -m tests.docs.update`` writes."""
    for path, page in coverage_pages():
        assert path.read_text(encoding="utf-8") == page, path.name


@every_scheme
def test_nothing_of_the_list_is_left_out(scheme: str, repository: Path) -> None:
    """Every note of the working list on a scheme's factors is accounted for, and for the other two every other note.

    The list is not in the repository (it follows texts that are copyright); ``JERULES_GUIDANCE`` names its folder.
    """
    folder = Path(os.environ.get("JERULES_GUIDANCE", repository.parent / "shared" / "guidance"))
    if not folder.is_dir():
        pytest.skip("no copy of the working list of notes is at hand")
    rules, unclear = ((folder / name).read_text(encoding="utf-8") for name in ("guidance-rules.md", "ambiguities.md"))
    wanted = set({"nhs": wanted_nhs, "njc": wanted_njc, "sjc": wanted_sjc}[scheme](rules, unclear))
    assert wanted
    assert wanted - {note for one in coverage.read_all(scheme) for note in one.notes} == set()


def wanted_nhs(rules: str, unclear: str) -> Iterator[str]:
    """The notes on the factors of the NHS scheme that have rules; its sections are named after their factors."""
    factors = {int(one.factor) for one in coverage.read_all("nhs")}
    for note, factor in re.findall(r"^\| (R-NHS-F(\d+)-\d+) \|", rules, re.MULTILINE):
        if int(factor) in factors:
            yield note
    for note, where in re.findall(r"^\| (A-NHS-\d+) \| [^|]+ \| ([^|]+) \|", unclear, re.MULTILINE):
        if factors & {int(number) for number in re.findall(r"\bF(\d+)", where)}:
            yield note


def wanted_njc(rules: str, unclear: str) -> Iterator[str]:
    """All notes on the NJC scheme: on its factors, on the tool, on scoring and on the process."""
    notes = re.findall(r"^\| (R-NJC-([A-Z]+)-\d+) \|", rules, re.MULTILINE)
    sections = ["K", "MS", "IC", "PS", "II", "PD", "MD", "ED", "RP", "RS", "RF", "RR", "AT", "WC", "RG", "G", "P", "SC"]
    assert {section for _, section in notes} == set(sections), "a section of the list has come or gone"
    yield from (note for note, _ in notes)
    yield from re.findall(r"^\| (A-NJC-\d+) \|", unclear, re.MULTILINE)
    for note, where in re.findall(r"^\| (A-X-\d+) \| [^|]+ \| ([^|]+) \|", unclear, re.MULTILINE):
        if set(re.findall(r"\b[A-Z]{2}\b", where.partition("NJC")[2])) & set(sections):
            yield note


def wanted_sjc(rules: str, unclear: str) -> Iterator[str]:
    """All notes on the SJC scheme."""
    yield from re.findall(r"^\| (R-SJC-[A-Z]+-\d+) \|", rules, re.MULTILINE)
    yield from re.findall(r"^\| (A-SJC-\d+) \|", unclear, re.MULTILINE)
