"""Profiles that a user supplies: the levels of a benchmark job, factor by factor, and the band they stand for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from jerules.documents.located import Node, Scalar, Table, load_located
from jerules.documents.sorts import PROFILE, refuse
from jerules.documents.text import Source, read_source
from jerules.faults import Fault, Faulty, OurFault, Place, listed, nearest
from jerules.scheme.levels_string import LevelRange, read_level_range
from jerules.scheme.load import load_scheme, scheme_names
from jerules.scheme.model import Band, Factor, Scheme
from jerules.scheme.shape import Shape, quoted

FORMAT = "profile/1"
"""The form of profile that is read here."""

_KEYS = {"jerules": True, "scheme": True, "title": True, "band": True, "levels": True, "total": False, "note": False}
_TOTAL = {"lowest": True, "highest": True}


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile: one range of levels for each factor of the scheme, in its order, and the band.

    ``lowest`` and ``highest`` are the totals that the levels add up to; ``given`` is the range of totals that the file
    states, if it does.
    """

    scheme: Scheme
    title: str
    band: Band
    levels: tuple[LevelRange, ...]
    lowest: int
    highest: int
    given: tuple[int, int] | None = None
    note: str = ""
    file: str = ""

    @property
    def remarks(self) -> tuple[str, ...]:
        """What whoever uses the profile should know of its totals; none of it makes the profile wrong."""
        return tuple(_remarks(self))


def _remarks(profile: Profile) -> Iterator[str]:
    band = profile.band
    if profile.lowest < band.low:
        yield (
            f"The lowest total of this profile, {profile.lowest}, lies below band {band.name}, which begins at "
            f"{band.low}. That is how a profile reads that serves jobs of equal but different demands; no job is "
            "expected at the bottom of every range."
        )
    if profile.highest > band.high:
        yield (
            f"The highest total of this profile, {profile.highest}, lies above band {band.name}, which ends at "
            f"{band.high}; no job is expected at the top of every range."
        )
    if profile.given and profile.given != (profile.lowest, profile.highest):
        low, high = profile.given
        yield (
            f"The file gives totals from {low} to {high}; its levels add up to {profile.lowest} to {profile.highest}. "
            "Check the levels against the profile they were copied from."
        )


def load_profile_file(path: Path, scheme: str | None = None) -> Profile:
    """Read a profile, YAML or JSON; with ``scheme``, one of that scheme only. Raises as :func:`load_profile` does."""
    source = read_source(path)
    refuse(source, PROFILE)
    return load_profile(source, scheme)


def load_profile(source: Source, scheme: str | None = None) -> Profile:
    """Read the text of a profile; raises :class:`Faulty` with every mistake in it.

    A misspelt scheme is a mistake like the others: the levels are read as if its nearest name stood there.
    """
    shape = _ProfileShape(source)
    profile = shape.profile(load_located(source, shape.faults), scheme)
    if shape.faults:
        raise Faulty(shape.faults)
    if profile is None:
        message = "a profile was refused without a reason"
        raise OurFault(message)
    return profile


class _ProfileShape(Shape):
    """Takes a profile apart and collects what is wrong with it."""

    def profile(self, node: Node, wanted: str | None) -> Profile | None:
        parts = self.table(node, "a profile", _KEYS)
        self._format(parts.get("jerules"))
        scheme = self._scheme(parts.get("scheme"), wanted)
        title = self.text(parts.get("title"), "the title")
        note = self.text(parts.get("note"), "the note")
        given = self._total(parts.get("total"))
        if scheme is None:
            return None
        band = self._band(parts.get("band"), scheme)
        levels = self._levels(parts.get("levels"), scheme)
        if title is None or band is None or levels is None:
            return None
        pairs = list(zip(scheme.factors, levels, strict=True))
        lowest = sum(factor.levels[found.lowest - 1].points for factor, found in pairs)
        highest = sum(factor.levels[found.highest - 1].points for factor, found in pairs)
        self._in_reach(parts["band"].place, band, lowest, highest)
        return Profile(scheme, title, band, levels, lowest, highest, given, note or "", self.source.name)

    def _format(self, node: Node | None) -> None:
        text = self.text(node, "the form")
        if node is not None and text is not None and text != FORMAT:
            self.fault("wrong-format", f"{quoted(text)} is not a form of profile", node.place, expected=f"`{FORMAT}`")

    def _scheme(self, node: Node | None, wanted: str | None) -> Scheme | None:
        text = self.text(node, "the scheme")
        if node is None or text is None:
            return load_scheme(wanted) if wanted else None
        names = scheme_names()
        if text not in names:
            near = nearest(text, names)
            message = f"there is no scheme {quoted(text)}"
            self.fault("no-such-scheme", message, node.place, expected=listed(names), near=near)
            return load_scheme(wanted or near) if wanted or near else None
        if wanted is not None and text != wanted:
            message = f"this is a profile of scheme `{text}`, and the job is one of `{wanted}`"
            self.fault("other-scheme", message, node.place, expected=f"`{wanted}`")
        scheme = load_scheme(text)
        if not scheme.bands:
            message = f"scheme `{text}` has no bands, so there are no profiles to match"
            self.fault("no-bands", message, node.place, help_=scheme.no_bands)
            return None
        return scheme

    def _band(self, node: Node | None, scheme: Scheme) -> Band | None:
        text = self.text(node, "the band")
        if node is None or text is None:
            return None
        found = next((band for band in scheme.bands if band.name == text), None)
        if found is None:
            names = tuple(band.name for band in scheme.bands)
            message = f"scheme `{scheme.id}` has no band {quoted(text)}"
            self.fault(
                "no-such-band", message, node.place, expected=listed(names, len(names)), near=nearest(text, names)
            )
        return found

    def _in_reach(self, place: Place, band: Band, lowest: int, highest: int) -> None:
        if highest < band.low or lowest > band.high:
            message = f"no total of these levels, {lowest} to {highest}, is in band {band.name}"
            self.fault("band-out-of-reach", message, place, expected=f"totals from {band.low} to {band.high}")

    def _total(self, node: Node | None) -> tuple[int, int] | None:
        if node is None:
            return None
        parts = self.table(node, "`total`", _TOTAL)
        lowest = self.whole(parts.get("lowest"), "the lowest total")
        highest = self.whole(parts.get("highest"), "the highest total")
        if lowest is None or highest is None:
            return None
        if lowest > highest:
            message = f"the lowest total, {lowest}, is more than the highest, {highest}"
            self.fault("falling-total", message, parts["lowest"].place)
            return None
        return lowest, highest

    # ── the levels ───────────────────────────────────────────────────────────────────────────────────────────────

    def _levels(self, node: Node | None, scheme: Scheme) -> tuple[LevelRange, ...] | None:
        if node is None:
            return None
        if not isinstance(node, Table):
            help_ = f"one line for each factor, such as `{scheme.factors[0].slug}: 3ab`"
            self.fault("not-a-table", "`levels` is written as `factor: levels` lines", node.place, help_=help_)
            return None
        found: dict[int, LevelRange | None] = {}
        meant: set[str] = set()  # what misspelt names may stand for: of those it is not said that they are missing
        for entry in node.entries:
            factor = self._factor(entry.key, scheme, meant)
            if factor is None:
                continue
            if factor.number in found:
                message = f"factor {factor.number} {factor.title} stands twice, by number and by name"
                self.fault("duplicate-factor", message, entry.key.place, help_="keep one of the two")
            found[factor.number] = self._range(factor, entry.value)
        missing = [factor for factor in scheme.factors if factor.number not in found and factor.slug not in meant]
        if missing:
            names = "; ".join(f"{factor.number} {factor.title}" for factor in missing)
            help_ = "a profile has a level for every factor"
            self.fault("missing-factor", f"there is no level for {names}", node.place, help_=help_)
        levels = [found.get(factor.number) for factor in scheme.factors]
        return tuple(one for one in levels if one) if all(levels) else None

    def _factor(self, key: Scalar, scheme: Scheme, meant: set[str]) -> Factor | None:
        text = key.text.strip()
        number = int(text) if text.isascii() and text.isdecimal() and len(text) < len("1000") else text
        factor = scheme.factor(number)
        if factor is None:
            slugs = [one.slug for one in scheme.factors]
            message = f"scheme `{scheme.id}` has no factor {quoted(text)}"
            expected = f"a number from 1 to {len(slugs)}, or a short name"
            near = nearest(text, slugs)
            meant.add(near)
            self.fault("no-such-factor", message, key.place, expected=expected, near=near)
        return factor

    def _range(self, factor: Factor, node: Node) -> LevelRange | None:
        text = self.text(node, f"the level of factor {factor.number}")
        if text is None or not isinstance(node, Scalar):
            return None
        try:
            return read_level_range(factor, node.text)
        except Faulty as faulty:
            self.faults += (self._placed(fault, node) for fault in faulty.faults)
            return None

    def _placed(self, fault: Fault, node: Scalar) -> Fault:
        """A fault of a level string at its column of the file; at the whole value where that cannot be told."""
        place = node.place
        line = self.source.line(place.line)
        start = line.find(node.text, place.column - 1) if place.line == place.end_line else -1
        if fault.place is not None and 0 <= start < place.end_column:
            column, end = start + fault.place.column, start + fault.place.end_column
            place = Place(place.file, place.line, column, place.line, end)
        return replace(fault, place=place, line_text=line)
