"""The reference evaluator: the rule book written out as Python, three-valued and exact.

Each factor becomes one function. It goes once over the entries of every record that the factor reads, works out the
terms of each entry and gathers what the factor's rules ask of the entries; then each rule is one expression. The text
of the functions can be read in ``source``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from jerules.engine import credit
from jerules.engine.facts import Facts, slot
from jerules.engine.reference.expressions import Expressions
from jerules.engine.truth import UNKNOWN, Truth
from jerules.engine.verdicts import Verdicts
from jerules.faults import OurFault
from jerules.quantities.kinds import WHOLE_SHARE, Kind
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.questions import Question

_Function = Callable[..., tuple[tuple[Truth, ...], tuple[Truth, ...]]]


class ReferenceEvaluator:
    """Finds the truth of every rule by running the functions written for its factors."""

    name = "reference"

    def __init__(self, book: m.RuleBook) -> None:
        self.book = book
        self.source: dict[str, str] = {}
        self._factors = {key: self._function(_Writer(book, factor)) for key, factor in book.factors.items()}
        self._carried = {
            (key, target): self._function(_Writer(book, factor, target))
            for key, factor in book.factors.items()
            for target in credit.targets(factor)
        }

    def _function(self, writer: _Writer) -> tuple[_Function, tuple[str, ...]]:
        text = writer.text()
        name = writer.factor.key if writer.target is None else f"{writer.factor.key} carried to {writer.target}"
        self.source[name] = text
        scope: dict[str, object] = dict(writer.expressions.constants)
        exec(compile(text, f"<factor {name}>", "exec"), scope)  # noqa: S102 - our own text, made from checked names only
        return scope["verdicts"], tuple(writer.records)  # type: ignore[return-value]

    def verdicts(self, facts: Facts) -> Verdicts:
        """The truth of every rule."""
        return self.some_verdicts(facts, self._factors, self._carried)

    def some_verdicts(self, facts: Facts, factors: Iterable[str], carried: Iterable[tuple[str, str]]) -> Verdicts:
        """The truth of the rules of some factors, and of some tools as far as they are carried somewhere."""
        rules: dict[str, tuple[Truth, ...]] = {}
        barred: dict[str, tuple[Truth, ...]] = {}
        records = facts.records
        for key in factors:
            function, needed = self._factors[key]
            rules[key], barred[key] = function(facts.job, *[records.get(name) for name in needed])
        raised = {}
        for pair in carried:
            function, needed = self._carried[pair]
            raised[pair] = function(facts.job, *[records.get(name) for name in needed])[0]
        return Verdicts(rules, barred, raised)


@dataclass(slots=True)
class _Gathered:
    """One thing asked of the entries of a record: where its truth is kept while the entries are gone through."""

    some: c.Some
    credited: bool
    name: str


@dataclass(slots=True)
class _Loop:
    """What is worked out for each entry of one record."""

    record: str
    gathered: list[_Gathered] = field(default_factory=list)
    entrywise: list[tuple[m.Rule, str]] = field(default_factory=list)


class _Writer:
    """Writes the function of one factor, or of a tool as far as it is carried to ``target``."""

    def __init__(self, book: m.RuleBook, factor: m.FactorRules, target: str | None = None) -> None:
        self.book = book
        self.factor = factor
        self.target = target
        self.expressions = Expressions(book)
        self.loops: dict[str, _Loop] = {}
        self.records: list[str] = []

    # ── what the rules ask of the records ────────────────────────────────────────────────────────────────────────

    def text(self) -> str:
        """The text of the function ``verdicts(job, record, …)``: the truth of each rule, then of each bar."""
        bars = [self._entrywise(rule) for rule in self.factor.bars]
        rules = [self._rule(rule) for rule in self.factor.rules]
        body: list[str] = []
        for loop in self.loops.values():
            body += self._loop(loop)
        self.records = list(self.loops)
        head = ", ".join(["job", *(f"{name}_entries" for name in self.records)])
        result = f"    return ({''.join(f'{rule}, ' for rule in rules)}), ({''.join(f'{bar}, ' for bar in bars)})"
        return "\n".join([f"def verdicts({head}):", *body, result, ""])

    def _rule(self, rule: m.Rule) -> str:
        if isinstance(rule.effect, m.Carries):
            return self._entrywise(rule)
        if rule.condition is None:
            return str(UNKNOWN)
        counted = credit.credited(rule)
        return self._job_condition(rule.condition, credited=counted)

    def _job_condition(self, condition: c.Condition, *, credited: bool) -> str:
        def term(holds: c.Holds) -> str:
            definitions = self.book.terms[holds.term].definitions
            return self.expressions.any([self._job_condition(d.condition, credited=credited) for d in definitions])

        def some(part: c.Some) -> str:
            return self._gather(part, credited=credited)

        return self.expressions.write(condition, term, some)

    def _gather(self, some: c.Some, *, credited: bool) -> str:
        loop = self._loop_over(some.record)
        for known in loop.gathered:
            if known.some == some and known.credited == credited:
                return known.name
        name = self.expressions.fresh("some")
        loop.gathered.append(_Gathered(some, credited, name))
        return name

    def _entrywise(self, rule: m.Rule) -> str:
        """A rule that speaks of single entries (a bar, a carry): its truth is that of the entry that meets it best."""
        effect = rule.effect
        record = effect.record if isinstance(effect, m.Bars | m.Carries) else ""
        name = self.expressions.fresh("rule")
        self._loop_over(record).entrywise.append((rule, name))
        return name

    def _loop_over(self, record: str) -> _Loop:
        return self.loops.setdefault(record, _Loop(record))

    # ── the loop over the entries of a record ────────────────────────────────────────────────────────────────────

    def _loop(self, loop: _Loop) -> list[str]:
        names = [g.name for g in loop.gathered] + [name for _, name in loop.entrywise]
        terms = _EntryTerms(self)
        inside: list[str] = []
        for rule, name in loop.entrywise:
            inside += self._keep_best(name, terms.condition(rule.condition))
        allowed = self._allowed(loop, terms)
        for gathered in loop.gathered:
            inside += self._gather_entry(gathered, allowed, terms)
        starts = [line for gathered in loop.gathered for line in _starts(gathered)]
        ends = [line for gathered in loop.gathered for line in self._ends(gathered)]
        return [
            f"    {' = '.join(names)} = 0",
            *(f"    {line}" for line in starts),
            f"    if {loop.record}_entries is None:",
            f"        {' = '.join(names)} = {UNKNOWN}",
            "    else:",
            f"        for entry in {loop.record}_entries:",
            *(f"            {line}" for line in (*terms.lines, *inside)),
            *(f"        {line}" for line in ends),
        ]

    def _allowed(self, loop: _Loop, terms: _EntryTerms) -> str:
        """Whether an entry's evidence may be credited: no bar keeps it out, and a tool carries it to its target."""
        out = [terms.condition(bar.condition) for bar in credit.bars_on(self.factor, loop.record)]
        parts = [f"(2 - {self.expressions.any(out)})"] if out else []
        if self.target is not None:
            carried = (loop.record, self.target)
            into = [rule for record, factor, rule in credit.carries(self.factor) if (record, factor) == carried]
            parts.append(self.expressions.any([terms.condition(rule.condition) for rule in into]))
        if not parts:
            return ""
        terms.lines.append(f"allowed = {self.expressions.all(parts)}")
        return "allowed"

    def _gather_entry(self, gathered: _Gathered, allowed: str, terms: _EntryTerms) -> list[str]:
        meets = terms.condition(gathered.some.condition)
        if allowed and gathered.credited:
            meets = self.expressions.all([allowed, meets])
        if gathered.some.number > 1:
            return [f"met = {meets}", f"{gathered.name}_sure += met == 2", f"{gathered.name}_may += met >= 1"]
        if not gathered.some.together:
            return self._keep_best(gathered.name, meets)
        lines = [f"if met := {meets}:", f"    if met > {gathered.name}: {gathered.name} = met"]
        for index, compared in enumerate(gathered.some.together):
            first = slot(self.book.records[gathered.some.record], compared.question, compared.part)
            low, high = f"{gathered.name}_low{index}", f"{gathered.name}_high{index}"
            if overlaps(compared.question):
                lines.append(f"    if met == 2 and entry[{first}] > {low}: {low} = entry[{first}]")
            else:
                lines.append(f"    if met == 2: {low} += entry[{first}]")
            lines.append(f"    {high} += entry[{first + 1}]")
            # Where no entry is sure to count, at least one has to, or there is nothing to add up.
            least = f"{gathered.name}_least{index}"
            lines.append(f"    if met == 1 and ({least} is None or entry[{first}] < {least}): {least} = entry[{first}]")
        return lines

    @staticmethod
    def _keep_best(name: str, expression: str) -> list[str]:
        return [f"if {name} < 2 and (met := {expression}) > {name}: {name} = met"]

    def _ends(self, gathered: _Gathered) -> list[str]:
        name = gathered.name
        if gathered.some.number > 1:
            number = gathered.some.number
            return [f"{name} = 2 if {name}_sure >= {number} else 1 if {name}_may >= {number} else 0"]
        if not gathered.some.together:
            return []
        lines = [f"if {name}:", f"    {name}_met = {name}"]
        for index, compared in enumerate(gathered.some.together):
            low, high = f"{name}_low{index}", f"{name}_high{index}"
            lines.append(f"    if {name}_met == 1: {low} = {name}_least{index}")
            if compared.part is c.Part.SHARE or compared.bound.kind is Kind.SHARE:
                lines.append(f"    if {high} > {WHOLE_SHARE}: {high} = {WHOLE_SHARE}")
            truth = self.expressions.compare(compared.op, low, high, compared.bound)
            lines.append(f"    {name} = {self.expressions.all([name, truth])}")
        return lines


def overlaps(question: Question) -> bool:
    """Whether the answers of several entries may fall on the same shifts, so that they do not simply add up."""
    return question.type.kind in {Kind.FREQUENCY, Kind.SHARE}


def _starts(gathered: _Gathered) -> Iterable[str]:
    if gathered.some.number > 1:
        yield f"{gathered.name}_sure = {gathered.name}_may = 0"
    for index, _ in enumerate(gathered.some.together):
        yield f"{gathered.name}_low{index} = {gathered.name}_high{index} = 0"
        yield f"{gathered.name}_least{index} = None"


class _EntryTerms:
    """Works each term of an entry out once, in an order in which every term follows those it uses."""

    def __init__(self, writer: _Writer) -> None:
        self.writer = writer
        self.lines: list[str] = []
        self.names: dict[c.TermKey, str] = {}

    def condition(self, condition: c.Condition | None) -> str:
        """The expression of a condition on one entry; the terms it uses are worked out before it."""
        if condition is None:
            return "2"
        return self.writer.expressions.write(condition, self._term, self._some)

    def _term(self, holds: c.Holds) -> str:
        if holds.term not in self.names:
            definitions = self.writer.book.terms[holds.term].definitions
            expression = self.writer.expressions.any([self.condition(d.condition) for d in definitions])
            name = self.writer.expressions.fresh(f"is_{holds.term.name}_")
            self.lines.append(f"{name} = {expression}")
            self.names[holds.term] = name
        return self.names[holds.term]

    @staticmethod
    def _some(some: c.Some) -> str:
        message = f"a condition on one entry speaks of the entries of `{some.record}`"
        raise OurFault(message)
