"""Where the shipped data lies: `policies/` of a checkout, or its copy inside the wheel."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def data_dir() -> Path:
    """The folder that holds policies, term lists and dated acts."""
    package = Path(__file__).resolve().parent.parent
    shipped = package / "_data" / "policies"
    return shipped if shipped.is_dir() else package.parent / "policies"
