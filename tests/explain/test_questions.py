"""Open questions and obstacles: asked where something is open, worth what they say, and enough once answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from jerules.engine.facts import lay_out
from jerules.engine.truth import NO, YES
from jerules.explain.evaluate import evaluate, reference_of
from jerules.explain.obstacles import obstacles
from jerules.explain.outcome import FactorOutcome, OpenQuestion, Outcome
from jerules.explain.proof import AddedUp, Step, leaf_truth, steps
from jerules.jobs.model import Answer, Entry, Job
from jerules.quantities.kinds import Interval, Kind, Measure
from jerules.rulebook import conditions as c
from jerules.rulebook.model import RuleBook
from jerules.rulebook.questions import JOB, Form, Question
from tests.engine.test_reference import verdicts
from tests.explain.test_proof import trees
from tests.strategies.worlds import AMOUNTS, RATES, World, frequency, full_jobs, less_known, two_views, worlds

LEFT_TO_OTHERS = {"decision", "convention", "judgement", "overlap"}


class Reference:
    """The reference evaluator as an engine that nothing checks."""

    name, checked_by = "reference", ""

    def __init__(self, book: RuleBook) -> None:
        self.verdicts = reference_of(book).verdicts


def outcome(book: RuleBook, job: Job) -> Outcome:
    return evaluate(book, job, Reference(book))


def by_rules(book: RuleBook, job: Job) -> list[FactorOutcome]:
    return [factor for factor in outcome(book, job).factors if factor.origin == "rules"]


def ends(factor: FactorOutcome) -> tuple[int, int]:
    return factor.lowest.level or 0, factor.highest.level or 0


@given(two_views())
def test_knowing_more_never_widens_the_range(views: World) -> None:
    """range(more) ⊆ range(less)."""
    book, more, less = views
    for before, after in zip(by_rules(book, less), by_rules(book, more), strict=True):
        assert ends(before)[0] <= ends(after)[0] <= ends(after)[1] <= ends(before)[1]


@given(worlds(decided=False))
def test_there_is_a_question_where_something_is_open(world: World) -> None:
    """Settled ⇒ no question; a range ⇒ at least one."""
    for factor in by_rules(*world):
        if factor.settled:
            assert factor.open_questions == ()
        elif factor.highest.level is not None:
            assert factor.open_questions


def put(job: Job, question: OpenQuestion, full: Job) -> Job:
    """The job with a question answered as the full job has it; an entry's answer keeps its place."""
    if question.kind == "record":
        rows = tuple(replace(row, answers={}) for row in full.records[question.key])
        return replace(job, records={**job.records, question.key: rows})
    if question.entry is None or question.question is None:
        return job
    home, name, index = question.question.record, question.question.name, question.entry.number - 1
    whole = full.facts if home == JOB else full.records[home][index]
    return answered(job, question.question, index, whole.answers[name])


def answered(job: Job, question: Question, index: int, answer: Answer) -> Job:
    """The job with one answer put in."""

    def filled(row: Entry) -> Entry:
        return replace(row, answers={**row.answers, question.name: answer})

    if question.record == JOB:
        return replace(job, facts=filled(job.facts))
    rows = [filled(row) if place == index else row for place, row in enumerate(job.records[question.record])]
    return replace(job, records={**job.records, question.record: tuple(rows)})


@st.composite
def half_told(draw: st.DrawFn) -> World:
    """A book, a job of which little is known, and all that there is to know about it but the decisions."""
    book, full = draw(worlds(share=0.0, decided=False))
    full = draw(full_jobs(book, decided=False))
    return World((book, draw(less_known(full)), full))


@given(half_told())
def test_when_all_questions_are_answered_only_judgement_is_left(world: World) -> None:
    """Answer until nobody has a question that a fact answers: settled, or the panel's to decide, agree on or judge."""
    book, job, full = world
    for factor in by_rules(book, job):
        known, now = job, factor
        for _ in range(60):
            asked = [q for q in now.open_questions if q.kind not in LEFT_TO_OTHERS]
            if not asked:
                break
            for question in asked:
                known = put(known, question, full)
            now = outcome(book, known).factor(factor.number)
        assert all(question.kind in LEFT_TO_OTHERS for question in now.open_questions)
        assert ends(now) == ends(outcome(book, full).factor(factor.number))


def some_answers(question: Question) -> Iterable[Answer]:
    """Answers of every sort that the rules of the small worlds tell apart."""
    names = question.type.names
    match question.type.form:
        case Form.YES_NO:
            return [Answer(value, str(value)) for value in (True, False)]
        case Form.ONE_OF | Form.SCALE:
            return [Answer(frozenset({name}), name) for name in names]
        case Form.ANY_OF:
            return [Answer(frozenset(some), "") for some in ((), *((name,) for name in names), names)]
        case Form.QUANTITY if question.type.kind is Kind.FREQUENCY:
            return [Answer(frequency(rate, rate), str(rate)) for rate in RATES]
        case Form.QUANTITY:
            kind = question.type.kind or Kind.COUNT
            return [Answer(Measure(kind, Interval(x, x), str(x)), str(x)) for x in (*AMOUNTS[kind], 10**7)]
    return []


@given(worlds())
def test_a_question_that_narrows_really_moves_the_range(world: World) -> None:
    """Narrows > 0 ⇒ some answer gives another range."""
    book, job = world
    for factor in by_rules(book, job):
        for question in factor.open_questions[:3]:
            if question.kind == "answer" and question.narrows > 0 and question.question and question.entry:
                index = question.entry.number - 1
                tried = [answered(job, question.question, index, a) for a in some_answers(question.question)]
                assert any(ends(outcome(book, one).factor(factor.number)) != ends(factor) for one in tried)


@given(worlds())
def test_flipping_the_obstacles_makes_the_rule_hold(world: World) -> None:
    """rule(flip(why_not(rule))) = holds, wherever answers can meet what is needed and leave the rest as it is."""
    book, job = world
    for factor, rule, target, truth, tree in trees(book, job):
        plan = obstacles(tree)
        assert bool(plan) == (truth != YES)
        if truth == YES or target or not all(isinstance(o.step.subject, c.Leaf) for o in plan):
            continue
        if any(isinstance(step.subject, AddedUp) for step in steps(tree)):
            continue  # another answer, or one entry more that counts, changes what they come to
        flipped = flip(book, job, tree, [(o.step, o.wanted) for o in plan])
        if flipped is not None:
            assert verdicts(book, flipped).factors[factor.key][factor.rules.index(rule)] == YES


def flip(book: RuleBook, job: Job, tree: Step, wanted: list[tuple[Step, int]]) -> Job | None:
    """The job with the obstacles answered as they would have to be; None when no answer meets all of it."""
    needs: dict[tuple[str, int, str], dict[int, tuple[c.Leaf, int]]] = {}
    elsewhere = Counter((id(leaf.subject), id(leaf.entry)) for leaf in steps(tree))
    elsewhere.subtract((id(leaf.subject), id(leaf.entry)) for leaf, _ in wanted)
    for leaf in steps(tree):
        if isinstance(leaf.subject, c.Leaf) and leaf.entry:
            key = leaf.subject.question.record, leaf.entry.number, leaf.subject.question.name
            needs.setdefault(key, {})[id(leaf.subject)] = (leaf.subject, leaf.truth)
    moved = set()
    for leaf, truth in wanted:
        assert isinstance(leaf.subject, c.Leaf)
        assert leaf.entry
        key = leaf.subject.question.record, leaf.entry.number, leaf.subject.question.name
        if needs[key][id(leaf.subject)][1] not in {leaf.truth, truth} or elsewhere[id(leaf.subject), id(leaf.entry)]:
            return None  # the same comparison is needed both ways, or is relied on as it stands in another place
        needs[key][id(leaf.subject)] = (leaf.subject, truth)
        moved.add(key)
    for key in moved:
        record, number, name = key
        question = book.records[record].question(name)
        assert question
        for answer in some_answers(question):
            trial = answered(job, question, number - 1, answer)
            facts = lay_out(book, trial)
            slots = facts.job if record == JOB else (facts.records[record] or ())[number - 1]
            if all(
                truth not in {NO, YES} or leaf_truth(book, leaf, slots) == truth for leaf, truth in needs[key].values()
            ):
                job = trial
                break
        else:
            return None
    return job


@given(worlds())
def test_why_not_has_something_to_say_of_every_level(world: World) -> None:
    """why_not(level) ≠ ∅ for every level that the factor has: what is missing, or which of the few reasons it is."""
    from jerules.engine.resolve import resolve
    from jerules.explain.evaluate import Teller

    book, job = world
    facts, found = lay_out(book, job), verdicts(book, job)
    standings = resolve(book, found, facts.decisions)
    teller = Teller(book, job, facts, found, standings, reference_of(book))
    for number, level in product((13, 14), range(1, 6)):
        factor = book.scheme.factor(number)
        assert factor
        why = teller.why_not(factor, level)
        assert why
        assert not why.beyond
        assert why.answers or why.why
        if why.why == "here":
            assert standings[str(number)].lowest.level == level
