"""The two jobs that the reports are checked on, under a small rule book of their own, and the example jobs."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from jerules.documents.text import read_source
from jerules.explain.evaluate import evaluate, reference_of
from jerules.explain.outcome import Outcome
from jerules.explain.told import FactorTelling
from jerules.jobs.load import load_job, load_job_file
from jerules.rulebook.load import book_of
from jerules.rulebook.model import RuleBook
from jerules.scheme.load import load_scheme
from tests.report.engines import Reference

GOLDEN = Path(__file__).resolve().parent.parent / "golden"
EXAMPLES = sorted((GOLDEN.parent.parent / "docs" / "examples" / "nhs").glob("*.yaml"))
SJC = GOLDEN.parent.parent / "docs" / "examples" / "sjc"
DEMONSTRATION = SJC / "demonstration"
EXAMPLES += [SJC / "community-support-manager.yaml", DEMONSTRATION / "job.yaml"]
NAMES = ("whole", "open")


@lru_cache(maxsize=1)
def small_book() -> RuleBook:
    """The rule book in the folder ``tests/golden/rules``, its hash no hash, so that no golden file turns on it."""
    files = sorted((GOLDEN / "rules").glob("*.jer"))
    book = book_of(load_scheme("nhs"), [read_source(path, shown_as=path.name) for path in files])
    return replace(book, hash="0123456789abcdef")


@lru_cache(maxsize=4)
def golden(name: str) -> Outcome:
    """The outcome of one of the two jobs, by the reference evaluator."""
    book = small_book()
    job = load_job(read_source(GOLDEN / f"{name}.yaml", shown_as=f"{name}.yaml"), book)
    return evaluate(book, job, Reference(reference_of(book)))


@lru_cache(maxsize=16)
def example(path: Path) -> Outcome:
    """The outcome of one of the example jobs, under the rules that are shipped."""
    own = DEMONSTRATION if path.parent == DEMONSTRATION else None
    job, book = load_job_file(path, scheme_from=own)
    return evaluate(book, job, Reference(reference_of(book)))


def texts(telling: FactorTelling) -> list[str]:
    """Every text of a telling that a rendering has to show."""
    found = [telling.title, telling.level, telling.points, telling.panel]
    for because in telling.because:
        found += [because.says, because.gives.removeprefix("level ")]
        found += [cite for cite in because.cites.split("; ") if cite != because.gives]
        for line in because.lines:
            found += [line.text, line.cites, line.interpretation, line.evidence, line.source]
    found += [text for hurdle in telling.why_not for text in (hurdle.gives, hurdle.text)] + [telling.why_not_remark]
    found += [text for ask in telling.ask for text in (ask.text, ask.about, ask.help)]
    found += [
        text for line in (*telling.queries, *telling.kept_out, *telling.facts) for text in (line.text, line.cites)
    ]
    found += [text for one in telling.assumptions for text in (one.id, one.title, one.because, one.switch)]
    return [text for text in found if text]
