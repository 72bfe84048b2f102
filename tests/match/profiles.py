"""Profiles and levels for the tests of matching; all of them invented."""

from __future__ import annotations

from collections.abc import Mapping

from jerules.documents.text import Source
from jerules.match.match import Match, match
from jerules.match.profile import Profile, load_profile
from jerules.match.standings import levels_of_positions
from jerules.scheme.levels import read_levels
from jerules.scheme.load import load_scheme

NHS = load_scheme("nhs")

LEVELS = {
    "communication": "3a-4a", "knowledge": "5", "analytical-skills": "3", "planning": "2", "physical-skills": "2-3b",
    "patient-care": "5a", "policy-and-service": "1-2", "financial-and-physical-resources": "1-2ac",
    "human-resources": "1-2ac", "information-resources": "1", "research-and-development": "1-2a",
    "freedom-to-act": "3", "physical-effort": "2-3", "mental-effort": "2-3", "emotional-effort": "2-3",
    "working-conditions": "2-4",
}  # fmt: skip
JOB = ("4a", "5", "3", "2", "3b", "5a", "1", "2a", "2a", "1", "1", "3", "3c", "3a", "3a", "4b")
"""A job at levels of that profile; total 370, band 5."""


def written(levels: Mapping[str, str] = LEVELS, band: str = "5", more: str = "") -> str:
    """The text of a profile."""
    lines = "\n".join(f"  {name}: {text}" for name, text in levels.items())
    return f'jerules: profile/1\nscheme: nhs\ntitle: Invented\nband: "{band}"\n{more}levels:\n{lines}\n'


def profile(band: str = "5", more: str = "", /, **levels: str) -> Profile:
    """The profile with other levels on some factors; an underscore stands for a dash."""
    changed = {name.replace("_", "-"): text for name, text in levels.items()}
    return load_profile(Source("profile.yaml", written({**LEVELS, **changed}, band, more)))


def job(changes: Mapping[int, str] | None = None) -> str:
    """The levels of the job, with others on the factors of these numbers."""
    return ",".join((changes or {}).get(number, level) for number, level in enumerate(JOB, start=1))


def compared(changes: Mapping[int, str] | None = None, with_: Profile | None = None) -> Match:
    """The job with other levels on some factors, compared with a profile."""
    return match(levels_of_positions(NHS, read_levels(NHS, job(changes))), with_ or profile())
