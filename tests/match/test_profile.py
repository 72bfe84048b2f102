"""Profiles as users write them: what is read, and every mistake at its line and column."""

import pytest

from jerules.documents.text import Source
from jerules.faults import Faulty
from jerules.match.profile import Profile, load_profile
from tests.match.profiles import LEVELS, NHS, profile, written


def faults(text: str, scheme: str | None = None) -> list[tuple[str, int, int]]:
    """Code, line and column of each mistake."""
    with pytest.raises(Faulty) as caught:
        load_profile(Source("profile.yaml", text), scheme)
    return [
        (one.code, one.place.line, one.place.column) if one.place else (one.code, 0, 0) for one in caught.value.faults
    ]


def test_a_profile_by_names() -> None:
    """The levels stand in the order of the scheme, with the totals that they add up to."""
    found = profile()
    assert [str(one) for one in found.levels] == list(LEVELS.values())
    assert (found.lowest, found.highest, found.band.name, found.given) == (305, 384, "5", None)


def test_a_profile_by_numbers_is_the_same() -> None:
    """A factor may be named by its number, in any order."""
    numbers = {str(number): text for number, text in enumerate(LEVELS.values(), start=1)}
    text = written(dict(reversed(numbers.items())))
    assert load_profile(Source("profile.yaml", text)) == profile()


def test_json_does_too() -> None:
    """A profile may be a JSON file."""
    levels = ", ".join(f'"{name}": "{text}"' for name, text in LEVELS.items())
    text = f'{{"jerules": "profile/1", "scheme": "nhs", "title": "Invented", "band": "5", "levels": {{{levels}}}}}'
    assert load_profile(Source("profile.json", text)).levels == profile().levels


def test_a_minimum_below_the_band_is_no_mistake() -> None:
    """A profile that serves jobs of different demands may begin below its band; it is said, and that is all."""
    found = profile()
    assert found.lowest < found.band.low
    assert [remark[:30] for remark in found.remarks] == ["The lowest total of this profi"]


def test_a_maximum_above_the_band_is_said() -> None:
    """The same at the other end."""
    assert any("lies above band 5" in remark for remark in profile(patient_care="5a-7").remarks)


def test_totals_that_the_file_gives() -> None:
    """Totals that agree with the levels need no word; others are pointed at and not refused."""

    def about(found: Profile) -> list[str]:
        return [remark for remark in found.remarks if "The file gives" in remark]

    assert about(profile("5", "total: {lowest: 305, highest: 384}\n")) == []
    (said,) = about(profile("5", "total: {lowest: 305, highest: 390}\n"))
    assert "305 to 390" in said
    assert "305 to 384" in said


@pytest.mark.parametrize(
    ("old", "new", "mistakes"),
    [
        ("profile/1", "profile/2", [("wrong-format", 1, 10)]),
        ("scheme: nhs", "scheme: nsh", [("no-such-scheme", 2, 9)]),
        ("scheme: nhs", "scheme: njc", [("no-bands", 2, 9)]),
        ("title: Invented\n", "", [("missing-key", 1, 1)]),
        ("title: Invented", "title: Invented\ntitel: x", [("unknown-key", 4, 1)]),
        ('band: "5"', 'band: "10"', [("no-such-band", 4, 7)]),
        ('band: "5"', 'band: "7"', [("band-out-of-reach", 4, 7)]),
        ('band: "5"', 'band: "4"\ntotal: {lowest: 9, highest: 8}', [("falling-total", 5, 17)]),
        ('band: "5"', 'band: "5"\ntotal: {lowest: nine, highest: 8}', [("not-a-whole-number", 5, 17)]),
        ("  knowledge: 5\n", "", [("missing-factor", 6, 3)]),
        ("knowledge: 5", "knowlege: 5", [("no-such-factor", 7, 3)]),
        ("knowledge: 5", "17: 5", [("no-such-factor", 7, 3), ("missing-factor", 6, 3)]),
        ("knowledge: 5", "knowledge: 5\n  2: 5", [("duplicate-factor", 8, 3)]),
        ("knowledge: 5", "knowledge: 5a", [("no-options", 7, 15)]),
        ("knowledge: 5", "knowledge: 5-9", [("level-out-of-range", 7, 16)]),
        ("knowledge: 5", 'knowledge: "5-9"', [("level-out-of-range", 7, 17)]),
        ("knowledge: 5", "knowledge:", [("not-a-text", 7, 13)]),
        ("knowledge: 5", "knowledge: [5]", [("not-a-text", 7, 14)]),
        ("patient-care: 5a", "patient-care: 5z-4a", [("unknown-option", 11, 18), ("falling-range", 11, 20)]),
    ],
)
def test_mistakes_have_their_place(old: str, new: str, mistakes: list[tuple[str, int, int]]) -> None:
    """Each mistake is named where it stands, and several at once."""
    text = written()
    assert old in text
    assert sorted(faults(text.replace(old, new, 1))) == sorted(mistakes)


def test_every_mistake_of_a_file_comes_at_once() -> None:
    """One reading finds them all."""
    text = written({**LEVELS, "planning": "7", "knowledge": "5-3"}, band="55").replace("profile/1", "profile")
    assert [code for code, _, _ in faults(text)] == [
        "wrong-format",
        "no-such-band",
        "falling-range",
        "level-out-of-range",
    ]


def test_levels_are_a_table() -> None:
    """A list of levels does not say which factor each is for."""
    text = written({}).rstrip() + "\n  - 5\n"
    assert ("not-a-table", 6, 3) in faults(text)


def test_a_profile_of_another_scheme_is_refused() -> None:
    """When the scheme of the job is known, the profile must be of the same."""
    assert [code for code, _, _ in faults(written(), "njc")] == ["other-scheme"]
    assert load_profile(Source("profile.yaml", written()), "nhs").scheme == NHS
