"""A rule book says the same in whatever order its files and statements come."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jerules.documents.text import Source, read_source
from jerules.faults import Faulty
from jerules.language.parse import parse
from jerules.language.write import write
from jerules.rulebook.consistency import DEEPEST, leaves, questions_read
from jerules.rulebook.load import book_of, load_rulebook
from jerules.rulebook.model import RuleBook
from jerules.scheme.load import load_scheme
from tests.rulebook.books import HEAD, book, files_of

STATEMENTS = [
    'term odd when drives cites note "Odd"\n',
    'term odder when odd or busy cites note "Odder"\n',
    "level 1 otherwise cites level 1\n",
    "level 2 when odd cites level 2\n",
    "level 2 when busy cites level 2\n",
    "at least 3 when some effort is heavy cites level 3\n",
    'question cycles yes or no asks "?"\n',
    "level 3 when cycles and odder cites level 3\n",
    'query "Is it so?" when odder cites level 3\n',
    "convention large_weight = 20 kg\n",
    'interpretation A-NHS-09 "So"\n  because "So."\n  cites definition\n  extend term odd when busy\n',
]


def _said(found: RuleBook) -> set[object]:
    """What the rules and terms say, whatever their order."""
    rules = {(r.effect, r.condition, r.reads, r.source) for f in found.factors.values() for r in f.rules}
    return rules | {(key, frozenset(term.definitions)) for key, term in found.terms.items()}


@settings(max_examples=40)
@given(st.permutations(STATEMENTS))
def test_the_order_of_statements_does_not_matter(statements: list[str]) -> None:
    """A term may be used before it is defined, a question before it is asked, a parameter before it is settled."""
    assert _said(book("".join(statements))) == _said(book("".join(STATEMENTS)))


@settings(max_examples=40)
@given(st.permutations(STATEMENTS), st.permutations([0, 1, 2]), st.data())
def test_the_order_of_files_does_not_matter(statements: list[str], order: list[int], data: st.DataObject) -> None:
    """Neither for what the book says nor for its hash, its rules' identifiers or their order."""
    cut = data.draw(st.integers(0, len(statements)))
    files = files_of(("".join(statements[:cut]), "".join(statements[cut:])))
    plain = book_of(load_scheme("nhs"), files)
    mixed = book_of(load_scheme("nhs"), [files[place] for place in order])
    assert mixed.hash == plain.hash
    assert mixed.factors == plain.factors
    assert list(mixed.terms) == list(plain.terms)


def test_the_hash_is_that_of_the_content() -> None:
    """The layout and the folder do not change it; a word, a comment or another scheme's data do."""
    base, case = files_of(("level 1 otherwise cites level 1\n",))
    scheme = load_scheme("nhs")
    plain = book_of(scheme, [base, case]).hash
    assert len(plain) == 16
    moved = Source("elsewhere/case.jer", case.text.replace("otherwise cites", "otherwise\n    cites"))
    assert book_of(scheme, [moved, base]).hash == plain
    for change in (("level 1", "level 2"), ("level 1 oth", "# ours\nlevel 1 oth")):
        assert book_of(scheme, [base, Source("case.jer", case.text.replace(*change, 1))]).hash != plain


def test_what_only_claims_is_not_in_the_hash() -> None:
    """A ladder, an acceptance or an example moves nothing, so two books that differ in them alone are one book."""
    rules = (
        'term light effort when weight <= 15 kg cites note "Light"\n'
        'interpretation A-NHS-09 "So"\n  because "So."\n  cites definition\n  extend term busy when drives\n'
    )
    claims = (
        "  ladder hardness effort = light < heavy\n"
        "ladder hardness effort = light < heavy\n"
        'accept V8 "effort.weight" on 2026-11-21 because "So."\n'
        'example "Light"\n  effort: weight 3 kg\n  gives no level\n'
    )
    assert book(rules + claims.split("\n", 1)[1]).hash == book(rules).hash
    inside = claims.replace("hardness", "strain", 1).split("\n", 1)[0] + "\n"
    assert book(rules + inside).hash == book(rules).hash
    assert len(book(rules + inside).ladders) == 1


def test_packs_of_one_name_are_told_apart_by_what_they_say() -> None:
    """Two files of the same name from two folders: still no order."""
    base, first, second = files_of(("level 1 otherwise cites level 1\n", "level 2 when drives cites level 2\n"))
    one, two = Source("a/x.jer", first.text), Source("b/x.jer", second.text)
    scheme = load_scheme("nhs")
    assert book_of(scheme, [base, one, two]).hash == book_of(scheme, [two, one, base]).hash


def test_a_shipped_book_loads_with_a_pack_on_top(tmp_path: Path) -> None:
    """A pack is one more file; the book says which packs are on it."""
    plain = load_rulebook("nhs")
    assert plain.factors["13"].title == "Physical effort"
    assert plain.packs == ()
    pack = tmp_path / "ours.jer"
    pack.write_text('scheme nhs\npack "Ours"\n', encoding="utf-8")
    packed = load_rulebook("nhs", (pack,))
    assert [pack.title for pack in packed.packs] == ["Ours"]
    assert packed.hash != plain.hash


def test_a_scheme_without_rules_has_an_empty_book() -> None:
    """Its levels are the panel's own."""
    assert book_of(load_scheme("njc"), []).factors == {}


def test_the_hash_is_of_what_files_say_and_not_of_their_names() -> None:
    """A pack by another name is the same pack, and gives the same hash."""
    pack = 'scheme nhs\npack "Ours"\nfactor 13 "Physical effort"\nlevel 1 otherwise cites level 1\n'
    first, second = (book_of(load_scheme("nhs"), [], [Source(name, pack)]) for name in ("a.jer", "b.jer"))
    assert first.hash == second.hash


def test_every_shipped_file_is_written_as_it_is_read(repository: Path) -> None:
    """The book of the canonical texts is the book of the files."""
    files = [read_source(path) for path in sorted((repository / "rules" / "nhs").glob("*.jer"))]
    written = [Source(file.name, write(parse(file))) for file in files]
    assert book_of(load_scheme("nhs"), written).hash == load_rulebook("nhs").hash


# ── terms on terms ───────────────────────────────────────────────────────────────────────────────────────────────


def _row(length: int) -> str:
    rest = "".join(f'term t{n} when t{n - 1} or t{n - 1} cites note "T"\n' for n in range(1, length))
    return f'term t0 when drives cites note "T"\n{rest}level 2 when t{length - 1} cites level 2\n'


def test_terms_may_rest_on_one_another_in_a_long_row() -> None:
    """Each is opened once, however often it is named."""
    found = book(_row(DEEPEST))
    assert [question.key for question in questions_read(found, found.factors["13"])] == ["drives"]
    condition = found.factors["13"].rules[0].condition
    assert condition
    assert len(list(leaves(found, condition))) == 1


@pytest.mark.parametrize("length", [DEEPEST + 1, 1_500])
def test_a_row_without_end_is_one_fault(length: int) -> None:
    """Whatever reads the book opens terms one in another."""
    with pytest.raises(Faulty) as caught:
        book(_row(length))
    assert [fault.code for fault in caught.value.faults] == ["too-deep"]


def test_faults_of_meaning_come_to_an_end() -> None:
    """A file in which every name is wrong is not told name by name."""
    with pytest.raises(Faulty) as caught:
        book_of(load_scheme("nhs"), [Source("a.jer", HEAD + "level 2 when drivs cites level 2\n" * 5000)])
    assert len(caught.value.faults) == 101
    assert caught.value.faults[0].code == "too-many-faults"


def test_what_is_given_as_a_pack_says_that_it_is_one(tmp_path: Path) -> None:
    """No outcome rests on a file that it does not name; every file that is wrong is told of at once."""
    plain = tmp_path / "plain.jer"
    plain.write_text('scheme nhs\nfactor 13 "Physical effort"\n', encoding="utf-8")
    with pytest.raises(Faulty) as caught:
        load_rulebook("nhs", (plain,))
    assert [(fault.code, str(fault.place)) for fault in caught.value.faults] == [("not-a-pack", f"{plain}:1:1")]
    with pytest.raises(Faulty) as caught:
        load_rulebook("nhs", (tmp_path / "one.jer", tmp_path / "two.jer"))
    assert [fault.code for fault in caught.value.faults] == ["no-such-file", "no-such-file"]


def test_a_pack_given_twice_is_one_pack(tmp_path: Path) -> None:
    """The same file under two names is the same rules, with the same hash."""
    pack = tmp_path / "local.jer"
    pack.write_text('scheme nhs\npack "Local" agreed 2026-03-01 by "The group"\n', encoding="utf-8")
    link = tmp_path / "link.jer"
    link.symlink_to(pack)
    once, twice = load_rulebook("nhs", (pack,)), load_rulebook("nhs", (pack, link, pack))
    assert (twice.packs, twice.hash) == (once.packs, once.hash)
    assert [pack.title for pack in once.packs] == ["Local"]


def test_the_date_of_a_pack_is_a_day(tmp_path: Path) -> None:
    """A pack that was agreed on no day of the calendar is refused, as a convention is."""
    pack = tmp_path / "local.jer"
    pack.write_text('scheme nhs\npack "Local" agreed 2026-13-45 by "The group"\n', encoding="utf-8")
    with pytest.raises(Faulty) as caught:
        load_rulebook("nhs", (pack,))
    assert [(fault.code, str(fault.place)) for fault in caught.value.faults] == [("wrong-date", f"{pack}:2:21")]
