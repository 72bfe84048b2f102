"""``jerules score``: points, total and band or local grade from levels given on the command line."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jerules.cli.shared import FROM_HELP, OUTPUT_HELP, PACK_HELP, SCHEME_HELP, Format

if TYPE_CHECKING:  # the command line must start fast, so a scheme is imported only when one is scored
    from collections.abc import Sequence

    from jerules.explain.outcome import CrossChecked
    from jerules.rulebook.model import Grade
    from jerules.scheme.score import Score

    Beside = tuple[Sequence[Grade | None], Sequence[CrossChecked]]


def register(app: typer.Typer) -> None:
    """Add the command ``score`` to ``app``."""

    @app.command()
    def score(
        scheme: Annotated[str, typer.Argument(metavar="SCHEME", help=SCHEME_HELP)],
        levels: Annotated[
            str,
            typer.Argument(
                metavar="LEVELS", help="One level per factor, in order: `5,5,3(c),2,…`; `?` where it is not known."
            ),
        ],
        packs: Annotated[
            list[Path] | None, typer.Option("--with", metavar="PACK", readable=False, help=PACK_HELP)
        ] = None,
        form: Annotated[Format, typer.Option("--format", help="How to write the score.")] = Format.TERMINAL,
        own: Annotated[
            Path | None, typer.Option("--scheme-from", metavar="DIR", readable=False, help=FROM_HELP)
        ] = None,
        output: Annotated[Path | None, typer.Option(metavar="FILE", help=OUTPUT_HELP)] = None,
    ) -> None:
        """Points, total and band of a job whose levels are known.

        With a pack that has grades, the local grade too. Exits with 1 when a check of the whole job is not met, so that
        it cannot be signed off.
        """
        from jerules.cli.shared import colour_and_width, keep_apart, write_out
        from jerules.explain.cross_checks import checked_levels
        from jerules.rulebook.grades import grades_in
        from jerules.rulebook.load import load_rulebook
        from jerules.scheme.load import load_scheme
        from jerules.scheme.score import read_levels
        from jerules.scheme.score import score as work_out

        keep_apart(output, packs or ())
        known = load_scheme(scheme, own)
        positions = read_levels(known, levels)
        result = work_out(known, positions)
        book = load_rulebook(known.id, tuple(packs or ()), examples=False, own=own)
        checks = checked_levels(book, positions)
        grades = grades_in(book.grades, result.lowest, result.highest)
        colour, _ = colour_and_width(screen=output is None)
        write_out(_written(result, (grades, checks), form, colour=colour), output)
        if any(check.blocks for check in checks):
            raise typer.Exit(1)


def _written(result: "Score", beside: "Beside", form: Format, *, colour: bool) -> str:
    import json

    from jerules.report import score as report
    from jerules.report.beside_score import beside_json, beside_lines

    match form:
        case Format.TERMINAL:
            return report.to_terminal(result, beside_lines(*beside), colour=colour)
        case Format.MARKDOWN:
            return report.to_markdown(result, beside_lines(*beside))
        case Format.HTML:
            return report.to_html(result, beside_lines(*beside))
        case Format.JSON:
            return json.dumps({**report.to_json(result), **beside_json(*beside)}, ensure_ascii=False, indent=2) + "\n"
