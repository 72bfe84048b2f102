"""What becomes of each statement in the rule book."""

from datetime import date
from fractions import Fraction

from jerules.quantities.kinds import Kind
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.questions import JOB, Form
from jerules.scheme.model import Position
from tests.rulebook.books import book


def _rules(text: str) -> list[m.Rule]:
    return [*book(text).factors["13"].rules]


def _rule(text: str) -> m.Rule:
    (rule,) = _rules(text)
    return rule


def _condition(written: str) -> c.Condition:
    condition = _rule(f"level 2 when {written} cites level 2\n").condition
    assert condition is not None
    return condition


# ── declarations ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_records_and_questions() -> None:
    """The job comes first; a question knows its record, its type, its words and its help."""
    found = book('question cycles yes or no asks "Does the job cycle?" help "To work does not count."\n')
    assert next(iter(found.records)) == JOB
    assert found.records["effort"].label == "task"
    cycles, weight = found.question("cycles"), found.question("effort.weight")
    assert cycles
    assert (cycles.key, cycles.asks, cycles.help) == ("cycles", "Does the job cycle?", "To work does not count.")
    assert weight
    assert (weight.key, weight.type.kind) == ("effort.weight", Kind.MASS)
    assert found.question("effort.height") is None


def test_types_of_answers() -> None:
    """Choices have labels, given or made from their names; a scale's steps rise; money may go by a period."""
    found = book(
        'question colour one of dark_red, blue "As the sky" asks "?"\nquestion skill on difficulty asks "?"\n'
        'question pay money per month asks "?"\nquestion count_of count per shift asks "?"\n'
    )
    types = {
        name: question.type for name in ("colour", "skill", "pay", "count_of") if (question := found.question(name))
    }
    assert [(x.name, x.label) for x in types["colour"].choices] == [("dark_red", "dark red"), ("blue", "As the sky")]
    assert (types["skill"].form, types["skill"].names) == (Form.SCALE, ("plain", "awkward", "complex"))
    assert (types["pay"].kind, types["pay"].per) == (Kind.MONEY_RATE, "month")
    assert types["count_of"].kind is Kind.PER_SHIFT


def test_parameters_and_conventions() -> None:
    """A parameter is open until a pack settles it, with the day and the signature."""
    pack = 'scheme nhs\npack "Ours"\nconvention large_sum = £5,000 agreed 2026-03-01 by "Joint group"\n'
    assert book().parameters["large_sum"].value is None
    settled = book(pack)
    assert [pack.title for pack in settled.packs] == ["Ours"]
    assert settled.parameters["large_sum"].value == 500_000
    assert settled.parameters["large_sum"].agreed == m.Agreed(date(2026, 3, 1), "Joint group")


# ── rules ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_levels() -> None:
    """A level rule gives its level with its words; `otherwise` has no condition."""
    first, last = _rules('level 3c when drives reads "It drives." cites level 3(c)\nlevel 1 otherwise cites level 1\n')
    assert first.effect == m.GivesLevel(Position(3, "c"))
    assert (first.id, first.reads) == ("nhs/13/level 3(c)", "It drives.")
    assert last.condition is None
    assert book("level 1 otherwise cites level 1\n").factors["13"].otherwise == last


def test_floors_caps_and_closed_levels() -> None:
    """Whole levels for floors and caps; `unless` closes when the condition does not hold."""
    floor, cap, closes = _rules(
        "at least 3 when drives cites level 3\nat most 4 when drives cites level 4\n"
        "not 3(c), 4 unless drives cites level 4\n"
    )
    assert (floor.effect, cap.effect) == (m.Floor(3), m.Cap(4))
    assert closes.effect == m.Closes((Position(3, "c"), Position(4)))
    assert isinstance(closes.condition, c.Not)


def test_what_is_left_to_the_panel() -> None:
    """The two levels, the question and its help; a query has words alone."""
    panel, query = _rules(
        'panel decides size 3(a) or 4 when drives asks "Which?" help "Look twice." cites level 4\n'
        'query "Is it so?" when drives cites definition\n'
    )
    assert panel.effect == m.LeavesToPanel("size", Position(3, "a"), Position(4), "Which?", "Look twice.")
    assert query.effect == m.Asks("Is it so?")


def test_where_evidence_goes() -> None:
    """A bar stands with the factor that it keeps evidence from, wherever it is written."""
    found = book(
        'scheme nhs\nfactor 6 "Responsibility for patient/client care"\n'
        "level 1 otherwise cites level 1\ncount once effort under 6 not 13 when weight > 5 kg cites definition\n"
        "assess effort under 7 when weight > 9 kg cites definition\n"
    )
    assert [rule.effect for rule in found.factors["13"].bars] == [m.Bars("effort", "6", "13", once=True)]
    assert [rule.effect for rule in found.factors["6"].bars] == [m.Bars("effort", "7", "6", once=False)]
    assert len(found.factors["6"].rules) == 1


def test_permitted_and_forbidden_evidence() -> None:
    """A second use names its demand; what may never be read names its questions."""
    found = book(
        'may also count effort under 14, 16 because "It tires." cites definition\n'
        'never from years, weight because "Not effort." cites definition\n'
    )
    (may,), (never,) = found.may_also_count, found.never
    assert (may.record, may.factors, may.because) == ("effort", ("14", "16"), "It tires.")
    assert [question.key for question in never.questions] == ["years", "effort.weight"]


def test_tools_have_levels_of_their_own() -> None:
    """A tool is a factor without a number; its level is carried to one."""
    found = book(
        'scheme nhs\ntool advisory "Advising"\nlevel 6 otherwise cites definition\n'
        "carry effort to 4 when urgent cites definition\n"
    )
    assert found.factors["advisory"].number is None
    assert found.factors["advisory"].rules[1].effect == m.Carries("effort", "4")


# ── terms and interpretations ────────────────────────────────────────────────────────────────────────────────────


def test_terms() -> None:
    """A term belongs to its factor and record; an interpretation may define more of it."""
    found = book(
        'interpretation A-NHS-02 "Stooping"\n  because "So."\n  cites note "Heavy"\n'
        "  extend term heavy effort when kind is bending\n"
    )
    term = found.terms[c.TermKey("13", "effort", "heavy")]
    assert [definition.source.interpretation for definition in term.definitions] == ["", "A-NHS-02"]
    assert [definition.source.status for definition in term.definitions] == [m.Status.BINDING, m.Status.DEFAULT]


def test_an_interpretation_can_be_switched_off() -> None:
    """Then its statements are gone, and the book still says that it was there."""
    text = 'interpretation A-NHS-02 "So"\n  because "So."\n  cites definition\n  level 2 when drives\n'
    off = 'scheme nhs\npack "Ours"\nwithout A-NHS-02 agreed 2026-03-01 by "Joint group"\n'
    assert len(_rules(text)) == 1
    switched = book(text, off)
    assert switched.factors["13"].rules == ()
    assert not switched.interpretations["A-NHS-02"].on
    assert switched.interpretations["A-NHS-02"].agreed == m.Agreed(date(2026, 3, 1), "Joint group")


def test_a_term_of_an_interpretation_serves_that_interpretation() -> None:
    """Inside it everything may rest on it."""
    head = 'interpretation A-NHS-02 "So"\n  because "So."\n  cites definition\n'
    text = head + "  term odd when drives\n  level 2 when odd\n"
    assert _rule(text).source.interpretation == "A-NHS-02"


# ── citations ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_citations_have_stable_identifiers() -> None:
    """Scheme, edition, part, factor, paragraph; with the words that a panel sees."""
    factor = 'level 3(c), note "Short & long periods", guidance 4, definition, factor 6 level 2'
    text = f"level 2 when drives cites {factor}, chapter 8 paragraph 1.5, chapter 3\n"
    citations = _rule(text).source.citations
    assert [(citation.id, citation.words) for citation in citations] == [
        ("nhs/7/chapter-5/factor-13/level-3c", "level 3(c)"),
        ("nhs/7/chapter-5/factor-13/note-short-long-periods", "note: Short & long periods"),
        ("nhs/7/chapter-5/factor-13/guidance-4", "guidance 4"),
        ("nhs/7/chapter-5/factor-13/definition", "definition of the factor"),
        ("nhs/7/chapter-5/factor-6/level-2", "factor 6, level 2"),
        ("nhs/7/chapter-8/general/1.5", "chapter 8 paragraph 1.5"),
        ("nhs/7/chapter-3/general/all", "chapter 3"),
    ]


# ── conditions ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_comparisons_are_exact() -> None:
    """Base units, whole or a fraction; a soft number has its stretch."""
    compared = _condition("years >= around 2.5 years")
    assert isinstance(compared, c.Compare)
    assert compared.bound.value == Fraction(5, 2) * 52 * 7 * 24 * 3600
    assert compared.bound.soft == (compared.bound.value * Fraction(9, 10), compared.bound.value * Fraction(11, 10))
    since = _condition("since >= 2026-03-01")
    assert isinstance(since, c.Compare)
    assert since.bound.value == date(2026, 3, 1).toordinal()


def test_a_frequency_is_compared_as_a_rate_or_as_a_share() -> None:
    """Each side of such an answer by itself."""
    some = _condition("some effort is (often >= 3 per month and often < 50%)")
    assert isinstance(some, c.Some)
    assert isinstance(some.condition, c.All)
    sides = [(part.part, part.bound.kind) for part in some.condition.parts if isinstance(part, c.Compare)]
    assert sides == [(c.Part.VALUE, Kind.RATE), (c.Part.SHARE, Kind.SHARE)]


def test_a_scale_is_compared_by_rank() -> None:
    """`is` a step is the same as `=`."""
    some = _condition("some effort is (how >= awkward), (how is complex)")
    assert isinstance(some, c.Some)
    assert isinstance(some.condition, c.All)
    assert [(part.op, part.bound.value) for part in some.condition.parts if isinstance(part, c.Compare)] == [
        (">=", 1),
        ("=", 2),
    ]


def test_yes_or_no() -> None:
    """A bare name, `is yes` and `is no`."""
    bare, yes, no = _condition("drives"), _condition("drives is yes"), _condition("drives is no")
    assert bare == yes
    assert isinstance(no, c.Not)
    assert no.part == bare


def test_records_in_conditions() -> None:
    """`no` and `every` are said with `some`; what adds up goes beside."""
    some = _condition("some effort is urgent together times >= 3")
    assert isinstance(some, c.Some)
    assert [leaf.question.name for leaf in some.together] == ["times"]
    none, every, two = (
        _condition(f"{how} urgent") for how in ("no effort is", "every effort is", "at least 2 effort are")
    )
    assert isinstance(none, c.Not)
    assert isinstance(every, c.Not)
    assert isinstance(every.part, c.Some)
    assert isinstance(every.part.condition, c.Not)
    assert isinstance(two, c.Some)
    assert two.number == 2


def test_a_range_has_both_its_ends() -> None:
    """`from … to …` is at least the one and at most the other."""
    assert _condition("years from 1 year to 2 years") == _condition("years >= 1 year and years <= 2 years")


# ── examples ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_examples() -> None:
    """Entries as written, records that are empty, whether the rest is, and what must come out."""
    text = (
        'example "A porter"\n  effort: task "Beds", weight 20 kg\n  job: drives no\n  nothing else\n'
        '  gives level 1 to 3(c)\n  gives query "Is it so?"\n  gives no level\n'
    )
    (found,) = book(text).examples
    assert (found.title, found.factor, found.complete) == ("A porter", "13", True)
    assert [entry.record for entry in found.entries] == ["effort", "job"]
    assert [answer[:2] for answer in found.entries[0].answers] == [("task", "Beds"), ("weight", "20 kg")]
    assert [(expected.kind, expected.positions) for expected in found.expects] == [
        ("range", (Position(1), Position(3, "c"))),
        ("query", ()),
        ("nothing", ()),
    ]
