"""A case as JSON, ``jerules.procedure/1``: ``docs/procedure.md`` and ``schema/procedure-1.schema.json``."""

from __future__ import annotations

import json
from datetime import date

from jerules.engine.procedure import Deadline, Stage
from jerules.engine.truth import NO, UNKNOWN, YES, Truth
from jerules.explain.case import CaseOutcome
from jerules.explain.outcome import LABEL
from jerules.explain.reasons import tell_steps
from jerules.quantities.days import Days
from jerules.report.json import packs_json
from jerules.rulebook import model as m
from jerules.rulebook.procedure import Grounds, Needs, Routes, Takes

PROCEDURE = "jerules.procedure/1"
_TRUTHS = {YES: "yes", NO: "no", UNKNOWN: "unknown"}

Value = dict[str, object]


def case_written(outcome: CaseOutcome) -> str:
    """How a case stands, as one JSON object."""
    return json.dumps(case_to_json(outcome), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def case_to_json(outcome: CaseOutcome) -> Value:
    """How a case stands, as plain values; what is not known or not laid down is null."""
    standing, book, job = outcome.standing, outcome.book, outcome.case.job
    return {
        "format": PROCEDURE,
        "label": LABEL,
        "scheme": book.scheme.id,
        "edition": book.scheme.edition.id,
        "rulebook": book.hash,
        "packs": packs_json(book),
        "engine": outcome.engine,
        "checked_by": outcome.checked_by or None,
        "case": {"title": job.title or None, "file": job.file or None, "kind": outcome.case.kind},
        "on": outcome.on.isoformat(),
        "findings": standing.findings,
        "complete_receipt": _days(standing.receipt.day),
        "needs": [
            {
                "question": _question(need.rule),
                **_rule(outcome, need.rule, need.truth),
                "is_in": _TRUTHS[need.is_in],
                "missing": need.missing,
                "day": _days(need.day),
            }
            for need in standing.needs
        ],
        "steps": [_stage(outcome, stage) for stage in standing.stages],
        "effective": [
            {"question": one.question.name, **_rule(outcome, one.rule, one.truth), "day": _days(one.day)}
            for one in standing.effective
        ],
        "routes": [_rule(outcome, one.rule, one.truth) for one in standing.routes],
        "grounds": [_rule(outcome, one.rule, one.truth) for one in standing.grounds],
        "queries": [_rule(outcome, one.rule, one.truth) for one in standing.queries],
        "ask": [
            {"question": one.question.name, "asks": one.question.asks, "rules": [rule.id for rule in one.rules]}
            for one in outcome.wanted
        ],
        "interpretations": [
            {"id": one.id, "title": one.title, "because": one.because, "status": one.source.status.value}
            for one in outcome.interpretations
        ],
    }


def _stage(outcome: CaseOutcome, stage: Stage) -> Value:
    return {
        "question": _question(stage.rule),
        **_rule(outcome, stage.rule, stage.truth),
        "done": _TRUTHS[stage.is_done],
        "day": _days(stage.day),
        "deadline": _deadline(stage.deadline),
        "days_overdue": stage.overdue,
        "perhaps_overdue": stage.maybe_overdue,
    }


def _deadline(deadline: Deadline | None) -> Value | None:
    if deadline is None:
        return None
    due = deadline.due
    return {
        "form": due.form.value,
        "counts_from": due.after.name if due.after else "complete receipt",
        "least": due.least or None,
        "most": due.most or None,
        "unit": due.unit.value if due.most else None,
        "opens": _iso(deadline.opens),
        "closes": _days(deadline.closes),
        "months": [day.isoformat()[:7] for day in deadline.months],
    }


def _rule(outcome: CaseOutcome, rule: m.Rule, truth: Truth) -> Value:
    proof = outcome.proofs.get(rule.id)
    return {
        "rule": rule.id,
        "text": _text(rule),
        "holds": _TRUTHS[truth],
        "because": rule.because or None,
        "status": rule.source.status.value,
        "interpretation": rule.source.interpretation or None,
        "cites": [{"id": one.id, "words": one.words} for one in rule.source.citations],
        "rests_on": [
            {"text": line.text, "cites": line.cites or None, "evidence": line.evidence or None,
             "source": line.source or None}
            for line in (tell_steps(proof, outcome.book) if proof else ())
        ],
    }  # fmt: skip


def _text(rule: m.Rule) -> str | None:
    effect = rule.effect
    return effect.text if isinstance(effect, Needs | Takes | Routes | Grounds | m.Asks) else None


def _question(rule: m.Rule) -> str | None:
    return rule.effect.question.name if isinstance(rule.effect, Needs | Takes) else None


def _days(days: Days | None) -> Value | None:
    return {"earliest": days.low.isoformat(), "latest": days.high.isoformat()} if days else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
