"""The rule by which a job is matched with a profile: a named interpretation, because its text is not at hand."""

from __future__ import annotations

from dataclasses import dataclass

from jerules.faults import Unavailable
from jerules.scheme.model import Scheme


@dataclass(frozen=True, slots=True)
class MatchingRule:
    """What makes a profile match and a band match.

    ``most_levels`` is how far a variation may go, ``most_factors`` how many factors may vary, ``fixed`` the short names
    of the factors that may not vary at all. ``notes`` are the notes of the guidance that it is a reading of.
    """

    id: str
    title: str
    because: str
    status: str
    notes: tuple[str, ...]
    most_levels: int
    most_factors: int
    fixed: tuple[str, ...]
    readings: tuple[str, ...]


_NHS = MatchingRule(
    id="A-NHS-matching",
    title="The rule for a profile match and a band match",
    because=(
        "The chapter of the handbook on matching is not in the copy that this scheme follows. The rule is written from "
        "general knowledge of the published chapter: confirm it against the handbook before you rely on it."
    ),
    status="to be confirmed",
    notes=("R-NHS-X-04", "R-NHS-X-05"),
    most_levels=1,
    most_factors=5,
    fixed=("knowledge", "freedom-to-act"),
    readings=(
        "A level with letters, such as `5ac`, is met through any one of them.",
        "The letters belong to the level that they follow; a level without letters is met through any option.",
        "An option that the profile does not name, at a level that it does, varies by no level but counts as varying.",
        "The total is asked about for a band match only; of a profile match outside the band it is said that it is.",
    ),
)
_RULES = {"nhs": _NHS}


def rule_for(scheme: Scheme) -> MatchingRule:
    """The rule of a scheme; raises :class:`Unavailable` for a scheme whose jobs are not matched with profiles."""
    found = _RULES.get(scheme.id)
    if found is None:
        message = f"jobs of scheme `{scheme.id}` are not matched with profiles; there is a rule for `nhs` only"
        raise Unavailable(message)
    return found
