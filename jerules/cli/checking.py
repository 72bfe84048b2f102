"""What ``jerules check`` was asked: which rules, which checks of them, and the reports that come of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jerules.cli.editions import of_one_scheme, side_of
from jerules.cli.interrupting import heeded
from jerules.cli.rulefiles import parts_of
from jerules.cli.shared import proving
from jerules.cli.watching import counting
from jerules.faults import Fault, Faulty, listed, nearest
from jerules.rulebook.model import RuleBook

with proving():
    from jerules.verify.checks import CHECKS, OF_ANY_RULES
    from jerules.verify.run import Report, Selection, check


@dataclass(frozen=True, slots=True)
class Asked:
    """The arguments of the command, as they were given; ``on`` is the day on which acceptances are to hold."""

    rules: tuple[str, ...]
    packs: tuple[Path, ...]
    own: Path | None
    against: str | None
    factors: tuple[str, ...]
    checks: tuple[str, ...]
    on: date

    def selections(self) -> list[tuple[RuleBook, Selection]]:
        """What of each rule book is checked.

        Raises :class:`Faulty` with what is wrong with the arguments, and with every file.
        """
        chosen = parts_of(self.rules, self.packs, self.own)
        other = _other(self.against, [book for book, _ in chosen], self.own)
        return _selections(chosen, self.factors, self.checks, other)

    def reports(self) -> list[Report]:
        """The reports, one a rule book; raises :class:`Faulty` as :meth:`selections` does."""
        return [self.report(book, only) for book, only in self.selections()]

    def report(self, book: RuleBook, only: Selection) -> Report:
        """The report on a selection, with a progress bar where it takes long."""
        with heeded(), counting("Factors", len(only.factors) or len(book.factors) + 1) as told:
            return check(book, self.on, only=only, told=told)


def _selections(
    chosen: Sequence[tuple[RuleBook, tuple[str, ...]]],
    factors: Sequence[str],
    checks: Sequence[str],
    other: RuleBook | None,
) -> list[tuple[RuleBook, Selection]]:
    """What of each book is checked; raises :class:`Faulty` for factors, checks and books that there are not."""
    codes = [check.code for check in CHECKS]
    wanted = tuple(one.upper() for one in checks)
    faults = [
        Fault("no-such-check", f"there is no check `{one}`", expected=listed(codes), nearest=nearest(one, codes))
        for one in wanted
        if one not in codes
    ]
    faults += [
        Fault("nothing-to-compare", f"{check.code} compares two rule books, and only one is given",
              help="name the other one with `--against`")
        for check in CHECKS if check.of_editions and check.code in wanted and other is None
    ]  # fmt: skip
    found = []
    for book, keys in chosen:
        named = {name: _key(book, name) for name in factors}
        known = [*book.factors]
        faults += [
            Fault("no-such-factor", f"there is no factor `{name}` with rules in the {book.scheme.title}",
                  expected=listed(known), nearest=nearest(name, known))
            for name, key in named.items() if key is None
        ]  # fmt: skip
        own = tuple(key for key in named.values() if key is not None)
        found.append((book, Selection(own or keys, wanted, other)))
    faults += _of_levels(found)
    if faults:
        raise Faulty(faults)
    return found


def _of_levels(found: list[tuple[RuleBook, Selection]]) -> Iterator[Fault]:
    """A fault for each procedure of which only levels are to be checked, for it gives none."""
    codes = sorted(OF_ANY_RULES, key=lambda code: int(code[1:]))
    for book, only in found:
        named = [key for key in only.factors or book.factors if book.factors[key].procedure]
        if only.checks and OF_ANY_RULES.isdisjoint(only.checks):
            for key in named:
                message = f"`{key}` is a procedure, and {', '.join(only.checks)} speaks of levels"
                yield Fault("no-levels", message, expected=listed(codes, len(codes)), help="choose one of these checks")
        elif only.against is not None:
            for key in named:
                message = f"`{key}` is a procedure, and gives no levels that could be compared"
                yield Fault("no-levels", message, help="leave `--against` out")


def _other(against: str | None, books: Sequence[RuleBook], own: Path | None) -> RuleBook | None:
    """The book to compare with; raises :class:`Faulty` where it is of another scheme than one that is checked."""
    if against is None:
        return None

    other = side_of(against, own=own)
    for book in books:
        of_one_scheme(other.book, book)
    return other.book


def _key(book: RuleBook, name: str) -> str | None:
    """The key of a factor by its number or its name, or of a tool."""
    if name in book.factors:
        return name
    factor = book.scheme.factor(name)
    return str(factor.number) if factor and str(factor.number) in book.factors else None
