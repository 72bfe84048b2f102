"""The small connecting words of a report, the same in every rendering."""

from __future__ import annotations

from jerules.explain.branches import Branch
from jerules.explain.cross_checks import CheckTelling
from jerules.explain.hurdles import Hurdle
from jerules.explain.told import Ask, Assumption, Because, FactorTelling, Line
from jerules.report.sheet import FactorSheet, For, Numbered, Row, Sheet, factors_line, listed
from jerules.rulebook.quotes import Quote

ASK = "Still to ask"
NOTHING_TO_ASK = "Nothing that could change a level that the rules give."
POSSIBLE = "Not settled; what is still open could also make it"
KEPT = "Counted elsewhere"
FACTS = "What is known"
RESTS = "What this rests on"
NO_ASSUMPTION = "The guidance itself, and no interpretation of it."
QUERIES = "Queries for the panel"
CHECKS = "Checks before signing off"

_STATUSES = {"local": "local convention", "default": "an assumption", "advisory": "advisory"}
_MARKS = {"yes": "yes", "no": "no", "unknown": "open"}


def capital(text: str) -> str:
    """A text that begins with a capital."""
    return f"{text[:1].upper()}{text[1:]}"


def small(text: str) -> str:
    """A text that goes on within a sentence."""
    return f"{text[:1].lower()}{text[1:]}"


def unsettled(row: Row) -> bool:
    """Whether the level of a row is still a range."""
    return " to " in row.level or row.level in {"not known", "not loaded"}


def own(telling: FactorTelling) -> tuple[Because, ...]:
    """The reasons by the factor's own rules; those by a tool stand among its steps."""
    return tuple(because for because in telling.because if not because.tool)


def certain(reasons: tuple[Because, ...]) -> tuple[Because, ...]:
    """The reasons that the answers establish."""
    return tuple(because for because in reasons if because.certain)


def possible(reasons: tuple[Because, ...]) -> tuple[Because, ...]:
    """The reasons that what is still open could establish."""
    return tuple(because for because in reasons if not because.certain)


def once(reasons: tuple[Because, ...]) -> list[tuple[Because, tuple[Line, ...]]]:
    """Each reason that is still open, with those of its lines that no reason before it has: nothing is said twice."""
    found = []
    said = {line for because in certain(reasons) for line in because.lines}
    for because in possible(reasons):
        found.append((because, tuple(line for line in because.lines if line not in said)))
        said.update(because.lines)
    return found


def numbered(asks: tuple[Ask, ...]) -> list[Numbered]:
    """The questions of a single factor, numbered for themselves."""
    return [Numbered(number, ask, ()) for number, ask in enumerate(asks, start=1)]


def because_beside(because: Because) -> str:
    """The level that a reason gives, its paragraphs, and its authority where it is not binding."""
    return "; ".join(part for part in (because.gives, possible_beside(because)) if part)


def possible_level(because: Because) -> str:
    """The level that a reason may give, for the front of its line."""
    return because.gives.removeprefix("level ")


def possible_beside(because: Because) -> str:
    """The paragraphs of a reason apart from its own level's, and its authority where it is not binding."""
    parts = [cite for cite in because.cites.split("; ") if cite not in {because.gives, f"{because.gives} of the tool"}]
    return "; ".join(part for part in (*parts, _STATUSES.get(because.status, "")) if part)


def beside(line: Line) -> str:
    """The paragraph that a line rests on, and the interpretation, if it rests on one."""
    return "; ".join(part for part in (line.cites, line.interpretation) if part)


def backing(line: Line) -> str:
    """The panel's evidence for a line and where it comes from; empty when it gave none."""
    if line.evidence and line.source:
        return f"evidence: {line.evidence} (source: {line.source})"
    return f"evidence: {line.evidence}" if line.evidence else f"source: {line.source}" if line.source else ""


def quoted(quote: Quote) -> str:
    """The official words of a paragraph from the user's copy, or that the copy has them no longer."""
    if quote.text:
        return f"{quote.place}: “{quote.text}”"
    said = "has changed in your copy, so it is not quoted" if quote.state == "changed" else "is not in your copy"
    return f"{quote.place}: {said}"


def hurdle_beside(hurdle: Hurdle) -> str:
    """The paragraphs of a rule of another level, unless they only repeat its name."""
    return "" if hurdle.cites in {f"level {hurdle.gives}", hurdle.gives} else hurdle.cites


def standing(telling: FactorTelling, between: str) -> str:
    """The level of a factor and its points, where it has any."""
    return between.join(part for part in (telling.level, telling.points) if part)


def why_not(telling: FactorTelling) -> str:
    """The heading over what stands in the way of another level."""
    return f"Why not level {telling.why_not_level}"


def pointer(one: FactorSheet) -> str:
    """Where the questions of a factor stand on the sheet."""
    numbers = [str(number) for number in one.asks]
    return f"question{'' if len(numbers) == 1 else 's'} {listed(numbers)} below."


def closing(sheet: Sheet) -> str:
    """The last line of every report."""
    return f"This is {sheet.label}."


def steps_of(number: int, because: Because) -> str:
    """The heading over the steps of one reason."""
    by = f", by the tool “{because.tool}”" if because.tool else ""
    return f"Reason {number} step by step: {because.gives}{by}"


def check_says(check: CheckTelling) -> str:
    """How a check of the whole job came out, and what it demands."""
    return f"{check.state}: {check.says}"


def query_beside(query: For) -> str:
    """The factors of a query, and its paragraphs."""
    return "; ".join(part for part in (factors_line(query.factors), beside(query.line)) if part)


def asked(ask: Ask) -> str:
    """A question and what it is about."""
    return f"{ask.text} ({ask.about})" if ask.about else ask.text


def worth(one: Numbered) -> str:
    """The factors that a question is for, and what an answer would do."""
    if not one.factors:
        return capital(f"{one.ask.does}.")
    return f"{capital(factors_line(one.factors))}: {one.ask.does}."


def assumption_title(one: Assumption) -> str:
    """An interpretation by its name."""
    return f"{one.id}: {one.title}"


def mark(tree: Branch) -> str:
    """How a step came out, in a word."""
    return _MARKS[tree.truth]


def step(tree: Branch) -> str:
    """What a step looked at, what was found, and what was needed."""
    if not tree.needs:
        return tree.what
    answer = tree.answer or "not known"
    end = "" if tree.what.endswith("?") else ":"
    needs = f" (needs {tree.needs})" if tree.needs != tree.answer else ""
    return f"{tree.what}{end} {answer}{needs}"


def step_beside(tree: Branch) -> str:
    """The paragraphs of a step, and its interpretation."""
    cites = "; ".join(citation.words for citation in tree.cites)
    return "; ".join(part for part in (cites, tree.interpretation) if part)
