"""The words of a syntax tree, in order: what `write.py` lays out in lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from jerules.language import procedure as p
from jerules.language import tree as t

Atoms: TypeAlias = list[str]
"""Words that may not be broken, in order; a space goes between them."""

_TYPES = {
    "yes_no": ["yes", "or", "no"],
    "frequency": ["frequency", "of", "shifts"],
    "per_shift": ["count", "per", "shift"],
}

# ── clauses, types, texts ────────────────────────────────────────────────────────────────────────────────────────


def clauses_of(clauses: t.Clauses) -> list[Atoms]:
    """The clauses of a rule in their canonical order, each a group."""
    found = [
        [word, *quoted(text)]
        for word, text in (
            ("asks", clauses.asks), ("help", clauses.help), ("reads", clauses.reads), ("because", clauses.because),
        )
        if text
    ]  # fmt: skip
    return [*found, *([citing(clauses.cites)] if clauses.cites else [])]


def citing(citations: Iterable[t.Citation]) -> Atoms:
    """A `cites` clause."""
    return ["cites", *with_commas(_citation(citation) for citation in citations)]


def _citation(citation: t.Citation) -> Atoms:
    factor = ["factor", str(citation.factor)] if citation.factor is not None else []
    match citation.kind:
        case "note":
            return [*factor, "note", *quoted(t.Word(citation.target, citation.place))]
        case "definition":
            return [*factor, "definition"]
        case "chapter" | "part" | "appendix" | "section":
            paragraph = ["paragraph", citation.paragraph] if citation.paragraph else []
            return [citation.kind, citation.target, *paragraph]
    return [*factor, citation.kind, citation.target]


def due_of(due: p.Due) -> Atoms:
    """By when a step is to be taken."""
    origin = [due.after.text] if due.after else ["complete", "receipt"]
    numbers, names = [word.text for word in due.numbers], [word.text for word in due.names]
    match due.form:
        case "within":
            return ["within", *numbers, *names, "of", *origin]
        case "at":
            return ["at", *numbers, *names, "after", *origin]
        case "between":
            return ["between", numbers[0], "and", numbers[1], *names, "after", *origin]
        case "next":
            return ["in", "the", "next", *with_word("or", [[name] for name in names]), "after", *origin]
    return ["by", *origin]


def given_by_procedure(kind: str, words: Sequence[t.Word]) -> Atoms:  # noqa: PLR0911 - one case a kind
    """What a procedure is expected to make of an example."""
    first = words[0].text if words else ""
    match kind:
        case "complete":
            return ["nothing", "missing"]
        case "missing":
            return ["missing", *with_commas([word.text] for word in words)]
        case "step":
            return ["step", first]
        case "by":
            return ["step", first, "by", words[1].text]
        case "between":
            return ["step", first, "between", words[1].text, "and", words[2].text]
        case "effective":
            return ["effective", "from", first]
    return [*kind.split("_"), *quoted(words[0])]


def agreed_by(agreed: t.Agreement | None) -> list[Atoms]:
    """An `agreed` clause, if there is one."""
    return [["agreed", agreed.date.text, "by", *quoted(agreed.by)]] if agreed else []


def type_of(answer: t.AnswerType) -> tuple[Atoms, tuple[t.Choice, ...]]:
    """A type of answer, and the choices that follow it."""
    match answer.form:
        case "one_of" | "any_of":
            return [answer.form[:3], "of"], answer.choices
        case "scale":
            return ["on", str(answer.detail)], ()
        case "money" if answer.detail:
            return ["money", "per", answer.detail.text], ()
    return _TYPES.get(answer.form, [answer.form]), ()


def choice_of(choice: t.Choice) -> Atoms:
    """One choice with its label."""
    return [choice.name.text, *(quoted(choice.label) if choice.label else [])]


def choices_of(choices: Sequence[t.Choice]) -> Atoms:
    """Choices in a row."""
    return with_commas(choice_of(choice) for choice in choices)


def quoted(word: t.Word) -> Atoms:
    """A text in quotes, breakable between its words."""
    return f'"{word.text}"'.split(" ")


def with_word(word: str, groups: list[Atoms]) -> Atoms:
    """Groups of atoms with ``word`` between them."""
    return [atom for index, group in enumerate(groups) for atom in ((word, *group) if index else group)]


def with_commas(groups: Iterable[Atoms]) -> Atoms:
    """Groups of atoms with a comma after each but the last."""
    return joined(list(groups), "")


def joined(groups: list[Atoms], end: str) -> Atoms:
    """Groups of atoms with a comma after each but the last, which ends in ``end``."""
    atoms: Atoms = []
    for index, group in enumerate(groups):
        mark = "," if index + 1 < len(groups) else end
        atoms += [*group[:-1], group[-1] + mark]
    return atoms


# ── conditions ───────────────────────────────────────────────────────────────────────────────────────────────────


def alternatives(condition: t.Condition) -> list[Atoms]:
    """The alternatives of a condition, for a line each."""
    parts = condition.parts if isinstance(condition, t.Either) else (condition,)
    return [condition_of(part) for part in parts]


def condition_of(condition: t.Condition) -> Atoms:  # noqa: C901, PLR0911 - one case each
    """A condition on one line."""
    match condition:
        case t.Either(parts=parts):
            return with_word("or", [condition_of(part) for part in parts])
        case t.Both(parts=parts):
            return with_word("and", [_tight(part, t.Either) for part in parts])
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
    atoms = condition_of(part)
    return _brackets(atoms) if isinstance(part, looser) else atoms


def _brackets(atoms: Atoms) -> Atoms:
    return [f"({atoms[0]}", *atoms[1:-1], f"{atoms[-1]})"] if len(atoms) > 1 else [f"({atoms[0]})"]


def _bracketed_list(parts: Sequence[t.Condition]) -> Atoms:
    atoms: Atoms = []
    for index, part in enumerate(parts):
        group = condition_of(part)
        mark = ";" if index + 1 < len(parts) else ""
        atoms += [*group[:-1], group[-1] + mark]
    return _brackets(atoms)


def _one_or_more(values: Sequence[t.Word], several: Atoms) -> Atoms:
    names = with_commas([value.text] for value in values)
    return names if len(values) == 1 else [*several, *names]


def _limit(limit: t.Limit) -> Atoms:
    return [*(["around"] if limit.around else []), limit.word.text]


def _quantified(condition: t.Quantified) -> Atoms:
    how = ["at", "least", str(condition.number)] if condition.how == "at least" else [condition.how]
    verb = "are" if condition.how == "at least" else "is"
    traits = with_commas(_trait(trait) for trait in condition.traits)
    together = [atom for part in condition.together for atom in ("together", *condition_of(part))]
    return [*how, condition.record.text, verb, *traits, *together]


def _trait(trait: t.Trait) -> Atoms:
    atoms = condition_of(trait.condition)
    return atoms if trait.word else _brackets(atoms)
