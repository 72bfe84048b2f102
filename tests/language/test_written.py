"""Every statement, clause and condition as somebody may write it, and in the canonical layout: ``good/``."""

from pathlib import Path

import pytest

from jerules.documents.text import Source
from jerules.language.parse import parse
from jerules.language.write import write
from tests.tables import Case, cases


@pytest.mark.parametrize("case", cases(Path(__file__).parent / "good"))
def test_each_statement_is_read_and_written(case: Case) -> None:
    """What is read is written in the one layout, which says the same and stays as it is."""
    text, canonical = case.parts
    tree = parse(Source("a.jer", text))
    assert write(tree) == canonical
    assert parse(Source("a.jer", canonical)) == tree


def test_every_shipped_file_is_kept_by_its_layout(repository: Path) -> None:
    """Writing a shipped rule file changes its layout at most, never what it says."""
    for path in sorted((repository / "rules").rglob("*.jer")):
        tree = parse(Source(path.name, path.read_text(encoding="utf-8")))
        assert parse(Source(path.name, write(tree))) == tree


def test_an_empty_file_is_an_empty_tree() -> None:
    """Nothing in, nothing out."""
    assert write(parse(Source("a.jer", ""))) == ""
    assert write(parse(Source("a.jer", "\n\n"))) == ""
    assert write(parse(Source("a.jer", "\n# only a remark\n"))) == "# only a remark\n"
