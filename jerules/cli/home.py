"""The schemes that arguments can mean: those that are shipped, and one in a folder of the user's."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from jerules.resources import folder
from jerules.rulebook.load import PROCEDURES, load_procedures, load_rulebook, own_rules
from jerules.rulebook.model import RuleBook
from jerules.scheme.load import load_own_scheme, load_scheme, scheme_names
from jerules.scheme.model import Scheme


class InBook(NamedTuple):
    """A file of a rule book at hand: whose scheme's, whether among the procedures, and the name it is shown under."""

    scheme: str
    procedure: bool
    shown: str


@dataclass(frozen=True, slots=True)
class Home:
    """The schemes at hand; ``own`` is the user's folder, if any: its scheme takes the place of a namesake."""

    own: Path | None = None

    @property
    def its_own(self) -> str:
        """The name of the scheme in the user's folder; empty without one."""
        return load_own_scheme(self.own).id if self.own else ""

    @property
    def names(self) -> tuple[str, ...]:
        """Every name, in alphabetical order."""
        return tuple(sorted({*scheme_names(), *filter(None, (self.its_own,))}))

    def scheme(self, name: str) -> Scheme:
        """The scheme of that name."""
        return load_scheme(name, self._from(name))

    def book(self, name: str, packs: tuple[Path, ...] = (), *, examples: bool = True) -> RuleBook:
        """The rule book of that scheme with ``packs`` on top."""
        return load_rulebook(name, packs, examples=examples, own=self._from(name))

    def procedures(self, name: str, packs: tuple[Path, ...] = (), *, examples: bool = True) -> RuleBook:
        """The procedures of that scheme with ``packs`` on top."""
        return load_procedures(name, packs, examples=examples, own=self._from(name))

    def adds_none(self, name: str) -> bool:
        """Whether that scheme is the user's own and there are no procedures beside its rules."""
        return self.own is not None and name == self.its_own and not own_rules(self.own, PROCEDURES)

    def of_file(self, path: Path) -> InBook | None:
        """Where a rule file belongs that is shipped, or that is in the user's folder; nothing for any other."""
        home = path.resolve().parent
        procedure = home.name == PROCEDURES
        home = home.parent if procedure else home
        if self.own is not None and home == (self.own / "rules").resolve():
            inside = self.own / "rules" / PROCEDURES if procedure else self.own / "rules"
            return InBook(self.its_own, procedure, str(inside / path.name))
        if home.parent == folder("rules").resolve() and home.name in scheme_names():
            within = f"rules/{home.name}/{PROCEDURES}" if procedure else f"rules/{home.name}"
            return InBook(home.name, procedure, f"{within}/{path.name}")
        return None

    def _from(self, name: str) -> Path | None:
        return self.own if name == self.its_own else None
