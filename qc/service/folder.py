"""The data folder: private, used by one server at a time, cleaned of what a killed one left."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from qc.core.errors import UsageError


@contextmanager
def locked(data: Path) -> Iterator[None]:
    """Hold the folder. Raises UsageError where another server does, or it cannot be made."""
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(data / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise UsageError(
            f"the data folder cannot be used: {error.strerror}",
            where=str(data),
            remedy="Name a folder that can be written with --data.",
            vi="không dùng được thư mục dữ liệu; hãy chọn thư mục ghi được bằng --data",
        ) from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise UsageError(
                "another server uses this data folder",
                where=str(data),
                remedy="Stop it, or name another folder with --data.",
                vi="một dịch vụ khác đang dùng thư mục này; hãy dừng nó hoặc chọn --data khác",
            ) from error
        yield
    finally:
        os.close(handle)


def prepare_folder(data: Path) -> None:
    """Remove what a killed server left in `tmp`, and make it anew."""
    shutil.rmtree(data / "tmp", ignore_errors=True)
    (data / "tmp" / "empty").mkdir(parents=True, mode=0o700)


def instance_of(data: Path) -> str:
    """The id of this data folder: jobs in a shared database are done where their files lie."""
    path = data / "instance"
    if not path.exists():
        path.write_text(uuid4().hex, encoding="ascii")
    return path.read_text(encoding="ascii").strip()
