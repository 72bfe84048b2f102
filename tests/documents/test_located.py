import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from jerules.documents.located import Listing, Node, Scalar, Table, load_located
from jerules.documents.text import Source
from jerules.documents.tree import MOST_FAULTS
from jerules.faults import Fault, Faulty, Place


@pytest.fixture(params=["C parser", "Python parser"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run a test with each of the two parsers that an installation of the YAML library may have."""
    if request.param == "Python parser":
        monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    elif not hasattr(yaml, "CSafeLoader"):
        pytest.skip("the YAML library was built without its C parser")


def plain(node: Node | None) -> object:
    """A tree without its places: texts, lists and pairs."""
    match node:
        case Scalar():
            return node.text
        case Listing():
            return [plain(item) for item in node.items]
        case Table():
            return {entry.key.text: plain(entry.value) for entry in node.entries}
    return None


def load(text: str, name: str = "job.yaml") -> Node:
    return load_located(Source(name, text))


def faults_of(text: str, name: str = "job.yaml") -> tuple[Fault, ...]:
    with pytest.raises(Faulty) as caught:
        load(text, name)
    return caught.value.faults


def codes_and_places(text: str, name: str = "job.yaml") -> list[tuple[str, int, int]]:
    return [(fault.code, *spot(fault.place)) for fault in faults_of(text, name)]


def spot(place: Place | None) -> tuple[int, int]:
    assert place is not None
    return place.line, place.column


def written_at(source: Source, place: Place) -> str:
    """What the file says at a place."""
    lines = [source.line(number) for number in range(place.line, place.end_line + 1)]
    lines[-1] = lines[-1][: place.end_column - 1]
    lines[0] = lines[0][place.column - 1 :]
    return "\n".join(lines)


JOB = """\
# A job, as a panel writes it
post: Ward domestic
shifts per month: 20
effort:
  - task: Mops the ward
    share: 80%
    evidence: >
      Observed on
      two shifts.
  - {kind: lifting, weight: 6 kg, days: [1, 2]}
registered: no
since: 2026-01-02
pager: 1e3
note: 'no'
end: ~
"""


@pytest.mark.usefixtures("parser")
def test_values_stay_as_they_are_written() -> None:
    """No value is taken for a number, a date or a yes; that is for whoever knows the question."""
    assert plain(load(JOB)) == {
        "post": "Ward domestic",
        "shifts per month": "20",
        "effort": [
            {"task": "Mops the ward", "share": "80%", "evidence": "Observed on two shifts.\n"},
            {"kind": "lifting", "weight": "6 kg", "days": ["1", "2"]},
        ],
        "registered": "no",
        "since": "2026-01-02",
        "pager": "1e3",
        "note": "no",
        "end": "~",
    }


@pytest.mark.usefixtures("parser")
def test_quoted_text_is_told_from_plain_text() -> None:
    """Whether a value was marked as text is kept, since `no` and `'no'` may mean different things."""
    tree = load(JOB)
    assert isinstance(tree, Table)
    quoted = {entry.key.text: entry.value.quoted for entry in tree.entries if isinstance(entry.value, Scalar)}
    assert [name for name, is_quoted in quoted.items() if is_quoted] == ["note"]
    block = load("|\n  text\n")
    assert isinstance(block, Scalar)
    assert block.quoted


@pytest.mark.usefixtures("parser")
def test_every_piece_knows_its_place() -> None:
    """Text, lists and tables, indented or in brackets, begin and end where an editor shows them."""
    source = Source("job.yaml", JOB)
    tree = load_located(source)
    assert isinstance(tree, Table)
    assert (spot(tree.place), tree.place.end_line, tree.place.end_column) == ((2, 1), 15, 7)
    efforts = tree.get("effort")
    assert isinstance(efforts, Listing)
    first, second = efforts.items
    assert isinstance(first, Table)
    assert written_at(source, second.place) == "{kind: lifting, weight: 6 kg, days: [1, 2]}"
    evidence = first.get("evidence")
    assert evidence is not None
    assert written_at(source, evidence.place) == ">\n      Observed on\n      two shifts."
    assert (spot(first.place), first.place.end_line, first.place.end_column) == ((5, 5), 9, 18)
    assert first.entries[1].key.place == Place("job.yaml", 6, 5, 6, 10)
    assert first.entries[1].value.place == Place("job.yaml", 6, 12, 6, 15)
    note = tree.get("note")
    assert note is not None
    assert written_at(source, note.place) == "'no'"


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("text", "empty"),
    [("a:", True), ("a: ~", True), ("a: null", True), ("a: ''", False), ("a: 'null'", False), ("a: 0", False)],
)
def test_nothing_is_told_from_empty_text(text: str, empty: object) -> None:
    """A value left out is nothing; a text in quotes is a text, even an empty one."""
    tree = load(text)
    assert isinstance(tree, Table)
    value = tree.get("a")
    assert isinstance(value, Scalar)
    assert value.empty is empty
    assert tree.get("b") is None


@pytest.mark.usefixtures("parser")
def test_places_count_characters_not_bytes() -> None:
    """Letters of several bytes, and line ends that only YAML knows, shift no place."""
    source = Source("job.yaml", "a: '😀£–\u2028é'\nb: [😀, mark]\n")
    tree = load_located(source)
    assert isinstance(tree, Table)
    marked = tree.get("b")
    assert isinstance(marked, Listing)
    assert written_at(source, marked.items[1].place) == "mark"
    assert marked.items[1].place == Place("job.yaml", 2, 8, 2, 12)


@pytest.mark.usefixtures("parser")
def test_an_explicit_document_start_and_end_are_accepted() -> None:
    """One document may be marked off as one."""
    assert plain(load("---\na: 1\n...\n")) == {"a": "1"}


# --- what is refused -------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: !!python/object/apply:os.system [x]", [("tag-not-allowed", 1, 4)]),
        ("a: !!str 5\nb: !mine {c: ! d}", [("tag-not-allowed", *at) for at in ((1, 4), (2, 4), (2, 14))]),
        ("a: &x 1\nb: *x", [("alias-not-allowed", 1, 4), ("alias-not-allowed", 2, 4)]),
        ("a: &x {b: 1}\nc:\n  <<: *x", [("alias-not-allowed", 1, 4), ("alias-not-allowed", 3, 7)]),
        ("a: 1\nb: 2\na: 3", [("duplicate-key", 3, 1)]),
        ("a: {b: 1, 'b': 2}\nc:\n  - d: 1\n    d: 2", [("duplicate-key", 1, 11), ("duplicate-key", 4, 5)]),
        ("a: 1\n---\nb: 2\n", [("several-documents", 2, 1)]),
        ("", [("empty-file", 1, 1)]),
        ("# only a remark\n", [("empty-file", 1, 1)]),
        ("---\n...\n", [("empty-file", 1, 1)]),
        ("{{x}}", [("not-a-key", 1, 2)]),
        ("? [a]\n: 1\nb: 2\nb: 3", [("not-a-key", 1, 3), ("duplicate-key", 4, 1)]),
        ('a: "\\0"\nb: "\\e[2J"', [("control-character", 1, 4), ("control-character", 2, 4)]),
        ("a: x\x00y", [("control-character", 1, 5)]),
        ("a: x\ud800", [("control-character", 1, 5)]),
    ],
)
def test_what_no_job_needs_is_refused_where_it_stands(text: str, expected: list[tuple[str, int, int]]) -> None:
    """Tags, anchors, repeats and the rest are refused, all of them together and each at its place."""
    assert codes_and_places(text) == expected


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("text", "at", "message"),
    [
        ("a: b: c", (1, 5), "a second `name: value` begins here on the same line"),
        ("a: 1\n b: 2", (2, 3), "a second `name: value` begins here on the same line"),
        ("a:\n\tb: 1", (2, 1), "a value cannot begin with this character"),
        ("a: @home", (1, 4), "a value cannot begin with this character"),
        ("a: 1\nb: 'x\nc: 2\n", (2, 4), "quotes were opened and never closed"),
        ("a: [1, 2", (1, 9), "a list opened by `[` goes on here without a comma"),
        ("a: {b: 1", (1, 9), "a table opened by `{` goes on here without a comma"),
        ('a: "x" y', (1, 8), "this neither continues the value before it nor lines up with the lines it belongs to"),
        ("- a\nb: 1", (2, 1), "this neither continues the value before it nor lines up with the lines it belongs to"),
        ("a: - b", (1, 4), "a list with `- ` cannot begin here"),
        ('a: "\\q"', (1, 6), "this is no escape that YAML knows"),
    ],
)
def test_a_slip_in_the_syntax_is_put_in_plain_words(text: str, at: tuple[int, int], message: str) -> None:
    """Whichever parser is there, the reader is told what is wrong and where, not what the parser expected."""
    (fault,) = faults_of(text)
    assert (fault.code, fault.message) == ("yaml-syntax", message)
    assert fault.place is not None
    assert fault.place.line == at[0]
    # The two parsers may differ by the character that they were looking at.
    assert abs(fault.place.column - at[1]) <= 1
    assert fault.help


@pytest.mark.usefixtures("parser")
def test_faults_found_before_the_syntax_breaks_are_not_lost() -> None:
    """One report has both what was read and where reading ended."""
    assert [fault.code for fault in faults_of("a: &x 1\na: 2\nb: c: d\n")] == [
        "alias-not-allowed",
        "duplicate-key",
        "yaml-syntax",
    ]


def test_a_duplicate_names_both_places() -> None:
    """The reader sees where each of the two stands."""
    (fault,) = faults_of("post: a\nhours: 2\npost: b\n")
    assert str(fault) == (
        "job.yaml:3:1: error[duplicate-key]: `post` is given twice; it was first given at job.yaml:1:1\n"
        "  |\n"
        "3 | post: b\n"
        "  | ^^^^\n"
        "  = help: keep one of the two"
    )


BILLION = "a: &a [x, x]\n" + "".join(
    f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)}, *{chr(97 + i)}]\n" for i in range(24)
)


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("text", "code"),
    [
        (BILLION, "alias-not-allowed"),
        ("[" * 100_000, "too-deep"),
        ("[" * 900_000, "too-deep"),
        ("[" * 100_000 + "]" * 100_000, "too-deep"),
        ("{a: " * 50_000, "too-deep"),
        ("[\n" * 100_000, "too-deep"),
        ("- " * 100_000, "too-deep"),
        ("? " * 100_000, "too-deep"),
        ("\n".join(" " * depth + "a:" for depth in range(500)), "too-deep"),
        ("[" + "a," * 60_000 + "]", "too-many-nodes"),
        ("- a\n" * 60_000, "too-many-nodes"),
        ("a: 1\n" * 30_000, "too-many-faults"),
        ("*a : 1\n" * 30_000, "too-many-faults"),
    ],
    ids=lambda value: value[:12] if len(value) > 20 else value,
)
def test_a_hostile_file_is_a_plain_fault(text: str, code: str) -> None:
    """Bombs, bottomless nesting and endless lists are refused early, with a place."""
    faults = faults_of(text)
    assert code in {fault.code for fault in faults}
    assert len(faults) <= MOST_FAULTS + 1
    assert all(fault.place is not None for fault in faults)


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("name", ["job.yaml", "job.json"])
def test_twenty_deep_is_deep_enough(name: str) -> None:
    """The twentieth level is read, the twenty-first refused at its own bracket."""
    assert plain(load("[" * 20 + "]" * 20, name)) is not None
    assert codes_and_places("[" * 21 + "]" * 21, name) == [("too-deep", 1, 21)]


# --- JSON ------------------------------------------------------------------------------------------------------------


def test_json_is_the_same_tree() -> None:
    """A job written as JSON reads like one written as YAML; tabs, escapes and far-off colons change nothing."""
    text = '{\n\t"post"\n\t:\t"a\\/b \\u00e9 \\ud83d\\ude00",\n\t"x": [1e400, -0.10, true, null, {}, []]}\n'
    source = Source("JOB.JSON", text)
    tree = load_located(source)
    assert plain(tree) == {"post": "a/b é 😀", "x": ["1e400", "-0.10", "true", "null", {}, []]}
    assert isinstance(tree, Table)
    items = tree.get("x")
    assert isinstance(items, Listing)
    assert written_at(source, items.place) == "[1e400, -0.10, true, null, {}, []]"
    assert items.place == Place("JOB.JSON", 4, 7, 4, 41)
    nothing, quoted = items.items[3], tree.get("post")
    assert isinstance(nothing, Scalar)
    assert nothing.empty
    assert isinstance(quoted, Scalar)
    assert quoted.quoted


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a": 1,}', [("json-syntax", 1, 9)]),
        ('{\n"a" 1}', [("json-syntax", 2, 5)]),
        ('{"a": 1 "b": 2}', [("json-syntax", 1, 9)]),
        ("{'a': 1}", [("json-syntax", 1, 2)]),
        ('{"a": no}', [("json-syntax", 1, 7)]),
        ('{"a": "b\nc"}', [("json-syntax", 1, 9)]),
        ('{"a": "b', [("json-syntax", 1, 7)]),
        ('{"a": "\\q"}', [("json-syntax", 1, 8)]),
        ("{} {}", [("json-syntax", 1, 4)]),
        ("a: 1", [("json-syntax", 1, 1)]),
        ('{"a": [NaN, -Infinity]}', [("json-syntax", 1, 8), ("json-syntax", 1, 13)]),
        ('{"a": 1, "b": 2,\n"a": 3}', [("duplicate-key", 2, 1)]),
        ('{"a": "\\ud800"}', [("control-character", 1, 7)]),
        ('{"a": "\\u0000"}', [("control-character", 1, 7)]),
        ("", [("empty-file", 1, 1)]),
        (" \n", [("empty-file", 1, 1)]),
    ],
)
def test_json_is_read_strictly(text: str, expected: list[tuple[str, int, int]]) -> None:
    """What is not JSON is refused at its place; so is a name given twice, which the standard reader lets pass."""
    found = codes_and_places(text, "job.json")
    # The standard library moved the place of a trailing comma by one between versions of Python.
    assert [(code, line) for code, line, _ in found] == [(code, line) for code, line, _ in expected]
    assert all(abs(got[2] - wanted[2]) <= 1 for got, wanted in zip(found, expected, strict=True))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[" * 100_000 + "]" * 100_000, "too-deep"),
        ("[" * 900_000, "too-deep"),
        ('{"a":' * 180_000, "too-deep"),
        ('["' + '\\"' * 400_000, "json-syntax"),
        ('"' * 900_000, "json-syntax"),
        ("[" + "1," * 60_000 + "1]", "too-many-nodes"),
        ("9" * 900_000 + "x", "json-syntax"),
        ("{" + '"a":1,' * 30_000 + '"b":1}', "too-many-faults"),
        ("[" + "NaN," * 30_000 + "1]", "too-many-faults"),
    ],
    ids=lambda value: value[:12] if len(value) > 20 else value,
)
def test_hostile_json_is_a_plain_fault(text: str, code: str) -> None:
    """No depth, number or unclosed quote is too much; the depth is seen before the standard reader recurses."""
    assert code in {fault.code for fault in faults_of(text, "job.json")}


def test_a_long_number_stays_text() -> None:
    """Numbers are not converted, so that none is too long or loses a digit."""
    digits = "9" * 10_000
    assert plain(load(f"[{digits}, 0.{digits}]", "job.json")) == [digits, f"0.{digits}"]


# --- properties ------------------------------------------------------------------------------------------------------

_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=8)
_VALUES = st.recursive(
    _TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXT, inner, max_size=4),
    max_leaves=12,
)


@given(_VALUES, st.sampled_from([None, 1, "\t"]))
def test_any_json_value_comes_back(value: object, indent: int | str | None) -> None:
    """Writing a value as JSON and reading it leads back to the value."""
    assert plain(load(json.dumps(value, indent=indent), "job.json")) == value


@given(_VALUES)
def test_any_quoted_yaml_value_comes_back(value: object) -> None:
    """Writing a value as YAML and reading it leads back to the value."""
    text = yaml.safe_dump(value, default_style='"', allow_unicode=True)
    # The library writes tags of its own on values that are no text; here all are.
    assert plain(load(text)) == value


@given(st.text("ab:-[]{}'\"#&*!|>%@`~ \n\t,?\\0é", max_size=40), st.sampled_from(["job.yaml", "job.json"]))
def test_any_text_is_a_tree_or_faults(text: str, name: str) -> None:
    """Nothing that a file may say ends in anything but a tree or a list of faults, all of them with a place."""
    source = Source(name, text)
    try:
        tree = load_located(source)
    except Faulty as faulty:
        assert all(fault.place is not None for fault in faulty.faults)  # noqa: PT017 - either end is right
    else:
        assert scalars_stand_where_they_say(source, tree)


def scalars_stand_where_they_say(source: Source, node: Node) -> bool:
    """Whether every plain one-line text is found at its own place."""
    match node:
        case Scalar():
            one_line = node.place.line == node.place.end_line
            return node.quoted or not one_line or written_at(source, node.place) == node.text
        case Listing():
            return all(scalars_stand_where_they_say(source, item) for item in node.items)
        case Table():
            parts = [part for entry in node.entries for part in (entry.key, entry.value)]
            return all(scalars_stand_where_they_say(source, part) for part in parts)
