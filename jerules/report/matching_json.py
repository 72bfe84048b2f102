"""A comparison with profiles as JSON, ``jerules.match/1``: ``docs/matching.md`` and ``schema/match-1.schema.json``."""

from __future__ import annotations

import json
from collections.abc import Sequence

from jerules.explain.outcome import LABEL, Outcome
from jerules.match.match import Cell, Condition, Match, Span
from jerules.match.rule import MatchingRule
from jerules.report.json import packs_json
from jerules.report.matching import how, mark

MATCH = "jerules.match/1"

Value = dict[str, object]


def matches_written(ranked: Sequence[Match], outcome: Outcome | None = None) -> str:
    """The comparisons of a job as one JSON object, nearest first."""
    return json.dumps(matches_to_json(ranked, outcome), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def matches_to_json(ranked: Sequence[Match], outcome: Outcome | None = None) -> Value:
    """The comparisons as plain values; what is empty is null, or an empty list."""
    scheme = ranked[0].profile.scheme
    return {
        "format": MATCH,
        "label": LABEL,
        "scheme": scheme.id,
        "edition": scheme.edition.id,
        "rulebook": outcome.book.hash if outcome else None,
        "packs": packs_json(outcome.book) if outcome else [],
        "engine": outcome.engine if outcome else None,
        "checked_by": (outcome.checked_by or None) if outcome else None,
        "job": {"title": outcome.job.title or None, "file": outcome.job.file or None} if outcome else None,
        "total": _span(ranked[0].total),
        "rule": _rule(ranked[0].rule),
        "profiles": [_profile(*pair) for pair in enumerate(ranked, start=1)],
    }


def _span(span: Span) -> Value:
    return {"lowest": span.lowest, "highest": span.highest}


def _rule(rule: MatchingRule) -> Value:
    return {
        "id": rule.id,
        "title": rule.title,
        "because": rule.because,
        "status": rule.status,
        "notes": list(rule.notes),
        "readings": list(rule.readings),
    }


def _profile(rank: int, found: Match) -> Value:
    profile = found.profile
    given = profile.given
    return {
        "rank": rank,
        "title": profile.title,
        "file": profile.file or None,
        "band": profile.band.name,
        "note": profile.note or None,
        "total": {"lowest": profile.lowest, "highest": profile.highest},
        "given_total": {"lowest": given[0], "highest": given[1]} if given else None,
        "result": found.kind.value if found.kind else None,
        "possible": [kind.value for kind in found.possible],
        "points_apart": _span(found.apart),
        "factors_outside": _span(found.outside),
        "factors": [_cell(cell) for cell in found.cells],
        "conditions": [_condition(condition) for condition in found.conditions],
        "remarks": [*found.remarks, *profile.remarks],
    }


def _cell(cell: Cell) -> Value:
    return {
        "number": cell.factor.number,
        "title": cell.factor.title,
        "job": [
            {
                "level": one.level,
                "options": list(one.sure),
                "possible_options": list(one.maybe),
                "uncertain": list(cell.factor.uncertain(one.level, one.maybe)),
            }
            for one in cell.job.reached
        ],
        "profile": str(cell.profile),
        "may_vary": not cell.fixed,
        "in_range": mark(cell.fits),
        "says": how(cell),
        "cases": [{"in_range": case.fits, "steps": case.steps, "points_apart": case.apart} for case in cell.cases],
    }


def _condition(condition: Condition) -> Value:
    return {
        "code": condition.code,
        "for": [kind.value for kind in condition.serves],
        "says": condition.says,
        "holds": mark(condition.holds),
        "factors": list(condition.factors),
        "figures": condition.more or None,
    }
