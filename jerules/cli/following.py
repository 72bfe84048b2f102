"""``jerules check --watch``: check again, as often as a rule file is saved, what the change concerns."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from jerules.cli import told
from jerules.cli.checking import Asked
from jerules.cli.home import Home
from jerules.cli.shared import proving
from jerules.faults import Fault, Faulty
from jerules.resources import folder
from jerules.rulebook.load import forget
from jerules.rulebook.model import RuleBook
from jerules.verify.concerned import concerned
from jerules.verify.run import Report, Selection

with proving():
    from watchfiles import watch

_SETTLING: Final = 50
"""An editor may write a file in several steps; so many milliseconds without another one, and it has saved."""
_WAITING: Final = "Waiting for a change; Ctrl-C ends."


def only_on_screen(options: Mapping[str, bool]) -> None:
    """Raise :class:`Faulty` for each of these options that was given, and says where else the result should go."""
    wrong = [name for name, given in options.items() if given]
    message = "`--watch` writes to the screen each time anew, and"
    if wrong:
        help_ = "leave one of the two out"
        raise Faulty(Fault("watch-and-write", f"{message} cannot go with `{name}`", help=help_) for name in wrong)


def follow(asked: Asked, written: Callable[[list[Report]], str]) -> bool:
    """Check what was asked, then what each change concerns, until the user ends it.

    Args:
        asked: the rules and the checks.
        written: makes of reports what the screen shows.

    Returns:
        Whether the last report of each rule book was clean.

    """
    before: list[tuple[RuleBook, Selection]] = []
    clean: dict[int, bool] = {}
    for files in _changes(asked):
        begun = time.perf_counter()
        forget()
        try:
            now = asked.selections()
        except Faulty as faulty:
            _say(f"{told(faulty.faults)}\n\n{_WAITING}")
            continue
        narrowed = [_narrowed(files, before[place][0] if before else None, *one) for place, one in enumerate(now)]
        reports = {place: asked.report(*one) for place, one in enumerate(narrowed) if one is not None}
        before = now
        clean |= {place: report.clean for place, report in reports.items()}
        if reports:
            print(written([*reports.values()]), flush=True)  # noqa: T201 - the result
        _say(f"Checked in {time.perf_counter() - begun:.1f} s. {_WAITING}")
    return all(clean.values())


def _narrowed(
    files: frozenset[str], before: RuleBook | None, book: RuleBook, only: Selection
) -> tuple[RuleBook, Selection] | None:
    """The part of a selection that a change of these files concerns, or nothing; all of it where nothing was before."""
    if before is None:
        return book, only
    touched = concerned(before, book, files)
    keys = tuple(key for key in touched if not only.factors or key in only.factors)
    return (book, replace(only, factors=keys)) if keys else None


def _changes(asked: Asked) -> Iterator[frozenset[str]]:
    """Of each change the names of the rule files as rule books show them; at first, before any, none."""
    yield frozenset()
    home = Home(asked.own)
    given = {path.resolve(): str(path) for path in (*asked.packs, *map(Path, asked.rules)) if path.suffix == ".jer"}
    rules = [folder("rules"), *([asked.own / "rules"] if asked.own else [])]
    within = {found.parent for place in rules for found in place.rglob("*.jer")}
    with suppress(KeyboardInterrupt):
        # Folders, because an editor may put a new file in the place of the old one, and nobody would hear of that one.
        for changes in watch(*within, *{path.parent for path in given}, step=_SETTLING, recursive=False):
            paths = {Path(path) for _, path in changes if path.endswith(".jer")}
            names = {known.shown if (known := home.of_file(path)) else given.get(path, "") for path in paths} - {""}
            if names:
                yield frozenset(names)


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
