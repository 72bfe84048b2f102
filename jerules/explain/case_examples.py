"""What the example of a procedure must give, what it gives, and both in words."""

from __future__ import annotations

from datetime import date

from jerules.engine.procedure import Deadline, Standing
from jerules.engine.truth import NO, UNKNOWN, YES
from jerules.explain.phrases import joined
from jerules.rulebook import model as m
from jerules.rulebook.procedure import Grounds, Needs, Routes, Takes

_GROUNDS = {"ground": YES, "no_ground": NO, "open_ground": UNKNOWN}


def met(expected: m.Expected, standing: Standing, example: m.Example) -> bool:  # noqa: PLR0911 - one case a kind
    """Whether a case stands as its example says."""
    match expected.kind:
        case "complete" | "missing":
            return missing(standing) == set(expected.names)
        case "step":
            return expected.names[0] in {name for name, _ in _steps(standing)}
        case "by" | "between":
            return (expected.names[0], expected.days) in {(name, _limits(due)) for name, due in _steps(standing)}
        case "effective":
            return expected.days[0] in _effective(standing)
        case "route":
            return expected.query in _routes(standing)
        case "query":
            return expected.query in queries(standing)
        case "no_more":
            return set(queries(standing)) <= {one.query for one in example.expects if one.kind == "query"}
    found = {one.rule.effect.text: one.truth for one in standing.grounds if isinstance(one.rule.effect, Grounds)}
    return found.get(expected.query) == _GROUNDS[expected.kind]


def expectation(expected: m.Expected) -> str:
    """What must come out, in words."""
    name = f"step `{expected.names[0]}`" if expected.names else ""
    match expected.kind:
        case "complete":
            return "nothing missing"
        case "missing":
            return f"missing: {joined(expected.names)}"
        case "by":
            return f"{name} by {expected.days[0]}"
        case "between":
            return f"{name} between {expected.days[0]} and {expected.days[1]}"
        case "effective":
            return f"effective from {expected.days[0]}"
    return name or f"{expected.kind.replace('_', ' ')} “{expected.query}”"


def came_out(expected: m.Expected, standing: Standing) -> str:
    """What came out in the place of what was expected, in words."""
    match expected.kind:
        case "complete" | "missing":
            return f"missing: {joined(sorted(missing(standing)))}" if missing(standing) else "nothing missing"
        case "step" | "by" | "between":
            found = [f"`{name}`{_said(due)}" for name, due in _steps(standing)]
        case "effective":
            found = [str(day) for day in _effective(standing)]
        case "route":
            found = [f"“{text}”" for text in _routes(standing)]
        case "query" | "no_more":
            found = [f"“{text}”" for text in queries(standing)]
        case _:
            words = {YES: "met", NO: "not met", UNKNOWN: "open"}
            found = [
                f"“{one.rule.effect.text}” {words[one.truth]}"
                for one in standing.grounds
                if isinstance(one.rule.effect, Grounds)
            ]
    return "; ".join(found) or "nothing of the kind"


def missing(standing: Standing) -> set[str]:
    """The names of what must be in and is not."""
    return {
        need.rule.effect.question.name
        for need in standing.needs
        if need.missing and isinstance(need.rule.effect, Needs)
    }


def _steps(standing: Standing) -> list[tuple[str, Deadline | None]]:
    """The steps that are certainly to be taken and not yet done."""
    return [
        (stage.rule.effect.question.name, stage.deadline)
        for stage in standing.stages
        if stage.truth == YES and stage.is_done != YES and isinstance(stage.rule.effect, Takes)
    ]


def _limits(due: Deadline | None) -> tuple[date, ...]:
    """The days between which a step is to be taken, or by which; none where the deadline is not known exactly."""
    if due is None or due.closes is None or not due.closes.exact:
        return ()
    return (due.opens, due.closes.high) if due.opens else (due.closes.high,)


def _said(due: Deadline | None) -> str:
    days = _limits(due)
    return "" if not days else f" by {days[0]}" if len(days) == 1 else f" between {days[0]} and {days[1]}"


def _effective(standing: Standing) -> list[date]:
    return [one.day.low for one in standing.effective if one.truth == YES and one.day and one.day.exact]


def _routes(standing: Standing) -> list[str]:
    return [one.rule.effect.text for one in standing.routes if one.truth == YES and isinstance(one.rule.effect, Routes)]


def queries(standing: Standing) -> tuple[str, ...]:
    """The texts of the queries that are raised."""
    return tuple(
        one.rule.effect.text for one in standing.queries if one.truth == YES and isinstance(one.rule.effect, m.Asks)
    )
