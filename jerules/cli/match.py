"""``jerules match``: a job beside profiles that the user supplies."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jerules.cli.shared import ENGINE_HELP, FORMAT_HELP, FROM_HELP, OUTPUT_HELP, PACK_HELP, EngineName, Format

if TYPE_CHECKING:
    from jerules.explain.outcome import Outcome
    from jerules.match.match import Match
    from jerules.match.profile import Profile

_FILES_HELP = "The job file (`-` for standard input), then profiles; with `--levels` profiles only."
_LEVELS_HELP = "Instead of a job file: a scheme, and one level per factor as `3a,5,…`, `?` where it is not known."


def register(app: typer.Typer) -> None:
    """Add the command ``match`` to ``app``."""

    @app.command()
    def match(
        files: Annotated[list[Path], typer.Argument(metavar="[JOB] PROFILE...", help=_FILES_HELP)],
        levels: Annotated[tuple[str, str] | None, typer.Option(metavar="SCHEME LEVELS", help=_LEVELS_HELP)] = None,
        form: Annotated[Format, typer.Option("--format", help=FORMAT_HELP)] = Format.TERMINAL,
        engine: Annotated[EngineName, typer.Option(help=ENGINE_HELP)] = EngineName.AUTO,
        packs: Annotated[list[Path] | None, typer.Option("--with", metavar="PACK", help=PACK_HELP)] = None,
        own: Annotated[
            Path | None, typer.Option("--scheme-from", metavar="DIR", readable=False, help=FROM_HELP)
        ] = None,
        output: Annotated[Path | None, typer.Option(metavar="FILE", help=OUTPUT_HELP)] = None,
    ) -> None:
        """A job beside profiles: which match, which do not, and why."""
        from jerules.cli.shared import write_out

        if own is not None:
            _must_have_a_rule(own)
        if levels and (packs or engine is not EngineName.AUTO):
            message = "levels that are given are not worked out: `--with` and `--engine` go with a job file"
            raise typer.BadParameter(message)
        if levels:
            ranked, outcome = _by_levels(*levels, files), None
        elif len(files) == 1:
            message = "no profile is named: give the job file first, then one profile or more"
            raise typer.BadParameter(message)
        else:
            ranked, outcome = _by_job(files[0], packs or (), engine, files[1:])
        write_out(_written(ranked, outcome, form, screen=output is None), output)


def _must_have_a_rule(own: Path) -> None:
    """Say at once when the jobs of a scheme of the user's are not matched with profiles, whatever they are."""
    from jerules.match.rule import rule_for
    from jerules.scheme.load import load_own_scheme

    rule_for(load_own_scheme(own))


def _by_levels(scheme: str, text: str, paths: Sequence[Path]) -> "tuple[Match, ...]":
    from jerules.faults import Faulty
    from jerules.match.match import match, rank
    from jerules.match.rule import rule_for
    from jerules.match.standings import levels_of_positions
    from jerules.scheme.levels import read_levels
    from jerules.scheme.load import load_scheme

    found = load_scheme(scheme)
    rule_for(found)
    try:
        positions = read_levels(found, text)
    except Faulty as faulty:
        _profiles(paths, scheme, faulty)
        raise
    job = levels_of_positions(found, positions)
    return rank(match(job, profile) for profile in _profiles(paths, scheme))


def _by_job(
    path: Path, packs: Sequence[Path], engine: EngineName, paths: Sequence[Path]
) -> "tuple[tuple[Match, ...], Outcome]":
    from jerules.cli.shared import outcome_of, read_jobs
    from jerules.faults import Faulty
    from jerules.match.match import match, rank
    from jerules.match.rule import rule_for
    from jerules.match.standings import levels_of_outcome

    try:
        ((job, book),) = read_jobs([path], packs)
    except Faulty as faulty:
        _profiles(paths, None, faulty)
        raise
    rule_for(book.scheme)
    profiles = _profiles(paths, book.scheme.id)
    outcome = outcome_of(job, book, engine)
    levels = levels_of_outcome(outcome)
    return rank(match(levels, profile) for profile in profiles), outcome


def _profiles(paths: Sequence[Path], scheme: str | None, faulty: Exception | None = None) -> "list[Profile]":
    """Every profile; the mistakes of all files are raised together with those of ``faulty``."""
    from jerules.faults import Fault, Faulty
    from jerules.match.profile import load_profile_file

    found: list[Profile] = []
    faults: list[Fault] = list(faulty.faults) if isinstance(faulty, Faulty) else []
    for path in dict.fromkeys(paths):
        try:
            found.append(load_profile_file(path, scheme))
        except Faulty as more:
            faults += more.faults
    if faults:
        raise Faulty(faults)
    return found


def _written(ranked: "tuple[Match, ...]", outcome: "Outcome | None", form: Format, *, screen: bool) -> str:
    if form is Format.JSON:
        from jerules.report.matching_json import matches_written

        return matches_written(ranked, outcome)
    from jerules.report.matching import match_sheet

    sheet = match_sheet(ranked, outcome)
    if form is Format.HTML:
        from jerules.report.html import matches_to_html

        return matches_to_html(sheet)
    from jerules.report.matching_text import matches_to_markdown, matches_to_terminal

    if form is Format.MARKDOWN:
        return matches_to_markdown(sheet)
    from jerules.cli.shared import colour_and_width

    colour, width = colour_and_width(screen=screen)
    return matches_to_terminal(sheet, colour=colour, width=width)
