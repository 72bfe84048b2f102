"""From a job file to a job: every mistake in the file is found in one go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from jerules.documents.located import Listing, Node, Scalar, Table, load_located
from jerules.documents.sorts import JOB as A_JOB
from jerules.documents.sorts import refuse
from jerules.documents.text import Source, read_given
from jerules.faults import Faulty, listed, nearest
from jerules.jobs.answers import AnswerReader
from jerules.jobs.model import Entry, Job
from jerules.jobs.packs import packs_of
from jerules.jobs.panel import read_decisions, read_views
from jerules.jobs.shape import ANSWER, JobShape, given, quoted
from jerules.quantities.calendar import FEWEST_SHIFTS, MOST_SHIFTS, UNKNOWN, WorkPattern
from jerules.quantities.kinds import Exact, Kind, exact
from jerules.rulebook.load import load_rulebook
from jerules.rulebook.model import RuleBook
from jerules.rulebook.questions import JOB
from jerules.scheme.load import load_own_scheme, scheme_names

FORMAT = "job/1"
"""The form of job file that is read and written here."""


@dataclass(frozen=True, slots=True)
class FileForm:
    """A sort of file: its ``format``, ``what`` it describes, its ``keys``; ``help`` says where a stray key belongs."""

    format: str
    what: str
    keys: tuple[str, ...]
    help: str


JOB_FILE = FileForm(
    FORMAT,
    "job",
    ("jerules", "scheme", "packs", "title", "about", "hours", "job", "records", "panel", "decisions"),
    "a record stands under `records:`, a single question under `job:`",
)
HOURS = {"shifts": (Kind.RATE, "5 a week"), "length": (Kind.DURATION, "7.5 hours")}
"""What is asked about the hours of a job: the kind of each answer, and an example."""

_HOURS_IN_WEEK = 168
_SECONDS_IN_HOUR = 3600


def load_job_file(path: Path, packs: Iterable[Path] = (), scheme_from: Path | None = None) -> tuple[Job, RuleBook]:
    """Read a job file, and the rule book of the scheme that it names, with its own packs and ``packs`` on top.

    With ``scheme_from``, a folder of the user's, the scheme has to be the one in there.

    Raises :class:`Faulty` with every mistake in the file. A misspelt scheme is a mistake like the others: the rest of
    the file is read as if its nearest name stood there.
    """
    source = read_given(path)
    refuse(source, A_JOB)
    shape = JobShape(source)
    root = load_located(source, shape.faults)
    wanted = load_own_scheme(scheme_from).id if scheme_from else ""
    scheme = read_head(shape, root, JOB_FILE, wanted)
    if scheme is None or (wanted and scheme != wanted):
        raise Faulty(shape.faults)
    own = packs_of(source, root, path.parent)
    try:
        book = load_rulebook(scheme, (*packs, *own.paths), examples=False, own=scheme_from)
        job = load_job(source, book)
    except Faulty as faulty:
        raise Faulty([*own.faults, *own.of_the_rest(faulty.faults)]) from None
    if own.faults:
        raise Faulty(own.faults)
    return job, book


def load_job(source: Source, book: RuleBook) -> Job:
    """Read the text of a job file (JSON when its name ends in ``.json``) against the questions of a rule book.

    Raises :class:`Faulty` with every mistake in the text, a scheme other than the rule book's among them.
    """
    refuse(source, A_JOB)
    shape = JobShape(source)
    root = load_located(source, shape.faults)
    if read_head(shape, root, JOB_FILE, book.scheme.id) not in {book.scheme.id, None}:
        raise Faulty(shape.faults)  # of a job for another scheme nothing more can be said
    job = read_job(shape, root, book)
    if shape.faults:
        raise Faulty(shape.faults)
    return job


def scheme_of(source: Source) -> str:
    """The name of the scheme that a job file names; raises :class:`Faulty` when it names none that exists."""
    shape = JobShape(source)
    scheme = read_head(shape, load_located(source, shape.faults), JOB_FILE)
    if scheme is None or shape.faults:
        raise Faulty(shape.faults)
    return scheme


# ── the head of the file ─────────────────────────────────────────────────────────────────────────────────────────


def read_head(shape: JobShape, root: Node, sort: FileForm, wanted: str = "") -> str | None:
    """Check what kind of file this is. Gives the scheme that is meant, or None when that cannot be guessed."""
    what = sort.what
    parts = shape.keyed(root, f"a {what} file", sort.keys, help_=sort.help)
    if not isinstance(root, Table):
        return None
    form, scheme = given(parts.get("jerules")), given(parts.get("scheme"))
    if form is None:
        message, help_ = f"the file does not say that it is a {what}", f"begin the file with `jerules: {sort.format}`"
        place = parts.get("jerules", root).place
        shape.fault("missing-format", message, place, expected=f"`{sort.format}`", help_=help_)
    elif not isinstance(form, Scalar) or form.text.strip() != sort.format:
        text = form.text.strip() if isinstance(form, Scalar) else ""
        message = f"{quoted(text) if text else 'this'} is not a form of {what} file known here"
        help_ = f"write `jerules: {sort.format}`"
        shape.fault("unknown-format", message, form.place, expected=f"`{sort.format}`", help_=help_)
    return _scheme(shape, root, parts, scheme, wanted, what)


def _scheme(  # noqa: PLR0913, PLR0917 - what was read of the head, and what was wanted
    shape: JobShape, root: Table, parts: dict[str, Node], node: Node | None, wanted: str, what: str
) -> str | None:
    names = scheme_names() if wanted in {"", *scheme_names()} else (*scheme_names(), wanted)
    if node is None:
        message, help_ = "the file does not name its scheme", f"add a line such as `scheme: {wanted or names[0]}`"
        shape.fault("missing-scheme", message, parts.get("scheme", root).place, expected=listed(names), help_=help_)
        return None
    name = node.text.strip() if isinstance(node, Scalar) else ""
    if wanted and name == wanted:
        return name
    if name not in names:
        close = nearest(name, names)
        message = f"there is no scheme {quoted(name)}" if name else "a scheme is named by one word"
        help_ = f"write `{close}`" if close else "use one of these"
        shape.fault("no-such-scheme", message, node.place, expected=listed(names), near=close, help_=help_)
        return close or None
    if wanted:
        message = f"the {what} is for scheme `{name}`, and these are the rules of `{wanted}`"
        shape.fault("wrong-scheme", message, node.place, expected=f"`{wanted}`", help_="choose one of the two")
    return name


# ── the job ──────────────────────────────────────────────────────────────────────────────────────────────────────


def read_job(shape: JobShape, root: Node, book: RuleBook) -> Job:
    """Everything below the head of a job file, its mistakes collected in ``shape``."""
    parts = {entry.key.text: entry.value for entry in root.entries} if isinstance(root, Table) else {}
    reader = AnswerReader(shape, book, UNKNOWN)
    reader.pattern = _hours(reader, parts.get("hours"))
    whole, facts = book.records[JOB], parts.get("job")
    return Job(
        scheme=book.scheme.id,
        title=shape.remark(parts.get("title"), "the title"),
        about=shape.remark(parts.get("about"), "the description of the job"),
        hours=reader.pattern,
        facts=reader.entry(whole, 1, facts).entry if facts else Entry(JOB, 1, whole.title, {}),
        records=read_records(reader, parts.get("records")),
        panel=read_views(shape, parts.get("panel"), book.scheme),
        decisions=read_decisions(shape, parts.get("decisions"), book),
        file=shape.source.name,
    )


def read_records(reader: AnswerReader, node: Node | None) -> dict[str, tuple[Entry, ...]]:
    """The entries of every record that was answered."""
    node = given(node)
    if node is None:
        return {}
    known = {name: record for name, record in reader.book.records.items() if name != JOB}
    if not isinstance(node, Table):
        reader.shape.not_a_table(node, "the records of the job", list(known))
        return {}
    found: dict[str, tuple[Entry, ...]] = {}
    for item in node.entries:
        name = item.key.text
        if name not in known:
            reader.shape.unknown("unknown-record", "there is no record", item.key, known, instead=_stray(reader, name))
        elif given(item.value) is not None:
            entries = _entries(reader, name, item.value)
            if entries is not None:
                found[name] = entries
    return found


def _stray(reader: AnswerReader, name: str) -> str:
    """What to do with a name that is no record."""
    if len(reader.book.records) == 1 and not reader.book.records[JOB].questions:
        return "the rules of this scheme ask nothing yet; give the panel's own levels under `panel:`"
    return reader.elsewhere(name)


def _entries(reader: AnswerReader, name: str, node: Node) -> tuple[Entry, ...] | None:
    """The entries of one record; None when the file left the only entry as a questionnaire prints it."""
    record = reader.book.records[name]
    if isinstance(node, Listing):
        items = node.items
    else:
        if isinstance(node, Table):
            message, help_ = f"`{name}` is a list of entries, and one table stands here", "begin each entry with `- `"
        else:
            message = f"`{name}` is a list of entries, and one text stands here"
            help_ = "begin each entry with `- `; write `[]` if there are none, or leave it empty if it is not known"
        reader.shape.fault("not-a-list", message, node.place, expected="`- …` lines", help_=help_)
        items = (node,) if isinstance(node, Table) else ()  # what is in the table may be mistaken as well
    read = [reader.entry(record, number, item) for number, item in enumerate(items, start=1)]
    if read and all(one.blank for one in read):
        return None
    return tuple(one.entry for one in read)


# ── the hours ────────────────────────────────────────────────────────────────────────────────────────────────────


def _hours(reader: AnswerReader, node: Node | None) -> WorkPattern:
    """The shifts in a week and the length of a shift, each None where it is not known."""
    node = given(node)
    if node is None:
        return UNKNOWN
    parts = reader.shape.keyed(node, "`hours`", tuple(HOURS))
    year = _hour(reader, "shifts", parts)
    shifts = None if year is None else exact(Fraction(year) / reader.book.scheme.calendar.weeks_in_year)
    length = _hour(reader, "length", parts)
    week = 0 if shifts is None or length is None else Fraction(shifts) * length / _SECONDS_IN_HOUR
    if week > _HOURS_IN_WEEK:
        message = f"these hours come to more than the {_HOURS_IN_WEEK} hours that a week has"
        help_ = "correct the shifts or the length of one shift"
        reader.shape.fault("impossible-hours", message, node.place, help_=help_)
        return UNKNOWN
    return WorkPattern(shifts, length)


def _hour(reader: AnswerReader, name: str, parts: dict[str, Node]) -> Exact | None:
    """One exact positive number in the base unit of its kind. Its evidence is checked, and stays in the file."""
    kind, sample = HOURS[name]
    node: Node | None = parts.get(name)
    expected = f"`{sample}`"
    if isinstance(node, Table):
        inner = reader.shape.keyed(node, f"the answer to `{name}`", ANSWER)
        for key in ("evidence", "source"):
            reader.shape.remark(inner.get(key), f"the {key}")
        node = inner.get("answer")
    node = given(node)
    if node is None:
        return None
    if not isinstance(node, Scalar):
        help_ = "write one usual number; leave it empty if it is not known"
        reader.shape.fault("not-one-answer", f"`{name}` takes one answer", node.place, expected=expected, help_=help_)
        return None
    measure = reader.measure(node, kind, UNKNOWN, expected=expected)
    if measure is None:
        return None
    value = measure.interval.low
    if measure.needs_pattern or not measure.interval.exact:
        message = f"{quoted(node.text)} is not one exact number"
        help_ = "write the usual number; leave it empty if it is not known"
    elif value == 0:
        message, help_ = f"`{name}` cannot be nought", "leave it empty if it is not known"
    elif name == "shifts" and value < FEWEST_SHIFTS:
        message, help_ = f"{quoted(node.text)} is less than one shift a year", "write the shifts in a usual week"
    elif name == "shifts" and value > MOST_SHIFTS:
        message = f"{quoted(node.text)} is more than three shifts a day"
        help_ = "write the shifts in a usual week, and their hours as `length`"
    else:
        return value
    reader.shape.fault("not-one-number", message, node.place, expected=expected, help_=help_)
    return None
