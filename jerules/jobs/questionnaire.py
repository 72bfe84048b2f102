"""A blank job file: every question in plain words above the place of its answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from jerules.faults import Fault, Faulty
from jerules.jobs.load import FORMAT
from jerules.jobs.packs import carried
from jerules.jobs.page import STEP, Page, put_question
from jerules.jobs.panel import questions_for_the_panel
from jerules.rulebook.consistency import questions_read
from jerules.rulebook.model import Carries, FactorRules, RuleBook
from jerules.rulebook.questions import JOB, Question, Record
from jerules.scheme.model import Factor

_HOW_TO = (
    "Describe what the job needs, and not what the person who does it is able to do.",
    "Write each answer after its colon.",
    "Any answer may be left empty: empty means not known, and it never counts as no.",
    "Write quantities as you would say them, with their unit: 6 kg, 20 min, 3 a month.",
    "A range will do where no one number is right: 4 to 7 kg, at least 3 a month.",
    "Lines that begin with # are there to be read. Keep the spaces before each line.",
    'Put a text with a colon or a # in it into double quotes: "Cleaning: wards 4 and 5".',
    "Beside any answer there may stand what shows it, and where that is written:",
)
_WITH_EVIDENCE = (
    "weight:",
    "  answer: 6 kg",
    "  evidence: empties linen skips of up to 6 kg",
    "  source: job description, section 4",
)


def questionnaire(book: RuleBook, factors: Sequence[int] | None = None, folder: Path | None = None) -> str:
    """A blank job file in YAML, which loads as it stands as a job about which nothing is known.

    Args:
        book: the rule book whose questions are asked.
        factors: the numbers of the factors to ask for; all of them when None. Questions that only other factors read
            are left out.
        folder: where the job file is going to be; the packs of the book are named as from there.

    Raises:
        Faulty: ``unknown-factor`` for each number that is no factor of the scheme.

    """
    wanted = _wanted(book, factors)
    used = _used_for(book, wanted)
    page = Page()
    _heading(page, book, wanted if factors else (), folder or Path())
    _hours(page)
    asked = {record.name: _asked(record, used, everything=not factors) for record in book.records.values()}
    if asked[JOB]:
        page.section("The job as a whole")
        page.key("job", 0)
        for number, question in enumerate(asked[JOB]):
            if number:
                page.gap()
            put_question(page, question, 1, used.get(question, ()))
    records = [record for name, record in book.records.items() if name != JOB and asked[name]]
    if records:
        page.section("Duties, contacts and demands, of which a job may have several")
        page.comment(
            "Repeat an entry, from its dash on, as often as the job needs it. Where the job has none, write [] after "
            "the name and delete the entry. An entry left wholly empty says nothing if it is the only one; beside "
            "others it says that there may be more."
        )
        page.key("records", 0)
    for record in records:
        _record(page, record, asked[record.name], used)
    _panel(page, book, wanted, used)
    _decisions(page, book, wanted)
    return page.text()


# ── what to ask ──────────────────────────────────────────────────────────────────────────────────────────────────


def _wanted(book: RuleBook, factors: Sequence[int] | None) -> tuple[Factor, ...]:
    scheme = book.scheme
    if not factors:
        return scheme.factors
    unknown = [number for number in dict.fromkeys(factors) if scheme.factor(number) is None]
    if unknown:
        expected = f"a number from 1 to {len(scheme.factors)}"
        help_ = "correct the number, or leave it out to ask for every factor"
        raise Faulty(
            Fault("unknown-factor", f"{scheme.title} has no factor {number}", expected=expected, help=help_)
            for number in unknown
        )
    return tuple(factor for factor in scheme.factors if factor.number in factors)


def _used_for(book: RuleBook, wanted: Iterable[Factor]) -> dict[Question, list[str]]:
    """For each question the titles of the wanted factors that read it, a tool's reading counting for its factor."""
    used: dict[Question, list[str]] = {}
    for factor in wanted:
        key = str(factor.number)
        readers = [rules for rules in book.factors.values() if rules.key == key or _carries_to(rules, key)]
        read = (question for rules in readers for question in questions_read(book, rules))
        own = (question for record in book.records.values() for question in record.questions)
        # Where no rule gives the factor a level, what its files ask is used all the same: the panel reads it.
        ruled = any(rules.gives_levels for rules in readers)
        for question in (*read, *(one for one in own if one.factor == key and not ruled)):
            titles = used.setdefault(question, [])
            if factor.title not in titles:
                titles.append(factor.title)
    return used


def _carries_to(rules: FactorRules, key: str) -> bool:
    return any(isinstance(rule.effect, Carries) and rule.effect.factor == key for rule in rules.rules)


def _asked(record: Record, used: dict[Question, list[str]], *, everything: bool) -> tuple[Question, ...]:
    """The questions of a record to ask, in its order; with any of them the one that names the entry."""
    read = [question for question in record.questions if everything or question in used]
    return tuple(
        question for question in record.questions if question in read or (read and question.name == record.label)
    )


# ── the parts of the file ────────────────────────────────────────────────────────────────────────────────────────


def _heading(page: Page, book: RuleBook, only: Sequence[Factor], folder: Path) -> None:
    scheme = book.scheme
    page.comment(f"Questionnaire for one job: {scheme.title}, {scheme.edition.words}")
    if scheme.label:
        page.comment(scheme.label)
    if only:
        page.comment("Only what is asked for " + "; ".join(f"factor {one.number} {one.title}" for one in only))
    page.comment("")
    page.comment("How to fill it in")
    for advice in _HOW_TO:
        page.comment(advice, first="- ")
    page.lines += [f"#     {line}" for line in _WITH_EVIDENCE]
    page.gap()
    page.key("jerules", 0, FORMAT)
    page.key("scheme", 0, scheme.id)
    if book.packs:
        page.gap()
        page.comment("The local agreements that the job is evaluated under, each with its hash as it was then")
        page.lines += carried(book.packs, folder)
    page.gap()
    page.comment("What is the job called? The title of the job only, and no one's name.")
    page.key("title", 0)
    page.comment("Anything the panel should know about it, in a few words.")
    page.key("about", 0)


def _hours(page: Page) -> None:
    page.section("The hours of the job")
    page.comment("They turn times a week into shares of shifts and back.")
    page.key("hours", 0)
    page.comment("How many shifts, or working days, does the jobholder work in a week?", 1)
    page.comment("Answer: one usual number, such as 5 a week or 3.5 a week", 1, first=STEP)
    page.key("shifts", 1)
    page.comment("How long is one shift?", 1)
    page.comment("Answer: one usual length, such as 7.5 hours or 12 h", 1, first=STEP)
    page.key("length", 1)


def _record(page: Page, record: Record, questions: Sequence[Question], used: dict[Question, list[str]]) -> None:
    name = record.name
    read = [used[question] for question in questions if question in used]
    alike = tuple(read[0]) if read and all(titles == read[0] for titles in read) else ()
    page.gap()
    page.comment(record.title, 1, first="── ", then="   ")
    page.comment(f"One entry for each; `{name}: []` if the job has none.", 1)
    if alike:
        page.comment(f"Used for: {', '.join(alike)}", 1)
    page.key(name, 1)
    for number, question in enumerate(questions):
        if number:
            page.gap()
        put_question(page, question, 3, () if alike else used.get(question, ()), item=number == 0)
    page.gap()
    page.comment(f"What shows this entry of `{name}` as a whole, and where that is written", 3)
    page.key("evidence", 3)
    page.key("source", 3)


def _panel(page: Page, book: RuleBook, wanted: Sequence[Factor], used: dict[Question, list[str]]) -> None:
    ruled = {rules.number for rules in book.factors.values() if rules.gives_levels}
    open_ = [factor for factor in wanted if factor.number not in ruled and factor.levels]
    bare = [factor for factor in wanted if not factor.levels]
    if bare:
        page.section("No level definitions loaded")
        named = "; ".join(f"{factor.number} {factor.title}" for factor in bare)
        page.comment(f"{book.scheme.no_levels} So no level can be entered for {named}.")
    asked = {title for titles in used.values() for title in titles}
    if asked and (blank := [factor for factor in bare if factor.title not in asked]):
        page.section("Not asked")
        named = "; ".join(f"{factor.number} {factor.title}" for factor in blank)
        page.comment(f"A review has to look at every factor, and no question above is about {named}.")
    if not open_:
        return
    page.section("The panel's own levels")
    page.comment(
        "For these factors there are no rules yet. Enter the level that the panel chose with its reason in a sentence; "
        "leave both empty where it has not. `evidence` and `source` may stand beside them. A factor with rules can be "
        "added by its number where the panel takes a view of its own."
    )
    page.key("panel", 0)
    for factor in open_:
        page.comment(f"{factor.title}: {_levels_of(factor)}", 1)
        for level in factor.levels:
            if level.about:
                page.comment(level.about, 1, first=f"{STEP}{level.number}  ")
        page.key(str(factor.number), 1)
        page.key("level", 2)
        page.key("reason", 2)


def _levels_of(factor: Factor) -> str:
    lettered = [f"{level.number}({letter})" for level in factor.levels for letter in level.options]
    letters = f"; with options {', '.join(lettered)}" if lettered else ""
    return f"a level from 1 to {factor.levels[-1].number}{letters}"


def _decisions(page: Page, book: RuleBook, wanted: Iterable[Factor]) -> None:
    keys = {str(factor.number): factor for factor in wanted}
    asked = {}
    for name, (rules, left) in questions_for_the_panel(book).items():
        # A tool's decision is asked for wherever the tool may raise one of the factors.
        used = [factor.title for key, factor in keys.items() if rules.key == key or _carries_to(rules, key)]
        if used:
            asked[name] = (used, left)
    if not asked:
        return
    page.section("What the guidance leaves to the panel")
    page.comment(
        "Each arises only in some jobs. Where one does, and the panel has decided it, enter the level with its reason; "
        "until then both levels stay possible."
    )
    page.key("decisions", 0)
    for number, (name, (used, left)) in enumerate(asked.items()):
        if number:
            page.gap()
        page.comment(left.asks, 1)
        page.comment(f"Answer: {left.low} or {left.high}", 1, first=STEP)
        page.comment(f"Used for: {', '.join(used)}", 1, first=STEP)
        page.key(name, 1)
        page.key("level", 2)
        page.key("reason", 2)
