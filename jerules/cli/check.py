"""``jerules check``: what can be proved of the rules, and what cannot."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jerules.cli.shared import AGAINST_HELP, FROM_HELP, OUTPUT_HELP, PACK_HELP

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from jerules.faults import Fault
    from jerules.rulebook.model import RuleBook
    from jerules.verify.run import Report, Selection


_ON_HELP = "The day on which acceptances are to hold, as 2026-11-21; today when left out."


class Form(StrEnum):
    """How the result is written."""

    TERMINAL = "terminal"
    HTML = "html"
    JSON = "json"
    SARIF = "sarif"


class Kept(StrEnum):
    """How a witness is kept."""

    JOB = "job"
    EXAMPLE = "example"


def register(app: typer.Typer) -> None:
    """Add the command ``check`` to ``app``."""

    @app.command()
    def check(
        rules: Annotated[
            list[str] | None,
            typer.Argument(metavar="[SCHEME | FILE.jer]...", help="Schemes or rule files; every scheme when left out."),
        ] = None,
        factors: Annotated[
            list[str] | None,
            typer.Option("--factor", metavar="FACTOR", help="Only this factor or tool; may be given several times."),
        ] = None,
        checks: Annotated[
            list[str] | None,
            typer.Option("--check", metavar="V8", help="Only this check; may be given several times."),
        ] = None,
        packs: Annotated[
            list[Path] | None, typer.Option("--with", metavar="PACK", readable=False, help=PACK_HELP)
        ] = None,
        own: Annotated[
            Path | None, typer.Option("--scheme-from", metavar="DIR", readable=False, help=FROM_HELP)
        ] = None,
        against: Annotated[str | None, typer.Option(metavar="OLD", help=AGAINST_HELP)] = None,
        form: Annotated[Form, typer.Option("--format", help="How to write what was found.")] = Form.TERMINAL,
        everything: Annotated[bool, typer.Option("--all", help="Name what is proved, too.")] = False,
        on: Annotated[str | None, typer.Option(metavar="DATE", help=_ON_HELP)] = None,
        save: Annotated[
            Path | None, typer.Option("--save", metavar="DIR", help="Keep every witness in this folder.")
        ] = None,
        kept: Annotated[Kept, typer.Option("--save-as", help="Keep witnesses as job files or as examples.")] = Kept.JOB,
        output: Annotated[Path | None, typer.Option(metavar="FILE", help=OUTPUT_HELP)] = None,
    ) -> None:
        """Prove rules consistent and complete, or show where not.

        Every obligation that does not hold comes with a job on which it fails.
        """
        from jerules.cli.days import day_of
        from jerules.cli.rulefiles import parts_of
        from jerules.cli.shared import keep_apart, write_out

        day = day_of(on)
        keep_apart(output, [*(packs or ()), *(Path(one) for one in rules or () if one.endswith(".jer"))])
        chosen = parts_of(rules or (), tuple(packs or ()), own)
        other = _other(against, [book for book, _ in chosen], own)
        selections = _selections(chosen, factors or (), checks or (), other)
        reports = [_report(book, day, only) for book, only in selections]
        write_out(_written(reports, form, everything=everything, screen=output is None), output)
        if save is not None:
            from jerules.report.check_kept import keep_witnesses

            number = sum(keep_witnesses(report, save, examples=kept is Kept.EXAMPLE) for report in reports)
            typer.echo(f"{number} witness{'' if number == 1 else 'es'} kept in {save}", err=True)
        if not all(report.clean for report in reports):
            raise typer.Exit(1)


def _selections(
    chosen: "list[tuple[RuleBook, tuple[str, ...]]]",
    factors: "list[str] | tuple[()]",
    checks: "list[str] | tuple[()]",
    other: "RuleBook | None",
) -> "list[tuple[RuleBook, Selection]]":
    """What of each book is checked; raises :class:`Faulty` for factors, checks and books that there are not."""
    from jerules.cli.shared import proving
    from jerules.faults import Fault, Faulty, listed, nearest

    with proving():
        from jerules.verify.checks import CHECKS
        from jerules.verify.run import Selection

    codes = [check.code for check in CHECKS]
    wanted = tuple(one.upper() for one in checks)
    faults = [
        Fault("no-such-check", f"there is no check `{one}`", expected=listed(codes), nearest=nearest(one, codes))
        for one in wanted
        if one not in codes
    ]
    faults += [
        Fault("nothing-to-compare", f"{check.code} compares two rule books, and only one is given",
              help="name the other one with `--against`")
        for check in CHECKS if check.of_editions and check.code in wanted and other is None
    ]  # fmt: skip
    found = []
    for book, keys in chosen:
        named = {name: _key(book, name) for name in factors}
        known = [*book.factors]
        faults += [
            Fault("no-such-factor", f"there is no factor `{name}` with rules in the {book.scheme.title}",
                  expected=listed(known), nearest=nearest(name, known))
            for name, key in named.items() if key is None
        ]  # fmt: skip
        own = tuple(key for key in named.values() if key is not None)
        found.append((book, Selection(own or keys, wanted, other)))
    faults += _of_levels(found)
    if faults:
        raise Faulty(faults)
    return found


def _of_levels(found: "list[tuple[RuleBook, Selection]]") -> "Iterator[Fault]":
    """A fault for each procedure of which only levels are to be checked, for it gives none."""
    from jerules.faults import Fault, listed
    from jerules.verify.checks import OF_ANY_RULES

    codes = sorted(OF_ANY_RULES, key=lambda code: int(code[1:]))
    for book, only in found:
        named = [key for key in only.factors or book.factors if book.factors[key].procedure]
        if only.checks and OF_ANY_RULES.isdisjoint(only.checks):
            for key in named:
                message = f"`{key}` is a procedure, and {', '.join(only.checks)} speaks of levels"
                yield Fault("no-levels", message, expected=listed(codes, len(codes)), help="choose one of these checks")
        elif only.against is not None:
            for key in named:
                message = f"`{key}` is a procedure, and gives no levels that could be compared"
                yield Fault("no-levels", message, help="leave `--against` out")


def _other(against: str | None, books: "list[RuleBook]", own: Path | None) -> "RuleBook | None":
    """The book to compare with; raises :class:`Faulty` where it is of another scheme than one that is checked."""
    if against is None:
        return None
    from jerules.cli.editions import of_one_scheme, side_of

    other = side_of(against, own=own)
    for book in books:
        of_one_scheme(other.book, book)
    return other.book


def _key(book: "RuleBook", name: str) -> str | None:
    """The key of a factor by its number or its name, or of a tool."""
    if name in book.factors:
        return name
    factor = book.scheme.factor(name)
    return str(factor.number) if factor and str(factor.number) in book.factors else None


def _report(book: "RuleBook", day: "date", only: "Selection") -> "Report":
    from jerules.cli.watching import counting
    from jerules.verify.run import check

    with counting("Factors", len(only.factors) or len(book.factors) + 1) as told:
        return check(book, day, only=only, told=told)


def _written(reports: "list[Report]", form: Form, *, everything: bool, screen: bool) -> str:
    from jerules.report.check import check_sheet

    if form is Form.JSON or form is Form.SARIF:
        from jerules.report.check_json import check_to_json, check_to_sarif

        return (check_to_json if form is Form.JSON else check_to_sarif)(reports)
    if form is Form.HTML:
        from jerules.report.html import checks_to_html
        from jerules.verify.grids import grids_of

        return checks_to_html([check_sheet(report, grids_of(report)) for report in reports])
    from jerules.cli.shared import colour_and_width
    from jerules.report.check_text import check_to_terminal

    colour, width = colour_and_width(screen=screen)
    pages = [check_to_terminal(check_sheet(one), everything=everything, colour=colour, width=width) for one in reports]
    return "\n".join(pages)
