"""What durable-rules 2.0.28 gets wrong or dies of, and that our API avoids or refuses it.

By the engine's own interface, in its Host or in its compiled part:

* a callback's arguments are counted to guess what it is; a default argument locks the session for good;
* exceptions in a callback are swallowed, SystemExit included;
* numbers like 1e-05 end a batch unread; strings, booleans and numbers are taken for each other; big ones saturate;
* an empty batch, a session in which nothing fired and then is deleted: the process dies;
* a fact that no rule looks at stops the rules on the others;
* 65 true tests of one fact: error 303, the fact half told; 253 attributes: error 302;
* an attribute that is missing, or None, in a join: error 311;
* the same content again is "observed" and lost; two names or ids with one 32-bit hash are one;
* joins on `id` or `sid` read freed memory; a false last join reads past the list;
* the 1,025th session is half made; the 17th pattern is noticed when it is met; priorities do not order a negation;
* 256 patterns with the same end write past their list; 513 first tests: compiling never ends;
* one fact may not meet two patterns of a rule unless told so; rules on the session's own state fire for ever;
* facts taken back out of a rule that has fired: the engine reads on beyond them. We take nothing back;
* the Host leaves two threads behind, and they read freed memory.

Those that would take the test run down with them are run in a process of their own.
"""

import functools
import subprocess
import sys
import textwrap
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest

from jerules.engine.durable.driver import FactShape, Ruleset, available, why_not_available
from jerules.engine.durable.flat import Fact, FlatRule, Pattern, Test
from jerules.faults import OurFault

pytestmark = pytest.mark.skipif(not available(), reason=why_not_available())

HEAVY = FlatRule("heavy", (Pattern("duty", (Test("weight", ">=", 15),)),))
DUTY = FactShape("duty", ("weight",))
LIFTS: list[Fact] = [(DUTY, (15,))]


def apart(code: str, repository: Path) -> str:
    """What a few lines print in a process of their own; the test fails if the process dies or hangs."""
    head = """
        from jerules.engine.durable.driver import FactShape, Ruleset
        from jerules.engine.durable.flat import FlatRule, Pattern, Test
        from jerules.faults import OurFault
        def refused(rules):
            try:
                Ruleset(rules)
            except OurFault as fault:
                return str(fault)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(head) + textwrap.dedent(code)],
        cwd=repository,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_any_callable_will_do() -> None:
    """Trap: with a default argument a callback is taken for an asynchronous one, and the agenda stops for ever."""

    class Listener:
        def __call__(self, rule: str, numbers: tuple[int, ...]) -> None:
            heard.append((rule, numbers))

    def with_default(rule: str, numbers: tuple[int, ...], more: str = "") -> None:
        heard.append((rule + more, numbers))

    heard: list[object] = []
    with Ruleset([HEAVY]) as ruleset:
        for callback in (with_default, functools.partial(with_default, more=""), Listener()):
            ruleset.run(LIFTS, callback)
    assert heard == [("heavy", (0,))] * 3


@pytest.mark.parametrize("error", [KeyError, SystemExit, KeyboardInterrupt])
def test_an_exception_comes_out(error: type[BaseException]) -> None:
    """Trap: whatever a callback raises is swallowed, and the next rules run on half a conclusion."""

    def fail(*_: object) -> None:
        raise error("from the callback")

    with Ruleset([HEAVY]) as ruleset:
        for _ in range(100):
            with pytest.raises(error, match="from the callback"):
                ruleset.run([*LIFTS, *LIFTS], fail)
        assert ruleset.run(LIFTS) == [("heavy", (0,))]


@pytest.mark.parametrize("value", [1e-05, 1e16, 15.0, "15", True, None, float("nan"), 2**53, -(2**53), 2**63])
def test_only_whole_numbers_in_range_are_told(value: object) -> None:
    """Trap: exponents end a batch unread, 5 == "5", true == 1, null is no number, and 2**63 == 2**63 + 1."""
    with Ruleset([HEAVY]) as ruleset:
        with pytest.raises(OurFault, match="`weight` of a fact of kind `duty`"):
            ruleset.run([(DUTY, (15,)), (DUTY, (value,))])  # type: ignore[list-item]
        with pytest.raises(OurFault, match="`weight` of a fact of kind `duty`"):
            ruleset.run([("duty", (("weight", value),))])  # type: ignore[list-item]
        with pytest.raises(OurFault, match="`weight` of a fact of kind `duty`"):
            ruleset.run(LIFTS, lambda *_: [(DUTY, (value,))])
        assert ruleset.run(LIFTS) == [("heavy", (0,))]


def test_the_largest_numbers_are_exact() -> None:
    """Trap: numbers that a float would round are compared as floats. At the edge of the range one still counts."""
    edge = 2**53 - 1
    rules = [FlatRule(str(n), (Pattern("duty", (Test("weight", "==", n),)),)) for n in (edge, edge - 1, -edge)]
    with Ruleset(rules) as ruleset:
        found = ruleset.run([(DUTY, (edge,)), (DUTY, (edge - 1,)), (DUTY, (-edge,)), (DUTY, (edge - 2,))])
    assert found == [(str(edge), (0,)), (str(edge - 1), (1,)), (str(-edge), (2,))]


def test_nothing_to_tell_and_nothing_to_fire(repository: Path) -> None:
    """Trap: an empty batch, and deleting a session in which no rule fired, kill the process."""
    code = """
        for _ in range(300):
            with Ruleset([FlatRule("heavy", (Pattern("duty", (Test("weight", ">=", 15),)),))]) as ruleset:
                for facts in ([], [("duty", (("weight", 1),))], [("unheard", ())], []):
                    assert ruleset.run(facts) == []
        with Ruleset([]) as ruleset:
            assert ruleset.run([("unheard", ())]) == []
        print("alive")
    """
    assert apart(code, repository) == "alive"


def test_a_fact_that_no_rule_looks_at_stops_nothing() -> None:
    """Trap: an unobserved fact raises, and the rules on the facts around it are left waiting."""
    facts: list[Fact] = [("unheard", (("of", 1),)), (DUTY, (15,)), (DUTY, (1,)), ("unheard", ()), (DUTY, (16,))]
    with Ruleset([HEAVY]) as ruleset:
        assert sorted(ruleset.run(facts)) == [("heavy", (1,)), ("heavy", (4,))]


def test_sixty_true_tests_work_and_more_are_refused() -> None:
    """Trap: with 65 true tests side by side a fact is told half, error 303."""
    rules = [FlatRule(f"r{n}", (Pattern("duty", (Test("weight", ">=", n),)),)) for n in range(65)]
    with Ruleset(rules[:60]) as ruleset:
        assert ruleset.run([(DUTY, (100,))]) == [(f"r{n}", (0,)) for n in range(60)]
    with pytest.raises(OurFault, match="`r64` is too much for facts of kind `duty`: 65 tests"):
        Ruleset(rules)


def test_fat_facts_are_trimmed_and_fat_rules_refused() -> None:
    """Trap: from 253 attributes on, a fact is refused with error 302."""
    names = tuple(f"a{n}" for n in range(300))
    with Ruleset([FlatRule("one", (Pattern("duty", (Test("a7", "==", 7),)),))]) as ruleset:
        assert ruleset.run([(FactShape("duty", names), range(300))]) == [("one", (0,))]
    rules = [
        FlatRule(f"r{part}", (Pattern("duty", tuple(Test(name, ">=", 0) for name in names[part : part + 60])),))
        for part in range(0, 300, 60)
    ]
    with Ruleset(rules[:4]) as ruleset:
        assert len(ruleset.run([(FactShape("duty", names[:240]), range(240))])) == 4
    with pytest.raises(OurFault, match="test 300 attributes of facts of kind `duty`"):
        Ruleset(rules)


def test_an_attribute_is_always_there() -> None:
    """Trap: a missing attribute fails every test silently, and raises error 311 in a join."""
    joined = FlatRule("joined", (Pattern("duty", ()), Pattern("aid", (), (("duty", 0, "number"),))))
    with Ruleset([HEAVY, joined]) as ruleset:
        for bad in ([("duty", (("weight", 15),))], [("duty", (("number", 15),))], [("aid", ())]):
            with pytest.raises(OurFault, match="must always have"):
                ruleset.run(bad)


def test_equal_facts_are_two_facts() -> None:
    """Trap: a fact with the content of another is "observed" and lost."""
    with Ruleset([HEAVY, FlatRule("pair", (Pattern("duty", ()), Pattern("duty", ())))]) as ruleset:
        found = ruleset.run([*LIFTS, *LIFTS])
    assert sorted(found) == [("heavy", (0,)), ("heavy", (1,)), *(("pair", (a, b)) for a in (0, 1) for b in (0, 1))]


def test_one_fact_may_meet_two_patterns() -> None:
    """Trap: unless told otherwise, the engine wants two different facts for two patterns."""
    both = FlatRule(
        "both", (Pattern("duty", (Test("weight", ">=", 15),)), Pattern("duty", (Test("weight", "<=", 15),)))
    )
    with Ruleset([both]) as ruleset:
        assert ruleset.run(LIFTS) == [("both", (0, 0))]


def test_joins_compare_numbers_not_hashes(repository: Path) -> None:
    """Trap: 40189 and 797186 have one hash; a join between them is false, and a false last join reads past its list."""
    code = """
        one = FlatRule("one", (Pattern("duty", ()), Pattern("aid", (), (("b", 0, "a"),))))
        two = FlatRule("two", (Pattern("duty", ()), Pattern("aid", (), (("b", 0, "a"), ("c", 0, "a")))))
        pairs = [(40189, 797186), (797186, 40189), (40189, 40189), (40188, 797187)]
        facts = [("duty", (("a", 40189),)), *(("aid", (("b", b), ("c", c))) for b, c in pairs)]
        with Ruleset([one, two]) as ruleset:
            for _ in range(200):
                assert sorted(ruleset.run(facts)) == [("one", (0, 1)), ("one", (0, 3)), ("two", (0, 3))]
        print("alive")
    """
    assert apart(code, repository) == "alive"


def test_as_many_joins_as_allowed_work() -> None:
    """Trap: a pattern holds 31 terms. Twenty-eight joins fit with what the driver adds, and all of them count."""
    names = tuple(f"a{n}" for n in range(28))
    rule = FlatRule("same", (Pattern("duty", ()), Pattern("aid", (), tuple((name, 0, name) for name in names))))
    duty, aid = FactShape("duty", names), FactShape("aid", names)
    with Ruleset([rule]) as ruleset:
        assert ruleset.run([(duty, range(28)), (aid, range(28)), (aid, (*range(27), 0))]) == [("same", (0, 1))]


@pytest.mark.parametrize("name", ["id", "sid", "q", "$s"])
def test_the_engines_own_attributes_are_refused(name: str) -> None:
    """Trap: joins on `id` or `sid` read freed memory; a rule on the session's state fires for ever."""
    for pattern in (Pattern("aid", (), ((name, 0, "weight"),)), Pattern("aid", (Test(name, "==", 1),))):
        with pytest.raises(OurFault, match="`bad` names an attribute that the engine cannot bear"):
            Ruleset([FlatRule("bad", (Pattern("duty", ()), pattern))])


def test_any_number_of_runs_and_rulesets(repository: Path) -> None:
    """Trap: the engine holds 1,024 sessions, and dies of deleting the next. Ours end with their run."""
    code = """
        rules = [FlatRule("heavy", (Pattern("duty", (Test("weight", ">=", 15),)),))]
        kept = [Ruleset(rules) for _ in range(50)]
        for ruleset in kept:
            for _ in range(60):
                assert ruleset.run([("duty", (("weight", 15),))]) == [("heavy", (0,))]
        print("alive")
    """
    assert apart(code, repository) == "alive"


def test_fourteen_patterns_work_and_more_are_refused() -> None:
    """Trap: a rule of 17 patterns compiles, and fails with error 304 when the 17th fact arrives."""
    kinds = [Pattern("duty", (Test("weight", "==", n),)) for n in range(15)]
    facts: list[Fact] = [(DUTY, (n,)) for n in range(14)]
    with Ruleset([FlatRule("long", tuple(kinds[:14]))]) as ruleset:
        assert ruleset.run(facts[::-1]) == [("long", tuple(range(13, -1, -1)))]
    with pytest.raises(OurFault, match="`long` has 15 patterns"):
        Ruleset([FlatRule("long", tuple(kinds))])


def test_there_is_no_negation_to_order() -> None:
    """Trap: `$not` is wrong for facts that come later, and priorities do not help. The flat form cannot say it."""
    for bad in ("!=", "$not", "$nex"):
        with pytest.raises(OurFault, match="not flat"):
            Ruleset([FlatRule("bad", (Pattern("duty", (Test("weight", bad, 1),)),))])  # type: ignore[arg-type]
    with pytest.raises(OurFault, match="cannot bear"):
        Ruleset([FlatRule("bad", (Pattern("duty$not", ()),))])


def test_too_many_first_tests_are_refused_in_time(repository: Path) -> None:
    """Trap: with 513 different tests at one place the engine compiles for ever. As many as we allow do work."""
    code = """
        kinds = [FlatRule(f"r{n}", (Pattern(f"k{n}", ()),)) for n in range(520)]
        tests = [FlatRule(f"r{n}", (Pattern("duty", (Test("weight", "==", n),)),)) for n in range(520)]
        print(refused(kinds))
        print(refused(tests))
        with Ruleset(kinds[:499]) as ruleset:
            assert ruleset.run([("k498", ()), ("k0", ())]) == [("r0", (1,)), ("r498", (0,))]
        with Ruleset(tests[:500]) as ruleset:
            assert ruleset.run([("duty", (("weight", 499),))]) == [("r499", (0,))]
    """
    first, second = apart(code, repository).splitlines()
    assert first.startswith("rule `r499` brings in kind `k499`, one too many")
    assert second.startswith("rule `r500` puts one test too many under another")


def test_too_many_equal_patterns_are_refused(repository: Path) -> None:
    """Trap: the 256th pattern with the same tests is written past its list. As many as we allow do work."""
    code = """
        same = [FlatRule(f"r{n}", (Pattern("duty", (Test("weight", ">=", 15),)),)) for n in range(260)]
        print(refused(same))
        with Ruleset(same[:250]) as ruleset:
            assert ruleset.run([("duty", (("weight", 15),))]) == [(f"r{n}", (0,)) for n in range(250)]
    """
    assert apart(code, repository).startswith("rule `r250` is one too many with exactly these tests")


def test_as_many_rules_as_allowed_work(repository: Path) -> None:
    """Trap: beyond 4,096 rules compiling fails. Four thousand do work."""
    code = """
        many = [FlatRule(f"r{n}", (Pattern(f"k{n // 20}", (Test("weight", "==", n % 20),)),)) for n in range(4001)]
        print(refused(many))
        with Ruleset(many[:4000]) as ruleset:
            found = ruleset.run([("k199", (("weight", 19),)), ("k0", (("weight", 0),))])
            assert found == [("r0", (1,)), ("r3999", (0,))]
    """
    assert apart(code, repository) == "rule `r4000` is one too many: a ruleset holds 4000"


@pytest.mark.parametrize("name", ["job-439599$not", "a$state", "a$flow", "x$any", "x$all"])
def test_names_with_a_meaning_are_refused(name: str) -> None:
    """Trap: some endings of names are commands to the engine."""
    with pytest.raises(OurFault, match="cannot bear"):
        Ruleset([FlatRule(name, (Pattern("duty", ()),))])


def test_the_engine_never_sees_a_name() -> None:
    """Trap: quotes, percent signs and dots in names change what is read. Names of rules are free; the text has none."""
    rule = FlatRule('50% of "shifts" {a.b}', (Pattern("duty", (Test("weight", ">=", 15),)),))
    with Ruleset([rule]) as ruleset:
        assert ruleset.run(LIFTS) == [(rule.name, (0,))]
        assert "shifts" not in ruleset._encoding.text
        assert "weight" not in ruleset._encoding.text


def test_rules_without_end_are_stopped() -> None:
    """Trap: rules that always conclude more run until the memory is full. A run may go only so far."""
    pairs = FlatRule("pair", (Pattern("duty", ()), Pattern("duty", ())))

    def more(rule: str, numbers: tuple[int, ...]) -> Sequence[Fact]:
        assert numbers
        return LIFTS if rule == "heavy" else []

    with Ruleset([HEAVY, pairs], most_firings=1000) as ruleset:
        with pytest.raises(OurFault, match="fired more than 1000 times, last `pair`"):
            ruleset.run(LIFTS, more)
        assert ruleset.run([(DUTY, (1,))]) == [("pair", (0, 0))]
    with Ruleset([HEAVY], most_facts=50) as ruleset:
        with pytest.raises(OurFault, match="more than 50 facts"):
            ruleset.run(LIFTS * 51)
        with pytest.raises(OurFault, match="more than 50 facts"):
            ruleset.run(LIFTS, lambda *_: LIFTS)
        assert ruleset.run(LIFTS) == [("heavy", (0,))]


def test_a_run_that_was_torn_off_does_not_spoil_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap: a session that was begun and in which nothing fired can be neither used nor deleted. It is left behind."""
    with Ruleset([HEAVY]) as ruleset:
        native = ruleset._native

        class Torn:
            error = native.error
            assert_fact = staticmethod(native.assert_fact)

            @staticmethod
            def start_action_for_state(*_: object) -> None:
                raise KeyboardInterrupt

        monkeypatch.setattr(ruleset, "_native", Torn)
        with pytest.raises(KeyboardInterrupt):
            ruleset.run(LIFTS)
        monkeypatch.setattr(ruleset, "_native", native)
        assert ruleset.run(LIFTS) == [("heavy", (0,))]


def test_errors_of_the_engine_are_our_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap: the engine reports by numbers. Whatever it reports within our limits is a defect of ours, and says so."""
    with Ruleset([HEAVY]) as ruleset:
        native = ruleset._native

        class Failing:
            def __getattr__(self, name: str) -> object:
                return getattr(native, name)

            def assert_fact(self, handle: int, text: str) -> tuple[int, int]:
                if '"q":1' in text and isinstance(answer, Exception):
                    raise answer
                done = native.assert_fact(handle, text)
                return (answer, done[1]) if '"q":1' in text and isinstance(answer, int) else done

        answer: int | Exception = 0
        monkeypatch.setattr(ruleset, "_native", Failing())
        answers: list[tuple[int | Exception, str]] = [
            (native.error("error code: 303"), "failed inside its tested limits: error code: 303"),
            (2, "took a fact for one it knows"),
            (3, "answered 3"),
        ]
        for given, said in answers:
            answer = given
            with pytest.raises(OurFault, match=said):
                ruleset.run(LIFTS)
        monkeypatch.setattr(ruleset, "_native", native)
        assert ruleset.run(LIFTS) == [("heavy", (0,))]


def test_no_threads_are_left_behind() -> None:
    """Trap: a Host starts two threads that nothing stops, and that read sessions after they are deleted."""
    before = threading.active_count()
    with Ruleset([HEAVY]) as ruleset:
        ruleset.run(LIFTS)
    assert threading.active_count() == before
    assert "durable.engine" not in sys.modules
