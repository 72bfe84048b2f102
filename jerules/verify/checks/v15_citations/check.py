"""V15: citations, both ways: every statement cites paragraphs that exist, and no paragraph is left out in silence.

Paragraphs are those of the scheme's index, which holds none of the text. Where a scheme has no index only the first is
looked at, as far as it goes: that every statement cites something.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from jerules.faults import Place
from jerules.rulebook import model as m
from jerules.rulebook.load import load_procedures
from jerules.rulebook.sources import Names, Resolved, Sources, claims, coverage_of, sources_of, statements
from jerules.scheme.model import Factor
from jerules.scheme.paragraphs import Index, Paragraph, index_for
from jerules.scheme.paragraphs_reasons import load_reasons
from jerules.verify.bench import Bench
from jerules.verify.model import End, Finding, Kin, Obligation, State
from jerules.verify.settle import READING

CODE = "V15"
TITLE = "citations, both ways"


def of_factor(bench: Bench) -> Iterator[Obligation]:
    """Every statement of the factor cites, and every one of its citations names a paragraph."""
    yield from _cited(part_of(bench.book, bench.key), bench.key)


def of_book(book: m.RuleBook) -> Iterator[Obligation]:
    """The same of what belongs to no factor; and every normative paragraph is cited or has a reason.

    A paragraph may be cited by the rules of the scheme's procedures as well, which are a book of their own; of that
    book by itself it is not asked what it leaves out.
    """
    yield from _cited(part_of(book, ""), "")
    index = index_for(book.scheme)
    if index is not None and not all(rules.procedure for rules in book.factors.values()):
        own = Path(book.scheme.folder) if book.scheme.folder else None
        procedures = load_procedures(book.scheme.id, examples=False, own=own)
        silent = tuple(one for one in book.scheme.factors if book.factors and str(one.number) not in book.factors)
        yield from _covered(index, sources_of(book, index, procedures), silent)


def part_of(book: m.RuleBook, key: str) -> m.RuleBook:
    """What of a book belongs to a factor or a tool, or with an empty key to none."""
    return replace(
        book,
        terms={one: term for one, term in book.terms.items() if (one.factor or "") == key},
        factors={one: _written_for(rules, key) for one, rules in book.factors.items()},
        interpretations={one: note for one, note in book.interpretations.items() if note.factor == key},
        parameters={} if key else book.parameters,
        may_also_count=tuple(one for one in book.may_also_count if one.home == key),
        never=tuple(one for one in book.never if one.factor == key),
        pro_rata=None if key else book.pro_rata,
        ladders=tuple(one for one in book.ladders if one.factor == key),
        acceptances=tuple(one for one in book.acceptances if one.factor == key),
    )


def _written_for(rules: m.FactorRules, key: str) -> m.FactorRules:
    """The rules that a factor's own file holds; a bar stands in one file and keeps out of another factor."""
    bars = tuple(bar for bar in rules.bars if bar.factor == key)
    return replace(rules, rules=rules.rules if rules.key == key else (), bars=bars)


# ── from the rules to the guidance ───────────────────────────────────────────────────────────────────────────────


def _cited(part: m.RuleBook, key: str) -> Iterator[Obligation]:
    every = list(statements(part))
    for name, source in every:
        if not source.citations:
            finding = Finding("this statement cites nothing", (End(name, source.place),), help="say where it is said")
            yield _refuted(key, _short(name), f"`{_short(name)}` cites a place in the guidance", finding)
    citing = sum(bool(source.citations) for _, source in every)
    yield _proved(key, "citing" if key else "citing, shared", f"{citing} statements cite a place in the guidance")
    index = index_for(part.scheme)
    if index is None:
        return
    names, right = _names(index), 0
    for name, source in (*every, *claims(part)):
        for citation in source.citations:
            resolved = names.resolve(citation.id)
            right += bool(resolved.paragraphs)
            if not resolved.paragraphs:
                yield _no_paragraph(key, name, source.place, citation, resolved)
    yield _proved(key, "citations" if key else "citations, shared", f"{right} citations name a paragraph of the index")


@lru_cache(maxsize=4)
def _names(index: Index) -> Names:
    return Names(index)


def _no_paragraph(key: str, name: str, place: Place, citation: m.Citation, resolved: Resolved) -> Obligation:
    near = f"; the nearest is `{resolved.near}`" if resolved.near else ""
    message = f"no paragraph of the index is “{citation.words}”{near}"
    if resolved.candidates:
        message = f"“{citation.words}” may be any of {len(resolved.candidates)} paragraphs"
    finding = Finding(
        message,
        ends=(End(name, place, (citation,)),),
        regions=tuple(paragraph.id for paragraph in resolved.candidates),
        help="correct the citation",
    )
    return _refuted(key, f"{_short(name)}: {citation.words}", f"“{citation.words}” names one paragraph", finding)


def _short(name: str) -> str:
    """A statement as it is called: a rule without the scheme and the factor."""
    return name.rsplit("/", 1)[-1]


def _proved(key: str, subject: str, says: str) -> Obligation:
    return Obligation(CODE, key, subject, says, State.PROVED, (READING,))


def _refuted(key: str, subject: str, says: str, finding: Finding) -> Obligation:
    return Obligation(CODE, key, subject, says, State.REFUTED, (READING,), finding)


# ── from the guidance to the rules ───────────────────────────────────────────────────────────────────────────────


def _covered(index: Index, sources: Sources, silent: Sequence[Factor]) -> Iterator[Obligation]:
    """What no rule cites; that of factors without any rules all at once, for a file of one factor cannot cite it."""
    covered = coverage_of(index, sources, load_reasons(index))
    left_out = {paragraph: _factor_of(paragraph, silent) for paragraph in covered.neither}
    for paragraph, factor in left_out.items():
        if factor is None:
            yield _left_out(paragraph)
    without = [factor for factor in silent if factor in left_out.values()]
    if without:
        yield _unwritten(without, sum(factor is not None for factor in left_out.values()))
    for reason in covered.needless:
        name = reason.paragraphs[0].id
        finding = Finding("rules cite all that this reason names", (End(reason.reason, reason.place),))
        yield _refuted("", f"reason for {name}", f"the reason not to encode `{name}` is needed", finding)
    cited, listed = len(covered.cited), len(covered.listed)
    yield _proved("", "paragraphs", f"rules cite {cited} normative paragraphs, and {listed} are listed with a reason")


def _factor_of(paragraph: Paragraph, factors: Sequence[Factor]) -> Factor | None:
    """The one of these factors that a paragraph is about."""
    parts = paragraph.id.split("/")
    return next((factor for factor in factors if f"factor-{factor.number}" in parts), None)


def _unwritten(factors: Sequence[Factor], paragraphs: int) -> Obligation:
    numbers = ", ".join(str(factor.number) for factor in factors)
    finding = Finding(
        f"these files have no rules for {len(factors)} factors of the scheme ({numbers}), and "
        f"{paragraphs} paragraphs about them are cited by nothing",
        help="check them with the other files of the scheme, or name with `--factor` the one that is meant",
    )
    return _refuted("", "factors without rules", "every factor of the scheme has rules", finding)


def _left_out(paragraph: Paragraph) -> Obligation:
    under, _, one = paragraph.id.rpartition("/")
    finding = Finding(
        f"no rule cites the paragraph that begins “{paragraph.begins}” ({paragraph.place}), and no reason is given",
        help="write the rule, cite the paragraph, or list it among those not encoded with the reason",
        kin=Kin(
            "paragraphs that no rule cites",
            "no rule cites these paragraphs, and no reason is given",
            "write the rules, cite the paragraphs, or list them among those not encoded with the reason; each may also "
            "be accepted by its own name",
            under,
            one,
        ),
    )
    return _refuted("", paragraph.id, f"`{paragraph.id}` is encoded, or listed with a reason", finding)
