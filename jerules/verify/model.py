"""Obligations, findings and witnesses: what a proof of the rules says, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jerules.faults import Place
from jerules.jobs.model import Job
from jerules.rulebook.model import Citation


class State(StrEnum):
    """How an obligation stands. Silence is not a state."""

    PROVED = "proved"
    REFUTED = "refuted"
    ACCEPTED = "accepted"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class End:
    """One side of a finding: what the statement says, where it stands, and the paragraphs that it rests on."""

    words: str
    place: Place | None
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Witness:
    """A concrete job that shows a finding.

    ``job`` answers what the factor reads; ``shows`` says in a sentence what it comes to. ``confirmed_by`` names the
    evaluators that found the same; it is empty when none did, and the obligation is then undecided.
    """

    job: Job
    shows: str
    confirmed_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Why a finding stands: its reason, when it was accepted and until when, and where that is written.

    ``interpretation`` is the name of the interpretation that answers it, or empty.
    """

    because: str
    on: date | None
    until: date | None
    place: Place | None
    interpretation: str = ""


@dataclass(frozen=True, slots=True)
class Kin:
    """How a finding is told in one with others of its kind, where there are many.

    ``what`` they are all about, as in “levels that no rule gives”; ``message`` and ``help`` for all of them; ``under``
    and ``one`` say which this is, those under the same words in one line.
    """

    what: str
    message: str
    help: str
    under: str
    one: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong where an obligation does not hold.

    ``regions`` are all the cases that it concerns, merged, in words; ``core`` the statements that together bring it
    about, the fewest that do; ``help`` what to do; ``kin`` how it is told with others of its kind.
    """

    message: str
    ends: tuple[End, ...] = ()
    regions: tuple[str, ...] = ()
    witnesses: tuple[Witness, ...] = ()
    core: tuple[str, ...] = ()
    help: str = ""
    kin: Kin | None = None


@dataclass(frozen=True, slots=True)
class Obligation:
    """One thing that has to hold of a rule book.

    Attributes:
        check: the check's code, `V0` to `V21`.
        factor: the key of the factor or tool, or empty for the whole scheme.
        subject: what it is about; unique with ``check`` and ``factor``, and what an ``accept`` statement names.
        says: what has to hold, in a sentence.
        state: how it stands.
        by: the procedures that decided it, of `cells`, `solver`, `reading` (the rule book was looked through) and
            `replay` (jobs were evaluated).
        finding: what is wrong; also kept where it is accepted.
        acceptance: why it is accepted.
        entries: how many entries of a record were considered at most, or 0 where their number plays no part.
        needed: how many entries it would take, where that is more than were considered; else 0.
    """

    check: str
    factor: str
    subject: str
    says: str
    state: State
    by: tuple[str, ...]
    finding: Finding | None = None
    acceptance: Acceptance | None = None
    entries: int = 0
    needed: int = 0
