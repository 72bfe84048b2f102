"""What there is to say beside a score: the local grade, and the checks of the whole job."""

from __future__ import annotations

from collections.abc import Sequence

from jerules.explain.cross_checks import tell_check
from jerules.explain.outcome import CrossChecked
from jerules.report import words
from jerules.report.json import checks_json, grades_json
from jerules.report.sheet import grade_line
from jerules.rulebook.model import Grade


def beside_lines(grades: Sequence[Grade | None], checks: Sequence[CrossChecked]) -> list[str]:
    """The local grade in a sentence, and each check with what is to be done where it is not met."""
    told = [tell_check(check) for check in checks]
    grade = grade_line(grades)
    found = [" ".join((f"{words.check_says(check)}.", *check.remarks)) for check in told]
    return [*((grade,) if grade else ()), *found]


def beside_json(grades: Sequence[Grade | None], checks: Sequence[CrossChecked]) -> dict[str, object]:
    """The same as plain values."""
    return {"grades": grades_json(grades), "cross_checks": checks_json(checks)}
