"""What a job can be asked: questions, the records they are grouped in, and the types of their answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from jerules.faults import Place
from jerules.quantities.kinds import Kind

JOB = "job"
"""The name of the record that holds the questions about the job as a whole; every job has exactly one of it."""


class Form(StrEnum):
    """The form of an answer."""

    TEXT = "text"
    YES_NO = "yes_no"
    ONE_OF = "one_of"
    ANY_OF = "any_of"
    SCALE = "scale"
    QUANTITY = "quantity"


@dataclass(frozen=True, slots=True)
class Choice:
    """One allowed answer: its name in the rules and in job files, and the words a panel sees."""

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class AnswerType:
    """The type of an answer. ``kind`` is set for quantities, ``choices`` for choices and scales (in rising order)."""

    form: Form
    kind: Kind | None = None
    per: str = ""
    choices: tuple[Choice, ...] = ()
    scale: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the choices, in order."""
        return tuple(choice.name for choice in self.choices)

    def label(self, name: str) -> str:
        """The words for one choice."""
        return next((choice.label for choice in self.choices if choice.name == name), name)


@dataclass(frozen=True, slots=True)
class Question:
    """One question. Two questions are the same when they bear the same name in the same record.

    ``factor`` is the key of the factor or tool whose file asks it, empty for a file that all factors share.
    """

    record: str
    name: str
    type: AnswerType = field(compare=False)
    asks: str = field(compare=False)
    help: str = field(compare=False)
    place: Place = field(compare=False)
    factor: str = field(default="", compare=False)

    @property
    def key(self) -> str:
        """``effort.weight``; a question about the job as a whole goes by its own name."""
        return self.name if self.record == JOB else f"{self.record}.{self.name}"


@dataclass(frozen=True, slots=True)
class Record:
    """A kind of duty, contact or demand of which a job may have several entries, or the job itself (``JOB``)."""

    name: str
    title: str
    label: str
    questions: tuple[Question, ...]
    place: Place = field(compare=False)

    def question(self, name: str) -> Question | None:
        """The question of that name, or nothing."""
        return next((question for question in self.questions if question.name == name), None)
