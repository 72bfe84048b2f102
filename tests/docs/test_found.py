"""The page on what the checker finds by itself: current, complete, and no kinder than the checker."""

import os
import re
from pathlib import Path

import pytest

from jerules.verify.bare import keeping
from jerules.verify.model import State
from jerules.verify.run import Selection, check, obligations
from tests.docs import found

every_scheme = pytest.mark.parametrize("scheme", found.SCHEMES)


def test_the_page_is_current() -> None:
    """The page is what ``python -m tests.docs.update`` writes."""
    assert found.PAGE.read_text(encoding="utf-8") == found.page()


@every_scheme
def test_every_note_is_in_exactly_one_table(scheme: str) -> None:
    """Each note of the coverage files comes out, or is shown to matter, or has a reason why it does not come out."""
    one = found.found(scheme)
    placed = sorted([*one.out, *one.matter, *one.reasons])
    assert placed == sorted(one.notes)


@every_scheme
def test_gaps_and_overlaps_are_notes_of_the_scheme(scheme: str) -> None:
    """What is counted as a gap or an overlap is a note of the coverage files, and is counted once."""
    kinds = found.kinds_of(scheme)
    assert not kinds.gap & kinds.overlap
    assert kinds.gap | kinds.overlap <= set(found.notes_of(scheme))


def test_what_comes_out_is_so_without_any_interpretation() -> None:
    """Without interpretations the scale of weights is refuted outright, with the cases that the page gives."""
    one = found.found("nhs")
    shown = next(other for other in one.out["A-NHS-35"] if other.check == "V3")
    assert shown.finding is not None
    alone = obligations(keeping(one.book), "11", ("V3",))
    ladder = next(other for other in alone if other.subject == "how_often")
    assert ladder.state is State.REFUTED
    assert ladder.finding is not None
    assert ladder.finding.regions == shown.finding.regions


def test_what_only_an_interpretation_brings_about_does_not_count() -> None:
    """Two rungs that meet by an interpretation alone are shown to matter: of the guidance itself it is not so."""
    one = found.found("nhs")
    assert "A-NHS-11" in one.matter
    assert [other.check for other in one.matter["A-NHS-11"]] == ["V4", "V21"]


def test_a_reason_is_for_what_no_check_of_the_page_names() -> None:
    """What stands under the reasons is named by nothing that is accepted, whatever the check."""
    one = found.found("njc")
    report = check(one.book, found.ON, only=Selection(("6",), found.OF_THE_GUIDANCE))
    named = {note for other in report.obligations if other.state is State.ACCEPTED for note in found.names(other)}
    assert named
    assert not named & one.reasons.keys()


@every_scheme
def test_the_kinds_are_those_of_the_list(scheme: str, repository: Path) -> None:
    """The gaps and overlaps of the working list on factors are those that are counted, no fewer.

    The list is not in the repository; ``JERULES_GUIDANCE`` names its folder.
    """
    folder = Path(os.environ.get("JERULES_GUIDANCE", repository.parent / "shared" / "guidance"))
    if not folder.is_dir():
        pytest.skip("no copy of the working list of notes is at hand")
    text = (folder / "ambiguities.md").read_text(encoding="utf-8")
    rows = re.findall(rf"^\| (A-{scheme.upper()}-\d+) \| ([A-Z]) \|", text, re.MULTILINE)
    kinds = found.kinds_of(scheme)
    notes = set(found.notes_of(scheme))
    assert kinds.gap == {note for note, kind in rows if kind == "G"} & notes
    assert kinds.overlap == {note for note, kind in rows if kind == "O"} & notes
