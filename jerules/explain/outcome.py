"""The outcome of an evaluation: for each factor a suggested level or range, why, why not more, what is still to ask."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from jerules.engine.resolve import End, Standing
from jerules.engine.truth import NO, Truth
from jerules.explain.obstacles import Plan
from jerules.explain.proof import Step
from jerules.jobs.model import Entry, Job, PanelView
from jerules.rulebook import model as m
from jerules.rulebook.questions import Question
from jerules.scheme.model import Position

LABEL = "a suggestion: the panel decides"
"""Stands on every page and in every export."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a level is suggested or possible: a rule, and the tree that establishes it, pruned to what it needs."""

    rule: m.Rule
    position: Position
    truth: Truth
    proof: Step
    tool: str = ""


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why a rule of another level does not give it: what would have to be otherwise, nearest first.

    ``blocked`` is a rule that stands in the way although the conditions are met (a closed level, a cap), else None;
    ``blocked_surely`` is False where it is still open whether that rule holds.
    """

    rule: m.Rule
    position: Position
    plan: Plan
    blocked: m.Rule | None = None
    tool: str = ""
    blocked_surely: bool = True


@dataclass(frozen=True, slots=True)
class WhyNotLevel:
    """Why not a given level: one answer for each of its rules, or the reason why there is none.

    ``why`` is empty when the answers say it all; otherwise ``here`` (the factor stands at that level), ``above`` (a
    higher level is established), ``decision`` (the panel has still to decide it), ``decided`` (it decided on another
    level), ``rest`` (the level is given when no other rule holds) or ``no-rule`` (no rule gives it: the answers are
    those of the next level that a rule gives, if there is one).
    """

    level: int
    answers: tuple[WhyNot, ...]
    beyond: bool = False
    """The factor has no such level: the level given is the highest."""
    why: str = ""


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """Something still to ask.

    ``kind`` is answer, record, decision, convention, hours, overlap, judgement, unasked or unasked-record.
    ``narrows`` is how many levels the answer takes off the range on average, ``settles`` whether some answer settles
    it. What is unasked is a question, or a whole record, of a factor whose level no rule gives: it moves no range.
    """

    kind: str
    asks: str
    key: str
    question: Question | None = None
    entry: Entry | None = None
    rule: m.Rule | None = None
    narrows: Fraction = Fraction(0)
    settles: bool = False


@dataclass(frozen=True, slots=True)
class Raised:
    """A query for the panel; ``truth`` says whether the answers establish it or leave it open.

    ``full_time`` is filled for the query on part-time work: where the factor would stand with every count pro rata.
    ``twice`` is filled for evidence of a tool that may be credited twice: the entries, and the factors.
    """

    rule: m.Rule
    truth: Truth
    full_time: tuple[End, End] | None = None
    twice: tuple[tuple[Entry, ...], tuple[str, ...]] | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A bar that keeps an entry's evidence out of the factor, and where it is credited instead."""

    rule: m.Rule
    entry: Entry
    truth: Truth


@dataclass(frozen=True, slots=True)
class Carried:
    """An entry that a tool carries to a factor, or may: the rule that says so, how certain that is, and its tree."""

    entry: Entry
    factor: str
    rule: m.Rule
    truth: Truth
    proof: Step


@dataclass(frozen=True, slots=True)
class ByTool:
    """What a tool says of one factor, in its three steps.

    First the tool's own level by the entries carried here, from ``lowest`` to ``highest``, with its ``reasons``. Then
    those entries, ``carried``; ``others`` names the other factors that entries are carried to, with how certain that
    is, and ``unasked`` the records that nobody has asked about. Last ``hands_on``, where the factor stands without
    tools: the higher of the two stands.
    """

    tool: str
    title: str
    lowest: End
    highest: End
    reasons: tuple[Reason, ...]
    carried: tuple[Carried, ...]
    others: tuple[tuple[str, Truth], ...]
    unasked: tuple[str, ...]
    hands_on: tuple[End, End]

    @property
    def decides(self) -> str:
        """Which of the two decides: ``tool``, ``hands-on``, ``both`` (they come to the same), or ``open``."""
        low, high = (end.level or 0 for end in self.hands_on)
        least, most = self.lowest.level or 0, self.highest.level or 0
        if least > high:
            return "tool"
        if low == high == least == most:
            return "both"
        return "hands-on" if most <= low else "open"


@dataclass(frozen=True, slots=True)
class Reported:
    """What a job says about a factor whose level no rule gives.

    ``answers`` are its entries, the job itself among them, with the questions that each answers. ``terms`` are the
    words of the factor that hold, each as a proof, and ``unsettled`` the local values without which more could be said.
    """

    answers: tuple[tuple[Entry, tuple[Question, ...]], ...] = ()
    terms: tuple[Step, ...] = ()
    unsettled: tuple[m.Parameter, ...] = ()


@dataclass(frozen=True, slots=True)
class FactorOutcome:
    """The outcome for one factor.

    ``standing`` is None when the book has no rules for it. ``points`` and the two ends of ``range`` are None where
    there is no level. ``origin`` is rules, panel, none, or no-levels where no level definitions are loaded; such a
    factor has no range of points either. Without rules for its level there are still ``facts``: what was answered to
    the questions of the factor; ``None`` where it has no question.
    """

    number: int
    title: str
    origin: str
    lowest: End
    highest: End
    points: int | None
    points_range: tuple[int, int] | None
    standing: Standing | None = None
    because: tuple[Reason, ...] = ()
    why_not: WhyNotLevel | None = None
    open_questions: tuple[OpenQuestion, ...] = ()
    queries: tuple[Raised, ...] = ()
    kept_out: tuple[Kept, ...] = ()
    interpretations: tuple[m.Interpretation, ...] = ()
    panel: PanelView | None = None
    by_tool: tuple[ByTool, ...] = ()
    facts: Reported | None = None

    @property
    def settled(self) -> bool:
        """Whether one level, and only one, is possible."""
        return self.lowest.level is not None and self.lowest.level == self.highest.level


@dataclass(frozen=True, slots=True)
class CrossChecked:
    """What a cross-check of the whole job came to; it awards nothing.

    ``truth`` is about the levels that the rules suggest, ``by_panel`` about the panel's own, each factor that it has
    not given being open; it is None when the panel gave none of them. ``may_meet`` are the factors that could still
    meet the check.
    """

    check: m.CrossCheck
    truth: Truth
    by_panel: Truth | None
    may_meet: tuple[int, ...]

    @property
    def blocks(self) -> bool:
        """Whether the job must not be signed off: its suggested levels, or the panel's own, do not meet the check."""
        return NO in {self.truth, self.by_panel}


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome for a whole job.

    ``total`` and ``band`` are None unless every factor is settled; ``totals`` runs from the least to the most that is
    still possible and is None where level definitions are missing, ``bands`` names the bands it touches (None among
    them: totals without a band). ``grades`` are the local ones that are still possible, likewise. ``engine`` names the
    evaluator that produced it, ``checked_by`` the one that agreed, or nothing.
    """

    job: Job
    book: m.RuleBook
    engine: str
    checked_by: str
    factors: tuple[FactorOutcome, ...]
    total: int | None
    totals: tuple[int, int] | None
    band: str | None
    bands: tuple[str | None, ...]
    grades: tuple[m.Grade | None, ...] = ()
    cross_checks: tuple[CrossChecked, ...] = ()

    @property
    def blocked(self) -> bool:
        """Whether a cross-check stands in the way of signing off."""
        return any(one.blocks for one in self.cross_checks)

    def factor(self, number: int) -> FactorOutcome:
        """The outcome for the factor of that number."""
        return next(factor for factor in self.factors if factor.number == number)
