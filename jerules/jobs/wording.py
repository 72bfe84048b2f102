"""How a questionnaire says what an answer may be: the allowed answers with their words, the units with examples."""

from __future__ import annotations

from collections.abc import Iterable

from jerules.jobs.shape import plain
from jerules.quantities.kinds import Kind
from jerules.rulebook.questions import AnswerType, Choice, Form

_WIDEST_NAME = 26

SAMPLES: dict[Kind, tuple[str, ...]] = {
    Kind.MASS: ("6 kg", "500 g", "4 to 7 kg"),
    Kind.DISTANCE: ("200 m", "1.5 km", "10 miles"),
    Kind.DURATION: ("20 min", "1 h 30 min", "up to 20 min"),
    Kind.MONEY: ("£1,200", "£2.5 million", "£5,000 to £6,000"),
    Kind.MONEY_RATE: ("£1,200 a {per}", "£1,000 to £1,500 a {per}"),
    Kind.RATE: ("3 a month", "twice a week", "daily", "40 to 50 a year"),
    Kind.PER_SHIFT: ("6 times a shift", "once a shift", "4 to 6"),
    Kind.SHARE: ("80%", "half", "20% to 30%"),
    Kind.FREQUENCY: ("80% of shifts", "3 shifts a month", "every shift", "at least 2 a week"),
    Kind.COUNT: ("4", "10 to 12"),
    Kind.DATE: ("21 November 2026", "21/11/2026"),
}
"""What may be written for each kind of quantity; every one of them reads."""

_WHAT: dict[Kind, str] = {
    Kind.MASS: "a weight with its unit",
    Kind.DISTANCE: "a distance with its unit",
    Kind.DURATION: "a time with its unit",
    Kind.MONEY: "a sum of money",
    Kind.MONEY_RATE: "a sum of money over time",
    Kind.RATE: "how often",
    Kind.PER_SHIFT: "how many times in one shift",
    Kind.SHARE: "a share",
    Kind.FREQUENCY: "on which part of the shifts, or how many of them",
    Kind.COUNT: "a whole number",
    Kind.DATE: "a date",
}


def samples(answer: AnswerType) -> tuple[str, ...]:
    """A few answers to a question about a quantity, as people may write them."""
    return tuple(sample.format(per=answer.per or "year") for sample in SAMPLES[answer.kind]) if answer.kind else ()


def how_to_answer(answer: AnswerType) -> str:
    """One line on what an answer of this type is; a choice is followed by :func:`choices`."""
    match answer.form:
        case Form.YES_NO:
            return "yes or no"
        case Form.ONE_OF:
            return "one of these"
        case Form.SCALE:
            return "one of these steps, from the lowest to the highest"
        case Form.ANY_OF:
            names = ", ".join(answer.names[:2])
            return f"all of these that apply, as a list such as [{names}]; [] if none of them does"
        case Form.QUANTITY if answer.kind:
            return f"{_WHAT[answer.kind]}, such as {either(samples(answer))}"
    return "a few plain words"


def choices(answer: AnswerType) -> tuple[tuple[str, str], ...]:
    """The allowed answers, each with its words beside it where the name says less; names padded to one width."""
    width = max((len(choice.name) for choice in answer.choices if _says_more(choice)), default=0)
    width = min(width, _WIDEST_NAME)
    return tuple(
        (f"{choice.name:<{width}}  ", choice.label) if _says_more(choice) else ("", choice.label)
        for choice in answer.choices
    )


def _says_more(choice: Choice) -> bool:
    return plain(choice.label) != plain(choice.name)


def either(words: Iterable[str]) -> str:
    """Words as a choice: "a, b or c"."""
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last
