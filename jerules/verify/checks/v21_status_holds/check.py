"""V21: what is not binding moves no level against what is.

The rules are read twice over one job: all of them, and the binding ones alone, without any interpretation, default,
local or advisory statement. What falls on the same shifts does so in both. A declared interpretation may raise a level
above the one that a binding rule gives; every one that does is listed by name, as accepted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import z3

from jerules.engine.resolve import covers
from jerules.engine.truth import NO as TRUTH_NO
from jerules.engine.truth import YES
from jerules.faults import listed
from jerules.jobs.model import Job
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.once import once_per_book
from jerules.scheme.model import Position
from jerules.verify.bench import Bench, Conclusion, Undecided
from jerules.verify.formulas import NO, any_of
from jerules.verify.model import Acceptance, End, Finding, Obligation, State, Witness
from jerules.verify.settle import READING, SLOW, Duty, end_of, head, must_not_be, obligation
from jerules.verify.witness import Seen, look
from jerules.verify.worlds import Reading, positions_of

CODE = "V21"
TITLE = "status holds"


def of_factor(bench: Bench) -> Iterator[Obligation]:
    """No level lowered, no cap or closed level passed; and what raises a level above one that binding rules give."""
    loose = loosely_resting(bench)
    if not loose:
        says = "every statement of the factor is binding"
        yield Obligation(CODE, bench.key, "status", says, State.PROVED, (READING,))
        return
    # Where a binding rule closes a level to one that is not binding, another may bring the job there beside it.
    two = _Two(bench.at_once.for_levels(reached=2 if _closed_to(bench, loose) else 1))
    yield _lowered(two)
    yield _bounds(two)
    closing = any(isinstance(rule.effect, m.Closes) for rule in bench.factor.rules)
    yield from _raised(two, loose, reached=3 if closing else 2)


def _closed_to(bench: Bench, loose: Sequence[m.Rule]) -> bool:
    """Whether a binding rule closes a level that a rule that is not binding gives."""
    closing = [rule.effect for rule in bench.rules if isinstance(rule.effect, m.Closes) and is_binding(rule.source)]
    given = [at for rule in loose for at in _lifted_to(rule.effect)]
    return any(covers(one, at) for effect in closing for one in effect.positions for at in given)


def is_binding(source: m.Source) -> bool:
    """Whether a statement is the scheme's own word, and nobody's reading of it."""
    return source.status is m.Status.BINDING and not source.interpretation


@once_per_book
def binding_only(book: m.RuleBook) -> m.RuleBook:
    """The same book with its binding statements alone; a term that none of them defines never holds."""
    factors = {
        key: replace(
            one,
            rules=tuple(rule for rule in one.rules if is_binding(rule.source)),
            bars=tuple(bar for bar in one.bars if is_binding(bar.source)),
        )
        for key, one in book.factors.items()
    }
    terms = {
        key: replace(term, definitions=tuple(one for one in term.definitions if is_binding(one.source)))
        for key, term in book.terms.items()
    }
    return replace(book, factors=factors, terms=terms)


def loosely_resting(bench: Bench) -> tuple[m.Rule, ...]:
    """The rules that can move the level and are not binding, or rest on a term that is defined by more than that."""
    moving = (m.GivesLevel, m.LeavesToPanel, m.Floor, m.Cap, m.Closes, m.Bars)
    return tuple(
        rule
        for rule in bench.rules
        if isinstance(rule.effect, moving) and (not is_binding(rule.source) or _extensions(bench.book, rule))
    )


def _extensions(book: m.RuleBook, rule: m.Rule) -> tuple[m.Source, ...]:
    """What other than binding definitions a rule rests on."""
    waiting, seen, found = [rule.condition] if rule.condition else [], set[c.TermKey](), list[m.Source]()
    while waiting:
        for part in c.walk(waiting.pop()):
            if isinstance(part, c.Holds) and part.term not in seen:
                seen.add(part.term)
                definitions = book.terms[part.term].definitions
                found += [one.source for one in definitions if not is_binding(one.source)]
                waiting += [one.condition for one in definitions]
    return tuple(found)


class _Binding(Reading):
    """The binding rules alone; a rule that nothing else touches is as in the reading of all rules."""

    def __init__(self, bench: Bench, book: m.RuleBook) -> None:
        super().__init__(book, book.factors[bench.key], bench.answers)
        touched = {rule.id for rule in loosely_resting(bench)}
        if all(is_binding(bar.source) and bar.id not in touched for bar in bench.factor.bars):
            self._same = {rule.id: rule for rule in bench.rules if rule.id not in touched}
        else:
            self._same = {}
        self._every = bench.reading

    def rule(self, rule: m.Rule) -> z3.BoolRef:
        return self._every.rule(self._same[rule.id]) if rule.id in self._same else super().rule(rule)


class _Two:
    """All rules and the binding ones over the same job."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.book = binding_only(bench.book)
        self.factor = self.book.factors[bench.key]
        self.binding = _Binding(self.bench, self.book)
        self.at_least = self.binding.at_least()
        self.candidates = self.binding.candidates()

    def established(self, level: int) -> z3.BoolRef:
        """Whether a binding level rule gives this level or a higher one, and no binding cap keeps it lower."""
        caps = [self.binding.rule(rule) for rule in self.factor.rules if _caps_below(rule, level)]
        return z3.And(any_of(holds for _, at, holds in self.candidates if at.level >= level), z3.Not(any_of(caps)))

    def of_all(self, level: int) -> z3.BoolRef:
        """Whether all rules together come to this level or a higher one."""
        return self.bench.at_least.get(level, NO)

    def of_binding(self, level: int) -> z3.BoolRef:
        """Whether the binding rules alone do."""
        return self.at_least.get(level, NO)

    def witness(self, found: Conclusion, shows: str, claim: Callable[[Seen, Seen], bool]) -> Witness:
        """The job, confirmed by the evaluators that find so: the first is of all rules, the second of the binding."""
        for one in (self.bench.ordinary(found), found):
            job = self.bench.job(one)
            if names := self._confirmed(job, claim):
                return Witness(job, shows, names)
        return Witness(self.bench.job(found), shows)

    def _confirmed(self, job: Job, claim: Callable[[Seen, Seen], bool]) -> tuple[str, ...]:
        key = self.bench.key
        looks = list(zip(look(self.bench.book, key, job), look(self.book, key, job), strict=True))
        return tuple(name for (name, _), _ in looks) if all(claim(one, two) for (_, one), (_, two) in looks) else ()

    def behind(self, job: Job) -> Iterator[End]:
        """The binding rules that hold of a job by themselves and not among all, and what takes that from them."""
        _, every = next(look(self.bench.book, self.bench.key, job))
        _, binding = next(look(self.book, self.bench.key, job))
        lost = [rule for rule in self.factor.rules if binding.truths[rule.id] == YES != every.truths[rule.id]]
        bars = [bar for bar in self.bench.factor.bars if not is_binding(bar.source) and every.barred[bar.id] == YES]
        limits = [rule for rule in self.bench.factor.rules if _limits(rule) and every.truths[rule.id] == YES]
        notes = dict.fromkeys(one.interpretation for rule in lost for one in _extensions(self.bench.book, rule))
        yield from map(end_of, (*lost, *bars, *limits))
        for name in notes:
            if name:
                note = self.bench.book.interpretations[name]
                yield End(f"{note.id}: {note.title}", note.source.place, note.source.citations)


def _caps_below(rule: m.Rule, level: int) -> bool:
    return isinstance(rule.effect, m.Cap) and rule.effect.level < level


# ── never lower, never past a bound ──────────────────────────────────────────────────────────────────────────────


def _lowered(two: _Two) -> Obligation:
    duty = Duty(CODE, "lowered", "nothing but a binding statement lowers a level that a binding rule gives")
    levels = [level for level in two.at_least if level > 1]
    formula = any_of(z3.And(two.established(level), z3.Not(two.of_all(level))) for level in levels)

    def finding(found: Conclusion) -> tuple[Finding, Witness]:
        def lower(every: Seen, binding: Seen) -> bool:
            return (every.standing.lowest.level or 0) < (binding.standing.highest.level or 0)

        witness = two.witness(found, "a lower level than by the binding rules alone", lower)
        wrong = Finding(
            "what is not binding lowers a level that a binding rule gives",
            ends=tuple(two.behind(witness.job)),
            help="take it back, put it to the panel as a query, or accept it with its reason",
        )
        return wrong, witness

    return must_not_be(two.bench, duty, formula, finding)


def _bounds(two: _Two) -> Obligation:
    duty = Duty(CODE, "bounds", "nothing but a binding statement lifts a level past a binding cap, or to a closed one")
    formula = any_of((*_past_caps(two), *_into_closed(two)))

    def finding(found: Conclusion) -> tuple[Finding, Witness]:
        def higher(every: Seen, binding: Seen) -> bool:
            return (every.standing.highest.level or 0) > (binding.standing.lowest.level or 0)

        wrong = Finding(
            "a statement that is not binding lifts a level past what binding guidance allows",
            ends=tuple(map(end_of, filter(_lifts_or_limits, (*loosely_resting(two.bench), *two.factor.rules)))),
            help="take it back, or put it to the panel as a query",
        )
        return wrong, two.witness(found, "a higher level than the binding rules allow", higher)

    return must_not_be(two.bench, duty, formula, finding)


def _limits(rule: m.Rule) -> bool:
    return isinstance(rule.effect, m.Cap | m.Closes) and not is_binding(rule.source)


def _lifts_or_limits(rule: m.Rule) -> bool:
    """Whether a rule, not binding, gives levels, or, binding, keeps from them."""
    return isinstance(rule.effect, m.Cap | m.Closes) == is_binding(rule.source)


def _past_caps(two: _Two) -> Iterator[z3.BoolRef]:
    for rule in two.factor.rules:
        if isinstance(rule.effect, m.Cap):
            above = rule.effect.level + 1
            yield z3.And(two.binding.rule(rule), two.of_all(above), z3.Not(two.of_binding(above)))


def _into_closed(two: _Two) -> Iterator[z3.BoolRef]:
    """What a rule that is not binding gives, where a binding rule closes just that and none gives as much."""
    closing = [rule.effect for rule in two.factor.rules if isinstance(rule.effect, m.Closes)]
    for rule in two.bench.factor.rules:
        if is_binding(rule.source) or rule.condition is None:
            continue
        for at in _lifted_to(rule.effect):
            if any(covers(one, at) for effect in closing for one in effect.positions):
                lifted = z3.And(two.bench.reading.rule(rule), two.binding.closed(at))
                yield z3.And(lifted, two.of_all(at.level), z3.Not(two.of_binding(at.level)))


def _lifted_to(effect: m.Effect) -> Sequence[Position]:
    return positions_of(effect) if isinstance(effect, m.GivesLevel | m.LeavesToPanel | m.Floor) else ()


# ── raised by name ───────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Raise:
    """What may raise a level: rules, each with the level it may raise to.

    ``notes`` are the interpretations that they rest on; none where they rest on something else that is not binding.
    """

    subject: str
    notes: tuple[str, ...]
    rules: tuple[tuple[m.Rule, int], ...]


def _raised(two: _Two, loose: Sequence[m.Rule], reached: int) -> Iterator[Obligation]:
    """Each interpretation, or each other rule, that raises a level above one that a binding rule gives.

    Those that raise none with few entries are looked at again with as many as it takes, all at once, if need be singly:
    one rule raises the level, and another gives the one that it raises.
    """
    quiet: list[_Raise] = []
    for one in _raises(two.bench.book, loose):
        found = _raises_level(two, one)
        if found.state is State.PROVED:
            quiet.append(one)
        else:
            yield found
    wide = _wider(two, reached) if quiet else two
    if wide is not two and not _none_raises(wide, quiet):
        again = {one.subject: _raises_level(wide, one) for one in quiet}
        yield from (found for found in again.values() if found.state is not State.PROVED)
        quiet = [one for one in quiet if again[one.subject].state is State.PROVED]
    says = f"{len(quiet)} other readings and agreements raise no level that a binding rule gives"
    yield obligation(wide.bench, Duty(CODE, "raised", says), State.PROVED, of_none=bool(quiet))


def _wider(two: _Two, reached: int) -> _Two:
    bench = two.bench.for_levels(reached)
    return two if bench is two.bench else _Two(bench)


def _none_raises(two: _Two, quiet: Sequence[_Raise]) -> bool:
    """Whether none of them raises a level, asked at once; not certain where the solver comes to no end."""
    try:
        return not two.bench.can(any_of(_above(two, one) for one in quiet))
    except Undecided:
        return False


def _raises_level(two: _Two, one: _Raise) -> Obligation:
    return _by_name(two, one) if one.notes else _raises_above(two, one)


def _raises(book: m.RuleBook, loose: Sequence[m.Rule]) -> Iterator[_Raise]:
    groups: dict[tuple[str, ...], list[tuple[m.Rule, int]]] = {}
    for rule in loose:
        if not isinstance(rule.effect, m.GivesLevel | m.LeavesToPanel | m.Floor):
            continue
        to = max(at.level for at in positions_of(rule.effect))
        sources = (rule.source,) if not is_binding(rule.source) else _extensions(book, rule)
        notes = tuple(sorted({source.interpretation for source in sources}))
        if all(notes):
            groups.setdefault(notes, []).append((rule, to))
        else:
            yield _Raise(head(rule), (), ((rule, to),))
    for notes, rules in sorted(groups.items()):
        yield _Raise(", ".join(notes), notes, tuple(rules))


def _above(two: _Two, one: _Raise) -> z3.BoolRef:
    """That one of the rules holds, and the level is higher than the one that a binding rule gives."""
    parts = []
    for rule, to in one.rules:
        holds = two.bench.reading.rule(rule)
        if is_binding(rule.source):  # then it is a wider term that makes it hold
            holds = z3.And(holds, z3.Not(two.binding.rule(rule)))
        above = [
            z3.And(two.established(level), z3.Not(two.of_binding(level + 1)), two.of_all(level + 1))
            for level in range(1, to)
        ]
        parts.append(z3.And(holds, any_of(above)))
    return any_of(parts)


def _by_name(two: _Two, one: _Raise) -> Obligation:
    """A declared interpretation stands by its own reason. It is listed, and no job has to show it."""
    names = listed(one.notes)
    duty = Duty(CODE, one.subject, f"{names} raises no level that a binding rule gives")
    try:
        found = two.bench.possible(_above(two, one))
    except Undecided:
        return obligation(two.bench, duty, State.UNDECIDED, Finding(SLOW))
    if found is None:
        return obligation(two.bench, duty, State.PROVED, of_none=True)
    notes = [two.bench.book.interpretations[name] for name in one.notes]
    wrong = Finding(
        "a level can be higher than the one that a binding rule gives",
        ends=tuple(end_of(rule) for rule, _ in one.rules),
    )
    titles = "; ".join(note.title for note in notes)
    acceptance = Acceptance(titles, None, None, notes[0].source.place, interpretation=one.subject)
    duty = replace(duty, says=f"only by a declared reading of the guidance ({names}) is a level higher")
    return replace(obligation(two.bench, duty, State.ACCEPTED, wrong), acceptance=acceptance)


def _raises_above(two: _Two, one: _Raise) -> Obligation:
    duty = Duty(CODE, one.subject, f"“{one.subject}” raises no level that a binding rule gives")

    def finding(found: Conclusion) -> tuple[Finding, Witness]:
        def higher(every: Seen, binding: Seen) -> bool:
            given = any(binding.truths[rule.id] != TRUTH_NO for rule, _, _ in two.candidates)
            return given and (every.standing.highest.level or 0) > (binding.standing.lowest.level or 0)

        wrong = Finding(
            "a rule that is not binding raises a level above the one that a binding rule gives",
            ends=tuple(end_of(rule) for rule, _ in one.rules),
            help="let it speak only where the binding rules are silent, or accept it with its reason",
        )
        return wrong, two.witness(found, "a higher level than by the binding rules alone", higher)

    return must_not_be(two.bench, duty, _above(two, one), finding)
