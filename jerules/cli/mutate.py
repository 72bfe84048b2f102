"""``jerules mutate``: which slips in the rules the examples would notice."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jerules.cli.shared import FORMAT_HELP, FROM_HELP, OUTPUT_HELP, PACK_HELP

if TYPE_CHECKING:
    from jerules.exercise.mutation import Mutation, Prover


class Form(StrEnum):
    """How the result is written."""

    TERMINAL = "terminal"
    JSON = "json"


_RULES_HELP = "Schemes or rule files; every scheme when left out."
_FACTOR_HELP = "Only the mutants that can touch this factor or tool; may be given several times."
_LIMIT_HELP = "Try so many mutants and no more, drawn at random."
_SEED_HELP = "What is drawn with `--limit`: the same number, the same mutants."
_JOBS_HELP = "How many processes work at a time."
_PROOFS_HELP = "Ask the proofs of `jerules check` too where no example notices; this takes longer."
_UNDER_HELP = "End with exit code 1 when fewer than so many per cent are noticed."


def register(app: typer.Typer) -> None:
    """Add the command ``mutate`` to ``app``."""

    @app.command()
    def mutate(
        rules: Annotated[list[str] | None, typer.Argument(metavar="[SCHEME | FILE.jer]...", help=_RULES_HELP)] = None,
        packs: Annotated[
            list[Path] | None, typer.Option("--with", metavar="PACK", readable=False, help=PACK_HELP)
        ] = None,
        own: Annotated[
            Path | None, typer.Option("--scheme-from", metavar="DIR", readable=False, help=FROM_HELP)
        ] = None,
        factors: Annotated[list[str] | None, typer.Option("--factor", metavar="FACTOR", help=_FACTOR_HELP)] = None,
        limit: Annotated[int | None, typer.Option(min=1, metavar="NUMBER", help=_LIMIT_HELP)] = None,
        seed: Annotated[int, typer.Option(metavar="NUMBER", help=_SEED_HELP)] = 0,
        jobs: Annotated[int, typer.Option(min=1, metavar="NUMBER", help=_JOBS_HELP)] = 1,
        fail_under: Annotated[int | None, typer.Option(min=0, max=100, metavar="NUMBER", help=_UNDER_HELP)] = None,
        proofs: Annotated[bool, typer.Option("--proofs", help=_PROOFS_HELP)] = False,
        form: Annotated[Form, typer.Option("--format", help=FORMAT_HELP)] = Form.TERMINAL,
        output: Annotated[Path | None, typer.Option(metavar="FILE", help=OUTPUT_HELP)] = None,
    ) -> None:
        """Make slips in the rules, and see which the examples notice."""
        from jerules.cli.rulefiles import books_of, factors_of
        from jerules.cli.shared import write_out
        from jerules.cli.watching import watching
        from jerules.exercise.bench import mutate as try_all
        from jerules.exercise.mutation import Chosen, reaches

        chosen = factors_of(books_of(rules or (), tuple(packs or ()), own=own), factors or ())
        found = []
        for book, wanted in chosen:
            with watching("Mutants") as watch:
                which, prover = Chosen(wanted, limit, seed), _prover() if proofs else None
                found.append(try_all(book, which, noticed_by_proof=prover, processes=jobs, watch=watch))
        write_out(_written(found, form, screen=output is None), output)
        if fail_under is not None and not all(reaches(one.noticed, one.telling, fail_under) for one in found):
            raise typer.Exit(1)


def _prover() -> "Prover":
    from jerules.cli.proving import by_proof

    return by_proof


def _written(found: "list[Mutation]", form: Form, *, screen: bool) -> str:
    if form is Form.JSON:
        from jerules.report.exercise_json import mutants_written

        return mutants_written(found)
    from jerules.cli.shared import colour_and_width
    from jerules.report.exercise import mutants_to_terminal

    colour, width = colour_and_width(screen=screen)
    return "\n".join(mutants_to_terminal(one, colour=colour, width=width) for one in found)
