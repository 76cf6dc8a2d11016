"""Where a result is written: whole or not at all, and never over what was checked."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from qc.core.errors import UsageError


def check_target(target: Path, originals: Sequence[Path]) -> None:
    """Raise UsageError for a target that is an original, or whose folder is not there."""
    if any(_same(target, original) for original in originals):
        raise UsageError(
            "is one of the files that are checked",
            where=str(target),
            remedy="Name another file for --output.",
            vi="là bài đang được kiểm tra; hãy chọn tên tệp khác cho --output",
        )
    if not target.parent.is_dir():
        raise _unwritable(target, "there is no such folder")


def write_beside(target: Path, content: bytes, originals: Sequence[Path]) -> None:
    """Write a report whole or not at all. Raises UsageError as `check_target` does."""
    import tempfile

    check_target(target, originals)
    try:
        handle, temporary = tempfile.mkstemp(dir=target.parent or Path(), prefix=".qc-")
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        os.chmod(temporary, 0o666 & ~_umask())
        os.replace(temporary, target)
    except OSError as error:
        raise _unwritable(target, error.strerror) from error


def _unwritable(target: Path, why: str | None) -> UsageError:
    return UsageError(
        f"cannot be written: {why}",
        where=str(target),
        remedy="Choose a folder that exists and is writable.",
        vi="không ghi được tệp này; hãy chọn thư mục có sẵn và có quyền ghi",
    )


def _same(target: Path, original: Path) -> bool:
    try:
        return target.exists() and target.samefile(original)
    except OSError:
        return False


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
