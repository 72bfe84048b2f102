"""Turns Lark's parse of one statement into our syntax tree."""

from __future__ import annotations

from lark import Token

from jerules.faults import Fault, OurFault
from jerules.language import procedure as p
from jerules.language import tree as t
from jerules.language.build_conditions import ConditionBuilder
from jerules.language.build_words import Node


class TreeBuilder(ConditionBuilder):
    """Builds statements."""

    def transform(self, node: Node) -> t.Statement:
        """The statement that ``node`` (a parse of `statement`, `record_line` or `example_line`) stands for."""
        built: t.Statement = getattr(self, f"_{node.data}")(node)
        return built

    # ── headings and questions ───────────────────────────────────────────────────────────────────────────────────

    def _heading(self, node: Node) -> t.Heading:
        words = self.words(node)
        title = words[1] if len(words) > 1 else None
        return t.Heading(str(node.data), words[0], title, self._agreed(node), place=self.place(node))

    _scheme = _factor = _tool = _procedure = _pack = _status = _heading

    def _record(self, node: Node) -> t.Record:
        name, title = self.words(node)
        return t.Record(name, title, place=self.place(node))

    def _question(self, node: Node) -> t.Question:
        return self._asked(node, single=True)

    def _field(self, node: Node) -> t.Question:
        return self._asked(node, single=False)

    def _asked(self, node: Node, *, single: bool) -> t.Question:
        (name,) = self.words(node)
        clauses = self._clauses(node)
        answer = next(c for c in self.parts(node) if str(c.data).endswith("_type"))
        return t.Question(name, self._type(answer), clauses.asks, clauses.help, single, place=self.place(node))

    def _label(self, node: Node) -> t.Label:
        (name,) = self.words(node)
        return t.Label(name, place=self.place(node))

    def _type(self, node: Node) -> t.AnswerType:
        form = str(node.data).removesuffix("_type")
        detail = self.words(node)
        return t.AnswerType(form, self._choices(node), detail[0] if detail else None, place=self.place(node))

    def _choices(self, node: Node) -> tuple[t.Choice, ...]:
        return tuple(
            t.Choice(words[0], words[1] if len(words) > 1 else None)
            for choice in self.parts(node, "choice")
            if (words := self.words(choice))
        )

    def _scale(self, node: Node) -> t.Scale:
        (name,) = self.words(node)
        return t.Scale(name, self._choices(node), place=self.place(node))

    # ── rules ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _required(self, node: Node) -> t.Condition:
        condition = self.condition_of(node)
        if condition is None:
            raise OurFault(f"the grammar lets `{node.data}` go without a condition")
        return condition

    def _defined(self, node: Node, *, extends: bool) -> t.Term:
        words = self.words(node)
        record = words[1] if len(words) > 1 else None
        return t.Term(words[0], record, self._required(node), self._clauses(node), extends, place=self.place(node))

    def _term(self, node: Node) -> t.Term:
        return self._defined(node, extends=False)

    def _extend(self, node: Node) -> t.Term:
        return self._defined(node, extends=True)

    def _ladder(self, node: Node) -> t.Ladder:
        name, *record = self.words(node)
        (rungs,) = self.parts(node, "rungs")
        return t.Ladder(
            name, record[0] if record else None, tuple(self.words(rungs)), self.condition_of(node),
            self._clauses(node), place=self.place(node),
        )  # fmt: skip

    def _level(self, node: Node) -> t.LevelRule:
        (level,) = self.words(node)
        return t.LevelRule(level, self.condition_of(node), self._clauses(node), place=self.place(node))

    def _bound_rule(self, node: Node) -> t.BoundRule:
        (level,) = self.words(node)
        return t.BoundRule(str(node.data), level, self._required(node), self._clauses(node), place=self.place(node))

    _floor = _cap = _bound_rule

    def _closes(self, node: Node) -> t.ClosingRule:
        unless = bool(self.parts(node, "unless"))
        return t.ClosingRule(
            tuple(self.words(node)), unless, self._required(node), self._clauses(node), place=self.place(node)
        )

    def _panel(self, node: Node) -> t.PanelRule:
        name, low, high = self.words(node)
        return t.PanelRule(name, low, high, self._required(node), self._clauses(node), place=self.place(node))

    def _credit(self, node: Node) -> t.CreditRule:
        words = self.words(node)
        barred = words[2] if len(words) > 2 else None  # noqa: PLR2004 - the third word is the factor after `not`
        return t.CreditRule(
            str(node.data), words[0], words[1], barred, self._required(node), self._clauses(node),
            place=self.place(node),
        )  # fmt: skip

    _count_once = _assess = _carry = _credit

    def _procedure_rule(self, node: Node) -> p.ProcedureRule:
        names, texts = self.words(node, "NAME"), self.words(node, "STRING")
        (due,) = [self._due(part) for part in self.parts(node) if str(part.data).startswith("due_")] or (None,)
        return p.ProcedureRule(
            str(node.data), names[0] if names else None, texts[0] if texts else None, due,
            self.condition_of(node), self._clauses(node), place=self.place(node),
        )  # fmt: skip

    _needs = _step = _effective = _route = _ground = _procedure_rule

    def _due(self, node: Node) -> p.Due:
        form = str(node.data).removeprefix("due_")
        numbers, names = self.words(node, "INT"), self.words(node, "NAME")
        origin = [word for part in self.parts(node, "day_of") for word in self.words(part)]
        if form == "by":
            names, origin = [], names
        return p.Due(form, tuple(numbers), tuple(names), origin[0] if origin else None, self.place(node))

    def _pro_rata(self, node: Node) -> t.ProRata:
        (name,) = self.words(node)
        return t.ProRata(name, self._clauses(node), place=self.place(node))

    def _may_count(self, node: Node) -> t.MayCount:
        record, *under = self.words(node)
        return t.MayCount(record, tuple(under), self._clauses(node), place=self.place(node))

    def _never(self, node: Node) -> t.Never:
        return t.Never(tuple(self.words(node)), self._clauses(node), place=self.place(node))

    def _query(self, node: Node) -> t.Query:
        (text,) = self.words(node)
        return t.Query(text, self._required(node), self._clauses(node), place=self.place(node))

    def _parameter(self, node: Node) -> t.Parameter:
        (name,) = self.words(node)
        answer = next(c for c in self.parts(node) if str(c.data).endswith("_type"))
        within = next((self.words(part) for part in self.parts(node, "range")), None)
        ends = (within[0], within[1]) if within else None
        return t.Parameter(name, self._type(answer), self._clauses(node), ends, place=self.place(node))

    def _convention(self, node: Node) -> t.Convention:
        name, value = self.words(node)
        return t.Convention(name, value, self._agreed(node), self._clauses(node), place=self.place(node))

    def _without(self, node: Node) -> t.Without:
        (note,) = self.words(node)
        return t.Without(note, self._agreed(node), self._clauses(node), place=self.place(node))

    def _order(self, node: Node) -> t.Order:
        return t.Order(tuple(self.words(node)), self._clauses(node), place=self.place(node))

    def _grade(self, node: Node) -> t.Grade:
        name, low, high = self.words(node)
        return t.Grade(name, low, high, self._agreed(node), place=self.place(node))

    def _cross_check(self, node: Node) -> t.CrossCheck:
        title, above, number, *factors = self.words(node)
        return t.CrossCheck(title, above, number, tuple(factors), self._clauses(node), place=self.place(node))

    def _interpretation(self, node: Node) -> t.Interpretation:
        note, title = self.words(node)
        return t.Interpretation(note, title, place=self.place(node))

    def _accept(self, node: Node) -> t.Acceptance:
        check, subject, on, *until = self.words(node)
        return t.Acceptance(
            check, subject, on, until[0] if until else None, self._clauses(node), place=self.place(node)
        )

    def _because(self, node: Node) -> t.Because:
        (text,) = self.words(node)
        return t.Because(because=text, place=self.place(node))

    def _cites_line(self, node: Node) -> t.Because:
        return t.Because(cites=self._cited(node), place=self.place(node))

    # ── examples ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _example(self, node: Node) -> t.Example:
        (title,) = self.words(node)
        return t.Example(title, place=self.place(node))

    def _given(self, node: Node) -> t.Given:
        (record,) = self.words(node)
        answers = []
        for answer in self.parts(node, "answer"):
            name, value = self.words(answer)
            token = answer.children[1]
            answers.append(t.GivenAnswer(name, value, isinstance(token, Token) and token.type == "STRING"))
        return t.Given(record, tuple(answers), place=self.place(node))

    def _none_given(self, node: Node) -> t.NoneGiven:
        (record,) = self.words(node)
        return t.NoneGiven(record, place=self.place(node))

    def _nothing_else(self, node: Node) -> t.NothingElse:
        return t.NothingElse(place=self.place(node))

    def _supposed(self, node: Node) -> t.Supposed:
        name, value = self.words(node)
        return t.Supposed(name, value, place=self.place(node))

    def _decided(self, node: Node) -> t.Decided:
        name, level = self.words(node)
        return t.Decided(name, level, place=self.place(node))

    def _gives(self, node: Node) -> t.Gives:
        (outcome,) = self.parts(node)
        kind = str(outcome.data).removeprefix("gives_")
        return t.Gives(kind, tuple(self.words(outcome)), place=self.place(node))

    # ── clauses ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _clauses(self, node: Node) -> t.Clauses:
        found: dict[str, t.Word] = {}
        cites: tuple[t.Citation, ...] = ()
        for clause in self.parts(node, "reads", "asks", "help", "because", "cites"):
            if clause.data == "cites":
                cites += self._cited(clause)
            else:
                name = str(clause.data)
                if name in found:
                    self.faults.append(self._repeated(clause, name))
                (found[name],) = self.words(clause)
        return t.Clauses(cites=cites, **found)

    def _repeated(self, clause: Node, name: str) -> Fault:
        return self.source.fault(
            "repeated-clause",
            f"this statement says `{name}` twice",
            self.place(clause),
            expected=f"one `{name}`",
            help="keep one of them, or join the two texts",
        )

    def _agreed(self, node: Node) -> t.Agreement | None:
        for clause in self.parts(node, "agreed"):
            date, by = self.words(clause)
            return t.Agreement(date, by)
        return None

    def _cited(self, node: Node) -> tuple[t.Citation, ...]:
        return tuple(self._citation(c) for c in self.parts(node))

    def _citation(self, node: Node) -> t.Citation:
        factor = next((int(str(c.children[0])) for c in self.parts(node, "in_factor")), None)
        words = [word.text for word in self.words(node)]
        kind = str(node.data).removeprefix("cites_")
        target = words[0] if words else ""
        paragraph = words[1] if len(words) > 1 else ""
        return t.Citation(kind, target, paragraph, factor, place=self.place(node))
