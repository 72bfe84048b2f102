"""An example of a rule file that does not hold, as text: what was expected, what came out, and why."""

from __future__ import annotations

import json
from collections.abc import Sequence

from jerules.explain.case_examples import came_out
from jerules.explain.evaluate import evaluate
from jerules.explain.examples import Checked, Engines, expectation
from jerules.explain.phrases import span
from jerules.explain.telling import tell_factor
from jerules.report import words
from jerules.report.lines import WIDTH, Lines
from jerules.rulebook.model import Example, Expected, RuleBook
from jerules.rulebook.supposing import supposing


def failure(book: RuleBook, checked: Checked, engines: Engines, *, width: int = WIDTH) -> str:
    """What an example says must come out and does not, with the reasons for what did."""
    example = checked.example
    page = Lines(colour=False, width=width)
    page.text(f"{example.place}: “{example.title}”", indent=2)
    _supposed(page, example)
    for expected in checked.missed:
        page.text(expectation(expected), indent=4, lead="expected   ")
        page.text(_came_out(checked, expected), indent=4, lead="came out   ")
    rules = book.factors[example.factor]
    if rules.number is not None:
        under = supposing(book, example.supposed)
        outcome = evaluate(under, checked.job, engines(under))
        for because in tell_factor(outcome, outcome.factor(rules.number)).because:
            page.row(because.says, words.because_beside(because), indent=6)
            for line in because.lines:
                page.row(line.text, words.beside(line), indent=8, lead="· ")
    return page.written().rstrip("\n")


def _supposed(page: Lines, example: Example) -> None:
    """What is agreed only for the sake of the example."""
    for one in example.supposed:
        said = f"{one.name.replace('_', ' ')} is {one.text}, for the sake of this example only"
        page.text(said, indent=4, lead="supposed   ")


def otherwise(changed: Sequence[Checked], *, width: int = WIDTH) -> str:
    """The examples of the rules that come out otherwise with ``packs`` on top: what holds without, and what then."""
    page = Lines(colour=False, width=width)
    several = "example comes" if len(changed) == 1 else "examples come"
    page.text(
        f"With the packs, {len(changed)} {several} out otherwise. They speak of the rules without packs, so this is no "
        "failure:"
    )
    for over in changed:
        page.text(f"{over.example.place}: “{over.example.title}”", indent=2)
        _supposed(page, over.example)
        for expected in over.missed:
            page.text(f"{expectation(expected)}; with the packs {_came_out(over, expected)}", indent=4)
    return page.written()


def to_json(found: Sequence[Checked], changed: Sequence[Checked] = (), notices: Sequence[str] = ()) -> str:
    """What was found of examples, as JSON of the form `jerules.test/1`; ``changed`` as for :func:`otherwise`.

    ``notices`` are those of the schemes of the examples.
    """
    value = {
        "format": "jerules.test/1",
        "notices": list(notices),
        "examples": len(found),
        "hold": sum(one.holds for one in found),
        "failures": [
            {
                "file": one.example.place.file,
                "line": one.example.place.line,
                "factor": one.example.factor,
                "title": one.example.title,
                "supposed": {each.name: each.text for each in one.example.supposed},
                "expected": [expectation(expected) for expected in one.missed],
                "lowest": {"level": one.lowest.level, "options": list(one.lowest.options)},
                "highest": {"level": one.highest.level, "options": list(one.highest.options)},
                "queries": list(one.queries),
            }
            for one in found
            if not one.holds
        ],
        "otherwise_with_packs": [
            {
                "file": over.example.place.file,
                "line": over.example.place.line,
                "factor": over.example.factor,
                "title": over.example.title,
                "supposed": {each.name: each.text for each in over.example.supposed},
                "lowest": {"level": over.lowest.level, "options": list(over.lowest.options)},
                "highest": {"level": over.highest.level, "options": list(over.highest.options)},
                "queries": list(over.queries),
            }
            for over in changed
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
