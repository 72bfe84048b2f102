"""Random rule books, in the language itself, with jobs for them: small worlds in which everything happens to matter.

A book comes from a seed, so that it can be named in a failure and is built once; jobs are drawn, so that they shrink.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache, partial
from itertools import count
from typing import Any

from hypothesis import strategies as st

from jerules.documents.text import Source
from jerules.faults import Faulty
from jerules.jobs.model import Answer, Decision, Entry, Job
from jerules.quantities.calendar import WorkPattern
from jerules.quantities.kinds import WHOLE_SHARE, Exact, Interval, Kind, Measure
from jerules.rulebook import model as m
from jerules.rulebook.conditions import TermKey
from jerules.rulebook.load import book_of
from jerules.rulebook.questions import JOB, Form, Question, Record
from jerules.scheme.load import load_scheme

SHIFTS_A_YEAR = 260
BOOKS = 100
"""How many books the tests draw from."""

QUESTIONS = """\
scheme nhs
scale hardness = easy < hard < fierce
question drives yes or no asks "Does the job involve driving?"
question purpose one of care, office, other asks "What is the job for?"
question staff count asks "How many people are led?"
question trouble on hardness asks "How hard is it?"
question tongues any of welsh, signs, other_tongue asks "Which languages are used?"
record effort "Something that the body does"
  task text asks "What is done?"
  kind one of lifting, bending, running asks "What sort of effort is it?"
  weight mass asks "How heavy?"
  often frequency of shifts asks "On how many shifts?"
  each duration asks "For how long?"
  helped yes or no asks "Is there help?"
record money_matter "Something that is paid for"
  sum money asks "How much?"
  part share asks "What part of it?"
  hard on hardness asks "How hard is it?"
parameter large_sum money asks "What is a large sum?" cites definition
"""

JOB_LEAVES = (
    "drives", "purpose is care", "purpose is one of care, office", "staff >= 2", "staff < 5", "staff = 3",
    "trouble >= hard", "tongues includes welsh", "tongues includes any of signs, other_tongue", "staff > around 10",
)  # fmt: skip
EFFORT_LEAVES = (
    "kind is lifting", "kind is one of lifting, bending", "weight >= 6 kg", "weight <= 15 kg", "weight < 3.5 kg",
    "weight from 6 kg to 15 kg", "often >= 3 per month", "often >= 50%", "often < 20%", "each > 20 min", "helped",
    "weight >= around 10 kg", "weight = 6 kg", "drives",
)  # fmt: skip
MONEY_LEAVES = (
    "sum >= £500", "sum < £2,000", "sum >= large_sum", "part >= 30%", "part <= 60%", "hard >= hard", "hard is fierce",
    "sum >= around £1,000",
)  # fmt: skip
TOGETHER = {
    "effort": ("often >= 50%", "often >= 3 per month", "each >= 1 h", "often < 20%", "each < 30 min"),
    "money_matter": ("part >= 60%", "sum >= £1,000", "part <= 30%"),
}


class _Author:
    """Writes the rules of one book."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.terms: dict[str, list[str]] = {"job": [], "effort": [], "money_matter": []}
        self.numbers = count(1)

    def leaf(self, of: str) -> str:
        """A comparison, a choice or a term, at times denied."""
        pool = {"job": JOB_LEAVES, "effort": EFFORT_LEAVES, "money_matter": MONEY_LEAVES}[of]
        names = self.terms[of]
        found = self.chance.choice(names) if names and self.chance.random() < 0.4 else self.chance.choice(pool)
        return f"not {found}" if self.chance.random() < 0.15 else found

    def entrywise(self, of: str, depth: int = 1) -> str:
        """A condition on one entry."""
        return self.joined(lambda: self.entrywise(of, depth - 1) if depth else self.leaf(of))

    def joined(self, part: Callable[[], str]) -> str:
        """One, two or three parts, joined in some way."""
        match self.chance.randint(0, 6):
            case 0 | 1 | 2:
                return part()
            case 3 | 4:
                return f"({part()} and {part()})"
            case 5:
                return f"({part()} or {part()})"
        return f"at least 2 of ({part()}; {part()}; {part()})"

    def trait(self, of: str) -> str:
        """What an entry is said to be."""
        names = self.terms[of]
        if names and self.chance.random() < 0.5:
            return ("not " if self.chance.random() < 0.15 else "") + self.chance.choice(names)
        return f"({self.entrywise(of)})"

    def some(self) -> str:
        """A part that speaks of the entries of a record."""
        of = self.chance.choice(("effort", "effort", "money_matter"))
        traits = ", ".join(self.trait(of) for _ in range(self.chance.choice((1, 1, 2))))
        match self.chance.randint(0, 9):
            case 0:
                return f"no {of} is {traits}"
            case 1:
                return f"every {of} is {traits}"
            case 2:
                return f"at least 2 {of} are {traits}"
            case 3 | 4:
                adds = " ".join(
                    f"together {c}" for c in self.chance.sample(TOGETHER[of], self.chance.choice((1, 1, 2)))
                )
                return f"some {of} is {traits} {adds}"
        return f"some {of} is {traits}"

    def whole(self, depth: int = 1) -> str:
        """A condition on the job."""

        def part() -> str:
            return self.whole(depth - 1) if depth else (self.some() if self.chance.random() < 0.6 else self.leaf("job"))

        return self.joined(part)

    def term(self) -> str:
        """A new term, of the job or of a record."""
        of = self.chance.choice(("job", "effort", "effort", "money_matter"))
        name = f"trait_{next(self.numbers)}"
        condition = self.leaf("job") if of == "job" else self.entrywise(of)
        self.terms[of].append(name)
        return f'term {name} {of if of != "job" else ""} when {condition} cites note "{name}"'


def _factor(author: _Author, number: int, title: str, other: int) -> str:
    chance = author.chance
    lines = [f'factor {number} "{title}"', "status binding"]
    lines += [author.term() for _ in range(chance.randint(1, 5))]
    levels = (
        ["2(a)", "2(b)", "3(a)", "3(b)", "4(a)", "4(b)", "5(a)"]
        if number == 13
        else ["2(a)", "2(b)", "3(a)", "4(b)", "5"]
    )
    for level in chance.choices(levels, k=chance.randint(2, 5)):
        lines.append(f"level {level} when {author.whole()} cites definition")
    if chance.random() < 0.85:
        lines.append(f"level {chance.choice(('1', '1', '1', '2(a)', '3(a)'))} otherwise cites definition")
    often = chance.random
    if often() < 0.3:
        lines.append(f"at least {chance.randint(2, 4)} when {author.whole()} cites definition")
    if often() < 0.3:
        lines.append(f"at most {chance.randint(2, 4)} when {author.whole()} cites definition")
    if often() < 0.35:
        closed = ", ".join(sorted({chance.choice((*levels, "3", "4")) for _ in range(2)}))
        lines.append(f"not {closed} {chance.choice(('when', 'unless'))} {author.whole()} cites definition")
    if often() < 0.35:
        low, high = sorted(chance.sample(levels, 2))
        lines.append(
            f'panel decides choice_{number} {low} or {high} when {author.whole()} asks "Which?" cites definition'
        )
    if often() < 0.4:
        of = chance.choice(("effort", "money_matter"))
        word = chance.choice((f"count once {of} under {other} not {number}", f"assess {of} under {other} not {number}"))
        lines.append(f"{word} when {author.entrywise(of)} cites definition")
    if often() < 0.3:
        lines.append(f'query "Is that so?" when {author.whole()} cites definition')
    head, rest = lines[:2], lines[2:]
    terms = [line for line in rest if line.startswith("term")]
    return "\n".join([head[0], head[1], *terms, *[line for line in rest if line not in terms]]) + "\n"


def _tool(author: _Author) -> str:
    lines = ['tool advisory "Advice"', "status binding", author.term(), author.term()]
    chance = author.chance
    lines += [f"level {chance.randint(2, 5)} when {author.whole()} cites factor 13 definition" for _ in range(3)]
    for target in chance.sample((13, 14), chance.randint(1, 2)):
        of = chance.choice(("effort", "money_matter"))
        lines.append(f"carry {of} to {target} when {author.entrywise(of)} cites factor {target} definition")
    return "\n".join(lines) + "\n"


@lru_cache(maxsize=BOOKS)
def _made(seed: int) -> tuple[Mapping[str, str], m.RuleBook]:
    """The files of the book of that seed, and the book; a book that says the same twice is thrown away."""
    for attempt in count():
        chance = random.Random(f"{seed}/{attempt}")  # noqa: S311 - no secret
        files = {"job.jer": QUESTIONS}
        if chance.random() < 0.3:
            files["job.jer"] += "convention large_sum = £1,000\n"
        for number, title, other in ((13, "Physical effort", 6), (14, "Mental effort", 13)):
            files[f"{number}.jer"] = "scheme nhs\n" + _factor(_Author(chance), number, title, other)
        if chance.random() < 0.5:
            files["advice.jer"] = "scheme nhs\n" + _tool(_Author(chance))
        try:
            return files, written(files)
        except Faulty as faulty:
            if {fault.code for fault in faulty.faults} - {"duplicate-rule", "duplicate"}:
                raise
    raise AssertionError


def written(files: Mapping[str, str]) -> m.RuleBook:
    """The book of these texts."""
    return book_of(load_scheme("nhs"), [Source(name, text) for name, text in files.items()])


def texts(seed: int) -> Mapping[str, str]:
    """The files of the book of that seed."""
    return _made(seed)[0]


def book(seed: int) -> m.RuleBook:
    """The book of that seed."""
    return _made(seed)[1]


def seeds() -> st.SearchStrategy[int]:
    """Which book."""
    return st.integers(0, BOOKS - 1)


def books() -> st.SearchStrategy[m.RuleBook]:
    """Any of the books."""
    return seeds().map(book)


# ── answers ──────────────────────────────────────────────────────────────────────────────────────────────────────

AMOUNTS: dict[Kind, tuple[Exact, ...]] = {
    Kind.MASS: (0, 3499, 3500, 5999, 6000, 9500, 11_000, 15_000, 15_001, 20_000, Fraction(20_001, 2)),
    Kind.DURATION: (0, 1200, 1201, 1800, 3600, 7200, Fraction(3601, 3)),
    Kind.MONEY: (0, 49_999, 50_000, 95_000, 100_000, 110_000, 200_000, 300_000),
    Kind.SHARE: (0, 2000, 2999, 3000, 6000, 6001, WHOLE_SHARE, Fraction(10_000, 3)),
    Kind.COUNT: (0, 1, 2, 3, 4, 5, 9, 10, 11, 12),
}
RATES = (0, 12, 35, 36, 51, 52, 100, 129, 130, 200, 260)


def amounts(kind: Kind) -> st.SearchStrategy[Measure]:
    """A known quantity at, beside or between the numbers that the rules name."""
    if kind is Kind.FREQUENCY:
        return st.sampled_from(RATES).map(lambda rate: frequency(rate, rate))
    return st.sampled_from(AMOUNTS[kind]).map(lambda value: Measure(kind, Interval(value, value), str(value)))


def frequency(low: Exact, high: Exact) -> Measure:
    """So many shifts a year, of 260."""
    shares = Interval(Fraction(low * WHOLE_SHARE, SHIFTS_A_YEAR), Fraction(high * WHOLE_SHARE, SHIFTS_A_YEAR))
    return Measure(Kind.FREQUENCY, Interval(low, high), f"{low} to {high} a year", shares)


def answers(question: Question) -> st.SearchStrategy[Answer]:
    """An answer that leaves nothing open."""
    names = question.type.names
    match question.type.form:
        case Form.TEXT:
            return st.sampled_from(("this", "that")).map(lambda text: Answer(text, text))
        case Form.YES_NO:
            return st.booleans().map(lambda yes: Answer(yes, "yes" if yes else "no"))
        case Form.ONE_OF | Form.SCALE:
            return st.sampled_from(names).map(lambda name: Answer(frozenset({name}), name))
        case Form.ANY_OF:
            return st.frozensets(st.sampled_from(names)).map(
                lambda some: Answer(some, " + ".join(sorted(some)) or "none")
            )
    return amounts(question.type.kind or Kind.COUNT).map(lambda measure: Answer(measure, measure.text))


@st.composite
def entries(draw: st.DrawFn, record: Record, number: int) -> Entry:
    """An entry in which every question is answered."""
    return Entry(record.name, number, f"{record.name} {number}", {q.name: draw(answers(q)) for q in record.questions})


@st.composite
def full_jobs(draw: st.DrawFn, book: m.RuleBook, most: int = 3, *, decided: bool = True) -> Job:
    """A job about which everything is known, the panel's decisions included."""
    records = {
        record.name: tuple(draw(entries(record, number + 1)) for number in range(draw(st.integers(0, most))))
        for record in book.records.values()
        if record.name != JOB
    }
    decisions = {
        effect.name: Decision(draw(st.sampled_from((effect.low, effect.high))), "so") for effect in panels(book)
    }
    facts = draw(entries(book.records[JOB], 1))
    return Job("nhs", "A job", "", WorkPattern(SHIFTS_A_YEAR, 27_000), facts, records, {}, decisions if decided else {})


def panels(book: m.RuleBook) -> Iterator[m.LeavesToPanel]:
    """What a book leaves to the panel."""
    for factor in book.factors.values():
        for rule in factor.rules:
            if isinstance(rule.effect, m.LeavesToPanel):
                yield rule.effect


@dataclass(frozen=True)
class Atom:
    """One thing that a job says: an answer, that it has these entries and no others, or a decision."""

    record: str
    index: int = -1
    question: str = ""

    @property
    def whole_record(self) -> bool:
        """Whether it is the list of a record."""
        return self.index < 0 and self.record != "decision"


def atoms(job: Job) -> list[Atom]:
    """Everything that a job says."""
    found = [Atom(JOB, 0, name) for name in job.facts.answers]
    for record, rows in job.records.items():
        found.append(Atom(record))
        found += [Atom(record, index, name) for index, entry in enumerate(rows) for name in entry.answers]
    return [*found, *(Atom("decision", 0, name) for name in job.decisions)]


def only(job: Job, kept: set[Atom]) -> Job:
    """The job with what is not kept left unsaid; an entry keeps its place as long as its list is there."""

    def of(record: str, index: int, entry: Entry) -> Entry:
        return replace(entry, answers={n: a for n, a in entry.answers.items() if Atom(record, index, n) in kept})

    records = {
        record: tuple(of(record, index, entry) for index, entry in enumerate(rows))
        for record, rows in job.records.items()
        if Atom(record) in kept
    }
    decisions = {name: d for name, d in job.decisions.items() if Atom("decision", 0, name) in kept}
    return replace(job, facts=of(JOB, 0, job.facts), records=records, decisions=decisions)


@st.composite
def less_known(draw: st.DrawFn, job: Job, *, share: float = 0.5) -> Job:
    """The same job with some of what it says left out, and some quantities known less exactly."""
    said = atoms(job)
    chance = draw(st.randoms(use_true_random=False))
    kept = {atom for atom in said if chance.random() > share * (0.3 if atom.whole_record else 1)}
    less = only(job, kept)

    def vague(entry: Entry) -> Entry:
        return replace(entry, answers={n: _vaguer(a, chance) for n, a in entry.answers.items()})

    records = {name: tuple(vague(entry) for entry in rows) for name, rows in less.records.items()}
    return replace(less, facts=vague(less.facts), records=records)


def _vaguer(answer: Answer, chance: random.Random) -> Answer:
    value = answer.value
    if not isinstance(value, Measure) or chance.random() < 0.8:
        return answer
    low, high = value.interval.low, value.interval.high
    if value.kind is Kind.FREQUENCY:
        measure = frequency(
            chance.choice([r for r in RATES if r <= low]), chance.choice([r for r in RATES if r >= high])
        )
    else:
        pool = AMOUNTS[value.kind]
        measure = Measure(
            value.kind, Interval(min(chance.choice(pool), low), max(chance.choice(pool), high)), "a range"
        )
    return Answer(measure, measure.text)


class World(tuple[Any, ...]):
    """A book and one or two jobs, to be taken apart; shown by the book's files and what the jobs say."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"World({files_of(self[0])}\n" + "\n".join(told(job) for job in self[1:] if isinstance(job, Job)) + ")"


def files_of(book: m.RuleBook) -> str:
    """The files of a book that came from a seed, its questions left out."""
    seed = next((seed for seed in range(BOOKS) if _made(seed)[1] is book), -1)
    return "\n".join([f"book {seed}", *(text for name, text in texts(seed).items() if name != "job.jer")])


def told(job: Job) -> str:
    """What a job says, in short."""
    rows = {"job": (job.facts,), **job.records}
    said = {name: [{q: a.written for q, a in row.answers.items()} for row in entries] for name, entries in rows.items()}
    return f"{said} {[f'{name}: {d.position}' for name, d in job.decisions.items()]}"


@st.composite
def worlds(draw: st.DrawFn, *, share: float = 0.4, decided: bool = True) -> World:
    """A book and a job of which some is known."""
    rules = draw(books())
    return World((rules, draw(less_known(draw(full_jobs(rules, decided=decided)), share=share))))


@st.composite
def known_worlds(draw: st.DrawFn) -> World:
    """A book and a job about which everything is known."""
    rules = draw(books())
    return World((rules, draw(full_jobs(rules))))


@st.composite
def two_views(draw: st.DrawFn) -> World:
    """A book, a job, and the same job with less known of it."""
    rules = draw(books())
    more = draw(full_jobs(rules))
    if draw(st.booleans()):
        more = draw(less_known(more, share=0.2))
    return World((rules, more, draw(less_known(more))))


def shuffled(job: Job, chance: random.Random) -> Job:
    """The same job told in another order."""

    def entry(row: Entry, number: int) -> Entry:
        said = list(row.answers.items())
        chance.shuffle(said)
        return replace(row, number=number, answers=dict(said))

    records = list(job.records.items())
    chance.shuffle(records)
    told = {
        name: tuple(entry(row, i + 1) for i, row in enumerate(chance.sample(rows, len(rows)))) for name, rows in records
    }
    return replace(job, facts=entry(job.facts, 1), records=told)


# ── packs ────────────────────────────────────────────────────────────────────────────────────────────────────────


def local_statements(seed: int, number: int) -> list[str]:
    """Statements that a pack might make on factor 13 of the book of ``seed``, many of them against its rules."""
    chance = random.Random(f"pack {seed}/{number}")  # noqa: S311 - no secret
    author = _Author(chance)
    known = [key for key in book(seed).terms if key.factor == "13"]
    for key in known:
        author.terms[key.record or "job"].append(key.name)
    records = [""] * 3 + [" effort"] * 3 + [" money_matter"]
    makers: list[Callable[[], str]] = [
        lambda: f"level {chance.choice(('1', '2(a)', '3(b)', '4(a)'))} when {author.whole()}",
        lambda: f"at least {chance.randint(2, 5)} when {author.whole()}",
        lambda: f"at most {chance.randint(1, 4)} when {author.whole()}",
        lambda: f"not {chance.choice(('2', '3(a)', '4', '5'))} when {author.whole()}",
        lambda: f"count once effort under 6 not 13 when {author.entrywise('effort')}",
        lambda: f"assess money_matter under 6 not 13 when {author.entrywise('money_matter')}",
        lambda: f'panel decides local_choice 2(a) or 3(a) when {author.whole()} asks "Which?"',
        lambda: f"term local_trait_{next(author.numbers)}{chance.choice(records)} when drives",
    ]
    if number % 2 and known:
        makers = []  # of every other pack words are all there is: they go wrong in ways of their own
    for key in known:
        makers += [partial(_extension, author, key)] * 2
        makers.append(partial(_namesake, author, key, records))
    return [f"{chance.choice(makers)()} cites definition" for _ in range(4)]


def _extension(author: _Author, key: TermKey) -> str:
    of = key.record or "job"
    condition = author.leaf("job") if of == "job" else author.entrywise(of)
    if author.chance.random() < 0.6:
        condition = "drives or not drives"  # as wide as can be
    return f"extend term {key.name}{f' {of}' if key.record else ''} when {condition}"


def _namesake(author: _Author, key: TermKey, records: Sequence[str]) -> str:
    return f"term {key.name}{author.chance.choice(records)} when drives or not drives"
