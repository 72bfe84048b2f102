"""V16: within a factor a word has one meaning: terms, the names of questions, and the labels of choices.

Two terms of one name mean the same when their definitions say the same of questions of the same names, whatever the
records are called.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from itertools import groupby

from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.questions import Question
from jerules.verify.bench import Bench
from jerules.verify.model import End, Finding, Obligation, State
from jerules.verify.settle import READING

CODE = "V16"
TITLE = "one word, one meaning"


def of_factor(bench: Bench) -> Iterator[Obligation]:
    """Each word that means two things; then that all the others mean one."""
    found = [
        *_two_records(bench),
        *_shadowing(bench),
        *_two_questions(bench.questions, bench.key),
        *(one for question in bench.questions for one in _labels(question, bench.key)),
    ]
    told = {one.subject: one for one in reversed(found)}
    yield from (one for one in found if told[one.subject] is one)
    words = {term.key.name for term in bench.terms} | {question.name for question in bench.questions}
    left = len(words - set(told))
    yield Obligation(CODE, bench.key, "words", f"{left} words have one meaning each", State.PROVED, (READING,))


def _refuted(factor: str, subject: str, message: str, ends: Iterable[End], help_: str) -> Obligation:
    says = f"“{subject.replace('_', ' ')}” means one thing"
    finding = Finding(message, ends=tuple(ends), help=help_)
    return Obligation(CODE, factor, subject, says, State.REFUTED, (READING,), finding)


# ── terms ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _two_records(bench: Bench) -> Iterator[Obligation]:
    for name, terms in groupby(sorted(bench.terms, key=_name), key=_name):
        alike = list(terms)
        if len({sense(bench.book, term) for term in alike}) > 1:
            records = " and of ".join(f"`{term.key.record or 'job'}`" for term in alike)
            message = f"“{name.replace('_', ' ')}” is said of {records}, and does not mean the same of them"
            yield _refuted(bench.key, name, message, _ends(alike), "give each meaning a word of its own")


def _name(term: m.Term) -> str:
    return term.key.name


def _shadowing(bench: Bench) -> Iterator[Obligation]:
    shared = {key.name: term for key, term in bench.book.terms.items() if key.factor is None}
    for term in bench.terms:
        other = shared.get(term.key.name)
        if other is not None and sense(bench.book, other) != sense(bench.book, term):
            message = f"“{term.key.name.replace('_', ' ')}” means something else in the whole scheme"
            yield _refuted(bench.key, term.key.name, message, _ends([term, other]), "give this one another name")


def _ends(terms: Iterable[m.Term]) -> Iterator[End]:
    for term in terms:
        for one in term.definitions:
            yield End(one.reads or term.key.name, one.source.place, one.source.citations)


def sense(book: m.RuleBook, term: m.Term) -> Hashable:
    """What a term says, without the name of its record: two terms with the same sense mean the same."""
    return frozenset(_sense(book, one.condition) for one in term.definitions)


def _sense(book: m.RuleBook, condition: c.Condition) -> Hashable:
    match condition:
        case c.Holds(term=term):
            return sense(book, book.terms[term])
        case c.Compare(question=question, part=part, op=op, bound=bound):
            return question.name, part, op, bound.value, bound.parameter, bound.around
        case c.Chosen(question=question, values=values):
            return question.name, values
        case c.IsYes(question=question):
            return question.name
    number = condition.number if isinstance(condition, c.AtLeast | c.Some) else 0
    return type(condition), number, tuple(_sense(book, child) for child in c.children(condition))


# ── questions ────────────────────────────────────────────────────────────────────────────────────────────────────


def _two_questions(questions: Iterable[Question], factor: str) -> Iterator[Obligation]:
    for name, same in groupby(sorted(questions, key=_asked), key=_asked):
        alike = sorted(same, key=_key)
        if len({(one.type.form, one.type.kind, one.type.per, one.type.scale) for one in alike}) > 1:
            keys = " and ".join(f"`{one.key}`" for one in alike)
            ends = [End(one.asks or one.key, one.place) for one in alike]
            message = f"{keys} ask for different sorts of answer under one name"
            yield _refuted(factor, f"question {name}", message, ends, "give one of the questions another name")


def _asked(question: Question) -> str:
    return question.name


def _key(question: Question) -> str:
    return question.key


def _labels(question: Question, factor: str) -> Iterator[Obligation]:
    repeated = [label for label, number in Counter(one.label for one in question.type.choices).items() if number > 1]
    if repeated:
        same = " and ".join(f"`{one.name}`" for one in question.type.choices if one.label == repeated[0])
        message = f"the panel cannot tell {same} apart: both are called “{repeated[0]}”"
        ends = [End(question.asks or question.key, question.place)]
        yield _refuted(factor, question.key, message, ends, "give each choice a label of its own")
