"""V12: nothing is counted twice.

Three things: a record that several factors credit is under a rule that says so; what a bar keeps out of a factor does
nothing for it, whatever it says; and nothing that is kept out of one factor is kept out of all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

import z3

from jerules.engine import credit
from jerules.engine.truth import NO as NOT_BARRED
from jerules.faults import OurFault
from jerules.jobs.model import Job
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.once import once_per_book
from jerules.rulebook.uses import conditions_of
from jerules.verify.bench import Bench, Conclusion
from jerules.verify.cells import cells_of
from jerules.verify.entries import for_both
from jerules.verify.formulas import NO, any_of
from jerules.verify.model import Finding, Obligation, State, Witness
from jerules.verify.regions import in_words
from jerules.verify.settle import READING, Duty, both, end_of, head, must_not_be
from jerules.verify.witness import Seen, confirm, look
from jerules.verify.worlds import Reading

CODE = "V12"
TITLE = "nothing counted twice"


def of_book(book: m.RuleBook) -> Iterator[Obligation]:
    """Every record that several factors credit, with every two of them."""
    for record, readers in readers_of(book).items():
        for pair in combinations(readers, 2):
            yield _kept_apart(book, record, pair, readers)


def of_factor(bench: Bench) -> Iterator[Obligation]:
    """What is kept out of the factor does nothing for it, and has somewhere to go."""
    for bar in bench.factor.bars:
        conditions = conditions_of(_crediting(bench, _of(bar).record))
        more = max((for_both(bench.book, one) for one in conditions), default=0)
        yield _without_effect(bench.at_once.with_entries(more), bar)
    for record in dict.fromkeys(bar.effect.record for bar in bench.factor.bars if isinstance(bar.effect, m.Bars)):
        yield _counts_somewhere(bench, record)


# ── which factors credit what ────────────────────────────────────────────────────────────────────────────────────


@once_per_book
def readers_of(book: m.RuleBook) -> Mapping[str, Mapping[str, m.Rule]]:
    """For each record the factors that credit it, with the first rule that does; a tool counts where it carries to."""
    found: dict[str, dict[str, m.Rule]] = {}
    for key, factor in book.factors.items():
        carried = list(credit.carries(factor))
        for rule in factor.rules:
            if rule.condition is None or not credit.credited(rule):
                continue
            for record in _records(book, rule.condition):
                into = [to for of, to, _ in carried if of == record] if carried else [key]
                for factor_key in into:
                    found.setdefault(record, {}).setdefault(factor_key, rule)
    return found


def _records(book: m.RuleBook, condition: c.Condition) -> Iterator[str]:
    for part in c.walk(condition):
        if isinstance(part, c.Some):
            yield part.record
        elif isinstance(part, c.Holds):
            for one in book.terms[part.term].definitions:
                yield from _records(book, one.condition)


def _kept_apart(book: m.RuleBook, record: str, pair: tuple[str, str], readers: Mapping[str, m.Rule]) -> Obligation:
    one, other = pair
    subject = f"{record} {one}/{other}"
    says = f"it is said whether `{record}` may count under {one} and under {other}"
    if _is_said(book, record, {one, other}) or _same_tool(readers, pair):
        return Obligation(CODE, "", subject, says, State.PROVED, (READING,))
    finding = Finding(
        f"the same `{record}` is credited under {one} and under {other}, and nothing says that it may be",
        ends=(end_of(readers[one]), end_of(readers[other])),
        help="say `count once`, `assess` or `may also count`, as the guidance has it",
    )
    return Obligation(CODE, "", subject, says, State.REFUTED, (READING,), finding)


def _is_said(book: m.RuleBook, record: str, pair: set[str]) -> bool:
    bars = [_of(bar) for factor in book.factors.values() for bar in credit.bars_on(factor, record)]
    if any({bar.credited, bar.barred} == pair for bar in bars):
        return True
    return any(may.record == record and pair <= {may.home, *may.factors} for may in book.may_also_count)


def _same_tool(readers: Mapping[str, m.Rule], pair: tuple[str, str]) -> bool:
    """Whether one tool credits the record to both; that no entry goes to both is V13's to show."""
    one, other = (readers[key].factor for key in pair)
    return one == other


# ── what a bar keeps out ─────────────────────────────────────────────────────────────────────────────────────────


class _Without(Reading):
    """The same job as if it had no entry of one record to credit."""

    def __init__(self, bench: Bench, of: m.FactorRules, target: str | None, record: str) -> None:
        super().__init__(bench.book, of, bench.answers, target)
        self._record = record

    def allowed(self, record: str, entry: int) -> z3.BoolRef:
        return NO if record == self._record else super().allowed(record, entry)


def _without_effect(bench: Bench, bar: m.Rule) -> Obligation:
    """A job whose only entry of the record is kept out credits what it would without that entry."""
    record = _of(bar).record
    duty = Duty(CODE, head(bar), f"an entry that is kept out by “{head(bar)}” does nothing for the level")
    alone = [bench.answers.present(record, 0), z3.Not(bench.answers.present(record, 1))]
    if bar.condition is not None:
        alone.append(bench.reading.holds(bar.condition))
    differs = any_of(with_it != without for with_it, without in _supported(bench, record))

    def finding(found: Conclusion) -> tuple[Finding, Witness]:
        wrong = Finding(
            "an entry that is kept out of the factor is credited to it all the same",
            ends=(end_of(bar), *(end_of(rule) for tool in bench.tools for _, _, rule in credit.carries(tool))),
            help="let no tool carry to the factor what is kept out of it",
        )
        return wrong, _told_apart(bench, bench.job(found), record)

    return must_not_be(bench, duty, z3.And(*alone, differs), finding)


def _of(bar: m.Rule) -> m.Bars:
    if not isinstance(bar.effect, m.Bars):
        raise OurFault(f"`{bar.id}` keeps nothing out")
    return bar.effect


def _supported(bench: Bench, record: str) -> Iterator[tuple[z3.BoolRef, z3.BoolRef]]:
    """Every rule that credits the record to the factor, or is carried to it, with the record and without it."""
    for of, target in ((bench.factor, None), *((tool, bench.key) for tool in bench.tools)):
        with_it = Reading(bench.book, of, bench.answers, target) if target else bench.reading
        without = _Without(bench, of, target, record)
        for rule in _crediting_of(bench.book, of, record):
            yield with_it.rule(rule), without.rule(rule)


def _crediting(bench: Bench, record: str) -> Iterator[m.Rule]:
    """The rules of the factor and of its tools that credit the record."""
    for of in (bench.factor, *bench.tools):
        yield from _crediting_of(bench.book, of, record)


def _crediting_of(book: m.RuleBook, of: m.FactorRules, record: str) -> Iterator[m.Rule]:
    for rule in of.rules:
        if rule.condition is not None and credit.credited(rule) and record in _records(book, rule.condition):
            yield rule


def _told_apart(bench: Bench, job: Job, record: str) -> Witness:
    """The job, confirmed by the evaluators that find something else of it without its entry."""
    empty = replace(job, records={**job.records, record: ()})
    looks = zip(look(bench.book, bench.key, job), look(bench.book, bench.key, empty), strict=True)
    told = [name for (name, seen), (_, other) in looks if _ends(seen) != _ends(other)]
    return Witness(job, "the entry is kept out, and the level rests on it", tuple(told))


def _ends(seen: Seen) -> tuple[object, ...]:
    return seen.standing.lowest, seen.standing.highest, seen.standing.raised_by


def _counts_somewhere(bench: Bench, record: str) -> Obligation:
    """Of all factors that could credit an entry one does, or a bar has it assessed under a factor of its own."""
    readers = readers_of(bench.book).get(record, {})
    bars = [bar for factor in bench.book.factors.values() for bar in credit.bars_on(factor, record)]
    duty = Duty(
        CODE, f"{record} kept from {bench.key}", f"an entry of `{record}` that is kept out here counts somewhere"
    )
    out = {key: [bar for bar in bars if _of(bar).barred == key] for key in dict.fromkeys((bench.key, *readers))}
    if not all(out.values()):
        return Obligation(duty.check, bench.key, duty.subject, duty.says, State.PROVED, (READING,))
    elsewhere = [bar for bar in bars if _of(bar).credited not in out and not _of(bar).once]
    nowhere = c.All((*map(_one_of, out.values()), *(c.Not(_one_of([bar]), bar.source.place) for bar in elsewhere)),
                    bars[0].source.place)  # fmt: skip
    cells = cells_of(bench.book, [nowhere])
    truths = cells.holds(nowhere) if cells else None

    def finding(found: Conclusion) -> tuple[Finding, Witness]:
        wrong = Finding(
            f"an entry of `{record}` can be kept out of every factor that could credit it",
            ends=tuple(end_of(bar) for bar in bars if bar not in elsewhere),
            regions=in_words(cells, truths, bench.book.scheme.calendar) if cells and truths is not None else (),
            help="let the bars leave one factor in which it counts",
        )
        return wrong, _kept_out_of_all(bench, found, tuple(out))

    of_entry = z3.And(bench.answers.present(record, 0), z3.Not(bench.answers.present(record, 1)))
    found = must_not_be(bench, duty, z3.And(of_entry, bench.reading.holds(nowhere, 0)), finding)
    if truths is None:
        return found
    return both(found, State.REFUTED if truths.any() else State.PROVED)


def _one_of(bars: Sequence[m.Rule]) -> c.Condition:
    return c.AnyOf(tuple(bar.condition for bar in bars if bar.condition is not None), bars[0].source.place)


def _kept_out_of_all(bench: Bench, found: Conclusion, factors: Sequence[str]) -> Witness:
    def barred(seen: Seen) -> bool:
        return any(truth != NOT_BARRED for truth in seen.barred.values())

    witness = bench.witness(found, "the entry counts under no factor", barred)
    confirmed = [confirm(bench.book, key, witness.job, barred) for key in factors]
    return replace(witness, confirmed_by=min(confirmed, key=len))
