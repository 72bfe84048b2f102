"""Writes a syntax tree in the one canonical layout: ``parse(write(tree)) == tree``, comments kept.

A statement that fits on a line stands on one line. Otherwise its head and condition come first, an alternative to a
line, and each clause on a line of its own. A comment at the end of a line moves above the statement it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from jerules.language import tree as t

WIDTH = 100
_STEP = "  "

Atoms = list[str]
"""Words that may not be broken, in order; a space goes between them."""


def write(tree: t.RuleFile) -> str:
    """The text of a rule file in canonical layout, ending in one newline (empty for an empty file)."""
    lines = list(_statements(tree.statements, ""))
    if tree.ending:
        lines += ["", *tree.ending] if lines else [*tree.ending]
    return "\n".join(lines) + "\n" if lines else ""


def write_condition(condition: t.Condition) -> str:
    """One condition on one line, as it would stand in a rule file."""
    return " ".join(_condition(condition))


def _statements(statements: Sequence[t.Statement], margin: str) -> Iterator[str]:
    for statement in statements:
        if statement.remarks.apart:
            yield ""
        yield from (margin + remark for remark in statement.remarks.lines)
        yield from _statement(statement, margin)


def _statement(statement: t.Statement, margin: str) -> Iterator[str]:
    inner = margin + _STEP
    match statement:
        case t.Record(name=name, title=title, lines=lines):
            yield from _fill(["record", name.text, *_text(title)], margin)
            yield from _statements(lines, inner)
        case t.Example(title=title, lines=lines):
            yield from _fill(["example", *_text(title)], margin)
            yield from _statements(lines, inner)
        case t.Interpretation():
            yield from _interpretation(statement, margin)
        case t.Question():
            yield from _question(statement, margin)
        case _:
            head, alternatives, clauses = _rule(statement)
            yield from _rule_lines(head, alternatives, clauses, margin)


def _interpretation(statement: t.Interpretation, margin: str) -> Iterator[str]:
    inner = margin + _STEP
    yield from _fill(["interpretation", statement.note.text, *_text(statement.title)], margin)
    if statement.status:
        yield f"{inner}status {statement.status}"
    if statement.because:
        yield from _fill(["because", *_text(statement.because)], inner)
    if statement.cites:
        yield from _fill(_cites(statement.cites), inner)
    yield from _statements(statement.statements, inner)


def _question(statement: t.Question, margin: str) -> Iterator[str]:
    head = ["question", statement.name.text] if statement.single else [statement.name.text]
    kind, choices = _type(statement.type)
    asked = [[word, *_text(text)] for word, text in (("asks", statement.asks), ("help", statement.help)) if text]
    whole = " ".join([*head, *kind, *_choice_atoms(choices), *(atom for clause in asked for atom in clause)])
    if len(margin + whole) <= WIDTH:
        yield margin + whole
        return
    together = " ".join([*head, *kind, *_choice_atoms(choices)])
    if len(margin + together) <= WIDTH:
        yield margin + together
    else:
        yield margin + " ".join([*head, *kind])
        for index, choice in enumerate(choices):
            comma = "," if index + 1 < len(choices) else ""
            yield from _fill(_joined([_choice(choice)], comma), margin + _STEP * 3)
    for clause in asked:
        yield from _fill(clause, margin + _STEP)


def _rule_lines(head: Atoms, alternatives: list[Atoms], clauses: list[Atoms], margin: str) -> Iterator[str]:
    """One line if it fits; else head and condition, an alternative to a line, then a clause to a line."""
    flat = [*head, *_or(alternatives)]
    whole = " ".join([*flat, *(atom for clause in clauses for atom in clause)])
    if len(margin + whole) <= WIDTH:
        yield margin + whole
        return
    if len(margin + " ".join(flat)) <= WIDTH or len(alternatives) < 2:  # noqa: PLR2004 - one alternative needs no line of its own
        yield from _fill(flat, margin)
    else:
        *start, word = head
        yield margin + " ".join(start)
        yield from _fill([word, *alternatives[0]], margin + _STEP)
        for alternative in alternatives[1:]:
            yield from _fill(["or", *alternative], margin + _STEP * 2)
    for clause in clauses:
        yield from _fill(clause, margin + _STEP)


def _or(alternatives: list[Atoms]) -> Atoms:
    atoms: Atoms = []
    for index, alternative in enumerate(alternatives):
        atoms += [*(["or"] if index else []), *alternative]
    return atoms


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


def _rule(statement: t.Statement) -> tuple[Atoms, list[Atoms], list[Atoms]]:  # noqa: C901, PLR0911, PLR0912 - one case a statement
    match statement:
        case t.Heading(kind=kind, name=name, title=title, agreed=agreed):
            text = _text(name) if kind == "pack" else [name.text]
            return [kind, *text, *(_text(title) if title else [])], [], _agreed(agreed)
        case t.Label(name=name):
            return ["label", name.text], [], []
        case t.Scale(name=name, steps=steps):
            atoms = ["scale", name.text, "="]
            for index, step in enumerate(steps):
                atoms += [*(["<"] if index else []), *_choice(step)]
            return atoms, [], []
        case t.Term(name=name, record=record, condition=condition, clauses=clauses, extends=extends):
            head = ["extend", "term"] if extends else ["term"]
            return [*head, name.text, *([record.text] if record else []), "when"], _split(condition), _clauses(clauses)
        case t.LevelRule(level=level, condition=condition, clauses=clauses):
            if condition is None:
                return ["level", level.text, "otherwise"], [], _clauses(clauses)
            return ["level", level.text, "when"], _split(condition), _clauses(clauses)
        case t.BoundRule(kind=kind, level=level, condition=condition, clauses=clauses):
            return ["at", "least" if kind == "floor" else "most", level.text, "when"], _split(condition), _clauses(clauses)
        case t.ClosingRule(levels=levels, unless=unless, condition=condition, clauses=clauses):
            closed = _comma([level.text] for level in levels)
            return ["not", *closed, "unless" if unless else "when"], _split(condition), _clauses(clauses)
        case t.PanelRule(name=name, low=low, high=high, condition=condition, clauses=clauses):
            head = ["panel", "decides", name.text, low.text, "or", high.text, "when"]
            return head, _split(condition), _clauses(clauses)
        case t.CreditRule():
            return _credit(statement), _split(statement.condition), _clauses(statement.clauses)
        case t.MayCount(record=record, under=under, clauses=clauses):
            factors = _comma([factor.text] for factor in under)
            return ["may", "also", "count", record.text, "under", *factors], [], _clauses(clauses)
        case t.Never(names=names, clauses=clauses):
            return ["never", "from", *_comma([name.text] for name in names)], [], _clauses(clauses)
        case t.Query(text=text, condition=condition, clauses=clauses):
            return ["query", *_text(text), "when"], _split(condition), _clauses(clauses)
        case t.Parameter(name=name, type=answer, clauses=clauses):
            kind_atoms, choices = _type(answer)
            return ["parameter", name.text, *kind_atoms, *_choice_atoms(choices)], [], _clauses(clauses)
        case t.Convention(name=name, value=value, agreed=agreed, clauses=clauses):
            return ["convention", name.text, "=", value.text], [], [*_agreed(agreed), *_clauses(clauses)]
        case t.Without(note=note, agreed=agreed, clauses=clauses):
            return ["without", note.text], [], [*_agreed(agreed), *_clauses(clauses)]
        case t.Given(record=record, answers=answers):
            said = _comma([a.name.text, *(_text(a.value) if a.quoted else [a.value.text])] for a in answers)
            return [f"{record.text}:", *said], [], []
        case t.NoneGiven(record=record):
            return ["no", record.text], [], []
        case t.NothingElse():
            return ["nothing", "else"], [], []
        case t.Gives(kind=kind, words=words):
            return _gives(kind, words), [], []
    raise TypeError(type(statement).__name__)


def _credit(statement: t.CreditRule) -> Atoms:
    record, under = statement.record.text, statement.under.text
    if statement.kind == "carry":
        return ["carry", record, "to", under, "when"]
    head = ["count", "once"] if statement.kind == "count_once" else ["assess"]
    barred = ["not", statement.barred.text] if statement.barred else []
    return [*head, record, "under", under, *barred, "when"]


def _gives(kind: str, words: tuple[t.Word, ...]) -> Atoms:
    match kind:
        case "level":
            return ["gives", "level", words[0].text]
        case "range":
            return ["gives", "level", words[0].text, "to", words[1].text]
        case "query":
            return ["gives", "query", *_text(words[0])]
    return ["gives", "no", "level"]


def _clauses(clauses: t.Clauses) -> list[Atoms]:
    found = [
        [word, *_text(text)]
        for word, text in (
            ("asks", clauses.asks), ("help", clauses.help), ("reads", clauses.reads), ("because", clauses.because),
        )
        if text
    ]  # fmt: skip
    return [*found, *([_cites(clauses.cites)] if clauses.cites else [])]


def _cites(citations: Iterable[t.Citation]) -> Atoms:
    return ["cites", *_comma(_citation(citation) for citation in citations)]


def _citation(citation: t.Citation) -> Atoms:
    factor = ["factor", str(citation.factor)] if citation.factor is not None else []
    match citation.kind:
        case "note":
            return [*factor, "note", *_text(t.Word(citation.target, citation.place))]
        case "definition":
            return [*factor, "definition"]
        case "chapter":
            paragraph = ["paragraph", citation.paragraph] if citation.paragraph else []
            return ["chapter", citation.target, *paragraph]
    return [*factor, citation.kind, citation.target]


def _agreed(agreed: t.Agreement | None) -> list[Atoms]:
    return [["agreed", agreed.date.text, "by", *_text(agreed.by)]] if agreed else []


def _type(answer: t.AnswerType) -> tuple[Atoms, tuple[t.Choice, ...]]:
    match answer.form:
        case "yes_no":
            return ["yes", "or", "no"], ()
        case "one_of" | "any_of":
            return [answer.form[:3], "of"], answer.choices
        case "scale":
            return ["on", str(answer.detail)], ()
        case "money":
            return ["money", *(["per", answer.detail.text] if answer.detail else [])], ()
        case "frequency":
            return ["frequency", "of", "shifts"], ()
        case "per_shift":
            return ["count", "per", "shift"], ()
    return [answer.form], ()


def _choice(choice: t.Choice) -> Atoms:
    return [choice.name.text, *(_text(choice.label) if choice.label else [])]


def _choice_atoms(choices: Sequence[t.Choice]) -> Atoms:
    return _comma(_choice(choice) for choice in choices)


def _text(word: t.Word) -> Atoms:
    """A text in quotes, breakable between its words."""
    return f'"{word.text}"'.split(" ")


def _comma(groups: Iterable[Atoms]) -> Atoms:
    return _joined(list(groups), "")


def _joined(groups: list[Atoms], end: str) -> Atoms:
    """Groups of atoms with a comma after each but the last, which ends in ``end``."""
    atoms: Atoms = []
    for index, group in enumerate(groups):
        mark = "," if index + 1 < len(groups) else end
        atoms += [*group[:-1], group[-1] + mark]
    return atoms


# ── conditions ───────────────────────────────────────────────────────────────────────────────────────────────────


def _split(condition: t.Condition) -> list[Atoms]:
    """The alternatives of a condition, for a line each."""
    parts = condition.parts if isinstance(condition, t.Either) else (condition,)
    return [_condition(part) for part in parts]


def _condition(condition: t.Condition) -> Atoms:
    match condition:
        case t.Either(parts=parts):
            return _or([_condition(part) for part in parts])
        case t.Both(parts=parts):
            atoms: Atoms = []
            for index, part in enumerate(parts):
                atoms += [*(["and"] if index else []), *_tight(part, t.Either)]
            return atoms
        case t.Negated(part=part):
            return ["not", *_tight(part, t.Either, t.Both)]
        case t.Named(name=name):
            return [name.text]
        case t.IsOne(name=name, values=values):
            return [name.text, "is", *_one_or_more(values, ["one", "of"])]
        case t.Includes(name=name, values=values):
            return [name.text, "includes", *_one_or_more(values, ["any", "of"])]
        case t.Comparison(name=name, op=op, limit=limit):
            return [name.text, op, *_limit(limit)]
        case t.Between(name=name, low=low, high=high):
            return [name.text, "from", *_limit(low), "to", *_limit(high)]
        case t.AtLeastOf(number=number, parts=parts):
            return ["at", "least", str(number), "of", *_bracketed_list(parts)]
        case t.Quantified():
            return _quantified(condition)


def _tight(part: t.Condition, *looser: type) -> Atoms:
    atoms = _condition(part)
    return _brackets(atoms) if isinstance(part, looser) else atoms


def _brackets(atoms: Atoms) -> Atoms:
    return [f"({atoms[0]}", *atoms[1:-1], f"{atoms[-1]})"] if len(atoms) > 1 else [f"({atoms[0]})"]


def _bracketed_list(parts: Sequence[t.Condition]) -> Atoms:
    atoms: Atoms = []
    for index, part in enumerate(parts):
        group = _condition(part)
        mark = ";" if index + 1 < len(parts) else ""
        atoms += [*group[:-1], group[-1] + mark]
    return _brackets(atoms)


def _one_or_more(values: Sequence[t.Word], several: Atoms) -> Atoms:
    names = _comma([value.text] for value in values)
    return names if len(values) == 1 else [*several, *names]


def _limit(limit: t.Limit) -> Atoms:
    return [*(["around"] if limit.around else []), limit.word.text]


def _quantified(condition: t.Quantified) -> Atoms:
    how = ["at", "least", str(condition.number)] if condition.how == "at least" else [condition.how]
    verb = "are" if condition.how == "at least" else "is"
    traits = _comma(_trait(trait) for trait in condition.traits)
    together = [atom for part in condition.together for atom in ("together", *_condition(part))]
    return [*how, condition.record.text, verb, *traits, *together]


def _trait(trait: t.Trait) -> Atoms:
    atoms = _condition(trait.condition)
    return atoms if trait.word else _brackets(atoms)
