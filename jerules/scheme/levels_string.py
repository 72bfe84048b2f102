"""Level strings, as profiles write them: which levels of a factor, and through which options, fit.

The forms, with what they are taken to mean:

* ``3`` – level 3, through whatever option it is met.
* ``3c``, ``3(c)`` – level 3 through option c.
* ``5ac`` – level 5 through option a or option c. *Read here as "any one of them"*: whoever meets one fits.
* ``1-3`` – any level from 1 to 3, each through whatever option.
* ``1-2acd``, ``2-3ab`` – a range whose top level is met through one of the options named. *The letters are read as
  belonging to the level they follow, and to no other*: level 1 of the first is met through any option.
* ``1-2b-3c4b``, ``1-2b-3c-4b`` – one option at each level; the dash may be left out after a letter.
* ``2a-4b`` – the levels at both ends as they are written, level 3 through whatever option.

All of it says what fits, and a level string with every option of a level fits just what the bare level fits. The
readings in italics are ours: the published notation is not defined in the document that the scheme follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jerules.faults import Fault, Faulty, Place, listed
from jerules.scheme.model import Factor, Level, Position
from jerules.scheme.shape import of, quoted

_ORIGIN = "levels"
_TOKEN = re.compile(
    r"(?P<number>[0-9]+)|(?P<letter>[A-Za-z])|(?P<dash>[-\N{EN DASH}])|(?P<open>\()|(?P<close>\))|(?P<between>[,;])"
    r"|(?P<blank>\s)|(?P<other>.)",
    re.DOTALL,
)
_DIGITS = 2
_EXAMPLE = "such as `3`, `5ac`, `1-2acd` or `1-2b-3c-4b`"


@dataclass(frozen=True, slots=True)
class Fitting:
    """One level that fits; ``options`` are the letters it must be met through (one of them), empty for any."""

    level: int
    options: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.level}{''.join(self.options)}"


@dataclass(frozen=True, slots=True)
class LevelRange:
    """The levels of one factor that fit, from the lowest to the highest without a hole, each once."""

    fittings: tuple[Fitting, ...]

    @property
    def lowest(self) -> int:
        """The lowest level that fits."""
        return self.fittings[0].level

    @property
    def highest(self) -> int:
        """The highest level that fits."""
        return self.fittings[-1].level

    def at(self, level: int) -> Fitting | None:
        """What is asked at a level, or nothing when the level lies outside."""
        return self.fittings[level - self.lowest] if self.lowest <= level <= self.highest else None

    def steps_outside(self, level: int) -> int:
        """How many levels above the highest (positive) or below the lowest (negative) a level lies; 0 within."""
        return max(level - self.highest, 0) + min(level - self.lowest, 0)

    def nearest(self, level: int) -> int:
        """The level within that is nearest to ``level``."""
        return min(max(level, self.lowest), self.highest)

    def alternatives(self, factor: Factor) -> tuple[Position, ...]:
        """Every level and option of ``factor`` that fits, in order; a level that has no options stands without one."""
        return tuple(position for fitting in self.fittings for position in _positions(factor, fitting))

    def __str__(self) -> str:
        """The one form that is printed; read again it gives the same range."""
        ends = (self.lowest, self.highest)  # a bare level between them goes without saying: the dash stands for it
        return "-".join(str(fitting) for fitting in self.fittings if fitting.options or fitting.level in ends)


def _positions(factor: Factor, fitting: Fitting) -> Iterator[Position]:
    level = factor.level(fitting.level)
    options = fitting.options or (level.options if level else ())
    if not options:
        yield Position(fitting.level)
    for option in options:
        yield Position(fitting.level, option)


@dataclass(slots=True)
class _Item:
    """A level as written: its number, the dash before it, and its letters, each with the column it stands at."""

    number: str
    column: int
    dash: bool
    letters: list[tuple[str, int]]


def read_level_range(factor: Factor, text: str) -> LevelRange:
    """The levels that ``text`` says fit on ``factor``; blanks and capitals do not matter.

    Raises :class:`Faulty` with every mistake; their places count characters in the text, from 1. The codes:
    ``empty-level``, ``not-a-level``, ``level-missing``, ``bracket``, ``level-out-of-range``, ``no-options``,
    ``unknown-option``, ``duplicate-letter``, ``repeated-level``, ``falling-range``, ``dash-missing``.
    """
    reader = _Reader(factor, "".join(letter if letter.isprintable() else " " for letter in text))
    items = reader.items()
    found = reader.fittings(items)
    if reader.faults:
        raise Faulty(reader.faults)
    return LevelRange(found)


class _Reader:
    """Takes one level string apart and collects what is wrong with it."""

    def __init__(self, factor: Factor, text: str) -> None:
        self.factor = factor
        self.text = text
        self.faults: list[Fault] = []
        self.strayed = False  # past a character that has no place here, nothing is said of dashes

    def fault(self, code: str, message: str, column: int, width: int = 1, *, expected: str = "") -> None:
        place = Place(_ORIGIN, 1, column, 1, column + width)
        self.faults.append(Fault(code, message, place, expected, line_text=self.text))

    # ── the pieces ───────────────────────────────────────────────────────────────────────────────────────────────

    def items(self) -> list[_Item]:
        found: list[_Item] = []
        dash = opened = 0  # the columns of a dash or a bracket that waits for its other half
        for token in _TOKEN.finditer(self.text):
            kind, column = token.lastgroup, token.start() + 1
            if kind == "number":
                found.append(_Item(token[0], column, bool(dash), []))
                dash = 0
            elif kind == "letter":
                self._letter(found, token[0], column, dash)
            elif kind == "dash":
                self._dash(found, column, dash)
                dash = column
            elif kind == "open" and found and not opened and not found[-1].letters and not dash:
                opened = column
            elif kind == "close" and opened and found[-1].letters:
                opened = 0
            elif kind in ("open", "close"):
                self.fault("bracket", f"the bracket `{token[0]}` does not belong here", column)
            elif kind == "other" or (kind == "between" and not opened):
                self.fault("not-a-level", f"`{token[0]}` has no place in a level string", column, expected=_EXAMPLE)
                self.strayed = True
        self._end(found, opened, dash)
        return found

    def _end(self, found: list[_Item], opened: int, dash: int) -> None:
        if opened:
            self.fault("bracket", "the bracket `(` is never closed", opened)
        if dash and found:
            self.fault("level-missing", "no level follows the dash", dash, expected=self._levels())
        if not found and not self.faults:
            message = f"there is no level for factor {self.factor.number} {self.factor.title}"
            self.fault("empty-level", message, 1, max(1, len(self.text)), expected=self._levels())

    def _letter(self, found: list[_Item], letter: str, column: int, dash: int) -> None:
        if not found or dash:
            message = f"the letter `{letter}` has no level in front of it"
            self.fault("level-missing", message, column, expected=self._levels())
        elif letter.lower() in (known for known, _ in found[-1].letters):
            self.fault("duplicate-letter", f"the letter `{letter.lower()}` stands twice", column)
        else:
            found[-1].letters.append((letter.lower(), column))

    def _dash(self, found: list[_Item], column: int, dash: int) -> None:
        if not found or dash:
            self.fault("level-missing", "no level stands in front of the dash", column, expected=self._levels())

    # ── what they mean ───────────────────────────────────────────────────────────────────────────────────────────

    def fittings(self, items: list[_Item]) -> tuple[Fitting, ...]:
        found: list[Fitting] = []
        before: _Item | None = None
        for item in items:
            level = self._level(item)
            if level is None:
                continue
            options = self._options(level, item)
            if before and self._follows(before, item):
                found += (Fitting(between) for between in range(int(before.number) + 1, level.number))
            found.append(Fitting(level.number, options))
            before = item
        return tuple(found)

    def _level(self, item: _Item) -> Level | None:
        number = int(item.number) if len(item.number) <= _DIGITS else 0
        level = self.factor.level(number)
        if level is None:
            count = of(len(self.factor.levels), "level")
            message = f"factor {self.factor.number} has {count}, and no level {quoted(item.number)}"
            self.fault("level-out-of-range", message, item.column, len(item.number), expected=self._levels())
        return level

    def _options(self, level: Level, item: _Item) -> tuple[str, ...]:
        where = f"level {level.number} of factor {self.factor.number}"
        for letter, column in item.letters:
            if not level.options:
                message = f"{where} has no options, so no `{letter}`"
                self.fault("no-options", message, column, expected=f"`{level.number}`")
            elif letter not in level.options:
                message = f"{where} has no option `{letter}`"
                self.fault("unknown-option", message, column, expected=listed(level.options))
        letters = tuple(sorted(letter for letter, _ in item.letters))
        return () if letters == tuple(sorted(level.options)) else letters

    def _follows(self, before: _Item, item: _Item) -> bool:
        """Whether a level may stand behind the one before it; if not, that is a fault."""
        low, high, column, width = int(before.number), int(item.number), item.column, len(item.number)
        if high == low:
            together = f"its letters together, such as `{high}ab`"
            self.fault("repeated-level", f"level {high} stands twice", column, width, expected=together)
        elif high < low:
            message = f"level {high} follows level {low}: the levels of a range rise"
            self.fault("falling-range", message, column, width)
        elif not (item.dash or self.strayed) and (high > low + 1 or not before.letters):
            message = f"level {low} is followed by level {high} without a dash"
            self.fault("dash-missing", message, column, width, expected=f"`-` before it, for every level up to {high}")
        else:
            return True
        return False

    def _levels(self) -> str:
        return f"a level from 1 to {self.factor.levels[-1].number}"
