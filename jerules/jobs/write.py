"""A job as a job file, or as an example for a rule file: what was found can be kept and read again."""

from __future__ import annotations

from typing import Any

from jerules.jobs.load import FORMAT
from jerules.jobs.model import Answer, Entry, Job
from jerules.quantities.kinds import Kind
from jerules.quantities.words import say
from jerules.rulebook.model import RuleBook


def job_to_yaml(book: RuleBook, job: Job) -> str:
    """The job file of a job: loading it gives the same answers, hours and decisions again."""
    import yaml

    found: dict[str, Any] = {"jerules": FORMAT, "scheme": job.scheme, "title": job.title}
    if job.about:
        found["about"] = job.about
    hours = _hours(book, job)
    if hours:
        found["hours"] = hours
    if job.facts.answers:
        found["job"] = _entry(job.facts)
    found["records"] = {record: [_entry(entry) for entry in entries] for record, entries in job.records.items()}
    if job.decisions:
        found["decisions"] = {
            name: {"level": str(decision.position), "reason": decision.reason}
            for name, decision in job.decisions.items()
        }
    return yaml.safe_dump(found, allow_unicode=True, sort_keys=False, width=100)


def _hours(book: RuleBook, job: Job) -> dict[str, str]:
    found = {}
    if job.hours.shifts_in_week is not None:
        a_year = job.hours.shifts_in_week * book.scheme.calendar.weeks_in_year
        found["shifts"] = say(Kind.RATE, a_year, "week", calendar=book.scheme.calendar)
    if job.hours.shift_length is not None:
        found["length"] = say(Kind.DURATION, job.hours.shift_length)
    return found


def _entry(entry: Entry) -> dict[str, Any]:
    return {name: _answer(answer) for name, answer in entry.answers.items()}


def _answer(answer: Answer) -> Any:  # noqa: ANN401 - what YAML has for it
    if isinstance(answer.value, frozenset):
        several = sorted(answer.value)
        return several[0] if len(several) == 1 and answer.written == several[0] else several
    return answer.value if isinstance(answer.value, bool) else answer.written


def job_to_example(book: RuleBook, job: Job, gives: str) -> str:
    """An ``example`` block of a rule file, in which everything that the job does not have is said not to be there.

    Args:
        book: the rule book that the job is answered for.
        job: the job; its title becomes the example's.
        gives: what must come out, as the block says it: ``level 3(c)``, ``level 2 to 4``.

    """
    lines = [f'example "{job.title.replace(chr(34), chr(39))}"']
    hours = ", ".join(f"{name} {value}" for name, value in _hours(book, job).items())
    lines += [f"  {record}: {said}" for record, said in (("hours", hours), ("job", _given(job.facts))) if said]
    for record, entries in job.records.items():
        lines += [f"  {record}: {_given(entry)}" for entry in entries]
    lines.append("  nothing else")
    lines += [f"  panel decides {name} {decision.position}" for name, decision in job.decisions.items()]
    return "\n".join([*lines, f"  gives {gives}"]) + "\n"


def _given(entry: Entry) -> str:
    return ", ".join(f"{name} {_plain(answer)}" for name, answer in entry.answers.items())


def _plain(answer: Answer) -> str:
    if isinstance(answer.value, frozenset):
        return " + ".join(sorted(answer.value)) or "[]"
    return ("yes" if answer.value else "no") if isinstance(answer.value, bool) else answer.written
