"""Evaluates a job and tells the whole outcome: standings from an evaluator, reasons and questions from the book."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from jerules.engine import credit
from jerules.engine.facts import Facts, lay_out
from jerules.engine.pro_rata import full_time
from jerules.engine.reference.evaluator import ReferenceEvaluator
from jerules.engine.resolve import Candidate, End, Standing, covers, resolve, tool_standing, tools_for
from jerules.engine.truth import NO, UNKNOWN, YES, Truth
from jerules.engine.verdicts import Verdicts
from jerules.explain.cross_checks import cross_checked
from jerules.explain.known import gives_levels, known, unasked
from jerules.explain.obstacles import Known, distance, obstacles
from jerules.explain.outcome import (
    ByTool,
    Carried,
    FactorOutcome,
    Kept,
    OpenQuestion,
    Outcome,
    Raised,
    Reason,
    WhyNot,
    WhyNotLevel,
)
from jerules.explain.proof import OfEntry, Step, Weigher, interpretations, steps
from jerules.explain.pruning import Pruner, prune
from jerules.explain.questions import Trial, open_questions
from jerules.explain.tools import Allocation, allocation, by_tool, doubts, only_carried
from jerules.faults import OurFault
from jerules.jobs.model import Job
from jerules.rulebook import conditions as c
from jerules.rulebook import model as m
from jerules.rulebook.grades import grades_in
from jerules.rulebook.once import once_per_book
from jerules.scheme.model import Factor, Position


class Engine(Protocol):
    """An evaluator as an outcome names it, and the one that agreed with it."""

    @property
    def name(self) -> str:
        """What an outcome calls it."""

    @property
    def checked_by(self) -> str:
        """What an outcome calls the one that checked it; empty for none."""

    def verdicts(self, facts: Facts) -> Verdicts:
        """The truth of every rule."""
        ...


def evaluate(book: m.RuleBook, job: Job, engine: Engine) -> Outcome:
    """The outcome of a job under a rule book. Raises :class:`OurFault` when the readings of the book disagree."""
    facts = lay_out(book, job)
    verdicts = engine.verdicts(facts)
    standings = resolve(book, verdicts, facts.decisions)
    teller = Teller(book, job, facts, verdicts, standings, reference_of(book), standings_full_time(book, facts))
    factors = tuple(teller.factor(factor) for factor in book.scheme.factors)
    return _totalled(book, job, engine, factors)


def standings_full_time(book: m.RuleBook, facts: Facts) -> Mapping[str, Standing]:
    """Where every factor would stand with the job's counts pro rata; nothing for a full-time job."""
    scaled = full_time(book, facts)
    if scaled is None:
        return {}
    return resolve(book, reference_of(book).verdicts(scaled), scaled.decisions)


def differs(standing: Standing, scaled: Standing | None) -> bool:
    """Whether a factor would stand elsewhere with the job's counts pro rata."""
    return scaled is not None and _ends(scaled) != _ends(standing)


@once_per_book
def reference_of(book: m.RuleBook) -> ReferenceEvaluator:
    """The reference evaluator of a book, written once for each book."""
    return ReferenceEvaluator(book)


def _totalled(book: m.RuleBook, job: Job, engine: Engine, factors: tuple[FactorOutcome, ...]) -> Outcome:
    ranges = [factor.points_range for factor in factors if factor.points_range]
    if len(ranges) < len(factors):
        checks = cross_checked(book, factors, job)
        return Outcome(job, book, engine.name, engine.checked_by, factors, None, None, None, (), cross_checks=checks)
    low, high = sum(low for low, _ in ranges), sum(high for _, high in ranges)
    total = low if all(factor.settled for factor in factors) else None
    scheme = book.scheme
    bands: list[str | None] = [b.name for b in scheme.bands if b.low <= high and b.high >= low]
    if not scheme.bands or high > scheme.bands[-1].high:
        bands.append(None)
    found = scheme.band_of(total) if total is not None else None
    return Outcome(
        job,
        book,
        engine.name,
        engine.checked_by,
        factors,
        total,
        (low, high),
        found.name if found else None,
        tuple(bands),
        grades_in(book.grades, low, high),
        cross_checked(book, factors, job),
    )


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells the outcome of each factor of one job."""

    book: m.RuleBook
    job: Job
    facts: Facts
    verdicts: Verdicts
    standings: Mapping[str, Standing]
    reference: ReferenceEvaluator
    full_time: Mapping[str, Standing] = field(default_factory=dict)
    _weighers: dict[tuple[str, str | None], Weigher] = field(default_factory=dict, repr=False, compare=False)
    _shape: Pruner = field(default_factory=Pruner, repr=False, compare=False)
    _allocations: dict[str, Allocation] = field(default_factory=dict, repr=False, compare=False)
    _plans: Known = field(default_factory=dict, repr=False, compare=False)

    def _weigher(self, factor: m.FactorRules, target: str | None = None) -> Weigher:
        """One for each factor, so that what was gone through for one rule serves the others."""
        found = self._weighers.get((factor.key, target))
        if found is None:
            found = Weigher(self.book, self.job, self.facts, factor, target)
            self._weighers[factor.key, target] = found
        return found

    def factor(self, factor: Factor) -> FactorOutcome:
        """The outcome for one factor of the scheme."""
        rules = self.book.factors.get(str(factor.number))
        panel = self.job.panel.get(factor.number)
        if rules is not None and gives_levels(self.book, rules):
            return self._by_rules(factor, rules)
        if panel is not None:
            end = End(panel.position.level, (panel.position.option,) if panel.position.option else ())
            level = factor.level(panel.position.level)
            points = level.points if level else 0
            found = FactorOutcome(factor.number, factor.title, "panel", end, end, points, (points, points), panel=panel)
        elif factor.levels:
            ends, range_ = (End(1), End(len(factor.levels))), (factor.lowest, factor.highest)
            found = FactorOutcome(factor.number, factor.title, "none", *ends, None, range_)
        else:
            found = FactorOutcome(factor.number, factor.title, "no-levels", End(None), End(None), None, None)
        return found if rules is None else self._with_what_is_known(found, rules)

    def _with_what_is_known(self, found: FactorOutcome, rules: m.FactorRules) -> FactorOutcome:
        """An outcome that no rule gives, with what was answered to the questions of its factor."""
        facts = known(self.book, self.job, self._weigher(rules))
        names = dict.fromkeys(name for step in (facts.terms if facts else ()) for name in interpretations(step))
        return replace(
            found,
            facts=facts,
            open_questions=tuple(unasked(self.book, self.job, rules.key)),
            queries=tuple(self._queries(rules)),
            interpretations=tuple(self.book.interpretations[name] for name in names),
        )

    def _by_rules(self, factor: Factor, rules: m.FactorRules) -> FactorOutcome:
        standing = self.standings[rules.key]
        reasons = self.reasons(rules, standing)
        queries = tuple(self._queries(rules))
        points = points_of(factor, standing)
        settled = standing.settled
        tools = tuple(self._by_tools(rules, standing))
        rest_on: list[Reason | Carried] = [*reasons]
        for tool in tools:
            rest_on += (*tool.reasons, *tool.carried)
        names = dict.fromkeys(
            name for one in rest_on for name in (*interpretations(one.proof), one.rule.source.interpretation)
        )
        return FactorOutcome(
            factor.number, factor.title, "rules", standing.lowest, standing.highest,
            points[0] if settled else None, points, standing, reasons,
            self.why_not(factor, (standing.lowest.level or 0) + 1),
            () if settled else self._questions(rules, standing),
            queries, tuple(self._kept_out(rules)),
            tuple(self.book.interpretations[name] for name in names if name),
            self.job.panel.get(factor.number),
            tools,
        )  # fmt: skip

    # ── why ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def reasons(self, rules: m.FactorRules, standing: Standing) -> tuple[Reason, ...]:
        """The rules that decide: those that give the lowest level, and those that may give a higher one."""
        found = [self._reason(rules, x) for x in standing.candidates if x.closed != YES and self._decides(x, standing)]
        below = (standing.hands_on or (standing.lowest,))[0].level or 0
        for tool in standing.raised_by:
            found += (reason for reason in self._by_tool(tool, rules) if reason.position.level > below)
        found += self._bounds(rules, standing)
        return tuple(sorted(_without_repeats(found), key=lambda r: (-r.truth, -r.position.level, r.rule.id)))

    @staticmethod
    def _decides(candidate: Candidate, standing: Standing) -> bool:
        lowest = (standing.hands_on or (standing.lowest,))[0].level or 0
        level = candidate.position.level
        if candidate.truth == YES and candidate.closed == NO:
            return level >= lowest
        return level > lowest

    def _reason(self, rules: m.FactorRules, candidate: Candidate, tool: str = "") -> Reason:
        holder = self.book.factors[tool] if tool else rules
        weigher = self._weigher(holder, rules.key if tool else None)
        if candidate.rule.condition is None:
            return Reason(
                candidate.rule, candidate.position, candidate.truth, Step(candidate.rule, candidate.truth), tool
            )
        tree = weigher.rule(candidate.rule)
        truths = self.verdicts.carried[tool, rules.key] if tool else self.verdicts.factors[rules.key]
        _agree(holder, truths, tree)
        truth = min(candidate.truth, YES - candidate.closed) if candidate.closed else candidate.truth
        return Reason(candidate.rule, candidate.position, truth, prune(tree, self._shape), tool)

    def _by_tool(self, tool: str, rules: m.FactorRules) -> tuple[Reason, ...]:
        """The rules that decide a tool's own level by what is carried to a factor."""
        found = tool_standing(self.book, self.verdicts, self.facts.decisions, tool, rules.key)
        decide = (x for x in found.candidates if x.closed != YES and self._decides(x, found))
        return tuple(self._reason(rules, candidate, tool) for candidate in decide)

    def _by_tools(self, rules: m.FactorRules, standing: Standing) -> Iterator[ByTool]:
        for tool in tools_for(self.book, rules.key):
            own = tool_standing(self.book, self.verdicts, self.facts.decisions, tool, rules.key)
            found = by_tool(self._allocation(tool), rules.key, own, standing, self._by_tool(tool, rules))
            if found:
                yield found

    def _allocation(self, tool: str) -> Allocation:
        found = self._allocations.get(tool)
        if found is None:
            found = self._allocations[tool] = allocation(self.job, self._weigher(self.book.factors[tool]))
        return found

    def _bounds(self, rules: m.FactorRules, standing: Standing) -> list[Reason]:
        """Floors and caps that have a say in the outcome: no candidate would be where they put it."""
        sure = max((x.position.level for x in standing.candidates if x.truth == YES and x.closed == NO), default=0)
        may = max((x.position.level for x in standing.candidates if x.closed != YES), default=0)
        found = []
        for rule, truth in zip(rules.rules, self.verdicts.factors[rules.key], strict=True):
            match rule.effect:
                case m.Floor(level=level):
                    says = truth == YES and level == standing.lowest.level and level > sure
                    says = says or (truth == UNKNOWN and level == standing.highest.level and level > may)
                case m.Cap(level=level):
                    says = bool(truth) and level in {standing.lowest.level, standing.highest.level} and level < may
                case _:
                    continue
            if says:
                tree = self._weigher(rules).rule(rule)
                found.append(Reason(rule, Position(level), truth, prune(tree, self._shape)))
        return found

    # ── why not ──────────────────────────────────────────────────────────────────────────────────────────────────

    def why_not(self, factor: Factor, level: int) -> WhyNotLevel | None:
        """Why a factor is not at a level: what each rule of that level still lacks, nearest first."""
        rules = self.book.factors.get(str(factor.number))
        if rules is None:
            return None
        if factor.level(level) is None:
            return WhyNotLevel(level, (), beyond=True)
        lowest = self.standings[rules.key].lowest.level or 0
        answers = self._answers(rules, level)
        why = "" if answers and level >= lowest else self._why_none(rules, level, lowest)
        for higher in range(level + 1, len(factor.levels) + 1) if why == "no-rule" else ():
            answers = answers or self._answers(rules, higher)
        return WhyNotLevel(level, tuple(answers), why=why)

    def _answers(self, rules: m.FactorRules, level: int) -> list[WhyNot]:
        """What each rule of a level lacks; a rule that lacks nothing has no answer."""
        answers = [self._lacking(rules, rule, position) for rule, position in _giving(rules, level)]
        for tool in tools_for(self.book, rules.key):
            found = self._allocation(tool)
            if found.entries and not found.to(rules.key):
                continue  # what was entered belongs to other factors
            answers += [self._lacking(rules, r, p, tool) for r, p in _giving(self.book.factors[tool], level)]
        answers = [answer for answer in answers if (answer.plan or answer.blocked) and not _never(answer)]
        answers.sort(key=lambda a: (a.blocked is not None, *distance(a.plan), str(a.position), a.rule.id))
        return answers

    def _why_none(self, rules: m.FactorRules, level: int, lowest: int) -> str:
        """Why no rule has anything to say on not being at a level."""
        if level <= lowest:
            return "here" if level == lowest else "above"
        left = [rule.effect for rule, _ in _giving(rules, level) if isinstance(rule.effect, m.LeavesToPanel)]
        if left:
            return "decided" if all(effect.name in self.job.decisions for effect in left) else "decision"
        rest = rules.otherwise.effect if rules.otherwise else None
        return "rest" if isinstance(rest, m.GivesLevel) and rest.position.level == level else "no-rule"

    def _lacking(self, rules: m.FactorRules, rule: m.Rule, position: Position, tool: str = "") -> WhyNot:
        holder = self.book.factors[tool] if tool else rules
        tree = self._weigher(holder, rules.key if tool else None).rule(rule)
        blocked, truth = (None, YES) if tool else self._blocking(rules, position)
        plan = obstacles(only_carried(tree) if tool else tree, YES, self._plans)
        return WhyNot(rule, position, plan, blocked, tool, truth == YES)

    def _blocking(self, rules: m.FactorRules, position: Position) -> tuple[m.Rule | None, Truth]:
        """The rule that most surely closes a level to the job, and how sure that is."""
        found: tuple[m.Rule | None, Truth] = None, YES
        for rule, truth in zip(rules.rules, self.verdicts.factors[rules.key], strict=True):
            match rule.effect:
                case m.Closes(positions=closed) if truth and any(covers(p, position) for p in closed):
                    found = rule, truth
                case m.Cap(level=level) if truth and level < position.level:
                    found = rule, truth
            if found[0] and found[1] == YES:
                break
        return found

    # ── what else the panel is told ──────────────────────────────────────────────────────────────────────────────

    def _queries(self, rules: m.FactorRules) -> Iterable[Raised]:
        tools = [tool for tool in tools_for(self.book, rules.key) if self._allocation(tool).to(rules.key)]
        for key in (rules.key, *tools):
            for rule, truth in zip(self.book.factors[key].rules, self.verdicts.factors[key], strict=True):
                if isinstance(rule.effect, m.Asks) and truth == YES:
                    yield Raised(rule, truth)
        for tool in tools:
            yield from doubts(self.book, self._allocation(tool), rules.key)
        scaled = self.full_time.get(rules.key)
        if self.book.pro_rata and scaled and differs(self.standings[rules.key], scaled):
            yield Raised(self.book.pro_rata.rule, YES, (scaled.lowest, scaled.highest))

    def _kept_out(self, rules: m.FactorRules) -> Iterable[Kept]:
        weigher = self._weigher(rules)
        for record in dict.fromkeys(bar.effect.record for bar in rules.bars if isinstance(bar.effect, m.Bars)):
            for index, entry in enumerate(self.job.records.get(record, ())):
                for bar in credit.bars_on(rules, record):
                    truth = weigher.entry_rule(bar, record, index).truth
                    if truth:
                        yield Kept(bar, entry, truth)

    def _questions(self, rules: m.FactorRules, standing: Standing) -> tuple[OpenQuestion, ...]:
        trial = Trial(self.book, self.reference, rules, self.facts, standing)
        return open_questions(trial, self._doubtful(rules, standing))

    def _doubtful(self, rules: m.FactorRules, standing: Standing) -> Iterable[Step]:
        """The trees of the rules that are open and could move the factor."""
        # Of a rule that leaves two levels to the panel one may be closed: it matters as long as the other is not.
        closed = {x.rule.id for x in standing.candidates} - {x.rule.id for x in standing.candidates if x.closed != YES}
        for rule, truth in zip(rules.rules, self.verdicts.factors[rules.key], strict=True):
            if truth == UNKNOWN and rule.condition and rule.id not in closed and _matters(rule.effect, standing):
                yield self._weigher(rules).rule(rule)
        for tool in tools_for(self.book, rules.key):
            holder = self.book.factors[tool]
            for rule, truth in zip(holder.rules, self.verdicts.carried[tool, rules.key], strict=True):
                if truth == UNKNOWN and rule.condition and _matters(rule.effect, standing):
                    yield self._weigher(holder, rules.key).rule(rule)


def _ends(standing: Standing) -> tuple[int | None, int | None]:
    return standing.lowest.level, standing.highest.level


def _never(answer: WhyNot) -> bool:
    """Whether a tool's rule looks at evidence that the tool never carries to the factor."""
    return any(isinstance(obstacle.step.subject, c.AnyOf) for obstacle in answer.plan)


def _matters(effect: m.Effect, standing: Standing) -> bool:
    """Whether a rule that is open could move a factor from where it stands."""
    low, high = standing.lowest.level or 0, standing.highest.level or 0
    match effect:
        case m.GivesLevel(position=position):
            # A possible level below that of the rule for the rest is where the range begins.
            return position.level > low or any(x.rule.condition is None for x in standing.candidates)
        case m.LeavesToPanel():
            return max(effect.low.level, effect.high.level) > low
        case m.Floor(level=level):
            return level > low
        case m.Cap(level=level):
            return level < high
    return isinstance(effect, m.Closes)


def _agree(holder: m.FactorRules, truths: Sequence[Truth], tree: Step) -> None:
    """Hold a tree against the evaluator's verdict: two readings of one book that differ are our fault."""
    for rule, truth in zip(holder.rules, truths, strict=True):
        if rule is tree.subject and truth != tree.truth:
            message = f"the proof of {rule.id} comes out as {tree.truth}, the evaluator as {truth}"
            raise OurFault(message)


def _without_repeats(reasons: Sequence[Reason]) -> Iterator[Reason]:
    """What the guidance gives by itself needs no interpretation to give it again, but for crediting other evidence."""
    plain: dict[tuple[m.Effect, int], set[tuple[str, int]]] = {}
    for reason in reasons:
        if not _rests_on_one(reason):
            plain.setdefault((reason.rule.effect, reason.truth), set()).update(_credited(reason))
    for reason in reasons:
        known = plain.get((reason.rule.effect, reason.truth))
        if not _rests_on_one(reason) or known is None or not _credited(reason) <= known:
            yield reason


def _credited(reason: Reason) -> set[tuple[str, int]]:
    """The entries that a reason rests on."""
    entries = (step.subject.entry for step in steps(reason.proof) if isinstance(step.subject, OfEntry))
    return {(entry.record, entry.number) for entry in entries}


def _rests_on_one(reason: Reason) -> bool:
    return bool(reason.rule.source.interpretation or interpretations(reason.proof))


def _giving(rules: m.FactorRules, level: int) -> Iterable[tuple[m.Rule, Position]]:
    for rule in rules.rules:
        match rule.effect:
            case m.GivesLevel(position=position) if rule.condition and position.level == level:
                yield rule, position
            case m.Floor(level=floor) if floor == level:
                yield rule, Position(floor)
            case m.LeavesToPanel(low=low, high=high):
                yield from ((rule, end) for end in (low, high) if end.level == level)


def points_of(factor: Factor, standing: Standing) -> tuple[int, int]:
    """The points of the lowest and of the highest possible level; no level counts for no more than level 1 might."""
    low = factor.level(standing.lowest.level or 1)
    high = factor.level(standing.highest.level or len(factor.levels))
    return (low.points if low else factor.lowest, high.points if high else factor.highest)
