"""From exact values to the plain words that they are printed in."""

from __future__ import annotations

from jerules.quantities.calendar import ORDINARY, Calendar
from jerules.quantities.kinds import Exact, Interval, Kind


def say(kind: Kind, value: Exact, per: str | None = None, *, calendar: Calendar = ORDINARY) -> str:
    """Say a value exactly, in the unit in which it is shortest; ``per`` ("month") fixes the period of a rate."""
    raise NotImplementedError


def say_interval(kind: Kind, interval: Interval, *, calendar: Calendar = ORDINARY) -> str:
    """Say an interval: "4 to 7 kg", "at least 3 a month", "not known"."""
    raise NotImplementedError
