"""The page that says which unclear places of the guidance the checker comes upon by itself, from what it finds."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from textwrap import fill
from typing import Final

import yaml

from jerules.rulebook import model as m
from jerules.rulebook.load import load_rulebook
from jerules.verify.bare import keeping
from jerules.verify.model import Obligation, State
from jerules.verify.run import Selection, check, obligations
from tests.docs import coverage

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = ROOT / "docs" / "found.md"
SCHEMES: Final = {"nhs": "The NHS scheme", "njc": "The NJC scheme"}
ON: Final = date(2026, 11, 22)
OF_THE_GUIDANCE: Final = ("V1", "V3", "V4", "V5", "V6", "V7", "V8", "V10")
"""The checks that come upon a silence or a clash, if it is refuted with every interpretation left out."""
LEFT_OUT: Final = frozenset({"V3", "V10"})
"""The checks that leave interpretations out themselves, and name the one that answers what they find."""
STATUS: Final = "V21"
SHOWN: Final = 2
"""How many of the cases are shown."""
_HEAD: Final = """\
# What the checker finds in the guidance by itself

`jerules check` proves that rules leave nothing out and contradict nothing. Leaving the interpretations out, it proves
the same of what the guidance says by itself, and so comes upon places where that is silent or at odds with itself. All
that it is told is which words are scales ([ladders](language.md#ladders)); some of these stand in an interpretation,
for their lowest word is its own. People had listed such places by hand before; this page puts the two side by side.

* A note *comes out* if something does not hold of the guidance's own rules, and an interpretation of that name answers
  it. The checks that count are {checks}. A note with several parts comes out if one part does.
* It is *shown to matter* if the guidance's own rules hold together, and the interpretation changes what comes of them:
  a level is higher or lower, a rule has no use left, or two rungs of a scale meet. Where such a note is a gap or an
  overlap, the guidance's own rules, as written here, already give one level or leave it to the panel.
* Some do not come out at all, each for a reason that somebody wrote down.

A *gap* is a case that no level is for and an *overlap* one that two are for. These are what a checker can be expected
to come upon; other notes are about words that are not defined, soft numbers, wrong references and the like. The
numbers of the notes are explained on the pages that say where each is encoded ([NHS](coverage.md),
[NJC](coverage-njc.md)). Those of the [SJC](coverage-sjc.md) scheme and of [procedures](coverage-procedure.md) are not
here: no rule gives a level there, and nothing is proved.

The page is made from what the checker finds, by `python -m tests.docs.update`, and a test keeps it current.

{figures}
"""
_BESIDES: Final = """\
## What it finds besides

These stand accepted in the rule files, and no note of the list is about them. (Of totals above the highest band the
list says so only in passing, where it tells what our copy of the handbook leaves out.)

| scheme | check | where | what is accepted, and why |
|---|---|---|---|
{rows}

No change of the rules on record says that it puts right what the checker found. Words were added so that it could see
more, none of which moves a level: two for how often research is done (factor 11), and those for the scales of reports
(factor 10), sums bought (factor 8), dangers (factor 16), and in the NJC scheme of plans (factor 2) and of effort in
between (factor 6).
"""


@dataclass(frozen=True, slots=True)
class Kinds:
    """The notes of a scheme that are gaps, and those that are overlaps."""

    gap: frozenset[str]
    overlap: frozenset[str]

    def word(self, note: str) -> str:
        """What kind a note is, or nothing."""
        return "gap" if note in self.gap else "overlap" if note in self.overlap else ""


@dataclass(frozen=True, slots=True)
class Found:
    """What the checks say to the notes of one scheme.

    ``out`` has for each note that comes out the obligations that show it, ``matter`` those that only show that it
    matters; no note is in both. ``reasons`` says why the others do not come out.
    """

    book: m.RuleBook
    notes: tuple[str, ...]
    kinds: Kinds
    out: Mapping[str, tuple[Obligation, ...]]
    matter: Mapping[str, tuple[Obligation, ...]]
    reasons: Mapping[str, str]
    besides: tuple[Obligation, ...]


def notes_of(scheme: str) -> tuple[str, ...]:
    """Every note of the coverage files on something unclear, in the order of their numbers."""
    return tuple(sorted({note for one in coverage.read_all(scheme) for note in one.notes if note.startswith("A-")}))


def kinds_of(scheme: str) -> Kinds:
    """Which notes are gaps and overlaps."""
    found = _yaml(scheme, "kinds")
    return Kinds(frozenset(found["gap"]), frozenset(found["overlap"]))


def reasons_of(scheme: str) -> dict[str, str]:
    """Why notes do not come out."""
    return {str(note): str(reason) for note, reason in _yaml(scheme, "not-found").items()}


def _yaml(scheme: str, name: str) -> dict[str, str]:
    found = yaml.safe_load((coverage.RULES / scheme / "found" / f"{name}.yaml").read_text(encoding="utf-8"))
    assert isinstance(found, dict), f"{name}.yaml is a table"
    return found


@lru_cache
def found(scheme: str) -> Found:
    """Check a scheme and sort its notes."""
    book = load_rulebook(scheme, examples=False)
    codes = (*OF_THE_GUIDANCE, STATUS)
    report = check(book, ON, only=Selection(checks=codes))
    notes = notes_of(scheme)
    out: dict[str, list[Obligation]] = {}
    matter: dict[str, list[Obligation]] = {}
    for one in report.obligations:
        if one.state is State.ACCEPTED:
            into = out if of_the_guidance(book, one) else matter
            for note in names(one):
                into.setdefault(note, []).append(one)
    return Found(
        book,
        notes,
        kinds_of(scheme),
        {note: tuple(out[note]) for note in notes if note in out},
        {note: tuple(matter[note]) for note in notes if note in matter and note not in out},
        reasons_of(scheme),
        tuple(_besides(book, report.obligations, notes)),
    )


def names(one: Obligation) -> tuple[str, ...]:
    """The notes that an accepted obligation names: by its interpretation, or in the reason of the statement."""
    assert one.acceptance is not None
    return tuple(dict.fromkeys(re.findall(r"A-[A-Z]+(?:-[A-Z]+)?-\d+", _reason(one))))


def _reason(one: Obligation) -> str:
    assert one.acceptance is not None
    return one.acceptance.interpretation or one.acceptance.because


def of_the_guidance(book: m.RuleBook, one: Obligation) -> bool:
    """Whether what an accepted obligation shows is so of the guidance's own rules, with no interpretation."""
    assert one.acceptance is not None
    if one.check not in OF_THE_GUIDANCE:
        return False
    if one.acceptance.interpretation:
        # The others accept in the name of an interpretation what only that one brings about.
        return one.check in LEFT_OUT
    alone = obligations(keeping(book), one.factor, (one.check,))
    return any(other.subject == one.subject and other.state is State.REFUTED for other in alone)


def _besides(book: m.RuleBook, checked: Sequence[Obligation], notes: Sequence[str]) -> Iterator[Obligation]:
    """What is accepted and no note is about, of all checks: statements, and interpretations that answer no note."""
    stated = {acceptance.check for acceptance in book.acceptances} - {one.check for one in checked}
    more = check(book, ON, only=Selection(checks=tuple(sorted(stated)))).obligations if stated else ()
    for one in (*checked, *more):
        if one.state is State.ACCEPTED and not set(names(one)) & set(notes):
            yield one


# ── the page ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def page() -> str:
    """The whole page in Markdown."""
    every = {scheme: found(scheme) for scheme in SCHEMES}
    figures = "\n".join([*(_figures(SCHEMES[scheme], one) for scheme, one in every.items()), _together(every.values())])
    parts = [_HEAD.format(checks=f"{', '.join(OF_THE_GUIDANCE[:-1])} and {OF_THE_GUIDANCE[-1]}", figures=figures)]
    for scheme, one in every.items():
        parts += [f"## {SCHEMES[scheme]}", "", *_tables(one)]
    rows = "\n".join(
        _row(scheme.upper(), *_beside(besides)) for scheme, one in every.items() for besides in one.besides
    )
    return "\n".join([*parts, _BESIDES.format(rows=rows)])


def _figures(title: str, one: Found) -> str:
    """How many gaps and overlaps come out, in a sentence."""
    wanted = one.kinds.gap | one.kinds.overlap
    more = len(one.out.keys() - wanted)
    words = (
        f"* **{title}:** {_counted([one])} come out, and {more} notes of other kinds. "
        f"Of the other gaps and overlaps {len(wanted & one.matter.keys())} are shown to matter, and "
        f"{len(wanted & one.reasons.keys())} do not come out at all."
    )
    return fill(words, 120, subsequent_indent="  ")


def _together(every: Collection[Found]) -> str:
    return f"* **Together:** {_counted(every)}."


def _counted(every: Collection[Found]) -> str:
    """How many gaps and overlaps come out, of how many."""
    gaps = sum(len(one.kinds.gap & one.out.keys()) for one in every), sum(len(one.kinds.gap) for one in every)
    overlaps = (
        sum(len(one.kinds.overlap & one.out.keys()) for one in every),
        sum(len(one.kinds.overlap) for one in every),
    )
    return f"{gaps[0]} of {gaps[1]} gaps and {overlaps[0]} of {overlaps[1]} overlaps"


def _tables(one: Found) -> Iterator[str]:
    yield from ("### What comes out", "", "| note | kind | check | factor | what is found |", "|---|---|---|---|---|")
    for note, shown in one.out.items():
        shows = [other for other in shown if of_the_guidance(one.book, other)]
        checks, factors = _joined(other.check for other in shows), _joined(other.factor for other in shows)
        words = "; ".join(dict.fromkeys(map(_words, shows)))
        yield _row(_note(one, note), one.kinds.word(note), checks, factors, words)
    yield from ("", "### What is shown to matter", "", "| note | kind | factor | what shows it |", "|---|---|---|---|")
    for note, shown in one.matter.items():
        words = "; ".join(_changes(shown))
        yield _row(_note(one, note), one.kinds.word(note), _joined(other.factor for other in shown), words)
    yield from ("", "### What does not come out", "", "| note | kind | why |", "|---|---|---|")
    for note, reason in sorted(one.reasons.items()):
        yield _row(_note(one, note), one.kinds.word(note), reason)
    yield ""


def _note(one: Found, note: str) -> str:
    known = one.book.interpretations.get(note)
    return f"{note}: {known.title}" if known else note


def _words(one: Obligation) -> str:
    """What does not hold, with the first cases."""
    assert one.finding is not None
    regions = one.finding.regions
    more = f", and {len(regions) - SHOWN} more" if len(regions) > SHOWN else ""
    shown = " · ".join(regions[:SHOWN]) + more
    said = re.sub(r"; A-[A-Z]+-\d+ gives one$", "", one.finding.message)
    return f"{said}: {shown}" if shown else said


def _changes(shown: Sequence[Obligation]) -> Iterator[str]:
    """What changes by an interpretation, each thing once, with the checks that show it."""
    checks: dict[str, list[str]] = {}
    for one in shown:
        checks.setdefault(_change(one), []).append(one.check)
    for words, codes in checks.items():
        yield f"{words} ({_joined(codes)})"


def _change(one: Obligation) -> str:
    match one.check, one.subject:
        case ("V21", "lowered"):
            return "a level can be lower than by binding rules"
        case ("V21", _):
            return "a level can be higher than by binding rules"
        case ("V1" | "V6" | "V7", subject) if subject.startswith("panel decides"):
            return "what was left to the panel is answered"
        case ("V1" | "V6" | "V7", _):
            return "a rule has no use left"
    return "two rungs of a scale meet"


def _beside(one: Obligation) -> tuple[str, str, str]:
    assert one.acceptance is not None
    where = f"factor {one.factor}" if one.factor else "the whole scheme"
    why = f"`{one.subject}`: {one.acceptance.because}"
    return one.check, where, why if why.endswith(".") else f"{why}."


def _joined(words: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(words))


def _row(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
