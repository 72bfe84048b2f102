"""A folder for a scheme of the user's, to fill in: the scheme's file, a rule file for each factor, and a page of help.

It is for whoever has the level definitions and may use them. Nothing in it is filled in but what is known.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jerules.faults import Fault, Faulty
from jerules.scheme.load import load_scheme, scheme_names
from jerules.scheme.shape import quoted

FIRST = "First factor"
"""What the single factor of a new scheme is called when none is named."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What a new folder begins with."""

    id: str
    title: str
    edition: str
    document: str
    factors_in: str
    factors: tuple[tuple[int, str, str], ...]


def of_shipped(name: str) -> Mapping[str, str]:
    """The files, by name, for the levels of a scheme that is shipped without.

    Raises :class:`Faulty` when there is no such scheme, or when it is shipped with its levels.
    """
    scheme = load_scheme(name)
    if not scheme.unlevelled:
        message = f"scheme `{name}` is shipped with its levels, so there is nothing to fill in"
        help_ = "for a scheme of your own give `--title` instead"
        raise Faulty([Fault("levels-are-known", message, help=help_)])
    edition = scheme.edition
    factors = tuple((factor.number, factor.slug, factor.title) for factor in scheme.factors)
    return _files(_Known(scheme.id, scheme.title, edition.id, "(the document)", "(its part)", factors))


def of_title(title: str, factors: Sequence[str]) -> Mapping[str, str]:
    """The files, by name, for a new scheme of that title with these factors (one to rename when there are none).

    Raises :class:`Faulty` with what is wrong with the title and the factors.
    """
    faults: list[Fault] = []
    name = "_".join(_words(title))
    if not name or not name[0].isalpha():
        message = f"no name can be made from the title {quoted(title)}"
        faults.append(Fault("not-a-name", message, expected="a title that begins with a letter from a to z"))
    elif name in scheme_names():
        faults.append(Fault("name-is-taken", f"there is a scheme `{name}` already", help="choose another title"))
    slugs = ["-".join(_words(factor)) for factor in factors]
    for index, (factor, slug) in enumerate(zip(factors, slugs, strict=True)):
        if not slug or not slug[0].isalpha():
            message = f"no short name can be made from the factor {quoted(factor)}"
            faults.append(Fault("not-a-name", message, expected="a title that begins with a letter from a to z"))
        elif slug in slugs[:index]:
            faults.append(Fault("duplicate-slug", f"the factor {quoted(factor)} is named twice"))
    for text in (title, *factors):
        if '"' in text or not text.isprintable():
            message = f"{quoted(text)} cannot stand between double quotes in a rule file"
            faults.append(Fault("not-a-title", message, help="use single quotation marks, on one line"))
    if faults:
        raise Faulty(faults)
    titles = tuple(factors) or (FIRST,)
    known = tuple((number, "-".join(_words(one)), one) for number, one in enumerate(titles, start=1))
    return _files(_Known(name, title, "1", "(the document)", "(its part)", known))


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())


def _files(known: _Known) -> Mapping[str, str]:
    rules = {
        f"rules/{number:02}-{slug}.jer": _RULES.format(number=number, title=title, scheme=known.id)
        for number, slug, title in known.factors
    }
    return {"README.md": _README.format(scheme=known.id, title=known.title), "scheme.yaml": _scheme(known), **rules}


def _scheme(known: _Known) -> str:
    factors = "".join(
        _FACTOR.format(number=number, slug=slug, title=_text(title)) for number, slug, title in known.factors
    )
    return _SCHEME.format(
        id=known.id, title=_text(known.title), edition=_text(known.edition), document=_text(known.document),
        factors_in=_text(known.factors_in), factors=factors,
    )  # fmt: skip


def _text(text: str) -> str:
    """A text as YAML reads it, whatever stands in it."""
    return json.dumps(text, ensure_ascii=False)


_SCHEME = """\
# The scheme as data: its levels and points, and the grades. Numbers and a few reminders; whole definitions are not
# needed here. See README.md beside this file.
id: {id}
title: {title}
edition:
  id: {edition}
  # published: 2026-04-01
  document: {document}
  factors_in: {factors_in}
calendar: {{weeks_in_year: 52, months_in_year: 12}}

# A line that stands at the head of every report, if the scheme needs one.
# label: "Draft: not agreed yet"

# When every factor has its levels: delete `no_levels`, and enter what the top levels of all factors come to.
no_levels: Not every level has been entered yet.
# maximum: 1000

# When the grades are agreed: delete `no_bands`, and list them from the lowest up, each a point above the last.
no_bands: No grades have been entered.
# bands:
#   - {{name: "1", low: 0, high: 250}}
#   - {{name: "2", low: 251, high: 1000}}

# One line for each level, from 1 up, with its points. `options` are its letters, where a level has several ways to be
# met, and `about` a few words to remember it by; both may be left out:
#   levels:
#     - {{level: 1, points: 10, about: "what level 1 is, in a few words"}}
#     - {{level: 2, points: 20, options: [a, b]}}
factors:
{factors}"""
_FACTOR = """\
  - number: {number}
    slug: {slug}
    title: {title}
    levels:
"""
_RULES = """\
# Factor {number}: {title}.
scheme {scheme}
factor {number} "{title}"
status binding

# Ask for what can be seen, and say in your own words which answers give which level. For example:
#
# record duty "A duty that bears on this factor"
#   label what
#   what text asks "What is done?"
#   often frequency of shifts asks "How often?"
#
# level 2 when some duty is (often >= 50%)
#   reads "The job does this on half of its shifts or more."
#   cites level 2
# level 1 otherwise cites level 1
#
# example "Done on most shifts"
#   duty: what "Sorts post", often 80% of shifts
#   gives level 2
"""
_README = """\
# {title}

This folder is yours. It holds what jerules does not have: levels, points and grades, and the rules that lead to a
level. Keep it where your licence for the scheme lets you keep it.

1. `scheme.yaml`: enter the levels and points of each factor, and the grades. Until a factor has its levels, every
   command says so, and suggests none.
2. `rules/`: one file for each factor. A factor without rules is left to the panel, which enters its own level in the
   job file with its reason. Rules can be added factor by factor.
3. Check it as often as you like; every mistake is told with its place, and what is still missing:

       jerules scheme check .

4. Write cases that the rules must satisfy (`example`) beside them, and run them. Have the rules proved, see which slips
   in them the examples would notice, and compare them with those of last year:

       jerules test --scheme-from .
       jerules check --scheme-from .
       jerules mutate --scheme-from .
       jerules diff LAST-YEAR .

5. Use it. Give `--scheme-from` with this folder to each of these:

       jerules questionnaire {scheme} --scheme-from . --output job.yaml
       jerules evaluate job.yaml --scheme-from .
       jerules explain job.yaml --factor 1 --scheme-from .
       jerules score {scheme} 1,2,… --scheme-from .

Rules say in your own words what a level asks for, and cite where the scheme says it. How they are written is told in
the documentation of jerules, under *Writing a rule file*.

What comes out is a suggestion: the panel decides.
"""
