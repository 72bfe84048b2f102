"""What the panel itself recorded: its own level for a factor, and what it decided where the guidance leaves it open."""

from __future__ import annotations

from jerules.documents.located import Node, Scalar, Table
from jerules.faults import Faulty, Place, listed, nearest
from jerules.jobs.model import Decision, PanelView
from jerules.jobs.shape import JobShape, given, plain, quoted
from jerules.rulebook.model import FactorRules, LeavesToPanel, RuleBook
from jerules.scheme.levels import position_of
from jerules.scheme.model import Factor, Position, Scheme

_REMARKS = ("evidence", "source")


def read_views(shape: JobShape, node: Node | None, scheme: Scheme) -> dict[int, PanelView]:
    """The panel's own levels by factor number; a factor whose level is left empty has none."""
    node = given(node)
    if node is None:
        return {}
    if not isinstance(node, Table):
        shape.not_a_table(node, "the panel's own view", [str(factor.number) for factor in scheme.factors])
        return {}
    views: dict[int, PanelView] = {}
    for entry in node.entries:
        factor = _factor(shape, entry.key, scheme)
        what = f"the panel's view of {quoted(entry.key.text)}"
        parts = _parts(shape, entry.value, what, ("level", "reason", *_REMARKS))
        position = _position(shape, parts.get("level"), factor)
        reason = _reason(shape, parts, entry.value)
        evidence, source = (shape.remark(parts.get(key), f"the {key}") for key in _REMARKS)
        if factor and position:
            views[factor.number] = PanelView(position, reason, evidence, source)
    return views


def read_decisions(shape: JobShape, node: Node | None, book: RuleBook) -> dict[str, Decision]:
    """The panel's decisions by the names that the rules give them; one whose level is left empty is still open."""
    node = given(node)
    if node is None:
        return {}
    asked = questions_for_the_panel(book)
    if not isinstance(node, Table):
        shape.not_a_table(node, "the panel's decisions", list(asked))
        return {}
    decisions: dict[str, Decision] = {}
    for entry in node.entries:
        name = entry.key.text
        if name not in asked:
            shape.unknown("unknown-decision", "nothing is left to the panel under the name", entry.key, asked)
        rules, left = asked.get(name, (None, None))
        factor = book.scheme.factor(rules.number) if rules and rules.number else None
        parts = _parts(shape, entry.value, f"the decision {quoted(name)}", ("level", "reason"))
        position = _position(shape, parts.get("level"), factor)
        reason = _reason(shape, parts, entry.value)
        if left and position:
            position = _between(shape, parts["level"].place, position, left)
            decisions[name] = Decision(position, reason)
    return decisions


def questions_for_the_panel(book: RuleBook) -> dict[str, tuple[FactorRules, LeavesToPanel]]:
    """Everything that the rules leave to the panel, by name, with the factor or the tool that it is about."""
    return {
        rule.effect.name: (factor, rule.effect)
        for factor in book.factors.values()
        for rule in factor.rules
        if isinstance(rule.effect, LeavesToPanel)
    }


def _parts(shape: JobShape, node: Node, what: str, keys: tuple[str, ...]) -> dict[str, Node]:
    """The parts of a recorded level; a level written alone is taken for what it is, so that its reason is missed."""
    if isinstance(node, Scalar):
        return {} if given(node) is None else {"level": node}
    return shape.keyed(node, what, keys, help_=f"write {listed(keys)} and nothing else")


def _reason(shape: JobShape, parts: dict[str, Node], node: Node) -> str:
    reason, level = given(parts.get("reason")), given(parts.get("level"))
    if level is not None and reason is None:
        text = level.text.strip() if isinstance(level, Scalar) else "…"
        shape.fault(
            "missing-reason", "the panel's level is given without its reason", node.place,
            expected=f'`{{level: {text}, reason: "…"}}`', help_="say in a sentence why the panel chose this level",
        )  # fmt: skip
    return shape.remark(reason, "the reason")


def _position(shape: JobShape, node: Node | None, factor: Factor | None) -> Position | None:
    """The level as written, on its factor where that is known."""
    node = given(node)
    if node is None:
        return None
    if not isinstance(node, Scalar):
        shape.fault("not-one-answer", "a level is one text such as `3` or `3(c)`", node.place)
        return None
    try:
        return position_of(factor, node.text) if factor else Position.read(node.text)
    except Faulty as faulty:
        shape.take(faulty, node.place)
    except ValueError:
        message = f"{quoted(node.text)} is not a level"
        shape.fault("not-a-level", message, node.place, expected="a level such as `3` or `3(c)`")
    return None


def _factor(shape: JobShape, key: Scalar, scheme: Scheme) -> Factor | None:
    numbers = {str(factor.number): factor for factor in scheme.factors}
    if key.text in numbers:
        return numbers[key.text]
    titles = {plain(name): factor.number for factor in scheme.factors for name in (factor.title, factor.slug)}
    close = titles.get(nearest(plain(key.text), titles))
    shape.fault(
        "unknown-factor", f"{scheme.title} has no factor {quoted(key.text)}", key.place,
        expected=f"a number from 1 to {len(scheme.factors)}", near=str(close or ""),
        help_=f"write `{close}`, the number of the factor" if close else "write the number of the factor",
    )  # fmt: skip
    return None


def _between(shape: JobShape, place: Place, position: Position, left: LeavesToPanel) -> Position:
    """The decision as one of the levels that were left open; a level alone means the option that was offered of it."""
    for end in (left.low, left.high):
        if position.level == end.level and (position.option is None or end.option in {None, position.option}):
            return end if position.option is None else position
    message = f"`{position}` is not one of the two levels that were left to the panel"
    shape.fault("outside-decision", message, place, expected=f"`{left.low}` or `{left.high}`", help_=left.asks)
    return position
