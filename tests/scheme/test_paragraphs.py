"""The paragraph index: words and fingerprints, cutting a document, and finding its paragraphs in a copy."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jerules.faults import Faulty
from jerules.scheme.load import load_scheme
from jerules.scheme.paragraphs import (
    MOST_OPENING,
    Index,
    fingerprint,
    load_index,
    load_index_file,
    load_outline,
    load_outline_file,
    normalised,
    words_of,
)
from jerules.scheme.paragraphs_copy import CHANGED, HOLDS, MISSING, look_up, look_up_in, read_documents
from jerules.scheme.paragraphs_make import make_index, write_index
from jerules.scheme.paragraphs_reasons import load_reasons, load_reasons_file
from tests.invented import SMALL, TEXT, folder_with

INDEXED = ["nhs", "njc"]
HEAVY = "nhs/7/chapter-5/factor-1/note-heavy"
FIRST = "nhs/7/chapter-5/factor-1/note-often-at-first"


@pytest.fixture
def outline(tmp_path: Path) -> Index:
    path = tmp_path / "outline.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return load_outline_file(path)


@pytest.fixture
def index(outline: Index, tmp_path: Path) -> Index:
    return make_index(outline, read_documents(folder_with(tmp_path / "original", TEXT)))


def states(index: Index, tmp_path: Path, text: str) -> dict[str, str]:
    """What became of each paragraph in a copy with this text; only of those that do not hold."""
    found = look_up(index, read_documents(folder_with(tmp_path / "copy", text)))
    return {name.removeprefix("nhs/7/"): one.state for name, one in found.items() if one.state != HOLDS}


# ── words ────────────────────────────────────────────────────────────────────────────────────────────────────────


@given(st.text())
def test_normalising_twice_is_normalising_once(text: str) -> None:
    """`normalised ∘ normalised = normalised`, whatever the text."""
    assert normalised(normalised(text)) == normalised(text)


@given(st.text())
def test_words_stand_where_they_say(text: str) -> None:
    """Every word's offsets lie in the text, in order, and never overlap but for one character that is several words."""
    spans = [(word.start, word.end) for word in words_of(text)]
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Half  the\n shifts", "half the shifts"),
        ("jobholder’s “job”", "Jobholder's 'job'"),
        ("co-ordination; or", "co\u2011ordination or"),
        ("over £1,000", "Over £1,000."),
        ("staff\u00ading", "staffing"),
    ],
)
def test_a_copy_that_was_typed_again(one: str, other: str) -> None:
    """Capitals, white space, quotation marks and other punctuation make no difference."""
    assert normalised(one) == normalised(other)


@pytest.mark.parametrize(("one", "other"), [("2.5 kg", "25 kg"), ("£30", "30%"), ("is met", "is not met")])
def test_what_changes_the_sense_changes_the_fingerprint(one: str, other: str) -> None:
    """A figure, a sign of money or a word more is another text."""
    prints = {fingerprint(word.text for word in words_of(text)) for text in (one, other)}
    assert len(prints) == 2
    assert all(re.fullmatch("[0-9a-f]{16}", one) for one in prints)


# ── making an index ──────────────────────────────────────────────────────────────────────────────────────────────


def test_notes_that_run_together_are_cut(index: Index, tmp_path: Path) -> None:
    """Each opening begins a paragraph, though several stand on one line; a heading between belongs to none."""
    found = look_up(index, read_documents(tmp_path / "original"))
    assert {one.state for one in found.values()} == {HOLDS}
    assert found[HEAVY].text == "Heavy (level 2b) is over 2.5 kg, or £25."
    assert found["nhs/7/chapter-5/factor-1/note-heavy-and-wet"].text == "Heavy and wet counts twice."
    assert found["nhs/7/chapter-5/factor-1/level-2b"].text == "(b) heavy ones."
    assert (found[HEAVY].line, found[HEAVY].paragraph.words) == (9, 11)


def test_an_index_is_written_and_read_again(index: Index, tmp_path: Path) -> None:
    """`load ∘ write = identity`, and none of the text is in the file."""
    path = tmp_path / "paragraphs.yaml"
    path.write_text(write_index(index), encoding="utf-8")
    assert load_index_file(path) == index
    assert "counts twice" not in path.read_text(encoding="utf-8")


def test_a_contents_page_is_no_part_of_the_index(outline: Index, index: Index, tmp_path: Path) -> None:
    """A heading that stands twice begins its section where most follows it."""
    text = "Contents\nFactor 1. Carrying pebbles\nFactor 2. Counting pebbles\n\nIntroduction\n" + TEXT
    assert make_index(outline, read_documents(folder_with(tmp_path / "other", text))) == index


def test_one_section_under_two_headings(tmp_path: Path) -> None:
    """What stands under several headings may go by one name: each stretch is cut under its own heading."""
    before, heading, after = SMALL.partition("factor: factor-2")
    after = after.replace("id: level-1", "id: level-9").replace("id: note-often-at-first", "id: note-often-again")
    outline = tmp_path / "outline.yaml"
    outline.write_text(before + heading.replace("factor-2", "factor-1") + after, encoding="utf-8")
    cut = make_index(load_outline_file(outline), read_documents(folder_with(tmp_path / "original", TEXT)))
    found = look_up(cut, read_documents(tmp_path / "original"))
    assert {one.state for one in found.values()} == {HOLDS}
    assert found["nhs/7/chapter-5/factor-1/level-1"].text == "Level 1: Carries no pebbles, or"
    assert found["nhs/7/chapter-5/factor-1/level-9"].text == "Level 1: Counts to ten."


def test_openings_that_are_not_there(outline: Index, tmp_path: Path) -> None:
    """Every opening that is missing or out of its order is told, all of them together."""
    text = TEXT.replace("Level 2: (a)", "Second:").replace("Often, later", "Seldom, later").replace("Factor 2.", "2.")
    with pytest.raises(Faulty) as refused:
        make_index(outline, read_documents(folder_with(tmp_path / "other", text)))
    assert [fault.code for fault in refused.value.faults] == ["no-opening", "no-opening", "no-heading"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('begins: "(b) heavy"', 'begins: "a b c d e f g h i j k"', "long-opening"),
        ("id: level-2b", "id: level-1", "same-id"),
        ("also: [note-weighty]", "also: [level-1]", "same-id"),
        ("id: level-2b, ", "name: level-2b, ", "unknown-key"),
    ],
)
def test_an_outline_is_refused(tmp_path: Path, old: str, new: str, code: str) -> None:
    """An outline may not keep more than a few words in one piece, nor call two paragraphs the same."""
    path = tmp_path / "outline.yaml"
    path.write_text(SMALL.replace(old, new), encoding="utf-8")
    with pytest.raises(Faulty) as refused:
        load_outline_file(path)
    assert [fault.code for fault in refused.value.faults] == [code]


# ── a copy ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text",
    [
        TEXT.upper(),
        TEXT.replace(" ", "  \t").replace("\n\n", "\n \n\n"),
        "\n".join(reversed(re.split("\n(?=Factor)", TEXT))),
        TEXT.replace("Often, at first means ten times an hour.\nOften, later", "Often, later", 1).replace(
            "hour.\n\nFactor 2", "hour.\n\nOften, at first means ten times an hour.\n\nFactor 2", 1
        ),
        "Contents\nFactor 1. Carrying pebbles\nFactor 2. Counting pebbles\n\nIntroduction\n" + TEXT,
    ],
    ids=["capitals", "white space", "factors in another order", "notes in another order", "contents page"],
)
def test_a_copy_that_says_the_same(index: Index, tmp_path: Path, text: str) -> None:
    """How a copy is laid out, and in which order, makes no difference."""
    assert states(index, tmp_path, text) == {}


def test_a_changed_paragraph(index: Index, tmp_path: Path) -> None:
    """A paragraph whose opening stands there with other words has changed, and only that one."""
    assert states(index, tmp_path, TEXT.replace("2.5 kg", "25 kg")) == {"chapter-5/factor-1/note-heavy": CHANGED}


def test_the_same_words_under_another_factor_do_not_count(index: Index, tmp_path: Path) -> None:
    """Two factors share a note; where one of them changes it, that one has changed."""
    text = TEXT.replace("first means ten", "first means eight", 1)
    assert states(index, tmp_path, text) == {"chapter-5/factor-1/note-often-at-first": CHANGED}


def test_a_missing_paragraph(index: Index, tmp_path: Path) -> None:
    """A paragraph whose opening is nowhere in its part is missing."""
    text = TEXT.replace("Heavy and wet counts twice.", "")
    assert states(index, tmp_path, text) == {"chapter-5/factor-1/note-heavy-and-wet": MISSING}


def test_a_changed_paragraph_is_not_handed_out(index: Index, tmp_path: Path) -> None:
    """What has changed has a place and no text."""
    found = look_up(index, read_documents(folder_with(tmp_path / "copy", TEXT.replace("£25", "£26"))))
    assert (found[HEAVY].state, found[HEAVY].line, found[HEAVY].text) == (CHANGED, 9, "")


@pytest.mark.parametrize("name", ["no folder", "no text file", "another document", "not UTF-8"])
def test_no_copy_at_all(index: Index, tmp_path: Path, name: str) -> None:
    """A folder without a copy is bad input, and the message says what to put there."""
    folder = tmp_path / "folder"
    if name != "no folder":
        folder.mkdir()
    if name == "another document":
        (folder / "other.txt").write_text("Level 1 of something else. Often, at first.", encoding="utf-8")
    if name == "not UTF-8":
        (folder / "other.txt").write_bytes(TEXT.encode("utf-16"))
    with pytest.raises(Faulty) as refused:
        look_up_in(index, folder)
    assert len(refused.value.faults) == 1
    assert refused.value.faults[0].help


# ── reasons ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_reasons_name_paragraphs(index: Index, tmp_path: Path) -> None:
    """A star stands for all that begin so; a name that no paragraph has is refused at its place."""
    path = tmp_path / "not-encoded.yaml"
    head = 'scheme: nhs\nedition: "7"\nparagraphs:\n'
    path.write_text(head + '  - {id: "chapter-5/factor-1/note-often-*", reason: no reason}\n', encoding="utf-8")
    (reason,) = load_reasons_file(index, path)
    assert [one.id.rpartition("/")[2] for one in reason.paragraphs] == ["note-often-at-first", "note-often-later"]
    path.write_text(head + "  - {id: chapter-5/factor-9/level-1, reason: no reason}\n", encoding="utf-8")
    with pytest.raises(Faulty) as refused:
        load_reasons_file(index, path)
    assert [fault.code for fault in refused.value.faults] == ["no-paragraph"]


# ── what is shipped ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("scheme", INDEXED)
def test_the_shipped_index_follows_its_outline(scheme: str) -> None:
    """The index has the paragraphs of the outline in its order, with a length and a fingerprint each."""
    index, outline = load_index(scheme), load_outline(scheme)
    assert [(one.id, one.begins, one.place, one.normative, one.also) for one in index.paragraphs] == [
        (one.id, one.begins, one.place, one.normative, one.also) for one in outline.paragraphs
    ]
    assert all(one.words and re.fullmatch("[0-9a-f]{16}", one.fingerprint) for one in index.paragraphs)
    assert all(reason.paragraphs for reason in load_reasons(index))


@pytest.mark.parametrize("scheme", INDEXED)
def test_the_shipped_files_hold_openings_only(scheme: str) -> None:
    """No text of the document is kept but the few words with which a paragraph begins."""
    for section in load_outline(scheme).sections:
        for one in section.paragraphs:
            assert max(len(words_of(one.begins)), len(words_of(one.place))) <= MOST_OPENING + 1


@pytest.mark.parametrize("scheme", INDEXED)
def test_the_shipped_index_fits_the_document(scheme: str, documents: Path) -> None:
    """Made again from a copy, the index is the same; and every paragraph holds in it."""
    index = load_index(scheme)
    assert make_index(load_outline(scheme), read_documents(documents)) == index
    assert {one.state for one in look_up_in(index, documents).values()} == {HOLDS}


def test_what_our_copy_has_lost_is_said() -> None:
    """Every alternative whose letter the scheme calls uncertain is marked so in the index, and no other."""
    marked = {tuple(one.id.split("/")[-2:]) for one in load_index("njc").paragraphs if "letter uncertain" in one.place}
    assert marked == {
        (f"factor-{factor.number}", f"level-{level.number}{letter}")
        for factor in load_scheme("njc").factors
        for level in factor.levels
        for letter in level.uncertain
    }


def test_the_page_counts_what_our_copy_has_damaged(repository: Path) -> None:
    """The table of the page on sources counts the marks that stand in the index."""
    page = (repository / "docs" / "sources.md").read_text(encoding="utf-8").partition("copy of the NJC agreement")[2]
    said = re.findall(r"^\| ([a-z ]+) \| .* \| ([0-9]+) \|$", page, re.MULTILINE)
    marks = [one.place.removesuffix(" in our copy") for one in load_index("njc").paragraphs if "our copy" in one.place]
    counted = {words: sum(mark.endswith(f", {words}") for mark in marks) for words, _ in said[:-1]}
    lost = len(marks) - sum(counted.values())
    assert [(words, int(number)) for words, number in said] == [*counted.items(), ("lost", lost)]
