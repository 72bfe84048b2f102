"""A pack is what a locality agreed: it never carries the authority of the scheme."""

import pytest

from jerules.documents.text import Source
from jerules.faults import Faulty
from jerules.rulebook.load import book_of
from jerules.scheme.load import load_scheme

HEAD = 'scheme nhs\npack "Ours"\nfactor 13 "Physical effort"\n'


@pytest.mark.parametrize(
    "pack",
    [
        HEAD + "status binding\n",
        HEAD
        + 'interpretation A-OUR-01 "Ours"\n  status binding\n  because "We agreed."\n  cites definition\n'
        + "  level 1 otherwise\n",
    ],
)
def test_a_pack_is_not_binding(pack: str) -> None:
    """Neither as a whole nor in an interpretation."""
    with pytest.raises(Faulty) as raised:
        book_of(load_scheme("nhs"), [], [Source("ours.jer", pack)])
    assert [fault.code for fault in raised.value.faults] == ["binding-pack"]


def test_a_pack_is_local_unless_it_says_otherwise() -> None:
    """That is what a statement of a pack carries into every explanation."""
    book = book_of(load_scheme("nhs"), [], [Source("ours.jer", HEAD + "level 1 otherwise cites level 1\n")])
    (rule,) = book.factors["13"].rules
    assert rule.source.status == "local"
