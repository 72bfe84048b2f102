"""Tells what a tool says of a factor in its three steps: its level, what is carried here and why, and what decides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from jerules.engine.resolve import End
from jerules.engine.truth import YES
from jerules.explain import phrases
from jerules.explain.outcome import ByTool, Carried, Outcome, Raised
from jerules.explain.reasons import tell_reason, tell_steps
from jerules.explain.told import Line, ToolStep, ToolTelling
from jerules.rulebook import model as m
from jerules.scheme.model import Factor

_FEW = 2


def tell_tool(tool: ByTool, outcome: Outcome, number: int) -> ToolTelling:
    """The three steps of a tool for the factor of that number."""
    book = outcome.book
    factor = book.scheme.factor(number)
    return ToolTelling(
        f"Hands-on work: {_standing(*tool.hands_on, factor)}",
        f"By the tool “{tool.title}”: {_standing(tool.lowest, tool.highest, None)}",
        (_first(tool, outcome), _second(tool, book, number), _third(tool, number, factor)),
    )


def _standing(lowest: End, highest: End, factor: Factor | None) -> str:
    if lowest.level is None and highest.level is None:
        return "no level"
    if lowest.level is None:
        return f"no level, or up to level {highest.level}"
    return f"level {phrases.span(lowest, highest, factor)}"


# ── the steps ────────────────────────────────────────────────────────────────────────────────────────────────────


def _first(tool: ByTool, outcome: Outcome) -> ToolStep:
    """The tool's own level."""
    # While a record has not been asked about, every rule of the tool may hold: that it is open is said instead.
    reasons = () if tool.unasked and not tool.carried else tool.reasons
    told = tuple(tell_reason(reason, outcome) for reason in reasons)
    unasked = tuple(_unasked(record, outcome.book) for record in tool.unasked)
    none = (Line("Nothing that is carried here meets a rule of the tool."),) if not told and not unasked else ()
    return ToolStep(
        f"Step 1. The tool's own level: {_standing(tool.lowest, tool.highest, None)}.", told, (*unasked, *none)
    )


def _unasked(record: str, book: m.RuleBook) -> Line:
    return Line(f"It is not known yet whether the job has this: {phrases.lowered(book.records[record].title)}.")


def _second(tool: ByTool, book: m.RuleBook, number: int) -> ToolStep:
    """Which entries belong here, and why."""
    lines = tuple(line for one in tool.carried for line in _carried(one, book))
    sure = any(one.truth == YES for one in tool.carried)
    perhaps = f"perhaps factor {number}, which is not settled" if lines else "not known yet"
    where = f"factor {number}" if sure else perhaps
    return ToolStep(f"Step 2. The one factor it belongs to: {where}.", (), lines)


def _carried(one: Carried, book: m.RuleBook) -> Iterator[Line]:
    """By what an entry belongs to the factor, in the words of the rule that carries it."""
    rule, cited = one.rule, one.rule.source.citations
    *before, last = list(tell_steps(one.proof, book)) or [Line(phrases.called(one.entry))]
    verb = "belongs" if one.truth == YES else "may belong"
    said = ". ".join((last.text, f"It {verb} to factor {one.factor}", *filter(None, (rule.reads, rule.because))))
    both = tuple(dict.fromkeys((*last.citations, *cited)))
    yield from before
    yield replace(last, text=said, cites=phrases.cites(both), citations=both)


def _third(tool: ByTool, number: int, factor: Factor | None) -> ToolStep:
    """What the two come to side by side: the tool raises the factor, and never lowers it."""
    side_by_side = (
        Line(f"Hands-on work: {_standing(*tool.hands_on, factor)}"),
        Line(f"The tool: {_standing(tool.lowest, tool.highest, None)}"),
    )
    return ToolStep("Step 3. The higher of the two stands; the tool never lowers a level.", (), (
        *side_by_side, Line(_decision(tool, number)), *_elsewhere(tool, number),
    ))  # fmt: skip


def _decision(tool: ByTool, number: int) -> str:
    match tool.decides:
        case "tool":
            return f"The tool's level is the higher: it raises factor {number}."
        case "both":
            return "Both come to the same level: the tool changes nothing."
        case "hands-on":
            return "The tool's level is not the higher: the hands-on level stands."
    return "Which of the two is the higher is not settled yet."


def _elsewhere(tool: ByTool, number: int) -> Iterator[Line]:
    """That no other factor is touched, or which others are by entries of their own."""
    others = [key for key, truth in tool.others if truth == YES]
    perhaps = [key for key, truth in tool.others if truth != YES]
    if others:
        named = f"factor{'s' if len(others) > 1 else ''} {phrases.joined(others)}"
        yield Line(f"Entries also belong to {named}, which is exceptional: each is assessed there by itself.")
    if perhaps:
        yield Line(f"Whether an entry belongs to factor {phrases.joined(perhaps, 'or')} is not known yet.")
    if tool.carried:
        yield Line(f"What belongs to factor {number} touches no other factor.")


# ── the same evidence twice ──────────────────────────────────────────────────────────────────────────────────────


def told_twice(raised: Raised) -> str:
    """What is put to the panel where evidence of a tool may be credited twice."""
    entries, factors = raised.twice or ((), ())
    names = phrases.joined([phrases.called(entry) for entry in entries])
    under = phrases.joined(list(factors))
    if len(entries) < _FEW:
        return f"{names} is carried to factors {under}. The same work counts once only: which one factor fits best?"
    so_far = "" if raised.truth == YES else ", as far as they are answered"
    return (
        f"{names} are answered alike{so_far}, and count under factors {under}. Are they one and the same work, "
        "which counts once only?"
    )
