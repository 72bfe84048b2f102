"""What a run of flat rules answers, and how a ruleset behaves as an object."""

import gc
import os
import threading
from collections.abc import Iterator, Sequence

import pytest

from jerules.engine.durable.driver import FactShape, Ruleset, available, version, why_not_available
from jerules.engine.durable.flat import Fact, FlatRule, Pattern, Test
from jerules.faults import OurFault

pytestmark = pytest.mark.skipif(not available(), reason=why_not_available())

HEAVY = FlatRule("heavy", (Pattern("duty", (Test("weight", ">=", 15),)),))
AIDED = FlatRule("aided", (Pattern("duty", ()), Pattern("aid", (), (("duty", 0, "number"),))))
DUTY = FactShape("duty", ("number", "weight"))


@pytest.fixture
def duties() -> Iterator[Ruleset]:
    with Ruleset([HEAVY, AIDED]) as ruleset:
        yield ruleset


def test_a_rule_fires_once_for_each_fact_that_passes(duties: Ruleset) -> None:
    """Facts are numbered from 0 as given; a threshold counts as reached when met exactly."""
    facts: list[Fact] = [(DUTY, (1, 14)), (DUTY, (2, 15)), (DUTY, (3, 16))]
    assert duties.run(facts) == [("heavy", (1,)), ("heavy", (2,))] or duties.run(facts) == [
        ("heavy", (2,)),
        ("heavy", (1,)),
    ]


def test_pairs_and_shapes_say_the_same(duties: Ruleset) -> None:
    """A fact may be given as pairs in any order or as values of a prepared shape."""
    shaped: list[Fact] = [(DUTY, (1, 15)), (FactShape("aid", ("duty",)), (1,))]
    plain: list[Fact] = [("duty", (("weight", 15), ("number", 1))), ("aid", (("duty", 1),))]
    assert sorted(duties.run(shaped)) == sorted(duties.run(plain)) == [("aided", (0, 1)), ("heavy", (0,))]


def test_attributes_that_no_rule_looks_at_do_no_harm(duties: Ruleset) -> None:
    """The engine is told only what the rules ask for, so a fact may carry any number of other attributes."""
    fat = FactShape("duty", (*(f"extra{n}" for n in range(400)), "weight", "number"))
    assert duties.run([(fat, (*range(400), 15, 1))]) == [("heavy", (0,))]


def test_conclusions_are_numbered_and_matched_too() -> None:
    """What `on_match` returns gets the next numbers, in order, and may fire rules itself, until nothing follows."""
    rules = [FlatRule(f"step {n}", (Pattern("at", (Test("place", "==", n),)), Pattern("duty", ()))) for n in range(5)]
    at = FactShape("at", ("place",))

    def on_match(rule: str, numbers: tuple[int, ...]) -> Sequence[Fact]:
        seen.append((rule, numbers))
        return [(at, (int(rule[-1]) + 1,)), ("unheard", (("of", 1),))]

    seen: list[tuple[str, tuple[int, ...]]] = []
    with Ruleset(rules) as ruleset:
        found = ruleset.run([("duty", ()), (at, (0,))], on_match)
    assert found == seen
    assert found == [(f"step {n}", (1 if n == 0 else 2 * n, 0)) for n in range(5)]


def test_firings_come_in_the_order_of_the_rules() -> None:
    """Of several rules that are due, the one that was written first fires first, every time."""
    with Ruleset([FlatRule(f"r{n}", (Pattern("duty", ()),)) for n in range(20)]) as ruleset:
        for _ in range(5):
            assert [name for name, _ in ruleset.run([("duty", ())])] == [f"r{n}" for n in range(20)]


def test_one_run_leaves_nothing_to_the_next(duties: Ruleset) -> None:
    """Every run starts empty, also after one that matched nothing."""
    assert duties.run([(DUTY, (1, 15))]) == [("heavy", (0,))]
    assert duties.run([(DUTY, (1, 1))]) == []
    assert duties.run([("aid", (("duty", 1),))]) == []
    assert duties.run([(DUTY, (1, 15))]) == [("heavy", (0,))]


def test_a_shape_writes_whole_numbers_only() -> None:
    """The text of a fact has its id, its kind, and every number in full."""
    assert DUTY.json(3, (10**15, -1)) == '{"id":10003,"q":"duty","number":1000000000000000,"weight":-1}'
    for bad in ((1,), (1, 2, 3), (1, 1e16), (1, 1.0), (1, True), (1, None), (1, "2"), (1, 2**53)):
        with pytest.raises(OurFault, match="`duty`"):
            DUTY.json(0, bad)  # type: ignore[arg-type]
    with pytest.raises(OurFault, match="twice"):
        FactShape("duty", ("weight", "weight"))


def test_a_ruleset_serves_many_threads(duties: Ruleset) -> None:
    """Runs from several threads wait for each other, and each gets its own answer."""
    wrong: list[object] = []

    def work(weight: int) -> None:
        facts: list[Fact] = [(DUTY, (n, weight)) for n in range(weight)]
        for _ in range(50):
            found = sorted(duties.run(facts))
            if found != [("heavy", (n,)) for n in range(weight) if weight >= 15]:
                wrong.append(found)

    threads = [threading.Thread(target=work, args=(weight,)) for weight in (1, 13, 14, 15, 16, 17)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_run_inside_a_run_is_refused(duties: Ruleset) -> None:
    """The engine would mix the two; another ruleset may be run, and this one is sound afterwards."""
    facts: list[Fact] = [(DUTY, (1, 15))]
    with pytest.raises(OurFault, match="from its own `on_match`"):
        duties.run(facts, lambda *_: [("duty", ())] if duties.run(facts) else None)
    with pytest.raises(OurFault, match="closed from its own `on_match`"):
        duties.run(facts, lambda *_: duties.close())
    with Ruleset([HEAVY]) as other:
        assert duties.run(facts, lambda *_: [] if other.run(facts) else None) == [("heavy", (0,))]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_forked_process_can_go_on(duties: Ruleset) -> None:
    """A child has rulesets of its own, even if another thread of the parent was in the middle of a run."""
    facts: list[Fact] = [(DUTY, (1, 15))]
    inside, go_on = threading.Event(), threading.Event()

    def wait(*_: object) -> None:
        inside.set()
        go_on.wait(60)

    busy = threading.Thread(target=duties.run, args=(facts, wait))
    busy.start()
    inside.wait(60)
    child = os.fork()
    if child == 0:
        os._exit(0 if duties.run(facts) == duties.run(facts) == [("heavy", (0,))] else 1)
    go_on.set()
    busy.join()
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert duties.run(facts) == [("heavy", (0,))]


def test_a_closed_ruleset_is_not_run() -> None:
    """Closing gives the memory back; closing again does nothing."""
    ruleset = Ruleset([HEAVY])
    ruleset.close()
    ruleset.close()
    with pytest.raises(OurFault, match="after it was closed"):
        ruleset.run([])


def test_a_forgotten_ruleset_is_deleted() -> None:
    """The engine's part goes with the object."""
    ruleset = Ruleset([HEAVY])
    forget = ruleset._forget
    del ruleset
    gc.collect()
    assert not forget.alive


def test_the_engine_says_what_it_is() -> None:
    """Here it loads and passes its self-check; the version is the one that was examined."""
    assert (available(), why_not_available(), version()) == (True, "", "2.0.28")
