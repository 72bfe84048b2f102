"""What two rule books say differently: each statement that is new, gone, or says something else, in its own words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from jerules.engine.resolve import tools_for
from jerules.exercise.wording import said
from jerules.faults import Place
from jerules.quantities.words import say_day
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook import procedure as p
from jerules.rulebook.questions import JOB, AnswerType, Form
from jerules.rulebook.uses import conditions_of, leaves_of
from jerules.scheme.model import Scheme

NEW, GONE, CHANGED = "new", "gone", "says something else"


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of a rule book as far as it can be compared.

    ``kind`` and ``name`` say which it is (several may share both: two rules of one level), ``factor`` whose it is
    (empty: of all factors). ``says`` are its parts, each with what it is called; parts that it does not have are left
    out.
    """

    kind: str
    name: str
    factor: str
    says: tuple[tuple[str, str], ...]
    place: Place | None = None
    citations: tuple[m.Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A statement that is new (no ``old``), gone (no ``new``), or says something else; ``parts`` are those that do.

    Each part has what it is called, and what the old and the new book say there; empty where one says nothing.
    """

    old: Statement | None
    new: Statement | None
    parts: tuple[tuple[str, str, str], ...]

    @property
    def how(self) -> str:
        """New, gone, or says something else."""
        if self.old is None:
            return NEW
        return CHANGED if self.new else GONE

    @property
    def one(self) -> Statement:
        """The statement as the new book has it, or else the old one."""
        return self.new or self.old or Statement("", "", "", ())

    @property
    def citations(self) -> tuple[m.Citation, ...]:
        """The paragraphs that either side rests on."""
        both = [one for side in (self.old, self.new) if side for one in side.citations]
        return tuple(dict.fromkeys(both))


def changes(old: m.RuleBook, new: m.RuleBook) -> tuple[Change, ...]:
    """Every statement that differs between two books, in the order of the new one, with what is gone at the end.

    Of statements that share a name those that say the same are put together first, then those most alike.
    """
    before, after = _by_name(statements(old)), _by_name(statements(new))
    found: list[Change] = []
    for name in dict.fromkeys((*after, *before)):
        found += _matched(before.get(name, []), after.get(name, []))
    return tuple(found)


def concerning(found: Iterable[Change], new: m.RuleBook, old: m.RuleBook, key: str) -> tuple[Change, ...]:
    """The changes that a factor can turn on: its own, its tools', and of what is shared that which it reads."""
    keys, names = {key}, set[tuple[str, str]]()
    for book in (old, new):
        if key not in book.factors:
            continue
        keys.update(tools_for(book, key))
        rules = [rule for of in (key, *tools_for(book, key)) for rule in book.factors[of].rules + book.factors[of].bars]
        for leaf in leaves_of(book, conditions_of(rules)):
            names.add(("question", leaf.question.key))
            if isinstance(leaf, c.Compare) and leaf.bound.parameter:
                names.add(("parameter", leaf.bound.parameter))
    return tuple(
        one
        for one in found
        if one.one.factor in keys
        or (one.one.kind == "term" and not one.one.factor)
        or (one.one.kind, one.one.name) in names
    )


def _by_name(found: Iterable[Statement]) -> dict[tuple[str, str, str], list[Statement]]:
    named: dict[tuple[str, str, str], list[Statement]] = {}
    for one in found:
        named.setdefault((one.kind, one.factor, one.name), []).append(one)
    return named


def _matched(before: Sequence[Statement], after: Sequence[Statement]) -> Iterator[Change]:
    left, right = list(before), list(after)
    pairs = sorted(
        ((-_alike(one, other), i, j) for i, one in enumerate(left) for j, other in enumerate(right)),
    )
    used: tuple[set[int], set[int]] = (set(), set())
    for _, i, j in pairs:
        if i in used[0] or j in used[1]:
            continue
        used[0].add(i)
        used[1].add(j)
        parts = tuple(_differing(dict(left[i].says), dict(right[j].says)))
        if parts:
            yield Change(left[i], right[j], parts)
    for j, other in enumerate(right):
        if j not in used[1]:
            yield Change(None, other, tuple((name, "", words) for name, words in other.says))
    for i, one in enumerate(left):
        if i not in used[0]:
            yield Change(one, None, tuple((name, words, "") for name, words in one.says))


def _alike(one: Statement, other: Statement) -> int:
    """How many parts of two statements are the same; the same in all of them comes before everything."""
    if one.says == other.says:
        return len(one.says) + 1
    return len(set(one.says) & set(other.says))


def _differing(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    for name in dict.fromkeys((*old, *new)):
        if old.get(name, "") != new.get(name, ""):
            yield name, old.get(name, ""), new.get(name, "")


# ── what a book says ─────────────────────────────────────────────────────────────────────────────────────────────


def statements(book: m.RuleBook) -> Iterator[Statement]:
    """Every statement of a book that an outcome or a panel may rest on; claims and examples are left out."""
    yield from _points(book.scheme)
    yield from _questions(book)
    for parameter in book.parameters.values():
        yield _parameter(parameter)
    for one in book.interpretations.values():
        yield _interpretation(one)
    for key, term in book.terms.items():
        of = f" ({key.record.replace('_', ' ')})" if key.record else ""
        for definition in term.definitions:
            says = _parts(("when", said(definition.condition)), ("reads", definition.reads), *_rests(definition))
            place, citations = definition.source.place, definition.source.citations
            yield Statement("term", f"{key.name.replace('_', ' ')}{of}", key.factor or "", says, place, citations)
    for factor in book.factors.values():
        for rule in (*factor.rules, *factor.bars):
            yield _rule(rule, factor.key)
    yield from _evidence(book)
    yield from _whole_jobs(book)


def _parts(*parts: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, words) for name, words in parts if words)


def _rests(one: m.Definition | m.Rule) -> tuple[tuple[str, str], ...]:
    """What a definition or a rule rests on."""
    return (*_cited(one.source), ("interpretation", one.source.interpretation))


def _cited(source: m.Source) -> tuple[tuple[str, str], ...]:
    return ("cites", "; ".join(one.words for one in source.citations)), ("status", source.status.value)


def _points(scheme: Scheme) -> Iterator[Statement]:
    for factor in scheme.factors:
        for level in factor.levels:
            options = ", ".join(level.options)
            says = _parts(("points", str(level.points)), ("options", options))
            yield Statement("points", f"level {level.number}", str(factor.number), says)
    for band in scheme.bands:
        yield Statement("band", band.name, "", (("totals", f"{band.low} to {band.high}"),))


def _questions(book: m.RuleBook) -> Iterator[Statement]:
    for record in book.records.values():
        if record.name != JOB:
            title = (("title", record.title),)
            yield Statement("record", record.name.replace("_", " "), "", title, record.place)
        for one in record.questions:
            says = _parts(("type", _type(one.type)), ("asks", one.asks), ("help", one.help))
            yield Statement("question", one.key, "", says, one.place)


def _type(type_: AnswerType) -> str:
    """A type of answer, as it would stand in a rule file; choices by name."""
    match type_.form:
        case Form.TEXT:
            return "text"
        case Form.YES_NO:
            return "yes or no"
        case Form.ONE_OF | Form.ANY_OF:
            return f"{'one' if type_.form is Form.ONE_OF else 'any'} of {', '.join(type_.names)}"
        case Form.SCALE:
            return f"on {type_.scale} ({' < '.join(type_.names)})"
    kind = type_.kind.value.replace("_", " ") if type_.kind else ""
    return f"{kind} per {type_.per}" if type_.per else kind


def _parameter(one: m.Parameter) -> Statement:
    """A parameter with its convention, so that two packs that agree on different values stand side by side."""
    says = _parts(
        ("type", _type(one.type)),
        ("within", one.within.text if one.within else ""),
        ("convention", one.text or "none"),
        ("agreed", _agreed(one.agreed)),
        ("asks", one.asks),
        *_cited(one.source),
    )
    return Statement("parameter", one.name, "", says, one.settled_at or one.source.place, one.source.citations)


def _interpretation(one: m.Interpretation) -> Statement:
    says = _parts(
        ("switched", "on" if one.on else "off"),
        ("agreed", _agreed(one.agreed)),
        ("title", one.title),
        ("because", one.because),
        *_cited(one.source),
    )
    return Statement("interpretation", one.id, one.factor, says, one.source.place, one.source.citations)


def _agreed(agreed: m.Agreed | None) -> str:
    return f"{say_day(agreed.on)} by {agreed.by}" if agreed else ""


def _rule(rule: m.Rule, factor: str) -> Statement:
    says = _parts(
        ("when", said(rule.condition) if rule.condition else "otherwise"),
        *_effect(rule.effect),
        ("reads", rule.reads),
        ("because", rule.because),
        *_rests(rule),
    )
    name = rule.id.partition(" #")[0].partition("/")[2].partition("/")[2]
    return Statement("rule", name, factor, says, rule.source.place, rule.source.citations)


def _effect(effect: m.Effect) -> tuple[tuple[str, str], ...]:  # noqa: PLR0911 - one a case
    """What the name of a rule does not say of its effect."""
    match effect:
        case m.LeavesToPanel():
            return ("levels", f"{effect.low} or {effect.high}"), ("asks", effect.asks), ("help", effect.help)
        case m.Asks(text=text):
            return (("query", text),)
        case m.Bars(once=once):
            return (("how", "count once" if once else "assess"),)
        case p.Needs(question=question, text=text):
            return ("text", text), ("answered by", question.key)
        case p.Takes(question=question, text=text, due=due):
            return ("text", text), ("answered by", question.key), ("due", _due(due) if due else "")
        case p.EffectiveFrom(question=question):
            return (("answered by", question.key),)
        case p.Routes(text=text) | p.Grounds(text=text):
            return (("text", text),)
    return ()


def _due(due: p.Due) -> str:
    """By when a step is to be taken, in words."""
    after = due.after.key if due.after else "complete receipt"
    match due.form:
        case p.DueForm.WITHIN:
            return f"within {due.most} {due.unit} of {after}"
        case p.DueForm.AT:
            return f"{due.most} {due.unit} after {after}"
        case p.DueForm.BETWEEN:
            return f"{due.least} to {due.most} {due.unit} after {after}"
        case p.DueForm.NEXT:
            return f"in the next of the months {', '.join(map(str, due.months))} after {after}"
    return f"by {after}"


def _whole_jobs(book: m.RuleBook) -> Iterator[Statement]:
    """What is said of a job as a whole: local grades, and what its levels must meet together."""
    for grade in book.grades:
        says = _parts(("totals", f"{grade.low} to {grade.high}"), ("agreed", _agreed(grade.agreed)))
        yield Statement("grade", grade.name, "", says, grade.place)
    for one in book.cross_checks:
        says = _parts(("says", one.says), ("asks", one.asks), ("because", one.because), *_cited(one.source))
        name = one.id.rpartition("/")[2]
        yield Statement("cross-check", name, "", says, one.source.place, one.source.citations)


def _evidence(book: m.RuleBook) -> Iterator[Statement]:
    for one in book.may_also_count:
        name = f"{one.record.replace('_', ' ')} under {', '.join(one.factors)}"
        says = _parts(("because", one.because), *_cited(one.source))
        yield Statement("may also count", name, "", says, one.source.place, one.source.citations)
    for never in book.never:
        name = ", ".join(question.key for question in never.questions)
        says = _parts(("because", never.because), *_cited(never.source))
        yield Statement("never from", name, never.factor, says, never.source.place, never.source.citations)
    if book.pro_rata:
        rule = book.pro_rata.rule
        asks = rule.effect.text if isinstance(rule.effect, m.Asks) else ""
        says = _parts(("asks", asks), *_rests(rule))
        yield Statement("pro rata", book.pro_rata.question.key, "", says, rule.source.place, rule.source.citations)
