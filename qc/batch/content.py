"""What a record holds, as a digest: the key of its result, found without building the article."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from qc.batch.records import Record
from qc.core.blob import YOUNG_S
from qc.core.errors import QcError
from qc.core.record import dataclass
from qc.documents._media import open_media
from qc.policy.waivers import FILE_NAME, MAX_LEVELS


@dataclass(frozen=True, slots=True)
class MediaState:
    """A file that a post names: where it is looked up, and its SHA-256 (or why there is none)."""

    root: str
    path: str
    digest: str


def content_key(record: Record, run: bytes) -> bytes:
    """The key of the result of a record: its name, document, waivers beside it, and the run."""
    source = record.source
    digest = hashlib.sha256(run)
    format_name = source.format or ""
    head = f"\0{source.name}\0{format_name}\0{record.fault or ''}\0"
    digest.update(head.encode("utf-8", "surrogateescape"))
    if source.data is not None:
        digest.update(source.data)
    elif source.path is not None:
        digest.update(file_digest(str(source.path)).encode())
        digest.update(_waivers_digest(str(source.path.parent)).encode())
    for extra in source.extras:
        digest.update(f"\0{extra}".encode("utf-8", "surrogateescape"))
    return digest.digest()


def media_unchanged(states: Iterable[MediaState]) -> bool:
    """Whether every file that a post names is what it was."""
    return all(media_digest(each.root, each.path) == each.digest for each in states)


def media_digest(root: str, path: str) -> str:
    """The SHA-256 of a file that a post names, or the reason why it cannot be opened."""
    opened = open_media(path, Path(root) if root else None)
    if opened.blob is None or opened.blob.path is None:
        return opened.problem or "remote"
    return file_digest(str(opened.blob.path))


def file_digest(path: str) -> str:
    """The SHA-256 of a file; it is read again only where its size or time changed."""
    try:
        known = os.stat(path)
    except OSError:
        return "missing"
    if time.time() - known.st_mtime < YOUNG_S:
        return _read_digest(path)
    return _known_digest(path, known.st_size, known.st_mtime_ns, known.st_ino)


@lru_cache(maxsize=65536)
def _known_digest(path: str, size: int, time_ns: int, inode: int) -> str:
    return _read_digest(path)


def _read_digest(path: str) -> str:
    from qc.core.blob import Blob

    try:
        return Blob(Path(path)).sha256
    except QcError:
        return "unreadable"


def _waivers_digest(folder: str) -> str:
    """The digest of the waivers that cover the drafts of a folder."""
    start = Path(folder).resolve()
    for each in (start, *start.parents)[:MAX_LEVELS]:
        path = each / FILE_NAME
        if path.is_file():
            return file_digest(str(path))
        if (each / ".git").exists():
            break
    return "-"
