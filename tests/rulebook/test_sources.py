"""Citations and the paragraphs they stand for: resolving, coverage, and the official words."""

from dataclasses import replace
from pathlib import Path

import pytest

from jerules.faults import Place
from jerules.rulebook.load import load_procedures, load_rulebook
from jerules.rulebook.model import Citation
from jerules.rulebook.quotes import Quotes
from jerules.rulebook.sources import Names, Sources, Use, coverage_of, sources_of
from jerules.scheme.paragraphs import Index, Section, load_index, load_outline_file
from jerules.scheme.paragraphs_copy import look_up, look_up_in, read_documents
from jerules.scheme.paragraphs_make import make_index
from jerules.scheme.paragraphs_reasons import Reason, load_reasons
from tests.invented import SMALL, TEXT, folder_with
from tests.rulebook.books import book

INDEXED = ["nhs", "njc"]
HOME = "nhs/7/chapter-5/factor-1/"
NOWHERE = Place("case.jer", 1, 1, 1, 2)


@pytest.fixture
def index(tmp_path: Path) -> Index:
    path = tmp_path / "outline.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return make_index(load_outline_file(path), read_documents(folder_with(tmp_path / "original", TEXT)))


def found(index: Index, wanted: str) -> list[str]:
    """The last parts of the paragraphs that a citation stands for."""
    return [one.id.removeprefix(HOME) for one in Names(index).resolve(HOME + wanted).paragraphs]


@pytest.mark.parametrize(
    ("wanted", "meant"),
    [
        ("level-1", ["level-1"]),
        ("note-heavy", ["note-heavy"]),
        ("note-heavy-and", ["note-heavy-and-wet"]),
        ("note-weighty", ["note-heavy"]),
        ("note-often-at", ["note-often-at-first"]),
        ("level-2", ["level-2a", "level-2b"]),
    ],
    ids=["exact", "exact before longer", "beginning", "another name", "enough of it", "a level with options"],
)
def test_what_a_citation_stands_for(index: Index, wanted: str, meant: list[str]) -> None:
    """An exact name comes first, then the one name that begins so; a level stands for its options."""
    assert found(index, wanted) == meant


def test_a_whole_chapter(index: Index) -> None:
    """`chapter 1` without a paragraph stands for all of its paragraphs."""
    assert [one.id for one in Names(index).resolve("nhs/7/chapter-1/general/all").paragraphs] == [
        "nhs/7/chapter-1/general/1.1"
    ]


def test_a_general_note(tmp_path: Path) -> None:
    """A note that a factor does not have is looked for among the general notes of its part; its own goes first."""
    path = tmp_path / "outline.yaml"
    path.write_text(SMALL.replace("factor: factor-2", "factor: general"), encoding="utf-8")
    general = load_outline_file(path)
    without = [one for one in general.paragraphs if one.id != f"{HOME}note-often-at-first"]
    fallen = Names(replace(general, sections=(Section(HOME[:-1], "", "", tuple(without)),)))
    assert found(general, "note-often-at-first") == ["note-often-at-first"]
    wanted = fallen.resolve(f"{HOME}note-often-at-first").paragraphs
    assert [one.id for one in wanted] == ["nhs/7/chapter-5/general/note-often-at-first"]
    assert found(general, "level-9") == []


def test_an_ambiguous_heading(index: Index) -> None:
    """A beginning that two headings share resolves to neither, and both are named."""
    resolved = Names(index).resolve(f"{HOME}note-often")
    assert resolved.paragraphs == ()
    assert [one.id.removeprefix(HOME) for one in resolved.candidates] == ["note-often-at-first", "note-often-later"]


@pytest.mark.parametrize("wanted", ["note-heav", "note-hevy", "level-3", "note-often-at-first-and-last"])
def test_a_citation_of_nothing(index: Index, wanted: str) -> None:
    """Half a word, a misspelling, a level that is not there: none of them resolves."""
    assert found(index, wanted) == []


def test_a_misspelt_citation_has_a_nearest_name(index: Index) -> None:
    """What comes nearest is told."""
    assert Names(index).resolve(f"{HOME}note-hevy").near == "note-heavy"


def test_every_statement_is_asked_for_its_sources(index: Index) -> None:
    """Levels, terms, queries, orders and cross-checks stand under the paragraphs that they cite, with their places."""
    rules = book(
        'term hard effort when weight > 5 kg reads "hard" cites factor 1 note "Heavy and wet"\n'
        'level 2(a) when some effort is hard reads "It is." cites factor 1 level 1, note "Nowhere at all"\n'
        'query "Sure?" when some effort is hard cites factor 1 note "Often"\n'
        'parameter huge_sum money asks "?" cites factor 1 note "Heavy and wet"\n'
        'order large_sum < huge_sum cites factor 1 note "Heavy and wet"\n'
        'cross check "Some." above 1 on at least 1 of 13, 14 asks "?" cites factor 1 note "Heavy and wet"\n'
    )
    sources = sources_of(rules, index)
    places = {
        name.removeprefix(HOME): [use.place.line for use in uses if use.place.file == "case.jer"]
        for name, uses in sources.resting.items()
    }
    assert places["note-heavy-and-wet"] == [3, 6, 7, 8]
    assert places["level-1"] == [4]
    ours = [one for one in sources.unresolved if one.use.place.file == "case.jer"]
    assert [(one.use.place.line, len(one.resolved.candidates)) for one in ours] == [(4, 0), (5, 2)]


def test_coverage_counts_every_normative_paragraph_once(index: Index) -> None:
    """Cited, listed with a reason, or neither; a reason for what is cited is needless."""
    by_id = {one.id: one for one in index.paragraphs}
    use = Use("nhs/1/level 1", NOWHERE, Citation(f"{HOME}level-1", "level 1"))
    resting: dict[str, tuple[Use, ...]] = {name: (use,) if name == f"{HOME}level-1" else () for name in by_id}
    needed = Reason((by_id[f"{HOME}level-1"], by_id[f"{HOME}level-2a"]), "not one for rules", NOWHERE)
    needless = Reason((by_id[f"{HOME}level-1"],), "said twice", NOWHERE)
    coverage = coverage_of(index, Sources(resting, ()), [needed, needless])
    assert [one.id for one in coverage.cited] == [f"{HOME}level-1"]
    assert [(one.id, reason) for one, reason in coverage.listed] == [(f"{HOME}level-2a", needed)]
    assert coverage.needless == (needless,)
    normative = [one for one in index.paragraphs if one.normative]
    assert len(coverage.cited) + len(coverage.listed) + len(coverage.neither) == len(normative)


# ── the official words ───────────────────────────────────────────────────────────────────────────────────────────


def test_words_that_hold_are_quoted_and_others_are_not(index: Index, tmp_path: Path) -> None:
    """A quotation is what the copy says; of a changed or missing paragraph there is only its state."""
    text = TEXT.replace("£25", "£26").replace("Heavy and wet counts twice.", "")
    quotes = Quotes(index, look_up(index, read_documents(folder_with(tmp_path / "copy", text))))
    said = [quotes.of(Citation(HOME + name, name)) for name in ("level-2b", "note-heavy", "note-heavy-and-wet")]
    assert [(one.state, one.text) for (one,) in said] == [
        ("holds", "(b) heavy ones."),
        ("changed", ""),
        ("missing", ""),
    ]
    assert quotes.summary == "from copy.txt, in which 1 paragraphs have changed and 1 are missing"


def test_what_is_not_quoted(index: Index, tmp_path: Path) -> None:
    """A whole chapter is not quoted, nor is what names no paragraph."""
    quotes = Quotes(index, look_up(index, read_documents(tmp_path / "original")))
    assert quotes.of(Citation("nhs/7/chapter-1/general/all", "chapter 1")) == ()
    assert quotes.of(Citation(f"{HOME}note-often", "note: Often")) == ()
    assert len(quotes.of(Citation(f"{HOME}level-2", "level 2"))) == 2


# ── what is shipped ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("scheme", INDEXED)
def test_every_shipped_citation_names_its_paragraphs(scheme: str) -> None:
    """No rule cites what is not in the index, or what might be one of several."""
    assert sources_of(load_rulebook(scheme), load_index(scheme), load_procedures(scheme)).unresolved == ()


@pytest.mark.parametrize("scheme", INDEXED)
def test_every_normative_paragraph_is_accounted_for(scheme: str) -> None:
    """Each is cited by a rule or listed with the reason why not, and no reason is needless."""
    index = load_index(scheme)
    sources = sources_of(load_rulebook(scheme), index, load_procedures(scheme))
    coverage = coverage_of(index, sources, load_reasons(index))
    assert (coverage.neither, coverage.needless) == ((), ())


@pytest.mark.parametrize("scheme", INDEXED)
def test_every_shipped_citation_finds_its_words(scheme: str, documents: Path) -> None:
    """With a copy at hand, each citation of a paragraph has words that hold."""
    index = load_index(scheme)
    quotes = Quotes(index, look_up_in(index, documents))
    sources = sources_of(load_rulebook(scheme), index, load_procedures(scheme))
    cited = {use.citation for uses in sources.resting.values() for use in uses}
    assert all(quote.text for citation in cited for quote in quotes.of(citation))
