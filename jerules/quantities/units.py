"""The units that people write masses, distances, durations and pence in, each with its exact factor.

The definitions are pint's, in a registry of our own that holds nothing else and counts in fractions. Loading pint
takes longer than reading a whole job, so the everyday words stand in a small table beside it (a test holds the two
together) and the registry is built the first time that a rarer word turns up. Weeks, months and years are not here:
how long they are is the calendar's business.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from jerules.quantities.kinds import Kind

if TYPE_CHECKING:
    from pint import UnitRegistry


@dataclass(frozen=True, slots=True)
class _Defined:
    """One unit: pint's definition of it, and every way in which its name is written."""

    definition: str
    words: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.definition.partition(" ")[0]


_UNITS: Final[dict[Kind, tuple[_Defined, ...]]] = {
    Kind.MASS: (
        _Defined("gram = [mass]", ("g", "gm", "gms", "gram", "grams", "gramme", "grammes")),
        _Defined(
            "kilogram = 1000 * gram",
            ("kg", "kgs", "kilo", "kilos", "kilogram", "kilograms", "kilogramme", "kilogrammes"),
        ),
        _Defined("tonne = 1000 * kilogram", ("t", "tonne", "tonnes")),
        _Defined("pound = 453.59237 * gram", ("lb", "lbs", "pound", "pounds")),
        _Defined("ounce = pound / 16", ("oz", "ounce", "ounces")),
        _Defined("stone = 14 * pound", ("st", "stone", "stones")),
    ),
    Kind.DISTANCE: (
        _Defined("metre = [length]", ("m", "metre", "metres", "meter", "meters")),
        _Defined("millimetre = metre / 1000", ("mm", "millimetre", "millimetres", "millimeter", "millimeters")),
        _Defined("centimetre = metre / 100", ("cm", "cms", "centimetre", "centimetres", "centimeter", "centimeters")),
        _Defined("kilometre = 1000 * metre", ("km", "kms", "kilometre", "kilometres", "kilometer", "kilometers")),
        _Defined("inch = 0.0254 * metre", ("inch", "inches")),
        _Defined("foot = 12 * inch", ("ft", "foot", "feet")),
        _Defined("yard = 3 * foot", ("yd", "yds", "yard", "yards")),
        _Defined("mile = 1760 * yard", ("mile", "miles")),
    ),
    Kind.DURATION: (
        _Defined("second = [time]", ("s", "sec", "secs", "second", "seconds")),
        _Defined("minute = 60 * second", ("min", "mins", "minute", "minutes")),
        _Defined("hour = 60 * minute", ("h", "hr", "hrs", "hour", "hours")),
    ),
    Kind.MONEY: (
        _Defined("penny = [money]", ("p", "penny", "pence")),
        # Named apart from the pound of weight, with which it shares its words.
        _Defined("sterling = 100 * penny", ("gbp", "pound", "pounds", "quid", "sterling")),
    ),
}

EVERYDAY: Final[dict[Kind, dict[str, int]]] = {
    Kind.MASS: {"g": 1, "kg": 1000},
    Kind.DISTANCE: {"m": 1, "km": 1000},
    Kind.DURATION: {"s": 1, "min": 60, "mins": 60, "minutes": 60, "h": 3600, "hour": 3600, "hours": 3600},
    Kind.MONEY: {"p": 1, "gbp": 100, "pounds": 100},
}
"""Factors that are wanted in nearly every job; the same as the registry's."""

_WRITTEN: Final[dict[Kind, dict[str, str]]] = {
    kind: {word: unit.name for unit in units for word in unit.words} for kind, units in _UNITS.items()
}


@lru_cache(maxsize=1)
def registry() -> UnitRegistry[Fraction]:
    """Pint's registry with our units and no others, counting in fractions."""
    from pint import UnitRegistry

    ours: UnitRegistry[Fraction] = UnitRegistry(None, non_int_type=Fraction)
    for units in _UNITS.values():
        for unit in units:
            ours.define(unit.definition)
    return ours


@lru_cache(maxsize=512)
def registered_factor(word: str, kind: Kind) -> Fraction | None:
    """As :func:`factor`, always from the registry."""
    name = _WRITTEN.get(kind, {}).get(word)
    if name is None:
        return None
    return Fraction(str(registry().get_base_units(name)[0]))


def factor(word: str, kind: Kind) -> Fraction | None:
    """How many base units of ``kind`` one of this lower-case unit is, or ``None`` when the kind has no such unit."""
    everyday = EVERYDAY.get(kind, {}).get(word)
    return registered_factor(word, kind) if everyday is None else Fraction(everyday)


def words(kind: Kind) -> tuple[str, ...]:
    """Every word that names a unit of this kind; none for the kinds without units."""
    return tuple(_WRITTEN.get(kind, {}))
