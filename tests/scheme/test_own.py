"""A scheme in a folder of the user's: what is accepted, what is refused, and what it is to have no levels."""

from pathlib import Path

import pytest

from jerules.faults import Fault, Faulty
from jerules.scheme.levels import position_of, read_levels
from jerules.scheme.load import load_own_scheme, load_scheme, read_own_scheme
from jerules.scheme.scaffold import of_shipped

OWN = """\
id: ours
title: Our scheme
label: A draft
edition: {id: "1", document: A paper, factors_in: annex 2}
calendar: {weeks_in_year: 52, months_in_year: 12}
no_levels: The second factor has still to be agreed.
no_bands: No grades yet.
factors:
  - number: 1
    slug: skill
    title: Skill
    levels:
      - {level: 1, points: 10, about: plain work}
      - {level: 2, points: 30}
  - number: 2
    slug: effort
    title: Effort
    levels:
"""


def own(tmp_path: Path, text: str) -> Path:
    """A folder with this scheme in it."""
    (tmp_path / "scheme.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def refused(folder: Path) -> tuple[Fault, ...]:
    """The mistakes for which a folder is refused."""
    with pytest.raises(Faulty) as caught:
        load_own_scheme(folder)
    return caught.value.faults


def test_a_factor_may_lack_its_levels_when_the_scheme_says_why(tmp_path: Path) -> None:
    """`no_levels` lets factors stand without levels, and the scheme without a maximum, a category and a date."""
    scheme = load_own_scheme(own(tmp_path, OWN))
    assert [factor.title for factor in scheme.unlevelled] == ["Effort"]
    assert (scheme.maximum, scheme.edition.published, scheme.label) == (None, None, "A draft")
    assert scheme.factors[0].levels[0].about == "plain work"
    assert scheme.folder == str(tmp_path)


def test_the_factors_to_fill_in_are_named_with_their_places(tmp_path: Path) -> None:
    """What is unfinished is no mistake, and each factor is found by its line."""
    found = read_own_scheme(own(tmp_path, OWN))
    assert found.faults == ()
    assert [(place.line, factor.title) for place, factor in found.unfinished] == [(15, "Effort")]


BAD = [
    ("no_levels: The second factor has still to be agreed.\n", "maximum: 30\n", "not-a-list"),
    ("no_levels: The second factor has still to be agreed.\n", "", "missing-key"),
    ("    levels:\n", "    levels: [{level: 1, points: 5}]\n", "levels-or-not"),
    ("id: ours\n", "id: Our-Scheme\n", "not-a-name"),
    ("id: ours\n", "id: nhs\n", "levels-are-known"),
    ("id: ours\n", "id: sjc\n", "other-factor"),
    ("    title: Effort\n", "    title: Effort\n    category: Demands\n", None),
]


@pytest.mark.parametrize(("old", "new", "code"), BAD)
def test_bad(tmp_path: Path, old: str, new: str, code: str | None) -> None:
    """Levels that are missing without a reason, a reason without need, names that are taken: each is refused."""
    text = OWN[: -len(old)] + new if OWN.endswith(old) else OWN.replace(old, new, 1)
    if code is None:
        assert load_own_scheme(own(tmp_path, text)).factors[1].category == "Demands"
    else:
        assert code in [fault.code for fault in refused(own(tmp_path, text))]


def test_a_misnamed_and_a_missing_factor_of_a_known_scheme_are_told_together(tmp_path: Path) -> None:
    """Under the name of a shipped scheme stand its factors and no others."""
    text = of_shipped("sjc")["scheme.yaml"].replace('"Physical Effort"', '"Physical Efort"')
    text = text[: text.index("  - number: 13")]
    faults = {fault.code: fault for fault in refused(own(tmp_path, text))}
    assert faults.keys() == {"other-factor", "missing-factor"}
    assert faults["other-factor"].nearest == "Physical Effort"
    assert faults["missing-factor"].expected == "also 13 Knowledge"


def test_the_shipped_scheme_without_levels() -> None:
    """Of the SJC scheme thirteen factors are known, in order, and nothing that could be taken for a level."""
    sjc = load_scheme("sjc")
    assert "; ".join(factor.title for factor in sjc.factors) == (
        "Working Environment; Physical Co-ordination; Physical Effort; Mental Skills; Concentration; "
        "Communication Skills; Dealing with Relationships; Responsibility for Employees; "
        "Responsibility for Services to Others; Responsibility for Financial Resources; "
        "Responsibility for Physical and Information Resources; Initiative and Independence; Knowledge"
    )
    assert sjc.unlevelled == sjc.factors
    assert (sjc.maximum, sjc.bands, sjc.edition.published) == (None, (), None)
    assert sjc.no_levels


@pytest.mark.parametrize("text", ["1", "3(c)", "?", "nonsense", ""])
def test_no_level_is_read_where_none_is_loaded(text: str) -> None:
    """Whatever is written as a level of such a factor, the one answer is that no definitions are loaded."""
    sjc = load_scheme("sjc")
    for read in (lambda: position_of(sjc.factors[5], text), lambda: read_levels(sjc, text)):
        with pytest.raises(Faulty) as caught:
            read()
        assert [fault.code for fault in caught.value.faults] == ["no-levels"]


def test_a_name_that_the_folder_does_not_have(tmp_path: Path) -> None:
    """With a folder given only its own scheme is at hand."""
    with pytest.raises(Faulty) as caught:
        load_scheme("nhs", own(tmp_path, OWN))
    assert caught.value.faults[0].expected == "`ours`"
