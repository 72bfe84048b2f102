"""Tries mutants: each against the examples of the factors that it touches, then what nothing noticed."""

from __future__ import annotations

import copyreg
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from jerules.exercise.cases import Case, by_factor, case_of, fails
from jerules.exercise.changes import changed, only, statement_at, touches, unread
from jerules.exercise.mutants import Mutant, mutants
from jerules.exercise.mutation import (
    NO_EXAMPLES,
    NOT_SOUGHT,
    NOTHING,
    Chosen,
    Fate,
    Mutation,
    Prover,
    Result,
    chosen_of,
)
from jerules.exercise.same import same
from jerules.exercise.witness import Found, Search
from jerules.faults import OurFault
from jerules.rulebook import model as m

_AT_ONCE: Final = 40  # mutants that a process is given at a time


def _read_only(table: dict[object, object]) -> MappingProxyType[object, object]:
    return MappingProxyType(table)


# A rule book is handed to other processes, and its read-only tables with it.
copyreg.pickle(MappingProxyType, lambda table: (_read_only, (dict(table),)))


def mutate(
    book: m.RuleBook,
    chosen: Chosen | None = None,
    *,
    noticed_by_proof: Prover | None = None,
    processes: int = 1,
    watch: Callable[[int, int], None] | None = None,
) -> Mutation:
    """Try mutants of a book against its examples, then against proofs, and look for what would tell the survivors.

    Args:
        book: the rule book.
        chosen: which mutants; all of them when left out.
        noticed_by_proof: what a proof says of a mutant that no example notices; a function of a module, so that other
            processes can be given it.
        processes: how many to work in.
        watch: called with how many mutants are done, and how many there are to do.

    Raises:
        Faulty: an example has mistakes.
        OurFault: an example does not hold for the book itself, so that nothing could be learnt from it.

    """
    wanted = chosen_of(book, chosen or Chosen())
    homes: dict[str, list[Mutant]] = {}
    for mutant in wanted:
        homes.setdefault(mutant.home, []).append(mutant)
    at_once = max(1, min(_AT_ONCE, len(wanted) // processes))
    tasks = [
        tuple(one.id for one in group[start : start + at_once])
        for group in homes.values()
        for start in range(0, len(group), at_once)
    ]
    found: dict[str, Result] = {}
    for results in _tried(Bench(book, noticed_by_proof), tasks, min(processes, len(tasks))):
        for result in results:
            found[result.mutant.id] = result
        if watch:
            watch(len(found), len(wanted))
    return Mutation(book, tuple(found[mutant.id] for mutant in wanted), len(mutants(book)))


# ── in this process, or in several ───────────────────────────────────────────────────────────────────────────────


def _tried(bench: Bench, tasks: Sequence[tuple[str, ...]], processes: int) -> Iterator[tuple[Result, ...]]:
    if processes <= 1:
        yield from map(bench.results, tasks)
        return
    with ProcessPoolExecutor(processes, initializer=_begin, initargs=(bench.book, bench.prover)) as pool:
        yield from pool.map(_work, tasks)


_HERE: list[Bench] = []
"""The bench of a process that was started to work on mutants; empty in any other."""


def _begin(book: m.RuleBook, prover: Prover | None) -> None:
    _HERE[:] = [Bench(book, prover)]


def _work(names: tuple[str, ...]) -> tuple[Result, ...]:
    return _HERE[0].results(names)


# ── one mutant ───────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(slots=True)
class Bench:
    """Tries mutants of one book; what is laid out for one of them serves the others."""

    book: m.RuleBook
    prover: Prover | None = None
    _mutants: dict[str, Mutant] = field(init=False)
    _examples: dict[str, tuple[m.Example, ...]] = field(init=False)
    _cases: dict[str, tuple[Case, ...]] = field(default_factory=dict, init=False)
    _searches: dict[str, Search] = field(default_factory=dict, init=False)
    _found: dict[str, list[Case]] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self._mutants = {mutant.id: mutant for mutant in mutants(self.book)}
        self._examples = by_factor(self.book.examples)

    def results(self, names: Iterable[str]) -> tuple[Result, ...]:
        """What becomes of the mutants of these names."""
        return tuple(self.result(self._mutants[name]) for name in names)

    def result(self, mutant: Mutant) -> Result:
        """What becomes of a mutant."""
        whole = changed(self.book, mutant.where, mutant.statement)
        books = {factor: only(whole, factor) for factor in touches(self.book, mutant.where)}
        for factor, book in books.items():
            for case in self._of(factor):
                if fails(book, case):
                    return Result(
                        mutant,
                        Fate.EXAMPLE,
                        f"{case.example.place.file}:{case.example.place.line}: “{case.example.title}”",
                    )
        was = statement_at(self.book, mutant.where)
        if _keeps_effect(was, mutant) and mutant.statement and same(
            self.book, was.condition, mutant.statement.condition
        ):  # fmt: skip
            return Result(mutant, Fate.SAME)
        proved = self.prover(self.book, whole) if self.prover else NOTHING
        if proved.fate is not None:
            return Result(mutant, proved.fate, proved.by)
        if unread(self.book, mutant.where):
            return Result(mutant, Fate.SAME)
        return self._searched(mutant, books, levels_stand=proved.levels_stand)

    def _searched(self, mutant: Mutant, books: Mapping[str, m.RuleBook], *, levels_stand: bool) -> Result:
        """What becomes of a mutant that nothing notices: an example that would, or why there is none."""
        why: list[str] = []
        for factor, book in books.items():
            found = self._witness(factor, book, mutant)
            if found.example:
                return Result(mutant, Fate.SURVIVES, "", found.example)
            why.append(found.why)
        # Of a procedure, which has none, levels prove nothing.
        if levels_stand and not any(self.book.factors[factor].procedure for factor in books):
            return Result(mutant, Fate.SAME, "no job about which all is known comes to another level")
        return Result(mutant, Fate.UNTOLD, "; ".join(dict.fromkeys(why)) or "no factor rests on it")

    def _of(self, factor: str) -> tuple[Case, ...]:
        found = self._cases.get(factor)
        if found is None:
            found = tuple(case_of(self.book, example) for example in self._examples.get(factor, ()))
            base = only(self.book, factor)
            for case in found:
                if fails(base, case):
                    message = f"{case.example.place}: this example does not hold, so that mutants cannot be tried on it"
                    raise OurFault(message)
            self._cases[factor] = found
        return found

    def _witness(self, factor: str, book: m.RuleBook, mutant: Mutant) -> Found:
        """An example that tells a mutant: one that told another already, or a new one."""
        if not self._examples.get(factor):
            return Found(None, NO_EXAMPLES)
        if self.book.factors[factor].procedure:
            return Found(None, NOT_SOUGHT)
        known = self._found.setdefault(factor, [])
        for case in known:
            if fails(book, case):
                return Found(case.example)
        search = self._searches.get(factor)
        if search is None:
            self._searches.clear()  # mutants come factor by factor, and what a search keeps is large
            examples = self._examples.get(factor, ())
            search = self._searches[factor] = Search(self.book, factor, examples)
        was = statement_at(self.book, mutant.where).condition
        becomes = mutant.statement.condition if mutant.statement else None
        found = search.witness(book, [condition for condition in (was, becomes) if condition])
        if found.example:
            known.append(case_of(self.book, found.example))
        return found


def _keeps_effect(was: m.Rule | m.Definition, mutant: Mutant) -> bool:
    if isinstance(was, m.Rule) and isinstance(mutant.statement, m.Rule):
        return was.effect == mutant.statement.effect
    return mutant.statement is not None
