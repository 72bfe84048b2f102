"""Every mistake that the layout or the grammar can find, with its whole message: the tables in ``bad/``."""

from pathlib import Path

import pytest

from jerules.documents.text import Source
from jerules.faults import Faulty
from jerules.language.parse import parse
from tests.tables import Case, cases


@pytest.mark.parametrize("case", cases(Path(__file__).parent / "bad"))
def test_each_mistake_is_explained_where_it_stands(case: Case) -> None:
    """Place, caret, what was expected, the nearest word and one line of help, word for word."""
    text, says = case.parts
    with pytest.raises(Faulty) as caught:
        parse(Source("a.jer", text))
    assert f"{caught.value}\n" == says
