"""Every mistake that is found when names, units and levels are looked up, with its whole message: ``bad/``.

``base.jer`` declares what the cases speak of. A case is put under the headings of factor 13 unless it has its own.
"""

from pathlib import Path

import pytest

from jerules.faults import Faulty
from tests.rulebook.books import book
from tests.tables import Case, cases

HERE = Path(__file__).parent


@pytest.mark.parametrize("case", cases(HERE / "bad"))
def test_each_mistake_is_explained_where_it_stands(case: Case) -> None:
    """Place, caret, what was expected, the nearest name and one line of help, word for word."""
    *texts, says = case.parts
    with pytest.raises(Faulty) as caught:
        book(*texts)
    assert f"{caught.value}\n" == says


def test_the_base_of_the_cases_has_no_mistake() -> None:
    """So every fault of a case comes from the case."""
    assert book().records["effort"].label == "task"
