"""What must hold of a rule book as a whole before anything may read it: no circles, no forbidden antecedents."""

from __future__ import annotations

from collections.abc import Iterator

from jerules.faults import Place
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.names import Faults
from jerules.rulebook.questions import Question


def check(book: m.RuleBook, faults: Faults) -> None:
    """Add a fault for every circular term and every rule that reads what it never may."""
    circular = _circles(book, faults)
    if not circular:
        _never_from(book, faults)
        _panel_names(book, faults)


def _circles(book: m.RuleBook, faults: Faults) -> bool:
    done: set[c.TermKey] = set()
    found = False
    for start in book.terms:
        circle = _circle_from(book, start, [], done)
        if circle:
            found = True
            names = " → ".join(f"`{key.name}`" for key in [*circle, circle[0]])
            definition = book.terms[circle[0]].definitions[0]
            faults.add(
                "circular-term", f"the definition of `{circle[0].name}` goes round in a circle: {names}",
                definition.source.place, "a definition that rests on questions in the end",
                help="break the circle by writing one of the conditions out",
            )  # fmt: skip
            done.update(circle)
    return found


def _circle_from(book: m.RuleBook, key: c.TermKey, path: list[c.TermKey], done: set[c.TermKey]) -> list[c.TermKey]:
    if key in path:
        return path[path.index(key) :]
    if key in done:
        return []
    for definition in book.terms[key].definitions:
        for inner in _terms_in(definition.condition):
            circle = _circle_from(book, inner, [*path, key], done)
            if circle:
                return circle
    done.add(key)
    return []


def _terms_in(condition: c.Condition) -> Iterator[c.TermKey]:
    for part in c.walk(condition):
        if isinstance(part, c.Holds):
            yield part.term


def leaves(book: m.RuleBook, condition: c.Condition) -> Iterator[c.Leaf]:
    """Every comparison and choice that a condition rests on, terms opened."""
    for part in c.walk(condition):
        if isinstance(part, c.Holds):
            for definition in book.terms[part.term].definitions:
                yield from leaves(book, definition.condition)
        elif isinstance(part, c.Leaf):
            yield part


def questions_read(book: m.RuleBook, factor: m.FactorRules) -> dict[Question, Place]:
    """The questions that the rules of a factor read, each with the place of the first reading."""
    found: dict[Question, Place] = {}
    for rule in (*factor.rules, *factor.bars):
        if rule.condition is not None:
            for leaf in leaves(book, rule.condition):
                found.setdefault(leaf.question, leaf.place)
    return found


def _never_from(book: m.RuleBook, faults: Faults) -> None:
    for never in book.never:
        factor = book.factors.get(never.factor)
        read = questions_read(book, factor) if factor else {}
        for question in never.questions:
            if question in read:
                faults.add(
                    "forbidden-antecedent", f"factor {never.factor} may never be read from `{question.key}`",
                    read[question], f"a rule without `{question.key}`; the bar stands at {never.source.place}",
                    help="rest the rule on another fact",
                )  # fmt: skip


def _panel_names(book: m.RuleBook, faults: Faults) -> None:
    """A decision is recorded under its name, so a name must stand for one question."""
    seen: dict[str, m.Rule] = {}
    for factor in book.factors.values():
        for rule in factor.rules:
            if isinstance(rule.effect, m.LeavesToPanel):
                first = seen.setdefault(rule.effect.name, rule)
                if first is not rule and first.effect != rule.effect:
                    faults.add(
                        "duplicate", f"the decision `{rule.effect.name}` is named at {first.source.place} already",
                        rule.source.place, "a name of its own", help="rename one of the decisions",
                    )  # fmt: skip
