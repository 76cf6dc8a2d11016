"""A blob's content for another program: one regular file, opened once, or memory."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from qc.core.blob import Blob
from qc.core.errors import LoadError


def test_memory_and_file_give_the_same_content(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"clip")
    for blob in (Blob(data=b"clip"), Blob(path=path)):
        with blob.descriptor() as fd:
            assert os.pread(fd, 10, 0) == b"clip"
        with pytest.raises(OSError):
            os.fstat(fd)


def test_a_swapped_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"first")
    with Blob(path=path).descriptor() as fd:
        path.unlink()
        path.write_bytes(b"second")
        assert os.pread(fd, 10, 0) == b"first"


@pytest.mark.parametrize("kind", ["link", "folder", "pipe", "missing"])
def test_only_a_regular_file_is_opened(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "x"
    if kind == "link":
        path.symlink_to("/etc/hostname")
    elif kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    with pytest.raises(LoadError), Blob(path=path).descriptor():
        pass
