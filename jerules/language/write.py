"""Writes a syntax tree in the one canonical layout: ``parse(write(tree)) == tree``, comments kept.

A statement that fits on a line stands on one line. Otherwise its head and condition come first, an alternative to a
line, and each clause on a line of its own. A comment at the end of a line moves above the statement it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jerules.faults import OurFault
from jerules.language import procedure as p
from jerules.language import tree as t
from jerules.language.atoms import (
    Atoms,
    agreed_by,
    alternatives,
    choice_of,
    choices_of,
    citing,
    clauses_of,
    condition_of,
    due_of,
    given_by_procedure,
    joined,
    quoted,
    type_of,
    with_commas,
    with_word,
)

WIDTH = 100
_STEP = "  "


def write(tree: t.RuleFile) -> str:
    """The text of a rule file in canonical layout, ending in one newline (empty for an empty file)."""
    lines = list(_statements(tree.statements, ""))
    if tree.ending:
        lines += ["", *tree.ending] if lines else [*tree.ending]
    return "\n".join(lines) + "\n" if lines else ""


def write_condition(condition: t.Condition) -> str:
    """One condition on one line, as it would stand in a rule file."""
    return " ".join(condition_of(condition))


def _statements(statements: Sequence[t.Statement], margin: str) -> Iterator[str]:
    for statement in statements:
        if statement.remarks.apart:
            yield ""
        yield from (margin + remark if remark else "" for remark in statement.remarks.lines)
        yield from _statement(statement, margin)


def _statement(statement: t.Statement, margin: str) -> Iterator[str]:
    inner = margin + _STEP
    match statement:
        case t.Record(name=name, title=title, lines=lines):
            yield from _fill(["record", name.text, *quoted(title)], margin)
            yield from _statements(lines, inner)
        case t.Example(title=title, lines=lines):
            yield from _fill(["example", *quoted(title)], margin)
            yield from _statements(lines, inner)
        case t.Interpretation():
            yield from _interpretation(statement, margin)
        case t.Question():
            yield from _question(statement, margin)
        case _:
            head, conditions, clauses = _parts(statement)
            yield from _rule_lines(head, conditions, clauses, margin)


def _interpretation(statement: t.Interpretation, margin: str) -> Iterator[str]:
    inner = margin + _STEP
    yield from _fill(["interpretation", statement.note.text, *quoted(statement.title)], margin)
    if statement.status:
        yield f"{inner}status {statement.status}"
    if statement.because:
        yield from _fill(["because", *quoted(statement.because)], inner)
    if statement.cites:
        yield from _fill(citing(statement.cites), inner)
    yield from _statements(statement.statements, inner)


def _question(statement: t.Question, margin: str) -> Iterator[str]:
    head = ["question", statement.name.text] if statement.single else [statement.name.text]
    kind, choices = type_of(statement.type)
    asked = [[word, *quoted(text)] for word, text in (("asks", statement.asks), ("help", statement.help)) if text]
    whole = " ".join([*head, *kind, *choices_of(choices), *(atom for clause in asked for atom in clause)])
    if len(margin + whole) <= WIDTH:
        yield margin + whole
        return
    together = " ".join([*head, *kind, *choices_of(choices)])
    if len(margin + together) <= WIDTH:
        yield margin + together
    else:
        yield margin + " ".join([*head, *kind])
        for index, choice in enumerate(choices):
            comma = "," if index + 1 < len(choices) else ""
            yield from _fill(joined([choice_of(choice)], comma), margin + _STEP * 3)
    for clause in asked:
        yield from _fill(clause, margin + _STEP)


def _rule_lines(head: Atoms, conditions: list[Atoms], clauses: list[Atoms], margin: str) -> Iterator[str]:
    """One line if it fits; else head and condition, an alternative to a line, then a clause to a line."""
    flat = [*head, *with_word("or", conditions)]
    whole = " ".join([*flat, *(atom for clause in clauses for atom in clause)])
    if len(margin + whole) <= WIDTH:
        yield margin + whole
        return
    if len(margin + " ".join(flat)) <= WIDTH or len(conditions) in {0, 1}:
        yield from _fill(flat, margin)
    else:
        *start, word = head
        yield from _fill(start, margin)
        yield from _fill([word, *conditions[0]], margin + _STEP)
        for condition in conditions[1:]:
            yield from _fill(["or", *condition], margin + _STEP * 2)
    for clause in clauses:
        yield from _fill(clause, margin + _STEP)


def _fill(atoms: Atoms, margin: str) -> Iterator[str]:
    """Break atoms into lines of the canonical width; lines after the first are indented twice more."""
    line = margin
    hanging = margin + _STEP * 2
    empty = True
    for atom in atoms:
        if not empty and len(line) + 1 + len(atom) > WIDTH:
            yield line
            line, empty = hanging, True
        line += atom if empty else f" {atom}"
        empty = False
    yield line


# ── the parts of each statement ──────────────────────────────────────────────────────────────────────────────────


def _parts(  # noqa: PLR0911 - one case a sort of statement
    statement: t.Statement,
) -> tuple[Atoms, list[Atoms], list[Atoms]]:
    """The head of a statement, the alternatives of its condition, and its clauses."""
    match statement:
        case t.LevelRule(condition=None):
            return ["level", statement.level.text, "otherwise"], [], clauses_of(statement.clauses)
        case t.Ladder(condition=None):
            return _ladder_head(statement), [], clauses_of(statement.clauses)
        case (
            t.Term(condition=condition, clauses=clauses)
            | t.Ladder(condition=condition, clauses=clauses)
            | t.LevelRule(condition=condition, clauses=clauses)
            | t.BoundRule(condition=condition, clauses=clauses)
            | t.ClosingRule(condition=condition, clauses=clauses)
            | t.PanelRule(condition=condition, clauses=clauses)
            | t.CreditRule(condition=condition, clauses=clauses)
            | t.Query(condition=condition, clauses=clauses)
        ) if condition is not None:
            return _rule_head(statement), alternatives(condition), clauses_of(clauses)
        case p.ProcedureRule():
            return _procedure_head(statement), [], [*_procedure_clauses(statement), *clauses_of(statement.clauses)]
        case t.Grade(name=name, low=low, high=high):
            return ["grade", *quoted(name), "from", low.text, "to", high.text], [], agreed_by(statement.agreed)
        case _ if isinstance(statement, _Plain):
            agreed = agreed_by(statement.agreed) if isinstance(statement, t.Convention | t.Without) else []
            return _plain_head(statement), [], [*agreed, *clauses_of(statement.clauses)]
    return _line(statement), [], []


def _rule_head(statement: t.Statement) -> Atoms:  # noqa: PLR0911 - one case a statement
    """What stands before the condition of a rule."""
    match statement:
        case t.Term(name=name, record=record, extends=extends):
            return [*(["extend"] if extends else []), "term", name.text, *([record.text] if record else []), "when"]
        case t.Ladder():
            return [*_ladder_head(statement), "when"]
        case t.LevelRule(level=level):
            return ["level", level.text, "when"]
        case t.BoundRule(kind=kind, level=level):
            return ["at", "least" if kind == "floor" else "most", level.text, "when"]
        case t.ClosingRule(levels=levels, unless=unless):
            return ["not", *with_commas([level.text] for level in levels), "unless" if unless else "when"]
        case t.PanelRule(name=name, low=low, high=high):
            return ["panel", "decides", name.text, low.text, "or", high.text, "when"]
        case t.CreditRule():
            return _credit_head(statement)
        case t.Query(text=text):
            return ["query", *quoted(text), "when"]
    raise OurFault(f"no layout for {type(statement).__name__}")


def _ladder_head(statement: t.Ladder) -> Atoms:
    record = [statement.record.text] if statement.record else []
    return ["ladder", statement.name.text, *record, "=", *with_word("<", [[term.text] for term in statement.terms])]


def _procedure_head(statement: p.ProcedureRule) -> Atoms:
    kind = ["effective", "from"] if statement.kind == "effective" else [statement.kind]
    name = [statement.name.text] if statement.name else []
    text = quoted(statement.text) if statement.text else []
    return [*kind, *name, *text]


def _procedure_clauses(statement: p.ProcedureRule) -> list[Atoms]:
    """By when, and under which condition: each on a line of its own where the whole does not fit on one."""
    due = [due_of(statement.due)] if statement.due else []
    when = ["when", *condition_of(statement.condition)] if statement.condition else ["always"]
    return [*due, when]


def _credit_head(statement: t.CreditRule) -> Atoms:
    record, under = statement.record.text, statement.under.text
    if statement.kind == "carry":
        return ["carry", record, "to", under, "when"]
    head = ["count", "once"] if statement.kind == "count_once" else ["assess"]
    barred = ["not", statement.barred.text] if statement.barred else []
    return [*head, record, "under", under, *barred, "when"]


_Plain = (
    t.MayCount | t.Never | t.ProRata | t.Parameter | t.Convention | t.Without | t.Order | t.CrossCheck | t.Acceptance
)


def _plain_head(statement: _Plain) -> Atoms:  # noqa: PLR0911 - one case a statement
    """What stands before the clauses of a statement that has no condition."""
    match statement:
        case t.MayCount(record=record, under=under):
            return ["may", "also", "count", record.text, "under", *with_commas([factor.text] for factor in under)]
        case t.Never(names=names):
            return ["never", "from", *with_commas([name.text] for name in names)]
        case t.ProRata(name=name):
            return ["pro", "rata", "by", name.text]
        case t.Parameter(name=name, type=answer, range=ends):
            kind, choices = type_of(answer)
            within = ["from", ends[0].text, "to", ends[1].text] if ends else []
            return ["parameter", name.text, *kind, *choices_of(choices), *within]
        case t.Convention(name=name, value=value):
            return ["convention", name.text, "=", value.text]
        case t.Without(note=note):
            return ["without", note.text]
        case t.Acceptance(check=check, subject=subject, on=on, until=until):
            end = ["until", until.text] if until else []
            return ["accept", check.text, *quoted(subject), "on", on.text, *end]
        case t.Order(names=names):
            return ["order", *with_word("<", [[name.text] for name in names])]
        case t.CrossCheck(title=title, above=above, number=number, factors=factors):
            of = with_commas([factor.text] for factor in factors)
            return ["cross", "check", *quoted(title), "above", above.text, "on", "at", "least", number.text, "of", *of]


def _line(statement: t.Statement) -> Atoms:  # noqa: PLR0911 - one case a statement
    """A statement that is one line and no more."""
    match statement:
        case t.Heading():
            return _heading(statement)
        case t.Label(name=name):
            return ["label", name.text]
        case t.Scale(name=name, steps=steps):
            return ["scale", name.text, "=", *with_word("<", [choice_of(step) for step in steps])]
        case t.Given(record=record, answers=answers):
            said = with_commas([a.name.text, *(quoted(a.value) if a.quoted else [a.value.text])] for a in answers)
            return [f"{record.text}:", *said]
        case t.NoneGiven(record=record):
            return ["no", record.text]
        case t.NothingElse():
            return ["nothing", "else"]
        case t.Supposed(name=name, value=value):
            return ["suppose", name.text, "=", value.text]
        case t.Decided(name=name, level=level):
            return ["panel", "decides", name.text, level.text]
        case t.Gives(kind=kind, words=words):
            return _gives(kind, words)
    raise OurFault(f"no layout for {type(statement).__name__}")


def _heading(statement: t.Heading) -> Atoms:
    name = quoted(statement.name) if statement.kind == "pack" else [statement.name.text]
    title = quoted(statement.title) if statement.title else []
    return [statement.kind, *name, *title, *(atom for clause in agreed_by(statement.agreed) for atom in clause)]


def _gives(kind: str, words: tuple[t.Word, ...]) -> Atoms:
    match kind:
        case "level":
            return ["gives", "level", words[0].text]
        case "range":
            return ["gives", "level", words[0].text, "to", words[1].text]
        case "query":
            return ["gives", "query", *quoted(words[0])]
        case "no_more":
            return ["gives", "no", "other", "query"]
        case "nothing":
            return ["gives", "no", "level"]
    return ["gives", *given_by_procedure(kind, words)]
