"""Examples that differ from an example in one thing: an answer beside a cut, another choice, an entry more or less."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from jerules.exercise.reading import Asked, answers_to
from jerules.rulebook import model as m
from jerules.rulebook.questions import JOB


def neighbours(book: m.RuleBook, example: m.Example, asked: Mapping[str, Asked]) -> Iterator[m.Example]:
    """The examples that differ from one in the answer to a question that is ``asked``, or in one entry.

    Their titles say how they differ.
    """
    yield from _answered(book, example, asked)
    for index, entry in enumerate(example.entries):
        if entry.record in {JOB, "hours"}:
            continue
        yield _with(example, index, f"{entry.record} twice", entry, entry)
        alone = sum(other.record == entry.record for other in example.entries) == 1
        none = (*example.none, entry.record) if alone and not example.complete else example.none
        yield replace(_with(example, index, f"without this {entry.record}"), none=none)


def supposing_as(examples: Sequence[m.Example]) -> Iterator[m.Example]:
    """The examples that suppose nothing, each with all that some other example supposes."""
    for supposed in dict.fromkeys(example.supposed for example in examples if example.supposed):
        said = ", ".join(f"{one.name} {one.text}" for one in supposed)
        for example in examples:
            if not example.supposed:
                yield replace(example, title=f"{example.title}, but supposing {said}", supposed=supposed)


def _answered(book: m.RuleBook, example: m.Example, asked: Mapping[str, Asked]) -> Iterator[m.Example]:
    records = {entry.record for entry in example.entries}
    for one in asked.values():
        record, name = one.question.record, one.question.name
        if record == JOB and JOB not in records:
            fresh = m.GivenEntry(JOB, (), example.place)
            for answer in answers_to(book, one, supposed=example.supposed):
                yield _with(example, 0, f"{name} {answer}", changed(fresh, one, answer), *example.entries[:1])
        for index, entry in enumerate(example.entries):
            if entry.record == record:
                others = tuple(_others(book, entry, one, example.supposed))
                yield from (_with(example, index, how, other) for how, other in others)
                if one.cuts or one.open:  # two below a cut may come to more than the cut together
                    yield from (_with(example, index, f"twice, {how}", other, other) for how, other in others)


def _others(
    book: m.RuleBook, entry: m.GivenEntry, one: Asked, supposed: tuple[m.Supposed, ...]
) -> Iterator[tuple[str, m.GivenEntry]]:
    name = one.question.name
    given = next((text for known, text, _ in entry.answers if known == name), "")
    for answer in answers_to(book, one, given, supposed):
        if answer != given:
            yield f"{name} {answer}", changed(entry, one, answer)
    if given and len(entry.answers) > 1:
        yield f"{name} not known", replace(entry, answers=tuple(a for a in entry.answers if a[0] != name))


def changed(entry: m.GivenEntry, one: Asked, answer: str) -> m.GivenEntry:
    """The entry with another answer to a question."""
    name = one.question.name
    if any(known == name for known, _, _ in entry.answers):
        return replace(entry, answers=tuple((k, answer if k == name else t, p) for k, t, p in entry.answers))
    return replace(entry, answers=(*entry.answers, (name, answer, entry.place)))


def _with(example: m.Example, index: int, how: str, *entries: m.GivenEntry) -> m.Example:
    """The example with these entries in the place of one; its title says how it differs."""
    every = (*example.entries[:index], *entries, *example.entries[index + 1 :])
    return replace(example, title=f"{example.title}, but {how}", entries=every)
