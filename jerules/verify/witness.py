"""From a model of the solver, or a cell, to a concrete job that the ordinary evaluators look at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final, TypeAlias

from jerules.engine.choose import choose
from jerules.engine.durable.driver import available
from jerules.engine.facts import lay_out
from jerules.engine.resolve import Standing, resolve, tools_for
from jerules.engine.truth import Truth
from jerules.explain.phrases import span
from jerules.jobs.model import Answer, Entry, Job
from jerules.quantities.calendar import Calendar, WorkPattern
from jerules.quantities.kinds import WHOLE_SHARE, Exact, Interval, Kind, Measure, exact
from jerules.quantities.words import say
from jerules.rulebook import model as m
from jerules.rulebook.once import once_per_book
from jerules.rulebook.questions import JOB, Form, Question
from jerules.verify.axes import USUAL_SHIFTS

Value: TypeAlias = Exact | tuple[Exact, Exact] | frozenset[str] | bool
"""An answer: a number (a rank, for a step of a scale), a rate with its share, the chosen names, or yes or no."""

SHIFT: Final = 27_000
"""The length of a shift of a witness, in seconds: seven and a half hours."""


@dataclass(frozen=True, slots=True)
class Told:
    """A job in bare values: of the job itself, and of each entry of each record."""

    job: Mapping[Question, Value]
    records: Mapping[str, Sequence[Mapping[Question, Value]]]
    shifts: Exact = USUAL_SHIFTS


@dataclass(frozen=True, slots=True)
class Seen:
    """What an evaluator finds of a witness in one factor."""

    standing: Standing
    truths: Mapping[str, Truth]
    barred: Mapping[str, Truth]


Claim: TypeAlias = Callable[[Seen], bool]
"""What has to be seen for a witness to be one."""


def write_job(book: m.RuleBook, told: Told, title: str) -> Job:
    """The job that these values make. Records that are not spoken of are said to be empty."""
    calendar = book.scheme.calendar
    records = {
        record.name: tuple(
            Entry(record.name, number, f"{record.name} {number}", _answers(entry, calendar))
            for number, entry in enumerate(told.records.get(record.name, ()), start=1)
        )
        for record in book.records.values()
        if record.name != JOB
    }
    week = exact(Fraction(told.shifts) / calendar.weeks_in_year)
    facts = Entry(JOB, 1, "the job", _answers(told.job, calendar))
    return Job(book.scheme.id, title, "", WorkPattern(week, SHIFT), facts, records, {}, {})


def _answers(values: Mapping[Question, Value], calendar: Calendar) -> dict[str, Answer]:
    return {question.name: answer(question, value, calendar) for question, value in values.items()}


def answer(question: Question, value: Value, calendar: Calendar) -> Answer:
    """An answer with this value, written as a job file would have it."""
    if isinstance(value, bool):
        return Answer(value, "yes" if value else "no")
    if isinstance(value, frozenset):
        return Answer(value, " + ".join(sorted(value)) or "none")
    if question.type.form is Form.SCALE and isinstance(value, int):
        name = question.type.names[value]
        return Answer(frozenset({name}), name)
    kind = question.type.kind or Kind.COUNT
    if isinstance(value, tuple):
        rate, share = value
        words = say(Kind.RATE, rate, calendar=calendar)
        measure = Measure(kind, Interval(rate, rate), words, Interval(share, share))
    else:
        words = say(kind, value, question.type.per or None, calendar=calendar)
        measure = Measure(kind, Interval(value, value), words)
    return Answer(measure, measure.text)


def shifts_of(values: Iterable[Value]) -> Exact | None:
    """The shifts in a year that all the frequencies of a job come from: the usual ones if any would do, or nothing."""
    found = {
        exact(Fraction(value[0]) * WHOLE_SHARE / Fraction(value[1]))
        for value in values
        if isinstance(value, tuple) and value[1]
    }
    if not found:
        return USUAL_SHIFTS
    return found.pop() if len(found) == 1 else None


@once_per_book
def only(book: m.RuleBook) -> dict[str, m.RuleBook]:
    """For each factor or tool, the book of it alone, with the tools that may raise it."""
    return {
        key: replace(book, factors={one: book.factors[one] for one in (key, *tools_for(book, key))})
        for key in book.factors
    }


def look(book: m.RuleBook, factor: str, job: Job) -> Iterator[tuple[str, Seen]]:
    """What each evaluator that can be used here finds of a job in one factor, with the evaluator's name."""
    rules = book.factors[factor]
    facts = lay_out(book, job)
    decisions = {key: decision.position for key, decision in job.decisions.items()}
    for name in ("reference", "durable") if available() else ("reference",):
        engine = choose(only(book)[factor], name)
        verdicts = engine.verdicts(facts)
        truths = {rule.id: truth for rule, truth in zip(rules.rules, verdicts.factors[factor], strict=True)}
        barred = {rule.id: truth for rule, truth in zip(rules.bars, verdicts.barred[factor], strict=True)}
        yield engine.name, Seen(resolve(only(book)[factor], verdicts, decisions)[factor], truths, barred)


def confirm(book: m.RuleBook, factor: str, job: Job, claim: Claim) -> tuple[str, ...]:
    """The evaluators by which the claim is so; empty unless it is by every one that can be used here."""
    found = list(look(book, factor, job))
    return tuple(name for name, _ in found) if all(claim(seen) for _, seen in found) else ()


def outcome(seen: Seen) -> str:
    """What a witness comes to: “level 4”, “level 2 to 4”, “no level”."""
    if seen.standing.highest.level is None:
        return "no level"
    return f"level {span(seen.standing.lowest, seen.standing.highest)}"
