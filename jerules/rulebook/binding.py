"""What a pack may not do: take away what binding guidance gives.

A pack may add ways to a level, settle what is left open, and ask. It may not close, cap or bar a level that a binding
rule gives, raise a factor past a binding cap, or change what a binding rule means. Whether the two could ever hold of
one job is not asked: a local statement that can stand only as long as they never meet is refused.
"""

from __future__ import annotations

from collections.abc import Iterator

from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.collect import Faults
from jerules.rulebook.consistency import questions_read
from jerules.scheme.model import Position

_GROWING = frozenset((">", ">="))
"""Comparisons of what adds up that more entries can only help to meet."""


def check_packs(book: m.RuleBook, faults: Faults) -> None:
    """Add a fault for every statement of a pack that goes against a binding rule, with the places of both."""
    files = {pack.file for pack in book.packs}
    if files:
        _Held(book, files, faults).check()


def where(source: m.Source) -> str:
    """Where a statement stands, and the paragraphs that it rests on: ``13.jer:7:1 (level 4(b))``."""
    words = _words(source)
    return f"{source.place} ({words})" if words else str(source.place)


def _words(source: m.Source) -> str:
    return "; ".join(citation.words for citation in source.citations)


class _Held:
    """The statements of packs held against the binding rules of a book."""

    def __init__(self, book: m.RuleBook, files: set[str], faults: Faults) -> None:
        self.book = book
        self.files = files
        self.faults = faults

    def check(self) -> None:
        for factor in self.book.factors.values():
            binding = [rule for rule in factor.rules if self._binds(rule.source)]
            for rule in (*factor.rules, *factor.bars):
                if self._local(rule.source):
                    self._against(rule, binding)
        self._terms()
        self._nevers()

    def _local(self, source: m.Source) -> bool:
        return source.place.file in self.files

    def _binds(self, source: m.Source) -> bool:
        return source.status is m.Status.BINDING and not self._local(source)

    # ── rules against rules ──────────────────────────────────────────────────────────────────────────────────────

    def _against(self, rule: m.Rule, binding: list[m.Rule]) -> None:
        """The first binding rule that a local rule goes against, if there is one."""
        match rule.effect:
            case m.Cap(level=level):
                victim = next((other for other in binding if _highest(other) > level), None)
                self._refuse(rule, f"`at most {level}`", victim)
            case m.Closes(positions=closed):
                victim = next((other for other in binding if _closes(closed, other)), None)
                self._refuse(rule, f"`not {', '.join(map(str, closed))}`", victim)
            case m.Floor(level=level):
                victim = next((other for other in binding if _ends_below(other, level)), None)
                self._refuse(rule, f"`at least {level}`", victim, "goes against")
            case m.GivesLevel() | m.LeavesToPanel():
                given = min(_given(rule), key=lambda position: position.level)
                victim = next((other for other in binding if _falls_back_above(other, given)), None)
                self._refuse(rule, f"`level {given}`", victim)
            case m.Bars(record=record, once=once):
                victim = next((other for other in binding if _gives(other) and self._reads(other, record)), None)
                self._refuse(rule, f"`{'count once' if once else 'assess'} {record}`", victim)

    def _refuse(self, rule: m.Rule, what: str, victim: m.Rule | None, does: str = "would take away") -> None:
        if victim is not None:
            self._add(rule.source, f"{what} {does} {_said(victim)}", victim)

    def _add(self, source: m.Source, message: str, victim: m.Rule) -> None:
        rests = f"; the pack cites {paragraphs}" if (paragraphs := _words(source)) else ""
        self.faults.add(
            "contradicts-binding", f"{message}, which is binding guidance{rests}", self.faults.start(source.place),
            f"nothing against {_said(victim)} at {where(victim.source)}",
            help="leave it out: what is agreed locally cannot set binding guidance aside; a doubt can be a `query`",
        )  # fmt: skip

    def _reads(self, rule: m.Rule, record: str) -> bool:
        """Whether a rule looks at the entries of a record, terms opened."""
        if rule.condition is None:
            return False
        waiting, seen = [rule.condition], set[c.TermKey]()
        while waiting:
            for part in c.walk(waiting.pop()):
                if isinstance(part, c.Some) and part.record == record:
                    return True
                if isinstance(part, c.Holds) and part.term not in seen:
                    seen.add(part.term)
                    waiting += [definition.condition for definition in self.book.terms[part.term].definitions]
        return False

    # ── terms ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _terms(self) -> None:
        for term in self.book.terms.values():
            ours = [definition for definition in term.definitions if self._local(definition.source)]
            if ours and len(ours) < len(term.definitions):
                self._widened(term.key, ours[0])
            elif ours:
                self._shadowed(term.key, ours[0])

    def _widened(self, key: c.TermKey, definition: m.Definition) -> None:
        """A term of the scheme may be given another definition only where every binding rule gains by it."""
        for factor in self.book.factors.values():
            for rule in (*factor.rules, *factor.bars):
                if rule.condition is not None and self._binds(rule.source) and self._loses(rule, rule.condition, key):
                    does = "take from" if _gives(rule) else "widen"
                    self._add(definition.source, f"a wider `{key.name}` would {does} {_said(rule)}", rule)
                    return
                if (victim := self._replaced(factor, rule, key)) is not None:
                    self._add(definition.source, f"a wider `{key.name}` would take from {_said(victim)}", victim)
                    return

    def _replaced(self, factor: m.FactorRules, rule: m.Rule, key: c.TermKey) -> m.Rule | None:
        """The binding `otherwise` in whose place the lower level of a rule would come, if a term held more often."""
        given = min(_given(rule), key=lambda position: position.level, default=None)
        if given is None or rule.condition is None or (key, False) not in self._uses(rule.condition):
            return None
        found = (other for other in factor.rules if self._binds(other.source) and _falls_back_above(other, given))
        return next(found, None)

    def _loses(self, rule: m.Rule, condition: c.Condition, key: c.TermKey) -> bool:
        """Whether a term, held more often, could make a level harder to reach by this rule."""
        if isinstance(rule.effect, m.Asks):
            return False
        gives = not isinstance(rule.effect, m.Cap | m.Closes | m.Bars)
        return (key, gives) in self._uses(condition)

    def _uses(self, condition: c.Condition) -> set[tuple[c.TermKey, bool]]:
        """The terms that a condition rests on, each with whether holding more often can make the condition fail."""
        found: set[tuple[c.TermKey, bool]] = set()
        waiting = [(condition, False)]
        while waiting:
            part, against = waiting.pop()
            if isinstance(part, c.Holds) and (part.term, against) not in found:
                found.add((part.term, against))
                waiting += [(one.condition, against) for one in self.book.terms[part.term].definitions]
            waiting += _inside(part, against=against)
        return found

    def _shadowed(self, key: c.TermKey, definition: m.Definition) -> None:
        """A local term must not take the place of one of the scheme's by the same name, where rules look for it."""
        for other, term in self.book.terms.items():
            first = next((one for one in term.definitions if not self._local(one.source)), None)
            if first is not None and _comes_before(key, other):
                self.faults.add(
                    "contradicts-binding", f"`{key.name}` would stand in the place of another term of that name",
                    self.faults.start(definition.source.place), f"a name of its own: see {where(first.source)}",
                    help="rename the term",
                )  # fmt: skip
                return

    # ── what may never be read ───────────────────────────────────────────────────────────────────────────────────

    def _nevers(self) -> None:
        for never in self.book.never:
            factor = self.book.factors.get(never.factor)
            if factor is None or not self._local(never.source):
                continue
            for rule in (*factor.rules, *factor.bars):
                alone = m.FactorRules(factor.key, factor.number, factor.title, (rule,), ())
                if self._binds(rule.source) and not questions_read(self.book, alone).keys().isdisjoint(never.questions):
                    self._add(never.source, f"`never from` would take the ground from {_said(rule)}", rule)
                    break


# ── what one rule does to another ────────────────────────────────────────────────────────────────────────────────


def _said(rule: m.Rule) -> str:
    """A rule as a fault names it: by what it says, without its factor."""
    rest = " otherwise" if rule.condition is None else ""
    return f"`{rule.id.split('/', 2)[2].partition(' #')[0]}{rest}`"


def _gives(rule: m.Rule) -> bool:
    return isinstance(rule.effect, m.GivesLevel | m.Floor | m.LeavesToPanel)


def _given(rule: m.Rule) -> tuple[Position, ...]:
    """The levels that a rule gives, or leaves to the panel."""
    match rule.effect:
        case m.GivesLevel(position=position):
            return (position,)
        case m.LeavesToPanel(low=low, high=high):
            return low, high
    return ()


def _highest(rule: m.Rule) -> int:
    if isinstance(rule.effect, m.Floor):
        return rule.effect.level
    return max((position.level for position in _given(rule)), default=0)


def _closes(closed: tuple[Position, ...], rule: m.Rule) -> bool:
    """Whether closing these levels closes one that a rule gives: without a letter all options, and any of them."""
    return any(
        one.level == given.level and (one.option is None or given.option in {None, one.option})
        for one in closed
        for given in _given(rule)
    )


def _ends_below(rule: m.Rule, level: int) -> bool:
    """Whether a rule keeps the factor below a level, or closes the whole of it."""
    match rule.effect:
        case m.Cap(level=most):
            return most < level
        case m.Closes(positions=closed):
            return Position(level) in closed
    return False


def _falls_back_above(rule: m.Rule, given: Position) -> bool:
    """Whether a rule gives more where no other holds: a lower level would then take its place."""
    return rule.condition is None and isinstance(rule.effect, m.GivesLevel) and rule.effect.position.level > given.level


def _inside(condition: c.Condition, *, against: bool) -> Iterator[tuple[c.Condition, bool]]:
    """The conditions inside one, each with whether its holding counts against the whole."""
    match condition:
        case c.Not(part=part):
            yield part, not against
        case c.Some(condition=inner, together=together):
            yield inner, against
            if any(added.op not in _GROWING for added in together):
                yield inner, not against
        case _:
            yield from ((child, against) for child in c.children(condition))


def _comes_before(key: c.TermKey, other: c.TermKey) -> bool:
    """Whether a look-up that would find ``other`` finds ``key`` first: the factor's own terms, then the record's."""
    if key == other or key.name != other.name or (key.record and other.record and key.record != other.record):
        return False
    if key.factor == other.factor:
        return bool(key.record) and other.record is None
    return bool(key.factor) and other.factor is None
