"""Loading a scheme file: what is accepted, and every mistake with its place."""

from pathlib import Path

import pytest

from jerules.faults import Fault, Faulty
from jerules.scheme.load import load_scheme, load_scheme_file

GOOD = """\
id: small
title: A small scheme
edition: {id: "1", published: 2026-01-02, document: A paper, factors_in: annex 2}
calendar: {weeks_in_year: 52, months_in_year: 12}
maximum: 50
categories:
  - {name: Skills, maximum: 30}
  - {name: Effort, maximum: 20}
factors:
  - number: 1
    slug: skill
    title: Skill
    category: Skills
    levels:
      - {level: 1, points: 10}
      - {level: 2, points: 30, options: [a, b]}
  - number: 2
    slug: effort
    title: Effort
    category: Effort
    levels:
      - {level: 1, points: 5}
      - {level: 2, points: 20}
bands:
  - {name: "1", low: 0, high: 20}
  - {name: "2", low: 21, high: 40}
"""


def _faults(tmp_path: Path, text: str) -> tuple[Fault, ...]:
    path = tmp_path / "scheme.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Faulty) as caught:
        load_scheme_file(path, shown_as="scheme.yaml")
    return caught.value.faults


def test_good(tmp_path: Path) -> None:
    """A scheme that adds up is loaded as it is written."""
    path = tmp_path / "scheme.yaml"
    path.write_text(GOOD, encoding="utf-8")
    scheme = load_scheme_file(path)
    assert [factor.slug for factor in scheme.factors] == ["skill", "effort"]
    assert scheme.factors[0].levels[1].options == ("a", "b")
    assert [str(band.high) for band in scheme.bands] == ["20", "40"]


BAD = [
    ("maximum: 50", "maximum: 51", "the top levels add up to 50, not 51", "wrong-maximum 5:10"),
    (
        "Effort, maximum: 20",
        "Effort, maximum: 21",
        "the factors of `Effort` add up to 20, not 21",
        "wrong-category-maximum 8:5",
    ),
    ("points: 30", "points: 10", "level 2 has 10 points, no more than level 1 with 10", "points-not-rising 16:9"),
    ("level: 2, points: 30", "level: 3, points: 30", "level 3 stands where level 2 should", "level-out-of-order 16:9"),
    ("low: 21", "low: 22", "there is a hole between band `1` and band `2`", "bands-do-not-meet 26:5"),
    ("low: 21", "low: 20", "there is an overlap between band `1` and band `2`", "bands-do-not-meet 26:5"),
    ("high: 20}", "high: 50}", "there is an overlap between band `1` and band `2`", "bands-do-not-meet 26:5"),
    ("high: 40", "high: 60", "band `2` reaches above the scheme's maximum of 50", "band-above-maximum 26:5"),
    ("high: 40", "high: 20", "band `2` ends before it begins", "empty-band 26:5"),
    ('name: "2"', 'name: "1"', "band `1` stands twice", "duplicate-band 26:5"),
    ("number: 2", "number: 3", "factor 3 stands where factor 2 should", "factor-out-of-order 17:5"),
    ("slug: effort", "slug: skill", "the short name `skill` is that of factor 1 already", "duplicate-slug 17:5"),
    ("slug: effort", "slug: An effort", "`An effort` is no short name", "not-a-slug 17:5"),
    ("title: Effort", "titel: Effort", "a factor has no key `titel`", "unknown-key 19:5"),
    ("title: Effort\n", "\n", "a factor lacks its `title`", "missing-key 17:5"),
    ("category: Effort", "category: Efort", "factor 2 is in an unknown category `Efort`", "unknown-category 17:5"),
    (
        "options: [a, b]",
        "options: [a, c]",
        "the letters of level 2 do not run from a without a gap",
        "letters-not-in-order 16:9",
    ),
    ("options: [a, b]", "options: [a]", "level 2 has a single option", "single-option 16:9"),
    ("options: [a, b]", "options: [a, a]", "the letter `a` stands twice", "duplicate-letter 16:45"),
    ("options: [a, b]", "options: [a, B]", "`B` is not an option letter", "not-a-letter 16:45"),
    (
        "options: [a, b]",
        "options: [a, b], uncertain: [c]",
        "`c` is marked uncertain but is no option of level 2",
        "uncertain-without-option 16:9",
    ),
    ("points: 30", "points: 30.5", "`30.5` is not a whole number", "not-a-whole-number 16:28"),
    ("points: 30", "points: -3", "`-3` is not a whole number", "not-a-whole-number 16:28"),
    ("points: 30", "points: 1e3", "`1e3` is not a whole number", "not-a-whole-number 16:28"),
    ("weeks_in_year: 52", "weeks_in_year: 0", "`weeks_in_year` cannot be 0", "not-a-calendar 4:27"),
    ("2026-01-02", "2026-13-02", "`2026-13-02` is not a day", "not-a-date 3:31"),
    ("title: A small scheme", "title:", "the title is one plain text", "not-a-text 2:7"),
    ("bands:", "no_bands: none\nbands:", "a scheme has either `bands` or `no_bands`", "bands-or-not 24:11"),
]


@pytest.mark.parametrize(("old", "new", "message", "where"), BAD)
def test_bad(tmp_path: Path, old: str, new: str, message: str, where: str) -> None:
    """One mistake gives a fault of its own code at its own line and column."""
    assert old in GOOD
    text = GOOD.replace(old, new, 1)
    found = {
        f"{fault.code} {fault.place.line}:{fault.place.column}": fault
        for fault in _faults(tmp_path, text)
        if fault.place
    }
    assert where in found
    assert found[where].message == message
    assert found[where].line_text in text.splitlines()


def test_all_mistakes_at_once(tmp_path: Path) -> None:
    """Mistakes in different parts of the file are reported together, sorted by place."""
    text = (
        GOOD.replace("points: 30", "points: 3O").replace("slug: effort", "slugg: effort").replace("low: 21", "low: 25")
    )
    assert [(fault.code, fault.place.line if fault.place else 0) for fault in _faults(tmp_path, text)] == [
        ("not-a-whole-number", 16),
        ("missing-key", 17),
        ("unknown-key", 18),
        ("bands-do-not-meet", 26),
    ]


def test_unknown_key_names_the_nearest(tmp_path: Path) -> None:
    """A misspelt key comes with the key it is most like."""
    (fault, *_) = [f for f in _faults(tmp_path, GOOD.replace("maximum: 50", "maximun: 50")) if f.code == "unknown-key"]
    assert fault.nearest == "maximum"


@pytest.mark.parametrize(
    "text",
    ["just a word\n", "- a list\n", "factors: 3\n", "factors: [1, [2], {}]\nbands: []\n", "levels: {a: {b: []}}\n"],
)
def test_another_sort_of_file_is_a_fault_not_a_crash(tmp_path: Path, text: str) -> None:
    """A file that is no scheme at all is refused with faults that have places."""
    assert all(fault.place is not None for fault in _faults(tmp_path, text))


def test_uncertain_letters_need_not_run_on(tmp_path: Path) -> None:
    """Letters may have a gap when they are marked as uncertain."""
    path = tmp_path / "scheme.yaml"
    path.write_text(GOOD.replace("options: [a, b]", "options: [a, c], uncertain: [c]"), encoding="utf-8")
    assert load_scheme_file(path).factors[0].levels[1].options == ("a", "c")


def test_no_such_scheme() -> None:
    """A misspelt scheme name comes with the nearest one and the list."""
    with pytest.raises(Faulty) as caught:
        load_scheme("nhss")
    (fault,) = caught.value.faults
    assert (fault.code, fault.message) == ("no-such-scheme", "there is no scheme `nhss`")
    assert (fault.expected, fault.nearest) == ("`nhs`, `njc`, `sjc`", "nhs")


@pytest.mark.parametrize("name", ["", "..", "../schemes/nhs", "/etc", "nhs/", "NHS"])
def test_a_scheme_name_is_never_a_path(name: str) -> None:
    """Only the listed names are looked up."""
    with pytest.raises(Faulty):
        load_scheme(name)
