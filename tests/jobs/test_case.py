"""Case files: what is read, every mistake at once, and blank forms."""

import pytest

from jerules.documents.text import Source
from jerules.faults import Faulty
from jerules.jobs.case import kinds_of, load_case
from jerules.jobs.case_form import blank_case
from jerules.jobs.load import load_job
from jerules.rulebook.load import load_procedures, load_rulebook
from jerules.rulebook.model import RuleBook
from jerules.scheme.load import scheme_names

BOOKS = [book for book in map(load_procedures, scheme_names()) if book.factors]
NHS = load_procedures("nhs")


def faults(text: str) -> list[str]:
    """The mistakes in a case file, each as its line, its code and its nearest name."""
    with pytest.raises(Faulty) as caught:
        load_case(Source("case.yaml", text), NHS)
    return [
        f"{fault.place.line if fault.place else 0} {fault.code} {fault.nearest}".strip()
        for fault in caught.value.faults
    ]


def test_a_case_is_read_with_its_evidence() -> None:
    """Answers stand under `case:`, and each may have its evidence and source, as in a job file."""
    text = (
        "jerules: case/1\nscheme: nhs\nkind: new post\ntitle: Porter\n"
        "case:\n  started: {answer: 31 March 2026, evidence: a contract, source: file 3}\n"
    )
    case = load_case(Source("case.yaml", text), NHS)
    assert (case.kind, case.job.title) == ("new_post", "Porter")
    answer = case.job.facts.answers["started"]
    assert (answer.written, answer.evidence, answer.source) == ("31 March 2026", "a contract", "file 3")


def test_every_mistake_comes_at_once() -> None:
    """The kind, an unknown question, a day that is none and a stray key, each with its place and the nearest name."""
    text = (
        "jerules: case/1\nscheme: nhs\nkind: new_pots\ntitel: Porter\n"
        "case:\n  startd: 2026-03-31\n  seasonal: perhaps\n  referred: 31 February 2026\n"
    )
    assert faults(text) == [
        "3 unknown-kind new_post",
        "4 unknown-key title",
        "6 unknown-question started",
        "7 not-yes-or-no",
        "8 wrong-quantity",
    ]


def test_a_case_without_a_kind_is_told_which_there_are() -> None:
    """The procedures of the scheme are named."""
    with pytest.raises(Faulty) as caught:
        load_case(Source("case.yaml", "jerules: case/1\nscheme: nhs\n"), NHS)
    assert [fault.expected for fault in caught.value.faults] == ["`changed_job`, `new_post`"]


def test_a_job_is_not_a_case_nor_a_case_a_job() -> None:
    """Each is pointed to the command that reads it."""
    with pytest.raises(Faulty) as caught:
        load_case(Source("job.yaml", "jerules: job/1\nscheme: nhs\nkind: new_post\n"), NHS)
    assert [fault.help for fault in caught.value.faults] == ["work it out with `jerules evaluate job.yaml`"]
    with pytest.raises(Faulty) as caught:
        load_job(Source("case.yaml", "jerules: case/1\nscheme: nhs\n"), load_rulebook("nhs", examples=False))
    assert [fault.help for fault in caught.value.faults] == ["follow it with `jerules procedure case.yaml`"]


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: str(book.scheme.id))
def test_a_blank_form_is_a_case_about_which_nothing_is_known(book: RuleBook) -> None:
    """Every procedure of every scheme: the form loads as it stands, without an answer."""
    for kind in kinds_of(book):
        case = load_case(Source("blank.yaml", blank_case(book, kind)), book)
        assert (case.kind, case.job.facts.answers) == (kind, {})


def test_a_blank_form_asks_for_every_day_that_a_deadline_counts_from() -> None:
    """Not only what conditions read, but what must be in, what is done and by when."""
    form = blank_case(NHS, "new_post")
    assert all(f"\n  {name}:" in form for name in ("started", "description_reviewed", "seasonal", "outcome"))
    assert "\n  agreed_on:" not in form


@pytest.mark.parametrize(("kind", "code"), [(None, "missing-kind"), ("new_pots", "unknown-kind")])
def test_a_form_is_of_one_procedure(kind: str | None, code: str) -> None:
    """A scheme with several needs to be told which; a slip is met with the nearest name."""
    with pytest.raises(Faulty) as caught:
        blank_case(NHS, kind)
    assert [fault.code for fault in caught.value.faults] == [code]
