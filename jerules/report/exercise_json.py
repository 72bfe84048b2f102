"""Coverage and mutants as JSON, for other programs."""

from __future__ import annotations

import json
from collections.abc import Sequence

from jerules.exercise.cases import as_text
from jerules.exercise.coverage import BothWays, Coverage, Cut, Near, RuleSeen, counted, shown_of, total
from jerules.exercise.mutation import Fate, Mutation, Result, percent
from jerules.exercise.suggesting import suggested
from jerules.faults import Place


def coverage_written(found: Sequence[Coverage]) -> str:
    """What examples show of rule books, as JSON of the form `jerules.coverage/1`."""
    return _written({"format": "jerules.coverage/1", "books": [_book(one) for one in found]})


def _book(coverage: Coverage) -> dict[str, object]:
    every = counted(coverage)
    return {
        "scheme": coverage.book.scheme.id,
        "hash": coverage.book.hash,
        "examples": sum(look.example is not None for look in coverage.looks),
        "all": _share(*total(coverage)),
        **{kind: _share(*shown_of(found)) for kind, found in every.items()},
        "missing": {kind: [_lacks(coverage, one) for one in found if not one.shown] for kind, found in every.items()},
    }


def _share(part: int, whole: int) -> dict[str, object]:
    return {"shown": part, "of": whole, "share": percent(part, whole)}


def _lacks(coverage: Coverage, one: RuleSeen | BothWays | Cut) -> dict[str, object]:
    more: dict[str, object]
    match one:
        case RuleSeen():
            place, more = one.rule.source.place, {"rule": one.rule.id, "held": one.held or None}
        case BothWays():
            place, more = one.place, {"held": one.yes or None, "failed": one.no or None}
        case Cut():
            texts = [as_text(coverage.book, example) for example in suggested(coverage, one)]
            more = {"holding": _near(one.holding), "failing": _near(one.failing), "examples": texts}
            place = one.compare.place
    return {**_place(place), "factor": one.factor, "says": one.says, **more}


def _near(near: Near | None) -> dict[str, object] | None:
    return None if near is None else {"value": near.value, "example": near.job, "close": near.close}


def mutants_written(found: Sequence[Mutation]) -> str:
    """What became of the mutants of rule books, as JSON of the form `jerules.mutants/1`."""
    return _written({"format": "jerules.mutants/1", "books": [_mutation(one) for one in found]})


def _mutation(found: Mutation) -> dict[str, object]:
    return {
        "scheme": found.book.scheme.id,
        "hash": found.book.hash,
        "mutants": found.of,
        "tried": len(found.results),
        **{fate.value: found.count(fate) for fate in Fate},
        "share": percent(found.noticed, found.telling),
        "without_examples": list(found.unshown),
        "results": [_result(found, one) for one in found.results],
    }


def _result(found: Mutation, one: Result) -> dict[str, object]:
    mutant = one.mutant
    return {
        "id": mutant.id,
        "kind": mutant.kind,
        **_place(mutant.place),
        "says": mutant.says,
        "fate": one.fate.value,
        "by": one.by or None,
        "example": as_text(found.book, one.witness) if one.witness else None,
    }


def _place(place: Place) -> dict[str, object]:
    return {"file": place.file, "line": place.line, "column": place.column}


def _written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
