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


@pytest.fixture(scope="session")
def documents(repository: Path) -> Path:
    """A folder with a copy of the schemes' documents: they are not ours to hand out, so it may not be there."""
    places = [Path(os.environ["JERULES_DOCUMENTS"])] if "JERULES_DOCUMENTS" in os.environ else []
    places.append(repository.parent / "shared" / "sources")
    for place in places:
        if place.is_dir():
            return place
    pytest.skip("there is no copy of the documents here; JERULES_DOCUMENTS may name one")
