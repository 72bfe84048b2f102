"""What a check of the rules found, as JSON and as SARIF."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from jerules import __version__
from jerules.jobs.write import job_to_yaml
from jerules.report.check import STATES, TITLES, accept_line, factor_title
from jerules.verify.model import Acceptance, End, Finding, Obligation, State, Witness
from jerules.verify.run import Report

FORMAT: Final = "jerules.check/1"
_SARIF: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: Final[Mapping[State, str]] = {State.REFUTED: "error", State.UNDECIDED: "error", State.ACCEPTED: "note"}


def check_to_json(reports: Sequence[Report]) -> str:
    """The reports as JSON of the form `jerules.check/1`; ``findings`` holds all that is not simply proved."""
    counts = {state.value: sum(report.count(state) for report in reports) for state in STATES}
    value = {"format": FORMAT, "obligations": counts, "rule_books": [_book(report) for report in reports]}
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _book(report: Report) -> dict[str, Any]:
    return {
        "scheme": {"id": report.book.scheme.id, "edition": report.book.scheme.edition.id},
        "rule_book": report.book.hash,
        "on": report.on.isoformat(),
        "not_of_procedures": list(report.without_levels),
        "obligations": {state.value: report.count(state) for state in STATES},
        "findings": [_finding(report, one) for one in report.obligations if one.state is not State.PROVED],
        "proved": [
            {"check": one.check, "factor": one.factor, "subject": one.subject, "says": one.says, **_how(one)}
            for one in report.obligations
            if one.state is State.PROVED
        ],
    }


def _how(one: Obligation) -> dict[str, Any]:
    return {"by": list(one.by), "entries": one.entries or None, "needed": one.needed or None}


def _finding(report: Report, one: Obligation) -> dict[str, Any]:
    finding = one.finding or Finding("")
    return {
        "check": one.check,
        "title": TITLES.get(one.check, ""),
        "factor": one.factor,
        "factor_title": factor_title(report.book, one.factor),
        "subject": one.subject,
        "says": one.says,
        "state": one.state.value,
        **_how(one),
        "message": finding.message,
        "ends": [_end(end) for end in finding.ends],
        "regions": list(finding.regions),
        "witnesses": [_witness(report, witness) for witness in finding.witnesses],
        "core": list(finding.core),
        "help": finding.help,
        "accept": accept_line(one) if one.state is State.REFUTED else "",
        "acceptance": _acceptance(one.acceptance),
    }


def _end(end: End) -> dict[str, Any]:
    place = end.place
    return {
        "words": end.words,
        "file": place.file if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "cites": [{"id": citation.id, "words": citation.words} for citation in end.citations],
    }


def _witness(report: Report, witness: Witness) -> dict[str, Any]:
    return {
        "shows": witness.shows,
        "confirmed_by": list(witness.confirmed_by),
        "job": job_to_yaml(report.book, witness.job),
    }


def _acceptance(acceptance: Acceptance | None) -> dict[str, Any] | None:
    if acceptance is None:
        return None
    return {
        "because": acceptance.because,
        "on": acceptance.on.isoformat() if acceptance.on else None,
        "until": acceptance.until.isoformat() if acceptance.until else None,
        "interpretation": acceptance.interpretation or None,
        "file": acceptance.place.file if acceptance.place else None,
        "line": acceptance.place.line if acceptance.place else None,
    }


def check_to_sarif(reports: Sequence[Report]) -> str:
    """What is not simply proved as SARIF 2.1.0, for editors and code review; what is accepted is a suppressed note."""
    results = [
        _result(report, one) for report in reports for one in report.obligations if one.state is not State.PROVED
    ]
    driver = {
        "name": "jerules",
        "version": __version__,
        "rules": [{"id": code, "shortDescription": {"text": title}} for code, title in TITLES.items()],
    }
    value = {"$schema": _SARIF, "version": "2.1.0", "runs": [{"tool": {"driver": driver}, "results": results}]}
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _result(report: Report, one: Obligation) -> dict[str, Any]:
    finding = one.finding or Finding("")
    places = [found for end in finding.ends if (found := _location(end)) is not None] or _of_factor(report, one)
    said = [
        f"{factor_title(report.book, one.factor)}: {one.subject}: {finding.message}",
        *finding.regions,
        finding.help,
    ]
    result: dict[str, Any] = {
        "ruleId": one.check,
        "level": _LEVELS[one.state],
        "message": {"text": ". ".join(part for part in said if part)},
        "locations": places[:1],
        "partialFingerprints": {"obligation/v1": f"{one.check}/{one.factor}/{one.subject}"},
    }
    if places[1:]:
        result["relatedLocations"] = places[1:]
    if one.state is State.ACCEPTED and one.acceptance is not None:
        result["suppressions"] = [{"kind": "inSource", "justification": one.acceptance.because}]
    return result


def _of_factor(report: Report, one: Obligation) -> list[dict[str, Any]]:
    """Where a factor begins, for a finding that speaks of no one statement; nothing for the whole scheme."""
    rules = report.book.factors[one.factor].rules if one.factor in report.book.factors else ()
    found = _location(End(factor_title(report.book, one.factor), rules[0].source.place)) if rules else None
    return [found] if found else []


def _uri(name: str) -> str:
    """The name of a file for SARIF: relative to where the program runs, where it is in there."""
    path = Path(name)
    if not path.is_absolute():
        return path.as_posix()
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else path.as_uri()


def _location(end: End) -> dict[str, Any] | None:
    if end.place is None:
        return None
    region = {"startLine": end.place.line, "startColumn": end.place.column}
    where = {"artifactLocation": {"uri": _uri(end.place.file)}, "region": region}
    return {"physicalLocation": where, "message": {"text": end.words}}
