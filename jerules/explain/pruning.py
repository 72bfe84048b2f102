"""Keeps of a proof tree only what its conclusion needs: with any answer less, the conclusion no longer follows.

A tree is first pruned by its shape: of several ways to a conclusion the one with the fewest leaves. As one answer may
serve several leaves, that need not be the least; so answers are then left out one after the other, as long as the
whole tree still comes to the same conclusion without them, and the tree is pruned anew from what remains.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from jerules.engine.facts import unanswered
from jerules.engine.truth import NO, UNKNOWN, YES, Truth, compare
from jerules.explain.proof import AddedUp, Barred, OfEntry, Step, at_least, come_to
from jerules.quantities.kinds import Exact
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m

_CHOOSES = c.All | OfEntry | c.AnyOf | c.Holds | c.AtLeast | c.Some
"""What may rest on some of its children only."""

Said: TypeAlias = tuple[str, int, str]
"""Something that a job says: the answer to a question in an entry, or (number -1) that a record has these entries."""


def prune(step: Step, shape: Pruner | None = None) -> Step:
    """The tree with nothing in it that its conclusion does not need, whichever way the conclusion went.

    Of a conclusion that is still open, what it waits for is kept: the entries and the parts that are open too. Trees
    that share steps are pruned faster with the same ``shape``, a pruner of everything that a job says.
    """
    shape = shape or Pruner()
    if step.truth == UNKNOWN:
        return shape.prune(step)[0]
    kept = shape.said(step)
    pruner = Pruner(kept)
    if pruner.rigid(step):
        return shape.prune(step)[0]
    for said in sorted(kept, key=str, reverse=True):
        fewer = Pruner(kept - {said})
        if fewer.truth(step) == step.truth:
            kept, pruner = kept - {said}, fewer
    return pruner.prune(step)[0]


class Pruner:
    """Prunes trees by what is kept of a job (None: all of it)."""

    def __init__(self, kept: frozenset[Said] | None = None) -> None:
        self.kept = kept
        self.truths: dict[int, Truth] = {}
        self.pruned: dict[int, tuple[Step, tuple[Step, bool, int]]] = {}  # with the step, so that its id stays its own

    # ── truths with less said ────────────────────────────────────────────────────────────────────────────────────

    def truth(self, step: Step) -> Truth:
        """The truth of a step when only what is kept is known."""
        if self.kept is None or step.truth == UNKNOWN:
            return step.truth  # with less said an open step stays open
        found = self.truths.get(id(step))
        if found is None:
            found = self.truths[id(step)] = self._weigh(step)
        return found

    def _weigh(self, step: Step) -> Truth:  # noqa: PLR0911 - one a case
        match step.subject:
            case c.Compare() | c.Chosen() | c.IsYes():
                return step.truth if self.kept is None or answer_of(step) in self.kept else _unsaid(step.subject)
            case c.All() | OfEntry():
                return self._least(step)
            case c.AnyOf() | c.Holds():
                return self._most(step)
            case c.Not() | Barred():
                return YES - self.truth(step.children[0])
            case c.AtLeast(number=number):
                return at_least(number, [self.truth(child) for child in step.children])
            case c.Some():
                return self._weigh_some(step, step.subject)
        return self.truth(step.children[0]) if step.children else step.truth

    def _least(self, step: Step) -> Truth:
        """The least truth of the steps below; a NO is the end of it."""
        least = YES
        for child in step.children:
            truth = self.truth(child) if child.truth != UNKNOWN else UNKNOWN
            if truth == NO:
                return NO
            least = min(least, truth)
        return least

    def _most(self, step: Step) -> Truth:
        most = NO
        for child in step.children:
            truth = self.truth(child) if child.truth != UNKNOWN else UNKNOWN
            if truth == YES:
                return YES
            most = max(most, truth)
        return most

    def _weigh_some(self, step: Step, some: c.Some) -> Truth:
        if self.kept is not None and list_of(some) not in self.kept:
            return UNKNOWN
        entries, sums = parted(step)
        met = [self.truth(entry) for entry in entries]
        return min((at_least(some.number, met), *(self._sum(added, entries, met).truth for added in sums)))

    def _sum(self, step: Step, entries: Sequence[Step], met: Sequence[Truth]) -> Step:
        """What these entries come to, as far as their answers are kept."""
        added = step.subject
        if not isinstance(added, AddedUp):
            return step
        compared = added.compare
        parts = tuple(
            [
                added.parts[entry.entry.number - 1]
                if entry.entry and (self.kept is None or share_of(entry, compared) in self.kept)
                else blank(compared)
                for entry in entries
            ]
        )
        low, high = come_to(compared, met, parts)
        return Step(AddedUp(compared, low, high, parts), compare(compared.op, low, high, compared.bound))

    # ── pruning by shape ─────────────────────────────────────────────────────────────────────────────────────────

    def prune(self, step: Step) -> tuple[Step, bool, int]:
        """The pruned tree, whether it rests on an interpretation, and how many leaves it has."""
        found = self.pruned.get(id(step))
        if found is None:
            found = self.pruned[id(step)] = (step, self._prune(step))
        return found[1]

    def _prune(self, step: Step) -> tuple[Step, bool, int]:
        subject = step.subject
        below = [self.prune(child) for child in self.needed(step)]
        children = [child for child, _, _ in below]
        summed = 0
        if isinstance(subject, c.Some) and subject.together:
            # A sum says less than the answers it is made of, so what one entry shows by itself goes before it.
            summed = len(subject.together) * len(children)
            children += self._sums(step, children)
        answer = step.answer
        if answer and self.kept is not None and step.leaf and answer_of(step) not in self.kept:
            answer = None  # the leaf is as it is whatever the answer
        return (
            Step(subject, self.truth(step), tuple(children), step.entry, answer),
            any(on_one for _, on_one, _ in below) or _is_assumption(step),
            sum(count for _, _, count in below) + step.leaf + summed,
        )

    def _sums(self, step: Step, shown: Sequence[Step]) -> list[Step]:
        """The sums that a step rests on, over the entries that are shown beside them."""
        entries, sums = parted(step)
        met = [self.truth(entry) for entry in entries]
        truth = self.truth(step)
        if truth == NO and at_least(_number(step), met) == NO:
            return []
        found = [added for added in sums if self._sum(added, entries, met).truth == truth]
        if truth == NO:
            found = found[:1]
        beside = [entry for entry in shown if isinstance(entry.subject, OfEntry)]
        return [Step(self._sum(added, beside, [entry.truth for entry in beside]).subject, truth) for added in found]

    def needed(self, step: Step) -> Sequence[Step]:
        """The children that a step's truth rests on; the sums over entries are left to those who know the entries."""
        truth = self.truth(step)
        match step.subject:
            case c.All() | OfEntry():
                return step.children if truth == YES else self._easiest(step.children, truth, 1)
            case c.AnyOf() | c.Holds():
                return step.children if truth == NO else self._easiest(step.children, truth, 1)
            case c.AtLeast(number=number):
                return self._some_of(step.children, truth, number)
            case c.Some():
                return self._entries(step, step.subject, truth)
        return step.children

    def _some_of(self, steps: Sequence[Step], truth: Truth, number: int) -> Sequence[Step]:
        if truth == UNKNOWN:
            return [step for step in steps if self.truth(step) != NO]
        return self._easiest(steps, truth, number if truth == YES else max(0, len(steps) - number + 1))

    def _easiest(self, steps: Sequence[Step], truth: Truth, number: int) -> Sequence[Step]:
        """Those of that truth with the fewest leaves, in their order; of two alike, the one on the higher authority."""
        # With less said a step can only become open, so one that went another way need not be weighed.
        alike = [step for step in steps if step.truth == truth and self.truth(step) == truth]
        if len(alike) <= number:
            return alike
        chosen = sorted(range(len(alike)), key=lambda index: self.prune(alike[index])[1:])[:number]
        return [alike[index] for index in sorted(chosen)]

    def _entries(self, step: Step, some: c.Some, truth: Truth) -> Sequence[Step]:
        entries, sums = parted(step)
        met = [self.truth(entry) for entry in entries]
        if not sums or truth == UNKNOWN or at_least(some.number, met) == NO:
            return self._some_of(entries, truth, some.number)
        against = [added for added in sums if truth == YES or self._sum(added, entries, met).truth == NO]
        wanted = {">=", ">"} if truth == YES else {"<", "<="}
        counted = [entry for entry, found in zip(entries, met, strict=True) if found == YES]
        if counted and all(isinstance(s.subject, AddedUp) and s.subject.compare.op in wanted for s in against):
            return counted
        # What they come to at most counts every entry that is not known to be left out.
        return [
            Step(entry.subject, UNKNOWN, (), entry.entry) if found == UNKNOWN else entry
            for entry, found in zip(entries, met, strict=True)
        ]

    # ── what a conclusion rests on ───────────────────────────────────────────────────────────────────────────────

    def said(self, step: Step) -> frozenset[Said]:
        """What the pruned tree of a step rests on."""
        found: set[Said] = set()
        _collect(self.prune(step)[0], found)
        return frozenset(found)

    def rigid(self, step: Step) -> bool:
        """Whether what is kept leaves but one way to the conclusion, so that none of it can go."""
        truth = self.truth(step)
        if step.leaf:
            return step.answer is None or not isinstance(step.subject, c.Leaf) or _unsaid(step.subject) != truth
        needed = self.needed(step)
        if isinstance(step.subject, c.Some) and step.subject.together and (truth == NO or len(needed) > 1):
            return False  # what several entries come to may be enough without some of them
        if isinstance(step.subject, _CHOOSES):
            ways = sum(1 for child in step.children if child.truth == truth and self.truth(child) == truth)
            if ways > len(needed):
                return False
        return all(self.rigid(child) for child in needed)


def parted(step: Step) -> tuple[list[Step], list[Step]]:
    """The entries of a quantified part (or that the record was not asked), and the sums over them."""
    entries = [child for child in step.children if not isinstance(child.subject, AddedUp)]
    return entries, [child for child in step.children if isinstance(child.subject, AddedUp)]


def answer_of(leaf: Step) -> Said:
    """The answer that a leaf rests on."""
    question = leaf.subject.question if isinstance(leaf.subject, c.Leaf) else None
    return (question.record, leaf.entry.number if leaf.entry else 0, question.name) if question else ("", 0, "")


def share_of(entry: Step, compared: c.Compare) -> Said:
    """The answer that an entry adds to a sum."""
    return compared.question.record, entry.entry.number if entry.entry else 0, compared.question.name


def list_of(some: c.Some) -> Said:
    """That a record has these entries and no others."""
    return some.record, -1, ""


def _collect(step: Step, found: set[Said]) -> None:
    if isinstance(step.subject, c.Some):
        found.add(list_of(step.subject))
        entries, sums = parted(step)
        for added in sums:
            if isinstance(added.subject, AddedUp):
                compared = added.subject.compare
                found.update(share_of(entry, compared) for entry in entries if entry.truth != NO)
    elif isinstance(step.subject, c.Leaf) and step.answer is not None and _unsaid(step.subject) != step.truth:
        found.add(answer_of(step))
    for child in step.children:
        _collect(child, found)


def _unsaid(leaf: c.Leaf) -> Truth:
    """How a leaf comes out without an answer; some comparisons hold of every answer there can be."""
    if not isinstance(leaf, c.Compare):
        return UNKNOWN
    low, high = blank(leaf)
    return compare(leaf.op, low, high, leaf.bound)


def blank(compared: c.Compare) -> tuple[Exact, Exact]:
    """What an answer that was not given may be."""
    slots = unanswered(compared.question.type)
    return (slots[2], slots[3]) if compared.part is c.Part.SHARE else (slots[0], slots[1])


def _number(step: Step) -> int:
    return step.subject.number if isinstance(step.subject, c.Some) else 1


def _is_assumption(step: Step) -> bool:
    return isinstance(step.subject, m.Definition | m.Rule) and bool(step.subject.source.interpretation)
