"""A job as a panel describes it: answers, each with its evidence and source, and what the panel itself decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from jerules.faults import Place
from jerules.quantities.calendar import WorkPattern
from jerules.quantities.kinds import Measure
from jerules.scheme.model import Position


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. ``value`` is a measure, the chosen names, yes or no, or a text; ``written`` is what the file says.

    A choice is a set of one name; an answer to an any-of question may be an empty set ("none of these"). Where a number
    of the guidance is illustrative or soft, the panel may have a quantity treated as another one: ``value`` is then
    that of ``treated_as``, and ``reason`` says why.
    """

    value: Measure | frozenset[str] | bool | str
    written: str
    evidence: str = ""
    source: str = ""
    treated_as: str = ""
    reason: str = ""
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a record, or the job itself. An unanswered question is simply not in ``answers``.

    ``number`` counts the entries of its record from 1; ``label`` is what the panel calls it.
    """

    record: str
    number: int
    label: str
    answers: Mapping[str, Answer]
    evidence: str = ""
    source: str = ""
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class PanelView:
    """The panel's own level for a factor, with its reason."""

    position: Position
    reason: str
    evidence: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What the panel decided where the guidance leaves it to judgement, with its reason."""

    position: Position
    reason: str


@dataclass(frozen=True, slots=True)
class Job:
    """A job.

    ``records`` has a key for every record that was answered: an empty tuple says "none", a record without a key was
    not asked. ``panel`` is keyed by factor number, ``decisions`` by the name the rule gives the decision.
    """

    scheme: str
    title: str
    about: str
    hours: WorkPattern
    facts: Entry
    records: Mapping[str, tuple[Entry, ...]]
    panel: Mapping[int, PanelView]
    decisions: Mapping[str, Decision]
    file: str = ""
