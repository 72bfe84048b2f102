"""What several commands share: the options they have in common, reading jobs, and where the result goes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the command line must start fast, so what reads and evaluates is imported when a command runs
    from jerules.engine.choose import Engine
    from jerules.explain.outcome import Outcome
    from jerules.faults import Fault
    from jerules.jobs.model import Job
    from jerules.rulebook.model import RuleBook
    from jerules.rulebook.quotes import Quotes


class Format(StrEnum):
    """How a result is written."""

    TERMINAL = "terminal"
    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"


class EngineName(StrEnum):
    """Which evaluator works the rules out."""

    AUTO = "auto"
    DURABLE = "durable"
    REFERENCE = "reference"
    BOTH = "both"


FORMAT_HELP = "How to write it."
ENGINE_HELP = (
    "The evaluator: durable-rules, the reference, or both against each other. "
    "`auto` is both where durable-rules is installed, else the reference."
)
PACK_HELP = "A file of local conventions to put on top of the rules; may be given several times."
AGAINST_HELP = (
    "Another rule book to compare with, by which no job may have another level: "
    "a scheme, a folder of rule files, or either with packs (`nhs+pack.jer`)."
)
QUOTE_HELP = "Show the official words beside each step, from your own copy (.txt) in this folder."
FROM_HELP = "A folder with a scheme of your own, or with the levels of a scheme that is shipped without."
SCHEME_HELP = "The scheme: `nhs`, `njc` or `sjc`, or the name of your own."
OUTPUT_HELP = "Write to this file instead of the screen."


def read_jobs(paths: Sequence[Path], packs: Sequence[Path], own: Path | None = None) -> list[tuple[Job, RuleBook]]:
    """Every job with the rule book of its scheme; raises :class:`Faulty` with the mistakes of all files together."""
    from jerules.faults import Faulty
    from jerules.jobs.load import load_job_file

    found: list[tuple[Job, RuleBook]] = []
    faults: dict[Fault, None] = {}  # a mistake in a pack would come up again with every job
    for path in dict.fromkeys(paths):
        try:
            found.append(load_job_file(path, packs, own))
        except Faulty as faulty:
            faults.update(dict.fromkeys(faulty.faults))
    if faults:
        raise Faulty(faults)
    return found


def outcome_of(job: Job, book: RuleBook, engine: EngineName) -> Outcome:
    """The outcome of one job, by the evaluator that was asked for."""
    from jerules.explain.evaluate import evaluate

    with keeping(job):
        return evaluate(book, job, engine_for(book, engine))


@contextmanager
def keeping(job: Job) -> Iterator[None]:
    """When two readings of the rules differ over a job, save it beside for a report, and say so."""
    from jerules.faults import OurFault

    try:
        yield
    except OurFault as fault:
        message = f"{fault}\n{_kept(job)}"
        raise OurFault(message) from fault


def _kept(job: Job) -> str:
    """Save the file of a job under a name made from its text; says where it is, or why it is nowhere."""
    import hashlib

    from jerules.documents.text import read_given
    from jerules.documents.writing import write_atomically
    from jerules.faults import Faulty

    try:
        text = read_given(Path(job.file)).text
        digest = hashlib.sha256(text.encode("utf-8")).hexdigest()[:12]
        name = Path(f"jerules-disagreement-{digest}.yaml")
        write_atomically(name, text)
    except Faulty as faulty:
        return f"the job could not be saved beside: {faulty.faults[0].message}"
    return f"the job was saved as {name}: send it with the report, if it may be passed on"


def quotes_for(books: Sequence[RuleBook], folder: Path | None) -> dict[str, Quotes]:
    """The official words by scheme, from the copies in a folder; none when no folder was named.

    Raises :class:`Faulty` when the folder holds no copy, :class:`Unavailable` when a scheme has no list of paragraphs.
    """
    if folder is None:
        return {}
    from jerules.faults import Unavailable
    from jerules.rulebook.quotes import Quotes
    from jerules.scheme.paragraphs import index_for
    from jerules.scheme.paragraphs_copy import look_up_in

    indexes = []
    for scheme in {book.scheme.id: book.scheme for book in books}.values():
        index = index_for(scheme)
        if index is None:
            message = f"the paragraphs of `{scheme.id}` are not listed, so that no official words can be looked up"
            raise Unavailable(message)
        indexes.append(index)
    return {index.scheme: Quotes(index, look_up_in(index, folder)) for index in indexes}


def keep_private(quote: Path | None, output: Path | None) -> None:
    """Raise :class:`Faulty` where official words would be written among the files of the project, which hold none."""
    from jerules.faults import Fault, Faulty
    from jerules.resources import folder

    if quote is None or output is None or not output.resolve().is_relative_to(folder("rules").parent.resolve()):
        return
    message = f"`{output}` is among the files of jerules, which hold none of the official words"
    raise Faulty([Fault("not-here", message, help="write what is made with `--quote` to another folder")])


def engine_for(book: RuleBook, name: EngineName) -> Engine:
    """The evaluator of that name for a rule book; raises :class:`Unavailable` when it is not to be had here."""
    from jerules.engine.choose import choose

    return choose(book, name.value)


def colour_and_width(*, screen: bool) -> tuple[bool, int]:
    """Whether the screen may be written to in colour, and how many columns to use; a file is plain, and 80 wide."""
    import os
    import shutil
    import sys

    from jerules.report.lines import WIDTH

    if not screen or not sys.stdout.isatty():
        return False, WIDTH
    plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    return not plain, min(WIDTH, shutil.get_terminal_size((WIDTH, 24)).columns)


@contextmanager
def proving() -> Iterator[None]:
    """Where the solver is imported: says how to install it when it is not there."""
    from jerules.faults import Unavailable

    try:
        yield
    except ModuleNotFoundError as missing:
        if missing.name not in {"z3", "numpy", "watchfiles"}:
            raise
        reason = f"checking rules needs {missing.name}, which is not installed: pip install 'jerules[check]'"
        raise Unavailable(reason) from None


def keep_apart(output: Path | None, given: Sequence[Path]) -> None:
    """Refuse to write a result over a file that it is made from: a job that a panel filled in would be lost."""
    import os

    from jerules.faults import Fault, Faulty

    if output is not None and os.path.realpath(output) in map(os.path.realpath, given):
        message = f"`{output}` is a file that was given to read, and the result would replace it"
        raise Faulty([Fault("output-is-input", message, help="choose another name for the result")])


def write_out(text: str, output: Path | None) -> None:
    """Put a result on the screen, or whole into a file."""
    if output is None:
        import sys

        sys.stdout.write(text)
    else:
        from jerules.documents.writing import write_atomically

        write_atomically(output, text)
