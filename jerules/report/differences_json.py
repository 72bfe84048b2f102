"""What changes from one rule book to another, as JSON of the form `jerules.diff/1`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from jerules.engine.resolve import End
from jerules.explain.outcome import FactorOutcome, Outcome
from jerules.explain.told import FactorTelling
from jerules.jobs.write import job_to_yaml
from jerules.rulebook.model import RuleBook
from jerules.verify.differences import Differences, FactorDifference, Touched, Witnessed
from jerules.verify.job_differences import JobDifference
from jerules.verify.model import State
from jerules.verify.statements import Change, Statement
from jerules.verify.witness import Seen

FORMAT: Final = "jerules.diff/1"

Value = dict[str, Any]


def differences_to_json(names: tuple[str, str], found: Differences, jobs: Sequence[JobDifference] | None = None) -> str:
    """The differences as JSON; a level that the rules do not give is null, and so is what one side does not have."""
    states = [one.state for one in found.factors]
    value = {
        "format": FORMAT,
        "old": _book(names[0], found.old),
        "new": _book(names[1], found.new),
        "factors": {
            "same": states.count(State.PROVED),
            "changing": states.count(State.REFUTED),
            "undecided": states.count(State.UNDECIDED),
        },
        "levels": [_factor(found, one) for one in found.factors],
        "statements": [_change(one) for one in found.changes],
        "paragraphs": [_paragraph(one) for one in found.touched],
        "jobs": None if jobs is None else [_job(one) for one in jobs],
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _book(name: str, book: RuleBook) -> Value:
    return {
        "name": name,
        "scheme": {"id": book.scheme.id, "edition": book.scheme.edition.id},
        "notice": book.scheme.label or None,
        "rule_book": book.hash,
        "packs": [{"title": pack.title, "hash": pack.hash} for pack in book.packs],
    }


def _factor(found: Differences, one: FactorDifference) -> Value:
    return {
        "factor": one.number,
        "title": one.title,
        "state": {State.PROVED: "same", State.REFUTED: "changing"}.get(one.state, "undecided"),
        "by": list(one.by),
        "entries": one.entries or None,
        "needed": one.needed or None,
        "only": one.only or None,
        "undecided": [way.value for way in one.undecided],
        "witnesses": [_witness(found, witness) for witness in one.witnesses],
    }


def _witness(found: Differences, one: Witnessed) -> Value:
    moved = one.moved
    return {
        "way": moved.way.value,
        "confirmed_by": list(moved.confirmed_by),
        "old": {**_seen(moved.by_old), "job": job_to_yaml(found.old, moved.old), "because": _because(one.old)},
        "new": {**_seen(moved.by_new), "job": job_to_yaml(found.new, moved.new), "because": _because(one.new)},
    }


def _seen(seen: Seen) -> Value:
    return {"lowest": seen.standing.lowest.level, "highest": seen.standing.highest.level}


def _because(telling: FactorTelling) -> list[Value]:
    return [
        {"says": one.says, "gives": one.gives, "cites": one.cites, "lines": [line.text for line in one.lines]}
        for one in telling.because
    ]


def _change(change: Change) -> Value:
    return {
        "kind": change.one.kind,
        "name": change.one.name,
        "factor": change.one.factor or None,
        "change": "changed" if change.old and change.new else "new" if change.new else "gone",
        "parts": [{"part": name, "old": old or None, "new": new or None} for name, old, new in change.parts],
        "old": _side(change.old),
        "new": _side(change.new),
    }


def _side(side: Statement | None) -> Value | None:
    if side is None:
        return None
    return {
        "file": side.place.file if side.place else None,
        "line": side.place.line if side.place else None,
        "cites": [{"id": one.id, "words": one.words} for one in side.citations],
    }


def _paragraph(one: Touched) -> Value:
    return {
        "paragraph": one.id,
        "words": one.words or None,
        "text": one.how or None,
        "statements": [f"{change.one.kind} {change.one.name}" for change in one.changes],
        "resting": list(one.resting),
    }


def _job(one: JobDifference) -> Value:
    return {
        "file": one.read.file,
        "title": one.old.job.title,
        "differs": one.differs,
        "only_one_asks": list(one.read.without),
        "factors": [
            {"factor": old.number, "old": _stands(old, one.old), "new": _stands(new, one.new)}
            for old, new in one.factors
        ],
        "old": _total(one.old),
        "new": _total(one.new),
    }


def _stands(factor: FactorOutcome, outcome: Outcome) -> Value:
    of, options = outcome.book.scheme.factor(factor.number), _options(factor.lowest, factor.highest)
    return {
        "lowest": factor.lowest.level,
        "highest": factor.highest.level,
        "options": list(options),
        "uncertain": list(of.uncertain(factor.lowest.level, options)) if of and factor.lowest.level else [],
        "points": list(factor.points_range) if factor.points_range else None,
    }


def _options(lowest: End, highest: End) -> tuple[str, ...]:
    return lowest.options if lowest.level == highest.level else ()


def _total(outcome: Outcome) -> Value:
    return {
        "total": list(outcome.totals) if outcome.totals else None,
        "band": outcome.band,
        "bands": list(outcome.bands),
        **_grades(outcome),
    }


def _grades(outcome: Outcome) -> Value:
    return {"grades": [grade.name if grade else None for grade in outcome.grades]}
