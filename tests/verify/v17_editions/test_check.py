"""V17: no job changes level from another rule book to this one, where another one is given."""

from collections.abc import Mapping
from pathlib import Path

from jerules.verify.model import Obligation, State
from jerules.verify.run import Selection, check
from tests.verify.checked import TODAY, answers, book, checked, finding, lines

HERE = Path(__file__).parent
OLD = """\
scheme nhs
factor 13 "Physical effort"

record effort "A demand on the body"
  label task
  task text asks "What is done?"
  weight mass asks "How heavy is it?"
  often frequency of shifts asks "On which part of the shifts?"

term heavy effort when weight >= 15 kg cites note "Heavy"
term frequent effort when often >= 50% cites note "Frequent"

level 3(c) when some effort is heavy, frequent cites level 3(c)
level 1 otherwise cites level 1
"""


def compared(rules: str, old: str = OLD, *, codes: tuple[str, ...] = ("V17",)) -> Mapping[str, Obligation]:
    """What the check finds of rules beside older ones, by subject."""
    only = Selection(checks=codes, against=book(old, name="old.jer"))
    return {one.subject: one for one in check(book(rules), TODAY, only=only, processes=1).obligations}


def test_rules_that_say_the_same_in_other_words_are_proved_the_same() -> None:
    """15000 g are 15 kg, and what is not under half is half or more: the solver finds no job between them."""
    found = compared((HERE / "good.jer").read_text(encoding="utf-8"))
    assert {subject: (one.state, one.by) for subject, one in found.items()} == {"level": (State.PROVED, ("solver",))}


def test_the_very_same_rules_need_no_proof() -> None:
    """Where nothing that moves a level is said differently, the reading alone settles it."""
    assert compared(OLD)["level"].by == ("reading",)


def test_a_job_is_shown_for_each_way_in_which_a_level_goes() -> None:
    """One job is graded higher, one lower; both ends of every change stand beside them."""
    found = compared((HERE / "bad.jer").read_text(encoding="utf-8"))
    wrong = finding(found, "level")
    assert found["level"].state is State.REFUTED
    assert wrong.message == "some jobs come to a higher level than by the other rule book, and some to a lower one"
    assert [one.shows for one in wrong.witnesses] == [
        "level 3(c) here, level 1 by the other rule book",
        "level 1 here, level 3(c) by the other rule book",
    ]
    assert "weight 17 kg" in answers(wrong)[0]
    assert "weight 15 kg" in answers(wrong, 1)[0]
    assert [end.words for end in wrong.ends] == [
        "term frequent (effort): when often >= 50%",
        "term frequent (effort): when often >= 40%",
        "term heavy (effort): when weight >= 15 kg",
        "term heavy (effort): when weight >= 17 kg",
    ]
    assert lines(wrong) == [11, 12, 10, 11]


def test_without_another_rule_book_nothing_is_compared() -> None:
    """The check is silent where only one rule book is given."""
    assert checked(HERE / "bad.jer", "V17") == {}


def test_a_change_that_is_meant_can_be_accepted() -> None:
    """`accept V17 "level"` keeps the finding with its reason."""
    text = (HERE / "bad.jer").read_text(encoding="utf-8")
    found = compared(f'{text}accept V17 "level" on 2026-11-21 because "The panel agreed on 17 kg."\n')
    assert found["level"].state is State.ACCEPTED


def test_what_is_accepted_of_a_comparison_stands_while_nothing_is_compared() -> None:
    """Checked by itself, a book is not told that it accepts a change that nobody looked for."""
    text = OLD + 'accept V17 "level" on 2026-11-21 because "The panel agreed on 17 kg."\n'
    found = check(book(text), TODAY, processes=1).obligations
    assert not [one for one in found if one.check == "V17"]


def test_a_factor_that_has_lost_its_rules_is_shown() -> None:
    """The scheme as a whole is refuted where a factor that had rules has none."""
    lost = OLD.replace("factor 13", "factor 14").replace("Physical", "Mental").replace("3(c)", "3")
    found = compared(lost)
    assert found["factor 13"].state is State.REFUTED
    assert found["level"].finding is not None
    assert found["level"].finding.message == "this rule book has rules for this factor, and the other one has none"
