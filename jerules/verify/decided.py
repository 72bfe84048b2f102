"""Which rules decide where a factor stands for a witness, so that a finding can show them."""

from __future__ import annotations

from jerules.engine.facts import lay_out
from jerules.exercise.deciding import Deciding
from jerules.explain.evaluate import reference_of
from jerules.jobs.model import Job
from jerules.rulebook import model as m
from jerules.verify.witness import only


def deciding(book: m.RuleBook, key: str, job: Job) -> tuple[m.Rule, ...]:
    """The rules that decide the level of a factor or a tool for a job, those of its tools and its bars included."""
    small, facts = only(book)[key], lay_out(book, job)
    _, decided = Deciding(book, small, key, facts, reference_of(small).verdicts(facts)).rules()
    found = (
        (small.factors[holder].bars if bar else small.factors[holder].rules)[index] for holder, index, bar in decided
    )
    return tuple(dict.fromkeys(found))
