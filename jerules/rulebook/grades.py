"""Local grades: the totals that an authority's grades begin and end with."""

from __future__ import annotations

from collections.abc import Sequence

from jerules.language import tree as t
from jerules.rulebook import model as m
from jerules.rulebook.collect import Faults
from jerules.rulebook.declare import Head, agreed_of
from jerules.scheme.model import Scheme


def grades_of(found: Sequence[tuple[Head, t.Grade]], scheme: Scheme, faults: Faults) -> tuple[m.Grade, ...]:
    """The grades, the lowest first. They stand in one pack, and each begins where the one before it ends."""
    grades: list[m.Grade] = []
    told: set[str] = set()
    for head, statement in found:
        grade = m.Grade(
            statement.name.text,
            int(statement.low.text),
            int(statement.high.text),
            agreed_of(statement.agreed, faults),
            statement.place,
        )
        if _allowed(statement, head, scheme, faults) and _one_pack(statement, grades, told, faults):
            _in_place(statement, grade, grades, faults)
            grades.append(grade)
    return tuple(grades)


def grades_in(grades: Sequence[m.Grade], lowest: int, highest: int) -> tuple[m.Grade | None, ...]:
    """The grades that some total from ``lowest`` to ``highest`` falls into; None last where one has no grade.

    Nothing at all when there are no grades.
    """
    found: list[m.Grade | None] = [one for one in grades if one.low <= highest and one.high >= lowest]
    if grades and (lowest < grades[0].low or highest > grades[-1].high):
        found.append(None)
    return tuple(found)


def _allowed(statement: t.Grade, head: Head, scheme: Scheme, faults: Faults) -> bool:
    if head.pack is None:
        faults.add(
            "grade-outside-pack", "a grade is agreed locally, and this file is no pack",
            faults.start(statement.place), '`grade` in a file that says `pack "…"`', help="move it to a pack",
        )  # fmt: skip
    elif scheme.bands:
        faults.add(
            "contradicts-binding", f"{scheme.title} has bands of its own, which no local grade can replace",
            faults.start(statement.place), "no `grade`: the bands of the scheme are binding",
            help="leave the line out",
        )  # fmt: skip
    return head.pack is not None and not scheme.bands


def _one_pack(statement: t.Grade, before: Sequence[m.Grade], told: set[str], faults: Faults) -> bool:
    """Whether the grades before this one are of the same file; a file in which they are not is told of once."""
    if not before or before[0].place.file == statement.place.file:
        return True
    if statement.place.file not in told:
        told.add(statement.place.file)
        faults.add(
            "conflicting-grades", f"grades are agreed at {before[0].place} already", faults.start(statement.place),
            "the grades of one pack", help="load only one of the packs",
        )  # fmt: skip
    return False


def _in_place(statement: t.Grade, grade: m.Grade, before: Sequence[m.Grade], faults: Faults) -> None:
    """Check that a grade goes on where the one before it ends, has a name of its own, and is not empty."""
    if grade.high < grade.low:
        faults.add(
            "backwards", f"`{grade.high}` is below `{grade.low}`", statement.high.place,
            f"a total from {grade.low} on", help="put the lower of the two first",
        )  # fmt: skip
    for other in before:
        if other.name.casefold() == grade.name.casefold():
            faults.add(
                "duplicate", f"the grade `{grade.name}` stands at {other.place} already", statement.name.place,
                "a name of its own", help="rename or remove one of them",
            )  # fmt: skip
    last = before[-1] if before else None
    if last and last.low <= last.high and grade.low != last.high + 1:
        gap = grade.low > last.high
        said = f"no grade has the totals from {last.high + 1} to {grade.low - 1}" if gap else (
            f"`{grade.low}` does not go on from `{last.name}`, which ends at {last.high} ({last.place})"
        )  # fmt: skip
        faults.add(
            "broken-grades", said, statement.low.place, f"`{last.high + 1}`",
            help="write the grades from the lowest to the highest, each from the point after the one before it",
        )  # fmt: skip
