"""Examples laid out for the evaluators, what comes out of them, and an example as text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from jerules.engine.facts import Facts, lay_out
from jerules.engine.resolve import End
from jerules.explain.evaluate import reference_of
from jerules.explain.examples import CameOut, came_out, check_case, missed
from jerules.jobs.examples import job_of
from jerules.jobs.model import Job
from jerules.language import tree as t
from jerules.language.write import write
from jerules.rulebook import model as m
from jerules.rulebook.questions import Form
from jerules.rulebook.supposing import supposing
from jerules.scheme.model import Position


@dataclass(frozen=True, slots=True)
class Case:
    """An example with its job, and the facts that evaluators read; what it supposes is no part of the facts."""

    example: m.Example
    job: Job
    facts: Facts


def case_of(book: m.RuleBook, example: m.Example) -> Case:
    """The case of an example; raises :class:`~jerules.faults.Faulty` with what is wrong with its answers."""
    job = job_of(example, book)
    return Case(example, job, lay_out(book, job))


def outcome(book: m.RuleBook, case: Case) -> CameOut:
    """What the reference evaluator makes of a case, with what its example supposes to be agreed."""
    under = supposing(book, case.example.supposed)
    return came_out(under, case.example.factor, case.job, case.facts, reference_of(under))


def fails(book: m.RuleBook, case: Case) -> bool:
    """Whether something does not come out as the example of a case says."""
    if book.factors[case.example.factor].procedure:
        under = supposing(book, case.example.supposed)
        return not check_case(under, case.example, case.job, reference_of(under)).holds
    return bool(missed(case.example, outcome(book, case)))


# ── what an example would have to say ────────────────────────────────────────────────────────────────────────────


def giving(example: m.Example, came: CameOut) -> m.Example | None:
    """The example that expects what came out, or None where no example can say it."""
    lowest, highest = came.standing.lowest, came.standing.highest
    place = example.place
    if lowest.level is None or highest.level is None:
        if lowest.level != highest.level:
            return None
        level = m.Expected("nothing", (), "", place)
    elif lowest.level == highest.level:
        letters = {*lowest.options, *highest.options}
        letter = next(iter(letters)) if len(letters) == 1 and lowest.options == highest.options else None
        level = m.Expected("level", (Position(lowest.level, letter),), "", place)
    else:
        level = m.Expected("range", (_end(lowest), _end(highest)), "", place)
    raised = (m.Expected("query", (), text, place) for text in came.queries)
    return replace(example, expects=(level, *raised, m.Expected("no_more", (), "", place)))


def _end(end: End) -> Position:
    return Position(end.level or 0, end.options[0] if len(end.options) == 1 else None)


# ── an example as text ───────────────────────────────────────────────────────────────────────────────────────────


def as_text(book: m.RuleBook, example: m.Example) -> str:
    """An example as the rule file would hold it, in the one layout that there is."""
    place = example.place

    def word(text: str) -> t.Word:
        return t.Word(text, place)

    def given(entry: m.GivenEntry) -> t.Given:
        answers = [(name, text, _is_text(book, entry.record, name)) for name, text, _ in entry.answers]
        said = tuple(t.GivenAnswer(word(name), word(text), quoted) for name, text, quoted in answers)
        return t.Given(word(entry.record), said, place=place)

    def gives(expected: m.Expected) -> t.Gives:
        said = (expected.query,) if expected.kind == "query" else map(str, expected.positions)
        return t.Gives(expected.kind, tuple(word(text) for text in said), place=place)

    lines: list[t.ExampleLine] = [given(entry) for entry in example.entries]
    lines += [t.NoneGiven(word(name), place=place) for name in example.none]
    lines += [t.NothingElse(place=place)] if example.complete else []
    lines += [t.Supposed(word(one.name), word(one.text), place=place) for one in example.supposed]
    lines += [t.Decided(word(name), word(level), place=place) for name, level, _ in example.decided]
    lines += [gives(expected) for expected in example.expects]
    return write(t.RuleFile(place.file, (t.Example(word(example.title), tuple(lines), place=place),)))


def _is_text(book: m.RuleBook, record: str, name: str) -> bool:
    known = book.records.get(record)
    question = known.question(name) if known else None
    return question is not None and question.type.form is Form.TEXT


def by_factor(examples: Iterable[m.Example]) -> dict[str, tuple[m.Example, ...]]:
    """Examples by the factor that they evaluate."""
    found: dict[str, tuple[m.Example, ...]] = {}
    for example in examples:
        found[example.factor] = (*found.get(example.factor, ()), example)
    return found
