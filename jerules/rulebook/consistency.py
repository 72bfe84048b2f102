"""What must hold of a rule book as a whole before anything may read it: no circles, no forbidden antecedents."""

from __future__ import annotations

from collections.abc import Iterator

from jerules.faults import Place
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.collect import Faults
from jerules.rulebook.procedure import Procedural
from jerules.rulebook.questions import JOB, Question

DEEPEST = 40
"""How many terms may rest on one another in a row; everything that reads a rule book opens them one in another."""


def check(book: m.RuleBook, faults: Faults) -> None:
    """Add a fault for every circular term and every rule that reads what it never may."""
    if not _circles(book, faults):
        _never_from(book, faults)
        _advisory_terms(book, faults)
        _records_in_records(book, faults)
    _panel_names(book, faults)


# ── terms that rest on terms ─────────────────────────────────────────────────────────────────────────────────────


def _circles(book: m.RuleBook, faults: Faults) -> bool:
    """Add a fault for each circle and for each row of terms that is too long; whether there is any."""
    depths: dict[c.TermKey, int] = {}
    found = False
    for start in book.terms:
        # The terms on the way to the current one, each with those that it still has to look into.
        path = {start: _terms_of(book, start)} if start not in depths else {}
        while path:
            key = next(reversed(path))
            inner = next(path[key], None)
            if inner is None:
                path.popitem()
                depths[key] = 1 + max((depths.get(holds.term, 0) for holds in _terms_of(book, key)), default=0)
                found |= _too_deep(book, key, depths[key], faults)
            elif inner.term in path:
                found = True
                row = list(path)
                _circular([*row[row.index(inner.term) :], inner.term], inner, faults)
            elif inner.term not in depths:
                path[inner.term] = _terms_of(book, inner.term)
    return found


def _terms_of(book: m.RuleBook, key: c.TermKey) -> Iterator[c.Holds]:
    for definition in book.terms[key].definitions:
        yield from terms_in(definition.condition)


def terms_in(condition: c.Condition) -> Iterator[c.Holds]:
    """The terms that a condition uses directly, where it uses them."""
    return (part for part in c.walk(condition) if isinstance(part, c.Holds))


def _circular(circle: list[c.TermKey], closing: c.Holds, faults: Faults) -> None:
    names = " → ".join(f"`{key.name}`" for key in circle)
    faults.add(
        "circular-term", f"the definition of `{circle[0].name}` goes round in a circle: {names}", closing.place,
        "a definition that rests on questions in the end", help="break the circle by writing one of the conditions out",
    )  # fmt: skip


def _too_deep(book: m.RuleBook, key: c.TermKey, depth: int, faults: Faults) -> bool:
    if depth == DEEPEST + 1:  # the terms above it are too deep only because of this one
        definition = book.terms[key].definitions[0]
        faults.add(
            "too-deep", f"more than {DEEPEST} terms rest on one another under `{key.name}`",
            faults.start(definition.source.place), f"at most {DEEPEST}", help="write some of the conditions out",
        )  # fmt: skip
    return depth > DEEPEST


# ── what rules read ──────────────────────────────────────────────────────────────────────────────────────────────


def leaves(book: m.RuleBook, condition: c.Condition) -> Iterator[c.Leaf]:
    """Every comparison and choice that a condition rests on, terms opened, each term once."""
    for leaf, _ in _leaves(book, condition):
        yield leaf


def _leaves(book: m.RuleBook, condition: c.Condition) -> Iterator[tuple[c.Leaf, tuple[str, ...]]]:
    """The leaves, each with the terms through which the condition comes to it."""
    seen: set[c.TermKey] = set()
    waiting: list[tuple[c.Condition, tuple[str, ...]]] = [(condition, ())]
    while waiting:
        current, through = waiting.pop()
        for part in c.walk(current):
            if isinstance(part, c.Leaf):
                yield part, through
            elif isinstance(part, c.Holds) and part.term not in seen:
                seen.add(part.term)
                inner = (*through, part.term.name)
                waiting += [(definition.condition, inner) for definition in book.terms[part.term].definitions]


def questions_read(book: m.RuleBook, factor: m.FactorRules) -> dict[Question, Place]:
    """The questions that the rules of a factor read, each with the place of the first reading."""
    found: dict[Question, Place] = {}
    for rule in (*factor.rules, *factor.bars):
        if rule.condition is not None:
            for leaf in leaves(book, rule.condition):
                found.setdefault(leaf.question, leaf.place)
    return found


def _never_from(book: m.RuleBook, faults: Faults) -> None:
    barred: dict[str, dict[Question, m.NeverFrom]] = {}
    for never in book.never:
        barred.setdefault(never.factor, {}).update((question, never) for question in never.questions)
    packs = {pack.file for pack in book.packs}
    for key, questions in barred.items():
        factor = book.factors.get(key)
        for rule in (*factor.rules, *factor.bars) if factor else ():
            for leaf, through in _leaves(book, rule.condition) if rule.condition else ():
                bar = questions.get(leaf.question)
                # Where a pack bars what a binding rule reads, it is the pack that is at fault.
                if bar and (bar.source.place.file not in packs or rule.source.place.file in packs):
                    _forbidden(rule, leaf, through, bar, faults)


def _forbidden(rule: m.Rule, leaf: c.Leaf, through: tuple[str, ...], bar: m.NeverFrom, faults: Faults) -> None:
    by = " and ".join(f"`{name}`" for name in through)
    via = f"a rule comes to it through {by}, at {rule.source.place}; " if through else ""
    faults.add(
        "forbidden-antecedent", f"factor {bar.factor} may never be read from `{leaf.question.key}`", leaf.place,
        f"a condition without `{leaf.question.key}`: it is barred at {bar.source.place}",
        help=f"{via}rest the rule on another fact",
    )  # fmt: skip


def _records_in_records(book: m.RuleBook, faults: Faults) -> None:
    """A condition on one entry may use terms of the job, but not those that go through the entries of a record."""
    for record, condition in _on_entries(book):
        for part in c.walk(condition):
            if isinstance(part, c.Holds) and part.term.record is None and _speaks_of_records(book, part.term):
                name = part.term.name
                faults.add(
                    "record-in-record",
                    f"a condition on `{record}` cannot use `{name}`, which speaks of other entries",
                    part.place,
                    "questions and terms of one record, or of the job",
                    help=f"put `{name}` in the rule, and join the two with `and`",
                )


def _on_entries(book: m.RuleBook) -> Iterator[tuple[str, c.Condition]]:
    """Every condition that speaks of one entry, with the record of the entry."""
    yield from _on_one_entry(book)
    for condition in _on_the_job(book):
        for part in c.walk(condition):
            if isinstance(part, c.Some):
                yield part.record, part.condition


def _on_one_entry(book: m.RuleBook) -> Iterator[tuple[str, c.Condition]]:
    """Every condition that is written for one entry as it stands, with the record of the entry."""
    for term in book.terms.values():
        for definition in term.definitions if term.key.record else ():
            yield term.key.record or "", definition.condition
    for factor in book.factors.values():
        for rule in (*factor.rules, *factor.bars):
            if rule.condition is not None and isinstance(rule.effect, m.Bars | m.Carries):
                yield rule.effect.record, rule.condition
    for ladder in book.ladders:
        if ladder.within is not None and ladder.record != JOB:
            yield ladder.record, ladder.within


def _on_the_job(book: m.RuleBook) -> list[c.Condition]:
    """Every condition that speaks of the job as a whole, and so may go through the entries of records."""
    found = [d.condition for term in book.terms.values() if not term.key.record for d in term.definitions]
    found += [r.condition for f in book.factors.values() for r in f.rules if r.condition]
    return [*found, *(ladder.within for ladder in book.ladders if ladder.within and ladder.record == JOB)]


def _speaks_of_records(book: m.RuleBook, key: c.TermKey) -> bool:
    """Whether a term goes through the entries of a record, itself or through a term that it uses."""
    for definition in book.terms[key].definitions:
        for part in c.walk(definition.condition):
            if isinstance(part, c.Some) or (isinstance(part, c.Holds) and _speaks_of_records(book, part.term)):
                return True
    return False


def _advisory_terms(book: m.RuleBook, faults: Faults) -> None:
    """A term of advisory guidance may raise queries, but no level may rest on it."""
    for factor in book.factors.values():
        for rule in (*factor.rules, *factor.bars):
            if rule.condition is None or isinstance(rule.effect, m.Asks | Procedural):
                continue
            for holds in terms_in(rule.condition):
                if any(d.source.status is m.Status.ADVISORY for d in book.terms[holds.term].definitions):
                    faults.add(
                        "advisory-rule", f"`{holds.term.name}` is defined by advisory guidance, which moves no level",
                        holds.place, "a term of binding or local standing", help="raise it as a `query` instead",
                    )  # fmt: skip


def _panel_names(book: m.RuleBook, faults: Faults) -> None:
    """A decision is recorded under its name, so a name must stand for one question."""
    seen: dict[str, m.Rule] = {}
    for factor in book.factors.values():
        for rule in factor.rules:
            if isinstance(rule.effect, m.LeavesToPanel):
                first = seen.setdefault(rule.effect.name, rule)
                if first is not rule and first.effect != rule.effect:
                    faults.add(
                        "duplicate", f"the decision `{rule.effect.name}` is named at {first.source.place} already",
                        faults.start(rule.source.place), "a name of its own", help="rename one of the decisions",
                    )  # fmt: skip
