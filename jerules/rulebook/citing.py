"""What a statement rests on: levels checked against the scheme, and citations made into stable identifiers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from jerules.faults import listed
from jerules.language import tree as t
from jerules.rulebook import model as m
from jerules.rulebook.collect import Faults
from jerules.rulebook.declare import Head
from jerules.scheme.model import Factor, Position, Scheme


@dataclass(frozen=True, slots=True)
class Within:
    """What surrounds a statement: the head of its file, and the interpretation it stands in."""

    head: Head
    status: m.Status
    interpretation: t.Interpretation | None = None
    on: bool = True

    @property
    def note(self) -> str:
        """The identifier of the interpretation; empty outside one."""
        return self.interpretation.note.text if self.interpretation else ""


class Guidance:
    """The scheme as rules point into it."""

    def __init__(self, scheme: Scheme, faults: Faults) -> None:
        self.scheme = scheme
        self.faults = faults

    # ── levels and factors ───────────────────────────────────────────────────────────────────────────────────────

    def position(self, word: t.Word, head: Head) -> Position | None:
        """The level of that name, if the factor has it; a tool has whatever levels its rules give."""
        try:
            position = Position.read(word.text)
        except ValueError as error:
            self.faults.add("unknown-level", str(error), word.place, "a level such as `3(c)`", help="correct the level")
            return None
        factor = self.scheme.factor(head.number) if head.number is not None else None
        if factor is None:
            return position
        return factor.marked(position) if self._has(factor, position, word) else None

    def whole_level(self, word: t.Word, head: Head) -> int | None:
        """A level without an option, as floors and caps speak of."""
        position = self.position(word, head)
        if position and position.option:
            self.faults.add(
                "option-not-level", f"`{word}` is one option of level {position.level}", word.place,
                f"`{position.level}`", str(position.level), "floors and caps speak of whole levels",
            )  # fmt: skip
            return None
        return position.level if position else None

    def two(self, first: t.Word, second: t.Word, head: Head) -> tuple[Position, Position] | None:
        """Two different levels, in any order."""
        found = self.position(first, head), self.position(second, head)
        if found[0] is None or found[1] is None:
            return None
        if found[0] == found[1]:
            self.faults.add(
                "same-level", f"`{found[1]}` is named twice", second.place, "two different levels",
                help="correct one of the two, or write a `level` rule",
            )  # fmt: skip
            return None
        return found[0], found[1]

    def rising(self, low: t.Word, high: t.Word, head: Head) -> tuple[Position, Position] | None:
        """Two different levels of which the first is not the higher."""
        found = self.two(low, high, head)
        if found and found[0].level > found[1].level:
            self.faults.add(
                "backwards", f"`{found[1]}` is below `{found[0]}`", high.place, f"a level above `{found[0]}`",
                help="put the lower of the two first",
            )  # fmt: skip
            return None
        return found

    def factor(self, word: t.Word) -> str | None:
        """The key of the factor of that number."""
        factor = self.scheme.factor(int(word.text))
        if factor is None:
            self._no_factor(word)
            return None
        return str(factor.number)

    def _no_factor(self, word: t.Word) -> None:
        self.faults.add(
            "unknown-factor", f"{self.scheme.title} has no factor {word}", word.place,
            f"a number from 1 to {len(self.scheme.factors)}", help="correct the number",
        )  # fmt: skip

    def _has(self, factor: Factor, position: Position, word: t.Word) -> bool:
        level = factor.level(position.level)
        if not factor.levels:
            self.faults.add(
                "no-levels", f"no level definitions are loaded for factor {factor.number}", word.place,
                "a rule that speaks of no level",
                help="load a folder that has them with `--scheme-from`, or enter them in the scheme's file",
            )  # fmt: skip
            return False
        if level is None:
            self.faults.add(
                "unknown-level", f"factor {factor.number} has no level {position.level}", word.place,
                f"a level from 1 to {len(factor.levels)}", help="correct the level",
            )  # fmt: skip
            return False
        if position.option and position.option not in level.options:
            known = [f"{level.number}({letter})" for letter in level.options]
            self.faults.add(
                "unknown-level", f"level {level.number} of factor {factor.number} has no option `{position.option}`",
                word.place, listed(known) if known else f"`{level.number}`: the level has no options",
                "" if known else str(level.number), "correct the letter" if known else f"write `{level.number}`",
            )  # fmt: skip
            return False
        return True

    # ── citations ────────────────────────────────────────────────────────────────────────────────────────────────

    def source(self, statement: t.Statement, clauses: t.Clauses, within: Within, *, must_cite: bool = True) -> m.Source:
        """What a statement rests on; what stands in an interpretation rests on its citations unless it has its own."""
        cites = clauses.cites
        around = within.interpretation
        if not cites and around and around is not statement:
            cites = around.cites  # when it has none either, that is its own fault and not this statement's
        elif not cites and must_cite and not self.faults.lacks_a_part(statement.place):
            self.faults.add(
                "no-citation", "this statement cites no place in the guidance", self.faults.start(statement.place),
                '`cites level …`, `cites note "…"` or the like', help="add where in the guidance it is said",
            )  # fmt: skip
        found = tuple(citation for cite in cites if (citation := self.citation(cite, within.head)))
        return m.Source(found, within.status, within.note, statement.place)

    def citation(self, cite: t.Citation, head: Head) -> m.Citation | None:
        """The identifier `scheme/edition/part/factor/paragraph`, and the words that a panel sees."""
        edition = self.scheme.edition
        if cite.kind in {"chapter", "part", "appendix", "section"}:
            words = f"{cite.kind} {cite.target}" + (f" paragraph {cite.paragraph}" if cite.paragraph else "")
            return self._cited(f"{cite.kind}-{cite.target}", "general", cite.paragraph or "all", words)
        number = head.number if cite.factor is None else cite.factor
        factor = self.scheme.factor(number) if number is not None else None
        if cite.factor is not None and factor is None:
            self._no_factor(t.Word(str(cite.factor), cite.place))
            return None
        home = f"factor-{factor.number}" if factor else head.factor or "general"
        before = f"factor {number}, " if cite.factor not in (None, head.number) else ""
        paragraph, words = _paragraph(cite)
        if cite.factor is None and head.number is None and cite.kind in {"level", "definition"}:
            words = f"level {cite.target} of the tool" if cite.kind == "level" else "introduction of the tool"
        if cite.kind == "level" and factor:
            if not self._cites_a_level(factor, cite):
                return None
            words = f"level {factor.marked(Position.read(cite.target)).shown}"
        return self._cited(slug(edition.factors_in), home, paragraph, before + words)

    def _cites_a_level(self, factor: Factor, cite: t.Citation) -> bool:
        word = t.Word(cite.target, cite.place)
        try:
            return self._has(factor, Position.read(cite.target), word)
        except ValueError as error:
            self.faults.add("unknown-level", str(error), word.place, "a level such as `3(c)`", help="correct the level")
            return False

    def _cited(self, part: str, factor: str, paragraph: str, words: str) -> m.Citation:
        return m.Citation(f"{self.scheme.id}/{self.scheme.edition.id}/{part}/{factor}/{paragraph}", words)


@lru_cache(maxsize=4096)
def slug(words: str) -> str:
    """Words as they stand in an identifier: small letters and digits, joined by `-`, dots inside numbers kept."""
    return "-".join(re.findall(r"[^\W_]+(?:\.[0-9]+)*", words.lower()))


def _paragraph(cite: t.Citation) -> tuple[str, str]:
    """The last part of the identifier, and the words for a panel."""
    match cite.kind:
        case "level":
            return f"level-{cite.target.replace('(', '').replace(')', '')}", f"level {cite.target}"
        case "note":
            return f"note-{slug(cite.target)}", f"note: {cite.target}"
        case "guidance":
            return f"guidance-{cite.target}", f"guidance {cite.target}"
    return "definition", "definition of the factor"
