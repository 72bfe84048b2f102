"""What a check of the rules found, ordered and in words: every rendering of it prints this and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from jerules.explain.phrases import cites
from jerules.jobs.model import Entry, Job
from jerules.quantities.words import say_day
from jerules.report.sheet import pack_line
from jerules.rulebook.model import RuleBook
from jerules.verify.checks import CHECKS
from jerules.verify.grids import Grid
from jerules.verify.model import Acceptance, End, Finding, Obligation, State, Witness
from jerules.verify.run import Report, only_procedures

STATES: Final = (State.PROVED, State.REFUTED, State.ACCEPTED, State.UNDECIDED)
TITLES: Final[Mapping[str, str]] = {check.code: check.title for check in CHECKS}
WHOLE: Final = "The scheme as a whole"
CLOSING: Final = (
    "A proof speaks of the rules as they are written here; what they say of a job stays for the panel to decide."
)


@dataclass(frozen=True, slots=True)
class EndSheet:
    """One side of a finding: the words, the place in the rule file, the paragraphs."""

    words: str
    place: str
    cites: str


@dataclass(frozen=True, slots=True)
class WitnessSheet:
    """A job that shows a finding: what it comes to, its answers by entry, and who confirms it."""

    shows: str
    entries: tuple[tuple[str, str], ...]
    confirmed: str


@dataclass(frozen=True, slots=True)
class FindingSheet:
    """One obligation that is not simply proved."""

    code: str
    title: str
    state: State
    subject: str
    says: str
    message: str
    ends: tuple[EndSheet, ...]
    regions: tuple[str, ...]
    witnesses: tuple[WitnessSheet, ...]
    core: tuple[str, ...]
    help: str
    accept: str
    accepted: str


@dataclass(frozen=True, slots=True)
class Part:
    """What was found of one factor, one tool, or the scheme as a whole.

    ``proved`` has for each check its code, title and how many obligations were proved; ``grids`` the levels of each
    combination of the words that the guidance uses as scales.
    """

    title: str
    open: tuple[FindingSheet, ...]
    accepted: tuple[FindingSheet, ...]
    proved: tuple[tuple[str, str, int], ...]
    says: tuple[str, ...]
    grids: tuple[Grid, ...]


@dataclass(frozen=True, slots=True)
class CheckSheet:
    """A whole report."""

    title: str
    frame: tuple[tuple[str, str], ...]
    counts: tuple[tuple[State, int], ...]
    verdict: str
    parts: tuple[Part, ...]


def check_sheet(report: Report, grids: Mapping[str, Sequence[Grid]] | None = None) -> CheckSheet:
    """A report in words; ``grids`` are the tables of levels by factor, where they are wanted."""
    book = report.book
    by_factor: dict[str, list[Obligation]] = {}
    for one in report.obligations:
        by_factor.setdefault(one.factor, []).append(one)
    counts = tuple((state, report.count(state)) for state in STATES)
    frame = [
        ("Scheme", f"{book.scheme.title}, {book.scheme.edition.words}"),
        ("Rule book", book.hash),
        *(("With", pack_line(pack)) for pack in book.packs),
        ("Checked for", say_day(report.on)),
        *([("Not proved", _not_proved(report))] if report.without_levels else ()),
    ]
    parts = tuple(_part(book, key, found, (grids or {}).get(key, ())) for key, found in by_factor.items())
    what = "procedures" if only_procedures(book) else "rules"
    return CheckSheet(f"The {what} of the {book.scheme.title}, checked", tuple(frame), counts, verdict(report), parts)


def _not_proved(report: Report) -> str:
    """What is not looked at of procedures, so that nobody takes it for proved."""
    codes = report.without_levels
    return (
        f"of procedures, what speaks of levels ({', '.join(codes[:-1])} and {codes[-1]}), and whether days and "
        "deadlines are right; `jerules test` runs their examples"
    )


def verdict(report: Report) -> str:
    """The whole in a sentence."""
    total = len(report.obligations)
    said = ", ".join(f"{report.count(state):,} {state.value}" for state in STATES)
    short = sum(one.needed > 0 for one in report.obligations)
    limit = f"; {short:,} of them with fewer entries than it takes for every job" if short else ""
    return f"{total:,} obligation{'' if total == 1 else 's'}: {said}{limit}"


def _part(book: RuleBook, key: str, found: Sequence[Obligation], grids: Sequence[Grid]) -> Part:
    proved: dict[str, int] = {}
    for one in found:
        if one.state is State.PROVED:
            proved[one.check] = proved.get(one.check, 0) + 1
    return Part(
        factor_title(book, key),
        tuple(_finding(one) for one in found if one.state in {State.REFUTED, State.UNDECIDED}),
        tuple(_finding(one) for one in found if one.state is State.ACCEPTED),
        tuple(
            (code, TITLES[code], number) for code, number in sorted(proved.items(), key=lambda item: int(item[0][1:]))
        ),
        tuple(f"{one.check} {one.says}{short_of(one)}" for one in found if one.state is State.PROVED),
        tuple(grids),
    )


def short_of(one: Obligation) -> str:
    """That fewer entries were looked at than it takes, in brackets; empty where that is not so."""
    if not one.needed:
        return ""
    return f" (looked at {one.entries} entries of a record; for every job it would take {one.needed})"


def factor_title(book: RuleBook, key: str) -> str:
    """How a report heads a factor, a tool, or what belongs to the whole scheme."""
    if not key:
        return WHOLE
    rules = book.factors.get(key)
    if rules is None:
        return key
    if rules.procedure:
        return f"Procedure: {rules.title}"
    return f"Factor {rules.number}: {rules.title}" if rules.number is not None else f"Tool: {rules.title}"


def _finding(one: Obligation) -> FindingSheet:
    finding = one.finding or Finding("")
    return FindingSheet(
        one.check,
        TITLES.get(one.check, ""),
        one.state,
        one.subject,
        one.says,
        f"{finding.message}{short_of(one)}",
        tuple(_end(end) for end in finding.ends),
        finding.regions,
        tuple(_witness(witness) for witness in finding.witnesses),
        finding.core,
        finding.help,
        accept_line(one) if one.state is State.REFUTED else "",
        _accepted(one.acceptance) if one.acceptance else "",
    )


def accept_line(one: Obligation) -> str:
    """The statement that accepts a finding, but for the reason."""
    return f'accept {one.check} "{one.subject}" on DATE because "…"'


def _end(end: End) -> EndSheet:
    return EndSheet(end.words, f"{end.place.file}:{end.place.line}" if end.place else "", cites(end.citations))


def _accepted(acceptance: Acceptance) -> str:
    if acceptance.interpretation:
        return f"by interpretation {acceptance.interpretation}: {acceptance.because}"
    on = f"on {say_day(acceptance.on)}" if acceptance.on else ""
    until = f" until {say_day(acceptance.until)}" if acceptance.until else ""
    return f"{on}{until}: {acceptance.because}"


def _witness(witness: Witness) -> WitnessSheet:
    return WitnessSheet(witness.shows, answered(witness.job), confirmed(witness.confirmed_by))


def answered(job: Job) -> tuple[tuple[str, str], ...]:
    """The answers of a job, by entry, and what the panel decided."""
    entries = [("the job", _answers(job.facts))] if job.facts.answers else []
    for record, found in job.records.items():
        entries += [(record.replace("_", " "), _answers(entry)) for entry in found]
    for name, decision in job.decisions.items():
        entries.append(("the panel decides", f"{name.replace('_', ' ')}: {decision.position}"))
    return tuple(entries)


def confirmed(by: Sequence[str]) -> str:
    """Which evaluators confirm a job that was found."""
    return f"confirmed by {' and '.join(by)}" if by else "not confirmed"


def _answers(entry: Entry) -> str:
    return "; ".join(
        f"{name.replace('_', ' ')} {answer.written.replace('_', ' ')}" for name, answer in entry.answers.items()
    )


def findings(sheet: CheckSheet) -> Iterator[tuple[Part, FindingSheet]]:
    """Every finding that is not accepted, with its part."""
    for part in sheet.parts:
        for one in part.open:
            yield part, one


def sides(finding: FindingSheet) -> Iterable[tuple[EndSheet, EndSheet | None]]:
    """The ends of a finding two by two, to be shown side by side."""
    ends = finding.ends
    for number in range(0, len(ends), 2):
        yield ends[number], ends[number + 1] if number + 1 < len(ends) else None
