"""``jerules procedure``: how a request, a review or an appeal stands, what is missing, and what happens next."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jerules.cli.shared import ENGINE_HELP, FORMAT_HELP, FROM_HELP, OUTPUT_HELP, PACK_HELP, EngineName, Format

if TYPE_CHECKING:
    from datetime import date

    from jerules.explain.case import CaseOutcome

_CASE_HELP = (
    "The case file, `-` for standard input; with `--new` the procedure to print a blank form for, if the scheme has "
    "several."
)
_ON_HELP = "The day to compare deadlines with, as 2026-11-21; today when left out."
_NEW_HELP = "Print a blank case file for this scheme instead."


def register(app: typer.Typer) -> None:
    """Add the command ``procedure`` to ``app``."""

    @app.command()
    def procedure(
        case: Annotated[str | None, typer.Argument(metavar="[CASE.yaml]", help=_CASE_HELP)] = None,
        on: Annotated[str | None, typer.Option(metavar="DATE", help=_ON_HELP)] = None,
        new: Annotated[str | None, typer.Option(metavar="SCHEME", help=_NEW_HELP)] = None,
        form: Annotated[Format, typer.Option("--format", help=FORMAT_HELP)] = Format.TERMINAL,
        engine: Annotated[EngineName, typer.Option(help=ENGINE_HELP)] = EngineName.AUTO,
        packs: Annotated[list[Path] | None, typer.Option("--with", metavar="PACK", help=PACK_HELP)] = None,
        own: Annotated[
            Path | None, typer.Option("--scheme-from", metavar="DIR", readable=False, help=FROM_HELP)
        ] = None,
        output: Annotated[Path | None, typer.Option(metavar="FILE", help=OUTPUT_HELP)] = None,
    ) -> None:
        """What a case still needs, what happens next, and by when."""
        from jerules.cli.days import day_of
        from jerules.cli.shared import keep_apart, write_out

        if new is not None:
            write_out(_blank(new, case, output, own), output)
            return
        if case is None:
            message = "no case file is named; `--new SCHEME` prints a blank one"
            raise typer.BadParameter(message)
        keep_apart(output, [Path(case)])
        outcome = _followed(Path(case), day_of(on), engine, packs or [], own)
        write_out(_written(outcome, form, screen=output is None), output)
        if outcome.standing.findings:
            raise typer.Exit(1)


def _followed(path: Path, on: "date", engine: EngineName, packs: list[Path], own: Path | None) -> "CaseOutcome":
    from jerules.cli.shared import engine_for
    from jerules.explain.case import follow
    from jerules.jobs.case import load_case_file

    case, book = load_case_file(path, packs, own)
    return follow(book, case, engine_for(book, engine), on)


def _blank(scheme: str, kind: str | None, output: Path | None, own: Path | None) -> str:
    from jerules.faults import Fault, Faulty
    from jerules.jobs.case_form import blank_case
    from jerules.rulebook.load import load_procedures

    if output is not None and output.exists():  # most likely a case that somebody has filled in
        message = f"`{output}` is there already, and a blank form would replace it"
        raise Faulty([Fault("file-exists", message, help="choose another name, or delete the file first")])
    return blank_case(load_procedures(scheme, examples=False, own=own), kind)


def _written(outcome: "CaseOutcome", form: Format, *, screen: bool) -> str:
    if form is Format.JSON:
        from jerules.report.case_json import case_written

        return case_written(outcome)
    from jerules.report.case import case_sheet

    sheet = case_sheet(outcome)
    if form is Format.HTML:
        from jerules.report.html import case_to_html

        return case_to_html(sheet)
    from jerules.report.case_text import case_to_markdown, case_to_terminal

    if form is Format.MARKDOWN:
        return case_to_markdown(sheet)
    from jerules.cli.shared import colour_and_width

    colour, width = colour_and_width(screen=screen)
    return case_to_terminal(sheet, colour=colour, width=width)
