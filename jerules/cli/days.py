"""The day that a command reckons with: today, or the one that was named."""

from __future__ import annotations

from datetime import date, datetime

from jerules.faults import Fault, Faulty
from jerules.quantities.misread import Misread, as_written, shown
from jerules.quantities.reading_dates import read_date

_EXPECTED = "a day such as `2026-11-21` or `21/11/2026`"


def day_of(text: str | None) -> date:
    """The day that was written, in any of the forms in which job files may have it; today where there is none.

    Raises :class:`Faulty` where the text is no day.
    """
    if text is None:
        return datetime.now().astimezone().date()
    try:
        found = read_date(text.strip().lower())
    except Misread as wrong:
        fault = Fault("wrong-date", as_written(wrong.message, text), expected=_EXPECTED, help=wrong.help)
        raise Faulty([fault]) from None
    if found is None:
        message, help_ = f"{shown(text)} is not a day", "write the year first, or the day, the month and the year"
        raise Faulty([Fault("wrong-date", message, expected=_EXPECTED, help=help_)])
    return date.fromordinal(int(found.value))
