"""Random syntax trees of every kind, in the normal form that the parser gives them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from jerules.faults import Place
from jerules.language import procedure as p
from jerules.language import tree as t
from jerules.resources import folder

HERE = Place("", 1, 1, 1, 1)
WORDS_OF_THE_LANGUAGE = frozenset(
    re.findall('"([a-z]+)"', (folder("grammar") / "jerules.lark").read_text(encoding="utf-8"))
)

names = st.from_regex(r"[a-z][a-z0-9_]{0,11}", fullmatch=True).filter(lambda name: name not in WORDS_OF_THE_LANGUAGE)
words = names.map(lambda name: t.Word(name, HERE))
texts = (
    st.text(st.characters(exclude_characters='"', exclude_categories=("Cc", "Cs")), max_size=150)
    .map(lambda text: " ".join(text.split()))
    .map(lambda text: t.Word(text, HERE))
)
numbers = st.integers(0, 9999).map(lambda number: t.Word(str(number), HERE))
positions = st.builds(
    lambda level, option: t.Word(f"{level}({option})" if option else str(level), HERE),
    st.integers(0, 30),
    st.sampled_from([*"abcdz", ""]),
)
notes = st.from_regex(r"[A-Z]{1,3}(-[A-Z0-9]{1,4}){1,3}", fullmatch=True).map(lambda note: t.Word(note, HERE))
values = st.sampled_from(
    ["6 kg", "3", "50%", "£1,000 per month", "2.5 hours", "1 h 30 min", "2026-03-01", "80% of shifts", "1 March 2026"]
).map(lambda value: t.Word(value, HERE))
answers = st.sampled_from(["6 kg", "yes", "a + b", "1,200", "80% of shifts", "-3", "at least £5", "(x)"])

# ── conditions ───────────────────────────────────────────────────────────────────────────────────────────────────

limits = st.one_of(
    st.builds(t.Limit, values, st.just(value=False), st.booleans()), st.builds(t.Limit, words, st.just(value=True))
)
comparisons = st.one_of(
    st.builds(t.Comparison, words, st.sampled_from([">=", "<=", ">", "<", "="]), limits, st.just(HERE)),
    st.builds(t.Between, words, limits, limits, st.just(HERE)),
)
_several_words = st.lists(words, min_size=1, max_size=3).map(tuple)
named = st.builds(t.Named, words, st.just(HERE))
leaves = st.one_of(
    named,
    comparisons,
    st.builds(t.IsOne, words, _several_words, st.just(HERE)),
    st.builds(t.Includes, words, _several_words, st.just(HERE)),
)


def _flat(kind: type[t.Both | t.Either], parts: list[t.Condition]) -> t.Condition:
    inside: list[t.Condition] = []
    for part in parts:
        inside.extend(part.parts if isinstance(part, kind) else (part,))
    return kind(tuple(inside), HERE)


def _traits(inner: st.SearchStrategy[t.Condition]) -> st.SearchStrategy[tuple[t.Trait, ...]]:
    bare = st.one_of(named, named.map(lambda name: t.Negated(name, HERE)))
    trait = st.one_of(
        st.builds(t.Trait, bare, st.just(value=True)),
        st.builds(t.Trait, inner, st.just(value=False)),
    )
    return st.lists(trait, min_size=1, max_size=3).map(tuple)


def _nested(inner: st.SearchStrategy[t.Condition]) -> st.SearchStrategy[t.Condition]:
    parts = st.lists(inner, min_size=2, max_size=4)
    return st.one_of(
        parts.map(lambda found: _flat(t.Both, found)),
        parts.map(lambda found: _flat(t.Either, found)),
        st.builds(t.Negated, inner, st.just(HERE)),
        st.builds(t.AtLeastOf, st.integers(0, 9), parts.map(tuple), st.just(HERE)),
        st.builds(
            t.Quantified, st.just("some"), words, _traits(inner), st.lists(comparisons, max_size=2).map(tuple),
            st.just(1), st.just(HERE),
        ),
        st.builds(
            t.Quantified, st.sampled_from(["no", "every"]), words, _traits(inner), st.just(()), st.just(1),
            st.just(HERE),
        ),
        st.builds(
            t.Quantified, st.just("at least"), words, _traits(inner), st.just(()), st.integers(0, 99), st.just(HERE)
        ),
    )  # fmt: skip


conditions: st.SearchStrategy[t.Condition] = st.recursive(leaves, _nested, max_leaves=12)

# ── clauses and types ────────────────────────────────────────────────────────────────────────────────────────────

_factors = st.none() | st.integers(0, 99)
citations = st.one_of(
    st.builds(t.Citation, st.just("level"), positions.map(str), factor=_factors, place=st.just(HERE)),
    st.builds(t.Citation, st.just("note"), texts.map(str), factor=_factors, place=st.just(HERE)),
    st.builds(t.Citation, st.just("guidance"), numbers.map(str), factor=_factors, place=st.just(HERE)),
    st.builds(t.Citation, st.just("definition"), st.just(""), factor=_factors, place=st.just(HERE)),
    st.builds(
        t.Citation,
        st.sampled_from(["chapter", "appendix"]),
        numbers.map(str),
        st.sampled_from(["", "4", "1.5.2"]),
        place=st.just(HERE),
    ),
    st.builds(
        t.Citation, st.just("part"), st.sampled_from(["4", "4.1"]), st.sampled_from(["", "6.4"]), place=st.just(HERE)
    ),
    st.builds(t.Citation, st.just("section"), st.sampled_from(["5", "7.1"]), place=st.just(HERE)),
)
_cited = st.lists(citations, max_size=3).map(tuple)
_maybe = st.none() | texts
clauses = st.builds(t.Clauses, reads=_maybe, asks=_maybe, help=_maybe, because=_maybe, cites=_cited)
agreements = st.builds(t.Agreement, st.just(t.Word("2026-03-01", HERE)), texts)
choices = st.builds(t.Choice, words, _maybe)
types = st.one_of(
    st.sampled_from(
        ["text", "yes_no", "date", "mass", "distance", "duration", "money", "share", "rate", "frequency", "count"]
    ).map(lambda form: t.AnswerType(form, place=HERE)),
    st.just(t.AnswerType("per_shift", place=HERE)),
    st.builds(
        t.AnswerType, st.sampled_from(["one_of", "any_of"]), st.lists(choices, min_size=1, max_size=4).map(tuple),
        place=st.just(HERE),
    ),
    st.builds(t.AnswerType, st.sampled_from(["scale", "money"]), st.just(()), words, place=st.just(HERE)),
)  # fmt: skip

# ── statements ───────────────────────────────────────────────────────────────────────────────────────────────────

comments = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=60).map(
    lambda text: f"#{text}".rstrip()
)


def _with_blanks(lines: list[str], blanks: list[bool]) -> tuple[str, ...]:
    found: list[str] = []
    for line, blank in zip(lines, blanks, strict=False):
        found += [line, ""] if blank else [line]
    return tuple(found)


remarks = st.builds(
    t.Remarks,
    st.builds(_with_blanks, st.lists(comments, max_size=2), st.lists(st.booleans(), min_size=2, max_size=2)),
    st.booleans(),
)


def _made(kind: type[t.Statement], *parts: st.SearchStrategy[Any], **named_parts: Any) -> st.SearchStrategy[Any]:  # noqa: ANN401
    return st.builds(kind, *parts, place=st.just(HERE), remarks=remarks, **named_parts)


_required = conditions
_rungs = st.lists(words, min_size=2, max_size=4).map(tuple)
_claiming = st.builds(t.Clauses, reads=_maybe, because=_maybe, cites=_cited)
_accepting = st.builds(t.Clauses, because=_maybe, cites=_cited)
_checks = st.integers(0, 99).map(lambda number: t.Word(f"V{number}", HERE))
_days = st.dates(min_value=date(1000, 1, 1)).map(lambda day: t.Word(day.isoformat(), HERE))
_origins = st.none() | words
_units = st.sampled_from(["weeks", "months"]).map(lambda unit: t.Word(unit, HERE))
_months = st.lists(st.sampled_from(["april", "october"]).map(lambda month: t.Word(month, HERE)), min_size=1, max_size=2)
dues = st.one_of(
    st.builds(p.Due, st.sampled_from(["within", "at"]), st.tuples(numbers), st.tuples(_units), _origins, st.just(HERE)),
    st.builds(p.Due, st.just("between"), st.tuples(numbers, numbers), st.tuples(_units), _origins, st.just(HERE)),
    st.builds(p.Due, st.just("next"), st.just(()), _months.map(tuple), _origins, st.just(HERE)),
    st.builds(p.Due, st.just("by"), st.just(()), st.just(()), words, st.just(HERE)),
)
procedures = st.one_of(
    _made(p.ProcedureRule, st.just("needs"), words, texts, st.none(), st.none() | conditions, clauses),
    _made(p.ProcedureRule, st.just("step"), words, texts, st.none() | dues, st.none() | conditions, clauses),
    _made(p.ProcedureRule, st.just("effective"), words, st.none(), st.none(), st.none() | conditions, clauses),
    _made(p.ProcedureRule, st.just("route"), st.none(), texts, st.none(), st.none() | conditions, clauses),
    _made(p.ProcedureRule, st.just("ground"), st.none(), texts, st.none(), conditions, clauses),
)
questions = _made(t.Question, words, types, texts, _maybe, st.just(value=True))
rules = st.one_of(
    _made(t.Term, words, st.none() | words, _required, clauses, st.just(value=False)),
    _made(t.LevelRule, positions, st.none() | conditions, clauses),
    _made(t.Ladder, words, st.none() | words, _rungs, st.none() | conditions, _claiming),
    _made(t.BoundRule, st.sampled_from(["floor", "cap"]), positions, _required, clauses),
    _made(t.ClosingRule, st.lists(positions, min_size=1, max_size=3).map(tuple), st.booleans(), _required, clauses),
    _made(t.PanelRule, words, positions, positions, _required, clauses),
    _made(t.CreditRule, st.just("count_once"), words, numbers, numbers, _required, clauses),
    _made(t.CreditRule, st.just("assess"), words, numbers, st.none() | numbers, _required, clauses),
    _made(t.MayCount, words, st.lists(numbers, min_size=1, max_size=3).map(tuple), clauses),
    _made(t.Query, texts, _required, clauses),
)
inside_interpretations = st.one_of(
    rules,
    procedures,
    questions,
    _made(t.Term, words, st.none() | words, _required, clauses, st.just(value=True)),
    _made(t.ProRata, words, clauses),
)
fields = st.one_of(_made(t.Label, words), _made(t.Question, words, types, _maybe, _maybe, st.just(value=False)))
_given = st.one_of(
    st.builds(t.GivenAnswer, words, answers.map(lambda text: t.Word(text, HERE)), st.just(value=False)),
    st.builds(t.GivenAnswer, words, texts, st.just(value=True)),
)
example_lines = st.one_of(
    _made(t.Given, words, st.lists(_given, min_size=1, max_size=4).map(tuple)),
    _made(t.NoneGiven, words),
    _made(t.NothingElse),
    _made(t.Supposed, words, st.one_of(values, words)),
    _made(t.Decided, words, positions),
    _made(t.Gives, st.just("level"), st.tuples(positions)),
    _made(t.Gives, st.just("range"), st.tuples(positions, positions)),
    _made(t.Gives, st.just("query"), st.tuples(texts)),
    _made(t.Gives, st.sampled_from(["nothing", "no_more", "complete"]), st.just(())),
    _made(t.Gives, st.just("missing"), st.lists(words, min_size=1, max_size=3).map(tuple)),
    _made(t.Gives, st.just("step"), st.tuples(words)),
    _made(t.Gives, st.just("by"), st.tuples(words, _days)),
    _made(t.Gives, st.just("between"), st.tuples(words, _days, _days)),
    _made(t.Gives, st.just("effective"), st.tuples(_days)),
    _made(t.Gives, st.sampled_from(["route", "ground", "no_ground", "open_ground"]), st.tuples(texts)),
)


def _settled(statements: list[Any], *, after_lines: bool = False, holders: bool = False) -> tuple[Any, ...]:
    """With blank lines where the layout has them: never before the first, always before a statement that holds."""
    found: list[Any] = []
    for statement in statements:
        apart = statement.remarks.apart and (bool(found) or after_lines)
        if holders and isinstance(statement, t.Record | t.Interpretation | t.Example):
            apart = bool(found)
        found.append(replace(statement, remarks=replace(statement.remarks, apart=apart)))
    return tuple(found)


def _interpretation(statement: t.Interpretation) -> t.Interpretation:
    lines = bool(statement.status or statement.because or statement.cites)
    return replace(statement, statements=_settled(list(statement.statements), after_lines=lines))


statements = st.one_of(
    rules,
    procedures,
    questions,
    _made(t.Heading, st.sampled_from(["scheme", "status"]), words),
    _made(t.Heading, st.just("factor"), numbers, texts),
    _made(t.Heading, st.sampled_from(["tool", "procedure"]), words, texts),
    _made(t.Heading, st.just("pack"), texts, st.none(), st.none() | agreements),
    _made(t.Record, words, texts, st.lists(fields, max_size=4).map(_settled)),
    _made(t.Scale, words, st.lists(choices, min_size=2, max_size=4).map(tuple)),
    _made(t.CreditRule, st.just("carry"), words, numbers, st.none(), _required, clauses),
    _made(t.Never, st.lists(words, min_size=1, max_size=3).map(tuple), clauses),
    _made(t.Parameter, words, types, clauses, st.none() | st.tuples(values, values)),
    _made(t.Order, st.lists(words, min_size=2, max_size=4).map(tuple), clauses),
    _made(t.Grade, texts, numbers, numbers, st.none() | agreements),
    _made(t.CrossCheck, texts, numbers, numbers, st.lists(numbers, min_size=1, max_size=4).map(tuple), clauses),
    _made(t.Convention, words, st.one_of(values, words), st.none() | agreements, clauses),
    _made(t.Acceptance, _checks, texts, _days, st.none() | _days, _accepting),
    _made(t.Without, notes, st.none() | agreements, clauses),
    _made(
        t.Interpretation, notes, texts, _maybe, _cited, st.none() | words,
        st.lists(inside_interpretations, max_size=3).map(tuple),
    ).map(_interpretation),
    _made(t.Example, texts, st.lists(example_lines, max_size=4).map(_settled)),
)  # fmt: skip

files = st.builds(
    t.RuleFile,
    st.just("a.jer"),
    st.lists(statements, max_size=5).map(lambda found: _settled(found, holders=True)),
    st.lists(comments, max_size=2).map(tuple),
)
"""Whole rule files."""
