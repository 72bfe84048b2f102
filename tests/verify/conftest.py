"""What holds of every test of the proofs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from jerules.verify.undisturbed import undisturbed


@pytest.fixture(autouse=True)
def _undisturbed() -> Iterator[None]:
    """Tests run beside threads of the test runner, and many ask the solver directly."""
    with undisturbed():
        yield
