"""The conditions of the syntax tree, and the words that everything in it is made of."""

from __future__ import annotations

from dataclasses import dataclass, field

from jerules.faults import Place


@dataclass(frozen=True, slots=True)
class Word:
    """A name, a number, a quantity or a text as written in the file."""

    text: str
    place: Place = field(compare=False)

    def __str__(self) -> str:
        return self.text


# ── conditions ───────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Limit:
    """The right-hand side of a comparison: a quantity, or the name of a parameter or of a step on a scale."""

    word: Word
    named: bool
    around: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """``weight >= 6 kg``."""

    name: Word
    op: str
    limit: Limit
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Between:
    """``weight from 6 kg to 15 kg``: both ends belong to it."""

    name: Word
    low: Limit
    high: Limit
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class IsOne:
    """``kind is lifting``, ``kind is one of lifting, bending``."""

    name: Word
    values: tuple[Word, ...]
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Includes:
    """``duties includes appraisal``, ``duties includes any of appraisal, recruitment``."""

    name: Word
    values: tuple[Word, ...]
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Named:
    """A bare name: a term, or a question answered yes."""

    name: Word
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Both:
    """Every part holds."""

    parts: tuple[Condition, ...]
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Either:
    """At least one part holds."""

    parts: tuple[Condition, ...]
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Negated:
    """The part does not hold."""

    part: Condition
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class AtLeastOf:
    """``at least 4 of (a; b; c)``."""

    number: int
    parts: tuple[Condition, ...]
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Trait:
    """One of the things said of a record after ``is``: a term, its negation, or a bracketed condition."""

    condition: Condition
    word: bool
    """Whether it was written as a bare word (``frequent``, ``not frequent``) rather than in brackets."""


@dataclass(frozen=True, slots=True)
class Quantified:
    """``some effort is frequent, moderate``; ``how`` is ``some``, ``no``, ``every`` or ``at least``."""

    how: str
    record: Word
    traits: tuple[Trait, ...]
    together: tuple[Condition, ...]
    number: int
    place: Place = field(compare=False)


Condition = Comparison | Between | IsOne | Includes | Named | Both | Either | Negated | AtLeastOf | Quantified
