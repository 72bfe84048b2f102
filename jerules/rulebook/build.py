"""Builds the rule book from syntax trees: rules and terms with every name, level and citation checked.

All faults of all files are collected; the book is only handed out when there is none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from jerules.faults import Faulty, Place, listed, nearest
from jerules.language import tree as t
from jerules.language.write import write
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.consistency import check
from jerules.rulebook.declare import Head, agreed_of, answer_type, declare, read_head, settle, status_of
from jerules.rulebook.names import Faults, Names, Scope
from jerules.rulebook.questions import Question, Record
from jerules.scheme.model import Factor, Position, Scheme


def build(scheme: Scheme, files: Sequence[t.RuleFile], faults: Faults) -> m.RuleBook:
    """The rule book of ``files`` (packs among them, in any order); raises :class:`Faulty` with every fault."""
    book = _Builder(scheme, files, faults).book()
    if faults.found:
        raise Faulty(faults.found)
    return book


@dataclass(frozen=True, slots=True)
class _Within:
    """What surrounds a statement: the head of its file, and the interpretation it stands in."""

    head: Head
    status: m.Status
    interpretation: t.Interpretation | None = None
    on: bool = True


@dataclass(slots=True)
class _Parts:
    """The rule book while it is being built."""

    definitions: dict[c.TermKey, list[m.Definition]] = field(default_factory=dict)
    defined_at: dict[c.TermKey, Place] = field(default_factory=dict)
    rules: list[m.Rule] = field(default_factory=list)
    interpretations: dict[str, m.Interpretation] = field(default_factory=dict)
    may: list[m.MayAlsoCount] = field(default_factory=list)
    never: list[m.NeverFrom] = field(default_factory=list)
    examples: list[m.Example] = field(default_factory=list)
    tools: dict[str, str] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)


class _Builder:
    def __init__(self, scheme: Scheme, files: Sequence[t.RuleFile], faults: Faults) -> None:
        self.scheme = scheme
        self.files = sorted(files, key=lambda file: file.name)
        self.faults = faults
        self.names = Names({}, {}, {}, set(), scheme.calendar, faults)
        self.parts = _Parts()
        self.withouts: dict[str, m.Agreed | None] = {}

    def book(self) -> m.RuleBook:
        heads = [read_head(file, self.scheme, self.faults) for file in self.files]
        declare(self.files, self.names)
        placed = list(zip(self.files, heads, strict=True))
        for file, head in placed:
            self._parameters(file, head)
        for file, _ in placed:
            self._conventions(file)
        for file, head in placed:
            self._enter_terms(file.statements, head)
        for file, head in placed:
            for statement in file.statements:
                self._statement(statement, _Within(head, head.status))
        self._unknown_withouts()
        book = self._assemble(heads)
        check(book, self.faults)
        return book

    def _assemble(self, heads: Sequence[Head]) -> m.RuleBook:
        parts = self.parts
        terms = {key: m.Term(key, tuple(parts.definitions.get(key, ()))) for key in sorted(self.names.terms, key=str)}
        keys = sorted({(h.number or 0, h.factor or "", h.title) for h in heads if h.factor})
        factors: dict[str, m.FactorRules] = {}
        for number, key, title in keys:
            rules = tuple(r for r in parts.rules if r.factor == key and not isinstance(r.effect, m.Bars))
            bars = tuple(r for r in parts.rules if isinstance(r.effect, m.Bars) and r.effect.barred == key)
            factors.setdefault(key, m.FactorRules(key, number or None, title, rules, bars))
        text = "\n".join(f"{file.name.rsplit('/', 1)[-1]}\n{write(file)}" for file in self.files)
        return m.RuleBook(
            scheme=self.scheme,
            records=MappingProxyType(self.names.records),
            terms=MappingProxyType(terms),
            factors=MappingProxyType(factors),
            parameters=MappingProxyType(self.names.parameters),
            interpretations=MappingProxyType(parts.interpretations),
            examples=tuple(parts.examples),
            may_also_count=tuple(parts.may),
            never=tuple(parts.never),
            packs=tuple(h.pack for h in heads if h.pack),
            hash=hashlib.sha256(f"{self.scheme!r}\n{text}".encode()).hexdigest()[:16],
        )

    # ── passes before the rules ──────────────────────────────────────────────────────────────────────────────────

    def _parameters(self, file: t.RuleFile, head: Head) -> None:
        for statement in file.statements:
            if not isinstance(statement, t.Parameter):
                continue
            name = statement.name
            if name.text in self.names.parameters:
                first = self.names.parameters[name.text].source.place
                self.faults.add("duplicate", f"the parameter `{name}` is declared at {first} already", name.place,
                                "one declaration", help="remove or rename one of them")  # fmt: skip
                continue
            kind = answer_type(statement.type, self.names)
            source = self._source(statement, statement.clauses, _Within(head, head.status))
            if kind and kind.kind is None:
                self.faults.add("wrong-type", f"the parameter `{name}` is no quantity", statement.type.place,
                                "a quantity such as `money`, `mass` or `rate`", help="only quantities can be agreed locally")  # fmt: skip
            elif kind:
                asks = statement.clauses.asks.text if statement.clauses.asks else ""
                self.names.parameters[name.text] = m.Parameter(name.text, kind, asks, source)

    def _conventions(self, file: t.RuleFile) -> None:
        for statement in file.statements:
            match statement:
                case t.Convention(name=name):
                    parameter = self.names.parameters.get(name.text)
                    if parameter is None:
                        self.faults.unknown("no parameter", name, self.names.parameters)
                    elif parameter.value is not None:
                        self.faults.add("conflicting-conventions", f"`{name}` is agreed twice", name.place,
                                        "one convention", help="remove one of the two")  # fmt: skip
                    else:
                        self.names.parameters[name.text] = settle(parameter, statement, self.names)
                case t.Without(note=note, agreed=agreed):
                    self.withouts[note.text] = agreed_of(agreed, self.faults)

    def _enter_terms(self, statements: Sequence[t.Statement], head: Head) -> None:
        for statement in statements:
            match statement:
                case t.Term(extends=False):
                    self._enter_term(statement, head)
                case t.Interpretation(statements=inner):
                    self._enter_terms(inner, head)

    def _enter_term(self, statement: t.Term, head: Head) -> None:
        record = self.names.record(statement.record) if statement.record else None
        if statement.record and record is None:
            return
        key = c.TermKey(head.factor, record.name if record else None, statement.name.text)
        if key in self.parts.defined_at:
            self.faults.add(
                "duplicate-term", f"`{key.name}` is defined at {self.parts.defined_at[key]} already", statement.name.place,
                "one definition", help="one word has one meaning within a factor; an interpretation adds with `extend term`",
            )  # fmt: skip
            return
        self.parts.defined_at[key] = statement.name.place
        self.names.terms.add(key)

    def _unknown_withouts(self) -> None:
        for file in self.files:
            for statement in file.statements:
                if isinstance(statement, t.Without) and statement.note.text not in self.parts.interpretations:
                    self.faults.unknown("no interpretation", statement.note, self.parts.interpretations)

    # ── statements ───────────────────────────────────────────────────────────────────────────────────────────────

    def _statement(self, statement: t.Statement, within: _Within) -> None:
        match statement:
            case t.Interpretation():
                self._interpretation(statement, within)
            case t.Term():
                self._term(statement, within)
            case t.Example():
                self._example(statement, within.head)
            case t.Never():
                self._never(statement, within)
            case t.MayCount():
                self._may_count(statement, within)
            case (
                t.LevelRule() | t.BoundRule() | t.ClosingRule() | t.PanelRule() | t.CreditRule() | t.Query()
            ):
                self._rule(statement, within)

    def _interpretation(self, statement: t.Interpretation, within: _Within) -> None:
        note = statement.note
        if note.text in self.parts.interpretations:
            first = self.parts.interpretations[note.text].source.place
            self.faults.add("duplicate", f"the interpretation `{note}` stands at {first} already", note.place,
                            "one interpretation of that name", help="join the two, or rename one")  # fmt: skip
            return
        status = status_of(statement.status, self.faults) if statement.status else m.Status.DEFAULT
        if statement.because is None:
            self.faults.add("no-reason", f"the interpretation `{note}` gives no reason", note.place, '`because "…"`',
                            help="say what is unclear and what is assumed")  # fmt: skip
        on = note.text not in self.withouts
        inner = _Within(within.head, status, statement, on)
        source = self._source(statement, t.Clauses(cites=statement.cites), inner)
        because = statement.because.text if statement.because else ""
        self.parts.interpretations[note.text] = m.Interpretation(
            note.text, statement.title.text, within.head.factor or "", because, source, on, self.withouts.get(note.text)
        )
        for one in statement.statements:
            self._statement(one, inner)

    def _term(self, statement: t.Term, within: _Within) -> None:
        record = self.names.records.get(statement.record.text) if statement.record else None
        if statement.record and record is None:
            if statement.extends:
                self.names.record(statement.record)
            return
        scope = Scope(within.head.factor, record)
        key = c.TermKey(within.head.factor, record.name if record else None, statement.name.text)
        if statement.extends:
            known = self.names.term(statement.name.text, scope)
            if known is None or known.record != key.record:
                terms = [k.name for k in self.names.terms if k.factor == key.factor and k.record == key.record]
                self.faults.unknown("no term to extend", statement.name, terms)
                return
            key = known
        condition = self.names.condition(statement.condition, scope)
        source = self._source(statement, statement.clauses, within)
        if condition and within.on:
            reads = statement.clauses.reads.text if statement.clauses.reads else ""
            self.parts.definitions.setdefault(key, []).append(m.Definition(condition, reads, source))

    def _rule(  # noqa: C901 - one case a statement
        self, statement: t.LevelRule | t.BoundRule | t.ClosingRule | t.PanelRule | t.CreditRule | t.Query, within: _Within
    ) -> None:
        head = within.head
        effect: m.Effect | None = None
        if head.factor is None and not (isinstance(statement, t.CreditRule) and statement.barred):
            self.faults.add("no-factor", "this rule stands in a file that names no factor", statement.place,
                            '`factor 13 "…"` at the head of the file', help="name the factor, or move the rule")  # fmt: skip
            return
        record: Record | None = None
        match statement:
            case t.LevelRule(level=level):
                position = self._position(level, head)
                effect = m.GivesLevel(position) if position else None
            case t.BoundRule(kind=kind, level=level):
                position = self._position(level, head)
                if position:
                    effect = m.Floor(position.level) if kind == "floor" else m.Cap(position.level)
            case t.ClosingRule(levels=levels):
                positions = tuple(p for level in levels if (p := self._position(level, head)))
                effect = m.Closes(positions) if positions else None
            case t.PanelRule(name=name, low=low, high=high):
                ends = (self._position(low, head), self._position(high, head))
                if statement.clauses.asks is None:
                    self.faults.add("no-question", "the panel is not told what to decide", statement.place, '`asks "…"`',
                                    help="add the question for the panel")  # fmt: skip
                elif ends[0] and ends[1]:
                    effect = m.LeavesToPanel(name.text, ends[0], ends[1], statement.clauses.asks.text)
            case t.CreditRule():
                record = self.names.record(statement.record)
                effect = self._credit(statement, head, record) if record else None
            case t.Query(text=text):
                effect = m.Asks(text.text)
        self._add_rule(statement, effect, record, within)

    def _add_rule(
        self, statement: t.LevelRule | t.BoundRule | t.ClosingRule | t.PanelRule | t.CreditRule | t.Query,
        effect: m.Effect | None, record: Record | None, within: _Within,
    ) -> None:  # fmt: skip
        head = within.head
        condition: c.Condition | None = None
        if statement.condition is not None:
            condition = self.names.condition(statement.condition, Scope(head.factor, record))
        source = self._source(statement, statement.clauses, within)
        if source.status is m.Status.ADVISORY and not isinstance(statement, t.Query):
            self.faults.add("advisory-rule", "advisory guidance cannot move a level", statement.place, "a `query`",
                            help="raise it as a query, or give the statement the status it has")  # fmt: skip
        if effect is None or not within.on or (condition is None and statement.condition is not None):
            return
        if isinstance(statement, t.ClosingRule) and statement.unless and condition:
            condition = c.Not(condition, statement.place)
        clauses = statement.clauses
        rule = m.Rule(
            self._id(effect, within), head.factor or "", effect, condition,
            clauses.reads.text if clauses.reads else "", clauses.because.text if clauses.because else "", source,
        )  # fmt: skip
        twin = next((r for r in self.parts.rules if (r.factor, r.effect, r.condition) == (rule.factor, effect, condition)), None)
        if twin:
            self.faults.add("duplicate-rule", f"this rule says the same as the one at {twin.source.place}",
                            statement.place, "each rule once", help="remove one of them")  # fmt: skip
            return
        self.parts.rules.append(rule)

    def _credit(self, statement: t.CreditRule, head: Head, record: Record) -> m.Effect | None:
        under = self._factor_key(statement.under)
        if statement.kind == "carry":
            return m.Carries(record.name, under) if under else None
        barred = self._factor_key(statement.barred) if statement.barred else head.factor
        if under is None or barred is None:
            return None
        if under == barred:
            self.faults.add("same-factor", f"the evidence would go to factor {under} and be kept from it", statement.place,
                            "two different factors", help="correct one of the numbers")  # fmt: skip
            return None
        return m.Bars(record.name, under, barred, statement.kind == "count_once")

    def _factor_key(self, word: t.Word) -> str | None:
        factor = self.scheme.factor(int(word.text))
        if factor is None:
            self.faults.add("unknown-factor", f"{self.scheme.title} has no factor {word}", word.place,
                            f"a number from 1 to {len(self.scheme.factors)}", help="correct the number")  # fmt: skip
            return None
        return str(factor.number)

    def _may_count(self, statement: t.MayCount, within: _Within) -> None:
        record = self.names.record(statement.record)
        factors = tuple(key for word in statement.under if (key := self._factor_key(word)))
        source = self._source(statement, statement.clauses, within)
        if statement.clauses.because is None:
            self.faults.add("no-reason", "a second use of the same evidence must name the different demand",
                            statement.place, '`because "…"`', help="say what is measured there")  # fmt: skip
        elif record and within.on:
            self.parts.may.append(m.MayAlsoCount(record.name, factors, statement.clauses.because.text, source))

    def _never(self, statement: t.Never, within: _Within) -> None:
        source = self._source(statement, statement.clauses, within)
        questions: list[Question] = []
        for name in statement.names:
            found = [q for record in self.names.records.values() if (q := record.question(name.text))]
            if not found:
                self.faults.unknown("no question", name, (q.name for r in self.names.records.values() for q in r.questions))
            questions += found
        because = statement.clauses.because.text if statement.clauses.because else ""
        if within.head.factor:
            self.parts.never.append(m.NeverFrom(within.head.factor, tuple(questions), because, source))

    # ── levels, citations, identifiers ───────────────────────────────────────────────────────────────────────────

    def _position(self, word: t.Word, head: Head) -> Position | None:
        """The level of that name, if the factor has it; a tool has whatever levels its rules give."""
        try:
            position = Position.read(word.text)
        except ValueError as error:
            self.faults.add("unknown-level", str(error), word.place, "a level such as `3(c)`", help="correct the level")
            return None
        factor = self.scheme.factor(head.number) if head.number else None
        if factor is None:
            return position
        return position if self._has(factor, position, word) else None

    def _has(self, factor: Factor, position: Position, word: t.Word) -> bool:
        level = factor.level(position.level)
        if level is None:
            self.faults.add("unknown-level", f"factor {factor.number} has no level {position.level}", word.place,
                            f"a level from 1 to {len(factor.levels)}", help="correct the level")  # fmt: skip
            return False
        if position.option and position.option not in level.options:
            known = [f"{level.number}({letter})" for letter in level.options]
            what = listed(known) if known else f"`{level.number}`, which has no options"
            close = nearest(str(position), known)
            self.faults.add("unknown-level", f"level {level.number} of factor {factor.number} has no option "
                            f"`{position.option}`", word.place, what, close, "correct the letter")  # fmt: skip
            return False
        return True

    def _source(self, statement: t.Statement, clauses: t.Clauses, within: _Within) -> m.Source:
        cites = clauses.cites
        interpretation = within.interpretation
        if not cites and interpretation:
            cites = interpretation.cites
        if not cites:
            self.faults.add("no-citation", "this statement cites no paragraph", statement.place,
                            "`cites level …`, `cites note …` or another place in the guidance",
                            help="say where the guidance says so")  # fmt: skip
        found = tuple(x for cite in cites if (x := self._citation(cite, within.head)))
        return m.Source(found, within.status, interpretation.note.text if interpretation else "", statement.place)

    def _citation(self, cite: t.Citation, head: Head) -> m.Citation | None:
        number = cite.factor or head.number
        stem = f"{self.scheme.id}/{self.scheme.edition.id}"
        if cite.kind == "chapter":
            paragraph = f" paragraph {cite.paragraph}" if cite.paragraph else ""
            return m.Citation(f"{stem}/{cite.target}/{cite.paragraph or 'all'}", f"chapter {cite.target}{paragraph}")
        factor = self.scheme.factor(number) if number else None
        if cite.factor and factor is None:
            self.faults.add("unknown-factor", f"{self.scheme.title} has no factor {cite.factor}", cite.place,
                            f"a number from 1 to {len(self.scheme.factors)}", help="correct the number")  # fmt: skip
            return None
        home = f"factor-{factor.number}" if factor else head.factor or "general"
        before = f"factor {number}, " if cite.factor and cite.factor != head.number else ""
        stem = f"{stem}/{home}"
        if cite.kind == "level":
            word = t.Word(cite.target, cite.place)
            if factor and not self._has(factor, Position.read(cite.target), word):
                return None
            return m.Citation(f"{stem}/level/{cite.target.replace('(', '').replace(')', '')}", f"{before}level {cite.target}")
        if cite.kind == "note":
            slug = "-".join("".join(x if x.isalnum() else " " for x in cite.target.lower()).split())
            return m.Citation(f"{stem}/note/{slug}", f"{before}note: {cite.target}")
        if cite.kind == "guidance":
            return m.Citation(f"{stem}/guidance/{cite.target}", f"{before}guidance {cite.target}")
        return m.Citation(f"{stem}/definition", f"{before}definition of the factor")

    def _id(self, effect: m.Effect, within: _Within) -> str:
        """A name for the rule that stays the same as long as its head does."""
        match effect:
            case m.GivesLevel(position=position):
                name = f"level {position}"
            case m.Floor(level=level):
                name = f"at least {level}"
            case m.Cap(level=level):
                name = f"at most {level}"
            case m.Closes(positions=positions):
                name = f"not {', '.join(str(p) for p in positions)}"
            case m.LeavesToPanel(name=panel):
                name = f"panel decides {panel}"
            case m.Bars(record=record, credited=credited):
                name = f"{record} under {credited}"
            case m.Carries(record=record, factor=factor):
                name = f"carry {record} to {factor}"
            case m.Asks():
                name = "query"
        home = within.head.factor or "all"
        inside = f"{within.interpretation.note}/" if within.interpretation else ""
        stem = f"{self.scheme.id}/{home}/{inside}{name}"
        count = self.parts.ids[stem] = self.parts.ids.get(stem, 0) + 1
        return stem if count == 1 else f"{stem} #{count}"

    # ── examples ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _example(self, statement: t.Example, head: Head) -> None:
        entries: list[m.GivenEntry] = []
        none: list[str] = []
        expects: list[m.Expected] = []
        complete = False
        for line in statement.lines:
            match line:
                case t.Given(record=record, answers=answers):
                    if self._given_record(record):
                        said = tuple((a.name.text, a.value.text, a.name.place) for a in answers)
                        entries.append(m.GivenEntry(record.text, said, line.place))
                case t.NoneGiven(record=record):
                    if self.names.record(record):
                        none.append(record.text)
                case t.NothingElse():
                    complete = True
                case t.Gives():
                    expects.append(self._expected(line, head))
        if not expects:
            self.faults.add("no-outcome", "the example does not say what it gives", statement.place, "`gives level …`",
                            help="an example that expects nothing checks nothing")  # fmt: skip
        if head.factor is None:
            self.faults.add("no-factor", "this example stands in a file that names no factor", statement.place,
                            '`factor 13 "…"` at the head of the file', help="move the example")  # fmt: skip
            return
        self.parts.examples.append(
            m.Example(statement.title.text, head.factor, tuple(entries), tuple(none), complete, tuple(expects), statement.place)
        )

    def _given_record(self, word: t.Word) -> bool:
        if word.text == "hours" or word.text in self.names.records:
            return True
        self.faults.unknown("no record", word, [*self.names.records, "hours"])
        return False

    def _expected(self, line: t.Gives, head: Head) -> m.Expected:
        if line.kind == "query":
            return m.Expected("query", (), line.words[0].text, line.place)
        positions = tuple(p for word in line.words if (p := self._position(word, head)))
        return m.Expected(line.kind, positions, "", line.place)

