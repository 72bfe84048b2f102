"""``jerules fmt``: rule files in their one canonical layout."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:  # the command line must start fast, so the language is imported only when a file is read
    from jerules.faults import Fault


def register(app: typer.Typer) -> None:
    """Add the command ``fmt`` to ``app``."""

    @app.command()
    def fmt(
        paths: Annotated[
            list[str],
            typer.Argument(metavar="PATH...", help="Rule files, folders of them, or `-` for standard input."),
        ],
        check: Annotated[bool, typer.Option("--check", help="Change nothing; exit with 1 if something would.")] = False,
        stdout: Annotated[bool, typer.Option("--stdout", help="Print the layout; change no file.")] = False,
    ) -> None:
        """Lay rule files out in the one canonical way, comments kept.

        A file with mistakes is left alone.
        """
        from jerules.documents.text import STDIN
        from jerules.faults import Faulty

        faults: list[Fault] = []
        files = _files(paths, faults)
        changed = 0
        for path in files:
            try:
                changed += _lay_out(path, check=check, stdout=stdout)
            except Faulty as faulty:
                faults += faulty.faults
        if not stdout and files != [STDIN]:
            _say(_summary(changed, len(files), check=check))
        if faults:
            raise Faulty(faults)
        if check and changed:
            raise typer.Exit(1)


def _lay_out(path: str, *, check: bool, stdout: bool) -> bool:
    """Lay one file out as asked; gives whether its layout was another. Raises ``Faulty`` with its mistakes."""
    from jerules.documents.sorts import PACK, RULES, refuse
    from jerules.documents.text import STDIN, read_given
    from jerules.documents.writing import write_atomically
    from jerules.language.parse import parse
    from jerules.language.write import write

    source = read_given(Path(path))
    refuse(source, RULES, PACK)
    text = write(parse(source))
    changed = text != source.text
    if check:
        if changed:
            _say(f"{source.name} would change")
    elif stdout or path == STDIN:
        _say(text, end="")
    elif changed:
        write_atomically(Path(path), text)
        _say(f"{source.name} changed")
    return changed


def _files(paths: list[str], faults: "list[Fault]") -> list[str]:
    """The files that the arguments mean, each once, those of a folder in order; hidden folders are passed over."""
    from jerules.documents.text import STDIN
    from jerules.faults import Fault

    found: dict[str, None] = {}
    for path in paths:
        if path == STDIN or not Path(path).is_dir():
            found[path] = None
            continue
        inside = sorted(item for item in Path(path).rglob("*.jer") if item.is_file() and not _hidden(item, Path(path)))
        found.update(dict.fromkeys(str(item) for item in inside))
        if not inside:
            message = f"there is no rule file in the folder `{path}`"
            faults.append(Fault("no-rule-files", message, help="the name of a rule file ends in `.jer`"))
    return list(found)


def _hidden(item: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in item.relative_to(folder).parts)


def _summary(changed: int, count: int, *, check: bool) -> str:
    files = "1 file" if count == 1 else f"{count} files"
    return f"{changed} of {files} {'would change' if check else 'changed'}"


def _say(text: str, end: str = "\n") -> None:
    import sys

    sys.stdout.write(text + end)
