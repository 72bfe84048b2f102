"""``jerules scheme``: a folder for a scheme of the user's, made and checked."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Mapping


def register(app: typer.Typer) -> None:
    """Add the commands ``scheme new`` and ``scheme check`` to ``app``."""
    scheme = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
    app.add_typer(scheme, name="scheme", help="Level definitions, points and grades of your own.")

    @scheme.command()
    def new(
        folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to make; it must not hold anything.")],
        shipped: Annotated[
            str | None,
            typer.Option("--scheme", metavar="SCHEME", help="A scheme that is shipped without levels: `sjc`."),
        ] = None,
        title: Annotated[str | None, typer.Option(metavar="TITLE", help="The title of a wholly new scheme.")] = None,
        factors: Annotated[
            list[str] | None,
            typer.Option("--factor", metavar="TITLE", help="A factor of the new scheme; may be given several times."),
        ] = None,
    ) -> None:
        """Make a folder to fill in: levels, points, grades and rules."""
        from jerules.cli.shared import write_out
        from jerules.scheme.scaffold import of_shipped, of_title

        if (shipped is None) == (title is None):
            message = "give either `--scheme` for the levels of that scheme, or `--title` for a new one"
            raise typer.BadParameter(message)
        if shipped is not None and factors:
            message = "the factors of a scheme that is shipped are known: `--factor` goes with `--title`"
            raise typer.BadParameter(message)
        files = of_shipped(shipped) if shipped is not None else of_title(title or "", factors or ())
        _write(folder, files)
        write_out(f"{len(files)} files in {folder}\nNext: read {folder / 'README.md'}\n", None)

    @scheme.command()
    def check(
        folder: Annotated[Path, typer.Argument(metavar="DIR", readable=False, help="The folder with the scheme.")],
    ) -> None:
        """Say every mistake in such a folder, and what is still missing."""
        from jerules.cli.shared import colour_and_width, write_out
        from jerules.report.folder import to_terminal
        from jerules.rulebook.folder import check_folder

        checked = check_folder(folder)
        write_out(to_terminal(checked, width=colour_and_width(screen=True)[1]), None)
        if checked.findings:
            raise typer.Exit(1)


def _write(folder: Path, files: "Mapping[str, str]") -> None:
    """Write the files into a folder that holds nothing yet."""
    from jerules.documents.writing import write_atomically
    from jerules.faults import Fault, Faulty

    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            message = f"`{folder}` is there already, and something is in it"
            raise Faulty([Fault("file-exists", message, help="choose another name")])
        for name in files:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"`{folder}` cannot be made: {(error.strerror or 'the system gives no reason').lower()}"
        raise Faulty([Fault("cannot-write", message, help="choose another place")]) from None
    for name, text in files.items():
        write_atomically(folder / name, text)
