"""Runs flat rules in durable-rules, inside the part of it that was measured to be right and safe.

One :class:`Ruleset` is one ruleset of the engine. Every run is one session of it: begun, given its facts, drained and
deleted, whatever happens. A new session for every run costs less than a tenth of a millisecond for a hundred rules; to
keep one and take its facts back is hardly faster, and the engine then reads beyond the ends of what has fired.
"""

from __future__ import annotations

import os
import threading
import weakref
from collections.abc import Callable, Sequence
from functools import cache
from types import TracebackType
from typing import Final, Self, TypeAlias, cast

from jerules.engine.durable.encoding import SENTINEL_FACT, SENTINEL_RULE, Writer, encode
from jerules.engine.durable.flat import (
    FIRST_ID,
    NUMBERED_FACTS,
    Fact,
    FactShape,
    Firing,
    FlatRule,
    Pattern,
    Test,
    check_values,
)
from jerules.engine.durable.limits import check_limits
from jerules.engine.durable.native import ALREADY_THERE, HANDLED, NOT_OBSERVED, native, version
from jerules.faults import OurFault, Unavailable

__all__ = ["FactShape", "OnMatch", "Ruleset", "available", "version", "why_not_available"]

OnMatch: TypeAlias = Callable[[str, tuple[int, ...]], Sequence[Fact] | None]

MOST_FIRINGS: Final = 20_000
MOST_FACTS: Final = 2_000
"""How far one run may go unless the ruleset is told otherwise; a job has some dozens of facts and of firings."""

_AT_ONCE: Final = 16  # facts told between two drainings; few enough that pairs and triples of them stay few

# {"0007":{"A":{"id":10003,...},"B":{"id":10001,...}}} is how the engine reports rule 7 on facts 3 and 1.
_RULE = slice(2, 6)
_FIRST_NUMBER: Final = len('{"0000":{"A":{"id":')
_DIGITS: Final = len(str(FIRST_ID))
_BETWEEN: Final = len(',"B":')


class Ruleset:
    """Flat rules, compiled once and run as often as wished, from any thread, one run at a time.

    Args:
        rules: the rules; their order is the order in which firings are reported when several are due.
        most_firings, most_facts: a run that goes beyond one of these ends in OurFault.

    Raises:
        OurFault: the engine cannot hold the rules.
        Unavailable: durable-rules cannot be used here; :func:`why_not_available` says why.
    """

    def __init__(
        self, rules: Sequence[FlatRule], *, most_firings: int = MOST_FIRINGS, most_facts: int = MOST_FACTS
    ) -> None:
        check_limits(rules)
        if not 0 < most_facts <= NUMBERED_FACTS:
            raise OurFault(f"a run can have 1 to {NUMBERED_FACTS} facts, not {most_facts}")
        self._native = native()
        self._encoding = encode(rules)
        self._most_firings, self._most_facts = most_firings, most_facts
        self._rules = (("", 1), *((rule.name, len(rule.patterns)) for rule in rules))
        self._writers: dict[FactShape, Writer | None] = {}
        self._shapes: dict[tuple[str, tuple[str, ...]], FactShape] = {}
        self._unlock()
        self._open()
        _EVERY.add(self)

    def _unlock(self) -> None:
        self._lock = threading.Lock()
        self._runner: int | None = None

    def _open(self) -> None:
        """Give the rules to the engine, and see to it that it forgets them when this object goes."""
        try:
            self._handle = self._native.create_ruleset("jerules", self._encoding.text)
        except (self._native.error, MemoryError) as error:
            raise OurFault(f"durable-rules refused rules that are within its limits: {error}") from error
        self._forget = weakref.finalize(self, self._native.delete_ruleset, self._handle)
        self._forget.atexit = False
        self._left_open = False

    def run(self, facts: Sequence[Fact], on_match: OnMatch | None = None) -> list[Firing]:
        """Fire every rule on every combination of facts that meets it, until nothing new follows.

        Args:
            facts: numbered from 0 in this order; each a kind with (attribute, whole number) pairs, or a
                :class:`FactShape` with its values, which is faster. Equal facts are different facts.
            on_match: called with the rule's name and the facts' numbers at each firing; the facts that it returns get
                the next numbers and are matched too. It must not run this ruleset itself.

        Returns:
            Every firing in the order fired: the rule's name, and the numbers of its facts in the order of its patterns.

        Raises:
            OurFault: a fact lacks an attribute that the rules look at, or is not made of whole numbers under 2**53;
                the run goes beyond what it may; the engine failed; or a run was begun inside a run, or after closing.
        """
        if self._runner == threading.get_ident():
            raise OurFault("a ruleset was run from its own `on_match`")
        with self._lock:
            if not self._forget.alive:
                raise OurFault("a ruleset was run after it was closed")
            self._runner = threading.get_ident()
            try:
                return self._session(facts, on_match)
            except self._native.error as error:
                raise OurFault(f"durable-rules failed inside its tested limits: {error}") from error
            finally:
                self._runner = None

    def _session(self, facts: Sequence[Fact], on_match: OnMatch | None) -> list[Firing]:
        texts: list[str] = []
        self._write(facts, texts)
        if self._left_open:
            # A run was torn off between two calls (a signal, a fork): its session can neither be used nor deleted.
            self._forget()
            self._open()
        self._left_open = True
        # A session in which nothing has fired can not be deleted safely; the sentinel has fired before all else.
        _, session = self._native.assert_fact(self._handle, SENTINEL_FACT)
        started = self._native.start_action_for_state(self._handle, session)
        if started is None or started[1][_RULE] != SENTINEL_RULE:
            raise OurFault("durable-rules did not fire its first rule")
        try:
            self._native.complete_and_start_action(self._handle, session)
            return self._drain(session, texts, on_match)
        finally:
            self._native.delete_state(self._handle, None)
            self._left_open = False

    def _drain(self, session: int, texts: list[str], on_match: OnMatch | None) -> list[Firing]:
        """Tell the facts, a few at a time, and take every firing after each few; what follows queues up behind.

        The engine works out all that is due at once, so rules without end fill the memory before they are noticed if it
        is told everything first.
        """
        start, advance, handle = (
            self._native.start_action_for_state,
            self._native.complete_and_start_action,
            self._handle,
        )
        firings: list[Firing] = []
        told = 0
        while told < len(texts):
            few = texts[told : told + _AT_ONCE]
            told += len(few)
            self._tell(few)
            started = start(handle, session)
            message = started and started[1]
            while message is not None:
                firing = self._firing(message, texts)
                firings.append(firing)
                if len(firings) > self._most_firings:
                    raise OurFault(f"the rules fired more than {self._most_firings} times, last `{firing[0]}`")
                if on_match is not None and (conclusions := on_match(*firing)):
                    self._write(conclusions, texts)
                message = advance(handle, session)
        return firings

    def _firing(self, message: str, texts: Sequence[str]) -> Firing:
        """Read a firing off the engine's report, whose layout is known: the facts in it are the texts it was told."""
        name, size = self._rules[int(message[_RULE])]
        at, numbers = _FIRST_NUMBER, []
        for _ in range(size):
            number = int(message[at : at + _DIGITS]) - FIRST_ID
            numbers.append(number)
            at += len(texts[number]) + _BETWEEN
        return name, tuple(numbers)

    def _write(self, facts: Sequence[Fact], texts: list[str]) -> None:
        """Add the facts' texts to the others; a fact that no rule looks at has an empty one."""
        if len(texts) + len(facts) > self._most_facts:
            raise OurFault(f"a run has more than {self._most_facts} facts")
        writers = self._writers
        for kind, given in facts:
            if isinstance(kind, FactShape):
                shape, values = kind, cast("Sequence[int]", given)
            else:
                shape, values = self._shaped(kind, cast("Sequence[tuple[str, int]]", given))
            check_values(shape.kind, shape.attributes, values)
            try:
                writer = writers[shape]
            except KeyError:
                writer = writers[shape] = self._encoding.writer(shape)
            if writer is None:
                texts.append("")
            elif writer.choose is None:
                texts.append(writer.template % (FIRST_ID + len(texts), *values))
            else:
                texts.append(writer.template % (FIRST_ID + len(texts), *writer.choose(values)))

    def _shaped(self, kind: str, pairs: Sequence[tuple[str, int]]) -> tuple[FactShape, Sequence[int]]:
        attributes = tuple([name for name, _ in pairs])
        shape = self._shapes.get((kind, attributes))
        if shape is None:
            shape = self._shapes[kind, attributes] = FactShape(kind, attributes)
        return shape, [value for _, value in pairs]

    def _tell(self, texts: Sequence[str]) -> None:
        """Assert the facts one by one: in a batch, one that the engine cannot read takes the rest along unsaid."""
        tell, handle = self._native.assert_fact, self._handle
        for text in texts:
            if text and (outcome := tell(handle, text)[0]) not in _EXPECTED:
                what = "took a fact for one it knows" if outcome == ALREADY_THERE else f"answered {outcome}"
                raise OurFault(f"durable-rules {what}: {text}")

    def close(self) -> None:
        """Give the engine's memory back; happens by itself when the ruleset is no longer in use."""
        if self._runner == threading.get_ident():
            raise OurFault("a ruleset was closed from its own `on_match`")
        with self._lock:
            self._forget()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        self.close()

    def _after_fork(self) -> None:
        """In a child process: a run that another thread had begun will not go on here."""
        if self._runner != threading.get_ident():
            self._unlock()


_EXPECTED: Final = (HANDLED, NOT_OBSERVED)
_EVERY: weakref.WeakSet[Ruleset] = weakref.WeakSet()


def _refresh_every() -> None:
    for ruleset in list(_EVERY):
        ruleset._after_fork()  # noqa: SLF001 - the class's own business, called for by the interpreter


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_refresh_every)


def available() -> bool:
    """Whether durable-rules can be used here: it loads, and gets a small known job right. Tried once, never raises."""
    return not why_not_available()


@cache
def why_not_available() -> str:
    """Why durable-rules cannot be used here, in plain words; an empty string if it can."""
    try:
        native()
        return _self_check()
    except Unavailable as reason:
        return str(reason)
    except Exception as error:  # noqa: BLE001 - whatever it is, the caller wants to know that it cannot be used
        return f"durable-rules {version()} failed its self-check: {error}"


def _self_check() -> str:
    """Run the known job: borders, large and negative numbers, a join, two steps; an empty string if all is right."""
    far = 2**52 + 1
    rules = [
        FlatRule("border", (Pattern("duty", (Test("weight", ">=", 15), Test("weight", "<=", 15))),)),
        FlatRule("large", (Pattern("duty", (Test("code", "==", far),)),)),
        FlatRule("below", (Pattern("duty", (Test("code", "<=", -far),)),)),
        FlatRule("pair", (Pattern("duty", ()), Pattern("aid", (), (("weight", 0, "weight"),)))),
        FlatRule("step", (Pattern("aid", (Test("weight", ">=", 16),)), Pattern("aid", (Test("weight", ">=", 16),)))),
    ]
    duty, aid = FactShape("duty", ("weight", "code")), FactShape("aid", ("weight",))
    facts: list[Fact] = [(duty, (15, far)), (duty, (16, far - 1)), (duty, (14, -far)), (aid, (15,))]
    right = [
        ("border", (0,)),
        ("large", (0,)),
        ("below", (2,)),
        ("pair", (0, 3)),
        ("pair", (1, 4)),
        ("step", (4, 4)),
    ]
    with Ruleset(rules) as ruleset:
        found = ruleset.run(facts, lambda name, _: [(aid, (16,))] if name == "border" else None)
    if sorted(found) != sorted(right):
        return f"durable-rules {version()} failed its self-check: it found {sorted(found)}"
    return ""
