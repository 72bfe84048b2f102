"""Which sort of file somebody gave: a job, a case, a profile, a rule file, a pack, a scheme, or what jerules wrote."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from jerules.documents.text import STANDARD_INPUT, STDIN, Source
from jerules.faults import Faulty


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of file: what it is, and what to do with one (``{0}`` for its name, ``{1}`` for its folder)."""

    what: str
    help: str


JOB: Final = Sort("a job", "work it out with `jerules evaluate {0}`")
CASE: Final = Sort("a case", "follow it with `jerules procedure {0}`")
PROFILE: Final = Sort("a profile", "compare a job with it: `jerules match JOB {0}`")
PACK: Final = Sort("a pack", "look at it with `jerules pack {0}`, or put it on top of the rules with `--with {0}`")
RULES: Final = Sort("a rule file", "run its examples with `jerules test {0}`, or check it with `jerules check {0}`")
SCHEME: Final = Sort("a scheme", "look at it with `jerules scheme check {1}`, or use it with `--scheme-from {1}`")
WRITTEN: Final = Sort("what jerules wrote", "give the file that it was made from")

_FORMS: Final = {"job": JOB, "case": CASE, "profile": PROFILE}
# A key of the whole file stands in the first column of YAML; in JSON, behind the first bracket. What is said stands in
# the group `said`, to be pointed at.
_FORM: Final = re.compile(
    r"(?:^|\A\s*\{\s*)[\"']?jerules[\"']?\s*:\s*[\"']?(?P<said>(?P<form>job|case|profile)/\w*)", re.MULTILINE
)
_WRITTEN: Final = re.compile(r"\A\s*(?:\[\s*)?\{\s*\"format\"\s*:\s*\"(?P<said>jerules\.[a-z]+/\w*)")
_PACK: Final = re.compile(r"^(?P<said>pack)\b", re.MULTILINE)
_RULES: Final = re.compile(
    r"\A(?:\s*(?:#.*)?\n)*(?P<said>(?:scheme|factor|tool|procedure|pack|status)[ \t]+[a-z0-9_\"]+)"
)
_SCHEME: Final = re.compile(r"^(?P<said>factors)\s*:\s*$", re.MULTILINE)


def refuse(source: Source, *wanted: Sort) -> None:
    """Raise :class:`Faulty` where a file is known to be of another sort than those that are wanted.

    What cannot be told is left to whoever reads the file.
    """
    found = _sort_of(source)
    if found is None or found[0] in wanted:
        return
    sort, said = found
    path = Path(source.name)
    name, folder = (STDIN, ".") if source.name == STANDARD_INPUT else (str(path), str(path.parent))
    message = f"this is {sort.what}, and {wanted[0].what} is wanted here"
    place = source.place_at(*(said.span("said") if said else (0, 0)))
    help_ = sort.help.format(name, folder)
    raise Faulty([source.fault("wrong-sort", message, place, expected=wanted[0].what, help=help_)])


def _sort_of(source: Source) -> tuple[Sort, re.Match[str] | None] | None:
    """The sort of a file, and where it says so; nothing where it does not say."""
    text = source.text
    if said := _FORM.search(text):
        return _FORMS[said["form"]], said
    if said := _WRITTEN.search(text):
        return WRITTEN, said
    said = _RULES.search(text)
    if said or source.name.endswith(".jer"):
        pack = _PACK.search(text)
        return (PACK, pack) if pack else (RULES, said)
    said = _SCHEME.search(text)
    return (SCHEME, said) if said else None
