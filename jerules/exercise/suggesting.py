"""Examples to add beside a cut that no example meets closely: just below it, at it, and just above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from jerules.exercise.cases import case_of, giving, outcome
from jerules.exercise.changes import only
from jerules.exercise.coverage import Coverage, Cut
from jerules.exercise.neighbours import changed
from jerules.exercise.reading import Asked, around
from jerules.explain.examples import CameOut
from jerules.faults import Faulty
from jerules.rulebook import model as m
from jerules.rulebook.supposing import settled

_TRIED: Final = 12  # examples that are looked at for one on which the cut tells


def suggested(coverage: Coverage, cut: Cut) -> tuple[m.Example, ...]:
    """An example of the factor with the answer put beside and at a cut, with what the rules give for each.

    The example is one on which that makes a difference, where there is one among the first; nothing where no example
    makes the comparison on an answer. What is given is what the rules say now, to be checked against the guidance.
    """
    best: tuple[m.Example, ...] = ()
    for example in dict.fromkeys(coverage.near.get(id(cut.compare), ())[:_TRIED]):
        found = _beside(coverage.book, example, cut)
        said = [one for one, _ in found]
        if len({(came.standing.lowest, came.standing.highest) for _, came in found}) > 1:
            return tuple(said)
        best = best or tuple(said)
    return best


def _beside(book: m.RuleBook, example: m.Example, cut: Cut) -> Sequence[tuple[m.Example, CameOut]]:
    question = cut.compare.question
    small = only(book, example.factor)
    compare = settled(cut.compare, {one.name: one for one in example.supposed})
    found = []
    for answer in around(book, compare):
        index = next(
            (i for i, entry in enumerate(example.entries) if any(name == question.name for name, _, _ in entry.answers)
             and entry.record == question.record), None,
        )  # fmt: skip
        if index is None:
            return ()
        entry = changed(example.entries[index], Asked(question), answer)
        entries = (*example.entries[:index], entry, *example.entries[index + 1 :])
        other = replace(example, title=f"{example.title}: {question.name} {answer}", entries=entries)
        try:
            came = outcome(small, case_of(book, other))
        except Faulty:  # an impossible answer, such as more shifts than the job has
            continue
        if said := giving(other, came):
            found.append((said, came))
    return found
