"""``jerules test``: the examples in the rule files, checked."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jerules.cli.shared import ENGINE_HELP, PACK_HELP, EngineName

if TYPE_CHECKING:
    from jerules.explain.evaluate import Engine
    from jerules.explain.examples import Checked
    from jerules.rulebook.model import Example, RuleBook


class Form(StrEnum):
    """How the result is written."""

    TERMINAL = "terminal"
    JSON = "json"


_PATIENCE = 2.0  # seconds without a sign of life, after which a terminal gets a progress bar


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
        engine: Annotated[EngineName, typer.Option(help=ENGINE_HELP)] = EngineName.AUTO,
        form: Annotated[Form, typer.Option("--format", help="How to write what was found.")] = Form.TERMINAL,
    ) -> None:
        """Run the examples in rule files, and say which do not hold."""
        from jerules.cli.rulefiles import books_of
        from jerules.cli.shared import engine_for, write_out
        from jerules.explain.examples import check_example
        from jerules.report.examples import to_json

        chosen = books_of(rules or (), tuple(packs or ()))
        found: list[Checked] = []
        for book, examples in chosen:
            runs = engine_for(book, engine)
            checked = [check_example(book, example, runs) for example in _watched(examples)]
            if form is Form.TERMINAL:
                _print(book, checked, runs)
            found += checked
        held = sum(one.holds for one in found)
        if form is Form.JSON:
            write_out(to_json(found), None)
        else:
            write_out(f"{held} of {len(found)} examples hold\n", None)
        if held < len(found):
            raise typer.Exit(1)


def _print(book: "RuleBook", found: "list[Checked]", engine: "Engine") -> None:
    """Print what was found of the examples of one rule book, by file."""
    from jerules.cli.shared import write_out

    by_file: dict[str, list[Checked]] = {}
    for one in found:
        by_file.setdefault(one.example.place.file, []).append(one)
    for name, checked in by_file.items():
        missed = [one for one in checked if not one.holds]
        write_out(f"{name}: {len(checked) - len(missed)} of {len(checked)} hold\n", None)
        for one in missed:
            write_out(f"{_failure(book, one, engine)}\n", None)


def _failure(book: "RuleBook", checked: "Checked", engine: "Engine") -> str:
    from jerules.cli.shared import colour_and_width
    from jerules.report.examples import failure

    return failure(book, checked, engine, width=colour_and_width(screen=True)[1])


def _watched(examples: "tuple[Example, ...]") -> "Iterable[Example]":
    """The examples one by one, with a progress bar on a terminal once they take long."""
    import sys

    return _with_bar(examples) if sys.stderr.isatty() else examples


def _with_bar(examples: "tuple[Example, ...]") -> "Iterator[Example]":
    import time

    begun = time.monotonic()
    bar = None
    try:
        for number, example in enumerate(examples):
            if bar is None and time.monotonic() - begun > _PATIENCE:
                from rich.console import Console
                from rich.progress import Progress

                bar = Progress(console=Console(stderr=True), transient=True)
                task = bar.add_task("Examples", total=len(examples))
                bar.start()
            if bar is not None:
                bar.update(task, completed=number)
            yield example
    finally:
        if bar is not None:
            bar.stop()
