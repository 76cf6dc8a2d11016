"""Requirements of checks: whether a library or program is there, without loading it."""

from __future__ import annotations

import os
from functools import cache
from importlib.util import find_spec

from qc.core.errors import QcError

PACKAGES = {
    "cv2": "opencv-python",
    "PIL": "pillow",
    "yaml": "pyyaml",
    "c2pa": "c2pa-python",
    "pillow_heif": "pillow-heif",
    "confusable_homoglyphs": "confusable-homoglyphs",
}


@cache
def is_met(requirement: str) -> bool:
    """Whether "module:NAME" can be imported or "program:NAME" is on the search path."""
    kind, _, name = requirement.partition(":")
    if kind == "program":
        return _has_program(name)
    if kind == "module":
        return find_spec(name) is not None
    raise QcError(f"a requirement is module:NAME or program:NAME, not {requirement!r}")


def _has_program(name: str) -> bool:
    if os.name != "posix":
        import shutil

        return shutil.which(name) is not None
    # as `shutil.which`, whose module loads three libraries for archives
    paths = (os.path.join(folder, name) for folder in os.get_exec_path())
    return any(os.path.isfile(path) and os.access(path, os.X_OK) for path in paths)


def missing(requirements: tuple[str, ...]) -> tuple[str, ...]:
    """The requirements that are not met."""
    return tuple(each for each in requirements if not is_met(each))


def describe(requirement: str, lang: str) -> str:
    """What is missing, in words: "thư viện opencv-python"."""
    kind, _, name = requirement.partition(":")
    name = PACKAGES.get(name, name)
    if lang == "en":
        return f"{'program' if kind == 'program' else 'library'} {name}"
    return f"{'chương trình' if kind == 'program' else 'thư viện'} {name}"
