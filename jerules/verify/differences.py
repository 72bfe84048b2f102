"""Two rule books, an old one and a new one: what they say differently, and which jobs come to another level by it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from jerules.engine.choose import choose
from jerules.explain.evaluate import evaluate
from jerules.explain.telling import tell_factor
from jerules.explain.told import FactorTelling
from jerules.jobs.model import Job
from jerules.rulebook import model as m
from jerules.rulebook.sources import sources_of
from jerules.scheme.paragraphs import Index, Paragraph
from jerules.verify.bench import Undecided
from jerules.verify.editions import Moved, Two, Way, same_by_reading
from jerules.verify.model import State
from jerules.verify.processes import shared
from jerules.verify.settle import READING, SOLVER
from jerules.verify.statements import CHANGED, GONE, NEW, Change, changes, concerning
from jerules.verify.undisturbed import undisturbed
from jerules.verify.witness import only

OLD_ONLY, NEW_ONLY = "old", "new"


@dataclass(frozen=True, slots=True)
class Witnessed:
    """A job that comes to another level, with what either book has to say of the factor."""

    moved: Moved
    old: FactorTelling
    new: FactorTelling


@dataclass(frozen=True, slots=True)
class FactorDifference:
    """What becomes of one factor.

    ``state`` is proved where every job has the same level by both books, refuted where one has not. ``only`` is `old`
    or `new` where just that book has rules for the factor. ``undecided`` are the ways in which nothing could be shown.
    ``entries`` were considered of a record at most; ``needed`` is how many it would take, where that is more.
    """

    key: str
    number: int
    title: str
    state: State
    by: tuple[str, ...] = ()
    witnesses: tuple[Witnessed, ...] = ()
    undecided: tuple[Way, ...] = ()
    only: str = ""
    entries: int = 0
    needed: int = 0


@dataclass(frozen=True, slots=True)
class Touched:
    """A paragraph, without the names of scheme and edition, with the changed statements that rest on it.

    ``how`` says what became of its own text (empty: the same, or not compared); ``resting`` are the statements of the
    new book that rest on a paragraph whose text is another one.
    """

    id: str
    words: str
    changes: tuple[Change, ...]
    how: str = ""
    resting: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Differences:
    """What two rule books say differently, and what becomes of the factors by it."""

    old: m.RuleBook
    new: m.RuleBook
    changes: tuple[Change, ...]
    touched: tuple[Touched, ...]
    factors: tuple[FactorDifference, ...]

    @property
    def same(self) -> bool:
        """Whether it is proved of every factor that no job has another level."""
        return all(one.state is State.PROVED for one in self.factors)


def differences(
    old: m.RuleBook,
    new: m.RuleBook,
    *,
    factors: Sequence[str] = (),
    indexes: tuple[Index, Index] | None = None,
    told: Callable[[str], None] | None = None,
) -> Differences:
    """Compare two rule books of one scheme.

    Args:
        old: the book that was.
        new: the book that is to be.
        factors: the keys of the factors to compare; all of them where none is given.
        indexes: the paragraphs of the document behind each book, where their texts are to be compared too.
        told: is told of each factor that is done.

    """
    keys = tuple(key for key in factors_of(old, new) if not factors or key in factors)
    found = changes(old, new)
    if factors:
        wanted = {one for key in keys for one in concerning(found, new, old, key)}
        found = tuple(one for one in found if one in wanted)
    return Differences(old, new, found, touched(new, found, indexes), tuple(_each(old, new, keys, told)))


def factors_of(old: m.RuleBook, new: m.RuleBook) -> tuple[str, ...]:
    """The factors that either book has rules for, by key; a tool has its say in those that it may raise."""
    numbered = {key: one.number for book in (old, new) for key, one in book.factors.items() if one.number is not None}
    return tuple(sorted(numbered, key=lambda key: numbered[key] or 0))


# ── factors ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _each(
    old: m.RuleBook, new: m.RuleBook, keys: Sequence[str], told: Callable[[str], None] | None
) -> Iterator[FactorDifference]:
    """Every factor, those that need the solver in as many processes as there are processors."""
    hard = [key for key in keys if _needs_proof(old, new, key)]
    done: dict[str, FactorDifference] = {}
    for key, one in shared(_part, (old, new), hard, os.cpu_count() or 1):
        done[key] = one
        if told is not None:
            told(key)
    for key in keys:
        if key not in done and told is not None:
            told(key)
        yield done.get(key) or of_factor(old, new, key)


def _needs_proof(old: m.RuleBook, new: m.RuleBook, key: str) -> bool:
    return key in old.factors and key in new.factors and not same_by_reading(old, new, key)


def _part(books: tuple[m.RuleBook, m.RuleBook], key: str) -> FactorDifference:
    return of_factor(*books, key)


@undisturbed()
def of_factor(old: m.RuleBook, new: m.RuleBook, key: str) -> FactorDifference:
    """What becomes of a factor for which one of the books has rules, or both."""
    rules = (new if key in new.factors else old).factors[key]
    number, title = rules.number or 0, rules.title
    if key not in old.factors or key not in new.factors:
        side = NEW_ONLY if key in new.factors else OLD_ONLY
        return FactorDifference(key, number, title, State.REFUTED, (READING,), only=side)
    if same_by_reading(old, new, key):
        return FactorDifference(key, number, title, State.PROVED, (READING,))
    two = Two(old, new, key)
    witnesses: list[Witnessed] = []
    undecided: list[Way] = []
    for way in Way:
        try:
            moved = two.moved(way) or two.wider.moved(way)
        except Undecided:
            undecided.append(way)
            continue
        if moved and moved.confirmed_by:
            witnesses.append(_witnessed(old, new, key, moved))
        elif moved:  # the solver says so, and the evaluators leave both open
            undecided.append(way)
    state = State.REFUTED if witnesses else State.UNDECIDED if undecided else State.PROVED
    both_ways = len(witnesses) == len(Way)
    of = two if both_ways else two.wider
    needed = 0 if both_ways else of.needed
    return FactorDifference(
        key, number, title, state, (SOLVER,), tuple(witnesses), tuple(undecided), entries=of.most, needed=needed
    )


def _witnessed(old: m.RuleBook, new: m.RuleBook, key: str, moved: Moved) -> Witnessed:
    return Witnessed(moved, _telling(old, key, moved.old), _telling(new, key, moved.new))


def _telling(book: m.RuleBook, key: str, job: Job) -> FactorTelling:
    """What a book has to say of a job's factor."""
    alone = only(book)[key]
    outcome = evaluate(alone, job, choose(alone, "reference"))
    return tell_factor(outcome, outcome.factor(alone.factors[key].number or 0))


# ── paragraphs ───────────────────────────────────────────────────────────────────────────────────────────────────


def touched(
    new: m.RuleBook, found: Iterable[Change], indexes: tuple[Index, Index] | None = None
) -> tuple[Touched, ...]:
    """The paragraphs that changed statements rest on; with two indexes, also those whose own text is another one."""
    resting: dict[str, dict[Change, None]] = {}
    words: dict[str, str] = {}
    for change in found:
        for citation in change.citations:
            name = _without_edition(citation.id)
            words.setdefault(name, citation.words)
            resting.setdefault(name, {})[change] = None
    redrafted = dict(_redrafted(new, *indexes)) if indexes else {}
    names = dict.fromkeys((*resting, *redrafted))
    return tuple(
        Touched(name, words.get(name, ""), tuple(resting.get(name, ())), *redrafted.get(name, ("", ())))
        for name in sorted(names, key=_in_order)
    )


def _redrafted(new: m.RuleBook, before: Index, after: Index) -> Iterator[tuple[str, tuple[str, tuple[str, ...]]]]:
    """Each paragraph that is new, gone, or has another text, with the statements that rest on it now."""
    old, now = (_by_name(index) for index in (before, after))
    rests = sources_of(new, after).resting
    for name in dict.fromkeys((*now, *old)):
        if name in old and name in now and old[name].fingerprint == now[name].fingerprint:
            continue
        uses = rests.get(now[name].id, ()) if name in now else ()
        how = NEW if name not in old else GONE if name not in now else CHANGED
        yield name, (how, tuple(dict.fromkeys(use.statement for use in uses)))


def _by_name(index: Index) -> Mapping[str, Paragraph]:
    return {_without_edition(one.id): one for one in index.paragraphs}


def _without_edition(name: str) -> str:
    return "/".join(name.split("/")[2:])


def _in_order(name: str) -> tuple[tuple[int, str], ...]:
    """Numbers in a name by their size: factor 2 before factor 13."""
    parts = name.replace("-", "/").split("/")
    return tuple((int(part), "") if part.isdigit() else (0, part) for part in parts)
