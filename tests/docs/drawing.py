"""The drawing of the architecture as SVG."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

DRAWING = Path(__file__).resolve().parent.parent.parent / "docs" / "architecture.svg"
WIDTH, HEIGHT = 960, 560
BOX_WIDTH, BOX_HEIGHT = 132, 48


@dataclass(frozen=True, slots=True)
class Box:
    """One box: its name, what it says below it, its upper left corner, and whether it is a package or files."""

    name: str
    says: str
    x: int
    y: int
    package: bool = True
    width: int = BOX_WIDTH


BOXES = (
    Box("rule files", "*.jer, by the grammar", 20, 40, package=False),
    Box("schemes", "*.yaml", 20, 170, package=False),
    Box("job files", "*.yaml, *.json", 20, 300, package=False),
    Box("language", "text to syntax tree", 192, 40),
    Box("scheme", "levels, points, bands", 192, 170),
    Box("jobs", "answers of a panel", 364, 300),
    Box("rulebook", "typed and frozen", 364, 105),
    Box("engine", "verdicts and levels", 536, 200),
    Box("explain", "reasons, why not", 620, 275),
    Box("match", "profiles", 704, 350),
    Box("verify", "what is proved", 704, 105),
    Box("exercise", "coverage, mutants", 536, 350),
    Box("report", "terminal to JSON", 788, 425),
    Box("cli", "commands", 788, 500),
    Box("quantities", "exact, with units", 20, 420, width=230),
    Box("documents", "safe reading, places", 262, 420, width=230),
    Box("resources", "where files are", 20, 490, width=230),
    Box("faults", "mistakes as values", 262, 490, width=230),
)
ARROWS = (
    ("rule files", "language"),
    ("schemes", "scheme"),
    ("language", "rulebook"),
    ("scheme", "rulebook"),
    ("job files", "jobs"),
    ("rulebook", "jobs"),
    ("rulebook", "engine"),
    ("jobs", "engine"),
    ("engine", "explain"),
    ("explain", "match"),
    ("match", "report"),
    ("explain", "exercise"),
    ("exercise", "report"),
    ("rulebook", "verify"),
    ("verify", "report"),
    ("report", "cli"),
)
_STYLE = (
    "text{font-family:system-ui,sans-serif;fill:#1b1b1b}.name{font-size:15px;font-weight:600}.says{font-size:11px}"
    "rect{stroke:#1b1b1b;stroke-width:1.2;rx:5}.package{fill:#eef3fb}.files{fill:#fff;stroke-dasharray:4 3}"
    "path{fill:none;stroke:#1b1b1b;stroke-width:1.4;marker-end:url(#tip)}"
)


def drawing() -> str:
    """The whole SVG."""
    known = {box.name: box for box in BOXES}
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="title">',
        '<title id="title">How jerules is built: packages and what is made from what</title>',
        f"<style>{_STYLE}</style>",
        (
            '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
            '<path d="M0 0L8 4L0 8z" style="fill:#1b1b1b;stroke:none;marker-end:none"/></marker></defs>'
        ),
        f'<rect width="{WIDTH}" height="{HEIGHT}" style="fill:#fff;stroke:none"/>',
        *(_arrow(known[start], known[end]) for start, end in ARROWS),
        *(_box(box) for box in BOXES),
        '<text class="says" x="20" y="410">Below all of them; nothing imports upwards:</text>',
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _box(box: Box) -> str:
    middle = box.x + box.width // 2
    kind = "package" if box.package else "files"
    return (
        f'<rect class="{kind}" x="{box.x}" y="{box.y}" width="{box.width}" height="{BOX_HEIGHT}"/>'
        f'<text class="name" x="{middle}" y="{box.y + 21}" text-anchor="middle">{box.name}</text>'
        f'<text class="says" x="{middle}" y="{box.y + 38}" text-anchor="middle">{box.says}</text>'
    )


def _arrow(start: Box, end: Box) -> str:
    """From the right edge to the left one; from the lower edge where the next box stands below."""
    if end.x >= start.x + start.width:
        x, y = start.x + start.width, start.y + BOX_HEIGHT // 2
        to_x, to_y = end.x, end.y + BOX_HEIGHT // 2
    else:
        x = to_x = (max(start.x, end.x) + min(start.x + start.width, end.x + end.width)) // 2
        y, to_y = start.y + BOX_HEIGHT, end.y
    return f'<path d="M{x} {y}L{to_x} {to_y}"/>'
