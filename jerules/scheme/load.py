"""From a scheme file to a checked scheme: every mistake in the file is found in one go."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from jerules import resources
from jerules.documents.located import Node, Scalar, Table, load_located
from jerules.documents.text import read_source
from jerules.faults import Fault, Faulty, OurFault, Place, listed, nearest
from jerules.quantities.calendar import Calendar
from jerules.scheme.check import Placed, check_bands, check_factors, check_levels, check_maxima
from jerules.scheme.model import Band, Category, Edition, Factor, Level, Remark, Scheme
from jerules.scheme.shape import Shape, quoted

T = TypeVar("T")
_NAME = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
_FILE = "scheme.yaml"
_SCHEME = {
    "id": True,
    "title": True,
    "edition": True,
    "calendar": True,
    "maximum": False,
    "categories": False,
    "factors": True,
    "bands": False,
    "no_bands": False,
    "no_levels": False,
    "label": False,
    "notes": False,
}


def scheme_names() -> tuple[str, ...]:
    """The names of the schemes at hand, in alphabetical order."""
    return tuple(sorted(item.name for item in resources.folder("schemes").iterdir() if (item / _FILE).is_file()))


@lru_cache(maxsize=16)
def load_scheme(name: str, own: Path | None = None) -> Scheme:
    """The scheme of that name, such as ``nhs``; read and checked once.

    With ``own``, a folder of the user's, the scheme is the one in there, which has to bear that name. Raises
    :class:`Faulty` with code ``no-such-scheme`` when there is none, or with the mistakes of its file.
    """
    scheme = load_own_scheme(own) if own else None
    if scheme is not None and scheme.id == name:
        return scheme
    names = (scheme.id,) if scheme else scheme_names()
    if name not in names:
        message = f"there is no scheme {quoted(name)}{f' in `{own}`' if own else ''}"
        close = nearest(name, names) or (names[0] if scheme else "")
        help_ = f"write `{close}`" if close else "name the folder of a scheme of your own with `--scheme-from`"
        raise Faulty([Fault("no-such-scheme", message, expected=listed(names), nearest=close, help=help_)])
    path = resources.folder("schemes") / name / _FILE
    return load_scheme_file(path, shown_as=f"schemes/{name}/{_FILE}")


def forget_schemes() -> None:
    """Read every scheme anew next time: its file may have changed."""
    load_scheme.cache_clear()
    load_own_scheme.cache_clear()


@lru_cache(maxsize=4)
def load_own_scheme(folder: Path) -> Scheme:
    """The scheme in a folder of the user's; raises :class:`Faulty` with every mistake in its file."""
    found = read_own_scheme(folder)
    if found.faults:
        raise Faulty(found.faults)
    return _certain(found.scheme)


@dataclass(frozen=True, slots=True)
class OwnScheme:
    """What was made of a folder of the user's: the scheme as far as it could be read, and every mistake.

    ``unfinished`` are the factors that have no levels yet, each with its place.
    """

    scheme: Scheme | None
    faults: tuple[Fault, ...]
    unfinished: tuple[tuple[Place, Factor], ...]


def read_own_scheme(folder: Path) -> OwnScheme:
    """Read the scheme in a folder of the user's, mistakes and all; raises :class:`Faulty` when there is none."""
    try:
        shape = Shape(read_source(folder / _FILE))
    except Faulty as faulty:
        if {fault.code for fault in faulty.faults} == {"no-such-file"}:
            raise Faulty([_no_scheme_in(folder)]) from None
        raise
    node = load_located(shape.source, shape.faults)
    scheme, factors = _scheme(shape, node)
    if scheme is not None and isinstance(node, Table):
        keys = {entry.key.text: entry.value.place for entry in node.entries}
        _check_own(shape, scheme, factors, keys["id"])
        scheme = replace(scheme, folder=str(folder))
    unfinished = tuple((one.place, one.item) for one in factors if not one.item.levels)
    return OwnScheme(scheme, tuple(shape.faults), unfinished)


def _no_scheme_in(folder: Path) -> Fault:
    """What stands in the place of a folder with a scheme, and what to do."""
    expected = f"a folder with a file `{_FILE}`"
    if not folder.exists():
        new = f"check the name, or make a new one with `jerules scheme new {folder} --title TITLE`"
        return Fault("no-such-folder", f"there is no folder `{folder}`", expected=expected, help=new)
    if not folder.is_dir():
        here = folder.name == _FILE
        help_ = f"name the folder that it is in, `{folder.parent}`" if here else "name the folder of your scheme"
        return Fault("not-a-folder", f"`{folder}` is a file, and no folder", expected=expected, help=help_)
    message = f"there is no scheme in the folder `{folder}`: it has no file `{_FILE}`"
    inside = sorted(path.parent.name for path in folder.glob(f"*/{_FILE}"))
    close = str(folder / inside[0]) if inside else ""
    new = "make one in a new folder with `jerules scheme new DIR --title TITLE`"
    help_ = f"name the folder itself: `{close}`" if close else new
    return Fault("no-scheme-file", message, expected=expected, nearest=close, help=help_)


def _check_own(shape: Shape, scheme: Scheme, factors: Iterable[Placed[Factor]], place: Place) -> None:
    """A scheme of the user's either has a name of its own, or gives a shipped scheme the levels that it lacks."""
    if _NAME.fullmatch(scheme.id) is None:
        message = f"{quoted(scheme.id)} cannot be the name of a scheme"
        shape.fault("not-a-name", message, place, expected="a small letter, then small letters, digits and `_`")
    if scheme.id not in scheme_names():
        return
    shipped = load_scheme(scheme.id)
    if not shipped.unlevelled:
        message = f"scheme `{scheme.id}` is shipped with its levels, which cannot be replaced"
        shape.fault("levels-are-known", message, place, help_="give your scheme an id of its own")
        return
    for one in factors:
        wanted = shipped.factor(one.item.number)
        if wanted is None or wanted.title != one.item.title:
            message = f"factor {one.item.number} of scheme `{scheme.id}` is not called {quoted(one.item.title)}"
            expected = f"`{wanted.title}`" if wanted else f"a factor from 1 to {len(shipped.factors)}"
            shape.fault("other-factor", message, one.place, expected=expected, near=wanted.title if wanted else "")
    missing = [factor for factor in shipped.factors if scheme.factor(factor.number) is None]
    if missing:
        named = ", ".join(f"{factor.number} {factor.title}" for factor in missing)
        message = f"of the {len(shipped.factors)} factors of scheme `{scheme.id}` not all are there"
        shape.fault("missing-factor", message, place, expected=f"also {named}", help_="add what is missing")


def load_scheme_file(path: Path, *, shown_as: str | None = None) -> Scheme:
    """Read and check one scheme file; raises :class:`Faulty` with every mistake in it."""
    source = read_source(path, shown_as=shown_as)
    shape = Shape(source)
    scheme, _ = _scheme(shape, load_located(source, shape.faults))
    if shape.faults:
        raise Faulty(shape.faults)
    return _certain(scheme)


def _certain(scheme: Scheme | None) -> Scheme:
    if scheme is None:
        message = "a scheme file was refused without a reason"
        raise OurFault(message)
    return scheme


def _scheme(shape: Shape, node: Node) -> tuple[Scheme | None, list[Placed[Factor]]]:
    """The scheme, unless its head cannot be read, and its factors with their places."""
    parts = shape.table(node, "a scheme", _SCHEME)
    partly = "no_levels" in parts
    name = shape.text(parts.get("id"), "the id")
    title = shape.text(parts.get("title"), "the title")
    edition = _edition(shape, parts.get("edition"))
    calendar = _calendar(shape, parts.get("calendar"))
    maximum = shape.whole(parts.get("maximum"), "the maximum")
    categories = _categories(shape, parts.get("categories"))
    factors = _factors(shape, parts.get("factors"), levels=not partly, category="categories" in parts)
    bands = _bands(shape, parts.get("bands"))
    no_bands = shape.text(parts.get("no_bands"), "the reason for having no bands")
    no_levels = shape.text(parts.get("no_levels"), "the reason for having no levels")
    label = shape.text(parts.get("label"), "the label")
    notes = _notes(shape, parts.get("notes"))
    if isinstance(node, Table) and "maximum" not in parts and not partly:
        shape.fault("missing-key", "a scheme lacks its `maximum`", node.place, help_="add a line `maximum: …`")
    if partly and factors and all(one.item.levels for one in factors):
        message = "every factor has its levels, and `no_levels` says that some have none"
        shape.fault("levels-or-not", message, parts["no_levels"].place, help_="delete the line")
    if isinstance(node, Table) and ("bands" in parts) == ("no_bands" in parts):
        place = parts["no_bands"].place if "bands" in parts else node.place
        message = "a scheme has either `bands` or `no_bands`"
        shape.fault("bands-or-not", message, place, help_="list the bands, or say in `no_bands` why there are none")
    whole = not shape.faults
    check_factors(shape, factors)
    check_bands(shape, bands, maximum)
    if maximum is not None and not partly and whole:
        check_maxima(shape, parts["maximum"].place, maximum, categories, factors)
    if name is None or title is None or edition is None or calendar is None:
        return None, factors
    scheme = Scheme(
        id=name,
        title=title,
        edition=edition,
        calendar=calendar,
        maximum=maximum,
        categories=_items(categories),
        factors=_items(factors),
        bands=_items(bands),
        no_bands=no_bands or "",
        notes=notes,
        no_levels=no_levels or "",
        label=label or "",
    )
    return scheme, factors


def _items(placed: Iterable[Placed[T]]) -> tuple[T, ...]:
    return tuple(one.item for one in placed)


def _edition(shape: Shape, node: Node | None) -> Edition | None:
    if node is None:
        return None
    parts = shape.table(node, "an edition", {"id": True, "published": False, "document": True, "factors_in": True})
    name = shape.text(parts.get("id"), "the id of the edition")
    published = shape.day(parts.get("published"), "the day of publication")
    document = shape.text(parts.get("document"), "the document")
    factors_in = shape.text(parts.get("factors_in"), "the part that defines the factors")
    if name is None or document is None or factors_in is None:
        return None
    return Edition(name, published, document, factors_in)


def _calendar(shape: Shape, node: Node | None) -> Calendar | None:
    if node is None:
        return None
    parts = shape.table(node, "a calendar", {"weeks_in_year": True, "months_in_year": True})
    counts: list[int] = []
    for key in ("weeks_in_year", "months_in_year"):
        count = shape.whole(parts.get(key), f"`{key}`")
        if count == 0:
            shape.fault("not-a-calendar", f"`{key}` cannot be 0", parts[key].place, expected="1 or more")
        if count:
            counts.append(count)
    return Calendar(*counts) if len(counts) == len(("weeks", "months")) else None


def _categories(shape: Shape, node: Node | None) -> list[Placed[Category]]:
    found: list[Placed[Category]] = []
    for item in shape.listing(node, "`categories`"):
        parts = shape.table(item, "a category", {"name": True, "maximum": True})
        name = shape.text(parts.get("name"), "the name of a category")
        maximum = shape.whole(parts.get("maximum"), "the maximum of a category")
        if name is not None and maximum is not None:
            found.append(Placed(Category(name, maximum), item.place))
    return found


def _factors(shape: Shape, node: Node | None, *, levels: bool, category: bool) -> list[Placed[Factor]]:
    """The factors; ``levels`` and ``category`` say whether each must have its levels, and a category."""
    keys = {"number": True, "slug": True, "title": True, "category": category, "about": False, "levels": levels}
    found: list[Placed[Factor]] = []
    for item in shape.listing(node, "`factors`"):
        parts = shape.table(item, "a factor", keys)
        number = shape.whole(parts.get("number"), "the number of a factor")
        slug = shape.text(parts.get("slug"), "the short name of a factor")
        title = shape.text(parts.get("title"), "the title of a factor")
        heading = shape.text(parts.get("category"), "the category of a factor")
        about = shape.text(parts.get("about"), "the reminder of a factor")
        node = parts.get("levels")
        given = _levels(shape, None if not levels and isinstance(node, Scalar) and node.empty else node)
        if number is None or slug is None or title is None or (category and heading is None) or (levels and not given):
            continue
        found.append(Placed(Factor(number, slug, title, heading or "", about or "", given), item.place))
    return found


def _levels(shape: Shape, node: Node | None) -> tuple[Level, ...]:
    found: list[Placed[Level]] = []
    whole = True
    for item in shape.listing(node, "`levels`"):
        keys = {"level": True, "points": True, "options": False, "uncertain": False, "about": False}
        parts = shape.table(item, "a level", keys)
        number = shape.whole(parts.get("level"), "the number of a level")
        points = shape.whole(parts.get("points"), "the points of a level")
        options = shape.letters(parts.get("options"), "`options`")
        uncertain = shape.letters(parts.get("uncertain"), "`uncertain`")
        about = shape.text(parts.get("about"), "the reminder of a level")
        if number is None or points is None:
            whole = False
        else:
            found.append(Placed(Level(number, points, options, uncertain, about or ""), item.place))
    if whole:
        check_levels(shape, found)
    return _items(found)


def _bands(shape: Shape, node: Node | None) -> list[Placed[Band]]:
    found: list[Placed[Band]] = []
    for item in shape.listing(node, "`bands`"):
        parts = shape.table(item, "a band", {"name": True, "low": True, "high": True, "note": False})
        name = shape.text(parts.get("name"), "the name of a band")
        low = shape.whole(parts.get("low"), "the lowest total of a band")
        high = shape.whole(parts.get("high"), "the highest total of a band")
        note = shape.text(parts.get("note"), "the note of a band")
        if name is not None and low is not None and high is not None:
            found.append(Placed(Band(name, low, high, note or ""), item.place))
    return found


def _notes(shape: Shape, node: Node | None) -> tuple[Remark, ...]:
    found: list[Remark] = []
    for item in shape.listing(node, "`notes`"):
        parts = shape.table(item, "a note", {"id": True, "text": True, "external": True})
        name = shape.text(parts.get("id"), "the id of a note")
        text = shape.text(parts.get("text"), "the text of a note")
        external = shape.yes(parts.get("external"), "`external`")
        if name is not None and text is not None and external is not None:
            found.append(Remark(name, text, external))
    return tuple(found)
