"""V9: no question whose answer changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import z3

from jerules.rulebook import model as m
from jerules.rulebook.procedure import asked_by
from jerules.rulebook.questions import Form, Question
from jerules.rulebook.uses import conditions_of, leaves_of, questions_in
from jerules.verify.bench import Bench
from jerules.verify.entries import for_both
from jerules.verify.model import End, Finding, Obligation, State
from jerules.verify.pairs import other_than
from jerules.verify.settle import READING, Duty, kept_of_question, must_be_possible, obligation
from jerules.verify.worlds import Reading

CODE = "V9"
TITLE = "every question matters"


def of_factor(bench: Bench) -> Iterator[Obligation]:
    """For every question that the factor reads there are two jobs, alike but in it, that a rule tells apart."""
    for question in bench.own_questions:
        if done := kept_of_question(bench, _duty(question), question):
            yield done
            continue
        first = bench.at_once
        rules = [rule for rule in first.rules if question in _read_by(bench.book, rule)]
        found = _question(first, question, rules)
        if found.state is State.REFUTED:
            more = max(for_both(bench.book, one) for one in conditions_of(rules))
            found = _question(first.with_entries(more), question, rules)
        yield found


def _read_by(book: m.RuleBook, rule: m.Rule) -> frozenset[Question]:
    return questions_in(book, rule.condition) if rule.condition is not None else frozenset()


def _duty(question: Question) -> Duty:
    words = question.asks or question.key
    return Duty(CODE, question.key, f"the answer to “{words}” can change whether some rule holds")


def _question(bench: Bench, question: Question, rules: Sequence[m.Rule]) -> Obligation:
    words = question.asks or question.key
    bench.everything()
    second = other_than(bench, question)
    reading = Reading(bench.book, bench.factor, second, like=bench.reading)
    duty = _duty(question)

    def finding() -> Finding:
        return Finding(
            f"whatever is answered to “{words}”, no rule of the factor comes out differently",
            ends=(End(words, question.place),),
            help="take the question out of the conditions that read it, or look for what makes it idle",
        )

    for rule in rules:
        differ = z3.Xor(bench.reading.rule(rule), reading.rule(rule))
        found = must_be_possible(bench, duty, z3.And(differ, *second.domain), finding)
        if found.state is not State.REFUTED:
            return found
    return obligation(bench, duty, State.REFUTED, finding(), of_none=True)


def of_book(book: m.RuleBook) -> Iterator[Obligation]:
    """Every question that can be answered is read by some rule, or is one that the rules say they may never read."""
    conditions = [
        rule.condition
        for factor in book.factors.values()
        for rule in (*factor.rules, *factor.bars)
        if rule.condition is not None
    ]
    read = {leaf.question for leaf in leaves_of(book, conditions)}
    read |= {question for rules in book.factors.values() for rule in rules.rules for question in asked_by(rule.effect)}
    read |= {question for never in book.never for question in never.questions}
    if book.pro_rata is not None:
        read.add(book.pro_rata.question)
    for record in book.records.values():
        for question in record.questions if book.factors else ():
            if question.type.form is not Form.TEXT and not _only_told(book, question):
                yield _read(question, by_some_rule=question in read)


def _only_told(book: m.RuleBook, question: Question) -> bool:
    """Whether a question is of a factor without level definitions: its answers are told to the panel as they are."""
    of = book.scheme.factor(int(question.factor)) if question.factor.isdecimal() else None
    return of is not None and not of.levels


def _read(question: Question, *, by_some_rule: bool) -> Obligation:
    words = question.asks or question.key
    says = f"some rule reads the answer to “{words}”, or must not"
    if by_some_rule:
        return Obligation(CODE, "", question.key, says, State.PROVED, (READING,))
    finding = Finding(
        f"“{words}” is asked, and no rule reads the answer",
        ends=(End(words, question.place),),
        help="write the rule that needs it, or do not ask",
    )
    return Obligation(CODE, "", question.key, says, State.REFUTED, (READING,), finding)
