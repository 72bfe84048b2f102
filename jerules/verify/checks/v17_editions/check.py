"""V17: every job has the same level by this rule book as by another one, where another one is given."""

from __future__ import annotations

from collections.abc import Iterator

from jerules.rulebook import model as m
from jerules.verify.differences import OLD_ONLY, FactorDifference, factors_of
from jerules.verify.differences import of_factor as difference_of
from jerules.verify.editions import Moved, Way
from jerules.verify.model import End, Finding, Obligation, State, Witness
from jerules.verify.statements import Change, Statement, changes, concerning
from jerules.verify.witness import outcome

CODE = "V17"
TITLE = "editions: no job changes level"
UNSHOWN = "the solver did not come to an end in the time it has, or the evaluators leave open where it finds a change"
HELP = "look at both explanations with `jerules diff`; accept it where the change is meant"


def of_editions(old: m.RuleBook, book: m.RuleBook, key: str) -> Iterator[Obligation]:
    """Of a factor: every job has the same level by both books; with no key, that no factor has lost its rules."""
    if not key:
        for gone in factors_of(old, book):
            if gone not in book.factors:
                yield _gone(old.factors[gone])
    elif book.factors[key].number is not None:
        yield _obligation(key, difference_of(old, book, key), old, book)


def _gone(rules: m.FactorRules) -> Obligation:
    says = f"factor {rules.number} still has rules"
    message = "the other rule book has rules for this factor, and this one has none"
    finding = Finding(message, help="put the rules back, or accept that the panel gives this level itself")
    return Obligation(CODE, "", f"factor {rules.number}", says, State.REFUTED, ("reading",), finding)


def _obligation(key: str, found: FactorDifference, old: m.RuleBook, book: m.RuleBook) -> Obligation:
    says = "every job has the same level by both rule books"
    finding = None
    if found.state is State.UNDECIDED:
        finding = Finding(UNSHOWN, _ends(old, book, key))
    elif found.only and found.only != OLD_ONLY:
        finding = Finding("this rule book has rules for this factor, and the other one has none", help=HELP)
    elif found.state is State.REFUTED:
        ways = [one.moved.way for one in found.witnesses]
        jobs = tuple(_witness(one.moved) for one in found.witnesses)
        finding = Finding(_message(ways), _ends(old, book, key), witnesses=jobs, help=HELP)
    needed = 0 if found.state is State.REFUTED else found.needed
    return Obligation(CODE, key, "level", says, found.state, found.by, finding, None, found.entries, needed)


def _message(ways: list[Way]) -> str:
    if len(ways) > 1:
        return "some jobs come to a higher level than by the other rule book, and some to a lower one"
    return f"some jobs come to a {ways[0]} level than by the other rule book"


def _witness(moved: Moved) -> Witness:
    shows = f"{outcome(moved.by_new)} here, {outcome(moved.by_old)} by the other rule book"
    return Witness(moved.new, shows, moved.confirmed_by)


def _ends(old: m.RuleBook, book: m.RuleBook, key: str) -> tuple[End, ...]:
    """What the two books say differently of a factor, the old words before the new ones."""
    ends: list[End] = []
    for change in concerning(changes(old, book), book, old, key):
        ends += (_end(change, change.old, "not there"), _end(change, change.new, "gone"))
    return tuple(ends)


def _end(change: Change, side: Statement | None, nothing: str) -> End:
    name = f"{change.one.kind} {change.one.name}"
    if side is None:
        return End(f"{name}: {nothing}", None)
    said = dict(side.says)
    parts = "; ".join(f"{part} {said.get(part, 'nothing')}" for part, _, _ in change.parts)
    return End(f"{name}: {parts}", side.place, side.citations)
