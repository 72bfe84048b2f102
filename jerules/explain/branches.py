"""A proof tree in words: every step said, none left out."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from jerules.engine.truth import NO, UNKNOWN, YES
from jerules.explain import phrases
from jerules.explain.proof import AddedUp, Barred, NotAsked, OfEntry, Step
from jerules.jobs.model import Entry
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.quotes import Quote

TRUTHS = {NO: "no", UNKNOWN: "unknown", YES: "yes"}
"""What a step's truth is called."""


@dataclass(frozen=True, slots=True)
class Branch:
    """One step of a tree in words.

    ``kind`` is rule, definition, term, joint (all, any, not, at least so many), record (some entry of it), entry, bar,
    sum, answer, or unasked.
    ``what`` says what is looked at, ``truth`` is yes, no or unknown. A step that rests on an answer has ``needs`` (what
    was asked of it) and ``answer`` (empty: not known), and ``question`` holds the question's key.
    """

    what: str
    truth: str
    kind: str
    question: str = ""
    entry: Entry | None = None
    answer: str = ""
    needs: str = ""
    cites: tuple[m.Citation, ...] = ()
    interpretation: str = ""
    children: tuple[Branch, ...] = ()
    quotes: tuple[Quote, ...] = field(default=(), compare=False)


def branch(step: Step) -> Branch:  # noqa: PLR0911 - one a case
    """The words of a tree, step by step."""
    inner = tuple(branch(child) for child in step.children)
    truth = TRUTHS[step.truth]
    match step.subject:
        case m.Rule() | m.Definition() as said:
            kind = "rule" if isinstance(said, m.Rule) else "definition"
            return _cited(Branch(_said(said), truth, kind, children=inner), said.source)
        case Barred(rule=rule):
            what = "its evidence is not kept out of this factor"
            return _cited(Branch(what, truth, "bar", "", step.entry, children=inner), rule.source)
        case OfEntry(entry=entry):
            return Branch(phrases.called(entry), truth, "entry", "", entry, children=inner)
        case NotAsked(record=record):
            return Branch(f"whether the job has any {_noun(record)}", truth, "unasked", record)
        case AddedUp():
            return _added_up(step.subject, truth)
        case c.Compare() | c.Chosen() | c.IsYes() as leaf:
            return _leaf(step, leaf, truth)
    return Branch(_joining(step.subject), truth, _KINDS.get(type(step.subject), "joint"), children=inner)


_KINDS = {c.Holds: "term", c.Some: "record"}


def _cited(found: Branch, source: m.Source) -> Branch:
    return replace(found, cites=source.citations, interpretation=source.interpretation)


def _said(said: m.Rule | m.Definition) -> str:
    if isinstance(said, m.Definition):
        return said.reads or "by this definition"
    return f"{effect(said.effect)}: {said.reads}" if said.reads else effect(said.effect)


def effect(found: m.Effect) -> str:  # noqa: PLR0911 - one a case
    """What a rule does, in a few words."""
    match found:
        case m.GivesLevel(position=position):
            return f"level {position.shown}"
        case m.Floor(level=level):
            return f"at least level {level}"
        case m.Cap(level=level):
            return f"at most level {level}"
        case m.Closes(positions=positions):
            return f"not level {phrases.joined([p.shown for p in positions], 'or')}"
        case m.LeavesToPanel(low=low, high=high):
            return f"the panel decides, {low.shown} or {high.shown}"
        case m.Bars(credited=credited, barred=barred):
            return f"counted under factor {credited}, not {barred}"
        case m.Carries(factor=factor):
            return f"carried to factor {factor}"
        case m.Asks(text=text):
            return text
    return "a rule"


def _joining(subject: object) -> str:  # noqa: PLR0911 - one a case
    match subject:
        case c.All():
            return "all of this"
        case c.AnyOf():
            return "any of this"
        case c.Not():
            return "not so"
        case c.AtLeast(number=number):
            return f"at least {number} of these"
        case c.Holds(term=key):
            return phrases.term_name(key)
        case c.Some(record=record, number=number, together=together):
            how = "some" if number == 1 else f"at least {number} of"
            return f"{how} {_noun(record)}{', added up' if together else ''}"
    return ""


def _added_up(sums: AddedUp, truth: str) -> Branch:
    question, kind = sums.compare.question, sums.compare.bound.kind
    low, high = (phrases.amount(kind, end, question.type.per) for end in (sums.low, sums.high))
    come_to = low if sums.low == sums.high else f"{low} to {high}"
    return Branch("what they come to together", truth, "sum", question.key, None, come_to, phrases.limits(sums.compare))


def _leaf(step: Step, leaf: c.Leaf, truth: str) -> Branch:
    answer = phrases.given(leaf.question, step.answer) if step.answer else ""
    return Branch(leaf.question.asks, truth, "answer", leaf.question.key, step.entry, answer, phrases.needs(leaf))


def _noun(record: str) -> str:
    return record.replace("_", " ")


def lacking(step: Step) -> Branch:
    """A step that stands in the way, in words; what is below it is left out."""
    return replace(branch(step), children=())


def condensed(tree: Branch) -> Branch:
    """The same tree with fewer steps to read: a term beside its only definition, no joint over a single step."""
    children = tuple(condensed(child) for child in tree.children)
    if tree.kind == "joint" and len(children) == 1 and children[0].truth == tree.truth:
        return children[0]
    if tree.kind != "term" or not children:
        return replace(tree, children=children)
    word = phrases.heads_a_note(tree.what, (cited for child in children for cited in child.cites))
    if len(children) == 1 and children[0].kind == "definition":
        only = children[0]
        return replace(only, what=f"{tree.what}: {only.what}" if word else only.what)
    return replace(tree, what=tree.what if word else "one of these", children=children)
