"""V18: explanations are sound and minimal.

For a job that meets a rule, what the explanation shows is taken for all that is known: the rule still holds. Then each
part of it is taken away in turn: the rule no longer holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from jerules.engine import credit
from jerules.engine.choose import Engine, choose
from jerules.engine.facts import lay_out
from jerules.engine.truth import NO, YES
from jerules.explain.proof import AddedUp, OfEntry, Step, Weigher
from jerules.explain.pruning import Said, answer_of, blank, list_of, prune, share_of
from jerules.jobs.model import Entry, Job
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.questions import JOB
from jerules.verify.bench import Bench
from jerules.verify.model import Finding, Obligation, State, Witness
from jerules.verify.samples import samples
from jerules.verify.settle import REPLAY, Duty, end_of, head, kept
from jerules.verify.witness import only

CODE = "V18"
TITLE = "explanations replayed"


def of_factor(bench: Bench) -> Iterator[Obligation]:
    """For every rule that can move the level, on a job that meets it; of a tool also as far as it is carried."""
    reference = choose(only(bench.book)[bench.key], "reference")
    moving = {rule.id for rule in bench.factor.rules if not isinstance(rule.effect, m.Asks | m.Carries)}
    for sample in samples(bench):
        if sample.rule is not None and sample.rule.id in moving:
            yield from _replayed(_Replay(bench, reference, sample.job, sample.rule))
            for target in credit.targets(bench.factor):
                yield from _replayed(_Replay(bench, reference, sample.job, sample.rule, target))


@dataclass(frozen=True, slots=True)
class _Replay:
    """A rule and the job that is explained by it; of a tool, the factor that it is carried to."""

    bench: Bench
    reference: Engine
    job: Job
    rule: m.Rule
    target: str | None = None

    def holds(self, job: Job) -> bool:
        """Whether the rule holds of a job."""
        verdicts = self.reference.verdicts(lay_out(self.bench.book, job))
        key = self.bench.key
        truths = verdicts.carried[key, self.target] if self.target else verdicts.factors[key]
        return truths[self.bench.factor.rules.index(self.rule)] == YES

    def wrong(self) -> str:
        """What is wrong with the explanation, or nothing."""
        weigher = Weigher(self.bench.book, self.job, lay_out(self.bench.book, self.job), self.bench.factor, self.target)
        shown = frozenset(shown_in(prune(weigher.rule(self.rule))))
        if not self.holds(with_only(self.job, shown)):
            return "what the explanation shows is not enough for its conclusion"
        for said in sorted(shown):
            if self.holds(with_only(self.job, shown - {said})):
                return f"the explanation shows {_named(said)}, and does not need it"
        return ""


def _replayed(replay: _Replay) -> Iterator[Obligation]:
    """Nothing, where the job's entries are not carried to the factor."""
    rule, key = replay.rule, replay.bench.key
    subject = f"{head(rule)} carried to {replay.target}" if replay.target else head(rule)
    duty = Duty(CODE, subject, f"what is shown for “{rule.reads or subject}” is enough, and none of it too much")
    if done := kept(replay.bench, duty, rule):
        yield done
        return
    if not replay.holds(replay.job):
        return
    wrong = replay.wrong()
    if not wrong:
        yield Obligation(CODE, key, duty.subject, duty.says, State.PROVED, (REPLAY,))
        return
    witness = Witness(replay.job, "the job that is explained", ("reference",))
    finding = Finding(wrong, (end_of(rule),), witnesses=(witness,), help="this is a fault of jerules: please report it")
    yield Obligation(CODE, key, duty.subject, duty.says, State.REFUTED, (REPLAY,), finding)


def shown_in(step: Step) -> Iterator[Said]:
    """What a tree shows to rest on: the answers of its leaves, what adds up, and the lists it went through."""
    if isinstance(step.subject, c.Some):
        yield list_of(step.subject)
        for added in step.children:
            if isinstance(added.subject, AddedUp):
                yield from _added_up(step, added.subject)
    elif isinstance(step.subject, c.Leaf) and step.answer is not None:
        yield answer_of(step)
    for child in step.children:
        yield from shown_in(child)


def _added_up(step: Step, added: AddedUp) -> Iterator[Said]:
    """The answers of the entries that are counted; a part that can be anything rests on none."""
    entries = [child for child in step.children if isinstance(child.subject, OfEntry)]
    for entry, part in zip(entries, added.parts, strict=True):
        if entry.truth != NO and part != blank(added.compare):
            yield share_of(entry, added.compare)


def with_only(job: Job, said: frozenset[Said]) -> Job:
    """The job with nothing known but what is said; of a record whose entries are not said nothing is known at all."""

    def less(entry: Entry) -> Entry:
        answers = {name: answer for name, answer in entry.answers.items() if (entry.record, entry.number, name) in said}
        return replace(entry, answers=answers)

    listed = {record for record, number, _ in said if number < 0}
    records = {record: tuple(map(less, entries)) for record, entries in job.records.items() if record in listed}
    return replace(job, facts=less(job.facts), records=records)


def _named(said: Said) -> str:
    record, number, name = said
    if number < 0:
        return f"that there is no other `{record}`"
    return f"`{name}`" if record == JOB else f"`{record}.{name}` of entry {number}"
