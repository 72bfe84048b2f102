"""The example jobs of the documentation: what comes out of them, and that knowing less never makes a level lower."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from jerules.cli import USAGE, run
from jerules.engine.choose import choose
from jerules.engine.facts import lay_out
from jerules.engine.reference.evaluator import ReferenceEvaluator
from jerules.engine.resolve import Standing, resolve
from jerules.explain.asking import factor_named, why_not
from jerules.explain.evaluate import evaluate
from jerules.explain.outcome import FactorOutcome, Outcome
from jerules.explain.telling import tell_factor
from jerules.jobs.load import load_job_file
from jerules.jobs.model import Answer, Entry, Job
from jerules.quantities.calendar import UNKNOWN
from jerules.rulebook.model import RuleBook
from jerules.scheme.model import Position

EXAMPLES = Path(__file__).resolve().parent.parent / "docs" / "examples"
RULED = tuple(range(1, 17))
HALVES = 20
ASKED = 3
"""Of how many halves the questions are looked at, which takes longer than their ranges."""

GOLDEN = {
    "ward-domestic": "3(a); 2; 1; 1; 2; 2; 1; 1; 1; 1; 1; 2; 3(a, c); 1; 1(a); 4(b)",
    "health-care-support-worker": "3(a); 3; 2; 1; 2; 4(a); 1; 1; 1; 1; 1; 2; 3(c); 2(a); 2(a); 4(a, b)",
    "staff-nurse": "4(a); 5; 3; 2; 3(b); 5(a); 1; 2(a); 2(a, c); 1; 1; 3; 3(c); 3(a); 3(a, b); 4(b)",
    "porter": "2; 2; 1; 1; 2; 3(a); 1; 1; 1; 1; 1; 2; 4(c); 1; 2(a); 3(a)",
    "estates-technician": "3(b, c); 4; 3; 2; 3(b); 4(b); 2; 2(c); 2(c); 1; 2(c); 3; 3(c); 2(a); 1(a); 3(b)",
    "research-nurse": "4(a); 6; 3; 3; 3(b); 5(a); 2; 2(c); 2(b); 2(a); 3; 3; 2(b); 2(a); 3(a, b); 3(a)",
    "pharmacy-technician": "3(a); 4; 2; 2; 3(a, b); 4(b); 2; 2(c); 2(a); 2(a); 1; 2; 3(c); 2(a); 1(a); 2(a)",
    "finance-officer": "3(a, b); 4; 3; 2; 2; 1; 2; 2 to 3; 1; 3(b); 1; 3; 2(a); 3(a); 1(a); 2(e)",
    "community-lone-worker": "4(a); 3; 2; 2; 2; 4(a); 1; 2(a); 1; 1; 1; 2; 2(b, d); 2(a); 3(a); 4(a)",
    "clerical-officer-half-filled": (
        "3 to 6; 2 to 4; 1 to 2; 1 to 4; 1 to 3; 2 to 6; 1 to 6; 1 to 5; 1; 2 to 7; "
        "1; 1 to 2; 1 to 3; 2 to 4; 1 to 4; 1 to 5"
    ),
    "general-manager": "5(a); 7; 4; 4; 2; 1; 5; 5(a); 5(a); 2(b); 1; 5; 1; 3(a); 2(a); 1",
    "clinical-scientist": "4(a, b); 7; 4; 3; 3(b); 5(b, c); 2; 2(e); 3(c); 2(b); 3; 3; 1; 4(a); 1(a); 1",
    "director-of-nursing": "5(a, b, c); 8(b); 5; 5; 2; 8; 6; 5(a); 5(a); 1; 1; 6; 1; 3(a); 2(a, b, c); 1",
}
"""The level of every factor that has rules, as an outcome prints it."""

MISTAKES = (
    (7, 3, "unknown-key"),
    (10, 3, "unknown-question"),
    (15, 13, "unknown-choice"),
    (16, 14, "wrong-quantity"),
    (18, 13, "wrong-quantity"),
    (19, 3, "unknown-record"),
    (22, 14, "unknown-option"),
)
"""Line, column and kind of each mistake in the file that has seven."""

TOTALS = {
    "ward-domestic": ((167, 167), ("2",)),
    "health-care-support-worker": ((223, 223), ("3",)),
    "staff-nurse": ((370, 370), ("5",)),
    "porter": ((170, 170), ("2",)),
    "estates-technician": ((309, 309), ("4",)),
    "research-nurse": ((430, 430), ("6",)),
    "pharmacy-technician": ((281, 281), ("4",)),
    "finance-officer": ((272, 281), ("4",)),
    "community-lone-worker": ((252, 252), ("3",)),
    "general-manager": ((567, 567), ("8a",)),
    "clinical-scientist": ((479, 479), ("7",)),
    "director-of-nursing": ((728, 728), ("9",)),
}
"""The least and the most that the points can come to, and the bands that this touches."""

LEVELS = [
    (name, number, level)
    for name, levels in GOLDEN.items()
    for number, level in zip(RULED, levels.split("; "), strict=True)
]


@cache
def example(name: str) -> tuple[Job, RuleBook]:
    """An example job with its rule book."""
    return load_job_file(EXAMPLES / "nhs" / f"{name}.yaml")


class Alone(ReferenceEvaluator):
    """The reference evaluator by itself, with nothing beside it that it was checked by."""

    checked_by = ""


@cache
def engine() -> Alone:
    """One evaluator for all the examples, which share their rules."""
    return Alone(example("ward-domestic")[1])


@cache
def outcome(name: str) -> Outcome:
    """The outcome of an example as it stands."""
    job, _ = example(name)
    return evaluate(engine().book, job, engine())


def standings(job: Job) -> dict[int, Standing]:
    """The range of levels of each factor that has rules, without its explanation."""
    facts = lay_out(engine().book, job)
    found = resolve(engine().book, engine().verdicts(facts), facts.decisions)
    return {number: found[str(number)] for number in RULED}


def level_of(factor: FactorOutcome) -> str:
    """The level as printed, without the word before it."""
    return tell_factor(outcome("ward-domestic"), factor).level.removeprefix("Level ")


# ── less is known ────────────────────────────────────────────────────────────────────────────────────────────────


def entries_of(job: Job) -> Iterator[tuple[str, int, Entry]]:
    """Every entry of a job with its record and its place there, the job as a whole among them."""
    yield "job", 0, job.facts
    for record, entries in job.records.items():
        for index, entry in enumerate(entries):
            yield record, index, entry


def without(job: Job, gone: set[tuple[str, int, str]]) -> Job:
    """The job with some answers taken out, each named by its record, the place of its entry, and its question."""

    def left(record: str, index: int, entry: Entry) -> Entry:
        kept: dict[str, Answer] = {q: a for q, a in entry.answers.items() if (record, index, q) not in gone}
        return replace(entry, answers=kept)

    records = {
        record: tuple(left(record, index, entry) for index, entry in enumerate(entries))
        for record, entries in job.records.items()
    }
    return replace(job, facts=left("job", 0, job.facts), records=records)


def answers_of(job: Job) -> list[tuple[str, int, str]]:
    """Every answer of a job by name."""
    return [(record, index, question) for record, index, entry in entries_of(job) for question in entry.answers]


def single_gaps(job: Job) -> Iterator[tuple[str, Job]]:
    """The job with one answer missing, for each of its answers, and with its hours not known."""
    for name in answers_of(job):
        yield f"without {name}", without(job, {name})
    yield "without hours", replace(job, hours=UNKNOWN)


def record_gaps(job: Job) -> Iterator[tuple[str, Job]]:
    """The job with one record not asked, for each record that was."""
    for record in job.records:
        yield f"without {record}", replace(job, records={n: e for n, e in job.records.items() if n != record})


def halves(job: Job) -> Iterator[tuple[str, Job]]:
    """The job with about half of its answers missing, again and again; the halves are the same on every run."""
    for seed in range(HALVES):
        choice = random.Random(seed)  # noqa: S311 - which half does not matter, that it stays the same does
        gone = {name for name in answers_of(job) if choice.random() < 0.5}
        yield f"half {seed}", without(job, gone)


def lost_ground(name: str, less: Job) -> list[str]:
    """The factors whose range, with less known, leaves out a level that was possible with more."""
    whole = standings(example(name)[0])
    return [
        f"factor {number}: {now.lowest} to {now.highest}, was {whole[number].lowest} to {whole[number].highest}"
        for number, now in standings(less).items()
        if (now.lowest.level or 0) > (whole[number].lowest.level or 0)
        or (now.highest.level or 0) < (whole[number].highest.level or 0)
    ]


def left_mute(less: Job) -> list[str]:
    """The factors that are not settled although nothing is asked."""
    found = evaluate(engine().book, less, engine())
    return [f"factor {f.number}" for f in found.factors if f.number in RULED and not f.settled and not f.open_questions]


# ── what comes out ───────────────────────────────────────────────────────────────────────────────────────────────


def test_every_example_is_in_the_tables() -> None:
    """A job added to the folder has its outcome in this file as well."""
    assert {path.stem for path in (EXAMPLES / "nhs").glob("*.yaml")} == set(GOLDEN)


@pytest.mark.parametrize(("name", "number", "level"), LEVELS)
def test_levels(name: str, number: int, level: str) -> None:
    """Each factor that has rules comes out at the level, and by the options, that the facts of the job call for."""
    assert level_of(outcome(name).factor(number)) == level


@pytest.mark.parametrize("name", TOTALS)
def test_totals_and_bands(name: str) -> None:
    """With the panel's own levels for the other factors, a whole job comes to a total and a band."""
    totals, bands = TOTALS[name]
    found = outcome(name)
    assert (found.totals, found.bands) == (totals, bands)
    settled = totals[0] == totals[1]
    assert (found.total, found.band) == ((totals[0], bands[0]) if settled else (None, None))


def test_a_half_filled_job_has_no_total() -> None:
    """While factors are open, or not looked at by the panel, there is a range of totals and no band."""
    found = outcome("clerical-officer-half-filled")
    assert (found.total, found.band) == (None, None)
    assert found.totals is not None
    assert found.totals[0] < found.totals[1]


def test_calibration_is_counted_once() -> None:
    """Repair and calibration are kept out of factor 8 in a job that exists for them, and it says where they count."""
    kept = outcome("estates-technician").factor(8).kept_out
    assert {k.entry.label for k in kept} == {"Ventilators and anaesthetic monitors", "Infusion pumps"}


def test_upkeep_that_serves_dispensing_is_counted_once() -> None:
    """The pump of a pharmacy technician is kept out of factor 8, where the controlled drugs count all the same."""
    found = outcome("pharmacy-technician")
    assert [k.entry.label for k in found.factor(8).kept_out] == ["Pump that fills sterile doses"]
    assert level_of(found.factor(8)) == "2(c)"
    assert level_of(found.factor(6)) == "4(b)"


@pytest.mark.parametrize("name", GOLDEN)
def test_every_level_has_a_reason_with_a_paragraph(name: str) -> None:
    """No factor is without a reason, and no reason without the paragraph that it rests on."""
    for number in RULED:
        factor = outcome(name).factor(number)
        assert factor.because, number
        assert all(reason.rule.source.citations for reason in factor.because), number
        assert all(because.cites for because in tell_factor(outcome(name), factor).because), number


@pytest.mark.parametrize("name", GOLDEN)
def test_why_not_is_never_empty(name: str) -> None:
    """Every factor says what stands between the job and the next level, each hurdle with its paragraph."""
    for number in RULED:
        told = tell_factor(outcome(name), outcome(name).factor(number))
        assert told.why_not or told.why_not_remark, number
        assert all(hurdle.text and hurdle.cites for hurdle in told.why_not), number


def test_why_not_a_level_below() -> None:
    """Asked about a level that the job is above, it says so beside what the rules of that level lack."""
    job, book = example("community-lone-worker")
    asked = why_not(book, job, choose(book, "reference"), factor_named(book.scheme, "8"), Position(1))
    told = tell_factor(outcome("community-lone-worker"), outcome("community-lone-worker").factor(8), asked)
    assert told.why_not_remark == "The factor stands above level 1."
    assert told.why_not


@pytest.mark.parametrize("name", GOLDEN)
def test_no_paragraph_is_cited_twice_in_a_line(name: str) -> None:
    """Where several rules want the same, their paragraphs stand together, each once."""
    for number in RULED:
        for hurdle in tell_factor(outcome(name), outcome(name).factor(number)).why_not:
            parts = hurdle.cites.split("; ")
            assert len(parts) == len(set(parts)), hurdle.text


@pytest.mark.parametrize("name", GOLDEN)
def test_what_is_open_is_asked(name: str) -> None:
    """A factor that is not settled asks at least one question."""
    assert left_mute(example(name)[0]) == []


# ── less is known ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", GOLDEN)
def test_one_answer_less(name: str) -> None:
    """Whichever answer is missing, the level that it led to stays possible: it is never settled any lower."""
    assert [(gap, lost) for gap, less in single_gaps(example(name)[0]) if (lost := lost_ground(name, less))] == []


@pytest.mark.parametrize("name", GOLDEN)
def test_one_record_not_asked(name: str) -> None:
    """A record that was not asked about leaves what it could hold open, and it is asked for."""
    gaps = list(record_gaps(example(name)[0]))
    assert [(gap, lost) for gap, less in gaps if (lost := lost_ground(name, less))] == []
    assert [(gap, mute) for gap, less in gaps if (mute := left_mute(less))] == []


@pytest.mark.parametrize("name", GOLDEN)
def test_half_of_the_answers(name: str) -> None:
    """With half of the answers gone there are ranges and questions, and no level lower than before."""
    gaps = list(halves(example(name)[0]))
    assert [(gap, lost) for gap, less in gaps if (lost := lost_ground(name, less))] == []
    assert [(gap, mute) for gap, less in gaps[:ASKED] if (mute := left_mute(less))] == []


def test_nothing_is_known() -> None:
    """A job of which nothing was asked has every factor open from its first level to a high one, and asks."""
    job, _ = example("staff-nurse")
    empty = without(replace(job, records={}, hours=UNKNOWN), set(answers_of(job)))
    assert all(now.lowest.level == 1 and (now.highest.level or 0) > 1 for now in standings(empty).values())
    assert left_mute(empty) == []


# ── a file with mistakes ─────────────────────────────────────────────────────────────────────────────────────────


def test_seven_mistakes_are_reported_together(capsys: pytest.CaptureFixture[str]) -> None:
    """The command names every mistake with its line and column, and gives no outcome."""
    file = EXAMPLES / "mistakes" / "seven-mistakes.yaml"
    assert run(["evaluate", str(file)]) == USAGE
    said = capsys.readouterr()
    found = re.findall(r":(\d+):(\d+): error\[([a-z-]+)\]", said.err)
    assert tuple((int(line), int(column), code) for line, column, code in found) == MISTAKES
    assert f"7 mistakes in {file}" in " ".join(said.err.split())
    assert said.out == ""
