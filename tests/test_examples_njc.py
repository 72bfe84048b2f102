"""The NJC example jobs: their levels with an invented convention pack, and what stays open without one."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from jerules.cli import run
from jerules.documents.text import Source, read_source
from jerules.engine.reference.evaluator import ReferenceEvaluator
from jerules.explain.evaluate import evaluate
from jerules.explain.outcome import Outcome
from jerules.explain.telling import tell_factor
from jerules.faults import Faulty
from jerules.jobs.load import load_job_file
from jerules.jobs.model import Job
from jerules.rulebook.load import book_of
from jerules.scheme.load import load_scheme

NJC = Path(__file__).resolve().parent.parent / "docs" / "examples" / "njc"
PACKS = ("city", "district")
FACTORS = tuple(range(1, 14))

GOLDEN = {
    "highways-policy-officer": ("6", "4", "4(c?)", "2", "5", "1", "4(c)", "1", "1", "1", "3(b)", "5", "1"),
    "hr-policy-officer": ("5", "4", "4(c?)", "2", "5", "1", "4(d)", "2", "4", "2", "2(a, b)", "2(a)", "1"),
    "library-assistant": ("2", "2", "3(c?)", "2", "3", "3(a)", "1", "2", "2", "1", "2(a)", "3(e)", "1"),
    "school-business-manager": ("5", "4", "4(b)", "2", "5", "1", "4(d)", "2", "5", "4", "4(b)", "4(c?, d)", "1"),
    "school-crossing-patroller": ("1", "2", "2", "1", "2", "2(a, b)", "1", "2", "3(a)", "1", "1", "1", "3"),
    "teaching-support-worker": ("3", "3", "4(a)", "3(b)", "3", "3(b)", "2(a?)", "4(a)", "3(a)", "1", "1", "2(a)", "2"),
}
"""The levels of factors 1 to 13 with the pack of the city; a question mark stands at a letter that is uncertain."""

ELSEWHERE: dict[str, dict[int, str]] = {
    "school-business-manager": {11: "5", 12: "5(d)"},
    "teaching-support-worker": {12: "2(a, b)"},
}
"""The levels that are others with the pack of the district."""

TOTALS = {
    "highways-policy-officer": {"city": 516, "district": 516},
    "hr-policy-officer": {"city": 505, "district": 505},
    "library-assistant": {"city": 344, "district": 344},
    "school-business-manager": {"city": 596, "district": 622},
    "school-crossing-patroller": {"city": 269, "district": 269},
    "teaching-support-worker": {"city": 430, "district": 430},
}
"""The points with each pack."""

OPEN: dict[str, dict[int, tuple[int, int]]] = {
    "highways-policy-officer": {11: (2, 4)},
    "hr-policy-officer": {11: (2, 4)},
    "library-assistant": {6: (2, 5), 11: (2, 3), 12: (2, 5)},
    "school-business-manager": {11: (2, 5), 12: (3, 5)},
    "school-crossing-patroller": {6: (2, 3)},
    "teaching-support-worker": {6: (2, 3), 12: (2, 3)},
}
"""Without a pack: the factors that are open, and the lowest and the highest level that they can come to."""

RAISED = {"highways-policy-officer": 12, "hr-policy-officer": 9, "school-business-manager": 9}
"""The one factor that the tool for advice and policy raises."""

RESPONSIBILITIES = (9, 10, 11, 12)


class Alone(ReferenceEvaluator):
    """The reference evaluator by itself, which is quick to make."""

    checked_by = ""


@cache
def read(name: str, pack: str) -> tuple[Job, Alone]:
    """The example, and the rules with a pack on top (none when it is empty)."""
    job, book = load_job_file(NJC / f"{name}.yaml", [NJC / "packs" / f"{pack}.jer"] if pack else [])
    return job, Alone(book)


@cache
def outcome(name: str, pack: str) -> Outcome:
    """What comes out of the example."""
    job, engine = read(name, pack)
    return evaluate(engine.book, job, engine)


def levels(name: str, pack: str, found: Outcome | None = None) -> dict[int, str]:
    """The level of every factor as it is printed."""
    found = found or outcome(name, pack)
    return {number: tell_factor(found, found.factor(number)).level.removeprefix("Level ") for number in FACTORS}


def open_factors(found: Outcome) -> dict[int, tuple[int, int]]:
    """The factors that are not settled, with the ends of their ranges."""
    return {
        factor.number: (factor.lowest.level or 0, factor.highest.level or 0)
        for factor in found.factors
        if not factor.settled
    }


def test_every_example_is_in_the_tables() -> None:
    """No example job is left out of the tables here."""
    found = {path.stem for path in NJC.glob("*.yaml")}
    assert found == set(GOLDEN) == set(TOTALS) == set(OPEN)
    assert {path.stem for path in (NJC / "packs").glob("*.jer")} == set(PACKS)


@pytest.mark.parametrize("name", GOLDEN)
def test_levels_with_the_pack_of_the_city(name: str) -> None:
    """Every factor is settled with a pack, at the level in the table."""
    assert tuple(levels(name, "city").values()) == GOLDEN[name]


@pytest.mark.parametrize("name", GOLDEN)
def test_another_authority_settles_other_levels(name: str) -> None:
    """The other pack moves the factors that rest on it, and no others."""
    city, district = levels(name, "city"), levels(name, "district")
    assert {n: district[n] for n in FACTORS if district[n] != city[n]} == ELSEWHERE.get(name, {})


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize("name", GOLDEN)
def test_totals_with_a_pack(name: str, pack: str) -> None:
    """The points are those of the table, and no band is given: there are no national ones."""
    found = outcome(name, pack)
    assert (found.total, open_factors(found)) == (TOTALS[name][pack], {})
    assert (found.band, set(found.bands)) == (None, {None})


@pytest.mark.parametrize("name", GOLDEN)
def test_without_a_pack_the_factors_that_rest_on_one_are_open(name: str) -> None:
    """Without a pack, exactly the factors of the table are open; where none is, the total is that of the pack."""
    found = outcome(name, "")
    assert open_factors(found) == OPEN[name]
    assert found.total == (None if OPEN[name] else TOTALS[name]["city"])


@pytest.mark.parametrize("name", GOLDEN)
def test_open_factors_ask_for_the_convention(name: str) -> None:
    """A factor that is open for want of a convention says so."""
    for number in OPEN[name]:
        asked = outcome(name, "").factor(number).open_questions
        assert "convention" in {question.kind for question in asked}
        assert {question.kind for question in asked} <= {"convention", "decision"}


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize("name", GOLDEN)
def test_a_pack_settles_within_what_was_open(name: str, pack: str) -> None:
    """No pack reaches a level outside of the range that was open without it."""
    for number, (lowest, highest) in OPEN[name].items():
        settled = outcome(name, pack).factor(number).lowest.level or 0
        assert lowest <= settled <= highest


@pytest.mark.parametrize("name", GOLDEN)
def test_the_tool_raises_one_factor_and_never_lowers(name: str) -> None:
    """Without its advice and policy a job loses levels on the factor of their main subject, and on no other."""
    job, engine = read(name, "city")
    hands_on = evaluate(engine.book, replace(job, records={**job.records, "policy_work": ()}), engine)
    found = outcome(name, "city")
    risen = {
        number
        for number in FACTORS
        if (found.factor(number).lowest.level or 0) > (hands_on.factor(number).lowest.level or 0)
    }
    assert risen == ({RAISED[name]} if name in RAISED else set())
    before, after = levels(name, "city", hands_on), levels(name, "city")
    assert {number for number in FACTORS if before[number] != after[number]} == risen


@pytest.mark.parametrize("name", GOLDEN)
def test_every_job_has_a_responsibility(name: str) -> None:
    """Every example is above level 1 on one responsibility at least."""
    assert any((outcome(name, "city").factor(number).lowest.level or 0) > 1 for number in RESPONSIBILITIES)


def test_what_was_agreed_is_told_with_when_and_by_whom() -> None:
    """A level that rests on a convention says so; the value is the authority's, and not the scheme's."""
    found = outcome("library-assistant", "city")
    told = {one.id: one for one in tell_factor(found, found.factor(6)).assumptions}
    assert told["convention heavy_load_from"].title == "heavy load from is 16 kg"
    assert "1 April 2026" in told["convention heavy_load_from"].because
    assert told["convention heavy_load_from"].status == "local"


@pytest.mark.parametrize("pack", PACKS)
def test_the_packs_are_labelled_as_invented(pack: str) -> None:
    """A pack gives every value that the scheme leaves to the authority, and says that its values are nobody's."""
    _, engine = read("library-assistant", pack)
    text = (NJC / "packs" / f"{pack}.jer").read_text(encoding="utf-8")
    assert "(invented example, not any authority's)" in text
    left_open = set(engine.book.parameters)
    assert {line.split()[1] for line in text.splitlines() if line.startswith("convention ")} == left_open


def test_values_that_must_rise_do() -> None:
    """A pack in which a very large sum is less than a large one is refused, with both values and their places."""
    pack = read_source(NJC / "packs" / "city.jer")
    turned = Source(
        "turned.jer", pack.text.replace("convention very_large_sum = £3,000,000", "convention very_large_sum = £3,000")
    )
    shipped = [read_source(path) for path in sorted((NJC.parent.parent.parent / "rules" / "njc").glob("*.jer"))]
    with pytest.raises(Faulty) as caught:
        book_of(load_scheme("njc"), shipped, [turned])
    (fault,) = caught.value.faults
    assert fault.code == "broken-order"
    assert "more than £400,000 per year, agreed for `large_sum` at turned.jer:" in fault.expected


@pytest.mark.parametrize("pack", PACKS)
def test_the_grade_is_the_authoritys(pack: str) -> None:
    """With a pack the total has a local grade, whose ends it lies between; without one it has none."""
    found = outcome("library-assistant", pack)
    (grade,) = found.grades
    assert grade is not None
    assert found.total is not None
    assert grade.low <= found.total <= grade.high
    assert outcome("library-assistant", "").grades == ()


def test_what_a_panel_reads(capsys: pytest.CaptureFixture[str]) -> None:
    """On the screen: the missing convention without a pack, and the label of the pack with one."""
    job = str(NJC / "library-assistant.yaml")
    run(["evaluate", job, "--engine", "reference"])
    without = " ".join(capsys.readouterr().out.split())
    assert "needs the authority's convention for moderate load from" in without
    run(["evaluate", job, "--engine", "reference", "--with", str(NJC / "packs" / "city.jer")])
    with_pack = " ".join(capsys.readouterr().out.split())
    assert "City values (invented example, not any authority's)" in with_pack
    assert "needs the authority's convention" not in with_pack
