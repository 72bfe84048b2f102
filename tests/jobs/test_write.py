"""A job written as a file, and as an example, and read again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from jerules.documents.text import Source
from jerules.engine.facts import lay_out
from jerules.jobs.examples import job_of
from jerules.jobs.load import load_job, load_job_file
from jerules.jobs.model import Entry, Job
from jerules.jobs.write import job_to_example, job_to_yaml
from jerules.quantities.calendar import WorkPattern
from jerules.quantities.kinds import Measure
from jerules.rulebook.load import book_of
from jerules.scheme.load import load_scheme
from jerules.verify.witness import answer
from tests.strategies import worlds

BOOK = book_of(load_scheme("nhs"), [Source("job.jer", worlds.QUESTIONS), Source("13.jer", """\
scheme nhs
factor 13 "Physical effort"
status binding
panel decides much 1 or 3(a) when some effort is (weight > 6 kg) asks "Is it much?" cites definition
level 1 otherwise cites definition
""")])  # fmt: skip


@given(worlds.full_jobs(BOOK))
def test_a_job_that_is_written_and_read_again_has_the_same_facts(job: Job) -> None:
    """``load_job ∘ job_to_yaml`` keeps every answer, the hours and what the panel decided."""
    job = _weekly(job)
    again = load_job(Source("job.yaml", job_to_yaml(BOOK, job)), BOOK)
    assert lay_out(BOOK, again) == lay_out(BOOK, job)
    assert again.hours == job.hours


@given(worlds.full_jobs(BOOK))
def test_an_example_that_is_written_describes_the_same_job(job: Job) -> None:
    """The block parses, and its job has the facts of the one it was made from."""
    job = _weekly(replace(job, decisions={}))
    rules = Source("x.jer", 'scheme nhs\nfactor 13 "Physical effort"\nstatus binding\n'
                   "level 1 otherwise cites definition\n\n" + job_to_example(BOOK, job, "level 1"))  # fmt: skip
    (example,) = book_of(load_scheme("nhs"), [Source("job.jer", worlds.QUESTIONS), rules]).examples
    assert lay_out(BOOK, job_of(example, BOOK)) == lay_out(BOOK, job)


def _weekly(job: Job) -> Job:
    """The same job with five shifts a week, from which its frequencies come, and its answers as people write them."""
    records = {name: tuple(_readable(entry) for entry in entries) for name, entries in job.records.items()}
    return replace(job, hours=WorkPattern(5, 27_000), facts=_readable(job.facts), records=records)


def _readable(entry: Entry) -> Entry:
    answers = {}
    for name, found in entry.answers.items():
        question = BOOK.records[entry.record].question(name)
        assert question is not None
        answers[name] = found
        if isinstance(found.value, Measure):
            low, share = found.value.interval.low, found.value.share
            answers[name] = answer(question, (low, share.low) if share else low, BOOK.scheme.calendar)
    return replace(entry, answers=answers)


@pytest.mark.parametrize(
    "path", sorted((Path(__file__).parents[2] / "docs" / "examples" / "nhs").glob("*.yaml")), ids=str
)
def test_the_example_jobs_survive_being_written(path: Path) -> None:
    """A whole job file that is written again says the same."""
    job, book = load_job_file(path)
    again = load_job(Source("job.yaml", job_to_yaml(book, job)), book)
    assert lay_out(book, again) == lay_out(book, job)
