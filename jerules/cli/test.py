"""``jerules test``: the examples in the rule files, checked."""

from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jerules.cli.shared import ENGINE_HELP, FROM_HELP, PACK_HELP, EngineName

if TYPE_CHECKING:
    from jerules.exercise.coverage import Coverage
    from jerules.explain.examples import Checked, Engines
    from jerules.rulebook.model import Example, RuleBook


class Form(StrEnum):
    """How the result is written."""

    TERMINAL = "terminal"
    JSON = "json"


_NONE = "There are no examples: write some beside the rules, each a job and what it gets.\n"
_COVERAGE_HELP = "Say which rules, conditions and cuts the examples show."
_MISSING_HELP = "With `--coverage`: list all that they do not show, with examples to add."
_FACTOR_HELP = "With `--coverage`: only this factor or tool; may be given several times."
_JOB_HELP = "With `--coverage`: count what this job file shows as well; may be given several times."
_UNDER_HELP = "With `--coverage`: end with exit code 1 when less than so many per cent is shown."


def register(app: typer.Typer) -> None:
    """Add the command ``test`` to ``app``."""

    @app.command()
    def test(
        rules: Annotated[
            list[str] | None,
            typer.Argument(metavar="[SCHEME | FILE.jer]...", help="Schemes or rule files; every scheme when left out."),
        ] = None,
        packs: Annotated[
            list[Path] | None, typer.Option("--with", metavar="PACK", readable=False, help=PACK_HELP)
        ] = None,
        own: Annotated[
            Path | None, typer.Option("--scheme-from", metavar="DIR", readable=False, help=FROM_HELP)
        ] = None,
        engine: Annotated[EngineName, typer.Option(help=ENGINE_HELP)] = EngineName.AUTO,
        coverage: Annotated[bool, typer.Option("--coverage", help=_COVERAGE_HELP)] = False,
        missing: Annotated[bool, typer.Option("--missing", help=_MISSING_HELP)] = False,
        factors: Annotated[list[str] | None, typer.Option("--factor", metavar="FACTOR", help=_FACTOR_HELP)] = None,
        jobs: Annotated[list[Path] | None, typer.Option("--job", metavar="FILE", help=_JOB_HELP)] = None,
        fail_under: Annotated[int | None, typer.Option(min=0, max=100, metavar="NUMBER", help=_UNDER_HELP)] = None,
        form: Annotated[Form, typer.Option("--format", help="How to write what was found.")] = Form.TERMINAL,
    ) -> None:
        """Run the examples in rule files, and say which do not hold.

        Those of the rules are run without packs, for they speak of the rules as they are; those of a pack with it.
        """
        from jerules.cli.rulefiles import books_of
        from jerules.cli.shared import engine_for, write_out
        from jerules.report.examples import to_json

        _check_options(coverage, missing or factors or jobs or fail_under is not None)
        chosen = books_of(rules or (), tuple(packs or ()), procedures=True, own=own)
        engines: Engines = partial(engine_for, name=engine)
        if coverage:
            from jerules.cli.covering import cover_books

            covered = cover_books(chosen, factors or (), jobs or (), tuple(packs or ()), own)
        found: list[Checked] = []
        changed: list[Checked] = []
        for book, examples, over in chosen:
            checked = _checked(book, examples, engines)
            if form is Form.TERMINAL:
                _print(book, checked, engines)
            found += checked
            changed += _changed(checked, over, engines)
        held = sum(one.holds for one in found)
        if form is Form.TERMINAL:
            _print_changed(changed)
            write_out(f"{held} of {len(found)} examples hold\n" if found else _NONE, None)
        elif not coverage:
            notices = [one.book.scheme.label for one in chosen if one.book.scheme.label]
            write_out(to_json(found, changed, notices), None)
        if coverage:
            write_out(_covered(covered, form, missing=missing), None)
        if held < len(found) or (coverage and _falls_short(covered, fail_under)):
            raise typer.Exit(1)


def _check_options(coverage: bool, further: object) -> None:
    if further and not coverage:
        raise typer.BadParameter("`--missing`, `--factor`, `--job` and `--fail-under` go with `--coverage`")


def _checked(book: "RuleBook", examples: "tuple[Example, ...]", engines: "Engines") -> "list[Checked]":
    from jerules.cli.watching import watching
    from jerules.explain.examples import check_example

    found = []
    with watching("Examples") as watch:
        for number, example in enumerate(examples):
            watch(number, len(examples))
            found.append(check_example(book, example, engines))
    return found


def _covered(found: "list[Coverage]", form: Form, *, missing: bool) -> str:
    if form is Form.JSON:
        from jerules.report.exercise_json import coverage_written

        return coverage_written(found)
    from jerules.cli.shared import colour_and_width
    from jerules.report.exercise import coverage_to_terminal

    colour, width = colour_and_width(screen=True)
    texts = [coverage_to_terminal(one, missing=missing, colour=colour, width=width) for one in found]
    return "".join(f"\n{text}" for text in texts)


def _falls_short(found: "list[Coverage]", least: int | None) -> bool:
    if least is None:
        return False
    from jerules.exercise.coverage import total
    from jerules.exercise.mutation import reaches

    return not all(reaches(*total(one), least) for one in found)


def _print(book: "RuleBook", found: "list[Checked]", engines: "Engines") -> None:
    """Print what was found of the examples of one rule book, by file."""
    from jerules.cli.shared import write_out

    if book.scheme.label:
        write_out(f"{book.scheme.label}\n", None)
    by_file: dict[str, list[Checked]] = {}
    for one in found:
        by_file.setdefault(one.example.place.file, []).append(one)
    for name, checked in by_file.items():
        missed = [one for one in checked if not one.holds]
        write_out(f"{name}: {len(checked) - len(missed)} of {len(checked)} hold\n", None)
        for one in missed:
            write_out(f"{_failure(book, one, engines)}\n", None)


def _changed(found: "list[Checked]", over: "RuleBook | None", engines: "Engines") -> "list[Checked]":
    """The examples that hold without the packs and would not with them, as they come out with them."""
    if over is None:
        return []
    again = _checked(over, tuple(one.example for one in found if one.holds), engines)
    return [one for one in again if not one.holds]


def _print_changed(changed: "list[Checked]") -> None:
    from jerules.cli.shared import colour_and_width, write_out
    from jerules.report.examples import otherwise

    if changed:
        write_out(otherwise(changed, width=colour_and_width(screen=True)[1]), None)


def _failure(book: "RuleBook", checked: "Checked", engines: "Engines") -> str:
    from jerules.cli.shared import colour_and_width
    from jerules.report.examples import failure

    return failure(book, checked, engines, width=colour_and_width(screen=True)[1])
