"""Random answers to the questions of a rule book: known, unknown, ranges, fractions, records empty and not asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from random import Random

from hypothesis import strategies as st

from jerules.engine.facts import Facts, Slots, unanswered
from jerules.quantities.kinds import UNBOUNDED, WHOLE_SHARE, Exact, Kind, exact
from jerules.rulebook import conditions as c
from jerules.rulebook.consistency import leaves
from jerules.rulebook.model import LeavesToPanel, RuleBook
from jerules.rulebook.questions import JOB, Form, Question, Record
from jerules.scheme.model import Position


class JobMaker:
    """Makes random jobs for one rule book.

    Numbers are those that the rules name, the ends of the stretch around a soft one, and their closest neighbours.
    """

    def __init__(self, book: RuleBook) -> None:
        self.book = book
        named: dict[tuple[Question, c.Part], set[Exact]] = {}
        for compared in _comparisons(book):
            if compared.bound.value is not None:
                values = named.setdefault((compared.question, compared.part), set())
                values.update((compared.bound.value, *(compared.bound.soft or ())))
        self._pools = {key: sorted({x for value in values for x in _near(value)}) for key, values in named.items()}

    def facts(self, chance: Random, *, not_asked: float = 0.15, most: int = 4) -> Facts:
        """One job: records are not asked with the likelihood ``not_asked``, and have up to ``most`` entries."""
        known = chance.choice((0.3, 0.7, 0.9, 1.0))
        records: dict[str, tuple[Slots, ...] | None] = {}
        for record in self.book.records.values():
            if record.name != JOB:
                asked = chance.random() >= not_asked
                count = chance.randint(0, most) if chance.random() < 0.8 else 1
                rows = tuple(self._entry(chance, record, known) for _ in range(count))
                records[record.name] = rows if asked else None
        job = self._entry(chance, self.book.records[JOB], known)
        return Facts(job, records, self._decisions(chance))

    def _entry(self, chance: Random, record: Record, known: float) -> Slots:
        """One entry; each question is answered with the likelihood ``known``."""
        found: list[Exact] = []
        for question in record.questions:
            answered = chance.random() < known
            found += self._answer(chance, question) if answered else unanswered(question.type)
        return tuple(found)

    def _answer(self, chance: Random, question: Question) -> Slots:  # noqa: PLR0911 - one a form
        names = question.type.names
        match question.type.form:
            case Form.TEXT:
                return ()
            case Form.YES_NO:
                return (chance.choice((0, 2)),)
            case Form.SCALE:
                low, high = sorted(chance.choices(range(len(names)), k=2))
                return (low, low if chance.random() < 0.8 else high)
            case Form.ONE_OF:
                return (1 << chance.randrange(len(names)),)
            case Form.ANY_OF:
                return (chance.randrange(1 << len(names)),)
        kind = question.type.kind
        highest = WHOLE_SHARE if kind is Kind.SHARE else UNBOUNDED
        value = self._interval(chance, (question, c.Part.VALUE), highest)
        if kind is not Kind.FREQUENCY:
            return value
        return (*value, *self._interval(chance, (question, c.Part.SHARE), WHOLE_SHARE))

    def _interval(self, chance: Random, asked: tuple[Question, c.Part], highest: int) -> tuple[Exact, Exact]:
        pool = [value for value in self._pools.get(asked, (0, 1)) if value <= highest]
        low = chance.choice(pool)
        if chance.random() < 0.6:
            return (low, low)
        high = chance.choice((*pool, highest))
        return (min(low, high), max(low, high))

    def _decisions(self, chance: Random) -> dict[str, Position]:
        effects = [rule.effect for factor in self.book.factors.values() for rule in factor.rules]
        left = [effect for effect in effects if isinstance(effect, LeavesToPanel)]
        return {one.name: chance.choice((one.low, one.high)) for one in left if chance.random() < 0.4}


def _comparisons(book: RuleBook) -> Iterator[c.Compare]:
    for factor in book.factors.values():
        for rule in (*factor.rules, *factor.bars):
            if rule.condition is not None:
                yield from (leaf for leaf in leaves(book, rule.condition) if isinstance(leaf, c.Compare))


def _near(value: Exact) -> Sequence[Exact]:
    about = (value, value - 1, value + 1, exact(Fraction(value) / 3), exact(value + Fraction(1, 7)))
    return [near for near in about if near >= 0]


def jobs_for(book: RuleBook) -> st.SearchStrategy[Facts]:
    """Random answers of one job to the questions of a rule book."""
    maker = JobMaker(book)
    return st.integers(0, 2**32).map(lambda seed: maker.facts(Random(seed)))  # noqa: S311 - no secret
