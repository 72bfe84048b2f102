"""``jerules pack``: a pack of local agreements, checked, listed, and locked by its hash."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jerules.cli.shared import FROM_HELP

if TYPE_CHECKING:
    from jerules.language.tree import RuleFile
    from jerules.rulebook.model import RuleBook

_LOCK_HELP = "Print the lines with which this job file names the packs as they are now, and nothing else."


def register(app: typer.Typer) -> None:
    """Add the command ``pack`` to ``app``."""

    @app.command()
    def pack(
        packs: Annotated[list[Path], typer.Argument(metavar="PACK...", readable=False, help="Packs of one scheme.")],
        own: Annotated[
            Path | None, typer.Option("--scheme-from", metavar="DIR", readable=False, help=FROM_HELP)
        ] = None,
        lock: Annotated[Path | None, typer.Option("--lock", metavar="JOB", readable=False, help=_LOCK_HELP)] = None,
    ) -> None:
        """What a pack agrees, who agreed it when, and its hash.

        It is checked against the rules of its scheme first.
        """
        from jerules.cli.shared import colour_and_width, write_out

        book, trees = _read(packs, own)
        if lock is not None:
            from jerules.jobs.packs import carried

            write_out("\n".join(carried(book.packs, lock.parent)) + "\n", None)
            return
        from jerules.report.pack import to_terminal

        colour, width = colour_and_width(screen=True)
        write_out(to_terminal(book, trees, colour=colour, width=width), None)


def _read(paths: list[Path], own: Path | None) -> "tuple[RuleBook, dict[str, RuleFile]]":
    """The rule book with these packs on top, and the tree of each by the name of its file."""
    from jerules.cli.home import Home
    from jerules.cli.rulefiles import schemes_of
    from jerules.faults import Fault, Faulty
    from jerules.language.parse import parse_all
    from jerules.rulebook.load import read_packs

    home = Home(own)
    schemes = schemes_of(paths, home)
    if len(schemes) > 1:
        message = f"these packs are for different schemes: {', '.join(schemes)}"
        raise Faulty([Fault("several-schemes", message, help="name the packs of one scheme at a time")])
    book = home.book(schemes[0], tuple(paths), examples=False)
    return book, {source.name: parse_all(source).tree for source in read_packs(paths)}
