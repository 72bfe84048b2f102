"""The cross-checks of a whole job: on the levels that are suggested, and on those that the panel gave itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jerules.engine.cross_checks import Ends, look
from jerules.engine.resolve import End
from jerules.engine.truth import NO, UNKNOWN
from jerules.explain import phrases
from jerules.explain.outcome import CrossChecked, FactorOutcome
from jerules.jobs.model import Job
from jerules.rulebook import model as m
from jerules.scheme.model import Position


def cross_checked(book: m.RuleBook, factors: Sequence[FactorOutcome], job: Job) -> tuple[CrossChecked, ...]:
    """Every cross-check of the book, held against the outcome of a job and against the panel's own levels."""
    suggested = {factor.number: (factor.lowest, factor.highest) for factor in factors}
    own = {number: _at(view.position) for number, view in job.panel.items()}
    return tuple(_checked(check, suggested, own) for check in book.cross_checks)


def checked_levels(book: m.RuleBook, positions: Sequence[Position | None]) -> tuple[CrossChecked, ...]:
    """Every cross-check of the book, held against levels that were given, one for each factor (None: not known)."""
    given = zip(book.scheme.factors, positions, strict=True)
    ends = {factor.number: _at(position) for factor, position in given if position is not None}
    return tuple(_checked(check, ends, {}) for check in book.cross_checks)


def _checked(check: m.CrossCheck, ends: Mapping[int, Ends], own: Mapping[int, Ends]) -> CrossChecked:
    found = look(check, ends)
    by_panel = look(check, own).truth if any(factor in own for factor in check.factors) else None
    return CrossChecked(check, found.truth, by_panel, found.may_meet)


def _at(position: Position) -> Ends:
    end = End(position.level)
    return end, end


# ── in words ─────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class CheckTelling:
    """A cross-check as a panel reads it: how it came out in a word, what it demands, and what is to be done."""

    state: str
    says: str
    remarks: tuple[str, ...]
    cites: str
    blocks: bool


def tell_check(found: CrossChecked) -> CheckTelling:
    """One cross-check in sentences; what to do is said only where it is not met."""
    check = found.check
    of = phrases.joined([str(number) for number in check.factors])
    demand = f"above level {check.above} on at least {check.number} of factors {of}"
    remarks: list[str] = []
    if found.truth == UNKNOWN and not found.blocks:
        more = phrases.joined([str(number) for number in found.may_meet])
        remarks.append(f"It could still be met by factor{'' if len(found.may_meet) == 1 else 's'} {more}.")
    if found.blocks:
        if found.by_panel == NO and found.truth != NO:
            remarks.append("The panel’s own levels do not meet it.")
        remarks += [part for part in (check.asks, check.help, check.because) if part]
        remarks.append("The job is not to be signed off like this. No level is awarded for it.")
    state = "Not met" if found.blocks else "Open" if found.truth == UNKNOWN else "Met"
    source = check.source
    cites = phrases.cites(source.citations)
    return CheckTelling(state, f"{check.says.rstrip('.')} ({demand})", tuple(remarks), cites, found.blocks)
