"""A score in words: for the terminal, as Markdown, as a page of HTML and as JSON. Nothing is worked out here."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

from jerules.scheme.model import UNCERTAIN, Band, Scheme
from jerules.scheme.score import Boundary, Crossing, FactorScore, Score

FORMAT = "jerules.score/1"
LABEL = "A suggestion: the panel decides."
_WIDTH = 80
_MANY = 3  # bands still possible, from which on they are told as a range
_HEADINGS = ("No", "Factor", "Level", "Points")
_STEP_HEADINGS = ("No", "Factor", "Level", "Points", "Total", "Band")
_DASH = "–"
_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~])")


def to_json(score: Score) -> dict[str, object]:
    """The score as plain values; every number is a whole number, ``total`` and ``band`` are null while not settled."""
    return {
        "format": FORMAT,
        "label": LABEL,
        "notice": score.scheme.label or None,
        "scheme": score.scheme.id,
        "edition": score.scheme.edition.id,
        "factors": [_factor_json(one) for one in score.factors],
        "total": score.total,
        "lowest": score.lowest,
        "highest": score.highest,
        "band": _name(score.band),
        "boundaries": {"lower": boundary_json(score.lower), "upper": boundary_json(score.upper)},
        "crossings": [_crossing_json(one) for one in score.crossings],
        "note": " ".join(score.notes) or None,
    }


def _name(band: Band | None) -> str | None:
    return band.name if band else None


def _factor_json(one: FactorScore) -> dict[str, object]:
    return {
        "number": one.factor.number,
        "name": one.factor.title,
        "level": one.position.level if one.position else None,
        "option": one.position.option if one.position else None,
        "uncertain": one.factor.marked(one.position).uncertain if one.position else None,
        "points": one.points,
    }


def boundary_json(boundary: Boundary | None) -> dict[str, object] | None:
    """A boundary as plain values; null where there is none."""
    if boundary is None:
        return None
    return {"total": boundary.total, "distance": boundary.distance, "band": _name(boundary.band)}


def _crossing_json(one: Crossing) -> dict[str, object]:
    return {
        "factor": one.factor.number,
        "from": one.from_level,
        "to": one.to_level,
        "delta": one.delta,
        "total": one.total,
        "band": _name(one.band),
    }


def to_terminal(score: Score, beside: Sequence[str] = (), *, colour: bool = False, width: int = _WIDTH) -> str:
    """The score as text for a terminal of ``width`` columns; without colour the text is plain.

    ``beside`` is what there is to say beside the score itself, a sentence or two each.
    """
    from rich import box
    from rich.console import Console
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    def table(headings: tuple[str, ...], rows: list[tuple[str, ...]]) -> Table:
        made = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
        for heading in headings:
            words = heading in {"Factor", "Band"}
            made.add_column(heading, justify="left" if words else "right", no_wrap=not words)
        for row in rows:
            made.add_row(*(Text(cell) for cell in row))
        return made

    page = io.StringIO()
    console = Console(
        file=page,
        width=width,
        force_terminal=colour,
        no_color=not colour,
        color_system="standard" if colour else None,
        legacy_windows=False,
        highlight=False,
    )
    console.print(Text(heading(score), style="bold"))
    if score.scheme.label:
        console.print(Text(score.scheme.label, style="bold"))
    console.print(Text(edition_line(score)))
    console.print()
    console.print(table(_HEADINGS, factor_rows(score)))
    console.print()
    console.print(Text(total_line(score), style="bold"))
    for line in (*remarks(score), *beside):
        console.print(Padding(Text(line), (0, 0, 0, 2)))
    if score.crossings:
        console.print()
        console.print(Text("Single steps that would change the band"))
        console.print(table(_STEP_HEADINGS, crossing_rows(score)))
    console.print()
    console.print(Text(LABEL))
    return "\n".join(line.rstrip() for line in page.getvalue().splitlines()) + "\n"


def to_markdown(score: Score, beside: Sequence[str] = ()) -> str:
    """The score as Markdown with pipe tables."""
    parts = [
        f"# {_plain(heading(score))}",
        f"**{_plain(score.scheme.label)}**" if score.scheme.label else "",
        _plain(edition_line(score)),
        _pipes(_HEADINGS, factor_rows(score)),
        f"**{_plain(total_line(score))}**",
        "\n".join(f"- {_plain(line)}" for line in (*remarks(score), *beside)),
    ]
    if score.crossings:
        parts += ["## Single steps that would change the band", _pipes(_STEP_HEADINGS, crossing_rows(score))]
    parts.append(f"*{_plain(LABEL)}*")
    return "\n\n".join(part for part in parts if part) + "\n"


def _plain(text: str) -> str:
    """Text whose every mark that Markdown or HTML would read as its own stands for itself."""
    return _MARKS.sub(r"\\\1", text.replace("&", "&amp;"))


def _pipes(headings: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    sides = ["---" if name in {"Factor", "Band"} else "---:" for name in headings]
    lines = [headings, tuple(sides), *(tuple(_plain(cell) for cell in row) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def to_html(score: Score, beside: Sequence[str] = ()) -> str:
    """The score as one page of HTML that needs no other file."""
    from jinja2 import Environment

    template = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(_PAGE)
    return template.render(
        heading=heading(score),
        notice=score.scheme.label,
        edition=edition_line(score),
        tables=[("Points by factor", _HEADINGS, factor_rows(score))],
        total=total_line(score),
        remarks=[*remarks(score), *beside],
        crossings=[("Single steps that would change the band", _STEP_HEADINGS, crossing_rows(score))]
        if score.crossings
        else [],
        label=LABEL,
        words=("Factor", "Band"),
    )


def heading(score: Score) -> str:
    """What the page is about."""
    return f"Score under the {score.scheme.title}"


def edition_line(score: Score) -> str:
    """The document and edition that the points come from."""
    return f"{score.scheme.edition.document}; {edition(score.scheme)}"


def edition(scheme: Scheme) -> str:
    """The edition of a scheme and when it was published."""
    return scheme.edition.words


def factor_rows(score: Score) -> list[tuple[str, ...]]:
    """Number, name, level and points of each factor."""
    return [
        (
            str(one.factor.number),
            one.factor.title,
            one.factor.marked(one.position).shown if one.position else "not known",
            _DASH if one.points is None else str(one.points),
        )
        for one in score.factors
    ]


def total_line(score: Score) -> str:
    """The total and its band in one line."""
    total = f"Total {score.lowest}" if score.total is not None else f"Total from {score.lowest} to {score.highest}"
    if score.band:
        return f"{total}, band {score.band.name}"
    if not score.possible:
        return total
    names = [band.name for band in score.possible if band]
    if not names:
        return f"{total}, no band"
    reach = f"band {' or '.join(names)}" if len(names) < _MANY else f"bands {names[0]} to {names[-1]} possible"
    return f"{total}, {reach} or no band" if None in score.possible else f"{total}, {reach}"


def remarks(score: Score) -> list[str]:
    """The notes, and how far the total is from the bands on either side."""
    lines = list(score.notes)
    lower, upper = score.lower, score.upper
    if lower and lower.band:
        lines.append(f"{_points(lower.distance)} fewer is band {lower.band.name} (up to {lower.total}).")
    if upper and upper.band:
        lines.append(f"{_points(upper.distance)} more is band {upper.band.name} (from {upper.total}).")
    elif upper:
        lines.append(f"{_points(upper.distance)} more has no band (from {upper.total}).")
    if score.scheme.bands and score.total is not None and not score.crossings:
        lines.append("No single step on one factor would change the band.")
    if any(one.position and one.factor.marked(one.position).uncertain for one in score.factors):
        lines.append(UNCERTAIN)
    return lines


def _points(number: int) -> str:
    return "1 point" if number == 1 else f"{number} points"


def crossing_rows(score: Score) -> list[tuple[str, ...]]:
    """Number, name, step, difference, new total and new band of each crossing."""
    return [
        (
            str(one.factor.number),
            one.factor.title,
            f"{one.from_level} to {one.to_level}",
            f"+{one.delta}" if one.delta > 0 else f"−{-one.delta}",
            str(one.total),
            one.band.name if one.band else "none",
        )
        for one in score.crossings
    ]


_PAGE = """<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ heading }}</title>
<style>
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; margin: 1rem 0; width: 100%; }
caption { text-align: left; font-weight: bold; }
th, td { padding: .2rem .6rem; border-bottom: 1px solid #767676; text-align: left; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
.total { font-size: 1.2rem; font-weight: bold; }
.label { border-top: 2px solid; padding-top: .5rem; }
</style>
</head>
<body>
<main>
{% macro grid(caption, headings, rows) %}
<table>
<caption>{{ caption }}</caption>
<thead><tr>
{% for name in headings %}
<th scope="col"{% if name not in words %} class="number"{% endif %}>{{ name }}</th>
{% endfor %}
</tr></thead>
<tbody>
{% for row in rows %}
<tr>
{% for cell in row %}
{% set number = headings[loop.index0] not in words %}
{% if loop.index0 == 1 %}
<th scope="row">{{ cell }}</th>
{% else %}
<td{% if number %} class="number"{% endif %}>{{ cell }}</td>
{% endif %}
{% endfor %}
</tr>
{% endfor %}
</tbody>
</table>
{% endmacro %}
<h1>{{ heading }}</h1>
{% if notice %}
<p><strong>{{ notice }}</strong></p>
{% endif %}
<p>{{ edition }}</p>
{% for caption, headings, rows in tables %}
{{ grid(caption, headings, rows) }}
{% endfor %}
<p class="total">{{ total }}</p>
{% if remarks %}
<ul>
{% for line in remarks %}
<li>{{ line }}</li>
{% endfor %}
</ul>
{% endif %}
{% for caption, headings, rows in crossings %}
{{ grid(caption, headings, rows) }}
{% endfor %}
<p class="label">{{ label }}</p>
</main>
</body>
</html>
"""
