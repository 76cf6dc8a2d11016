"""Artefacts: what costs much to make and little to keep, in the user's cache folder.

`QC_CACHE` names another folder, or is `off`. Everything kept is keyed by what it was made from, so
a result never depends on whether it was found here; a file that cannot be read is made again.
"""

from __future__ import annotations

import marshal
import os
import sys
from pathlib import Path
from typing import Any

from qc.core.data import data_dir

FORMAT = 2


def cache_dir() -> Path | None:
    """The folder, or None where the cache is off or no home folder is known."""
    asked = os.environ.get("QC_CACHE", "")
    if asked.lower() in ("off", "0", "no"):
        return None
    if asked:
        return Path(asked)
    base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return Path(base) / "qc" if os.path.isabs(base) else None


def path_of(name: str) -> Path | None:
    """The file of an artefact, of this version of Python only."""
    folder = cache_dir()
    return folder and folder / f"{name}-{sys.hexversion:x}-{FORMAT}.bin"


def read_artefact(name: str) -> Any:
    """What was kept under a name, or None. A file that others may write is not trusted."""
    path = path_of(name)
    if path is None:
        return None
    try:
        with open(path, "rb") as file:
            about = os.fstat(file.fileno())
            if about.st_mode & 0o022 or (hasattr(os, "getuid") and about.st_uid != os.getuid()):
                return None
            return marshal.loads(file.read())
    except (OSError, ValueError, EOFError, TypeError):
        return None


def write_artefact(name: str, value: Any) -> None:
    """Keep plain data (what `marshal` can hold); quietly not where the folder is not writable."""
    path = path_of(name)
    if path is None:
        return
    temporary = f"{path}.{os.getpid()}"
    try:
        os.makedirs(path.parent, mode=0o700, exist_ok=True)
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(handle, "wb") as file:
            file.write(marshal.dumps(value))
        os.replace(temporary, path)
    except (OSError, ValueError):  # not writable, or no plain data
        return


def stamp(*paths: Path) -> tuple[Any, ...]:
    """What tells that files are unchanged: path, size and time of change of each."""
    marks = []
    for path in paths:
        about = os.stat(path)
        marks.append((str(path), about.st_size, about.st_mtime_ns))
    return tuple(marks)


def kept(name: str, paths: tuple[Path, ...], build: Any) -> Any:
    """`build()`, or what it gave for the same files before."""
    try:
        mark = (str(data_dir()), *stamp(*paths))
    except OSError:
        return build()
    found = read_artefact(name)
    if isinstance(found, tuple) and len(found) == 2 and found[0] == mark:
        return found[1]
    value = build()
    write_artefact(name, (mark, value))
    return value
