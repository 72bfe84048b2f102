"""Tells what stands between a job and a level: for each rule of the level, what would have to be otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from jerules.engine.truth import YES
from jerules.explain import phrases
from jerules.explain.obstacles import Obstacle
from jerules.explain.outcome import WhyNot
from jerules.explain.proof import AddedUp, Barred, NotAsked
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.questions import JOB
from jerules.rulebook.quotes import Quote


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
    """The rules of another level in words; two that want the same are told as one."""
    told: dict[tuple[str, str], Hurdle] = {}
    for hurdle in (tell_hurdle(answer, book) for answer in answers):
        first = told.setdefault((hurdle.gives, hurdle.text), hurdle)
        if hurdle is not first:
            both = tuple(dict.fromkeys((*first.citations, *hurdle.citations)))
            told[hurdle.gives, hurdle.text] = replace(first, cites=_together(first.cites, hurdle.cites), citations=both)
    return tuple(told.values())


def _together(first: str, second: str) -> str:
    """The citations of two rules, each place once."""
    return "; ".join(dict.fromkeys([*first.split("; "), *second.split("; ")]))


def tell_hurdle(answer: WhyNot, book: m.RuleBook) -> Hurdle:
    """One rule of another level in words; what several obstacles have in common is said once."""
    if answer.blocked is not None:
        why = answer.blocked.because or answer.blocked.reads or "the conditions for it are not met"
        cited = answer.blocked.source.citations
        return Hurdle(str(answer.position), f"closed to this job: {why}", phrases.cites(cited), cited)
    groups: dict[str, dict[str, list[str]]] = {}
    for obstacle in _telling(answer):
        words = _words(obstacle, book)
        said = groups.setdefault(words.about, {}).setdefault(words.demand, [])
        if words.said and words.said not in said:
            said.append(words.said)
    texts = [_group(about, demands) for about, demands in groups.items()]
    cited = answer.rule.source.citations
    return Hurdle(str(answer.position), "; ".join(texts), phrases.cites(cited), cited)


def _telling(answer: WhyNot) -> tuple[Obstacle, ...]:
    """The obstacles worth telling: a sum over entries of which there are none yet follows from the first of them."""
    return tuple(o for o in answer.plan if not _follows(o)) or answer.plan


def _follows(obstacle: Obstacle) -> bool:
    return isinstance(obstacle.step.subject, AddedUp) and not obstacle.step.subject.high


def _group(about: str, demands: dict[str, list[str]]) -> str:
    parts = [demand.replace("…", f"{', '.join(said)}") if said else demand for demand, said in demands.items()]
    return f"{about} {phrases.joined(parts)}" if about else phrases.joined(parts)


def _words(obstacle: Obstacle, book: m.RuleBook) -> _Words:  # noqa: PLR0911 - one a kind of obstacle
    step = obstacle.step
    match step.subject:
        case c.Some(record=record, condition=condition):
            return _Words("", f"needs {_entry_that_is(record, phrases.traits(condition))}; none was reported")
        case NotAsked(record=record):
            title = phrases.lowered(book.records[record].title)
            return _Words("", f"not known yet: whether the job has this: {title}")
        case Barred(rule=rule):
            under = rule.effect.credited if isinstance(rule.effect, m.Bars) else ""
            name = phrases.called(step.entry) if step.entry else "it"
            return _Words("", f"{name} is counted under factor {under}, not here")
        case AddedUp(compare=compared, low=low, high=high):
            come_to = phrases.amounts(low, high, compared)
            if compared.bound.around and obstacle.open and low == high:
                return _Words(
                    "",
                    f"they come to {come_to}: so near that the panel judges whether it is {phrases.limits(compared)}",
                )
            return _Words("", f"together they would have to come to {phrases.limits(compared)}; they come to {come_to}")
    if obstacle.terms:
        about = f"{phrases.called(step.entry)} would have to be" if step.entry else "the job would have to be"
        return _term(obstacle, about, book)
    if isinstance(step.subject, c.Leaf):
        return _leaf(obstacle, step.subject)
    return _Words("", "no definition of it is switched on")


def _entry_that_is(record: str, traits: str) -> str:
    noun = record.replace("_", " ")
    return f"{noun} that is {traits}" if traits else noun


def _leaf(obstacle: Obstacle, leaf: c.Leaf) -> _Words:
    step = obstacle.step
    needed = phrases.needs(leaf) if obstacle.wanted == YES else f"not {phrases.needs(leaf)}"
    if isinstance(leaf, c.IsYes):
        needed = "yes" if obstacle.wanted == YES else "no"
    found = "not known yet" if step.answer is None else phrases.given(leaf.question, step.answer)
    about = f"for {phrases.called(step.entry)}," if step.entry and step.entry.record != JOB else ""
    return _Words(about, f"“{leaf.question.asks}” would have to be answered {needed} (now: {found})")


def _term(obstacle: Obstacle, about: str, book: m.RuleBook) -> _Words:
    """The outermost term on the way to the obstacle, by the definition that would bring it about."""
    outer = obstacle.terms[0]
    key = outer.step.subject.term if isinstance(outer.step.subject, c.Holds) else c.TermKey(None, None, "")
    reads = _ways(book.terms[key], outer.definition if outer.wanted == YES else None)
    name = phrases.term_name(key) if outer.wanted == YES else f"not {phrases.term_name(key)}"
    leaf = obstacle.step.subject
    if not isinstance(leaf, c.Leaf):
        return _Words(about, f"{name}: {reads}" if reads else name)
    return _Words(about, f"{name}: {reads} (…)" if reads else f"{name} (…)", _said(leaf, obstacle))


_MOST_WAYS: Final = 4


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
