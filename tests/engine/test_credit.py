"""Evidence and where it counts, in the language itself: bars, carries, and demands that add up."""

from __future__ import annotations

import pytest

from jerules.engine.resolve import Standing, resolve
from jerules.jobs.examples import job_of
from jerules.rulebook.model import RuleBook
from tests.engine.test_reference import verdicts
from tests.strategies.worlds import written

RECORDS = """\
scheme nhs
record effort "E"
  kind one of lifting, bending asks "What?"
  weight mass asks "How heavy?"
  often frequency of shifts asks "On how many?"
  each duration asks "How long?"
  sum money asks "How much?"
  trained yes or no asks "Trained?"
parameter large money asks "What is large?" cites definition
"""


def book_with(rules: str, **files: str) -> RuleBook:
    """A book of these rules for factor 13, and other files by the number of their factor or as ``tool``."""
    heads = {"13": 'factor 13 "Physical effort"', "14": 'factor 14 "Mental effort"', "tool": 'tool advice "Advice"'}
    texts = {"13": rules, **{name.removeprefix("f"): text for name, text in files.items()}}
    head = {f"{name}.jer": f"scheme nhs\n{heads[name]}\nstatus binding\n" for name in texts}
    return written(
        {"job.jer": RECORDS, **{name: text + texts[name.removesuffix(".jer")] for name, text in head.items()}}
    )


def standings(rules: str, lines: str, **files: str) -> dict[str, Standing]:
    """Where the factors stand for a job of these example lines."""
    given = "".join(f"  {line.strip()}\n" for line in lines.strip().splitlines())
    book = book_with(f'{rules}\nexample "x"\n{given}  gives no level\n', **files)
    job = job_of(book.examples[0], book)
    return resolve(book, verdicts(book, job), {})


def levels(rules: str, lines: str, **files: str) -> tuple[int | None, int | None]:
    """The range of factor 13."""
    found = standings(rules, lines, **files)["13"]
    return found.lowest.level, found.highest.level


BARRED = """\
level 4(a) when some effort is (weight >= 10 kg) cites level 4(a)
level 1 otherwise cites level 1
count once effort under 6 not 13 when trained cites definition
"""


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("effort: weight 12 kg, trained no", (4, 4)),
        ("effort: weight 12 kg, trained yes", (1, 1)),
        ("effort: weight 12 kg", (1, 4)),
        ("effort: weight 12 kg, trained yes\neffort: weight 11 kg, trained no", (4, 4)),
        ("effort: weight 12 kg, trained yes\neffort: weight 2 kg, trained no", (1, 1)),
        ("effort: weight 12 kg\neffort: weight 11 kg, trained no", (4, 4)),
    ],
)
def test_a_candidate_that_loses_its_support_falls(lines: str, expected: tuple[int, int]) -> None:
    """Barred evidence supports nothing; another entry's own evidence still does; what may be barred leaves a range."""
    assert levels(BARRED, lines) == expected


def test_a_bar_keeps_evidence_out_of_one_factor_only() -> None:
    """Assess under 13 not 14: factor 14 loses it, factor 13 keeps it."""
    rules = "level 4(a) when some effort is trained cites level 4(a)\nlevel 1 otherwise cites level 1"
    mental = """\
level 4(a) when some effort is trained cites level 4(a)
level 1 otherwise cites level 1
assess effort under 13 not 14 when (kind is lifting) cites definition
"""
    found = standings(rules, "effort: kind lifting, trained yes", f14=mental)
    assert (found["13"].lowest.level, found["14"].lowest.level) == (4, 1)


TOOL = """\
level 5 when some effort is (weight >= 50 kg) cites factor 13 definition
level 2 when some effort is (weight >= 1 kg) cites factor 13 definition
carry effort to 13 when (kind is lifting) cites factor 13 definition
"""


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("effort: kind lifting, weight 60 kg", (5, 5)),  # raised
        ("effort: kind lifting, weight 10 kg", (3, 3)),  # never lowered
        ("effort: kind bending, weight 60 kg", (3, 3)),  # not carried here
        ("effort: weight 60 kg", (3, 5)),  # may be carried
        ("effort: kind lifting", (3, 5)),
        ("effort: kind bending, weight 60 kg\neffort: kind lifting, weight 2 kg", (3, 3)),
        ("effort: kind lifting, weight 60 kg\neffort: kind bending, weight 2 kg", (5, 5)),
    ],
)
def test_a_tool_raises_only_and_only_by_what_it_carries(lines: str, expected: tuple[int, int]) -> None:
    """Tools come last, look at the entries carried to the factor, and never lower it."""
    rules = "level 3(a) otherwise cites level 3(a)"
    assert levels(rules, lines, tool=TOOL) == expected


def test_a_tool_leaves_other_factors_alone() -> None:
    """What is carried to 13 does not touch 14."""
    mental = "level 1 otherwise cites level 1\n"
    found = standings("level 1 otherwise cites level 1", "effort: kind lifting, weight 60 kg", f14=mental, tool=TOOL)
    assert (found["13"].lowest.level, found["14"].lowest.level) == (5, 1)
    assert found["13"].raised_by == ("advice",)


@pytest.mark.parametrize(
    ("together", "lines", "expected"),
    [
        ("often >= 50%", "effort: often 30% of shifts\neffort: often 30% of shifts", (1, 4)),  # may overlap
        ("often >= 50%", "effort: often 50% of shifts\neffort: often 10% of shifts", (4, 4)),  # the largest is enough
        ("often >= 50%", "effort: often 30% of shifts\neffort: often 10% of shifts", (1, 1)),  # the sum is too little
        ("often > 99%", "effort: often 80% of shifts\neffort: often 80% of shifts", (1, 4)),  # at most all of them
        ("each >= 1 h", "effort: each 20 min\neffort: each 40 min", (4, 4)),  # durations add up
        ("each >= 1 h", "effort: each 20 min\neffort: each 39 min", (1, 1)),
        ("each >= 1 h", "effort: each 20 min\neffort: kind lifting", (1, 4)),
        ("sum >= £1.00", "effort: sum £0.33\neffort: sum £0.33\neffort: sum £0.34", (4, 4)),  # to the penny
        ("sum >= £1.00", "effort: sum £0.33\neffort: sum £0.33\neffort: sum £0.33", (1, 1)),
    ],
)
def test_demands_add_up(together: str, lines: str, expected: tuple[int, int]) -> None:
    """Sums add, exactly; of shifts that may coincide the union lies between the largest and the sum."""
    rules = f"""\
level 4(a) when some effort is (kind is lifting or not kind is lifting or each > 0 min or often > 0% or sum > £0) \
together {together} cites level 4(a)
level 1 otherwise cites level 1
"""
    assert levels(rules, lines) == expected


@pytest.mark.parametrize(
    ("weight", "expected"),
    [("8.9 kg", (1, 1)), ("9 kg", (1, 1)), ("9.1 kg", (1, 4)), ("10.9 kg", (1, 4)), ("11 kg", (4, 4))],
)
def test_around_a_soft_number_the_panel_judges(weight: str, expected: tuple[int, int]) -> None:
    """Around 10 kg: open strictly within a tenth, decided from there on."""
    rules = "level 4(a) when some effort is (weight >= around 10 kg) cites level 4(a)\nlevel 1 otherwise cites level 1"
    assert levels(rules, f"effort: weight {weight}") == expected


def test_what_nobody_has_agreed_is_open() -> None:
    """A parameter without a convention leaves every comparison with it open; an empty list needs none."""
    rules = "level 4(a) when some effort is (sum >= large) cites level 4(a)\nlevel 1 otherwise cites level 1"
    assert levels(rules, "effort: sum £5") == (1, 4)
    assert levels(rules, "no effort") == (1, 1)
