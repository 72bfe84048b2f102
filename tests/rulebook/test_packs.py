"""A pack is what a locality agreed: it never carries the authority of the scheme, and never goes against it."""

from datetime import date

import pytest

from jerules.documents.text import Source
from jerules.faults import Faulty
from jerules.language.parse import parse
from jerules.quantities.kinds import Kind
from jerules.quantities.reading import read_constant
from jerules.rulebook.hashes import pack_hash
from jerules.rulebook.load import book_of
from jerules.rulebook.model import Agreed, RuleBook
from jerules.scheme.load import load_scheme
from tests.rulebook.books import book

HEAD = 'scheme nhs\npack "Ours"\nfactor 13 "Physical effort"\n'


@pytest.mark.parametrize(
    "pack",
    [
        HEAD + "status binding\n",
        HEAD
        + 'interpretation A-OUR-01 "Ours"\n  status binding\n  because "We agreed."\n  cites definition\n'
        + "  level 1 otherwise\n",
    ],
)
def test_a_pack_is_not_binding(pack: str) -> None:
    """Neither as a whole nor in an interpretation."""
    with pytest.raises(Faulty) as raised:
        book_of(load_scheme("nhs"), [], [Source("ours.jer", pack)])
    assert [fault.code for fault in raised.value.faults] == ["binding-pack"]


def test_a_pack_is_local_unless_it_says_otherwise() -> None:
    """That is what a statement of a pack carries into every explanation."""
    book = book_of(load_scheme("nhs"), [], [Source("ours.jer", HEAD + "level 1 otherwise cites level 1\n")])
    (rule,) = book.factors["13"].rules
    assert rule.source.status == "local"


def _with_pack(rules: str, pack: str) -> RuleBook:
    return book(rules, f'scheme nhs\nfactor 13 "Physical effort"\npack "Ours"\n{pack}')


@pytest.mark.parametrize(
    ("rules", "pack"),
    [
        ("level 3(c) when drives cites level 3(c)\n", "at most 3 when drives cites definition\n"),
        ("level 3(c) when drives cites level 3(c)\n", "not 3(a) when drives cites definition\n"),
        ("at most 3 when drives cites level 3\n", "at least 3 when drives cites definition\n"),
        ("not 4(b) when drives cites level 4\n", "at least 4 when drives cites definition\n"),
        ("level 2 otherwise cites level 2\n", "level 2(d) when drives cites definition\n"),
        ("level 2 when drives cites level 2\n", "level 5 when drives cites definition\n"),
        (
            "level 2(d) when some effort is heavy cites level 2(d)\n",
            "extend term heavy effort when weight > 5 kg cites definition\n",
        ),
        (
            "level 2(d) when no effort is not heavy cites level 2(d)\n",
            "extend term heavy effort when weight > 5 kg cites definition\n",
        ),
        (
            "not 4 when drives cites level 4\n",
            "extend term heavy effort when weight > 5 kg cites definition\n",
        ),
        ("level 2(d) when drives cites level 2(d)\n", "term local_word when drives cites definition\n"),
        ("level 2(d) when drives cites level 2(d)\n", "never from weight cites definition\n"),
    ],
)
def test_a_pack_may_add_to_what_is_binding(rules: str, pack: str) -> None:
    """A cap at the level itself, a level that nobody gives closed, a wider word that only gives more, a way upwards."""
    assert [one.title for one in _with_pack(rules, pack).packs] == ["Ours"]


def test_what_is_no_binding_rule_may_be_taken_away() -> None:
    """An interpretation is an assumption of this tool, and the authority may assume something else."""
    rules = 'interpretation A-ONE-01 "One"\n  because "Unclear."\n  cites definition\n  level 4(b) when drives\n'
    assert _with_pack(rules, "at most 3 when drives cites definition\n").packs


def test_two_packs_may_agree_on_the_same_value() -> None:
    """That is no contradiction, however each of them writes it; the value stands once."""
    head = 'scheme nhs\npack "{}"\nconvention large_sum = {} agreed 2026-03-01 by "Joint group"\n'
    found = book(head.format("Ours", "£5,000"), head.format("Theirs", "£5000"))
    assert found.parameters["large_sum"].value == read_constant("£5,000", Kind.MONEY, load_scheme("nhs").calendar)


def test_values_that_rise_may_leave_a_step_open() -> None:
    """What is not agreed yet is in no wrong order; what is agreed on either side of it is still compared."""
    rules = "".join(f'parameter {name} money asks "?" cites level 5\n' for name in ("middle_sum", "top_sum"))
    rules += "order large_sum < middle_sum < top_sum cites level 5\n"
    pack = 'convention large_sum = £5 agreed 2026-03-01 by "Us"\nconvention top_sum = {} agreed 2026-03-01 by "Us"\n'
    assert _with_pack(rules, pack.format("£6")).parameters["middle_sum"].value is None
    with pytest.raises(Faulty) as raised:
        _with_pack(rules, pack.format("£4"))
    assert [fault.code for fault in raised.value.faults] == ["broken-order"]


def test_a_pack_is_known_by_what_it_says() -> None:
    """Its hash is that of its canonical text: layout, examples and the name of the file do not matter, values do."""
    text = 'scheme nhs\npack "Ours" agreed 2026-03-01 by "Us"\nconvention large_sum = £5 agreed 2026-03-01 by "Us"\n'
    laid_out = text.replace(" = ", "   =\n    ")
    (one,), (other,), (third,) = (book(given).packs for given in (text, laid_out, text.replace("£5", "£6")))
    assert one.hash == other.hash != third.hash
    assert one.hash == pack_hash(parse(Source("elsewhere.jer", text)))
    assert one.agreed == Agreed(date(2026, 3, 1), "Us")


GRADES = 'scheme njc\npack "Ours"\n{}'


def _grades(*lines: str) -> RuleBook:
    return book_of(load_scheme("njc"), [], [Source("ours.jer", GRADES.format("".join(f"{x}\n" for x in lines)))])


def test_grades_go_up_without_gap_or_overlap() -> None:
    """Each begins at the point after the one before it."""
    found = _grades('grade "1" from 150 to 199 agreed 2026-03-01 by "Us"', 'grade "2" from 200 to 260').grades
    assert [(grade.name, grade.low, grade.high) for grade in found] == [("1", 150, 199), ("2", 200, 260)]
    assert [grade.agreed is None for grade in found] == [False, True]


@pytest.mark.parametrize(
    ("second", "code"),
    [
        ('grade "2" from 201 to 260', "broken-grades"),
        ('grade "2" from 199 to 260', "broken-grades"),
        ('grade "2" from 100 to 149', "broken-grades"),
        ('grade "2" from 200 to 190', "backwards"),
        ('grade "1" from 200 to 260', "duplicate"),
    ],
)
def test_grades_that_leave_a_gap_or_meet_are_refused(second: str, code: str) -> None:
    """So that every total between the lowest and the highest has one grade, and only one."""
    with pytest.raises(Faulty) as raised:
        _grades('grade "1" from 150 to 199', second)
    assert [fault.code for fault in raised.value.faults] == [code]


def test_grades_stand_in_one_pack() -> None:
    """Two packs with grades would leave it open which of them is meant."""
    packs = [Source(name, GRADES.format('grade "1" from 150 to 199\n')) for name in ("a.jer", "b.jer")]
    with pytest.raises(Faulty) as raised:
        book_of(load_scheme("njc"), [], packs)
    assert [fault.code for fault in raised.value.faults] == ["conflicting-grades"]
