"""The examples of rule files, checked as far as that goes without reading their answers."""

from __future__ import annotations

from jerules.faults import Place
from jerules.language import tree as t
from jerules.rulebook import model as m
from jerules.rulebook.citing import Guidance
from jerules.rulebook.declare import Head
from jerules.rulebook.names import Names


def example_of(  # noqa: C901 - one case a line of an example
    statement: t.Example, head: Head, names: Names, guidance: Guidance
) -> m.Example | None:
    """The example, or None when its file has no factor that could give something."""
    faults = names.faults
    entries: list[m.GivenEntry] = []
    none: list[str] = []
    expects: list[m.Expected] = []
    decided: list[tuple[str, str, Place]] = []
    complete = False
    for line in statement.lines:
        match line:
            case t.Given(record=record, answers=answers):
                if _is_record(record, names):
                    said = tuple((a.name.text, a.value.text, a.name.place) for a in answers)
                    entries.append(m.GivenEntry(record.text, said, line.place))
            case t.NoneGiven(record=record):
                if names.record(record):
                    none.append(record.text)
            case t.NothingElse():
                complete = True
            case t.Decided(name=name, level=level):
                decided.append((name.text, level.text, line.place))
            case t.Gives():
                expects.append(_expected(line, head, guidance))
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
        statement.place,
    )  # fmt: skip


def _is_record(word: t.Word, names: Names) -> bool:
    if word.text == "hours" or word.text in names.records:
        return True
    names.faults.unknown("no record", word.text, word.place, [*names.records, "hours"])
    return False


def _expected(line: t.Gives, head: Head, guidance: Guidance) -> m.Expected:
    match line.kind:
        case "query":
            return m.Expected("query", (), line.words[0].text, line.place)
        case "range":
            low, high = line.words
            return m.Expected("range", guidance.rising(low, high, head) or (), "", line.place)
    positions = tuple(p for word in line.words if (p := guidance.position(word, head)))
    return m.Expected(line.kind, positions, "", line.place)
