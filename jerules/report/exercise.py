"""Coverage and mutants as text for a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from rich.box import SIMPLE
from rich.table import Table

from jerules.exercise.cases import as_text
from jerules.exercise.coverage import KINDS, BothWays, Coverage, Cut, Near, RuleSeen, Shown, counted, shown_of, total
from jerules.exercise.mutation import NO_EXAMPLES, NOT_SOUGHT, Fate, Mutation, Result, percent
from jerules.exercise.suggesting import suggested
from jerules.report.lines import WIDTH, Lines
from jerules.rulebook import model as m

_FATES = (
    (Fate.EXAMPLE, "noticed by an example", ""),
    (Fate.PROOF, "noticed by a proof", ""),
    (Fate.SURVIVES, "not noticed", "an example would tell them: see below"),
    (Fate.UNTOLD, "not noticed", "and no example was found that would tell them"),
    (Fate.SAME, "the same", "proved to say what the rules say: nothing to notice"),
)


# ── coverage ─────────────────────────────────────────────────────────────────────────────────────────────────────


def coverage_to_terminal(coverage: Coverage, *, missing: bool, colour: bool = False, width: int = WIDTH) -> str:
    """How much the examples show of each factor; with ``missing`` all that they do not, and examples to add."""
    page = Lines(colour=colour, width=width)
    scheme = coverage.book.scheme
    page.heading(f"What the examples show of the rules: {scheme.title}")
    page.table(_table(coverage))
    part, whole = total(coverage)
    page.text(f"{percent(part, whole)} of all that can be shown ({part:,} of {whole:,}), never rounded up")
    if missing:
        _missing(page, coverage)
    return page.written()


def _table(coverage: Coverage) -> Table:
    table = Table(box=SIMPLE, pad_edge=False, padding=(0, 1))
    table.add_column("Factor or tool", overflow="fold")
    for kind in KINDS:
        table.add_column(kind.capitalize(), justify="right", no_wrap=True)
    found = counted(coverage)
    homes = dict.fromkeys(one.factor for every in found.values() for one in every)
    for home in sorted(homes, key=lambda key: (int(key) if key.isdecimal() else 0, key)):
        cells = [shown_of(one for one in found[kind] if one.factor == home) for kind in KINDS]
        table.add_row(_called(coverage.book, home), *(f"{part}/{whole}" if whole else "" for part, whole in cells))
    cells = [shown_of(found[kind]) for kind in KINDS]
    table.add_section()
    table.add_row("all", *(f"{part}/{whole}" for part, whole in cells))
    table.add_row("", *(percent(part, whole) for part, whole in cells))
    return table


def _called(book: m.RuleBook, home: str) -> str:
    rules = book.factors.get(home)
    if rules is None:
        return home
    if rules.number:
        return f"{home} {rules.title}"
    return f"{'procedure' if rules.procedure else 'tool'} {rules.title}"


def _missing(page: Lines, coverage: Coverage) -> None:
    found = counted(coverage)
    page.blank()
    for kind, title in (("rules", "Rules that decide in no example"), ("queries", "Queries that are never raised")):
        _listed(page, title, [one for one in found[kind] if not one.shown], lambda one: one.rule.source.place, _of_rule)
    for kind, title in (
        ("definitions", "Definitions that do not come out both ways"),
        ("conditions", "Conditions that do not come out both ways"),
    ):
        _listed(page, title, [one for one in found[kind] if not one.shown], lambda one: one.place, _of_both)
    cuts = [one for one in coverage.cuts if not one.shown]
    _listed(page, "Cuts that are not met closely on both sides", cuts, lambda one: one.compare.place, _of_cut)
    _suggestions(page, coverage, cuts)


def _listed(
    page: Lines, title: str, found: Sequence[Shown], place: Callable[..., object], say: Callable[..., str]
) -> None:
    if not found:
        return
    page.heading(f"{title}: {len(found)}")
    for one in found:
        page.text(f"{place(one)}", indent=2)
        page.text(say(one), indent=4)
    page.blank()


def _of_rule(one: RuleSeen) -> str:
    if isinstance(one.rule.effect, m.Asks):
        return f"“{one.rule.effect.text}”"
    return f"{one.says}: {f'holds in {one.held}, and does not decide there' if one.held else 'never holds'}"


def _of_both(one: BothWays) -> str:
    return f"`{one.says}`: {'never fails' if one.yes else 'never holds'}{'' if one.yes or one.no else ', never fails'}"


def _of_cut(one: Cut) -> str:
    return f"`{one.says}`: nearest that holds {_near(one.holding)}; nearest that does not {_near(one.failing)}"


def _near(near: Near | None) -> str:
    return f"{near.value} ({near.job})" if near else "none"


def _suggestions(page: Lines, coverage: Coverage, cuts: Iterable[Cut]) -> None:
    """Examples to add, with what the rules give now."""
    texts = [
        (cut, "\n".join(as_text(coverage.book, example) for example in found))
        for cut in cuts
        if (found := suggested(coverage, cut))
    ]
    if not texts:
        return
    page.heading("Examples to add")
    page.text("Each gives what the rules give now. Check it against the guidance before you add it.")
    for cut, text in texts:
        page.blank()
        page.text(f"{cut.compare.place}: `{cut.says}`", lead="# ")
        page.verbatim(text)


# ── mutants ──────────────────────────────────────────────────────────────────────────────────────────────────────


def mutants_to_terminal(found: Mutation, *, colour: bool = False, width: int = WIDTH) -> str:
    """What became of the mutants, and for each that nothing noticed what it is and what would notice it."""
    page = Lines(colour=colour, width=width)
    page.heading(f"Mutants of the rules: {found.book.scheme.title}")
    page.text(f"{len(found.results):,} of {found.of:,} tried", indent=2)
    page.blank()
    for fate, name, remark in _FATES:
        if number := found.count(fate):
            page.text(name + (f", {remark}" if remark else ""), indent=2, lead=f"{number:>6,}  ")
    page.blank()
    score = percent(found.noticed, found.telling)
    page.text(
        f"{score} of those that say something else are noticed ({found.noticed:,} of {found.telling:,})", indent=2
    )
    _unshown(page, found)
    if any(one.by == NOT_SOUGHT for one in found.results):
        page.blank()
        page.text(f"{NOT_SOUGHT.capitalize()} that would notice what is left: write one that turns on it.", indent=2)
    _survivors(page, found, Fate.SURVIVES, "Not noticed, and an example that would notice it")
    _survivors(page, found, Fate.UNTOLD, "Not noticed, and no example found that would notice it")
    return page.written()


def _unshown(page: Lines, found: Mutation) -> None:
    """Say of which factors there are no examples: the share says nothing about their rules."""
    if not found.unshown:
        return
    page.blank()
    whole = len(found.unshown) == len(found.book.factors)
    page.text("There are no examples." if whole else "There are no examples of:", indent=2)
    for key in () if whole else found.unshown:
        page.text(_called(found.book, key), indent=4, lead="· ")
    page.text(
        "Without one nothing can notice a slip, and nothing is found that would. Write a few, each a job with the "
        "level that it is to get; `jerules test` runs them.",
        indent=2,
    )


def _survivors(page: Lines, found: Mutation, fate: Fate, title: str) -> None:
    results = [one for one in found.results if one.fate is fate]
    if not results:
        return
    page.blank()
    page.heading(f"{title}: {len(results)}")
    groups: dict[str, list[Result]] = {}
    for one in results:
        text = as_text(found.book, one.witness) if one.witness else ""
        groups.setdefault(text, []).append(one)
    for text, group in groups.items():
        for one in group:
            page.blank()
            page.row(f"{one.mutant.place}", one.mutant.id, indent=2)
            page.text(one.mutant.says, indent=4)
            if one.by and one.by not in {NO_EXAMPLES, NOT_SOUGHT}:  # said once, above
                page.text(one.by, indent=4, lead="· ")
        if text:
            page.blank()
            page.verbatim(text)
