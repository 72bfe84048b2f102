"""Tells an outcome in sentences: the one telling that every rendering prints.

A telling is plain data: texts with their citations, marks and evidence. How it is laid out is the renderer's business.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from jerules.engine.truth import YES
from jerules.explain import phrases
from jerules.explain.facts_telling import tell_facts
from jerules.explain.hurdles import tell_hurdles
from jerules.explain.outcome import FactorOutcome, OpenQuestion, Outcome, Raised, WhyNotLevel
from jerules.explain.proof import AddedUp, steps
from jerules.explain.reasons import tell_reason
from jerules.explain.told import Ask, Assumption, FactorTelling, Line
from jerules.explain.tool_telling import tell_tool, told_twice
from jerules.jobs.model import Entry
from jerules.quantities.words import say_day
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.scheme.model import UNCERTAIN, Factor, has_mark


def tell(outcome: Outcome) -> tuple[FactorTelling, ...]:
    """The telling of every factor, in the scheme's order."""
    return tuple(tell_factor(outcome, factor) for factor in outcome.factors)


def tell_factor(outcome: Outcome, factor: FactorOutcome, why_not: WhyNotLevel | None = None) -> FactorTelling:
    """The telling of one factor; ``why_not`` puts another level in place of the adjacent one."""
    asked = why_not or factor.why_not
    of = outcome.book.scheme.factor(factor.number)
    found = FactorTelling(
        factor.number, factor.title, level_of(factor, of), points_of(factor), factor.settled,
        tuple(tell_reason(reason, outcome) for reason in factor.because),
        str(asked.level) if asked else "",
        tell_hurdles(asked.answers, outcome.book) if asked else (),
        _why_not_remark(asked) if asked else "",
        tuple(_ask(question) for question in factor.open_questions),
        _ask_remark(factor),
        tuple(_query(raised, factor, of) for raised in factor.queries),
        tuple(_kept(kept.rule, kept.entry, certain=kept.truth == YES) for kept in factor.kept_out),
        (*map(_assumption, factor.interpretations), *_conventions(factor, outcome.book)),
        _panel(factor, of),
        tuple(tell_tool(one, outcome, factor.number) for one in factor.by_tool),
        tuple(tell_facts(factor.facts, outcome.book)) if factor.facts else (),
    )  # fmt: skip
    marks = (UNCERTAIN,) if _marked(found) else ()
    return replace(found, remarks=(*_alternatives(factor), *marks))


def _alternatives(factor: FactorOutcome) -> Iterator[str]:
    """That several options of a level are still that level: a factor stands at the highest that a rule gives."""
    if factor.origin == "rules" and factor.settled and len(factor.lowest.options) > 1:
        yield (
            f"Several options of level {factor.lowest.level} are met. They do not add up: a higher level is given only "
            "where what it asks for itself is met."
        )


def _marked(telling: FactorTelling) -> bool:
    """Whether a letter with its mark stands anywhere in a telling."""
    texts = [telling.level, telling.panel, *(hurdle.gives for hurdle in telling.why_not)]
    texts += [tool.hands_on for tool in telling.by_tool]
    lines = [line for because in telling.because for line in (because.gives, because.cites, because.says)]
    lines += [line.cites for because in telling.because for line in because.lines]
    return any(has_mark(text) for text in (*texts, *lines))


def level_of(factor: FactorOutcome, of: Factor | None) -> str:
    """``Level 3(c)``, ``Level 2 to 4``, or why there is no level."""
    if factor.origin == "no-levels":
        return "No level definitions loaded"
    if factor.origin == "none":
        return "No level yet"
    if factor.lowest.level is None and factor.highest.level is None:
        return "No level: the rules give none"
    if factor.lowest.level is None:
        return f"No level, or up to level {factor.highest.level}"
    return f"Level {phrases.span(factor.lowest, factor.highest, of)}"


def points_of(factor: FactorOutcome) -> str:
    """``12 points`` or ``7 to 18 points``; nothing where no level definitions are loaded."""
    if factor.points_range is None:
        return ""
    low, high = factor.points_range
    return f"{low} points" if low == high else f"{low} to {high} points"


# ── why not ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _why_not_remark(asked: WhyNotLevel) -> str:
    level = asked.level
    if asked.beyond:
        return f"Level {level - 1} is the highest level of this factor."
    return {
        "here": f"The factor stands at level {level}.",
        "above": f"The factor stands above level {level}.",
        "decision": f"Nothing stands in the way of level {level} but the panel's own decision, which is still to come.",
        "decided": f"The panel decided on another level than {level}; its reason stands above.",
        "rest": f"Level {level} is given when no rule of another level holds.",
        "no-rule": f"No rule gives level {level}{'; this is what the next level would take' if asked.answers else ''}.",
    }.get(asked.why, "")


# ── still to ask, queries, assumptions ───────────────────────────────────────────────────────────────────────────


def _ask(question: OpenQuestion) -> Ask:
    about = phrases.called(question.entry) if question.entry and question.entry.record != "job" else ""
    help_text = question.question.help if question.question else ""
    does = (
        "not answered yet"
        if question.kind in {"unasked", "unasked-record"}
        else "can settle the level"
        if question.settles
        else "narrows the range"
        if question.narrows
        else "is needed with others"
    )
    match question.kind:
        case "record" | "unasked-record":
            return Ask(f"Does the job have any of this: {phrases.lowered(question.asks)}?", "", does, "")
        case "decision":
            return Ask(question.asks, "for the panel to decide", does, f"record it under `decisions: {question.key}`")
        case "convention":
            name = question.key.replace("_", " ")
            return Ask(question.asks, f"needs the authority's convention for {name}", "can settle the level", "")
        case "judgement":
            answer = (
                question.entry.answers.get(question.question.name) if question.entry and question.question else None
            )
            written = f" {phrases.treated(answer)} is near a soft number." if answer else ""
            advice = "the panel judges: it may have the answer treated as another, with its reason (`treat_as`)"
            return Ask(f"{question.asks}{written}", about, "is for the panel to judge", advice)
        case "overlap":
            return Ask(question.asks, "", "decides whether they add up", "enter what falls together as one entry")
    return Ask(question.asks, about, does, help_text)


def _ask_remark(factor: FactorOutcome) -> str:
    if factor.origin == "none":
        return "There are no rules for this factor yet: the panel enters its own level, with its reason."
    if factor.origin == "no-levels":
        return "" if factor.facts else "Everything: there are no questions for this factor yet."
    if factor.settled and not factor.open_questions:
        return "Nothing that could change this level."
    return ""


def _query(raised: Raised, factor: FactorOutcome, of: Factor | None) -> Line:
    rule = raised.rule
    text = rule.effect.text if isinstance(rule.effect, m.Asks) else ""
    if raised.twice:
        text = told_twice(raised)
    if raised.full_time:
        now, then = (phrases.span(*ends, of) for ends in ((factor.lowest, factor.highest), raised.full_time))
        text = f"{text} As answered: level {now}. With every count pro rata: level {then}."
    return Line(text, phrases.cites(rule.source.citations), rule.source.interpretation)


def _kept(rule: m.Rule, entry: Entry, *, certain: bool) -> Line:
    effect = rule.effect
    under = effect.credited if isinstance(effect, m.Bars) else ""
    verb = "is" if certain else "may have to be"
    return Line(
        f"{phrases.called(entry)} {verb} counted under factor {under}, not here{_why(rule)}",
        phrases.cites(rule.source.citations),
        citations=rule.source.citations,
    )


def _why(rule: m.Rule) -> str:
    return f": {rule.because}" if rule.because else ""


def _conventions(factor: FactorOutcome, book: m.RuleBook) -> Iterator[Assumption]:
    """What was agreed locally and has a say in the outcome, with when and by whom."""
    found: dict[str, None] = {}
    proofs = [reason.proof for reason in factor.because]
    for proof in (*proofs, *(factor.facts.terms if factor.facts else ())):
        for step in steps(proof):
            leaf = step.subject.compare if isinstance(step.subject, AddedUp) else step.subject
            if isinstance(leaf, c.Compare) and leaf.bound.parameter and leaf.bound.value is not None:
                found[leaf.bound.parameter] = None
    for name in found:
        parameter = book.parameters[name]
        title = f"{name.replace('_', ' ')} is {parameter.text}"
        if parameter.supposed:
            yield Assumption(
                f"supposed {name}", title, "Supposed for the sake of this example; nothing is agreed on it.",
                m.Status.LOCAL, f"another `suppose {name} = …` in the example changes it",
            )  # fmt: skip
            continue
        when = f" on {say_day(parameter.agreed.on)} by {parameter.agreed.by}" if parameter.agreed else ""
        yield Assumption(
            f"convention {name}", title, f"Agreed locally{when}; the scheme sets no value.", m.Status.LOCAL,
            f"another `convention {name} = …` in the pack changes it",
        )  # fmt: skip


def _assumption(interpretation: m.Interpretation) -> Assumption:
    return Assumption(
        interpretation.id, interpretation.title, interpretation.because, interpretation.source.status,
        f"`without {interpretation.id}` in a pack switches it off",
    )  # fmt: skip


def _panel(factor: FactorOutcome, of: Factor | None) -> str:
    if factor.panel is None:
        return ""
    view = factor.panel
    same = factor.origin == "rules" and factor.settled and view.position.level == factor.lowest.level
    note = "" if factor.origin == "panel" else " (as suggested)" if same else " (the suggestion differs)"
    position = of.marked(view.position) if of else view.position
    return f"Panel's own level: {position.shown}{note}. {view.reason}"


def still_to_ask(outcome: Outcome) -> tuple[tuple[Ask, tuple[int, ...]], ...]:
    """Every open question of the job once, with the factors it is for, the most useful first."""
    found: dict[tuple[str, str], tuple[Ask, list[int]]] = {}
    for factor in outcome.factors:
        for ask in (_ask(question) for question in factor.open_questions):
            found.setdefault((ask.text, ask.about), (ask, []))[1].append(factor.number)
    ranked: Iterable[tuple[Ask, list[int]]] = sorted(found.values(), key=lambda pair: -len(pair[1]))
    return tuple((ask, tuple(dict.fromkeys(numbers))) for ask, numbers in ranked)
