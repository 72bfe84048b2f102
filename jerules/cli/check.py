"""``jerules check``: what can be proved of the rules, and what cannot."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jerules.cli.shared import AGAINST_HELP, FROM_HELP, OUTPUT_HELP, PACK_HELP

if TYPE_CHECKING:
    from jerules.verify.run import Report


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
        watch: Annotated[
            bool, typer.Option("--watch", help="Go on, and check again what a change of a file concerns; Ctrl-C ends.")
        ] = False,
    ) -> None:
        """Prove rules consistent and complete, or show where not.

        Every obligation that does not hold comes with a job on which it fails.
        """
        from jerules.cli.checking import Asked
        from jerules.cli.days import day_of
        from jerules.cli.shared import keep_apart, write_out

        asked = Asked(
            tuple(rules or ()), tuple(packs or ()), own, against, tuple(factors or ()), tuple(checks or ()), day_of(on)
        )
        if watch:
            from jerules.cli.following import follow, only_on_screen

            only_on_screen(
                {"--format": form is not Form.TERMINAL, "--save": save is not None, "--output": bool(output)}
            )
            raise typer.Exit(follow(asked, lambda reports: _written(reports, form, everything=everything, screen=True)))
        keep_apart(output, [*(packs or ()), *(Path(one) for one in rules or () if one.endswith(".jer"))])
        reports = asked.reports()
        write_out(_written(reports, form, everything=everything, screen=output is None), output)
        if save is not None:
            from jerules.report.check_kept import keep_witnesses

            number = sum(keep_witnesses(report, save, examples=kept is Kept.EXAMPLE) for report in reports)
            typer.echo(f"{number} witness{'' if number == 1 else 'es'} kept in {save}", err=True)
        if not all(report.clean for report in reports):
            raise typer.Exit(1)


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
