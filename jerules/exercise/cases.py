"""Examples laid out for the evaluators, what comes out of them, and an example as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from jerules.engine.facts import Facts, lay_out
from jerules.engine.resolve import End
from jerules.explain.evaluate import reference_of
from jerules.explain.examples import CameOut, came_out
from jerules.jobs.examples import job_of
from jerules.jobs.model import Job
from jerules.rulebook import model as m
from jerules.rulebook.questions import JOB, Form
from jerules.scheme.model import Position

WIDTH = 100
"""The columns of a rule file."""


@dataclass(frozen=True, slots=True)
class Case:
    """An example with its job, and the facts that evaluators read."""

    example: m.Example
    job: Job
    facts: Facts


def case_of(book: m.RuleBook, example: m.Example) -> Case:
    """The case of an example; raises :class:`~jerules.faults.Faulty` with what is wrong with its answers."""
    job = job_of(example, book)
    return Case(example, job, lay_out(book, job))


def outcome(book: m.RuleBook, case: Case) -> CameOut:
    """What the reference evaluator makes of a case."""
    return came_out(book, case.example.factor, case.job, case.facts, reference_of(book))


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
    return Position(end.level or 0)


# ── an example as text ───────────────────────────────────────────────────────────────────────────────────────────


def as_text(book: m.RuleBook, example: m.Example) -> str:
    """An example as the rule file would hold it."""
    lines = [*_broken(f'example "{example.title}"', "")]
    for entry in example.entries:
        said = ", ".join(f"{name} {_answer(book, entry.record, name, text)}" for name, text, _ in entry.answers)
        lines += _broken(f"{entry.record}: {said}", "  ")
    lines += [f"  no {name}" for name in example.none]
    lines += ["  nothing else"] if example.complete else []
    lines += [f"  panel decides {name} {level}" for name, level, _ in example.decided]
    for expected in example.expects:
        lines += _broken(f"gives {_expected(expected)}", "  ")
    return "\n".join(lines) + "\n"


def _answer(book: m.RuleBook, record: str, name: str, text: str) -> str:
    known = book.records.get(record)
    question = known.question(name) if known else None
    quoted = (question is not None and question.type.form is Form.TEXT) or (record == JOB and "," in text)
    return f'"{text}"' if quoted else text


def _expected(expected: m.Expected) -> str:
    match expected.kind:
        case "level":
            return f"level {expected.positions[0]}"
        case "range":
            return f"level {expected.positions[0]} to {expected.positions[1]}"
        case "query":
            return f'query "{expected.query}"'
        case "no_more":
            return "no other query"
    return "no level"


def _broken(text: str, margin: str) -> Iterator[str]:
    line, hanging = margin, f"{margin}    "
    for index, word in enumerate(text.split(" ")):
        if index and len(line) + 1 + len(word) > WIDTH:
            yield line
            line = hanging + word
        else:
            line += f" {word}" if index else word
    yield line


def by_factor(examples: Iterable[m.Example]) -> dict[str, tuple[m.Example, ...]]:
    """Examples by the factor that they evaluate."""
    found: dict[str, tuple[m.Example, ...]] = {}
    for example in examples:
        found[example.factor] = (*found.get(example.factor, ()), example)
    return found
