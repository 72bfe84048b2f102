"""The declarations of a rule book: headings, questions, records, scales, parameters and conventions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jerules.faults import Place, listed, nearest
from jerules.language import tree as t
from jerules.quantities.kinds import Kind
from jerules.rulebook import model as m
from jerules.rulebook.names import EVERYTHING, Faults, Names
from jerules.rulebook.questions import JOB, AnswerType, Choice, Form, Question, Record
from jerules.scheme.model import Scheme

_KINDS = {
    "mass": Kind.MASS, "distance": Kind.DISTANCE, "duration": Kind.DURATION, "share": Kind.SHARE, "rate": Kind.RATE,
    "frequency": Kind.FREQUENCY, "count": Kind.COUNT, "per_shift": Kind.PER_SHIFT, "date": Kind.DATE,
}  # fmt: skip
_PERIODS = ("week", "month", "year")
RESERVED = (JOB, "hours", "yes", "no")
"""Names with a meaning of their own in job files and examples."""
_WORDS_OF_CONDITIONS = frozenset({"not", "no", "some", "every", "at"})
"""With these a condition starts, so that it could never speak of a question of that name."""


@dataclass(frozen=True, slots=True)
class Head:
    """What the headings of a file say, the status of its statements, and whether it is a pack.

    ``factor`` is the key of its factor, tool or procedure; ``agreed`` is when and by whom the pack was agreed.
    """

    factor: str | None
    number: int | None
    title: str
    status: m.Status
    pack: str | None
    agreed: m.Agreed | None
    place: Place
    procedure: bool = False


def read_head(file: t.RuleFile, scheme: Scheme, faults: Faults) -> Head:
    """Read and check the headings of one file."""
    found: dict[str, t.Heading] = {}
    for statement in file.statements:
        if isinstance(statement, t.Heading):
            if first := found.get(statement.kind):
                faults.add(
                    "repeated-heading", f"the file says `{statement.kind}` twice, first at {first.place}",
                    faults.start(statement.place), f"one `{statement.kind}`",
                    help="keep one of them; each factor has a file of its own",
                )  # fmt: skip
            found.setdefault(statement.kind, statement)
    _right_scheme(found.get("scheme"), file, scheme, faults)
    factor, pack = found.get("factor"), found.get("pack")
    procedure = found.get("procedure")
    tool = found.get("tool") or procedure
    agreed = agreed_of(pack.agreed, faults) if pack else None
    status = _status(found.get("status"), pack is not None, faults)
    if factor and tool:
        _not_both("factor", tool, faults)
    elif procedure and tool is not procedure:
        _not_both("tool", procedure, faults)
    number, title = _factor(factor, scheme, faults) if factor else (None, "")
    key = str(number) if factor else tool.name.text if tool else None
    if key is None and faults.heading_unread(file.name, "factor", "tool", "procedure"):
        key = f"of {file.name}"  # so that its rules can be checked as far as they go
    if tool and tool.title:
        title = tool.title.text
    about = factor or tool or pack or found.get("scheme")
    place = about.place if about else Place(file.name, 1, 1, 1, 1)
    named = pack.name.text if pack else None
    return Head(key, number, title, status, named, agreed, place, procedure is not None and factor is None)


def _not_both(one: str, other: t.Heading, faults: Faults) -> None:
    faults.add(
        "repeated-heading", f"a file is about a {one} or about a {other.kind}, not both", faults.start(other.place),
        "one of the two", help=f"give the {other.kind} a file of its own",
    )  # fmt: skip


def _right_scheme(named: t.Heading | None, file: t.RuleFile, scheme: Scheme, faults: Faults) -> None:
    if named is None:
        if not faults.heading_unread(file.name, "scheme"):
            faults.add("no-scheme", "the file does not say which scheme it belongs to", Place(file.name, 1, 1, 1, 1),
                       f"`scheme {scheme.id}`", help=f"start the file with `scheme {scheme.id}`")  # fmt: skip
    elif named.name.text != scheme.id:
        faults.add("wrong-scheme", f"the file belongs to scheme `{named.name}`", named.name.place, f"`{scheme.id}`",
                   help=f"move the file to the rules of that scheme, or write `scheme {scheme.id}`")  # fmt: skip


def _status(heading: t.Heading | None, in_pack: bool, faults: Faults) -> m.Status:  # noqa: FBT001 - the two callers name it
    if heading is None:
        return m.Status.LOCAL if in_pack else m.Status.BINDING
    status = status_of(heading.name, faults)
    if in_pack and heading.name.text == m.Status.BINDING:
        faults.add("binding-pack", "what is agreed locally is not binding guidance", heading.name.place,
                   "`local`, `default` or `advisory`", help="leave the line out: a pack is local")  # fmt: skip
    return status


def status_of(word: t.Word, faults: Faults) -> m.Status:
    """The status of that name; binding, with a fault, when there is none."""
    try:
        return m.Status(word.text)
    except ValueError:
        names = [status.value for status in m.Status]
        close = nearest(word.text, names)
        faults.add("unknown-status", f"`{word}` is not a status", word.place, listed(names), close,
                   f"write `{close}`" if close else "use one of these")  # fmt: skip
        return m.Status.BINDING


def _factor(heading: t.Heading, scheme: Scheme, faults: Faults) -> tuple[int, str]:
    number = int(heading.name.text)
    factor = scheme.factor(number)
    title = heading.title.text if heading.title else ""
    if factor is None:
        faults.add("unknown-factor", f"{scheme.title} has no factor {number}", heading.name.place,
                   f"a number from 1 to {len(scheme.factors)}", help="correct the number")  # fmt: skip
    elif factor.title.lower() != title.lower() and heading.title:
        faults.add("wrong-title", f"factor {number} is not called `{title}`", heading.title.place,
                   f"`{factor.title}`", factor.title, f'write `"{factor.title}"`')  # fmt: skip
    return number, factor.title if factor else title


# ── questions ────────────────────────────────────────────────────────────────────────────────────────────────────


def declare(files: Sequence[tuple[t.RuleFile, Head]], names: Names) -> None:
    """Enter every scale, record and question of the files into ``names``."""
    for file, _ in files:
        for statement in file.statements:
            if isinstance(statement, t.Scale):
                _declare_scale(statement, names)
    job: list[Question] = []
    for file, head in files:
        for statement in file.statements:
            inner = statement.statements if isinstance(statement, t.Interpretation) else ()
            for one in (statement, *inner):
                match one:
                    case t.Record():
                        _declare_record(one, head, names)
                    case t.Question():
                        _declare_question(one, (JOB, head), names, job)
    place = Place("", 1, 1, 1, 1)
    title = "The case as a whole" if any(_is_procedure(file) for file, _ in files) else "The job as a whole"
    names.records = {JOB: Record(JOB, title, "", tuple(job), place), **names.records}


def _is_procedure(file: t.RuleFile) -> bool:
    return any(isinstance(one, t.Heading) and one.kind == "procedure" for one in file.statements)


def _declare_scale(statement: t.Scale, names: Names) -> None:
    name = statement.name
    if first := names.scaled_at.get(name.text):
        names.faults.add("duplicate", f"the scale `{name}` is declared at {first} already", name.place,
                         "one declaration", help="remove or rename one of them")  # fmt: skip
        return
    names.scaled_at[name.text] = name.place
    names.scales[name.text] = _choices(statement.steps, names.faults)


def _declare_record(statement: t.Record, head: Head, names: Names) -> None:
    name = statement.name
    first = names.records.get(name.text)
    if first or name.text in RESERVED:
        why = f"is declared at {first.place} already" if first else "has a meaning of its own"
        names.faults.add("duplicate", f"the record `{name}` {why}", name.place, "a name of its own",
                         help="rename the record, or ask its questions in the one that exists")  # fmt: skip
        names.spoilt.update((name.text, line.name.text) for line in statement.lines)
        return
    questions: list[Question] = []
    labels: list[t.Label] = []
    for line in statement.lines:
        match line:
            case t.Label():
                labels.append(line)
            case t.Question():
                _declare_question(line, (name.text, head), names, questions)
    label = labels[0].name.text if labels else ""
    record = Record(name.text, statement.title.text, label, tuple(questions), name.place)
    _check_labels(record, labels, names)
    if not any(isinstance(line, t.Question) for line in statement.lines):
        names.spoilt.add((name.text, EVERYTHING))
        if not names.faults.lacks_a_part(statement.place):
            names.faults.add("empty-record", f"the record `{name}` asks nothing", name.place, "at least one question",
                         help='add an indented line such as `task text asks "What is done?"`')  # fmt: skip
    names.records[name.text] = record


def _check_labels(record: Record, labels: list[t.Label], names: Names) -> None:
    for label in labels[1:]:
        names.faults.add("duplicate", f"the record `{record.name}` has a label already", label.name.place,
                         "one `label`", help="keep the one by which a panel would call an entry")  # fmt: skip
    for label in labels[:1]:
        if not record.question(label.name.text) and (record.name, label.name.text) not in names.spoilt:
            known = (question.name for question in record.questions)
            names.faults.unknown(f"no question of `{record.name}`", label.name.text, label.name.place, known)


def _declare_question(statement: t.Question, within: tuple[str, Head], names: Names, others: list[Question]) -> None:
    """Add a question of a record to ``others``, or note that its name is spoken for."""
    (record, head), name = within, statement.name
    twin = next((q for q in others if q.name == name.text), None)
    if twin or name.text in {"evidence", "source"} or name.text in _WORDS_OF_CONDITIONS:
        why = f"is asked at {twin.place} already" if twin else "has a meaning of its own"
        names.faults.add("duplicate", f"the question `{name}` {why}", name.place, "a name of its own",
                         help="rename the question")  # fmt: skip
        names.spoilt.add((record, name.text))
        return
    if statement.asks is None and not names.faults.lacks_a_part(statement.place):
        names.faults.add("no-question", f"`{name}` says nothing to ask", name.place, '`asks "…"`',
                         help="add the question in plain words")  # fmt: skip
    answer = answer_type(statement.type, names)
    if answer is None:
        names.spoilt.add((record, name.text))
        return
    asks = statement.asks.text if statement.asks else ""
    advice = statement.help.text if statement.help else ""
    others.append(Question(record, name.text, answer, asks, advice, name.place, head.factor or ""))


def answer_type(answer: t.AnswerType, names: Names) -> AnswerType | None:
    """The type of an answer, checked; None, with a fault, when it names something unknown."""
    match answer.form:
        case "text" | "yes_no":
            return AnswerType(Form(answer.form))
        case "one_of" | "any_of":
            return AnswerType(Form(answer.form), choices=_choices(answer.choices, names.faults))
        case "scale" if answer.detail:
            return _on_scale(answer.detail, names)
        case "money":
            return _money(answer.detail, names)
    return AnswerType(Form.QUANTITY, _KINDS[answer.form])


def _on_scale(name: t.Word, names: Names) -> AnswerType | None:
    steps = names.scales.get(name.text)
    if steps is None:
        names.faults.unknown("no scale", name.text, name.place, names.scales)
        return None
    return AnswerType(Form.SCALE, choices=steps, scale=name.text)


def _money(period: t.Word | None, names: Names) -> AnswerType | None:
    if period is None:
        return AnswerType(Form.QUANTITY, Kind.MONEY)
    if period.text not in _PERIODS:
        close = nearest(period.text, _PERIODS)
        names.faults.add("wrong-unit", f"money is not reckoned per `{period}`", period.place, listed(_PERIODS),
                         close, f"write `{close}`" if close else "use one of these")  # fmt: skip
        return None
    return AnswerType(Form.QUANTITY, Kind.MONEY_RATE, period.text)


def _choices(choices: tuple[t.Choice, ...], faults: Faults) -> tuple[Choice, ...]:
    seen: set[str] = set()
    for choice in choices:
        if choice.name.text in seen:
            faults.add("duplicate", f"`{choice.name}` is listed twice", choice.name.place, "each answer once",
                       help="remove one of them")  # fmt: skip
        seen.add(choice.name.text)
    return tuple(Choice(x.name.text, x.label.text if x.label else x.name.text.replace("_", " ")) for x in choices)


# ── agreements ───────────────────────────────────────────────────────────────────────────────────────────────────


def agreed_of(agreement: t.Agreement | None, faults: Faults) -> m.Agreed | None:
    """When and by whom, or None when nothing is said or the date is none."""
    day = day_of(agreement.date, faults) if agreement else None
    return m.Agreed(day, agreement.by.text) if agreement and day else None


def day_of(word: t.Word, faults: Faults) -> date | None:
    """The day that a date names; None, with a fault, when the calendar has no such day."""
    try:
        return date.fromisoformat(word.text)
    except ValueError:
        faults.add("wrong-date", f"`{word}` is not a day of the calendar", word.place,
                   "a date such as `2026-03-01`", help="correct the date")  # fmt: skip
        return None
