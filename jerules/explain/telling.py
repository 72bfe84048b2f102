"""Tells an outcome in sentences: the one telling that every rendering prints.

A telling is plain data: texts with their citations, marks and evidence. How it is laid out is the renderer's business.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from jerules.engine.truth import NO, UNKNOWN, YES
from jerules.explain import phrases
from jerules.explain.hurdles import Hurdle, tell_hurdles
from jerules.explain.outcome import FactorOutcome, OpenQuestion, Outcome, Raised, Reason, WhyNotLevel
from jerules.explain.proof import AddedUp, Barred, NotAsked, OfEntry, Step, interpretations, leaves, steps
from jerules.jobs.model import Entry
from jerules.quantities.kinds import Kind
from jerules.quantities.words import say
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.questions import Form
from jerules.rulebook.quotes import Quote


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an explanation, with the paragraph it rests on and the panel's evidence for it.

    ``quotes`` are the official words of its ``citations``, where the user has asked for them.
    """

    text: str
    cites: str = ""
    interpretation: str = ""
    evidence: str = ""
    source: str = ""
    citations: tuple[m.Citation, ...] = field(default=(), compare=False)
    quotes: tuple[Quote, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Because:
    """One reason: what it comes to, the level it gives, and the lines that lead there."""

    says: str
    gives: str
    cites: str
    status: str
    certain: bool
    lines: tuple[Line, ...]
    tool: str = ""
    citations: tuple[m.Citation, ...] = field(default=(), compare=False)
    quotes: tuple[Quote, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing still to ask: the question, about what, and what an answer would do."""

    text: str
    about: str
    does: str
    help: str


@dataclass(frozen=True, slots=True)
class Assumption:
    """An interpretation that the outcome rests on, and how to do without it."""

    id: str
    title: str
    because: str
    status: str
    switch: str


@dataclass(frozen=True, slots=True)
class FactorTelling:
    """Everything there is to say about one factor, in the order in which it is said."""

    number: int
    title: str
    level: str
    points: str
    settled: bool
    because: tuple[Because, ...]
    why_not_level: str
    why_not: tuple[Hurdle, ...]
    why_not_remark: str
    ask: tuple[Ask, ...]
    ask_remark: str
    queries: tuple[Line, ...]
    kept_out: tuple[Line, ...]
    assumptions: tuple[Assumption, ...]
    panel: str


def tell(outcome: Outcome) -> tuple[FactorTelling, ...]:
    """The telling of every factor, in the scheme's order."""
    return tuple(tell_factor(outcome, factor) for factor in outcome.factors)


def tell_factor(outcome: Outcome, factor: FactorOutcome, why_not: WhyNotLevel | None = None) -> FactorTelling:
    """The telling of one factor; ``why_not`` puts another level in place of the adjacent one."""
    asked = why_not or factor.why_not
    return FactorTelling(
        factor.number, factor.title, level_of(factor), points_of(factor), factor.settled,
        tuple(tell_reason(reason, outcome) for reason in factor.because),
        str(asked.level) if asked else "",
        tell_hurdles(asked.answers, outcome.book) if asked else (),
        _why_not_remark(asked) if asked else "",
        tuple(_ask(question) for question in factor.open_questions),
        _ask_remark(factor),
        tuple(_query(raised, factor) for raised in factor.queries),
        tuple(_kept(kept.rule, kept.entry, certain=kept.truth == YES) for kept in factor.kept_out),
        (*map(_assumption, factor.interpretations), *_conventions(factor, outcome.book)),
        _panel(factor),
    )  # fmt: skip


def level_of(factor: FactorOutcome) -> str:
    """``Level 3(c)``, ``Level 2 to 4``, or that the factor still needs the panel's own level."""
    if factor.origin == "none":
        return "No level yet"
    if factor.lowest.level is None and factor.highest.level is None:
        return "No level: the rules give none"
    if factor.lowest.level is None:
        return f"No level, or up to level {factor.highest.level}"
    return f"Level {phrases.span(factor.lowest, factor.highest)}"


def points_of(factor: FactorOutcome) -> str:
    """``12 points`` or ``7 to 18 points``."""
    low, high = factor.points_range
    return f"{low} points" if low == high else f"{low} to {high} points"


# ── because ──────────────────────────────────────────────────────────────────────────────────────────────────────


def tell_reason(reason: Reason, outcome: Outcome) -> Because:
    """One reason in sentences."""
    rule = reason.rule
    says = _says(reason, outcome)
    lines = tuple(_lines(reason.proof, outcome.book))
    if reason.proof.subject is rule and rule.condition is None:
        lines = (Line("Nothing that was reported meets a rule of a higher level."),) if reason.truth == YES else (
            Line("No rule of a higher level is established by what is known so far."),
        )  # fmt: skip
    gives = _gives(rule, reason)
    cited = rule.source.citations
    certain = reason.truth == YES
    return Because(says, gives, phrases.cites(cited), rule.source.status, certain, lines, reason.tool, cited)


def _gives(rule: m.Rule, reason: Reason) -> str:
    match rule.effect:
        case m.Floor():
            return f"at least level {reason.position}"
        case m.Cap():
            return f"at most level {reason.position}"
    return f"level {reason.position}"


def _says(reason: Reason, outcome: Outcome) -> str:
    """The rule's own sentence, and what the panel decided where it leaves that to the panel."""
    rule = reason.rule
    decided = outcome.job.decisions.get(rule.effect.name) if isinstance(rule.effect, m.LeavesToPanel) else None
    says = rule.reads or _conclusion(reason)
    if decided is None:
        return says
    return f"{says} The panel decided on {decided.position}. Its reason: {decided.reason}"


def _conclusion(reason: Reason) -> str:
    if isinstance(reason.rule.effect, m.LeavesToPanel):
        effect = reason.rule.effect
        return f"The guidance leaves it to the panel: {effect.low} or {effect.high}."
    return f"The conditions of {_gives(reason.rule, reason)} are met."


def _lines(step: Step, book: m.RuleBook) -> Iterator[Line]:
    match step.subject:
        case OfEntry(entry=entry):
            yield from _entry_lines(step, entry, book)
        case c.Holds():
            yield _term_line(step, book, holds=step.truth)
        case c.Not() if isinstance(step.children[0].subject, c.Holds):
            yield _term_line(step.children[0], book, holds=step.children[0].truth)
        case c.Not() if isinstance(step.children[0].subject, c.Some):
            yield _none_line(step.children[0])
        case Barred():
            return
        case _ if step.leaf:
            yield _leaf_line(step)
        case _:
            for child in step.children:
                yield from _lines(child, book)


def _entry_lines(step: Step, entry: Entry, book: m.RuleBook) -> Iterator[Line]:
    """What an entry meets; a line of its own names the entry unless one of the others does."""
    inner = [line for child in step.children for line in _lines(child, book)]
    name = phrases.called(entry)
    if not any(name in line.text for line in inner):
        yield Line(name, evidence=entry.evidence, source=entry.source)
    yield from inner


def _term_line(step: Step, book: m.RuleBook, *, holds: int) -> Line:
    key = step.subject.term if isinstance(step.subject, c.Holds) else c.TermKey(None, None, "")
    found = _deciding(step) or phrases.definition(book.terms[key])
    verb = {YES: "is", NO: "is not", UNKNOWN: "may be"}[holds]
    reads = found.reads if found and found.reads else _read_off(step)
    colon = f": {reads}" if reads else ""
    subject = _subject(step)
    name = phrases.term_name(key)
    cited = found.source.citations if found else ()
    assumed = ", ".join(interpretations(step))
    return Line(f"{subject} {verb} {name}{colon}", phrases.cites(cited), assumed, *_evidence(step), cited)


def _deciding(step: Step) -> m.Definition | None:
    """The definition by which a term holds; of several that do not, none."""
    found = [child.subject for child in step.children if isinstance(child.subject, m.Definition)]
    return found[0] if len(found) == 1 else None


def _subject(step: Step) -> str:
    """What a term is said of: the single quantity it rests on, or the entry by name with what was answered."""
    found = list(
        {
            (leaf.subject.question, leaf.answer): leaf for leaf in leaves(step) if isinstance(leaf.subject, c.Leaf)
        }.values()
    )
    if len(found) == 1:
        leaf = found[0]
        question = leaf.subject.question if isinstance(leaf.subject, c.Leaf) else None
        if question and question.type.form is Form.QUANTITY and leaf.answer:
            return phrases.treated(leaf.answer)
    named = [leaf.entry for leaf in found if leaf.entry]
    said = [
        phrases.given(leaf.subject.question, leaf.answer)
        for leaf in found
        if isinstance(leaf.subject, c.Leaf) and leaf.subject.question.type.form is not Form.YES_NO
    ]
    entry = next((e for e in named if e.record != "job"), named[0] if named else None)
    name = phrases.called(entry) if entry else "the job"
    return f"{name} ({', '.join(dict.fromkeys(said))})" if said else name


def _read_off(step: Step) -> str:
    """What the leaves of a tree ask for, where a term says nothing about itself."""
    parts = [phrases.needs(leaf.subject) for leaf in leaves(step) if isinstance(leaf.subject, c.Leaf | AddedUp)]
    return ", ".join(dict.fromkeys(parts))


def _leaf_line(step: Step) -> Line:
    match step.subject:
        case AddedUp(compare=compared, low=low, high=high):
            come_to = phrases.amounts(low, high, compared)
            return Line(f"Together they come to {come_to}: {phrases.limits(compared)} is needed")
        case NotAsked(record=record):
            return Line(f"It is not known yet whether the job has any {record.replace('_', ' ')}")
    leaf = step.subject
    if not isinstance(leaf, c.Leaf):
        return Line("")
    answer = phrases.given(leaf.question, step.answer)
    wants = "" if isinstance(leaf, c.IsYes) else f" ({_wants(leaf, step.truth)})"
    evidence, source = _evidence(step)
    return Line(f"{leaf.question.asks} {phrases_capital(answer)}{wants}", "", "", evidence, source)


def phrases_capital(text: str) -> str:
    """A sentence's first letter large."""
    return text[:1].upper() + text[1:]


def _wants(leaf: c.Leaf, truth: int) -> str:
    return phrases.needs(leaf) if truth != NO else f"not {phrases.needs(leaf)}"


def _none_line(step: Step) -> Line:
    some = step.subject
    record = some.record if isinstance(some, c.Some) else ""
    terms = phrases.traits(some.condition) if isinstance(some, c.Some) else ""
    count = sum(1 for child in step.children if isinstance(child.subject, OfEntry))
    noun = record.replace("_", " ")
    that = f" that is {terms}" if terms else ""
    return Line(f"Among the {count} reported there is no {noun}{that}" if count else f"No {noun} was reported")


def _evidence(step: Step) -> tuple[str, str]:
    """The panel's evidence and source for the answers of a step, each named once."""
    found = [(leaf.answer, leaf.entry) for leaf in leaves(step)]
    evidence = [a.evidence if a and a.evidence else e.evidence if e else "" for a, e in found]
    evidence += [f"treated so by the panel: {a.reason}" for a, _ in found if a and a.reason]
    source = [a.source if a and a.source else e.source if e else "" for a, e in found]
    return "; ".join(dict.fromkeys(x for x in evidence if x)), "; ".join(dict.fromkeys(x for x in source if x))


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
        "can settle the level"
        if question.settles
        else "narrows the range"
        if question.narrows
        else "is needed with others"
    )
    match question.kind:
        case "record":
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
            return Ask(
                question.asks, "", "decides whether they add up", "enter what falls on the same shifts as one entry"
            )
    return Ask(question.asks, about, does, help_text)


def _ask_remark(factor: FactorOutcome) -> str:
    if factor.origin == "none":
        return "There are no rules for this factor yet: the panel enters its own level, with its reason."
    if factor.settled and not factor.open_questions:
        return "Nothing that could change this level."
    return ""


def _query(raised: Raised, factor: FactorOutcome) -> Line:
    rule = raised.rule
    text = rule.effect.text if isinstance(rule.effect, m.Asks) else ""
    if raised.full_time:
        now = phrases.span(factor.lowest, factor.highest)
        text = f"{text} As answered: level {now}. With every count pro rata: level {phrases.span(*raised.full_time)}."
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
    for reason in factor.because:
        for step in steps(reason.proof):
            leaf = step.subject.compare if isinstance(step.subject, AddedUp) else step.subject
            if isinstance(leaf, c.Compare) and leaf.bound.parameter and leaf.bound.value is not None:
                found[leaf.bound.parameter] = None
    for name in found:
        parameter = book.parameters[name]
        when = (
            f" on {say(Kind.DATE, parameter.agreed.on.toordinal())} by {parameter.agreed.by}"
            if parameter.agreed
            else ""
        )
        title = f"{name.replace('_', ' ')} is {parameter.text}"
        yield Assumption(
            f"convention {name}", title, f"Agreed locally{when}; the scheme sets no value.", m.Status.LOCAL,
            f"another `convention {name} = …` in the pack changes it",
        )  # fmt: skip


def _assumption(interpretation: m.Interpretation) -> Assumption:
    return Assumption(
        interpretation.id, interpretation.title, interpretation.because, interpretation.source.status,
        f"`without {interpretation.id}` in a pack switches it off",
    )  # fmt: skip


def _panel(factor: FactorOutcome) -> str:
    if factor.panel is None:
        return ""
    view = factor.panel
    same = factor.origin == "rules" and factor.settled and view.position.level == factor.lowest.level
    note = "" if factor.origin == "panel" else " (as suggested)" if same else " (the suggestion differs)"
    return f"Panel's own level: {view.position}{note}. {view.reason}"


def still_to_ask(outcome: Outcome) -> tuple[tuple[Ask, tuple[int, ...]], ...]:
    """Every open question of the job once, with the factors it is for, the most useful first."""
    found: dict[tuple[str, str], tuple[Ask, list[int]]] = {}
    for factor in outcome.factors:
        for ask in (_ask(question) for question in factor.open_questions):
            found.setdefault((ask.text, ask.about), (ask, []))[1].append(factor.number)
    ranked: Iterable[tuple[Ask, list[int]]] = sorted(found.values(), key=lambda pair: -len(pair[1]))
    return tuple((ask, tuple(dict.fromkeys(numbers))) for ask, numbers in ranked)
