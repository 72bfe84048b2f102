"""From what people write to exact measures.

A text is cleaned, taken apart into its two ends, each end is read by the reader of its kind, and only then does the
job's own pattern of work come in: what it would take to know, and nobody has said, stays open as an interval.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from typing import Final

from jerules.faults import OurFault
from jerules.quantities.calendar import MOST_SHIFTS, ORDINARY, UNKNOWN, Calendar, WorkPattern
from jerules.quantities.kinds import (
    UNBOUNDED,
    WHOLE_SHARE,
    Exact,
    Interval,
    Kind,
    Measure,
    article,
    describe,
    domain,
    exact,
)
from jerules.quantities.misread import Misread, as_written, shown
from jerules.quantities.reading_amounts import Basis, Reading, read_amount, read_count, read_money
from jerules.quantities.reading_dates import read_date
from jerules.quantities.reading_ranges import ends
from jerules.quantities.reading_text import clean
from jerules.quantities.reading_times import read_frequency, read_money_rate, read_per_shift, read_rate, read_share
from jerules.quantities.reading_trouble import trouble

__all__ = ["Misread", "article", "describe", "kinds_of", "read_constant", "read_measure"]

_SECONDS_IN_HOUR: Final = 3600
_REMEMBERED: Final = 4096

_READERS: Final[dict[Kind, Callable[[str, Calendar], Reading | None]]] = {
    Kind.DATE: lambda text, _: read_date(text),
    Kind.COUNT: lambda text, _: read_count(text),
    Kind.MASS: lambda text, calendar: read_amount(text, Kind.MASS, calendar),
    Kind.DISTANCE: lambda text, calendar: read_amount(text, Kind.DISTANCE, calendar),
    Kind.DURATION: lambda text, calendar: read_amount(text, Kind.DURATION, calendar),
    Kind.MONEY_RATE: read_money_rate,
    Kind.MONEY: lambda text, _: read_money(text),
    Kind.SHARE: lambda text, _: read_share(text),
    Kind.PER_SHIFT: lambda text, _: read_per_shift(text),
    Kind.RATE: read_rate,
    Kind.FREQUENCY: read_frequency,
}
"""In the order in which a text of unknown kind is tried."""


def read_measure(text: str, kind: Kind, calendar: Calendar, pattern: WorkPattern) -> Measure:
    """Read an answer as somebody wrote it, a range included.

    Args:
        text: what was written, such as "3 a month", "80% of shifts", "4 to 7 kg", "at least £1,200 a month".
        kind: what was asked for.
        calendar: how many weeks and months a year has.
        pattern: what is known of the job's shifts. A rate by the shift or by the hour cannot be turned into one by
            the year without it; it is then left open, and ``needs_pattern`` is set.

    Returns:
        The measure, in the base unit of the kind. For ``FREQUENCY`` both the shifts a year and the share of all
        shifts are filled, each from the other where the pattern allows.

    Raises:
        Misread: the text is not such a quantity, is an impossible one, or leaves open what it means.

    """
    return _measure(text, kind, calendar, pattern)


@lru_cache(maxsize=_REMEMBERED)
def _measure(text: str, kind: Kind, calendar: Calendar, pattern: WorkPattern) -> Measure:
    low, high = _both_ends(text, kind, calendar)
    if kind is Kind.FREQUENCY:
        return _frequency(text, low, high, calendar, pattern)
    whole = domain(kind)
    settled = [None if end is None else _settle(end, kind, calendar, pattern) for end in (low, high)]
    interval = _interval(text, kind, (settled[0], settled[1]), whole)
    needs = any(end is not None and value is None for end, value in zip((low, high), settled, strict=True))
    return Measure(kind, interval, text, needs_pattern=needs)


def read_constant(text: str, kind: Kind, calendar: Calendar) -> Exact:
    """Read one exact value, such as a threshold in a rule: "3 per month", "50%", "20 min", "£1,000 per month".

    Returns the value in the base unit of ``kind``. Raises :class:`Misread` as :func:`read_measure` does, and for a
    range or for a rate that only a job's pattern of work could settle. A threshold on a frequency is a ``RATE`` or
    a ``SHARE``; asking for ``FREQUENCY`` is our own fault.
    """
    if kind is Kind.FREQUENCY:
        raise OurFault("a threshold on a frequency is read as a rate or as a share")
    measure = read_measure(text, kind, calendar, UNKNOWN)
    if measure.needs_pattern:
        raise Misread(
            f"{shown(text)} depends on the hours of the job, and a rule has to hold for every job",
            describe(kind),
            "write it by the week, the month or the year",
        )
    if not measure.interval.exact:
        raise Misread(
            f"{shown(text)} is a range, and one exact value is needed here",
            describe(kind),
            "write the one value that the rule compares with",
        )
    return measure.interval.low


def kinds_of(text: str) -> Kind | None:
    """The kind that one value looks like ("20 min" like a duration), or ``None`` when it looks like none.

    A bare number looks like a ``COUNT``. Never raises :class:`Misread`.
    """
    for kind, reader in _READERS.items():
        try:
            written = ends(clean(text, kind), kind)
            if all(reader(end, ORDINARY) is not None for end in (written.low, written.high) if end is not None):
                return kind
        except Misread:
            continue
    return None


def _both_ends(text: str, kind: Kind, calendar: Calendar) -> tuple[Reading | None, Reading | None]:
    """The two ends as they were written; ``None`` for an end that was left open."""
    plain = clean(text, kind)
    try:
        written = ends(plain, kind)
        return _one(written.low, text, kind, calendar), _one(written.high, text, kind, calendar)
    except Misread as misread:
        # Those who found the mistake saw only a piece of the text, in small letters.
        message, expected = as_written(misread.message, text), misread.expected or describe(kind)
        raise Misread(message, expected, misread.help, misread.nearest) from None


def _one(end: str | None, text: str, kind: Kind, calendar: Calendar) -> Reading | None:
    if end is None:
        return None
    found = _READERS[kind](end, calendar)
    if found is None:
        raise trouble(end, text, kind, _form_of(end))
    return found


def _form_of(end: str) -> Kind | None:
    """The kind whose form a single cleaned value has."""
    for kind, reader in _READERS.items():
        try:
            if reader(end, ORDINARY) is not None:
                return kind
        except Misread:
            continue
    return None


def _settle(reading: Reading, kind: Kind, calendar: Calendar, pattern: WorkPattern) -> Exact | None:
    """The value in the base unit of its kind, or ``None`` when the pattern would have to be known for it."""
    if reading.basis in {Basis.FIXED, Basis.SHARE} or reading.value == 0:
        return exact(reading.value)
    value = reading.value
    if reading.basis is Basis.HOURS or kind is Kind.DURATION:
        if pattern.shift_length is None:
            return None
        value *= pattern.shift_length if kind is Kind.DURATION else Fraction(pattern.shift_length) / _SECONDS_IN_HOUR
    if kind in {Kind.PER_SHIFT, Kind.DURATION}:
        return exact(value)
    shifts = pattern.shifts_in_year(calendar)
    return None if shifts is None else exact(value * shifts)


def _interval(text: str, kind: Kind, found: tuple[Exact | None, Exact | None], whole: Interval) -> Interval:
    """From end to end, an end that is ``None`` being as far out as the kind allows."""
    low, high = (whole.low if found[0] is None else found[0]), (whole.high if found[1] is None else found[1])
    if max(low, high) >= UNBOUNDED and (low >= UNBOUNDED or high > UNBOUNDED):
        raise Misread(f"{shown(text)} is too large to be meant", describe(kind), "check the number of digits")
    if low > high:
        raise Misread(f"{shown(text)} runs backwards", describe(kind), "write the smaller of the two first")
    return Interval(low, high)


def _frequency(
    text: str,
    low: Reading | None,
    high: Reading | None,
    calendar: Calendar,
    pattern: WorkPattern,
) -> Measure:
    """Fill the shifts a year and the share of shifts, each from the other where the pattern is known."""
    written = {end.basis for end in (low, high) if end is not None}
    shifts = pattern.shifts_in_year(calendar)
    if len(written) > 1:
        raise Misread(
            f"the two ends of {shown(text)} are a rate and a share",
            describe(Kind.FREQUENCY),
            "write both ends in the same way, such as 2 to 3 a month",
        )
    found = (None if low is None else exact(low.value), None if high is None else exact(high.value))
    if Basis.SHARE in written:
        share = _interval(text, Kind.FREQUENCY, found, domain(Kind.SHARE))
        rate = _scaled(share, None if shifts is None else Fraction(shifts) / WHOLE_SHARE, Kind.RATE)
        return Measure(Kind.FREQUENCY, rate, text, share, needs_pattern=shifts is None and share.high > 0)
    rate = _interval(text, Kind.FREQUENCY, found, domain(Kind.RATE))
    if shifts is not None:
        if max(rate.low, 0 if high is None else rate.high) > shifts:
            raise Misread(
                f"{shown(text)} is more often than the job has shifts",
                describe(Kind.FREQUENCY),
                f"the job has {exact(Fraction(shifts) / calendar.weeks_in_year)} shifts a week;"
                " say on how many of them it happens, or correct the hours",
            )
        rate = Interval(rate.low, min(rate.high, shifts))
    elif max(rate.low, 0 if high is None else rate.high) > MOST_SHIFTS:
        raise Misread(
            f"{shown(text)} is more often than any job has shifts",
            describe(Kind.FREQUENCY),
            "write on how many shifts it happens: no job has more than three a day",
        )
    share = _scaled(rate, None if shifts is None else WHOLE_SHARE / Fraction(shifts), Kind.SHARE)
    return Measure(Kind.FREQUENCY, rate, text, share, needs_pattern=shifts is None and rate.high > 0)


def _scaled(interval: Interval, by: Fraction | None, kind: Kind) -> Interval:
    """The interval in the other terms; nought is nought in both, whatever is not known."""
    if by is not None:
        return Interval(exact(interval.low * by), exact(interval.high * by))
    return Interval(0, 0) if interval.high == 0 else domain(kind)
