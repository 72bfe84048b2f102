"""Which evidence may be credited to which rules: one place that says so for every reading of the rule book."""

from __future__ import annotations

from collections.abc import Iterator

from jerules.rulebook import model as m


def credited(rule: m.Rule) -> bool:
    """Whether a rule credits evidence to its factor, so that barred evidence cannot support it.

    Caps, closed levels and queries credit nothing: they look at the whole job.
    """
    return isinstance(rule.effect, m.GivesLevel | m.LeavesToPanel | m.Floor)


def bars_on(factor: m.FactorRules, record: str) -> tuple[m.Rule, ...]:
    """The rules that may keep an entry of ``record`` out of the factor."""
    return tuple(r for r in factor.bars if isinstance(r.effect, m.Bars) and r.effect.record == record)


def carries(tool: m.FactorRules) -> Iterator[tuple[str, str, m.Rule]]:
    """The record, the target factor and the rule of everything that a tool carries."""
    for rule in tool.rules:
        if isinstance(rule.effect, m.Carries):
            yield rule.effect.record, rule.effect.factor, rule


def targets(tool: m.FactorRules) -> tuple[str, ...]:
    """The factors that a tool may raise, in the order of their first mention."""
    return tuple(dict.fromkeys(factor for _, factor, _ in carries(tool)))
