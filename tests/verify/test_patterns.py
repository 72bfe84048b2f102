"""Shifts: the proofs take in every job that a job file can describe, and no other; all of a job has the same shifts."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jerules.quantities.calendar import FEWEST_SHIFTS, MOST_SHIFTS, ORDINARY, WorkPattern
from jerules.quantities.kinds import Kind
from jerules.quantities.reading import read_measure
from jerules.rulebook import conditions as c
from jerules.verify.axes import USUAL_SHIFTS
from jerules.verify.bench import Bench
from jerules.verify.cells import Cells, cells_of
from jerules.verify.formulas import constant
from jerules.verify.model import State
from jerules.verify.worlds import Slot
from tests.verify.checked import book, checked, finding, refuted

HEAD = """\
scheme nhs
factor 13 "Physical effort"
record effort "A physical demand that the job makes"
  often frequency of shifts asks "On which part of the shifts?"
  worst frequency of shifts asks "On which part of them is it at its worst?"
  part share asks "On which part of the time?"
level 1 otherwise cites level 1
"""


def level(condition: str) -> str:
    """A rule file with a level under a condition."""
    return f"{HEAD}level 3(c) when {condition} cites level 3(c)\n"


def dead(condition: str) -> bool:
    """Whether V1 says that no job meets the condition."""
    return refuted(checked(level(condition), "V1")) == ["level 3(c)"]


@pytest.mark.parametrize(
    ("condition", "of_no_job"),
    [
        ("some effort is (often >= 50% and often <= 6 per year)", False),
        ("some effort is (often >= 100% and often <= 1 per year)", False),
        ("some effort is (often >= 100% and often < 1 per year)", True),
        ("some effort is (often <= 50% and often >= 549 per year)", False),
        ("some effort is (often < 50% and often >= 549 per year)", True),
        ("some effort is (often > 1097 per year)", False),
        ("some effort is (often > 1098 per year)", True),
        ("some effort is (often >= 30.01% and often <= 0.3 per year)", True),
        ("some effort is (often >= 30.01% and often <= 30.02% and often <= 0.3002 per year)", False),
    ],
)
def test_a_rule_is_dead_just_where_no_number_of_shifts_meets_it(condition: str, *, of_no_job: bool) -> None:
    """One shift a year and three a day are the ends, both in; between them any number will do, whole or not."""
    assert dead(condition) is of_no_job


@given(st.integers(1, 100), st.integers(1, 12_000), st.booleans(), st.booleans())
def test_cells_solver_and_job_files_have_the_same_frequencies(
    percent: int,
    tenths: int,
    often: bool,  # noqa: FBT001 - drawn
    many: bool,  # noqa: FBT001 - drawn
) -> None:
    """As large or as small a share as that, with as many or as few times as that: all three allow it, or none does."""
    part, times = Fraction(percent, 100), Fraction(tenths, 10)
    shares = f"often {'>=' if often else '<'} {percent}%"
    rates = f"often {'>=' if many else '<'} {float(times)} per year"
    bench = Bench(book(level(f"some effort is ({shares} and {rates})")), "13")
    (rule,) = bench.rules
    assert isinstance(rule.condition, c.Some)
    # The fewest shifts make the fewest of a share, the most shifts the most; below a share, never quite so many.
    allowed = {
        (True, True): times <= MOST_SHIFTS,
        (True, False): part * FEWEST_SHIFTS < times,
        (False, True): times < part * MOST_SHIFTS,
        (False, False): True,
    }[often, many]
    assert bench.meets(bench.reading.rule(rule)) is allowed
    assert bool(Cells(bench.book, [rule.condition.condition]).holds(rule.condition.condition).any()) is allowed


@given(st.integers(FEWEST_SHIFTS, MOST_SHIFTS), st.integers(0, 100))
def test_whatever_a_job_file_says_of_its_shifts_is_possible_in_the_solver(shifts: int, percent: int) -> None:
    """The rate and the share that are read of a job with so many shifts a year are some world of the solver."""
    pattern = WorkPattern(Fraction(shifts, 52))
    measure = read_measure(f"{percent}% of shifts", Kind.FREQUENCY, ORDINARY, pattern)
    bench = bench_of_one()
    slot = Slot(bench.questions[0])
    bench.everything()
    assert measure.share is not None
    said = {c.Part.VALUE: measure.interval.low, c.Part.SHARE: measure.share.low}
    assert bench.can(*[bench.answers.number(slot, part) == constant(value) for part, value in said.items()])


@lru_cache
def bench_of_one() -> Bench:
    """A bench that asks for one frequency."""
    return Bench(book(level("some effort is (often >= 50% and often >= 1 per month)")), "13")


def test_two_entries_of_a_job_have_the_same_shifts() -> None:
    """Half of the shifts and twice a year is four shifts in all, and then nothing happens ten times a year."""
    rarely, often = "some effort is (often >= 50% and often <= 2 per year)", "some effort is (often >= 10 per year)"
    assert not dead(rarely)
    assert not dead(often)
    assert dead(f"{rarely} and {often}")


def test_two_frequencies_of_one_entry_are_shares_of_the_same_shifts() -> None:
    """Cells tell the answers to one question apart, so that here the solver decides alone."""
    condition = "often >= 50% and often <= 2 per year and worst >= {} per year"
    few, many = condition.format(4), condition.format(10)
    rules = book(level(f"some effort is ({few})"))
    (rule,) = Bench(rules, "13").rules
    assert cells_of(rules, [rule.condition.condition] if isinstance(rule.condition, c.Some) else []) is None
    for text, state in ((few, State.PROVED), (many, State.REFUTED)):
        found = checked(f"{HEAD}term odd effort when {text} cites definition\n", "V1")["odd/1"]
        assert (found.state, found.by) == (state, ("solver",))


def test_a_witness_has_the_shifts_that_it_takes() -> None:
    """Both rungs at once is only a job with four shifts a year or fewer; both evaluators confirm such a job."""
    text = f"""{HEAD}term hardly_ever effort when often <= 2 per year cites definition
term frequent effort when often >= 50% cites definition
ladder how_often effort = hardly_ever < frequent
"""
    (witness,) = finding(checked(text, "V4", factor="13"), "how_often hardly ever/frequent").witnesses
    shifts = witness.job.hours.shifts_in_year(ORDINARY)
    assert shifts is not None
    assert FEWEST_SHIFTS <= shifts <= 4


def test_where_any_shifts_do_a_witness_has_five_a_week() -> None:
    """Ordinary numbers first."""
    text = f"""{HEAD}term rare effort when often < 3 per month cites definition
term frequent effort when often >= 50% cites definition
ladder how_often effort = rare < frequent
"""
    (witness,) = finding(checked(text, "V3", factor="13"), "how_often").witnesses
    assert witness.job.hours.shifts_in_year(ORDINARY) == USUAL_SHIFTS


def test_what_entries_come_to_together_is_not_ruled_out_by_the_shifts_that_were_tried() -> None:
    """Of sums the shifts that are tried may not be all: where none of them fits, it is undecided and not proved."""
    few = "some effort is (often <= 2 per year and often >= 50%)"
    together = f"{few} and some effort is (part > 0%) together often >= 3 per month"
    assert checked(level(together), "V1")["level 3(c)"].state is State.UNDECIDED
