"""What a scheme must satisfy: rising points, levels and factors in order, maxima that add up, bands that meet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

from jerules.faults import Place, listed, nearest
from jerules.scheme.model import Band, Category, Factor, Level
from jerules.scheme.shape import Shape, first_repeat, of, quoted

T_co = TypeVar("T_co", covariant=True)
_SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Placed(Generic[T_co]):
    """Something read from a file together with where it stood."""

    item: T_co
    place: Place


def check_levels(shape: Shape, levels: Sequence[Placed[Level]]) -> None:
    """Levels run 1, 2, 3, …; their points rise; their letters run a, b, c, … unless marked uncertain."""
    for wanted, one in enumerate(levels, start=1):
        level = one.item
        if level.number != wanted:
            message = f"level {level.number} stands where level {wanted} should"
            shape.fault("level-out-of-order", message, one.place, expected=f"level {wanted}")
        _check_letters(shape, one)
    for lower, upper in pairwise(levels):
        if upper.item.points <= lower.item.points:
            message = (
                f"level {upper.item.number} has {of(upper.item.points, 'point')}, "
                f"no more than level {lower.item.number} with {lower.item.points}"
            )
            shape.fault("points-not-rising", message, upper.place, expected=f"more than {lower.item.points}")


def _check_letters(shape: Shape, one: Placed[Level]) -> None:
    level = one.item
    strangers = tuple(letter for letter in level.uncertain if letter not in level.options)
    if strangers:
        message = f"{listed(strangers)} is marked uncertain but is no option of level {level.number}"
        shape.fault("uncertain-without-option", message, one.place, expected=listed(level.options) or "no letters")
    due = tuple("abcdefghijklmnopqrstuvwxyz"[: len(level.options)])
    if level.options != due and not level.uncertain:
        message = f"the letters of level {level.number} do not run from a without a gap"
        shape.fault(
            "letters-not-in-order",
            message,
            one.place,
            expected=listed(due, 26),
            help_="put the letters in order, or mark the doubtful ones with `uncertain`",
        )
    if len(level.options) == 1:
        message = f"level {level.number} has a single option"
        shape.fault("single-option", message, one.place, help_="leave `options` out when the level is not divided")


def check_factors(shape: Shape, factors: Sequence[Placed[Factor]]) -> None:
    """Factors are numbered 1, 2, 3, … and each has a short name of its own."""
    for wanted, one in enumerate(factors, start=1):
        factor = one.item
        if factor.number != wanted:
            message = f"factor {factor.number} stands where factor {wanted} should"
            shape.fault("factor-out-of-order", message, one.place, expected=f"number {wanted}")
        if _SLUG.fullmatch(factor.slug) is None:
            message = f"{quoted(factor.slug)} is no short name"
            shape.fault("not-a-slug", message, one.place, expected="small letters, digits and single hyphens")
    for index, first in first_repeat([one.item.slug for one in factors]).items():
        one = factors[index]
        message = f"the short name {quoted(one.item.slug)} is that of factor {factors[first].item.number} already"
        shape.fault("duplicate-slug", message, one.place, help_=f"the first one is at {factors[first].place}")


def check_maxima(
    shape: Shape,
    place: Place,
    maximum: int,
    categories: Sequence[Placed[Category]],
    factors: Sequence[Placed[Factor]],
) -> None:
    """The top levels add up to the maximum of the scheme and of each category; every factor has a category."""
    total = sum(one.item.highest for one in factors)
    if total != maximum:
        shape.fault("wrong-maximum", f"the top levels add up to {total}, not {maximum}", place, expected=str(total))
    names = [one.item.name for one in categories]
    for index, first in first_repeat(names).items():
        message = f"the category {quoted(names[index])} stands twice"
        shape.fault(
            "duplicate-category",
            message,
            categories[index].place,
            help_=f"the first one is at {categories[first].place}",
        )
    for one in factors:
        if one.item.category not in names and (names or one.item.category):
            message = f"factor {one.item.number} is in an unknown category {quoted(one.item.category)}"
            shape.fault(
                "unknown-category", message, one.place, expected=listed(names), near=nearest(one.item.category, names)
            )
    for category in categories:
        wanted = category.item
        total = sum(one.item.highest for one in factors if one.item.category == wanted.name)
        if total != wanted.maximum:
            message = f"the factors of {quoted(wanted.name)} add up to {total}, not {wanted.maximum}"
            shape.fault("wrong-category-maximum", message, category.place, expected=str(total))


def check_bands(shape: Shape, bands: Sequence[Placed[Band]], maximum: int | None) -> None:
    """Bands ascend, meet without hole or overlap, and stay within the scheme's maximum."""
    for one in bands:
        if one.item.low > one.item.high:
            message = f"band {quoted(one.item.name)} ends before it begins"
            shape.fault("empty-band", message, one.place, expected=f"a highest total of {one.item.low} or more")
    for lower, upper in pairwise(bands):
        due = lower.item.high + 1
        if upper.item.low == due:
            continue
        fault = "a hole" if upper.item.low > due else "an overlap"
        message = f"there is {fault} between band {quoted(lower.item.name)} and band {quoted(upper.item.name)}"
        shape.fault("bands-do-not-meet", message, upper.place, expected=f"`low: {due}`")
    for index, first in first_repeat([one.item.name for one in bands]).items():
        message = f"band {quoted(bands[index].item.name)} stands twice"
        shape.fault("duplicate-band", message, bands[index].place, help_=f"the first one is at {bands[first].place}")
    if bands and maximum is not None and bands[-1].item.high > maximum:
        message = f"band {quoted(bands[-1].item.name)} reaches above the scheme's maximum of {maximum}"
        shape.fault("band-above-maximum", message, bands[-1].place, expected=f"at most {maximum}")
