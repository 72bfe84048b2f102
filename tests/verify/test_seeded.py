"""Faults put into copies of the shipped rules, one of each kind: every one is caught, and with the right case.

The rules as they are shipped have none of these findings, so what is found is found because of the fault.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import pytest

from jerules.documents.text import Source, read_source
from jerules.resources import folder
from jerules.rulebook.load import book_of
from jerules.rulebook.model import RuleBook
from jerules.scheme.load import load_scheme
from jerules.verify.model import Obligation, State
from jerules.verify.run import Selection, check

DAY = date(2026, 11, 21)


@dataclass(frozen=True, slots=True)
class Seeded:
    """A fault: what it is, the file, the text that is changed and into what, and how it is caught.

    ``shows`` has words that stand in the regions or in the witnesses of the finding.
    """

    what: str
    file: str
    before: str
    after: str
    factor: str
    code: str
    subject: str
    shows: tuple[str, ...] = ()


EFFORT = "13-physical-effort.jer"
FAULTS = (
    Seeded(
        "a threshold shifted by a kilo leaves a gap",
        EFFORT, "term moderate effort when kind is one of lifting, lifting_people and weight from 6 kg to 15 kg",
        "term moderate effort when kind is one of lifting, lifting_people and weight from 7 kg to 15 kg",
        "13", "V3", "hardness", ("from 6 kg to under 7 kg",),
    ),
    Seeded(
        "open where it should be closed leaves a single value out",
        EFFORT, "term short effort when each <= 20 min", "term short effort when each < 20 min",
        "13", "V3", "length", ("exactly 20 minutes",),
    ),
    Seeded(
        "closed on both sides puts a single value on two rungs",
        EFFORT, "term long effort when each > 20 min", "term long effort when each >= 20 min",
        "13", "V5", "length effort.each", (),
    ),
    Seeded(
        "a condition that contradicts another kills the rule",
        EFFORT, "level 4(a) when some effort is ongoing, light", "level 4(a) when some effort is ongoing, light, short",
        "13", "V1", "level 4(a)", (),
    ),
    Seeded(
        "an upper limit makes a heavier load less demanding",
        EFFORT, "term intense effort when kind is lifting and weight > 15 kg and not aid",
        "term intense effort when kind is lifting and weight > 15 kg and weight <= 50 kg and not aid",
        "13", "V8", "effort.weight", ("weight",),
    ),
    Seeded(
        "the only rule of an option is given another letter",
        EFFORT, "level 5(a) when some effort is ongoing, moderate", "level 5(b) when some effort is ongoing, moderate",
        "13", "V10", "level 5(a)", (),
    ),
    Seeded(
        "a definition that another one takes in",
        EFFORT, "extend term light effort when kind is bending\n", "extend term light effort when kind is at_heights\n",
        "13", "V6", "light/3", (),
    ),
    Seeded(
        "a condition that is always met",
        EFFORT, "term several effort when times >= 2", "term several effort when times >= 0",
        "13", "V2", "several/1", (),
    ),
    Seeded(
        "a question that no rule reads any more",
        EFFORT, "when kind is walking and distance > 1 km", "when kind is walking",
        "", "V9", "effort.distance", (),
    ),
    Seeded(
        "a floor above a cap that can hold with it",
        EFFORT, "at least 4 when some effort is several, intense, (often >= 3 per month)",
        "at most 3 when some effort is several cites level 3(c)\n"
        "at least 4 when some effort is several, intense, (often >= 3 per month)",
        "13", "V4", "at least 4 / at most 3", ("both hold",),
    ),
    Seeded(
        "a higher rule that takes in a lower one",
        EFFORT,
        "level 2(d)\n  when",
        "level 5(a) when some effort is moderate cites level 5(a)\nlevel 2(d)\n  when",
        "13",
        "V7",
        "level 2(d)",
        (),
    ),
)  # fmt: skip


@lru_cache(maxsize=1)
def shipped() -> tuple[Source, ...]:
    """The rule files of the NHS scheme."""
    return tuple(read_source(path, shown_as=path.name) for path in sorted((folder("rules") / "nhs").glob("*.jer")))


def with_fault(fault: Seeded) -> RuleBook:
    """The rules with the fault in them, the examples left out: they would notice it, too.

    Only what concerns the whole scheme needs the files of the other factors.
    """
    texts = []
    for source in shipped():
        if fault.factor and source.name not in {"job.jer", fault.file}:
            continue
        text = source.text.partition("\n# ── Worked examples")[0]
        if source.name == fault.file and fault.before:
            assert text.count(fault.before) == 1, fault.what
            text = text.replace(fault.before, fault.after)
        texts.append(Source(source.name, text))
    return book_of(load_scheme("nhs"), texts)


def found(book: RuleBook, fault: Seeded) -> dict[str, Obligation]:
    """What the check of the fault refutes, by subject."""
    report = check(book, DAY, only=Selection((fault.factor,), (fault.code,)), processes=1)
    return {one.subject: one for one in report.obligations if one.state is State.REFUTED}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.what)
def test_a_seeded_fault_is_caught(fault: Seeded) -> None:
    """The fault is refuted under its subject, and the case shown is one in which it matters."""
    one = found(with_fault(fault), fault)[fault.subject]
    assert one.finding is not None
    said = [*one.finding.regions, *(witness.shows for witness in one.finding.witnesses)]
    said += [f"{name} {given.written}" for witness in one.finding.witnesses
             for entries in witness.job.records.values() for entry in entries
             for name, given in entry.answers.items()]  # fmt: skip
    for words in fault.shows:
        assert any(words in line for line in said), said
    assert all("reference" in witness.confirmed_by for witness in one.finding.witnesses)


@pytest.mark.parametrize("code", sorted({fault.code for fault in FAULTS}))
def test_the_shipped_rules_have_none_of_them(code: str) -> None:
    """Without a fault the same checks refute nothing."""
    whole = "" if code == "V9" else "13"
    untouched = Seeded("", EFFORT, "", "", whole, "", "")
    report = check(with_fault(untouched), DAY, only=Selection((whole,), (code,)), processes=1)
    assert [one.subject for one in report.obligations if one.state is State.REFUTED] == []
