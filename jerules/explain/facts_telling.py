"""Tells what is known of a factor whose level no rule gives: the answers, and the words that they meet."""

from __future__ import annotations

from collections.abc import Iterator

from jerules.explain import phrases
from jerules.explain.outcome import Reported
from jerules.explain.proof import Step, interpretations, leaves
from jerules.explain.reasons import meaning
from jerules.explain.told import Line
from jerules.jobs.model import Entry
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.questions import JOB, Question


def tell_facts(facts: Reported, book: m.RuleBook) -> Iterator[Line]:
    """What was answered, which words of the factor hold, and what is for the authority to agree."""
    for entry, questions in facts.answers:
        if entry.record == JOB:
            yield from (_answer(question, entry) for question in questions)
        else:
            yield _answers(questions, entry, book)
    for step in facts.terms:
        if isinstance(step.subject, c.Holds):
            yield _holding(step, step.subject.term, book)
    if facts.unsettled:
        names = phrases.joined([parameter.name.replace("_", " ") for parameter in facts.unsettled])
        yield Line(f"Not agreed yet, so nothing is said that turns on it: {names}")


def _answer(question: Question, entry: Entry) -> Line:
    answer = entry.answers[question.name]
    said = _capital(phrases.given(question, answer))
    return Line(f"{question.asks} {said}", evidence=answer.evidence, source=answer.source)


def _answers(questions: tuple[Question, ...], entry: Entry, book: m.RuleBook) -> Line:
    """All that is said of one entry, but for the answer that it is called by."""
    lines = [_answer(one, entry) for one in questions if one.name != book.records[entry.record].label]
    said = f": {'. '.join(line.text for line in lines)}" if lines else ""
    evidence, source = (
        "; ".join(dict.fromkeys(part for part in parts if part))
        for parts in ((entry.evidence, *(x.evidence for x in lines)), (entry.source, *(x.source for x in lines)))
    )
    return Line(f"{_capital(phrases.called(entry))}{said}", evidence=evidence, source=source)


def _holding(step: Step, key: c.TermKey, book: m.RuleBook) -> Line:
    """A word that holds, of the job or of one entry. The evidence stands beside the answers already."""
    definition, reads = meaning(step, key, book)
    text = f"{phrases.term_name(key)}{f': {reads}' if reads else ''}"
    entry = next((leaf.entry for leaf in leaves(step) if leaf.entry), None) if key.record else None
    said = f"{_capital(phrases.called(entry))} is {text}" if entry else _capital(text)
    cited = definition.source.citations if definition else ()
    return Line(said, phrases.cites(cited), ", ".join(interpretations(step)), citations=cited)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
