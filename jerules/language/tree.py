"""The syntax tree: what a rule file says, as written, before any name in it is looked up.

Places are left out of equality, so that two trees are equal when they say the same thing: the formatter's promise,
``parse(write(tree)) == tree``, is stated with ``==``. Texts are kept with runs of white space made one space.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from jerules.faults import Place
from jerules.language.tree_conditions import (
    AtLeastOf,
    Between,
    Both,
    Comparison,
    Condition,
    Either,
    Includes,
    IsOne,
    Limit,
    Named,
    Negated,
    Quantified,
    Trait,
    Word,
)

__all__ = [  # noqa: RUF022 - filled, and sorted by the letter
    "Acceptance", "Agreement", "AnswerType", "AtLeastOf", "Because", "Between", "Both", "BoundRule", "Choice",
    "Citation", "Clauses", "ClosingRule", "Comparison", "Condition", "Convention", "CreditRule", "CrossCheck",
    "Decided", "Either", "Example", "ExampleLine", "Given", "GivenAnswer", "Gives", "Grade", "Heading", "Includes",
    "Interpretation", "IsOne", "Label", "Ladder", "LevelRule", "Limit", "MayCount", "NO_CLAUSES", "Named",
    "Negated", "Never", "NoneGiven", "NothingElse", "Order", "PanelRule", "Parameter", "ProRata", "Quantified",
    "Query", "Question", "Record", "Remarks", "RuleFile", "Scale", "Statement", "Supposed", "Term", "Trait",
    "Without", "Word",
]  # fmt: skip

# ── clauses ──────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Citation:
    """A pointer into the guidance. ``kind`` is the grammar's name for it: level, note, chapter and so on."""

    kind: str
    target: str
    paragraph: str = ""
    factor: int | None = None
    place: Place = field(compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Agreement:
    """``agreed 2026-03-01 by "Joint job evaluation group"``."""

    date: Word
    by: Word


@dataclass(frozen=True, slots=True)
class Clauses:
    """What may follow the condition of a rule; each at most once, but for citations, which add up."""

    reads: Word | None = None
    asks: Word | None = None
    help: Word | None = None
    because: Word | None = None
    cites: tuple[Citation, ...] = ()


NO_CLAUSES = Clauses()


@dataclass(frozen=True, slots=True)
class Choice:
    """One allowed answer, with the words a panel sees."""

    name: Word
    label: Word | None


@dataclass(frozen=True, slots=True)
class AnswerType:
    """The type of an answer. ``form`` is the grammar's name for it; ``detail`` a scale's name or a period of money."""

    form: str
    choices: tuple[Choice, ...] = ()
    detail: Word | None = None
    place: Place = field(compare=False, kw_only=True)


# ── statements ───────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Remarks:
    """The comments before a statement (an empty one is a blank line after a comment), and whether it is set apart."""

    lines: tuple[str, ...] = ()
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """What every statement has: where it stands and the comments before it."""

    place: Place = field(compare=False, kw_only=True)
    remarks: Remarks = field(default=Remarks(), kw_only=True)


@dataclass(frozen=True, slots=True)
class Heading(Statement):
    """``scheme nhs``, ``factor 13 "…"``, ``tool advisory "…"``, ``procedure review "…"``, ``pack "…"``, ``status``."""

    kind: str
    name: Word
    title: Word | None = None
    agreed: Agreement | None = None


@dataclass(frozen=True, slots=True)
class Question(Statement):
    """A question of the job as a whole, or a line of a record."""

    name: Word
    type: AnswerType
    asks: Word | None
    help: Word | None
    single: bool


@dataclass(frozen=True, slots=True)
class Label(Statement):
    """``label task``: the answer by which an entry of the record is called."""

    name: Word


@dataclass(frozen=True, slots=True)
class Record(Statement):
    """A kind of duty, contact or demand of which a job may have several."""

    name: Word
    title: Word
    lines: tuple[Question | Label, ...] = ()


@dataclass(frozen=True, slots=True)
class Scale(Statement):
    """``scale complexity = routine < complex``."""

    name: Word
    steps: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Term(Statement):
    """A named condition on a record or on the job; ``extends`` when it adds to one that exists."""

    name: Word
    record: Word | None
    condition: Condition
    clauses: Clauses
    extends: bool


@dataclass(frozen=True, slots=True)
class Ladder(Statement):
    """``ladder how_often effort = rare < occasional < frequent``: terms that the guidance uses as a scale."""

    name: Word
    record: Word | None
    terms: tuple[Word, ...]
    condition: Condition | None
    clauses: Clauses


@dataclass(frozen=True, slots=True)
class LevelRule(Statement):
    """``level 3(c) when …``; no condition means ``otherwise``."""

    level: Word
    condition: Condition | None
    clauses: Clauses


@dataclass(frozen=True, slots=True)
class BoundRule(Statement):
    """``at least 3 when …`` and ``at most 5 when …``."""

    kind: str
    level: Word
    condition: Condition
    clauses: Clauses


@dataclass(frozen=True, slots=True)
class ClosingRule(Statement):
    """``not 6(d), 7 unless …``."""

    levels: tuple[Word, ...]
    unless: bool
    condition: Condition
    clauses: Clauses


@dataclass(frozen=True, slots=True)
class PanelRule(Statement):
    """``panel decides size 4 or 5 when …``."""

    name: Word
    low: Word
    high: Word
    condition: Condition
    clauses: Clauses


@dataclass(frozen=True, slots=True)
class CreditRule(Statement):
    """``count once``, ``assess … under`` and ``carry … to``: to which factor a record's evidence goes."""

    kind: str
    record: Word
    under: Word
    barred: Word | None
    condition: Condition
    clauses: Clauses


@dataclass(frozen=True, slots=True)
class MayCount(Statement):
    """``may also count effort under 16``: a permitted second use of the same evidence."""

    record: Word
    under: tuple[Word, ...]
    clauses: Clauses


@dataclass(frozen=True, slots=True)
class Never(Statement):
    """``never from years_in_post``: answers that no rule of the factor may read."""

    names: tuple[Word, ...]
    clauses: Clauses


@dataclass(frozen=True, slots=True)
class Query(Statement):
    """``query "…" when …``: put to the panel; moves nothing."""

    text: Word
    condition: Condition
    clauses: Clauses


@dataclass(frozen=True, slots=True)
class ProRata(Statement):
    """``pro rata by hours_share asks "…"``: what a job's counts would come to full time is looked at beside them."""

    name: Word
    clauses: Clauses


@dataclass(frozen=True, slots=True)
class Parameter(Statement):
    """``parameter large_sum money``: left open nationally, settled by a local convention.

    ``range`` holds the ends, both included, between which the scheme leaves it open: ``from 6 kg to 30 kg``.
    """

    name: Word
    type: AnswerType
    clauses: Clauses
    range: tuple[Word, Word] | None = None


@dataclass(frozen=True, slots=True)
class Convention(Statement):
    """``convention large_sum = £500,000 agreed 2026-03-01 by "…"``."""

    name: Word
    value: Word
    agreed: Agreement | None
    clauses: Clauses


@dataclass(frozen=True, slots=True)
class Without(Statement):
    """``without A-NHS-06``: a pack switches an interpretation off."""

    note: Word
    agreed: Agreement | None
    clauses: Clauses


@dataclass(frozen=True, slots=True)
class Order(Statement):
    """``order large_sum < very_large_sum``: whatever is agreed, each of these is less than the next."""

    names: tuple[Word, ...]
    clauses: Clauses


@dataclass(frozen=True, slots=True)
class Grade(Statement):
    """``grade "Grade 5" from 300 to 349 agreed 2026-03-01 by "…"``: a local grade and the totals that fall into it."""

    name: Word
    low: Word
    high: Word
    agreed: Agreement | None


@dataclass(frozen=True, slots=True)
class CrossCheck(Statement):
    """``cross check "…" above 1 on at least 1 of 9, 10, 11, 12``: what the levels of a job must meet together."""

    title: Word
    above: Word
    number: Word
    factors: tuple[Word, ...]
    clauses: Clauses


@dataclass(frozen=True, slots=True)
class Interpretation(Statement):
    """A named, switchable reading of unclear or silent guidance, with the statements that it adds."""

    note: Word
    title: Word
    because: Word | None = None
    cites: tuple[Citation, ...] = ()
    status: Word | None = None
    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Acceptance(Statement):
    """``accept V8 "effort.weight" on 2026-11-21 because "…"``: what a check finds is known and stands."""

    check: Word
    subject: Word
    on: Word
    until: Word | None
    clauses: Clauses


@dataclass(frozen=True, slots=True)
class Because(Statement):
    """A ``because`` or ``cites`` line inside an interpretation, before it is folded into it."""

    because: Word | None = None
    cites: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """``weight 6 kg`` in an example."""

    name: Word
    value: Word
    quoted: bool


@dataclass(frozen=True, slots=True)
class Given(Statement):
    """One entry of a record, or answers about the job."""

    record: Word
    answers: tuple[GivenAnswer, ...]


@dataclass(frozen=True, slots=True)
class NoneGiven(Statement):
    """``no effort``: the job has none."""

    record: Word


@dataclass(frozen=True, slots=True)
class NothingElse(Statement):
    """Every kind of record that the example does not mention is absent from the job."""


@dataclass(frozen=True, slots=True)
class Supposed(Statement):
    """``suppose large_sum = £500,000``: what a parameter is taken to be, for the sake of this example alone."""

    name: Word
    value: Word


@dataclass(frozen=True, slots=True)
class Gives(Statement):
    """What the rules must make of the example; ``kind`` is the grammar's name: level, range, missing and so on."""

    kind: str
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Decided(Statement):
    """``panel decides size 5(a)``: what the panel of the example decided."""

    name: Word
    level: Word


ExampleLine = Given | NoneGiven | NothingElse | Supposed | Decided | Gives


@dataclass(frozen=True, slots=True)
class Example(Statement):
    """A case in the rule file that the rules must satisfy."""

    title: Word
    lines: tuple[ExampleLine, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleFile:
    """A whole rule file. ``ending`` holds the comments after the last statement."""

    name: str = field(compare=False)
    statements: tuple[Statement, ...]
    ending: tuple[str, ...] = ()
