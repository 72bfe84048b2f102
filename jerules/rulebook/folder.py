"""A folder with a scheme of the user's, checked as a whole: every mistake in it at once, and what is still missing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from jerules.faults import Faulty, OurFault, Place
from jerules.language.parse import parse_all
from jerules.rulebook.load import own_book, own_rules
from jerules.rulebook.model import RuleBook
from jerules.scheme.load import read_own_scheme
from jerules.scheme.model import Scheme


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is missing and is no mistake: the folder can be used without it."""

    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A folder without mistakes; ``findings`` are what it still lacks."""

    book: RuleBook
    findings: tuple[Finding, ...]

    @property
    def scheme(self) -> Scheme:
        """The scheme in the folder."""
        return self.book.scheme

    @property
    def ruled(self) -> tuple[int, ...]:
        """The numbers of the factors that some rule can give a level."""
        found = (rules.number for rules in self.book.factors.values() if rules.gives_levels)
        return tuple(number for number in found if number is not None)


def check_folder(folder: Path) -> Checked:
    """Check the scheme in a folder and its rules; raises :class:`Faulty` with every mistake in any of the files.

    Where the head of the scheme cannot be read, its rules are checked as far as their wording goes.
    """
    read = read_own_scheme(folder)
    faults = list(read.faults)
    book = None
    try:
        if read.scheme is not None:
            book = own_book(read.scheme, folder)
        else:
            faults += (fault for source in own_rules(folder) for fault in parse_all(source).faults)
    except Faulty as faulty:
        faults += faulty.faults
    if faults:
        raise Faulty(faults)
    if book is None:
        message = "a folder was refused without a reason"
        raise OurFault(message)
    missing = [
        Finding(place, f"factor {factor.number} {factor.title} has no levels yet") for place, factor in read.unfinished
    ]
    return Checked(book, (*missing, *_without_grade(book.scheme, Place(str(folder / "scheme.yaml"), 1, 1, 1, 1))))


def _without_grade(scheme: Scheme, place: Place) -> tuple[Finding, ...]:
    """The totals below the lowest grade and above the highest that a job could come to."""
    if not scheme.bands or scheme.unlevelled or scheme.maximum is None:
        return ()
    bottom, top = scheme.bands[0].low, scheme.bands[-1].high
    found = []
    if scheme.lowest < bottom:
        found.append(_totals(scheme.lowest, bottom - 1))
    if scheme.maximum > top:
        found.append(_totals(top + 1, scheme.maximum))
    return tuple(Finding(place, text) for text in found)


def _totals(low: int, high: int) -> str:
    return f"a total of {low} has no grade" if low == high else f"totals from {low} to {high} have no grade"
