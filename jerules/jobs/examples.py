"""The job that an example in a rule file describes, read as a job file is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jerules.documents import located
from jerules.documents.text import Source
from jerules.faults import Faulty, Place
from jerules.jobs.load import read_job
from jerules.jobs.model import Job
from jerules.jobs.shape import JobShape
from jerules.rulebook.model import Example, GivenEntry, RuleBook
from jerules.rulebook.questions import JOB, Form, Record

HOURS = "hours"
_AND = " + "


def job_of(example: Example, book: RuleBook) -> Job:
    """The job of one example: what it does not mention is not known, or absent after ``nothing else``.

    Several lines about the job as a whole, or about its hours, make one. An answer to an any-of question joins what
    applies with ``+``; ``[]`` is none. Raises :class:`Faulty` with every mistake, at the places of the rule file.
    """
    shape = JobShape(Source(example.place.file, ""))
    job = read_job(shape, _tree(shape, example, book), book)
    if shape.faults:
        raise Faulty(shape.faults)
    return job


def _tree(shape: JobShape, example: Example, book: RuleBook) -> located.Table:
    """The example as the tree that its job file would give."""
    place = example.place
    parts = [_entry("title", located.Scalar(example.title, quoted=True, place=place), place)]
    for name in (HOURS, JOB):
        said = [entry for entry in example.entries if entry.record == name]
        if said:
            parts.append(_entry(name, _answers(shape, said, book.records.get(name)), said[0].place))
    parts.append(_entry("records", _records(shape, example, book), place))
    if example.decided:
        parts.append(_entry("decisions", _decisions(example), place))
    return located.Table(tuple(parts), place)


def _decisions(example: Example) -> located.Table:
    """What the panel of the example decided; its reason is the example."""
    found = []
    for name, level, at in example.decided:
        parts = (_entry("level", _scalar(level, at), at), _entry("reason", _scalar(example.title, at), at))
        found.append(_entry(name, located.Table(parts, at), at))
    return located.Table(tuple(found), example.place)


def _records(shape: JobShape, example: Example, book: RuleBook) -> located.Table:
    found: list[located.Entry] = []
    for name, record in book.records.items():
        said = [entry for entry in example.entries if entry.record == name and name != JOB]
        if said and name in example.none:
            message = f"the example gives an entry of `{name}` and says that there is none"
            shape.fault("contradiction", message, said[0].place, help_="keep one of the two")
        if said:
            items = tuple(_answers(shape, (entry,), record) for entry in said)
            found.append(_entry(name, located.Listing(items, said[0].place), said[0].place))
        elif name != JOB and (name in example.none or example.complete):
            found.append(_entry(name, located.Listing((), example.place), example.place))
    return located.Table(tuple(found), example.place)


def _answers(shape: JobShape, entries: Sequence[GivenEntry], record: Record | None) -> located.Table:
    """The answers of one entry, or of all the lines about the job, as a table in which no name stands twice."""
    found: dict[str, located.Entry] = {}
    for name, text, place in (answer for entry in entries for answer in entry.answers):
        if name in found:
            message = f"`{name}` is answered twice; it was first answered at {found[name].key.place}"
            shape.fault("duplicate-key", message, place, help_="keep one of the two")
            continue
        question = record.question(name) if record else None
        several = question is not None and question.type.form is Form.ANY_OF
        found[name] = _entry(name, _several(text, place) if several else _scalar(text, place), place)
    return located.Table(tuple(found.values()), entries[0].place)


def _several(text: str, place: Place) -> located.Node:
    parts: Iterable[str] = () if text.strip() == "[]" else text.split(_AND)
    return located.Listing(tuple(_scalar(part, place) for part in parts), place)


def _scalar(text: str, place: Place) -> located.Scalar:
    return located.Scalar(text, quoted=False, place=place)


def _entry(name: str, value: located.Node, place: Place) -> located.Entry:
    return located.Entry(_scalar(name, place), value)
