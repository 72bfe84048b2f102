"""``jerules evaluate``: suggested levels for a job, with their reasons and what is still to ask."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jerules.cli.shared import (
    ENGINE_HELP,
    FORMAT_HELP,
    FROM_HELP,
    OUTPUT_HELP,
    PACK_HELP,
    QUOTE_HELP,
    EngineName,
    Format,
)

if TYPE_CHECKING:
    from jerules.explain.outcome import Outcome
    from jerules.rulebook.quotes import Quotes


def register(app: typer.Typer) -> None:
    """Add the command ``evaluate`` to ``app``."""

    @app.command()
    def evaluate(
        jobs: Annotated[
            list[Path],
            typer.Argument(
                metavar="JOB...", readable=False, help="Job files, YAML or JSON; `-` reads one from standard input."
            ),
        ],
        form: Annotated[Format, typer.Option("--format", help=FORMAT_HELP)] = Format.TERMINAL,
        engine: Annotated[EngineName, typer.Option(help=ENGINE_HELP)] = EngineName.AUTO,
        packs: Annotated[
            list[Path] | None, typer.Option("--with", metavar="PACK", readable=False, help=PACK_HELP)
        ] = None,
        own: Annotated[
            Path | None, typer.Option("--scheme-from", metavar="DIR", readable=False, help=FROM_HELP)
        ] = None,
        output: Annotated[Path | None, typer.Option(metavar="FILE", help=OUTPUT_HELP)] = None,
        brief: Annotated[bool, typer.Option("--brief", help="Only the summary and the questions.")] = False,
        quote: Annotated[Path | None, typer.Option("--quote", metavar="DIR", help=QUOTE_HELP)] = None,
    ) -> None:
        """Suggested levels for a job: why, why not more, what to ask.

        Exits with 1 when a check of the whole job is not met, so that it cannot be signed off.
        """
        from jerules.cli.shared import keep_apart, keep_private, outcome_of, quotes_for, read_jobs, write_out

        keep_apart(output, [*jobs, *(packs or ())])
        keep_private(quote, output)
        read = read_jobs(jobs, packs or (), own)
        keep_apart(output, [Path(pack.file) for _, book in read for pack in book.packs])
        outcomes = [outcome_of(job, book, engine) for job, book in read]
        quotes = quotes_for([book for _, book in read], quote)
        write_out(_written(outcomes, quotes, form, brief=brief, screen=output is None), output)
        if any(outcome.blocked for outcome in outcomes):
            raise typer.Exit(1)


def _written(outcomes: "list[Outcome]", quotes: "dict[str, Quotes]", form: Format, *, brief: bool, screen: bool) -> str:
    from jerules.report.sheet import sheet_of

    if form is Format.JSON:
        from jerules.report.json import written

        return written(outcomes, quotes)
    sheets = [sheet_of(outcome, quotes.get(outcome.book.scheme.id)) for outcome in outcomes]
    if form is Format.HTML:
        from jerules.report.html import to_html

        return to_html(sheets, brief=brief)
    if form is Format.MARKDOWN:
        from jerules.report.markdown import to_markdown

        return "\n---\n\n".join(to_markdown(sheet, brief=brief) for sheet in sheets)
    from jerules.cli.shared import colour_and_width
    from jerules.report.terminal import to_terminal

    colour, width = colour_and_width(screen=screen)
    between = f"\n{'─' * width}\n\n"
    return between.join(to_terminal(sheet, brief=brief, colour=colour, width=width) for sheet in sheets)
