"""What a rule book and a pack are known by: a hash over what they say, however they are laid out."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from jerules.language import tree as t
from jerules.language.write import write

_DIGITS: Final = 16


def digest(text: str) -> str:
    """Sixteen hexadecimal digits that change with the text."""
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]


def rules_text(file: t.RuleFile) -> str:
    """The canonical text of a file without its examples and claims: what an outcome can depend on."""
    return write(t.RuleFile(file.name, _that_move(file.statements)))


def _that_move(statements: Sequence[t.Statement]) -> tuple[t.Statement, ...]:
    return tuple(
        replace(one, statements=_that_move(one.statements)) if isinstance(one, t.Interpretation) else one
        for one in statements
        if not isinstance(one, t.Example | t.Ladder | t.Acceptance)
    )


def pack_hash(file: t.RuleFile) -> str:
    """The hash of a pack, as :class:`~jerules.rulebook.model.Pack` carries it."""
    return digest(rules_text(file))
