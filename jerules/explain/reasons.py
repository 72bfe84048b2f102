"""Tells one reason in sentences: what a rule comes to, and the lines that lead there."""

from __future__ import annotations

from collections.abc import Iterator

from jerules.engine.truth import NO, UNKNOWN, YES
from jerules.explain import phrases
from jerules.explain.outcome import Outcome, Reason
from jerules.explain.proof import AddedUp, Barred, NotAsked, OfEntry, Step, interpretations, leaves
from jerules.explain.told import Because, Line
from jerules.jobs.model import Entry
from jerules.quantities.kinds import Kind
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.questions import Form, Question


def tell_reason(reason: Reason, outcome: Outcome) -> Because:
    """One reason in sentences."""
    rule = reason.rule
    says = _says(reason, outcome)
    lines = tuple(tell_steps(reason.proof, outcome.book))
    if reason.proof.subject is rule and rule.condition is None:
        lines = (Line("Nothing that was reported meets a rule of a higher level."),) if reason.truth == YES else (
            Line("No rule of a higher level is established by what is known so far."),
        )  # fmt: skip
    gives = _gives(rule, reason)
    cited = rule.source.citations
    certain = reason.truth == YES
    tool = outcome.book.factors[reason.tool].title if reason.tool else ""
    return Because(says, gives, phrases.cites(cited), rule.source.status, certain, lines, tool, cited)


def _gives(rule: m.Rule, reason: Reason) -> str:
    match rule.effect:
        case m.Floor():
            return f"at least level {reason.position.shown}"
        case m.Cap():
            return f"at most level {reason.position.shown}"
    return f"level {reason.position.shown}"


def _says(reason: Reason, outcome: Outcome) -> str:
    """The rule's own sentence, and what the panel decided where it leaves that to the panel."""
    rule = reason.rule
    decided = outcome.job.decisions.get(rule.effect.name) if isinstance(rule.effect, m.LeavesToPanel) else None
    says = rule.reads or _conclusion(reason)
    if decided is None:
        return says
    factor = None if reason.tool else outcome.book.scheme.factor(int(rule.factor))
    position = factor.marked(decided.position) if factor else decided.position
    return f"{says} The panel decided on {position.shown}. Its reason: {decided.reason}"


def _conclusion(reason: Reason) -> str:
    if isinstance(reason.rule.effect, m.LeavesToPanel):
        effect = reason.rule.effect
        return f"The guidance leaves it to the panel: {effect.low.shown} or {effect.high.shown}."
    return f"The conditions of {_gives(reason.rule, reason)} are met."


def tell_steps(step: Step, book: m.RuleBook) -> Iterator[Line]:
    """The lines of a tree, from left to right."""
    match step.subject:
        case OfEntry(entry=entry):
            yield from _entry_lines(step, entry, book)
        case c.Holds():
            yield _term_line(step, book, holds=step.truth)
        case c.Not() if isinstance(step.children[0].subject, c.Holds):
            yield _term_line(step.children[0], book, holds=step.children[0].truth)
        case c.Not() if isinstance(step.children[0].subject, c.Some):
            yield _none_line(step.children[0], book)
        case Barred():
            return
        case _ if step.leaf:
            yield _leaf_line(step)
        case _:
            for child in step.children:
                yield from tell_steps(child, book)


def _entry_lines(step: Step, entry: Entry, book: m.RuleBook) -> Iterator[Line]:
    """What an entry meets; a line of its own names the entry unless one of the others does."""
    inner = [line for child in step.children for line in tell_steps(child, book)]
    name = phrases.called(entry)
    if not any(name in line.text for line in inner):
        yield Line(name, evidence=entry.evidence, source=entry.source)
    yield from inner


def _term_line(step: Step, book: m.RuleBook, *, holds: int) -> Line:
    key = step.subject.term if isinstance(step.subject, c.Holds) else c.TermKey(None, None, "")
    found, reads = meaning(step, key, book)
    own = found.reads if found else ""
    name = phrases.word_of_guidance(book.terms[key]) or ("" if own else phrases.term_name(key))
    said = _said_of(_subject(step), name, reads, holds)
    cited = found.source.citations if found else ()
    assumed = ", ".join(interpretations(step))
    return Line(said, phrases.cites(cited), assumed, *_evidence(step), cited)


def meaning(step: Step, key: c.TermKey, book: m.RuleBook) -> tuple[m.Definition | None, str]:
    """The definition by which a term holds, or that says what it means, and what it stands for in words."""
    found = _deciding(step) or phrases.definition(book.terms[key])
    return found, found.reads if found and found.reads else _read_off(step)


def _said_of(subject: str, name: str, reads: str, holds: int) -> str:
    """Whether a term holds: by its name where the guidance has that word, else by what it stands for."""
    if not name:
        subject = subject.removesuffix(f" ({reads})")  # what was answered, where it says just that
        verb = {YES: "", NO: " does not meet this", UNKNOWN: " may meet this"}[holds]
        return f"{subject}{verb}: {reads}"
    verb = {YES: "is", NO: "is not", UNKNOWN: "may be"}[holds]
    return f"{subject} {verb} {name}{f': {reads}' if reads else ''}"


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
        if question and question.type.form is Form.QUANTITY and leaf.answer and not _bare(question):
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


def _bare(question: Question) -> bool:
    """Whether an answer is a mere number, which says nothing without what is counted."""
    return question.type.kind is Kind.COUNT and not question.type.per


def _read_off(step: Step) -> str:
    """What the leaves of a tree ask for, where a term says nothing about itself."""
    parts = [
        phrases.needs(leaf.subject) for leaf in leaves(step) if isinstance(leaf.subject, c.Compare | c.Chosen | AddedUp)
    ]
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


def _none_line(step: Step, book: m.RuleBook) -> Line:
    some = step.subject
    record = some.record if isinstance(some, c.Some) else ""
    traits = f" {phrases.traits(some.condition, book)}" if isinstance(some, c.Some) else ""
    count = sum(1 for child in step.children if isinstance(child.subject, OfEntry))
    noun = record.replace("_", " ")
    return Line(f"Among the {count} reported there is no {noun}{traits}" if count else f"No {noun} was reported")


def _evidence(step: Step) -> tuple[str, str]:
    """The panel's evidence and source for the answers of a step, each named once."""
    found = [(leaf.answer, leaf.entry) for leaf in leaves(step)]
    evidence = [a.evidence if a and a.evidence else e.evidence if e else "" for a, e in found]
    evidence += [f"treated so by the panel: {a.reason}" for a, _ in found if a and a.reason]
    source = [a.source if a and a.source else e.source if e else "" for a, e in found]
    return "; ".join(dict.fromkeys(x for x in evidence if x)), "; ".join(dict.fromkeys(x for x in source if x))
