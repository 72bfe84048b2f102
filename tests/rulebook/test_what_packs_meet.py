"""What no example of the shipped NJC rules can show: the caps that only a pack meets, and what an assumption answers.

And that an entry that belongs to another factor is said to belong there, also where it would give no level anyway.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from jerules.engine.choose import choose
from jerules.exercise.coverage import cover, looks_of
from jerules.explain.evaluate import evaluate
from jerules.explain.examples import check_example
from jerules.jobs.examples import job_of
from jerules.rulebook.load import load_rulebook
from jerules.rulebook.model import Bars

REGULATION = """\
scheme njc
factor 9 "Responsibility for people (well-being)"
pack "Regulation at level 5" agreed 2026-03-01 by "Joint group"

level 5 when some service is statutory, (prosecutes) cites level 5

example "Regulation stays at level 4"
  service: kind regulates, for_whom public, direct yes, agency yes, prosecutes yes, at_stake serious
  nothing else
  gives level 4

example "Beside care that reaches level 3, the local rule counts"
  service: kind regulates, for_whom public, direct yes, agency yes, prosecutes yes, at_stake serious
  service: kind cares, for_whom public, direct yes, relies yes, assesses that_day, acts gives
  nothing else
  gives level 5
"""
BASIC = """\
scheme njc
factor 12 "Responsibility for physical and information resources"
pack "Computers at level 2" agreed 2026-03-01 by "Joint group"

level 2(b) when some resource_duty is basic, regular cites level 2(b)

example "A PC stays at level 1"
  resource_duty: kind equipment, item basic, pooled no, rhythm daily
  nothing else
  gives level 1

example "Beside a cleaner's work, the local rule counts"
  resource_duty: kind equipment, item basic, pooled no, rhythm daily
  resource_duty: kind cleaning, upkeep cleans, rhythm daily
  nothing else
  gives level 2
"""


VEHICLES = """\
scheme njc
factor 4 "Physical skills"
pack "Vehicles for the panel" agreed 2026-03-01 by "Joint group"
without A-NJC-25 agreed 2026-03-01 by "Joint group"

example "A minibus with passengers"
  skill: kind driving, needed_now yes, vehicle minibus, harder_by passengers
  nothing else
  gives level 2 to 3(b)

example "A tractor with attachments"
  skill: kind driving, needed_now yes, vehicle tractor, harder_by attachments
  nothing else
  gives level 3(b) to 4(b)
"""


@pytest.mark.parametrize(
    ("pack", "factor", "cap"), [(REGULATION, "9", "at most 4"), (BASIC, "12", "at most 1")], ids=["9", "12"]
)
def test_a_cap_holds_back_a_local_rule(tmp_path: Path, pack: str, factor: str, cap: str) -> None:
    """With a local rule on top the cap decides; where the cap does not speak, the local rule gives its level."""
    assert deciding(tmp_path, pack, factor, cap) == [True]


def test_the_panel_decides_on_vehicles_where_the_assumption_is_switched_off(tmp_path: Path) -> None:
    """Without A-NJC-25 it is left to the panel whether a circumstance is enough for the upper level."""
    assert deciding(tmp_path, VEHICLES, "4", "panel decides middling_vehicle 2 or 3(b)") == [True]
    assert deciding(tmp_path, VEHICLES, "4", "panel decides large_vehicle 3(b) or 4(b)") == [True]


def deciding(folder: Path, pack: str, factor: str, rule: str) -> list[bool]:
    """Whether a rule decides in an example of a pack, all of which hold."""
    path = folder / "local.jer"
    path.write_text(pack, encoding="utf-8")
    book = load_rulebook("njc", (path,), examples=False)
    assert [one.title for one in book.examples if not check_example(book, one, choose).holds] == []
    found = cover(book, looks_of(book, book.examples), [factor])
    return [one.shown for one in found.rules if one.says == rule]


@pytest.mark.parametrize(
    ("factor", "title", "under"),
    [
        (1, "Skills of other factors are not knowledge", {"4", "2"}),
        (1, "Skill with people is not knowledge", {"3"}),
        (3, "Only translates texts: that is knowledge", {"1"}),
        (4, "Knowing a program is knowledge", {"1"}),
        (8, "Verbal abuse every day is a working condition", {"13"}),
        (8, "Deadlines are not an emotional demand", {"7"}),
        (11, "Prints cheques", {"12"}),
    ],
)
def test_what_belongs_elsewhere_is_said_to(factor: int, title: str, under: set[str]) -> None:
    """The outcome names the factor that an entry belongs to, whether or not it would have given a level here."""
    book = load_rulebook("njc")
    (example,) = [one for one in book.examples if one.title == title]
    kept = evaluate(book, job_of(example, book), choose(book)).factor(factor).kept_out
    assert {one.rule.effect.credited for one in kept if isinstance(one.rule.effect, Bars)} == under
