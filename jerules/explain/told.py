"""What is told of an outcome, as plain data: texts with their citations, marks and evidence."""

from __future__ import annotations

from dataclasses import dataclass, field

from jerules.explain.hurdles import Hurdle
from jerules.rulebook import model as m
from jerules.rulebook.quotes import Quote


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an explanation, with the paragraph it rests on and the panel's evidence for it.

    ``quotes`` are the official words of its ``citations``, where the user has asked for them.
    """

    text: str
    cites: str = ""
    interpretation: str = ""
    evidence: str = ""
    source: str = ""
    citations: tuple[m.Citation, ...] = field(default=(), compare=False)
    quotes: tuple[Quote, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Because:
    """One reason: what it comes to, the level it gives, and the lines that lead there."""

    says: str
    gives: str
    cites: str
    status: str
    certain: bool
    lines: tuple[Line, ...]
    tool: str = ""
    citations: tuple[m.Citation, ...] = field(default=(), compare=False)
    quotes: tuple[Quote, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class ToolStep:
    """One step of a tool: what it comes to, the reasons for a level where it has one, and further lines."""

    says: str
    because: tuple[Because, ...] = ()
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class ToolTelling:
    """What a tool says of a factor, step by step; ``heading`` says what it is and which level it comes to."""

    hands_on: str
    heading: str
    steps: tuple[ToolStep, ...]


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing still to ask: the question, about what, and what an answer would do."""

    text: str
    about: str
    does: str
    help: str


@dataclass(frozen=True, slots=True)
class Assumption:
    """An interpretation that the outcome rests on, and how to do without it."""

    id: str
    title: str
    because: str
    status: str
    switch: str


@dataclass(frozen=True, slots=True)
class FactorTelling:
    """Everything there is to say about one factor, in the order in which it is said."""

    number: int
    title: str
    level: str
    points: str
    settled: bool
    because: tuple[Because, ...]
    why_not_level: str
    why_not: tuple[Hurdle, ...]
    why_not_remark: str
    ask: tuple[Ask, ...]
    ask_remark: str
    queries: tuple[Line, ...]
    kept_out: tuple[Line, ...]
    assumptions: tuple[Assumption, ...]
    panel: str
    by_tool: tuple[ToolTelling, ...] = ()
    facts: tuple[Line, ...] = ()
    remarks: tuple[str, ...] = ()
    """What there is to know about the level as it is written: several options of it, or an uncertain letter."""
