"""Words of rule files in the middle of a sentence."""

import pytest

from jerules.explain.phrases import lowered


@pytest.mark.parametrize(
    ("label", "inside"),
    [
        ("Money or valuables", "money or valuables"),
        ("A danger that the job meets", "a danger that the job meets"),
        ("X-ray machines", "X-ray machines"),
        ("NHS estates", "NHS estates"),
        ("A", "A"),
        ("", ""),
    ],
)
def test_a_label_inside_a_sentence(label: str, inside: str) -> None:
    """The first letter becomes small, except in an abbreviation."""
    assert lowered(label) == inside
