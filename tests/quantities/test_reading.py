"""What people write, and exactly what it is read as."""

import subprocess
import sys
from fractions import Fraction

import pytest

from jerules.faults import OurFault
from jerules.quantities.calendar import ORDINARY, UNKNOWN, Calendar, WorkPattern
from jerules.quantities.kinds import UNBOUNDED, Interval, Kind, Measure, domain
from jerules.quantities.reading import Misread, kinds_of, read_constant, read_measure

FIVE_SHIFTS = WorkPattern(shifts_in_week=5, shift_length=27_000)


def read(text: str, kind: Kind, pattern: WorkPattern = FIVE_SHIFTS) -> Measure:
    return read_measure(text, kind, ORDINARY, pattern)


VALUES: dict[Kind, list[tuple[str, int | Fraction]]] = {
    Kind.MASS: [
        ("6 kg", 6000),
        ("5.5kg", 5500),
        (".5 kg", 500),
        ("1,200 g", 1200),
        ("6 KG", 6000),
        ("6\u00a0kg", 6000),
        ("  6   kg. ", 6000),
        ("½ kg", 500),
        ("half a kilo", 500),
        ("a kilo", 1000),
        ("ten kg", 10_000),
        ("twenty-five kilos", 25_000),
        ("5 kg 300 g", 5300),
        ("1 lb", Fraction("453.59237")),
        ("12 st 4 lb", 172 * Fraction("453.59237")),
        ("1/3 kg", Fraction(1000, 3)),
        ("1000000000 kg", 10**12),
    ],
    Kind.DISTANCE: [
        ("1,200 m", 1200),
        ("1 km", 1000),
        ("50 cm", Fraction(1, 2)),
        ("1 m 20 cm", Fraction(6, 5)),
        ("5 miles", Fraction("8046.72")),
        ("6 ft", Fraction("1.8288")),
    ],
    Kind.DURATION: [
        ("20 min", 1200),
        ("20mins", 1200),
        ("twenty minutes", 1200),
        ("20 minutes at a time", 1200),
        ("for 20 minutes", 1200),
        ("1 h 30 min", 5400),
        ("1h30", 5400),
        ("1 hour and 30 minutes", 5400),
        ("1.5 hours", 5400),
        ("1½ hours", 5400),
        ("1 1/2 hours", 5400),
        ("one and a half hours", 5400),
        ("an hour", 3600),
        ("half an hour", 1800),
        ("a quarter of an hour", 900),
        ("three quarters of an hour", 2700),
        ("90 seconds", 90),
        ("2 weeks", 14 * 86_400),
        ("12 months", 52 * 7 * 86_400),
        ("1 year", 52 * 7 * 86_400),
        ("a shift", 27_000),
        ("half a shift", 13_500),
    ],
    Kind.MONEY: [
        ("£1,200", 120_000),
        ("£ 1,200", 120_000),
        ("£10.50", 1050),
        ("50p", 50),
        ("£30k", 3_000_000),
        ("£2.5 million", 250_000_000),
        ("£2.5m", 250_000_000),
        ("2.5 million pounds", 250_000_000),
        ("1200 pounds", 120_000),
        ("GBP 500", 50_000),
        ("500 GBP", 50_000),
        ("£1/3", Fraction(100, 3)),
    ],
    Kind.MONEY_RATE: [
        ("£1,200 a month", 1_440_000),
        ("£1,200/month", 1_440_000),
        ("£1,200 per calendar month", 1_440_000),
        ("£14,400 a year", 1_440_000),
        ("£14,400 pa", 1_440_000),
        ("£14,400 p.a.", 1_440_000),
        ("£100 a week", 520_000),
        ("£300 quarterly", 120_000),
        ("£10 a shift", 260_000),
        ("£12 an hour", 2_340_000),
    ],
    Kind.RATE: [
        ("3 a month", 36),
        ("3 per month", 36),
        ("3/month", 36),
        ("3 times a month", 36),
        ("3 times in a month", 36),
        ("three shifts each month", 36),
        ("on 3 days a month", 36),
        ("3x a month", 36),
        ("3 × a month", 36),
        ("once a week", 52),
        ("twice weekly", 104),
        ("twice a year", 2),
        ("weekly", 52),
        ("fortnightly", 26),
        ("every other week", 26),
        ("every 2 weeks", 26),
        ("every second week", 26),
        ("3 times every 2 weeks", 78),
        ("monthly", 12),
        ("once a quarter", 4),
        ("every 2 quarters", 2),
        ("annually", 1),
        ("daily", 260),
        ("every shift", 260),
        ("3 in 10 shifts", 78),
        ("1½ a week", 78),
        ("1/3 a month", 4),
        ("0.5 a year", Fraction(1, 2)),
        ("3 an hour", 5850),
        ("never", 0),
    ],
    Kind.PER_SHIFT: [
        ("6", 6),
        ("six", 6),
        ("6 times", 6),
        ("6 a shift", 6),
        ("6 times a shift", 6),
        ("once a shift", 1),
        ("twice a day", 2),
        ("daily", 1),
        ("every other shift", Fraction(1, 2)),
        ("3 an hour", Fraction(45, 2)),
        ("every 2 hours", Fraction(15, 4)),
    ],
    Kind.SHARE: [
        ("80%", 8000),
        ("80 %", 8000),
        ("80 per cent", 8000),
        ("80 percent of the working time", 8000),
        ("80% of each shift", 8000),
        ("80% of shifts", 8000),
        ("0%", 0),
        ("100%", 10_000),
        ("33.25%", 3325),
        ("half of shifts", 5000),
        ("half the time", 5000),
        ("½ of shifts", 5000),
        ("a third", Fraction(10_000, 3)),
        ("1/3", Fraction(10_000, 3)),
        ("two thirds of shifts", Fraction(20_000, 3)),
        ("three quarters of the time", 7500),
        ("3 in 10 shifts", 3000),
        ("3 out of 10", 3000),
        ("one shift in three", Fraction(10_000, 3)),
        ("every other shift", 5000),
        ("every shift", 10_000),
        ("all shifts", 10_000),
        ("none", 0),
    ],
    Kind.COUNT: [("6", 6), ("six", 6), ("1,200", 1200), ("a dozen", 12), ("0", 0), ("2.0", 2), ("two hundred", 200)],
    Kind.DATE: [
        ("2026-11-21", 739_941),
        ("21 November 2026", 739_941),
        ("21 nov 2026", 739_941),
        ("21st of November, 2026", 739_941),
        ("21/11/2026", 739_941),
        ("01/02/2026", 739_648),
    ],
}


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [(kind, text, value) for kind, rows in VALUES.items() for text, value in rows],
)
def test_one_value_is_read_exactly(kind: Kind, text: str, expected: int | Fraction) -> None:
    """A single value has one exact reading, an int where it is whole, and keeps its text."""
    actual = read(text, kind)

    assert Measure(kind, Interval(expected, expected), text) == actual
    assert type(expected) is type(actual.interval.low)


@pytest.mark.parametrize(
    ("kind", "text", "low", "high"),
    [
        (Kind.MASS, "4 to 7 kg", 4000, 7000),
        (Kind.MASS, "4-7 kg", 4000, 7000),
        (Kind.MASS, "4 – 7kg", 4000, 7000),
        (Kind.MASS, "4 kg - 7 kg", 4000, 7000),
        (Kind.MASS, "500 g to 7 kg", 500, 7000),
        (Kind.MASS, "between 4 and 7 kg", 4000, 7000),
        (Kind.MASS, "from 4 to 7 kg", 4000, 7000),
        (Kind.MASS, "up to 20 kg", 0, 20_000),
        (Kind.MASS, "no more than 20 kg", 0, 20_000),
        (Kind.MASS, "20 kg or less", 0, 20_000),
        (Kind.MASS, "≤ 20 kg", 0, 20_000),
        (Kind.MASS, "15 kg or more", 15_000, UNBOUNDED),
        (Kind.MASS, "at least 15 kg", 15_000, UNBOUNDED),
        (Kind.MASS, ">= 15 kg", 15_000, UNBOUNDED),
        (Kind.MASS, "15+ kg", 15_000, UNBOUNDED),
        (Kind.DURATION, "up to 20 min", 0, 1200),
        (Kind.DURATION, "1 to 2 hours", 3600, 7200),
        (Kind.DURATION, "30 minutes to 1 hour", 1800, 3600),
        (Kind.RATE, "at least 3 a month", 36, UNBOUNDED),
        (Kind.RATE, "3 or more a month", 36, UNBOUNDED),
        (Kind.RATE, "4-7 times a week", 208, 364),
        (Kind.RATE, "once or twice a week", 52, 104),
        (Kind.RATE, "3 a month to 1 a week", 36, 52),
        (Kind.SHARE, "20-30%", 2000, 3000),
        (Kind.SHARE, "20% to 30% of shifts", 2000, 3000),
        (Kind.SHARE, "at least 50%", 5000, 10_000),
        (Kind.SHARE, "half to two thirds of shifts", 5000, Fraction(20_000, 3)),
        (Kind.PER_SHIFT, "4 to 6 times a shift", 4, 6),
        (Kind.COUNT, "at least 4", 4, UNBOUNDED),
        (Kind.MONEY, "£1-2 million", 100_000_000, 200_000_000),
        (Kind.MONEY, "£500,000 to £2.5 million", 50_000_000, 250_000_000),
        (Kind.MONEY, "£30-40k", 3_000_000, 4_000_000),
        (Kind.MONEY, "£4 to 7", 400, 700),
        (Kind.MONEY_RATE, "£1,000 to £2,000 a month", 1_200_000, 2_400_000),
        (Kind.MONEY_RATE, "£60k to £80k a month", 72_000_000, 96_000_000),
        (Kind.DATE, "1 May 2026 to 3 May 2026", 739_737, 739_739),
        (Kind.DATE, "from 1 May 2026", 739_737, UNBOUNDED),
        (Kind.DATE, "by 3 May 2026", 0, 739_739),
    ],
)
def test_a_range_keeps_both_its_ends(kind: Kind, text: str, low: int, high: int) -> None:
    """A range is the interval between its ends; an open end reaches as far as the kind does."""
    assert Interval(low, high) == read(text, kind).interval


@pytest.mark.parametrize(
    ("text", "rate", "share"),
    [
        ("80% of shifts", Interval(208, 208), Interval(8000, 8000)),
        ("3 in 10 shifts", Interval(78, 78), Interval(3000, 3000)),
        ("half of shifts", Interval(130, 130), Interval(5000, 5000)),
        ("every shift", Interval(260, 260), Interval(10_000, 10_000)),
        ("daily", Interval(260, 260), Interval(10_000, 10_000)),
        ("5 days a week", Interval(260, 260), Interval(10_000, 10_000)),
        ("4 shifts a month", Interval(48, 48), Interval(Fraction(24_000, 13), Fraction(24_000, 13))),
        ("at least 13 a month", Interval(156, 260), Interval(6000, 10_000)),
        ("up to 50%", Interval(0, 130), Interval(0, 5000)),
        ("1 to 2 a week", Interval(52, 104), Interval(2000, 4000)),
        ("never", Interval(0, 0), Interval(0, 0)),
    ],
)
def test_a_frequency_is_both_a_rate_and_a_share(text: str, rate: Interval, share: Interval) -> None:
    """With the shifts in a week known, each of the two follows exactly from the other, however it was written."""
    assert Measure(Kind.FREQUENCY, rate, text, share) == read(text, Kind.FREQUENCY)


@pytest.mark.parametrize(
    ("kind", "text", "interval", "share"),
    [
        (Kind.FREQUENCY, "80% of shifts", domain(Kind.FREQUENCY), Interval(8000, 8000)),
        (Kind.FREQUENCY, "every shift", domain(Kind.FREQUENCY), Interval(10_000, 10_000)),
        (Kind.FREQUENCY, "3 a month", Interval(36, 36), domain(Kind.SHARE)),
        (Kind.RATE, "daily", domain(Kind.RATE), None),
        (Kind.RATE, "2 to 3 a shift", domain(Kind.RATE), None),
        (Kind.RATE, "once a week to once a day", Interval(52, UNBOUNDED), None),
        (Kind.MONEY_RATE, "£10 a shift", domain(Kind.MONEY_RATE), None),
        (Kind.PER_SHIFT, "3 an hour", domain(Kind.PER_SHIFT), None),
        (Kind.DURATION, "half a shift", domain(Kind.DURATION), None),
    ],
)
def test_what_needs_the_jobs_hours_stays_open_without_them(
    kind: Kind,
    text: str,
    interval: Interval,
    share: Interval | None,
) -> None:
    """Without the job's pattern nothing is guessed: the part that needs it may be anything, and the measure says so."""
    assert Measure(kind, interval, text, share, needs_pattern=True) == read(text, kind, UNKNOWN)


@pytest.mark.parametrize("text", ["never", "0 a month", "0%", "no shifts"])
def test_no_shifts_at_all_needs_no_hours(text: str) -> None:
    """Nought is nought in both terms, whatever the job's hours are."""
    nought = Interval(0, 0)

    assert Measure(Kind.FREQUENCY, nought, text, nought) == read(text, Kind.FREQUENCY, UNKNOWN)


def test_another_calendar_gives_other_rates() -> None:
    """What a week is to a year is the calendar's business, an exact fraction of one included."""
    calendar = Calendar(Fraction(365, 7), 12)

    assert read_constant("7 a week", Kind.RATE, calendar) == 365
    assert read_constant("3 a month", Kind.RATE, calendar) == 36


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (Kind.RATE, "3 per month", 36),
        (Kind.SHARE, "50%", 5000),
        (Kind.DURATION, "20 min", 1200),
        (Kind.MONEY_RATE, "£1,000 per month", 1_200_000),
        (Kind.DISTANCE, "1 km", 1000),
    ],
)
def test_a_threshold_is_one_exact_value(kind: Kind, text: str, expected: int) -> None:
    """A constant of a rule is read by the same rules as an answer, and is a plain exact number."""
    assert expected == read_constant(text, kind, ORDINARY)


def test_a_threshold_is_no_range() -> None:
    """A rule compares with one value, so a range is refused."""
    with pytest.raises(Misread) as caught:
        read_constant("4 to 7 kg", Kind.MASS, ORDINARY)

    assert caught.value.message == "`4 to 7 kg` is a range, and one exact value is needed here"


def test_a_threshold_holds_for_every_job() -> None:
    """A rate by the shift would mean another number in each job."""
    with pytest.raises(Misread) as caught:
        read_constant("1 a day", Kind.RATE, ORDINARY)

    assert caught.value.message == "`1 a day` depends on the hours of the job, and a rule has to hold for every job"
    assert caught.value.help == "write it by the week, the month or the year"


def test_a_threshold_on_a_frequency_is_asked_for_as_a_rate_or_a_share() -> None:
    """The caller has to know which of the two components is compared."""
    with pytest.raises(OurFault):
        read_constant("3 a month", Kind.FREQUENCY, ORDINARY)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20 min", Kind.DURATION),
        ("6 kg", Kind.MASS),
        ("6", Kind.COUNT),
        ("80%", Kind.SHARE),
        ("3 a month", Kind.RATE),
        ("6 a shift", Kind.PER_SHIFT),
        ("£5", Kind.MONEY),
        ("£5 a month", Kind.MONEY_RATE),
        ("2026-11-21", Kind.DATE),
        ("at least 4 kg", Kind.MASS),
        ("heavy", None),
        ("", None),
    ],
)
def test_the_kind_that_a_text_looks_like(text: str, expected: Kind | None) -> None:
    """A text that was meant for another question is recognised by its form."""
    assert expected == kinds_of(text)


def test_everyday_answers_are_read_without_loading_pint() -> None:
    """The registry is slow to load and is left alone until a rarer unit turns up."""
    script = (
        "import sys\n"
        "from jerules.quantities import reading, words\n"
        "from jerules.quantities.calendar import ORDINARY\n"
        "from jerules.quantities.kinds import Kind\n"
        "for text, kind in (('3 a month', Kind.RATE), ('6 kg', Kind.MASS), ('20 min', Kind.DURATION),"
        " ('£1,200', Kind.MONEY)):\n"
        "    reading.read_constant(text, kind, ORDINARY)\n"
        "assert 'pint' not in sys.modules\n"
        "reading.read_constant('3 miles', Kind.DISTANCE, ORDINARY)\n"
        "assert 'pint' in sys.modules\n"
    )

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
