"""Cross-checks of a rule book: what the levels of a job must meet together."""

from __future__ import annotations

from collections.abc import Iterable

from jerules.language import tree as t
from jerules.rulebook import model as m
from jerules.rulebook.citing import Guidance, Within
from jerules.rulebook.declare import Head


def cross_checks_of(files: Iterable[tuple[t.RuleFile, Head]], guidance: Guidance) -> tuple[m.CrossCheck, ...]:
    """The cross-checks of all files; one that is at fault is left out."""
    found: list[m.CrossCheck] = []
    for file, head in files:
        for statement in file.statements:
            if isinstance(statement, t.CrossCheck) and (check := _one(statement, head, guidance, len(found))):
                found.append(check)
    return tuple(found)


def _one(statement: t.CrossCheck, head: Head, guidance: Guidance, before: int) -> m.CrossCheck | None:
    faults = guidance.faults
    asks, advice, because = statement.clauses.asks, statement.clauses.help, statement.clauses.because
    source = guidance.source(statement, statement.clauses, Within(head, head.status))
    keys = [guidance.factor(word) for word in statement.factors]
    if asks is None:
        faults.add(
            "no-question", "the panel is not told what to do when the check is not met",
            faults.start(statement.place), '`asks "…"`', help="add what the panel should look for",
        )  # fmt: skip
    numbers = [int(key) for key in keys if key is not None]
    if len(numbers) < len(keys) or not _possible(statement, numbers, guidance) or asks is None:
        return None
    return m.CrossCheck(
        f"{guidance.scheme.id}/all/cross check{f' #{before + 1}' if before else ''}",
        statement.title.text,
        int(statement.above.text),
        int(statement.number.text),
        tuple(numbers),
        asks.text,
        advice.text if advice else "",
        because.text if because else "",
        source,
    )


def _possible(statement: t.CrossCheck, numbers: list[int], guidance: Guidance) -> bool:
    """Whether a job can meet the check and can fail it; a check that says nothing is a fault."""
    faults, above, number = guidance.faults, statement.above, statement.number
    for word, factor in zip(statement.factors, numbers, strict=True):
        if numbers.count(factor) > 1:
            faults.add(
                "duplicate", f"factor {factor} is named twice", word.place, "each factor once",
                help="remove one of them",
            )  # fmt: skip
            return False
    if not 1 <= int(number.text) <= len(numbers):
        faults.add(
            "no-such-number", f"{number} of {len(numbers)} factors cannot be met, or is always met", number.place,
            f"a number from 1 to {len(numbers)}", help="correct the number",
        )  # fmt: skip
        return False
    found = [guidance.scheme.factor(factor) for factor in numbers]
    highest = min(len(factor.levels) for factor in found if factor)
    if not 1 <= int(above.text) < highest:
        faults.add(
            "unknown-level", f"not every one of these factors has levels above {above}", above.place,
            f"a level from 1 to {highest - 1}", help="correct the level",
        )  # fmt: skip
        return False
    return True
