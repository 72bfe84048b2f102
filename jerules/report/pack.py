"""Packs as text for a terminal: what each agrees, who agreed it when, and the hash that a job can carry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from jerules.language import tree as t
from jerules.language.write import write
from jerules.report.lines import BOLD, WIDTH, Lines
from jerules.report.score import edition
from jerules.report.sheet import agreed_line, pack_line
from jerules.rulebook import model as m

Row = tuple[str, str]


def to_terminal(book: m.RuleBook, trees: Mapping[str, t.RuleFile], *, colour: bool = False, width: int = WIDTH) -> str:
    """Every pack of a rule book, and what all of them together still leave open; ``trees`` are by the pack's file."""
    page = Lines(colour=colour, width=width)
    page.text(f"{book.scheme.title}, {edition(book.scheme)}")
    for pack in book.packs:
        page.blank()
        page.heading(pack.file)
        page.text(pack_line(pack))
        tree = trees[pack.file]
        _part(page, "Conventions", _conventions(pack, tree, book))
        _part(page, "Grades", _grades(pack, book))
        _part(page, "Switched off", _switched_off(pack, tree, book))
        _part(page, "Statements of its own", _own(tree))
    page.blank()
    left = [(said(one), "") for one in book.parameters.values() if one.value is None]
    if left:
        _part(page, "Still left open", left)
    else:
        page.text("Nothing that the scheme leaves to local agreement is still open.")
    return page.written()


def said(parameter: m.Parameter) -> str:
    """A parameter by its name, with its question."""
    return f"{parameter.name}: {parameter.asks}" if parameter.asks else parameter.name


def _part(page: Lines, title: str, rows: list[Row]) -> None:
    if rows:
        page.text(title, indent=2, style=BOLD)
    for text, beside in rows:
        page.row(text, beside, indent=4, lead="· ")


def _conventions(pack: m.Pack, tree: t.RuleFile, book: m.RuleBook) -> list[Row]:
    found = [book.parameters[one.name.text] for one in tree.statements if isinstance(one, t.Convention)]
    return [(f"{one.name} = {one.text}", _agreed(one.agreed, pack)) for one in found]


def _grades(pack: m.Pack, book: m.RuleBook) -> list[Row]:
    return [
        (f"{grade.name}: {grade.low} to {grade.high} points", _agreed(grade.agreed, pack))
        for grade in book.grades
        if grade.place.file == pack.file
    ]


def _switched_off(pack: m.Pack, tree: t.RuleFile, book: m.RuleBook) -> list[Row]:
    found = [book.interpretations[one.note.text] for one in tree.statements if isinstance(one, t.Without)]
    return [(f"{one.id}: {one.title}", _agreed(one.agreed, pack)) for one in found]


def _agreed(agreed: m.Agreed | None, pack: m.Pack) -> str:
    """Who agreed it when, where that is not what the pack says of itself."""
    return "" if agreed == pack.agreed else agreed_line(agreed)


def _own(tree: t.RuleFile) -> list[Row]:
    """The statements of a pack that are no mere agreements: the first line of each, and where it stands."""
    plain = t.Heading | t.Convention | t.Without | t.Grade | t.Example
    return [(_first_line(one), f"line {one.place.line}") for one in tree.statements if not isinstance(one, plain)]


def _first_line(statement: t.Statement) -> str:
    return write(t.RuleFile("", (replace(statement, remarks=t.Remarks()),))).splitlines()[0]
