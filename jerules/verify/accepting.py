"""What the rule files accept: a refuted obligation with a reason and a date, and acceptances that nothing needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from jerules.rulebook import model as m
from jerules.verify.model import Acceptance, End, Finding, Obligation, State


def accepted(
    book: m.RuleBook,
    obligations: Iterable[Obligation],
    on: date,
    factors: Sequence[str],
    codes: Sequence[str] = (),
) -> Iterator[Obligation]:
    """The obligations with what is accepted marked so; then a finding for each acceptance that has no use.

    An acceptance that has ended, or is dated after the day, leaves its obligation refuted and says so. Only
    acceptances of ``factors`` and of ``codes`` (all, when empty) are looked at.
    """
    written = {(one.check, one.factor, one.subject): one for one in book.acceptances}
    used: set[tuple[str, str, str]] = set()
    for one in obligations:
        key = (one.check, one.factor, one.subject)
        acceptance = written.get(key)
        if acceptance is None or one.state is not State.REFUTED:
            yield one
            continue
        used.add(key)
        yield _with(one, acceptance, on)
    for key, acceptance in written.items():
        if key not in used and acceptance.factor in factors and (not codes or acceptance.check in codes):
            yield _without_use(acceptance)


def _with(one: Obligation, acceptance: m.Acceptance, on: date) -> Obligation:
    why = _no_good(acceptance, on)
    if why and one.finding is not None:
        return replace(one, finding=replace(one.finding, message=f"{one.finding.message}; {why}"))
    reason = Acceptance(acceptance.because, acceptance.on, acceptance.until, acceptance.source.place)
    return replace(one, state=State.ACCEPTED, acceptance=reason)


def _no_good(acceptance: m.Acceptance, on: date) -> str:
    """Why an acceptance does not count on a day; nothing where it does."""
    if acceptance.until is not None and acceptance.until < on:
        return f"it was accepted until {acceptance.until.isoformat()}, and that has passed"
    if acceptance.on > on:
        return f"it is accepted on {acceptance.on.isoformat()}, and not yet on {on.isoformat()}"
    return ""


def _without_use(acceptance: m.Acceptance) -> Obligation:
    subject = f"accept {acceptance.subject}"
    says = f"what is accepted under {acceptance.check} for “{acceptance.subject}” is there to be accepted"
    finding = Finding(
        "this is accepted, and there is nothing to accept",
        ends=(End(acceptance.because, acceptance.source.place, acceptance.source.citations),),
        help="take the `accept` statement away, or correct what it names",
    )
    return Obligation(acceptance.check, acceptance.factor, subject, says, State.REFUTED, ("reading",), finding)
