"""An example of a rule file that does not hold, as text: what was expected, what came out, and why."""

from __future__ import annotations

import json
from collections.abc import Sequence

from jerules.explain.case_examples import came_out
from jerules.explain.evaluate import Engine, evaluate
from jerules.explain.examples import Checked, expectation
from jerules.explain.phrases import span
from jerules.explain.telling import tell_factor
from jerules.report import words
from jerules.report.lines import WIDTH, Lines
from jerules.rulebook.model import Expected, RuleBook


def failure(book: RuleBook, checked: Checked, engine: Engine, *, width: int = WIDTH) -> str:
    """What an example says must come out and does not, with the reasons for what did."""
    example = checked.example
    page = Lines(colour=False, width=width)
    page.text(f"{example.place}: “{example.title}”", indent=2)
    for expected in checked.missed:
        page.text(expectation(expected), indent=4, lead="expected   ")
        page.text(_came_out(checked, expected), indent=4, lead="came out   ")
    rules = book.factors[example.factor]
    if rules.number is not None:
        outcome = evaluate(book, checked.job, engine)
        for because in tell_factor(outcome, outcome.factor(rules.number)).because:
            page.row(because.says, words.because_beside(because), indent=6)
            for line in because.lines:
                page.row(line.text, words.beside(line), indent=8, lead="· ")
    return page.written().rstrip("\n")


def to_json(found: Sequence[Checked]) -> str:
    """What was found of examples, as JSON of the form `jerules.test/1`."""
    value = {
        "format": "jerules.test/1",
        "examples": len(found),
        "hold": sum(one.holds for one in found),
        "failures": [
            {
                "file": one.example.place.file,
                "line": one.example.place.line,
                "factor": one.example.factor,
                "title": one.example.title,
                "expected": [expectation(expected) for expected in one.missed],
                "lowest": {"level": one.lowest.level, "options": list(one.lowest.options)},
                "highest": {"level": one.highest.level, "options": list(one.highest.options)},
                "queries": list(one.queries),
            }
            for one in found
            if not one.holds
        ],
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _came_out(checked: Checked, expected: Expected) -> str:
    if checked.standing is not None:
        return came_out(expected, checked.standing)
    if expected.kind in {"query", "no_more"}:
        return ", ".join(f"“{text}”" for text in checked.queries) or "no query"
    if checked.highest.level is None:
        return "no level"
    return f"level {span(checked.lowest, checked.highest)}"
