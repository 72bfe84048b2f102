"""Turns Lark's parse of a condition into our syntax tree."""

from __future__ import annotations

from jerules.language import tree as t
from jerules.language.build_words import Node, WordBuilder


class ConditionBuilder(WordBuilder):
    """Builds conditions. Nested as deeply as the text: the parser refuses bottomless ones before they come here."""

    def condition(self, node: Node) -> t.Condition:
        """The condition that ``node`` stands for."""
        built: t.Condition = getattr(self, f"_if_{node.data}")(node)
        return built

    def condition_of(self, node: Node) -> t.Condition | None:
        """The condition after the `when` or `unless` of a statement."""
        for clause in self.parts(node, "when", "unless"):
            return self.condition(clause.children[0])
        return None

    def _if_bracketed(self, node: Node) -> t.Condition:
        return self.condition(node.children[0])

    def _joined(self, node: Node, kind: type[t.Both | t.Either]) -> tuple[t.Condition, ...]:
        """The parts of an `and` or `or`, one list however they were bracketed: `(a and b) and c` is `a and b and c`."""
        joined: list[t.Condition] = []
        for child in self.parts(node):
            part = self.condition(child)
            joined.extend(part.parts if isinstance(part, kind) else (part,))
        return tuple(joined)

    def _if_both(self, node: Node) -> t.Both:
        return t.Both(self._joined(node, t.Both), self.place(node))

    def _if_either(self, node: Node) -> t.Either:
        return t.Either(self._joined(node, t.Either), self.place(node))

    def _if_negated(self, node: Node) -> t.Negated:
        return t.Negated(self.condition(node.children[0]), self.place(node))

    def _if_named(self, node: Node) -> t.Named:
        (name,) = self.words(node)
        return t.Named(name, self.place(node))

    def _if_is_one(self, node: Node) -> t.IsOne:
        name, *values = self.words(node)
        return t.IsOne(name, tuple(values), self.place(node))

    def _if_includes(self, node: Node) -> t.Includes:
        name, *values = self.words(node)
        return t.Includes(name, tuple(values), self.place(node))

    def _if_compare(self, node: Node) -> t.Comparison:
        name, op = self.words(node)
        (limit,) = self.parts(node)
        return t.Comparison(name, op.text, self._limit(limit), self.place(node))

    def _if_between(self, node: Node) -> t.Between:
        (name,) = self.words(node)
        low, high = self.parts(node)
        return t.Between(name, self._limit(low), self._limit(high), self.place(node))

    def _limit(self, node: Node) -> t.Limit:
        around = bool(self.words(node, "AROUND"))
        (word,) = self.words(node, "VALUE", "NAME")
        return t.Limit(word, node.data == "named_bound", around)

    def _if_at_least_of(self, node: Node) -> t.AtLeastOf:
        (number,) = self.words(node)
        parts = tuple(self.condition(child) for child in self.parts(node))
        return t.AtLeastOf(int(number.text), parts, self.place(node))

    def _quantified(self, node: Node, how: str) -> t.Quantified:
        words = self.words(node)
        number = int(words[0].text) if how == "at least" else 1
        (traits,) = self.parts(node, "traits")
        together = tuple(self.condition(part.children[0]) for part in self.parts(node, "together"))
        said = tuple(self._trait(part) for part in self.parts(traits))
        return t.Quantified(how, words[-1], said, together, number, self.place(node))

    def _if_some(self, node: Node) -> t.Quantified:
        return self._quantified(node, "some")

    def _if_none(self, node: Node) -> t.Quantified:
        return self._quantified(node, "no")

    def _if_every(self, node: Node) -> t.Quantified:
        return self._quantified(node, "every")

    def _if_several(self, node: Node) -> t.Quantified:
        return self._quantified(node, "at least")

    def _trait(self, node: Node) -> t.Trait:
        if node.data == "trait_condition":
            return t.Trait(self.condition(node.children[0]), word=False)
        named = self._if_named(node)
        return t.Trait(t.Negated(named, named.place) if node.data == "lacks_trait" else named, word=True)
