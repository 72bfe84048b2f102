"""What a job says about a factor whose level no rule gives: its answers, the words that hold, what is blank."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jerules.engine.resolve import tools_for
from jerules.engine.truth import YES
from jerules.explain.outcome import OpenQuestion, Reported
from jerules.explain.proof import Step, Weigher
from jerules.explain.pruning import Pruner, prune
from jerules.jobs.model import Entry, Job
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.consistency import leaves
from jerules.rulebook.questions import JOB, Question, Record


def gives_levels(book: m.RuleBook, rules: m.FactorRules) -> bool:
    """Whether some rule, of the factor or of a tool for it, can give it a level."""
    return rules.gives_levels or bool(tools_for(book, rules.key))


def asked_for(book: m.RuleBook, factor: str) -> Iterator[tuple[Record, tuple[Question, ...]]]:
    """The records, the job's own first, with those of their questions that the files of a factor ask."""
    for record in book.records.values():
        questions = tuple(question for question in record.questions if question.factor == factor)
        if questions:
            yield record, questions


def known(book: m.RuleBook, job: Job, weigher: Weigher) -> Reported | None:
    """The facts of the factor that ``weigher`` goes through; None when nothing is asked for it."""
    factor = weigher.factor.key
    asked = list(asked_for(book, factor))
    if not asked:
        return None
    answers = tuple(
        (entry, tuple(question for question in questions if question.name in entry.answers))
        for record, questions in asked
        for entry in _entries(job, record)
    )
    terms = [key for key in book.terms if key.factor == factor]
    steps = (step for key in terms for step in _weighed(job, weigher, key))
    holding = tuple(prune(step, Pruner()) for step in steps if step.truth == YES)
    return Reported(answers, holding, tuple(_unsettled(book, terms, answers)))


def unasked(book: m.RuleBook, job: Job, factor: str) -> Iterator[OpenQuestion]:
    """The questions of a factor that are not answered; of a record that the job does not mention, the record."""
    for record, questions in asked_for(book, factor):
        if record.name != JOB and record.name not in job.records:
            yield OpenQuestion("unasked-record", record.title, record.name)
        for entry in _entries(job, record):
            for question in questions:
                if question.name not in entry.answers:
                    yield OpenQuestion("unasked", question.asks, question.key, question, entry)


def _entries(job: Job, record: Record) -> tuple[Entry, ...]:
    return (job.facts,) if record.name == JOB else job.records.get(record.name, ())


def _weighed(job: Job, weigher: Weigher, key: c.TermKey) -> Iterator[Step]:
    """How a term comes out, for each entry that it may speak of."""
    if key.record is None:
        yield weigher.term(key, None)
    else:
        for index in range(len(job.records.get(key.record, ()))):
            yield weigher.term(key, (key.record, index))


def _unsettled(
    book: m.RuleBook, terms: Iterable[c.TermKey], answers: Iterable[tuple[Entry, tuple[Question, ...]]]
) -> Iterator[m.Parameter]:
    """The parameters without a value that an answer would be compared with."""
    answered = {question for _, questions in answers for question in questions}
    found: set[str] = set()
    for key in terms:
        for definition in book.terms[key].definitions:
            for leaf in leaves(book, definition.condition):
                if isinstance(leaf, c.Compare) and leaf.bound.parameter and leaf.bound.value is None:
                    found.update({leaf.bound.parameter} if leaf.question in answered else ())
    return (parameter for name, parameter in book.parameters.items() if name in found)
