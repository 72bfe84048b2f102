"""A rule book compiled for durable-rules gives the verdicts that its words mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from jerules.documents.text import Source
from jerules.engine.durable import clauses
from jerules.engine.durable.compile import DurableEvaluator
from jerules.engine.durable.driver import available, why_not_available
from jerules.engine.facts import Facts, Slots, nothing_known, slot
from jerules.engine.truth import NO, UNKNOWN, YES
from jerules.quantities.kinds import Exact
from jerules.rulebook.load import book_of
from jerules.rulebook.model import RuleBook, Term
from jerules.scheme.load import load_scheme

pytestmark = pytest.mark.skipif(not available(), reason=why_not_available())

HEAD = """scheme nhs
scale difficulty = routine < involved < complex
question alone yes or no asks "Is the work done alone?"
question depth on difficulty asks "How hard is it?"
record duty "A duty"
  kind one of lifting, walking, sitting asks "What is it?"
  weight mass asks "How heavy?"
  each duration asks "How long?"
  share share asks "What share of the time?"
parameter heavy mass cites definition
"""

Answers = Mapping[str, int | tuple[Exact, ...]]
KINDS = {"lifting": 1, "walking": 2, "sitting": 4}


def book_with(rules: str, tool: str = "") -> RuleBook:
    """A rule book of two factors, of which the first has these rules, and of a tool."""
    texts = [
        HEAD,
        f'scheme nhs\nfactor 13 "Physical effort"\n{rules}\n',
        f'scheme nhs\nfactor 14 "Mental effort"\nlevel 1 otherwise {CITED}\n',
    ]
    if tool:
        texts.append(f'scheme nhs\ntool advisory "Advisory work"\n{tool}\n')
    return book_of(load_scheme("nhs"), [Source(f"{number}.jer", text) for number, text in enumerate(texts)])


CITED = "cites definition"


def entry(book: RuleBook, record: str, answers: Answers) -> Slots:
    """An entry with these answers; what is not given is not known."""
    found = list(nothing_known(book.records[record]))
    for question in book.records[record].questions:
        if question.name in answers:
            given = answers[question.name]
            values = given if isinstance(given, tuple) else (given, given)
            first = slot(book.records[record], question)
            known = values if question.type.kind or question.type.scale else values[:1]
            found[first : first + len(known)] = known
    return tuple(found)


def job(book: RuleBook, duties: Sequence[Answers] | None, about: Answers | None = None) -> Facts:
    """A job with these duties (None: not asked)."""
    rows = None if duties is None else tuple(entry(book, "duty", duty) for duty in duties)
    return Facts(entry(book, "job", about or {}), {"duty": rows}, {})


def truths(book: RuleBook, facts: Facts) -> tuple[int, ...]:
    """The verdicts on the first factor's rules."""
    return DurableEvaluator(book).verdicts(facts).factors["13"]


LIFTING = f"level 2 when some duty is (kind is lifting and weight >= 6 kg) {CITED}"


@pytest.mark.parametrize(
    ("duties", "truth"),
    [
        ([{"kind": 1, "weight": 6000}], YES),
        ([{"kind": 1, "weight": 5999}], NO),
        ([{"kind": 1, "weight": (5000, 7000)}], UNKNOWN),
        ([{"kind": 1}], UNKNOWN),
        ([{"weight": 9000}], UNKNOWN),
        ([{"kind": 2}], NO),
        ([{"kind": 1}, {"kind": 1, "weight": 9000}], YES),
        ([{"kind": 1, "weight": 1}, {"kind": 2, "weight": 9000}], NO),
        ([], NO),
        (None, UNKNOWN),
    ],
)
def test_one_and_the_same_entry_meets_all_of_a_rule(duties: Sequence[Answers] | None, truth: int) -> None:
    """What is established holds, what is possible may hold, and what is not asked is not "no"."""
    book = book_with(LIFTING)
    assert truths(book, job(book, duties)) == (truth,)


@pytest.mark.parametrize(
    ("condition", "duties", "truth"),
    [
        ("no duty is (kind is lifting)", [{"kind": 2}], YES),
        ("no duty is (kind is lifting)", [{"kind": 2}, {}], UNKNOWN),
        ("no duty is (kind is lifting)", [{"kind": 1}, {}], NO),
        ("no duty is (kind is lifting)", [], YES),
        ("no duty is (kind is lifting)", None, UNKNOWN),
        ("every duty is (kind is lifting)", [{"kind": 1}], YES),
        ("at least 2 duty are (kind is lifting)", [{"kind": 1}, {"kind": 1}], YES),
        ("at least 2 duty are (kind is lifting)", [{"kind": 1}, {}], UNKNOWN),
        ("at least 2 duty are (kind is lifting)", [{"kind": 1}], NO),
        ("some duty is (kind is lifting) together each >= 1 hour", [{"kind": 1, "each": 1800}] * 2, YES),
        ("some duty is (kind is lifting) together each >= 1 hour", [{"kind": 1, "each": 1799}] * 2, NO),
        ("some duty is (kind is lifting) together each < 1 hour", [{"kind": 1, "each": 1800}, {"each": 1800}], UNKNOWN),
        ("some duty is (kind is lifting) together share >= 50%", [{"kind": 1, "share": 3000}] * 2, UNKNOWN),
        ("some duty is (kind is lifting) together share >= 50%", [{"kind": 1, "share": 3000}] * 1, NO),
        ("some duty is (kind is lifting) and some duty is (kind is walking)", [{"kind": 1}, {"kind": 2}], YES),
        ("some duty is (kind is lifting) and some duty is (kind is walking)", [{"kind": 1}, {}], UNKNOWN),
        ("some duty is (kind is lifting) and some duty is (kind is walking)", [{"kind": 1}, {"kind": 4}], NO),
        ("some duty is (weight >= around 10 kg)", [{"weight": 11000}], YES),
        ("some duty is (weight >= around 10 kg)", [{"weight": 10000}], UNKNOWN),
        ("some duty is (weight >= around 10 kg)", [{"weight": 9000}], NO),
        ("some duty is (weight >= heavy)", [{"weight": 1}], UNKNOWN),
        ("some duty is (weight >= heavy)", [], NO),
    ],
)
def test_entries_are_counted_and_added_up(condition: str, duties: Sequence[Answers] | None, truth: int) -> None:
    """What needs all entries at once, soft numbers, and parameters that nothing settles."""
    book = book_with(f"level 2 when {condition} {CITED}")
    assert truths(book, job(book, duties)) == (truth,)


@pytest.mark.parametrize("alone", [NO, UNKNOWN, YES])
@pytest.mark.parametrize("kind", [1, 2, -1])
def test_the_job_and_an_entry_are_asked_together(alone: int, kind: int) -> None:
    """A condition on an entry may speak of the job as well; the least certain of the two decides."""
    book = book_with(f"level 2 when some duty is (kind is lifting and alone) {CITED}")
    lifting = {1: YES, 2: NO, -1: UNKNOWN}[kind]
    assert truths(book, job(book, [{"kind": kind}], {"alone": alone})) == (min(alone, lifting),)


BARRED = f"{LIFTING}\nassess duty under 14 when share >= 50% {CITED}"


@pytest.mark.parametrize(
    ("shares", "truth"),
    [([4999], YES), ([5000], NO), ([5000, 4999], YES), ([(0, 10000)], UNKNOWN), ([5000, (0, 10000)], UNKNOWN)],
)
def test_barred_evidence_credits_nothing(shares: Sequence[int | tuple[int, int]], truth: int) -> None:
    """A candidate falls when all that supports it is barred, and not before."""
    book = book_with(BARRED)
    duties: list[Answers] = [{"kind": 1, "weight": 9000, "share": share} for share in shares]
    assert truths(book, job(book, duties)) == (truth,)


def test_barred_evidence_is_seen_by_what_credits_nothing() -> None:
    """Caps, closed levels and queries look at the whole job."""
    book = book_with(f'query "Why?" when some duty is (kind is lifting) {CITED}\n{BARRED}')
    duties: list[Answers] = [{"kind": 1, "weight": 9000, "share": 9000}]
    assert truths(book, job(book, duties)) == (YES, NO)


def test_a_tool_is_carried_with_the_entries_that_go_there() -> None:
    """The tool's rule holds for a factor on entries that are carried to it, and on no others."""
    tool = f"{LIFTING}\ncarry duty to 13 when share >= 50% {CITED}\ncarry duty to 14 when each >= 1 hour {CITED}"
    book = book_with(f"level 1 otherwise {CITED}", tool)
    duties: list[Answers] = [{"kind": 1, "weight": 9000, "share": 6000, "each": (0, 9000)}, {"kind": 2, "each": 9000}]
    found = DurableEvaluator(book).verdicts(job(book, duties))
    assert found.factors["advisory"] == (YES, YES, YES)
    assert found.carried == {("advisory", "13"): (YES, YES, YES), ("advisory", "14"): (UNKNOWN, YES, YES)}


def test_supports_names_the_entries_that_established_a_rule() -> None:
    """A rule that holds is supported by what establishes it; what is counted, by each that is counted."""
    rules = f"{LIFTING}\nlevel 3 when at least 2 duty are (kind is lifting) {CITED}\nlevel 1 otherwise {CITED}"
    book = book_with(rules)
    duties: list[Answers] = [{"kind": 1}, {"kind": 2}, {"kind": 1, "weight": 9000}]
    found = DurableEvaluator(book).supports(job(book, duties))
    assert found == {"nhs/13/level 2": {("duty", 2)}, "nhs/13/level 3": {("duty", 0), ("duty", 2)}}


def test_struck_candidates_support_nothing() -> None:
    """An entry that is barred is no support."""
    book = book_with(BARRED)
    duties: list[Answers] = [{"kind": 1, "weight": 9000, "share": share} for share in (9000, 100)]
    assert DurableEvaluator(book).supports(job(book, duties)) == {"nhs/13/level 2": {("duty", 1)}}


def test_many_entries_make_few_firings() -> None:
    """Rules that ask for several entries do not try every combination of them: 300 duties are no burden."""
    asked = " and ".join(f"some duty is (weight >= {number} kg)" for number in range(1, 6))
    book = book_with(f"level 2 when {asked} {CITED}")
    assert truths(book, job(book, [{"weight": 9000}] * 300)) == (YES,)


def test_a_term_without_a_definition_never_holds() -> None:
    """Where every definition of a term was switched off, what denies it holds of every entry there is."""
    rules = f"term odd duty when kind is lifting {CITED}\nlevel 2 when some duty is not odd {CITED}"
    book = book_with(f"{rules}\nlevel 3 when some duty is odd {CITED}")
    book = replace(book, terms={key: Term(key, ()) for key in book.terms})
    assert truths(book, job(book, [{}])) == (YES, NO)
    assert truths(book, job(book, [])) == (NO, NO)
    assert truths(book, job(book, None)) == (UNKNOWN, UNKNOWN)


@pytest.mark.parametrize("most", [1, 2, 100])
def test_folding_changes_no_verdict(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many alternatives may stand as rules of their own, the verdict is the same."""
    monkeypatch.setattr(clauses, "MOST_OF_AN_ENTRY", most)
    monkeypatch.setattr(clauses, "MOST_OF_A_JOB", most)
    asked = "(kind is lifting or weight >= 6 kg) and (each >= 1 hour or share >= 50% or alone)"
    both = f"some duty is ({asked}) and (some duty is (kind is walking) or depth >= complex)"
    book = book_with(f"level 2 when {both} {CITED}")
    duties: list[Answers] = [{"kind": 2, "weight": 7000, "each": 9000, "share": 0}]
    assert truths(book, job(book, duties)) == (YES,)
    assert truths(book, job(book, [{**duties[0], "each": 0}], {"depth": (1, 2)})) == (UNKNOWN,)
    assert truths(book, job(book, [{**duties[0], "each": 0}], {"alone": NO})) == (NO,)


def test_more_tests_than_one_fact_can_meet_are_spread_over_kinds() -> None:
    """The engine follows sixty true tests of a fact at a time; a factor with more still runs."""
    grams = range(1, 80)
    lines = [f"level 2 when some duty is (weight >= {n} kg and each >= {n} min and alone) {CITED}" for n in grams]
    mixed = [f"level 3 when some duty is (each >= {n} min and weight <= {n} kg and alone) {CITED}" for n in grams]
    book = book_with("\n".join([*lines, *mixed]))
    facts = job(book, [{"weight": 40_000, "each": 2400}], {"alone": YES})
    expected = [YES if n <= 40 else NO for n in grams] + [YES if n == 40 else NO for n in grams]
    assert truths(book, facts) == tuple(expected)
