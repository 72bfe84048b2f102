"""From what people write to exact measures."""

from __future__ import annotations

from jerules.quantities.calendar import Calendar, WorkPattern
from jerules.quantities.kinds import Exact, Kind, Measure, article, describe
from jerules.quantities.misread import Misread

__all__ = ["Misread", "article", "describe", "kinds_of", "read_constant", "read_measure"]


def read_measure(text: str, kind: Kind, calendar: Calendar, pattern: WorkPattern) -> Measure:
    """Read an answer, a range included. Raises :class:`Misread`."""
    raise NotImplementedError


def read_constant(text: str, kind: Kind, calendar: Calendar) -> Exact:
    """Read one exact value, such as a threshold. Raises :class:`Misread`."""
    raise NotImplementedError


def kinds_of(text: str) -> Kind | None:
    """The kind that a text looks like, or ``None``."""
    raise NotImplementedError
