"""What a report says, in the order in which it says it; every rendering of an outcome prints one of these.

Nothing is worked out here that the outcome and its telling do not hold: a sheet puts them side by side.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from jerules.explain.branches import Branch, branch, condensed
from jerules.explain.cross_checks import CheckTelling, tell_check
from jerules.explain.outcome import LABEL, FactorOutcome, Outcome, WhyNotLevel
from jerules.explain.phrases import span
from jerules.explain.quoting import Quoting
from jerules.explain.telling import still_to_ask, tell_factor
from jerules.explain.told import Ask, Assumption, FactorTelling, Line
from jerules.quantities.words import say_day
from jerules.report.score import edition, remarks
from jerules.rulebook import model as m
from jerules.rulebook.quotes import Quotes
from jerules.scheme.model import UNCERTAIN, Factor, Position, has_mark
from jerules.scheme.score import Score
from jerules.scheme.score import score as work_out

UNTITLED = "Job without a title"
_FEW = 4  # bands still possible, whose totals are told one by one
_MANY = 3  # bands still possible, from which on they are told as a range


@dataclass(frozen=True, slots=True)
class Row:
    """One factor in the summary."""

    number: int
    title: str
    level: str
    points: str
    note: str


@dataclass(frozen=True, slots=True)
class Numbered:
    """One thing still to ask, with its number on the sheet and the factors that it is for."""

    number: int
    ask: Ask
    factors: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class For:
    """A text with the factors that it is for."""

    line: Line
    factors: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Assumed:
    """An interpretation with the factors whose outcome rests on it."""

    assumption: Assumption
    factors: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FactorSheet:
    """One factor: ``asks`` are the numbers of its questions on the sheet, ``trees`` the steps of its reasons."""

    telling: FactorTelling
    origin: str
    panel: Line | None
    asks: tuple[int, ...] = ()
    trees: tuple[Branch, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that a report of one job says.

    ``notice`` is what the scheme itself says at the head of whatever is made with it (mostly nothing). ``frame`` names
    the scheme, the rules and the engine, each with its heading. ``gaps`` tells of the factors for which something is
    missing, each with its heading: rules, level definitions, or questions.
    """

    title: str
    about: str
    label: str
    notice: str
    frame: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    total: str
    remarks: tuple[str, ...]
    factors: tuple[FactorSheet, ...]
    gaps: tuple[tuple[str, str], ...]
    asks: tuple[Numbered, ...]
    assumptions: tuple[Assumed, ...]
    queries: tuple[For, ...]
    checks: tuple[CheckTelling, ...]


def sheet_of(outcome: Outcome, quotes: Quotes | None = None) -> Sheet:
    """The sheet of a whole job; with ``quotes``, the official words stand beside the reasons."""
    tellings = {factor.number: tell_factor(outcome, factor) for factor in outcome.factors}
    if quotes:
        tellings = {number: Quoting(quotes).telling(telling) for number, telling in tellings.items()}
    asks = tuple(Numbered(number, *pair) for number, pair in enumerate(still_to_ask(outcome), start=1))
    rows = tuple(_row(factor, outcome) for factor in outcome.factors)
    marked = any(has_mark(cell) for row in rows for cell in (row.level, row.note))
    return Sheet(
        outcome.job.title or UNTITLED,
        outcome.job.about,
        LABEL,
        outcome.book.scheme.label,
        (*frame(outcome), *((("Quoted", quotes.summary),) if quotes else ())),
        rows,
        total_line(outcome),
        (*_remarks(outcome), *((UNCERTAIN,) if marked else ())),
        tuple(
            FactorSheet(
                tellings[factor.number],
                factor.origin,
                _panel(factor, tellings[factor.number]),
                tuple(one.number for one in asks if factor.number in one.factors),
            )
            for factor in outcome.factors
            if factor.origin in {"rules", "panel"} or factor.facts or factor.queries
        ),
        tuple(_gaps(outcome, tellings)),
        asks,
        _assumptions(tellings),
        _queries(tellings),
        tuple(tell_check(found) for found in outcome.cross_checks),
    )


def _gaps(outcome: Outcome, tellings: dict[int, FactorTelling]) -> Iterator[tuple[str, str]]:
    by_origin = {
        origin: tuple(factor.number for factor in outcome.factors if factor.origin == origin)
        for origin in ("none", "no-levels")
    }
    if without := by_origin["none"]:
        text = "There are no rules for these factors yet: the panel enters its own level for each, with its reason."
        yield f"No rules yet: {factors_line(without)}", text if len(without) > 1 else tellings[without[0]].ask_remark
    if unlevelled := by_origin["no-levels"]:
        text = f"{outcome.book.scheme.no_levels} They can have no level here, and none is suggested."
        for_ = f": {factors_line(unlevelled)}" if len(unlevelled) < len(outcome.factors) else ""
        yield f"No level definitions loaded{for_}", text
    blank = tuple(f.number for f in outcome.factors if f.origin in {"none", "no-levels"} and f.facts is None)
    if any(factor.facts for factor in outcome.factors) and blank:
        text = "The questions say nothing about these factors, and a review has to look at every factor."
        yield f"Not asked: {factors_line(blank)}", text


def factor_sheet(
    outcome: Outcome, number: int, why_not: WhyNotLevel | None = None, quotes: Quotes | None = None
) -> FactorSheet:
    """One factor in full, with every step of its reasons; ``why_not`` asks about another level than the next one."""
    factor = outcome.factor(number)
    telling = tell_factor(outcome, factor, why_not)
    trees = tuple(condensed(branch(reason.proof)) for reason in factor.because)
    if quotes:
        quoting = Quoting(quotes)
        telling = quoting.telling(telling)
        trees = tuple(quoting.tree(tree) for tree in trees)
    return FactorSheet(telling, factor.origin, _panel(factor, telling), (), trees)


# ── what the outcome was worked out with ─────────────────────────────────────────────────────────────────────────


def frame(outcome: Outcome) -> tuple[tuple[str, str], ...]:
    """The scheme and its edition, the rules, the packs and the engine, each with its heading."""
    book = outcome.book
    agreed = "; ".join(f"{one.name.replace('_', ' ')} {one.text}" for one in book.parameters.values() if one.text)
    return (
        ("Scheme", f"{book.scheme.title}, {edition(book.scheme)}"),
        *((("From", book.scheme.folder),) if book.scheme.folder else ()),
        ("Rules", f"rule book {book.hash}"),
        *([("Pack", pack_line(pack)) for pack in book.packs] or [("Packs", "none")]),
        *((("Agreed", agreed),) if agreed else ()),
        ("Engine", engine_line(outcome)),
    )


def pack_line(pack: m.Pack) -> str:
    """A pack by its title and hash, and who agreed it when."""
    return f"{pack.title}, {agreed_line(pack.agreed)} (pack {pack.hash})"


def agreed_line(agreed: m.Agreed | None) -> str:
    """``agreed 1 April 2026 by Joint evaluation group``, or that nothing is said of it."""
    if agreed is None:
        return "not said who agreed it"
    return f"agreed {say_day(agreed.on)} by {agreed.by}"


_ENGINES = {"reference": "the reference evaluator"}


def engine_line(outcome: Outcome) -> str:
    """The evaluator, and the one that checked it."""
    return engine_words(outcome.engine, outcome.checked_by)


def engine_words(engine: str, checked_by: str) -> str:
    """An evaluator as a panel reads of it, and the one that checked it (empty: none)."""
    name, checked = _ENGINES.get(engine, engine), _ENGINES.get(checked_by, checked_by)
    return f"{name}, checked by {checked}" if checked else name


# ── the summary ──────────────────────────────────────────────────────────────────────────────────────────────────


def _row(factor: FactorOutcome, outcome: Outcome) -> Row:
    of = outcome.book.scheme.factor(factor.number)
    if factor.points_range is None:
        return Row(factor.number, factor.title, "not loaded", "–", _note(factor, of))
    low, high = factor.points_range
    points = str(low) if low == high else f"{low} to {high}"
    level = "not known" if factor.origin == "none" else span(factor.lowest, factor.highest, of)
    return Row(factor.number, factor.title, level, points, _note(factor, of))


def _note(factor: FactorOutcome, of: Factor | None) -> str:
    match factor.origin:
        case "none":
            return "no rules yet"
        case "no-levels":
            return "no levels loaded"
        case "panel":
            return "panel’s own"
    if factor.settled:
        differs = factor.panel is not None and factor.panel.position.level != factor.lowest.level
        own = of.marked(factor.panel.position).shown if factor.panel and of else ""
        return f"panel has {own}" if differs else "settled"
    if factor.highest.level is None:
        return "no rule for it"
    return f"open: {len(factor.open_questions)} to ask" if factor.open_questions else "open"


def total_line(outcome: Outcome) -> str:
    """The total and its band, or what is still possible, in one line."""
    if outcome.totals is None:
        missing = outcome.book.scheme.unlevelled
        of_ = "" if len(missing) == len(outcome.factors) else f" for {factors_line(_numbers(missing))}"
        return f"No total: no level definitions are loaded{of_}"
    low, high = outcome.totals
    total = f"Total {outcome.total}" if outcome.total is not None else f"Total from {low} to {high}"
    if not outcome.book.scheme.bands:
        return total
    names = [name for name in outcome.bands if name]
    if outcome.total is not None:
        return f"{total}, band {outcome.band}" if outcome.band else f"{total}, no band"
    if not names:
        return f"{total}, no band"
    reach = f"band {' or '.join(names)}" if len(names) < _MANY else f"bands {names[0]} to {names[-1]} possible"
    return f"{total}, {reach} or no band" if None in outcome.bands else f"{total}, {reach}"


def _numbers(factors: Sequence[Factor]) -> tuple[int, ...]:
    return tuple(factor.number for factor in factors)


def settled_score(outcome: Outcome) -> Score | None:
    """The score of a job whose every factor is settled, else nothing."""
    if outcome.total is None:
        return None
    return work_out(outcome.book.scheme, [_position(factor) for factor in outcome.factors])


def _position(factor: FactorOutcome) -> Position | None:
    return Position(factor.lowest.level) if factor.lowest.level is not None else None


def _remarks(outcome: Outcome) -> tuple[str, ...]:
    score = settled_score(outcome)
    grade = grade_line(outcome.grades)
    return (*(remarks(score) if score is not None else _unsettled(outcome)), *((grade,) if grade else ()))


def grade_line(grades: Sequence[m.Grade | None]) -> str:
    """The local grade, or those that are still possible, with who agreed on them when; empty where there are none."""
    names = [grade for grade in grades if grade]
    if not grades:
        return ""
    if not names:
        return "No local grade: the grades that were agreed do not reach this total."
    first, last = names[0], names[-1]
    beyond = " or none" if None in grades else ""
    if len(names) == 1:
        said = f"{first.name} ({first.low} to {first.high} points){beyond}"
    else:
        said = f"{first.name} to {last.name}{beyond} possible, from {first.low} to {last.high} points"
    return f"Local grade: {said}, {agreed_line(first.agreed)}."


def _unsettled(outcome: Outcome) -> list[str]:
    scheme = outcome.book.scheme
    if outcome.totals is None:
        return [scheme.no_bands] if scheme.no_bands else []
    open_ = [str(factor.number) for factor in outcome.factors if not factor.settled]
    of = "factor" if len(open_) == 1 else "factors"
    found = [f"The total is not settled: the level of {of} {listed(open_)} is still open."]
    if scheme.no_bands:
        found.append(scheme.no_bands)
    elif len(outcome.bands) <= _FEW:
        found.append(_reach(outcome))
    return found


def _reach(outcome: Outcome) -> str:
    """The bands that the possible totals reach into, each with its own limits."""
    names = [name for name in outcome.bands if name]
    touched = [band for band in outcome.book.scheme.bands if band.name in names]
    found = "; ".join(f"band {band.name} is {band.low} to {band.high}" for band in touched)
    return f"{found[:1].upper()}{found[1:]}."


def listed(words: list[str]) -> str:
    """``13``, ``13 and 15``, ``13, 14 and 15``."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def factors_line(numbers: tuple[int, ...]) -> str:
    """``factor 13``, ``factors 13 and 15``."""
    return f"factor{'' if len(numbers) == 1 else 's'} {listed([str(number) for number in numbers])}"


# ── what several factors share ───────────────────────────────────────────────────────────────────────────────────


def _panel(factor: FactorOutcome, telling: FactorTelling) -> Line | None:
    if factor.panel is None:
        return None
    return Line(telling.panel, evidence=factor.panel.evidence, source=factor.panel.source)


def _assumptions(tellings: dict[int, FactorTelling]) -> tuple[Assumed, ...]:
    found: dict[str, tuple[Assumption, list[int]]] = {}
    for number, telling in tellings.items():
        for one in telling.assumptions:
            found.setdefault(one.id, (one, []))[1].append(number)
    return tuple(Assumed(one, tuple(numbers)) for one, numbers in found.values())


def _queries(tellings: dict[int, FactorTelling]) -> tuple[For, ...]:
    """Every query once; where factors rest the same one on different paragraphs, these stand with their factors."""
    found: dict[tuple[str, str], dict[int, Line]] = {}
    for number, telling in tellings.items():
        for line in telling.queries:
            found.setdefault((line.text, line.interpretation), {})[number] = line
    return tuple(For(_cited_by(lines), tuple(lines)) for lines in found.values())


def _cited_by(lines: dict[int, Line]) -> Line:
    first, *others = lines.values()
    if all(line.cites == first.cites for line in others):
        return first
    each = (f"factor {number}, {cite}" for number, line in lines.items() for cite in line.cites.split("; "))
    return replace(first, cites="; ".join(each))
