"""Ladders of terms as the checks look at them: what a ladder claims, as conditions, and in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import combinations, permutations
from typing import Final

import z3

from jerules.engine.truth import UNKNOWN, YES, Truth
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.questions import JOB, Question
from jerules.rulebook.uses import leaves_of, opened
from jerules.verify.bench import Bench, Conclusion
from jerules.verify.model import End, Obligation, Witness
from jerules.verify.witness import Seen

PROBE: Final = "probe"


def ladders_of(book: m.RuleBook, factor: str) -> list[m.Ladder]:
    """The ladders that a factor has of its own; with an empty key those of the whole scheme."""
    return [ladder for ladder in book.ladders if ladder.factor == factor]


def of_scheme(book: m.RuleBook, of_ladder: Callable[[Bench, m.Ladder], Iterable[Obligation]]) -> Iterator[Obligation]:
    """The obligations of the scheme's own ladders, on the bench of the first factor; its rules play no part."""
    found = ladders_of(book, "")
    if found and book.factors:
        bench = Bench(book, next(iter(book.factors)))
        for ladder in found:
            for one in of_ladder(bench, ladder):
                yield replace(one, factor="")


def rungs(ladder: m.Ladder) -> tuple[c.Holds, ...]:
    """Each rung as a condition, from the lowest up."""
    return tuple(c.Holds(term, ladder.source.place) for term in ladder.terms)


def pairs(ladder: m.Ladder) -> Iterator[tuple[c.Holds, c.Holds]]:
    """Every two rungs, the lower one first."""
    return combinations(rungs(ladder), 2)


def gap(ladder: m.Ladder) -> c.Condition:
    """That a case is on no rung, though the ladder claims that it is."""
    place = ladder.source.place
    none: c.Condition = c.Not(c.AnyOf(rungs(ladder), place), place)
    return c.All((ladder.within, none), place) if ladder.within else none


def name_of(rung: c.Holds) -> str:
    """A rung in words."""
    return rung.term.name.replace("_", " ")


def in_order(ladder: m.Ladder) -> str:
    """A ladder in words, from its lowest rung up."""
    return " < ".join(map(name_of, rungs(ladder)))


def ends_of(book: m.RuleBook, rung: c.Holds) -> Iterator[End]:
    """The definitions of a rung, as sides of a finding."""
    for definition in book.terms[rung.term].definitions:
        yield end_of_definition(rung.term, definition)


def end_of_definition(term: c.TermKey, definition: m.Definition) -> End:
    """One definition as a side of a finding: “light: 2 to 5 kg”."""
    name = term.name.replace("_", " ")
    words = f"{name}: {definition.reads}" if definition.reads else name
    return End(words, definition.source.place, definition.source.citations)


# ── a case of one entry, in the solver and before the evaluators ─────────────────────────────────────────────────


def there(bench: Bench, record: str) -> z3.BoolRef:
    """That the job has a first entry of the record, of which the formula then speaks."""
    return z3.BoolVal(True) if record == JOB else bench.answers.present(record, 0)  # noqa: FBT003 - the value itself


def rising(bench: Bench, ladder: m.Ladder) -> list[z3.BoolRef]:
    """That what is left to local agreement rises with the ladder: the number that leads to a higher rung is higher.

    Numbers that nobody has agreed yet may be anything else.
    """
    ranks: dict[tuple[Question, c.Part], dict[str, int]] = {}
    for number, rung in enumerate(rungs(ladder)):
        bench.reading.holds(rung)
        for leaf in leaves_of(bench.book, [rung]):
            if isinstance(leaf, c.Compare) and leaf.bound.value is None:
                known = ranks.setdefault((leaf.question, leaf.part), {})
                # Where a number ends a rung, it leads to the next.
                rank = 2 * number if leaf.op in {">=", ">"} else 2 * number + 1
                known[leaf.bound.parameter] = max(rank, known.get(leaf.bound.parameter, 0))
    return [
        bench.answers.parameter(one) < bench.answers.parameter(other)
        for numbers in ranks.values()
        for one, other in permutations(numbers, 2)
        if numbers[one] < numbers[other]
    ]


def surely(book: m.RuleBook, *conditions: c.Condition) -> Truth:
    """What the evaluators have to find of conditions that hold in a world of the solver.

    Where a number is left to agreement or to judgement, or entries may fall on the same shifts, they leave it open.
    """
    parts = list(opened(book, conditions))
    shared = any(isinstance(part, c.Some) and part.together for part in parts)
    soft = any(isinstance(part, c.Compare) and (part.bound.value is None or part.bound.around) for part in parts)
    return UNKNOWN if shared or soft else YES


def witness_of(
    bench: Bench, found: Conclusion, shows: str, case: tuple[str, c.Condition], book: m.RuleBook | None = None
) -> Witness:
    """A job with an entry that meets a condition, confirmed by putting just that condition to the evaluators.

    ``case`` is the record (or ``JOB``) and the condition; ``book`` the book whose terms count (None: the bench's).
    """
    record, condition = case
    put = probe(book or bench.book, bench.key, record, condition)
    enough = surely(bench.book, condition)

    def met(seen: Seen) -> bool:
        return seen.truths[PROBE] >= enough

    return bench.witness(found, shows, met, book=put)


def probe(book: m.RuleBook, key: str, record: str, condition: c.Condition) -> m.RuleBook:
    """The book with a factor that asks one thing: whether the condition holds of the job, or of some entry."""
    place = condition.place
    whole = condition if record == JOB else c.Some(record, condition, 1, (), place)
    source = m.Source((), m.Status.BINDING, "", place)
    asks = m.Rule(PROBE, key, m.Asks(PROBE), whole, "", "", source)
    return replace(book, factors={key: replace(book.factors[key], rules=(asks,), bars=())})
