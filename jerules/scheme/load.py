"""From a scheme file to a checked scheme: every mistake in the file is found in one go."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from jerules import resources
from jerules.documents.located import Node, Table, load_located
from jerules.documents.text import read_source
from jerules.faults import Fault, Faulty, OurFault, listed, nearest
from jerules.quantities.calendar import Calendar
from jerules.scheme.check import Placed, check_bands, check_factors, check_levels, check_maxima
from jerules.scheme.model import Band, Category, Edition, Factor, Level, Remark, Scheme
from jerules.scheme.shape import Shape, quoted

T = TypeVar("T")
_FILE = "scheme.yaml"
_SCHEME = {
    "id": True,
    "title": True,
    "edition": True,
    "calendar": True,
    "maximum": True,
    "categories": True,
    "factors": True,
    "bands": False,
    "no_bands": False,
    "notes": False,
}
_FACTOR = {"number": True, "slug": True, "title": True, "category": True, "about": False, "levels": True}


def scheme_names() -> tuple[str, ...]:
    """The names of the schemes at hand, in alphabetical order."""
    return tuple(sorted(item.name for item in resources.folder("schemes").iterdir() if (item / _FILE).is_file()))


@lru_cache(maxsize=16)
def load_scheme(name: str) -> Scheme:
    """The scheme of that name, such as ``nhs``; read and checked once.

    Raises :class:`Faulty` with code ``no-such-scheme`` when there is none, or with the mistakes of its file.
    """
    names = scheme_names()
    if name not in names:
        message = f"there is no scheme {quoted(name)}"
        raise Faulty([Fault("no-such-scheme", message, expected=listed(names), nearest=nearest(name, names))])
    path = resources.folder("schemes") / name / _FILE
    return load_scheme_file(path, shown_as=f"schemes/{name}/{_FILE}")


def load_scheme_file(path: Path, *, shown_as: str | None = None) -> Scheme:
    """Read and check one scheme file; raises :class:`Faulty` with every mistake in it."""
    source = read_source(path, shown_as=shown_as)
    shape = Shape(source)
    scheme = _scheme(shape, load_located(source, shape.faults))
    if shape.faults:
        raise Faulty(shape.faults)
    if scheme is None:
        message = "a scheme file was refused without a reason"
        raise OurFault(message)
    return scheme


def _scheme(shape: Shape, node: Node) -> Scheme | None:
    parts = shape.table(node, "a scheme", _SCHEME)
    name = shape.text(parts.get("id"), "the id")
    title = shape.text(parts.get("title"), "the title")
    edition = _edition(shape, parts.get("edition"))
    calendar = _calendar(shape, parts.get("calendar"))
    maximum = shape.whole(parts.get("maximum"), "the maximum")
    categories = _categories(shape, parts.get("categories"))
    factors = _factors(shape, parts.get("factors"))
    bands = _bands(shape, parts.get("bands"))
    no_bands = shape.text(parts.get("no_bands"), "the reason for having no bands")
    notes = _notes(shape, parts.get("notes"))
    if isinstance(node, Table) and ("bands" in parts) == ("no_bands" in parts):
        place = parts["no_bands"].place if "bands" in parts else node.place
        message = "a scheme has either `bands` or `no_bands`"
        shape.fault("bands-or-not", message, place, help_="list the bands, or say in `no_bands` why there are none")
    check_factors(shape, factors)
    check_bands(shape, bands, maximum)
    if maximum is not None and not shape.faults:
        check_maxima(shape, parts["maximum"].place, maximum, categories, factors)
    if name is None or title is None or edition is None or calendar is None or maximum is None:
        return None
    return Scheme(
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
    )


def _items(placed: Iterable[Placed[T]]) -> tuple[T, ...]:
    return tuple(one.item for one in placed)


def _edition(shape: Shape, node: Node | None) -> Edition | None:
    if node is None:
        return None
    parts = shape.table(node, "an edition", {"id": True, "published": True, "document": True, "factors_in": True})
    name = shape.text(parts.get("id"), "the id of the edition")
    published = shape.day(parts.get("published"), "the day of publication")
    document = shape.text(parts.get("document"), "the document")
    factors_in = shape.text(parts.get("factors_in"), "the part that defines the factors")
    if name is None or published is None or document is None or factors_in is None:
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


def _factors(shape: Shape, node: Node | None) -> list[Placed[Factor]]:
    found: list[Placed[Factor]] = []
    for item in shape.listing(node, "`factors`"):
        parts = shape.table(item, "a factor", _FACTOR)
        number = shape.whole(parts.get("number"), "the number of a factor")
        slug = shape.text(parts.get("slug"), "the short name of a factor")
        title = shape.text(parts.get("title"), "the title of a factor")
        category = shape.text(parts.get("category"), "the category of a factor")
        about = shape.text(parts.get("about"), "the reminder of a factor")
        levels = _levels(shape, parts.get("levels"))
        if number is not None and slug is not None and title is not None and category is not None and levels:
            found.append(Placed(Factor(number, slug, title, category, about or "", levels), item.place))
    return found


def _levels(shape: Shape, node: Node | None) -> tuple[Level, ...]:
    found: list[Placed[Level]] = []
    whole = True
    for item in shape.listing(node, "`levels`"):
        keys = {"level": True, "points": True, "options": False, "uncertain": False}
        parts = shape.table(item, "a level", keys)
        number = shape.whole(parts.get("level"), "the number of a level")
        points = shape.whole(parts.get("points"), "the points of a level")
        options = shape.letters(parts.get("options"), "`options`")
        uncertain = shape.letters(parts.get("uncertain"), "`uncertain`")
        if number is None or points is None:
            whole = False
        else:
            found.append(Placed(Level(number, points, options, uncertain), item.place))
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
