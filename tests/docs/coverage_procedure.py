"""The page that says where each note on procedure is encoded, from ``rules/SCHEME/procedure/coverage.yaml``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from jerules.jobs.case import kinds_of
from jerules.rulebook import model as m
from jerules.rulebook.load import load_procedures
from jerules.scheme.load import scheme_names

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = ROOT / "docs" / "coverage-procedure.md"
SCHEMES = tuple(name for name in scheme_names() if (ROOT / "rules" / name / "procedure").is_dir())
NOT_ENCODED = "not encoded: "
_HEAD = """\
# Where each note is encoded: procedures

This page lists the notes on how job evaluation is kept up: changed jobs, new posts, appeals. It says for each what in
the rules of the [procedures](procedure.md) encodes it, with the procedure it stands in, or why nothing does. What the
notes are, and why they are not here, is said on the pages on the factors of the [NHS](coverage.md), the
[NJC](coverage-njc.md) and the [SJC](coverage-sjc.md) scheme.

The page is generated from `rules/*/procedure/coverage.yaml` by `python -m tests.docs.update`. A test keeps it current,
and checks that everything named here is in the rules.
"""


def notes_of(scheme: str) -> Mapping[str, tuple[str, ...]]:
    """For each note of a scheme what encodes it."""
    found = yaml.safe_load((ROOT / "rules" / scheme / "procedure" / "coverage.yaml").read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    assert all(isinstance(items, list) and items for items in found.values())
    return {str(note): tuple(map(str, items)) for note, items in found.items()}


def unknown(book: m.RuleBook, notes: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Each item that names nothing in the rule book."""
    for note, items in notes.items():
        for item in items:
            if not item.startswith(NOT_ENCODED) and not _known(book, item):
                yield f"{note}: {item}"


def _known(book: m.RuleBook, item: str) -> bool:
    kind, _, rest = item.partition(" ")
    if kind == "interpretation":
        return rest in book.interpretations
    if kind == "question":
        return book.question(rest) is not None
    rules = book.factors.get(kind.removesuffix(":"))
    if rules is None or not kind.endswith(":"):
        return False
    if rest.startswith('query "'):
        begins = rest.removeprefix('query "')
        return any(isinstance(one.effect, m.Asks) and one.effect.text.startswith(begins) for one in rules.rules)
    return any(rule.id.rpartition("/")[2].partition(" #")[0] == rest for rule in rules.rules)


def page() -> str:
    """The whole page."""
    parts = [_HEAD]
    for scheme in SCHEMES:
        book = load_procedures(scheme)
        parts.append(f"## {book.scheme.title}\n")
        named = "; ".join(f"`{kind}` ({book.factors[kind].title})" for kind in kinds_of(book))
        parts.append(f"Procedures: {named}.\n")
        parts.append("| note | encoded by |\n|---|---|")
        parts += [f"| {note} | {'; '.join(map(_shown, items))} |" for note, items in notes_of(scheme).items()]
        parts.append("")
    return "\n".join(parts).rstrip("\n") + "\n"


def _shown(item: str) -> str:
    if item.startswith(NOT_ENCODED):
        return f"*not encoded*: {item.removeprefix(NOT_ENCODED)}"
    return f'`{item}…"`' if ' query "' in item else f"`{item}`"
