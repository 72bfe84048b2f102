"""``jerules check --watch``: check again, as often as a rule file is saved, what the change concerns."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import typer

from jerules.cli import CLEAN, FINDINGS, USAGE, told
from jerules.cli.checking import Asked
from jerules.cli.editions import parts_of_side
from jerules.cli.home import Home
from jerules.cli.shared import proving
from jerules.faults import Fault, Faulty
from jerules.resources import folder
from jerules.rulebook.load import PROCEDURES, forget
from jerules.rulebook.model import RuleBook
from jerules.verify.concerned import concerned
from jerules.verify.model import State
from jerules.verify.run import Report, Selection
from jerules.verify.unchanged import Before, proved_of

with proving():
    from watchfiles import watch

_SETTLING: Final = 50
"""An editor may write a file in several steps; so many milliseconds without another one, and it has saved."""
_LOOKING: Final = 100
"""Milliseconds after which the first check begins; by then no save is missed any more."""
_WAITING: Final = "Waiting for a change; Ctrl-C ends."
_OF_FOLDER: Final = frozenset({"scheme.yaml", "paragraphs.yaml"})
"""What a folder of the user's may hold beside rule files."""

_Chosen = Sequence[tuple[RuleBook, Selection]]


def only_on_screen(options: Mapping[str, bool]) -> None:
    """Raise :class:`Faulty` for each of these options that was given, and says where else the result should go."""
    wrong = [name for name, given in options.items() if given]
    message = "`--watch` writes to the screen each time anew, and"
    if wrong:
        help_ = "leave one of the two out"
        raise Faulty(Fault("watch-and-write", f"{message} cannot go with `{name}`", help=help_) for name in wrong)


def follow(asked: Asked, written: Callable[[list[Report]], str]) -> int:
    """Check what was asked, then what each change concerns, until the user ends it.

    Args:
        asked: the rules and the checks.
        written: makes of reports what the screen shows.

    Returns:
        The exit code: of a mistake in a file that was not mended, else of what was found last of each factor.

    Raises:
        Faulty: there is, to begin with, a mistake that no save of a file would mend.

    """
    so_far = _SoFar()
    for turn, files in enumerate(_changes(asked)):
        begun = time.perf_counter()
        forget()
        try:
            narrowed = so_far.narrowed(files, asked.selections)
        except Faulty as faulty:
            if not turn and not all(fault.place for fault in faulty.faults):
                raise
            typer.echo(f"{told(faulty.faults)}\n\n{_WAITING}", err=True)
            continue
        reports = [so_far.noted(place, only, asked.report(book, only)) for place, book, only in narrowed]
        if reports:
            typer.echo(written(reports))
        typer.echo(f"Checked in {time.perf_counter() - begun:.1f} s. {_WAITING}", err=True)
        gc.collect()  # now, while nobody waits
    return so_far.code


@dataclass
class _SoFar:
    """What was checked up to now: each rule book as it was, what was proved of it, where something was found.

    ``waiting`` are files that changed while a mistake in them or in another one kept everything from being checked.
    """

    before: _Chosen = ()
    proved: dict[int, dict[str, Before]] = field(default_factory=dict)
    findings: set[tuple[int, str]] = field(default_factory=set)
    waiting: frozenset[str] = frozenset()
    faulty: bool = False

    @property
    def code(self) -> int:
        """The exit code of the command, were it to end now."""
        return USAGE if self.faulty else FINDINGS if self.findings else CLEAN

    def narrowed(
        self, files: frozenset[str], selections: Callable[[], _Chosen]
    ) -> list[tuple[int, RuleBook, Selection]]:
        """What of each rule book is to be checked after a change of these files; raises what the reading raises."""
        self.waiting |= files
        self.faulty = True
        now = selections()
        if not _of_the_same(self.before, now):
            self.before, self.findings, self.proved = (), set(), {}
        parts = [_narrowed(self.waiting, self.before[place] if self.before else None, *one)
                 for place, one in enumerate(now)]  # fmt: skip
        self.before, self.waiting, self.faulty = now, frozenset(), False
        return [
            (place, book, replace(part, before=self.proved.get(place, {})))
            for place, ((book, _), part) in enumerate(zip(now, parts, strict=True))
            if part is not None
        ]

    def noted(self, place: int, only: Selection, report: Report) -> Report:
        """The same report, its findings remembered in the place of those that its factors had."""
        looked_at = only.factors or {key for at, key in self.findings if at == place}
        bad = {one.factor for one in report.obligations if one.state in {State.REFUTED, State.UNDECIDED}}
        self.findings -= {(place, key) for key in looked_at}
        self.findings |= {(place, key) for key in bad}
        self.proved[place] = {**self.proved.get(place, {}), **proved_of(report.book, report.obligations)}
        return report


def _of_the_same(before: _Chosen, now: _Chosen) -> bool:
    """Whether the rule books are still of the same schemes, each as it is, and are compared with the same ones."""
    return len(before) == len(now) and all(
        old.scheme == new.scheme and _says(was.against) == _says(only.against)
        for (old, was), (new, only) in zip(before, now, strict=True)
    )


def _says(book: RuleBook | None) -> tuple[object, ...]:
    """What two books have in common when they say the same."""
    return (book.scheme, book.hash) if book else ()


def _narrowed(
    files: frozenset[str], before: tuple[RuleBook, Selection] | None, book: RuleBook, only: Selection
) -> Selection | None:
    """The part of a selection that a change of these files concerns, or nothing; all of it where nothing was before."""
    if before is None:
        return only
    touched = concerned(before[0], book, files)
    keys = tuple(key for key in touched if not only.factors or key in only.factors)
    return replace(only, factors=keys) if keys else None


def _changes(asked: Asked) -> Iterator[frozenset[str]]:
    """Of each change the names of the files, rule files as rule books show them; at first, before any, none."""
    beside = filter(Path.exists, map(Path, parts_of_side(asked.against or "")))
    files = [*asked.packs, *(Path(one) for one in asked.rules if one.endswith(".jer")), *beside]
    known = _Known(Home(asked.own), {path.resolve(): str(path) for path in files})
    first = True
    with suppress(KeyboardInterrupt):
        # Folders, because an editor may put a new file in the place of the old one, and nobody would hear of that one.
        for changes in watch(
            *known.folders(), step=_SETTLING, recursive=False, rust_timeout=_LOOKING, yield_on_timeout=True
        ):
            names = frozenset(filter(None, (known.name(Path(path)) for _, path in changes)))
            if names or first:
                yield names
            first = False


@dataclass(frozen=True)
class _Known:
    """The files whose changes matter: those of the schemes at hand, and what the user named, by how it was named."""

    home: Home
    given: Mapping[Path, str]

    def folders(self) -> set[Path]:
        """The folders in which they are, or may come to be."""
        own = self.home.own
        rules = [folder("rules"), *([own / "rules"] if own else [])]
        within = {found.parent for place in rules for found in place.rglob("*.jer")}
        within |= {own, own / "rules", own / "rules" / PROCEDURES} if own else set()
        within |= {inside for path in self.given for inside in (path, path / "rules", path.parent)}
        return {place.resolve() for place in within if place.is_dir()}

    def name(self, path: Path) -> str:
        """What a changed file is called; nothing where it does not matter."""
        if path.resolve() in self.given or path in self.given:
            return self.given.get(path) or self.given[path.resolve()]
        if path.suffix == ".jer" and (found := self.home.of_file(path)):
            return found.shown
        among = {*self.given, *((self.home.own.resolve(),) if self.home.own else ())}
        matters = path.suffix == ".jer" or path.name in _OF_FOLDER
        return str(path) if matters and not among.isdisjoint((path.parent, path.parent.parent)) else ""
