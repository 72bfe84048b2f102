"""Many findings of one kind told in one, with all that they are about: a file that is just begun can then be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from jerules.rulebook import model as m
from jerules.verify.model import Finding, Kin, Obligation, State

FEW: Final = 2
"""So many of a kind are told one by one."""


def told_together(book: m.RuleBook, obligations: Iterable[Obligation]) -> Iterator[Obligation]:
    """The obligations, with those refuted that are of one kind, of one factor and more than a few made one.

    What a rule file accepts by its own name stands by itself. The subject of the others says how many there are, so
    that accepting them ends as soon as there are more, or fewer.
    """
    every = tuple(obligations)
    named = {(one.check, one.factor, one.subject) for one in book.acceptances}
    groups: dict[tuple[str, str, Kin], list[Obligation]] = {}
    for one in every:
        if one.state is State.REFUTED and (one.check, one.factor, one.subject) not in named and _kin(one):
            groups.setdefault(_key(one), []).append(one)
    for one in every:
        group = groups.get(_key(one), []) if one.state is State.REFUTED and _kin(one) else []
        if len(group) <= FEW or one not in group:
            yield one
        elif one is group[0]:
            yield _as_one(group)


def _kin(one: Obligation) -> Kin | None:
    return one.finding.kin if one.finding else None


def _key(one: Obligation) -> tuple[str, str, Kin]:
    kin = _kin(one) or Kin("", "", "", "", "")
    return one.check, one.factor, replace(kin, under="", one="")


def _as_one(group: Sequence[Obligation]) -> Obligation:
    first, kin = group[0], _key(group[0])[2]
    by_line: dict[str, list[str]] = {}
    for one in group:
        if own := _kin(one):
            by_line.setdefault(own.under, []).append(own.one)
    lines = tuple(f"{under}: {', '.join(ones)}" for under, ones in by_line.items())
    return replace(
        first,
        subject=f"{len(group)} {kin.what}",
        says=f"there are no {kin.what}",
        by=tuple(dict.fromkeys(by for one in group for by in one.by)),
        finding=Finding(kin.message, regions=lines, help=kin.help),
        entries=max(one.entries for one in group),
    )
