"""``jerules score``: points, total and band from levels given on the command line."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jerules.cli.shared import OUTPUT_HELP, Format

if TYPE_CHECKING:  # the command line must start fast, so a scheme is imported only when one is scored
    from jerules.scheme.score import Score


def register(app: typer.Typer) -> None:
    """Add the command ``score`` to ``app``."""

    @app.command()
    def score(
        scheme: Annotated[str, typer.Argument(help="The scheme: `nhs` or `njc`.")],
        levels: Annotated[
            str, typer.Argument(help="One level per factor, in order: `5,5,3(c),2,…`; `?` where it is not known.")
        ],
        form: Annotated[Format, typer.Option("--format", help="How to write the score.")] = Format.TERMINAL,
        output: Annotated[Path | None, typer.Option(help=OUTPUT_HELP)] = None,
    ) -> None:
        """Points, total and band of a job whose levels are known."""
        from jerules.cli.shared import colour_and_width, write_out
        from jerules.scheme.load import load_scheme
        from jerules.scheme.score import read_levels
        from jerules.scheme.score import score as work_out

        found = load_scheme(scheme)
        colour, _ = colour_and_width(screen=output is None)
        text = _written(work_out(found, read_levels(found, levels)), form, colour=colour)
        write_out(text, output)


def _written(result: "Score", form: Format, *, colour: bool) -> str:
    import json

    from jerules.report import score as report

    match form:
        case Format.TERMINAL:
            return report.to_terminal(result, colour=colour)
        case Format.MARKDOWN:
            return report.to_markdown(result)
        case Format.HTML:
            return report.to_html(result)
        case Format.JSON:
            return json.dumps(report.to_json(result), ensure_ascii=False, indent=2) + "\n"
