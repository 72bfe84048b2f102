"""Turns Lark's parse of one statement into our syntax tree."""

from __future__ import annotations

import re
from typing import Any

from lark import Token, Tree

from jerules.documents.text import Source
from jerules.faults import Fault, Place
from jerules.language import tree as t

# Lark's trees are untyped: every method below takes one and gives a typed node back, and nothing leaves this module
# that is not one of ours.
_Node = Tree[Any]


class TreeBuilder:
    """Builds statements; ``offset`` is the number of lines before the statement in its file."""

    def __init__(self, source: Source, faults: list[Fault]) -> None:
        self.source = source
        self.faults = faults
        self.offset = 0

    def transform(self, node: _Node) -> t.Statement:
        """The statement that ``node`` (a parse of `statement`, `record_line` or `example_line`) stands for."""
        built: t.Statement = getattr(self, f"_{node.data}")(node)
        return built

    # ── places and words ─────────────────────────────────────────────────────────────────────────────────────────

    def _place(self, node: _Node | Token) -> Place:
        mark = node if isinstance(node, Token) else node.meta
        if getattr(mark, "line", None) is None:
            return self.source.place(self.offset + 1, 1, self.offset + 1, 1)
        line = mark.line or 1
        return self.source.place(
            self.offset + line, mark.column or 1, self.offset + (mark.end_line or line), mark.end_column or 1
        )

    def _word(self, token: Token) -> t.Word:
        text = str(token)
        if token.type == "STRING":
            text = " ".join(text[1:-1].split())
        elif token.type in {"VALUE", "RAW"}:
            text = " ".join(text.split())
        elif token.type == "POSITION":
            text = re.sub(r"^([0-9]+)([a-z])$", r"\1(\2)", text)
        return t.Word(text, self._place(token))

    def _words(self, node: _Node, *types: str) -> list[t.Word]:
        return [self._word(c) for c in node.children if isinstance(c, Token) and (not types or c.type in types)]

    @staticmethod
    def _sub(node: _Node, *names: str) -> list[_Node]:
        return [c for c in node.children if isinstance(c, Tree) and (not names or c.data in names)]

    # ── headings and questions ───────────────────────────────────────────────────────────────────────────────────

    def _heading(self, node: _Node) -> t.Heading:
        words = self._words(node)
        title = words[1] if len(words) > 1 else None
        return t.Heading(str(node.data), words[0], title, self._agreed(node), place=self._place(node))

    _scheme = _factor = _tool = _pack = _status = _heading

    def _record(self, node: _Node) -> t.Record:
        name, title = self._words(node)
        return t.Record(name, title, place=self._place(node))

    def _question(self, node: _Node) -> t.Question:
        return self._asked(node, single=True)

    def _field(self, node: _Node) -> t.Question:
        return self._asked(node, single=False)

    def _asked(self, node: _Node, *, single: bool) -> t.Question:
        (name,) = self._words(node)
        clauses = self._clauses(node)
        answer = next(c for c in self._sub(node) if str(c.data).endswith("_type"))
        return t.Question(name, self._type(answer), clauses.asks, clauses.help, single, place=self._place(node))

    def _label(self, node: _Node) -> t.Label:
        (name,) = self._words(node)
        return t.Label(name, place=self._place(node))

    def _type(self, node: _Node) -> t.AnswerType:
        form = str(node.data).removesuffix("_type")
        detail = self._words(node)
        return t.AnswerType(form, self._choices(node), detail[0] if detail else None, place=self._place(node))

    def _choices(self, node: _Node) -> tuple[t.Choice, ...]:
        return tuple(
            t.Choice(words[0], words[1] if len(words) > 1 else None)
            for choice in self._sub(node, "choice")
            if (words := self._words(choice))
        )

    def _scale(self, node: _Node) -> t.Scale:
        (name,) = self._words(node)
        return t.Scale(name, self._choices(node), place=self._place(node))

    # ── rules ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _condition_of(self, node: _Node) -> t.Condition | None:
        for clause in self._sub(node, "when", "unless"):
            return self._condition(clause.children[0])
        return None

    def _required(self, node: _Node) -> t.Condition:
        condition = self._condition_of(node)
        if condition is None:
            raise TypeError(node.data)
        return condition

    def _defined(self, node: _Node, *, extends: bool) -> t.Term:
        words = self._words(node)
        record = words[1] if len(words) > 1 else None
        return t.Term(
            words[0], record, self._required(node), self._clauses(node), extends, place=self._place(node)
        )

    def _term(self, node: _Node) -> t.Term:
        return self._defined(node, extends=False)

    def _extend(self, node: _Node) -> t.Term:
        return self._defined(node, extends=True)

    def _level(self, node: _Node) -> t.LevelRule:
        (level,) = self._words(node)
        return t.LevelRule(level, self._condition_of(node), self._clauses(node), place=self._place(node))

    def _bound_rule(self, node: _Node) -> t.BoundRule:
        (level,) = self._words(node)
        return t.BoundRule(
            str(node.data), level, self._required(node), self._clauses(node), place=self._place(node)
        )

    _floor = _cap = _bound_rule

    def _closes(self, node: _Node) -> t.ClosingRule:
        unless = bool(self._sub(node, "unless"))
        return t.ClosingRule(
            tuple(self._words(node)), unless, self._required(node), self._clauses(node), place=self._place(node)
        )

    def _panel(self, node: _Node) -> t.PanelRule:
        name, low, high = self._words(node)
        return t.PanelRule(name, low, high, self._required(node), self._clauses(node), place=self._place(node))

    def _credit(self, node: _Node) -> t.CreditRule:
        words = self._words(node)
        barred = words[2] if len(words) > 2 else None  # noqa: PLR2004 - the third word is the factor after `not`
        return t.CreditRule(
            str(node.data), words[0], words[1], barred, self._required(node), self._clauses(node),
            place=self._place(node),
        )  # fmt: skip

    _count_once = _assess = _carry = _credit

    def _may_count(self, node: _Node) -> t.MayCount:
        record, *under = self._words(node)
        return t.MayCount(record, tuple(under), self._clauses(node), place=self._place(node))

    def _never(self, node: _Node) -> t.Never:
        return t.Never(tuple(self._words(node)), self._clauses(node), place=self._place(node))

    def _query(self, node: _Node) -> t.Query:
        (text,) = self._words(node)
        return t.Query(text, self._required(node), self._clauses(node), place=self._place(node))

    def _parameter(self, node: _Node) -> t.Parameter:
        (name,) = self._words(node)
        answer = next(c for c in self._sub(node) if str(c.data).endswith("_type"))
        return t.Parameter(name, self._type(answer), self._clauses(node), place=self._place(node))

    def _convention(self, node: _Node) -> t.Convention:
        name, value = self._words(node)
        return t.Convention(name, value, self._agreed(node), self._clauses(node), place=self._place(node))

    def _without(self, node: _Node) -> t.Without:
        (note,) = self._words(node)
        return t.Without(note, self._agreed(node), self._clauses(node), place=self._place(node))

    def _interpretation(self, node: _Node) -> t.Interpretation:
        note, title = self._words(node)
        return t.Interpretation(note, title, place=self._place(node))

    def _because(self, node: _Node) -> t.Because:
        (text,) = self._words(node)
        return t.Because(because=text, place=self._place(node))

    def _cites_line(self, node: _Node) -> t.Because:
        return t.Because(cites=self._cited(node), place=self._place(node))

    # ── examples ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _example(self, node: _Node) -> t.Example:
        (title,) = self._words(node)
        return t.Example(title, place=self._place(node))

    def _given(self, node: _Node) -> t.Given:
        (record,) = self._words(node)
        answers = []
        for answer in self._sub(node, "answer"):
            name, value = self._words(answer)
            token = answer.children[1]
            answers.append(t.GivenAnswer(name, value, isinstance(token, Token) and token.type == "STRING"))
        return t.Given(record, tuple(answers), place=self._place(node))

    def _none_given(self, node: _Node) -> t.NoneGiven:
        (record,) = self._words(node)
        return t.NoneGiven(record, place=self._place(node))

    def _nothing_else(self, node: _Node) -> t.NothingElse:
        return t.NothingElse(place=self._place(node))

    def _gives(self, node: _Node) -> t.Gives:
        (outcome,) = self._sub(node)
        kind = str(outcome.data).removeprefix("gives_")
        return t.Gives(kind, tuple(self._words(outcome)), place=self._place(node))

    # ── clauses ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _clauses(self, node: _Node) -> t.Clauses:
        found: dict[str, t.Word] = {}
        cites: tuple[t.Citation, ...] = ()
        for clause in self._sub(node, "reads", "asks", "help", "because", "cites"):
            if clause.data == "cites":
                cites += self._cited(clause)
            else:
                name = str(clause.data)
                if name in found:
                    self.faults.append(self._repeated(clause, name))
                (found[name],) = self._words(clause)
        return t.Clauses(cites=cites, **found)

    def _repeated(self, clause: _Node, name: str) -> Fault:
        place = self._place(clause)
        return Fault(
            "repeated-clause",
            f"this statement says `{name}` twice",
            place,
            expected=f"one `{name}`",
            help="keep one of them",
            line_text=self.source.line(place.line),
        )

    def _agreed(self, node: _Node) -> t.Agreement | None:
        for clause in self._sub(node, "agreed"):
            date, by = self._words(clause)
            return t.Agreement(date, by)
        return None

    def _cited(self, node: _Node) -> tuple[t.Citation, ...]:
        return tuple(self._citation(c) for c in self._sub(node))

    def _citation(self, node: _Node) -> t.Citation:
        factor = next((int(str(c.children[0])) for c in self._sub(node, "in_factor")), None)
        words = [word.text for word in self._words(node)]
        kind = str(node.data).removeprefix("cites_")
        target = words[0] if words else ""
        paragraph = words[1] if len(words) > 1 else ""
        return t.Citation(kind, target, paragraph, factor, place=self._place(node))

    # ── conditions ───────────────────────────────────────────────────────────────────────────────────────────────

    def _condition(self, node: _Node) -> t.Condition:
        built: t.Condition = getattr(self, f"_if_{node.data}")(node)
        return built

    def _if_bracketed(self, node: _Node) -> t.Condition:
        return self._condition(node.children[0])

    def _parts(self, node: _Node, kind: type[t.Both | t.Either]) -> tuple[t.Condition, ...]:
        """The parts of an `and` or `or`, one list however they were nested: `(a and b) and c` is `a and b and c`."""
        parts: list[t.Condition] = []
        for child in self._sub(node):
            part = self._condition(child)
            parts.extend(part.parts if isinstance(part, kind) else (part,))
        return tuple(parts)

    def _if_both(self, node: _Node) -> t.Both:
        return t.Both(self._parts(node, t.Both), self._place(node))

    def _if_either(self, node: _Node) -> t.Either:
        return t.Either(self._parts(node, t.Either), self._place(node))

    def _if_negated(self, node: _Node) -> t.Negated:
        return t.Negated(self._condition(node.children[0]), self._place(node))

    def _if_named(self, node: _Node) -> t.Named:
        (name,) = self._words(node)
        return t.Named(name, self._place(node))

    def _if_is_one(self, node: _Node) -> t.IsOne:
        name, *values = self._words(node)
        return t.IsOne(name, tuple(values), self._place(node))

    def _if_includes(self, node: _Node) -> t.Includes:
        name, *values = self._words(node)
        return t.Includes(name, tuple(values), self._place(node))

    def _if_compare(self, node: _Node) -> t.Comparison:
        name, op = self._words(node)
        (limit,) = self._sub(node)
        return t.Comparison(name, op.text, self._limit(limit), self._place(node))

    def _if_between(self, node: _Node) -> t.Between:
        (name,) = self._words(node)
        low, high = self._sub(node)
        return t.Between(name, self._limit(low), self._limit(high), self._place(node))

    def _limit(self, node: _Node) -> t.Limit:
        around = bool(self._words(node, "AROUND"))
        (word,) = self._words(node, "VALUE", "NAME")
        return t.Limit(word, node.data == "named_bound", around)

    def _if_at_least_of(self, node: _Node) -> t.AtLeastOf:
        (number,) = self._words(node)
        parts = tuple(self._condition(child) for child in self._sub(node))
        return t.AtLeastOf(int(number.text), parts, self._place(node))

    def _quantified(self, node: _Node, how: str) -> t.Quantified:
        words = self._words(node)
        number = int(words[0].text) if how == "at least" else 1
        (traits,) = self._sub(node, "traits")
        together = tuple(self._condition(c.children[0]) for c in self._sub(node, "together"))
        return t.Quantified(
            how, words[-1], tuple(self._trait(c) for c in self._sub(traits)), together, number, self._place(node)
        )

    def _if_some(self, node: _Node) -> t.Quantified:
        return self._quantified(node, "some")

    def _if_none(self, node: _Node) -> t.Quantified:
        return self._quantified(node, "no")

    def _if_every(self, node: _Node) -> t.Quantified:
        return self._quantified(node, "every")

    def _if_several(self, node: _Node) -> t.Quantified:
        return self._quantified(node, "at least")

    def _trait(self, node: _Node) -> t.Trait:
        if node.data == "trait_condition":
            return t.Trait(self._condition(node.children[0]), word=False)
        named = self._if_named(node)
        return t.Trait(t.Negated(named, named.place) if node.data == "lacks_trait" else named, word=True)
