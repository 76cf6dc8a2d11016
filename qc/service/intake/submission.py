"""Submissions: an article with its media, in a folder of its own that goes when it is closed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import BinaryIO
from uuid import uuid4

from qc.core.record import dataclass, field
from qc.documents.load import Source
from qc.service.errors import Refusal, unfit
from qc.service.pool.work import CheckOptions

MAX_NAME = 255
MAX_PATH = 1000
SUBTITLES = (".vtt", ".srt", ".ass", ".ssa")  # they belong to a clip, which names them


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """The article of a submission: its bytes, the name shown in reports, and its format."""

    name: str
    data: bytes
    format: str | None = None


@dataclass(slots=True)
class Submission:
    """What one request asks to be checked. `folder` holds its media under their own paths.

    The folder is made with the first of them: most requests have none, and a disk is slow.
    """

    folder: Path
    article: Article | None = None
    options: CheckOptions = field(default_factory=CheckOptions)
    extras: list[str] = field(default_factory=list)

    def __enter__(self) -> Submission:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.holds_files:
            shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def holds_files(self) -> bool:
        """Whether there is a folder with media."""
        return bool(self.extras) or self.folder.exists()

    @property
    def source(self) -> Source:
        """The source for the pipeline. Raises Refusal 422 where no article was sent."""
        if self.article is None:
            raise unfit("no article was sent", "files", "Chưa có tệp bài viết nào được gửi lên.")
        return Source(
            self.article.name,
            data=self.article.data,
            format=self.article.format,
            root=self.folder if self.holds_files else None,
            extras=tuple(sorted(self.extras, key=lambda path: ("/" in path, path))),
        )

    def add(self, path: str, write: Callable[[BinaryIO], object]) -> None:
        """Keep a media file under the path by which the article names it.

        Raises Refusal 422 for a path that leads out of the folder, 503 where the disk is full.
        """
        parts = safe_parts(path)
        target = self.folder.joinpath(*parts)
        try:
            self.folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise no_space(error) from error
        try:
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with target.open("xb") as stream:
                write(stream)
        except (FileExistsError, NotADirectoryError, IsADirectoryError) as error:
            vi = "Có hai tệp trùng tên trong dữ liệu gửi lên."
            raise unfit("two files have the same path", path[:80], vi) from error
        except OSError as error:
            raise no_space(error) from error
        if not path.lower().endswith(SUBTITLES):
            self.extras.append(path)


def new_submission(data: Path) -> Submission:
    """An empty submission whose folder will lie below the service's temporary folder."""
    return Submission(data / "tmp" / f"in-{uuid4().hex}")


def safe_parts(path: str) -> list[str]:
    """The parts of a relative path below the folder. Raises Refusal 422 for any other path."""
    parts = path.split("/")
    wrong = (
        not path
        or len(path) > MAX_PATH
        or "\\" in path
        or ":" in parts[0]
        or any(ord(sign) < 32 for sign in path)
        or any(each in ("", ".", "..") or len(each.encode()) > MAX_NAME for each in parts)
        or parts[-1].startswith(".qc")
    )
    if wrong:
        vi = "Tên tệp không hợp lệ: cần đường dẫn tương đối, không có “..”."
        raise unfit("the path of a file is not a plain relative path", "media", vi)
    return parts


def no_space(error: OSError) -> Refusal:
    """The disk is full or read-only: nothing was checked, and that is said."""
    return Refusal(
        503,
        f"the service cannot write its temporary files: {error.strerror or 'unknown reason'}",
        remedy="Tell the administrator of the service: its disk may be full.",
        vi="Máy chủ hết chỗ trống hoặc không ghi được tệp tạm; hãy báo quản trị viên.",
    )
