"""An outcome as JSON, ``jerules.outcome/1``, as ``docs/json.md`` and ``schema/outcome-1.schema.json`` describe it.

Every number is a whole number; a fraction is a text such as ``3/2``. What is empty is null, or an empty list.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from jerules.engine.resolve import End
from jerules.engine.truth import YES
from jerules.explain.branches import Branch, branch, lacking
from jerules.explain.hurdles import Hurdle, tell_hurdle
from jerules.explain.obstacles import Obstacle
from jerules.explain.outcome import (
    LABEL,
    ByTool,
    CrossChecked,
    FactorOutcome,
    OpenQuestion,
    Outcome,
    Reason,
    WhyNot,
    WhyNotLevel,
)
from jerules.explain.reasons import tell_reason
from jerules.explain.telling import tell_factor
from jerules.explain.told import Ask, Because, FactorTelling, Line, ToolTelling
from jerules.jobs.model import Entry
from jerules.report.score import boundary_json
from jerules.report.sheet import settled_score
from jerules.rulebook import model as m
from jerules.rulebook.quotes import Quotes
from jerules.scheme.model import Factor

OUTCOME = "jerules.outcome/1"
FACTOR = "jerules.factor/1"

TRUTHS = ("no", "unknown", "yes")

Value = dict[str, object]


def written(outcomes: Sequence[Outcome], quotes: Mapping[str, Quotes] | None = None) -> str:
    """One outcome as an object; of several, a list of them. ``quotes`` are by scheme."""
    found = [_quoted(to_json(outcome), (quotes or {}).get(outcome.book.scheme.id)) for outcome in outcomes]
    return _text(found[0] if len(found) == 1 else found)


def factor_written(
    outcome: Outcome, number: int, why_not: WhyNotLevel | None = None, quotes: Quotes | None = None
) -> str:
    """One factor, with what it was worked out with."""
    return _text(_quoted(factor_to_json(outcome, number, why_not), quotes))


def _quoted(found: object, quotes: Quotes | None) -> object:
    """The same values with the official words in every citation, where the user has asked for them."""
    if quotes is None:
        return found
    if isinstance(found, list):
        return [_quoted(one, quotes) for one in found]
    if not isinstance(found, dict):
        return found
    if found.keys() == {"id", "words"}:  # a citation; nothing else has just these keys
        words = [
            {"id": one.id, "state": one.state, "text": one.text or None}
            for one in quotes.of(m.Citation(found["id"], found["words"]))
        ]
        return {**found, "quotes": words}
    return {key: _quoted(one, quotes) for key, one in found.items()}


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def to_json(outcome: Outcome) -> Value:
    """The whole outcome as plain values."""
    score = settled_score(outcome)
    return {
        "format": OUTCOME,
        **_frame(outcome),
        "factors": [_factor(outcome, factor, None) for factor in outcome.factors],
        "total": outcome.total,
        "total_range": _ends(outcome.totals),
        "band": outcome.band,
        "bands": list(outcome.bands),
        "boundaries": {"lower": boundary_json(score.lower), "upper": boundary_json(score.upper)} if score else None,
        "grades": grades_json(outcome.grades),
        "cross_checks": checks_json(outcome.cross_checks),
    }


def grades_json(grades: Sequence[m.Grade | None]) -> list[Value | None]:
    """The local grades that are possible, each with who agreed on it when; null for totals without a grade."""
    return [
        {"name": grade.name, "lowest": grade.low, "highest": grade.high, **agreed_json(grade.agreed)} if grade else None
        for grade in grades
    ]


def checks_json(found: Sequence[CrossChecked]) -> list[Value]:
    """The cross-checks of the whole job, each with how it came out."""
    return [
        {
            "rule": one.check.id,
            "says": one.check.says,
            "above": one.check.above,
            "at_least": one.check.number,
            "of_factors": list(one.check.factors),
            "truth": TRUTHS[one.truth],
            "by_panel": None if one.by_panel is None else TRUTHS[one.by_panel],
            "may_meet": list(one.may_meet),
            "blocks_sign_off": one.blocks,
            "asks": one.check.asks,
            "help": one.check.help or None,
            "reason": one.check.because or None,
            "status": str(one.check.source.status),
            "cites": _cites(one.check.source.citations),
        }
        for one in found
    ]


def factor_to_json(outcome: Outcome, number: int, why_not: WhyNotLevel | None = None) -> Value:
    """One factor as plain values; ``why_not`` asks about another level than the next one."""
    return {"format": FACTOR, **_frame(outcome), "factor": _factor(outcome, outcome.factor(number), why_not)}


def _frame(outcome: Outcome) -> Value:
    return {
        "label": LABEL,
        "notice": outcome.book.scheme.label or None,
        "scheme": outcome.book.scheme.id,
        "edition": outcome.book.scheme.edition.id,
        "scheme_from": outcome.book.scheme.folder or None,
        "rulebook": outcome.book.hash,
        "packs": packs_json(outcome.book),
        "engine": outcome.engine,
        "checked_by": outcome.checked_by or None,
        "job": {"title": outcome.job.title or None, "file": outcome.job.file or None},
    }


def packs_json(book: m.RuleBook) -> list[Value]:
    """The packs on top of the rules, each with its hash and who agreed it when."""
    return [{"title": pack.title, "hash": pack.hash, **agreed_json(pack.agreed)} for pack in book.packs]


def agreed_json(agreed: m.Agreed | None) -> Value:
    """When something was agreed and by whom; null where nothing is said."""
    return {"agreed_on": agreed.on.isoformat() if agreed else None, "agreed_by": agreed.by if agreed else None}


def _factor(outcome: Outcome, factor: FactorOutcome, why_not: WhyNotLevel | None) -> Value:
    telling = tell_factor(outcome, factor, why_not)
    asked = why_not or factor.why_not
    of = outcome.book.scheme.factor(factor.number)
    return {
        "number": factor.number,
        "title": factor.title,
        "origin": factor.origin,
        "lowest": _end(factor.lowest, of),
        "highest": _end(factor.highest, of),
        "settled": factor.settled,
        "points": factor.points,
        "points_range": _ends(factor.points_range),
        "because": [_because(*pair) for pair in zip(factor.because, telling.because, strict=True)],
        "why_not": _why_not(asked, telling, outcome.book) if asked else None,
        "open_questions": [_question(*pair) for pair in zip(factor.open_questions, telling.ask, strict=True)],
        "queries": [_line(line) for line in telling.queries],
        "facts": [_line(line) for line in telling.facts],
        "interpretations": [_interpretation(one) for one in factor.interpretations],
        "kept_out": _kept_out(factor, telling),
        "panel": _panel(factor, of),
        "hands_on": _hands_on(factor, of),
        "remarks": list(telling.remarks),
        "tools": [_tool(*pair, outcome, of) for pair in zip(factor.by_tool, telling.by_tool, strict=True)],
    }


def _end(end: End, factor: Factor | None) -> Value:
    """One end of what is possible; a tool is no ``factor`` of the scheme."""
    doubtful = factor.uncertain(end.level, end.options) if factor else ()
    return {"level": end.level, "options": list(end.options), "uncertain": list(doubtful)}


def _ends(ends: tuple[int, int] | None) -> Value | None:
    return {"lowest": ends[0], "highest": ends[1]} if ends else None


def _entry(entry: Entry | None) -> Value | None:
    return {"record": entry.record, "number": entry.number, "label": entry.label or None} if entry else None


def _cites(citations: Iterable[m.Citation]) -> list[Value]:
    return [{"id": citation.id, "words": citation.words} for citation in citations]


def _line(line: Line) -> Value:
    return {
        "text": line.text,
        "cites": line.cites or None,
        "interpretation": line.interpretation or None,
        "evidence": line.evidence or None,
        "source": line.source or None,
    }


# ── why, and why not ─────────────────────────────────────────────────────────────────────────────────────────────


def _because(reason: Reason, told: Because) -> Value:
    option = reason.position.option
    return {
        "rule": reason.rule.id,
        "gives": told.gives,
        "level": reason.position.level,
        "options": [option] if option else [],
        "uncertain": [option] if option and reason.position.uncertain else [],
        "says": told.says,
        "established": reason.truth == YES,
        "status": str(reason.rule.source.status),
        "interpretation": reason.rule.source.interpretation or None,
        "tool": reason.tool or None,
        "cites": _cites(reason.rule.source.citations),
        "lines": [_line(line) for line in told.lines],
        "tree": _tree(branch(reason.proof)),
    }


def _tree(step: Branch) -> Value:
    return {
        "kind": step.kind,
        "what": step.what,
        "truth": step.truth,
        "question": step.question or None,
        "entry": _entry(step.entry),
        "answer": step.answer or None,
        "needs": step.needs or None,
        "cites": _cites(step.cites),
        "interpretation": step.interpretation or None,
        "children": [_tree(child) for child in step.children],
    }


def _why_not(asked: WhyNotLevel, telling: FactorTelling, book: m.RuleBook) -> Value:
    return {
        "level": asked.level,
        "beyond": asked.beyond,
        "remark": telling.why_not_remark or None,
        "rules": [_hurdle(answer, tell_hurdle(answer, book)) for answer in asked.answers],
    }


def _hurdle(answer: WhyNot, told: Hurdle) -> Value:
    return {
        "rule": answer.rule.id,
        "gives": told.gives,
        "uncertain": answer.position.uncertain,
        "text": told.text,
        "tool": answer.tool or None,
        "blocked_by": answer.blocked.id if answer.blocked else None,
        "blocked_surely": answer.blocked_surely if answer.blocked else None,
        "cites": _cites((answer.blocked or answer.rule).source.citations),
        "obstacles": [_obstacle(obstacle) for obstacle in answer.plan],
    }


def _obstacle(obstacle: Obstacle) -> Value:
    found = lacking(obstacle.step)
    return {
        "kind": found.kind,
        "what": found.what,
        "needs": found.needs or None,
        "wanted": obstacle.wanted == YES,
        "given": found.answer or None,
        "question": found.question or None,
        "entry": _entry(found.entry),
        "open": obstacle.open,
    }


# ── what is still to ask, and what else there is to know ─────────────────────────────────────────────────────────


def _question(question: OpenQuestion, told: Ask) -> Value:
    return {
        "kind": question.kind,
        "asks": told.text,
        "about": told.about or None,
        "does": told.does,
        "key": question.key,
        "entry": _entry(question.entry),
        "settles": question.settles,
        "narrows": str(question.narrows),
        "help": told.help or None,
    }


def _interpretation(one: m.Interpretation) -> Value:
    return {"id": one.id, "title": one.title, "because": one.because or None, "status": str(one.source.status)}


def _kept_out(factor: FactorOutcome, telling: FactorTelling) -> list[Value]:
    return [
        {
            "rule": kept.rule.id,
            "entry": _entry(kept.entry),
            "certain": kept.truth == YES,
            "text": line.text,
            "cites": _cites(kept.rule.source.citations),
        }
        for kept, line in zip(factor.kept_out, telling.kept_out, strict=True)
    ]


def _panel(factor: FactorOutcome, of: Factor | None) -> Value | None:
    view = factor.panel
    if view is None:
        return None
    return {
        "level": view.position.level,
        "options": [view.position.option] if view.position.option else [],
        "uncertain": [view.position.option]
        if view.position.option and of and of.marked(view.position).uncertain
        else [],
        "reason": view.reason,
        "evidence": view.evidence or None,
        "source": view.source or None,
    }


def _hands_on(factor: FactorOutcome, of: Factor | None) -> Value | None:
    """Where the factor stood before tools had their say, and those tools."""
    standing = factor.standing
    if standing is None or standing.hands_on is None:
        return None
    lowest, highest = standing.hands_on
    return {"lowest": _end(lowest, of), "highest": _end(highest, of), "tools": list(standing.raised_by)}


def _tool(tool: ByTool, told: ToolTelling, outcome: Outcome, of: Factor | None) -> Value:
    """What a tool says of the factor: its own level, what it carries here, and which of the two decides."""
    before, after = tool.hands_on
    return {
        "tool": tool.tool,
        "title": tool.title,
        "lowest": _end(tool.lowest, None),
        "highest": _end(tool.highest, None),
        "because": [_because(reason, tell_reason(reason, outcome)) for reason in tool.reasons],
        "carried": [
            {
                "entry": _entry(one.entry),
                "rule": one.rule.id,
                "certain": one.truth == YES,
                "cites": _cites(one.rule.source.citations),
                "tree": _tree(branch(one.proof)),
            }
            for one in tool.carried
        ],
        "other_factors": [{"factor": int(key), "certain": truth == YES} for key, truth in tool.others],
        "not_asked": list(tool.unasked),
        "hands_on": {"lowest": _end(before, of), "highest": _end(after, of)},
        "decides": tool.decides,
        "steps": [{"says": step.says, "lines": [_line(line) for line in step.lines]} for step in told.steps],
    }
