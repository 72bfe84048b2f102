"""How a case stands in its procedure: what is in, which steps are due and by when, from which day, on what grounds.

The truth of every rule comes from an evaluator. This module adds the days: complete receipt, deadlines, and how they
lie to today. A day that is not known leaves open what is reckoned from it; it is never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from jerules.engine.truth import NO, UNKNOWN, YES, Truth
from jerules.faults import OurFault
from jerules.jobs.model import Answer, Job
from jerules.quantities.days import Days, Unit, days_of, last_of_month, later, month_after
from jerules.quantities.kinds import Measure
from jerules.rulebook import model as m
from jerules.rulebook.procedure import Due, DueForm, EffectiveFrom, Grounds, Needs, Routes, Takes
from jerules.rulebook.questions import Question


@dataclass(frozen=True, slots=True)
class Held:
    """A rule that holds or may hold, or (of a ground) does not."""

    rule: m.Rule
    truth: Truth


@dataclass(frozen=True, slots=True)
class Need:
    """Something that must be in (``truth``: whether it must), whether it ``is_in``, and on which ``day`` it came in.

    ``is_in`` is NO where the case says so or the day is still to come, UNKNOWN where nothing is recorded.
    """

    rule: m.Rule
    truth: Truth
    is_in: Truth
    day: Days | None

    @property
    def missing(self) -> bool:
        """Whether it must be in and, as far as is recorded, is not."""
        return self.truth == YES and self.is_in != YES


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a step may be taken at the earliest, and by when it must be; None where that is not known or not laid down.

    ``months`` are the first days of the months of which it may be one. Where ``closes`` is not known, the step waits
    for the answer to ``question``, or for complete receipt.
    """

    due: Due
    opens: date | None = None
    closes: Days | None = None
    months: tuple[date, ...] = ()

    @property
    def question(self) -> Question | None:
        """What has to be known first; None: when everything that is needed came in."""
        return self.due.after


@dataclass(frozen=True, slots=True)
class Stage:
    """A step: whether it is to be taken, whether it ``is_done``, on which ``day``, by when, and how late it is.

    ``overdue`` counts the days from the deadline to today, or to the day on which the step was taken after it; 0 where
    it is in time or nothing certain can be said.
    """

    rule: m.Rule
    truth: Truth
    is_done: Truth
    day: Days | None
    deadline: Deadline | None
    overdue: int = 0
    maybe_overdue: bool = False


@dataclass(frozen=True, slots=True)
class Effective:
    """The day from which the outcome takes effect, where the rule holds; ``day`` None: not recorded."""

    rule: m.Rule
    truth: Truth
    question: Question
    day: Days | None


@dataclass(frozen=True, slots=True)
class Receipt:
    """Complete receipt: the ``day`` on which the last of what is needed came in, or what it still ``waits`` for."""

    day: Days | None
    waits: tuple[m.Rule, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a case stands; each part in the order of the rule files."""

    needs: tuple[Need, ...]
    receipt: Receipt
    stages: tuple[Stage, ...]
    effective: tuple[Effective, ...]
    routes: tuple[Held, ...]
    grounds: tuple[Held, ...]
    queries: tuple[Held, ...]

    @property
    def findings(self) -> bool:
        """Whether something is missing, or overdue and not done."""
        return any(need.missing for need in self.needs) or any(
            stage.overdue and stage.is_done != YES for stage in self.stages
        )


def stand(rules: m.FactorRules, truths: Sequence[Truth], job: Job, today: date | None) -> Standing:
    """How a case stands under the rules of its procedure.

    Args:
        rules: the rules of the procedure.
        truths: the truth of each, as an evaluator found it.
        job: what is known of the case.
        today: the day that deadlines are compared with; None: every day that is recorded is past, nothing is overdue.
    """
    held = [
        Held(rule, YES if rule.condition is None else truth) for rule, truth in zip(rules.rules, truths, strict=True)
    ]
    some = [one for one in held if one.truth != NO]
    answers = job.facts.answers
    needs = tuple(_need(one, one.rule.effect, answers, today) for one in some if isinstance(one.rule.effect, Needs))
    receipt = _receipt(needs)
    return Standing(
        needs,
        receipt,
        tuple(
            _stage(one, one.rule.effect, answers, receipt, today) for one in some if isinstance(one.rule.effect, Takes)
        ),
        tuple(
            Effective(one.rule, one.truth, one.rule.effect.question, _day(answers.get(one.rule.effect.question.name)))
            for one in some
            if isinstance(one.rule.effect, EffectiveFrom)
        ),
        tuple(one for one in some if isinstance(one.rule.effect, Routes)),
        tuple(one for one in held if isinstance(one.rule.effect, Grounds)),
        tuple(one for one in some if isinstance(one.rule.effect, m.Asks)),
    )


# ── what must be in ──────────────────────────────────────────────────────────────────────────────────────────────


def _need(one: Held, effect: Needs, answers: Mapping[str, Answer], today: date | None) -> Need:
    answer = answers.get(effect.question.name)
    return Need(one.rule, one.truth, _done(answer, today), _day(answer))


def _done(answer: Answer | None, today: date | None) -> Truth:
    """Whether an answer says that something is there or done by today."""
    if answer is None:
        return UNKNOWN
    if isinstance(answer.value, Measure):
        day = _day(answer)
        if day is None or today is None or day.high <= today:
            return YES
        return NO if day.low > today else UNKNOWN
    return YES if answer.value else NO


def _day(answer: Answer | None) -> Days | None:
    if answer is None or not isinstance(answer.value, Measure):
        return None
    return days_of(answer.value.interval)


def _receipt(needs: Sequence[Need]) -> Receipt:
    """The last day on which something that is needed came in; what only may be needed can make it later."""
    waits = tuple(need.rule for need in needs if need.is_in != YES)
    sure = [need.day for need in needs if need.day and need.truth == YES]
    every = [need.day for need in needs if need.day]
    if waits or not sure:
        return Receipt(None, waits)
    return Receipt(Days(max(day.low for day in sure), max(day.high for day in every)), ())


# ── steps ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _stage(one: Held, effect: Takes, answers: Mapping[str, Answer], receipt: Receipt, today: date | None) -> Stage:
    answer = answers.get(effect.question.name)
    is_done, day = _done(answer, today), _day(answer)
    deadline = None
    if effect.due:
        after = effect.due.after
        deadline = reckon(effect.due, receipt.day if after is None else _day(answers.get(after.name)))
    closes = deadline.closes if deadline else None
    seen = (day.low if day else None) if is_done == YES else today
    if closes is None or seen is None or one.truth != YES:
        return Stage(one.rule, one.truth, is_done, day, deadline)
    late = max(0, (seen - closes.high).days)
    return Stage(one.rule, one.truth, is_done, day, deadline, late, maybe_overdue=not late and seen > closes.low)


def reckon(due: Due, origin: Days | None) -> Deadline:
    """The deadline that follows from the day it is counted from (None: not known)."""
    if origin is None:
        return Deadline(due)
    match due.form:
        case DueForm.BY:
            return Deadline(due, closes=origin)
        case DueForm.WITHIN | DueForm.AT:
            return Deadline(due, closes=_after(origin, due.most, due.unit))
        case DueForm.BETWEEN:
            return Deadline(due, later(origin.low, due.least, due.unit), _after(origin, due.most, due.unit))
        case DueForm.NEXT:
            return _next(due, origin)
    raise OurFault(f"no way to reckon {due.form}")


def _after(origin: Days, number: int, unit: Unit) -> Days:
    return Days(later(origin.low, number, unit), later(origin.high, number, unit))


def _next(due: Due, origin: Days) -> Deadline:
    """The next of some months: which one is open when the day lies in one of them, for it may be over or to come."""
    first = origin.low.replace(day=1)
    if first.month not in due.months:
        first = month_after(origin.low, due.months)
    months = (first,) if first > origin.high else (first, month_after(origin.high, due.months))
    closes = Days(last_of_month(first), last_of_month(months[-1]))
    return Deadline(due, max(origin.low, first), closes, months)
