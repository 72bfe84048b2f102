"""A folder with a scheme of the user's, checked as a whole: every mistake in it at once, and what is still missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from jerules.faults import Fault, Faulty, OurFault, Place
from jerules.language.parse import parse_all
from jerules.rulebook.load import PROCEDURES, own_book, own_procedures, own_rules
from jerules.rulebook.model import RuleBook
from jerules.scheme.load import OwnScheme, read_own_scheme
from jerules.scheme.model import Scheme


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is missing and is no mistake: the folder can be used without it."""

    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A folder without mistakes; ``findings`` are what it still lacks, ``procedures`` those of its own, if any."""

    book: RuleBook
    findings: tuple[Finding, ...]
    procedures: RuleBook | None = None

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
    book = _built(lambda scheme: own_book(scheme, folder), read, faults)
    procedures = _built(lambda scheme: own_procedures(scheme, folder), read, faults)
    if read.scheme is None:
        sources = (*own_rules(folder), *own_rules(folder, PROCEDURES))
        faults += (fault for source in sources for fault in parse_all(source).faults)
    if book:
        faults += _misplaced(book)
    if faults:
        raise Faulty(dict.fromkeys(faults))
    if book is None or procedures is None:
        message = "a folder was refused without a reason"
        raise OurFault(message)
    missing = [
        Finding(place, f"factor {factor.number} {factor.title} has no levels yet") for place, factor in read.unfinished
    ]
    grades = _without_grade(book.scheme, Place(str(folder / "scheme.yaml"), 1, 1, 1, 1))
    return Checked(book, (*missing, *grades), procedures if own_rules(folder, PROCEDURES) else None)


def _built(build: Callable[[Scheme], RuleBook], read: OwnScheme, faults: list[Fault]) -> RuleBook | None:
    """A rule book of the scheme that was read; its mistakes go to ``faults``."""
    try:
        return build(read.scheme) if read.scheme is not None else None
    except Faulty as faulty:
        faults += faulty.faults
    return None


def _misplaced(book: RuleBook) -> Iterator[Fault]:
    """Procedures among the rules that give levels, where no case would ever find them."""
    for key, rules in book.factors.items():
        if rules.procedure:
            place = rules.rules[0].source.place if rules.rules else None
            message = f"`{key}` is a procedure, and stands among the rules that give levels"
            help_ = f"move its file to the folder `rules/{PROCEDURES}`"
            yield Fault("misplaced-procedure", message, place, help=help_)


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
