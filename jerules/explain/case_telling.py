"""Tells how a case stands, in sections of plain sentences: what every rendering of it prints."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from jerules.engine.procedure import Deadline, Effective, Held, Need, Stage
from jerules.engine.truth import NO, UNKNOWN, YES, Truth
from jerules.explain import phrases
from jerules.explain.case import CaseOutcome, Wanted
from jerules.explain.reasons import phrases_capital, tell_steps
from jerules.explain.told import Assumption, Line
from jerules.quantities.days import Days
from jerules.quantities.reading_dates import MONTHS
from jerules.quantities.words import say_day
from jerules.rulebook import model as m
from jerules.rulebook.procedure import DueForm, EffectiveFrom, Grounds, Needs, Routes, Takes
from jerules.rulebook.questions import Form

_TAKES_EFFECT = "the day from which it takes effect"
_MOST_NAMED = 2  # of what turns on a question
_GROUNDS = {YES: "met", NO: "not met", UNKNOWN: "open"}


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a section: a ``mark`` in a word or two, what it ``says``, when, and on what it rests.

    ``status`` is empty where the guidance is binding; ``lines`` are the answers that the rule rests on.
    """

    mark: str
    says: str
    when: str = ""
    cites: str = ""
    status: str = ""
    because: str = ""
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its items, or with what is said where there is ``nothing``; ``remarks`` follow the items."""

    heading: str
    items: tuple[Item, ...]
    nothing: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseTelling:
    """Everything there is to say about a case, in order."""

    summary: tuple[str, ...]
    sections: tuple[Section, ...]
    assumptions: tuple[Assumption, ...]


def tell_case(outcome: CaseOutcome) -> CaseTelling:
    """How a case stands, in sentences."""
    sections = (
        _missing(outcome), _next(outcome), _effective(outcome), _routes(outcome), _grounds(outcome),
        _queries(outcome), _wanted(outcome),
    )  # fmt: skip
    assumptions = tuple(
        Assumption(one.id, one.title, one.because, one.source.status, f"`without {one.id}` in a pack switches it off")
        for one in outcome.interpretations
    )
    return CaseTelling(_summary(outcome), tuple(one for one in sections if one), assumptions)


def _summary(outcome: CaseOutcome) -> tuple[str, ...]:
    standing = outcome.standing
    missing = sum(need.missing for need in standing.needs)
    late = sum(bool(stage.overdue) and stage.is_done != YES for stage in standing.stages)
    things = "Nothing is missing" if not missing else f"{_counted(missing, 'thing')} missing"
    found = [f"{things}; {_counted(late, 'step')} overdue." if late else f"{things}; no step is known to be overdue."]
    if receipt := _receipt(outcome):
        found.append(receipt)
    return tuple(found)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun} is" if number == 1 else f"{number} {noun}s are"


def _receipt(outcome: CaseOutcome) -> str:
    """When everything that is needed had come in, where a deadline counts from that day."""
    deadlines = [stage.deadline for stage in outcome.standing.stages if stage.deadline]
    if not any(one.due.after is None for one in deadlines):
        return ""
    receipt = outcome.standing.receipt
    if receipt.day:
        return f"Everything that is needed was in {say_on(receipt.day)}."
    return "" if receipt.waits else "No day is recorded on which what is needed came in."


# ── what is missing ──────────────────────────────────────────────────────────────────────────────────────────────


def _missing(outcome: CaseOutcome) -> Section:
    needs = outcome.standing.needs
    items = [_need(outcome, need) for need in needs if need.is_in != YES]
    items.sort(key=lambda item: item.mark != "missing")
    there = [f"{_text(need.rule)}{_since(need.day)}" for need in needs if need.is_in == YES and need.truth == YES]
    remarks = (f"In already: {'; '.join(there)}.",) if there else ()
    return Section("What is missing", _each_line_once(items), "Nothing.", remarks)


def _need(outcome: CaseOutcome, need: Need) -> Item:
    mark = "missing" if need.missing else "perhaps"
    return _item(outcome, need.rule, mark, when=_why_not_in(need))


def _why_not_in(need: Need) -> str:
    if need.day:
        past = ", which may be past or to come" if need.is_in == UNKNOWN else ""
        return f"recorded for {days_in_words(need.day)}{past}"
    effect = need.rule.effect
    yes_no = isinstance(effect, Needs) and effect.question.type.form is Form.YES_NO
    if need.is_in == NO:
        return "the case says that it is not there"
    return "nothing is recorded" if not yes_no else "not known whether it is there"


def _since(day: Days | None) -> str:
    return f" ({days_in_words(day)})" if day else ""


# ── what happens next ────────────────────────────────────────────────────────────────────────────────────────────


def _next(outcome: CaseOutcome) -> Section:
    stages = outcome.standing.stages
    sure = [stage for stage in stages if stage.truth == YES and stage.is_done != YES]
    maybe = [stage for stage in stages if stage.truth == UNKNOWN and stage.is_done != YES]
    done = [stage for stage in stages if stage.is_done == YES]
    items = [_stage(outcome, stage, "next" if not number else "then") for number, stage in enumerate(sure)]
    items += [_stage(outcome, stage, "perhaps") for stage in maybe]
    told = [f"{_text(stage.rule)}{_since(stage.day)}{_lateness(stage)}" for stage in done]
    remarks = (f"Done already: {'; '.join(told)}.",) if told else ()
    return Section("What happens next", _each_line_once(items), "No step is left.", remarks)


def _stage(outcome: CaseOutcome, stage: Stage, mark: str) -> Item:
    mark = "overdue" if stage.overdue else mark
    when = _when(outcome, stage)
    if stage.day:
        when = f"set for {days_in_words(stage.day)}; {when}" if when else f"set for {days_in_words(stage.day)}"
    return _item(outcome, stage.rule, mark, when=when)


def _lateness(stage: Stage) -> str:
    return f", {_days(stage.overdue)} after its deadline" if stage.overdue else ""


def _when(outcome: CaseOutcome, stage: Stage) -> str:
    deadline = stage.deadline
    if deadline is None:
        return ""
    if deadline.closes is None:
        return _waiting(outcome, deadline)
    said = _limits(deadline)
    if stage.overdue:
        return f"{said}: overdue by {_days(stage.overdue)}"
    return f"{said}: perhaps overdue already" if stage.maybe_overdue else said


def _limits(deadline: Deadline) -> str:
    closes, form = deadline.closes, deadline.due.form
    if closes is None:
        return ""
    if form is DueForm.NEXT:
        return f"in {phrases.joined([_month(day) for day in deadline.months], 'or')}"
    if form is DueForm.BETWEEN and deadline.opens:
        return f"between {say_day(deadline.opens)} and {days_in_words(closes)}"
    return f"on {days_in_words(closes)}" if form is DueForm.AT else f"by {days_in_words(closes)}"


def _waiting(outcome: CaseOutcome, deadline: Deadline) -> str:
    """What a deadline is counted from, and what has to be known before it can be."""
    length = _length(deadline)
    if deadline.question:
        return f"{length}: {phrases.lowered(deadline.question.asks)} Not known."
    waits = outcome.standing.receipt.waits
    still = f"; still missing: {'; '.join(phrases.lowered(_text(rule)) for rule in waits)}" if waits else ""
    return f"{length} after the last of what is needed is in{still}"


def _length(deadline: Deadline) -> str:
    due = deadline.due
    match due.form:
        case DueForm.WITHIN:
            return f"within {_amount(due.most, due.unit)}"
        case DueForm.AT:
            return f"{_amount(due.most, due.unit)} later"
        case DueForm.BETWEEN:
            return f"{due.least} to {_amount(due.most, due.unit)} later"
        case DueForm.NEXT:
            return f"in the next {phrases.joined([MONTHS[number - 1] for number in due.months], 'or')}"
    return "by a day that is agreed locally"


def _amount(number: int, unit: str) -> str:
    return f"{number} {unit.removesuffix('s') if number == 1 else unit}"


# ── from when, by whom, on what grounds ──────────────────────────────────────────────────────────────────────────


def _effective(outcome: CaseOutcome) -> Section | None:
    if not any(isinstance(rule.effect, EffectiveFrom) for rule in outcome.rules.rules):
        return None
    items = [_from(outcome, one) for one in outcome.standing.effective]
    return Section("From which day it takes effect", _each_line_once(items), "Nothing changes, so no day is given.")


def _from(outcome: CaseOutcome, one: Effective) -> Item:
    day = days_in_words(one.day) if one.day else f"not known: {phrases.lowered(one.question.asks)}"
    return _item(outcome, one.rule, "from" if one.truth == YES else "perhaps", says=phrases_capital(day))


def _routes(outcome: CaseOutcome) -> Section | None:
    items = [_held(outcome, one, {YES: "by", UNKNOWN: "perhaps"}) for one in outcome.standing.routes]
    return Section("Who decides or approves", _each_line_once(items)) if items else None


def _grounds(outcome: CaseOutcome) -> Section | None:
    items = [_held(outcome, one, _GROUNDS) for one in outcome.standing.grounds]
    items.sort(key=lambda item: list(_GROUNDS.values()).index(item.mark))
    return Section("Grounds", _each_line_once(items)) if items else None


def _queries(outcome: CaseOutcome) -> Section | None:
    items = [_held(outcome, one, {YES: "ask"}) for one in outcome.standing.queries if one.truth == YES]
    return Section("Questions for the panel", tuple(items)) if items else None


def _wanted(outcome: CaseOutcome) -> Section | None:
    items = [_asked(one) for one in outcome.wanted]
    return Section("Still to ask", tuple(items)) if items else None


def _asked(one: Wanted) -> Item:
    texts = list(dict.fromkeys(_text(rule) or _TAKES_EFFECT for rule in one.rules))
    more = f"; and {len(texts) - _MOST_NAMED} more" if len(texts) > _MOST_NAMED else ""
    return Item(f"`{one.question.name}`", one.question.asks, because=f"For: {'; '.join(texts[:_MOST_NAMED])}{more}")


# ── items and days ───────────────────────────────────────────────────────────────────────────────────────────────


def _held(outcome: CaseOutcome, one: Held, marks: dict[Truth, str]) -> Item:
    return _item(outcome, one.rule, marks[one.truth])


def _item(outcome: CaseOutcome, rule: m.Rule, mark: str, *, says: str = "", when: str = "") -> Item:
    proof = outcome.proofs.get(rule.id)
    status = "" if rule.source.status is m.Status.BINDING else str(rule.source.status)
    return Item(
        mark, says or _text(rule), when, phrases.cites(rule.source.citations),
        "; ".join(filter(None, (_STATUSES.get(status, ""), rule.source.interpretation))),
        rule.because, tuple(tell_steps(proof, outcome.book)) if proof else (),
    )  # fmt: skip


_STATUSES = {"local": "local guidance", "default": "an assumption", "advisory": "advice"}


def _each_line_once(items: Iterable[Item]) -> tuple[Item, ...]:
    """The items of a section, each with those of its lines that no item before it has: nothing is said twice."""
    said: set[Line] = set()
    found = []
    for item in items:
        found.append(replace(item, lines=tuple(line for line in dict.fromkeys(item.lines) if line not in said)))
        said.update(item.lines)
    return tuple(found)


def _text(rule: m.Rule) -> str:
    effect = rule.effect
    return effect.text if isinstance(effect, Needs | Takes | Routes | Grounds | m.Asks) else ""


def say_on(day: Days) -> str:
    """``on 2 March 2026``, or on a day between two."""
    return f"on {days_in_words(day)}"


def days_in_words(day: Days) -> str:
    """``2 March 2026``, ``2 March 2026 or later``, or between which days it lies."""
    if day.exact:
        return say_day(day.low)
    if day.high == date.max:
        return f"{say_day(day.low)} or later"
    if day.low == date.min:
        return f"{say_day(day.high)} or earlier"
    return f"a day between {say_day(day.low)} and {say_day(day.high)}"


def _month(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"
