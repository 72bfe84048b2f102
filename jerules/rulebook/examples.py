"""The examples of rule files, checked as far as that goes without reading their answers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from jerules.faults import Place
from jerules.language import tree as t
from jerules.rulebook import model as m
from jerules.rulebook.citing import Guidance
from jerules.rulebook.declare import Head, day_of
from jerules.rulebook.names import Names
from jerules.rulebook.questions import JOB
from jerules.rulebook.supposing import read_supposed

CASE = "case"
"""What the job as a whole is called in the examples of a procedure, and in case files."""


def example_of(  # noqa: C901 - one case a line of an example
    statement: t.Example, head: Head, names: Names, guidance: Guidance, orders: Iterable[m.Order] = ()
) -> m.Example | None:
    """The example, or None when its file has no factor that could give something.

    ``orders`` are those that what it supposes must keep.
    """
    faults = names.faults
    entries: list[m.GivenEntry] = []
    none: list[str] = []
    expects: list[m.Expected] = []
    decided: list[tuple[str, str, Place]] = []
    assumed: list[t.Supposed] = []
    complete = False
    for line in statement.lines:
        match line:
            case t.Given(record=record, answers=answers):
                whole = head.procedure and record.text == CASE
                if whole or _is_record(record, names):
                    said = tuple((a.name.text, a.value.text, a.name.place) for a in answers)
                    entries.append(m.GivenEntry(JOB if whole else record.text, said, line.place))
            case t.NoneGiven(record=record):
                if names.record(record):
                    none.append(record.text)
            case t.NothingElse():
                complete = True
            case t.Supposed():
                assumed.append(line)
            case t.Decided(name=name, level=level):
                decided.append((name.text, level.text, line.place))
            case t.Gives():
                expects.append(_expected(line, head, guidance))
    supposed = read_supposed(assumed, names, orders, statement.place)
    if not expects and not faults.lacks_a_part(statement.place):
        faults.add(
            "no-outcome", "the example does not say what it gives", faults.start(statement.place), "`gives level …`",
            help="add what the rules should make of it: an example that expects nothing checks nothing",
        )  # fmt: skip
    if head.factor is None:
        faults.add(
            "no-factor", "this example stands in a file that names no factor", faults.start(statement.place),
            '`factor 13 "…"` at the head of the file', help="move the example to the file of its factor",
        )  # fmt: skip
        return None
    return m.Example(
        statement.title.text, head.factor, tuple(entries), tuple(none), complete, tuple(decided), tuple(expects),
        statement.place, supposed,
    )  # fmt: skip


def _of_procedure(line: t.Gives, guidance: Guidance) -> m.Expected:
    words = line.words
    match line.kind:
        case "missing" | "step":
            return m.Expected(line.kind, (), "", line.place, tuple(word.text for word in words))
        case "by" | "between":
            return m.Expected(line.kind, (), "", line.place, (words[0].text,), _days(words[1:], guidance))
        case "effective":
            return m.Expected(line.kind, (), "", line.place, (), _days(words, guidance))
    return m.Expected(line.kind, (), words[0].text if words else "", line.place)


def _days(words: tuple[t.Word, ...], guidance: Guidance) -> tuple[date, ...]:
    return tuple(day for word in words if (day := day_of(word, guidance.faults)))


def _is_record(word: t.Word, names: Names) -> bool:
    if word.text == "hours" or word.text in names.records:
        return True
    names.faults.unknown("no record", word.text, word.place, [*names.records, "hours"])
    return False


def _expected(line: t.Gives, head: Head, guidance: Guidance) -> m.Expected:
    if head.procedure != (line.kind in m.PROCEDURAL) and line.kind not in {"query", "no_more"}:
        what = "a procedure gives no levels" if head.procedure else "only a procedure gives that"
        guidance.faults.add(
            "wrong-outcome", what, guidance.faults.start(line.place),
            "`gives nothing missing`, `gives step …` or the like" if head.procedure else "`gives level …`",
            help="say what these rules should make of the example",
        )  # fmt: skip
        return m.Expected(line.kind, (), "", line.place)
    if line.kind in m.PROCEDURAL:
        return _of_procedure(line, guidance)
    match line.kind:
        case "query":
            return m.Expected("query", (), line.words[0].text, line.place)
        case "range":
            low, high = line.words
            return m.Expected("range", guidance.rising(low, high, head) or (), "", line.place)
    positions = tuple(p for word in line.words if (p := guidance.position(word, head)))
    return m.Expected(line.kind, positions, "", line.place)
