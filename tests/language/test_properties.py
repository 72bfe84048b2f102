"""What holds of every tree and of every text, found out with random ones."""

from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from jerules.documents.text import Source
from jerules.faults import Faulty
from jerules.language import tree as t
from jerules.language.parse import parse, parse_all
from jerules.language.write import WIDTH, write, write_condition
from jerules.rulebook.load import book_of
from jerules.scheme.load import load_scheme
from tests.language import trees
from tests.tables import read

HERE = Path(__file__).parent
GOOD = [case.parts[-1] for case in read(HERE / "good")]
BAD = [case.parts[0] for case in read(HERE / "bad")]
BASE = (HERE.parent / "rulebook" / "base.jer").read_text(encoding="utf-8")
PIECES = (
    *sorted(trees.WORDS_OF_THE_LANGUAGE), "(", ")", ",", ";", ":", "=", "<", ">=", '"', '"x"', '"y z"', "#", "3",
    "3(c)", "13", "6 kg", "50%", "£5", "2026-03-01", "A-NHS-01", "name", "a_name", "1.5", "\u00a0", "\t", "\u201c", "é",
)  # fmt: skip


@given(trees.files)
def test_what_is_written_is_read_back(file: t.RuleFile) -> None:
    """`parse ∘ write` is the identity on syntax trees, comments and blank lines among them."""
    assert parse(Source("a.jer", write(file))) == file


@settings(max_examples=50)
@given(trees.files)
def test_writing_settles_at_once(file: t.RuleFile) -> None:
    """The canonical layout of a file in canonical layout is that file; no line ends in a space."""
    text = write(file)
    assert write(parse(Source("a.jer", text))) == text
    assert not any(line.endswith(" ") for line in text.split("\n"))


@settings(max_examples=60)
@given(trees.conditions)
def test_a_condition_on_one_line_is_read_back(condition: t.Condition) -> None:
    """`write_condition` gives what could stand in a rule file."""
    file = parse(Source("a.jer", f"level 1 when {write_condition(condition)}\n"))
    (rule,) = file.statements
    assert isinstance(rule, t.LevelRule)
    assert rule.condition == condition


@given(st.lists(st.from_regex("[a-z]{1,9}", fullmatch=True), min_size=1, max_size=60))
def test_lines_keep_to_the_width(words: list[str]) -> None:
    """Texts are broken between words, so that no line is wider than the layout."""
    text = write(parse(Source("a.jer", f'query "{" ".join(words)}" when drives cites level 1\n')))
    assert all(len(line) <= WIDTH for line in text.split("\n"))


@given(st.text(max_size=300))
@example('"')
@example("record\n ")
@example("example x\n\t#")
def test_any_text_is_read_or_refused(text: str) -> None:
    """Whatever stands in a file: a tree, or faults with places inside it; never anything else."""
    _read_or_refuse(text)


@settings(max_examples=150)
@given(st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from([" ", " ", " ", "\n", "\n  ", ""])), max_size=60))
def test_words_in_any_order_are_read_or_refused(pieces: list[tuple[str, str]]) -> None:
    """Text that looks like rules, and is none."""
    _read_or_refuse("".join(piece + gap for piece, gap in pieces))


@settings(max_examples=150)
@given(st.sampled_from(GOOD), st.data())
def test_a_slip_anywhere_is_read_or_refused(text: str, data: st.DataObject) -> None:
    """A good file with something deleted, doubled, put in or moved."""
    _read_or_refuse(_slipped(text, data))


@settings(max_examples=60)
@given(st.data())
def test_a_slip_in_a_rule_book_is_read_or_refused(data: st.DataObject) -> None:
    """The same, with names, units and levels looked up: a rule book or faults, each told once."""
    try:
        book_of(load_scheme("nhs"), [Source("base.jer", _slipped(BASE, data))])
    except Faulty as error:
        told = [(fault.code, fault.message, fault.place) for fault in error.faults]
        assert len(told) == len(set(told))


@given(st.data())
def test_no_mistake_hides_another(data: st.DataObject) -> None:
    """Two bad statements in one file give the faults of each, whichever comes first and whatever stands between."""
    alone = [text for text in BAD if not text.startswith(" ") and "\t" not in text]
    first, second = data.draw(st.sampled_from(alone)), data.draw(st.sampled_from(alone))
    codes = [sorted(fault.code for fault in parse_all(Source("a", text)).faults) for text in (first, second)]
    both = parse_all(Source("a", first + "scheme nhs\n" + second)).faults
    assert sorted(fault.code for fault in both) == sorted(codes[0] + codes[1])


def _read_or_refuse(text: str) -> None:
    source = Source("a.jer", text)
    parsed = parse_all(source)
    assert all(fault.place and fault.help and str(fault) for fault in parsed.faults)
    if not parsed.faults:
        written = write(parsed.tree)
        assert parse(Source("a.jer", written)) == parsed.tree


def _slipped(text: str, data: st.DataObject) -> str:
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = min(len(text), start + data.draw(st.integers(0, 8)))
        match data.draw(st.sampled_from(["delete", "double", "insert", "move"])):
            case "delete":
                text = text[:start] + text[end:]
            case "double":
                text = text[:end] + text[start:]
            case "insert":
                text = text[:start] + data.draw(st.sampled_from(PIECES)) + text[start:]
            case _:
                to = data.draw(st.integers(0, len(text)))
                piece, rest = text[start:end], text[:start] + text[end:]
                text = rest[:to] + piece + rest[to:]
    return text
