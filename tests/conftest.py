"""What every test shares: where the checkout is, and how Hypothesis runs."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# A slow machine is no failure, so nothing is timed; CI repeats the same cases, a developer's runs look for new ones.
settings.register_profile("jerules", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", parent=settings.get_profile("jerules"), derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "jerules")


@pytest.fixture(scope="session")
def repository() -> Path:
    """The top-level folder of the checkout that the tests stand in."""
    return Path(__file__).resolve().parent.parent
