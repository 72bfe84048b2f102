"""``jerules questionnaire``: a blank job file for a scheme, to fill in."""

from pathlib import Path
from typing import Annotated

import typer

from jerules.cli.shared import FROM_HELP, OUTPUT_HELP, PACK_HELP, SCHEME_HELP


def register(app: typer.Typer) -> None:
    """Add the command ``questionnaire`` to ``app``."""

    @app.command()
    def questionnaire(
        scheme: Annotated[str, typer.Argument(metavar="SCHEME", help=SCHEME_HELP)],
        factor: Annotated[
            list[str] | None,
            typer.Option(
                metavar="FACTOR",
                help="Ask only what this factor needs, by number or name; may be given several times.",
            ),
        ] = None,
        packs: Annotated[
            list[Path] | None, typer.Option("--with", metavar="PACK", readable=False, help=PACK_HELP)
        ] = None,
        own: Annotated[
            Path | None, typer.Option("--scheme-from", metavar="DIR", readable=False, help=FROM_HELP)
        ] = None,
        output: Annotated[Path | None, typer.Option(metavar="FILE", help=OUTPUT_HELP)] = None,
    ) -> None:
        """A blank job file to fill in, each question in plain words."""
        from jerules.cli.shared import write_out
        from jerules.explain.asking import factors_named
        from jerules.faults import Fault, Faulty
        from jerules.jobs.questionnaire import questionnaire as blank
        from jerules.rulebook.load import load_rulebook

        if output is not None and output.exists():  # most likely a questionnaire that somebody has filled in
            message = f"`{output}` is there already, and a blank questionnaire would replace it"
            raise Faulty([Fault("file-exists", message, help="choose another name, or delete the file first")])
        book = load_rulebook(scheme, tuple(packs or ()), examples=False, own=own)
        write_out(blank(book, factors_named(book.scheme, factor or ()), output.parent if output else None), output)
