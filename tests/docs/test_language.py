"""The language reference is true: its rules are read, its examples hold, its messages are the real ones."""

import re
from pathlib import Path

import pytest
from lark import Lark

from jerules.documents.text import Source
from jerules.language.layout import cut
from jerules.language.parse import _grammar, parse
from jerules.language.write import write
from tests.docs.blocks import Block, blocks
from tests.docs.rules import Shown, broken_examples, built, completed, message, shown_rules

REPOSITORY = Path(__file__).resolve().parent.parent.parent
PAGE = blocks(REPOSITORY / "docs" / "language.md")
SHOWN = tuple(shown_rules(PAGE))
GOOD = [shown for shown in SHOWN if shown.block.words != ("jer", "bad")]
BAD = [shown for shown in SHOWN if shown.block.words == ("jer", "bad")]


def line_of(shown: Shown) -> str:
    """The name of a block in pytest's output: where it stands on the page."""
    return f"line {shown.block.line}"


@pytest.mark.parametrize("shown", GOOD, ids=line_of)
def test_rules_hold(shown: Shown) -> None:
    """The rules build a rule book, and the outcomes that the examples state are those that come out."""
    assert broken_examples(built(shown), frozenset({shown.sources[-1].name})) == []


@pytest.mark.parametrize("shown", GOOD, ids=line_of)
def test_rules_are_in_canonical_layout(shown: Shown) -> None:
    """What the page shows is what ``jerules fmt`` would write."""
    assert shown.block.text == write(parse(Source("shown.jer", shown.block.text)))


@pytest.mark.parametrize("shown", BAD, ids=line_of)
def test_messages_are_exact(shown: Shown) -> None:
    """A bad block is followed by the whole message that it gives, word for word."""
    after = PAGE[PAGE.index(shown.block) + 1]
    assert after.words == ("text",)
    assert after.text == message(shown)


def test_every_block_is_accounted_for() -> None:
    """The page has no code that no test reads: rules, and the messages of bad rules."""
    messages = {PAGE[PAGE.index(shown.block) + 1].line for shown in BAD}
    assert {block.line for block in PAGE if block.kind != "jer"} == messages


def test_every_part_of_the_grammar_occurs() -> None:
    """Each statement, line, clause, type, condition and citation of the grammar is shown in a good block."""
    text = (REPOSITORY / "grammar" / "jerules.lark").read_text(encoding="utf-8")
    used = set[str]()
    for shown in GOOD:
        used |= parts_of(shown.block)
    assert named_in(text) - used == set()


def named_in(grammar: str) -> set[str]:
    """The names that the grammar gives to nodes: its aliases, and its rules except those that are folded away."""
    aliases = set(re.findall(r"->\s*([a-z_]+)", grammar))
    rules = set(re.findall(r"^([a-z_]+)\s*:", grammar, re.MULTILINE))
    only_aliases = {"type", "citation", "comparison", "bound", "trait"}
    return (aliases | rules) - only_aliases


def parts_of(block: Block) -> set[str]:
    """The names of the grammar's nodes in a block of rules."""
    grammar = _grammar()
    assert isinstance(grammar, Lark)
    found = set[str]()
    for top in cut(Source("shown.jer", completed(block.text)))[0]:
        inside = {"record": "record_line", "example": "example_line"}.get(top.first_word, "statement")
        for start, one in (("statement", top), *((inside, part) for part in top.inner)):
            tree = grammar.parse("\n".join(line.code for line in one.lines), start=start)
            found |= {str(node.data) for node in tree.iter_subtrees()}
    return found
