"""The words for single things: an answer, what a comparison asks for, a term, an entry, a level."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from jerules.engine.resolve import End
from jerules.explain.proof import AddedUp
from jerules.jobs.model import Answer, Entry
from jerules.quantities.kinds import UNBOUNDED, Exact, Kind
from jerules.quantities.words import say
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.questions import JOB, Form, Question
from jerules.scheme.model import Factor


def joined(parts: Sequence[str], word: str = "and") -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    if len(parts) < 2:  # noqa: PLR2004 - one part needs no joining
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {word} {parts[-1]}"


def given(question: Question, answer: Answer | None) -> str:
    """An answer as a panel would say it: its words for a choice, what was written for a quantity."""
    if answer is None:
        return "not known"
    match question.type.form:
        case Form.YES_NO:
            return "yes" if answer.value else "no"
        case Form.ONE_OF | Form.ANY_OF | Form.SCALE if isinstance(answer.value, frozenset):
            names = [name for name in question.type.names if name in answer.value]
            return joined([lowered(question.type.label(name)) for name in names]) or "none of these"
    return treated(answer)


def treated(answer: Answer) -> str:
    """What was written, and what the panel has it treated as."""
    return f"{answer.written}, treated as {answer.treated_as}" if answer.treated_as else answer.written


def lowered(text: str) -> str:
    """A label in the middle of a sentence: its first letter small, unless the word is an abbreviation."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text.startswith("A ") else text


def called(entry: Entry) -> str:
    """What an entry is called, in quotation marks; the job itself is just the job."""
    if entry.record == JOB:
        return "the job"
    if entry.label:
        return f"“{entry.label}”"
    return f"{entry.record.replace('_', ' ')} {entry.number}"


def term_name(key: c.TermKey) -> str:
    """The name of a term as a word."""
    return key.name.replace("_", " ")


def word_of_guidance(term: m.Term) -> str:
    """The name of a term where it is a word of the guidance, which has a note of that heading; else nothing.

    Other names are the rule author's own: a panel is told what they stand for, and not the names.
    """
    name = term_name(term.key)
    return name if heads_a_note(name, (cited for one in term.definitions for cited in one.source.citations)) else ""


def heads_a_note(name: str, citations: Iterable[m.Citation]) -> bool:
    """Whether one of the citations is of a note whose heading has these words."""
    headings = [cited.words.partition("note: ")[2].lower() for cited in citations]
    return any(all(word in heading for word in name.split()) for heading in headings)


def definition(term: m.Term) -> m.Definition | None:
    """The definition that says what a term means: the first that is not an interpretation's, if there is one."""
    binding = [d for d in term.definitions if not d.source.interpretation]
    return next(iter(binding or term.definitions), None)


def needs(leaf: c.Leaf | AddedUp) -> str:
    """What a leaf asks of an answer: ``at least 6 kg``, ``lifting or bending``, ``yes``."""
    match leaf:
        case AddedUp(compare=compare):
            return f"together {limits(compare)}"
        case c.Compare():
            return limits(leaf)
        case c.Chosen(question=question, values=values):
            names = [name for name in question.type.names if name in values]
            return joined([lowered(question.type.label(name)) for name in names], "or")
    return "yes"


def limits(compare: c.Compare) -> str:  # noqa: PLR0911 - one case a comparison
    """What a comparison asks for: ``at least 6 kg``, ``under 50%``, ``20 minutes or less``."""
    value = _bound(compare)
    if compare.op == ">" and compare.bound.value == 0 and compare.question.type.form is Form.QUANTITY:
        return "any at all"
    if compare.bound.kind is Kind.DATE:
        return f"{_OF_DAYS[compare.op]}{value}"
    match compare.op:
        case ">=":
            return f"at least {value}"
        case ">":
            return f"over {value}"
        case "<=":
            return f"{value} or less"
        case "<":
            return f"under {value}"
    return f"exactly {value}" if compare.question.type.form is Form.QUANTITY else value


_OF_DAYS = {">=": "on or after ", ">": "after ", "<=": "on or before ", "<": "before ", "=": ""}


def _bound(compare: c.Compare) -> str:
    bound, question = compare.bound, compare.question
    if bound.value is None:
        return f"the authority's convention for {bound.parameter.replace('_', ' ')}"
    if question.type.form is Form.SCALE:
        return lowered(question.type.choices[int(bound.value)].label)
    around = "around " if bound.around else ""
    share = " of shifts" if compare.part is c.Part.SHARE else ""
    return f"{around}{amount(bound.kind, bound.value, question.type.per)}{share}"


def amount(kind: Kind, value: Exact, per: str = "") -> str:
    """A quantity in plain words: exact where that is short, else rounded and said to be about so much."""
    if value >= UNBOUNDED:
        return "any amount"
    if value == 0:
        return "nothing"
    if kind is Kind.SHARE and isinstance(value, Fraction):
        return f"about {say(kind, round(value / 100) * 100)}"
    return say(kind, value, per or None)


def amounts(low: Exact, high: Exact, compare: c.Compare) -> str:
    """What several entries come to, in the words of what they are compared with."""
    kind, per = compare.bound.kind, compare.question.type.per
    if low == high:
        return amount(kind, low, per)
    if high >= UNBOUNDED:
        return f"at least {amount(kind, low, per)}" if low else "an amount that is not known"
    return f"between {amount(kind, low, per)} and {amount(kind, high, per)}"


def end(found: End, factor: Factor | None = None) -> str:
    """``3(c)``; several options of a level stand together: ``3(a, c?)``. A tool is no ``factor`` of the scheme."""
    if found.level is None:
        return "none"
    if factor:
        return factor.shown(found.level, found.options)
    return f"{found.level}({', '.join(found.options)})" if found.options else str(found.level)


def span(lowest: End, highest: End, factor: Factor | None = None) -> str:
    """``3(c)`` when settled, else ``2 to 4``."""
    if lowest.level is not None and lowest.level == highest.level:
        return end(lowest, factor)
    if lowest.level is None:
        return f"none to {highest.level}" if highest.level else "none"
    return f"{lowest.level} to {highest.level}"


def cites(citations: Iterable[m.Citation]) -> str:
    """The citations of a statement as a panel reads them."""
    return "; ".join(citation.words for citation in citations)


def traits(condition: c.Condition, book: m.RuleBook, *, full: bool = False) -> str:
    """The traits of a quantified part as words: ``that is frequent, moderate``, or what its terms say of themselves.

    In ``full``, the words of the guidance are followed by what they mean.
    """
    parts = condition.parts if isinstance(condition, c.All) else (condition,)
    words = [_trait(part, book) for part in parts]
    if all(isinstance(part, c.Holds) and word_of_guidance(book.terms[part.term]) for part in parts):
        meant = [_meant(book.terms[part.term]) for part in parts if isinstance(part, c.Holds)]
        said = [f"{word} ({reads})" if full and reads else word for word, reads in zip(words, meant, strict=True)]
        return f"that is {', '.join(said)}"
    return f"that meets this: {'; '.join(words)}"


def _meant(term: m.Term) -> str:
    """What a term says of itself; nothing where it does not."""
    found = definition(term)
    return found.reads if found else ""


def _trait(condition: c.Condition, book: m.RuleBook) -> str:  # noqa: PLR0911 - one a case
    match condition:
        case c.Holds(term=key):
            return word_of_guidance(book.terms[key]) or _meant(book.terms[key]) or term_name(key)
        case c.Not(part=part):
            return f"not {_trait(part, book)}"
        case c.IsYes(question=question):
            return f"“{question.asks}” yes"
        case c.Compare(question=question) | c.Chosen(question=question):
            return f"“{question.asks}” {needs(condition)}"
        case c.All(parts=parts):
            return joined([_trait(part, book) for part in parts])
        case c.AnyOf(parts=parts):
            return joined([_trait(part, book) for part in parts], "or")
        case c.AtLeast(number=number, parts=parts):
            return f"at least {number} of: {joined([_trait(part, book) for part in parts])}"
        case c.Some(record=record):
            return f"{record.replace('_', ' ')} {traits(condition.condition, book)}"
    return ""
