from pathlib import Path
from typing import get_args

import pytest

from jerules import resources
from jerules.faults import OurFault


@pytest.mark.parametrize("kind", get_args(resources.Kind))
def test_a_checkout_serves_its_top_level_folders(kind: resources.Kind, repository: Path) -> None:
    """In a checkout the folders that people edit are the ones that are read."""
    assert resources.folder(kind) == repository / kind


def test_an_installed_package_serves_its_own_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of the same name beside the installed package is somebody else's and is not read."""
    package = tmp_path / "jerules"
    (package / "_data" / "rules").mkdir(parents=True)
    (tmp_path / "rules").mkdir()
    monkeypatch.setattr(resources, "_PACKAGE", package)
    assert resources.folder("rules") == package / "_data" / "rules"


def test_a_folder_of_that_name_without_a_checkout_around_it_is_not_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An installation without its data is our fault, and the message says what to do."""
    (tmp_path / "schemes").mkdir()
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "jerules")
    with pytest.raises(OurFault, match=r"`schemes` folder is missing .* install jerules again"):
        resources.folder("schemes")
