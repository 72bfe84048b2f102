"""The command line: arguments in, the right package called, exit codes out.

No rule of the trade lives here; a command is a few lines around the packages below. Exit codes: 0 clean, 1 findings,
2 bad input or usage, 3 our own fault.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NoReturn

from jerules.faults import Fault, Faulty, OurFault, Unavailable, render

if TYPE_CHECKING:
    import typer

_COLUMNS = 80  # of a message about a mistake, as of every report
CLEAN, FINDINGS, USAGE, OURS, INTERRUPTED = 0, 1, 2, 3, 130
# What the system says when it cannot take the output; reading and writing of named files tell their own faults.
_UNWRITTEN = frozenset((errno.ENOSPC, errno.EFBIG, errno.EIO, errno.EBADF, getattr(errno, "EDQUOT", errno.ENOSPC)))
_REPORT = "This is a fault of jerules, not of yours. Please report it with the command that you gave."


def main() -> NoReturn:
    """Run the command line on the arguments of this process, and leave with its exit code."""
    _open_what_is_closed()
    _make_printable()
    code = run(sys.argv[1:])
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _close_quietly()
    except OSError as error:
        code = _unwritten(error)
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run one command; gives its exit code. Every failure is told on standard error."""
    try:
        return _run(list(arguments))
    except Faulty as faulty:
        _say(told(faulty.faults))
        return USAGE
    except Unavailable as reason:
        _say(f"error: {reason}")
        return USAGE
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # whoever read the output has seen enough
        _close_quietly()
        return CLEAN
    except Exception as error:  # noqa: BLE001 - the last resort: whatever it is, it is ours
        unwritten = isinstance(error, OSError) and error.errno in _UNWRITTEN
        return _unwritten(error) if unwritten else _our_fault(error)


def _run(arguments: list[str]) -> int:
    import typer

    from jerules.cli.plain import plain

    app = application()
    command = typer.main.get_command(app)
    plain(command)
    try:
        done = command.main(arguments, prog_name="jerules", standalone_mode=False)
    except typer.Abort as stopped:
        if isinstance(stopped.__cause__, KeyboardInterrupt) or isinstance(stopped.__context__, KeyboardInterrupt):
            raise KeyboardInterrupt from None
        return FINDINGS
    except SystemExit:  # what typer makes of a pipe that closed; a command itself leaves by typer.Exit
        raise BrokenPipeError from None
    except Exception as error:
        # Typer's own usage errors: it does not say where their class is to be had, but all of them can show themselves.
        if not hasattr(error, "show") or not hasattr(error, "exit_code"):
            raise
        if isinstance(
            said := getattr(error, "message", None), str
        ):  # Typer puts the type of its error before what is wrong
            error.message = said.removeprefix("Value error, ")  # type: ignore[attr-defined]
        _wrap(error)
        error.show()
        return USAGE
    return done if isinstance(done, int) else CLEAN


def _wrap(error: Any) -> None:  # noqa: ANN401 - Typer does not say where the class of its errors is to be had
    """Have a usage error told in so many columns as everything else."""
    from textwrap import fill

    lead, said = "Error: ", error.format_message()
    wrapped = fill(f"{lead}{said}", _COLUMNS, break_long_words=False, break_on_hyphens=False)
    error.format_message = lambda: wrapped.removeprefix(lead)


def application() -> typer.Typer:
    """The command line with every command."""
    import typer

    from jerules.cli import (
        check,
        diff,
        evaluate,
        explain,
        fmt,
        match,
        mutate,
        pack,
        procedure,
        questionnaire,
        scheme,
        score,
        sources,
        test,
    )

    # Plain help: the rich one would take longer to import than everything else here together.
    app = typer.Typer(
        name="jerules",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )

    @app.callback()
    def _main(
        _: bool = typer.Option(False, "--version", help="The version of jerules.", is_eager=True, callback=_version),
    ) -> None:
        """Job-evaluation guidance as rules: suggested levels with their reasons. The panel decides."""

    commands = (
        evaluate,
        explain,
        match,
        score,
        questionnaire,
        pack,
        procedure,
        test,
        check,
        diff,
        mutate,
        fmt,
        scheme,
        sources,
    )
    for command in commands:
        command.register(app)
    return app


def _version(wanted: bool) -> None:
    if wanted:
        import typer

        from jerules import __version__

        typer.echo(f"jerules {__version__}")
        raise typer.Exit


def told(faults: Sequence[Fault]) -> str:
    """Every mistake as people read it, and how many there are."""
    return "\n\n".join((*(render(fault, _COLUMNS) for fault in faults), count_line(faults)))


def count_line(faults: Sequence[Fault]) -> str:
    """How many mistakes there are, and where: ``7 mistakes in ward.yaml``."""
    counts: dict[str, int] = {}
    for fault in faults:
        name = fault.place.file if fault.place else ""
        counts[name] = counts.get(name, 0) + 1
    total = _mistakes(len(faults))
    named = [name for name in counts if name]
    if not named:
        return total
    if len(counts) == 1:
        return f"{total} in {named[0]}"
    each = ", ".join(f"{counts[name]} in {name}" for name in named)
    return f"{total}: {each}" if "" not in counts else f"{total}: {each}, {counts['']} elsewhere"


def _mistakes(count: int) -> str:
    return "1 mistake" if count == 1 else f"{count} mistakes"


def _our_fault(error: Exception) -> int:
    said = str(error) if isinstance(error, OurFault) else f"{type(error).__name__}: {error}"
    _say(f"internal error: {said}\n{_REPORT}")
    if os.environ.get("JERULES_DEBUG"):
        import traceback

        traceback.print_exception(error)
    else:
        _say("Set JERULES_DEBUG=1 to see where it happened.")
    return OURS


# ── the screen ───────────────────────────────────────────────────────────────────────────────────────────────────


def _open_what_is_closed() -> None:
    """Give a process that was started without an output or an error stream one that leads nowhere."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123 - open until the end


def _make_printable() -> None:
    """Let nothing that a terminal cannot show stop the program: a plainer character takes its place."""
    import codecs

    codecs.register_error("jerules-plainer", _plainer)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="jerules-plainer")


_PLAINER = str.maketrans(
    {"–": "-", "−": "-", "─": "-", "━": "=", "·": "-", "…": "...", "’": "'", "“": '"', "”": '"', "×": "x", "£": "GBP "}
)


def _plainer(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end].translate(_PLAINER)
    encodable = "".join(letter if letter.isascii() else "?" for letter in text)
    return encodable, error.end


def _say(text: str) -> None:
    try:
        sys.stderr.write(f"{text}\n")
    except OSError:  # nobody is there to read it
        return


def _unwritten(error: Exception) -> int:
    """Tell that the output could not be written in full, which is no fault of ours."""
    _close_quietly()
    reason = getattr(error, "strerror", None) or "the system gives no reason"
    _say(f"error: the output could not be written: {reason.lower()}")
    return USAGE


def _close_quietly() -> None:
    """Point standard output at nothing, so that the interpreter does not complain about it on the way out."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, sys.stdout.fileno())
