"""`qc fix` for pictures and clips: a copy beside the original that may be published."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from qc.core.article import Video
from qc.core.blob import Blob
from qc.core.errors import QcError
from qc.documents._media import IMAGE_SUFFIXES, VIDEO_SUFFIXES
from qc.media.fix_image import safe_copy
from qc.media.fix_video import plan_of, write_web_copy
from qc.report.target import write_beside

MARK = ".da-sua"
CHANGES = {
    "turned upright": "xoay cho đúng chiều",
    "converted to sRGB": "đổi sang sRGB",
    "position removed": "bỏ vị trí chụp",
}


def is_media(path: str) -> bool:
    """Whether a path is a picture or clip by its ending."""
    return Path(path).suffix.lower() in IMAGE_SUFFIXES | VIDEO_SUFFIXES


def fix_media(path: Path, *, write: bool, vi: bool) -> str:
    """Write the copy of one picture or clip; gives the line that tells what was done."""
    try:
        if path.suffix.lower() in IMAGE_SUFFIXES:
            return _picture(path, write=write, vi=vi)
        return _clip(path, write=write, vi=vi)
    except QcError as error:
        return f"{path}: {error.message('vi' if vi else 'en')}"


def _picture(path: Path, *, write: bool, vi: bool) -> str:
    copy = safe_copy(Blob(path).bytes)
    changes = [CHANGES.get(each, each) if vi else each for each in copy.changes]
    done = ", ".join(changes) or ("bỏ siêu dữ liệu riêng" if vi else "private metadata removed")
    target = path.with_name(f"{path.stem}{MARK}{copy.extension}")
    if write:
        write_beside(target, copy.data, [path])
    return f"{path}: {done}; {copy.width}×{copy.height} px → {target}"


def _clip(path: Path, *, write: bool, vi: bool) -> str:
    video = Video(path=path.name, blob=Blob(path.resolve()))
    target = path.with_name(f"{path.stem}{MARK}.mp4")
    if not write:
        copies = plan_of(video).copies
        what = ("chép lại" if copies else "mã hóa lại") if vi else ("copy" if copies else "encode")
        return f"{path}: {what} → {target}"
    progress = _bar() if sys.stderr.isatty() else None
    write_web_copy(video, target, progress=progress, overwrite=True)
    return f"{path}: {'bản dùng được trên web' if vi else 'web-safe copy'} → {target}"


def _bar() -> Callable[[float], None]:
    """A progress bar on standard error."""

    def tell(share: float) -> None:
        done = int(share * 30)
        end = "\n" if share >= 1 else ""
        sys.stderr.write(f"\r[{'#' * done}{'.' * (30 - done)}] {share:4.0%}{end}")
        sys.stderr.flush()

    return tell
