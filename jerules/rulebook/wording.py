"""How a message speaks of a question: what its answer is, and how a condition may use it."""

from __future__ import annotations

from jerules.quantities.kinds import Kind, article
from jerules.rulebook.questions import Form, Question

_SAMPLES = {
    Kind.MASS: ">= 6 kg", Kind.DISTANCE: ">= 200 m", Kind.DURATION: ">= 20 min", Kind.MONEY: ">= £1,000",
    Kind.MONEY_RATE: ">= £1,000 per month", Kind.RATE: ">= 1 per week", Kind.FREQUENCY: ">= 50%", Kind.SHARE: ">= 50%",
    Kind.DATE: ">= 2026-03-01", Kind.PER_SHIFT: ">= 2",
}  # fmt: skip


def described(question: Question) -> str:
    """What the answer to a question is: "a weight", "one of several choices"."""
    match question.type.form:
        case Form.YES_NO:
            return "yes or no"
        case Form.ONE_OF:
            return "one of several choices"
        case Form.ANY_OF:
            return "any of several choices"
        case Form.SCALE:
            return f"a step of `{question.type.scale}`"
        case Form.TEXT:
            return "a text, which no rule can read"
        case Form.QUANTITY:
            return article(question.type.kind or Kind.COUNT)


def usage(question: Question) -> str:
    """What may follow the question's name in a condition."""
    match question.type.form:
        case Form.YES_NO:
            return "the name by itself, or `is yes`, `is no`"
        case Form.ONE_OF:
            return "`is` or `is one of`"
        case Form.ANY_OF:
            return "`includes` or `includes any of`"
        case Form.TEXT:
            return "a question whose answer is not a text"
        case Form.SCALE | Form.QUANTITY:
            return "`>=`, `<=`, `>`, `<`, `=` or `from … to …`"


def advice(question: Question) -> str:
    """What to write instead, with an example of the question's own."""
    first = question.type.names[0] if question.type.names else "…"
    match question.type.form:
        case Form.TEXT:
            return "ask for what the rule needs to know in a question of its own"
        case Form.YES_NO:
            sample = question.name
        case Form.ONE_OF:
            sample = f"{question.name} is {first}"
        case Form.ANY_OF:
            sample = f"{question.name} includes {first}"
        case Form.SCALE:
            sample = f"{question.name} >= {first}"
        case Form.QUANTITY:
            sample = f"{question.name} {_SAMPLES.get(question.type.kind or Kind.COUNT, '>= 2')}"
    return f"write for example `{sample}`"
