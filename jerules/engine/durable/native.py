"""The compiled part of durable-rules: whether it is here, which version, and what is used of it.

Only ``durable_rules_engine`` is imported, and only when it is asked for. The package's own ``Host`` is never touched:
it starts threads that nothing stops, swallows exceptions and guesses what a callback is from its arguments.
"""

from __future__ import annotations

import importlib
import platform
import sys
from functools import cache
from importlib import metadata
from typing import Final, Protocol, cast

from jerules.faults import Unavailable

EXAMINED: Final = "2.0.28"
"""The one release whose limits and defects are known; every guard here was measured against it."""

HANDLED, NOT_OBSERVED, ALREADY_THERE = 0, 1, 2


class Native(Protocol):
    """The functions of ``durable_rules_engine`` that are safe to use, with the arguments that are safe to give."""

    error: type[Exception]

    def create_ruleset(self, name: str, rules: str, /) -> int:
        """A handle for the rules."""

    def delete_ruleset(self, handle: int, /) -> None:
        """Give the memory of a ruleset back; no session may be alive."""

    def assert_fact(self, handle: int, fact: str, /) -> tuple[int, int]:
        """What became of the fact, and where the session is."""

    def start_action_for_state(self, handle: int, session: int, /) -> tuple[str, str] | None:
        """The session's own fact and the first firing, or None."""

    def complete_and_start_action(self, handle: int, session: int, /) -> str | None:
        """The next firing, or None."""

    def delete_state(self, handle: int, name: str | None, /) -> None:
        """End a session in which at least one rule has fired; None is the session of facts that name none."""


@cache
def version() -> str:
    """The installed release of durable-rules, or an empty string."""
    try:
        return metadata.version("durable-rules")
    except metadata.PackageNotFoundError:
        return ""


@cache
def native() -> Native:
    """The compiled engine.

    Raises:
        Unavailable: it is not installed, not the examined release, or does not load on this Python.
    """
    here = f"Python {platform.python_version()}"
    if not version():
        raise Unavailable(f"durable-rules is not installed (it is left out on Python 3.13 and later; this is {here})")
    if version() != EXAMINED:
        raise Unavailable(f"durable-rules {version()} is installed; only {EXAMINED} has been examined")
    try:
        return cast("Native", importlib.import_module("durable_rules_engine"))
    except Exception as error:
        reason = str(error).rsplit(".so: ", 1)[-1] or type(error).__name__  # without the path of the library
        hint = "; as published it works up to Python 3.12" if sys.version_info >= (3, 13) else ""
        said = f"durable-rules {EXAMINED} is installed but does not load on {here}: {reason}{hint}"
        raise Unavailable(said) from error
