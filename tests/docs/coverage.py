"""The page that says where each note of the guidance is encoded, from the files in ``rules/nhs/coverage``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from jerules.documents.text import read_source
from jerules.language import tree
from jerules.language.parse import parse
from jerules.rulebook import model as m
from jerules.rulebook.conditions import TermKey

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "rules" / "nhs" / "coverage"
PAGE = ROOT / "docs" / "coverage.md"
NOT_ENCODED = "not encoded: "

_ITEM = re.compile(
    r"""(?P<kind>question|term|level|at\ least|at\ most|not|panel\ decides|interpretation|query
        |count\ once|assess|may\ also\ count|never\ from)\ (?P<rest>.+)""",
    re.VERBOSE,
)
_HEAD = """\
# Where each note is encoded

For each factor that has rules, this page lists the notes of the guidance, and what in the rule file encodes each.

* `R-…` is a note that can be checked by rule, `A-…` a place where the guidance is silent, unclear or at odds with
  itself. The numbers are those of the working list that the rules were written from. That list follows the official
  texts closely, and they are copyright, so it is not here: each rule cites its place in the handbook.
* `query "…"` gives the beginning of the query's text.
* What is *not encoded* says why.

The page is generated from `rules/nhs/coverage/` by `python -m tests.docs.update`. A test keeps it current, and checks
that everything named here is in the rule book.
"""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What one file says: its factor, and for each note what encodes it."""

    file: str
    factor: str
    notes: Mapping[str, tuple[str, ...]]


def read_all(folder: Path = FOLDER) -> tuple[Coverage, ...]:
    """Every coverage file, in the order of the factors."""
    return tuple(_read(path) for path in sorted(folder.glob("*.yaml")))


def _read(path: Path) -> Coverage:
    found = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(found, dict), f"{path.name} is a table from notes to lists"
    notes: dict[str, tuple[str, ...]] = {}
    for note, items in found.items():
        assert isinstance(items, list), f"{path.name}: {note} is followed by a list"
        assert items, f"{path.name}: {note} has an empty list"
        assert all(isinstance(item, str) for item in items), f"{path.name}: {note} lists something that is no text"
        notes[str(note)] = tuple(items)
    return Coverage(path.name, str(int(path.stem)), notes)


# ── is it in the rule book? ──────────────────────────────────────────────────────────────────────────────────────────


def unknown(book: m.RuleBook, coverage: Coverage) -> Iterator[str]:
    """Each item of a coverage file that names nothing in the rule book."""
    for note, items in coverage.notes.items():
        for item in items:
            if not item.startswith(NOT_ENCODED) and not _known(book, coverage.factor, item):
                yield f"{coverage.file}: {note}: {item}"


def _known(book: m.RuleBook, factor: str, item: str) -> bool:  # noqa: PLR0911 - one case a kind
    found = _ITEM.fullmatch(item)
    if found is None:
        return False
    kind, rest = found["kind"], found["rest"]
    rules = book.factors[factor]
    match kind:
        case "question":
            return book.question(rest) is not None
        case "term":
            name, _, record = rest.partition(" ")
            return any(TermKey(of, record or None, name) in book.terms for of in (factor, None))
        case "interpretation":
            return rest in book.interpretations
        case "query":
            texts = [rule.effect.text for rule in rules.rules if isinstance(rule.effect, m.Asks)]
            return rest.startswith('"') and rest.endswith('"') and any(text.startswith(rest[1:-1]) for text in texts)
        case "count once" | "assess":
            return item in _credit_rules(factor)
        case "may also count":
            record, _, under = rest.partition(" under ")
            return any(
                may.record == record and set(under.split(", ")) <= set(may.factors) for may in book.may_also_count
            )
        case "never from":
            named = {question.name for never in book.never if never.factor == factor for question in never.questions}
            return set(rest.split(", ")) <= named
    return any(rule.id.rpartition("/")[2].partition(" #")[0] == item for rule in rules.rules)


@lru_cache
def _credit_rules(factor: str) -> frozenset[str]:
    """The `count once` and `assess` rules in the files of a factor, whichever factor they keep evidence out of.

    They are read off the files: the rule book holds them with the factor that they bar, if that has rules itself.
    """
    found = set[str]()
    for path in sorted(FOLDER.parent.glob(f"{int(factor):02}-*.jer")):
        for statement in parse(read_source(path)).statements:
            inner = statement.statements if isinstance(statement, tree.Interpretation) else (statement,)
            for rule in inner:
                if isinstance(rule, tree.CreditRule) and rule.kind != "carry":
                    how = rule.kind.replace("_", " ")
                    found.add(f"{how} {rule.record} under {rule.under} not {rule.barred or factor}")
    return frozenset(found)


# ── the page ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def page(book: m.RuleBook, files: tuple[Coverage, ...]) -> str:
    """The whole page in Markdown."""
    lines = [_HEAD]
    for coverage in files:
        rules = book.factors[coverage.factor]
        lines += [f"## Factor {coverage.factor}: {rules.title}", "", "| note | encoded by |", "|---|---|"]
        lines += [f"| {note} | {_cell(book, items)} |" for note, items in coverage.notes.items()]
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


def _cell(book: m.RuleBook, items: tuple[str, ...]) -> str:
    return "; ".join(_shown(book, item) for item in items).replace("|", r"\|")


def _shown(book: m.RuleBook, item: str) -> str:
    if item.startswith(NOT_ENCODED):
        return f"*not encoded*: {item.removeprefix(NOT_ENCODED)}"
    if item.startswith("interpretation "):
        known = book.interpretations[item.removeprefix("interpretation ")]
        return f"`{item}` ({known.title})"
    if item.startswith('query "'):
        text = item.removesuffix('"')
        return f'`{text}{"" if text.endswith((".", "?", "!")) else "…"}"`'
    return f"`{item}`"
