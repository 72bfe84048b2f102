"""What a rule file claims and accepts beside its rules: ladders of terms, and findings that are known and stand.

Neither moves a level, so neither is in the hash of the rule book: the one is there to be checked, the other to be read
by whoever checks.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from jerules.faults import Place, nearest
from jerules.language import tree as t
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.citing import Guidance, Within
from jerules.rulebook.declare import day_of
from jerules.rulebook.names import Names, Scope
from jerules.rulebook.questions import JOB
from jerules.rulebook.typed import Typed


@dataclass(slots=True)
class Claims:
    """The ladders and acceptances of a book while it is being built.

    ``ladders`` are kept by factor and name, ``acceptances`` by factor, check and subject.
    """

    names: Names
    typed: Typed
    guidance: Guidance
    ladders: dict[tuple[str, str], m.Ladder] = field(default_factory=dict)
    acceptances: dict[tuple[str, str, str], m.Acceptance] = field(default_factory=dict)

    def add(self, statement: t.Ladder | t.Acceptance, within: Within) -> None:
        """Look up one claim and keep it, or add its faults."""
        match statement:
            case t.Ladder():
                self._ladder(statement, within)
            case t.Acceptance():
                self._acceptance(statement, within)

    # ── ladders ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _ladder(self, statement: t.Ladder, within: Within) -> None:
        name, faults = statement.name, self.names.faults
        factor = within.head.factor or ""
        source = self.guidance.source(statement, statement.clauses, within, must_cite=False)
        if first := self.ladders.get((factor, name.text)):
            faults.add(
                "duplicate", f"the ladder `{name}` stands at {first.source.place} already", name.place,
                "a name of its own", help="rename or remove one of them",
            )  # fmt: skip
        record = self.names.record(statement.record) if statement.record else None
        if self._is_nameless(statement) or (statement.record and record is None):
            return
        scope = Scope(within.head.factor, record, within.note)
        terms = self._rungs(statement.terms, scope)
        condition = self.typed.condition(statement.condition, scope) if statement.condition else None
        if within.on:
            reads = statement.clauses.reads.text if statement.clauses.reads else ""
            found = m.Ladder(name.text, factor, record.name if record else JOB, terms, condition, reads, source)
            self.ladders.setdefault((factor, name.text), found)

    def _is_nameless(self, statement: t.Ladder) -> bool:
        """Whether the record stands where the name should: then no term of it would be found."""
        name = statement.name
        nameless = statement.record is None and name.text in self.names.records
        if nameless:
            self.names.faults.add(
                "no-name", f"`{name}` is a record, and the ladder has no name of its own", name.place,
                "a name, and then the record", help=f"write for example `ladder how_often {name} = …`",
            )  # fmt: skip
        return nameless

    def _rungs(self, words: tuple[t.Word, ...], scope: Scope) -> tuple[c.TermKey, ...]:
        found: dict[str, Place] = {}
        keys = []
        for word in words:
            if first := found.get(word.text):
                self.names.faults.add(
                    "duplicate", f"`{word}` is on the ladder at {first} already", word.place, "each term once",
                    help="remove one of them",
                )  # fmt: skip
            found.setdefault(word.text, word.place)
            if key := self.names.own_term(word.text, scope):
                self.typed.rests_on(key, word.place, scope)
                keys.append(key)
            elif not self.names.is_spoilt(word.text, scope):
                self._unknown_rung(word, scope)
        return tuple(keys)

    def _unknown_rung(self, word: t.Word, scope: Scope) -> None:
        record = scope.record.name if scope.record else None
        terms = sorted(self.names.terms, key=str)
        known = [key.name for key in terms if key.factor in {scope.factor, None} and key.record == record]
        namesakes = [key for key in terms if key.name == word.text]
        advice = ""
        for key in sorted(namesakes, key=lambda key: key.factor not in {scope.factor, None})[:1]:
            if key.factor in {scope.factor, None}:
                advice = f"`{word}` is a term of {_whole(key.record)}; a ladder holds terms of one record"
            else:
                advice = f"`{word}` is a term of factor {key.factor}; each factor defines its own"
        self.names.faults.unknown(f"no term of {_whole(record)}", word.text, word.place, known, advice)

    # ── acceptances ──────────────────────────────────────────────────────────────────────────────────────────────

    def _acceptance(self, statement: t.Acceptance, within: Within) -> None:
        check, subject, faults = statement.check, statement.subject, self.names.faults
        if check.text not in m.CHECKS:
            close = nearest(check.text, m.CHECKS)
            faults.add(
                "unknown-check", f"no check is called `{check}`", check.place,
                f"`{m.CHECKS[0]}` to `{m.CHECKS[-1]}`", close, "correct the number",
            )  # fmt: skip
        because = statement.clauses.because
        if because is None:
            faults.add(
                "no-reason", "the acceptance gives no reason", faults.start(statement.place), '`because "…"`',
                help="say why the finding may stand",
            )  # fmt: skip
        source = self.guidance.source(statement, statement.clauses, within, must_cite=False)
        days = self._days(statement)
        factor = within.head.factor or ""
        key = (factor, check.text, subject.text)
        if first := self.acceptances.get(key):
            faults.add(
                "duplicate", f'{check} of "{subject}" is accepted at {first.source.place} already', subject.place,
                "one acceptance of a finding", help="remove one of them",
            )  # fmt: skip
        elif because and days:
            self.acceptances[key] = m.Acceptance(check.text, subject.text, factor, *days, because.text, source)

    def _days(self, statement: t.Acceptance) -> tuple[date, date | None] | None:
        """From when and to when; None, with a fault, when the days are none or the wrong way round."""
        faults, last = self.names.faults, statement.until
        on = day_of(statement.on, faults)
        until = day_of(last, faults) if last else None
        if on is None or (last and until is None):
            return None
        if last and until and until <= on:
            faults.add(
                "backwards", f"the acceptance ends on {last}, and begins on {statement.on}", last.place,
                f"a day after {statement.on}", help="correct one of the two dates",
            )  # fmt: skip
            return None
        return on, until


def _whole(record: str | None) -> str:
    return f"`{record}`" if record else "the job as a whole"
