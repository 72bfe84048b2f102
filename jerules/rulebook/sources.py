"""What each statement of a rule book rests on: its citations, resolved to the paragraphs of the scheme's index."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from jerules.faults import Place, nearest
from jerules.rulebook.model import Citation, RuleBook, Source
from jerules.scheme.paragraphs import Index, Paragraph
from jerules.scheme.paragraphs_reasons import Reason

_LEVEL = re.compile(r"level-[0-9]+")
_OPTION = re.compile(r"[a-z]")
_GENERAL = "/general"


@dataclass(frozen=True, slots=True)
class Use:
    """A statement that cites a paragraph: what it is called, where it stands, and the citation as it is written."""

    statement: str
    place: Place
    citation: Citation


@dataclass(frozen=True, slots=True)
class Resolved:
    """The paragraphs that a citation stands for: several only for a whole chapter or a level with options.

    Without any, ``candidates`` are those between which the citation does not choose, and ``near`` a like name.
    """

    paragraphs: tuple[Paragraph, ...]
    candidates: tuple[Paragraph, ...] = ()
    near: str = ""


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A citation that names no paragraph, or does not choose between several, and the statement that makes it."""

    use: Use
    resolved: Resolved


@dataclass(frozen=True, slots=True)
class Sources:
    """Which statements rest on each paragraph, by its identifier, and the citations that resolve to none."""

    resting: dict[str, tuple[Use, ...]]
    unresolved: tuple[Unresolved, ...]


class Names:
    """The names of the paragraphs of an index, and what a citation means among them."""

    def __init__(self, index: Index) -> None:
        self._exact: dict[str, Paragraph] = {}
        self._home: dict[str, list[tuple[str, Paragraph]]] = {}
        for paragraph in index.paragraphs:
            for name in (paragraph.id, *paragraph.also):
                self._exact[name] = paragraph
                self._home.setdefault(paragraph.section, []).append((name, paragraph))

    def resolve(self, wanted: str) -> Resolved:
        """The paragraphs of that identifier, or of the one name that begins with it at a word's end.

        A note that a factor does not have is looked for among the general notes of the same part.
        """
        if wanted in self._exact:
            return Resolved((self._exact[wanted],))
        home, _, last = wanted.rpartition("/")
        own = self._home.get(home, [])
        if last == "all":
            return Resolved(tuple(dict.fromkeys(paragraph for _, paragraph in own)))
        if _LEVEL.fullmatch(last):
            options = [
                one for name, one in own if name[: len(wanted)] == wanted and _OPTION.fullmatch(name[len(wanted) :])
            ]
            if options:
                return Resolved(tuple(options))
        begun = tuple(dict.fromkeys(one for name, one in own if name.startswith(f"{wanted}-")))
        if len(begun) == 1:
            return Resolved(begun)
        if not begun and last.startswith("note-") and not home.endswith(_GENERAL):
            general = self.resolve(f"{home.rpartition('/')[0]}{_GENERAL}/{last}")
            if general.paragraphs or general.candidates:
                return general
        return Resolved((), begun, "" if begun else nearest(last, [name.rpartition("/")[2] for name, _ in own]))


def sources_of(book: RuleBook, index: Index, *beside: RuleBook) -> Sources:
    """Every statement of the book under the paragraphs that it cites, and every citation that resolves to none.

    ``beside`` are other rule books of the same scheme, such as that of its procedures. What only claims encodes no
    paragraph: its citations must resolve, and that is all.
    """
    names = Names(index)
    resting: dict[str, dict[Use, None]] = {paragraph.id: {} for paragraph in index.paragraphs}
    unresolved: dict[Use, Unresolved] = {}
    cited = [one for every in (book, *beside) for one in statements(every)]
    claimed = [one for every in (book, *beside) for one in claims(every)]
    for use, resolved in (*_uses(names, cited), *_uses(names, claimed)):
        if not resolved.paragraphs:
            unresolved[use] = Unresolved(use, resolved)
    for use, resolved in _uses(names, cited):
        for paragraph in resolved.paragraphs:
            resting[paragraph.id][use] = None
    return Sources({name: tuple(uses) for name, uses in resting.items()}, tuple(unresolved.values()))


def _uses(names: Names, cited: Iterable[tuple[str, Source]]) -> Iterator[tuple[Use, Resolved]]:
    for statement, source in cited:
        for citation in source.citations:
            yield Use(statement, source.place, citation), names.resolve(citation.id)


def statements(book: RuleBook) -> Iterator[tuple[str, Source]]:
    """Every statement that rests on the guidance, with what it is called, in the order of the book."""
    for key, term in book.terms.items():
        for definition in term.definitions:
            yield f"term {key.name} ({key.record}, factor {key.factor})", definition.source
    for factor in book.factors.values():
        for rule in (*factor.rules, *factor.bars):
            yield rule.id, rule.source
    for interpretation in book.interpretations.values():
        yield f"interpretation {interpretation.id}", interpretation.source
    yield from ((f"parameter {parameter.name}", parameter.source) for parameter in book.parameters.values())
    yield from ((f"order {' < '.join(order.parameters)}", order.source) for order in book.orders)
    yield from ((check.id, check.source) for check in book.cross_checks)
    for permitted in book.may_also_count:
        yield f"may also count {permitted.record}", permitted.source
    for never in book.never:
        yield f"never from (factor {never.factor})", never.source
    if book.pro_rata:
        yield book.pro_rata.rule.id, book.pro_rata.rule.source


def claims(book: RuleBook) -> Iterator[tuple[str, Source]]:
    """The ladders and acceptances of the book, with what each is called."""
    for ladder in book.ladders:
        yield f"ladder {ladder.name} (factor {ladder.factor or 'all'})", ladder.source
    for accepted in book.acceptances:
        yield f'accept {accepted.check} "{accepted.subject}" (factor {accepted.factor or "all"})', accepted.source


# ── coverage ─────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Coverage:
    """What became of the normative paragraphs: cited by a rule, listed with a reason, or neither.

    ``needless`` are reasons all of whose paragraphs are cited after all.
    """

    cited: tuple[Paragraph, ...]
    listed: tuple[tuple[Paragraph, Reason], ...]
    neither: tuple[Paragraph, ...]
    needless: tuple[Reason, ...]


def coverage_of(index: Index, sources: Sources, reasons: Sequence[Reason]) -> Coverage:
    """Every normative paragraph of the index once, under what became of it."""
    why: dict[str, Reason] = {}
    for reason in reasons:
        for paragraph in reason.paragraphs:
            why.setdefault(paragraph.id, reason)
    cited: list[Paragraph] = []
    listed: list[tuple[Paragraph, Reason]] = []
    neither: list[Paragraph] = []
    for paragraph in index.paragraphs:
        if not paragraph.normative:
            continue
        if sources.resting[paragraph.id]:
            cited.append(paragraph)
        elif paragraph.id in why:
            listed.append((paragraph, why[paragraph.id]))
        else:
            neither.append(paragraph)
    used = {reason for _, reason in listed}
    return Coverage(tuple(cited), tuple(listed), tuple(neither), tuple(one for one in reasons if one not in used))
