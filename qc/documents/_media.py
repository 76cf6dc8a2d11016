"""Media of an article: which file a declared path means, and why it may not be opened."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

from qc.core.blob import Blob, BlobPool
from qc.core.lazy import regex
from qc.core.record import dataclass

REMOTE = regex(r"(?i)(?:https?:)?//")
SCHEME = regex(r"(?i)[a-z][a-z0-9+.-]*:")
IMAGE_SUFFIXES = frozenset(
    [
        ".jpg",
        ".jpeg",
        ".jfif",
        ".png",
        ".gif",
        ".webp",
        ".avif",
        ".heic",
        ".heif",
        ".bmp",
        ".tif",
        ".tiff",
        ".svg",
        ".ico",
        ".psd",
    ]
)
VIDEO_SUFFIXES = frozenset(
    [
        ".mp4",
        ".m4v",
        ".mov",
        ".webm",
        ".mkv",
        ".avi",
        ".wmv",
        ".flv",
        ".3gp",
        ".mpg",
        ".mpeg",
        ".ts",
        ".ogv",
        ".mts",
    ]
)


@dataclass(frozen=True, slots=True)
class Opened:
    """The result of looking a path up: a blob, or the reason there is none.

    `problem` is one of missing, outside, link, not-a-file, unreadable, bad-name.
    """

    blob: Blob | None = None
    problem: str | None = None
    remote: bool = False


def open_media(declared: str, root: Path | None, blobs: BlobPool | None = None) -> Opened:
    """Look up a path that an article names. Only regular files below `root` are opened."""
    if REMOTE.match(declared):
        return Opened(remote=True)
    if SCHEME.match(declared) or declared.startswith(("/", "\\")):
        return Opened(problem="outside")
    if root is None:
        return Opened(problem="missing")
    name = _decoded(declared)
    if "\0" in name or not name.strip():
        return Opened(problem="bad-name")
    if ".." in name.replace("\\", "/").split("/") or SCHEME.match(name) or name.startswith("/"):
        return Opened(problem="outside")
    for candidate in dict.fromkeys((declared, name, re.split(r"[?#]", name)[0])):
        opened = _open_below(root, candidate, blobs)
        if opened.problem != "missing":
            return opened
    return Opened(problem="missing")


def suffix(path: str) -> str:
    """The lower-case extension of a declared path, without query or fragment."""
    name = re.split(r"[?#]", path)[0].replace("\\", "/").rsplit("/", 1)[-1]
    return f".{name.rsplit('.', 1)[1].lower()}" if "." in name else ""


def _decoded(declared: str) -> str:
    name = declared
    for _ in range(4):
        decoded = unquote(name)
        if decoded == name:
            break
        name = decoded
    return name


def _open_below(root: Path, name: str, blobs: BlobPool | None) -> Opened:
    try:
        path = root / name
        if path.is_symlink():
            return Opened(problem="link")
        real = path.resolve()
        if not real.is_relative_to(root.resolve()):
            return Opened(problem="outside")
        if not real.exists():
            return Opened(problem="missing")
        if not real.is_file():
            return Opened(problem="not-a-file")
        with real.open("rb"):
            return Opened(blobs.blob_of(real) if blobs is not None else Blob(real))
    except (OSError, ValueError, RuntimeError) as error:
        missing = isinstance(error, FileNotFoundError)
        return Opened(problem="missing" if missing else "unreadable")
