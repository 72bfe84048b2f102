"""The schemes that arguments can mean: those that are shipped, and one in a folder of the user's."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from jerules.rulebook.load import load_rulebook
from jerules.rulebook.model import RuleBook
from jerules.scheme.load import load_own_scheme, load_scheme, scheme_names
from jerules.scheme.model import Scheme


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

    def book(self, name: str, packs: tuple[Path, ...] = ()) -> RuleBook:
        """The rule book of that scheme with ``packs`` on top."""
        return load_rulebook(name, packs, own=self._from(name))

    def holds(self, path: Path) -> bool:
        """Whether a file is one of the rule files in the user's folder."""
        return self.own is not None and path.resolve().parent == (self.own / "rules").resolve()

    def _from(self, name: str) -> Path | None:
        return self.own if name == self.its_own else None
