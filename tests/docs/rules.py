"""Builds and runs the rule files that the documentation shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from jerules.documents.text import Source
from jerules.engine.choose import choose
from jerules.explain.examples import check_example, expectation
from jerules.faults import Faulty
from jerules.rulebook import model as m
from jerules.rulebook.load import book_of
from jerules.scheme.load import load_scheme
from tests.docs.blocks import Block

HEADINGS = {"scheme": "scheme nhs", "factor": 'factor 13 "Physical effort"'}
SHOWN_AS = "physical-effort.jer"
"""What the file of a block is called in messages."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A block of rules with the texts that it is read together with."""

    block: Block
    sources: tuple[Source, ...]


def completed(text: str) -> str:
    """A fragment with the headings that it leaves out. They go to the end, so that its own lines keep their numbers."""
    first_words = {line.split(maxsplit=1)[0] for line in text.splitlines() if line[:1].strip()}
    missing = [line for word, line in HEADINGS.items() if word not in first_words]
    return text + "".join(f"{line}\n" for line in missing)


def shown_rules(page: list[Block]) -> Iterator[Shown]:
    """Every block of rules on the page with what it is read with.

    ``jer`` and ``jer head`` stand alone; ``jer fragment`` and ``jer bad`` are completed and read with the head;
    ``jer also`` is read with the rules of the block of rules before it.
    """
    (head,) = (block for block in page if block.words == ("jer", "head"))
    beside = Source("head.jer", head.text)
    before: tuple[Source, ...] = ()
    for block in page:
        match block.words:
            case ("jer",) | ("jer", "head"):
                sources: tuple[Source, ...] = (Source(SHOWN_AS, block.text),)
            case ("jer", "fragment" | "bad"):
                sources = (beside, Source(SHOWN_AS, completed(block.text)))
            case ("jer", "also"):
                sources = (*before, Source("also.jer", block.text))
            case ("jer", *_):
                message = f"line {block.line}: no such block as {' '.join(block.words)}"
                raise AssertionError(message)
            case _:
                continue
        before = sources
        yield Shown(block, sources)


def broken_examples(book: m.RuleBook, files: frozenset[str]) -> list[str]:
    """What each example of these files expects and does not get; empty when all hold."""
    engines = partial(choose, name="reference")
    checked = [check_example(book, example, engines) for example in book.examples if example.place.file in files]
    return [
        f"{one.example.title}: {expectation(missed)}, but it is {one.lowest} to {one.highest}"
        for one in checked
        for missed in one.missed
    ]


def message(shown: Shown) -> str:
    """The whole message that a bad block gives; empty when it is good after all."""
    try:
        built(shown)
    except Faulty as faulty:
        return f"{faulty}\n"
    return ""


def built(shown: Shown) -> m.RuleBook:
    """The rule book of a block, for the scheme that it names; raises Faulty when it is bad."""
    named = re.search(r"^scheme (\w+)", shown.sources[-1].text, re.MULTILINE)
    return book_of(load_scheme(named[1] if named else "nhs"), shown.sources)
