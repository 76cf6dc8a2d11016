"""Blobs: the bytes of a media file or attachment, opened once and never through a link."""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from qc.core.errors import LoadError, Unavailable
from qc.core.record import dataclass, field

T = TypeVar("T")
Buffer = bytes
MAX_BYTES = 512 * 1024 * 1024
YOUNG_S = 2.0
"""A file changed this short ago may change again without a new time."""
MAX_DIGESTS = 10_000


@dataclass(frozen=True, slots=True, eq=False)
class Blob:
    """Bytes in memory, or a regular file on disk that is read when first asked for.

    `path` is absolute and None for embedded data. Reading raises LoadError where the file
    is missing, unreadable, not a regular file or a symbolic link; Unavailable above 512 MiB.
    """

    path: Path | None = None
    data: bytes | None = field(default=None, repr=False)
    _memo: dict[str, Any] = field(default_factory=dict, repr=False)

    @property
    def bytes(self) -> Buffer:
        """The whole content."""
        if self.data is not None:
            return self.data
        return self.memo("bytes", self._read)

    @property
    def size_bytes(self) -> int:
        """Size without reading the content."""
        if self.data is not None:
            return len(self.data)
        return self.memo("size", lambda: _with_file(self._where(), _size))

    @property
    def sha256(self) -> str:
        """Hex digest of the content, computed in pieces."""
        return self.memo("sha256", self._digest)

    def head(self, length: int) -> Buffer:
        """At most the first `length` bytes."""
        if self.data is not None:
            return self.data[:length]
        if "bytes" in self._memo:
            return self.bytes[:length]
        return _with_file(self._where(), lambda fd: os.read(fd, length))

    @contextmanager
    def descriptor(self) -> Iterator[int]:
        """A descriptor of the content for another program, opened once; closed at the end.

        Data in memory is written to a temporary file without a name. Raises LoadError.
        """

        import tempfile

        if self.data is None:
            fd = _open(self._where())
            try:
                yield fd
            finally:
                os.close(fd)
            return
        with tempfile.TemporaryFile() as stream:
            stream.write(self.data)
            stream.seek(0)
            yield stream.fileno()

    def memo(self, key: str, build: Callable[[], T]) -> T:
        """The value of `build()`, computed once for this blob."""
        if key not in self._memo:
            self._memo[key] = build()
        value: T = self._memo[key]
        return value

    def forget(self) -> None:
        """Drop the cached bytes (not the results computed from them)."""
        self._memo.pop("bytes", None)

    def _where(self) -> Path:
        if self.path is None:
            raise LoadError("a blob without data and without a path")
        return self.path

    def _read(self) -> Buffer:
        def whole(fd: int) -> Buffer:
            size = _size(fd)
            if size > MAX_BYTES:
                raise Unavailable(
                    f"the file has {size} bytes, more than qc reads into memory ({MAX_BYTES})",
                    where=self._where().name,
                    remedy="Check a smaller copy.",
                )
            with os.fdopen(os.dup(fd), "rb") as stream:
                return stream.read(MAX_BYTES + 1)

        return _with_file(self._where(), whole)

    def _digest(self) -> str:
        if self.data is not None:
            return hashlib.sha256(self.data).hexdigest()

        def pieces(fd: int) -> str:
            digest = hashlib.sha256()
            while piece := os.read(fd, 1 << 20):
                digest.update(piece)
            return digest.hexdigest()

        return _with_file(self._where(), pieces)


class BlobPool:
    """The last blobs that were opened, by content: many articles show one logo.

    What was measured of a file stays with its blob, so it is measured once however many articles
    show it, under whatever name. At most `limit` blobs are kept.
    """

    def __init__(self, limit: int = 8) -> None:
        self._limit = limit
        self._blobs: OrderedDict[str, Blob] = OrderedDict()
        self._digests: dict[tuple[str, int, int, int], str] = {}

    def blob_of(self, path: Path) -> Blob:
        """The blob of a file, the same one for the same content."""
        new = Blob(path)
        try:
            digest = self._digest(new, path)
        except (LoadError, OSError):
            return new
        kept = self._blobs.get(digest)
        if kept is None:
            kept = self._blobs[digest] = new
        try:
            self._blobs.move_to_end(digest)
            while len(self._blobs) > self._limit:
                self._blobs.popitem(last=False)
        except KeyError:
            pass  # another thread made room
        return kept

    def _digest(self, blob: Blob, path: Path) -> str:
        """The digest of a file; it is read again only where its size or time changed."""
        known = os.stat(path)
        if time.time() - known.st_mtime < YOUNG_S:
            return blob.sha256
        key = (str(path), known.st_size, known.st_mtime_ns, known.st_ino)
        if key not in self._digests:
            if len(self._digests) >= MAX_DIGESTS:
                self._digests.clear()
            self._digests[key] = blob.sha256
        return self._digests[key]


def _size(fd: int) -> int:
    return os.fstat(fd).st_size


def _open(path: Path) -> int:
    """Open a regular file without following a link or waiting on a pipe."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        fd = os.open(path, flags | getattr(os, "O_CLOEXEC", 0))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise LoadError(f"cannot be opened: {reason}", where=path.name) from error
    if not stat.S_ISREG(os.fstat(fd).st_mode):
        os.close(fd)
        raise LoadError("is not a regular file", where=path.name)
    return fd


def _with_file(path: Path, use: Callable[[int], T]) -> T:
    """Open a regular file and use it."""
    fd = _open(path)
    try:
        return use(fd)
    except OSError as error:
        raise LoadError(f"cannot be read: {error.strerror}", where=path.name) from error
    finally:
        os.close(fd)
