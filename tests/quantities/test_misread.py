"""What cannot be read, and the message that says how to write it."""

from string import printable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jerules.quantities.calendar import ORDINARY, UNKNOWN, WorkPattern
from jerules.quantities.kinds import Kind, Measure, domain
from jerules.quantities.reading import Misread, describe, kinds_of, read_measure

FIVE_SHIFTS = WorkPattern(shifts_in_week=5, shift_length=27_000)

MESSAGES = [
    (Kind.MASS, "20 min", "`20 min` is a duration, not a weight"),
    (Kind.MASS, "£5", "`£5` is a sum of money, not a weight"),
    (Kind.MASS, "6", "`6` has no unit"),
    (Kind.MASS, "kg", "`kg` has no number in it"),
    (Kind.MASS, "", "nothing is written here"),
    (Kind.MASS, " \n\t", "nothing is written here"),
    (Kind.MASS, "-3 kg", "`-3 kg` is below nought"),
    (Kind.MASS, "−3 kg", "`−3 kg` is below nought"),
    (Kind.MASS, "minus 3 kg", "`minus 3 kg` is below nought"),
    (Kind.MASS, "--3", "`--3` begins with a dash"),
    (Kind.MASS, "NaN", "`NaN` is not a number"),
    (Kind.MASS, "inf kg", "`inf kg` is not a number"),
    (Kind.MASS, "∞ kg", "`∞ kg` is not a number"),
    (Kind.MASS, "0x10", "`0x10` is not a number as people write it"),
    (Kind.MASS, "1e999 kg", "`1e999` is not a number as people write it"),
    (Kind.MASS, "1E3 kg", "`1E3` is not a number as people write it"),
    (Kind.MASS, "1/0 kg", "`1/0 kg` divides by nought"),
    (Kind.MASS, "1,20 kg", "the commas in `1,20` do not stand before groups of three digits"),
    (Kind.MASS, "0,500 kg", "the commas in `0,500` do not stand before groups of three digits"),
    (Kind.MASS, "1.2.3 kg", "`1.2.3` is not a number"),
    (Kind.MASS, "١٢ kg", "`١٢ kg` is not written in the digits 0 to 9"),
    (Kind.MASS, "\uff11\uff12 kg", "`\uff11\uff12 kg` is not written in the digits 0 to 9"),
    (Kind.MASS, "5 kg kg", "`5 kg kg` cannot be read as a weight"),
    (Kind.MASS, "300 g 5 kg", "the units in `300 g 5 kg` do not go from large to small"),
    (Kind.MASS, "5\x00 kg", "`5· kg` holds a character that cannot be shown"),
    (Kind.MASS, "5 \x1b[31mkg", "`5 ·[31mkg` holds a character that cannot be shown"),
    (Kind.MASS, "7-4 kg", "`7-4 kg` runs backwards"),
    (Kind.MASS, "at least 3 to 5 kg", "`at least 3 to 5 kg` says two ranges at once"),
    (Kind.MASS, "at least 3 kg or less", "`at least 3 kg or less` says two ranges at once"),
    (Kind.MASS, "over 15 kg", "`over 15 kg` does not say where it ends"),
    (Kind.MASS, "more than 15 kg", "`more than 15 kg` does not say where it ends"),
    (Kind.MASS, "< 5 kg", "`< 5 kg` does not say where it ends"),
    (Kind.MASS, "about 5 kg", "`about 5 kg` leaves open how much is meant"),
    (Kind.MASS, "~5 kg", "`~5 kg` leaves open how much is meant"),
    (Kind.MASS, "several kg", "`several` is a word and not a figure"),
    (Kind.MASS, "twice kg", "`twice kg` cannot be read as a weight"),
    (Kind.MASS, f"{'9' * 60} kg", f"`{'9' * 39}…` is too large to be meant"),
    (Kind.MASS, "9" * 300, f"`{'9' * 39}…` is 300 characters long"),
    (Kind.MASS, "1-2-3 kg", "`1-2-3 kg` cannot be read as a weight"),
    (Kind.MASS, "5 kg to 10", "`10` has no unit"),
    (Kind.RATE, "3 times to 4 times a month", "`3 times` does not say in what time"),
    (Kind.DATE, "0X0", "`0X0` is not a number as people write it"),
    (Kind.DURATION, "20 m", "`20 m` is a distance, not a duration"),
    (Kind.DURATION, "2 days", "a day in `2 days` may be a working day or 24 hours"),
    (Kind.DURATION, "20 minuts", "the word `minuts` in `20 minuts` is not known here"),
    (Kind.MONEY, "1200", "`1200` has no unit"),
    (Kind.MONEY, "$5", "`$5` is not in pounds"),
    (Kind.MONEY, "-£5", "`-£5` is below nought"),
    (Kind.MONEY, "£-5", "`£-5` is below nought"),
    (Kind.MONEY, "£1 to £2 million", "the `£1` of `£1 to £2 million` can be read in two ways"),
    (Kind.MONEY, "£1,200 a month", "`£1,200 a month` is a sum of money over time, not a sum of money"),
    (Kind.MONEY_RATE, "£1,200", "`£1,200` is a sum of money, not a sum of money over time"),
    (Kind.RATE, "3", "`3` does not say in what time"),
    (Kind.RATE, "80%", "`80%` is a share, not a rate"),
    (Kind.RATE, "3 a mnth", "the word `mnth` in `3 a mnth` is not known here"),
    (Kind.RATE, "biweekly", "`biweekly` can be read in two ways"),
    (Kind.RATE, "Often", "`Often` is a word and not a figure"),
    (Kind.PER_SHIFT, "6 a month", "`6 a month` is a rate, not a number of times a shift"),
    (Kind.SHARE, "120%", "`120%` is more than 100%"),
    (Kind.SHARE, "12 in 10 shifts", "`12 in 10 shifts` is more than 100%"),
    (Kind.SHARE, "50", "`50` does not say of what it is a share"),
    (Kind.SHARE, "0.5", "`0.5` does not say of what it is a share"),
    (Kind.SHARE, "most shifts", "`most` is a word and not a figure"),
    (
        Kind.FREQUENCY,
        "80% of the working time",
        "`80% of the working time` is a share of time, and shifts are asked for",
    ),
    (Kind.FREQUENCY, "half of each shift", "`half of each shift` is a share of time, and shifts are asked for"),
    (Kind.FREQUENCY, "half a shift", "`half a shift` is a duration, not a frequency"),
    (Kind.SHARE, "half a shift", "`half a shift` is a duration, not a share"),
    (Kind.RATE, "half a month", "`half a month` is a duration, not a rate"),
    (Kind.COUNT, "01/02/2026", "`01/02/2026` is a date, not a whole number"),
    (Kind.FREQUENCY, "120%", "`120%` is more than 100%"),
    (Kind.FREQUENCY, "6 a week", "`6 a week` is more often than the job has shifts"),
    (Kind.FREQUENCY, "4 to 7 a week", "`4 to 7 a week` is more often than the job has shifts"),
    (Kind.FREQUENCY, "twice a day", "`twice a day` counts more than one time a shift, and shifts are asked for"),
    (Kind.FREQUENCY, "3 a month to 50%", "the two ends of `3 a month to 50%` are a rate and a share"),
    (Kind.COUNT, "2.5", "`2.5` is not a whole number"),
    (Kind.COUNT, "6 kg", "`6 kg` is a weight, not a whole number"),
    (Kind.COUNT, "-1", "`-1` is below nought"),
    (Kind.DATE, "31 February 2026", "there is no such day as `31 February 2026`"),
    (Kind.DATE, "11/21/2026", "there is no such day as `11/21/2026`"),
    (Kind.DATE, "21/11/26", "`21/11/26` leaves the century open"),
    (Kind.DATE, "21 Novembr 2026", "the word `Novembr` in `21 Novembr 2026` is not known here"),
    (Kind.DATE, "2026", "`2026` is a number alone"),
]


@pytest.mark.parametrize(("kind", "text", "expected"), MESSAGES)
def test_the_message_names_what_is_wrong(kind: Kind, text: str, expected: str) -> None:
    """Each mistake has its own sentence, quotes the text as written, and says what was expected and what to do."""
    with pytest.raises(Misread) as caught:
        read_measure(text, kind, ORDINARY, FIVE_SHIFTS)

    assert expected == caught.value.message
    assert describe(kind) == caught.value.expected
    assert caught.value.help


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (Kind.DURATION, "20 minuts", "minutes"),
        (Kind.MASS, "6 klios", "kilos"),
        (Kind.MASS, "6 kgg", "kg"),
        (Kind.RATE, "3 a mnth", "month"),
        (Kind.RATE, "3 per weak", "week"),
        (Kind.RATE, "montly", "monthly"),
        (Kind.SHARE, "80% of shfits", "shifts"),
        (Kind.MONEY_RATE, "£5 a yaer", "year"),
        (Kind.DATE, "21 Novembr 2026", "November"),
        (Kind.MASS, "6 xyzzy", ""),
    ],
)
def test_a_misspelt_unit_brings_the_nearest(kind: Kind, text: str, expected: str) -> None:
    """The nearest word that would have been known is offered, and none when nothing is near."""
    with pytest.raises(Misread) as caught:
        read_measure(text, kind, ORDINARY, FIVE_SHIFTS)

    assert expected == caught.value.nearest


@pytest.mark.parametrize("text", ["1099 a year", "22 a week", "3 a week to 1100 a year"])
def test_more_shifts_than_any_job_has_are_refused_even_where_its_hours_are_not_known(text: str) -> None:
    """Three on every day are the most there can be."""
    assert read_measure("1098 a year", Kind.FREQUENCY, ORDINARY, UNKNOWN).interval.high == 1098
    with pytest.raises(Misread, match="is more often than any job has shifts"):
        read_measure(text, Kind.FREQUENCY, ORDINARY, UNKNOWN)


@pytest.mark.parametrize("text", ["over 15 kg", "< 5 kg", "about 6 kg"])
def test_an_open_comparison_is_told_how_to_be_exact(text: str) -> None:
    """Whoever writes "over" learns the ways to write that include the figure."""
    with pytest.raises(Misread) as caught:
        read_measure(text, Kind.MASS, ORDINARY, FIVE_SHIFTS)

    assert caught.value.help == (
        "write the figure itself (`6 kg`), a range with both its ends,"
        " or `at least …` or `up to …`, which include their figure"
    )


_PIECES = (
    "3 1,200 1.5 ½ 1/3 £ kg g min h a an per / % of shifts month week to - at least up or more once half twice every"
    " other in 10 and k million day 2026-11-21 × \u2013 ٣ -- 0x1 e9 nan , . +"
)
_FRAGMENTS = st.lists(st.sampled_from(_PIECES.split(" ")), max_size=8)
_TEXTS = st.one_of(
    st.text(max_size=30),
    st.text(printable, max_size=30),
    _FRAGMENTS.map(" ".join),
    _FRAGMENTS.map("".join),
    st.text(min_size=190, max_size=400),
)


@given(_TEXTS, st.sampled_from(Kind))
def test_anything_at_all_is_read_or_misread(text: str, kind: Kind) -> None:
    """Whatever is written gives a measure within its kind's domain or a printable one-line Misread; nothing else."""
    found = _read(text, kind)

    if isinstance(found, Misread):
        assert found.message.isprintable()
        assert found.message.count("`") % 2 == 0
        assert found.expected
    else:
        whole = domain(kind)
        assert whole.low <= found.interval.low <= found.interval.high <= whole.high
        assert isinstance(found.interval.low, int) or found.interval.low.denominator > 1
        assert (kind is Kind.FREQUENCY) == (found.share is not None)


def _read(text: str, kind: Kind) -> Measure | Misread:
    try:
        return read_measure(text, kind, ORDINARY, FIVE_SHIFTS)
    except Misread as misread:
        return misread


@given(_TEXTS)
def test_looking_for_a_kind_never_fails(text: str) -> None:
    """Any text has a kind that it looks like, or none."""
    assert kinds_of(text) in {None, *Kind}
