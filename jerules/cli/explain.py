"""``jerules explain``: one factor of a job in full."""

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
    from jerules.explain.outcome import Outcome, WhyNotLevel
    from jerules.jobs.model import Job
    from jerules.rulebook.model import RuleBook
    from jerules.rulebook.quotes import Quotes
    from jerules.scheme.model import Factor


def register(app: typer.Typer) -> None:
    """Add the command ``explain`` to ``app``."""

    @app.command()
    def explain(
        job: Annotated[
            Path,
            typer.Argument(metavar="JOB", readable=False, help="A job file, YAML or JSON; `-` for standard input."),
        ],
        factor: Annotated[str, typer.Option(metavar="FACTOR", help="The factor, by its number or its name.")],
        level: Annotated[
            str | None, typer.Option("--why-not", metavar="LEVEL", help="Say why it is not this level: `4` or `4(b)`.")
        ] = None,
        nearest: Annotated[
            str | None,
            typer.Option(
                "--reach", metavar="LEVEL", help="Say which answers would have to be different for this level."
            ),
        ] = None,
        form: Annotated[Format, typer.Option("--format", help=FORMAT_HELP)] = Format.TERMINAL,
        engine: Annotated[EngineName, typer.Option(help=ENGINE_HELP)] = EngineName.AUTO,
        packs: Annotated[
            list[Path] | None, typer.Option("--with", metavar="PACK", readable=False, help=PACK_HELP)
        ] = None,
        own: Annotated[
            Path | None, typer.Option("--scheme-from", metavar="DIR", readable=False, help=FROM_HELP)
        ] = None,
        output: Annotated[Path | None, typer.Option(metavar="FILE", help=OUTPUT_HELP)] = None,
        quote: Annotated[Path | None, typer.Option("--quote", metavar="DIR", help=QUOTE_HELP)] = None,
    ) -> None:
        """One factor step by step, and why it is not another level."""
        from jerules.cli.shared import (
            engine_for,
            keep_apart,
            keep_private,
            keeping,
            outcome_of,
            quotes_for,
            read_jobs,
            write_out,
        )
        from jerules.explain.asking import factor_named, level_named, why_not

        keep_apart(output, [job, *(packs or ())])
        keep_private(quote, output)
        ((read, book),) = read_jobs([job], packs or (), own)
        wanted = factor_named(book.scheme, factor)
        position = level_named(book, wanted, level) if level is not None else None
        if nearest is not None:
            goal = level_named(book, wanted, nearest).level
            write_out(_ways(read, book, wanted, goal, engine, form, screen=output is None), output)
            return
        outcome = outcome_of(read, book, engine)
        asked = None
        if position is not None:
            with keeping(read):
                asked = why_not(book, read, engine_for(book, engine), wanted, position)
        quotes = quotes_for([book], quote).get(book.scheme.id)
        write_out(_written(outcome, wanted.number, asked, quotes, form, screen=output is None), output)


def _ways(
    job: "Job", book: "RuleBook", factor: "Factor", level: int, engine: EngineName, form: Format, *, screen: bool
) -> str:
    """What would have to be different for the factor to come to a level."""
    from jerules.cli.shared import outcome_of, proving

    with proving():
        from jerules.report.reach import reach_sheet, reach_to_json, reach_to_markdown, reach_to_terminal
        from jerules.verify.reach import reach

    outcome = outcome_of(job, book, engine)
    found = reach(book, job, str(factor.number), level)
    if form is Format.JSON:
        return reach_to_json(book, outcome, factor, level, found)
    sheet = reach_sheet(book, outcome, factor, level, found)
    if form is Format.MARKDOWN:
        return reach_to_markdown(sheet)
    if form is Format.HTML:
        from jerules.report.html import reach_to_html

        return reach_to_html(sheet)
    from jerules.cli.shared import colour_and_width

    colour, width = colour_and_width(screen=screen)
    return reach_to_terminal(sheet, colour=colour, width=width)


def _written(
    outcome: "Outcome",
    number: int,
    asked: "WhyNotLevel | None",
    quotes: "Quotes | None",
    form: Format,
    *,
    screen: bool,
) -> str:
    from jerules.report.sheet import factor_sheet, sheet_of

    if form is Format.JSON:
        from jerules.report.json import factor_written

        return factor_written(outcome, number, asked, quotes)
    sheet, one = sheet_of(outcome, quotes), factor_sheet(outcome, number, asked, quotes)
    if form is Format.HTML:
        from jerules.report.html import factor_to_html

        return factor_to_html(sheet, one)
    if form is Format.MARKDOWN:
        from jerules.report.markdown import factor_to_markdown

        return factor_to_markdown(sheet, one)
    from jerules.cli.shared import colour_and_width
    from jerules.report.terminal import factor_to_terminal

    colour, width = colour_and_width(screen=screen)
    return factor_to_terminal(sheet, one, colour=colour, width=width)
