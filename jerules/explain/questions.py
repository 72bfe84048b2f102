"""What is still to ask: every missing answer that could move a factor's level, the most useful first.

Each missing answer is tried out: the factor is evaluated with each of the values that the rules tell apart, and the
question is ranked by how many levels an answer takes off the range on average.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from jerules.engine.facts import Facts, Slots, mask, nothing_known, slot
from jerules.engine.reference.evaluator import ReferenceEvaluator
from jerules.engine.resolve import Standing, resolve, tools_for
from jerules.engine.truth import NO, YES
from jerules.explain.outcome import OpenQuestion
from jerules.explain.proof import AddedUp, NotAsked, OfEntry, Step
from jerules.jobs.model import Entry
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

    def stand(self, facts: Facts) -> Standing:
        """The standing of the factor with these facts."""
        key = self.factor.key
        verdicts = self.evaluator.some_verdicts(facts, (key,), [(tool, key) for tool in tools_for(self.book, key)])
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


def open_questions(trial: Trial, doubtful: Iterable[Step]) -> tuple[OpenQuestion, ...]:
    """The questions for one factor that is not settled: once all are answered, only the panel's judgement is open.

    ``doubtful`` are the trees of the rules that are open and could move the factor.
    """
    if trial.standing.settled:
        return ()
    asked: dict[tuple[str, str, int], OpenQuestion] = {}
    for question in _asked(doubtful, trial.book):
        asked.setdefault((question.kind, question.key, question.entry.number if question.entry else 0), question)
    kept = reads(trial.book)[trial.factor.key]
    found: list[OpenQuestion] = []
    for question in asked.values():
        variants = _variants(trial, question, kept.get(question.question) if question.question else None)
        gained, settles, _ = trial.worth(variants)
        found.append(_valued(question, gained, settles=settles))
    found += _decisions(trial, alone=not found)
    return tuple(sorted(found, key=_rank))


def _valued(question: OpenQuestion, gained: Fraction, *, settles: bool) -> OpenQuestion:
    kind, asks, key = question.kind, question.asks, question.key
    return OpenQuestion(kind, asks, key, question.question, question.entry, question.rule, gained, settles)


def _variants(trial: Trial, asked: OpenQuestion, read: Read | None) -> Iterable[Facts]:
    if asked.kind == "record":
        blank = nothing_known(trial.book.records[asked.key])
        return [_with_record(trial.facts, asked.key, rows) for rows in ((), (blank,))]
    return _filled(trial, asked, read) if read else ()


def _rank(question: OpenQuestion) -> tuple[int, Fraction, bool, str, int]:
    # What the panel itself decides comes after what others can be asked.
    own = {"record": 0, "answer": 0, "hours": 0, "convention": 1, "overlap": 1, "judgement": 1, "decision": 2}
    number = question.entry.number if question.entry else 0
    return own[question.kind], -question.narrows, not question.settles, question.key, number


def _width(standing: Standing) -> int:
    return (standing.highest.level or 0) - (standing.lowest.level or 0)


# ── what is open ─────────────────────────────────────────────────────────────────────────────────────────────────


def _asked(trees: Iterable[Step], book: m.RuleBook) -> Iterator[OpenQuestion]:
    """What the open leaves of trees wait for, each reached through steps that are open themselves."""
    seen: set[int] = set()
    waiting = list(trees)
    while waiting:
        step = waiting.pop()
        if step.truth in {NO, YES} or id(step) in seen:
            continue
        seen.add(id(step))
        match step.subject:
            case NotAsked(record=record):
                yield OpenQuestion("record", book.records[record].title, record)
            case c.Compare() | c.Chosen() | c.IsYes() if step.entry:
                yield from _of_leaf(book, step.subject, step.entry)
            case c.Some():
                yield from _of_sums(book, step)
        waiting += step.children


def _of_leaf(book: m.RuleBook, leaf: c.Leaf, entry: Entry) -> Iterator[OpenQuestion]:
    """What an open leaf waits for: an answer, a closer one, the job's hours, an agreed value, the panel's judgement."""
    question = leaf.question
    answer = entry.answers.get(question.name)
    if isinstance(leaf, c.Compare) and leaf.bound.parameter and leaf.bound.value is None:
        name = leaf.bound.parameter
        asks = book.parameters[name].asks or f"What is agreed locally for {name.replace('_', ' ')}?"
        yield OpenQuestion("convention", asks, name)
    value = answer.value if answer else None
    if not isinstance(value, Measure) or not isinstance(leaf, c.Compare):
        if answer is None:
            yield OpenQuestion("answer", question.asks, question.key, question, entry)
        return
    interval = value.share if leaf.part is c.Part.SHARE and value.share else value.interval
    if interval.exact:
        if leaf.bound.value is not None:
            yield OpenQuestion("judgement", question.asks, question.key, question, entry)
    elif value.needs_pattern:
        yield OpenQuestion("hours", "How many shifts does the job work in a week?", "hours", question, entry)
    else:
        yield OpenQuestion("answer", question.asks, question.key, question, entry)


_TOGETHER_IN_SHIFTS = "Do these fall on the same shifts, or on different ones?"
_TOGETHER_IN_TIME = "Do these go on at the same time, or at different times?"


def _of_sums(book: m.RuleBook, some: Step) -> Iterator[OpenQuestion]:
    """What open sums over entries wait for: the entries' answers, or whether these fall together."""
    counted = [step for step in some.children if isinstance(step.subject, OfEntry) and step.truth != NO]
    for step in some.children:
        if not isinstance(step.subject, AddedUp) or step.truth in {NO, YES}:
            continue
        compared = step.subject.compare
        asked = [q for entry in counted if entry.entry for q in _of_leaf(book, compared, entry.entry)]
        yield from (question for question in asked if question.kind != "judgement")
        if any(question.kind != "judgement" for question in asked) or any(entry.truth != YES for entry in counted):
            continue
        if step.subject.low != step.subject.high:
            asks = _TOGETHER_IN_TIME if compared.question.type.kind is Kind.SHARE else _TOGETHER_IN_SHIFTS
            yield OpenQuestion("overlap", asks, compared.question.key, compared.question)
        else:
            yield OpenQuestion("judgement", compared.question.asks, compared.question.key, compared.question)


# ── answers that rules tell apart ────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Read:
    """How a factor reads one question: the cuts at which its rules tell answers apart, and the choices they name."""

    question: Question
    cuts: tuple[Exact, ...]
    share_cuts: tuple[Exact, ...]
    choices: tuple[int, ...]


@once_per_book
def reads(book: m.RuleBook) -> Mapping[str, Mapping[Question, Read]]:
    """For each factor: what it reads, itself or through a tool."""
    return {key: _read_by(book, factor) for key, factor in book.factors.items()}


def _read_by(book: m.RuleBook, factor: m.FactorRules) -> Mapping[Question, Read]:
    found: dict[Question, set[c.Leaf]] = {}
    for key in (factor.key, *tools_for(book, factor.key)):
        rules = book.factors[key]
        for rule in (*rules.rules, *rules.bars):
            for leaf in leaves(book, rule.condition) if rule.condition else ():
                found.setdefault(leaf.question, set()).add(leaf)
    return {question: _read(question, group) for question, group in found.items()}


def _read(question: Question, group: Iterable[c.Leaf]) -> Read:
    compared = [leaf for leaf in group if isinstance(leaf, c.Compare)]
    named = sorted({mask(question.type, leaf.values) for leaf in group if isinstance(leaf, c.Chosen)})
    # Of choices that every rule treats alike one is tried.
    alike: dict[tuple[bool, ...], int] = {}
    for index in range(len(question.type.choices)):
        alike.setdefault(tuple(bool(bits & 1 << index) for bits in named), 1 << index)
    return Read(question, _cuts(compared, c.Part.VALUE), _cuts(compared, c.Part.SHARE), tuple(alike.values()))


def _cuts(compared: Iterable[c.Compare], part: c.Part) -> tuple[Exact, ...]:
    found: set[Exact] = set()
    for leaf in compared:
        if leaf.part is part and leaf.bound.value is not None:
            found.update(leaf.bound.soft or (leaf.bound.value,))
    return tuple(sorted(found))


def _filled(trial: Trial, asked: OpenQuestion, read: Read) -> Iterator[Facts]:
    """The facts with the question answered in each of the ways that the rules tell apart."""
    question, entry = asked.question, asked.entry
    if question is None or entry is None:
        return
    first = slot(trial.book.records[question.record], question)
    for values in _values(read):
        yield _with(trial.facts, question.record, entry.number - 1, first, values)


def _with(facts: Facts, record: str, index: int, first: int, values: tuple[Exact, ...]) -> Facts:
    def filled(row: Slots) -> Slots:
        return (*row[:first], *values, *row[first + len(values) :])

    if record == JOB:
        return Facts(filled(facts.job), facts.records, facts.decisions)
    rows = list(facts.records[record] or ())
    rows[index] = filled(rows[index])
    return _with_record(facts, record, tuple(rows))


def _with_record(facts: Facts, record: str, rows: tuple[Slots, ...]) -> Facts:
    return Facts(facts.job, {**facts.records, record: rows}, facts.decisions)


def _values(read: Read) -> Iterator[tuple[Exact, ...]]:
    answer = read.question.type
    match answer.form:
        case Form.YES_NO:
            yield from ((NO,), (YES,))
        case Form.ONE_OF:
            yield from ((bits,) for bits in read.choices)
        case Form.ANY_OF:
            yield from ((bits,) for bits in (0, *read.choices))
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


# ── what the panel decides ───────────────────────────────────────────────────────────────────────────────────────


def _decisions(trial: Trial, *, alone: bool) -> Iterator[OpenQuestion]:
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
        facts = trial.facts
        variants = [Facts(facts.job, facts.records, {**facts.decisions, name: end}) for end in ends]
        gained, settles, moved = trial.worth(variants)
        if moved or alone:
            yield OpenQuestion("decision", effect.asks, name, rule=rule, narrows=gained, settles=settles)
