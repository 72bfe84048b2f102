"""The help of the command line in plain words: what an argument is, and not its type in the programming language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def plain(command: Any) -> None:  # noqa: ANN401 - Typer says nowhere where the class of its commands is to be had
    """Have every argument of ``command``, and of the commands below it, shown by the name it was given and no more.

    Typer adds a type (``<list[Path]>``) to each in some versions, and brackets of its own to names that have theirs.
    """
    for below in getattr(command, "commands", {}).values():
        plain(below)
    for parameter in command.params:
        if parameter.param_type_name == "argument":
            parameter.display_type_rich = _no_type
            parameter.get_usage_pieces = _named(parameter.metavar or parameter.name)


def _no_type(**_: object) -> None:
    """What stands beside the name of an argument."""


def _named(name: str) -> Callable[..., list[str]]:
    return lambda *_, **__: [name]
