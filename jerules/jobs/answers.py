"""Reading one answer, and the answers of one entry, against the questions of the rule book."""

from __future__ import annotations

from dataclasses import dataclass

from jerules.documents.located import Listing, Node, Scalar, Table
from jerules.faults import Place, nearest
from jerules.jobs.model import Answer, Entry
from jerules.jobs.shape import ANSWER, JobShape, blank, given, plain, quoted
from jerules.quantities.calendar import WorkPattern
from jerules.quantities.kinds import Kind, Measure, describe
from jerules.quantities.misread import Misread
from jerules.quantities.reading import read_measure
from jerules.rulebook.model import RuleBook
from jerules.rulebook.questions import JOB, AnswerType, Form, Question, Record

Value = Measure | frozenset[str] | bool | str

_YES = frozenset(("yes", "y", "true"))
_NO = frozenset(("no", "n", "false"))
_NONE = frozenset(("none", "none of these", "n/a", "not applicable"))
NONE_OF_THESE = "none of these"


@dataclass(frozen=True, slots=True)
class ReadEntry:
    """An entry as read; ``blank`` when the file left it as a questionnaire prints it."""

    entry: Entry
    blank: bool


class AnswerReader:
    """Reads answers for one job: the rule book says what is asked, the pattern what is known of the job's hours."""

    def __init__(self, shape: JobShape, book: RuleBook, pattern: WorkPattern, *, whole: str = JOB) -> None:
        """``whole`` is the key of the answers that are about no record."""
        self.shape = shape
        self.book = book
        self.pattern = pattern
        self.whole = whole

    # ── entries ──────────────────────────────────────────────────────────────────────────────────────────────────

    def entry(self, record: Record, number: int, node: Node) -> ReadEntry:
        """One entry of a record, or the answers about the job as a whole."""
        if given(node) is None:
            return ReadEntry(self._unanswered(record, number, node.place), blank(node))
        if not isinstance(node, Table):
            self._not_an_entry(record, node)
            return ReadEntry(self._unanswered(record, number, node.place), blank=False)
        answers: dict[str, Answer] = {}
        remarks = {"evidence": "", "source": ""}
        for item in node.entries:
            key = item.key.text
            if key in remarks:
                remarks[key] = self.shape.remark(item.value, f"the {key}")
            elif question := record.question(key):
                if answer := self.answer(question, item.value):
                    answers[key] = answer
            else:
                self._unknown_question(record, item.key)
        entry = Entry(
            record.name, number, _label(record, number, answers), answers,
            remarks["evidence"], remarks["source"], node.place,
        )  # fmt: skip
        return ReadEntry(entry, all(blank(item.value) for item in node.entries))

    def _unanswered(self, record: Record, number: int, place: Place) -> Entry:
        return Entry(record.name, number, _label(record, number, {}), {}, place=place)

    def _not_an_entry(self, record: Record, node: Node) -> None:
        first = record.label or next((question.name for question in record.questions), "")
        text = isinstance(node, Scalar) and record.name != JOB
        help_ = f"write `{first}: …`" if text and first else "write each question on a line of its own, indented"
        what = f"the {self.whole}" if record.name == JOB else f"an entry of `{record.name}`"
        message = f"{what} is written as `question: answer` lines"
        self.shape.fault("not-an-entry", message, node.place, expected=f"`{first}: …`" if first else "", help_=help_)

    def _unknown_question(self, record: Record, key: Scalar) -> None:
        what = f"the {self.whole} as a whole" if record.name == JOB else f"`{record.name}`"
        names = [question.name for question in record.questions]
        self.shape.unknown(
            "unknown-question", f"{what} has no question", key, [*names, "evidence", "source"],
            instead=self.elsewhere(key.text),
        )  # fmt: skip

    def elsewhere(self, name: str) -> str:
        """Where a name that is out of place belongs, or an empty string."""
        if name != JOB and name in self.book.records:
            return f"`{name}` is a record: write it under `records:`"
        homes = [record.name for record in self.book.records.values() if record.question(name)]
        if JOB in homes:
            return f"`{name}` is asked about the {self.whole} as a whole: write it under `{self.whole}:`"
        if homes:
            return f"`{name}` is asked of each entry of " + " and of ".join(f"`{home}`" for home in homes)
        return ""

    # ── answers ──────────────────────────────────────────────────────────────────────────────────────────────────

    def answer(self, question: Question, node: Node) -> Answer | None:
        """The answer to one question, or None when it is not known or could not be read."""
        evidence = source = reason = ""
        inner: Node | None = node
        other: Node | None = None
        if isinstance(node, Table):
            what = f"the answer to `{question.name}`"
            help_ = f"write `{question.name}: {{answer: …, evidence: …, source: …}}`, or the answer alone"
            parts = self.shape.keyed(node, what, ANSWER, help_=help_)
            inner = parts.get("answer")
            evidence = self.shape.remark(parts.get("evidence"), "the evidence")
            source = self.shape.remark(parts.get("source"), "the source")
            reason = self.shape.remark(parts.get("reason"), "the reason")
            other = self._treated_as(question, parts, reason)
        inner = given(inner)
        if inner is None:
            return None
        if question.type.form is Form.ANY_OF:
            several = self._several(question, inner)
            if several is None:
                return None
            return Answer(several, _written(inner) or NONE_OF_THESE, evidence, source, place=inner.place)
        scalar = self._one(question, inner)
        value = None if scalar is None else self._value(question, scalar)
        if scalar is None or value is None:
            return None
        written = _written(scalar)
        if isinstance(other, Scalar) and (instead := self._value(question, other)) is not None:
            return Answer(instead, written, evidence, source, _written(other), reason, inner.place)
        return Answer(value, written, evidence, source, place=inner.place)

    def _treated_as(self, question: Question, parts: dict[str, Node], reason: str) -> Node | None:
        """What the panel has a quantity treated as; that needs a quantity, an answer and a reason."""
        node = given(parts.get("treat_as"))
        if node is None:
            return None
        if question.type.form is not Form.QUANTITY:
            message = f"`{question.name}` is not a quantity, so it cannot be treated as another"
            self.shape.fault("not-a-quantity", message, node.place, help_="correct the answer itself")
        elif not reason:
            message = f"`{question.name}` is treated as {quoted(_written(node))} without a reason"
            help_ = "add `reason: …`: it is shown with every level that rests on it"
            self.shape.fault("no-reason", message, node.place, expected="`reason: …`", help_=help_)
        elif given(parts.get("answer")) is None:
            message = f"`{question.name}` says what it is treated as, and not what it is"
            self.shape.fault("no-answer", message, node.place, expected="`answer: …`", help_="add the answer itself")
        else:
            return node if isinstance(node, Scalar) else self._one(question, node)
        return None

    def _one(self, question: Question, node: Node) -> Scalar | None:
        if isinstance(node, Scalar):
            return node
        if isinstance(node, Listing):
            help_ = "write one answer"
            if question.record != JOB:
                help_ += f", or give each its own entry of `{question.record}`"
            message = f"`{question.name}` takes one answer, and a list stands here"
        else:
            message, help_ = f"`{question.name}` takes one answer, and a table stands here", "write the answer alone"
        self.shape.fault("not-one-answer", message, node.place, expected=allowed(question.type), help_=help_)
        return None

    def _value(self, question: Question, node: Scalar) -> Value | None:
        match question.type.form:
            case Form.YES_NO:
                return self._yes_or_no(question, node)
            case Form.ONE_OF | Form.SCALE:
                chosen = self._choice(question, node)
                return None if chosen is None else frozenset((chosen,))
            case Form.QUANTITY if question.type.kind is not None:
                return self.measure(node, question.type.kind, self.pattern)
        return node.text.strip()

    def _yes_or_no(self, question: Question, node: Scalar) -> bool | None:
        word = plain(node.text)
        if word in _YES or word in _NO:
            return word in _YES
        message = f"{quoted(node.text)} is neither yes nor no"
        help_ = "write `yes` or `no`, and anything else as `evidence`; leave it empty if it is not known"
        self.shape.fault(
            "not-yes-or-no", message, node.place, expected=f"`yes` or `no` for `{question.name}`", help_=help_
        )
        return None

    def measure(self, node: Scalar, kind: Kind, pattern: WorkPattern, *, expected: str = "") -> Measure | None:
        """A quantity as written, or None with a fault."""
        try:
            return read_measure(node.text, kind, self.book.scheme.calendar, pattern)
        except Misread as misread:
            self.shape.fault(
                "wrong-quantity", misread.message, node.place, expected=expected or misread.expected,
                near=misread.nearest, help_=misread.help,
            )  # fmt: skip
            return None

    def _several(self, question: Question, node: Node) -> frozenset[str] | None:
        """The chosen answers; an empty list says none of them, blank items alone say nothing."""
        items = node.items if isinstance(node, Listing) else (node,)
        if items and all(given(item) is None for item in items):
            return None
        chosen: set[str] = set()
        for item in items:
            if given(item) is None:
                message = f"an item of `{question.name}` is left empty or not known"
                help_ = "list all that apply and delete this item, or leave the whole answer empty"
                self.shape.fault("not-known-in-list", message, item.place, help_=help_)
            elif isinstance(item, Scalar):
                chosen.update(name for name in (self._choice(question, item),) if name)
            else:
                wrong = "a list" if isinstance(item, Listing) else "a table"
                message = f"an item of `{question.name}` is one answer, and {wrong} stands here"
                self.shape.fault("not-one-answer", message, item.place, expected=allowed(question.type))
        return frozenset(chosen)

    def _choice(self, question: Question, node: Scalar) -> str | None:
        """The name of the choice that a text means, by its name or by its label."""
        names = named_choices(question.type)
        found = names.get(plain(node.text))
        if found is None:
            close = names.get(nearest(plain(node.text), names), "")
            self.shape.fault(
                "unknown-choice", f"{quoted(node.text)} is not an answer to `{question.name}`", node.place,
                expected=allowed(question.type), near=close, help_=_choice_help(question.type, node.text, close),
            )  # fmt: skip
        return found


def _written(node: Node) -> str:
    """What the file says, on one line; the items of a list are joined."""
    items = node.items if isinstance(node, Listing) else (node,)
    return ", ".join(" ".join(item.text.split()) for item in items if isinstance(item, Scalar))


def named_choices(answer: AnswerType) -> dict[str, str]:
    """The choices by everything they may be called, as :func:`plain` writes it; a name goes before a label."""
    labels: dict[str, str] = {}
    shared: set[str] = set()
    for choice in answer.choices:
        if labels.setdefault(plain(choice.label), choice.name) != choice.name:
            shared.add(plain(choice.label))
    usable = {label: name for label, name in labels.items() if label not in shared}
    return usable | {plain(choice.name): choice.name for choice in answer.choices}


def allowed(answer: AnswerType) -> str:
    """What an answer of this type may be, for the "expected" of a message."""
    match answer.form:
        case Form.YES_NO:
            return "`yes` or `no`"
        case Form.ONE_OF | Form.SCALE:
            return _choices(answer)
        case Form.ANY_OF:
            return f"any of {_choices(answer)}"
        case Form.QUANTITY if answer.kind is not None:
            return describe(answer.kind)
    return "plain words"


def _choices(answer: AnswerType) -> str:
    return ", ".join(
        f"`{choice.name}`" if plain(choice.name) == plain(choice.label) else f"`{choice.name}` ({choice.label})"
        for choice in answer.choices
    )


def _choice_help(answer: AnswerType, text: str, close: str) -> str:
    if answer.form is Form.ANY_OF:
        if plain(text) in _NONE:
            return "write `[]` for none of these, or leave it empty if it is not known"
        parts = [named_choices(answer).get(plain(part)) for part in text.replace(";", ",").replace("+", ",").split(",")]
        if len(parts) > 1 and all(parts):
            return f"write it as a list: `[{', '.join(part for part in parts if part)}]`"
    return f"write `{close}`" if close else "use one of these, or leave it empty if it is not known"


def _label(record: Record, number: int, answers: dict[str, Answer]) -> str:
    """What an entry is called: the answer that names it, or its place in its record."""
    if record.name == JOB:
        return record.title
    answer = answers.get(record.label)
    question = record.question(record.label)
    if answer is None or question is None:
        return f"{record.name.replace('_', ' ')} {number}"
    if question.type.form in {Form.ONE_OF, Form.SCALE} and isinstance(answer.value, frozenset):
        return ", ".join(question.type.label(name) for name in answer.value)
    return answer.written
