"""Builds the rule book from syntax trees, in passes: what is declared first, then what speaks of it.

All faults of all files are collected; the book is only handed out when there is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from jerules.faults import Faulty, Place
from jerules.language import tree as t
from jerules.quantities.kinds import Kind
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.agreements import Agreements
from jerules.rulebook.binding import check_packs
from jerules.rulebook.citing import Guidance, Within
from jerules.rulebook.claims import Claims
from jerules.rulebook.consistency import check
from jerules.rulebook.cross_checks import cross_checks_of
from jerules.rulebook.declare import Head, declare, read_head, status_of
from jerules.rulebook.examples import example_of
from jerules.rulebook.hashes import digest
from jerules.rulebook.names import Faults, Names, Scope
from jerules.rulebook.questions import JOB, Question
from jerules.rulebook.rules import Rules, RuleStatement
from jerules.rulebook.typed import Typed
from jerules.scheme.model import Scheme


def build(scheme: Scheme, files: Sequence[t.RuleFile], texts: Sequence[str], faults: Faults) -> m.RuleBook:
    """The rule book of ``files`` (packs among them, in any order); ``texts`` is their canonical text, of each in turn.

    Raises :class:`Faulty` with every fault, those that ``faults`` holds already among them.
    """
    book = _Builder(scheme, files, texts, faults).book()
    if faults.found:
        raise Faulty(faults.found)
    return book


@dataclass(slots=True)
class _Parts:
    """The rule book while it is being built."""

    definitions: dict[c.TermKey, list[m.Definition]] = field(default_factory=dict)
    defined_at: dict[c.TermKey, Place] = field(default_factory=dict)
    interpretations: dict[str, m.Interpretation] = field(default_factory=dict)
    may: list[m.MayAlsoCount] = field(default_factory=list)
    never: list[m.NeverFrom] = field(default_factory=list)
    examples: list[m.Example] = field(default_factory=list)
    pro_rata: m.ProRata | None = None


class _Builder:
    def __init__(self, scheme: Scheme, files: Sequence[t.RuleFile], texts: Sequence[str], faults: Faults) -> None:
        self.scheme = scheme
        self.texts = {id(file): text for file, text in zip(files, texts, strict=True)}
        self.files = sorted(files, key=lambda file: (_short(file), self.texts[id(file)], file.name))
        self.faults = faults
        self.names = Names({}, {}, {}, {}, scheme.calendar, faults)
        self.typed = Typed(self.names)
        self.guidance = Guidance(scheme, faults)
        self.rules = Rules(self.names, self.typed, self.guidance)
        self.claims = Claims(self.names, self.typed, self.guidance)
        self.parts = _Parts()
        self.agreements = Agreements(scheme, self.names, self.guidance)

    def book(self) -> m.RuleBook:
        heads = [read_head(file, self.scheme, self.faults) for file in self.files]
        placed = list(zip(self.files, heads, strict=True))
        declare(placed, self.names)
        self.agreements.read(placed)
        for file, head in placed:
            self._enter_terms(file.statements, head, "")
        for file, head in placed:
            for statement in file.statements:
                self._statement(statement, Within(head, head.status))
        self.agreements.check_withouts(self.parts.interpretations)
        book = self._assemble(heads)
        check(book, self.faults)
        check_packs(book, self.faults)
        return book

    def _assemble(self, heads: Sequence[Head]) -> m.RuleBook:
        parts = self.parts
        terms = {key: m.Term(key, tuple(parts.definitions.get(key, ()))) for key in sorted(self.names.terms, key=str)}
        # Over what the files say and not what they are called: a pack by another name is the same pack.
        text = "\n".join(sorted(self.texts.values()))
        return m.RuleBook(
            scheme=self.scheme,
            records=MappingProxyType(self.names.records),
            terms=MappingProxyType(terms),
            factors=MappingProxyType(self._factors(heads)),
            parameters=MappingProxyType(self.names.parameters),
            interpretations=MappingProxyType(parts.interpretations),
            examples=tuple(parts.examples),
            ladders=tuple(self.claims.ladders.values()),
            acceptances=tuple(self.claims.acceptances.values()),
            may_also_count=tuple(parts.may),
            never=tuple(parts.never),
            pro_rata=parts.pro_rata,
            packs=tuple(
                m.Pack(head.pack, digest(self.texts[id(file)]), head.agreed, file.name)
                for file, head in zip(self.files, heads, strict=True)
                if head.pack is not None
            ),
            hash=digest(f"{self.scheme!r}\n{text}"),
            grades=self.agreements.grades,
            orders=tuple(self.agreements.orders),
            cross_checks=cross_checks_of(zip(self.files, heads, strict=True), self.guidance),
        )

    def _factors(self, heads: Sequence[Head]) -> dict[str, m.FactorRules]:
        found: dict[str, m.FactorRules] = {}
        keys = sorted(
            {(head.number or 0, head.factor or "", head.title, head.procedure) for head in heads if head.factor}
        )
        for number, key, title, procedure in keys:
            rules = tuple(r for r in self.rules.found if r.factor == key and not isinstance(r.effect, m.Bars))
            bars = tuple(r for r in self.rules.found if isinstance(r.effect, m.Bars) and r.effect.barred == key)
            found.setdefault(key, m.FactorRules(key, number or None, title, rules, bars, procedure))
        return found

    # ── passes before the rules ──────────────────────────────────────────────────────────────────────────────────

    def _enter_terms(self, statements: Sequence[t.Statement], head: Head, note: str) -> None:
        for statement in statements:
            match statement:
                case t.Term(extends=False):
                    self._enter_term(statement, head, note)
                case t.Interpretation(statements=inner):
                    self._enter_terms(inner, head, statement.note.text)

    def _enter_term(self, statement: t.Term, head: Head, note: str) -> None:
        name = statement.name
        record = self.names.record(statement.record) if statement.record else None
        if statement.record and record is None:
            self.names.spoilt.add((f"term of {head.factor}", name.text))
            return
        key = c.TermKey(head.factor, record.name if record else None, name.text)
        if key in self.parts.defined_at:
            self.faults.add(
                "duplicate-term", f"`{name}` is defined at {self.parts.defined_at[key]} already", name.place,
                "one definition", help="join the two with `or`, or add the second with `extend term`",
            )  # fmt: skip
            return
        if asked := self.names.question(name.text, Scope(head.factor, record)):
            self.faults.add(
                "duplicate-term", f"`{name}` is the name of a question already, asked at {asked.place}", name.place,
                "a name of its own", help="rename the term, so that a rule that says the word means one thing",
            )  # fmt: skip
        self.parts.defined_at[key] = name.place
        self.names.terms[key] = note

    # ── statements ───────────────────────────────────────────────────────────────────────────────────────────────

    def _statement(self, statement: t.Statement, within: Within) -> None:
        match statement:
            case t.Interpretation():
                self._interpretation(statement, within)
            case t.Term():
                self._term(statement, within)
            case t.Example():
                if example := example_of(statement, within.head, self.names, self.guidance, self.agreements.orders):
                    self.parts.examples.append(example)
            case t.Ladder() | t.Acceptance():
                self.claims.add(statement, within)
            case t.Never():
                self._never(statement, within)
            case t.MayCount():
                self._may_count(statement, within)
            case t.ProRata():
                self._pro_rata(statement, within)
            case _ if isinstance(statement, RuleStatement):
                self.rules.add(statement, within)

    def _interpretation(self, statement: t.Interpretation, within: Within) -> None:
        note = statement.note
        status = status_of(statement.status, self.faults) if statement.status else m.Status.DEFAULT
        if within.head.pack and statement.status and status is m.Status.BINDING:
            self.faults.add(
                "binding-pack", "what is agreed locally is not binding guidance", statement.status.place,
                "`local`, `default` or `advisory`", help="write `status local`",
            )  # fmt: skip
        on = note.text not in self.agreements.withouts
        inner = Within(within.head, status, statement, on)
        source = self.guidance.source(statement, t.Clauses(cites=statement.cites), inner)
        if statement.because is None and not self.faults.lacks_a_part(statement.place):
            self.faults.add(
                "no-reason", f"the interpretation {note} gives no reason", note.place, '`because "…"`',
                help="add a line that says what is unclear and what is assumed",
            )  # fmt: skip
        if first := self.parts.interpretations.get(note.text):
            self.faults.add(
                "duplicate", f"the interpretation {note} stands at {first.source.place} already", note.place,
                "one interpretation of that name", help="join the two, or rename one",
            )  # fmt: skip
        else:
            because = statement.because.text if statement.because else ""
            factor = within.head.factor or ""
            self.parts.interpretations[note.text] = m.Interpretation(
                note.text, statement.title.text, factor, because, source, on, self.agreements.withouts.get(note.text)
            )
        for one in statement.statements:
            self._statement(one, inner)

    def _term(self, statement: t.Term, within: Within) -> None:
        factor = within.head.factor
        record = self.names.records.get(statement.record.text) if statement.record else None
        if statement.record and record is None:
            if statement.extends:
                self.names.record(statement.record)
            return
        scope = Scope(factor, record, within.note)
        key: c.TermKey | None = c.TermKey(factor, record.name if record else None, statement.name.text)
        if statement.extends:
            key = self._extended(statement.name, scope)
        condition = self.typed.condition(statement.condition, scope)
        source = self.guidance.source(statement, statement.clauses, within)
        if key and condition and within.on:
            reads = statement.clauses.reads.text if statement.clauses.reads else ""
            self.parts.definitions.setdefault(key, []).append(m.Definition(condition, reads, source))

    def _extended(self, name: t.Word, scope: Scope) -> c.TermKey | None:
        """The term that an `extend term` adds to, of exactly the record that it names."""
        record = scope.record.name if scope.record else None
        if key := self.names.own_term(name.text, scope):
            return key
        if not self.names.is_spoilt(name.text, scope):
            known = [key.name for key in self.names.terms if key.factor == scope.factor and key.record == record]
            of = f" of `{record}`" if record else ""
            self.faults.unknown(f"no term{of} that could be extended", name.text, name.place, known)
        return None

    def _pro_rata(self, statement: t.ProRata, within: Within) -> None:
        name, asks = statement.name, statement.clauses.asks
        source = self.guidance.source(statement, statement.clauses, within)
        question = self.names.records[JOB].question(name.text)
        if question is None or question.type.kind is not Kind.SHARE:
            shares = [q.name for q in self.names.records[JOB].questions if q.type.kind is Kind.SHARE]
            self.faults.unknown("no share of the job as a whole", name.text, name.place, shares)
        elif asks is None:
            self.faults.add(
                "no-question", "nothing is asked where the levels differ", statement.place, '`asks "…"`',
                help="add the query for the panel",
            )  # fmt: skip
        elif self.parts.pro_rata:
            self.faults.add(
                "duplicate", f"a look pro rata stands at {self.parts.pro_rata.rule.source.place} already",
                statement.place, "one of them", help="remove one of the two",
            )  # fmt: skip
        elif within.on:
            name_of_rule = f"{self.scheme.id}/all/{source.interpretation}/pro rata"
            rule = m.Rule(name_of_rule, "", m.Asks(asks.text), None, "", "", source)
            self.parts.pro_rata = m.ProRata(question, rule)

    def _may_count(self, statement: t.MayCount, within: Within) -> None:
        record = self.names.record(statement.record)
        factors = tuple(key for word in statement.under if (key := self.guidance.factor(word)))
        source = self.guidance.source(statement, statement.clauses, within)
        if statement.clauses.because is None:
            self.faults.add(
                "no-reason", "a second use of the same evidence must name the different demand",
                self.faults.start(statement.place), '`because "…"`', help="say what is measured there",
            )  # fmt: skip
        elif record and within.on:
            because, home = statement.clauses.because.text, within.head.factor or ""
            self.parts.may.append(m.MayAlsoCount(record.name, factors, because, source, home))

    def _never(self, statement: t.Never, within: Within) -> None:
        source = self.guidance.source(statement, statement.clauses, within)
        questions: list[Question] = []
        for name in statement.names:
            found = [q for record in self.names.records.values() if (q := record.question(name.text))]
            if not found and not any(spoilt == name.text for _, spoilt in self.names.spoilt):
                known = (q.name for record in self.names.records.values() for q in record.questions)
                self.faults.unknown("no question", name.text, name.place, known)
            questions += found
        because = statement.clauses.because.text if statement.clauses.because else ""
        if within.head.factor:
            self.parts.never.append(m.NeverFrom(within.head.factor, tuple(questions), because, source))


def _short(file: t.RuleFile) -> str:
    """The file's own name: the folder it was read from says nothing about its content."""
    return file.name.replace("\\", "/").rsplit("/", 1)[-1]
