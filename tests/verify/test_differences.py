"""Two rule books: what they say differently, and a job for each way in which a level goes."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jerules.documents.text import Source
from jerules.engine.facts import lay_out
from jerules.engine.reference.evaluator import ReferenceEvaluator
from jerules.engine.resolve import resolve
from jerules.faults import Faulty
from jerules.jobs.model import Job
from jerules.resources import folder
from jerules.rulebook.load import book_of
from jerules.rulebook.model import RuleBook
from jerules.scheme.load import load_scheme
from jerules.scheme.paragraphs import Index, Paragraph, Section
from jerules.verify.differences import Differences, FactorDifference, differences, of_factor
from jerules.verify.editions import Way
from jerules.verify.model import State
from jerules.verify.statements import CHANGED, GONE, NEW, changes
from tests.strategies import worlds

HEAD = """\
scheme nhs
factor 13 "Physical effort"
record effort "Something that the body does"
  label task
  task text asks "What is done?"
  kind one of lifting, bending asks "What sort of effort is it?"
  weight mass asks "How heavy?"
  often frequency of shifts asks "How often?"
parameter heavy mass asks "From where on is it heavy?" cites definition
"""
REST = "level 1 otherwise cites definition\n"


def book(rules: str, *, head: str = HEAD, name: str = "rules.jer") -> RuleBook:
    """The book of the questions above, these rules, and level 1 otherwise."""
    return book_of(load_scheme("nhs"), [Source(name, f"{head}{rules}\n{REST}")])


def some(condition: str, level: str = "3(a)") -> str:
    """A rule that gives a level when some effort meets a condition."""
    return f"level {level} when some effort is ({condition}) cites level {level}"


def compared(old: str, new: str, *, old_head: str = HEAD, new_head: str = HEAD) -> Differences:
    """What changes from these old rules to these new ones."""
    return differences(book(old, head=old_head, name="old.jer"), book(new, head=new_head, name="new.jer"))


def only(found: Differences) -> FactorDifference:
    """The one factor that was compared."""
    (factor,) = found.factors
    return factor


def levels(found: Differences) -> dict[str, tuple[str, str]]:
    """For each way that was shown the level by the old book and by the new one; every job is confirmed by both."""
    shown = only(found).witnesses
    assert all("reference" in one.moved.confirmed_by for one in shown)
    return {one.moved.way.value: (one.old.level, one.new.level) for one in shown}


def said(job: Job) -> list[dict[str, str]]:
    """What is answered of each effort."""
    return [{name: answer.written for name, answer in entry.answers.items()} for entry in job.records["effort"]]


# ── levels ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_cut_that_moves_gives_the_job_between_the_two() -> None:
    """From 6 kg to 8 kg: a job of 6 kg falls, and that no job rises is proved."""
    found = compared(some("weight >= 6 kg"), some("weight >= 8 kg"))
    assert levels(found) == {"lower": ("Level 3(a)", "Level 1")}
    assert said(only(found).witnesses[0].moved.old) == [{"weight": "6 kg"}]
    assert not only(found).undecided


def test_open_for_closed_gives_the_number_itself() -> None:
    """At 6 kg or more, over 6 kg: exactly 6 kg is the job between."""
    found = compared(some("weight >= 6 kg"), some("weight > 6 kg"))
    assert said(only(found).witnesses[0].moved.old) == [{"weight": "6 kg"}]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (some("weight >= 6 kg"), some("weight >= 6000 g")),
        (some("weight >= 6 kg"), some("not weight < 6 kg")),
        (some("kind is lifting or kind is bending"), some("weight >= 0 kg")),
        (some("weight >= 6 kg"), f"{some('weight >= 6 kg')}\n{some('weight >= 7 kg')}"),
        ("level 3(a) when some effort is (kind is lifting) together often >= 50% cites definition",
         "level 3(a) when some effort is (not kind is bending) together often >= 50% cites definition"),
        (some("weight >= around 6 kg"), some("weight >= around 6000 g")),
    ],
)  # fmt: skip
def test_other_words_for_the_same_are_proved_the_same(old: str, new: str) -> None:
    """Another unit, another way to say it, a rule that adds nothing, what adds up, what is soft."""
    found = compared(old, new)
    assert (only(found).state, only(found).by) == (State.PROVED, ("solver",))
    assert found.same
    assert found.changes


def test_both_explanations_are_told() -> None:
    """Each book says in its own words why it comes to its level."""
    found = compared(
        some("weight >= 6 kg") + ' reads "It is heavy."', some("weight >= 6 kg", "4(b)") + ' reads "It is very heavy."'
    )
    (one,) = only(found).witnesses
    assert ([line.says for line in one.old.because], [line.says for line in one.new.because]) == (
        ["It is heavy."],
        ["It is very heavy."],
    )


def test_no_more_entries_than_needed() -> None:
    """That two are asked for in place of one is shown by a single effort."""
    rule = "level 3(a) when {} cites definition"
    found = compared(
        rule.format("some effort is (weight >= 6 kg)"), rule.format("at least 2 effort are (weight >= 6 kg)")
    )
    assert len(said(only(found).witnesses[0].moved.new)) == 1


def test_no_more_answers_than_needed() -> None:
    """What neither book needs to come to its level is not answered in the job that is shown."""
    rule = some("kind is lifting and weight >= {} kg or often >= 80% and weight >= 40 kg")
    found = compared(rule.format(6), rule.format(8))
    assert said(only(found).witnesses[0].moved.old) == [{"kind": "lifting", "weight": "6 kg"}]


def test_what_adds_up_is_told_from_what_stands_alone() -> None:
    """Two efforts may make half of the shifts together: the old book leaves that open, the new one does not ask."""
    found = compared(
        "level 3(a) when some effort is (weight >= 6 kg) together often >= 50% cites definition",
        some("weight >= 6 kg and often >= 50%"),
    )
    assert levels(found) == {"lower": ("Level 1 to 3", "Level 1")}
    assert len(said(only(found).witnesses[0].moved.old)) == 2


def test_a_soft_number_that_moves_is_judged_alike() -> None:
    """Around 6 kg, around 7 kg: whoever takes the one for less takes the other for less; so no job rises."""
    found = compared(some("weight >= around 6 kg"), some("weight >= around 7 kg"))
    assert list(levels(found)) == ["lower"]
    assert not only(found).undecided


def test_a_convention_that_settles_a_number_narrows_what_was_open() -> None:
    """Without a convention the level is open; with one it is the higher level for some, the lower for others."""
    agreed = f'{some("weight >= heavy")}\nconvention heavy = 6 kg agreed 2026-03-01 by "A panel"'
    found = compared(some("weight >= heavy"), agreed)
    assert levels(found) == {"higher": ("Level 1 to 3", "Level 3(a)"), "lower": ("Level 1 to 3", "Level 1")}


def test_two_conventions_stand_side_by_side_with_who_agreed_them() -> None:
    """Of two packs each value is shown with its day and whose it is."""
    rules = f'{some("weight >= heavy")}\nconvention heavy = {{}} agreed {{}} by "{{}}"'
    found = compared(rules.format("6 kg", "2026-03-01", "One panel"), rules.format("7 kg", "2026-04-01", "Another"))
    (change,) = found.changes
    assert (change.one.kind, change.one.name) == ("parameter", "heavy")
    assert change.parts == (
        ("convention", "6 kg", "7 kg"),
        ("agreed", "1 March 2026 by One panel", "1 April 2026 by Another"),
    )


def test_a_decision_left_between_other_levels_is_made_by_each_book() -> None:
    """2(a) or 3(c) became 2(a) or 4(b): the panel may decide for the higher in both, and comes to another level."""
    left = 'panel decides size 2(a) or {} when some effort is (weight >= 6 kg) asks "Which?" cites definition'
    found = compared(left.format("3(c)"), left.format("4(b)"))
    assert levels(found)["higher"][1] == "Level 4(b)"


def test_a_tool_that_raises_further_changes_its_factor() -> None:
    """A factor is compared with what tools make of it."""
    tool = (
        'scheme nhs\ntool advisory "Advice"\nlevel {} when some effort is (weight >= 6 kg) cites factor 13 definition\n'
        "carry effort to 13 when weight >= 1 kg cites factor 13 definition\n"
    )
    old, new = (
        book_of(load_scheme("nhs"), [Source("13.jer", HEAD + REST), Source("advice.jer", tool.format(level))])
        for level in (2, 4)
    )
    found = differences(old, new)
    assert levels(found) == {"higher": ("Level 2", "Level 4")}


def test_a_factor_without_rules_on_one_side_is_said_to_be_so() -> None:
    """Where only one book has rules there is nothing to prove."""
    other = HEAD.replace('factor 13 "Physical effort"', 'factor 14 "Mental effort"')
    found = compared(some("weight >= 6 kg"), some("weight >= 6 kg", "3"), new_head=other)
    assert {one.number: one.only for one in found.factors} == {13: "old", 14: "new"}
    assert not found.same


def test_only_the_factors_that_are_asked_for() -> None:
    """`factors` leaves the others alone."""
    old, new = book(some("weight >= 6 kg")), book(some("weight >= 7 kg"))
    found = differences(old, new, factors=("14",))
    assert (found.factors, found.changes) == ((), ())


def test_with_a_factor_its_tools_and_the_questions_it_reads_are_told() -> None:
    """What is shared is told where the factor can turn on it, and nowhere else."""
    more = HEAD.replace('"How heavy?"', '"How heavy is it?"').replace('"How often?"', '"How often is it?"')
    old, new = book(some("weight >= 6 kg")), book(some("weight >= 6 kg"), head=more)
    found = differences(old, new, factors=("13",)).changes
    assert [change.one.name for change in found] == ["effort.weight"]


# ── what is asked ────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_question_that_only_one_book_asks_is_free_for_the_other() -> None:
    """Each book is given the job as it asks for it."""
    asks = HEAD + 'question drives yes or no asks "Does it drive?"\n'
    rule = "level 3(a) when not drives and some effort is (kind is lifting) cites definition"
    found = compared(some("kind is lifting"), rule, new_head=asks)
    (one,) = only(found).witnesses
    assert one.moved.old.facts.answers == {}
    assert one.moved.new.facts.answers["drives"].value is True


def test_a_choice_that_only_one_book_knows_is_chosen_by_no_job() -> None:
    """Running was added with a rule of its own: no job that the old book can be asked about changes."""
    more = HEAD.replace("lifting, bending", "lifting, bending, running")
    found = compared(some("kind is lifting"), some("kind is one of lifting, running"), new_head=more)
    assert found.same
    assert ("question", "effort.kind") in {(change.one.kind, change.one.name) for change in found.changes}


def test_a_question_that_became_another_is_answered_to_each_book() -> None:
    """A weight that is now asked for as a time is no answer to both."""
    times = HEAD.replace("weight mass", "weight duration")
    found = compared(some("weight >= 6 kg"), some("weight >= 1 hour"), new_head=times)
    lower = next(one.moved for one in only(found).witnesses if one.moved.way is Way.LOWER)
    assert (said(lower.old)[0]["weight"], said(lower.new)[0]["weight"]) == ("6 kg", "0 seconds")


# ── statements ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_same_book_says_nothing_else() -> None:
    """A book compared with itself has no change, and nothing needs the solver."""
    found = compared(some("weight >= 6 kg"), some("weight >= 6 kg"))
    assert (found.changes, found.touched, only(found).by) == ((), (), ("reading",))


def test_a_rule_put_between_others_leaves_them_as_they_are() -> None:
    """Rules of one level are matched by what they say, not by their number."""
    rules = [some(f"weight = {kilos} kg") for kilos in (1, 2, 3)]
    found = changes(book("\n".join([rules[0], rules[2]])), book("\n".join(rules)))
    assert [(one.how, dict(one.new.says)["when"]) for one in found if one.new] == [
        (NEW, "some effort is (weight = 2 kg)")
    ]


def test_each_statement_is_told_as_new_gone_or_changed_with_both_places() -> None:
    """Terms, rules and interpretations, each with its own line on either side."""
    old = 'term light effort when weight < 6 kg cites note "Light"\n' + some("light")
    new = 'term light effort when weight < 5 kg cites note "Light"\n\n' + some("light", "4(b)")
    found = compared(old, new).changes
    assert [(one.how, f"{one.one.kind} {one.one.name}") for one in found] == [
        (CHANGED, "term light (effort)"),
        (NEW, "rule level 4(b)"),
        (GONE, "rule level 3(a)"),
    ]
    changed = found[0]
    assert changed.parts == (("when", "weight < 6 kg", "weight < 5 kg"),)
    assert [str(side.place) for side in (changed.old, changed.new) if side] == ["old.jer:10:1", "new.jer:10:1"]


def test_an_interpretation_that_is_switched_off_is_told_with_its_statements() -> None:
    """The rules inside it are gone, and it is said to be off, and by whom."""
    text = (
        f"{HEAD}{REST}"
        'interpretation A-DOC-01 "Bending counts"\n  because "Nothing is said."\n  cites note "Bending"\n'
        "  level 2(b) when some effort is (kind is bending)\n"
    )
    pack = 'scheme nhs\npack "Ours"\nwithout A-DOC-01 agreed 2026-03-01 by "Our panel"\n'
    old = book_of(load_scheme("nhs"), [Source("a.jer", text)])
    new = book_of(load_scheme("nhs"), [Source("a.jer", text)], [Source("pack.jer", pack)])
    found = differences(old, new)
    assert [(one.how, one.one.name) for one in found.changes] == [
        (CHANGED, "A-DOC-01"),
        (GONE, "A-DOC-01/level 2(b)"),
    ]
    assert found.changes[0].parts == (("switched", "on", "off"), ("agreed", "", "1 March 2026 by Our panel"))
    assert levels(found) == {"lower": ("Level 2(b)", "Level 1")}


def test_two_packs_that_agree_on_two_values_are_not_loaded_together() -> None:
    """The loader names both places; a comparison of the one with the other shows them side by side."""
    pack = 'scheme nhs\npack "{}"\nconvention heavy = {} agreed 2026-03-01 by "{}"\n'
    packs = [Source("a.jer", pack.format("A", "6 kg", "A panel")), Source("b.jer", pack.format("B", "7 kg", "B panel"))]
    with pytest.raises(Faulty, match=r"agreed twice: as 6 kg at a\.jer:3:12, and as 7 kg here"):
        book_of(load_scheme("nhs"), [Source("rules.jer", f"{HEAD}{some('weight >= heavy')}\n{REST}")], packs)


def test_the_days_of_a_procedure_are_compared_too() -> None:
    """A procedure gives no levels; that a step may take longer is told in words."""
    rules = (
        'scheme nhs\nprocedure appeal "An appeal"\nquestion told date asks "When was it told?"\n'
        'question heard date asks "When was it heard?"\n'
        'step heard "The appeal is heard" within {} weeks of told always cites chapter 3\n'
    )
    found = differences(*(book_of(load_scheme("nhs"), [Source("p.jer", rules.format(weeks))]) for weeks in (10, 12)))
    assert found.factors == ()
    assert [change.parts for change in found.changes] == [
        (("due", "within 10 weeks of told", "within 12 weeks of told"),)
    ]


# ── paragraphs ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_paragraphs_of_what_changed_are_touched() -> None:
    """Both sides count: a rule that was moved to another note touches the two of them."""
    rule = some("weight >= 6 kg").removesuffix(" cites level 3(a)")
    found = compared(f'{rule} cites note "Light"', f'{rule} cites note "Moderate"')
    assert [one.words for one in found.touched] == ["note: Light", "note: Moderate"]


def test_a_paragraph_whose_text_changed_is_named_with_what_rests_on_it() -> None:
    """With two indexes, fingerprints that differ are told even where no rule changed."""
    rules = book(some("weight >= 6 kg"))

    def index(mark: str) -> Index:
        home = "nhs/7/chapter-5/factor-13"
        paragraphs = tuple(
            Paragraph(f"{home}/{name}", "p. 1", name, fingerprint=print_)
            for name, print_ in (("definition", "0" * 16), ("level-3a", mark * 16))
        )
        return Index("nhs", "7", (Section(home, "Physical effort", "", paragraphs),))

    (one,) = differences(rules, rules, indexes=(index("1"), index("2"))).touched
    assert (one.id, one.how, one.resting) == ("chapter-5/factor-13/level-3a", CHANGED, ("nhs/13/level 3(a)",))


# ── any two books ────────────────────────────────────────────────────────────────────────────────────────────────

EDITS = (("6 kg", "7 kg"), (">=", ">"), ("50%", "40%"), ("together", "together"), ("3 per month", "1 per week"),
         (" or ", " and "), ("£500", "£700"), ("at least 2", "at least 1"), ("lifting", "bending"))  # fmt: skip


@lru_cache
def edited(seed: int) -> tuple[RuleBook, RuleBook]:
    """A random book, and the same with a few words of its rules exchanged."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    for _ in range(20):
        texts = dict(worlds.texts(seed))
        for name in ("13.jer", "14.jer"):
            for old, new in chance.sample(EDITS, 2):
                texts[name] = texts[name].replace(old, new, 1)
        try:
            return worlds.book(seed), worlds.written(texts)
        except Faulty:  # it says something twice
            continue
    return worlds.book(seed), worlds.book(seed)


@lru_cache
def found_of(seed: int, key: str) -> FactorDifference:
    """What becomes of a factor of an edited book."""
    return of_factor(*edited(seed), key)


@st.composite
def edited_jobs(draw: st.DrawFn) -> tuple[int, Job]:
    """An edited book by its seed, and a job about which all is known."""
    seed = draw(st.integers(0, 11))
    return seed, draw(worlds.full_jobs(worlds.book(seed), most=2))


def standing(book: RuleBook, job: Job, key: str) -> tuple[int, int] | None:
    """The level of a job as both ends of what is possible."""
    facts = lay_out(book, job)
    found = resolve(book, ReferenceEvaluator(book).verdicts(facts), facts.decisions)[key]
    return (found.lowest.level or 0, found.highest.level or 0)


@given(edited_jobs())
@settings(max_examples=80, deadline=None)
def test_no_job_moves_in_a_way_that_was_proved_not_to_be(drawn: tuple[int, Job]) -> None:
    """level(old, job) < level(new, job) only where a job was shown to rise, or it is undecided; and so for a fall."""
    seed, job = drawn
    for key in ("13", "14"):
        before, after = (standing(book, job, key) for book in edited(seed))
        if before is None or after is None or before[0] != before[1] or after[0] != after[1] or before == after:
            continue
        found = found_of(seed, key)
        way = Way.HIGHER if after > before else Way.LOWER
        assert way in {*(one.moved.way for one in found.witnesses), *found.undecided}


@pytest.mark.parametrize("seed", range(8))
def test_a_job_that_is_shown_moves_as_it_is_said_to(seed: int) -> None:
    """By the reference evaluator itself, one end of what is possible lies where the way says."""
    for key in ("13", "14"):
        for one in found_of(seed, key).witnesses:
            old, new = edited(seed)
            before, after = standing(old, one.moved.old, key), standing(new, one.moved.new, key)
            assert before is not None
            assert after is not None
            pairs = list(zip(before, after, strict=True))
            rises = any(low < high for low, high in pairs)
            falls = any(low > high for low, high in pairs)
            assert rises if one.moved.way is Way.HIGHER else falls


# ── the shipped rules ────────────────────────────────────────────────────────────────────────────────────────────


def test_a_rule_taken_out_of_the_shipped_ones_moves_its_jobs_down(tmp_path: Path) -> None:
    """Physical demands of the NJC scheme, full of numbers that are left to the authority, without level 3(b).

    As a command, in a process of its own: with so many numbers open, the solver finds no job that is confirmed where it
    has much else in mind, and says that it is undecided.
    """
    old, new = tmp_path / "old", tmp_path / "new"
    for place in (old, new):
        place.mkdir()
        for path in (folder("rules") / "njc").glob("*.jer"):
            text = path.read_text(encoding="utf-8").split("\nexample ")[0]
            if place == new and path.name == "06-physical-demands.jer":
                start = text.index("level 3(b) when some effort is high, recurring")
                text = text[:start] + text[text.index("level 4(a)\n", start) :]
            (place / path.name).write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "jerules", "diff", str(old), str(new), "--factor", "6", "--format", "json"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1, done.stderr
    (one,) = json.loads(done.stdout)["levels"]
    assert (one["state"], [job["way"] for job in one["witnesses"]]) == ("changing", ["lower"])
