"""Job files by two rule books: which come to something else, and what is done where only one book asks."""

from __future__ import annotations

from pathlib import Path

import pytest

from jerules.documents.text import Source
from jerules.faults import Faulty
from jerules.rulebook.load import book_of
from jerules.rulebook.model import RuleBook
from jerules.scheme.load import load_scheme
from jerules.verify.job_differences import JobDifference, job_differences, read_jobs

RULES = """\
scheme nhs
factor 13 "Physical effort"
record effort "Something that the body does"
  label task
  task text asks "What is done?"
  kind one of lifting, bending asks "What sort of effort is it?"
  weight mass asks "How heavy?"
question drives yes or no asks "Does it drive?"
level 3(a) when some effort is (weight >= 6 kg) cites level 3(a)
level 1 otherwise cites level 1
"""
JOB = """\
jerules: job/1
scheme: nhs
title: A job
job: {drives: no}
records:
  effort:
    - {task: Carries boxes, kind: lifting, weight: 7 kg}
"""


def book(text: str = RULES) -> RuleBook:
    """The rule book of a text."""
    return book_of(load_scheme("nhs"), [Source("13.jer", text)])


def compared(folder: Path, old: RuleBook, new: RuleBook) -> list[JobDifference]:
    """Every job in a folder by both books."""
    return list(job_differences(read_jobs(folder, old, new), old, new))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the job above in a folder of it, beside what is no job."""
    (tmp_path / "jobs").mkdir()
    (tmp_path / "jobs" / "one.yaml").write_text(JOB, encoding="utf-8")
    (tmp_path / "notes.txt").write_text("no job", encoding="utf-8")
    return tmp_path


def test_a_job_that_changes_has_both_outcomes(folder: Path) -> None:
    """Its level and its points before and after, and the totals that follow."""
    (one,) = compared(folder, book(), book(RULES.replace("6 kg", "8 kg")))
    ((before, after),) = one.factors
    assert (before.lowest.level, before.points, after.lowest.level, after.points) == (3, 12, 1, 3)
    assert one.differs
    assert one.old.totals
    assert one.new.totals
    assert one.old.totals[0] - one.new.totals[0] == 9


def test_a_job_that_stays_is_told_to_stay(folder: Path) -> None:
    """Other words for the same change no job."""
    (one,) = compared(folder, book(), book(RULES.replace("6 kg", "6000 g")))
    assert (one.factors, one.differs) == ((), False)


def test_an_answer_that_the_new_book_does_not_ask_for_is_left_out_and_named(folder: Path) -> None:
    """The job is read by the old book, which asks; the new one is given the rest."""
    gone = RULES.replace('question drives yes or no asks "Does it drive?"\n', "")
    (one,) = compared(folder, book(), book(gone))
    assert one.read.without == ("drives",)
    assert one.read.new.records == one.read.old.records
    assert not one.differs


def test_a_choice_that_the_old_book_does_not_know_is_unanswered_there(tmp_path: Path) -> None:
    """A job filled in for the new book is read by it, and what the old one cannot be told is left open."""
    (tmp_path / "one.yaml").write_text(JOB.replace("kind: lifting", "kind: running"), encoding="utf-8")
    (one,) = compared(tmp_path, book(), book(RULES.replace("lifting, bending", "lifting, bending, running")))
    assert one.read.without == ("effort.kind",)
    assert "kind" not in one.read.old.records["effort"][0].answers
    assert one.read.new.records["effort"][0].answers["kind"].written == "running"


def test_a_job_of_another_scheme_is_passed_over(folder: Path) -> None:
    """Only jobs of the scheme that is compared are read."""
    other = JOB.replace("scheme: nhs", "scheme: njc").split("job:")[0]
    (folder / "other.yaml").write_text(other, encoding="utf-8")
    assert [Path(one.file).name for one in read_jobs(folder, book(), book())] == ["one.yaml"]


def test_a_job_that_neither_book_can_read_is_refused_with_every_mistake(folder: Path) -> None:
    """All mistakes of all files come together."""
    for name in ("bad.yaml", "worse.yaml"):
        (folder / name).write_text(JOB.replace("7 kg", "heavy"), encoding="utf-8")
    with pytest.raises(Faulty) as refused:
        read_jobs(folder, book(), book())
    assert {Path(fault.place.file).name for fault in refused.value.faults if fault.place} == {"bad.yaml", "worse.yaml"}


@pytest.mark.parametrize(("name", "code"), [("nowhere", "no-such-folder"), (".", "no-jobs")])
def test_a_folder_without_jobs_is_told(tmp_path: Path, name: str, code: str) -> None:
    """That nothing was compared is never silent."""
    with pytest.raises(Faulty) as refused:
        read_jobs(tmp_path / name, book(), book())
    assert [fault.code for fault in refused.value.faults] == [code]
