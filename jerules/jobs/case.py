"""From a case file to a case: what is known of a request, a review or an appeal, read as job files are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from jerules.documents.located import Node, Scalar, Table, load_located
from jerules.documents.sorts import CASE as A_CASE
from jerules.documents.sorts import refuse
from jerules.documents.text import Source, read_given
from jerules.faults import Faulty, listed, nearest
from jerules.jobs.answers import AnswerReader
from jerules.jobs.load import FileForm, read_head, read_records
from jerules.jobs.model import Entry, Job
from jerules.jobs.shape import JobShape, given, plain, quoted
from jerules.quantities.calendar import UNKNOWN
from jerules.rulebook.examples import CASE
from jerules.rulebook.load import load_procedures
from jerules.rulebook.model import RuleBook
from jerules.rulebook.questions import JOB
from jerules.scheme.load import load_own_scheme

FORMAT = "case/1"
"""The form of case file that is read and written here."""

CASE_FILE = FileForm(
    FORMAT,
    "case",
    ("jerules", "scheme", "kind", "title", "about", CASE, "records"),
    "a question about the case stands under `case:`",
)


@dataclass(frozen=True, slots=True)
class Case:
    """A case: the procedure that it is for, and what is known of it, kept as the answers of a job are."""

    kind: str
    job: Job


def load_case_file(path: Path, packs: Iterable[Path] = (), scheme_from: Path | None = None) -> tuple[Case, RuleBook]:
    """Read a case file, and the procedures of the scheme that it names with ``packs`` on top.

    With ``scheme_from``, a folder of the user's, the scheme has to be the one in there.

    Raises :class:`Faulty` with every mistake in the file.
    """
    source = read_given(path)
    refuse(source, A_CASE)
    shape = JobShape(source)
    wanted = load_own_scheme(scheme_from).id if scheme_from else ""
    scheme = read_head(shape, load_located(source, shape.faults), CASE_FILE, wanted)
    if scheme is None or (wanted and scheme != wanted):
        raise Faulty(shape.faults)
    book = load_procedures(scheme, tuple(packs), examples=False, own=scheme_from)
    return load_case(source, book), book


def load_case(source: Source, book: RuleBook) -> Case:
    """Read the text of a case file against the procedures of a rule book; raises :class:`Faulty` with every mistake."""
    refuse(source, A_CASE)
    shape = JobShape(source)
    root = load_located(source, shape.faults)
    if read_head(shape, root, CASE_FILE, book.scheme.id) not in {book.scheme.id, None}:
        raise Faulty(shape.faults)  # of a case under another scheme nothing more can be said
    parts = {entry.key.text: entry.value for entry in root.entries} if isinstance(root, Table) else {}
    kind = _kind(shape, root, parts.get("kind"), book)
    reader = AnswerReader(shape, book, UNKNOWN, whole=CASE)
    whole, facts = book.records[JOB], parts.get(CASE)
    job = Job(
        scheme=book.scheme.id,
        title=shape.remark(parts.get("title"), "the title"),
        about=shape.remark(parts.get("about"), "the description of the case"),
        hours=UNKNOWN,
        facts=reader.entry(whole, 1, facts).entry if facts else Entry(JOB, 1, whole.title, {}),
        records=read_records(reader, parts.get("records")),
        panel={},
        decisions={},
        file=source.name,
    )
    if shape.faults:
        raise Faulty(shape.faults)
    return Case(kind, job)


def kinds_of(book: RuleBook) -> tuple[str, ...]:
    """The procedures that a rule book has, by name."""
    return tuple(key for key, rules in book.factors.items() if rules.procedure)


def _kind(shape: JobShape, root: Node, node: Node | None, book: RuleBook) -> str:
    names, node = kinds_of(book), given(node)
    expected = listed(names) if names else ""
    if node is None:
        help_ = f"add a line such as `kind: {names[0]}`" if names else "this scheme has no procedure yet"
        shape.fault(
            "missing-kind", "the case does not say of which kind it is", root.place, expected=expected, help_=help_
        )
        return ""
    name = plain(node.text).replace(" ", "_") if isinstance(node, Scalar) else ""
    if name in names:
        return name
    close = nearest(name, names)
    what = quoted(node.text) if isinstance(node, Scalar) else "this"
    message = f"{book.scheme.title} has no procedure called {what}"
    help_ = f"write `{close}`" if close else "use one of these" if names else "this scheme has no procedure yet"
    shape.fault("unknown-kind", message, node.place, expected=expected, near=close, help_=help_)
    return close
