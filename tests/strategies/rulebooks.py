"""Random rule books, written in the rule language: few questions and few numbers, so that much meets and contradicts.

Everything the language can say of a job is in them: quantities, frequencies of shifts, choices, scales, terms of a
factor and of the scheme, every way to join conditions, soft numbers, parameters with and without a convention, entries
counted and added up, evidence barred and carried, floors, caps, closed levels, decisions left to the panel, ladders.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from hypothesis import strategies as st

from jerules.documents.text import Source
from jerules.faults import Faulty
from jerules.rulebook.load import book_of
from jerules.rulebook.model import RuleBook
from jerules.scheme.load import load_scheme

CITED = "cites definition"
FACTORS = ("13", "14")
TOOL = "advisory"
RECORDS = ("duty", "aid")
SHOWN_OPS = (">=", "<=", ">", "<", "=")

BOUNDS = {
    "mass": ("1 lb", "2 kg", "5 kg", "15 kg"),
    "duration": ("20 min", "30 min", "1 hour"),
    "frequency of shifts": ("3 per month", "1 per week", "10 per month", "20%", "50%"),
    "share": ("20%", "50%"),
    "rate": ("3 per month", "1 per week"),
    "count": ("1", "2", "3"),
    "count per shift": ("2", "3"),
    "money": ("£500", "£1,000"),
}
"""The numbers that answers to a question of each type are compared with, rising; times before shares."""

CHOICES = ("red", "green", "blue", "grey")
STEPS = ("routine", "involved", "complex", "obscure")


@dataclass(frozen=True)
class Asked:
    """A question: its name, and its type as the language writes it."""

    name: str
    type: str


QUANTITIES = (
    Asked("weight", "mass"), Asked("each", "duration"), Asked("often", "frequency of shifts"), Asked("part", "share"),
    Asked("pace", "rate"), Asked("posts", "count"), Asked("times", "count per shift"), Asked("worth", "money"),
)  # fmt: skip
OTHERS = (
    Asked("colour", "one of"),
    Asked("uses", "any of"),
    Asked("alone", "yes or no"),
    Asked("depth", "on difficulty"),
)


@dataclass
class Written:
    """A rule book while it is being written: the questions of each record (and of `job`), and the terms so far."""

    chance: Random
    asked: dict[str, list[Asked]]
    parameters: dict[str, str]
    terms: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def known_terms(self, factor: str, record: str) -> list[str]:
        """The terms that a condition on a record may use; of the job's, only those that speak of no entries."""
        return [name for home in ("", factor) for name in self.terms.get((home, record), [])]


# ── conditions ───────────────────────────────────────────────────────────────────────────────────────────────────


def _leaf(book: Written, factor: str, record: str, *, own: bool = False) -> str:
    """A comparison, a choice, a yes-or-no question or a term: of the record, now and then of the job."""
    chance = book.chance
    home = record if own or chance.random() < 0.85 else "job"
    terms = book.known_terms(factor, home)
    if terms and not own and chance.random() < 0.35:
        return chance.choice(terms)
    asked = chance.choice(book.asked[home])
    match asked.type:
        case "one of":
            some = chance.sample(CHOICES, chance.randint(1, 2))
            return f"{asked.name} is one of {', '.join(some)}" if len(some) > 1 else f"{asked.name} is {some[0]}"
        case "any of":
            some = chance.sample(CHOICES, chance.randint(1, 2))
            return (
                f"{asked.name} includes any of {', '.join(some)}"
                if len(some) > 1
                else f"{asked.name} includes {some[0]}"
            )
        case "yes or no":
            return chance.choice((asked.name, f"{asked.name} is no", f"{asked.name} is yes"))
        case "on difficulty":
            return f"{asked.name} {chance.choice(SHOWN_OPS)} {chance.choice(STEPS)}"
    return _comparison(book, asked)


def _comparison(book: Written, asked: Asked) -> str:
    chance = book.chance
    bounds = BOUNDS[asked.type]
    kind = chance.random()
    if kind < 0.15 and asked.type in book.parameters:
        return f"{asked.name} {chance.choice(SHOWN_OPS)} {book.parameters[asked.type]}"
    if kind < 0.3:
        return f"{asked.name} {chance.choice(SHOWN_OPS)} around {chance.choice(bounds)}"
    if kind < 0.4:
        alike = [bound for bound in bounds if ("%" in bound) == ("%" in bounds[-1])]
        low, high = sorted(chance.sample(range(len(alike)), 2))
        return f"{asked.name} from {alike[low]} to {alike[high]}"
    return f"{asked.name} {chance.choice(SHOWN_OPS)} {chance.choice(bounds)}"


def _condition(book: Written, factor: str, record: str, depth: int) -> str:
    """A condition on an entry of a record, or, with `job`, on the job and its entries."""
    chance = book.chance
    shape = chance.random()
    if depth == 0 or shape < 0.3:
        if record == "job" and chance.random() < 0.75:
            return _quantified(book, factor, depth)
        return _leaf(book, factor, record)
    inner = [_condition(book, factor, record, depth - 1) for _ in range(chance.randint(2, 3))]
    if shape < 0.55:
        return f"({' and '.join(inner)})"
    if shape < 0.8:
        return f"({' or '.join(inner)})"
    if shape < 0.9:
        return f"not ({inner[0]})"
    return f"at least {chance.randint(1, len(inner))} of ({'; '.join(inner)})"


def _quantified(book: Written, factor: str, depth: int) -> str:
    chance = book.chance
    record = chance.choice([name for name in book.asked if name != "job"])
    terms = book.known_terms(factor, record)
    traits = [_trait(book, factor, record, terms, depth) for _ in range(chance.randint(1, 2))]
    said = ", ".join(traits)
    shape = chance.random()
    if shape < 0.5:
        return f"some {record} is {said}"
    if shape < 0.6:
        return f"no {record} is {said}"
    if shape < 0.7:
        return f"every {record} is {said}"
    if shape < 0.8:
        return f"at least {chance.randint(1, 3)} {record} are {said}"
    summed = [asked for asked in book.asked[record] if asked in QUANTITIES and asked.type != "mass"]
    if not summed:
        return f"some {record} is {said}"
    together = [f"together {_comparison(book, chance.choice(summed))}" for _ in range(chance.randint(1, 2))]
    return f"some {record} is {said} {' '.join(together)}"


def _trait(book: Written, factor: str, record: str, terms: Sequence[str], depth: int) -> str:
    chance = book.chance
    if terms and chance.random() < 0.6:
        return chance.choice(("", "", "not ")) + chance.choice(terms)
    return f"({_condition(book, factor, record, min(depth, 1))})"


# ── statements ───────────────────────────────────────────────────────────────────────────────────────────────────


def _question(asked: Asked) -> str:
    choices = f" {', '.join(CHOICES)}" if asked.type in {"one of", "any of"} else ""
    return f'{asked.name} {asked.type}{choices} asks "What of {asked.name}?"'


def _shared(book: Written) -> str:
    chance = book.chance
    lines = ["scheme nhs", f"scale difficulty = {' < '.join(STEPS)}"]
    lines += [f"question {_question(asked)}" for asked in book.asked["job"]]
    for record, questions in book.asked.items():
        if record != "job":
            lines += [f'record {record} "An entry of {record}"', *(f"  {_question(asked)}" for asked in questions)]
    for kind, name in book.parameters.items():
        lines.append(f"parameter {name} {kind} {CITED}")
        if chance.random() < 0.5:
            lines.append(f'convention {name} = {chance.choice(BOUNDS[kind])} agreed 2026-01-05 by "the panel" {CITED}')
    return "\n".join([*lines, *_terms(book, ""), ""])


def _terms(book: Written, factor: str) -> list[str]:
    chance = book.chance
    lines = []
    for record in book.asked:
        for number in range(chance.randint(0, 2)):
            name = f"{'shared' if not factor else f'of{factor}'}_{record}_{number}"
            of = "" if record == "job" else f" {record}"
            leaves = [_leaf(book, factor, record) for _ in range(chance.randint(1, 3))]
            joined = chance.choice((" and ", " or ")).join(leaves)
            lines.append(f"term {name}{of} when {joined} {CITED}")
            book.terms.setdefault((factor, record), []).append(name)
    return lines


def _ladders(book: Written, factor: str) -> str:
    """Terms of one record in some order: what they claim may be true or not, for a ladder moves nothing."""
    chance = book.chance
    lines = []
    for record in book.asked:
        homes = dict.fromkeys((factor, ""))
        terms = [name for home in homes for name in book.terms.get((home, record), [])]
        if len(terms) > 1 and chance.random() < 0.5:
            of = "" if record == "job" else f" {record}"
            rungs = " < ".join(chance.sample(terms, chance.randint(2, len(terms))))
            within = f" when {_leaf(book, factor, record)}" if chance.random() < 0.5 else ""
            lines.append(f"ladder steps_of_{record}{of} = {rungs}{within}\n")
    return "".join(lines)


def _rules(book: Written, factor: str, levels: int) -> list[str]:
    chance = book.chance
    lines = []
    for number in range(chance.randint(2, 5)):
        condition = _condition(book, factor, "job", chance.randint(0, 2))
        low = chance.randint(1, levels - 1)
        heads = [f"level {chance.randint(1, levels)} when"] * 5 + [
            f"at least {low} when", f"at most {low} when", f"not {low} when", f"not {low}, {low + 1} unless",
            f"panel decides choice_{factor}_{number} {low} or {low + 1} when", f'query "Is it {number}?" when',
        ]  # fmt: skip
        head = chance.choice(heads)
        asks = 'asks "Which?" ' if head.startswith("panel") else ""
        lines.append(f"{head} {condition} {asks}{CITED}")
    if chance.random() < 0.5:
        lines.append(f"level 1 otherwise {CITED}")
    return lines


def _credit(book: Written, factor: str) -> list[str]:
    """Bars on the factor's evidence; a tool also carries."""
    chance = book.chance
    records = [name for name in book.asked if name != "job"]
    lines = []
    for _ in range(chance.choice((0, 0, 1, 2))):
        record = chance.choice(records)
        condition = _condition(book, factor, record, chance.randint(0, 1))
        head = chance.choice((f"assess {record} under 6", f"count once {record} under 6 not {_number(factor)}"))
        lines.append(f"{head} when {condition} {CITED}")
    if factor == TOOL:
        for _ in range(chance.randint(1, 2)):
            record, target = chance.choice(records), chance.choice(FACTORS)
            lines.append(f"carry {record} to {target} when {_condition(book, factor, record, 1)} {CITED}")
    return lines


def _number(factor: str) -> str:
    return factor if factor.isdigit() else FACTORS[0]


def _home(book: Written, factor: str) -> str:
    head = f'tool {TOOL} "Advisory work"' if factor == TOOL else f"factor {factor}"
    title = {"13": ' "Physical effort"', "14": ' "Mental effort"'}.get(factor, "")
    terms = _terms(book, factor)
    return "\n".join(["scheme nhs", head + title, *terms, *_rules(book, factor, 4), *_credit(book, factor), ""])


def texts(chance: Random) -> list[str]:
    """The files of a random rule book."""
    records = RECORDS[: chance.choice((1, 1, 2))]
    asked = {
        home: [*chance.sample(QUANTITIES, chance.randint(1, 3)), *chance.sample(OTHERS, chance.randint(1, 2))]
        for home in ("job", *records)
    }
    # A name that the job and a record share is the record's there, and that is all there is to it.
    kinds = [a.type for questions in asked.values() for a in questions if a in QUANTITIES and "frequency" not in a.type]
    parameters = {kind: f"agreed_{kind.replace(' ', '_')}" for kind in chance.sample(kinds, min(1, len(kinds)))}
    book = Written(chance, asked, parameters)
    homes = [*FACTORS[: chance.choice((1, 2))], *([TOOL] if chance.random() < 0.4 else [])]
    files = [_shared(book), *(_home(book, home) for home in homes)]
    return [text + _ladders(book, home) for home, text in zip(["", *homes], files, strict=True)]


def random_book(chance: Random) -> RuleBook | None:
    """A random rule book; None where the same rule happened to be written twice."""
    return book_of_texts(texts(chance))


def book_of_texts(files: Sequence[str]) -> RuleBook | None:
    """The rule book of these files; None where the same rule happened to be written twice."""
    sources = [Source(f"{number}.jer", text) for number, text in enumerate(files)]
    try:
        return book_of(load_scheme("nhs"), sources)
    except Faulty as error:
        if all(fault.code in {"duplicate-rule", "same-factor"} for fault in error.faults):
            return None
        raise


def rulebooks() -> st.SearchStrategy[RuleBook]:
    """Random rule books; a failing one is named by the seed that it is made from."""
    seeds = st.integers(0, 2**32)
    books = seeds.map(lambda seed: random_book(Random(seed)))  # noqa: S311 - no secret
    return books.filter(lambda book: book is not None)  # type: ignore[return-value]
