"""``jerules diff``: what changes from one rule book to another, and for which jobs."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jerules.cli.shared import FORMAT_HELP, FROM_HELP, OUTPUT_HELP, Format

if TYPE_CHECKING:
    from jerules.cli.editions import Side
    from jerules.scheme.paragraphs import Index
    from jerules.verify.differences import Differences
    from jerules.verify.job_differences import JobDifference, Read

_BOOK = "A scheme (`nhs`), a folder of rule files or a rule file; with packs on top, `nhs+pack.jer`."


def register(app: typer.Typer) -> None:
    """Add the command ``diff`` to ``app``."""

    @app.command()
    def diff(
        old: Annotated[str, typer.Argument(metavar="OLD", help=f"The rule book that was. {_BOOK}")],
        new: Annotated[str, typer.Argument(metavar="NEW", help="The rule book that is to be, named in the same way.")],
        factors: Annotated[
            list[str] | None,
            typer.Option("--factor", metavar="FACTOR", help="Only this factor; may be given several times."),
        ] = None,
        packs: Annotated[
            list[Path] | None,
            typer.Option("--with", metavar="PACK", readable=False, help="A pack on top of both; may be repeated."),
        ] = None,
        own: Annotated[
            Path | None, typer.Option("--scheme-from", metavar="DIR", readable=False, help=FROM_HELP)
        ] = None,
        jobs: Annotated[
            Path | None, typer.Option("--jobs", metavar="DIR", help="Say which of the jobs in this folder change.")
        ] = None,
        form: Annotated[Format, typer.Option("--format", help=FORMAT_HELP)] = Format.TERMINAL,
        save: Annotated[
            Path | None,
            typer.Option("--save", metavar="DIR", help="Keep every job that shows a change in this folder."),
        ] = None,
        output: Annotated[Path | None, typer.Option(metavar="FILE", help=OUTPUT_HELP)] = None,
    ) -> None:
        """What changes between two rule books, and for which jobs."""
        from jerules.cli.shared import keep_apart, proving, write_out

        with proving():
            from jerules.verify.differences import differences
        from jerules.cli.watching import counting

        keep_apart(output, [Path(one) for name in (old, new) for one in (name, *name.split("+"))])
        before, after = _sides(old, new, tuple(packs or ()), own)
        keys = _keys(before, after, factors or ())
        read = _jobs(jobs, before, after)
        with counting("Factors", len(keys) or len(after.book.factors)) as told:
            found = differences(before.book, after.book, factors=keys, indexes=_indexes(before, after), told=told)
        by_job = _evaluated(read, found, keys)
        write_out(_written((before.name, after.name), found, by_job, form, screen=output is None), output)
        if save is not None:
            from jerules.report.differences_kept import keep_jobs

            number = keep_jobs(found, save)
            typer.echo(f"{number} job file{'' if number == 1 else 's'} kept in {save}", err=True)
        if not found.same or any(one.differs for one in by_job or ()):
            raise typer.Exit(1)


def _sides(old: str, new: str, packs: tuple[Path, ...], own: Path | None) -> "tuple[Side, Side]":
    """Both rule books; raises :class:`Faulty` with the mistakes of both together."""
    from jerules.cli.editions import of_one_scheme, side_of
    from jerules.faults import Fault, Faulty

    found: list[Side] = []
    faults: dict[Fault, None] = {}
    for argument in (old, new):
        try:
            found.append(side_of(argument, packs, own))
        except Faulty as faulty:
            faults.update(dict.fromkeys(faulty.faults))
    if faults:
        raise Faulty(faults)
    of_one_scheme(found[0].book, found[1].book)
    return found[0], found[1]


def _keys(before: "Side", after: "Side", names: "list[str] | tuple[()]") -> tuple[str, ...]:
    """The factors that are meant; raises :class:`Faulty` for those that neither book has rules for."""
    from jerules.faults import Fault, Faulty, listed, nearest
    from jerules.verify.differences import factors_of

    known = factors_of(before.book, after.book)
    found, faults = [], []
    for name in names:
        factor = after.book.scheme.factor(name) or after.book.scheme.factor(int(name) if name.isdigit() else name)
        if factor and str(factor.number) in known:
            found.append(str(factor.number))
        else:
            message = f"there is no factor `{name}` with rules in the {after.book.scheme.title}"
            faults.append(Fault("no-such-factor", message, expected=listed(list(known)), nearest=nearest(name, known)))
    if faults:
        raise Faulty(faults)
    return tuple(found)


def _indexes(before: "Side", after: "Side") -> "tuple[Index, Index] | None":
    """The paragraphs behind both books, where they are two lists of them."""
    one, other = before.index, after.index
    return (one, other) if one and other and one is not other else None


def _jobs(folder: Path | None, before: "Side", after: "Side") -> "tuple[Read, ...] | None":
    from jerules.verify.job_differences import read_jobs

    return None if folder is None else read_jobs(folder, before.book, after.book)


def _evaluated(
    read: "tuple[Read, ...] | None", found: "Differences", keys: tuple[str, ...]
) -> "list[JobDifference] | None":
    from jerules.verify.job_differences import job_differences

    return None if read is None else list(job_differences(read, found.old, found.new, factors=keys))


def _written(
    names: tuple[str, str],
    found: "Differences",
    jobs: "list[JobDifference] | None",
    form: Format,
    *,
    screen: bool,
) -> str:
    if form is Format.JSON:
        from jerules.report.differences_json import differences_to_json

        return differences_to_json(names, found, jobs)
    from jerules.report.differences import differences_sheet

    sheet = differences_sheet(names, found, jobs)
    if form is Format.HTML:
        from jerules.report.html import differences_to_html

        return differences_to_html(sheet)
    from jerules.report.differences_text import differences_to_markdown, differences_to_terminal

    if form is Format.MARKDOWN:
        return differences_to_markdown(sheet)
    from jerules.cli.shared import colour_and_width

    colour, width = colour_and_width(screen=screen)
    return differences_to_terminal(sheet, colour=colour, width=width)
