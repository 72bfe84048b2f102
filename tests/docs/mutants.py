"""Writes the figures of docs/mutants.md anew, from what ``jerules mutate SCHEME --proofs --format json`` found.

Run by hand, for it takes minutes to find them: ``python -m tests.docs.mutants nhs.json njc.json``.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from jerules.rulebook.load import load_rulebook
from tests.docs.pages import DOCS

PAGE = DOCS / "mutants.md"
HEADS = ("slips", "by an example", "by a proof", "the same", "not noticed", "share")


def share(noticed: int, whole: int) -> str:
    """The part that was noticed, in per cent, never rounded up."""
    tenths = noticed * 1000 // whole if whole else 1000
    return f"{tenths // 10}%" if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}%"


def figures(results: Sequence[Mapping[str, Any]]) -> str:
    """One row of the table, from the second cell on."""
    fates = Counter(one["fate"] for one in results)
    missed = fates["survives"] + fates["untold"]
    numbers = [len(results), fates["example"], fates["proof"], fates["same"], missed]
    rest = share(fates["example"] + fates["proof"], len(results) - fates["same"])
    return " | ".join([*(f"{number:,}" for number in numbers), rest])


def table(results: Sequence[Mapping[str, Any]]) -> str:
    """The table of a scheme, factor by factor."""
    keys = list(dict.fromkeys(_factor(one) for one in results))
    rows = [f"| factor | {' | '.join(HEADS)} |", "|---|" + "---:|" * len(HEADS)]
    rows += [
        f"| {key} | {figures([one for one in results if _factor(one) == key])} |" for key in sorted(keys, key=_order)
    ]
    whole = " | ".join(f"**{cell}**" for cell in figures(results).split(" | "))
    return "\n".join([*rows, f"| **all** | {whole} |"])


def survivors(results: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Each slip that nothing notices, with what the search found, under its file."""
    file = ""
    for one in sorted(results, key=lambda found: str(found["file"])):
        if one["fate"] in {"survives", "untold"}:
            if one["file"] != file:
                file = one["file"]
                yield f"\n### {Path(file).name}\n"
            yield f"* {one['says']} — {_reason(one)}"


def _reason(one: Mapping[str, Any]) -> str:
    if one["fate"] == "survives":
        return "an example would tell it; `jerules mutate` writes it"
    return re.sub(r" \(line \d+\)", "", one["by"] or "no rule came out otherwise on anything that was tried")


def _factor(one: Mapping[str, Any]) -> str:
    return str(one["id"].split("-")[0])


def _order(key: str) -> tuple[int, str]:
    return (int(key), "") if key.isdecimal() else (100, key)


def main() -> None:
    """Put the figures of each file into the page."""
    page = PAGE.read_text(encoding="utf-8")
    for name in sys.argv[1:]:
        for book in json.loads(Path(name).read_text(encoding="utf-8"))["books"]:
            scheme, results = book["scheme"].upper(), book["results"]
            page = _between(page, rf"## {scheme}\n", r"\n\n(?=## NJC\n|“By a proof”)", f"\n{table(results)}")
            lists = "\n".join(survivors(results)).strip("\n")
            page = _between(
                page, rf"## {scheme}: each slip[^\n]*\n", r"\n(?=## NJC: each|\Z)", _led(page, scheme) + lists + "\n"
            )
            examples = len(load_rulebook(book["scheme"]).examples)
            page = re.sub(rf"[\d,]+(?=\s{scheme}\s(?:and|examples))", f"{examples:,}", page, count=1)
    PAGE.write_text(page, encoding="utf-8")


def _led(page: str, scheme: str) -> str:
    """What stands between the heading of a list and the list."""
    found = re.search(rf"## {scheme}: each slip[^\n]*\n(.*?)(?=### )", page, re.DOTALL)
    return found.group(1) if found else "\n"


def _between(page: str, begin: str, end: str, text: str) -> str:
    found = re.search(rf"({begin}).*?({end})", page, re.DOTALL)
    if not found:
        sys.exit(f"{PAGE} has no part that begins with {begin!r}")
    return page[: found.end(1)] + text + page[found.start(2) :]


if __name__ == "__main__":
    main()
