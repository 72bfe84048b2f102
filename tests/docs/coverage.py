"""The pages that say where each note of the guidance is encoded, from the files in ``rules/SCHEME/coverage``."""

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
RULES = ROOT / "rules"
SCHEMES = tuple(sorted({path.parent.name for path in RULES.glob("*/*.jer")}))
"""Every scheme that has rules."""
BESIDE = "process"
"""The file, if a scheme has one, for the notes that are about no factor: nothing there is encoded by a rule."""
NOT_ENCODED = "not encoded: "

_ITEM = re.compile(
    r"""(?P<kind>question|term|level|at\ least|at\ most|not|panel\ decides|interpretation|query
        |count\ once|assess|may\ also\ count|never\ from|carry|parameter|cross\ check)\ (?P<rest>.+)""",
    re.VERBOSE,
)
_HEAD = """\
# Where each note is encoded: {name}

For each factor that has rules, this page lists the notes of the guidance, and what in the rule file encodes each.{more}

* `R-…` is a note that can be checked by rule, `A-…` a place where the guidance is silent, unclear or at odds with
  itself. The numbers are those of the working list that the rules were written from. That list follows the official
  texts closely, and they are copyright, so it is not here: each rule cites its place in the guidance.
* `query "…"` gives the beginning of the query's text.
* What is *not encoded* says why.

The page is generated from `rules/{scheme}/coverage/` by `python -m tests.docs.update`. A test keeps it current, and
checks that everything named here is in the rule book.
"""
_TITLES = {"nhs": "the NHS scheme", "njc": "the NJC scheme", "sjc": "the SJC scheme"}
_MORE = {
    "njc": """
The tool for advisory, policy and equivalent responsibilities is one more section. The process and the points come last:
no rule of a factor could encode them.""",
    "sjc": """
No level definitions of this scheme are public, so no rule gives a level: what is encoded are questions, the words for
their answers, and queries. Notes marked *procedure* are about reviews, dates, panels and routes: they belong to the
rules for [procedures](coverage-procedure.md), and no rule of a factor could encode them.""",
}


@dataclass(frozen=True, slots=True)
class Coverage:
    """What one file says: its factor (or the name of a tool, or `BESIDE`), and for each note what encodes it."""

    scheme: str
    file: str
    factor: str
    notes: Mapping[str, tuple[str, ...]]


def page_of(scheme: str) -> Path:
    """The page of a scheme; that of the NHS scheme was the first, and keeps its name."""
    return ROOT / "docs" / ("coverage.md" if scheme == "nhs" else f"coverage-{scheme}.md")


def read_all(scheme: str) -> tuple[Coverage, ...]:
    """Every coverage file of a scheme: in the order of the factors, then the tools, then what is about neither."""
    found = [_read(scheme, path) for path in (RULES / scheme / "coverage").glob("*.yaml")]
    return tuple(sorted(found, key=lambda one: (one.factor == BESIDE, one.file)))


def _read(scheme: str, path: Path) -> Coverage:
    found = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(found, dict), f"{path.name} is a table from notes to lists"
    notes: dict[str, tuple[str, ...]] = {}
    for note, items in found.items():
        assert isinstance(items, list), f"{path.name}: {note} is followed by a list"
        assert items, f"{path.name}: {note} has an empty list"
        assert all(isinstance(item, str) for item in items), f"{path.name}: {note} lists something that is no text"
        notes[str(note)] = tuple(items)
    return Coverage(scheme, path.name, path.stem.lstrip("0"), notes)


# ── is it in the rule book? ──────────────────────────────────────────────────────────────────────────────────────────


def unknown(book: m.RuleBook, coverage: Coverage) -> Iterator[str]:
    """Each item of a coverage file that names nothing in the rule book."""
    for note, items in coverage.notes.items():
        for item in items:
            if not item.startswith(NOT_ENCODED) and not _known(book, coverage, item):
                yield f"{coverage.file}: {note}: {item}"


def _known(book: m.RuleBook, coverage: Coverage, item: str) -> bool:  # noqa: PLR0911 - one case a kind
    found = _ITEM.fullmatch(item)
    factor = coverage.factor
    if found is None or factor not in book.factors:
        return False
    kind, rest = found["kind"], found["rest"]
    rules = book.factors[factor]
    match kind:
        case "question":
            return book.question(rest) is not None
        case "term":
            name, _, record = rest.partition(" ")
            return any(TermKey(of, record or None, name) in book.terms for of in (factor, None))
        case "parameter" | "interpretation":
            return rest in (book.parameters if found["kind"] == "parameter" else book.interpretations)
        case "query":
            texts = [rule.effect.text for rule in rules.rules if isinstance(rule.effect, m.Asks)]
            return rest.startswith('"') and rest.endswith('"') and any(text.startswith(rest[1:-1]) for text in texts)
        case "count once" | "assess":
            return item in _credit_rules(coverage.scheme, factor)
        case "may also count":
            record, _, under = rest.partition(" under ")
            return any(
                may.record == record and set(under.split(", ")) <= set(may.factors) for may in book.may_also_count
            )
        case "cross check":
            return rest in {", ".join(map(str, check.factors)) for check in book.cross_checks}
        case "never from":
            named = {question.name for never in book.never if never.factor == factor for question in never.questions}
            return set(rest.split(", ")) <= named
    return any(rule.id.rpartition("/")[2].partition(" #")[0] == item for rule in rules.rules)


@lru_cache
def _credit_rules(scheme: str, factor: str) -> frozenset[str]:
    """The `count once` and `assess` rules in the files of a factor, whichever factor they keep evidence out of.

    They are read off the files: the rule book holds them with the factor that they bar, if that has rules itself.
    """
    found = set[str]()
    tools = set((RULES / scheme).glob("*-tool-*.jer"))
    own = set((RULES / scheme).glob(f"{int(factor):02}-*.jer" if factor.isdigit() else f"*-tool-{factor}.jer"))
    for path in sorted(own - tools if factor.isdigit() else own):
        for statement in parse(read_source(path)).statements:
            inner = statement.statements if isinstance(statement, tree.Interpretation) else (statement,)
            for rule in inner:
                if isinstance(rule, tree.CreditRule) and rule.kind != "carry":
                    how = rule.kind.replace("_", " ")
                    found.add(f"{how} {rule.record} under {rule.under} not {rule.barred or factor}")
    return frozenset(found)


# ── the page ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def page(scheme: str, book: m.RuleBook, files: tuple[Coverage, ...]) -> str:
    """The whole page in Markdown."""
    lines = [_HEAD.format(scheme=scheme, name=_TITLES[scheme], more=_MORE.get(scheme, ""))]
    for coverage in files:
        lines += [f"## {_title(book, coverage)}", "", "| note | encoded by |", "|---|---|"]
        lines += [f"| {note} | {_cell(book, items)} |" for note, items in coverage.notes.items()]
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


def _title(book: m.RuleBook, coverage: Coverage) -> str:
    if coverage.factor == BESIDE:
        return "The process, and the points"
    rules = book.factors[coverage.factor]
    return f"{'Tool' if rules.number is None else f'Factor {rules.number}'}: {rules.title}"


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
