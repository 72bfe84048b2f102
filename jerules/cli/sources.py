"""``jerules sources``: the paragraphs of the guidance, what rests on each of them, and what rests on none."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jerules.cli.shared import OUTPUT_HELP, PACK_HELP

if TYPE_CHECKING:
    from jerules.rulebook.sources import Coverage, Sources, Unresolved, Use
    from jerules.scheme.model import Scheme
    from jerules.scheme.paragraphs import Index, Paragraph, Section
    from jerules.scheme.paragraphs_copy import Found

_DOCUMENTS_HELP = "A folder with your copy of the scheme's document, as text files (.txt, UTF-8)."
_Scheme = Annotated[str, typer.Argument(metavar="SCHEME", help="The scheme, such as `nhs`.")]
_Packs = Annotated[list[Path] | None, typer.Option("--with", metavar="PACK", help=PACK_HELP)]
_Documents = Annotated[Path | None, typer.Option(metavar="DIR", help=_DOCUMENTS_HELP)]


def register(app: typer.Typer) -> None:
    """Add the commands ``sources index``, ``sources verify`` and ``sources coverage`` to ``app``."""
    sources = typer.Typer(name="sources", no_args_is_help=True, help="Paragraphs of the guidance, and what cites them.")

    @sources.command()
    def index(
        scheme: _Scheme,
        documents: Annotated[Path, typer.Option(metavar="DIR", help=_DOCUMENTS_HELP)],
        output: Annotated[Path | None, typer.Option(metavar="FILE", help=OUTPUT_HELP)] = None,
    ) -> None:
        """Fingerprints of a document's paragraphs.

        For maintainers: cuts the scheme's document into its paragraphs and writes their fingerprints.
        """
        from jerules.cli.shared import write_out
        from jerules.scheme.paragraphs import load_outline
        from jerules.scheme.paragraphs_copy import read_documents
        from jerules.scheme.paragraphs_make import make_index, write_index

        write_out(write_index(make_index(load_outline(scheme), read_documents(documents))), output)

    @sources.command()
    def verify(scheme: _Scheme, documents: _Documents = None, packs: _Packs = None) -> None:
        """Check what the rules cite, against your copy.

        Every citation has to name a paragraph; with a copy at hand, none of them may have changed.
        """
        from jerules.cli.shared import write_out

        found, rests = _index_and_sources(scheme, packs)
        lines = [line for one in rests.unresolved for line in _unresolved(one)]
        copy = _looked_up(found, documents) if documents else {}
        for one in copy.values():
            lines += _trouble(one, rests.resting[one.paragraph.id])
        write_out("".join(f"{line}\n" for line in [*lines, *_verified(found, rests, copy)]), None)
        if lines:
            raise typer.Exit(1)

    @sources.command()
    def coverage(scheme: _Scheme, documents: _Documents = None, packs: _Packs = None) -> None:
        """Normative paragraphs that no rule cites.

        Each is listed with the reason, or as still to be done.
        """
        from jerules.cli.shared import write_out
        from jerules.rulebook.sources import coverage_of
        from jerules.scheme.load import load_scheme
        from jerules.scheme.paragraphs_reasons import load_reasons

        found, rests = _index_and_sources(scheme, packs)
        covered = coverage_of(found, rests, load_reasons(found))
        copy = _looked_up(found, documents) if documents else {}
        write_out("".join(f"{line}\n" for line in _covered(load_scheme(scheme), found, covered, copy)), None)
        if covered.neither or covered.needless or rests.unresolved:
            raise typer.Exit(1)

    app.add_typer(sources)


def _index_and_sources(scheme: str, packs: list[Path] | None) -> "tuple[Index, Sources]":
    from jerules.rulebook.load import load_procedures, load_rulebook
    from jerules.rulebook.sources import sources_of
    from jerules.scheme.paragraphs import load_index

    index = load_index(scheme)
    return index, sources_of(load_rulebook(scheme, tuple(packs or ())), index, load_procedures(scheme))


def _looked_up(index: "Index", folder: Path) -> "Mapping[str, Found]":
    from jerules.scheme.paragraphs_copy import look_up_in

    return look_up_in(index, folder)


# ── verify ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _unresolved(one: "Unresolved") -> list[str]:
    use, resolved = one.use, one.resolved
    name = use.citation.id
    if resolved.candidates:
        lines = [f"ambiguous: {use.place}: {use.statement}: `{use.citation.words}` may be any of"]
        return lines + [f"  {paragraph.id}" for paragraph in resolved.candidates]
    near = f"; the nearest is `{resolved.near}`" if resolved.near else ""
    return [f"no such paragraph: {use.place}: {use.statement}: `{use.citation.words}` ({name}){near}"]


def _trouble(one: "Found", uses: "Sequence[Use]") -> list[str]:
    from jerules.scheme.paragraphs_copy import CHANGED, HOLDS

    if one.state == HOLDS:
        return []
    said = f"changed: {one.paragraph.id}, at {one.document}:{one.line}"
    if one.state != CHANGED:
        said = f"missing: {one.paragraph.id}: nothing in its part begins with `{one.paragraph.begins}`"
    places = [f"  {use.statement}, at {use.place}" for use in uses]
    return [said, *(["  what rests on it:", *places] if places else ["  no rule rests on it"])]


def _verified(index: "Index", sources: "Sources", copy: "Mapping[str, Found]") -> list[str]:
    from jerules.scheme.paragraphs_copy import CHANGED, HOLDS

    cited = sum(bool(used) for used in sources.resting.values())
    count = f"{len(index.paragraphs)} paragraphs, {cited} of them cited"
    lines = [f"{index.scheme}, edition {index.edition}: {count}; {len(sources.unresolved)} citations name none"]
    if copy:
        states = [one.state for one in copy.values()]
        holds, changed = states.count(HOLDS), states.count(CHANGED)
        names = ", ".join(dict.fromkeys(one.document for one in copy.values() if one.state == HOLDS))
        lines.append(f"{names}: {holds} paragraphs hold, {changed} changed, {len(states) - holds - changed} missing")
    else:
        lines.append("no copy of the document was given (`--documents`), so nothing was compared with its text")
    return lines


# ── coverage ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _covered(scheme: "Scheme", index: "Index", covered: "Coverage", copy: "Mapping[str, Found]") -> list[str]:
    lines = [f"{scheme.title}, edition {index.edition}: normative paragraphs", ""]
    width = max(12, *(len(_part(section)) + 1 for section in index.sections))
    lines += [f"{'part':<{width}}{'all':>6}{'cited':>8}{'reason':>8}{'neither':>9}"]
    for part, sections in groupby(index.sections, _part):
        own = {paragraph.id for section in sections for paragraph in section.paragraphs}
        counts = [_within(own, kind) for kind in (covered.cited, [one for one, _ in covered.listed], covered.neither)]
        lines.append(f"{part:<{width}}{sum(counts):>6}{counts[0]:>8}{counts[1]:>8}{counts[2]:>9}")
    if covered.listed:
        lines += ["", "Not encoded, because:"]
        for (reason, _), group in groupby(covered.listed, lambda pair: (pair[1].reason, pair[0].section)):
            members = [paragraph for paragraph, _ in group]
            named = members[0].id if len(members) == 1 else f"{members[0].section} ({len(members)} paragraphs)"
            lines += [f"  {named}", f"    {reason}"]
    if covered.neither:
        lines += ["", "Neither cited nor listed with a reason:"]
        for paragraph in covered.neither:
            lines += [f"  {paragraph.id}", *_words(copy.get(paragraph.id))]
    for reason in covered.needless:
        lines += ["", f"{reason.place}: this reason is not needed: rules cite all that it names"]
    return lines


def _part(section: "Section") -> str:
    return section.id.split("/")[2]


def _within(own: set[str], paragraphs: "Iterable[Paragraph]") -> int:
    return sum(paragraph.id in own for paragraph in paragraphs)


def _words(found: "Found | None") -> list[str]:
    if found is None:
        return []
    return [f"    “{found.text}”" if found.text else f"    {found.state} in the copy"]
