"""Where the rule files, the grammar and the schemes are: inside an installed package, or beside it in a checkout."""

from pathlib import Path
from typing import Literal

from jerules.faults import OurFault

Kind = Literal["rules", "grammar", "schemes"]

_PACKAGE = Path(__file__).resolve().parent


def folder(kind: Kind) -> Path:
    """The folder that holds the files of one kind, as an absolute path.

    Args:
        kind: ``rules``, ``grammar`` or ``schemes``.

    Returns:
        ``jerules/_data/<kind>`` of an installed package; otherwise the top-level folder of that name in the checkout
        that the package is imported from.

    Raises:
        OurFault: neither is there, so that the installation is broken.
    """
    inside, beside = _PACKAGE / "_data" / kind, _PACKAGE.parent / kind
    if inside.is_dir():
        return inside
    # A folder named `rules` beside some other installed package is not ours: only a checkout has our pyproject.toml.
    if beside.is_dir() and (_PACKAGE.parent / "pyproject.toml").is_file():
        return beside
    raise OurFault(f"the `{kind}` folder is missing from this installation; install jerules again")
