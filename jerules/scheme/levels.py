"""Reading levels as people write them, against the factors of a scheme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from jerules.faults import Fault, Faulty, Place, listed
from jerules.scheme.model import Factor, Level, Position, Scheme
from jerules.scheme.shape import of, quoted

_ORIGIN = "levels"
_UNKNOWN = "?"


def position_of(factor: Factor, text: str) -> Position:
    """The position that ``text`` names on ``factor``: ``3``, ``3c`` or ``3(c)``.

    Raises :class:`Faulty` with one fault without a place (the caller knows where the text stood): ``not-a-level``,
    ``level-out-of-range``, ``no-options``, ``unknown-option`` or ``no-levels``.
    """
    if not factor.levels:
        raise Faulty([no_levels([factor])])
    try:
        position = Position.read(text)
    except ValueError:
        message = f"{quoted(text.strip())} is not a level of factor {factor.number}"
        raise Faulty([Fault("not-a-level", message, expected=_levels_of(factor))]) from None
    level = factor.level(position.level)
    if level is None:
        message = f"factor {factor.number} has {of(len(factor.levels), 'level')}, and no level {position.level}"
        raise Faulty([Fault("level-out-of-range", message, expected=_levels_of(factor))])
    if position.option is not None and position.option not in level.options:
        raise Faulty([_stray_letter(factor, level, position.option)])
    return position


def no_levels(factors: Sequence[Factor]) -> Fault:
    """The fault of asking for a level of factors (none named: of any) without level definitions; it has no place."""
    named = ", ".join(str(factor.number) for factor in factors)
    of_ = f"factor{'' if len(factors) == 1 else 's'} {named}" if factors else "any factor"
    message = f"no level definitions are loaded for {of_}"
    help_ = "load a folder that has them with `--scheme-from`; `jerules scheme new` makes one to fill in"
    return Fault("no-levels", message, help=help_)


def _levels_of(factor: Factor) -> str:
    top = factor.levels[-1]
    lettered = next((level for level in factor.levels if level.options), None)
    example = (
        f", with a letter where the level has options, such as `{lettered.number}({lettered.options[0]})`"
        if lettered
        else ""
    )
    return f"a level from 1 to {top.number}{example}"


def _stray_letter(factor: Factor, level: Level, letter: str) -> Fault:
    if not level.options:
        message = f"level {level.number} of factor {factor.number} has no options, so no `{letter}`"
        return Fault("no-options", message, expected=f"`{level.number}`")
    message = f"level {level.number} of factor {factor.number} has no option `{letter}`"
    return Fault("unknown-option", message, expected=listed(level.options))


def read_levels(scheme: Scheme, text: str) -> tuple[Position | None, ...]:
    """One position per factor, in the scheme's order, from text such as ``5,5,3(c),2,…``; ``?`` is a level not known.

    Raises :class:`Faulty` with every mistake in the text; their places count characters in the text, from 1. Of a
    scheme that lacks level definitions nothing can be read: the fault says so.
    """
    if scheme.unlevelled:
        raise Faulty([no_levels(scheme.unlevelled if scheme.unlevelled != scheme.factors else ())])
    line = "".join(letter if letter.isprintable() else " " for letter in text)
    parts = _parts(line)
    faults: list[Fault] = []
    positions: list[Position | None] = []
    for factor, (column, part) in zip(scheme.factors, parts, strict=False):
        place = Place(_ORIGIN, 1, column, 1, column + max(1, len(part)))
        if part == _UNKNOWN:
            positions.append(None)
        elif not part:
            faults.append(_empty(factor, place, line))
        else:
            try:
                positions.append(position_of(factor, part))
            except Faulty as faulty:
                faults += (replace(fault, place=place, line_text=line) for fault in faulty.faults)
    if len(parts) != len(scheme.factors):
        faults.append(_wrong_count(scheme, parts, line))
    if faults:
        raise Faulty(faults)
    return tuple(positions)


def _parts(line: str) -> list[tuple[int, str]]:
    """The text between the commas without its blanks, each with the column it starts at."""
    parts: list[tuple[int, str]] = []
    start = 0
    if not line.strip():
        return parts
    for piece in line.split(","):
        inset = len(piece) - len(piece.lstrip()) if piece.strip() else 0
        parts.append((start + inset + 1, piece.strip()))
        start += len(piece) + 1
    return parts


def _empty(factor: Factor, place: Place, line: str) -> Fault:
    return Fault(
        "empty-level",
        f"there is no level for factor {factor.number} {factor.title}",
        place,
        expected=_levels_of(factor),
        help=f"write `{_UNKNOWN}` where the level is not known",
        line_text=line,
    )


def _wrong_count(scheme: Scheme, parts: Sequence[tuple[int, str]], line: str) -> Fault:
    wanted, given = len(scheme.factors), len(parts)
    needs = f"scheme `{scheme.id}` has {of(wanted, 'factor')}"
    if given > wanted:
        column = parts[wanted][0]
        return Fault(
            "too-many-levels",
            f"{of(given, 'level')} given, and {needs}",
            Place(_ORIGIN, 1, column, 1, max(column, len(line)) + 1),
            expected=of(wanted, "level"),
            help=f"the last factor is {_named(scheme.factors[-1])}",
            line_text=line,
        )
    column = len(line) + 1
    missing = "; ".join(_named(factor) for factor in scheme.factors[given:])
    return Fault(
        "too-few-levels",
        f"{of(given, 'level')} given, and {needs}",
        Place(_ORIGIN, 1, column, 1, column + 1),
        expected=of(wanted, "level"),
        help=f"missing: {missing} (write `{_UNKNOWN}` where the level is not known)",
        line_text=line,
    )


def _named(factor: Factor) -> str:
    return f"{factor.number} {factor.title}"
