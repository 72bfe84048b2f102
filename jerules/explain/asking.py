"""Answers to single questions about a job: why is a factor not at this level?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from jerules.engine.facts import lay_out
from jerules.engine.resolve import resolve
from jerules.explain.evaluate import Engine, Teller, reference_of
from jerules.explain.known import gives_levels
from jerules.explain.outcome import WhyNotLevel
from jerules.faults import Fault, Faulty, listed, nearest
from jerules.jobs.model import Job
from jerules.rulebook.model import RuleBook
from jerules.scheme.levels import position_of
from jerules.scheme.model import Factor, Position, Scheme


def factor_named(scheme: Scheme, text: str) -> Factor:
    """The factor that goes by a number, a short name or a title; raises :class:`Faulty` when there is none."""
    word = " ".join(text.split()).casefold()
    for factor in scheme.factors:
        if word in {str(factor.number), factor.slug, factor.title.casefold()}:
            return factor
    names = {name: factor for factor in scheme.factors for name in (factor.slug, factor.title.casefold())}
    close = names.get(nearest(word, names))
    meant = [one for one in scheme.factors if word and word in one.title.casefold()] or ([close] if close else [])
    raise Faulty([
        Fault(
            "unknown-factor", f"{scheme.title} has no factor `{text.strip()}`",
            expected=f"a number from 1 to {len(scheme.factors)}",
            nearest=str(meant[0].number) if len(meant) == 1 else "",
            help="; ".join(f"{one.number} is {one.title}" for one in meant) or "give the number of the factor",
        )
    ])  # fmt: skip


def factors_named(scheme: Scheme, texts: Iterable[str]) -> tuple[int, ...]:
    """The numbers of the factors that go by ``texts``; raises :class:`Faulty` with every one that there is not."""
    found: dict[int, None] = {}
    faults: dict[Fault, None] = {}
    for text in texts:
        try:
            found[factor_named(scheme, text).number] = None
        except Faulty as faulty:
            faults.update(dict.fromkeys(faulty.faults))
    if faults:
        raise Faulty(faults)
    return tuple(found)


def level_named(book: RuleBook, factor: Factor, text: str) -> Position:
    """The level that `why not` asks about; raises :class:`Faulty` when the factor has none such, or no rules at all."""
    position = position_of(factor, text)
    rules = book.factors.get(str(factor.number))
    if rules is None or not gives_levels(book, rules):
        message = f"there are no rules for factor {factor.number} yet, so nothing can say why not level {position}"
        ruled = [key for key, one in book.factors.items() if one.number and gives_levels(book, one)]
        known = f"a factor with rules: {listed(ruled)}" if ruled else ""
        raise Faulty([Fault("no-rules", message, expected=known, help="choose another factor" if ruled else "")])
    return position


def why_not(book: RuleBook, job: Job, engine: Engine, factor: Factor, wanted: Position) -> WhyNotLevel | None:
    """What each rule of a level still lacks; of a position with a letter, only of the rules that give it."""
    facts = lay_out(book, job)
    verdicts = engine.verdicts(facts)
    standings = resolve(book, verdicts, facts.decisions)
    found = Teller(book, job, facts, verdicts, standings, reference_of(book)).why_not(factor, wanted.level)
    if found is None or wanted.option is None:
        return found
    answers = tuple(answer for answer in found.answers if answer.position == wanted)
    return replace(found, answers=answers)
