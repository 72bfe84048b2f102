"""Sample jobs of one factor, the same on every run: one that meets each rule, the boundaries of each cut, and others.

They are complete: every question that the factor reads is answered in every entry.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import chain, islice
from typing import Final

from jerules.engine import credit
from jerules.engine.choose import choose
from jerules.engine.facts import lay_out
from jerules.engine.truth import YES, Truth
from jerules.engine.verdicts import Verdicts
from jerules.jobs.model import Job
from jerules.quantities.kinds import UNBOUNDED, WHOLE_SHARE, Exact, Kind, exact
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.questions import JOB, Form, Question
from jerules.rulebook.uses import leaves_of
from jerules.verify.axes import USUAL_SHIFTS, limits, whole
from jerules.verify.bench import Bench, Conclusion, Undecided
from jerules.verify.drafts import Draft, Drafts
from jerules.verify.witness import Told, Value, only

SEED: Final = 17
RANDOM: Final = 12
"""How many jobs are drawn."""
TRIES: Final = 40
"""So many ways to meet a rule are tried."""
FINE: Final = 1_000
"""Just below and just above a cut are so small a part of it away from it."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A job, also in bare values, with what it is for: a word for its sort, and the rule that it meets (or None)."""

    sort: str
    found: Conclusion
    job: Job
    rule: m.Rule | None = None


@lru_cache(maxsize=4)
def samples(bench: Bench) -> tuple[Sample, ...]:
    """Every sample job of the factor on the bench."""
    if bench.looked is not None:
        return tuple(one for one, _ in bench.looked())
    values = {question: values_of(question, bench.leaves) for question in bench.questions}
    return (*_meeting(bench, values), *_at_boundaries(bench, values), *_drawn(bench, values))


def _meeting(bench: Bench, values: Mapping[Question, Sequence[Value]]) -> Iterator[Sample]:
    """For each rule a job that meets it, where one is found by going through its condition."""
    every, counted = (Drafts(bench.book, values, bench.most, bars) for bars in ((), bench.factor.bars))
    reference = choose(only(bench.book)[bench.key], "reference")
    for rule in bench.rules:
        for found in chain(
            islice(_drafted(counted if credit.credited(rule) else every, rule), TRIES), _by_solver(bench, rule)
        ):
            job = bench.job(found)
            verdicts = reference.verdicts(lay_out(bench.book, job))
            if _truth(bench, verdicts, rule) == YES:
                yield Sample("rule", found, job, rule)
                break


def _drafted(drafts: Drafts, rule: m.Rule) -> Iterator[Conclusion]:
    for draft in _drafts(drafts, rule):
        job, records = drafts.answers(draft)
        yield Conclusion(Told(job, records, USUAL_SHIFTS), {})


def _drafts(drafts: Drafts, rule: m.Rule) -> Iterator[Draft]:
    if rule.condition is None:
        return iter(())
    if isinstance(rule.effect, m.Bars | m.Carries):
        return drafts.of_entry(rule.effect.record, rule.condition)
    return drafts.meeting(rule.condition)


def _by_solver(bench: Bench, rule: m.Rule) -> Iterator[Conclusion]:
    """As a last resort: the solver is a hundred times slower. It cannot say what nobody has agreed yet."""
    if rule.condition is None or any(_open(leaf) for leaf in leaves_of(bench.book, [rule.condition])):
        return
    try:
        found = bench.ask(bench.reading.rule(rule))
    except Undecided:
        return
    if found is not None:
        yield found


def _open(leaf: c.Leaf) -> bool:
    return isinstance(leaf, c.Compare) and leaf.bound.value is None


def _truth(bench: Bench, verdicts: Verdicts, rule: m.Rule) -> Truth:
    """What an evaluator finds of a rule or of a bar."""
    if rule in bench.factor.bars:
        return verdicts.barred[bench.key][bench.factor.bars.index(rule)]
    return verdicts.factors[bench.key][bench.factor.rules.index(rule)]


def _at_boundaries(bench: Bench, values: Mapping[Question, Sequence[Value]]) -> Iterator[Sample]:
    """Jobs of full length in which every value of every question occurs."""
    most = bench.most
    longest = max((-(-len(found) // (1 if question.record == JOB else most)) for question, found in values.items()),
                  default=0)  # fmt: skip
    for number in range(longest):

        def chosen(question: Question, entry: int, number: int = number) -> Value:
            found = values[question]
            place = number if question.record == JOB else number * most + entry
            return found[(place + len(question.key)) % len(found)]

        yield _sample(bench, "boundary", _told(values, chosen, lambda _: most))


def _drawn(bench: Bench, values: Mapping[Question, Sequence[Value]]) -> Iterator[Sample]:
    """Jobs drawn from a fixed seed."""
    chance = random.Random(f"{SEED} {bench.key}")  # noqa: S311 - to be the same every time
    for _ in range(RANDOM):
        found = _told(
            values, lambda question, _: chance.choice(values[question]), lambda _: chance.randint(0, bench.most)
        )
        yield _sample(bench, "drawn", found)


def _sample(bench: Bench, sort: str, found: Conclusion) -> Sample:
    return Sample(sort, found, bench.job(found))


def _told(
    values: Mapping[Question, Sequence[Value]], chosen: Callable[[Question, int], Value], entries: Callable[[str], int]
) -> Conclusion:
    job = {question: chosen(question, 0) for question in values if question.record == JOB}
    records = {}
    for record in dict.fromkeys(question.record for question in values if question.record != JOB):
        mine = [question for question in values if question.record == record]
        records[record] = [{question: chosen(question, entry) for question in mine} for entry in range(entries(record))]
    return Conclusion(Told(job, records, USUAL_SHIFTS), {})


# ── values ───────────────────────────────────────────────────────────────────────────────────────────────────────


def values_of(question: Question, leaves: Sequence[c.Leaf]) -> list[Value]:
    """Answers to a question among which are all that a condition could take for another: at every cut three."""
    names = question.type.names
    match question.type.form:
        case Form.YES_NO:
            return [False, True]
        case Form.ONE_OF:
            return [frozenset({name}) for name in names]
        case Form.ANY_OF:
            return [frozenset(), *(frozenset({name}) for name in names), frozenset(names)]
        case Form.SCALE:
            return list(range(len(names)))
    compares = [leaf for leaf in leaves if isinstance(leaf, c.Compare) and leaf.question == question]
    if question.type.kind is Kind.FREQUENCY:
        return _frequencies(compares)
    low, high = limits(question)
    found = {value for one in compares for value in _around(one, fine=not whole(question)) if low <= value <= high}
    return sorted(found) or [low]


def _around(compare: c.Compare, *, fine: bool) -> Iterator[Exact]:
    """Just below, at and just above each end of what a comparison turns on."""
    bound = compare.bound
    ends = {end for end in (bound.value, *(bound.soft or ())) if end is not None}
    for end in ends:
        step = exact(Fraction(end, FINE)) if fine and end else 1
        yield from (exact(end - step), end, exact(end + step))


def _frequencies(compares: Sequence[c.Compare]) -> list[Value]:
    """Rates with their shares, for a job with the usual shifts."""
    rates: set[Exact] = {0, USUAL_SHIFTS}
    for one in compares:
        for value in _around(one, fine=True):
            rates.add(exact(Fraction(value) * USUAL_SHIFTS / WHOLE_SHARE) if one.part is c.Part.SHARE else value)
    usual = sorted(rate for rate in rates if 0 <= rate <= min(USUAL_SHIFTS, UNBOUNDED))
    return [(rate, exact(Fraction(rate) * WHOLE_SHARE / USUAL_SHIFTS)) for rate in usual]
