"""What a check finds of a small rule file, for the tests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from jerules.documents.text import Source
from jerules.rulebook.load import book_of
from jerules.rulebook.model import RuleBook
from jerules.scheme.load import load_scheme
from jerules.verify.model import Finding, Obligation, State
from jerules.verify.run import Selection, check

TODAY = date(2026, 11, 21)
EVALUATORS = {"reference", "durable-rules"}


def book(text: str, *more: str, name: str = "case.jer", scheme: str = "nhs") -> RuleBook:
    """The rule book of one text, or of several."""
    others = [Source(f"more{number}.jer", other) for number, other in enumerate(more, start=1)]
    return book_of(load_scheme(scheme), [Source(name, text), *others])


def checked(rules: Path | str, code: str, *, on: date = TODAY, factor: str | None = None) -> Mapping[str, Obligation]:
    """What one check finds of a rule file or a text, by subject; of one factor only, or with "" of the scheme."""
    text = rules if isinstance(rules, str) else rules.read_text(encoding="utf-8")
    name = "case.jer" if isinstance(rules, str) else rules.name
    return checked_book(book(text, name=name), code, on=on, factor=factor)


def checked_book(
    rules: RuleBook, code: str, *, on: date = TODAY, factor: str | None = None
) -> Mapping[str, Obligation]:
    """What one check finds of a rule book, by subject; of one factor only, or with "" of the scheme."""
    found = check(rules, on, only=Selection(checks=(code,)), processes=1).obligations
    found = tuple(one for one in found if factor in {None, one.factor})
    by_subject = {one.subject: one for one in found}
    assert len(by_subject) == len(found), "two obligations have the same subject"
    return by_subject


def in_state(found: Mapping[str, Obligation], state: State) -> list[str]:
    """The subjects in a state."""
    return [subject for subject, one in found.items() if one.state is state]


def refuted(found: Mapping[str, Obligation]) -> list[str]:
    """The subjects that are refuted; none may be undecided."""
    assert not in_state(found, State.UNDECIDED)
    return in_state(found, State.REFUTED)


def finding(found: Mapping[str, Obligation], subject: str) -> Finding:
    """What is wrong with a subject; both evaluators have confirmed every witness of it."""
    wrong = found[subject].finding
    assert wrong is not None
    for witness in wrong.witnesses:
        assert set(witness.confirmed_by) <= EVALUATORS
        assert "reference" in witness.confirmed_by
    return wrong


def lines(wrong: Finding) -> list[int]:
    """The lines on which the ends of a finding stand."""
    return [end.place.line for end in wrong.ends if end.place is not None]


def answers(wrong: Finding, number: int = 0) -> list[str]:
    """What a witness answers, each as `record: question value` with the job's own answers first."""
    job = wrong.witnesses[number].job
    said = [f"{name} {answer.written}" for name, answer in job.facts.answers.items()]
    for record, entries in job.records.items():
        said += [f"{record}: {', '.join(f'{q} {a.written}' for q, a in entry.answers.items())}" for entry in entries]
    return said
