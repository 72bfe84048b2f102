"""Tells what stands between a job and a level: for each rule of the level, what would have to be otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final

from jerules.engine.truth import YES
from jerules.explain import phrases
from jerules.explain.obstacles import Obstacle
from jerules.explain.outcome import WhyNot
from jerules.explain.proof import AddedUp, Barred, NotAsked, OfEntry
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.questions import JOB
from jerules.rulebook.quotes import Quote
from jerules.scheme.model import Position


@dataclass(frozen=True, slots=True)
class Hurdle:
    """One rule of another level: its level and what is missing."""

    gives: str
    text: str
    cites: str
    citations: tuple[m.Citation, ...] = field(default=(), compare=False)
    quotes: tuple[Quote, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class _Words:
    """One obstacle in words: ``about`` whom, the term or demand that would have to hold, and what was said of it."""

    about: str
    demand: str
    said: str = ""


def tell_hurdles(answers: Iterable[WhyNot], book: m.RuleBook) -> tuple[Hurdle, ...]:
    """The rules of another level in words.

    Those that want the same are told as one, and one that wants all that another of the same level wants, and more,
    is not told: the other is the nearer. Nor is a floor that wants what a rule for an option of its level wants.
    """
    told: dict[tuple[str, str], Hurdle] = {}
    for answer in _nearest(answers, book):
        hurdle = tell_hurdle(answer, book)
        # What closes several options of a level to the job is said once, with all of them.
        key = (str(answer.position.level) if _closed(answer) else hurdle.gives, hurdle.text)
        first = told.setdefault(key, hurdle)
        if hurdle is not first:
            both = tuple(dict.fromkeys((*first.citations, *hurdle.citations)))
            gives = _options(first.gives, hurdle.gives) if _closed(answer) else first.gives
            told[key] = replace(first, gives=gives, cites=_together(first.cites, hurdle.cites), citations=both)
    return tuple(told.values())


def _nearest(answers: Iterable[WhyNot], book: m.RuleBook) -> list[WhyNot]:
    found: list[tuple[WhyNot, frozenset[tuple[str, str]]]] = []
    for answer in answers:
        wants = frozenset((words.about, words.demand) for o in answer.plan for words in (_words(o, book),))
        found.append((answer, frozenset() if _closed(answer) else wants))
    return [one for one, wants in found if not any(_nearer(o, less, one, wants) for o, less in found)]


def _nearer(other: WhyNot, less: frozenset[tuple[str, str]], answer: WhyNot, wants: frozenset[tuple[str, str]]) -> bool:
    """Whether another rule wants less for the same level; a floor also stands back where such a rule wants no more."""
    if isinstance(answer.rule.effect, m.Floor) and not isinstance(other.rule.effect, m.Floor):
        return bool(less) and less <= wants and other.position.level == answer.position.level
    return bool(less) and less < wants and other.position == answer.position


def _closed(answer: WhyNot) -> bool:
    """Whether a rule surely stands in the way, whatever else there is."""
    return answer.blocked is not None and answer.blocked_surely


def _closes_whole(answer: WhyNot) -> bool:
    """Whether it is the whole level that is closed, with all its options."""
    if answer.blocked is None or not _closed(answer):
        return False
    match answer.blocked.effect:
        case m.Closes(positions=positions):
            return any(position == Position(answer.position.level) for position in positions)
    return True


def _options(first: str, then: str) -> str:
    """``3(a)`` and ``3(b)`` as ``3(a, b)``."""
    if first == then or not first.endswith(")") or not then.endswith(")"):
        return first
    letters = {*first[:-1].partition("(")[2].split(", "), then[:-1].partition("(")[2]}
    return f"{first.partition('(')[0]}({', '.join(sorted(letters))})"


def _together(first: str, second: str) -> str:
    """The citations of two rules, each place once."""
    return "; ".join(dict.fromkeys([*first.split("; "), *second.split("; ")]))


def tell_hurdle(answer: WhyNot, book: m.RuleBook) -> Hurdle:
    """One rule of another level in words; what several obstacles have in common is said once."""
    cited = answer.rule.source.citations
    texts = [_lacking(answer, book)] if answer.plan and not _closed(answer) else []
    if answer.blocked is not None:
        why = phrases.lowered(answer.blocked.because or answer.blocked.reads or "the conditions for it are not met")
        cited = answer.blocked.source.citations if not texts else (*cited, *answer.blocked.source.citations)
        texts.append(f"closed to this job: {why}" if _closed(answer) else f"it may be closed to this job: {why}")
    by = "by the tool: " if answer.tool else ""
    gives = str(answer.position.level) if _closes_whole(answer) else answer.position.shown
    return Hurdle(gives, f"{by}{'; '.join(texts)}", phrases.cites(cited), cited)


def _lacking(answer: WhyNot, book: m.RuleBook) -> str:
    """What the job lacks for a rule: of each entry that comes nearest, or that there is none of that sort."""
    groups: dict[str, dict[str, list[str]]] = {}
    plan = _telling(answer)
    if answer.tool and (missing := _nothing_for(plan)):
        return f"none was reported of this: {phrases.lowered(book.records[missing].title)}"
    for obstacle in plan:
        words = _words(obstacle, book) if not _of_another_sort(obstacle, plan) else _none_of_it(obstacle, answer, book)
        said = groups.setdefault(words.about, {}).setdefault(words.demand, [])
        if words.said and words.said not in said:
            said.append(words.said)
    texts = [_group(about, demands) for about, demands in groups.items()]
    named = [text.partition(_WOULD)[0] if _WOULD in text else "" for text in texts]
    # Of an entry that was named just before, more is said without its name.
    again = [name and name == before for before, name in pairwise(["", *named])]
    return "; ".join(
        text.replace(name, "it", 1) if said else text for text, name, said in zip(texts, named, again, strict=True)
    )


def _nothing_for(plan: tuple[Obstacle, ...]) -> str:
    """The record of a tool of which the job has no entry at all: then each of its rules lacks the same."""
    (first, *others) = plan
    some = first.step.subject
    empty = isinstance(some, c.Some) and not any(isinstance(s.subject, OfEntry) for s in first.step.children)
    return some.record if isinstance(some, c.Some) and empty and not others else ""


def _telling(answer: WhyNot) -> tuple[Obstacle, ...]:
    """The obstacles worth telling.

    A sum over entries of which there are none yet follows from the first of them. What is missing about an entry is
    not told while something that was answered about it stands against the rule.
    """
    found = tuple(o for o in answer.plan if not _follows(o)) or answer.plan
    against = {id(o.step.entry) for o in found if not o.open and o.step.entry and o.step.entry.record != JOB}
    return tuple(o for o in found if o.step.answer or not o.step.leaf or id(o.step.entry) not in against)


SORT: Final = "kind"
"""The name of the question that says what sort of thing an entry is, in a record that has one."""


def _of_another_sort(obstacle: Obstacle, plan: tuple[Obstacle, ...]) -> bool:
    """Whether the entry of an obstacle is of another sort than the rule is about: it would be another entry."""
    entry = obstacle.step.entry
    sorts = (o.step for o in plan if o.step.entry is entry and not o.open and isinstance(o.step.subject, c.Chosen))
    return entry is not None and any(isinstance(s.subject, c.Chosen) and s.subject.question.name == SORT for s in sorts)


def _none_of_it(obstacle: Obstacle, answer: WhyNot, book: m.RuleBook) -> _Words:
    """That there is no entry such as the rule is about, although there are others."""
    record = obstacle.step.entry.record if obstacle.step.entry else ""
    wanted = [some for some in _quantified(answer.rule.condition) if some.record == record]
    if len(wanted) != 1:
        return _words(obstacle, book)
    traits = phrases.traits(wanted[0].condition, book, full=True)
    together = "".join(f", together {phrases.limits(compared)}" for compared in wanted[0].together)
    return _Words("", f"needs {record.replace('_', ' ')} {traits}{together}; none such was reported")


def _quantified(condition: c.Condition | None) -> Iterator[c.Some]:
    """The parts of a condition that speak of the entries of a record."""
    match condition:
        case c.Some():
            yield condition
        case c.Not(part=part):
            yield from _quantified(part)
        case c.All(parts=parts) | c.AnyOf(parts=parts) | c.AtLeast(parts=parts):
            for part in parts:
                yield from _quantified(part)


def _follows(obstacle: Obstacle) -> bool:
    return isinstance(obstacle.step.subject, AddedUp) and not obstacle.step.subject.high


def _group(about: str, demands: dict[str, list[str]]) -> str:
    parts = [demand.replace("…", f"{', '.join(said)}") if said else demand for demand, said in demands.items()]
    return f"{about} {phrases.joined(parts)}" if about else phrases.joined(parts)


def _words(obstacle: Obstacle, book: m.RuleBook) -> _Words:  # noqa: PLR0911 - one a kind of obstacle
    step = obstacle.step
    match step.subject:
        case c.Some(record=record, condition=condition):
            noun = record.replace("_", " ")
            return _Words("", f"needs {noun} {phrases.traits(condition, book)}; none was reported")
        case NotAsked(record=record):
            title = phrases.lowered(book.records[record].title)
            return _Words("", f"not known yet: whether the job has this: {title}")
        case Barred(rule=rule):
            under = rule.effect.credited if isinstance(rule.effect, m.Bars) else ""
            name = phrases.called(step.entry) if step.entry else "it"
            verb = "may have to be" if obstacle.open else "is"
            return _Words("", f"{name} {verb} counted under factor {under}, not here")
        case AddedUp(compare=compared, low=low, high=high):
            come_to = phrases.amounts(low, high, compared)
            if compared.bound.around and obstacle.open and low == high:
                return _Words(
                    "",
                    f"they come to {come_to}: so near that the panel judges whether it is {phrases.limits(compared)}",
                )
            return _Words("", f"together they would have to come to {phrases.limits(compared)}; they come to {come_to}")
    if obstacle.terms:
        return _term(obstacle, phrases.called(step.entry) if step.entry else "the job", book)
    if isinstance(step.subject, c.Leaf):
        return _leaf(obstacle, step.subject)
    return _Words("", "no definition of it is switched on")


def _leaf(obstacle: Obstacle, leaf: c.Leaf) -> _Words:
    step = obstacle.step
    needed = phrases.needs(leaf) if obstacle.wanted == YES else f"not {phrases.needs(leaf)}"
    if isinstance(leaf, c.IsYes):
        needed = "yes" if obstacle.wanted == YES else "no"
    found = "not known yet" if step.answer is None else phrases.given(leaf.question, step.answer)
    if isinstance(leaf, c.Chosen):
        needed, found = f"“{needed}”", found if step.answer is None else f"“{found}”"
    about = f"for {phrases.called(step.entry)}," if step.entry and step.entry.record != JOB else ""
    return _Words(about, f"“{leaf.question.asks}” would have to be answered {needed} (now: {found})")


def _term(obstacle: Obstacle, who: str, book: m.RuleBook) -> _Words:
    """The outermost term on the way to the obstacle, by the definition that would bring it about."""
    outer = obstacle.terms[0]
    key = outer.step.subject.term if isinstance(outer.step.subject, c.Holds) else c.TermKey(None, None, "")
    reads = _ways(book.terms[key], outer.definition if outer.wanted == YES else None)
    name = phrases.word_of_guidance(book.terms[key]) or ("" if reads else phrases.term_name(key))
    if name:
        demand = f"{'' if outer.wanted == YES else 'not '}{name}{f': {reads}' if reads else ''}"
        about = f"{who} would have to be"
    else:
        demand = reads
        about = f"{who} would have to meet this:" if outer.wanted == YES else f"{who} would have to be without this:"
    leaf = obstacle.step.subject
    return _Words(about, f"{demand} (…)", _said(leaf, obstacle)) if isinstance(leaf, c.Leaf) else _Words(about, demand)


_MOST_WAYS: Final = 4
_WOULD: Final = " would have to "


def _ways(term: m.Term, nearest: m.Definition | None) -> str:
    """The ways in which a term may hold, in the words of its definitions; the nearest first."""
    ranked = sorted(term.definitions, key=lambda d: (d is not nearest, bool(d.source.interpretation)))
    reads = list(dict.fromkeys(d.reads for d in ranked if d.reads))
    if len(reads) > _MOST_WAYS:
        reads = [*reads[: _MOST_WAYS - 1], "another way of the same kind"]
    return ", or ".join(reads)


def _said(leaf: c.Leaf, obstacle: Obstacle) -> str:
    answer = obstacle.step.answer
    if answer is None:
        return f"not known yet: {leaf.question.asks}"
    given = phrases.given(leaf.question, answer)
    return f"“{leaf.question.asks}” {given}" if isinstance(leaf, c.IsYes) else f"reported {given}"
