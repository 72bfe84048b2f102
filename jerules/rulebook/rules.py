"""From written rules to typed ones: what each does, when, and on whose authority."""

from __future__ import annotations

from dataclasses import dataclass, field

from jerules.faults import Place
from jerules.language import procedure as written
from jerules.language import tree as t
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.citing import Guidance, Within
from jerules.rulebook.declare import Head
from jerules.rulebook.names import Names, Scope
from jerules.rulebook.procedure import Grounds, Needs, Procedural, Routes, Takes
from jerules.rulebook.procedure_rules import ProcedureRules
from jerules.rulebook.questions import Record
from jerules.rulebook.typed import Typed

RuleStatement = t.LevelRule | t.BoundRule | t.ClosingRule | t.PanelRule | t.CreditRule | t.Query | written.ProcedureRule
"""The statements that become rules."""


@dataclass(slots=True)
class Rules:
    """The rules of a book while it is being built."""

    names: Names
    typed: Typed
    guidance: Guidance
    found: list[m.Rule] = field(default_factory=list)
    _ids: dict[str, int] = field(default_factory=dict)
    _seen: dict[tuple[str, m.Effect, c.Condition | None], Place] = field(default_factory=dict)

    def add(self, statement: RuleStatement, within: Within) -> None:
        """Type one rule and keep it, or add its faults."""
        head, faults = within.head, self.names.faults
        self._belongs(statement, head)
        record = self.names.record(statement.record) if isinstance(statement, t.CreditRule) else None
        effect = self._effect(statement, within, record)
        condition = self._condition(statement, within, record)
        source = self.guidance.source(statement, statement.clauses, within)
        if source.status is m.Status.ADVISORY and not isinstance(statement, t.Query | written.ProcedureRule):
            faults.add(
                "advisory-rule", "advisory guidance cannot move a level", faults.start(statement.place), "a `query`",
                help="raise it as a query, or give the statement the status it has",
            )  # fmt: skip
        if effect is None or not within.on or (condition is None and statement.condition is not None):
            return
        if self._is_double(statement, head.factor or "", effect, condition):
            return
        reads, because = statement.clauses.reads, statement.clauses.because
        said = (reads.text if reads else "", because.text if because else "")
        self.found.append(m.Rule(self._id(effect, within), head.factor or "", effect, condition, *said, source))

    def _belongs(self, statement: RuleStatement, head: Head) -> None:
        """Whether the file is about what the rule speaks of: a factor, or a procedure; a fault when it is not."""
        faults, place = self.names.faults, self.names.faults.start(statement.place)
        if isinstance(statement, written.ProcedureRule):
            if not head.procedure and not faults.heading_unread(head.place.file, "procedure"):
                faults.add(
                    "no-procedure", "this rule stands in a file that names no procedure", place,
                    '`procedure review "…"` at the head of the file',
                    help="name the procedure, or move the rule to its file",
                )  # fmt: skip
        elif head.procedure and not isinstance(statement, t.Query):
            faults.add(
                "no-levels-here", "a procedure gives no levels and credits no evidence", place,
                "`needs`, `step`, `effective from`, `route`, `ground` or `query`",
                help="move the rule to the file of its factor",
            )  # fmt: skip
        elif head.factor is None and not (isinstance(statement, t.CreditRule) and statement.barred is not None):
            faults.add(
                "no-factor", "this rule stands in a file that names no factor", place,
                '`factor 13 "…"` at the head of the file', help="name the factor, or move the rule to its file",
            )  # fmt: skip

    def _condition(self, statement: RuleStatement, within: Within, record: Record | None) -> c.Condition | None:
        if statement.condition is None:
            return None
        if isinstance(statement, t.CreditRule) and record is None:
            return None  # of which the condition would speak
        scope = Scope(within.head.factor, record, within.note)
        condition = self.typed.condition(statement.condition, scope)
        if condition and isinstance(statement, t.ClosingRule) and statement.unless:
            return c.Not(condition, statement.place)
        return condition

    def _is_double(
        self, statement: RuleStatement, factor: str, effect: m.Effect, condition: c.Condition | None
    ) -> bool:
        """Whether a rule says what another says: the same effect on the same condition, or a second `otherwise`."""
        faults = self.names.faults
        if isinstance(statement, t.LevelRule) and condition is None and (first := self._otherwise(factor)):
            faults.add(
                "duplicate-rule", f"what holds otherwise is said at {first.source.place} already",
                faults.start(statement.place), "one `otherwise` in a factor", help="give one of the two a condition",
            )  # fmt: skip
            return True
        first_place = self._seen.setdefault((factor, effect, condition), statement.place)
        if first_place is not statement.place:
            faults.add(
                "duplicate-rule", f"this rule says the same as the one at {first_place}",
                faults.start(statement.place), "each rule once", help="remove one of them",
            )  # fmt: skip
        return first_place is not statement.place

    def _otherwise(self, factor: str) -> m.Rule | None:
        return next((rule for rule in self.found if rule.factor == factor and rule.condition is None), None)

    # ── effects ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _effect(  # noqa: PLR0911 - one case a statement
        self, statement: RuleStatement, within: Within, record: Record | None
    ) -> m.Effect | None:
        guidance, head = self.guidance, within.head
        match statement:
            case t.LevelRule(level=level):
                position = guidance.position(level, head)
                return m.GivesLevel(position) if position else None
            case t.BoundRule(kind=kind, level=level):
                number = guidance.whole_level(level, head)
                return None if number is None else m.Floor(number) if kind == "floor" else m.Cap(number)
            case t.ClosingRule(levels=levels):
                positions = tuple(p for level in levels if (p := guidance.position(level, head)))
                return m.Closes(positions) if len(positions) == len(levels) else None
            case t.PanelRule():
                return self._panel(statement, within)
            case t.CreditRule():
                return self._credit(statement, within, record)
            case t.Query(text=text):
                return m.Asks(text.text)
            case written.ProcedureRule():
                return ProcedureRules(self.names).effect(statement, Scope(head.factor, None, within.note))

    def _panel(self, statement: t.PanelRule, within: Within) -> m.LeavesToPanel | None:
        asks, advice = statement.clauses.asks, statement.clauses.help
        faults = self.names.faults
        if asks is None:
            faults.add(
                "no-question", "the panel is not told what to decide", faults.start(statement.place), '`asks "…?"`',
                help="add the question for the panel",
            )  # fmt: skip
        ends = self.guidance.two(statement.low, statement.high, within.head)
        if asks is None or ends is None:
            return None
        return m.LeavesToPanel(statement.name.text, *ends, asks.text, advice.text if advice else "")

    def _credit(self, statement: t.CreditRule, within: Within, record: Record | None) -> m.Effect | None:
        faults = self.names.faults
        under = self.guidance.factor(statement.under)
        if statement.kind == "carry":
            return m.Carries(record.name, under) if under and record else None
        barred = self.guidance.factor(statement.barred) if statement.barred else within.head.factor
        if under is None or barred is None or record is None:
            return None
        if under == barred:
            faults.add(
                "same-factor", f"the evidence would go to factor {under} and be kept from it",
                (statement.barred or statement.under).place, "two different factors", help="correct one of the numbers",
            )  # fmt: skip
            return None
        return m.Bars(record.name, under, barred, statement.kind == "count_once")

    # ── identifiers ──────────────────────────────────────────────────────────────────────────────────────────────

    def _id(self, effect: m.Effect, within: Within) -> str:
        """A name for the rule that stays the same as long as its head does."""
        inside = f"{within.note}/" if within.note else ""
        stem = f"{self.guidance.scheme.id}/{within.head.factor or 'all'}/{inside}{_called(effect)}"
        count = self._ids[stem] = self._ids.get(stem, 0) + 1
        return stem if count == 1 else f"{stem} #{count}"


def _called(effect: m.Effect) -> str:  # noqa: PLR0911 - one case an effect
    match effect:
        case m.GivesLevel(position=position):
            return f"level {position}"
        case m.Floor(level=level):
            return f"at least {level}"
        case m.Cap(level=level):
            return f"at most {level}"
        case m.Closes(positions=positions):
            return f"not {', '.join(str(position) for position in positions)}"
        case m.LeavesToPanel(name=name):
            return f"panel decides {name}"
        case m.Bars(record=record, credited=credited):
            return f"{record} under {credited}"
        case m.Carries(record=record, factor=factor):
            return f"carry {record} to {factor}"
        case m.Asks():
            return "query"
    return _called_in_procedure(effect)


def _called_in_procedure(effect: Procedural) -> str:
    match effect:
        case Needs(question=question):
            return f"needs {question.name}"
        case Takes(question=question):
            return f"step {question.name}"
        case Routes():
            return "route"
        case Grounds():
            return "ground"
    return f"effective from {effect.question.name}"
