"""What is still to ask: every missing answer that could move a factor's level, the most useful first.

Each missing answer is tried out: the factor is evaluated with each of the values that the rules tell apart, and the
question is ranked by how many levels an answer takes off the range on average.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from jerules.engine.facts import Facts, Slots, nothing_known, slot
from jerules.engine.reference.evaluator import ReferenceEvaluator
from jerules.engine.resolve import Standing, resolve, tools_for
from jerules.engine.truth import NO, YES
from jerules.explain.outcome import OpenQuestion
from jerules.explain.proof import AddedUp, Step, steps
from jerules.jobs.model import Job
from jerules.quantities.kinds import Exact, Kind, Measure
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.consistency import leaves
from jerules.rulebook.once import once_per_book
from jerules.rulebook.questions import JOB, Form, Question

_USUAL_SHIFTS = 260
"""Shifts a year taken for ranking alone, where the job's own are not known: five a week."""


@dataclass(frozen=True, slots=True)
class Trial:
    """Evaluates one factor with an answer filled in."""

    book: m.RuleBook
    evaluator: ReferenceEvaluator
    factor: m.FactorRules
    facts: Facts
    standing: Standing

    def width(self, facts: Facts) -> int:
        """How many levels apart the lowest and the highest possible are, with these facts."""
        return _width(self.stand(facts))

    def stand(self, facts: Facts) -> Standing:
        """The standing of the factor with these facts."""
        key = self.factor.key
        tools = tools_for(self.book, key)
        verdicts = self.evaluator.some_verdicts(facts, (key, *tools), [(tool, key) for tool in tools])
        return resolve(self.book, verdicts, facts.decisions)[key]

    def worth(self, variants: Iterable[Facts]) -> tuple[Fraction, bool, bool]:
        """Levels taken off on average, whether some variant settles it, and whether any variant moves anything."""
        before = (self.standing.lowest.level, self.standing.highest.level)
        found = [self.stand(facts) for facts in variants]
        if not found:
            return Fraction(0), False, False
        gained = Fraction(sum(_width(self.standing) - _width(s) for s in found), len(found))
        moved = any((s.lowest.level, s.highest.level) != before for s in found)
        return gained, any(s.settled for s in found), moved


def open_questions(trial: Trial, job: Job, doubtful: Iterable[Step]) -> tuple[OpenQuestion, ...]:
    """The questions for one factor that is not settled.

    ``doubtful`` are the trees of the rules that may still apply: a missing answer in them is asked for even when it would
    not move the range by itself.
    """
    if trial.standing.settled:
        return ()
    trees = tuple(doubtful)
    needed = {(s.subject.question.key, s.entry.number) for s in _missing(trees) if s.entry and isinstance(s.subject, c.Leaf)}
    found: list[OpenQuestion] = []
    for read, question in _answers(trial, job):
        gained, settles, moved = trial.worth(_filled(trial, question, read))
        entry = question.entry
        if moved or (entry and question.question and (question.question.key, entry.number) in needed):
            found.append(replace(question, narrows=gained, settles=settles))
    found += _records(trial)
    found += _decisions(trial)
    found += _conventions(trial)
    found += _overlaps(trees)
    return tuple(sorted(found, key=_rank))


def _rank(question: OpenQuestion) -> tuple[int, Fraction, bool, str, int]:
    # What the panel itself decides comes after what others can be asked.
    own = {"record": 0, "answer": 0, "hours": 0, "convention": 1, "overlap": 1, "judgement": 1, "decision": 2}
    number = question.entry.number if question.entry else 0
    return own[question.kind], -question.narrows, not question.settles, question.key, number


def _width(standing: Standing) -> int:
    return (standing.highest.level or 0) - (standing.lowest.level or 0)


def _missing(trees: Iterable[Step]) -> Iterator[Step]:
    return (s for tree in trees for s in steps(tree) if s.leaf and s.truth not in {NO, YES})


# ── answers ──────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Read:
    """How a factor reads one question: the cuts at which its rules tell answers apart, and its soft numbers."""

    question: Question
    cuts: tuple[Exact, ...]
    share_cuts: tuple[Exact, ...]
    soft: tuple[tuple[Exact, Exact], ...]


@once_per_book
def reads(book: m.RuleBook) -> Mapping[str, tuple[tuple[Read, ...], tuple[str, ...]]]:
    """For each factor: what it reads, itself or through a tool, and the parameters that no convention has settled."""
    return {key: _read_by(book, factor) for key, factor in book.factors.items()}


def _read_by(book: m.RuleBook, factor: m.FactorRules) -> tuple[tuple[Read, ...], tuple[str, ...]]:
    found: dict[Question, set[c.Leaf]] = {}
    unset: dict[str, None] = {}
    for key in (factor.key, *tools_for(book, factor.key)):
        rules = book.factors[key]
        for rule in (*rules.rules, *rules.bars):
            for leaf in leaves(book, rule.condition) if rule.condition else ():
                found.setdefault(leaf.question, set()).add(leaf)
                if isinstance(leaf, c.Compare) and leaf.bound.parameter and leaf.bound.value is None:
                    unset[leaf.bound.parameter] = None
    return tuple(_read(question, group) for question, group in found.items()), tuple(unset)


def _read(question: Question, group: Iterable[c.Leaf]) -> Read:
    compared = [leaf for leaf in group if isinstance(leaf, c.Compare)]
    soft = {leaf.bound.soft for leaf in compared if leaf.bound.soft}
    return Read(question, _cuts(compared, c.Part.VALUE), _cuts(compared, c.Part.SHARE), tuple(sorted(soft)))


def _cuts(compared: Iterable[c.Compare], part: c.Part) -> tuple[Exact, ...]:
    found: set[Exact] = set()
    for leaf in compared:
        if leaf.part is part and leaf.bound.value is not None:
            found.update(leaf.bound.soft or (leaf.bound.value,))
    return tuple(sorted(found))


def _answers(trial: Trial, job: Job) -> Iterator[tuple[Read, OpenQuestion]]:
    for read in reads(trial.book)[trial.factor.key][0]:
        question = read.question
        entries = (job.facts,) if question.record == JOB else job.records.get(question.record, ())
        for entry in entries:
            answer = entry.answers.get(question.name)
            value = answer.value if answer else None
            if answer is None:
                yield read, OpenQuestion("answer", question.asks, question.key, question, entry)
            elif isinstance(value, Measure) and value.needs_pattern:
                asks = "How many shifts does the job work in a week?"
                yield read, OpenQuestion("hours", asks, "hours", question, entry)
            elif isinstance(value, Measure) and not value.interval.exact:
                yield read, OpenQuestion("answer", question.asks, question.key, question, entry)
            elif isinstance(value, Measure) and any(b < value.interval.low < a for b, a in read.soft):
                yield read, OpenQuestion("judgement", question.asks, question.key, question, entry)


def _filled(trial: Trial, asked: OpenQuestion, read: Read) -> Iterator[Facts]:
    """The facts with the question answered in each of the ways that the rules tell apart."""
    question, entry = asked.question, asked.entry
    if question is None or entry is None:
        return
    record = trial.book.records[question.record]
    first = slot(record, question)
    for values in _values(read):
        yield _with(trial.facts, question.record, entry.number - 1, first, values)


def _with(facts: Facts, record: str, index: int, first: int, values: tuple[Exact, ...]) -> Facts:
    def filled(row: Slots) -> Slots:
        return (*row[:first], *values, *row[first + len(values) :])

    if record == JOB:
        return replace(facts, job=filled(facts.job))
    rows = facts.records[record] or ()
    changed = tuple(filled(row) if position == index else row for position, row in enumerate(rows))
    return replace(facts, records={**facts.records, record: changed})


def _values(read: Read) -> Iterator[tuple[Exact, ...]]:
    answer = read.question.type
    match answer.form:
        case Form.YES_NO:
            yield from ((NO,), (YES,))
        case Form.ONE_OF | Form.ANY_OF:
            yield from ((1 << index,) for index in range(len(answer.choices)))
        case Form.SCALE:
            yield from ((rank, rank) for rank in range(len(answer.choices)))
        case Form.QUANTITY if answer.kind is Kind.FREQUENCY:
            yield from _frequencies(read)
        case Form.QUANTITY:
            yield from ((value, value) for value in _between(read.cuts))


def _between(cuts: Sequence[Exact]) -> Iterator[Exact]:
    """A value below the first cut, on each, between each two, and beyond the last."""
    if not cuts:
        return
    if cuts[0] > 0:
        yield Fraction(cuts[0]) / 2
    for cut, following in zip(cuts, [*cuts[1:], cuts[-1] * 2 + 2], strict=True):
        yield cut
        yield Fraction(cut + following) / 2


def _frequencies(read: Read) -> Iterator[tuple[Exact, ...]]:
    """Rates and the shares that go with them, for both kinds of cut."""
    shares = {Fraction(cut) for cut in read.share_cuts}
    rates = {Fraction(cut) * 10_000 / _USUAL_SHIFTS for cut in read.cuts}
    for share in _between(sorted(shares | rates)):
        bounded = min(Fraction(share), Fraction(10_000))
        rate = bounded * _USUAL_SHIFTS / 10_000
        yield (rate, rate, bounded, bounded)


# ── records, decisions, conventions ──────────────────────────────────────────────────────────────────────────────


def _records(trial: Trial) -> Iterator[OpenQuestion]:
    records = dict.fromkeys(r.question.record for r in reads(trial.book)[trial.factor.key][0] if r.question.record != JOB)
    for name in records:
        if trial.facts.records.get(name) is None:
            record = trial.book.records[name]
            variants = [replace(trial.facts, records={**trial.facts.records, name: rows}) for rows in ((), (nothing_known(record),))]
            gained, settles, _ = trial.worth(variants)
            yield OpenQuestion("record", record.title, name, narrows=gained, settles=settles)


def _decisions(trial: Trial) -> Iterator[OpenQuestion]:
    named: Mapping[str, m.Rule] = {
        candidate.rule.effect.name: candidate.rule
        for candidate in trial.standing.candidates
        if isinstance(candidate.rule.effect, m.LeavesToPanel) and candidate.truth
    }
    for name, rule in named.items():
        effect = rule.effect
        if name in trial.facts.decisions or not isinstance(effect, m.LeavesToPanel):
            continue
        ends = (effect.low, effect.high)
        variants = [replace(trial.facts, decisions={**trial.facts.decisions, name: end}) for end in ends]
        gained, settles, moved = trial.worth(variants)
        if moved:
            yield OpenQuestion("decision", effect.asks, name, rule=rule, narrows=gained, settles=settles)


def _conventions(trial: Trial) -> Iterator[OpenQuestion]:
    for name in reads(trial.book)[trial.factor.key][1]:
        parameter = trial.book.parameters[name]
        asks = parameter.asks or f"What is agreed locally for {name.replace('_', ' ')}?"
        yield OpenQuestion("convention", asks, name)


def _overlaps(trees: Iterable[Step]) -> Iterator[OpenQuestion]:
    """Sums over entries that stay open although each entry is known: do they fall on the same shifts?"""
    seen: set[str] = set()
    for tree in trees:
        for step in steps(tree):
            if isinstance(step.subject, AddedUp) and step.truth not in {NO, YES}:
                question = step.subject.compare.question
                if question.key not in seen and step.subject.low != step.subject.high:
                    seen.add(question.key)
                    asks = "Do these fall on the same shifts, or on different ones?"
                    yield OpenQuestion("overlap", asks, question.key, question)

