"""V0: no question that can be answered in one way only, no record without entries, some job at all.

What is proved of every job is worth nothing where there is no job, so this comes first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import z3

from jerules.rulebook import conditions as c
from jerules.rulebook.questions import JOB, Question
from jerules.verify.axes import Open, axis
from jerules.verify.bench import Bench
from jerules.verify.formulas import YES
from jerules.verify.model import End, Finding, Obligation, State
from jerules.verify.settle import Duty, both, kept_of_question, must_be, must_be_possible

CODE = "V0"
TITLE = "there is something to prove"


def of_factor(bench: Bench) -> Iterator[Obligation]:
    """Some job exists, each record can have an entry, and each question two answers that some condition tells apart."""
    bench.everything()
    if not bench.own_questions:
        return
    some_job = Finding("no job at all meets what the questions allow; what is proved of this factor is void")
    yield must_be_possible(bench, Duty(CODE, "some job", "there is a job to speak of"), YES, lambda: some_job)
    records = dict.fromkeys(question.record for question in bench.own_questions if question.record != JOB)
    for record in records:
        duty = Duty(CODE, record, f"a job can have an entry of “{bench.book.records[record].title or record}”")
        yield must_be_possible(bench, duty, bench.answers.present(record, 0), partial(_no_entry, bench, record))
    for question in bench.own_questions:
        yield _question(bench, question, [leaf for leaf in bench.leaves if leaf.question == question])


def _question(bench: Bench, question: Question, leaves: Sequence[c.Leaf]) -> Obligation:
    words = question.asks or question.key
    duty = Duty(CODE, question.key, f"some condition tells two answers to “{words}” apart")

    def finding() -> Finding:
        return Finding(
            f"no condition of the factor tells one answer to “{words}” from another",
            ends=(End(words, question.place),),
            help="look for a number that no answer can reach, or for a choice that takes in all of them",
        )

    if (done := kept_of_question(bench, duty, question)) is not None:
        return done
    single = bench.speaking_of(*leaves)
    found = must_be(single, duty, lambda: any(_telling(single, leaf) for leaf in leaves), finding)
    try:
        cells = axis(question, leaves).cells
    except Open:
        return found
    return both(found, State.PROVED if len(cells) > 1 else State.REFUTED)


def _telling(bench: Bench, leaf: c.Leaf) -> bool:
    """Whether an answer can meet a condition, and another can fail it."""
    holds = bench.reading.holds(leaf)
    return bench.can(holds) and bench.can(z3.Not(holds))


def _no_entry(bench: Bench, record: str) -> Finding:
    return Finding(f"no job can have an entry of `{record}`", ends=(End(record, bench.book.records[record].place),))
